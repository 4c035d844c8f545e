import fs from "node:fs";
import path from "node:path";
import { attendre, bientot, cpom, egal, FIXTURES } from "../outils.mjs";

/** The example, with an amount that unbalances a budget and a wrong FINESS. @param {string} dossier */
export function deuxFautes(dossier) {
  fs.cpSync(path.join(FIXTURES, "paca"), dossier, { recursive: true, filter: (f) => !f.endsWith("minimal.json") });
  const f = path.join(dossier, "exemple.json");
  fs.writeFileSync(f, fs.readFileSync(f, "utf8").replace('"groupe_1": 361200', '"groupe_1": 367200.5').replace('"finess": "130982150"', '"finess": "130982151"'));
}

export default {
  titre: "je corrige ce qui bloque",
  dossier: deuxFautes,
  /** @param {import("../outils.mjs").Atelier} a */
  async faire(a) {
    await a.ouvrirContrat("CPOM-2026-2030-ADELIE");
    const bloquantes = a.page.getByRole("region", { name: /^À corriger/ });
    await bloquantes.waitFor();
    await bloquantes.getByRole("button", { name: /^Aller au champ.*FINESS/ }).first().click();
    await bientot("le champ qui a le foyer", () => a.page.evaluate(() => document.querySelector(`label[for="${document.activeElement?.id}"]`)?.textContent), "FINESS géographique");
    await a.page.keyboard.press("Control+A");
    await a.page.keyboard.type("13 098 215 0");
    await a.page.keyboard.press("Tab");
    await a.dansLeFichier("le FINESS", (c) => c.perimetre.etablissements[0].finess, "130982150");

    await a.partie("Reste à faire");
    await bloquantes.getByRole("button", { name: /^Aller au champ.*Budgets/ }).first().click();
    await bientot("le foyer est dans la partie Moyens", () => a.page.evaluate(() => location.hash.includes("/moyens") && !!document.activeElement?.closest("main [data-chemin]")), true);
    await a.partie("Moyens");
    await a.cellule("Budgets de référence", "IME Les Oliviers", "Dépenses Groupe I (€)").fill("361 200");
    await a.page.keyboard.press("Enter");
    await a.dansLeFichier("le montant", (c) => c.moyens.budgets[0].depenses.groupe_1, 361200);
    await a.partie("Reste à faire");
    await attendre("la page dit encore des bloquantes", async () => !(await bloquantes.count()));
    egal(cpom("verifier", path.join(a.dossier, "exemple.json")).code, 0, "ce que rend « cpom verifier »");
  },
};
