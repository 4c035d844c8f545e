// « Prendre dans la bibliothèque… »: the objectives that the model proposes, each added with its fiche.
import { useSignal } from "@preact/signals";
import { annoncer, compte } from "../annonces.js";
import { cibles } from "../champs/cibles.js";
import { sous } from "../chemins.js";
import { fermerDialogue, ouvrirDialogue } from "../dialogue.js";
import * as etat from "../etat.js";
import { html } from "../html.js";
import { operer } from "../saisies.js";

export const OBJECTIFS = "/objectifs";

/** @param {{ouvrir: (chemin: string) => void}} p */
export function BoutonBibliotheque({ ouvrir }) {
  // Some models have none.
  if (!cibles("bibliotheque").length) return null;
  return html`<button type="button" onClick=${() => ouvrirDialogue("Prendre dans la bibliothèque", () => html`<${Bibliotheque} ouvrir=${ouvrir} />`)}>Prendre dans la bibliothèque…</button>`;
}

/** @param {string} s */
const plat = (s) => s.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

/** @param {{ouvrir: (chemin: string) => void}} p */
function Bibliotheque({ ouvrir }) {
  const filtre = useSignal("");
  const refus = useSignal("");
  /** Where those that the contract has stand, by their code. */
  const pris = new Map((etat.liste(OBJECTIFS).value ?? []).map((e) => {
    const chemin = sous(OBJECTIFS, e.cle);
    const f = etat.feuille(sous(chemin, "bibliotheque")).value;
    return [String(f?.v ?? f?.t ?? ""), chemin];
  }));
  const tous = cibles("bibliotheque").map(([code, libelle]) => ({ code, titre: libelle.replace(` (${code})`, "") }));
  const vus = tous.filter((o) => plat(filtre.value).split(/\s+/).every((m) => plat(o.titre).includes(m)));
  /** @param {{code: string, titre: string}} o */
  const prendre = async (o) => {
    const la = pris.get(o.code);
    if (la) {
      fermerDialogue();
      return ouvrir(la);
    }
    const r = await operer({ op: "bibliotheque", code: o.code });
    if ("refus" in r) {
      refus.value = r.refus.message;
      return;
    }
    fermerDialogue();
    annoncer(`Objectif ajouté, avec sa fiche : ${o.titre}.`);
    if (r.delta.cree) ouvrir(r.delta.cree);
  };
  return html`<p class="aide">Les objectifs que propose le modèle du contrat. Un clic ajoute l’objectif et sa fiche action, à compléter ensuite.</p>
    <div class="champ"><label for="biblio-filtre">Chercher</label><input id="biblio-filtre" type="text" class="mots" value=${filtre.value}
      onInput=${(/** @type {Event} */ e) => (filtre.value = /** @type {HTMLInputElement} */ (e.target).value)} />
      <p class="aide" role="status">${compte(vus.length, "objectif")}</p></div>
    <p class="erreur" role="alert">${refus.value}</p>
    <ul class="choisir">${vus.map((o) => html`<li key=${o.code}><button type="button" onClick=${() => prendre(o)}>${o.titre}${pris.has(o.code) ? html` <span
      class="etiquette">déjà dans le contrat : l’ouvrir</span>` : null}</button></li>`)}</ul>`;
}
