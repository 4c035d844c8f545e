// From the kind of a field to what draws it.
import { html } from "../html.js";
import { ListeDetail } from "../vues/liste.js";
import { Cases } from "./cases.js";
import { Choix, OuiNon } from "./choix.js";
import { Code } from "./code.js";
import { Fichier } from "./fichier.js";
import { Mots } from "./mots.js";
import { Objet } from "./objet.js";
import { Plis } from "./plis.js";
import { Prose } from "./prose.js";
import { Renvoi } from "./renvoi.js";
import { Scalaires } from "./scalaires.js";
import { Table } from "./table.js";

/**
 * @param {{champ: import("../api.js").Champ, chemin: string, niveau: number, page: boolean}} p
 *   `page`: not inside an element of a list, so that a list may take the width of the page
 */
export function Champ({ champ, chemin, niveau, page }) {
  switch (champ.genre) {
    case "objet":
      return html`<${Objet} champ=${champ} chemin=${chemin} niveau=${niveau} page=${page} />`;
    case "liste":
      if (champ.champs) return html`<${page ? ListeDetail : Plis} champ=${champ} chemin=${chemin} niveau=${niveau} />`;
      if (champ.element?.choix || champ.element?.vers) return html`<${Cases} champ=${champ} chemin=${chemin} />`;
      return html`<${Scalaires} champ=${champ} chemin=${chemin} />`;
    case "table":
      return html`<${Table} champ=${champ} chemin=${chemin} />`;
    case "prose":
      return html`<${Prose} champ=${champ} chemin=${chemin} />`;
    case "choix":
      return html`<${Choix} champ=${champ} chemin=${chemin} />`;
    case "fichier":
      return html`<${Fichier} champ=${champ} chemin=${chemin} />`;
    case "ouinon":
      return html`<${OuiNon} champ=${champ} chemin=${chemin} />`;
    case "code":
      return html`<${Code} champ=${champ} chemin=${chemin} />`;
    case "renvoi":
      return champ.vers ? html`<${Renvoi} champ=${champ} chemin=${chemin} />` : html`<${Mots} champ=${champ} chemin=${chemin} />`;
    default:
      return html`<${Mots} champ=${champ} chemin=${chemin} />`;
  }
}
