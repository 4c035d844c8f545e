// A fold whose contents are drawn only when open, and that opens itself when one goes to a field inside.
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { cible } from "../aller.js";
import { contient } from "../chemins.js";
import { html } from "../html.js";

/** @param {{resume: import("preact").ComponentChildren, chemins: string[], contenu: () => import("preact").ComponentChildren, classe?: string, ouvert?: boolean}} p */
export function Pli({ resume, chemins, contenu, classe, ouvert: aussitot }) {
  const ouvert = useSignal(!!aussitot);
  const vise = cible.value;
  const dedans = vise !== "" && chemins.some((c) => contient(c, vise));
  useEffect(() => {
    if (dedans) ouvert.value = true;
  }, [dedans]);
  return html`<details class=${classe ?? "pli"} open=${ouvert.value || dedans}
    onToggle=${(/** @type {Event} */ e) => (ouvert.value = /** @type {HTMLDetailsElement} */ (e.target).open)}>
    <summary>${resume}</summary>
    ${ouvert.value || dedans ? html`<div class="pli-corps">${contenu()}</div>` : null}
  </details>`;
}
