// One value among a few: radio buttons up to four, else a list; yes and no.
import { ident } from "../chemins.js";
import { html } from "../html.js";
import { brut, choisir, toucher } from "../saisies.js";
import { Cadre } from "./cadre.js";

/** @typedef {import("../api.js").Champ} Champ */
/** @typedef {import("./cadre.js").Liens} Liens */

/** @param {{champ: Champ, chemin: string}} p */
export function Choix({ champ, chemin }) {
  const choix = champ.choix ?? [];
  if (choix.length <= 4) return html`<${Radios} champ=${champ} chemin=${chemin} choix=${choix} />`;
  return html`<${Cadre} champ=${champ} chemin=${chemin} controle=${(/** @type {Liens} */ l) => html`<${Selection} champ=${champ} chemin=${chemin} liens=${l} choix=${choix} />`} />`;
}

/** @param {{champ: Champ, chemin: string}} p */
export const OuiNon = ({ champ, chemin }) =>
  html`<${Radios} champ=${champ} chemin=${chemin} choix=${[[true, "Oui"], [false, "Non"]]} />`;

/** @param {{champ: Champ, chemin: string, choix: [string | boolean, string][]}} p */
function Radios({ champ, chemin, choix }) {
  const nom = `${ident(chemin)}-radio`;
  return html`<${Cadre} champ=${champ} chemin=${chemin} groupe controle=${() => html`<${Boutons} nom=${nom} chemin=${chemin} choix=${champ.requis ? choix : [...choix, [null, "Non renseigné"]]} />`} />`;
}

/** @param {{nom: string, chemin: string, choix: [string | boolean | null, string][]}} p */
function Boutons({ nom, chemin, choix }) {
  const v = brut(chemin);
  return html`<div class="radios">${choix.map(([valeur, libelle]) => html`<label class="case" key=${String(valeur)}>
    <input type="radio" name=${nom} checked=${v === valeur} onChange=${() => choisir(chemin, valeur)} onBlur=${() => toucher(chemin)} /> ${libelle}</label>`)}</div>`;
}

/** A native list; a value that is not in it is kept and told. @param {{champ: Champ, chemin: string, liens: Liens, choix: [string, string][], inconnu?: string}} p */
export function Selection({ champ, chemin, liens, choix, inconnu }) {
  const v = brut(chemin);
  const texte = v === null ? "" : String(v);
  const la = choix.some(([c]) => c === texte);
  return html`<select id=${liens.id} data-chemin=${chemin} value=${texte} aria-describedby=${liens.decrit} aria-invalid=${liens.invalide ? "true" : undefined}
    aria-required=${champ.requis ? "true" : undefined}
    onChange=${(/** @type {Event} */ e) => choisir(chemin, /** @type {HTMLSelectElement} */ (e.target).value || null)} onBlur=${() => toucher(chemin)}>
    <option value="" selected=${!texte}>${champ.requis ? "Choisissez" : "Non renseigné"}</option>
    ${texte && !la ? html`<option value=${texte} selected>${inconnu ?? texte}</option>` : null}
    ${choix.map(([c, l]) => html`<option key=${c} value=${c} selected=${c === texte}>${l}</option>`)}
  </select>`;
}
