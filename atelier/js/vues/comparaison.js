// What changed since an operation or a milestone: place, before, after; the same as a Word file with tracked changes.
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { allerAuChamp } from "../aller.js";
import { annoncer, compte } from "../annonces.js";
import { auteur, retenirAuteur } from "../auteur.js";
import * as etat from "../etat.js";
import { html } from "../html.js";
import * as api from "../requetes.js";
import { adresse } from "../route.js";
import { enregistrer } from "../telecharger.js";
import { AvantApres } from "./differences.js";
import { date } from "./historique.js";

/** @param {{depuis: number}} p */
export function Comparaison({ depuis }) {
  const differences = useSignal(/** @type {import("../api.js").DifferenceVue[] | null} */ (null));
  const depart = useSignal(depuis ? "" : "le début");
  const panne = useSignal("");
  const n = etat.n.value;
  useEffect(() => {
    api.comparer(etat.id.peek(), depuis).then((d) => (differences.value = d.differences), (e) => (panne.value = e.message));
    if (depuis) {
      api.journal(etat.id.peek()).then((j) => {
        const o = j.find((x) => x.n === depuis);
        if (o) depart.value = `« ${o.nom} », ${date(o.quand)}`;
      }, () => {});
    }
  }, [n, depuis]);
  const toutes = differences.value;
  return html`<p class="fil"><a href=${adresse(etat.id.value, "historique")}>Historique</a> <span aria-hidden="true">›</span></p>
    <h1>Ce qui a changé</h1>
    <p>${depart.value ? `Depuis ${depart.value}` : ""}${toutes && depart.value ? " : " : ""}${toutes ? html`<strong>${toutes.length ? compte(toutes.length, "différence") : "aucune différence"}</strong>.` : null}</p>
    ${panne.value ? html`<p class="erreur" role="alert">${panne.value}</p>` : toutes ? null : html`<p role="status">Comparaison…</p>`}
    ${toutes?.length ? html`<${SuiviWord} depuis=${depuis} /><${Differences} toutes=${toutes} />` : null}`;
}

/** @param {{toutes: import("../api.js").DifferenceVue[]}} p */
function Differences({ toutes }) {
  /** @type {Map<string, import("../api.js").DifferenceVue[]>} */
  const parties = new Map();
  for (const d of toutes) parties.set(d.place[0] ?? "Contrat", [...(parties.get(d.place[0] ?? "Contrat") ?? []), d]);
  return html`${[...parties].map(([partie, siennes]) => html`<section key=${partie}><h2>${partie} <span class="nombre-elements">(${siennes.length})</span></h2>
    <ul class="differences">${siennes.map((d, i) => html`<li key=${i}>
      <p class="place"><strong>${d.place.slice(1).join(" › ") || partie}</strong>${d.article ? html` <span class="lieu">${d.article}</span>` : null}</p>
      <${AvantApres} avant=${d.avant} apres=${d.apres} />
      ${d.chemin ? html`<button type="button" class="lien" onClick=${() => allerAuChamp(d.chemin ?? "")}>Aller au champ<span class="lu-seul"> : ${d.place.join(", ")}</span></button>` : null}
    </li>`)}</ul></section>`)}`;
}

/** @param {{depuis: number}} p */
function SuiviWord({ depuis }) {
  const refus = useSignal("");
  const encours = useSignal(false);
  /** @param {SubmitEvent} e */
  const demander = async (e) => {
    e.preventDefault();
    const champ = /** @type {HTMLInputElement} */ (document.getElementById("suivi-auteur"));
    const nom = champ.value.trim();
    refus.value = nom ? "" : "Dites au nom de qui les changements sont marqués.";
    if (!nom) {
      champ.focus();
      return;
    }
    retenirAuteur(nom);
    encours.value = true;
    try {
      const jour = new Date();
      const fichier = await api.suiviWord(etat.id.peek(), depuis, nom, [jour.getFullYear(), jour.getMonth() + 1, jour.getDate()].map((x) => String(x).padStart(2, "0")).join("-"));
      enregistrer(fichier);
      annoncer(`Enregistré : ${fichier.nom}.`);
    } catch (x) {
      refus.value = x instanceof Error ? x.message : "";
    }
    encours.value = false;
  };
  return html`<form class="champ" onSubmit=${demander} novalidate><label for="suivi-auteur">Suivi des modifications (Word), au nom de</label>
    <div class="ligne-controle"><input id="suivi-auteur" type="text" class="mots" autocomplete="name" value=${auteur()} aria-describedby="suivi-refus" aria-invalid=${refus.value ? "true" : undefined} />
      <button type="submit">${encours.value ? "Composition…" : "Suivi des modifications (Word)"}</button></div>
    <p class="erreur" id="suivi-refus" role="alert">${refus.value}</p></form>`;
}
