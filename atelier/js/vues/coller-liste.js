// « Coller une liste… »: establishments from the rows of a spreadsheet, as one operation that one undo takes back.
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { annoncer, compte } from "../annonces.js";
import { fermerDialogue, ouvrirDialogue } from "../dialogue.js";
import * as etat from "../etat.js";
import * as file from "../file.js";
import { html } from "../html.js";
import * as api from "../requetes.js";

export const ETABLISSEMENTS = "/perimetre/etablissements";
/** Time for what is typed to rest before it is read. */
const REPOS = 250;

/** @typedef {Record<string, string>} Valeurs words of some fields */
/** @typedef {import("../api.js").ListeLue} ListeLue */

/** The list as the server understands it, some time after it is typed; why it does not. @param {string} texte */
export function useListe(texte) {
  const lue = useSignal(/** @type {{texte: string, liste: ListeLue | null, refus: string}} */ ({ texte: "", liste: null, refus: "" }));
  useEffect(() => {
    if (!texte.trim()) {
      lue.value = { texte, liste: null, refus: "" };
      return;
    }
    let passe = false;
    const t = setTimeout(async () => {
      const fait = await lireListe(texte);
      if (!passe) lue.value = { texte, ...fait };
    }, REPOS);
    return () => {
      passe = true;
      clearTimeout(t);
    };
  }, [texte]);
  return lue.value;
}

/** @param {string} texte @returns {Promise<{liste: ListeLue | null, refus: string}>} */
async function lireListe(texte) {
  try {
    return { liste: await api.lireListe({ texte }), refus: "" };
  } catch (e) {
    const dit = e instanceof api.Refus ? e.probleme.illisible?.message : "";
    return { liste: null, refus: dit ? `${dit.charAt(0).toUpperCase()}${dit.slice(1)}.` : e instanceof Error ? e.message : String(e) };
  }
}

/** What was understood, with what is to be looked at. @param {{liste: ListeLue, deja?: Set<string>}} p `deja`: numbers of the contract */
export function Compris({ liste, deja }) {
  if (!liste.lignes.length) return null;
  const doutes = liste.lignes.flatMap((l) => [
    ...l.doutes,
    ...(l.finess && deja?.has(l.finess) ? [`le numéro FINESS ${l.finess} est déjà au contrat`] : []),
  ].map((d) => `Ligne ${l.rang}${l.nom ? `, ${l.nom}` : ""} : ${d}.`));
  return html`<div class="defile" role="region" aria-label="Établissements compris" tabindex="0"><table class="compris-liste"><caption>${compte(liste.lignes.length, "établissement")} :</caption>
      <thead><tr><th scope="col">Nom</th><th scope="col">FINESS</th><th scope="col">Catégorie</th></tr></thead>
      <tbody>${liste.lignes.map((l) => html`<tr key=${l.rang}><td>${l.nom || "–"}</td><td>${l.finess ?? "–"}</td><td>${l.categorie_dite ?? "–"}</td></tr>`)}</tbody></table></div>
    ${doutes.length ? html`<div role="status"><p class="aide">À regarder :</p><ul class="doutes">${doutes.map((d) => html`<li>${d}</li>`)}</ul></div>` : null}
    ${liste.colonnes_laissees.length ? html`<p class="aide">Laissé de côté : ${liste.colonnes_laissees.map((c) => `« ${c} »`).join(", ")}.</p>` : null}`;
}

/**
 * Adds them all or none; gives what is refused, in words, and in which row.
 * @param {Valeurs[]} tous
 */
export async function ajouterEtablissements(tous) {
  const nom = tous.length > 1 ? `Ajouter ${tous.length} établissements` : `Ajouter ${tous[0].nom || "un établissement"}`;
  const ops = tous.map((valeurs) => /** @type {import("../api.js").Op} */ ({ op: "ajouter", liste: ETABLISSEMENTS, apres: null, valeurs }));
  const r = await file.envoyer({ contrat: etat.id.peek(), nom, ops });
  if ("delta" in r) {
    annoncer(`${compte(tous.length, "établissement")} ${tous.length > 1 ? "ajoutés" : "ajouté"}. « Annuler » les retire.`);
    return null;
  }
  const { illisible } = r.refus.probleme;
  const cle = illisible?.chemin.slice(illisible.chemin.lastIndexOf("/") + 1) ?? "";
  const rang = illisible ? tous.findIndex((v) => v[cle] === illisible.texte) : -1;
  return { rang, message: illisible ? `${rang >= 0 ? `Ligne ${rang + 1}${tous[rang].nom ? `, ${tous[rang].nom}` : ""} : ` : ""}${illisible.message}.` : r.refus.message };
}

/** @param {string} [texte] what was already pasted elsewhere */
export function ouvrirCollerListe(texte = "") {
  ouvrirDialogue("Coller une liste d’établissements", (fermer) => html`<${Coller} texte=${texte} fermer=${fermer} />`, { large: true });
}

/** FINESS numbers of the contract, as they are written. */
const finessDuContrat = () => new Set((etat.liste(ETABLISSEMENTS).peek() ?? []).map((e) => String(etat.feuille(`${ETABLISSEMENTS}/${e.cle}/finess`).peek()?.t ?? "").replace(/\s/g, "")));

/** @param {{texte: string, fermer: () => void}} p */
function Coller({ texte: debut, fermer }) {
  const texte = useSignal(debut);
  const refus = useSignal("");
  const lue = useListe(texte.value);
  const n = lue.liste?.lignes.length ?? 0;
  /** @param {SubmitEvent} e */
  const envoyer = async (e) => {
    e.preventDefault();
    const zone = /** @type {HTMLTextAreaElement} */ (document.getElementById("coller-texte"));
    // What was just pasted may not be read yet.
    const fait = lue.texte === texte.peek() ? lue : await lireListe(texte.peek());
    const lignes = fait.liste?.lignes ?? [];
    if (!lignes.length) {
      refus.value = fait.refus || "Collez au moins une ligne.";
      zone.focus();
      return;
    }
    const non = await ajouterEtablissements(lignes.map(({ nom, finess, categorie }) => ({ nom, ...(finess && { finess }), ...(categorie && { categorie }) })));
    if (!non) {
      fermerDialogue();
      return;
    }
    refus.value = `Rien n’est encore ajouté. ${non.message}`;
    zone.focus();
  };
  return html`<form onSubmit=${envoyer} novalidate>
    <div class="champ"><label for="coller-texte">Établissements</label>
      <p class="aide" id="coller-aide">Une ligne par établissement, copiée d’Excel, avec ou sans ses titres : son nom, son numéro FINESS, sa catégorie. Le nom seul suffit.</p>
      <textarea id="coller-texte" rows="7" aria-describedby="coller-aide coller-refus" aria-invalid=${refus.value || lue.refus ? "true" : undefined} value=${texte.value}
        onInput=${(/** @type {Event} */ e) => (texte.value = /** @type {HTMLTextAreaElement} */ (e.target).value)}></textarea>
      <p class="erreur" id="coller-refus" role="alert">${refus.value || lue.refus}</p></div>
    ${lue.liste ? html`<${Compris} liste=${lue.liste} deja=${finessDuContrat()} />` : null}
    <div class="boutons"><button type="submit" class="principal">${n ? `Ajouter ${compte(n, "établissement")}` : "Ajouter"}</button><button type="button" onClick=${fermer}>Annuler</button></div>
  </form>`;
}
