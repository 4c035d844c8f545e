// The four lists of a file taken back: what may be ticked, what cannot be held, clauses proposed, comments.
import { allerAuChamp } from "../aller.js";
import { demander } from "../ajout.js";
import { cibles } from "../champs/cibles.js";
import { cheminDe, situer } from "../chemins.js";
import { encoreLa, maintenant } from "../depart.js";
import * as etat from "../etat.js";
import { html } from "../html.js";
import { AvantApres } from "./differences.js";
import { MOTS } from "./remarque.js";
import { Signe } from "./signe.js";

/** @typedef {import("../api.js").RepriseVue} Reprise */
/** @typedef {import("../api.js").Ecart} Ecart */

/** @param {{r: Reprise, coches: import("@preact/signals").Signal<Set<number>>}} p */
export function Choses({ r, coches }) {
  /** @param {number} n */
  const basculer = (n) => {
    const neuf = new Set(coches.peek());
    if (!neuf.delete(n)) neuf.add(n);
    coches.value = neuf;
  };
  const ensemble = r.remarques_nouvelles.filter((x) => !x.causes.length);
  return html`<fieldset class="reprises"><legend>À prendre</legend><ul class="differences">
      ${r.changements.map((c) => {
        const dit = r.dits.find((d) => d.numero === c.numero);
        return html`<li key=${c.numero}><label class="case"><input type="checkbox" checked=${coches.value.has(c.numero)} onChange=${() => basculer(c.numero)}
          aria-describedby=${`repris-${c.numero}`} /> <strong>${c.place.join(" › ") || c.titre}</strong></label> <${Lieu} lieu=${c.lieu} />
          <div class="repris" id=${`repris-${c.numero}`}><${AvantApres} avant=${dit?.avant} apres=${dit?.apres} /><${Causees} r=${r} n=${c.numero} /></div></li>`;
      })}
      ${r.elements.map((e) => html`<li key=${e.numero}><label class="case"><input type="checkbox" checked=${coches.value.has(e.numero)} disabled=${e.sens === "ajoute" && e.a_preciser.length > 0}
        onChange=${() => basculer(e.numero)} aria-describedby=${`repris-${e.numero}`} /> <strong>${e.sens === "ajoute" ? "Ligne ajoutée" : "Ligne retirée"} – ${e.place.join(" › ")}</strong></label>
        <div class="repris" id=${`repris-${e.numero}`}><p>${mots(e.element)} <${Lieu} lieu=${e.lieu ?? e.clause} /></p>
          ${e.a_preciser.length ? html`<p>À préciser avant de la prendre : ${e.a_preciser.join(" ; ")}. Ajoutez-la vous-même dans le contrat.</p>` : null}
          <${Causees} r=${r} n=${e.numero} /></div></li>`)}
    </ul></fieldset>
    ${ensemble.map((x, i) => html`<p key=${i}><${Signe} quoi=${x.severite} /> <strong>${MOTS[x.severite]}</strong>, que l’ensemble causerait : ${x.message}</p>`)}`;
}

/** Where the file says it. @param {{lieu?: string | null}} p */
const Lieu = ({ lieu }) => (lieu ? html`<span class="lieu">${lieu}</span>` : null);

/** Remarks that taking that one would cause. @param {{r: Reprise, n: number}} p */
const Causees = ({ r, n }) => html`${r.remarques_nouvelles.filter((x) => x.causes.includes(n)).map((x) => html`<p><${Signe} quoi=${x.severite} /> <strong>${MOTS[x.severite]}</strong>, que cela causerait : ${x.message}</p>`)}`;

/** The words of a row, without its identifiers. @param {unknown} element @returns {string} */
function mots(element) {
  if (typeof element === "string" || typeof element === "number") return String(element);
  if (!element || typeof element !== "object") return "";
  return Object.entries(element).filter(([cle]) => cle !== "id").map(([, v]) => mots(v)).filter(Boolean).join(", ");
}

/** @param {{ecarts: Ecart[]}} p */
export function Ecarts({ ecarts }) {
  if (!ecarts.length) return null;
  return html`<section><h2>Ce qui n’est pas repris <span class="nombre-elements">(${ecarts.length})</span></h2>
    <p class="aide">Rien n’en est perdu : c’est à regarder, et à reporter à la main si vous le voulez.</p>
    <ul class="differences">${ecarts.map((e, i) => {
      const chemin = "pointeur" in e ? etat.cheminDePointeur(e.pointeur) : "";
      const quoi = "titre" in e ? e.titre : "clause" in e ? e.clause : e.nature === "non_repris" ? e.lieu : "En-tête ou pied de page";
      const va = chemin && etat.formulaire.peek() && situer(/** @type {any} */ (etat.formulaire.peek()), chemin);
      return html`<li key=${i}><p><strong>${quoi}</strong> – ${direEcart(e)} <${Lieu} lieu=${e.nature === "valeur_refusee" ? e.lieu : null} /></p>
        ${"avant" in e ? html`<${AvantApres} avant=${e.avant} apres=${e.apres} />` : null}
        ${va ? html`<button type="button" class="lien" onClick=${() => allerAuChamp(chemin)}>Aller au champ<span class="lu-seul"> : ${quoi}</span></button>` : null}</li>`;
    })}</ul></section>`;
}

/** @param {Ecart} e */
function direEcart(e) {
  const sens = "sens" in e && e.sens === "retire" ? "retiré" : "ajouté";
  switch (e.nature) {
    case "champ_absent": return "le champ a disparu du document ; la valeur du contrat est gardée.";
    case "champ_vide": return "vidé dans le document ; la valeur du contrat est gardée.";
    case "champ_deplace": return "déplacé dans le document ; sa valeur est lue, sa place reste celle du modèle.";
    case "champ_double": return `en plusieurs exemplaires, qui ne disent pas la même chose : ${e.textes.map((t) => `« ${t} »`).join(", ")}.`;
    case "valeur_refusee": return `« ${e.texte} » n’est pas compris : ${e.motif}.`;
    case "non_repris": return `« ${e.texte} » : ${e.motif} À faire : ${e.a_faire}`;
    case "hors_champ": return "texte réécrit hors des champs :";
    case "tableau": return "tableau changé :";
    case "ligne_ajoutee": return `ligne ajoutée à un tableau : ${e.cellules.join(", ")}.`;
    case "objet": return `${e.texte ? `« ${e.texte} » : ` : ""}${sens} (note, image, lien ou autre).`;
    default: return `${sens} : « ${e.texte} ».`;
  }
}

/** @param {{clauses: import("../api.js").ClauseProposee[]}} p */
export function Clauses({ clauses }) {
  const articles = cibles("article");
  if (!clauses.length) return null;
  const champ = etat.formulaire.value?.parties.flatMap((p) => p.champs).find((c) => cheminDe(c) === "/clauses_particulieres");
  return html`<section><h2>Texte ajouté ou réécrit <span class="nombre-elements">(${clauses.length})</span></h2>
    <ul class="differences">${clauses.map((c, i) => html`<li key=${i}><p><strong>${articles.find(([v]) => v === c.article)?.[1] ?? "Article"}</strong></p>
      ${c.texte.length > 300 ? html`<details class="pli"><summary>Voir le texte</summary><p class="prose pli-corps">${c.texte}</p></details>` : html`<p class="prose">${c.texte}</p>`}
      ${champ ? html`<div class="boutons"><button type="button" onClick=${async () => {
        const depuis = maintenant();
        const cree = await demander("/clauses_particulieres", champ, { titre: "Ajouter une clause particulière", valeurs: { article: c.article, place: c.place, texte: c.texte, motif: c.motif } });
        if (cree && encoreLa(depuis)) allerAuChamp(cree);
      }}>En faire une clause particulière…</button></div>` : null}</li>`)}</ul></section>`;
}

/** @param {{commentaires: import("../api.js").Commentaire[]}} p */
export function Commentaires({ commentaires }) {
  if (!commentaires.length) return null;
  return html`<section><h2>Commentaires <span class="nombre-elements">(${commentaires.length})</span></h2>
    <ul class="differences">${commentaires.map((c, i) => html`<li key=${i}><p><strong>${c.auteur || "Sans nom"}</strong>${c.resolu ? " (résolu)" : ""} : ${c.texte}</p>
      <p class="lieu">${[c.clause, c.passage ? `sur « ${c.passage} »` : "", c.reponse_a ? `en réponse à « ${c.reponse_a} »` : ""].filter(Boolean).join(", ")}</p></li>`)}</ul></section>`;
}
