// One dialog at a time, a real <dialog>; the focus returns to where it was.
import { signal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { html } from "./html.js";

/** @typedef {{titre: string, contenu: (fermer: () => void) => import("preact").ComponentChildren, large?: boolean}} Dialogue */
const ouvert = signal(/** @type {Dialogue | null} */ (null));
/** @type {Element | null} */
let retour = null;

/**
 * @param {string} titre
 * @param {Dialogue["contenu"]} contenu
 * @param {{large?: boolean}} [options]
 */
export function ouvrirDialogue(titre, contenu, options = {}) {
  if (!ouvert.peek()) retour = document.activeElement;
  ouvert.value = { titre, contenu, ...options };
}

export const dialogueOuvert = () => ouvert.peek() !== null;

export function fermerDialogue() {
  ouvert.value = null;
}

/** Where the dialog is drawn; once, at the end of the page. */
export function LieuDialogue() {
  const ref = useRef(/** @type {HTMLDialogElement | null} */ (null));
  const d = ouvert.value;
  useEffect(() => {
    const el = ref.current;
    if (d && el) {
      if (!el.open) el.showModal();
      // The first field, else the title: never the button that closes, which a space would press.
      const premier = el.querySelector("input, textarea, select") ?? el.querySelector("h2");
      if (premier instanceof HTMLElement) premier.focus();
    }
    if (!d && retour) {
      // Something else may have taken the focus on purpose (« Aller au champ »).
      if (document.activeElement === document.body && retour instanceof HTMLElement && retour.isConnected) retour.focus();
      retour = null;
    }
  }, [d]);
  if (!d) return null;
  return html`<dialog ref=${ref} class=${d.large ? "large" : ""} aria-labelledby="titre-dialogue" onClose=${fermerDialogue}>
    <div class="tete-dialogue">
      <h2 id="titre-dialogue" tabindex="-1">${d.titre}</h2>
      <button type="button" class="discret" onClick=${fermerDialogue}>Fermer</button>
    </div>
    ${d.contenu(fermerDialogue)}
  </dialog>`;
}
