// A code of a public list: a box where one types the code or a word of its label (ARIA combobox pattern).
import { useSignal } from "@preact/signals";
import { useRef } from "preact/hooks";
import * as api from "../requetes.js";
import { html } from "../html.js";
import { affichage, choisir, oublier, saisie, taper, valider } from "../saisies.js";
import { Cadre } from "./cadre.js";

/** @typedef {import("./cadre.js").Liens} Liens */

/** @param {{champ: import("../api.js").Champ, chemin: string}} p */
export function Code({ champ, chemin }) {
  return html`<${Cadre} champ=${champ} chemin=${chemin} controle=${(/** @type {Liens} */ l) => html`<${Combo}
    id=${l.id} chemin=${chemin} decrit=${l.decrit} invalide=${l.invalide} requis=${champ.requis} titre=${champ.titre}
    valeur=${affichage(chemin)} chercher=${(/** @type {string} */ q) => api.nomenclature(champ.table ?? "", q)}
    taper=${(/** @type {string} */ t) => taper(chemin, t)}
    prendre=${(/** @type {string} */ v) => { oublier(chemin); choisir(chemin, v); }}
    quitter=${() => valider(chemin)}
    abandonner=${() => { if (saisie(chemin).peek()?.stade === "encours") oublier(chemin); }} />`} />`;
}

/**
 * @param {{id: string, chemin?: string, decrit?: string, invalide?: boolean, requis?: boolean, titre: string, valeur: any,
 *   chercher: (q: string) => Promise<[string, string][]>, taper: (t: string) => void, prendre: (valeur: string, libelle: string) => void,
 *   quitter: () => void, abandonner: () => void, sansCode?: boolean}} p
 */
export function Combo(p) {
  const propositions = useSignal(/** @type {[string, string][]} */ ([]));
  const ouvert = useSignal(false);
  const actif = useSignal(-1);
  const demande = useRef(0);
  const listeId = `${p.id}-liste`;
  /** @param {string} q */
  const chercher = async (q) => {
    const ici = ++demande.current;
    const trouves = await p.chercher(q).catch(() => []);
    if (ici !== demande.current) return;
    propositions.value = trouves;
    actif.value = -1;
    ouvert.value = true;
  };
  const fermer = () => {
    demande.current++;
    ouvert.value = false;
    actif.value = -1;
  };
  /** @param {number} i */
  const prendre = (i) => {
    const [valeur, libelle] = propositions.peek()[i];
    fermer();
    p.prendre(valeur, libelle);
  };
  /** @param {KeyboardEvent} e */
  const touche = (e) => {
    const max = propositions.peek().length;
    if (e.key === "ArrowDown" || e.key === "ArrowUp") {
      if (e.altKey && ouvert.peek()) return;
      e.preventDefault();
      if (!ouvert.peek()) chercher("");
      else if (max) actif.value = (actif.peek() + (e.key === "ArrowDown" ? 1 : actif.peek() < 0 ? 0 : -1) + max) % max;
      requestAnimationFrame(() => document.getElementById(`${listeId}-${actif.peek()}`)?.scrollIntoView({ block: "nearest" }));
    } else if (e.key === "Enter") {
      if (ouvert.peek() && actif.peek() >= 0) {
        e.preventDefault();
        prendre(actif.peek());
      } else {
        fermer();
        p.quitter();
      }
    } else if (e.key === "Escape" && ouvert.peek()) {
      e.preventDefault();
      e.stopPropagation();
      fermer();
      p.abandonner();
    }
  };
  return html`<div class="combo">
    <input id=${p.id} data-chemin=${p.chemin} type="text" role="combobox" autocomplete="off" class="mots" value=${p.valeur}
      aria-expanded=${ouvert.value ? "true" : "false"} aria-controls=${listeId} aria-autocomplete="list"
      aria-activedescendant=${ouvert.value && actif.value >= 0 ? `${listeId}-${actif.value}` : undefined}
      aria-describedby=${p.decrit} aria-invalid=${p.invalide ? "true" : undefined} aria-required=${p.requis ? "true" : undefined}
      onInput=${(/** @type {Event} */ e) => {
        const q = /** @type {HTMLInputElement} */ (e.target).value;
        p.taper(q);
        chercher(q);
      }}
      onKeyDown=${touche} onClick=${() => !ouvert.peek() && chercher("")}
      onBlur=${() => { fermer(); p.quitter(); }} />
    <ul id=${listeId} role="listbox" aria-label=${`Propositions : ${p.titre}`} hidden=${!ouvert.value || !propositions.value.length}>
      ${propositions.value.map(([valeur, libelle], i) => html`<li key=${valeur} id=${`${listeId}-${i}`} role="option" aria-selected=${i === actif.value ? "true" : "false"}
        onMouseDown=${(/** @type {Event} */ e) => e.preventDefault()} onClick=${() => prendre(i)}>${p.sansCode ? libelle : `${valeur} – ${libelle}`}</li>`)}
    </ul>
    <span class="lu-seul" role="status">${ouvert.value ? (propositions.value.length ? `${propositions.value.length} propositions` : "Aucune proposition") : ""}</span>
  </div>`;
}
