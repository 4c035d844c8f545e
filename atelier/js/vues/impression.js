// The choices of a printing: state, format, the whole or an extract, cut in files, initials, date of signature.
import { signal } from "@preact/signals";
import { cibles } from "../champs/cibles.js";
import * as etat from "../etat.js";
import { html } from "../html.js";

/** @typedef {import("../api.js").DemandeDImpression} Impression */

/** Kept from one printing to the next. */
const choix = {
  etat: signal(/** @type {"projet" | "definitif"} */ ("projet")),
  format: signal(/** @type {"pdf" | "docx" | "texte" | "pdf,docx"} */ ("pdf")),
  document: signal(/** @type {"contrat" | "equipes" | "etablissement"} */ ("contrat")),
  etablissement: signal(""),
  decoupe: signal(false),
  paraphes: signal(false),
  date: signal(""),
};

/** @param {{imprimer: (i: Impression) => void, fermer: () => void, dossier?: boolean}} p `dossier`: all the contracts of the folder */
export function Options({ imprimer, fermer, dossier }) {
  const etablissements = dossier ? [] : cibles("etablissement");
  const { format, document: quoi } = choix;
  const pdf = format.value.includes("pdf");
  /** @param {SubmitEvent} e */
  const envoyer = (e) => {
    e.preventDefault();
    const un = choix.etablissement.peek() || etablissements[0]?.[0] || "";
    imprimer({
      etat: choix.etat.peek(),
      format: format.peek(),
      pour: dossier ? undefined : quoi.peek() === "equipes" ? "equipes" : quoi.peek() === "etablissement" ? un : undefined,
      decoupe: choix.decoupe.peek() || undefined,
      paraphes: (!dossier && pdf && choix.paraphes.peek()) || undefined,
      date: choix.date.peek() || undefined,
    });
  };
  return html`<form onSubmit=${envoyer}>
    <${Radios} titre="État" nom="impression-etat" choisi=${choix.etat} offerts=${[["projet", "Projet"], ["definitif", "Définitif"]]} />
    <${Radios} titre="Format" nom="impression-format" choisi=${format} offerts=${[["pdf", "PDF"], ["docx", "Word"], ["pdf,docx", "PDF et Word"], ["texte", "Texte"]]} />
    ${dossier ? null : html`<${Radios} titre="Document" nom="impression-document" choisi=${quoi} offerts=${[["contrat", "Le contrat"], ["equipes", "L’extrait pour les équipes"], ["etablissement", "L’extrait d’un établissement"]]} />`}
    ${!dossier && quoi.value === "etablissement" ? html`<div class="champ"><label for="impression-etablissement">Établissement</label>
      <select id="impression-etablissement" value=${choix.etablissement.value || etablissements[0]?.[0] || ""} onChange=${(/** @type {Event} */ e) => (choix.etablissement.value = /** @type {HTMLSelectElement} */ (e.target).value)}>
        ${etablissements.map(([v, l]) => html`<option key=${v} value=${v}>${l}</option>`)}</select></div>` : null}
    <div class="champ"><label for="impression-date">Date de signature</label>
      <p class="aide" id="impression-date-aide">Facultative : elle remplace celle ${dossier ? "des contrats sur ces documents" : "du contrat sur ce document"}.</p>
      <input type="date" id="impression-date" aria-describedby="impression-date-aide" value=${choix.date.value} onChange=${(/** @type {Event} */ e) => (choix.date.value = /** @type {HTMLInputElement} */ (e.target).value)} /></div>
    <fieldset><legend class="lu-seul">Mise en fichiers</legend><div class="radios">
      <${Case} s=${choix.decoupe} texte="Un fichier par partie du dossier" />
      ${!dossier && pdf ? html`<${Case} s=${choix.paraphes} texte="Une place pour les paraphes sur chaque page" />` : null}</div></fieldset>
    ${!dossier && choix.etat.value === "definitif" && etat.remarques.value.some((r) => r.severite === "bloquante") ? html`<p class="aide">Des remarques bloquantes restent : le définitif dira lesquelles.</p>` : null}
    <div class="boutons"><button type="submit" class="principal">Imprimer</button><button type="button" onClick=${fermer}>Annuler</button></div>
  </form>`;
}

/** @param {{titre: string, nom: string, choisi: import("@preact/signals").Signal<any>, offerts: [string, string][]}} p */
const Radios = ({ titre, nom, choisi, offerts }) => html`<fieldset class="champ"><legend>${titre}</legend><div class="radios en-ligne">${offerts.map(([v, l]) => html`<label
  class="case" key=${v}><input type="radio" name=${nom} checked=${choisi.value === v} onChange=${() => (choisi.value = v)} /> ${l}</label>`)}</div></fieldset>`;

/** @param {{s: import("@preact/signals").Signal<boolean>, texte: string}} p */
const Case = ({ s, texte }) => html`<label class="case"><input type="checkbox" checked=${s.value} onChange=${() => (s.value = !s.peek())} /> ${texte}</label>`;
