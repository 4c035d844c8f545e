// « Imprimer »: the usual files in a menu, all choices in a dialog; a definitive that is refused says what stops it.
import { signal, useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { annoncer, compte } from "../annonces.js";
import { allerDepuisLaFenetre } from "../aller.js";
import * as api from "../requetes.js";
import { ouvrirDialogue } from "../dialogue.js";
import * as etat from "../etat.js";
import { html } from "../html.js";
import { adresse } from "../route.js";
import { enregistrer } from "../telecharger.js";
import { validerTout } from "../saisies.js";
import { Options } from "./impression.js";
import { MOTS } from "./remarque.js";
import { parGravite } from "./remarques.js";
import { Signe } from "./signe.js";

/** @typedef {import("../api.js").DemandeDImpression} Impression */

/** @type {[Impression["etat"], Impression["format"], string][]} */
const FORMES = [["projet", "pdf", "Projet, en PDF"], ["projet", "docx", "Projet, en Word"], ["projet", "texte", "Projet, en texte"], ["definitif", "pdf", "Définitif, en PDF"], ["definitif", "docx", "Définitif, en Word"]];

const encours = signal(false);
/** Alerts that were read before a definitive, by contract: asked once for the same ones. */
const luesPar = new Map();

export function Imprimer() {
  const ouvert = useSignal(false);
  const lieu = useRef(/** @type {HTMLElement | null} */ (null));
  useEffect(() => {
    /** @param {Event} e */
    const dehors = (e) => {
      if (!lieu.current?.contains(/** @type {Node} */ (e.target))) ouvert.value = false;
    };
    addEventListener("pointerdown", dehors);
    addEventListener("focusin", dehors);
    return () => {
      removeEventListener("pointerdown", dehors);
      removeEventListener("focusin", dehors);
    };
  }, []);
  /** @param {() => void} faire */
  const choisir = (faire) => {
    ouvert.value = false;
    lieu.current?.querySelector("button")?.focus();
    faire();
  };
  return html`<div class="menu" ref=${lieu} onKeyDown=${(/** @type {KeyboardEvent} */ e) => {
    if (e.key === "Escape" && ouvert.peek()) {
      ouvert.value = false;
      lieu.current?.querySelector("button")?.focus();
    }
  }}>
    <button type="button" class="principal" aria-expanded=${ouvert.value ? "true" : "false"} aria-controls="menu-imprimer" onClick=${() => (ouvert.value = !ouvert.value)}>
      ${encours.value ? "Impression…" : "Imprimer"} <span aria-hidden="true">▾</span></button>
    <ul id="menu-imprimer" hidden=${!ouvert.value}>${FORMES.map(([quel, format, nom]) => html`<li key=${nom}><button type="button"
      onClick=${() => choisir(() => imprimer({ etat: quel, format }))}>${nom}</button></li>`)}
      <li class="apres"><button type="button" onClick=${() => choisir(ouvrirImpression)}>Autres impressions…</button></li></ul>
  </div>`;
}

export function ouvrirImpression() {
  ouvrirDialogue("Imprimer", (fermer) => html`<${Options} imprimer=${(/** @type {Impression} */ choix) => {
    fermer();
    imprimer(choix);
  }} fermer=${fermer} />`);
}

/** The words of the pages, for who does not read them in a picture. */
export const imprimerEnTexte = () => imprimer({ etat: "projet", format: "texte" });

/** @param {Impression} choix */
async function imprimer(choix) {
  validerTout();
  const alertes = etat.remarques.peek().filter((r) => r.severite === "alerte");
  const bloque = etat.remarques.peek().some((r) => r.severite === "bloquante");
  const lues = alertes.map((r) => r.id).sort().join(" ");
  if (choix.etat === "definitif" && alertes.length && !bloque && luesPar.get(etat.id.peek()) !== lues) {
    demanderLues(alertes, () => {
      luesPar.set(etat.id.peek(), lues);
      imprimer(choix);
    });
    return;
  }
  encours.value = true;
  annoncer("Impression en cours…");
  try {
    const fichier = await api.generer(etat.id.peek(), choix);
    enregistrer(fichier);
    annoncer(`Imprimé : ${fichier.nom}.`);
  } catch (e) {
    refuse(e, choix.etat);
  }
  encours.value = false;
}

/** @param {import("../api.js").RemarqueVue[]} alertes @param {() => void} suite */
function demanderLues(alertes, suite) {
  const combien = compte(alertes.length, "alerte");
  ouvrirDialogue(`${combien} avant le définitif`, (fermer) => html`
    <p>Une alerte n’empêche pas d’imprimer. Lisez ${alertes.length > 1 ? "celles-ci" : "celle-ci"} avant le document qui sera signé.</p>
    <ul class="refus">${alertes.map((r) => html`<li><${Signe} quoi="alerte" /> <strong>${MOTS.alerte} – ${r.lieu} :</strong> ${r.message}
      <div class="boutons"><button type="button" onClick=${() => allerDepuisLaFenetre(r.chemin, r.partie)}>Aller au champ<span class="lu-seul"> : ${r.lieu}</span></button></div></li>`)}</ul>
    <div class="boutons"><button type="button" class="principal" onClick=${() => {
      fermer();
      suite();
    }}>${combien} : ${alertes.length > 1 ? "lues" : "lue"}, imprimer</button><button type="button" onClick=${fermer}>Annuler</button></div>`, { large: true });
}

/** So many refusals say what kind they are; the others are in « Reste à faire ». */
const MONTREES = 12;

/** @param {unknown} e @param {string | undefined} quel */
function refuse(e, quel) {
  annoncer("");
  const lignes = e instanceof api.Refus ? (e.probleme.remarques ?? []).filter((r) => r.severite === "bloquante").sort(parGravite) : [];
  if (!(e instanceof api.Refus) || !lignes.length) {
    ouvrirDialogue("Pas d’impression", () => html`<p>${e instanceof Error ? e.message : String(e)}</p>`);
    return;
  }
  const definitif = quel === "definitif";
  const montrees = lignes.slice(0, MONTREES);
  const enTout = definitif ? Math.max(etat.reste.peek(), lignes.length) : lignes.length;
  ouvrirDialogue(definitif ? "Le définitif n’est pas prêt" : "Le projet ne s’imprime pas", (fermer) => html`
    <p>${definitif ? `Avant le contrat définitif, il reste ${compte(enTout, "point")} à faire.` : e.message}</p>
    ${definitif ? html`<p><a href=${adresse(etat.id.peek())} onClick=${fermer}>Les voir tous dans « Reste à faire »</a></p>` : null}
    <ul class="refus">${montrees.map((l) => html`<li key=${l.id}><${Signe} quoi="bloquante" /> <strong>${MOTS.bloquante}${l.lieu ? ` – ${l.lieu}` : ""} :</strong> ${l.message}
      ${l.remede ? html`<span class="remede"> À faire : ${l.remede}</span>` : null}
      <div class="boutons"><button type="button" onClick=${() => allerDepuisLaFenetre(l.chemin, l.partie)}>Aller au champ<span class="lu-seul"> : ${l.lieu}</span></button></div></li>`)}</ul>
    ${lignes.length > montrees.length ? html`<p class="aide">Et ${compte(enTout - montrees.length, "autre")}.</p>` : null}`, { large: true });
}
