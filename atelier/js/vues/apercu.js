// The printed pages, as the server draws them, beside the fields; hidden where the server has none.
import { signal, useSignal, useSignalEffect } from "@preact/signals";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import * as etat from "../etat.js";
import { html } from "../html.js";
import { appel, autour, endroitSuivant, lieu, lieux, oublierLieux, suivi, suivre } from "../pages/lieux.js";
import { Page } from "../pages/page.js";
import * as api from "../requetes.js";
import { pages } from "../suite.js";
import { avecPages, basculerPages, montrePages, volet } from "../volets.js";
import { imprimerEnTexte } from "./imprimer.js";

const ZOOMS = [50, 75, 100, 125, 150, 200, 300];
const CLE = "cpom:zoom";
/** Width of a page, in hundredths of the pane. */
const zoom = signal(Number(localStorage.getItem(CLE)) || 100);
/** @param {number} pas */
function zoomer(pas) {
  const i = ZOOMS.findIndex((z) => z >= zoom.peek());
  zoom.value = ZOOMS[Math.min(Math.max(i + pas, 0), ZOOMS.length - 1)];
  localStorage.setItem(CLE, String(zoom.peek()));
}

export function Apercu() {
  useEffect(() => {
    avecPages.value = false;
    pages.value = null;
    oublierLieux();
    api.apercu(etat.id.peek()).then(
      (a) => {
        pages.value ??= a;
        avecPages.value = true;
      },
      () => {},
    );
    return suivreLeFoyer();
  }, []);
  const a = pages.value;
  useEffect(() => {
    if (!a) return;
    avecPages.value = true;
    if (suivi.peek()) suivre(suivi.peek(), false);
  }, [a]);
  if (!avecPages.value || !a) return null;
  return html`<section class=${`apercu${montrePages.value ? "" : " masque"}`} aria-labelledby="titre-apercu"><${Volet} a=${a} /></section>`;
}

/** @param {{a: import("../api.js").ListeDePages}} p */
function Volet({ a }) {
  const ici = useSignal(0);
  const vues = useSignal(/** @type {[number, number]} */ ([0, 0]));
  const visee = useSignal(-1);
  const cadre = useRef(/** @type {HTMLElement | null} */ (null));
  const nombre = a.pages.length;
  const montre = montrePages.value;
  const regarder = () => {
    const el = cadre.current;
    if (!el || !el.clientHeight) return;
    const pages = /** @type {HTMLElement[]} */ ([...el.children]);
    const [haut, bas] = [el.scrollTop, el.scrollTop + el.clientHeight];
    const premiere = pages.findIndex((p) => p.offsetTop + p.offsetHeight > haut);
    if (premiere < 0) return;
    const suivante = pages.findIndex((p) => p.offsetTop >= bas);
    vues.value = [premiere, (suivante < 0 ? pages.length : suivante) - 1];
    // The page one reads is the one at a third of the pane.
    const lue = pages.findIndex((p) => p.offsetTop + p.offsetHeight > haut + el.clientHeight / 3);
    ici.value = lue < 0 ? premiere : lue;
  };
  /** @param {number} i */
  const aller = (i) => {
    const el = cadre.current?.children[Math.min(Math.max(i, 0), nombre - 1)];
    if (el instanceof HTMLElement && cadre.current) cadre.current.scrollTop = el.offsetTop - 8;
    ici.value = Math.min(Math.max(i, 0), nombre - 1);
  };
  /** What is in view: the page, its picture, how far in it. */
  const avant = useRef({ rang: 0, h: "", part: 0 });
  // Pages that come or go, or another size, must not push away what one reads.
  const retenir = () => {
    const el = cadre.current;
    if (!el) return;
    const { rang, h, part } = avant.current;
    const la = a.pages.findIndex((p) => p.h === h);
    const page = el.children[la < 0 ? Math.min(rang, nombre - 1) : la];
    if (page instanceof HTMLElement) {
      const y = page.offsetTop + part * page.offsetHeight;
      if (Math.abs(el.scrollTop - y) > 1) el.scrollTop = y;
    }
    regarder();
  };
  useLayoutEffect(retenir, [a, montre, zoom.value]);
  const dernier = useRef(retenir);
  dernier.current = retenir;
  useEffect(() => {
    const el = cadre.current;
    if (!el) return;
    const taille = new ResizeObserver(() => dernier.current());
    taille.observe(el);
    return () => taille.disconnect();
  }, [montre, nombre === 0]);
  useSignalEffect(() => {
    appel.value;
    volet.value;
    const l = lieu.value;
    if (l && cadre.current) requestAnimationFrame(() => cadre.current && amener(cadre.current, l));
  });
  const onScroll = () => {
    regarder();
    const el = cadre.current;
    const page = el?.children[ici.peek()];
    if (!el || !(page instanceof HTMLElement)) return;
    avant.current = { rang: ici.peek(), h: a.pages[ici.peek()]?.h ?? "", part: (el.scrollTop - page.offsetTop) / page.offsetHeight };
  };
  const pageDe = (/** @type {Event} */ e) => {
    const p = e.target instanceof Element ? e.target.closest(".page") : null;
    visee.value = p instanceof HTMLElement ? Number(p.dataset.page) : e.type === "focusin" ? ici.peek() : -1;
  };
  return html`<div class="tete-apercu">
      <h2 id="titre-apercu" class=${montre && nombre ? "lu-seul" : ""}>Pages<span class="lu-seul"> (en image)</span></h2>
      ${montre && nombre ? html`<${Numero} ici=${ici.value} nombre=${nombre} encours=${a.encours} aller=${aller} />` : null}
      <div class="boutons petits">
        ${montre && nombre ? html`<button type="button" class="icone" aria-label="Page précédente" title="Page précédente" aria-disabled=${ici.value === 0 ? "true" : undefined}
            onClick=${() => aller(ici.peek() - 1)}><span aria-hidden="true">◀</span></button>
          <button type="button" class="icone" aria-label="Page suivante" title="Page suivante" aria-disabled=${ici.value === nombre - 1 ? "true" : undefined}
            onClick=${() => aller(ici.peek() + 1)}><span aria-hidden="true">▶</span></button>
          <span class="zoom" role="group" aria-label="Taille des pages"><button type="button" class="icone" aria-label="Réduire" title="Réduire" onClick=${() => zoomer(-1)}>−</button>
            <span>${zoom.value} %</span><button type="button" class="icone" aria-label="Agrandir" title="Agrandir" onClick=${() => zoomer(1)}>+</button></span>` : null}
        <button type="button" aria-expanded=${montre ? "true" : "false"} onClick=${basculerPages}>${montre ? "Masquer" : "Montrer"}<span class="lu-seul"> les pages</span></button>
      </div>
      <${Avancement} a=${a} />
    </div>
    ${montre ? html`<div class="sous-apercu"><${Endroits} /><button type="button" class="lien" onClick=${imprimerEnTexte}>Lire le contrat en texte</button></div>` : null}
    ${montre && nombre ? html`<div class="pages" ref=${cadre} role="group" aria-label="Pages du contrat, en image : flèches pour défiler, tabulation pour les champs de la page" tabindex="0"
      onScroll=${onScroll} onPointerOver=${pageDe} onPointerLeave=${() => (visee.value = -1)} onFocusIn=${pageDe}>
      ${a.pages.map((p, i) => html`<${Page} key=${i} page=${p} rang=${i} image=${i >= vues.value[0] - 1 && i <= vues.value[1] + 1} visee=${visee.value === i} largeur=${zoom.value} />`)}
    </div>` : null}`;
}

/** @param {Event} e */
const choisirTout = (e) => e.target instanceof HTMLInputElement && e.target.select();

/**
 * The number of the page that one reads; another one, typed, leads there.
 * @param {{ici: number, nombre: number, encours: boolean, aller: (i: number) => void}} p
 */
function Numero({ ici, nombre, encours, aller }) {
  const champ = useRef(/** @type {HTMLInputElement | null} */ (null));
  /** What is being typed is not taken away by pages that scroll. */
  const tape = useRef(false);
  const remettre = () => {
    tape.current = false;
    if (champ.current) champ.current.value = String(ici + 1);
  };
  const prendre = () => {
    const n = Number(champ.current?.value);
    remettre();
    if (Number.isInteger(n) && n >= 1) aller(n - 1);
  };
  useEffect(() => {
    if (!tape.current) remettre();
  }, [ici]);
  return html`<p class="numero-page"><label for="numero-page">Page</label> <input id="numero-page" ref=${champ} type="text" inputmode="numeric" autocomplete="off"
    maxlength="4" onFocus=${choisirTout} onClick=${choisirTout} onInput=${() => (tape.current = true)} onBlur=${remettre}
    onKeyDown=${(/** @type {KeyboardEvent} */ e) => (e.key === "Enter" ? prendre() : e.key === "Escape" ? remettre() : null)} />${encours ? null : html` / ${nombre}`}</p>`;
}

/** @param {import("../api.js").ListeDePages} a */
const dites = (a) => (a.pages.length ? "Les pages sont celles d’avant" : "Pas encore de pages");

/** Whether what is seen is what is written. @param {{a: import("../api.js").ListeDePages}} p */
function Avancement({ a }) {
  const retard = a.encours || !a.pages.length || a.n < etat.changement.value;
  const lent = useSignal(false);
  useEffect(() => {
    lent.value = false;
    if (!retard) return;
    const t = setTimeout(() => (lent.value = true), 30000);
    return () => clearTimeout(t);
  }, [retard, a]);
  return html`<p class="avancement" role="status">${a.arretees ? `${dites(a)} : une valeur ne se lit pas. Corrigez d’abord ce qui est bloquant.` : retard ? (lent.value ? "Les pages ne sont pas encore à jour." : a.encours ? "Pages suivantes en cours de calcul…" : "Pages en cours de calcul…") : ""}</p>`;
}

/** The other places where the field that has the focus is printed. */
function Endroits() {
  const n = lieux.value.length;
  const autres = n - 1;
  if (!suivi.value) return html`<p class="aide endroits">Cliquez dans la page : le champ s’ouvre.</p>`;
  if (!n) return html`<p class="aide endroits">Ce champ ne se voit pas tel quel dans les pages.</p>`;
  return html`<p class="aide endroits">${autour.value ? "Imprimé avec ce qui l’entoure" : "Champ encadré"}, page ${(lieu.value?.page ?? 0) + 1}. ${
    autres > 0 ? html`<button type="button" class="lien" onClick=${endroitSuivant}>${autres > 1 ? `${autres} autres endroits` : "1 autre endroit"}<span class="lu-seul"> : aller au suivant</span></button>` : null}</p>`;
}

/** Brings the pages to a place, if it is not in view. @param {HTMLElement} el @param {import("../pages/lieux.js").Lieu} l */
function amener(el, l) {
  const page = el.children[l.page];
  if (!(page instanceof HTMLElement) || !el.clientHeight) return;
  const z = l.zones[0];
  const y = page.offsetTop + z.y * page.offsetHeight;
  const x = page.offsetLeft + z.x * page.offsetWidth;
  if (y < el.scrollTop + 8 || y + z.ht * page.offsetHeight > el.scrollTop + el.clientHeight - 8) el.scrollTop = y - el.clientHeight / 3;
  if (x < el.scrollLeft || x + z.l * page.offsetWidth > el.scrollLeft + el.clientWidth) el.scrollLeft = x - 16;
}

/** The focus of a field leads the pages; gives what stops that. */
function suivreLeFoyer() {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let attente;
  /** @param {FocusEvent} e */
  const foyer = (e) => {
    const el = e.target instanceof Element && e.target.matches("input, textarea, select") ? e.target.closest("main [data-chemin]") : null;
    const chemin = el instanceof HTMLElement ? (el.dataset.chemin ?? "") : "";
    if (!chemin || chemin.includes("/=") || !montrePages.peek()) return;
    clearTimeout(attente);
    attente = setTimeout(() => chemin !== suivi.peek() && suivre(chemin), 120);
  };
  addEventListener("focusin", foyer);
  return () => {
    clearTimeout(attente);
    removeEventListener("focusin", foyer);
  };
}
