// Where the columns of a pasted block go: totals are computed here, and are passed over unless the block has them too.
import { lireNombre } from "../nombres.js";

/**
 * The column of the grid that each pasted column goes to.
 * @param {import("../api.js").Grille} g
 * @param {number} gauche column of the first cell
 * @param {string[][]} lignes
 * @returns {number[]}
 */
export function colonnesVisees(g, gauche, lignes) {
  const large = Math.max(...lignes.map((l) => l.length));
  const toutes = Array.from({ length: large }, (_, j) => gauche + j);
  const calculees = toutes.filter((c) => g.colonnes[c]?.somme);
  if (calculees.every((c) => estLeTotal(g, gauche, lignes, c))) return toutes;
  const aTaper = g.colonnes.flatMap((colonne, c) => (c >= gauche && !colonne.somme ? [c] : []));
  // Beyond the last one, what has no place is told as such.
  return toutes.map((_, j) => aTaper[j] ?? g.colonnes.length + j);
}

/**
 * Whether what a block has in a computed column is nothing, or that very sum.
 * @param {import("../api.js").Grille} g @param {number} gauche @param {string[][]} lignes @param {number} c
 */
function estLeTotal(g, gauche, lignes, c) {
  const somme = g.colonnes[c].somme ?? [];
  return lignes.every((ligne) => {
    const texte = ligne[c - gauche];
    if (!texte) return true;
    // What stands before the block is not in it: nothing can be compared.
    const total = lireNombre(texte);
    if (total === null || somme.some((s) => s < gauche)) return false;
    const dite = somme.reduce((somme, s) => somme + (lireNombre(ligne[s - gauche] ?? "") ?? 0), 0);
    return Math.abs(dite - total) < 0.005;
  });
}
