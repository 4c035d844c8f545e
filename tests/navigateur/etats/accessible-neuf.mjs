import { axe } from "../axe.mjs";
import { contratDeSix } from "../nouveau.mjs";
import { parties } from "./accessible-vues.mjs";

export default {
  titre: "un dossier vide, le formulaire de départ et un contrat neuf sont accessibles",
  dossier: "vide",
  /** @param {import("../outils.mjs").Atelier} a */
  async faire(a) {
    await a.page.getByText("Ce dossier n’a pas encore de contrat").waitFor();
    await axe(a.page, "un dossier vide");
    await a.lien("Nouveau contrat…").click();
    await a.bouton("Créer le contrat").click();
    await a.page.getByRole("alert").first().waitFor();
    await axe(a.page, "le formulaire de départ, refusé");
    await a.lien("Retour aux contrats").click();
    await contratDeSix(a);
    for (const nom of await parties(a)) {
      await a.partie(nom);
      await axe(a.page, `${nom}, d'un contrat neuf`);
    }
  },
};
