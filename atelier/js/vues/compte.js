// How many remarks an element or a part holds: a sign and a number to see, a sentence to hear.
import { useComputed } from "@preact/signals";
import { compte } from "../annonces.js";
import * as etat from "../etat.js";
import { html } from "../html.js";
import { Signe } from "./signe.js";

/** @param {{cle: string}} p a path, or « partie:cle » */
export function Compte({ cle }) {
  // Compared as words: drawn again only when its own numbers change.
  const c = useComputed(() => {
    const t = etat.comptes.value.get(cle);
    return t ? `${t.bloquantes} ${t.alertes}` : "0 0";
  }).value.split(" ").map(Number);
  const [b, a] = c;
  if (!b && !a) return null;
  const dits = [b ? compte(b, "bloquante") : "", a ? compte(a, "alerte") : ""].filter(Boolean).join(", ");
  return html`<span class="compte">${b ? html`<span class="bloquante" aria-hidden="true"><${Signe} quoi="bloquante" /> ${b}</span>` : null}${a ? html`<span
    class="alerte" aria-hidden="true"><${Signe} quoi="alerte" /> ${a}</span>` : null}<span class="lu-seul"> (${dits})</span></span>`;
}
