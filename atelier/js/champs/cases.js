// Several values among those offered: check boxes up to eight, else chips and a box to add one.
import { useSignal } from "@preact/signals";
import { contient, ident, sous } from "../chemins.js";
import * as etat from "../etat.js";
import { html } from "../html.js";
import { operer, touche, toucher } from "../saisies.js";
import { Remarque } from "../vues/remarque.js";
import { Cadre } from "./cadre.js";
import { cibles } from "./cibles.js";
import { Combo } from "./code.js";

/** @typedef {import("../api.js").Champ} Champ */

/** @param {{champ: Champ, chemin: string}} p */
export function Cases({ champ, chemin }) {
  return html`<${Cadre} champ=${champ} chemin=${chemin} groupe controle=${() => html`<${Corps} champ=${champ} chemin=${chemin} />`} />`;
}

/** @param {{champ: Champ, chemin: string}} p */
function Corps({ champ, chemin }) {
  const element = champ.element;
  const offertes = element?.choix ?? cibles(element?.vers ?? "");
  const elements = etat.liste(chemin).value ?? [];
  const refus = useSignal("");
  /** Clicked and not yet answered. */
  const enVol = useSignal(/** @type {Record<string, boolean>} */ ({}));
  const presentes = elements.map((e) => {
    const f = etat.feuille(sous(chemin, e.cle)).value;
    return { valeur: String(f?.v ?? f?.t ?? e.nom), nom: offertes.find(([v]) => v === String(f?.v ?? f?.t))?.[1] ?? f?.t ?? e.nom };
  });
  /** @param {string} valeur @param {boolean} present */
  const cocher = async (valeur, present) => {
    toucher(chemin);
    refus.value = "";
    enVol.value = { ...enVol.peek(), [valeur]: present };
    const r = await operer({ op: "cocher", liste: chemin, valeur, present });
    const { [valeur]: _, ...reste } = enVol.peek();
    enVol.value = reste;
    if ("refus" in r) refus.value = r.refus.message;
  };
  const toutes = [...offertes, ...presentes.filter((p) => !offertes.some(([v]) => v === p.valeur)).map((p) => [p.valeur, `${p.nom} (n’existe plus)`])];
  const dessous = touche(chemin).value ? etat.remarques.value.filter((r) => r.chemin !== chemin && contient(chemin, r.chemin)) : [];
  // Where the order is what is said, it is the one in which the boxes were ticked.
  const ordonne = /^ordre/i.test(champ.titre);
  /** @param {string} v */
  const rang = (v) => (ordonne ? presentes.findIndex((p) => p.valeur === v) + 1 : 0);
  /** @param {string} v */
  const est = (v) => enVol.value[v] ?? presentes.some((p) => p.valeur === v);
  return html`
    ${
      toutes.length <= 8
        ? html`<div class="radios">${toutes.map(([v, l]) => html`<label class="case" key=${v}><input type="checkbox" checked=${est(v)}
            onChange=${(/** @type {Event} */ e) => cocher(v, /** @type {HTMLInputElement} */ (e.target).checked)} /> ${l}${rang(v) ? ` (${rang(v)})` : ""}</label>`)}
            ${ordonne ? html`<p class="aide">L’ordre est celui où vous cochez.</p>` : null}
            ${toutes.length ? null : html`<p class="aide">Rien à cocher pour le moment.</p>`}</div>`
        : html`<${Jetons} champ=${champ} chemin=${chemin} presentes=${presentes} offertes=${offertes} cocher=${cocher} />`
    }
    <p class="erreur" role="alert" hidden=${!refus.value}>${refus.value}</p>
    ${dessous.map((r) => html`<${Remarque} key=${r.id} remarque=${r} champ=${champ.titre} pres />`)}`;
}

/**
 * @param {{champ: Champ, chemin: string, presentes: {valeur: string, nom: string}[], offertes: [string, string][],
 *   cocher: (v: string, p: boolean) => void}} p
 */
function Jetons({ champ, chemin, presentes, offertes, cocher }) {
  const texte = useSignal("");
  const id = `${ident(chemin)}-ajout`;
  const sans = (/** @type {string} */ s) => s.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const chercher = async (/** @type {string} */ q) =>
    offertes.filter(([v, l]) => !presentes.some((p) => p.valeur === v) && sans(l).includes(sans(q))).slice(0, 20);
  return html`<ul class="jetons" aria-label=${`${champ.titre} : choisis`}>
      ${presentes.map((p) => html`<li key=${p.valeur}>${p.nom}
        <button type="button" class="icone" aria-label=${`Retirer ${p.nom}`} title="Retirer" onClick=${() => {
          cocher(p.valeur, false);
          document.getElementById(id)?.focus();
        }}>×</button></li>`)}
    </ul>
    <label for=${id} class="petit">Ajouter<span class="lu-seul"> : ${champ.titre}</span></label>
    <${Combo} id=${id} titre=${champ.titre} valeur=${texte} chercher=${chercher} sansCode
      taper=${(/** @type {string} */ t) => (texte.value = t)} quitter=${() => (texte.value = "")} abandonner=${() => (texte.value = "")}
      prendre=${(/** @type {string} */ v) => { texte.value = ""; cocher(v, true); }} />`;
}
