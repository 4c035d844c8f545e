import { texteDuPdf, texteDuWord, verifier } from "../outils.mjs";

export default {
  titre: "j'imprime le projet",
  dossier: "minimal",
  /** @param {import("../outils.mjs").Atelier} a */
  async faire(a) {
    await a.ouvrirContrat("CPOM-2026-2030-MINIMAL");
    const pdf = await a.imprimer("Projet, en PDF");
    verifier(/CPOM-2026-2030-MINIMAL\.pdf$/.test(pdf), `le fichier ne porte pas la référence du contrat : ${pdf}`);
    const texte = texteDuPdf(pdf);
    verifier(/Association Les Gorges du Verdon/.test(texte), "le gestionnaire n'est pas imprimé");
    verifier(/à compléter/i.test(texte), "ce qui manque n'est pas dit à sa place");
    const word = texteDuWord(await a.imprimer("Projet, en Word"));
    verifier(/Association Les Gorges du Verdon/.test(word), "le gestionnaire n'est pas dans le Word");
  },
};
