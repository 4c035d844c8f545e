// The real program on a fresh folder, a page opened with its key, and the gestures of a user: what every script is written with.
import { spawn, execFileSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { setTimeout as pause } from "node:timers/promises";
import { chromium } from "playwright-core";

const ICI = path.dirname(fileURLToPath(import.meta.url));
export const FIXTURES = path.join(ICI, "../../fixtures");
/** How long a thing may take to be there before it is told missing. */
export const PATIENCE = Number(process.env.CPOM_PATIENCE ?? 10) * 1000;

const cible = process.env.CARGO_TARGET_DIR ?? path.join(process.env.XDG_CACHE_HOME ?? path.join(os.homedir(), ".cache"), "cpom/target");
export const PROGRAMME = process.env.CPOM ?? path.join(cible, "release/cpom");

export { pause };

/** A sentence that says what the user does not find. */
export class Echec extends Error {}

// --- the browser ---------------------------------------------------------------------------------

export function ouvrirNavigateur() {
  const racine = process.getuid?.() === 0;
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    // As root, Chromium's own sandbox does not start.
    args: racine ? ["--no-sandbox"] : [],
  });
}

// --- what is waited for ---------------------------------------------------------------------------

/**
 * Waits until `lire` gives something true, and gives it.
 * @template T
 * @param {string} quoi what should come, as a user says it
 * @param {() => T | Promise<T>} lire
 * @param {number} [delai]
 * @returns {Promise<T>}
 */
export async function attendre(quoi, lire, delai = PATIENCE) {
  const fin = Date.now() + delai;
  let raison = "";
  for (;;) {
    try {
      const x = await lire();
      if (x) return x;
      raison = "";
    } catch (e) {
      raison = e instanceof Error ? ` (${traduire(e)})` : "";
    }
    if (Date.now() > fin) throw new Echec(`${quoi} : toujours pas après ${Math.round(delai / 1000)} s${raison}`);
    await pause(40);
  }
}

/** @param {boolean} vrai @param {string} sinon what is wrong when it is not so */
export function verifier(vrai, sinon) {
  if (!vrai) throw new Echec(sinon);
}

/** @param {unknown} x */
export const dire = (x) => (x === undefined ? "rien" : JSON.stringify(x));

/** @param {unknown} obtenu @param {unknown} attendu @param {string} quoi */
export function egal(obtenu, attendu, quoi) {
  if (dire(obtenu) !== dire(attendu)) throw new Echec(`${quoi} : ${dire(obtenu)}, on attendait ${dire(attendu)}`);
}

/**
 * As `egal`, but what is read may take a moment to be so.
 * @param {string} quoi @param {() => unknown | Promise<unknown>} lire @param {unknown} attendu
 */
export async function bientot(quoi, lire, attendu) {
  let dernier;
  try {
    await attendre(quoi, async () => dire((dernier = await lire())) === dire(attendu));
  } catch (e) {
    if (dernier === undefined && e instanceof Echec && e.message.includes("(")) throw e;
    throw new Echec(`${quoi} : ${dire(dernier)}, on attendait ${dire(attendu)}`);
  }
}

const ROLES = { button: "le bouton", link: "le lien", textbox: "le champ", checkbox: "la case", radio: "le choix", dialog: "la fenêtre", combobox: "la liste", heading: "le titre", option: "la proposition", table: "la grille", row: "la ligne", group: "le groupe", spinbutton: "le champ", region: "la zone", status: "le message" };

/** What the browser's driver says, in the user's words. @param {Error} e */
export function traduire(e) {
  if (e instanceof Echec) return e.message;
  const m = e.message.replace(/\u001b\[\d+m/g, "");
  const ou = (/waiting for (.*)/.exec(m)?.[1] ?? "")
    .replace(/getByRole\('(\w+)'(?:, \{ name: ('(?:[^'\\]|\\.)*'|\/.*?\/[a-z]*)(?:, exact: \w+)? \})?\)/g, (_, r, n) => `${ROLES[/** @type {keyof typeof ROLES} */ (r)] ?? r} ${n ?? ""}`)
    .replace(/getByLabel\((.*?)\)/g, "le champ $1")
    .replace(/getByText\((.*?)\)/g, "le texte $1")
    .replace(/locator\((.*?)\)/g, "$1")
    .trim();
  if (e.name === "TimeoutError" && ou) {
    const empeche = /intercepts pointer events/.test(m) ? ", ou quelque chose est devant" : /not enabled|not visible|not stable/.test(m) ? ", ou ne se laisse pas utiliser" : "";
    return `introuvable${empeche} : ${ou}`;
  }
  if (/strict mode violation/.test(m)) return `plusieurs réponses au même nom : ${m.split("\n").slice(0, 4).join(" ").replace(/.*strict mode violation: /, "")}`;
  return m.split("\n")[0];
}

// --- the workshop -------------------------------------------------------------------------------

/** What is put in the folder before the program is started. @type {Record<string, (dossier: string) => void>} */
const DOSSIERS = {
  vide: () => {},
  exemple: (d) => fs.cpSync(path.join(FIXTURES, "paca"), d, { recursive: true, filter: (f) => !f.endsWith("minimal.json") }),
  minimal: (d) => fs.copyFileSync(path.join(FIXTURES, "paca/minimal.json"), path.join(d, "minimal.json")),
  deux: (d) => fs.cpSync(path.join(FIXTURES, "paca"), d, { recursive: true }),
};

export class Atelier {
  /** @param {import("playwright-core").Browser} navigateur @param {string} dossier */
  constructor(navigateur, dossier) {
    this.navigateur = navigateur;
    this.dossier = dossier;
    /** Faults of the page that no gesture shows: errors of its scripts, what its own policy forbids. @type {string[]} */
    this.fautes = [];
  }

  /**
   * @param {import("playwright-core").Browser} navigateur
   * @param {string | ((dossier: string) => void)} depart
   * @param {{largeur?: number, hauteur?: number, options?: import("playwright-core").BrowserContextOptions}} [ecran]
   * @param {number} [patience]
   */
  static async lancer(navigateur, depart, ecran = {}, patience = PATIENCE) {
    // The name of the folder is shown on the page: it is the same in every run.
    const dossier = path.join(fs.mkdtempSync(path.join(os.tmpdir(), "cpom-navigateur-")), "CPOM 2026");
    fs.mkdirSync(dossier);
    (typeof depart === "function" ? depart : DOSSIERS[depart])(dossier);
    const a = new Atelier(navigateur, dossier);
    await a.demarrer();
    a.patience = patience;
    await a.ouvrirPage(ecran);
    return a;
  }

  /** @param {string[]} [options] */
  async demarrer(options = []) {
    const p = spawn(PROGRAMME, ["atelier", this.dossier, "--sans-navigateur", ...options], { stdio: ["ignore", "pipe", "pipe"], env: { ...process.env, LC_ALL: "C.UTF-8" } });
    this.programme = p;
    this.dits = "";
    for (const flux of [p.stdout, p.stderr]) flux.on("data", (x) => (this.dits += x));
    p.on("error", (e) => (this.dits += e.message));
    this.adresse = await attendre(`l'atelier ne démarre pas (${PROGRAMME})`, () => {
      if (p.exitCode !== null) throw new Echec(`il s'est arrêté : ${this.dits}`);
      return /http:\/\/127\.0\.0\.1:\d+\/\?cle=\w+/.exec(this.dits ?? "")?.[0];
    }, 30000);
    this.base = new URL(/** @type {string} */ (this.adresse)).origin;
  }

  /** @param {{largeur?: number, hauteur?: number, options?: import("playwright-core").BrowserContextOptions}} [ecran] */
  async ouvrirPage({ largeur = 1280, hauteur = 900, options = {} } = {}) {
    this.contexte = await this.navigateur.newContext({ viewport: { width: largeur, height: hauteur }, locale: "fr-FR", timezoneId: "Europe/Paris", acceptDownloads: true, ...options });
    await this.contexte.grantPermissions(["clipboard-read", "clipboard-write"]);
    this.contexte.setDefaultTimeout(this.patience ?? PATIENCE);
    this.page = await this.nouvelOnglet();
    await this.page.goto(/** @type {string} */ (this.adresse));
  }

  async nouvelOnglet() {
    const page = await /** @type {import("playwright-core").BrowserContext} */ (this.contexte).newPage();
    page.on("pageerror", (e) => this.fautes.push(`la page s'est trompée : ${e.message}`));
    page.on("console", (m) => {
      if (/Content[ -]Security[ -]Policy/i.test(m.text())) this.fautes.push(`la page demande ce qu'elle s'interdit : ${m.text()}`);
    });
    return page;
  }

  /** Ends the program as a power cut does. */
  async tuer() {
    const p = this.programme;
    if (!p || p.exitCode !== null || p.signalCode !== null) return;
    const fini = new Promise((r) => p.once("exit", r));
    p.kill("SIGKILL");
    await fini;
  }

  async fermer() {
    await this.contexte?.close();
    await this.tuer();
    fs.rmSync(path.dirname(this.dossier), { recursive: true, force: true });
  }

  // --- where one is -------------------------------------------------------------------------------

  /** From the home page, by its name. @param {string} reference */
  async ouvrirContrat(reference) {
    await this.lien(reference).click();
    await this.page.getByRole("navigation", { name: "Parties du contrat" }).waitFor();
  }

  /** @param {string} nom a part of the contract, « Historique » or « Reste à faire » @param {import("playwright-core").Page} [page] */
  async partie(nom, page = this.page) {
    await page.getByRole("navigation", { name: "Parties du contrat" }).getByRole("link", { name: debut(nom) }).first().click();
    await page.getByRole("main").getByRole("heading", { level: 1, name: debut(nom.replace(/…$/, "")) }).waitFor();
    // They come after the rest, and push it down.
    await attendre(`les grilles de « ${nom} » ne viennent pas`, async () => !(await page.getByText("Lecture de la grille…").count()));
  }

  // --- what one sees, by role and name ------------------------------------------------------------

  /** @param {string | RegExp} nom @param {Portee} [dans] */
  bouton(nom, dans = this.page) {
    return dans.getByRole("button", { name: typeof nom === "string" ? entier(nom) : nom });
  }
  /** @param {string | RegExp} nom @param {Portee} [dans] */
  lien(nom, dans = this.page) {
    return dans.getByRole("link", { name: nom });
  }
  /** A field by its label, whether it must be filled or not. @param {string} nom @param {Portee} [dans] */
  champ(nom, dans = this.page.getByRole("main")) {
    // The cells of a grid are named by their row and column: see `cellule`.
    return dans.getByLabel(entier(nom, "( \\(obligatoire\\))?")).and(("page" in dans ? dans.page() : dans).locator(":not(td input)"));
  }
  /** @param {string | RegExp} nom @param {Portee} [dans] */
  case(nom, dans = this.page) {
    return dans.getByRole("checkbox", { name: nom });
  }
  /** @param {string | RegExp} nom @param {Portee} [dans] */
  choix(nom, dans = this.page) {
    return dans.getByRole("radio", { name: nom });
  }
  /** What a box proposes while one types in it. @param {RegExp} [nom] */
  proposition(nom) {
    return this.page.getByRole("listbox").getByRole("option", nom ? { name: nom } : {}).first();
  }
  get fenetre() {
    return this.page.getByRole("dialog");
  }
  /** What was just said in the status line. */
  get annonce() {
    return this.page.locator(".annonce");
  }
  /** @param {string | RegExp} titre */
  grille(titre) {
    return this.page.getByRole("table", { name: typeof titre === "string" ? debut(titre) : titre });
  }
  /** A cell by its row and its column. @param {string} titre @param {string} ligne @param {string} colonne */
  cellule(titre, ligne, colonne) {
    return this.grille(titre).getByRole("textbox", { name: new RegExp(`${debut(ligne).source}.*${entier(colonne).source.slice(1)}`) }).first();
  }

  // --- what one does ------------------------------------------------------------------------------

  /** Types in a field and leaves it. @param {string} nom @param {string} texte @param {Portee} [dans] */
  async remplir(nom, texte, dans) {
    const c = this.champ(nom, dans);
    await c.fill(texte);
    await c.press("Tab");
  }

  /**
   * One value among a few, whether the page offers them as buttons or as a list.
   * @param {string} nom @param {string} libelle @param {Portee} [dans]
   */
  async choisir(nom, libelle, dans = this.page.getByRole("main")) {
    const groupe = dans.getByRole("group", { name: entier(nom, "( \\(obligatoire\\))?") });
    const liste = this.champ(nom, dans);
    await attendre(`« ${nom} » n'est pas là`, async () => (await groupe.count()) + (await liste.count()) > 0);
    if (await groupe.count()) await groupe.first().getByRole("radio", { name: entier(libelle) }).check();
    else if (await liste.evaluate((e) => e instanceof HTMLSelectElement)) await liste.selectOption({ label: libelle });
    else await liste.fill(libelle);
  }

  /**
   * « Ajouter »; what the element cannot be without is asked first.
   * @param {string} quoi @param {Record<string, string>} [exige] @param {Portee} [dans]
   */
  async ajouter(quoi, exige = {}, dans = this.page) {
    await this.bouton(new RegExp(`^\\s*Ajouter( : | une? )${echappe(quoi)}…?\\s*$`), dans).click();
    if (!Object.keys(exige).length) return;
    await this.fenetre.waitFor();
    for (const [nom, texte] of Object.entries(exige)) await this.choisir(nom, texte, this.fenetre);
    await this.bouton("Ajouter", this.fenetre).click();
    await this.fenetre.waitFor({ state: "detached" });
  }

  /** As Ctrl+V does after a copy in another program. @param {string} texte @param {string} [html] */
  async coller(texte, html) {
    await this.page.evaluate(async ([t, h]) => {
      /** @type {Record<string, Blob>} */
      const sortes = { "text/plain": new Blob([t], { type: "text/plain" }) };
      if (h) sortes["text/html"] = new Blob([h], { type: "text/html" });
      await navigator.clipboard.write([new ClipboardItem(sortes)]);
    }, [texte, html ?? ""]);
    await this.page.keyboard.press("Control+V");
  }

  /** Everything typed is in the files. */
  async enregistre() {
    await attendre("la page ne dit pas « Enregistré »", async () => (await this.page.locator(".enregistre").innerText()).startsWith("Enregistré"));
  }

  /**
   * A line of « Imprimer »: the file that comes.
   * @param {string} forme
   */
  async imprimer(forme) {
    await this.bouton(/^Imprimer/).click();
    return this.recevoir(async () => {
      await this.bouton(forme).click();
      // Before a definitive, the alerts are read.
      const lues = this.fenetre.getByRole("button", { name: /lues?, imprimer$/ });
      for (let i = 0; i < 10 && forme.startsWith("Définitif"); i++) {
        if (await lues.isVisible()) return lues.click();
        await pause(50);
      }
    });
  }

  /** What a gesture downloads. @param {() => Promise<unknown>} geste */
  async recevoir(geste) {
    const [fichier] = await Promise.all([this.page.waitForEvent("download", { timeout: 60000 }), geste()]);
    const la = path.join(path.dirname(this.dossier), `recu-${Date.now()}-${fichier.suggestedFilename()}`);
    await fichier.saveAs(la);
    return la;
  }

  // --- what is there afterwards -------------------------------------------------------------------

  /** The contract of the folder, as its file says it now. @param {string} [nom] */
  json(nom) {
    const la = nom ?? attenduSeul(fs.readdirSync(this.dossier).filter((f) => f.endsWith(".json")));
    return JSON.parse(fs.readFileSync(path.join(this.dossier, la), "utf8"));
  }

  /** @param {string} nom */
  octets(nom) {
    return fs.readFileSync(path.join(this.dossier, nom), "utf8");
  }

  /**
   * The file of the contract says it.
   * @param {string} quoi @param {(contrat: any) => unknown} lire @param {unknown} attendu @param {string} [nom]
   */
  async dansLeFichier(quoi, lire, attendu, nom) {
    await bientot(`dans le fichier, ${quoi}`, () => lire(this.json(nom)), attendu);
    // The page is told a moment after the file: a gesture made meanwhile would be on what it still shows.
    await attendre("la page dit toujours « Enregistrement… »", async () => !(await this.page.locator(".enregistre", { hasText: "Enregistrement" }).count()));
  }
}

/** @typedef {import("playwright-core").Page | import("playwright-core").Locator} Portee */

/** @param {string[]} noms */
function attenduSeul(noms) {
  if (noms.length !== 1) throw new Echec(`un seul fichier de contrat était attendu dans le dossier, il y a : ${noms.join(", ") || "aucun"}`);
  return noms[0];
}

const echappe = (/** @type {string} */ s) => s.replace(/[.*+?^${}()|[\]\\]/g, "\\$&").replace(/['’]/g, "['’]").replace(/ /g, "\\s+");
/** The whole name; both apostrophes are the same. @param {string} nom @param {string} [suite] */
export const entier = (nom, suite = "") => new RegExp(`^\\s*${echappe(nom)}${suite}\\s*$`);
/** @param {string} nom */
export const debut = (nom) => new RegExp(`^\\s*${echappe(nom)}`);
/** @param {string} nom */
export const contient = (nom) => new RegExp(echappe(nom));

// --- printed files ------------------------------------------------------------------------------

/** The words of a PDF, spaces made one. @param {string} fichier */
export function texteDuPdf(fichier) {
  return execFileSync("pdftotext", ["-raw", "-enc", "UTF-8", fichier, "-"], { encoding: "utf8", maxBuffer: 1 << 26 }).replace(/\s+/g, " ");
}

/** @param {string} fichier */
export function texteDuWord(fichier) {
  return execFileSync("python3", [path.join(ICI, "word.py"), "lire", fichier], { encoding: "utf8", maxBuffer: 1 << 26 });
}

/** The same Word file, where words were replaced by a hand. @param {string} fichier @param {string} avant @param {string} apres @param {string} vers */
export function changerLeWord(fichier, avant, apres, vers) {
  execFileSync("python3", [path.join(ICI, "word.py"), "changer", fichier, avant, apres, vers]);
}

/** The same workbook, where a number was typed over another. @param {string} fichier @param {number} avant @param {number} apres @param {string} vers */
export function changerLeClasseur(fichier, avant, apres, vers) {
  execFileSync("python3", [path.join(ICI, "word.py"), "chiffrer", fichier, String(avant), String(apres), vers]);
}

/** The command line says it too. @param {...string} arguments_ */
export function cpom(...arguments_) {
  try {
    return { code: 0, dit: execFileSync(PROGRAMME, arguments_, { encoding: "utf8", stdio: ["ignore", "pipe", "pipe"], maxBuffer: 1 << 26 }) };
  } catch (e) {
    const x = /** @type {any} */ (e);
    return { code: x.status ?? 1, dit: `${x.stdout ?? ""}${x.stderr ?? ""}` };
  }
}
