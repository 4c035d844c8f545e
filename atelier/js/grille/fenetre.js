// Which rows of a long grid are in the page: those in view and a few around, and the one being edited.

/** Up to this many rows, all are drawn. */
export const SEUIL = 40;
const MARGE = 8;

/**
 * @param {number} nombre rows in all
 * @param {number} debut first row in view
 * @param {number} vues rows in view
 * @param {number} tenue row that has the focus, -1 if none
 * @returns {(number | {blanc: number})[]} rows to draw, and gaps counted in rows
 */
export function rangsMontres(nombre, debut, vues, tenue) {
  if (nombre <= SEUIL) return Array.from({ length: nombre }, (_, i) => i);
  const premier = Math.max(0, debut - MARGE);
  const dernier = Math.min(nombre - 1, debut + vues + MARGE);
  const rangs = [];
  if (tenue >= 0 && tenue < premier) rangs.push(tenue);
  for (let i = premier; i <= dernier; i++) rangs.push(i);
  if (tenue > dernier) rangs.push(tenue);
  /** @type {(number | {blanc: number})[]} */
  const montres = [];
  let attendu = 0;
  for (const i of rangs) {
    if (i > attendu) montres.push({ blanc: i - attendu });
    montres.push(i);
    attendu = i + 1;
  }
  if (attendu < nombre) montres.push({ blanc: nombre - attendu });
  return montres;
}
