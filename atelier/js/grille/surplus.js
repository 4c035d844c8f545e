// Rows pasted beyond the last of a grid: of establishments, they are offered as new ones; never made silently.
import { annoncer, compte } from "../annonces.js";
import { dernier } from "../chemins.js";
import { ouvrirDialogue } from "../dialogue.js";
import { html } from "../html.js";
import { ajouterEtablissements, ETABLISSEMENTS } from "../vues/coller-liste.js";

/**
 * @param {import("../api.js").Grille} g
 * @param {string[][]} lignes
 * @param {number} colonne where their first cell falls
 */
export function proposerLignes(g, lignes, colonne) {
  if (g.id !== "etablissements" || !g.lignes.length) return false;
  const cles = g.lignes[0].cellules.map((c) => (c?.startsWith(`${ETABLISSEMENTS}/`) ? dernier(c) : ""));
  /** @type {Record<string, string>[]} */
  const tous = [];
  for (const ligne of lignes) {
    /** @type {Record<string, string>} */
    const v = {};
    ligne.forEach((t, j) => {
      const cle = cles[colonne + j];
      if (cle && t) v[cle] = t;
    });
    if (Object.keys(v).length) tous.push(v);
  }
  if (!tous.length) return false;
  setTimeout(() => proposer(tous), 0);
  return true;
}

/** @param {Record<string, string>[]} tous */
function proposer(tous) {
  const n = compte(tous.length, "établissement");
  ouvrirDialogue(`${compte(tous.length, "ligne")} de trop`, (fermer) => html`
    <p>Ces lignes n’ont pas de place dans la grille. Ajouter ${tous.length > 1 ? "ces établissements" : "cet établissement"} ?</p>
    <ul class="lieux">${tous.map((v) => html`<li>${[v.nom, v.finess].filter(Boolean).join(", ") || Object.values(v).join(", ")}</li>`)}</ul>
    <div class="boutons"><button type="button" class="principal" onClick=${async () => {
      fermer();
      const non = await ajouterEtablissements(tous);
      if (non) ouvrirDialogue("Rien n’est ajouté", () => html`<p>${non.message}</p>`);
    }}>Ajouter ${n}</button><button type="button" onClick=${() => {
      fermer();
      annoncer("Lignes laissées de côté.");
    }}>${tous.length > 1 ? "Ne pas les ajouter" : "Ne pas l’ajouter"}</button></div>`);
}
