// The description of the form as the page uses it: without what speaks of identifiers, which are never shown.

/** @typedef {import("./api.js").Champ} Champ */

/** @param {import("./api.js").Formulaire} f */
export function preparer(f) {
  for (const p of f.parties) p.champs.forEach(nettoyer);
  return f;
}

/** @param {Champ} c */
function nettoyer(c) {
  const renvoi = c.vers || c.element?.vers;
  if (renvoi && /identifiant/i.test(c.aide ?? "")) c.aide = "";
  if (renvoi) c.exemple = undefined;
  // Where the file is kept is no one's business.
  if (c.genre === "fichier") c.aide = c.exemple = undefined;
  c.champs?.forEach(nettoyer);
}
