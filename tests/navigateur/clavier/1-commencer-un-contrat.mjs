import { foyer, tabJusqua, taper } from "../clavier.mjs";
import { bientot, egal } from "../outils.mjs";

export default {
  titre: "au clavier seul, je commence un contrat",
  dossier: "vide",
  /** @param {import("../outils.mjs").Atelier} a */
  async faire(a) {
    const { page } = a;
    await a.page.getByText("Ce dossier n’a pas encore de contrat").waitFor();
    await tabJusqua(page, "Nouveau contrat…");
    await page.keyboard.press("Enter");
    await a.champ("Région").waitFor();
    await tabJusqua(page, "Région");
    await page.keyboard.type("Prov");
    // Refused first: the focus goes to what is missing.
    await tabJusqua(page, "Créer le contrat");
    await page.keyboard.press("Enter");
    await bientot("le foyer, après le refus", () => foyer(page), "Gestionnaire (obligatoire)");
    await page.keyboard.type("Association Mimosa");
    await tabJusqua(page, /^13 – /);
    await page.keyboard.press("Space");
    await tabJusqua(page, "Première année");
    await taper(page, "2027");
    await tabJusqua(page, "Créer le contrat");
    await page.keyboard.press("Enter");
    await bientot("le foyer, une fois le contrat créé", () => foyer(page), "Reste à faire");
    const c = a.json();
    egal([c.modele.id, c.parties.gestionnaires[0].nom, c.parties.autorites.length, c.periode.debut], ["paca", "Association Mimosa", 2, "2027-01-01"], "le contrat du fichier");
  },
};
