import { contratDeSix } from "../nouveau.mjs";
import { parties } from "./accessible-vues.mjs";
import { egal } from "../outils.mjs";

// Braces, keys of the file, identifiers: what the page must never say.
const MACHINE = /[{}]|"\w+"|\b[a-z]+_[a-z_]+\b|\b(?:constat|objectif|indicateur)-\d|\bnull\b|\btrue\b|identifiant|--\w+|\.json\b/;

export default {
  titre: "la page ne parle jamais comme une machine",
  dossier: "vide",
  /** @param {import("../outils.mjs").Atelier} a */
  async faire(a) {
    await contratDeSix(a);
    const dits = new Set();
    for (const nom of await parties(a)) {
      await a.partie(nom);
      const texte = await a.page.locator("body").innerText();
      for (const ligne of texte.split("\n")) if (MACHINE.test(ligne)) dits.add(`${nom} : ${ligne.trim().slice(0, 110)}`);
    }
    egal([...dits].slice(0, 6), [], `${dits.size} phrases`);
  },
};
