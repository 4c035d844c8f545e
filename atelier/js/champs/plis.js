// A list of groups inside an element (capacities, actions…): each folded under its name.
import { cible } from "../aller.js";
import { ident, sous } from "../chemins.js";
import { encoreLa, maintenant } from "../depart.js";
import { ajouter, deplacer, dupliquer, retirer } from "../elements.js";
import * as etat from "../etat.js";
import { html } from "../html.js";
import { Compte } from "../vues/compte.js";
import { SansObjet } from "./cadre.js";
import { Note } from "./note.js";
import { RemarquesIci, Suite } from "./objet.js";
import { Pli } from "./pli.js";

/** @typedef {import("../api.js").Champ} Champ */

/** @param {{champ: Champ, chemin: string, niveau: number}} p */
export function Plis({ champ, chemin, niveau }) {
  const elements = etat.liste(chemin).value ?? [];
  const so = etat.feuille(chemin).value?.so;
  return html`<${Pli} chemins=${[chemin]} classe="pli liste" resume=${html`${champ.titre} <span
    class="nombre-elements">(${so !== undefined ? "sans objet" : elements.length})</span> <${Compte} cle=${chemin} />`}
    contenu=${() => html`
      ${champ.aide ? html`<p class="aide">${champ.aide}</p>` : null}
      ${champ.sans_objet && !elements.length ? html`<${SansObjet} champ=${champ} chemin=${chemin} />` : null}
      <${RemarquesIci} chemin=${chemin} titre=${champ.titre} />
      ${so === undefined ? html`<${Corps} champ=${champ} chemin=${chemin} niveau=${niveau} elements=${elements} />` : null}`} />`;
}

/** @param {{champ: Champ, chemin: string, niveau: number, elements: import("../api.js").Ligne[]}} p */
function Corps({ champ, chemin, niveau, elements }) {
  const bouton = `${ident(chemin)}-ajouter`;
  const plus = async () => {
    const depuis = maintenant();
    const cree = await ajouter(chemin, champ);
    if (cree) viser(cree, depuis);
  };
  return html`<div class="elements" data-chemin=${chemin}>
    ${elements.map((e, i) => html`<${Pli} key=${e.cle} classe="pli element" chemins=${[sous(chemin, e.cle)]} resume=${html`${e.nom} <${Compte} cle=${sous(chemin, e.cle)} />`}
      contenu=${() => html`<${Element} champ=${champ} chemin=${sous(chemin, e.cle)} nom=${e.nom} rang=${i} sur=${elements.length} niveau=${niveau + 1} bouton=${bouton} />`} />`)}
    <button type="button" id=${bouton} onClick=${plus}>Ajouter<span class="lu-seul"> : ${champ.singulier ?? champ.titre}</span></button>
  </div>`;
}

/** @param {{champ: Champ, chemin: string, nom: string, rang: number, sur: number, niveau: number, bouton: string}} p */
function Element({ champ, chemin, nom, rang, sur, niveau, bouton }) {
  return html`<div role="group" aria-label=${nom} data-chemin=${chemin}>
    <${ActionsElement} chemin=${chemin} nom=${nom} rang=${rang} sur=${sur} cree=${viser} parti=${(/** @type {number} */ depuis) => encoreLa(depuis) && document.getElementById(bouton)?.focus()} />
    <${RemarquesIci} chemin=${chemin} titre=${nom} />
    <${Suite} champs=${champ.champs ?? []} base=${chemin} niveau=${niveau} page=${false} />
    <${Note} chemin=${chemin} titre=${nom} />
  </div>`;
}

/**
 * The four buttons of an element.
 * @param {{chemin: string, nom: string, rang: number, sur: number, cree: (chemin: string, depuis: number) => void, parti: (depuis: number) => void}} p
 */
export function ActionsElement({ chemin, nom, rang, sur, cree, parti }) {
  const double = async () => {
    const depuis = maintenant();
    const c = await dupliquer(chemin);
    if (c) cree(c, depuis);
  };
  return html`<div class="boutons actions" role="group" aria-label=${`Actions : ${nom}`}>
    <button type="button" onClick=${double}>Dupliquer</button>
    <button type="button" class="icone" aria-label=${`Monter ${nom}`} title="Monter" aria-disabled=${rang === 0 ? "true" : undefined}
      onClick=${() => deplacer(chemin, -1)}>▲</button>
    <button type="button" class="icone" aria-label=${`Descendre ${nom}`} title="Descendre" aria-disabled=${rang === sur - 1 ? "true" : undefined}
      onClick=${() => deplacer(chemin, 1)}>▼</button>
    <button type="button" onClick=${() => retirer(chemin, parti)}>Retirer…</button>
  </div>`;
}

/** Opens a new element and puts the focus on its first field. @param {string} chemin @param {number} depuis */
function viser(chemin, depuis) {
  cible.value = chemin;
  let essais = 0;
  const chercher = () => {
    const la = document.querySelector(`main [role="group"][data-chemin="${CSS.escape(chemin)}"]`);
    const champ = la?.querySelector(".champ input, .champ select, .champ textarea");
    if (champ instanceof HTMLElement) {
      cible.value = "";
      if (encoreLa(depuis)) champ.focus();
    } else if (essais++ < 30) requestAnimationFrame(chercher);
  };
  requestAnimationFrame(chercher);
}
