// « Ajouter » where an element cannot be without some of its fields: they are asked first, then all is made at once.
import { signal, useSignal } from "@preact/signals";
import { useMemo } from "preact/hooks";
import { idQuestion, Question } from "./champs/question.js";
import { cibles } from "./champs/cibles.js";
import { fermerDialogue, ouvrirDialogue } from "./dialogue.js";
import * as etat from "./etat.js";
import { html } from "./html.js";
import { operer } from "./saisies.js";

/** @typedef {import("./api.js").Champ} Champ */
/** @typedef {{champ: Champ, facultatif: boolean, mots: import("@preact/signals").Signal<string>}} Demande */

const GROUPES = new Set(["objet", "liste", "table"]);

/** Fields without which the element would not be one. @param {Champ} liste */
export const exiges = (liste) => (liste.champs ?? []).filter((c) => c.requis && !GROUPES.has(c.genre));

/** @param {string} nom */
export const majuscule = (nom) => nom.charAt(0).toUpperCase() + nom.slice(1);

/**
 * Asks what the element needs and adds it; gives its path, or nothing if it was refused and the dialog closed.
 * @param {string} liste
 * @param {Champ} champ
 * @param {{titre?: string, valeurs?: Record<string, string>, aussi?: string[], apres?: import("preact").ComponentChildren}} [options]
 *   `valeurs`: words already known; `aussi`: other fields that are asked, and may be left
 * @returns {Promise<string | null>}
 */
export function demander(liste, champ, { titre, valeurs = {}, aussi = [], apres } = {}) {
  return new Promise((fini) => {
    ouvrirDialogue(titre ?? `Ajouter : ${champ.singulier ?? champ.titre}`, () => html`<${Formulaire} liste=${liste} champ=${champ} valeurs=${valeurs} aussi=${aussi} apres=${apres} fini=${fini} />`);
  });
}

/** @param {{liste: string, champ: Champ, valeurs: Record<string, string>, aussi: string[], apres: any, fini: (c: string | null) => void}} p */
function Formulaire({ liste, champ, valeurs, aussi, apres, fini }) {
  const demandes = useMemo(() => {
    const requis = exiges(champ);
    const autres = (champ.champs ?? []).filter((c) => aussi.includes(c.cle) && !requis.includes(c));
    return [...requis, ...autres].map((c) => ({ champ: c, facultatif: !requis.includes(c), mots: signal(valeurs[c.cle] ?? "") }));
  }, []);
  const refus = useSignal({ cle: "", message: "" });
  const encours = useSignal(false);
  // The only one that may be named is the one meant.
  for (const d of demandes) {
    const seul = d.champ.genre === "renvoi" && d.champ.vers && !d.facultatif ? cibles(d.champ.vers) : [];
    if (seul.length === 1 && !d.mots.peek()) d.mots.value = seul[0][0];
  }
  /** @param {string} cle @param {string} message */
  const refuser = (cle, message) => {
    refus.value = { cle, message };
    const la = document.getElementById(idQuestion(liste, cle));
    const controle = la instanceof HTMLFieldSetElement ? la.querySelector("input") : la;
    controle?.focus();
  };
  /** @param {SubmitEvent} e */
  const envoyer = async (e) => {
    e.preventDefault();
    if (encours.peek()) return;
    const vide = demandes.find((d) => !d.facultatif && !d.mots.peek().trim());
    if (vide) {
      refuser(vide.champ.cle, vide.champ.choix || vide.champ.genre === "renvoi" ? "choisissez." : "écrivez quelque chose.");
      return;
    }
    encours.value = true;
    /** @type {Record<string, string>} */
    const mots = {};
    for (const d of demandes) if (d.mots.peek().trim()) mots[d.champ.cle] = d.mots.peek().trim();
    const r = await operer({ op: "ajouter", liste, apres: etat.liste(liste).peek()?.at(-1)?.cle ?? null, valeurs: { ...valeurs, ...mots } });
    encours.value = false;
    if ("refus" in r) {
      const { illisible } = r.refus.probleme;
      const cle = illisible?.chemin.slice(liste.length + 1) ?? "";
      if (illisible && demandes.some((d) => d.champ.cle === cle)) refuser(cle, `${illisible.message}.`);
      else refus.value = { cle: "", message: r.refus.message };
      return;
    }
    fermerDialogue();
    fini(r.delta.cree ?? null);
  };
  return html`<form onSubmit=${envoyer} novalidate>
    ${demandes.map((d) => html`<${Question} key=${d.champ.cle} champ=${d.champ} id=${idQuestion(liste, d.champ.cle)} mots=${d.mots} facultatif=${d.facultatif}
      refus=${refus.value.cle === d.champ.cle ? refus.value.message : ""} />`)}
    ${apres}
    <p class="erreur" role="alert">${refus.value.cle ? "" : refus.value.message}</p>
    <div class="boutons"><button type="submit" class="principal">Ajouter</button><button type="button" onClick=${fermerDialogue}>Annuler</button></div>
  </form>`;
}
