import { axe } from "../axe.mjs";

/** The names of the parts, as the left pane gives them. @param {import("../outils.mjs").Atelier} a */
export const parties = (a) => a.page.getByRole("navigation", { name: "Parties du contrat" }).locator(".parties > li > a").evaluateAll((x) => x.map((e) => (e.firstChild?.textContent ?? "").trim()));

export default {
  titre: "chaque vue d'un contrat rempli est accessible",
  dossier: "exemple",
  /** @param {import("../outils.mjs").Atelier} a */
  async faire(a) {
    await a.lien("CPOM-2026-2030-ADELIE").waitFor();
    await axe(a.page, "l'accueil");
    await a.ouvrirContrat("CPOM-2026-2030-ADELIE");
    for (const nom of await parties(a)) {
      await a.partie(nom);
      await axe(a.page, nom);
    }
    await a.partie("Périmètre");
    await a.page.getByRole("main").getByRole("navigation", { name: "Établissements et services" }).getByRole("link", { name: "IME Les Oliviers" }).click();
    for (const nom of ["Autorisations", "Capacités"]) await a.page.locator("summary").filter({ hasText: nom }).click();
    for (const pli of await a.page.locator("details.element > summary").all()) await pli.click();
    await a.page.locator("summary").filter({ hasText: "peu utilisés" }).first().click();
    await axe(a.page, "un établissement, tout déplié");
  },
};
