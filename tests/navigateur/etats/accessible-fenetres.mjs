import { axe } from "../axe.mjs";
import { changerLeWord } from "../outils.mjs";

export default {
  titre: "les fenêtres des commandes, la comparaison et la reprise d'un Word sont accessibles",
  dossier: "exemple",
  /** @param {import("../outils.mjs").Atelier} a */
  async faire(a) {
    const { page } = a;
    /** @param {() => Promise<unknown>} geste @param {string} vue */
    const fenetre = async (geste, vue) => {
      await geste();
      await a.fenetre.waitFor();
      await axe(page, vue);
      await page.keyboard.press("Escape");
      await a.fenetre.waitFor({ state: "detached" });
    };
    for (const nom of ["Imprimer tout le dossier…", "Ouvrir un PDF imprimé…", "Contrôler un PDF…"]) await fenetre(() => a.bouton(nom).click(), `« ${nom} »`);
    await a.ouvrirContrat("CPOM-2026-2030-ADELIE");
    await a.bouton(/^Imprimer/).click();
    await fenetre(() => a.bouton("Autres impressions…").click(), "« Autres impressions… »");
    await a.bouton(/^Imprimer/).click();
    await fenetre(() => a.bouton("Définitif, en PDF").click(), "les alertes à lire avant le définitif");
    await a.partie("Périmètre");
    await fenetre(() => a.bouton("Coller une liste…").click(), "« Coller une liste… »");
    await a.partie("Objectifs et fiches actions");
    await fenetre(() => a.bouton("Prendre dans la bibliothèque…").click(), "« Prendre dans la bibliothèque… »");
    await a.partie("Contrat");
    await a.bouton(/clause particulière…?$/).click();
    await a.bouton("Ajouter", a.fenetre).click();
    await a.fenetre.getByText("choisissez.").waitFor();
    await axe(page, "« Ajouter une clause particulière », refusé");
    await page.keyboard.press("Escape");

    const word = await a.imprimer("Projet, en Word");
    const relu = word.replace(/\.docx$/, "-relu.docx");
    changerLeWord(word, "12 avenue des Pins, 13090 Aix-en-Provence", "14 avenue des Pins, 13090 Aix-en-Provence", relu);
    await a.lien("Reprendre un Word ou un classeur…").click();
    await a.champ("Document Word ou classeur").setInputFiles(relu);
    await a.case(/Adresse/).waitFor({ timeout: 30000 });
    await axe(page, "un Word à reprendre");
    await a.bouton(/^Prendre (celle|les)/).click();
    await a.partie("Historique");
    await a.lien("Comparer avec le début").click();
    await page.getByRole("main").getByText("14 avenue des Pins").first().waitFor();
    await axe(page, "une comparaison");
  },
};
