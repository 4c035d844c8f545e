import { contratDeSix } from "../nouveau.mjs";
import { attendre, contient, egal } from "../outils.mjs";

const FICHES = ["Fluidifier les parcours", "Préparer le passage à l'âge adulte", "Organiser l'accès aux soins", "Soutenir les aidants", "Fidéliser les équipes"];

export default {
  titre: "j'écris cinq fiches avec leurs actions et leurs indicateurs",
  dossier: "vide",
  /** @param {import("../outils.mjs").Atelier} a */
  async faire(a) {
    await contratDeSix(a);
    for (const titre of FICHES) {
      await a.partie("Objectifs et fiches actions");
      await a.ajouter("objectif");
      await a.remplir("Titre", titre);
      await a.page.getByRole("navigation", { name: "Objectifs", exact: true }).getByRole("link", { name: contient(titre) }).waitFor();
      await a.bouton("Créer sa fiche").click();
      await a.bouton("Ouvrir son objectif").waitFor();
      await a.page.getByText("Actions (0)").click();
      await a.ajouter("action", { Texte: `Écrire le protocole : ${titre}` });
      await a.page.getByText("Indicateurs (0)").click();
      await a.ajouter("indicateur");
      await a.remplir("Libellé", `Nombre de situations suivies (${titre})`);
      await a.enregistre();
    }
    const fiches = await attendre("les fiches ne sont pas dans le fichier", () => {
      const c = a.json();
      const f = c.fiches_actions.slice(-5);
      return f.at(-1)?.indicateurs?.[0]?.libelle && f;
    });
    const { objectifs } = a.json();
    egal(fiches.map((/** @type {any} */ f) => objectifs.find((/** @type {any} */ o) => o.id === f.objectif)?.titre), FICHES, "l'objectif de chaque fiche");
    egal(fiches.map((/** @type {any} */ f) => f.actions[0].texte), FICHES.map((t) => `Écrire le protocole : ${t}`), "les actions");
    egal(fiches.map((/** @type {any} */ f) => f.indicateurs[0].libelle), FICHES.map((t) => `Nombre de situations suivies (${t})`), "les indicateurs");
  },
};
