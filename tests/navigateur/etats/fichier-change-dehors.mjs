import fs from "node:fs";
import path from "node:path";
import { attendre, bientot } from "../outils.mjs";

export default {
  titre: "un autre programme change le fichier, puis le rend illisible : la page suit, et n'écrase rien",
  dossier: "exemple",
  /** @param {import("../outils.mjs").Atelier} a */
  async faire(a) {
    const fichier = path.join(a.dossier, "exemple.json");
    const lire = () => fs.readFileSync(fichier, "utf8");
    await a.ouvrirContrat("CPOM-2026-2030-ADELIE");
    await a.partie("Contrat");
    const intitule = a.champ("Intitulé");
    await intitule.waitFor();
    fs.writeFileSync(fichier, lire().replace('"intitule": "Contrat pluriannuel d\'objectifs et de moyens 2026-2030"', '"intitule": "Changé dans un autre programme"'));
    await bientot("le champ, après le changement", () => intitule.inputValue(), "Changé dans un autre programme");
    const casse = lire().replace(/\}\s*$/, "");
    fs.writeFileSync(fichier, casse);
    await a.page.getByText(/exemple\.json ne se lit plus/).waitFor();
    await intitule.fill("Tapé pendant ce temps");
    await intitule.press("Tab");
    await a.page.getByText(/Non enregistré|Enregistrement/).first().waitFor();
    await attendre("le fichier illisible a été écrasé", () => lire() === casse);
    fs.writeFileSync(fichier, `${casse}}\n`);
    await attendre("la page ne voit pas que le fichier se lit de nouveau", async () => !(await a.page.getByText(/exemple\.json ne se lit plus/).count()));
    // Still in its field, to be sent again.
    await bientot("le champ", () => intitule.inputValue(), "Tapé pendant ce temps");
    await intitule.fill("Tapé ensuite");
    await intitule.press("Tab");
    await a.dansLeFichier("l'intitulé", (c) => c.intitule, "Tapé ensuite");
  },
};
