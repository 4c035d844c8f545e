import { LISTE, SIX, tsv } from "../donnees.mjs";

export default {
  titre: "je saisis six établissements : nom, FINESS, catégorie, capacités",
  dossier: "vide",
  /** @param {import("../outils.mjs").Atelier} a */
  async faire(a) {
    await a.lien("Nouveau contrat…").click();
    await a.champ("Région").selectOption({ label: "Provence-Alpes-Côte d'Azur" });
    await a.champ("Gestionnaire").fill("Association Mimosa");
    await a.champ("Établissements et services").focus();
    await a.coller(LISTE);
    await a.page.getByText("6 établissements").waitFor();
    await a.bouton("Créer le contrat").click();
    await a.page.getByRole("heading", { level: 1, name: "Reste à faire" }).waitFor();
    await a.dansLeFichier("les six établissements", (c) => c.perimetre.etablissements.map((/** @type {any} */ e) => [e.nom, e.finess, e.categorie]), SIX.map(([nom, , , code, finess]) => [nom, finess, code]));

    await a.partie("Périmètre");
    const capacites = a.grille("Capacités");
    await capacites.getByRole("textbox").first().focus();
    const lignes = await capacites.locator("tbody tr").count();
    await a.coller(tsv(Array.from({ length: lignes }, (_, i) => [20 + i, 20 + i, 19 + i])));
    await a.enregistre();
    await a.dansLeFichier("les capacités autorisées", (c) => c.perimetre.etablissements.flatMap((/** @type {any} */ e) => e.capacites).map((/** @type {any} */ x) => [x.autorisee, x.installee, x.financee]),
      Array.from({ length: lignes }, (_, i) => [20 + i, 20 + i, 19 + i]));
    // One more, typed by hand.
    await a.ajouter("établissement ou service");
    await a.remplir("Nom", "EMP Le Phare");
    await a.remplir("FINESS géographique", "13 004 100 7");
    await a.champ("Catégorie").fill("ime");
    await a.proposition(/^183 – /).click();
    await a.dansLeFichier("le septième établissement", (c) => { const e = c.perimetre.etablissements[6] ?? {}; return [e.nom, e.finess, e.categorie]; }, ["EMP Le Phare", "130041007", "183"]);
  },
};
