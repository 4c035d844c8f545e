// The note that drafters leave each other on an element or a group: folded, shown when there is one.
import { useSignal } from "@preact/signals";
import { ident } from "../chemins.js";
import * as etat from "../etat.js";
import { html } from "../html.js";
import { operer } from "../saisies.js";

/** @param {{chemin: string, titre: string}} p */
export function Note({ chemin, titre }) {
  const texte = etat.note(chemin).value;
  const ouverte = useSignal(false);
  const refus = useSignal("");
  const id = `${ident(chemin)}-note`;
  const montre = ouverte.value || !!texte;
  /** @param {Event} e */
  const ecrire = async (e) => {
    const dit = /** @type {HTMLTextAreaElement} */ (e.target).value.trim();
    if (dit === (texte ?? "")) return;
    const r = await operer({ op: "note", chemin, texte: dit, avant: texte ?? null });
    refus.value = "refus" in r ? r.refus.message : "";
  };
  return html`<div class="note">
    ${
      montre
        ? html`<label for=${id}><span aria-hidden="true">✎</span> Note pour les rédacteurs <span class="aide">(jamais imprimée)</span><span
          class="lu-seul"> : ${titre}</span></label>
          <textarea id=${id} rows="2" value=${texte ?? ""} onChange=${ecrire}></textarea>`
        : html`<button type="button" class="lien" onClick=${() => {
            ouverte.value = true;
            requestAnimationFrame(() => document.getElementById(id)?.focus());
          }}><span aria-hidden="true">✎</span> Note pour les rédacteurs<span class="lu-seul"> : ${titre}</span></button>`
    }
    <p class="erreur" role="alert" hidden=${!refus.value}>${refus.value}</p>
  </div>`;
}
