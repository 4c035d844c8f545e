import { bientot } from "../outils.mjs";

export default {
  titre: "deux onglets changent la même valeur : les deux sont montrées, je choisis",
  dossier: "exemple",
  /** @param {import("../outils.mjs").Atelier} a */
  async faire(a) {
    await a.ouvrirContrat("CPOM-2026-2030-ADELIE");
    await a.partie("Contrat");
    const autre = await a.nouvelOnglet();
    await autre.goto(a.page.url().replace(/\?cle=\w+/, ""));
    const [mien, sien] = [a.page, autre].map((p) => a.champ("Intitulé", p.getByRole("main")));
    await sien.fill("Vu de l'autre onglet");
    await sien.press("Tab");
    await bientot("l'autre onglet est suivi ici", () => mien.inputValue(), "Vu de l'autre onglet");
    // Both type at once; the second to leave the field is told.
    await mien.fill("La mienne");
    await sien.fill("La sienne");
    await sien.press("Tab");
    await a.dansLeFichier("l'intitulé", (c) => c.intitule, "La sienne");
    await mien.press("Tab");
    const conflit = a.page.getByRole("main").locator(".conflit");
    await conflit.getByText("La mienne", { exact: true }).waitFor();
    await conflit.getByText("La sienne", { exact: true }).waitFor();
    await a.dansLeFichier("l'intitulé, tant que rien n'est choisi", (c) => c.intitule, "La sienne");
    await a.bouton("Garder la mienne").click();
    await a.dansLeFichier("l'intitulé, une fois choisi", (c) => c.intitule, "La mienne");
    await bientot("l'autre onglet", () => sien.inputValue(), "La mienne");
    await autre.close();
  },
};
