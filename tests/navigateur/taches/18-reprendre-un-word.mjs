import { changerLeWord, egal, verifier } from "../outils.mjs";

export default {
  titre: "je reprends le Word qui m'est revenu, valeur par valeur",
  dossier: "exemple",
  /** @param {import("../outils.mjs").Atelier} a */
  async faire(a) {
    await a.ouvrirContrat("CPOM-2026-2030-ADELIE");
    const word = await a.imprimer("Projet, en Word");
    const relu = word.replace(/\.docx$/, "-relu.docx");
    changerLeWord(word, "12 avenue des Pins, 13090 Aix-en-Provence", "14 avenue des Pins, 13090 Aix-en-Provence", relu);
    await a.lien("Reprendre un Word ou un classeur…").click();
    await a.champ("Document Word ou classeur").setInputFiles(relu);
    const prise = a.case(/Adresse/);
    await prise.waitFor({ timeout: 30000 });
    // Nothing is written before it is taken.
    egal(a.json().parties.gestionnaires[0].siege.adresse, "12 avenue des Pins, 13090 Aix-en-Provence", "l'adresse, avant « Prendre »");
    await prise.check();
    await a.bouton(/^Prendre (celle|les)/).click();
    await a.dansLeFichier("l'adresse du siège", (c) => c.parties.gestionnaires[0].siege.adresse, "14 avenue des Pins, 13090 Aix-en-Provence");
    verifier(!a.json().clauses_particulieres.some((/** @type {any} */ c) => /avenue des Pins/.test(c.texte)), "l'adresse est devenue une clause");
  },
};
