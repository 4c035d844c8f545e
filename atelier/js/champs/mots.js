// Fields of words on one line: texts, numbers, dates, codes of identity; the server reads what is typed.
import { useComputed } from "@preact/signals";
import { html } from "../html.js";
import { ecrireNombre, lireNombre } from "../nombres.js";
import { affichage, saisie, taper, valider } from "../saisies.js";
import { Cadre } from "./cadre.js";

/** @typedef {import("../api.js").Champ} Champ */
/** @typedef {import("./cadre.js").Liens} Liens */

const NOMBRES = new Set(["nombre", "montant", "pourcentage", "annee"]);
const CHIFFRES = new Set(["finess", "siren", "siret", "annee"]);
/** @type {Record<string, string>} */
const UNITES = { montant: "€", pourcentage: "%" };

/** Handlers of any control of words. @param {string} chemin */
export const gestes = (chemin) => ({
  onInput: (/** @type {Event} */ e) => taper(chemin, /** @type {HTMLInputElement} */ (e.target).value),
  onBlur: () => valider(chemin),
});

/** @param {{champ: Champ, chemin: string}} p */
export function Mots({ champ, chemin }) {
  const nombre = NOMBRES.has(champ.genre);
  const unite = champ.unite ?? UNITES[champ.genre];
  return html`<${Cadre} champ=${champ} chemin=${chemin} controle=${(/** @type {Liens} */ l) => html`
    <div class="ligne-controle">
      <input id=${l.id} data-chemin=${chemin} type="text" class=${nombre ? "nombre" : CHIFFRES.has(champ.genre) ? "chiffres" : "mots"}
        inputmode=${champ.genre === "annee" || CHIFFRES.has(champ.genre) ? "numeric" : nombre ? "decimal" : undefined}
        autocomplete="off" spellcheck=${champ.genre === "texte"}
        value=${affichage(chemin)} aria-describedby=${l.decrit} aria-invalid=${l.invalide ? "true" : undefined}
        aria-required=${champ.requis ? "true" : undefined} ...${gestes(chemin)}
        onKeyDown=${(/** @type {KeyboardEvent} */ e) => e.key === "Enter" && valider(chemin)} />
      ${unite ? html`<span class="unite">${unite}</span>` : null}
      ${champ.genre === "date" ? html`<${Calendrier} champ=${champ} chemin=${chemin} />` : null}
      ${nombre && champ.genre !== "annee" ? html`<${Compris} chemin=${chemin} genre=${champ.genre} />` : null}
    </div>`} />`;
}

/** While a number is typed: what it is taken for. @param {{chemin: string, genre: string}} p */
function Compris({ chemin, genre }) {
  const dit = useComputed(() => {
    const s = saisie(chemin).value;
    if (s?.stade !== "encours" || !s.texte) return "";
    const n = lireNombre(s.texte);
    return n === null ? "" : `= ${ecrireNombre(n, genre)}`;
  });
  return html`<span class="compris" aria-hidden="true">${dit}</span>`;
}

/** The browser's own calendar, beside the words. @param {{champ: Champ, chemin: string}} p */
function Calendrier({ champ, chemin }) {
  /** @type {HTMLInputElement | null} */
  let natif = null;
  const ouvrir = () => {
    try {
      natif?.showPicker();
    } catch {
      natif?.focus();
    }
  };
  /** @param {Event} e */
  const pris = (e) => {
    const [a, m, j] = /** @type {HTMLInputElement} */ (e.target).value.split("-");
    if (!j) return;
    taper(chemin, `${j}/${m}/${a}`);
    valider(chemin);
  };
  return html`<span class="calendrier">
    <input type="date" tabindex="-1" aria-hidden="true" ref=${(/** @type {HTMLInputElement | null} */ el) => (natif = el)} onChange=${pris} />
    <button type="button" class="icone" onClick=${ouvrir} aria-label=${`Choisir dans un calendrier : ${champ.titre}`} title="Choisir dans un calendrier">
      <svg width="18" height="18" viewBox="0 0 18 18" aria-hidden="true"><path d="M2 4h14v12H2zM2 8h14M6 2v4M12 2v4" fill="none" stroke="currentColor" stroke-width="1.5" /></svg>
    </button>
  </span>`;
}
