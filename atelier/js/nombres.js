// French numbers, read to add them up and to say what is understood; the server alone decides what a value is.

/** @param {string} mots @returns {number | null} */
export function lireNombre(mots) {
  const nu = mots.replace(/€|%|euros?/gi, "").replace(/[\s\u00a0\u202f]+/g, " ").replace(/[−–] ?/g, "-").trim();
  // Spaces part thousands, or it is no number.
  if (/ /.test(nu) && !/^-?\d{1,3}( \d{3})+(,\d+)?$/.test(nu)) return null;
  const net = nu.replace(/ /g, "");
  if (!/^-?(\d+|\d{1,3}(\.\d{3})+)(,\d+)?$|^-?\d+\.\d{1,2}$/.test(net)) return null;
  return Number(/,/.test(net) || /^-?\d{1,3}(\.\d{3})+$/.test(net) ? net.replace(/\./g, "").replace(",", ".") : net);
}

/** @param {number} nombre @param {string} [genre] */
export function ecrireNombre(nombre, genre) {
  const centimes = Math.abs(nombre % 1) > 1e-9;
  const options = genre === "montant" && centimes ? { minimumFractionDigits: 2, maximumFractionDigits: 2 } : { maximumFractionDigits: 2 };
  const unite = genre === "montant" ? "\u00a0€" : genre === "pourcentage" ? "\u00a0%" : "";
  return nombre.toLocaleString("fr-FR", options) + unite;
}
