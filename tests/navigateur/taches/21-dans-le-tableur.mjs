import { changerLeClasseur, egal, verifier } from "../outils.mjs";

export default {
  titre: "j'ouvre les moyens dans le tableur, et le classeur rempli revient valeur par valeur",
  dossier: "exemple",
  /** @param {import("../outils.mjs").Atelier} a */
  async faire(a) {
    await a.ouvrirContrat("CPOM-2026-2030-ADELIE");
    await a.partie("Moyens");
    const classeur = await a.recevoir(() => a.bouton("Ouvrir dans le tableur").click());
    const budget = a.json("exemple.json").moyens.budgets[0].depenses;
    const [avant, apres] = [budget.groupe_2, budget.groupe_2 + 1000];
    const rempli = classeur.replace(/\.xlsx$/, "-rempli.xlsx");
    changerLeClasseur(classeur, avant, apres, rempli);
    // Untouched, it changes nothing.
    await a.lien("Reprendre un Word ou un classeur…").click();
    await a.champ("Document Word ou classeur").setInputFiles(classeur);
    await a.page.getByText("Aucune valeur n’est à reprendre.").waitFor({ timeout: 30000 });
    await a.champ("Document Word ou classeur").setInputFiles(rempli);
    const prise = a.case(/Dépenses › Groupe II$/);
    await prise.waitFor({ timeout: 30000 });
    verifier(/Budgets!/.test(await a.page.getByRole("main").innerText()), "la cellule n'est pas dite");
    egal(a.json("exemple.json").moyens.budgets[0].depenses.groupe_2, avant, "le budget, avant « Prendre »");
    await prise.check();
    await a.bouton(/^Prendre (celle|les)/).click();
    await a.dansLeFichier("le groupe 2", (c) => c.moyens.budgets[0].depenses.groupe_2, apres, "exemple.json");
    await a.bouton(/^Annuler/).first().click();
    await a.dansLeFichier("le groupe 2, annulé", (c) => c.moyens.budgets[0].depenses.groupe_2, avant, "exemple.json");
  },
};
