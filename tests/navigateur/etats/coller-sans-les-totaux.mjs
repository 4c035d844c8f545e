import { BUDGETS, tsv } from "../donnees.mjs";
import { contratDeSix, montants } from "../nouveau.mjs";

export default {
  titre: "je colle des budgets sans colonne de total : aucun montant ne se perd ni ne glisse",
  dossier: "vide",
  /** @param {import("../outils.mjs").Atelier} a */
  async faire(a) {
    await contratDeSix(a);
    await a.partie("Moyens");
    await a.cellule("Budgets de référence", "IME Les Mimosas", "Dépenses Groupe I (€)").focus();
    await a.coller(tsv(BUDGETS));
    await a.dansLeFichier("les budgets", (c) => c.moyens.budgets.map(montants), BUDGETS);
  },
};
