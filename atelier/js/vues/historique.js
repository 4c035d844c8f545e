// History: named milestones, then operations by day; from each, what changed since and the way back.
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { annoncer } from "../annonces.js";
import * as api from "../requetes.js";
import { ouvrirDialogue } from "../dialogue.js";
import * as etat from "../etat.js";
import { html } from "../html.js";
import { adresse } from "../route.js";
import { operer } from "../saisies.js";

/** @typedef {import("../api.js").LigneDHistorique} Entree */

export function Historique() {
  const journal = useSignal(/** @type {Entree[] | null} */ (null));
  const refus = useSignal("");
  const n = etat.n.value;
  useEffect(() => {
    api.journal(etat.id.peek()).then((j) => (journal.value = j), (e) => (refus.value = e.message));
  }, [n]);
  /** @param {SubmitEvent} e */
  const marquer = async (e) => {
    e.preventDefault();
    const champ = /** @type {HTMLInputElement} */ (document.getElementById("jalon-nom"));
    const nom = champ.value.trim();
    if (!nom) {
      champ.focus();
      return;
    }
    try {
      const r = await api.poserJalon(etat.id.peek(), { nom });
      if (r.n === etat.n.peek() + 1) etat.n.value = r.n;
      annoncer(`Jalon posé : ${nom}.`);
      champ.value = "";
      journal.value = await api.journal(etat.id.peek());
    } catch (x) {
      refus.value = x instanceof Error ? x.message : "";
    }
  };
  const tous = [...(journal.value ?? [])].sort((a, b) => b.n - a.n);
  const jalons = tous.filter((x) => x.jalon);
  /** @type {Map<string, Entree[]>} */
  const jours = new Map();
  for (const x of tous) {
    const jour = new Date(x.quand * 1000).toLocaleDateString("fr-FR", { weekday: "long", day: "numeric", month: "long", year: "numeric" });
    jours.set(jour, [...(jours.get(jour) ?? []), x]);
  }
  /** The last operation after which nothing changed. */
  const present = tous.find((x) => !x.jalon)?.n ?? 0;
  return html`<h1>Historique</h1>
    <form onSubmit=${marquer} class="champ"><label for="jalon-nom">Donner un nom à l’état présent</label>
      <p class="aide" id="jalon-aide">Un jalon se retrouve ici et se compare. <span class="exemple">Exemple : Envoyé au gestionnaire</span></p>
      <div class="ligne-controle"><input id="jalon-nom" type="text" class="mots" autocomplete="off" aria-describedby="jalon-aide" /><button type="submit">Poser un jalon</button></div></form>
    ${refus.value ? html`<p class="erreur" role="alert">${refus.value}</p>` : null}
    ${jalons.length ? html`<h2>Jalons</h2><ul class="journal">${jalons.map((j) => html`<li key=${j.n}><span><strong>${j.nom}</strong> <span
      class="lieu">${date(j.quand)}</span></span><${Gestes} o=${j} seul=${j.n >= present} /></li>`)}</ul>` : null}
    <h2>Modifications</h2>
    ${journal.value && !tous.length ? html`<p>Rien n’a encore été changé ici.</p>` : null}
    ${tous.length ? html`<p><a href=${adresse(etat.id.value, "comparer", "0")}>Comparer avec le début</a></p>` : null}
    ${[...jours].map(([jour, ops]) => html`<section key=${jour}><h3>${jour}</h3><ul class="journal">${ops.map((o) => html`<li key=${o.n}>
      <span class="heure">${new Date(o.quand * 1000).toLocaleTimeString("fr-FR", { hour: "2-digit", minute: "2-digit" })}</span>
      <span>${debut(o)}${o.nom}${valeurs(o)} <span class="lieu">${[titrePartie(o.partie), o.changements && o.changements > 1 ? `${o.changements} valeurs` : "",
        o.dehors ? "hors de l’atelier" : ""].filter(Boolean).join(", ")}</span></span>
      ${o.jalon ? null : html`<${Gestes} o=${o} seul=${o.n >= present} annulable=${!o.sens && !defaite(o, tous)} />`}</li>`)}</ul></section>`)}`;
}

/** @param {Entree} o */
const debut = (o) => (o.jalon ? "Jalon : " : o.sens === "annuler" ? "Annulé : " : o.sens === "retablir" ? "Rétabli : " : "");
/** « : 45 → 48 », of one value. @param {Entree} o */
const valeurs = (o) => {
  if (!o.avant && !o.apres) return null;
  return html` : <span class="avant-apres">${o.avant ? html`<del>${o.avant}</del>` : html`<span class="rien">rien</span>`} <span aria-hidden="true">→</span><span class="lu-seul"> devient </span> ${
    o.apres ? html`<ins>${o.apres}</ins>` : html`<span class="rien">rien</span>`}</span>`;
};
/** Whether it was undone, and not done again since. @param {Entree} o @param {Entree[]} tous the last first */
const defaite = (o, tous) => tous.find((x) => x.de === o.n)?.sens === "annuler";

/** @param {{o: Entree, seul: boolean, annulable?: boolean}} p `seul`: nothing changed since */
function Gestes({ o, seul, annulable }) {
  return html`<span class="boutons">
    ${seul ? null : html`<a class="bouton" href=${adresse(etat.id.value, "comparer", String(o.n))}>Comparer<span class="lu-seul"> avec maintenant : ${o.nom}</span></a>
      <button type="button" onClick=${() => revenir(o)}>Revenir à cet état<span class="lu-seul"> : ${o.nom}</span></button>`}
    ${annulable ? html`<button type="button" onClick=${() => agir({ op: "annuler", n: o.n }, `Annulé : ${o.nom}.`)}>Annuler<span
      class="lu-seul"> : ${o.nom}</span></button>` : null}</span>`;
}

/** @param {string | undefined} cle */
const titrePartie = (cle) => etat.formulaire.peek()?.parties.find((p) => p.cle === cle)?.titre ?? "";

/** @param {number} secondes */
export const date = (secondes) => new Date(secondes * 1000).toLocaleString("fr-FR", { day: "numeric", month: "long", year: "numeric", hour: "2-digit", minute: "2-digit" });

/** @param {import("../api.js").Op} op @param {string} dit */
async function agir(op, dit) {
  const r = await operer(op);
  if ("delta" in r) annoncer(dit);
  else ouvrirDialogue("Ce n’est pas possible", () => html`<p>${r.refus.message}</p>${r.refus.probleme.conflit ? html`<ul>${r.refus.probleme.conflit.map((c) => html`<li>${c.lieu} : valait « ${c.vu ?? "rien"} », vaut « ${c.actuel ?? "rien"} ».</li>`)}</ul>` : null}`);
}

/** @param {Entree} o */
export function revenir(o) {
  ouvrirDialogue("Revenir à cet état ?", (fermer) => html`
    <p>Le contrat reprendra l’état où il était après « ${o.nom} », ${date(o.quand)}. C’est une seule opération : « Annuler » la défait.</p>
    <div class="boutons"><button type="button" class="principal" onClick=${() => {
      fermer();
      agir({ op: "revenir", n: o.n }, "Le contrat a repris cet état.");
    }}>Revenir à cet état</button><button type="button" onClick=${fermer}>Annuler</button></div>`);
}
