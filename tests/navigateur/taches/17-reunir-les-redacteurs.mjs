import fs from "node:fs";
import path from "node:path";
import { attendre, egal, FIXTURES, texteDuPdf, verifier } from "../outils.mjs";

/** The example in two files: that of the association, that of the agency. @param {string} dossier */
function enDeuxFichiers(dossier) {
  fs.cpSync(path.join(FIXTURES, "paca"), dossier, { recursive: true, filter: (f) => !f.endsWith(".json") });
  const { moyens, signature, ...og } = JSON.parse(fs.readFileSync(path.join(FIXTURES, "paca/exemple.json"), "utf8"));
  fs.writeFileSync(path.join(dossier, "association.json"), JSON.stringify(og, null, 2));
  fs.writeFileSync(path.join(dossier, "agence.json"), JSON.stringify({ version_schema: "1", reference: og.reference, moyens, signature }, null, 2));
}

export default {
  titre: "je réunis les parties de plusieurs rédacteurs",
  dossier: enDeuxFichiers,
  /** @param {import("../outils.mjs").Atelier} a */
  async faire(a) {
    await a.lien("CPOM-2026-2030-ADELIE").first().waitFor();
    egal(await a.page.getByRole("table").getByRole("link").count(), 1, "le nombre de contrats à l'accueil");
    await a.ouvrirContrat("CPOM-2026-2030-ADELIE");
    await a.partie("Parties et signature");
    await a.remplir("Lieu", "Salon-de-Provence");
    await a.dansLeFichier("le lieu, que tient l'agence", (c) => c.signature.lieu, "Salon-de-Provence", "agence.json");
    await a.partie("Contrat");
    await a.remplir("Intitulé", "Contrat réuni");
    await a.dansLeFichier("l'intitulé, que tient l'association", (c) => c.intitule, "Contrat réuni", "association.json");
    egal([a.json("association.json").signature, a.json("agence.json").intitule], [undefined, undefined], "ce que l'un écrit chez l'autre");
    const texte = texteDuPdf(await a.imprimer("Projet, en PDF"));
    await attendre("l'impression ne réunit pas les deux", () => /Salon-de-Provence/.test(texte) && /Contrat réuni/.test(texte));
    verifier(/3\s?010\s?000/.test(texte.replace(/[\u00a0\u202f]/g, " ")), "les budgets de l'agence ne sont pas imprimés");
  },
};
