// Twelve views, at 1280 and 400 px, as PNG in a folder: to be looked at.
// node vues.mjs DOSSIER [--programme CHEMIN]
import fs from "node:fs";
import path from "node:path";

const arguments_ = process.argv.slice(2);
const p = arguments_.indexOf("--programme");
if (p >= 0) process.env.CPOM = path.resolve(arguments_.splice(p, 2)[1]);
const [vers] = arguments_;
if (!vers) {
  console.error("Usage : node vues.mjs DOSSIER [--programme CHEMIN]");
  process.exit(2);
}
const { Atelier, ouvrirNavigateur, traduire } = await import("./outils.mjs");
const { deuxFautes } = await import("./taches/13-corriger-ce-qui-bloque.mjs");

/** Left to right as a user meets them; each is shot when its gesture is done. @type {[string, (a: InstanceType<typeof Atelier>) => Promise<void>][]} */
const VUES = [
  ["accueil", async (a) => a.lien("CPOM-2026-2030-ADELIE").waitFor()],
  ["nouveau-contrat", async (a) => {
    await a.lien("Nouveau contrat…").click();
    await a.champ("Région").selectOption({ label: "Provence-Alpes-Côte d'Azur" });
  }],
  ["reste-a-faire", async (a) => {
    await a.lien("Retour aux contrats").click();
    await a.lien("CPOM-2026-2030-ADELIE").click();
    await a.page.getByRole("main").getByText(/^Bloquante/).first().waitFor();
  }],
  ["contrat", (a) => partie(a, "Contrat")],
  ["perimetre", (a) => partie(a, "Périmètre")],
  ["etablissement", async (a) => {
    await a.page.getByRole("main").getByRole("navigation", { name: "Établissements et services" }).getByRole("link", { name: "IME Les Oliviers" }).click();
    await a.remplir("Jours d'ouverture", "beaucoup");
  }],
  ["fiche", async (a) => {
    await partie(a, "Objectifs et fiches actions");
    await a.page.getByRole("main").getByRole("navigation", { name: "Fiches actions" }).getByRole("link").nth(1).click();
  }],
  ["activite", (a) => partie(a, "Activité")],
  ["moyens", (a) => partie(a, "Moyens")],
  ["historique", (a) => partie(a, "Historique")],
  ["chercher", async (a) => {
    await a.page.keyboard.press("Control+K");
    await a.fenetre.getByRole("combobox").fill("jours ouverture");
    await a.proposition().waitFor();
  }],
  ["refus-du-definitif", async (a) => {
    await a.page.keyboard.press("Escape");
    await a.page.keyboard.press("Escape");
    await a.bouton(/^Imprimer/).click();
    await a.bouton("Définitif, en PDF").click();
    await a.fenetre.waitFor({ timeout: 30000 });
  }],
];

/** @param {InstanceType<typeof Atelier>} a @param {string} nom */
async function partie(a, nom) {
  const volets = a.page.getByRole("navigation", { name: "Volet affiché" });
  if (await volets.isVisible()) await volets.getByRole("button", { name: "Parties" }).click();
  await a.partie(nom);
}

fs.mkdirSync(vers, { recursive: true });
const navigateur = await ouvrirNavigateur();
let manquees = 0;
for (const [largeur, hauteur] of [[1280, 800], [400, 800]]) {
  const a = await Atelier.lancer(navigateur, deuxFautes, { largeur, hauteur, options: { reducedMotion: "reduce" } });
  for (const [i, [nom, geste]] of VUES.entries()) {
    try {
      await geste(a);
    } catch (e) {
      manquees++;
      console.log(`${nom}, ${largeur} px : ${e instanceof Error ? traduire(e) : e}`);
    }
    // Pictures of pages and fonts: what is still on its way is waited for a little.
    await a.page.waitForLoadState("networkidle", { timeout: 1500 }).catch(() => {});
    const image = path.join(vers, `${String(i + 1).padStart(2, "0")}-${nom}-${largeur}.png`);
    await a.page.screenshot({ path: image, animations: "disabled", caret: "hide" });
    console.log(image);
  }
  await a.fermer();
}
await navigateur.close();
process.exit(manquees ? 1 : 0);
