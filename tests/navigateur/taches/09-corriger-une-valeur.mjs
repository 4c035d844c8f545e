import { bientot, texteDuPdf, verifier } from "../outils.mjs";

export default {
  titre: "je corrige une valeur, et elle est imprimée",
  dossier: "exemple",
  /** @param {import("../outils.mjs").Atelier} a */
  async faire(a) {
    const avant = a.octets("exemple.json");
    await a.ouvrirContrat("CPOM-2026-2030-ADELIE");
    await a.bouton("Chercher…").click();
    await a.fenetre.getByRole("combobox").fill("intitulé");
    await a.proposition(/^Intitulé/).click();
    await a.champ("Intitulé").fill("Contrat du pays d'Aix 2026-2030");
    await a.page.keyboard.press("Tab");
    await a.dansLeFichier("l'intitulé", (c) => c.intitule, "Contrat du pays d'Aix 2026-2030");
    // Nothing else of the file moved.
    await bientot("les lignes du fichier qui ont changé", () => {
      const [x, y] = [avant, a.octets("exemple.json")].map((t) => t.split("\n"));
      return y.filter((l, i) => l !== x[i]).length + Math.abs(x.length - y.length);
    }, 1);
    const texte = texteDuPdf(await a.imprimer("Projet, en PDF")).replace(/’/g, "'");
    verifier(texte.includes("Contrat du pays d'Aix 2026-2030"), "le nouvel intitulé n'est pas imprimé");
  },
};
