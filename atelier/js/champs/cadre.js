// What stands around the control of any field: label, help, « sans objet », what is not saved, remarks.
import { useComputed, useSignal } from "@preact/signals";
import { ident } from "../chemins.js";
import * as etat from "../etat.js";
import { tranquille } from "../file.js";
import { html } from "../html.js";
import { operer, oublier, saisie, toucher, touche, trancher } from "../saisies.js";
import { Remarque } from "../vues/remarque.js";
import { Signe } from "../vues/signe.js";

/** @typedef {import("../api.js").Champ} Champ */
/** @typedef {import("preact").ComponentChildren} Enfants */
/** @typedef {{id: string, decrit: string | undefined, invalide: boolean}} Liens how the control is tied to its label and messages */

/**
 * A field with one control: `controle` draws it with the ties given.
 * @param {{champ: Champ, chemin: string, controle: (l: Liens) => Enfants, groupe?: boolean}} p
 */
export function Cadre({ champ, chemin, controle, groupe }) {
  const id = ident(chemin);
  const so = etat.feuille(chemin).value?.so;
  const s = useComputed(() => {
    const v = saisie(chemin).value;
    return v && (v.stade === "illisible" || v.stade === "conflit") ? v : null;
  }).value;
  const rempli = useComputed(() => {
    const tape = saisie(chemin).value;
    return tape ? tape.texte !== "" : !!etat.feuille(chemin).value?.t;
  }).value;
  const remarques = touche(chemin).value ? etat.remarquesDe(chemin).value : [];
  const exemple = champ.exemple ? `Exemple : ${champ.exemple}` : "";
  const decrits = [champ.aide || exemple ? `${id}-aide` : "", s || remarques.length ? `${id}-dit` : ""].filter(Boolean).join(" ");
  const invalide = !!s || remarques.some((r) => r.severite === "bloquante");
  const tete = html`${champ.titre}${champ.requis ? html` <span class="requis">(obligatoire)</span>` : null}`;
  const aide =
    champ.aide || exemple
      ? html`<p class="aide" id=${`${id}-aide`}>${champ.aide}${champ.aide && exemple ? " " : ""}${exemple ? html`<span class="exemple">${exemple}</span>` : null}</p>`
      : null;
  // « Sans objet » comes after the control: who fills it, where it then is set aside, does not meet it with Tab.
  const corps = html`
    ${aide}
    ${so === undefined ? controle({ id, decrit: decrits || undefined, invalide }) : null}
    ${champ.sans_objet ? html`<${SansObjet} champ=${champ} chemin=${chemin} vide=${groupe ? !etat.liste(chemin).value?.length && !rempli : !rempli} />` : null}
    <div id=${`${id}-dit`} class="dit">
      ${s ? html`<${NonEnregistre} champ=${champ} chemin=${chemin} saisie=${s} />` : null}
      ${remarques.map((r) => html`<${Remarque} key=${r.id} remarque=${r} champ=${champ.titre} pres />`)}
    </div>`;
  const classe = `champ genre-${champ.genre}${invalide ? " en-erreur" : ""}`;
  if (groupe) {
    return html`<fieldset class=${classe} data-chemin=${chemin} aria-describedby=${decrits || undefined}><legend>${tete}</legend>${corps}</fieldset>`;
  }
  return html`<div class=${classe}>
    ${so === undefined ? html`<label for=${id} id=${`${id}-nom`}>${tete}</label>` : html`<span class="nom-champ">${tete}</span>`}
    ${corps}
  </div>`;
}

const MOTIF = "Pas encore enregistré : dites en quelques mots pourquoi, le motif est imprimé.";
/** Boxes that were ticked without their reason yet: one finds them again as they were left. @type {Set<string>} */
const sansMotif = new Set();

/**
 * The box « sans objet » and the reason it asks; set aside where something is written, unless it has the focus.
 * @param {{champ: {titre: string}, chemin: string, vide?: boolean}} p
 */
export function SansObjet({ champ, chemin, vide = true }) {
  const so = etat.feuille(chemin).value?.so;
  const cle = `${etat.id.peek()} ${chemin}`;
  const ouvert = useSignal(sansMotif.has(cle));
  const refus = useSignal(sansMotif.has(cle) ? MOTIF : "");
  const id = `${ident(chemin)}-so`;
  /** @param {string} motif */
  const dire = async (motif) => {
    toucher(chemin);
    if (!motif) {
      if (so === undefined) sansMotif.add(cle);
      refus.value = MOTIF;
      return;
    }
    sansMotif.delete(cle);
    refus.value = "";
    if (motif === so) return;
    const r = await operer({ op: "sans_objet", chemin, motif });
    if ("refus" in r) refus.value = r.refus.message;
    else ouvert.value = false;
  };
  /** @param {Event} e */
  const basculer = async (e) => {
    const coche = /** @type {HTMLInputElement} */ (e.target).checked;
    refus.value = "";
    ouvert.value = coche;
    if (!coche) sansMotif.delete(cle);
    if (coche) requestAnimationFrame(() => document.getElementById(`${id}-motif`)?.focus());
    else {
      // The reason may have been sent just before.
      await tranquille();
      if (etat.feuille(chemin).peek()?.so === undefined) return;
      const r = await operer({ op: "sans_objet", chemin, motif: null });
      if ("refus" in r) refus.value = r.refus.message;
    }
  };
  const coche = so !== undefined || ouvert.value;
  return html`<div class=${`sans-objet${vide || coche ? "" : " rempli"}`}>
    <label class="case"><input type="checkbox" id=${id} checked=${coche} onChange=${basculer} data-chemin=${so !== undefined ? chemin : undefined} />
      Sans objet<span class="lu-seul"> : ${champ.titre}</span></label>
    ${
      coche
        ? html`<div class="motif">
          <label for=${`${id}-motif`}>Motif<span class="lu-seul"> (${champ.titre} sans objet)</span> <span class="requis">(obligatoire)</span></label>
          <input id=${`${id}-motif`} type="text" value=${so ?? ""} aria-invalid=${refus.value ? "true" : undefined} aria-describedby=${`${id}-refus`} aria-required="true"
            onBlur=${(/** @type {Event} */ e) => !(/** @type {HTMLInputElement} */ (e.target).value.trim()) && coche && dire("")}
            onChange=${(/** @type {Event} */ e) => dire(/** @type {HTMLInputElement} */ (e.target).value.trim())} />
        </div>`
        : null
    }
    <p id=${`${id}-refus`} class="erreur" role="alert" hidden=${!refus.value}>${refus.value}</p>
  </div>`;
}

/** Ends as a sentence. @param {string | undefined} texte */
const phrase = (texte = "") => (/[.!?…]$/.test(texte) ? texte : `${texte}.`);

/**
 * Words that are not in the contract: not read, or someone wrote otherwise meanwhile.
 * @param {{champ: {titre: string}, chemin: string, saisie: import("../saisies.js").Saisie}} p
 */
function NonEnregistre({ champ, chemin, saisie: s }) {
  if (s.stade === "conflit") {
    return html`<div class="conflit">
      <p><strong>Non enregistré – ${champ.titre} : changé ailleurs entre-temps.</strong></p>
      <dl>
        <dt>Votre saisie</dt><dd>${s.conflit?.votre || s.texte || "(vide)"}</dd>
        <dt>Valeur actuelle</dt><dd>${s.conflit?.actuel || "(vide)"}</dd>
      </dl>
      <div class="boutons">
        <button type="button" onClick=${() => trancher(chemin, "mienne")}>Garder la mienne</button>
        <button type="button" onClick=${() => trancher(chemin, "autre")}>Prendre l’autre</button>
      </div>
    </div>`;
  }
  return html`<p class="erreur"><${Signe} quoi="erreur" /> <strong>Non enregistré – ${champ.titre} :</strong> ${phrase(s.message)}
    <button type="button" class="lien" onClick=${() => oublier(chemin)}>Revenir à la valeur enregistrée</button></p>`;
}
