import { BUDGETS, euros, tsv } from "../donnees.mjs";
import { contratDeSix } from "../nouveau.mjs";
import { bientot } from "../outils.mjs";

export default {
  titre: "je clique une cellule remplie et je tape : ce que je tape remplace ce qui y était, et ce qui est refusé ne compte pas",
  dossier: "vide",
  /** @param {import("../outils.mjs").Atelier} a */
  async faire(a) {
    await contratDeSix(a);
    await a.partie("Moyens");
    const grille = "Budgets de référence";
    const cellule = () => a.cellule(grille, "IME Les Mimosas", "Dépenses Groupe I (€)");
    await cellule().focus();
    await a.coller(tsv(BUDGETS.map((b) => b.slice(0, 3).map(euros))));
    await bientot("ce que dit la page", () => a.annonce.innerText(), "18 cellules collées.");
    const total = async () => (await a.grille(grille).getByRole("row", { name: /^IME Les Mimosas/ }).locator("td.total").first().innerText()).replace(/\s/g, " ");
    await a.cellule(grille, "IME Les Mimosas", "Dépenses Groupe II (€)").click();
    await cellule().click();
    await a.page.keyboard.type("48 000");
    await a.page.keyboard.press("Enter");
    await a.dansLeFichier("le montant tapé", (c) => c.moyens.budgets[0].depenses.groupe_1, 48000);
    const juste = await total();
    // A second click in the same cell places the caret: what is there is completed.
    await cellule().click();
    await cellule().click();
    await a.page.keyboard.press("End");
    await a.page.keyboard.type("x");
    await a.page.keyboard.press("Enter");
    await a.page.getByText("Non enregistré – IME Les Mimosas").waitFor();
    await bientot("le total, sans ce qui est refusé", total, juste);
    await a.page.getByRole("button", { name: "1 non enregistrée" }).click();
    await bientot("le foyer revient sur la cellule", () => cellule().evaluate((el) => el === document.activeElement), true);
  },
};
