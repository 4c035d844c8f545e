// Requests to the server, one function a route; knows neither the state nor the page.

/** @typedef {Partial<import("./api.js").ProblemeVue>} Probleme a refusal; a title alone when the answer is not of the workshop */

/** What a refusal says and what to do, as two sentences. @param {Probleme} p */
export function dire(p) {
  const suite = p.a_faire ?? "";
  return [p.detail ?? p.title, suite.charAt(0).toUpperCase() + suite.slice(1)].filter(Boolean).join(" ");
}

/** An answer that is a refusal, in the server's own words. */
export class Refus extends Error {
  /** @param {number} status @param {Probleme} probleme */
  constructor(status, probleme) {
    super(dire(probleme));
    this.status = status;
    this.probleme = probleme;
  }
}

/** The server did not answer at all, or no longer knows this page. */
export class Injoignable extends Error {}

/**
 * @param {string} url
 * @param {RequestInit} [options]
 * @returns {Promise<Response>}
 */
async function demander(url, options) {
  let reponse;
  try {
    reponse = await fetch(url, { credentials: "same-origin", cache: "no-store", ...options });
  } catch {
    throw new Injoignable("L’atelier ne répond pas.");
  }
  if (reponse.ok) return reponse;
  if (reponse.status === 401 || reponse.status === 403 || reponse.status === 502 || reponse.status === 503) {
    throw new Injoignable("L’atelier ne répond pas.");
  }
  /** @type {Probleme} */
  const probleme = await reponse.json().catch(() => ({ title: `Réponse inattendue de l’atelier (${reponse.status}).` }));
  throw new Refus(reponse.status, probleme);
}

/** @template T @param {string} url @returns {Promise<T>} */
async function lire(url) {
  return (await demander(url)).json();
}

/** @param {string} url @param {unknown} corps */
function poster(url, corps) {
  return demander(url, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(corps) });
}

/**
 * Sends the bytes of a file, and tells how far it is (0 to 1): what fetch does not.
 * @param {string} url @param {File} fichier @param {(part: number) => void} [avance] @returns {Promise<any>}
 */
function televerser(url, fichier, avance) {
  return new Promise((fini, echec) => {
    const x = new XMLHttpRequest();
    x.open("POST", url);
    x.setRequestHeader("content-type", "application/octet-stream");
    x.upload.onprogress = (e) => e.lengthComputable && avance?.(e.loaded / e.total);
    x.onerror = () => echec(new Injoignable("L’atelier ne répond pas."));
    x.onload = () => {
      /** @type {any} */
      let lu = null;
      try {
        lu = JSON.parse(x.responseText);
      } catch {
        // Told below.
      }
      if (x.status >= 200 && x.status < 300 && lu) fini(lu);
      else echec(new Refus(x.status, lu ?? { title: `Réponse inattendue de l’atelier (${x.status}).` }));
    };
    x.send(fichier);
  });
}

/** @param {string} id */
const base = (id) => `/api/contrats/${encodeURIComponent(id)}`;

/** @returns {Promise<import("./api.js").Accueil>} */
export const contrats = () => lire("/api/contrats");
/** @returns {Promise<import("./api.js").Depart>} */
export const depart = () => lire("/api/depart");
/** @param {import("./api.js").Naissance} nouveau @returns {Promise<import("./api.js").ContratNe>} */
export const creer = async (nouveau) => (await poster("/api/contrats", nouveau)).json();
/** @param {string} id @returns {Promise<import("./api.js").Formulaire>} */
export const formulaire = (id) => lire(`${base(id)}/formulaire`);
/** @param {string} id @returns {Promise<import("./api.js").Etat>} */
export const valeurs = (id) => lire(`${base(id)}/valeurs`);
/** @param {string} id @param {import("./api.js").Demande} corps @returns {Promise<import("./api.js").Delta>} */
export const operations = async (id, corps) => (await poster(`${base(id)}/operations`, corps)).json();
/** @param {string} id @param {string} chemin @returns {Promise<import("./api.js").Nommant[]>} */
export const renvois = (id, chemin) => lire(`${base(id)}/renvois?chemin=${encodeURIComponent(chemin)}`);
/** @param {string} id @param {string} vers @returns {Promise<[string, string][]>} */
export const cibles = (id, vers) => lire(`${base(id)}/cibles?vers=${encodeURIComponent(vers)}`);
/** @param {string} table @param {string} q @returns {Promise<[string, string][]>} */
export const nomenclature = (table, q) => lire(`/api/nomenclatures/${encodeURIComponent(table)}?q=${encodeURIComponent(q)}`);
/** @param {string} id @param {string} gid @returns {Promise<import("./api.js").Grille>} */
export const grille = (id, gid) => lire(`${base(id)}/grilles/${encodeURIComponent(gid)}`);
/** @param {string} code @returns {Promise<import("./api.js").RegleDite>} */
export const regle = (code) => lire(`/api/regles/${encodeURIComponent(code)}`);
/** @param {string} id @returns {Promise<import("./api.js").LigneDHistorique[]>} */
export const journal = (id) => lire(`${base(id)}/journal`);
/** @param {string} id @param {import("./api.js").DemandeDeJalon} jalon @returns {Promise<import("./api.js").Jalon>} */
export const poserJalon = async (id, jalon) => (await poster(`${base(id)}/jalons`, jalon)).json();
/** What changed since an operation. @param {string} id @param {number} n @returns {Promise<import("./api.js").Differences>} */
export const comparer = (id, n) => lire(`${base(id)}/comparer?depuis=${n}`);
/** The same, as a Word file. @param {string} id @param {number} n @param {string} auteur @param {string} date */
export const suiviWord = async (id, n, auteur, date) =>
  joint(await demander(`${base(id)}/comparer?depuis=${n}&auteur=${encodeURIComponent(auteur)}&date=${date}`), "suivi.docx");
/** Puts a file beside the contract. @param {string} id @param {File} fichier @param {(part: number) => void} avance @returns {Promise<import("./api.js").PieceDeposee>} */
export const deposer = (id, fichier, avance) => televerser(`${base(id)}/pieces?nom=${encodeURIComponent(fichier.name)}`, fichier, avance);
/**
 * What a Word file or a workbook brings; with `prendre`, what is taken of it is written.
 * @param {string} id @param {File} fichier @param {number[]} [prendre] @returns {Promise<import("./api.js").RepriseVue>}
 */
export const reprise = (id, fichier, prendre) =>
  televerser(`${base(id)}/reprise?nom=${encodeURIComponent(fichier.name)}${prendre ? `&prendre=${prendre.join(",")}` : ""}`, fichier);
/** A part of the contract as a workbook. @param {string} id @param {string} partie */
export const tableur = async (id, partie) => joint(await demander(`${base(id)}/tableur?partie=${encodeURIComponent(partie)}`), "contrat.xlsx");
/** Establishments pasted from a spreadsheet, as they are understood. @param {import("./api.js").ListeCollee} liste @returns {Promise<import("./api.js").ListeLue>} */
export const lireListe = async (liste) => (await poster("/api/liste", liste)).json();
/** A printed PDF becomes a contract of the folder again. @param {File} fichier @returns {Promise<import("./api.js").ContratRouvert>} */
export const ouvrirPdf = (fichier) => televerser(`/api/ouvrir?nom=${encodeURIComponent(fichier.name)}`, fichier);
/** @param {File} fichier @returns {Promise<import("./api.js").Controle>} */
export const controlerPdf = (fichier) => televerser(`/api/controler?nom=${encodeURIComponent(fichier.name)}`, fichier);
/** @param {string} id @returns {Promise<import("./api.js").ListeDePages>} */
export const apercu = (id) => lire(`${base(id)}/apercu`);
/** @param {string} id @param {number} n */
export const adresseSuite = (id, n) => `${base(id)}/suite?depuis=${n}`;
/** The list of what remains, of one of the holders or of all, as a Word file. @param {string} id @param {string} pour */
export const adresseReste = (id, pour) => `${base(id)}/reste${pour ? `?pour=${pour}` : ""}`;
/** @param {string} id @param {string} h */
export const adressePage = (id, h) => `${base(id)}/pages/${encodeURIComponent(h)}.svg`;
/** Where values stand on a page. @param {string} id @param {string} h @returns {Promise<import("./api.js").ZoneVue[]>} */
export const zones = (id, h) => lire(`${base(id)}/pages/${encodeURIComponent(h)}.json`);
/** Where a value is printed. @param {string} id @param {string} chemin @returns {Promise<import("./api.js").PlaceVue[]>} */
export const ou = (id, chemin) => lire(`${base(id)}/ou?chemin=${encodeURIComponent(chemin)}`);

/** The file of an answer and its name. @param {Response} reponse @param {string} defaut */
async function joint(reponse, defaut) {
  const dit = reponse.headers.get("content-disposition") || "";
  const etoile = /filename\*=UTF-8''([^;]+)/i.exec(dit);
  const simple = /filename="?([^";]+)"?/i.exec(dit);
  return { nom: etoile ? decodeURIComponent(etoile[1]) : simple ? simple[1] : defaut, contenu: await reponse.blob() };
}

/** All the contracts of the folder, in one archive. @param {import("./api.js").DemandeDImpression} options */
export const imprimerTout = async (options) => joint(await poster("/api/imprimer", options), "dossiers.zip");
/** The printed file and its name. @param {string} id @param {import("./api.js").DemandeDImpression} options */
export const generer = async (id, options) => joint(await poster(`${base(id)}/generer`, options), `contrat.${options.format === "texte" ? "txt" : options.format}`);
