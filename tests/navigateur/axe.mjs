// An independent checker of accessibility, on the page as it is: WCAG 2.0 to 2.2, A and AA, and its good practices.
import fs from "node:fs";
import { createRequire } from "node:module";
import { Echec } from "./outils.mjs";

const SOURCE = fs.readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const REGLES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/**
 * @param {import("playwright-core").Page} page @param {string} vue what is on the screen, as one would say it
 * @param {string} [dans] only there: what an open menu covers is not measured
 */
export async function axe(page, vue, dans) {
  // Given by the driver, outside of the page's policy, which stays as it is.
  await page.evaluate(`${SOURCE};0`);
  /** @type {{id: string, help: string, nodes: {html: string, failureSummary?: string}[]}[]} */
  const { violations } = await page.evaluate(([regles, ou]) => /** @type {any} */ (window).axe.run(ou ?? document, { runOnly: regles, resultTypes: ["violations"] }), /** @type {const} */ ([REGLES, dans]));
  if (violations.length) {
    throw new Echec(`${vue} : ${violations.map((v) => `${v.id} (${v.help}) ${v.nodes.length} fois, par exemple ${v.nodes[0].html.replace(/\s+/g, " ").slice(0, 160)}`).join(" ; ")}`);
  }
}

/** Nothing to scroll sideways for. @param {import("playwright-core").Page} page @param {string} vue */
export async function sansDebord(page, vue) {
  const trop = await page.evaluate(() => {
    if (document.documentElement.scrollWidth <= innerWidth + 1) return "";
    const large = [...document.querySelectorAll("body *")].filter((e) => e.getBoundingClientRect().right > innerWidth + 1 && e.getClientRects().length).at(-1);
    return `${document.documentElement.scrollWidth} px de large, à cause de ${large?.outerHTML.slice(0, 120)}`;
  });
  if (trop) throw new Echec(`${vue} déborde : ${trop}`);
}
