import { execFileSync } from "node:child_process";
import { verifier } from "../outils.mjs";

export default {
  titre: "j'imprime tous les contrats du dossier",
  dossier: "deux",
  /** @param {import("../outils.mjs").Atelier} a */
  async faire(a) {
    await a.bouton("Imprimer tout le dossier…").click();
    const archive = await a.recevoir(() => a.fenetre.getByRole("button", { name: /^Imprimer/ }).click());
    const dedans = execFileSync("python3", ["-m", "zipfile", "-l", archive], { encoding: "utf8" });
    for (const reference of ["ADELIE", "MINIMAL"]) verifier(dedans.includes(`CPOM-2026-2030-${reference}.pdf`), `CPOM-2026-2030-${reference} n'est pas dans l'archive : ${dedans.replace(/\s+/g, " ").slice(0, 300)}`);
  },
};
