import { pause, verifier } from "../outils.mjs";

export default {
  titre: "j'ajoute une clause et j'ouvre aussitôt le menu « Imprimer » : la page ne me reprend pas la main",
  dossier: "exemple",
  /** @param {import("../outils.mjs").Atelier} a */
  async faire(a) {
    await a.ouvrirContrat("CPOM-2026-2030-ADELIE");
    await a.partie("Contrat");
    // A machine that draws late: what the page does « at the next image » comes after the user's next gesture.
    await a.page.evaluate(() => {
      const image = window.requestAnimationFrame.bind(window);
      const plus_tard = window.setTimeout.bind(window);
      window.requestAnimationFrame = (f) => plus_tard(() => image(f), 800);
      // @ts-expect-error: only what the page itself calls
      window.setTimeout = (f, delai, ...x) => plus_tard(f, (delai ?? 0) + 800, ...x);
    });
    await a.ajouter("clause particulière", { Article: "Objectifs opérationnels", Place: "Après l'article", Texte: "Les parties se réunissent chaque printemps." });
    await a.bouton(/^Imprimer/).click();
    const projet = a.bouton("Projet, en PDF");
    for (let i = 0; i < 30; i++) {
      verifier(await projet.isVisible(), "le menu s'est refermé seul");
      await pause(100);
    }
  },
};
