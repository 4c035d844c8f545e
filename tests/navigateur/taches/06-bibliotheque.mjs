import { attendre, bientot, texteDuPdf, verifier } from "../outils.mjs";

export default {
  titre: "je prends un objectif dans la bibliothèque de la région",
  dossier: "vide",
  /** @param {import("../outils.mjs").Atelier} a */
  async faire(a) {
    await a.lien("Nouveau contrat…").click();
    await a.champ("Région").selectOption({ label: "Bretagne" });
    await a.champ("Gestionnaire").fill("Association Mimosa");
    await a.bouton("Créer le contrat").click();
    await a.page.getByRole("navigation", { name: "Parties du contrat" }).waitFor();
    const avant = a.json().objectifs.length;
    await a.partie("Objectifs et fiches actions");
    await a.bouton("Prendre dans la bibliothèque…").click();
    // One of those that the contract does not hold yet.
    await a.fenetre.getByRole("listitem").getByRole("button").filter({ hasNotText: "déjà dans le contrat" }).first().click();
    const pris = await attendre("l'objectif pris n'est pas dans le fichier", () => a.json().objectifs.slice(avant).find((/** @type {any} */ o) => o.bibliotheque));
    await attendre("sa fiche n'est pas dans le fichier", () => a.json().fiches_actions?.some((/** @type {any} */ f) => f.objectif === pris.id));
    // Its title has the focus: what follows is its first field.
    await bientot("le foyer est sur l'objectif pris", () => a.page.evaluate(() => document.activeElement?.tagName), "H2");
    const texte = texteDuPdf(await a.imprimer("Projet, en PDF"));
    verifier(texte.includes(pris.titre.replace(/'/g, "’")) || texte.includes(pris.titre), `« ${pris.titre} » n'est pas imprimé`);
  },
};
