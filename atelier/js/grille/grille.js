// A grid as a native table of inputs: headers, cells, totals; only the rows in view when there are many.
import { useComputed, useSignal, useSignalEffect } from "@preact/signals";
import { useEffect, useMemo, useRef } from "preact/hooks";
import { contient } from "../chemins.js";
import * as etat from "../etat.js";
import { html } from "../html.js";
import { ecrireNombre } from "../nombres.js";
import * as api from "../requetes.js";
import { affichage, demenager, oublier, oublierFaites, saisie, trancher } from "../saisies.js";
import { Signe } from "../vues/signe.js";
import { rangsMontres, SEUIL } from "./fenetre.js";
import { gestesDe } from "./gestes.js";
import { proposerLignes } from "./surplus.js";
import { direEcart, totaux } from "./totaux.js";

/** @typedef {import("../api.js").Grille} G */
/** @typedef {import("../api.js").Colonne} Colonne */

const NOMBRES = new Set(["nombre", "montant", "pourcentage", "annee", "libre"]);

/** As last read, with what they were read from: a part that one comes back to is there at once. @type {Map<string, {pour: string, g: G}>} */
const lues = new Map();
const lueDe = () => `${etat.id.peek()} ${etat.mue.peek()}`;
/** What is known of a grid and still holds. @param {string} id */
export const dejaLue = (id) => {
  const la = lues.get(id);
  return la && la.pour === lueDe() ? la.g : null;
};

/** @param {{id: string, titre: string, arrivee: () => void}} p `arrivee`: it has its height, or will have none */
export function Grille({ id, titre, arrivee }) {
  const g = useSignal(dejaLue(id));
  const panne = useSignal("");
  const mue = etat.mue.value;
  useEffect(() => {
    const pour = lueDe();
    api.grille(etat.id.peek(), id).then(
      (x) => {
        lues.set(id, { pour, g: x });
        const avant = g.peek();
        if (JSON.stringify(x) !== JSON.stringify(avant)) {
          // A row that had no place has one now: what is being typed in it follows.
          for (const [ancienne, ligne] of devenues(avant?.lignes ?? [], x.lignes)) ligne.cellules.forEach((c, j) => demenager(ancienne.cellules[j], c));
          g.value = x;
        }
        oublierFaites();
        arrivee();
      },
      (e) => {
        panne.value = e.message;
        arrivee();
      },
    );
  }, [id, mue]);
  const commun = sousTitreCommun(g.value);
  return html`<section class=${`grille${(g.value?.lignes.length ?? 0) > SEUIL ? " fenetree" : ""}`} aria-labelledby=${`${id}-titre`}>
    <h2 id=${`${id}-titre`}>${titre}</h2>
    ${commun ? html`<p class="aide">${commun}</p>` : null}
    ${
      g.value
        ? g.value.lignes.length
          ? html`<${Tableau} g=${g.value} /><${Aides} colonnes=${g.value.colonnes} /><${Dits} g=${g.value} />`
          : html`<p class="aide">Pas encore de ligne : les lignes sont celles des listes de cette partie et des établissements.</p>`
        : html`<p role="status" class="aide">${panne.value || "Lecture de la grille…"}</p>`
    }
  </section>`;
}

/** What the titles of columns mean: each once. @param {{colonnes: Colonne[]}} p */
function Aides({ colonnes }) {
  const aidees = colonnes.filter((c) => c.aide);
  const dites = new Map(aidees.map((c) => [c.aide, c]));
  if (!dites.size) return null;
  const memes = dites.size === 1 && aidees.length > 1;
  return html`<details class="aide-colonnes"><summary>Ce que disent les colonnes</summary>
    <dl>${[...dites.values()].map((c) => html`<dt key=${c.aide}>${memes ? "Chaque colonne" : c.titre}</dt><dd>${c.aide}</dd>`)}</dl></details>`;
}

/** Rows that had no place and those that they became, wherever these now stand. @param {G["lignes"]} avant @param {G["lignes"]} apres @returns {[G["lignes"][number], G["lignes"][number]][]} */
function devenues(avant, apres) {
  const connues = new Set(avant.map((l) => l.cle));
  const neuves = apres.filter((l) => !connues.has(l.cle));
  return avant.flatMap((ancienne) => {
    const i = ancienne.cle.includes("/=") ? neuves.findIndex((l) => l.titre === ancienne.titre) : -1;
    return i < 0 ? [] : [[ancienne, neuves.splice(i, 1)[0]]];
  });
}

/** @param {{g: G}} p */
function Tableau({ g }) {
  const cadre = useRef(/** @type {HTMLElement | null} */ (null));
  const courante = useRef(g);
  courante.current = g;
  const debut = useSignal(0);
  const hauteur = useSignal(40);
  const vues = useSignal(25);
  const sommes = useMemo(() => totaux(g), [g]);
  /** @param {number} l @param {number} c */
  const viser = (l, c, essai = 0) => {
    const el = cadre.current?.querySelector(`td[data-l="${l}"][data-c="${c}"] input`);
    if (el instanceof HTMLInputElement) {
      el.focus();
      el.select();
    } else if (essai < 3) {
      gestes.tenue.value = l;
      requestAnimationFrame(() => viser(l, c, essai + 1));
    }
  };
  const gestes = useMemo(() => gestesDe(() => courante.current, viser, (lignes, colonne) => proposerLignes(courante.current, lignes, colonne)), []);
  const montres = rangsMontres(g.lignes.length, debut.value, vues.value, gestes.tenue.value);

  const defiler = () => {
    const el = cadre.current;
    if (!el || g.lignes.length <= SEUIL) return;
    const ligne = el.querySelector("tbody tr:not(.blanc)");
    if (ligne instanceof HTMLElement && ligne.offsetHeight) hauteur.value = ligne.offsetHeight;
    vues.value = Math.ceil(el.clientHeight / hauteur.peek());
    debut.value = Math.floor(el.scrollTop / hauteur.peek());
  };
  useEffect(defiler, [g]);
  // The block chosen is painted on the cells themselves: a gesture draws nothing again.
  useSignalEffect(() => {
    const b = gestes.bloc.value && gestes.bornes(gestes.bloc.value);
    debut.value;
    for (const td of cadre.current?.querySelectorAll("td[data-l]") ?? []) {
      const { l, c } = /** @type {HTMLElement} */ (td).dataset;
      td.toggleAttribute("data-choisi", !!b && Number(l) >= b.haut && Number(l) <= b.bas && Number(c) >= b.gauche && Number(c) <= b.droite);
    }
  });

  const groupes = grouper(g.colonnes);
  const entetes = groupes ? 2 : 1;
  return html`<div class="grille-cadre" ref=${cadre} onScroll=${defiler} ...${gestes.ecouteurs}>
    <table aria-rowcount=${g.lignes.length + entetes + (sommes.pied ? 1 : 0)}>
      <caption class="lu-seul">${g.titre}. ${groupes ? "Les colonnes ont deux lignes d’en-têtes : leur groupe, puis leur nom. " : ""}Tabulation et flèches pour passer d’une cellule à l’autre ; on peut y coller un bloc d’Excel.</caption>
      <thead>
        ${groupes ? html`<tr aria-rowindex="1"><td class="coin"></td>${groupes.map((gr) => (gr.nom ? html`<th scope="colgroup" colspan=${gr.large}
          id=${`${g.id}-g${gr.rang}`}><span class="nom-groupe">${gr.nom}</span></th>` : html`<td colspan=${gr.large}></td>`))}</tr>` : null}
        <tr aria-rowindex=${entetes}><th scope="col">${g.tete ?? "Ligne"}</th>${g.colonnes.map((c, j) => html`<th scope="col" key=${j}
          id=${`${g.id}-c${j}`}>${c.titre}${c.unite ? html` <span class="unite">(${c.unite})</span>` : null}</th>`)}</tr>
      </thead>
      <tbody>
        ${montres.map((i) => typeof i === "number"
          ? html`<${Ligne} key=${i} g=${g} i=${i} entetes=${entetes} sommes=${sommes.lignes[i]} />`
          : html`<${Blanc} hauteur=${i.blanc * hauteur.value} large=${g.colonnes.length + 1} />`)}
      </tbody>
      ${sommes.pied ? html`<tfoot><tr aria-rowindex=${g.lignes.length + entetes + 1}><th scope="row">Total</th>
        ${g.colonnes.map((c, j) => html`<${Pied} key=${j} colonne=${c} somme=${sommes.pied?.[j]} />`)}</tr></tfoot>` : null}
    </table>
    ${g.colonnes.map((c, j) => (c.choix ? html`<datalist key=${j} id=${`${g.id}-choix${j}`}>${c.choix.map(([, l]) => html`<option value=${l}></option>`)}</datalist>` : null))}
  </div>`;
}

/** @param {{hauteur: number, large: number}} p */
const Blanc = ({ hauteur, large }) => html`<tr class="blanc" aria-hidden="true"><td colspan=${large} style=${{ height: `${hauteur}px` }}></td></tr>`;

/** @param {{g: G, i: number, entetes: number, sommes: (import("@preact/signals").ReadonlySignal<import("./totaux.js").Total> | null)[]}} p */
function Ligne({ g, i, entetes, sommes }) {
  const ligne = g.lignes[i];
  // A row may become that of something else.
  const la = useSignal(ligne);
  la.value = ligne;
  const souci = useComputed(() => pireDe(la.value));
  return html`<tr aria-rowindex=${i + entetes + 1}>
    <th scope="row" id=${`${g.id}-l${i}`} title=${[ligne.titre, ligne.sous_titre].filter(Boolean).join(" – ")}>${ligne.titre}${ligne.sous_titre && !sousTitreCommun(g) ? html`<span class="sous">${ligne.sous_titre}</span>` : null}${
      souci.value ? html` <span class="souci" title=${souci.value.message}><${Signe} quoi=${souci.value.severite} /><span class="lu-seul"> ${souci.value.message}</span></span>` : null}</th>
    ${g.colonnes.map((c, j) => {
      const somme = sommes[j];
      if (somme) return html`<${Somme} key=${j} colonne=${c} somme=${somme} />`;
      const chemin = ligne.cellules[j];
      return chemin ? html`<${Cellule} key=${j} g=${g} chemin=${chemin} l=${i} c=${j} />` : html`<td key=${j} class="vide"><span class="lu-seul">sans objet</span></td>`;
    })}
  </tr>`;
}

/** One cell; drawn again for its own value only. @param {{g: G, chemin: string, l: number, c: number}} p */
function Cellule({ g, chemin, l, c }) {
  const colonne = g.colonnes[c];
  const mots = !NOMBRES.has(colonne.genre ?? "");
  const classe = mots ? "mots" : undefined;
  const so = etat.feuille(chemin).value?.so;
  if (so !== undefined) return html`<td class="so" data-l=${l} data-c=${c} title=${so}>sans objet<span class="lu-seul"> : ${so}</span></td>`;
  const stade = saisie(chemin).value?.stade;
  const faux = stade === "illisible" || stade === "conflit";
  const groupe = colonne.groupe ? `${g.id}-g${rangGroupe(g.colonnes, c)} ` : "";
  return html`<td class=${classe} data-l=${l} data-c=${c}><input type="text" data-chemin=${chemin} autocomplete="off" spellcheck=${colonne.genre === "texte"} list=${colonne.choix ? `${g.id}-choix${c}` : undefined}
    inputmode=${mots ? undefined : "decimal"} value=${affichage(chemin).value} aria-labelledby=${`${g.id}-l${l} ${groupe}${g.id}-c${c}`}
    aria-invalid=${faux ? "true" : undefined} aria-describedby=${faux ? `${g.id}-dits` : undefined} /></td>`;
}


/** @param {{colonne: Colonne, somme: import("@preact/signals").ReadonlySignal<import("./totaux.js").Total>}} p */
function Somme({ colonne, somme }) {
  const { somme: s, ecart } = somme.value;
  return html`<td class="total">${s === null ? "–" : ecrireNombre(s, colonne.genre)}${ecart ? html`<span
    class="ecart"><${Signe} quoi="alerte" /> ${direEcart(ecart, colonne.genre)}</span>` : null}</td>`;
}

/** @param {{colonne: Colonne, somme?: import("@preact/signals").ReadonlySignal<number | null> | null}} p */
function Pied({ colonne, somme }) {
  const s = somme?.value ?? null;
  return html`<td class="total">${s === null ? "" : ecrireNombre(s, colonne.genre)}</td>`;
}

/** Cells that are not saved, in words, with their place. @param {{g: G}} p */
function Dits({ g }) {
  const faux = useComputed(() => {
    const tous = [];
    for (const ligne of g.lignes) {
      for (let j = 0; j < g.colonnes.length; j++) {
        const chemin = ligne.cellules[j];
        const s = chemin ? saisie(chemin).value : null;
        if (!s || (s.stade !== "illisible" && s.stade !== "conflit")) continue;
        const c = g.colonnes[j];
        const dit = s.stade === "conflit" ? `changé ailleurs entre-temps, vaut maintenant « ${s.conflit?.actuel ?? "rien"} »` : s.message;
        tous.push({ chemin: chemin ?? "", conflit: s.stade === "conflit", lieu: [ligne.titre, c.groupe, c.titre].filter(Boolean).join(", "), dit });
      }
    }
    return tous;
  }).value;
  return html`<ul class="grille-dits" id=${`${g.id}-dits`} hidden=${!faux.length}>
    ${faux.map((f) => html`<li class="erreur" key=${f.chemin}><${Signe} quoi="erreur" /> <strong>Non enregistré – ${f.lieu} :</strong> ${f.dit?.replace(/[.\s]*$/, "")}. ${
        f.conflit
          ? html`<span class="boutons"><button type="button" onClick=${() => trancher(f.chemin, "mienne")}>Garder la mienne</button><button type="button"
            onClick=${() => trancher(f.chemin, "autre")}>Prendre l’autre</button></span>`
          : html`<button type="button" class="lien" onClick=${() => oublier(f.chemin)}>Revenir à la valeur enregistrée<span class="lu-seul"> : ${f.lieu}</span></button>`
      }</li>`)}
  </ul>`;
}

/** The gravest remark on what a row is about, once something was typed in it. @param {G["lignes"][number]} ligne */
function pireDe(ligne) {
  const cellules = ligne.cellules.filter((c) => c !== null);
  if (!cellules.some((c) => etat.feuille(c).value)) return null;
  const commun = racineCommune(cellules);
  if (!commun) return null;
  const siennes = etat.remarques.value.filter((r) => r.severite !== "information" && contient(commun, r.chemin));
  return siennes.find((r) => r.severite === "bloquante") ?? siennes[0] ?? null;
}

/** « /l/@a/x/y » and « /l/@a/x/z » → « /l/@a/x ». @param {string[]} chemins */
function racineCommune(chemins) {
  const [premier, ...suite] = chemins.map((c) => c.split("/"));
  let n = premier.length - 1;
  for (const c of suite) while (n > 0 && premier.slice(0, n).join("/") !== c.slice(0, n).join("/")) n--;
  return n > 2 ? premier.slice(0, n).join("/") : "";
}

/** What all rows have under their name is said once. @param {G | null} g */
function sousTitreCommun(g) {
  const s = g?.lignes[0]?.sous_titre;
  return s && g.lignes.every((l) => l.sous_titre === s) ? s : "";
}

/** Runs of columns under one heading. @param {Colonne[]} colonnes */
function grouper(colonnes) {
  if (!colonnes.some((c) => c.groupe)) return null;
  /** @type {{nom: string, large: number, rang: number}[]} */
  const groupes = [];
  for (const c of colonnes) {
    const fin = groupes.at(-1);
    if (fin && fin.nom === (c.groupe ?? "")) fin.large++;
    else groupes.push({ nom: c.groupe ?? "", large: 1, rang: groupes.length });
  }
  return groupes;
}

/** @param {Colonne[]} colonnes @param {number} c */
function rangGroupe(colonnes, c) {
  let rang = 0;
  for (let j = 1; j <= c; j++) if ((colonnes[j].groupe ?? "") !== (colonnes[j - 1].groupe ?? "")) rang++;
  return rang;
}
