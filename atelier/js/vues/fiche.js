// From an objective to its fiche and back; a fiche that is not there yet is made.
import { annoncer } from "../annonces.js";
import { parent, sous } from "../chemins.js";
import { ouvrirDialogue } from "../dialogue.js";
import * as etat from "../etat.js";
import { html } from "../html.js";
import { operer } from "../saisies.js";
import { OBJECTIFS } from "./bibliotheque.js";

const FICHES = "/fiches_actions";

/** @param {string} chemin */
const mot = (chemin) => {
  const f = etat.feuille(chemin).value;
  return f?.v ?? f?.t ?? null;
};

/** @param {string} liste @param {string} cle @param {import("../api.js").Brut | null} valeur */
const chercher = (liste, cle, valeur) =>
  valeur === null ? undefined : (etat.liste(liste).value ?? []).map((e) => sous(liste, e.cle)).find((c) => mot(sous(c, cle)) === valeur);

/** @param {{chemin: string, ouvrir: (chemin: string) => void}} p */
export function LienFiche({ chemin, ouvrir }) {
  const liste = parent(chemin);
  if (liste === FICHES) {
    const objectif = chercher(OBJECTIFS, "id", mot(sous(chemin, "objectif")));
    return objectif ? html`<p><button type="button" onClick=${() => ouvrir(objectif)}>Ouvrir son objectif</button></p>` : null;
  }
  if (liste !== OBJECTIFS) return null;
  const id = mot(sous(chemin, "id"));
  const fiche = chercher(FICHES, "objectif", id);
  if (fiche) return html`<p><button type="button" onClick=${() => ouvrir(fiche)}>Ouvrir sa fiche</button></p>`;
  if (id === null) return null;
  const creer = async () => {
    const r = await operer({ op: "ajouter", liste: FICHES, apres: etat.liste(FICHES).peek()?.at(-1)?.cle ?? null, valeurs: { objectif: String(id) } });
    if ("refus" in r) ouvrirDialogue("Ce n’est pas possible", () => html`<p>${r.refus.message}</p>`);
    else if (r.delta.cree) {
      annoncer("Fiche créée.");
      ouvrir(r.delta.cree);
    }
  };
  return html`<p><button type="button" onClick=${creer}>Créer sa fiche</button></p>`;
}
