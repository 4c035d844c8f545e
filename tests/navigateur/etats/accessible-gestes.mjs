import { axe } from "../axe.mjs";
import { tsv } from "../donnees.mjs";
import { attendre } from "../outils.mjs";

export default {
  titre: "une erreur, une remarque, une liste ouverte, chaque fenêtre sont accessibles",
  dossier: "exemple",
  /** @param {import("../outils.mjs").Atelier} a */
  async faire(a) {
    await a.ouvrirContrat("CPOM-2026-2030-ADELIE");
    await a.partie("Périmètre");
    await a.page.getByRole("main").getByRole("navigation", { name: "Établissements et services" }).getByRole("link", { name: "IME Les Oliviers" }).click();
    await a.remplir("Jours d'ouverture", "beaucoup");
    await a.page.getByText("Non enregistré – Jours d'ouverture").waitFor();
    await axe(a.page, "une saisie qui ne se lit pas");
    await a.remplir("Jours d'ouverture", "210");
    await a.remplir("FINESS géographique", "13 098 215 1");
    await a.page.getByRole("main").getByText(/^Bloquante/).first().waitFor();
    await axe(a.page, "une remarque près de son champ");
    await a.page.getByRole("main").getByRole("button", { name: /^Pourquoi/ }).first().click();
    await a.fenetre.waitFor();
    await axe(a.page, "« Pourquoi ? »");
    await a.page.keyboard.press("Escape");
    await a.champ("Catégorie").fill("ime");
    await a.proposition().waitFor();
    await axe(a.page, "les propositions d'un code");
    await a.page.keyboard.press("Escape");
    await a.bouton("Retirer…").first().click();
    await a.fenetre.waitFor();
    await axe(a.page, "« Retirer… »");
    await a.page.keyboard.press("Escape");
    await a.bouton(/^Imprimer/).click();
    await a.bouton("Projet, en PDF").waitFor();
    await axe(a.page, "le menu « Imprimer »", "header");
    await a.bouton("Définitif, en PDF").click();
    await a.fenetre.getByRole("heading", { name: "Le définitif n’est pas prêt" }).waitFor({ timeout: 30000 });
    await axe(a.page, "le refus du définitif");
    await a.page.keyboard.press("Escape");
    await a.bouton("Chercher…").click();
    await a.fenetre.getByRole("combobox").fill("jours");
    await a.proposition().waitFor();
    await axe(a.page, "« Chercher… »");
    await a.page.keyboard.press("Escape");
    await a.page.keyboard.press("Escape");
    await a.bouton("Raccourcis").click();
    await a.fenetre.waitFor();
    await axe(a.page, "« Raccourcis »");
    await a.page.keyboard.press("Escape");
    await a.page.getByRole("complementary").getByRole("button", { name: /^Écarter/ }).first().click();
    await a.bouton("Écarter", a.fenetre).click();
    await axe(a.page, "« Écarter… », refusé sans motif");
    await a.page.keyboard.press("Escape");
    await a.partie("Moyens");
    await a.grille("Budgets de référence").getByRole("textbox").first().focus();
    await a.coller(tsv([["douze mille", 5, 6]]));
    await attendre("la cellule qui ne se lit pas n'est pas dite", () => a.page.getByText(/Non enregistré – IME Les Oliviers/).isVisible());
    await axe(a.page, "une cellule de grille qui ne se lit pas");
    await a.partie("Historique");
    await a.page.getByRole("main").getByRole("button", { name: /^Revenir/ }).first().click();
    await a.fenetre.waitFor();
    await axe(a.page, "« Revenir à cet état »");
  },
};
