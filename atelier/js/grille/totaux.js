// Sums of the rows and of the columns of a grid, from the values typed as well as from those saved.
import { computed } from "@preact/signals";
import * as etat from "../etat.js";
import { ecrireNombre, lireNombre } from "../nombres.js";
import { saisie } from "../saisies.js";

/** @typedef {import("../api.js").Grille} G */
/** @typedef {{somme: number | null, ecart: number | null}} Total */

/** @param {string | null | undefined} chemin @returns {number | null} */
export function nombreDe(chemin) {
  if (!chemin) return null;
  const s = saisie(chemin).value;
  // What was refused counts for nothing: what is saved does.
  if (s?.texte !== undefined && s.stade !== "illisible") return lireNombre(s.texte);
  const f = etat.feuille(chemin).value;
  return typeof f?.v === "number" ? f.v : f?.t ? lireNombre(f.t) : null;
}

/** Null where there is nothing to add up. @param {(number | null)[]} nombres */
function ajouter(nombres) {
  const la = nombres.filter((n) => n !== null);
  return la.length ? Math.round(la.reduce((a, b) => a + b, 0) * 100) / 100 : null;
}

/** @param {import("../api.js").Colonne} c */
const sajoute = (c) => c.genre === "montant" || c.genre === "nombre";

/**
 * For each row, its computed columns; for each column, its foot.
 * @param {G} g
 */
export function totaux(g) {
  const lignes = g.lignes.map((ligne) =>
    g.colonnes.map((c) =>
      c.somme
        ? computed(() => {
            const somme = ajouter((c.somme ?? []).map((j) => nombreDe(ligne.cellules[j])));
            const declare = c.declare === undefined ? null : nombreDe(ligne.cellules[c.declare]);
            const ecart = somme !== null && declare !== null ? Math.round((somme - declare) * 100) / 100 : null;
            return { somme, ecart };
          })
        : null,
    ),
  );
  const pied = g.total
    ? g.colonnes.map((c, j) =>
        sajoute(c)
          ? computed(() => ajouter(lignes.map((l, i) => (c.somme ? (l[j]?.value.somme ?? null) : nombreDe(g.lignes[i].cellules[j])))))
          : null,
      )
    : null;
  return { lignes, pied };
}

/** @param {number} ecart @param {string} [genre] */
export const direEcart = (ecart, genre) => `${ecrireNombre(Math.abs(ecart), genre)} ${ecart > 0 ? "de plus" : "de moins"} que le total déclaré`;
