// « Reste à faire »: gaps and blocking remarks, by holder then by section; each line leads to its field.
import { signal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { allerAuChamp, arriver } from "../aller.js";
import { compte } from "../annonces.js";
import * as etat from "../etat.js";
import { html } from "../html.js";
import * as api from "../requetes.js";
import { MOTS, REVIENT, Remarque, pourquoi } from "./remarque.js";
import { parGravite } from "./remarques.js";
import { Signe } from "./signe.js";

/** @typedef {import("../api.js").ManqueVue} Manque */
/** @typedef {import("../api.js").RemarqueVue} R */

const QUI = /** @type {const} */ ([["", "tout"], ["autorite", "aux autorités"], ["gestionnaire", "au gestionnaire"]]);
const TITRES = { gestionnaire: "Au gestionnaire", autorite: "Aux autorités", les_deux: "Ensemble" };
/** So many remarks of one kind are said once, with their places. */
const SEMBLABLES = 3;
const CLE = "cpom:je-tiens";
const tenu = signal(localStorage.getItem(CLE) ?? "");

/** The thing that one went to from here: one comes back to it, or to what took its place; `tient`: one is there, and it may go. */
const laisse = { contrat: "", id: "", rang: 0, tient: false };
const CHOSES = "main [data-remarque], main [data-manque]";
const cleDe = (/** @type {HTMLElement} */ el) => el.dataset.remarque ?? el.dataset.manque ?? "";
const choses = () => /** @type {HTMLElement[]} */ ([...document.querySelectorAll(CHOSES)]);

/** @param {MouseEvent} e */
function retenir(e) {
  const el = e.target instanceof Element ? e.target.closest(CHOSES) : null;
  if (el instanceof HTMLElement) Object.assign(laisse, { contrat: etat.id.peek(), id: cleDe(el), rang: choses().indexOf(el) });
}

function revenir() {
  const toutes = choses();
  if (laisse.contrat !== etat.id.peek() || !toutes.length) return;
  const el = toutes.find((x) => cleDe(x) === laisse.id) ?? toutes[Math.min(laisse.rang, toutes.length - 1)];
  const bouton = el.querySelector("button");
  if (!bouton) return;
  arriver(bouton);
  laisse.tient = true;
}

const lacher = () => (laisse.tient = false);
const GESTES = ["pointerdown", "keydown"];

/** What had the focus is done, and left the list. */
function suivre() {
  if (laisse.tient && document.activeElement === document.body) revenir();
}

export function Reste() {
  useEffect(() => {
    revenir();
    GESTES.forEach((g) => addEventListener(g, lacher));
    return () => GESTES.forEach((g) => removeEventListener(g, lacher));
  }, []);
  useEffect(suivre, [etat.remarques.value, etat.auDefinitif.value, etat.manques.value]);
  /** @param {{detenteur: Manque["detenteur"]}} x */
  const siens = (x) => !tenu.value || x.detenteur === tenu.value || x.detenteur === "les_deux";
  const bloquantes = etat.remarques.value.filter((r) => r.severite === "bloquante" && siens(r)).sort(parGravite);
  const definitif = etat.auDefinitif.value.filter(siens).sort(parGravite);
  const manques = etat.manques.value.filter(siens).sort((a, b) => (a.rang ?? 0) - (b.rang ?? 0));
  const completer = definitif.length + manques.length;
  const rien = !bloquantes.length && !completer;
  return html`<div onClick=${retenir}><h1>Reste à faire</h1>
    <fieldset class="filtre"><legend>Montrer ce qui revient</legend><div class="radios en-ligne">${QUI.map(([v, l]) => html`<label class="case"
      key=${v}><input type="radio" name="je-tiens" checked=${tenu.value === v} onChange=${() => {
      tenu.value = v;
      localStorage.setItem(CLE, v);
    }} /> ${v ? l : "à tous"}</label>`)}</div></fieldset>
    ${rien ? null : html`<p>${[bloquantes.length ? `${bloquantes.length} à corriger` : "", completer ? `${completer} à compléter` : ""].filter(Boolean).join(", ")}.
      Le projet s’imprime à tout moment, avec ses manques ; le contrat définitif, une fois tout fait.</p>`}
    ${rien ? null : html`<p><a href=${api.adresseReste(etat.id.value, tenu.value)} download>Enregistrer cette liste en Word</a></p>`}
    ${rien ? html`<p>Il ne reste rien à faire${tenu.value ? " de ce côté" : ""}.</p>` : null}
    ${bloquantes.length ? html`<section aria-labelledby="reste-bloque"><h2 id="reste-bloque">À corriger <span
      class="nombre-elements">(${compte(bloquantes.length, "bloquante")})</span></h2>
      <${Remarques} remarques=${bloquantes} /></section>` : null}
    ${definitif.length ? html`<section aria-labelledby="reste-definitif"><h2 id="reste-definitif">Avant le contrat définitif <span
      class="nombre-elements">(${definitif.length} à compléter)</span></h2>
      <p class="aide">Le projet s’en passe ; le contrat à signer, non.</p>
      <${Remarques} remarques=${definitif} /></section>` : null}
    ${/** @type {const} */ (["gestionnaire", "autorite", "les_deux"]).map((d) => {
      const tenus = manques.filter((m) => m.detenteur === d);
      return tenus.length ? html`<${Groupe} key=${d} titre=${TITRES[d]} manques=${tenus} />` : null;
    })}</div>`;
}

/** Those that say the same thing many times are said once. @param {{remarques: R[]}} p */
function Remarques({ remarques }) {
  return parSorte(remarques).map((sorte) => sorte.length < SEMBLABLES ? sorte.map((r) => html`<${Remarque} key=${r.id} remarque=${r} qui=${true} />`) : html`<${Semblables}
    key=${sorte[0].code + sorte[0].remede} remarques=${sorte} />`);
}

/** Remarks of one rule, with one thing to do, together where the first of them stands. @param {R[]} remarques @returns {R[][]} */
function parSorte(remarques) {
  /** @type {Map<string, R[]>} */
  const sortes = new Map();
  for (const r of remarques) {
    const cle = `${r.code} ${r.remede}`;
    sortes.set(cle, [...(sortes.get(cle) ?? []), r]);
  }
  return [...sortes.values()];
}

/** @param {{remarques: R[]}} p */
function Semblables({ remarques }) {
  const [premiere] = remarques;
  const qui = [...new Set(remarques.map((r) => REVIENT[r.detenteur]))].join(", ");
  return html`<div class=${`remarque ${premiere.severite}`}>
    <p><${Signe} quoi=${premiere.severite} /> <strong>${MOTS[premiere.severite]}, ${remarques.length} fois</strong> <span class="qui">(${qui})</span></p>
    <p class="remede">À faire : ${premiere.remede}</p>
    <ul>${remarques.map((r) => html`<li key=${r.id} data-remarque=${r.id}><button type="button" class="lien"
      onClick=${() => allerAuChamp(r.chemin, r.partie)}>${r.message}</button> <span class="lieu">${r.lieu}</span></li>`)}</ul>
    <div class="boutons"><button type="button" onClick=${() => pourquoi(premiere)}>Pourquoi ?<span class="lu-seul"> ${premiere.message}</span></button></div>
  </div>`;
}

/** @param {{titre: string, manques: Manque[]}} p */
function Groupe({ titre, manques }) {
  /** @type {Map<string, Manque[]>} */
  const sections = new Map();
  for (const m of manques) sections.set(m.section, [...(sections.get(m.section) ?? []), m]);
  return html`<section><h2>${titre} <span class="nombre-elements">(${manques.length} à compléter)</span></h2>
    ${[...sections].map(([section, siens]) => html`<div class="section-reste" key=${section}><h3>${section}</h3>
      <ul>${siens.map((m) => html`<li key=${m.id} data-manque=${m.id}><button type="button" class="lien"
        onClick=${() => allerAuChamp(m.chemin, m.partie)}>${m.libelle}</button>
        ${m.lieu ? html` <span class="lieu">${m.lieu}</span>` : null}</li>`)}</ul></div>`)}
  </section>`;
}
