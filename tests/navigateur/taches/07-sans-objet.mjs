import { texteDuPdf, verifier } from "../outils.mjs";

export default {
  titre: "je dis « sans objet », avec la raison",
  dossier: "minimal",
  /** @param {import("../outils.mjs").Atelier} a */
  async faire(a) {
    await a.ouvrirContrat("CPOM-2026-2030-MINIMAL");
    await a.partie("Périmètre");
    const motif = "aucune convention n'est encore signée";
    await a.case(/^Sans objet : Partenariats$/).check();
    // The reason is asked at once, and without it nothing is written.
    await a.page.getByLabel("Motif (Partenariats sans objet)").fill(motif);
    await a.page.keyboard.press("Tab");
    await a.dansLeFichier("les partenariats", (c) => c.perimetre.partenariats, { non_applicable: motif });
    const texte = texteDuPdf(await a.imprimer("Projet, en PDF"));
    verifier(texte.replace(/’/g, "'").includes(motif), "la raison n'est pas imprimée");
  },
};
