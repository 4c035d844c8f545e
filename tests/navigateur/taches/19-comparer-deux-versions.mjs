import { egal, texteDuWord, verifier } from "../outils.mjs";

export default {
  titre: "je compare deux versions, et j'envoie le suivi des modifications",
  dossier: "exemple",
  /** @param {import("../outils.mjs").Atelier} a */
  async faire(a) {
    await a.ouvrirContrat("CPOM-2026-2030-ADELIE");
    await a.partie("Historique");
    await a.champ("Donner un nom à l’état présent").fill("Envoyé à l'association");
    await a.bouton("Poser un jalon").click();
    await a.partie("Contrat");
    await a.remplir("Intitulé", "Contrat du pays d'Aix");
    await a.enregistre();
    await a.partie("Historique");
    await a.lien(/^Comparer avec maintenant : Envoyé à l'association/).first().click();
    const difference = a.page.getByRole("main").getByRole("listitem").filter({ hasText: "Intitulé" });
    await difference.getByText("Contrat du pays d'Aix").waitFor();
    egal(await a.page.getByRole("main").locator(".differences > li").count(), 1, "le nombre de différences");
    await a.champ("Suivi des modifications (Word), au nom de").fill("ARS");
    const word = await a.recevoir(() => a.bouton("Suivi des modifications (Word)").click());
    verifier(texteDuWord(word).replace(/’/g, "'").includes("Contrat du pays d'Aix"), "le suivi ne porte pas le nouvel intitulé");
  },
};
