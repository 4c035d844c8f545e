// State of the open contract: one signal a path, so that a field draws again for its own value only. Knows neither network nor page.
import { batch, computed, signal } from "@preact/signals";
import { lignee } from "./chemins.js";

/** @typedef {import("./api.js").Feuille} Feuille */
/** @typedef {import("./api.js").RemarqueVue} Remarque */
/** @template T @typedef {import("@preact/signals").Signal<T>} Signal */

export const id = signal("");
export const n = signal(0);
export const titre = signal("");
export const reference = signal("");
export const modele = signal("");
export const etat = signal("projet");
export const formulaire = signal(/** @type {import("./api.js").Formulaire | null} */ (null));
export const remarques = signal(/** @type {Remarque[]} */ ([]));
/** What blocks only a definitive contract. */
export const auDefinitif = signal(/** @type {Remarque[]} */ ([]));
export const manques = signal(/** @type {import("./api.js").ManqueVue[]} */ ([]));
export const annuler = signal(/** @type {import("./api.js").Nomme | null} */ (null));
export const retablir = signal(/** @type {import("./api.js").Nomme | null} */ (null));
export const fichiers = signal(/** @type {import("./api.js").EtatDeFichier[]} */ ([]));
/** Grows each time a list changed: names to offer and rows of grids are to be asked again. */
export const mue = signal(0);
/** The last operation known to have changed what is printed: a milestone has a number and changes nothing. */
export const changement = signal(0);

/** @type {Map<string, Signal<Feuille | null>>} */
const feuilles = new Map();
/** @type {Map<string, Signal<import("./api.js").Ligne[] | null>>} */
const listes = new Map();
/** @type {Map<string, Signal<string | null>>} */
const notes = new Map();
/** @type {Map<string, Signal<Remarque[]>>} */
const remarquesPar = new Map();
/** Which answer last spoke of a path: an older one that comes late is not heard. @type {Map<string, number>} */
const ages = new Map();
/** @type {Remarque[]} */
const AUCUNE = [];

/** @template T @param {Map<string, Signal<T>>} tiroirs @param {string} chemin @param {T} vide @returns {Signal<T>} */
function tiroir(tiroirs, chemin, vide) {
  let s = tiroirs.get(chemin);
  if (!s) tiroirs.set(chemin, (s = signal(vide)));
  return s;
}

/** @param {string} chemin */
export const feuille = (chemin) => tiroir(feuilles, chemin, null);
/** @param {string} chemin */
export const liste = (chemin) => tiroir(listes, chemin, null);
/** @param {string} chemin */
export const note = (chemin) => tiroir(notes, chemin, null);
/** Remarks that stand exactly there. @param {string} chemin */
export const remarquesDe = (chemin) => tiroir(remarquesPar, chemin, AUCUNE);

/** Last steps of the values present under a path (years of a table). @param {string} chemin */
export function clesSous(chemin) {
  const debut = `${chemin}/`;
  const cles = [];
  for (const [c, s] of feuilles) if (c.startsWith(debut) && s.value && !c.includes("/", debut.length)) cles.push(c.slice(debut.length));
  return cles.sort();
}

/** Whether anything is written under a path. @param {string} chemin */
export function contenu(chemin) {
  n.value;
  const debut = `${chemin}/`;
  for (const [c, s] of feuilles) if (c.startsWith(debut) && s.peek()) return true;
  for (const [c, s] of listes) if (c.startsWith(debut) && s.peek()?.length) return true;
  return false;
}

/** The path of a place given by ranks, as the server names those of a file. @param {string} pointeur */
export function cheminDePointeur(pointeur) {
  let chemin = "";
  for (const pas of pointeur.split("/").slice(1)) {
    const cle = /^\d+$/.test(pas) ? listes.get(chemin)?.peek()?.[Number(pas)]?.cle : undefined;
    chemin = `${chemin}/${cle ?? pas}`;
  }
  return chemin;
}

/** Counts of blocking remarks, alerts and gaps for each path and each « partie: », held ones counted in their holders. */
export const comptes = computed(() => {
  /** @type {Map<string, {bloquantes: number, alertes: number, manques: number}>} */
  const total = new Map();
  /** @param {string} cle @param {"bloquantes" | "alertes" | "manques"} quoi */
  const compter = (cle, quoi) => {
    let c = total.get(cle);
    if (!c) total.set(cle, (c = { bloquantes: 0, alertes: 0, manques: 0 }));
    c[quoi]++;
  };
  for (const r of remarques.value) {
    if (r.severite === "information") continue;
    const quoi = r.severite === "bloquante" ? "bloquantes" : "alertes";
    for (const cle of [...lignee(r.chemin), `partie:${r.partie}`, "tout"]) compter(cle, quoi);
  }
  for (const m of manques.value) for (const cle of [...lignee(m.chemin), `partie:${m.partie}`, "tout"]) compter(cle, "manques");
  return total;
});

/** How many things are to be done before the contract can be signed. */
export const reste = computed(
  () => remarques.value.filter((r) => r.severite === "bloquante").length + auDefinitif.value.length + manques.value.length,
);

/** @param {import("./api.js").Etat} v */
export function peupler(v) {
  batch(() => {
    ages.clear();
    if (n.value && v.n > n.value) changement.value = v.n;
    n.value = v.n;
    titre.value = v.titre;
    reference.value = v.reference;
    modele.value = v.modele;
    etat.value = v.etat;
    for (const [c, s] of feuilles) if (!(c in v.valeurs)) s.value = null;
    for (const c in v.valeurs) feuille(c).value = v.valeurs[c];
    for (const [c, s] of listes) if (!(c in v.listes)) s.value = null;
    for (const c in v.listes) liste(c).value = v.listes[c];
    for (const [c, s] of notes) if (!(c in v.notes)) s.value = null;
    for (const c in v.notes) note(c).value = v.notes[c];
    auDefinitif.value = v.au_definitif;
    manques.value = v.manques;
    annuler.value = v.annuler;
    retablir.value = v.retablir;
    fichiers.value = v.fichiers;
    poserRemarques(v.remarques);
    mue.value++;
  });
}

/** Forgets everything: another contract is about to be opened. */
export function vider() {
  batch(() => {
    for (const tiroirs of [feuilles, listes, notes, remarquesPar]) tiroirs.clear();
    ages.clear();
    n.value = changement.value = 0;
    id.value = "";
    formulaire.value = null;
    remarques.value = [];
    auDefinitif.value = [];
    manques.value = [];
    annuler.value = retablir.value = null;
  });
}

/** @param {import("./api.js").Delta} d */
export function appliquer(d) {
  batch(() => {
    n.value = Math.max(n.value, d.n);
    /** @template T @param {Record<string, T>} changes @param {(c: string) => Signal<any>} ou @param {string} sorte */
    const poser = (changes, ou, sorte) => {
      for (const c in changes) {
        const cle = sorte + c;
        if ((ages.get(cle) ?? -1) > d.n) continue;
        ages.set(cle, d.n);
        ou(c).value = changes[c];
      }
    };
    poser(d.valeurs, feuille, "v");
    poser(d.listes, liste, "l");
    poser(d.notes, note, "n");
    if (d.entete || [d.valeurs, d.listes].some((x) => Object.keys(x).length)) changement.value = Math.max(changement.value, d.n);
    if (d.remarques.plus.length || d.remarques.moins.length) {
      poserRemarques(remplacer(remarques.value, d.remarques.plus, d.remarques.moins));
    }
    if (d.au_definitif.plus.length || d.au_definitif.moins.length) {
      auDefinitif.value = remplacer(auDefinitif.value, d.au_definitif.plus, d.au_definitif.moins);
    }
    if (d.manques.plus.length || d.manques.moins.length) {
      manques.value = remplacer(manques.value, d.manques.plus, d.manques.moins);
    }
    if (d.n >= n.value) {
      annuler.value = d.annuler;
      retablir.value = d.retablir;
    }
    if (d.entete) {
      reference.value = d.entete.reference;
      titre.value = d.entete.titre;
      modele.value = d.entete.modele;
      etat.value = d.entete.etat;
    }
    fichiers.value = d.fichiers;
    if (Object.keys(d.listes).length || d.cree) mue.value++;
  });
}

/** @template {{id: string}} T @param {T[]} avant @param {T[]} plus @param {string[]} moins @returns {T[]} */
function remplacer(avant, plus, moins) {
  const partis = new Set([...moins, ...plus.map((x) => x.id)]);
  return [...avant.filter((x) => !partis.has(x.id)), ...plus];
}

/** @param {Remarque[]} toutes */
function poserRemarques(toutes) {
  remarques.value = toutes;
  /** @type {Map<string, Remarque[]>} */
  const par = new Map();
  for (const r of toutes) par.set(r.chemin, [...(par.get(r.chemin) ?? []), r]);
  for (const [c, s] of remarquesPar) if (!par.has(c) && s.value.length) s.value = AUCUNE;
  for (const [c, rs] of par) {
    const s = remarquesDe(c);
    if (s.value.length !== rs.length || s.value.some((r, i) => r !== rs[i])) s.value = rs;
  }
}
