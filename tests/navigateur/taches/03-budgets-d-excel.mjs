import { BUDGETS, euros, table, tsv } from "../donnees.mjs";
import { contratDeSix, montants } from "../nouveau.mjs";
import { bientot } from "../outils.mjs";

export default {
  titre: "je reporte les budgets d'Excel",
  dossier: "vide",
  /** @param {import("../outils.mjs").Atelier} a */
  async faire(a) {
    await contratDeSix(a);
    await a.partie("Moyens");
    // With the totals of the spreadsheet, which the page computes too.
    const lignes = BUDGETS.map((b) => {
      const [d, r] = [b.slice(0, 3), b.slice(3)].map((x) => [...x, x.reduce((s, y) => s + y, 0)]);
      return [...d, ...r].map(euros);
    });
    await a.cellule("Budgets de référence", "IME Les Mimosas", "Dépenses Groupe I (€)").focus();
    await a.coller(tsv(lignes), table(lignes));
    await bientot("ce que dit la page", () => a.annonce.innerText(), "36 cellules collées.");
    await a.dansLeFichier("les budgets", (c) => c.moyens.budgets.map(montants), BUDGETS);
    await bientot("le total des dépenses de l'IME", async () => (await a.grille("Budgets de référence").getByRole("row", { name: /^IME Les Mimosas/ }).locator("td.total").first().innerText()).replace(/\s/g, " "), "3 100 000 €");
    // One gesture, one undo.
    await a.bouton(/^.*Annuler/).click();
    await a.dansLeFichier("plus aucun montant", (c) => c.moyens.budgets.flatMap(montants).filter(Boolean), []);
    await a.bouton(/^.*Rétablir/).click();
    await a.dansLeFichier("les budgets, rétablis", (c) => c.moyens.budgets.map(montants), BUDGETS);
  },
};
