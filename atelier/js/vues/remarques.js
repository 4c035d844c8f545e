// The remarks, those of the part on screen or all; the gravest first.
import { computed, signal } from "@preact/signals";
import { html } from "../html.js";
import * as etat from "../etat.js";
import { route } from "../route.js";
import { Remarque } from "./remarque.js";

const toutes = signal(false);
const RANGS = { bloquante: 0, alerte: 1, information: 2 };

/** The gravest first, then in the order of the contract. @param {import("../api.js").RemarqueVue} a @param {import("../api.js").RemarqueVue} b */
export const parGravite = (a, b) => RANGS[a.severite] - RANGS[b.severite] || (a.rang ?? 0) - (b.rang ?? 0);

/** In the order they are shown, for the keyboard too. */
export const remarquesVues = computed(() => {
  const { vue } = route.value;
  const partie = etat.formulaire.value?.parties.some((p) => p.cle === vue);
  return etat.remarques.value
    .filter((r) => toutes.value || !partie || r.partie === vue)
    .sort(parGravite);
});

/** @param {{partie?: import("../api.js").PartieDuFormulaire}} p */
export function Remarques({ partie }) {
  // « Reste à faire » already shows the blocking ones.
  const reste = !partie && route.value.vue === "reste";
  const vues = reste ? remarquesVues.value.filter((r) => r.severite !== "bloquante") : remarquesVues.value;
  return html`<section class="remarques" aria-labelledby="titre-remarques">
    <h2 id="titre-remarques">${reste ? "Autres remarques" : "Remarques"} <span class="nombre-elements">(${vues.length})</span></h2>
    ${partie ? html`<div class="radios en-ligne" role="radiogroup" aria-label="Remarques montrées">
      <label class="case"><input type="radio" name="remarques" checked=${!toutes.value} onChange=${() => (toutes.value = false)} /> de cette partie</label>
      <label class="case"><input type="radio" name="remarques" checked=${toutes.value} onChange=${() => (toutes.value = true)} /> toutes</label></div>` : null}
    ${vues.length ? html`<ul class="liste-remarques">${vues.map((r) => html`<li key=${r.id}><${Remarque} remarque=${r} /></li>`)}</ul>` : html`<p
      class="aide">Aucune remarque${partie && !toutes.value ? " dans cette partie" : ""}.</p>`}
  </section>`;
}
