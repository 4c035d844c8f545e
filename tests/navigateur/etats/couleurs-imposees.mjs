import { axe } from "../axe.mjs";
import { attendre, verifier } from "../outils.mjs";

export default {
  titre: "avec les couleurs imposées du système, on voit le foyer, les champs et les remarques",
  dossier: "exemple",
  ecran: { options: { forcedColors: "active" } },
  /** @param {import("../outils.mjs").Atelier} a */
  async faire(a) {
    await a.ouvrirContrat("CPOM-2026-2030-ADELIE");
    await a.partie("Moyens");
    const cellule = a.grille("Budgets de référence").getByRole("textbox").first();
    await cellule.fill("999");
    await a.page.keyboard.press("Enter");
    await a.page.getByRole("complementary").getByText("Bloquante").first().waitFor();
    await axe(a.page, "les moyens, couleurs imposées");
    await a.page.keyboard.press("Tab");
    const trait = await a.page.evaluate(() => {
      const s = getComputedStyle(/** @type {Element} */ (document.activeElement));
      return s.outlineStyle !== "none" && parseFloat(s.outlineWidth) >= 2;
    });
    verifier(trait, "le foyer n'a pas de trait");
    await attendre("les champs n'ont pas de bord", () => cellule.evaluate((e) => { const s = getComputedStyle(e); const t = getComputedStyle(/** @type {Element} */ (e.closest("td"))); return [s.borderBottomStyle, t.borderBottomStyle].some((x) => x !== "none"); }));
  },
};
