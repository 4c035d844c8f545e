// Home: the contracts of the folder and what was told apart.
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import * as api from "../requetes.js";
import { annoncer } from "../annonces.js";
import { surDepot } from "../depot.js";
import { dialogueOuvert, ouvrirDialogue } from "../dialogue.js";
import { html } from "../html.js";
import { adresse } from "../route.js";
import { enregistrer } from "../telecharger.js";
import { Pied } from "./accessibilite.js";
import { Options } from "./impression.js";
import { controlerUnPdf, ouvrirUnPdf, pdfDepose } from "./pdf.js";
import { Signe } from "./signe.js";

export function Accueil() {
  const dossier = useSignal(/** @type {import("../api.js").Accueil | null} */ (null));
  const panne = useSignal("");
  const charger = async () => {
    try {
      dossier.value = await api.contrats();
      panne.value = "";
    } catch (e) {
      panne.value = e instanceof api.Injoignable ? "L’atelier est arrêté : relancez-le." : e instanceof Error ? e.message : "";
    }
  };
  useEffect(() => {
    charger();
    addEventListener("focus", charger);
    return () => removeEventListener("focus", charger);
  }, []);
  useEffect(() => surDepot(([f]) => !dialogueOuvert() && /\.pdf$/i.test(f.name) && pdfDepose(f)), []);
  const d = dossier.value;
  return html`
    <header class="bandeau"><p class="marque">cpom <span aria-hidden="true">·</span> Atelier</p>${d ? html`<p class="dossier">Dossier : ${d.dossier}</p>` : null}</header>
    <main class="plein" id="contenu">
      <h1>Contrats</h1>
      <div class="boutons"><a class="bouton principal" href="#/nouveau">Nouveau contrat…</a>
        <button type="button" onClick=${() => ouvrirUnPdf()}>Ouvrir un PDF imprimé…</button><button type="button" onClick=${() => controlerUnPdf()}>Contrôler un PDF…</button>
        ${d?.contrats.length ? html`<button type="button" onClick=${imprimerTout}>Imprimer tout le dossier…</button>` : null}</div>
      ${panne.value ? html`<p class="erreur" role="alert">${panne.value}</p>` : null}
      ${d ? (d.contrats.length ? html`<${Tableau} contrats=${d.contrats} />` : html`<p>Ce dossier n’a pas encore de contrat. Commencez par « Nouveau contrat… ».</p>`) : panne.value ? null : html`<p role="status">Lecture du dossier…</p>`}
      ${d?.a_part.length ? html`<h2>À part</h2><p class="aide">Ces fichiers du dossier ne sont pas des contrats entiers, ou ne se lisent pas.</p>
        <ul class="a-part">${d.a_part.map((a) => html`<li><${Signe} quoi="alerte" /> <strong>${a.fichier}</strong> : ${a.message} ${a.a_faire ? html`<span
          class="remede">À faire : ${a.a_faire}</span>` : null}</li>`)}</ul>` : null}
    </main>
    <${Pied} />`;
}

/** Each contract in a folder of one archive, with an account of those that were refused. */
function imprimerTout() {
  ouvrirDialogue("Imprimer tout le dossier", (fermer) => html`<p class="aide">Une archive : un dossier par contrat, et un bilan qui dit ceux qui n’ont pas pu être imprimés.</p>
    <${Options} dossier fermer=${fermer} imprimer=${async (/** @type {import("../api.js").DemandeDImpression} */ choix) => {
      fermer();
      annoncer("Impression en cours…");
      try {
        const fichier = await api.imprimerTout(choix);
        enregistrer(fichier);
        annoncer(`Imprimé : ${fichier.nom}.`);
      } catch (e) {
        ouvrirDialogue("Pas d’impression", () => html`<p>${e instanceof Error ? e.message : String(e)}</p>`);
      }
    }} />`);
}

/** @param {{contrats: import("../api.js").LigneDAccueil[]}} p */
function Tableau({ contrats }) {
  return html`<div class="defile" role="region" aria-label="Contrats du dossier" tabindex="0"><table class="contrats">
    <caption class="lu-seul">Contrats du dossier</caption>
    <thead><tr><th scope="col">Contrat</th><th scope="col">Modèle</th><th scope="col">État</th><th scope="col" class="nombre">Bloquantes</th><th scope="col"
      class="nombre">Alertes</th><th scope="col" class="nombre">Reste à faire</th><th scope="col">Modifié</th></tr></thead>
    <tbody>${contrats.map((c) => html`<tr key=${c.id}>
      <th scope="row"><a href=${adresse(c.id)}>${c.reference || c.titre}</a><span class="sous">${c.gestionnaires.join(", ")}</span></th>
      <td class="modele">${titreCourt(c.modele_titre ?? c.modele)}</td><td>${c.etat === "definitif" ? "définitif" : c.etat}</td>
      <td class="nombre">${c.bloquantes ? html`<span class="bloquante"><${Signe} quoi="bloquante" /> ${c.bloquantes}</span>` : "–"}</td>
      <td class="nombre">${c.alertes ? html`<span class="alerte"><${Signe} quoi="alerte" /> ${c.alertes}</span>` : "–"}</td>
      <td class="nombre">${c.reste || "–"}</td><td>${quand(c.modifie)}</td></tr>`)}</tbody>
  </table></div>`;
}

/** The title of a model without what all have in common. @param {string} titre */
export const titreCourt = (titre) => titre.replace(/^Contrat pluriannuel d['’]objectifs et de moyens (de la |de l['’]|de |du |d['’])/, "");

/** « il y a 3 min », « 12 janv. » @param {number | undefined} secondes */
function quand(secondes) {
  if (!secondes) return "";
  const date = new Date(secondes * 1000);
  const minutes = Math.round((Date.now() - date.getTime()) / 60000);
  if (minutes >= 0 && minutes < 1) return "à l’instant";
  if (minutes > 0 && minutes < 60) return `il y a ${minutes} min`;
  if (minutes > 0 && minutes < 720) return `il y a ${Math.round(minutes / 60)} h`;
  return date.toLocaleDateString("fr-FR", { day: "numeric", month: "short", year: date.getFullYear() === new Date().getFullYear() ? undefined : "numeric" });
}
