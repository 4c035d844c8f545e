// The parts of the contract, with their counts; under the open one, its lists and their elements.
import { compte } from "../annonces.js";
import { cheminDe, contient, sous } from "../chemins.js";
import { RACCOURCIS, RACCOURCIS_GRILLE } from "../clavier.js";
import { ouvrirDialogue } from "../dialogue.js";
import * as etat from "../etat.js";
import { html } from "../html.js";
import { adresse, route } from "../route.js";
import { volet } from "../volets.js";
import { Compte } from "./compte.js";

/** Beyond, the list of the page itself is easier. */
const MONTRES = 15;

export function Navigation() {
  const { vue, ici } = route.value;
  const id = etat.id.value;
  const aller = () => (volet.value = "contenu");
  return html`<ul class="parties">
    <li><a href=${adresse(id)} aria-current=${vue === "reste" ? "page" : undefined} onClick=${aller}>Reste à faire <span class="compte">${etat.reste.value || "rien"}</span></a></li>
    ${etat.formulaire.value?.parties.map((p) => html`<li key=${p.cle}>
      <a href=${adresse(id, p.cle)} aria-current=${vue === p.cle && !ici ? "page" : undefined} onClick=${aller}>${p.titre} <${Compte} cle=${`partie:${p.cle}`} /></a>
      ${vue === p.cle ? html`<${Listes} partie=${p} aller=${aller} />` : null}
    </li>`)}
    <li class="apres"><a href=${adresse(id, "historique")} aria-current=${vue === "historique" || vue === "comparer" ? "page" : undefined} onClick=${aller}>Historique</a></li>
    <li><a href=${adresse(id, "reprise")} aria-current=${vue === "reprise" ? "page" : undefined} onClick=${aller}>Reprendre un Word ou un classeur…</a></li>
  </ul>
  <button type="button" class="raccourcis-bouton" onClick=${raccourcis}>Raccourcis</button>`;
}

function raccourcis() {
  /** @param {string[][]} liste */
  const table = (liste) => html`<dl class="raccourcis">${liste.map(([t, d]) => html`<dt><kbd>${t}</kbd></dt><dd>${d}</dd>`)}</dl>`;
  ouvrirDialogue("Raccourcis", () => html`<h3>Partout</h3>${table(RACCOURCIS)}<h3>Dans une grille</h3>${table(RACCOURCIS_GRILLE)}`);
}

/** @param {{partie: import("../api.js").PartieDuFormulaire, aller: () => void}} p */
function Listes({ partie, aller }) {
  const { ici } = route.value;
  const id = etat.id.value;
  const listes = listesDe(partie).filter((l) => etat.liste(l.chemin).value?.length);
  if (!listes.length) return null;
  return html`<ul class="listes">${listes.map(({ champ, chemin }) => {
    const elements = etat.liste(chemin).value ?? [];
    const ouverte = listes.length === 1 || contient(chemin, ici);
    return html`<li key=${chemin}>
      ${ouverte ? html`<span class="nom-liste">${champ.titre}</span>` : html`<a href=${adresse(id, partie.cle, sous(chemin, elements[0].cle))}
        onClick=${aller}>${champ.titre} (${elements.length}) <${Compte} cle=${chemin} /></a>`}
      ${ouverte ? html`<ul class="elements">${elements.slice(0, MONTRES).map((e) => html`<li key=${e.cle}><a href=${adresse(id, partie.cle, sous(chemin, e.cle))}
        aria-current=${contient(sous(chemin, e.cle), ici) ? "page" : undefined} onClick=${aller}>${e.nom} <${Compte} cle=${sous(chemin, e.cle)} /></a></li>`)}
        ${elements.length > MONTRES ? html`<li class="aide">et ${compte(elements.length - MONTRES, "autre")}</li>` : null}</ul>` : null}
    </li>`;
  })}</ul>`;
}

/** Lists of groups of a part, those inside its groups too. @param {import("../api.js").PartieDuFormulaire} partie */
export function listesDe(partie) {
  /** @type {{champ: import("../api.js").Champ, chemin: string}[]} */
  const trouvees = [];
  /** @param {import("../api.js").Champ[]} champs @param {string} base */
  const voir = (champs, base) => {
    for (const c of champs) {
      const chemin = cheminDe(c, base);
      if (c.genre === "liste" && c.champs) trouvees.push({ champ: c, chemin });
      else if (c.genre === "objet") voir(c.champs ?? [], chemin);
    }
  };
  voir(partie.champs, "");
  return trouvees;
}
