// « Chercher »: a field or an element by its name, from the description and the lists.
import { useSignal } from "@preact/signals";
import { allerDepuisLaFenetre } from "../aller.js";
import { cheminDe, sous } from "../chemins.js";
import { ouvrirDialogue } from "../dialogue.js";
import { Combo } from "../champs/code.js";
import * as etat from "../etat.js";
import { html } from "../html.js";

export function ouvrirRecherche() {
  ouvrirDialogue("Chercher un champ ou un élément", () => html`<${Recherche} />`);
}

/** @param {string} s */
const plat = (s) => s.normalize("NFD").replace(/\p{M}/gu, "").replace(/[’']/g, " ").toLowerCase();

function Recherche() {
  const texte = useSignal("");
  const tous = inventaire();
  /** @param {string} q @returns {Promise<[string, string][]>} */
  const chercher = async (q) => {
    const mots = plat(q).split(/\s+/).filter(Boolean);
    if (!mots.length) return [];
    return tous
      .filter((x) => mots.every((m) => x.plat.includes(m)))
      .sort((a, b) => a.nom.length - b.nom.length)
      .slice(0, 20)
      .map((x) => [x.chemin, x.nom]);
  };
  return html`<div class="champ recherche"><label for="recherche">Nom</label>
    <p class="aide" id="aide-recherche">Par exemple : jours d’ouverture, budgets, le nom d’un établissement.</p>
    <${Combo} id="recherche" titre="Champs et éléments" decrit="aide-recherche" valeur=${texte} sansCode chercher=${chercher}
      taper=${(/** @type {string} */ t) => (texte.value = t)} quitter=${() => {}} abandonner=${() => (texte.value = "")}
      prendre=${(/** @type {string} */ chemin) => allerDepuisLaFenetre(chemin)} /></div>`;
}

/** All that has a name and a place; the fields of the elements too. */
function inventaire() {
  /** @type {{chemin: string, nom: string, plat: string}[]} */
  const tous = [];
  /** @param {import("../api.js").Champ[]} champs @param {string} base @param {string[]} lieu @param {number} fond */
  const voir = (champs, base, lieu, fond) => {
    for (const c of champs) {
      const chemin = cheminDe(c, base);
      ajouter(chemin, [...lieu, c.titre]);
      if (c.genre === "objet") voir(c.champs ?? [], chemin, [...lieu, c.titre], fond);
      else if (c.genre === "liste" && c.champs) {
        for (const e of etat.liste(chemin).peek() ?? []) {
          const la = sous(chemin, e.cle);
          ajouter(la, [...lieu, c.titre, e.nom]);
          if (fond > 0) voir(c.champs, la, [...lieu.slice(0, 1), e.nom], fond - 1);
        }
      }
    }
  };
  /** @param {string} chemin @param {string[]} noms */
  const ajouter = (chemin, noms) => {
    // A part and its only list may have one name.
    const nom = [...noms].reverse().filter((n, i, tous) => n !== tous[i - 1]).join(" – ");
    tous.push({ chemin, nom, plat: plat(nom) });
  };
  for (const p of etat.formulaire.peek()?.parties ?? []) voir(p.champs, "", [p.titre], 1);
  return tous;
}
