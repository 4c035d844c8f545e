// Values by year: one line a year present, and a box to add one.
import { useSignal } from "@preact/signals";
import { ident, sous } from "../chemins.js";
import * as etat from "../etat.js";
import { html } from "../html.js";
import { Cadre } from "./cadre.js";
import { Mots } from "./mots.js";

/** @typedef {import("../api.js").Champ} Champ */

/** @param {{champ: Champ, chemin: string}} p */
export function Table({ champ, chemin }) {
  return html`<${Cadre} champ=${champ} chemin=${chemin} groupe controle=${() => html`<${Corps} champ=${champ} chemin=${chemin} />`} />`;
}

/** @param {{champ: Champ, chemin: string}} p */
function Corps({ champ, chemin }) {
  etat.n.value;
  const neuves = useSignal(/** @type {string[]} */ ([]));
  const refus = useSignal("");
  const cles = [...new Set([...etat.clesSous(chemin), ...neuves.value])].sort();
  const id = `${ident(chemin)}-annee`;
  const ajouter = () => {
    const el = /** @type {HTMLInputElement} */ (document.getElementById(id));
    const annee = el.value.trim();
    if (!/^(19|20)\d\d$/.test(annee)) {
      refus.value = annee ? `« ${annee} » n’est pas une année : écrivez quatre chiffres, par exemple 2025.` : "";
      return;
    }
    refus.value = "";
    neuves.value = [...neuves.peek(), annee];
    el.value = "";
    requestAnimationFrame(() => document.getElementById(ident(sous(chemin, annee)))?.focus());
  };
  return html`<div class="annees">
      ${cles.map((c) => html`<${Mots} key=${c} champ=${{ genre: "nombre", ...champ.element, cle: c, titre: c, aide: "", exemple: "", requis: false, sans_objet: false }} chemin=${sous(chemin, c)} />`)}
    </div>
    <div class="ligne-controle">
      <label class="petit" for=${id}>Ajouter une année<span class="lu-seul"> : ${champ.titre}</span></label>
      <input id=${id} type="text" inputmode="numeric" class="chiffres" maxlength="4" aria-describedby=${`${id}-refus`} aria-invalid=${refus.value ? "true" : undefined}
        onKeyDown=${(/** @type {KeyboardEvent} */ e) => e.key === "Enter" && (e.preventDefault(), ajouter())} />
      <button type="button" onClick=${ajouter}>Ajouter</button>
    </div>
    <p class="erreur" role="alert" id=${`${id}-refus`} hidden=${!refus.value}>${refus.value}</p>`;
}
