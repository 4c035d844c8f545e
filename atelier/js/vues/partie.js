// A part of the contract: its grids first, then its fields, groups and lists; or one list of it, where an element is open.
import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { vientDArriver, viserTitre } from "../aller.js";
import { SansObjet } from "../champs/cadre.js";
import { Note } from "../champs/note.js";
import { RemarquesIci, Suite } from "../champs/objet.js";
import { cheminDe, contient } from "../chemins.js";
import * as etat from "../etat.js";
import { dejaLue, Grille } from "../grille/grille.js";
import { html } from "../html.js";
import { adresse, encoreVenu, route } from "../route.js";
import { basculerDroite, droite } from "../volets.js";
import { ListeDetail } from "./liste.js";
import { listesDe } from "./navigation.js";

/** @param {{partie: import("../api.js").PartieDuFormulaire}} p */
export function Partie({ partie }) {
  const { ici, contrat, vue } = route.value;
  const avant = useRef(ici);
  // An element that is closed gives the focus back to its line.
  useEffect(() => {
    const ferme = avant.current;
    avant.current = ici;
    if (ferme && !ici) setTimeout(() => viserLigne(adresse(contrat ?? "", vue, ferme)), 30);
  }, [ici]);
  const liste = ici ? listesDe(partie).find((l) => contient(l.chemin, ici)) : undefined;
  if (liste) {
    return html`<p class="fil"><a href=${adresse(contrat ?? "", vue)}>${partie.titre}</a> <span aria-hidden="true">›</span></p>
      <${ListeDetail} key=${liste.chemin} champ=${liste.champ} chemin=${liste.chemin} niveau=${1} />`;
  }
  return html`<${Entiere} partie=${partie} />`;
}

/** All of a part, shown once its grids are there: what is under them must not move under the pointer. @param {{partie: import("../api.js").PartieDuFormulaire}} p */
function Entiere({ partie }) {
  const attendues = useSignal(new Set(partie.grilles?.map((g) => g.id).filter((id) => !dejaLue(id))));
  const attend = attendues.value.size > 0;
  /** @param {string} id */
  const arrivee = (id) => {
    if (attendues.peek().has(id)) attendues.value = new Set([...attendues.peek()].filter((x) => x !== id));
  };
  const seul = partie.champs.length === 1 && partie.champs[0].genre === "objet" ? partie.champs[0] : null;
  return html`<h1>${partie.titre}</h1>
    ${attend ? html`<p role="status" class="aide">Lecture des grilles…</p>` : null}
    <div hidden=${attend} data-attend=${attend ? "" : undefined}>
      ${partie.grilles?.length ? html`<p class="aide">Dans un tableau : Entrée et les flèches vont de cellule en cellule ; Ctrl+V colle un bloc d’Excel ou de LibreOffice, depuis la cellule où vous êtes.${
        droite.value ? html` <button type="button" class="lien" onClick=${basculerDroite}>Masquer les pages et les remarques</button> laisse plus de place aux colonnes.` : null}</p>` : null}
      ${partie.grilles?.map((g) => html`<${Grille} key=${g.id} id=${g.id} titre=${g.titre} arrivee=${() => arrivee(g.id)} />`)}
      ${seul ? html`<${Aplati} champ=${seul} />` : html`<${Suite} champs=${partie.champs} base="" niveau=${2} page=${true} />`}
    </div>`;
}

/** @param {string} href */
function viserLigne(href) {
  if (document.querySelector("main [data-attend]")) {
    requestAnimationFrame(() => viserLigne(href));
    return;
  }
  if (!encoreVenu() || vientDArriver() || (document.activeElement !== document.body && document.activeElement?.isConnected)) return;
  const lien = document.querySelector(`.noms a[href="${CSS.escape(href)}"]`);
  if (!(lien instanceof HTMLElement)) {
    viserTitre();
    return;
  }
  lien.focus({ preventScroll: true });
  lien.scrollIntoView({ block: "center" });
}

/** The one group of a part does not repeat the part's title. @param {{champ: import("../api.js").Champ}} p */
function Aplati({ champ }) {
  const chemin = cheminDe(champ);
  const so = etat.feuille(chemin).value?.so;
  return html`<div data-chemin=${chemin}>
    ${champ.aide ? html`<p class="aide">${champ.aide}</p>` : null}
    <${RemarquesIci} chemin=${chemin} titre=${champ.titre} />
    ${so === undefined ? html`<${Suite} champs=${champ.champs ?? []} base=${chemin} niveau=${2} page=${true} />` : null}
    ${champ.sans_objet ? html`<${SansObjet} champ=${champ} chemin=${chemin} vide=${!etat.contenu(chemin)} />` : null}
    <${Note} chemin=${chemin} titre=${champ.titre} />
  </div>`;
}
