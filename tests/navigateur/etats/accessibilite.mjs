import { axe, sansDebord } from "../axe.mjs";
import { foyer, tabJusqua } from "../clavier.mjs";
import { bientot, egal, verifier } from "../outils.mjs";

/** Criteria of each theme of the RGAA 4.1.2: 106. */
const PAR_THEME = [9, 2, 3, 13, 8, 2, 5, 10, 4, 14, 13, 11, 12];

export default {
  titre: "« Accessibilité » : de chaque vue au clavier, les 106 critères, un taux qui est celui de ses lignes",
  dossier: "exemple",
  /** @param {import("../outils.mjs").Atelier} a */
  async faire(a) {
    const { page } = a;
    const titre = page.getByRole("heading", { level: 1, name: "Accessibilité" });
    const pied = page.getByRole("contentinfo").getByRole("link", { name: /^Accessibilité : (totalement|partiellement|non) conforme$/ });
    // The foot of each view, by the keyboard; and the way back.
    await a.lien("CPOM-2026-2030-ADELIE").waitFor();
    await tabJusqua(page, /^Accessibilité : /);
    await page.keyboard.press("Enter");
    await titre.waitFor();
    await bientot("le titre a le foyer", () => foyer(page), "Accessibilité");
    await bientot("le titre de la page", () => page.title(), "Accessibilité – cpom, atelier");
    await axe(page, "« Accessibilité »");
    await sansDebord(page, "« Accessibilité »");
    await a.lien("Retour aux contrats").click();
    await a.lien("Nouveau contrat…").click();
    await a.champ("Gestionnaire").waitFor();
    egal(await pied.count(), 1, "la mention au pied de « Nouveau contrat »");
    await a.lien("Retour aux contrats").click();
    await a.ouvrirContrat("CPOM-2026-2030-ADELIE");
    await a.partie("Suivi");
    // From the pane before it.
    await page.keyboard.press("F6");
    await tabJusqua(page, /^Accessibilité : /);
    await page.keyboard.press("Enter");
    await titre.waitFor();

    // What it says is counted from its lines.
    const themes = page.getByRole("table", { name: /: critères$/ });
    const lignes = await themes.evaluateAll((t) => t.map((x) => [...x.querySelectorAll("tbody tr")].map((l) => [...l.children].map((c) => c.textContent ?? ""))));
    egal(lignes.map((t) => t.length), PAR_THEME, "les critères de chaque thème");
    egal(lignes.flatMap((t, i) => t.map((l, j) => l[0].split(" ")[0] === `${i + 1}.${j + 1}`)).filter((x) => !x), [], "les numéros qui ne se suivent pas");
    verifier(lignes.flat().every((l) => l.every((c) => c.trim().length > 3)), "un critère n'a ni objet ni constat");
    const nombre = (/** @type {string} */ etat) => lignes.flat().filter((l) => l[1] === etat).length;
    const [oui, non, sans] = ["conforme", "non conforme", "non applicable"].map(nombre);
    egal(oui + non + sans, 106, "les critères évalués");
    const taux = Math.floor((100 * oui) / (oui + non));
    const mention = non === 0 ? "totalement conforme" : taux >= 50 ? "partiellement conforme" : "non conforme";
    const dit = (await page.getByRole("main").innerText()).replace(/\s+/g, " ");
    for (const phrase of [`Accessibilité : ${mention}.`, `${taux} % des critères qui s’appliquent sont respectés : ${oui} sur ${oui + non}. Les ${sans} autres`]) verifier(dit.includes(phrase), `la page ne dit pas « ${phrase} »`);
    egal(await page.getByRole("heading", { name: "Ce qui n’est pas conforme" }).locator("+ ul > li").count(), non, "les manques expliqués");
    await a.lien("Retour au contrat").click();
    await page.getByRole("heading", { level: 1, name: "Suivi" }).waitFor();

    // 400 %.
    await page.setViewportSize({ width: 320, height: 700 });
    await pied.click();
    await titre.waitFor();
    await sansDebord(page, "« Accessibilité », à 400 %");
    await axe(page, "« Accessibilité », à 400 %");
  },
};
