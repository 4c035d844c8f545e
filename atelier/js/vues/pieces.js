// Files dropped on the part « Pièces »: to the piece that is open, to one that has no file yet, or to a new one.
import { annoncer } from "../annonces.js";
import { demander } from "../ajout.js";
import { allerAuChamp } from "../aller.js";
import { cheminDe, contient, sous } from "../chemins.js";
import { envoyerFichier, nomCourt } from "../champs/fichier.js";
import { encoreLa, maintenant } from "../depart.js";
import { ouvrirDialogue } from "../dialogue.js";
import * as etat from "../etat.js";
import { html } from "../html.js";
import * as api from "../requetes.js";
import { route } from "../route.js";

const PIECES = "/pieces";

/** @param {File} fichier */
export async function deposerPiece(fichier) {
  const ouverte = route.peek().ici;
  if (contient(PIECES, ouverte)) return donner(ouverte, fichier);
  const sans = (etat.liste(PIECES).peek() ?? []).filter((e) => {
    const la = sous(PIECES, e.cle);
    return !etat.feuille(sous(la, "fichier")).peek() && !etat.feuille(sous(la, "sans_objet")).peek();
  });
  if (!sans.length) return nouvelle(fichier);
  ouvrirDialogue("De quelle pièce est-ce le fichier ?", (fermer) => html`<p>${fichier.name}</p>
    <ul class="choisir">${sans.map((e) => html`<li key=${e.cle}><button type="button" onClick=${() => {
      fermer();
      donner(sous(PIECES, e.cle), fichier);
    }}>${e.nom}</button></li>`)}
    <li><button type="button" onClick=${() => nouvelle(fichier)}>Une pièce nouvelle…</button></li></ul>`);
}

/** @param {string} piece @param {File} fichier */
async function donner(piece, fichier) {
  const depuis = maintenant();
  annoncer(`Envoi de ${fichier.name}…`);
  const refus = await envoyerFichier(sous(piece, "fichier"), fichier, () => {});
  if (refus) return dire(refus);
  annoncer(`Fichier déposé : ${fichier.name}.`);
  if (encoreLa(depuis)) allerAuChamp(sous(piece, "fichier"));
}

/** @param {File} fichier */
async function nouvelle(fichier) {
  const depuis = maintenant();
  const champ = etat.formulaire.peek()?.parties.flatMap((p) => p.champs).find((c) => cheminDe(c) === PIECES);
  if (!champ) return;
  annoncer(`Envoi de ${fichier.name}…`);
  try {
    const { fichier: nom } = await api.deposer(etat.id.peek(), fichier, () => {});
    const cree = await demander(PIECES, champ, { valeurs: { fichier: nom }, aussi: ["titre"], apres: html`<p>Fichier : ${nomCourt(nom)}</p>` });
    if (cree && encoreLa(depuis)) allerAuChamp(sous(cree, "fichier"));
  } catch (e) {
    dire(e instanceof Error ? e.message : String(e));
  }
}

/** @param {string} refus */
const dire = (refus) => ouvrirDialogue("Ce fichier n’est pas pris", () => html`<p>${refus}</p>`);
