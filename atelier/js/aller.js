// « Aller au champ »: opens the part and the element that hold a path, unfolds what hides it, gives it the focus.
import { signal } from "@preact/signals";
import { contient, situer } from "./chemins.js";
import { encoreLa, maintenant } from "./depart.js";
import { fermerDialogue } from "./dialogue.js";
import * as etat from "./etat.js";
import { adresse, aller, encoreVenu, route } from "./route.js";
import { toucher } from "./saisies.js";
import { volet } from "./volets.js";

/** The path that is being gone to: folds that hold it open themselves. */
export const cible = signal("");

/**
 * @param {string} chemin
 * @param {string} [partie] where to go if the path says nothing
 * @param {number} [depuis] when the gesture began that leads there
 */
export function allerAuChamp(chemin, partie, depuis = maintenant()) {
  const form = etat.formulaire.peek();
  if (!form) return;
  const lieu = situer(form, chemin);
  const cle = lieu?.partie.cle ?? partie ?? "reste";
  if (chemin) toucher(chemin);
  volet.value = "contenu";
  cible.value = chemin;
  const r = route.peek();
  // A cell of a table on screen is its field too.
  const ici = r.vue === cle && chemin ? trouver((c) => c === chemin) : null;
  if (ici?.matches("input,select,textarea")) return chercher(chemin, depuis, 0);
  const element = lieu?.element ?? "";
  if (!(r.vue === cle && r.ici === element)) aller(adresse(etat.id.peek(), cle, element), false, depuis);
  if (chemin) chercher(chemin, depuis, 0);
}

/** The same from a dialog, which closes first and gives the focus back. @param {string} chemin @param {string} [partie] */
export function allerDepuisLaFenetre(chemin, partie) {
  const depuis = maintenant();
  fermerDialogue();
  setTimeout(() => allerAuChamp(chemin, partie, depuis), 50);
}

let arrivee = -1e9;
/** Gives the focus to something that the view is opened for, in the middle of it. @param {HTMLElement} el */
export function arriver(el) {
  arrivee = performance.now();
  el.focus({ preventScroll: true });
  el.scrollIntoView({ block: "center" });
}

/** A field was just gone to: the title of its view must not take the focus back. */
export const vientDArriver = () => cible.peek() !== "" || performance.now() - arrivee < 500;

/** @param {string} chemin @param {number} depuis @param {number} essai */
function chercher(chemin, depuis, essai) {
  if (cible.peek() !== chemin) return;
  const exact = trouver((c) => c === chemin);
  // Folds and the description of a part may take a few images to be drawn.
  if (!exact && essai < 30) {
    const attend = document.querySelector("main [data-attend]") !== null;
    requestAnimationFrame(() => chercher(chemin, depuis, essai + (attend ? 0 : 1)));
    return;
  }
  const el = exact ?? trouver((c) => contient(chemin, c)) ?? trouver((c) => contient(c, chemin)) ?? document.querySelector("main h1");
  cible.value = "";
  if (!(el instanceof HTMLElement) || !encoreLa(depuis)) return;
  const champ = el.matches("input,select,textarea,button,h1,h2,h3,h4,[tabindex]") ? el : controle(el);
  if (!(champ instanceof HTMLElement)) return;
  if (!champ.matches("input,select,textarea,button,a,[tabindex]")) champ.tabIndex = -1;
  arriver(champ);
}

/** The control of a group: of radio buttons, the one that is chosen. @param {HTMLElement} el */
function controle(el) {
  const visibles = [...el.querySelectorAll("input,select,textarea,button")].filter((c) => c.getClientRects().length);
  // One goes there to fill it, not to say that there is nothing to fill.
  const premier = visibles.find((c) => !c.closest(".sans-objet")) ?? visibles[0];
  if (premier instanceof HTMLInputElement && premier.type === "radio") return el.querySelector(`input[name="${premier.name}"]:checked`) ?? premier;
  return premier ?? el;
}

/** The deepest visible holder that suits. @param {(chemin: string) => boolean} convient */
function trouver(convient) {
  /** @type {Element | null} */
  let mieux = null;
  let long = -1;
  for (const el of document.querySelectorAll("main [data-chemin]")) {
    const c = /** @type {HTMLElement} */ (el).dataset.chemin ?? "";
    if (c.length > long && convient(c) && el.getClientRects().length) {
      mieux = el;
      long = c.length;
    }
  }
  return mieux;
}

/** After a change of view, the title of the view takes the focus, as after a change of page. */
export function viserTitre() {
  requestAnimationFrame(() => {
    const h1 = document.querySelector("main h1");
    if (h1 instanceof HTMLElement && encoreVenu() && !vientDArriver()) {
      h1.tabIndex = -1;
      h1.focus({ preventScroll: true });
      document.querySelector("main")?.scrollTo(0, 0);
      scrollTo(0, 0);
    }
  });
}
