// Where we are, from the address (#/c/ID/vue?ici=…): reload, back and links work. Knows the address only.
import { signal } from "@preact/signals";
import { encoreLa, maintenant } from "./depart.js";

/** @typedef {{contrat: string | null, vue: string, ici: string}} Route */

/** @returns {Route} */
function lire() {
  const [chemin, requete = ""] = location.hash.replace(/^#\/?/, "").split("?");
  const pas = chemin.split("/").map(decodeURIComponent);
  if (pas[0] === "nouveau" || pas[0] === "accessibilite") return { contrat: null, vue: pas[0], ici: "" };
  if (pas[0] !== "c" || !pas[1]) return { contrat: null, vue: "accueil", ici: "" };
  return { contrat: pas[1], vue: pas[2] || "reste", ici: new URLSearchParams(requete).get("ici") ?? "" };
}

export const route = signal(lire());
/** The address before this one; empty at first. */
export const avant = signal("");
/** When the gesture began that led here, and to where one is about to be. */
let venu = 0;
let prevu = 0;
addEventListener("hashchange", (e) => {
  venu = prevu || maintenant();
  prevu = 0;
  avant.value = new URL(e.oldURL).hash;
  route.value = lire();
});

/** @param {string} contrat @param {string} [vue] @param {string} [ici] */
export const adresse = (contrat, vue = "reste", ici = "") =>
  `#/c/${encodeURIComponent(contrat)}/${encodeURIComponent(vue)}${ici ? `?ici=${encodeURIComponent(ici)}` : ""}`;

/** Whether the user has not gone elsewhere since what led here. */
export const encoreVenu = () => encoreLa(venu);

/**
 * @param {string} hash
 * @param {boolean} [remplace] without a step for « back »
 * @param {number} [depuis] when the gesture began that leads there
 */
export function aller(hash, remplace = false, depuis = maintenant()) {
  if (hash === location.hash) return;
  if (remplace) {
    history.replaceState(null, "", hash);
    venu = depuis;
    route.value = lire();
  } else {
    prevu = depuis;
    location.hash = hash;
  }
}
