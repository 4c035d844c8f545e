// Runs the scripts named (all by default), one after the other in one browser, and tells each in one line.
// node lancer.mjs [--programme CHEMIN] [--vues DOSSIER] [début du nom…]
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const ici = path.dirname(fileURLToPath(import.meta.url));
const demandes = [];
let images = process.env.CPOM_VUES ?? "";
for (let i = 2; i < process.argv.length; i++) {
  if (process.argv[i] === "--programme") process.env.CPOM = path.resolve(process.argv[++i]);
  else if (process.argv[i] === "--vues") images = process.argv[++i];
  else demandes.push(process.argv[i]);
}
// After the options: the tools read which program to start when they are loaded.
const { Atelier, ouvrirNavigateur, traduire, PROGRAMME } = await import("./outils.mjs");

if (!fs.existsSync(PROGRAMME)) {
  console.error(`${PROGRAMME} n'existe pas : construisez cpom, ou dites où il est avec --programme.`);
  process.exit(2);
}

const tous = [
  ...["taches", "clavier", "etats"].flatMap((d) => fs.readdirSync(path.join(ici, d)).filter((f) => f.endsWith(".mjs")).sort().map((f) => `${d}/${f}`)),
  "contrat-de-six.mjs",
].filter((f) => fs.existsSync(path.join(ici, f)));
const choisis = demandes.length ? tous.filter((f) => demandes.some((d) => f.startsWith(d) || f.slice(f.indexOf("/") + 1).startsWith(d))) : tous;
if (!choisis.length) {
  console.error(`Aucun essai ne porte ce nom. Il y a : ${tous.join(", ")}`);
  process.exit(2);
}

const debut = Date.now();
const comptes = { reussi: 0, pasEncore: 0, echec: 0 };
/** @type {string[]} */
const aDemarquer = [];
const navigateur = await ouvrirNavigateur();
/** @type {InstanceType<typeof Atelier> | undefined} */
let enCours;
// Who stops the run leaves no workshop behind.
for (const signal of ["SIGINT", "SIGTERM"]) {
  process.once(signal, async () => {
    await enCours?.fermer().catch(() => {});
    process.exit(130);
  });
}
for (const fichier of choisis) {
  const essai = (await import(pathToFileURL(path.join(ici, fichier)).href)).default;
  const t = Date.now();
  /** @type {InstanceType<typeof Atelier> | undefined} */
  let a;
  let refus = "";
  /** @type {string[]} */
  const notes = [];
  try {
    a = await Atelier.lancer(navigateur, essai.dossier ?? "vide", essai.ecran, essai.attendue ? 4000 : undefined);
    enCours = a;
    await essai.faire(a, (/** @type {string} */ n) => notes.push(n));
    if (a.fautes.length) refus = a.fautes.join(" ; ");
  } catch (e) {
    refus = e instanceof Error ? traduire(e) : String(e);
    if (process.env.CPOM_DETAIL && e instanceof Error) refus += `\n${e.stack}`;
    if (a?.fautes.length) refus += ` ; ${a.fautes.join(" ; ")}`;
    if (!essai.attendue) {
      const dossier = images || (images = fs.mkdtempSync(path.join(os.tmpdir(), "cpom-vues-")));
      fs.mkdirSync(dossier, { recursive: true });
      const image = path.join(dossier, `echec-${fichier.replace(/\W+/g, "-")}.png`);
      await a?.page?.screenshot({ path: image }).then(() => (refus += `\n      image : ${image}`), () => {});
    }
  }
  await a?.fermer().catch(() => {});
  const duree = `${((Date.now() - t) / 1000).toFixed(1)} s`;
  const nom = `${fichier.replace(".mjs", "")} – ${essai.titre}`;
  if (!refus && !essai.attendue) {
    comptes.reussi++;
    console.log(`réussi      ${nom} (${duree})`);
  } else if (!refus) {
    comptes.reussi++;
    aDemarquer.push(fichier);
    console.log(`réussi      ${nom} (${duree}) : n'est plus attendue`);
  } else if (essai.attendue) {
    comptes.pasEncore++;
    console.log(`pas encore  ${nom} (${duree}) : ${refus}`);
  } else {
    comptes.echec++;
    console.log(`ÉCHEC       ${nom} (${duree})\n      ${refus}`);
  }
  for (const n of notes) console.log(`      ${n}`);
}
await navigateur.close();
const pluriel = (/** @type {number} */ n, /** @type {string} */ mot) => `${n} ${mot}${n > 1 ? "s" : ""}`;
for (const f of aDemarquer) console.log(`${f} réussit : ôtez-lui « attendue », pour qu'il puisse échouer.`);
console.log(`${pluriel(comptes.reussi, "réussi")}, ${comptes.pasEncore} pas encore, ${comptes.echec} en échec (${Math.round((Date.now() - debut) / 1000)} s)`);
process.exit(comptes.echec || aDemarquer.length ? 1 : 0);
