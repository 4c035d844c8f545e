// Where the focused field is printed: its places in the pages, which of them is followed. Knows nothing of what draws them.
import { computed, signal } from "@preact/signals";
import { situer } from "../chemins.js";
import * as etat from "../etat.js";
import * as api from "../requetes.js";

/** @typedef {import("../api.js").ZoneVue} Zone */
/** @typedef {{page: number, zones: Zone[]}} Lieu one printed place: the lines of a text that runs on are one */

/** Path of the field that the pages follow. */
export const suivi = signal("");
export const lieux = signal(/** @type {Lieu[]} */ ([]));
export const rang = signal(0);
export const lieu = computed(() => lieux.value[rang.value] ?? null);
/** Whether these places are those of what holds the field, which has none of its own. */
export const autour = signal(false);
/** Grows each time the pages are to be brought to the place. */
export const appel = signal(0);

/** Page where one clicked: among several places, that one is the one meant. */
let preferee = -1;
let demande = 0;

/** A click in a page leads to a field, whose focus must not take the pages elsewhere. @param {number} page */
export function preferer(page) {
  preferee = page;
  setTimeout(() => (preferee = -1), 1500);
}

/** @param {string} chemin @param {boolean} amener whether the pages go there */
export async function suivre(chemin, amener = true) {
  const ici = ++demande;
  let places = await api.ou(etat.id.peek(), chemin).catch(() => []);
  // What is asked for as a whole is printed at the place of the whole.
  const dans = places.length ? "" : groupe(chemin);
  if (dans && ici === demande) places = await api.ou(etat.id.peek(), dans).catch(() => []);
  if (ici !== demande) return;
  places = dans ? places.filter((p) => p.chemin === dans) : places;
  const nouveaux = grouper(places, dans || chemin);
  autour.value = dans !== "";
  const meme = suivi.peek() === chemin;
  const ancien = rang.peek();
  suivi.value = chemin;
  lieux.value = nouveaux;
  const voulu = nouveaux.findIndex((l) => l.page === preferee);
  rang.value = voulu >= 0 ? voulu : meme ? Math.min(ancien, Math.max(nouveaux.length - 1, 0)) : 0;
  if (amener && nouveaux.length) appel.value++;
}

export function oublierLieux() {
  demande++;
  suivi.value = "";
  lieux.value = [];
}

/** To the next of the places. */
export function endroitSuivant() {
  if (lieux.peek().length < 2) return;
  rang.value = (rang.peek() + 1) % lieux.peek().length;
  appel.value++;
}

/** The group that holds a field, below the element or the part. @param {string} chemin */
function groupe(chemin) {
  const pas = chemin.split("/");
  pas.pop();
  return pas.length > 2 && !pas.at(-1)?.startsWith("@") ? pas.join("/") : "";
}

/** @param {import("../api.js").PlaceVue[]} places @param {string} chemin @returns {Lieu[]} */
function grouper(places, chemin) {
  /** @type {Lieu[]} */
  const tous = [];
  for (const p of places) {
    const fin = tous.at(-1);
    const derniere = fin?.zones.at(-1);
    // Of a group or of an element: its fields on one page are one place. Of a value: its lines, which follow each other.
    const suite = fin && derniere && fin.page === p.page && (p.chemin !== chemin || Math.abs(p.y - derniere.y) < 2.2 * Math.max(p.ht, derniere.ht));
    if (suite) fin.zones.push(p);
    else tous.push({ page: p.page, zones: [p] });
  }
  return tous;
}

/** Names of a printed value: « Jours d’ouverture – IME Les Mimosas : 210 »; null where the form has no field for it. @param {string} chemin */
export function nomDe(chemin) {
  const form = etat.formulaire.peek();
  const la = form && chemin ? situer(form, chemin) : null;
  if (!la) return null;
  const element = la.element ? nomElement(la.element) : "";
  const champ = la.champ?.titre ?? "";
  const titre = [champ && champ !== element ? champ : "", element].filter(Boolean).join(" – ") || la.partie.titre;
  return `${titre} : ${etat.feuille(chemin).peek()?.t ?? "à compléter"}`;
}

/** @param {string} chemin */
function nomElement(chemin) {
  const i = chemin.lastIndexOf("/");
  return etat.liste(chemin.slice(0, i)).peek()?.find((e) => e.cle === chemin.slice(i + 1))?.nom ?? "";
}
