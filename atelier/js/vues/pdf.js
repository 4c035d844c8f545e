// A printed PDF on the home page: opened as a contract again, or checked, with what that says in plain words.
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { compte } from "../annonces.js";
import { encoreLa, maintenant } from "../depart.js";
import { zoneDeDepot } from "../depot.js";
import { fermerDialogue, ouvrirDialogue } from "../dialogue.js";
import { html } from "../html.js";
import * as api from "../requetes.js";
import { adresse, aller } from "../route.js";
import { Signe } from "./signe.js";

/** @typedef {import("../api.js").Controle} Controle */

/** @param {File} [fichier] */
export const ouvrirUnPdf = (fichier) => ouvrirDialogue("Ouvrir un PDF imprimé", () => html`<${Ouvrir} fichier=${fichier} />`);
/** @param {File} [fichier] */
export const controlerUnPdf = (fichier) => ouvrirDialogue("Contrôler un PDF", () => html`<${Controler} fichier=${fichier} />`, { large: true });

/** A PDF dropped on the home page: what for? @param {File} fichier */
export function pdfDepose(fichier) {
  ouvrirDialogue("Que faire de ce fichier ?", () => html`<p>${fichier.name}</p><ul class="choisir">
    <li><button type="button" onClick=${() => ouvrirUnPdf(fichier)}>L’ouvrir comme contrat de ce dossier</button></li>
    <li><button type="button" onClick=${() => controlerUnPdf(fichier)}>Contrôler qu’il est celui qui a été imprimé</button></li></ul>`);
}

/**
 * Asks a file, then says what was made of it.
 * @param {{fichier?: File, aide: string, lire: (f: File) => Promise<void>}} p
 */
function Demande({ fichier, aide, lire }) {
  const nom = useSignal("");
  const encours = useSignal(false);
  const panne = useSignal("");
  /** @param {File} f */
  const prendre = async (f) => {
    nom.value = f.name;
    panne.value = "";
    encours.value = true;
    try {
      await lire(f);
    } catch (e) {
      panne.value = e instanceof Error ? e.message : String(e);
    }
    encours.value = false;
  };
  useEffect(() => {
    if (fichier) prendre(fichier);
  }, []);
  return html`<p class="aide" id="pdf-aide">${aide}</p>
    <div class="champ"><label for="pdf-fichier">Fichier PDF</label><div class="depot" ...${zoneDeDepot(prendre)}><input type="file" id="pdf-fichier" accept=".pdf" aria-describedby="pdf-aide"
      onChange=${(/** @type {Event} */ e) => {
        const el = /** @type {HTMLInputElement} */ (e.target);
        const f = el.files?.[0];
        el.value = "";
        if (f) prendre(f);
      }} /></div></div>
    <p role="status">${encours.value ? `Lecture de ${nom.value}…` : ""}</p>
    <p class="erreur" role="alert">${panne.value}</p>`;
}

/** @param {{fichier?: File}} p */
function Ouvrir({ fichier }) {
  const fait = useSignal(/** @type {{id: string, reserves: string[]} | null} */ (null));
  /** @param {string} id */
  const entrer = (id) => {
    fermerDialogue();
    aller(adresse(id));
  };
  /** @param {File} f */
  const lire = async (f) => {
    const r = await api.ouvrirPdf(f);
    const dossier = await api.contrats();
    if (!dossier.contrats.some((c) => c.id === r.id)) {
      throw new Error("Ce contrat est déjà dans le dossier, sous la même référence : le fichier est enregistré, et rangé « À part » dans la liste.");
    }
    if (r.reserves.length) fait.value = r;
    else entrer(r.id);
  };
  const r = fait.value;
  if (r) {
    return html`<p>Le contrat est dans le dossier. À savoir :</p><ul>${r.reserves.map((x) => html`<li>${x}</li>`)}</ul>
      <div class="boutons"><button type="button" class="principal" onClick=${() => entrer(r.id)}>Ouvrir le contrat</button></div>`;
  }
  return html`<${Demande} fichier=${fichier} lire=${lire} aide="Un PDF imprimé par cpom contient tout son contrat : il devient un contrat de ce dossier, à reprendre où il en était." />`;
}

const VERDICTS = {
  conforme: "Conforme : c’est bien le document imprimé, rien n’y a changé.",
  non_conforme: "Non conforme : quelque chose a changé, ou une signature ne va pas.",
  non_verifiable: "Rien ne va mal, mais tout n’a pas pu être vérifié ici.",
};
/** @type {Record<string, string>} */
const INTEGRITES = {
  non_signe: "pas encore signé",
  intacte: "signature intacte",
  rompue: "le document a changé depuis la signature",
  fausse: "la signature ne vient pas du certificat joint",
  non_lue: "la signature ne se lit pas",
  non_verifiee: "signature d’une sorte qui ne se vérifie pas ici",
};

/** @param {{fichier?: File}} p */
function Controler({ fichier }) {
  const lu = useSignal(/** @type {Controle | null} */ (null));
  return html`<${Demande} fichier=${fichier} aide="Dit si un PDF est encore celui qui a été imprimé, et ce que valent ses signatures. Rien n’est gardé."
      lire=${async (/** @type {File} */ f) => {
        const depuis = maintenant();
        lu.value = null;
        lu.value = await api.controlerPdf(f);
        requestAnimationFrame(() => encoreLa(depuis) && document.getElementById("pdf-verdict")?.focus());
      }} />
    ${lu.value ? html`<${Verdict} c=${lu.value} />` : null}`;
}

/** @param {{c: Controle}} p */
function Verdict({ c }) {
  const signe = c.verdict === "conforme" ? "information" : c.verdict === "non_conforme" ? "bloquante" : "alerte";
  return html`<h3 id="pdf-verdict" tabindex="-1"><${Signe} quoi=${signe} /> ${VERDICTS[c.verdict]}</h3>
    <p>${[c.fichier, c.reference, c.etat === "definitif" ? "définitif" : c.etat, c.gestionnaire].filter(Boolean).join(", ")}.</p>
    <${Dits} titre="Ce qui ne va pas" dits=${c.fautes} /><${Dits} titre="Ce qui n’a pas pu être vérifié" dits=${c.reserves} /><${Dits} titre="À savoir" dits=${c.notes} />
    ${c.signatures.length ? html`<h4>Signatures</h4><ul>${c.signatures.map((s, i) => html`<li key=${i}>${s.sorte === "horodatage" ? "Horodatage" : s.certificat || `Signature ${i + 1}`} : ${INTEGRITES[s.integrite] ?? s.integrite}${
      s.date ? `, ${s.date}` : ""}${s.motif ? ` (${s.motif})` : ""}</li>`)}</ul>` : html`<p>${c.champs ? `${compte(c.champs, "signature attendue", "signatures attendues")}, aucune posée.` : "Aucune signature."}</p>`}`;
}

/** @param {{titre: string, dits: string[]}} p */
const Dits = ({ titre, dits }) => (dits.length ? html`<h4>${titre}</h4><ul>${dits.map((d, i) => html`<li key=${i}>${d}</li>`)}</ul>` : null);
