import { foyer, tabJusqua, taper } from "../clavier.mjs";
import { BUDGETS, tsv } from "../donnees.mjs";
import { contratDeSix, montants } from "../nouveau.mjs";
import { bientot, egal } from "../outils.mjs";

export default {
  titre: "au clavier seul, je colle les budgets, je corrige aux flèches, je recopie, je vide, j'annule",
  dossier: "vide",
  /** @param {import("../outils.mjs").Atelier} a */
  async faire(a) {
    const { page } = a;
    await contratDeSix(a);
    await tabJusqua(page, /^Moyens/, { arriere: true });
    await page.keyboard.press("Enter");
    await bientot("le foyer, une fois la partie ouverte", () => foyer(page), "Moyens");
    await a.grille("Budgets de référence").waitFor();
    await tabJusqua(page, /^IME Les Mimosas.*Dépenses Groupe I/);
    await a.coller(tsv(BUDGETS.map((b) => b.slice(0, 3))));
    for (let i = 0; i < 3; i++) await page.keyboard.press("Tab");
    egal(await foyer(page), "IME Les Mimosas Recettes Groupe I (€)", "trois fois Tab depuis « Dépenses Groupe I »");
    await a.coller(tsv(BUDGETS.map((b) => b.slice(3))));
    await a.dansLeFichier("les budgets", (c) => c.moyens.budgets.map(montants), BUDGETS);

    await page.keyboard.press("ArrowDown");
    egal(await foyer(page), "SESSAD Les Mimosas Recettes Groupe I (€)", "la flèche vers le bas");
    await taper(page, "555 000,50");
    await page.keyboard.press("Enter");
    egal(await foyer(page), "MAS L'Étoile Recettes Groupe I (€)", "Entrée");
    await a.dansLeFichier("le montant corrigé", (c) => montants(c.moyens.budgets[1])[3], 555000.5);

    // Copied down on two rows, then emptied.
    await page.keyboard.press("Shift+ArrowDown");
    await page.keyboard.press("Shift+ArrowDown");
    await page.keyboard.press("Control+D");
    await a.dansLeFichier("le montant recopié", (c) => [2, 3, 4].map((i) => montants(c.moyens.budgets[i])[3]), [4050000, 4050000, 4050000]);
    await page.keyboard.press("Delete");
    await a.dansLeFichier("les cellules vidées", (c) => [2, 3, 4].map((i) => montants(c.moyens.budgets[i])[3]), [null, null, null]);
    await page.keyboard.press("F6");
    for (let i = 0; i < 4 && !/Contrat$/.test(await page.evaluate(() => document.activeElement?.getAttribute("aria-label") ?? "")); i++) await page.keyboard.press("F6");
    for (const attendu of [[4050000, 4050000, 4050000], [4050000, 1480000, 2900000]]) {
      await tabJusqua(page, /Annuler : /, { au_plus: 12 }).catch(() => tabJusqua(page, /Annuler : /, { arriere: true, au_plus: 12 }));
      await page.keyboard.press("Enter");
      await a.dansLeFichier("les montants, après « Annuler »", (c) => [2, 3, 4].map((i) => montants(c.moyens.budgets[i])[3]), attendu);
    }
  },
};
