// A field that names another element of the contract: chosen by its name.
import * as etat from "../etat.js";
import { html } from "../html.js";
import { Cadre } from "./cadre.js";
import { Selection } from "./choix.js";
import { cibles } from "./cibles.js";

/** @typedef {import("./cadre.js").Liens} Liens */

/** Some of these fields may hold words of their own, which are shown as they are. @param {string} mots */
const estId = (mots) => /^[a-z0-9]+(-[a-z0-9]+)*$/.test(mots);

/** @param {{champ: import("../api.js").Champ, chemin: string}} p */
export function Renvoi({ champ, chemin }) {
  return html`<${Cadre} champ=${champ} chemin=${chemin} controle=${(/** @type {Liens} */ l) => html`<${Corps} champ=${champ} chemin=${chemin} liens=${l} />`} />`;
}

/** @param {{champ: import("../api.js").Champ, chemin: string, liens: Liens}} p */
function Corps({ champ, chemin, liens }) {
  const f = etat.feuille(chemin).value;
  return html`<${Selection} champ=${champ} chemin=${chemin} liens=${liens} choix=${cibles(champ.vers ?? "")} inconnu=${estId(f?.t ?? "") ? "Un élément qui n’est plus là" : f?.t} />`;
}
