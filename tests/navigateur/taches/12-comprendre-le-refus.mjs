import { bientot, egal, verifier } from "../outils.mjs";

export default {
  titre: "je comprends pourquoi le définitif est refusé, et je vais au champ",
  dossier: "minimal",
  /** @param {import("../outils.mjs").Atelier} a */
  async faire(a) {
    const avant = a.octets("minimal.json");
    await a.ouvrirContrat("CPOM-2026-2030-MINIMAL");
    await a.bouton(/^Imprimer/).click();
    await a.bouton("Définitif, en PDF").click();
    await a.fenetre.getByRole("heading", { name: "Le définitif n’est pas prêt" }).waitFor();
    const lignes = await a.fenetre.getByRole("listitem").allInnerTexts();
    verifier(lignes.length > 5, "la fenêtre ne dit pas ce qui bloque");
    const boutons = a.fenetre.getByRole("button", { name: /^Aller au champ/ });
    egal(await boutons.count(), lignes.length, "le nombre de lignes qui mènent à leur champ");
    await boutons.first().click();
    await bientot("le foyer est dans un champ", () => a.page.evaluate(() => !!document.activeElement?.closest("main [data-chemin]")), true);
    egal(a.octets("minimal.json"), avant, "le fichier du contrat");
  },
};
