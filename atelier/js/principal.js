// Starts the page: the view that the address names, the dialog, the status line.
import { effect } from "@preact/signals";
import { render } from "preact";
import { viserTitre } from "./aller.js";
import { message, taire } from "./annonces.js";
import { poserClavier } from "./clavier.js";
import { poserDepot } from "./depot.js";
import { LieuDialogue } from "./dialogue.js";
import { html } from "./html.js";
import { route } from "./route.js";
import { validerTout } from "./saisies.js";
import { Accessibilite } from "./vues/accessibilite.js";
import { Accueil } from "./vues/accueil.js";
import { Contrat } from "./vues/contrat.js";
import { Nouveau } from "./vues/nouveau.js";

/** What is no contract. @type {Record<string, () => import("preact").VNode>} */
const VUES = { nouveau: Nouveau, accessibilite: Accessibilite };
/** @type {Record<string, string>} */
const TITRES = { nouveau: "Nouveau contrat", accessibilite: "Accessibilité" };

function Atelier() {
  const { contrat, vue } = route.value;
  return html`
    <a class="evitement" href="#contenu" onClick=${auContenu}>Aller au contenu</a>
    ${contrat ? html`<${Contrat} key=${contrat} id=${contrat} />` : html`<${VUES[vue] ?? Accueil} />`}
    <p class="annonce" role="status" aria-live="polite">${message}</p>
    <${LieuDialogue} />`;
}

/** @param {Event} e */
function auContenu(e) {
  e.preventDefault();
  const main = document.querySelector("main");
  if (main) {
    main.tabIndex = -1;
    main.focus();
  }
}

poserClavier();
poserDepot();
// A field that goes away with its view, or with the page, has its words sent first.
addEventListener("hashchange", () => {
  taire();
  validerTout();
});
addEventListener("pagehide", validerTout);
document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && validerTout());
/** The page before this one, all views of a contract being one. @type {string | null} */
let pageAvant = null;
effect(() => {
  const { contrat, vue } = route.value;
  const page = contrat ?? vue;
  if (pageAvant !== null && page !== pageAvant) viserTitre();
  pageAvant = page;
});
effect(() => {
  const { contrat, vue } = route.value;
  if (!contrat) document.title = `${TITRES[vue] ?? "Contrats"} – cpom, atelier`;
});
render(html`<${Atelier} />`, /** @type {HTMLElement} */ (document.getElementById("atelier")));
