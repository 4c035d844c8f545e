import path from "node:path";
import { foyer, tabJusqua, taper } from "../clavier.mjs";
import { attendre, bientot, cpom, egal } from "../outils.mjs";
import { deuxFautes } from "../taches/13-corriger-ce-qui-bloque.mjs";

export default {
  titre: "au clavier seul, je vais de remarque en remarque et je corrige ce qui bloque",
  dossier: deuxFautes,
  /** @param {import("../outils.mjs").Atelier} a */
  async faire(a) {
    const { page } = a;
    await a.lien("CPOM-2026-2030-ADELIE").waitFor();
    await tabJusqua(page, "CPOM-2026-2030-ADELIE");
    await page.keyboard.press("Enter");
    await page.getByRole("region", { name: /^À corriger/ }).waitFor();
    // From remark to remark, in any order, then back to the list.
    await page.keyboard.press("Alt+ArrowDown");
    await bientot("le foyer va dans un champ", () => page.evaluate(() => !!document.activeElement?.closest("main [data-chemin]")), true);
    await bientot("la remarque est dite", async () => /^Bloquante, 1 sur \d+ : /.test(await a.annonce.innerText()), true);
    for (const [remarque, champ, texte] of [[/^Aller au champ.*FINESS/, /^FINESS géographique/, "13 098 215 0"], [/^Aller au champ.*Budgets/, /Groupe I( \(€\))?$/, "361 200"]]) {
      await tabJusqua(page, "Reste à faire", { arriere: true, au_plus: 400 });
      await page.keyboard.press("Enter");
      // One comes back to the title, or to what follows what was left.
      await bientot("le foyer, au retour à la liste", async () => /^(Reste à faire|Aller au champ)/.test(await foyer(page)), true);
      if (!(/** @type {RegExp} */ (remarque).test(await foyer(page)))) await tabJusqua(page, /** @type {RegExp} */ (remarque));
      await page.keyboard.press("Enter");
      await bientot("le foyer va dans un champ", () => page.evaluate(() => !!document.activeElement?.closest("main [data-chemin]")), true);
      if (!(/** @type {RegExp} */ (champ).test(await foyer(page)))) await tabJusqua(page, champ);
      await taper(page, /** @type {string} */ (texte));
      await page.keyboard.press("Tab");
      await a.enregistre();
    }
    await a.dansLeFichier("les deux valeurs", (c) => [c.perimetre.etablissements[0].finess, c.moyens.budgets[0].depenses.groupe_1], ["130982150", 361200]);
    await attendre("le titre de la page dit encore des bloquantes", async () => !/bloquante/.test(await page.title()));
    egal(cpom("verifier", path.join(a.dossier, "exemple.json")).code, 0, "ce que rend « cpom verifier »");
  },
};
