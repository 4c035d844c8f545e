import { attendre, cpom, egal, verifier } from "../outils.mjs";

export default {
  titre: "je commence le contrat de ma région",
  dossier: "vide",
  /** @param {import("../outils.mjs").Atelier} a */
  async faire(a) {
    await a.page.getByText("Ce dossier n’a pas encore de contrat").waitFor();
    await a.lien("Nouveau contrat…").click();
    await a.champ("Région").selectOption({ label: "Provence-Alpes-Côte d'Azur" });
    verifier(await a.choix(/^Provence-Alpes-Côte d'Azur/).isChecked(), "le modèle de la région n'est pas choisi avec elle");
    await a.champ("Gestionnaire").fill("Association Mimosa");
    await a.case(/^13 – /).check();
    await a.champ("Première année").fill("2027");
    await a.bouton("Créer le contrat").click();
    await a.page.getByRole("heading", { level: 1, name: "Reste à faire" }).waitFor();

    const contrat = a.json();
    egal(contrat.modele.id, "paca", "le modèle");
    egal(contrat.parties.gestionnaires.map((/** @type {any} */ g) => g.nom), ["Association Mimosa"], "les gestionnaires");
    egal(contrat.parties.autorites.map((/** @type {any} */ x) => x.region ?? x.departement), ["93", "13"], "les autorités");
    egal([contrat.periode.debut, contrat.periode.duree_annees], ["2027-01-01", 5], "la période");
    // The command line reads what the page wrote.
    const { dit } = cpom("verifier", a.dossier + "/" + contrat.reference + ".json", "--etat", "projet");
    verifier(!/illisible|n'est pas un contrat/.test(dit), `cpom ne lit pas le fichier : ${dit.slice(0, 300)}`);
    await a.lien("Contrats").click();
    await attendre("le contrat n'est pas à l'accueil", () => a.lien(contrat.reference).isVisible());
  },
};
