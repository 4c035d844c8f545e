import { attendre, egal, texteDuPdf, verifier } from "../outils.mjs";

export default {
  titre: "j'écarte une règle avec son motif, et j'écris une clause à nous",
  dossier: "exemple",
  /** @param {import("../outils.mjs").Atelier} a */
  async faire(a) {
    await a.ouvrirContrat("CPOM-2026-2030-ADELIE");
    const alertes = a.page.getByRole("complementary").getByRole("listitem");
    await alertes.first().waitFor();
    const avant = await alertes.count();
    const derogations = a.json("exemple.json").derogations?.length ?? 0;
    await a.page.getByRole("complementary").getByRole("button", { name: /^Écarter/ }).first().click();
    await a.champ("Motif", a.fenetre).fill("convenu avec l'agence le 3 mars");
    await a.champ("Qui en décide", a.fenetre).fill("A. Durand");
    await a.bouton("Écarter", a.fenetre).click();
    const derogation = await attendre("la dérogation n'est pas dans le fichier", () => a.json("exemple.json").derogations?.[derogations]);
    egal([derogation.motif, derogation.auteur], ["convenu avec l'agence le 3 mars", "A. Durand"], "le motif et l'auteur de la dérogation");
    await attendre("la remarque écartée est encore là", async () => (await alertes.count()) === avant - 1);

    await a.partie("Contrat");
    await a.ajouter("clause particulière", { Article: "Objectifs opérationnels", Place: "Après l'article", Texte: "Les parties se réunissent chaque printemps à Salon." });
    await a.dansLeFichier("la clause", (c) => { const k = c.clauses_particulieres.at(-1); return [k.place, k.texte]; }, ["apres", "Les parties se réunissent chaque printemps à Salon."]);
    verifier(texteDuPdf(await a.imprimer("Projet, en PDF")).includes("Les parties se réunissent chaque printemps à Salon."), "la clause n'est pas imprimée");
  },
};
