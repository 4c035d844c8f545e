// What one does with the elements of a list: add, duplicate, move, remove with what names them; the focus follows.
import { demander, exiges, majuscule } from "./ajout.js";
import { allerDepuisLaFenetre } from "./aller.js";
import { annoncer } from "./annonces.js";
import * as api from "./requetes.js";
import { fermerDialogue, ouvrirDialogue } from "./dialogue.js";
import { dernier, parent } from "./chemins.js";
import { maintenant } from "./depart.js";
import * as etat from "./etat.js";
import { html } from "./html.js";
import { operer, toucher } from "./saisies.js";

/** @param {string} liste @param {string} cle */
export function place(liste, cle) {
  const tous = etat.liste(liste).peek() ?? [];
  const rang = tous.findIndex((e) => e.cle === cle);
  return { rang, sur: tous.length, nom: tous[rang]?.nom ?? "" };
}

/** « IME Les Mimosas, 3 sur 6 » @param {string} chemin */
function direPlace(chemin) {
  const p = place(parent(chemin) ?? "", dernier(chemin));
  annoncer(`${p.nom}, ${p.rang + 1} sur ${p.sur}`);
}

/** @param {string} liste @param {import("./api.js").Champ} champ @returns {Promise<string | null>} the path of what was made */
export async function ajouter(liste, champ) {
  if (exiges(champ).length) {
    const cree = await demander(liste, champ);
    if (cree) direPlace(cree);
    return cree;
  }
  const tous = etat.liste(liste).peek() ?? [];
  const r = await operer({ op: "ajouter", liste, apres: tous.at(-1)?.cle ?? null });
  if ("refus" in r) return refuser(r.refus.message);
  const cree = r.delta.cree ?? null;
  if (cree) direPlace(cree);
  else annoncer(`${majuscule(champ.singulier ?? "élément")} : ajouté.`);
  return cree;
}

/** @param {string} chemin */
export async function dupliquer(chemin) {
  const r = await operer({ op: "dupliquer", chemin });
  if ("refus" in r) return refuser(r.refus.message);
  if (r.delta.cree) direPlace(r.delta.cree);
  return r.delta.cree ?? null;
}

/** @param {string} chemin @param {number} pas */
export async function deplacer(chemin, pas) {
  const p = place(parent(chemin) ?? "", dernier(chemin));
  const rang = p.rang + pas;
  if (rang < 0 || rang >= p.sur) return;
  const r = await operer({ op: "deplacer", chemin, rang });
  if ("refus" in r) refuser(r.refus.message);
  else direPlace(chemin);
}

/**
 * Asks, tells what names the element, and removes it.
 * @param {string} chemin
 * @param {(depuis: number) => void} apres where the focus goes once it is gone, if no other gesture came since
 */
export async function retirer(chemin, apres) {
  const { nom } = place(parent(chemin) ?? "", dernier(chemin));
  /** @type {import("./api.js").Nommant[]} */
  const nomme = await api.renvois(etat.id.peek(), chemin).catch(() => []);
  const entiers = nomme.some((l) => l.entier);
  /** @param {boolean} cascade */
  const faire = async (cascade) => {
    const depuis = maintenant();
    const r = await operer({ op: "retirer", chemin, cascade });
    fermerDialogue();
    if ("refus" in r) {
      if (r.refus.probleme.nomme?.length) retirer(chemin, apres);
      else refuser(r.refus.message);
      return;
    }
    annoncer(`${nom} : retiré. « Annuler » le remet.`);
    toucher(parent(chemin) ?? "");
    setTimeout(() => apres(depuis), 50);
  };
  ouvrirDialogue(`Retirer « ${nom} » ?`, (fermer) => html`
    ${
      nomme.length
        ? html`<p>${nomme.length > 1 ? `${nomme.length} endroits du contrat le nomment` : "Un endroit du contrat le nomme"} :</p>
          <ul class="lieux">${nomme.map((l) => html`<li><button type="button" class="lien" onClick=${() => allerDepuisLaFenetre(l.chemin)}>${l.lieu}</button>${l.entier ? " : serait retiré en entier, avec ce qu’il contient" : ""}</li>`)}</ul>
          <p>${entiers ? "Retirez-le avec tout cela" : "Retirez aussi ces mentions"}, ou gardez-le et corrigez d’abord.</p>`
        : html`<p>Rien d’autre dans le contrat ne le nomme.</p>`
    }
    <div class="boutons">
      <button type="button" class="principal" onClick=${() => faire(nomme.length > 0)}>${entiers ? "Retirer tout cela" : nomme.length ? "Retirer aussi ces mentions" : "Retirer"}</button>
      <button type="button" onClick=${fermer}>${nomme.length ? "Garder et corriger" : "Annuler"}</button>
    </div>`);
}

/** @param {string} message @returns {null} */
function refuser(message) {
  ouvrirDialogue("Ce n’est pas possible", () => html`<p>${message}</p>`);
  return null;
}
