import { verifier } from "../outils.mjs";

export default {
  titre: "les éléments à nommer ne sont redemandés que lorsque leur liste change",
  dossier: "exemple",
  /** @param {import("../outils.mjs").Atelier} a */
  async faire(a) {
    /** @type {string[]} */
    const demandes = [];
    a.page.on("request", (r) => {
      const u = new URL(r.url());
      if (u.pathname.endsWith("/cibles")) demandes.push(u.searchParams.get("vers") ?? "");
    });
    await a.ouvrirContrat("CPOM-2026-2030-ADELIE");
    await a.partie("Objectifs et fiches actions");
    const main = a.page.getByRole("main");
    await main.getByRole("navigation", { name: "Fiches actions" }).getByRole("link").nth(1).click();
    await main.getByRole("group", { name: /^Actions/ }).first().waitFor();
    await a.page.waitForTimeout(500);
    const avant = [...demandes];
    verifier(avant.length === new Set(avant).size, `un genre est demandé deux fois : ${avant.join(", ")}`);
    // Fiches that come and go are named by no one.
    for (let i = 0; i < 3; i++) {
      await a.bouton("Dupliquer").first().click();
      await a.enregistre();
    }
    await a.page.waitForTimeout(500);
    verifier(demandes.length === avant.length, `redemandés pour rien : ${demandes.slice(avant.length).join(", ")}`);
  },
};
