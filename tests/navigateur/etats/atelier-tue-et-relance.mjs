import { attendre, bientot, egal } from "../outils.mjs";

export default {
  titre: "l'atelier est tué, puis relancé : rien de ce qui est tapé n'est perdu",
  dossier: "exemple",
  /** @param {import("../outils.mjs").Atelier} a */
  async faire(a) {
    await a.ouvrirContrat("CPOM-2026-2030-ADELIE");
    await a.partie("Contrat");
    await a.champ("Intitulé").fill("Dit juste avant la coupure");
    await a.champ("Intitulé").press("Tab");
    await a.enregistre();
    // At once after the answer: what was acknowledged is there.
    await a.tuer();
    await a.champ("Référence").click();
    const avis = a.page.getByText("L’atelier est arrêté : relancez-le, ce que vous tapez est gardé.");
    await a.remplir("Contrat renouvelé", "CPOM-2020-2024-ADELIE");
    await avis.waitFor();
    const enCours = a.champ("Exemplaires");
    egal(await enCours.count(), 0, "la page montre une autre partie");
    await a.remplir("Début", "2 janvier 2026");
    const adresse = a.adresse;
    await a.demarrer();
    egal(a.adresse, adresse, "l'adresse de l'atelier relancé sur le même dossier");
    await attendre("la page ne retrouve pas l'atelier", async () => !(await avis.count()), 20000);
    await a.enregistre();
    await a.dansLeFichier("ce qui était enregistré avant, et ce qui a été tapé pendant", (c) => [c.intitule, c.periode.renouvelle, c.periode.debut], ["Dit juste avant la coupure", "CPOM-2020-2024-ADELIE", "2026-01-02"]);
    await bientot("le champ", () => a.champ("Contrat renouvelé").inputValue(), "CPOM-2020-2024-ADELIE");
    // And what was done before can still be undone.
    await a.bouton(/^.*Annuler/).first().click();
    await a.dansLeFichier("le début, après « Annuler »", (c) => c.periode.debut, "2026-01-01");
  },
};
