// A field of an element that does not exist yet: its value stays in the dialog that asks it, until all is sent at once.
import { ident } from "../chemins.js";
import { html } from "../html.js";
import * as api from "../requetes.js";
import { Combo } from "./code.js";
import { cibles } from "./cibles.js";

/** @typedef {import("../api.js").Champ} Champ */
/** @typedef {import("@preact/signals").Signal<string>} Mots */

const LARGES = new Set(["texte", "libre", "fichier", "renvoi"]);

/** The identifier of the control of a question. @param {string} liste @param {string} cle */
export const idQuestion = (liste, cle) => `question-${ident(liste)}-${cle}`;

/** @param {{champ: Champ, id: string, mots: Mots, refus: string, facultatif?: boolean}} p */
export function Question({ champ, id, mots, refus, facultatif }) {
  const exemple = champ.exemple ? html`<span class="exemple">Exemple : ${champ.exemple}</span>` : null;
  const decrit = [champ.aide || exemple ? `${id}-aide` : "", refus ? `${id}-refus` : ""].filter(Boolean).join(" ") || undefined;
  const aide = champ.aide || exemple ? html`<p class="aide" id=${`${id}-aide`}>${champ.aide} ${exemple}</p>` : null;
  const erreur = refus ? html`<p class="erreur" id=${`${id}-refus`}><strong>${champ.titre} :</strong> ${refus}</p>` : null;
  const tete = html`${champ.titre} ${facultatif ? null : html`<span class="requis">(obligatoire)</span>`}`;
  const choix = champ.genre === "ouinon" ? /** @type {[string, string][]} */ ([["oui", "Oui"], ["non", "Non"]]) : champ.genre === "renvoi" && champ.vers ? cibles(champ.vers) : champ.choix;
  if (choix && choix.length > 0 && choix.length <= 4 && champ.genre !== "renvoi") {
    return html`<fieldset class="champ" id=${id} aria-describedby=${decrit}><legend>${tete}</legend>${aide}
      <div class="radios">${choix.map(([v, l]) => html`<label class="case" key=${v}><input type="radio" name=${id} checked=${mots.value === v}
        onChange=${() => (mots.value = v)} /> ${l}</label>`)}</div>${erreur}</fieldset>`;
  }
  const commun = {
    id,
    value: mots.value,
    "aria-describedby": decrit,
    "aria-invalid": refus ? "true" : undefined,
    "aria-required": facultatif ? undefined : "true",
    onInput: (/** @type {Event} */ e) => (mots.value = /** @type {HTMLInputElement} */ (e.target).value),
  };
  return html`<div class="champ"><label for=${id}>${tete}</label>${aide}
    ${
      choix
        ? html`<select ...${commun}><option value="">${choix.length ? "Choisissez" : "Rien à choisir pour le moment"}</option>${choix.map(([v, l]) => html`<option key=${v} value=${v}>${l}</option>`)}
          ${mots.value && !choix.some(([v]) => v === mots.value) ? html`<option value=${mots.value}>Comme proposé</option>` : null}</select>`
        : champ.genre === "code"
          ? html`<${Combo} id=${id} titre=${champ.titre} valeur=${mots} decrit=${decrit} invalide=${!!refus} requis=${!facultatif}
            chercher=${(/** @type {string} */ q) => api.nomenclature(champ.table ?? "", q)} taper=${(/** @type {string} */ t) => (mots.value = t)}
            prendre=${(/** @type {string} */ v, /** @type {string} */ l) => (mots.value = `${v} – ${l}`)} quitter=${() => {}} abandonner=${() => {}} />`
          : champ.genre === "prose"
            ? html`<textarea rows="5" ...${commun}></textarea>`
            : html`<input type="text" autocomplete="off" class=${LARGES.has(champ.genre) ? "mots" : "chiffres"} ...${commun} />`
    }
    ${erreur}</div>`;
}
