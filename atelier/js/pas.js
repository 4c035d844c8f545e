// Undo and redo, by name; a refusal is told with the two values.
import { annoncer } from "./annonces.js";
import { ouvrirDialogue } from "./dialogue.js";
import * as etat from "./etat.js";
import { tranquille } from "./file.js";
import { html } from "./html.js";
import { operer, reponseDite } from "./saisies.js";

export const defaire = () => pas("annuler", etat.annuler, "Annulé");
export const refaire = () => pas("retablir", etat.retablir, "Rétabli");

/** @param {"annuler" | "retablir"} op @param {import("@preact/signals").Signal<import("./api.js").Nomme | null>} pile @param {string} dit */
async function pas(op, pile, dit) {
  // What is still being saved is the one meant.
  await tranquille();
  const lequel = pile.peek();
  if (!lequel) {
    annoncer(op === "annuler" ? "Rien à annuler." : "Rien à rétablir.");
    return;
  }
  const r = await operer({ op, n: lequel.n });
  if ("delta" in r) {
    annoncer(`${dit} : ${lequel.nom}.`);
    return;
  }
  const { conflit } = r.refus.probleme;
  ouvrirDialogue(op === "annuler" ? "Annulation impossible" : "Rétablissement impossible", () => html`
    <p>${reponseDite(r.refus.probleme)}</p>
    ${conflit?.length ? html`<ul>${conflit.map((c) => html`<li>${c.lieu} : valait « ${c.vu ?? "rien"} », vaut « ${c.actuel ?? "rien"} ».</li>`)}</ul>` : null}`);
}
