// A field that holds a file: chosen or dropped, sent beside the contract, then named in it.
import { useSignal } from "@preact/signals";
import { annoncer } from "../annonces.js";
import { encoreLa, maintenant } from "../depart.js";
import { zoneDeDepot } from "../depot.js";
import * as etat from "../etat.js";
import { html } from "../html.js";
import * as api from "../requetes.js";
import { operer, toucher } from "../saisies.js";
import { Cadre } from "./cadre.js";

/** What the server takes; it says itself what it refuses. */
export const GENRES = ".pdf,.png,.jpg,.jpeg,.svg";

/** @typedef {import("../api.js").Champ} Champ */
/** @typedef {import("./cadre.js").Liens} Liens */

/** @param {{champ: Champ, chemin: string}} p */
export function Fichier({ champ, chemin }) {
  return html`<${Cadre} champ=${champ} chemin=${chemin} controle=${(/** @type {Liens} */ l) => html`<${Depot} champ=${champ} chemin=${chemin} liens=${l} />`} />`;
}

/**
 * Sends a file and names it in the contract; gives the refusal in words, if any.
 * @param {string} chemin @param {File} fichier @param {(part: number) => void} avance
 */
export async function envoyerFichier(chemin, fichier, avance) {
  try {
    const { fichier: nom } = await api.deposer(etat.id.peek(), fichier, avance);
    const r = await operer({ op: "poser", chemin, texte: nom, avant: etat.feuille(chemin).peek()?.t ?? null });
    return "refus" in r ? r.refus.message : "";
  } catch (e) {
    return e instanceof Error ? e.message : String(e);
  }
}

/** The name of a file without its folder. @param {string} chemin */
export const nomCourt = (chemin) => chemin.slice(chemin.lastIndexOf("/") + 1);

/** @param {{champ: Champ, chemin: string, liens: Liens}} p */
function Depot({ champ, chemin, liens }) {
  const la = etat.feuille(chemin).value?.t ?? "";
  const part = useSignal(-1);
  const refus = useSignal("");
  /** @param {File} fichier */
  const prendre = async (fichier) => {
    refus.value = "";
    part.value = 0;
    toucher(chemin);
    refus.value = await envoyerFichier(chemin, fichier, (p) => (part.value = p));
    part.value = -1;
    annoncer(refus.peek() ? `Fichier refusé : ${refus.peek()}` : `Fichier déposé : ${fichier.name}.`);
  };
  const retirer = async () => {
    const depuis = maintenant();
    const r = await operer({ op: "poser", chemin, texte: "", avant: la });
    if ("refus" in r) refus.value = r.refus.message;
    else annoncer("Fichier retiré du contrat. « Annuler » le remet.");
    if (encoreLa(depuis)) document.getElementById(liens.id)?.focus();
  };
  const dit = `${liens.id}-refus`;
  return html`<div class="depot" ...${zoneDeDepot(prendre)}>
    ${la ? html`<p class="fichier-la"><strong>${nomCourt(la)}</strong> <button type="button" onClick=${retirer}>Retirer<span class="lu-seul"> le fichier ${nomCourt(la)}</span></button></p>` : null}
    <input type="file" id=${liens.id} data-chemin=${chemin} accept=${GENRES} aria-describedby=${[liens.decrit, `${liens.id}-depot`, refus.value ? dit : ""].filter(Boolean).join(" ")}
      aria-invalid=${refus.value ? "true" : undefined} onChange=${(/** @type {Event} */ e) => {
        const el = /** @type {HTMLInputElement} */ (e.target);
        const fichier = el.files?.[0];
        if (fichier) prendre(fichier);
        el.value = "";
      }} />
    <p class="aide" id=${`${liens.id}-depot`}>${la ? "Un autre fichier le remplace. " : ""}Choisissez un fichier, ou déposez-le ici : PDF, PNG, JPEG ou SVG.</p>
    ${part.value >= 0 ? html`<p><progress max="1" value=${part.value} aria-label=${`Envoi : ${champ.titre}`}></progress></p>` : null}
    ${refus.value ? html`<p class="erreur" id=${dit}><strong>${champ.titre} :</strong> ${refus.value}</p>` : null}
  </div>`;
}
