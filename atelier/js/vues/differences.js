// « avant → après », shown and said; of a long text, only what is around the change.
import { html } from "../html.js";

/** Words kept on each side of a change. */
const AUTOUR = 8;

/** @param {{avant?: string, apres?: string}} p */
export function AvantApres({ avant, apres }) {
  // An element that came or went is told by one word.
  if (avant === undefined && apres === "ajouté") return html`<p class="ajoute">Ajouté</p>`;
  if (apres === undefined && avant === "retiré") return html`<p class="retire">Retiré</p>`;
  const { debut, ote, mis, fin } = serrer(avant ?? "", apres ?? "");
  const long = debut || fin;
  return html`<p class="avant-apres">${debut}<span class="lu-seul"> avant : </span><del>${ote || (long ? "" : "(vide)")}</del>${long ? " " : html` <span aria-hidden="true">→</span> `}<span
    class="lu-seul">, après : </span><ins>${mis || (long ? "" : "(vide)")}</ins>${fin}</p>`;
}

/** What two texts have in common at both ends, cut short. @param {string} avant @param {string} apres */
function serrer(avant, apres) {
  if (avant.length < 100 || apres.length < 100) return { debut: "", ote: avant, mis: apres, fin: "" };
  const a = avant.split(/(?<=\s)/);
  const b = apres.split(/(?<=\s)/);
  let d = 0;
  while (d < a.length && d < b.length && a[d] === b[d]) d++;
  let f = 0;
  while (f < a.length - d && f < b.length - d && a[a.length - 1 - f] === b[b.length - 1 - f]) f++;
  const debut = (d > AUTOUR ? "… " : "") + a.slice(Math.max(0, d - AUTOUR), d).join("");
  const fin = a.slice(a.length - f, a.length - f + AUTOUR).join("") + (f > AUTOUR ? " …" : "");
  return { debut, ote: a.slice(d, a.length - f).join(""), mis: b.slice(d, b.length - f).join(""), fin };
}
