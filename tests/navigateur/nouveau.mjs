// A new contract of six establishments, made by the page: where several scripts begin.
import { LISTE } from "./donnees.mjs";

/** @param {import("./outils.mjs").Atelier} a @param {string} [liste] */
export async function contratDeSix(a, liste = LISTE) {
  await a.lien("Nouveau contrat…").click();
  await a.champ("Région").selectOption({ label: "Provence-Alpes-Côte d'Azur" });
  await a.champ("Gestionnaire").fill("Association Mimosa");
  await a.champ("Première année").fill("2027");
  await a.champ("Établissements et services").focus();
  await a.coller(liste);
  await a.bouton("Créer le contrat").click();
  await a.page.getByRole("heading", { level: 1, name: "Reste à faire" }).waitFor();
}

/** The amounts of a budget of the file, in the order of the grid. @param {any} budget */
export const montants = (budget) => ["depenses", "recettes"].flatMap((k) => [1, 2, 3].map((g) => budget?.[k]?.[`groupe_${g}`] ?? null));
