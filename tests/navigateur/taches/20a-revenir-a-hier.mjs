import { bientot } from "../outils.mjs";

export default {
  titre: "je reviens à la version d'hier",
  dossier: "exemple",
  /** @param {import("../outils.mjs").Atelier} a */
  async faire(a) {
    await a.ouvrirContrat("CPOM-2026-2030-ADELIE");
    await a.partie("Contrat");
    await a.remplir("Intitulé", "La version d'hier");
    await a.dansLeFichier("l'intitulé", (c) => c.intitule, "La version d'hier");
    const hier = a.octets("exemple.json");
    await a.remplir("Intitulé", "La version d'aujourd'hui");
    await a.enregistre();
    await a.partie("Périmètre");
    await a.page.getByRole("main").getByRole("navigation", { name: "Établissements et services" }).getByRole("link", { name: "ESAT Le Mistral" }).click();
    await a.bouton("Retirer…").first().click();
    await a.fenetre.getByRole("button", { name: /^Retirer (tout cela|aussi ces mentions)/ }).click();
    await a.dansLeFichier("l'ESAT", (c) => c.perimetre.etablissements.length, 8);
    await a.page.getByRole("heading", { level: 2, name: /^EAM Les Lavandes/ }).waitFor();

    await a.partie("Historique");
    await a.page.getByRole("main").getByRole("button", { name: /^Revenir à cet état/ }).last().click();
    await a.bouton("Revenir à cet état", a.fenetre).click();
    await a.dansLeFichier("le contrat est celui d'hier, au caractère près", () => a.octets("exemple.json") === hier, true);
    await bientot("ce que dit la page", () => a.annonce.innerText(), "Le contrat a repris cet état.");
    // And it can be undone.
    await a.bouton(/^.*Annuler/).first().click();
    await a.dansLeFichier("l'intitulé, après « Annuler »", (c) => c.intitule, "La version d'aujourd'hui");
  },
};
