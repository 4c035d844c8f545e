import { foyer } from "../clavier.mjs";
import { bientot, egal } from "../outils.mjs";

export default {
  titre: "au clavier seul, un champ que je remplis ne coûte qu'un arrêt ; vide, « Sans objet » vient après lui",
  dossier: "minimal",
  /** @param {import("../outils.mjs").Atelier} a */
  async faire(a) {
    const { page } = a;
    await a.ouvrirContrat("CPOM-2026-2030-MINIMAL");
    await a.partie("Contrat");
    await a.champ("Préparation du renouvellement").focus();
    await page.keyboard.press("Tab");
    egal(await foyer(page), "Sans objet : Préparation du renouvellement", "après un champ vide");
    await page.keyboard.press("Tab");
    egal(await foyer(page), "Contrat renouvelé", "puis");
    await page.keyboard.type("CPOM-2020");
    await page.keyboard.press("Tab");
    egal((await foyer(page)).replace(/^\d+/, "n"), "n autres champs (peu utilisés)", "après un champ rempli");
    await a.dansLeFichier("le contrat renouvelé", (c) => c.periode.renouvelle, "CPOM-2020");
    // Emptied, it can be said to be without object again, by the keyboard.
    await page.keyboard.press("Shift+Tab");
    await page.keyboard.press("Delete");
    await page.keyboard.press("Tab");
    await bientot("la case revient", () => foyer(page), "Sans objet : Contrat renouvelé");
    await page.keyboard.press("Space");
    await bientot("le foyer passe au motif", () => foyer(page), "Motif (Contrat renouvelé sans objet) (obligatoire)");
  },
};
