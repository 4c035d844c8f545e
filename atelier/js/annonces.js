// What is said aloud and shown in the status line, without moving the focus.
import { signal } from "@preact/signals";

export const message = signal("");
/** @type {ReturnType<typeof setTimeout> | undefined} */
let efface;

/** @param {string} texte */
export function annoncer(texte) {
  clearTimeout(efface);
  // The same words said twice are heard twice only if the line was emptied between.
  if (message.peek() === texte) message.value = "";
  setTimeout(() => {
    message.value = texte;
  }, 30);
  efface = setTimeout(() => {
    message.value = "";
  }, 12000);
}

/** What was said of a view does not stay over the next one. */
export function taire() {
  message.value = "";
}

/** « 1 remarque nouvelle », « 3 remarques nouvelles ». @param {number} nombre @param {string} un @param {string} [plusieurs] */
export const compte = (nombre, un, plusieurs = `${un}s`) => `${nombre} ${nombre > 1 ? plusieurs : un}`;
