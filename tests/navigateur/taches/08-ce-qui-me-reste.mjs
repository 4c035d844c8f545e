import { attendre, bientot, texteDuWord, verifier } from "../outils.mjs";

export default {
  titre: "je sais ce qui me reste à faire, et chaque ligne mène à son champ",
  dossier: "minimal",
  /** @param {import("../outils.mjs").Atelier} a */
  async faire(a) {
    await a.ouvrirContrat("CPOM-2026-2030-MINIMAL");
    const reste = a.page.getByRole("main", { name: "Reste à faire" });
    await a.choix("au gestionnaire").check();
    verifier(!(await reste.getByRole("heading", { name: /^Aux autorités/ }).isVisible()), "ce qui revient aux autorités est montré au gestionnaire");
    const avant = Number(/\((\d+)/.exec(await reste.getByRole("heading", { name: /^Au gestionnaire/ }).innerText())?.[1]);
    const liste = texteDuWord(await a.recevoir(() => a.lien("Enregistrer cette liste en Word").click()));
    verifier(/SIREN/.test(liste), "la liste en Word ne dit pas le SIREN qui manque");

    // What one sees is what is sent: that filter, those words, nothing of the files.
    verifier(!/compléter par les autorités/i.test(liste), "la liste en Word dit au gestionnaire ce qui revient aux autorités");
    verifier(!/\/parties\/|contrat\.json|non_applicable/.test(liste), "la liste en Word montre des chemins ou des fichiers");

    await reste.getByRole("button", { name: /^SIREN/ }).click();
    await bientot("le champ qui a le foyer", () => a.page.evaluate(() => document.querySelector(`label[for="${document.activeElement?.id}"]`)?.textContent), "SIREN");
    await a.page.keyboard.type("987 654 324");
    await a.page.keyboard.press("Tab");
    await a.dansLeFichier("le SIREN", (c) => c.parties.gestionnaires[0].siren, "987654324");
    await a.partie("Reste à faire");
    await attendre("la ligne remplie ne quitte pas la liste", async () => !(await reste.getByRole("button", { name: /^SIREN/ }).count()));
    // One comes back to the place that one left: to the line that took its place.
    await bientot("ce qui a le foyer au retour", () => a.page.evaluate(() => !!document.activeElement?.closest("[data-manque]")), true);
    await bientot("le compte de ce qui reste", async () => Number(/\((\d+)/.exec(await reste.getByRole("heading", { name: /^Au gestionnaire/ }).innerText())?.[1]), avant - 1);
  },
};
