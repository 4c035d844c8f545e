// A list of short values (texts, amounts…): one line each, with what adds, moves and removes.
import { useSignal } from "@preact/signals";
import { annoncer } from "../annonces.js";
import { ident, sous } from "../chemins.js";
import * as etat from "../etat.js";
import { html } from "../html.js";
import { affichage, operer, saisie, toucher } from "../saisies.js";
import { Cadre } from "./cadre.js";
import { gestes } from "./mots.js";

/** @typedef {import("../api.js").Champ} Champ */

/** @param {{champ: Champ, chemin: string}} p */
export function Scalaires({ champ, chemin }) {
  return html`<${Cadre} champ=${champ} chemin=${chemin} groupe controle=${() => html`<${Corps} champ=${champ} chemin=${chemin} />`} />`;
}

/** @param {{champ: Champ, chemin: string}} p */
function Corps({ champ, chemin }) {
  const elements = etat.liste(chemin).value ?? [];
  const refus = useSignal("");
  const neuf = `${ident(chemin)}-neuf`;
  const ajouter = async () => {
    const el = /** @type {HTMLInputElement} */ (document.getElementById(neuf));
    const texte = el.value.trim();
    toucher(chemin);
    if (!texte) return;
    const r = await operer({ op: "ajouter", liste: chemin, apres: elements.at(-1)?.cle ?? null, valeurs: { "": texte } });
    if ("refus" in r) refus.value = r.refus.message;
    else {
      refus.value = "";
      el.value = "";
      annoncer(`Ajouté : ${texte}.`);
    }
    el.focus();
  };
  return html`<ol class="scalaires">
      ${elements.map((e, i) => html`<${Ligne} key=${e.cle} champ=${champ} chemin=${sous(chemin, e.cle)} rang=${i} sur=${elements.length} />`)}
    </ol>
    <div class="ligne-controle">
      <label class="petit" for=${neuf}>Ajouter<span class="lu-seul"> : ${champ.titre}</span></label>
      <input id=${neuf} data-chemin=${chemin} type="text" class="mots" onBlur=${ajouterSansFoyer} onKeyDown=${(/** @type {KeyboardEvent} */ e) => {
        if (e.key === "Enter") {
          e.preventDefault();
          ajouter();
        }
      }} />
      <button type="button" onClick=${ajouter}>Ajouter</button>
    </div>
    <p class="erreur" role="alert" hidden=${!refus.value}>${refus.value}</p>`;

  /** Words left in the box are not lost. @param {FocusEvent} e */
  async function ajouterSansFoyer(e) {
    const el = /** @type {HTMLInputElement} */ (e.target);
    const vers = e.relatedTarget;
    if (!el.value.trim() || (vers instanceof HTMLElement && vers.parentElement === el.parentElement)) return;
    const texte = el.value.trim();
    el.value = "";
    const r = await operer({ op: "ajouter", liste: chemin, apres: elements.at(-1)?.cle ?? null, valeurs: { "": texte } });
    if ("refus" in r) {
      refus.value = r.refus.message;
      el.value = texte;
    }
  }
}

/** @param {{champ: Champ, chemin: string, rang: number, sur: number}} p */
function Ligne({ champ, chemin, rang, sur }) {
  const s = saisie(chemin).value;
  const faux = s && (s.stade === "illisible" || s.stade === "conflit") ? s : null;
  const nom = `${champ.element?.titre && champ.element.titre !== "Texte court" ? champ.element.titre : champ.titre} ${rang + 1}`;
  const dit = `${ident(chemin)}-dit`;
  /** @param {number} vers */
  const deplacer = async (vers) => {
    const r = await operer({ op: "deplacer", chemin, rang: vers });
    annoncer("refus" in r ? r.refus.message : `${vers + 1} sur ${sur}`);
  };
  const retirer = async () => {
    const r = await operer({ op: "retirer", chemin, cascade: false });
    annoncer("refus" in r ? r.refus.message : `${nom} retiré.`);
    document.querySelector(`fieldset[data-chemin="${CSS.escape(chemin.slice(0, chemin.lastIndexOf("/")))}"] .ligne-controle input[id$="-neuf"]`)?.dispatchEvent(new Event("focusin"));
  };
  return html`<li>
    <div class="ligne-controle">
      <input type="text" class="mots" data-chemin=${chemin} aria-label=${nom} value=${affichage(chemin)} aria-invalid=${faux ? "true" : undefined}
        aria-describedby=${faux ? dit : undefined} ...${gestes(chemin)} />
      <button type="button" class="icone" aria-label=${`Monter ${nom}`} title="Monter" aria-disabled=${rang === 0 ? "true" : undefined}
        onClick=${() => rang > 0 && deplacer(rang - 1)}>▲</button>
      <button type="button" class="icone" aria-label=${`Descendre ${nom}`} title="Descendre" aria-disabled=${rang === sur - 1 ? "true" : undefined}
        onClick=${() => rang < sur - 1 && deplacer(rang + 1)}>▼</button>
      <button type="button" class="icone" aria-label=${`Retirer ${nom}`} title="Retirer" onClick=${retirer}>×</button>
    </div>
    ${faux ? html`<p class="erreur" id=${dit}><strong>Non enregistré – ${nom} :</strong> ${faux.message ?? `vaut maintenant « ${faux.conflit?.actuel ?? ""} »`}</p>` : null}
  </li>`;
}
