// Which pane is in front where there is no room for all, and which of the right ones is open.
import { signal } from "@preact/signals";

/** @typedef {"sommaire" | "contenu" | "remarques" | "pages"} Volet */
export const volet = signal(/** @type {Volet} */ ("contenu"));
/** True when the server draws pages. */
export const avecPages = signal(false);

const CLE = "cpom:volet-droit";
/** Whether the right pane is shown, where there is room for it. */
export const droite = signal(localStorage.getItem(CLE) !== "ferme");
export function basculerDroite() {
  droite.value = !droite.peek();
  localStorage.setItem(CLE, droite.peek() ? "ouvert" : "ferme");
}

const CLE_PAGES = "cpom:pages";
/** Whether the pages are shown in it. */
export const montrePages = signal(localStorage.getItem(CLE_PAGES) !== "masquees");
export function basculerPages() {
  montrePages.value = !montrePages.peek();
  localStorage.setItem(CLE_PAGES, montrePages.peek() ? "montrees" : "masquees");
}

/** Panes in the order of F6. */
export const ORDRE = ["entete", "sommaire", "contenu", "droite"];
