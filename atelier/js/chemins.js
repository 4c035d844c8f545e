// Reading paths and finding what the description of the form says of them; paths are never built but by adding a key.

/** @typedef {import("./api.js").Champ} Champ */
/** @typedef {import("./api.js").Formulaire} Formulaire */

/** @param {string} cle */
const echapper = (cle) => cle.replace(/~/g, "~0").replace(/\//g, "~1");

/** @param {string} parent @param {string} cle */
export const sous = (parent, cle) => `${parent}/${cle.startsWith("@") ? cle : echapper(cle)}`;

/** The path of the holder, or null at the root. @param {string} chemin */
export function parent(chemin) {
  const i = chemin.lastIndexOf("/");
  return i < 0 ? null : chemin.slice(0, i);
}

/** The path and all that hold it, the nearest first. @param {string} chemin */
export function lignee(chemin) {
  const tous = [];
  for (let c = /** @type {string | null} */ (chemin); c; c = parent(c)) tous.push(c);
  return tous;
}

/** @param {string} chemin @param {string} dedans */
export const contient = (chemin, dedans) => dedans === chemin || dedans.startsWith(`${chemin}/`);

/** The last step of a path. @param {string} chemin */
export const dernier = (chemin) => chemin.slice(chemin.lastIndexOf("/") + 1);

/** @param {Champ} champ @param {string} [base] */
export const cheminDe = (champ, base = "") => sous(base, champ.cle);

/**
 * The part that holds a path, the field it leads to, and the element of a list of the page that is to be opened.
 * @param {Formulaire} formulaire
 * @param {string} chemin
 * @returns {{partie: import("./api.js").PartieDuFormulaire, champ: Champ | null, element: string | null} | null}
 */
export function situer(formulaire, chemin) {
  for (const partie of formulaire.parties) {
    for (const champ of partie.champs) {
      const base = cheminDe(champ);
      if (contient(base, chemin)) return { partie, ...descendre(champ, base, chemin) };
    }
  }
  return null;
}

/** @param {Champ} champ @param {string} base @param {string} chemin */
function descendre(champ, base, chemin) {
  /** @type {Champ | null} */
  let ici = champ;
  let la = base;
  /** @type {string | null} */
  let element = null;
  const pas = chemin.length > base.length ? chemin.slice(base.length + 1).split("/") : [];
  for (const p of pas) {
    la = `${la}/${p}`;
    if (p.startsWith("@") || p.startsWith("=")) {
      if (ici && ici.champs && !element) element = la;
      continue;
    }
    ici = ici?.champs?.find((c) => echapper(c.cle) === p) ?? null;
    if (!ici) break;
  }
  return { champ: ici, element };
}

let dernierNumero = 0;
/** @type {Map<string, string>} */
const numeros = new Map();
/** A short identifier for the page, the same for the same path. @param {string} chemin */
export function ident(chemin) {
  let id = numeros.get(chemin);
  if (!id) numeros.set(chemin, (id = `c${++dernierNumero}`));
  return id;
}
