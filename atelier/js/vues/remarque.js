// One remark, wherever it is shown: its gravity in words, what it says, and the three things one can do about it.
import { useSignal } from "@preact/signals";
import { allerAuChamp } from "../aller.js";
import { annoncer } from "../annonces.js";
import { auteur as auteurConnu, retenirAuteur } from "../auteur.js";
import * as api from "../requetes.js";
import { ouvrirDialogue } from "../dialogue.js";
import { html } from "../html.js";
import { operer } from "../saisies.js";
import { Signe } from "./signe.js";

/** @typedef {import("../api.js").RemarqueVue} R */

export const REVIENT = { gestionnaire: "au gestionnaire", autorite: "aux autorités", les_deux: "ensemble" };
export const MOTS = { bloquante: "Bloquante", alerte: "Alerte", information: "Information" };

/**
 * @param {{remarque: R, champ?: string, pres?: boolean, qui?: boolean}} p `pres`: it stands beside its field, there is nowhere to go; `qui`: who holds it is said
 */
export function Remarque({ remarque: r, champ, pres, qui }) {
  const lieu = pres ? (champ && !r.message.includes(champ) ? champ : "") : r.lieu;
  return html`<div class=${`remarque ${r.severite}`} data-remarque=${r.id}>
    <p><${Signe} quoi=${r.severite} /> <strong>${MOTS[r.severite]}</strong>${lieu ? html` – <span class="ou">${lieu}</span>` : null}${qui ? html` <span class="qui">(${REVIENT[r.detenteur]})</span>` : null}<span class="lu-seul"> : </span></p>
    <p>${r.message}</p>
    ${r.remede ? html`<p class="remede">À faire : ${r.remede}</p>` : null}
    <div class="boutons">
      ${pres ? null : html`<button type="button" onClick=${() => allerAuChamp(r.chemin, r.partie)}>Aller au champ<span class="lu-seul"> : ${r.lieu}</span></button>`}
      <button type="button" onClick=${() => pourquoi(r)}>Pourquoi ?<span class="lu-seul"> ${r.message}</span></button>
      ${r.ecartable ? html`<button type="button" onClick=${() => ecarter(r)}>Écarter…<span class="lu-seul"> ${r.message}</span></button>` : null}
    </div>
  </div>`;
}

/** @param {R} r */
export async function pourquoi(r) {
  let regle;
  try {
    regle = await api.regle(r.code);
  } catch (e) {
    regle = { code: r.code, titre: r.message, pourquoi: e instanceof Error ? e.message : "", remede: r.remede, references: r.references };
  }
  const references = regle.references.length ? regle.references : r.references;
  ouvrirDialogue(regle.titre, () => html`
    <p class="prose">${regle.pourquoi}</p>
    ${regle.remede ? html`<h3>Que faire</h3><p class="prose">${regle.remede.charAt(0).toUpperCase() + regle.remede.slice(1)}</p>` : null}
    ${references.length ? html`<h3>Références</h3><ul>${references.map((x) => html`<li><${Reference} citation=${x} /></li>`)}</ul>` : null}
    <p class="aide">Règle ${regle.code}</p>`);
}

/** « CASF, art. L. 313-11 (https://…) »: the words lead to the address. @param {{citation: string}} p */
function Reference({ citation }) {
  const [, mots, adresse] = /^(.*) \((https:\/\/[^\s)]+)\)$/.exec(citation) ?? [];
  return adresse ? html`<a href=${adresse} target="_blank" rel="noreferrer noopener">${mots}<span class="lu-seul"> (nouvel onglet)</span></a>` : citation;
}

/** @param {R} r */
function ecarter(r) {
  ouvrirDialogue("Écarter cette remarque", (fermer) => html`<${Ecarter} remarque=${r} fermer=${fermer} />`);
}

/** @param {{remarque: R, fermer: () => void}} p */
function Ecarter({ remarque: r, fermer }) {
  const refus = useSignal("");
  /** @param {SubmitEvent} e */
  const envoyer = async (e) => {
    e.preventDefault();
    const f = new FormData(/** @type {HTMLFormElement} */ (e.target));
    const motif = String(f.get("motif")).trim();
    const auteur = String(f.get("auteur")).trim();
    if (!motif || !auteur) {
      refus.value = "Le motif et l’auteur sont tous deux nécessaires : ils sont gardés dans le contrat.";
      return;
    }
    retenirAuteur(auteur);
    const rep = await operer({ op: "deroger", remarque: r.id, motif, auteur });
    if ("refus" in rep) refus.value = rep.refus.message;
    else {
      fermer();
      annoncer("Remarque écartée, avec son motif.");
    }
  };
  return html`<form onSubmit=${envoyer} novalidate>
    <p>${r.message}</p>
    <div class="champ"><label for="ecarter-motif">Motif <span class="requis">(obligatoire)</span></label>
      <p class="aide" id="ecarter-aide">Pourquoi le contrat s’en écarte. Le motif reste dans le contrat. Par exemple : l’établissement ouvre en 2027, ses places ne sont pas encore installées.</p>
      <textarea id="ecarter-motif" name="motif" rows="3" aria-describedby="ecarter-aide"></textarea></div>
    <div class="champ"><label for="ecarter-auteur">Qui en décide <span class="requis">(obligatoire)</span></label>
      <p class="aide" id="ecarter-aide-auteur">Une qualité suffit. Par exemple : la responsable du pôle médico-social.</p>
      <input id="ecarter-auteur" name="auteur" type="text" autocomplete="organization-title" aria-describedby="ecarter-aide-auteur" value=${auteurConnu()} /></div>
    <p class="erreur" role="alert">${refus.value}</p>
    <div class="boutons"><button type="submit" class="principal">Écarter</button><button type="button" onClick=${fermer}>Annuler</button></div>
  </form>`;
}
