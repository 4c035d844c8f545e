import { tsv } from "../donnees.mjs";
import { contratDeSix } from "../nouveau.mjs";

export default {
  titre: "je reporte l'activité et cinq années de cibles",
  dossier: "vide",
  /** @param {import("../outils.mjs").Atelier} a */
  async faire(a) {
    await contratDeSix(a);
    await a.partie("Activité");
    const realise = a.grille("Activité réalisée et retenue");
    await realise.waitFor();
    const n = await realise.locator("tbody tr").count();
    const rang = Array.from({ length: n }, (_, i) => i);
    await realise.locator("tbody tr").first().getByRole("textbox", { name: /Réalisé 2024$/ }).focus();
    await a.coller(tsv(rang.map((i) => [`3 2${10 + i}`, 3300 + i, 3400 + i])));
    await a.dansLeFichier("le réalisé", (c) => c.activite.map((/** @type {any} */ x) => x.realise), rang.map((i) => ({ 2024: 3210 + i, 2025: 3300 + i, 2026: 3400 + i })));
    const cibles = a.grille("Activité à atteindre");
    await cibles.locator("tbody tr").first().getByRole("textbox").first().focus();
    await a.coller(tsv(rang.map((i) => [3440, 3450, 3460, 3470, 3480, 3490 + i])));
    await a.dansLeFichier("l'activité retenue", (c) => c.activite.map((/** @type {any} */ x) => x.retenue), rang.map(() => 3440));
    await a.dansLeFichier("les cibles de fin d'année", (c) => c.activite.map((/** @type {any} */ x) => (x.cibles ?? []).map((/** @type {any} */ k) => [k.annee, k.fin])),
      rang.map((i) => [[2027, 3450], [2028, 3460], [2029, 3470], [2030, 3480], [2031, 3490 + i]]));
  },
};
