import { chercher, foyer, ouvrir, tabJusqua, taper } from "../clavier.mjs";
import { SIX, tsv } from "../donnees.mjs";
import { bientot } from "../outils.mjs";

export default {
  titre: "au clavier seul, je saisis six établissements et leurs capacités",
  dossier: "minimal",
  /** @param {import("../outils.mjs").Atelier} a */
  async faire(a) {
    const { page } = a;
    await ouvrir(a, "CPOM-2026-2030-MINIMAL");
    await tabJusqua(page, "Périmètre");
    await page.keyboard.press("Enter");
    await bientot("le foyer, une fois la partie ouverte", () => foyer(page), "Périmètre");
    for (const [i, [nom, finess, categorie]] of SIX.slice(0, 4).entries()) {
      await tabJusqua(page, "Ajouter : établissement ou service", { arriere: i > 0 });
      await page.keyboard.press("Enter");
      await bientot("le foyer est sur l'établissement ajouté", async () => (await foyer(page)).endsWith(`(${i + 3} sur ${i + 3})`), true);
      await tabJusqua(page, /^Nom$/);
      await page.keyboard.type(nom);
      await tabJusqua(page, "FINESS géographique");
      await page.keyboard.type(finess);
      await tabJusqua(page, "Catégorie");
      await page.keyboard.type(categorie);
      await a.proposition().waitFor();
      await page.keyboard.press("ArrowDown");
      await page.keyboard.press("Enter");
    }
    await page.keyboard.press("Tab");
    const attendus = SIX.slice(0, 4);
    await a.dansLeFichier("les établissements", (c) => c.perimetre.etablissements.slice(2).map((/** @type {any} */ e) => [e.nom, e.finess]), attendus.map(([nom, , , , finess]) => [nom, finess]));
    await a.dansLeFichier("chacun a une catégorie", (c) => c.perimetre.etablissements.slice(2).every((/** @type {any} */ e) => /^\d{3}$/.test(e.categorie)), true);

    // A capacity, in a fold of the first one; then both at once in the grid.
    await chercher(a, "capacités ime du verdon", /^Capacités.*IME du Verdon/);
    await bientot("le foyer est aux capacités", () => page.evaluate(() => !!document.activeElement?.closest('[data-chemin$="/capacites"]')), true);
    if (!(await foyer(page)).startsWith("Ajouter : capacité")) await tabJusqua(page, "Ajouter : capacité");
    await page.keyboard.press("Enter");
    await bientot("le foyer est dans la fenêtre", async () => /^Modalité/.test(await foyer(page)), true);
    await page.keyboard.type("Semi");
    await tabJusqua(page, /^Ajouter$/, { au_plus: 5 });
    await page.keyboard.press("Enter");
    await bientot("le foyer est dans la capacité ajoutée", async () => /^(Modalité|Capacité)/.test(await foyer(page)), true);
    if (!/^Capacité autorisée/.test(await foyer(page))) await tabJusqua(page, "Capacité autorisée", { au_plus: 5 });
    await taper(page, "42");
    await page.keyboard.press("Tab");
    await a.dansLeFichier("la capacité autorisée", (c) => c.perimetre.etablissements[0].capacites?.[0]?.autorisee, 42);
    await tabJusqua(page, /^Périmètre/, { arriere: true });
    await page.keyboard.press("Enter");
    await page.getByRole("main").getByRole("heading", { level: 1, name: "Périmètre" }).waitFor();
    await bientot("le foyer n'est pas perdu au retour à la partie", async () => (await foyer(page)) !== "", true);
    await tabJusqua(page, /^IME du Verdon.*Capacité autorisée$/, { arriere: true });
    await a.coller(tsv([[45, 44, 43]]));
    await a.dansLeFichier("les trois capacités", (c) => { const k = c.perimetre.etablissements[0].capacites[0]; return [k.autorisee, k.installee, k.financee]; }, [45, 44, 43]);
  },
};
