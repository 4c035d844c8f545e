// What some lists offer beside « Ajouter »: a list pasted, an objective of the library.
import { html } from "../html.js";
import { BoutonBibliotheque, OBJECTIFS } from "./bibliotheque.js";
import { ETABLISSEMENTS, ouvrirCollerListe } from "./coller-liste.js";

/** Lists whose button says more than « Ajouter ». @type {Record<string, string>} */
export const NOMS_AJOUT = { "/clauses_particulieres": "Ajouter une clause particulière…" };

/** @param {{chemin: string, ouvrir: (chemin: string) => void}} p */
export function AutresAjouts({ chemin, ouvrir }) {
  if (chemin === ETABLISSEMENTS) return html`<button type="button" onClick=${() => ouvrirCollerListe()}>Coller une liste…</button>`;
  if (chemin === OBJECTIFS) return html`<${BoutonBibliotheque} ouvrir=${ouvrir} />`;
  if (chemin === "/pieces") return html`<span class="aide">Un fichier déposé sur cette page devient une pièce.</span>`;
  return null;
}
