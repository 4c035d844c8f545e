import { attendre, egal } from "../outils.mjs";

export default {
  titre: "je renomme, je duplique, je retire un établissement et une fiche",
  dossier: "exemple",
  /** @param {import("../outils.mjs").Atelier} a */
  async faire(a) {
    await a.ouvrirContrat("CPOM-2026-2030-ADELIE");
    await a.partie("Périmètre");
    const noms = a.page.getByRole("main").getByRole("navigation", { name: "Établissements et services" });
    await noms.getByRole("link", { name: "IME Les Oliviers" }).click();
    await a.remplir("Nom", "IME Les Amandiers");
    await noms.getByRole("link", { name: "IME Les Amandiers" }).waitFor();
    await a.dansLeFichier("le nom", (c) => c.perimetre.etablissements[0].nom, "IME Les Amandiers");
    egal(a.json().moyens.budgets[0].etablissement, a.json().perimetre.etablissements[0].id, "le budget de l'établissement renommé");

    await a.bouton("Dupliquer").first().click();
    await a.dansLeFichier("le nombre d'établissements après « Dupliquer »", (c) => c.perimetre.etablissements.length, 10);
    const ids = a.json().perimetre.etablissements.map((/** @type {any} */ e) => e.id);
    egal(new Set(ids).size, 10, "les établissements différents");
    await a.page.getByRole("heading", { level: 2, name: /\(2 sur 10\)/ }).waitFor();
    await a.bouton("Retirer…").first().click();
    await a.fenetre.getByRole("button", { name: /^Retirer/ }).click();
    await a.dansLeFichier("le nombre d'établissements après « Retirer »", (c) => c.perimetre.etablissements.length, 9);

    await a.page.getByRole("heading", { level: 2, name: /\(2 sur 9\)/ }).waitFor();

    // One that others name: they are told, and go with it.
    await noms.getByRole("link", { name: "ESAT Le Mistral" }).click();
    await a.page.getByRole("heading", { level: 2, name: /^ESAT Le Mistral/ }).waitFor();
    await a.bouton("Retirer…").first().click();
    await a.fenetre.getByText(/endroits du contrat le nomment/).waitFor();
    await a.fenetre.getByRole("button", { name: "Retirer tout cela" }).click();
    await a.dansLeFichier("l'ESAT", (c) => JSON.stringify(c).includes("esat-le-mistral"), false);

    await a.partie("Objectifs et fiches actions");
    const fiches = a.page.getByRole("main").getByRole("navigation", { name: "Fiches actions" });
    await fiches.getByRole("link").last().click();
    const titre = a.json().fiches_actions.at(-1).titre;
    await a.bouton("Retirer…").first().click();
    await a.fenetre.getByRole("button", { name: /^Retirer/ }).click();
    await attendre("la fiche retirée est encore dans le fichier", () => !a.json().fiches_actions.some((/** @type {any} */ f) => f.titre === titre));
    await attendre("la page ne dit pas que « Annuler » la remet", async () => /« Annuler » l[ea] remet/.test(await a.annonce.innerText()));
  },
};
