// One printed page: its picture, replaced only once the next one is there; buttons over its values while one points at it.
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { allerAuChamp } from "../aller.js";
import { annoncer } from "../annonces.js";
import * as etat from "../etat.js";
import { html } from "../html.js";
import * as api from "../requetes.js";
import { lieu, nomDe, preferer } from "./lieux.js";

/** @typedef {import("../api.js").ZoneVue} Zone */

/** @param {number} part */
const pour = (part) => `${(part * 100).toFixed(3)}%`;
/** @param {Zone} z */
const cadre = (z) => ({ left: pour(z.x), top: pour(z.y), width: pour(z.l), height: pour(z.ht) });

/**
 * @param {{page: import("../api.js").PageVue, rang: number, image: boolean, visee: boolean, largeur: number}} p
 *   `image`: near enough to be seen; `visee`: under the pointer or the keyboard; `largeur`: in hundredths of the pane
 */
export function Page({ page, rang, image, visee, largeur }) {
  const montree = useSignal("");
  const suivi = lieu.value?.page === rang ? lieu.value : null;
  // The picture before stays under the new one until that one can be shown.
  const images = [...new Set([montree.value, page.h])].filter(Boolean);
  return html`<div class="page" data-page=${rang} style=${{ aspectRatio: `${page.l} / ${page.ht}`, width: `${largeur}%` }}
    onClick=${(/** @type {MouseEvent} */ e) => clicEnPage(e, page.h, rang)}>
    ${image ? images.map((h) => html`<img key=${h} src=${api.adressePage(etat.id.peek(), h)} alt=${h === page.h ? `Page ${rang + 1} du contrat, en image` : ""} draggable=${false}
      onLoad=${() => h === page.h && (montree.value = h)} />`) : null}
    ${suivi?.zones.map((z, i) => html`<div key=${`s${i}`} class="cadre-suivi" style=${cadre(z)}></div>`)}
    ${visee ? html`<${Boutons} key=${page.h} h=${page.h} rang=${rang} />` : null}
  </div>`;
}

/** Rectangles of the pages, by picture. @type {Map<string, Zone[]>} */
const connues = new Map();

/** @param {string} h @returns {Promise<Zone[]>} */
async function zonesDe(h) {
  const deja = connues.get(h);
  if (deja) return deja;
  const zones = await api.zones(etat.id.peek(), h);
  if (connues.size > 60) connues.clear();
  connues.set(h, zones);
  return zones;
}

/** @param {string} chemin @param {number} rang */
function ouvrir(chemin, rang) {
  preferer(rang);
  allerAuChamp(chemin);
}

/** A click on a page whose rectangles are not known yet is not lost. @param {MouseEvent} e @param {string} h @param {number} rang */
async function clicEnPage(e, h, rang) {
  if (!(e.currentTarget instanceof HTMLElement) || (e.target instanceof Element && e.target.closest(".zone"))) return;
  const cadre = e.currentTarget.getBoundingClientRect();
  const [x, y] = [(e.clientX - cadre.left) / cadre.width, (e.clientY - cadre.top) / cadre.height];
  const zones = await zonesDe(h).catch(() => []);
  const dessous = zones.find((z) => x >= z.x && x <= z.x + z.l && y >= z.y && y <= z.y + z.ht && nomDe(z.chemin));
  if (dessous) ouvrir(dessous.chemin, rang);
  else annoncer("Rien à remplir à cet endroit : ce texte est celui du modèle.");
}

/** @param {{h: string, rang: number}} p */
function Boutons({ h, rang }) {
  const zones = useSignal(connues.get(h) ?? null);
  useEffect(() => {
    if (zones.peek()) return;
    zonesDe(h).then(
      (z) => (zones.value = z),
      () => {},
    );
  }, [h]);
  if (!zones.value) return null;
  let avant = "";
  let premiere = true;
  return html`<div class="zones" role="group" aria-label=${`Champs imprimés page ${rang + 1}`} onKeyDown=${fleches}>${zones.value.map((z, i) => {
    const suite = z.chemin === avant;
    avant = z.chemin;
    const nom = nomDe(z.chemin);
    if (!nom) return null;
    const clic = () => ouvrir(z.chemin, rang);
    // The following lines of the same text are for the pointer only.
    if (suite) return html`<div key=${i} class="zone" aria-hidden="true" style=${cadre(z)} onClick=${clic}></div>`;
    const tabulable = premiere ? 0 : -1;
    premiere = false;
    return html`<button key=${i} type="button" class="zone" tabindex=${tabulable} aria-label=${nom} title=${nom.length > 90 ? `${nom.slice(0, 90)}…` : nom} style=${cadre(z)} onClick=${clic}></button>`;
  })}</div>`;
}

/** One stop for Tab; arrows go from a value to the next in the order of the page. @param {KeyboardEvent} e */
function fleches(e) {
  const sens = e.key === "ArrowRight" || e.key === "ArrowDown" ? 1 : e.key === "ArrowLeft" || e.key === "ArrowUp" ? -1 : 0;
  if (!sens || !(e.target instanceof HTMLButtonElement)) return;
  e.preventDefault();
  const boutons = [...(e.target.parentElement?.querySelectorAll("button") ?? [])];
  const suivant = boutons[boutons.indexOf(e.target) + sens];
  if (!suivant) return;
  e.target.tabIndex = -1;
  suivant.tabIndex = 0;
  suivant.focus();
}
