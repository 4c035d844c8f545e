// Shortcuts of the whole page; none is a single letter. The list is told by « Raccourcis ».
import { allerAuChamp } from "./aller.js";
import { annoncer } from "./annonces.js";
import { dialogueOuvert } from "./dialogue.js";
import * as etat from "./etat.js";
import { defaire, refaire } from "./pas.js";
import { route } from "./route.js";
import { ouvrirImpression } from "./vues/imprimer.js";
import { ouvrirRecherche } from "./vues/recherche.js";
import { MOTS } from "./vues/remarque.js";
import { parGravite, remarquesVues } from "./vues/remarques.js";
import { ORDRE, volet } from "./volets.js";

export const RACCOURCIS = [
  ["F6", "passer au volet suivant (Maj+F6 : au précédent)"],
  ["Ctrl+K", "chercher un champ ou un élément par son nom"],
  ["Ctrl+Maj+P", "imprimer, avec tous les choix"],
  ["Alt+↓ et Alt+↑", "aller à la remarque suivante, précédente"],
  ["Ctrl+Z", "annuler la dernière opération (hors d’un texte en cours de frappe)"],
  ["Ctrl+Y ou Ctrl+Maj+Z", "rétablir"],
  ["Ctrl+B", "mettre en gras, dans un texte long"],
  ["Échap", "refermer une liste ou une fenêtre"],
];
export const RACCOURCIS_GRILLE = [
  ["Tab", "passer à la cellule suivante"],
  ["↑ ↓ et Entrée", "changer de ligne"],
  ["← →", "changer de cellule, au bout du texte"],
  ["Maj+flèches", "choisir un bloc de cellules"],
  ["Ctrl+C, Ctrl+V", "copier, coller un bloc (Excel, LibreOffice)"],
  ["Ctrl+D", "recopier vers le bas"],
  ["Suppr", "vider les cellules choisies"],
];

export function poserClavier() {
  addEventListener("keydown", (e) => {
    if (dialogueOuvert() || !route.peek().contrat) return;
    const ctrl = (e.ctrlKey || e.metaKey) && !e.altKey;
    const touche = e.key.toLowerCase();
    if (e.key === "F6") volets(e.shiftKey ? -1 : 1);
    else if (ctrl && touche === "k") ouvrirRecherche();
    else if (ctrl && e.shiftKey && touche === "p") ouvrirImpression();
    else if (e.altKey && !e.ctrlKey && (e.key === "ArrowDown" || e.key === "ArrowUp") && !(e.target instanceof HTMLSelectElement)) remarque(e.key === "ArrowDown" ? 1 : -1);
    else if (ctrl && touche === "z" && !dansUnTexte(e)) (e.shiftKey ? refaire : defaire)();
    else if (ctrl && touche === "y" && !dansUnTexte(e)) refaire();
    else return;
    e.preventDefault();
  });
}

/** The browser's own undo comes first while words are being typed. @param {KeyboardEvent} e */
function dansUnTexte(e) {
  const el = e.target;
  return el instanceof HTMLTextAreaElement || (el instanceof HTMLInputElement && !["checkbox", "radio", "button"].includes(el.type));
}

/** @param {number} sens */
function volets(sens) {
  const tous = ORDRE.map((nom) => document.querySelector(`[data-volet="${nom}"]`)).filter((el) => el instanceof HTMLElement && el.getClientRects().length > 0);
  const ici = tous.findIndex((el) => el?.contains(document.activeElement));
  const suivant = tous[(ici + sens + tous.length) % tous.length];
  if (!(suivant instanceof HTMLElement)) return;
  suivant.tabIndex = -1;
  suivant.focus();
  annoncer(suivant.getAttribute("aria-label") ?? "");
}

/** The one last gone to. */
let derniere = "";
/** @param {number} sens */
function remarque(sens) {
  // Those of this part, else those of the whole contract.
  const toutes = remarquesVues.value.length ? remarquesVues.value : [...etat.remarques.value].sort(parGravite);
  if (!toutes.length) {
    annoncer("Aucune remarque.");
    return;
  }
  const ici = toutes.findIndex((r) => r.id === derniere);
  const r = toutes[ici < 0 ? (sens > 0 ? 0 : toutes.length - 1) : (ici + sens + toutes.length) % toutes.length];
  derniere = r.id;
  volet.value = "contenu";
  allerAuChamp(r.chemin, r.partie);
  annoncer(`${MOTS[r.severite]}, ${toutes.indexOf(r) + 1} sur ${toutes.length} : ${r.message}`);
}
