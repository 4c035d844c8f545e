import { attendre, verifier } from "../outils.mjs";

export default {
  titre: "quand une partie s'ouvre, les listes sous les grilles ne bougent plus une fois montrées",
  dossier: "exemple",
  /** @param {import("../outils.mjs").Atelier} a */
  async faire(a) {
    const { page } = a;
    // Grids come late, as they do from a large contract.
    await page.route(/\/grilles\//, async (r) => {
      await new Promise((f) => setTimeout(f, 400 + 200 * Math.random()));
      await r.continue();
    });
    await a.ouvrirContrat("CPOM-2026-2030-ADELIE");
    await page.getByRole("complementary").getByRole("textbox", { name: "Page", exact: true }).waitFor({ timeout: 30000 });
    for (const nom of ["Moyens", "Activité", "Périmètre", "Moyens"]) {
      await page.evaluate(() => {
        const w = /** @type {any} */ (window);
        w.places = new Set();
        w.suivi = setInterval(() => {
          const la = [...document.querySelectorAll("main .liste-detail")].at(-1);
          if (la?.getClientRects().length) w.places.add(Math.round(la.getBoundingClientRect().top));
        }, 10);
      });
      await page.getByRole("navigation", { name: "Parties du contrat" }).getByRole("link", { name: nom }).first().click();
      await page.getByRole("main").getByRole("heading", { level: 1, name: nom }).waitFor();
      await attendre(`les listes de « ${nom} » ne viennent pas`, () => page.locator("main .liste-detail").last().isVisible());
      await page.waitForTimeout(900);
      const places = await page.evaluate(() => {
        const w = /** @type {any} */ (window);
        clearInterval(w.suivi);
        return [...w.places];
      });
      // The part before is seen until this one is opened.
      verifier(places.length >= 1 && places.length <= 2, `« ${nom} » a bougé : ${places.join(", ")}`);
    }
  },
};
