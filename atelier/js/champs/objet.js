// A group of fields under its name; and the plain run of fields that parts, groups and elements share.
import { useComputed } from "@preact/signals";
import { cheminDe, contient } from "../chemins.js";
import * as etat from "../etat.js";
import { html } from "../html.js";
import { touche } from "../saisies.js";
import { Remarque } from "../vues/remarque.js";
import { SansObjet } from "./cadre.js";
import { Champ } from "./champ.js";
import { Note } from "./note.js";
import { Pli } from "./pli.js";

/** @typedef {import("../api.js").Champ} DescriptionChamp */

/** @param {{champ: DescriptionChamp, chemin: string, niveau: number, page: boolean}} p */
export function Objet({ champ, chemin, niveau, page }) {
  const so = etat.feuille(chemin).value?.so;
  const vide = useComputed(() => !etat.contenu(chemin)).value;
  const titre = niveau <= 3 ? html`<${`h${niveau}`}>${champ.titre}<//>` : champ.titre;
  return html`<fieldset class=${`groupe niveau-${niveau}`} data-chemin=${chemin}>
    <legend>${titre}${champ.requis ? html` <span class="requis">(obligatoire)</span>` : null}</legend>
    ${champ.aide ? html`<p class="aide">${champ.aide}</p>` : null}
    ${champ.sans_objet ? html`<${SansObjet} champ=${champ} chemin=${chemin} vide=${vide} />` : null}
    <${RemarquesIci} chemin=${chemin} titre=${champ.titre} />
    ${so === undefined ? html`<${Suite} champs=${champ.champs ?? []} base=${chemin} niveau=${niveau + 1} page=${page} />` : null}
    <${Note} chemin=${chemin} titre=${champ.titre} />
  </fieldset>`;
}

/** Remarks on the group or the element itself, once something in it was touched. @param {{chemin: string, titre: string}} p */
export function RemarquesIci({ chemin, titre }) {
  if (!touche(chemin).value) return null;
  const ici = etat.remarquesDe(chemin).value;
  return ici.length ? html`<div class="dit">${ici.map((r) => html`<${Remarque} key=${r.id} remarque=${r} champ=${titre} pres />`)}</div>` : null;
}

/**
 * Fields one after the other, those seldom used folded at the end.
 * @param {{champs: DescriptionChamp[], base: string, niveau: number, page: boolean}} p
 */
export function Suite({ champs, base, niveau, page }) {
  const rares = champs.filter((c) => c.rare);
  const courants = champs.filter((c) => !c.rare);
  /** @param {DescriptionChamp} c */
  const un = (c) => html`<${Champ} key=${c.cle} champ=${c} chemin=${cheminDe(c, base)} niveau=${niveau} page=${page} />`;
  return html`${courants.map(un)}
    ${
      rares.length
        ? html`<${Pli} classe="pli rares" resume=${rares.length > 1 ? `${rares.length} autres champs (peu utilisés)` : "1 autre champ (peu utilisé)"}
          chemins=${rares.map((c) => cheminDe(c, base))} ouvert=${rares.some((c) => rempli(cheminDe(c, base)))} contenu=${() => rares.map(un)} />`
        : null
    }`;
}

/** Something is written there: it is not to be hidden. @param {string} chemin */
function rempli(chemin) {
  if (etat.feuille(chemin).peek() || etat.liste(chemin).peek()?.length) return true;
  return etat.remarques.peek().some((r) => r.severite === "bloquante" && contient(chemin, r.chemin));
}
