import { axe, sansDebord } from "../axe.mjs";

export default {
  titre: "à 400 % (320 px de large), tout se lit et se remplit sans défiler de côté",
  dossier: "exemple",
  ecran: { largeur: 320, hauteur: 700 },
  /** @param {import("../outils.mjs").Atelier} a */
  async faire(a) {
    /** @param {string} vue */
    const voir = async (vue) => {
      await sansDebord(a.page, vue);
      await axe(a.page, vue);
    };
    await a.lien("CPOM-2026-2030-ADELIE").waitFor();
    await voir("l'accueil");
    await a.lien("Nouveau contrat…").click();
    await a.champ("Gestionnaire").waitFor();
    await voir("le formulaire de départ");
    await a.lien("Retour aux contrats").click();
    await a.lien("CPOM-2026-2030-ADELIE").click();
    const volet = (/** @type {string} */ nom) => a.page.getByRole("navigation", { name: "Volet affiché" }).getByRole("button", { name: nom }).click();
    await volet("Parties");
    await voir("les parties");
    for (const nom of ["Moyens", "Activité", "Parties et signature"]) {
      await volet("Parties");
      await a.partie(nom);
      await voir(nom);
    }
    await volet("Remarques");
    await voir("les remarques");
    await volet("Parties");
    await a.partie("Périmètre");
    await a.page.getByRole("main").getByRole("navigation", { name: "Établissements et services" }).getByRole("link", { name: "IME Les Oliviers" }).click();
    await a.remplir("Jours d'ouverture", "211");
    await voir("un établissement");
    await a.dansLeFichier("les jours d'ouverture", (c) => c.perimetre.etablissements[0].jours_ouverture, 211);
    await a.bouton("Retirer…").first().click();
    await a.fenetre.waitFor();
    await voir("« Retirer… »");
  },
};
