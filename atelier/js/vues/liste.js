// A list of the page (establishments, forms, budgets…): names on one side, the chosen element on the other.
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { vientDArriver } from "../aller.js";
import { SansObjet } from "../champs/cadre.js";
import { Note } from "../champs/note.js";
import { RemarquesIci, Suite } from "../champs/objet.js";
import { ActionsElement } from "../champs/plis.js";
import { contient, ident, sous } from "../chemins.js";
import { encoreLa, maintenant } from "../depart.js";
import { ajouter } from "../elements.js";
import * as etat from "../etat.js";
import { html } from "../html.js";
import { adresse, aller, encoreVenu, route } from "../route.js";
import { AutresAjouts, NOMS_AJOUT } from "./ajouts.js";
import { Compte } from "./compte.js";
import { LienFiche } from "./fiche.js";

/** @typedef {import("../api.js").Champ} Champ */

/** @param {{champ: Champ, chemin: string, niveau: number}} p */
export function ListeDetail({ champ, chemin, niveau }) {
  const elements = etat.liste(chemin).value ?? [];
  const so = etat.feuille(chemin).value?.so;
  const { ici, vue, contrat } = route.value;
  const filtre = useSignal("");
  const choisi = elements.find((e) => contient(sous(chemin, e.cle), ici)) ?? null;
  const id = ident(chemin);
  const cle = choisi?.cle;
  // Opening an element, from here or from the parts on the left, is going to it.
  useEffect(() => {
    if (cle && !vientDArriver()) viserPremier(id);
  }, [cle]);
  const lien = (/** @type {string} */ cle) => adresse(contrat ?? "", vue, sous(chemin, cle));
  const plus = async () => {
    const depuis = maintenant();
    const cree = await ajouter(chemin, champ);
    if (cree) ouvrir(cree, depuis);
  };
  /** @param {string} cree @param {number} [depuis] */
  const ouvrir = (cree, depuis) => {
    aller(adresse(contrat ?? "", vue, cree), false, depuis);
  };
  /** @param {number} depuis */
  const parti = (depuis) => {
    // Who has gone elsewhere meanwhile stays there.
    if (route.peek().vue !== vue || !contient(chemin, route.peek().ici)) return;
    const reste = etat.liste(chemin).peek() ?? [];
    const suivant = reste[Math.min(choisi ? elements.indexOf(choisi) : 0, reste.length - 1)];
    aller(adresse(contrat ?? "", vue, suivant ? sous(chemin, suivant.cle) : ""), true, depuis);
    if (!suivant) setTimeout(() => encoreLa(depuis) && document.getElementById(`${id}-ajouter`)?.focus(), 60);
  };
  const vus = elements.filter((e) => e.nom.toLowerCase().includes(filtre.value.toLowerCase()));
  return html`<section class="liste-detail" aria-labelledby=${`${id}-titre`} data-chemin=${chemin}>
    <div class="tete-liste">
      <${`h${niveau}`} id=${`${id}-titre`}>${champ.titre} <span class="nombre-elements">(${so !== undefined ? "sans objet" : elements.length})</span><//>
      ${so === undefined ? html`<div class="boutons petits"><${AutresAjouts} chemin=${chemin} ouvrir=${ouvrir} />
        <button type="button" id=${`${id}-ajouter`} onClick=${plus}>${NOMS_AJOUT[chemin] ?? html`Ajouter<span
        class="lu-seul"> : ${champ.singulier ?? champ.titre}</span>`}</button></div>` : null}
    </div>
    ${champ.aide ? html`<p class="aide">${champ.aide}</p>` : null}
    ${champ.sans_objet && !elements.length ? html`<${SansObjet} champ=${champ} chemin=${chemin} />` : null}
    <${RemarquesIci} chemin=${chemin} titre=${champ.titre} />
    ${
      elements.length
        ? html`<div class=${`deux-colonnes${choisi ? " ouverte" : ""}`}>
          <nav aria-label=${champ.titre} class="noms">
            ${elements.length > 12 ? html`<label class="petit" for=${`${id}-filtre`}>Filtrer<span class="lu-seul"> : ${champ.titre}</span></label><input
              id=${`${id}-filtre`} type="text" value=${filtre} onInput=${(/** @type {Event} */ e) => (filtre.value = /** @type {HTMLInputElement} */ (e.target).value)} />` : null}
            <ol>${vus.map((e) => html`<li key=${e.cle}><a href=${lien(e.cle)}
              aria-current=${e === choisi ? "true" : undefined}>${e.nom} <${Compte} cle=${sous(chemin, e.cle)} /></a></li>`)}</ol>
          </nav>
          ${
            choisi
              ? html`<${Detail} key=${choisi.cle} champ=${champ} chemin=${sous(chemin, choisi.cle)} nom=${choisi.nom} rang=${elements.indexOf(choisi)} sur=${elements.length}
                niveau=${niveau + 1} id=${id} ouvrir=${ouvrir} parti=${parti} fermer=${adresse(contrat ?? "", vue)} />`
              : null
          }
        </div>`
        : null
    }
  </section>`;
}

/**
 * @param {{champ: Champ, chemin: string, nom: string, rang: number, sur: number, niveau: number, id: string, ouvrir: (c: string) => void, parti: (depuis: number) => void, fermer: string}} p
 */
function Detail({ champ, chemin, nom, rang, sur, niveau, id, ouvrir, parti, fermer }) {
  return html`<section class="detail" aria-labelledby=${`${id}-detail`} data-chemin=${chemin}>
    <div class="tete-liste">
      <${`h${Math.min(niveau, 6)}`} id=${`${id}-detail`} tabindex="-1">${nom} <span class="nombre-elements">(${rang + 1} sur ${sur})</span><//>
      <${ActionsElement} chemin=${chemin} nom=${nom} rang=${rang} sur=${sur} cree=${ouvrir} parti=${parti} />
    </div>
    <${LienFiche} chemin=${chemin} ouvrir=${ouvrir} />
    <${RemarquesIci} chemin=${chemin} titre=${nom} />
    <${Suite} champs=${champ.champs ?? []} base=${chemin} niveau=${niveau + 1} page=${false} />
    <${Note} chemin=${chemin} titre=${nom} />
    <p><a href=${fermer}>Refermer ${nom}</a></p>
  </section>`;
}

/** The title of the element just opened takes the focus: what follows is its first field. @param {string} id */
function viserPremier(id) {
  setTimeout(() => {
    const h = document.getElementById(`${id}-detail`);
    // Who is already in one of its fields types there.
    if (!h || !encoreVenu() || vientDArriver() || h.closest(".detail")?.contains(document.activeElement)) return;
    h.focus({ preventScroll: true });
    document.querySelector("main")?.scrollTo(0, 0);
    h.scrollIntoView({ block: "nearest" });
    document.querySelector(".noms [aria-current]")?.scrollIntoView({ block: "nearest" });
  }, 60);
}
