// The keyboard alone: where the focus is, and how it is brought to a name with Tab.
import { Echec } from "./outils.mjs";

/** The name of what has the focus, as a screen reader says it. @param {import("playwright-core").Page} page */
export const foyer = (page) =>
  page.evaluate(() => {
    const e = document.activeElement;
    if (!e || e === document.body) return "";
    const dits = (e.getAttribute("aria-labelledby") ?? "").split(" ").filter(Boolean).map((id) => document.getElementById(id)?.textContent ?? "");
    const nom = dits.join(" ") || e.getAttribute("aria-label") || (e instanceof HTMLInputElement || e instanceof HTMLSelectElement || e instanceof HTMLTextAreaElement ? (e.labels?.[0]?.textContent ?? "") : e.textContent);
    return (nom ?? "").replace(/\s+/g, " ").trim();
  });

/**
 * Tab until the focus is on a name.
 * @param {import("playwright-core").Page} page @param {string | RegExp} nom its beginning @param {{arriere?: boolean, au_plus?: number}} [options]
 */
export async function tabJusqua(page, nom, { arriere = false, au_plus = 120 } = {}) {
  const convient = (/** @type {string} */ f) => (typeof nom === "string" ? f.startsWith(nom) : nom.test(f));
  const vus = [];
  for (let i = 0; i < au_plus; i++) {
    await page.keyboard.press(arriere ? "Shift+Tab" : "Tab");
    const f = await foyer(page);
    if (convient(f)) return;
    vus.push(f);
  }
  throw new Echec(`${arriere ? "Maj+Tab" : "Tab"} ne mène pas à « ${nom} » : ${vus.slice(0, 8).join(", ")}…`);
}

/** Replaces what the field holds. @param {import("playwright-core").Page} page @param {string} texte */
export async function taper(page, texte) {
  await page.keyboard.press("Control+A");
  await page.keyboard.type(texte);
}

/** Opens a contract of the folder from the home page. @param {import("./outils.mjs").Atelier} a @param {string} reference */
export async function ouvrir(a, reference) {
  await a.lien(reference).waitFor();
  await tabJusqua(a.page, reference);
  await a.page.keyboard.press("Enter");
  await a.page.getByRole("navigation", { name: "Parties du contrat" }).waitFor();
}

/** Ctrl+K, a name, down, Enter. @param {import("./outils.mjs").Atelier} a @param {string} nom @param {RegExp} [lequel] */
export async function chercher(a, nom, lequel) {
  await a.page.keyboard.press("Control+K");
  await a.fenetre.waitFor();
  await a.page.keyboard.type(nom);
  const option = a.proposition(lequel);
  await option.waitFor();
  for (let i = 0; i < 20; i++) {
    await a.page.keyboard.press("ArrowDown");
    if ((await option.getAttribute("aria-selected")) === "true") break;
  }
  await a.page.keyboard.press("Enter");
  await a.fenetre.waitFor({ state: "detached" });
}
