// The sign of a gravity, drawn: it looks the same on every computer. Always beside the word, never instead of it.
import { html } from "../html.js";

const TRACES = {
  bloquante: "M5 1h6l4 4v6l-4 4H5l-4-4V5zM4.5 8h7",
  alerte: "M8 1.5 15 14.5H1zM8 6v4M8 12v.6",
  information: "M8 1a7 7 0 1 1 0 14A7 7 0 1 1 8 1M8 7.2v4.3M8 4.4v.6",
  erreur: "M3 3l10 10M13 3L3 13",
};

/** @param {{quoi: "bloquante" | "alerte" | "information" | "erreur"}} p */
export const Signe = ({ quoi }) =>
  html`<svg class=${`signe ${quoi}`} width="16" height="16" viewBox="0 0 16 16" aria-hidden="true"><path d=${TRACES[quoi]} fill="none" stroke="currentColor" stroke-width="1.8" stroke-linejoin="round" /></svg>`;
