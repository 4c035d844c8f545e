import { SIX, tsv, BUDGETS, euros } from "./donnees.mjs";
import { montants } from "./nouveau.mjs";
import { attendre, debut, egal, texteDuPdf, verifier } from "./outils.mjs";

/** What the page does not let one bring to its end; the script fails when it is no longer so, either way. @type {RegExp[]} */
export const RESTE = [];

/** At least so many values are typed or pasted: less, and a part of the contract was forgotten. */
const VALEURS = 440;

const CAPACITES = [[18, 18, 18], [42, 42, 42], [30, 30, 30], [48, 48, 48], [6, 6, 6], [60, 60, 60], [40, 40, 40], [5, 5, 5], [25, 25, 25]];
const JOURS = [210, 210, 365, 225, 365, 225];
/** Which establishment each capacity is of. */
const DE = [0, 0, 1, 2, 2, 3, 4, 4, 5];
const SIRENE = "987 654 324";
const SIRETS = ["987 654 324 00019", "987 654 324 00027", "987 654 324 00035", "987 654 324 00043", "987 654 324 00050", "987 654 324 00068"];

export default {
  titre: "de rien à un contrat de six établissements, sans quitter la page",
  dossier: "vide",
  /** @param {import("./outils.mjs").Atelier} a @param {(note: string) => void} note */
  async faire(a, note) {
    const { page } = a;
    const main = page.getByRole("main");
    let valeurs = 0;
    /** @param {string} nom @param {string} texte @param {import("./outils.mjs").Portee} [dans] */
    const saisir = async (nom, texte, dans) => {
      await a.remplir(nom, texte, dans);
      valeurs++;
    };
    /** @param {string} nom @param {string} libelle @param {import("./outils.mjs").Portee} [dans] */
    const choisir = async (nom, libelle, dans = main) => {
      await a.choisir(nom, libelle, dans);
      valeurs++;
    };
    /** @param {string} titre of the grid @param {string} premiere column @param {(string | number)[][]} lignes */
    const coller = async (titre, premiere, lignes) => {
      await a.grille(titre).locator("tbody tr").first().getByRole("textbox", { name: new RegExp(`${debut(premiere).source.slice(1)}$`) }).first().focus();
      await a.coller(tsv(lignes));
      valeurs += lignes.flat().filter((x) => x !== "").length;
      await a.enregistre();
    };
    /** @param {string} quoi @param {Record<string, string>} exige */
    const ajouter = async (quoi, exige) => {
      await a.ajouter(quoi, exige);
      valeurs += Object.keys(exige).length;
    };
    /** @param {string} partie @param {string} liste @param {string | RegExp | number} lequel */
    const ouvrir = async (partie, liste, lequel) => {
      await a.partie(partie);
      const liens = main.getByRole("navigation", { name: liste, exact: true }).getByRole("link");
      const lien = typeof lequel === "number" ? liens.nth(lequel) : liens.filter({ hasText: lequel }).first();
      const nom = ((await lien.locator("xpath=.").innerText()).split("\n")[0] ?? "").trim();
      await lien.click();
      await main.getByRole("heading", { level: 2, name: debut(nom.replace(/\s*\d*$/, "").slice(0, 30)) }).first().waitFor();
    };
    /** @param {string} nom of a fold */
    const deplier = async (nom) => {
      const pli = main.locator("details").filter({ has: page.locator("> summary", { hasText: nom }) }).first();
      if (!(await pli.getAttribute("open").then((x) => x !== null))) await pli.locator("> summary").click();
      return pli;
    };
    const rang = (/** @type {any[]} */ l, /** @type {(i: number) => (string | number)[]} */ f) => l.map((_, i) => f(i));

    // --- the list, then the grids, pasted
    await a.lien("Nouveau contrat…").click();
    await a.champ("Région").selectOption({ label: "Provence-Alpes-Côte d'Azur" });
    await a.champ("Gestionnaire").fill("Association Mimosa");
    await a.champ("Première année").fill("2027");
    await a.champ("Établissements et services").focus();
    await a.coller(tsv(SIX.map(([nom, finess, categorie]) => [nom, finess, categorie])));
    await a.bouton("Créer le contrat").click();
    await page.getByRole("heading", { level: 1, name: "Reste à faire" }).waitFor();
    valeurs += 3 + 18;

    await a.partie("Périmètre");
    await coller("Établissements et services", "SIRET", rang(SIX, (i) => [SIRETS[i]]));
    await coller("Établissements et services", "Département", rang(SIX, (i) => ["13", JOURS[i]]));
    await coller("Capacités", "Capacité autorisée", CAPACITES);
    await coller("Effectifs (ETP)", "Administratif", rang(SIX, (i) => ["4,5", 20 + i, "0,8", "6,7", 3, "8,5"]));
    await a.partie("Activité");
    const theorique = DE.map((e, i) => CAPACITES[i][0] * JOURS[e]);
    const journees = (/** @type {number} */ i) => i !== 2 && i !== 8;
    await coller("Activité réalisée et retenue", "Jours", rang(DE, (i) => (journees(i) ? [JOURS[DE[i]], theorique[i]] : ["", ""])));
    const base = (/** @type {number} */ i) => (journees(i) ? Math.round(theorique[i] * 0.9) : CAPACITES[i][0]);
    await coller("Activité réalisée et retenue", "Réalisé 2024", rang(DE, (i) => [base(i) - 2, base(i) - 1, base(i)]));
    await coller("Activité à atteindre", "Activité retenue", rang(DE, (i) => [base(i), base(i), base(i) + 1, base(i) + 1, base(i) + 2, base(i) + 2]));
    await a.partie("Moyens");
    await coller("Budgets de référence", "Dépenses Groupe I (€)", BUDGETS.map((b) => b.slice(0, 3).map(euros)));
    await coller("Budgets de référence", "Recettes Groupe I (€)", BUDGETS.map((b) => b.slice(3).map(euros)));
    const total = BUDGETS.reduce((s, b) => s + b[3], 0);
    await coller("Dotations", "2027 (€)", [[1, 1.005, 1.01, 1.015, 1.02].map((x) => euros(Math.round(total * x)))]);
    await a.partie("Objectifs et fiches actions");
    await coller("Indicateurs et cibles", "Unité", rang(Array(6).fill(0), (i) => ["situations", 4 + i, 2026, 4, 4, 3, 3, 2]));

    // --- the parties and the signature
    await ouvrir("Parties et signature", "Gestionnaires", "Association Mimosa");
    await saisir("Statut juridique", "60");
    await saisir("FINESS juridique", "13 004 100 7");
    await saisir("SIREN", SIRENE);
    const groupe = (/** @type {string} */ nom) => main.getByRole("group", { name: new RegExp(`${debut(nom).source}( \\(obligatoire\\))?$`) });
    await saisir("Adresse", "3 rue du Port, 13002 Marseille", groupe("Siège"));
    await saisir("Qualité", "président", groupe("Représentant"));
    await choisir("Genre", "Masculin", groupe("Représentant"));
    await saisir("Référence", "résolution n° 4", groupe("Délibération"));
    await saisir("Date", "12 novembre 2026", groupe("Délibération"));
    await groupe("Délibération").getByRole("checkbox", { name: "Sans objet : Exécutoire le" }).check();
    await page.getByLabel("Motif (Exécutoire le sans objet)").fill("personne morale de droit privé");
    await page.keyboard.press("Tab");
    await ouvrir("Parties et signature", "Autorités", "ARS");
    await choisir("Genre", "Masculin", groupe("Représentant"));
    await saisir("Acte", "décret du 17 janvier 2024", groupe("Nomination"));
    await saisir("Date", "17 janvier 2024", groupe("Nomination"));
    await a.partie("Parties et signature");
    await saisir("Lieu", "Marseille");
    await saisir("Date de signature", "15 décembre 2026");
    await saisir("Exemplaires", "2");

    // --- the establishments
    for (const [i, [nom]] of SIX.entries()) {
      await ouvrir("Périmètre", "Établissements et services", nom);
      await saisir("Adresse", `${i + 1} rue des Écoles, 13002 Marseille`);
      await choisir("Compétence", "Compétence exclusive de l'ARS");
      await saisir("Type d'établissement recevant du public", "R, 4e catégorie");
      await choisir("Avis", "Favorable", groupe("Sécurité"));
      await saisir("Date", "14 mai 2024", groupe("Sécurité"));
      await saisir("Accessibilité", "conforme depuis 2019");
      await saisir("Dernière évaluation", "novembre 2023");
      await saisir("Prochaine évaluation", "4e trimestre 2028");
      const pli = await deplier("Autorisations");
      await a.ajouter("autorisation", { Acte: `l'arrêté n° 2017-0${i} du 4 janvier 2017` }, pli);
      valeurs++;
      await saisir("Objet", `portant renouvellement de l'autorisation de ${nom}`, pli);
      await saisir("Date", "4 janvier 2017", pli);
      await saisir("Échéance", "3 janvier 2032", pli);
    }
    await a.partie("Périmètre");
    await a.case("Sans objet : Partenariats").check();
    await page.getByLabel("Motif (Partenariats sans objet)").fill("aucune convention à ce jour");
    await page.keyboard.press("Tab");
    valeurs += 2;

    // --- the diagnosis
    await a.partie("Diagnostic");
    await saisir("Date", "30 juin 2026", main.locator(":scope > div > .champ, :scope > div > div > .champ"));
    await saisir("Méthode", "Trois réunions, et le tableau de bord de la performance.");
    for (const i of [0, 1]) {
      await ouvrir("Diagnostic", "Constats", i);
      await choisir("Thème", "Parcours des personnes accompagnées");
      await saisir("Texte", ["Les équipes partagent une commission d'admission.", "Neuf jeunes adultes attendent une place."][i]);
    }

    // --- the objectives and their forms
    await ouvrir("Objectifs et fiches actions", "Objectifs", 1);
    await saisir("Titre", "Préparer le passage à l'âge adulte");
    for (const i of [0, 1]) {
      await ouvrir("Objectifs et fiches actions", "Objectifs", i);
      const general = a.champ("Objectif général");
      await general.selectOption({ index: 1 });
      await saisir("Échéance", "2031");
      await saisir("Pilote", "la direction générale");
      valeurs++;
      await ouvrir("Objectifs et fiches actions", "Fiches actions", i);
      await saisir("Constat", "Des jeunes adultes attendent une place.");
      await saisir("Objectif opérationnel", "Réduire l'attente.");
      await saisir("Calendrier", "Lancement au premier semestre 2027.");
      await saisir("Vigilance", "Associer les familles.");
      await saisir("Description", "Un demi-poste de coordonnateur.", groupe("Moyens"));
      await choisir("Statut", "À moyens constants", groupe("Moyens"));
      const acteurs = groupe("Acteurs");
      await acteurs.getByLabel("Ajouter : Acteurs").fill("maison départementale des personnes handicapées");
      await page.keyboard.press("Enter");
      valeurs++;
      const actions = await deplier("Actions (0)").catch(() => null);
      if (actions) {
        await ajouter("action", { Texte: "Organiser des stages croisés." });
        await saisir("Début", "2027-T1");
        await saisir("Fin", "2028-T4");
        await saisir("Pilote", "la direction de l'IME", page.locator("details.element").first());
      }
      const indicateurs = main.locator("details").filter({ has: page.locator("> summary", { hasText: /^\s*Indicateurs \(/ }) }).first();
      await indicateurs.locator("> summary").click();
      for (let k = 0; k < 3; k++) {
        const pli = indicateurs.locator("details.element").nth(k);
        await pli.locator("> summary").click();
        await saisir("Libellé", `Situations suivies, ${["mise en œuvre", "résultat", "suivi"][k]}`, pli);
        await saisir("Source", "tableau de suivi", pli);
        await saisir("Fréquence", "annuelle", pli);
        await choisir("Sens", "À la baisse", pli);
      }
    }

    // --- the means and the follow-up
    await a.partie("Moyens");
    await ajouter("évolution", { Autorité: "ARS Provence-Alpes-Côte d'Azur", Année: "2027", Taux: "0,7" });
    await saisir("Règle", "taux d'actualisation des dotations limitatives");
    await a.partie("Moyens");
    await ajouter("budget commercial d'un ESAT", { Établissement: "ESAT Le Rocher" });
    await saisir("Année", "2026");
    await saisir("Charges", "982 400");
    await saisir("Produits", "1 011 700");
    await a.partie("Moyens");
    const affectation = groupe("Affectation des résultats").first();
    for (const ordre of ["Ordre transitoire", "Ordre sous EPRD"]) {
      await affectation.getByRole("group", { name: debut(ordre) }).getByRole("checkbox", { name: "Apurement des déficits antérieurs" }).check();
      valeurs++;
    }
    await choisir("Fongibilité", "Entre les établissements d'un même financeur", affectation);
    for (const partie of ["ARS", "Association Mimosa"]) {
      await ouvrir("Suivi", "Comité de suivi", partie);
      await saisir("Qualité", "le directeur général ou son représentant");
    }
    for (const i of [0, 1]) {
      await ouvrir("Pièces annexées", "Pièces", i);
      await main.locator("summary", { hasText: "peu utilisé" }).first().click();
      await saisir("Sans objet", "première contractualisation");
    }
    await a.enregistre();

    // --- what is in the file, and what prints
    note(`${valeurs} valeurs saisies`);
    verifier(valeurs >= VALEURS, `${valeurs} valeurs saisies, ${VALEURS} au moins étaient attendues`);
    const contrat = a.json();
    egal(contrat.moyens.budgets.map(montants), BUDGETS, "les budgets");
    egal(contrat.perimetre.etablissements.map((/** @type {any} */ e) => [e.nom, e.jours_ouverture, e.autorisations?.length]), SIX.map(([nom], i) => [nom, JOURS[i], 1]), "les établissements");
    egal(contrat.activite.every((/** @type {any} */ x) => x.cibles?.length === 5 && Object.keys(x.realise).length === 3), true, "cinq années de cibles et trois de réalisé partout");
    const projet = texteDuPdf(await a.imprimer("Projet, en PDF"));
    for (const [nom] of SIX) verifier(projet.replace(/’/g, "'").includes(nom), `« ${nom} » n'est pas imprimé`);

    await a.partie("Reste à faire");
    const manques = (await main.locator(".section-reste li").allInnerTexts()).map((l) => l.replace(/\s+/g, " "));
    const bloquantes = (await main.locator(".remarque.bloquante p:nth-of-type(2)").allInnerTexts()).map((l) => l.replace(/\s+/g, " "));
    const reste = [...bloquantes, ...manques];
    const neufs = reste.filter((l) => !RESTE.some((r) => r.test(l)));
    const partis = RESTE.filter((r) => !reste.some((l) => r.test(l)));
    egal([neufs, partis.map(String)], [[], []], "ce qui reste et n'était pas prévu, ce qui était prévu et ne reste plus");
    if (!RESTE.length) {
      const definitif = texteDuPdf(await a.imprimer("Définitif, en PDF"));
      verifier(!/à compléter/i.test(definitif), "le définitif dit encore « à compléter »");
      note("le définitif est imprimé");
    }
  },
};
