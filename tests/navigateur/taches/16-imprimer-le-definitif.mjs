import path from "node:path";
import { cpom, egal, texteDuPdf, verifier } from "../outils.mjs";

export default {
  titre: "j'imprime le définitif à signer",
  dossier: "exemple",
  /** @param {import("../outils.mjs").Atelier} a */
  async faire(a) {
    const avant = a.octets("exemple.json");
    await a.ouvrirContrat("CPOM-2026-2030-ADELIE");
    const pdf = await a.imprimer("Définitif, en PDF");
    const texte = texteDuPdf(pdf);
    verifier(!/à compléter/i.test(texte), "le définitif dit encore « à compléter »");
    verifier(/IME Les Oliviers/.test(texte), "le définitif ne dit pas les établissements");
    const { code, dit } = cpom("extraire", pdf);
    egal(code, 0, "ce que rend « cpom extraire »");
    verifier(dit === avant, "le PDF ne porte pas les données du contrat, telles qu'elles sont");
    egal(path.basename(pdf).replace(/^recu-\d+-/, ""), "CPOM-2026-2030-ADELIE.pdf", "le nom du fichier");
  },
};
