// A text of several paragraphs: an area that grows, with « liste » and « gras » as the contract writes them.
import { useLayoutEffect, useRef } from "preact/hooks";
import { useSignalEffect } from "@preact/signals";
import { html } from "../html.js";
import { affichage } from "../saisies.js";
import { Cadre } from "./cadre.js";
import { gestes } from "./mots.js";

/** @typedef {import("./cadre.js").Liens} Liens */

/** @param {{champ: import("../api.js").Champ, chemin: string}} p */
export function Prose({ champ, chemin }) {
  return html`<${Cadre} champ=${champ} chemin=${chemin} controle=${(/** @type {Liens} */ l) => html`<${Zone} titre=${champ.titre} chemin=${chemin} liens=${l} requis=${champ.requis} />`} />`;
}

/** @param {{titre: string, chemin: string, liens: Liens, requis?: boolean}} p */
function Zone({ titre, chemin, liens, requis }) {
  const ref = useRef(/** @type {HTMLTextAreaElement | null} */ (null));
  const ajuster = () => {
    const el = ref.current;
    if (!el) return;
    el.style.height = "auto";
    el.style.height = `${el.scrollHeight + 4}px`;
  };
  useLayoutEffect(ajuster, []);
  useSignalEffect(() => {
    affichage(chemin).value;
    requestAnimationFrame(ajuster);
  });
  return html`<div class="prose-zone">
    <div class="boutons petits" role="group" aria-label=${`Mise en forme : ${titre}`}>
      <button type="button" onClick=${() => enListe(ref.current)}>Liste</button>
      <button type="button" onClick=${() => enGras(ref.current)}><strong>Gras</strong></button>
    </div>
    <textarea ref=${ref} id=${liens.id} data-chemin=${chemin} rows="3" value=${affichage(chemin)} spellcheck
      aria-describedby=${liens.decrit} aria-invalid=${liens.invalide ? "true" : undefined} aria-required=${requis ? "true" : undefined}
      ...${gestes(chemin)} onKeyDown=${(/** @type {KeyboardEvent} */ e) => {
        if ((e.ctrlKey || e.metaKey) && !e.altKey && e.key.toLowerCase() === "b") {
          e.preventDefault();
          enGras(ref.current);
        }
        if (e.key === "Enter" && !e.ctrlKey && !e.metaKey && !e.altKey && !e.shiftKey && suiteDeListe(ref.current)) e.preventDefault();
      }} />
  </div>`;
}

/** Replaces in a way the browser's own undo knows. @param {HTMLTextAreaElement} el @param {number} debut @param {number} fin @param {string} texte */
function remplacer(el, debut, fin, texte) {
  el.focus();
  el.setSelectionRange(debut, fin);
  if (!document.execCommand("insertText", false, texte)) {
    el.setRangeText(texte, debut, fin, "end");
    el.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

/** Enter in a list begins its next line; in a line that says nothing, it ends the list. @param {HTMLTextAreaElement | null} el */
function suiteDeListe(el) {
  if (!el || el.selectionStart !== el.selectionEnd) return false;
  const d = el.value.lastIndexOf("\n", el.selectionStart - 1) + 1;
  const ligne = el.value.slice(d, el.selectionStart);
  if (!ligne.startsWith("- ")) return false;
  if (ligne.trim() === "-") remplacer(el, d, el.selectionStart, "\n");
  else remplacer(el, el.selectionStart, el.selectionStart, "\n- ");
  return true;
}

/** @param {HTMLTextAreaElement | null} el */
function enGras(el) {
  if (!el) return;
  const { selectionStart: d, selectionEnd: f, value } = el;
  remplacer(el, d, f, `**${value.slice(d, f) || "texte"}**`);
  el.setSelectionRange(d + 2, d + 2 + (f - d || 5));
}

/** @param {HTMLTextAreaElement | null} el */
function enListe(el) {
  if (!el) return;
  const d = el.value.lastIndexOf("\n", el.selectionStart - 1) + 1;
  const suite = el.value.indexOf("\n", el.selectionEnd);
  const f = suite < 0 ? el.value.length : suite;
  const lignes = el.value.slice(d, f).split("\n");
  const toutes = lignes.every((x) => x.startsWith("- "));
  const blanc = !toutes && d > 1 && el.value[d - 2] !== "\n" && !/(^|\n)- [^\n]*\n$/.test(el.value.slice(0, d)) ? "\n" : "";
  remplacer(el, d, f, blanc + lignes.map((x) => (toutes ? x.slice(2) : x.startsWith("- ") ? x : `- ${x}`)).join("\n"));
}
