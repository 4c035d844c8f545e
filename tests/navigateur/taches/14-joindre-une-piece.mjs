import fs from "node:fs";
import path from "node:path";
import { attendre, FIXTURES, texteDuPdf, verifier } from "../outils.mjs";

export default {
  titre: "je joins une pièce qui est dans mes documents",
  dossier: "minimal",
  /** @param {import("../outils.mjs").Atelier} a */
  async faire(a) {
    await a.ouvrirContrat("CPOM-2026-2030-MINIMAL");
    await a.partie("Pièces annexées");
    await a.ajouter("pièce", { Annexe: "Synthèse du dernier rapport d'évaluation de la qualité" });
    await a.remplir("Titre", "Synthèse de l'évaluation de 2024");
    await a.champ("Fichier").setInputFiles(path.join(FIXTURES, "paca/pieces/evaluation.pdf"));
    const fichier = await attendre("la pièce n'est pas dans le fichier du contrat", () => a.json("minimal.json").pieces?.[0]?.fichier);
    verifier(fs.readFileSync(path.join(a.dossier, fichier)).equals(fs.readFileSync(path.join(FIXTURES, "paca/pieces/evaluation.pdf"))), "la pièce n'est pas dans le dossier, telle quelle");
    verifier(texteDuPdf(await a.imprimer("Projet, en PDF")).includes("Synthèse de l"), "la pièce n'est pas annexée");
  },
};
