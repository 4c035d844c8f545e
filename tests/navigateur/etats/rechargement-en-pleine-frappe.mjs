import { bientot } from "../outils.mjs";

export default {
  titre: "je recharge la page en pleine frappe : rien n'est perdu",
  dossier: "exemple",
  /** @param {import("../outils.mjs").Atelier} a */
  async faire(a) {
    await a.ouvrirContrat("CPOM-2026-2030-ADELIE");
    await a.partie("Contrat");
    const intitule = a.champ("Intitulé");
    await intitule.fill("");
    await intitule.pressSequentially("Tapé et pas encore quitté");
    await a.page.reload();
    await bientot("le champ, après le rechargement", () => intitule.inputValue(), "Tapé et pas encore quitté");
    await a.dansLeFichier("l'intitulé", (c) => c.intitule, "Tapé et pas encore quitté");
    // Words that are not read stay in their field, and are said not to be saved.
    const debut = a.champ("Début");
    await debut.fill("un jour prochain");
    await a.page.keyboard.press("Tab");
    await a.page.getByText("Non enregistré – Début").waitFor();
    await a.page.reload();
    await bientot("le champ, après le second rechargement", () => debut.inputValue(), "un jour prochain");
    await a.page.getByText("Non enregistré – Début").waitFor();
    await a.dansLeFichier("le début", (c) => c.periode.debut, "2026-01-01");
  },
};
