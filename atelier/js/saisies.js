// What is typed and not yet acknowledged, and which fields were touched: between the fields and the queue.
import { batch, computed, signal } from "@preact/signals";
import { lignee } from "./chemins.js";
import * as etat from "./etat.js";
import * as file from "./file.js";
import * as api from "./requetes.js";

/**
 * @typedef {object} Saisie
 * @property {string} [texte] words typed
 * @property {import("./api.js").Brut} [valeur] value chosen
 * @property {"encours" | "attente" | "fait" | "illisible" | "conflit"} stade
 * @property {import("./api.js").Brut | null} vu what was there when the typing began
 * @property {string} [message]
 * @property {import("./api.js").Conflit} [conflit]
 */
/** @typedef {import("@preact/signals").Signal<Saisie | null>} SignalSaisie */

/** @type {Map<string, SignalSaisie>} */
const saisies = new Map();
/** @type {Map<string, import("@preact/signals").ReadonlySignal<string>>} */
const affichages = new Map();
/** @type {Map<string, import("@preact/signals").Signal<boolean>>} */
const touches = new Map();
/** How many values are typed and not in the contract (not read, or in conflict). */
export const nonEnregistres = signal(0);

/** @param {string} chemin @returns {SignalSaisie} */
export function saisie(chemin) {
  let s = saisies.get(chemin);
  if (!s) saisies.set(chemin, (s = signal(null)));
  return s;
}

/** The words to show: those typed, else those of the contract. @param {string} chemin */
export function affichage(chemin) {
  let c = affichages.get(chemin);
  if (!c) {
    const s = saisie(chemin);
    affichages.set(chemin, (c = computed(() => s.value?.texte ?? etat.feuille(chemin).value?.t ?? "")));
  }
  return c;
}

/** The raw value to show: the one chosen, else that of the contract. @param {string} chemin @returns {import("./api.js").Brut | null} */
export function brut(chemin) {
  const s = saisie(chemin).value;
  if (s && s.valeur !== undefined) return s.valeur;
  if (s && s.texte === "") return null;
  const f = etat.feuille(chemin).value;
  return f?.v ?? f?.t ?? null;
}

/** True once the field, or one inside, was left or asked for. @param {string} chemin */
export function touche(chemin) {
  let t = touches.get(chemin);
  if (!t) touches.set(chemin, (t = signal(false)));
  return t;
}

/** @param {string} chemin */
export function toucher(chemin) {
  batch(() => {
    for (const c of lignee(chemin)) touche(c).value = true;
  });
}

/** @param {string} chemin @param {string} texte */
export function taper(chemin, texte) {
  const s = saisie(chemin);
  const avant = s.peek();
  const vu = avant?.stade === "encours" || avant?.stade === "attente" ? avant.vu : (etat.feuille(chemin).peek()?.t ?? null);
  s.value = { texte, stade: "encours", vu };
}

/** Sends what was typed, if it changes something. @param {string} chemin */
export function valider(chemin) {
  toucher(chemin);
  const s = saisie(chemin);
  const ici = s.peek();
  if (!ici || ici.stade !== "encours" || ici.texte === undefined) return;
  if (ici.texte === (etat.feuille(chemin).peek()?.t ?? "")) {
    s.value = null;
    garder();
    return;
  }
  s.value = { ...ici, stade: "attente" };
  file.envoyer({ contrat: etat.id.peek(), ops: [{ op: "poser", chemin, texte: ici.texte, avant: ici.vu }] });
}

/** Sends a value chosen; null takes it away. @param {string} chemin @param {import("./api.js").Brut | null} valeur */
export function choisir(chemin, valeur) {
  const f = etat.feuille(chemin).peek();
  const s = saisie(chemin);
  toucher(chemin);
  if (valeur === null) {
    s.value = { texte: "", stade: "attente", vu: f?.t ?? null };
    file.envoyer({ contrat: etat.id.peek(), ops: [{ op: "poser", chemin, texte: "", avant: f?.t ?? null }] });
    return;
  }
  const vu = f?.v ?? f?.t ?? null;
  s.value = { valeur, stade: "attente", vu };
  file.envoyer({ contrat: etat.id.peek(), ops: [{ op: "poser", chemin, valeur, avant: vu }] });
}

/**
 * Many cells at once, as one operation; the words are shown at once.
 * @param {{chemin: string, texte: string}[]} cellules
 * @param {string} nom
 */
export function poserBloc(cellules, nom) {
  /** @type {import("./api.js").Op[]} */
  const ops = [];
  batch(() => {
    for (const { chemin, texte } of cellules) {
      const avant = etat.feuille(chemin).peek()?.t ?? null;
      saisie(chemin).value = { texte, stade: "attente", vu: avant };
      ops.push({ op: "poser", chemin, texte, avant });
    }
  });
  return file.envoyer({ contrat: etat.id.peek(), nom, souple: true, ops });
}

/** Any other operation on the open contract. @param {import("./api.js").Op} op @param {string} [nom] */
export const operer = (op, nom) => file.envoyer({ contrat: etat.id.peek(), nom, ops: [op] });

/** Ends a conflict. @param {string} chemin @param {"mienne" | "autre"} laquelle */
export function trancher(chemin, laquelle) {
  const s = saisie(chemin);
  const ici = s.peek();
  if (!ici) return;
  if (laquelle === "autre") {
    s.value = null;
    garder();
    return;
  }
  const f = etat.feuille(chemin).peek();
  if (ici.valeur !== undefined) {
    choisir(chemin, ici.valeur);
    return;
  }
  s.value = { texte: ici.texte, stade: "encours", vu: f?.t ?? null };
  valider(chemin);
}

/** @param {string} chemin */
export function oublier(chemin) {
  saisie(chemin).value = null;
  garder();
}

/** What is typed under one path is now under another. @param {string | null} ancien @param {string | null} nouveau */
export function demenager(ancien, nouveau) {
  const s = ancien ? saisie(ancien).peek() : null;
  if (!ancien || !nouveau || ancien === nouveau || !s || s.stade === "fait" || s.stade === "attente") return;
  saisie(nouveau).value = s;
  saisie(ancien).value = null;
}

/** Cells that had no place yet are now read from their place. */
export function oublierFaites() {
  batch(() => {
    for (const s of saisies.values()) if (s.peek()?.stade === "fait") s.value = null;
  });
}

/** The first value that is typed and not in the contract. */
export function premiereNonEnregistree() {
  for (const [c, s] of saisies) if (s.peek()?.stade === "illisible" || s.peek()?.stade === "conflit") return c;
  return "";
}

/** Sends what the focused field holds before the page goes away. */
export function validerTout() {
  for (const [chemin, s] of saisies) if (s.peek()?.stade === "encours") valider(chemin);
}

/** @param {file.Envoi} envoi @param {file.Reponse} reponse */
function regler(envoi, reponse) {
  if (envoi.contrat !== etat.id.peek()) {
    if ("refus" in reponse) garderPourPlusTard(envoi, reponse.refus.probleme);
    return;
  }
  batch(() => {
    if ("delta" in reponse) etat.appliquer(reponse.delta);
    const probleme = "refus" in reponse ? reponse.refus.probleme : null;
    const ecartes = new Map(("delta" in reponse ? (reponse.delta.ecartes ?? []) : []).map((e) => [e.chemin, e]));
    if (probleme?.illisible) ecartes.set(probleme.illisible.chemin, probleme.illisible);
    const conflits = new Map((probleme?.conflit ?? []).map((c) => [c.chemin, c]));
    for (const op of envoi.ops) {
      if (op.op !== "poser") continue;
      const s = saisie(op.chemin);
      const ici = s.peek();
      if (!ici) continue;
      const ecarte = ecartes.get(op.chemin);
      const conflit = conflits.get(op.chemin);
      const suite = ici.stade === "encours";
      if (ecarte) s.value = suite ? ici : { ...ici, stade: "illisible", message: ecarte.message };
      else if (conflit && conflit.actuel === conflit.votre) s.value = null;
      else if (conflit) s.value = { ...ici, stade: "conflit", conflit };
      else if (probleme) s.value = { ...ici, stade: "illisible", message: reponseDite(probleme) };
      else if (suite) s.value = { ...ici, vu: etat.feuille(op.chemin).peek()?.t ?? null };
      else if (plusTard(op.chemin)) continue;
      else if (op.chemin.includes("/=")) s.value = { ...ici, stade: "fait" };
      else s.value = null;
    }
    if (conflits.size || ("delta" in reponse && reponse.delta.deja)) rafraichir();
    if (envoi.ops.some((o) => "chemin" in o && o.chemin.includes("/="))) etat.mue.value++;
  });
  garder();
}
file.surReponse(regler);

/** Someone wrote otherwise: what is really there is asked, so that the next choice is made on it. */
async function rafraichir() {
  const id = etat.id.peek();
  const v = await api.valeurs(id).catch(() => null);
  if (v && id === etat.id.peek() && v.n >= etat.n.peek()) etat.peupler(v);
}

/** @param {string} chemin */
const plusTard = (chemin) => file.attendEncore(etat.id.peek(), chemin);

/** @param {api.Probleme} p */
export const reponseDite = (p) => api.dire(p);

/** @param {string} contrat */
const cle = (contrat) => `cpom:saisies:${contrat}`;

/** A refusal that comes when another contract is open: the words wait in their field. @param {file.Envoi} envoi @param {api.Probleme} probleme */
function garderPourPlusTard(envoi, probleme) {
  /** @type {Record<string, Saisie>} */
  const reste = JSON.parse(sessionStorage.getItem(cle(envoi.contrat)) || "{}");
  for (const op of envoi.ops) {
    if (op.op === "poser" && typeof op.texte === "string") reste[op.chemin] = { texte: op.texte, stade: "illisible", vu: op.avant ?? null, message: reponseDite(probleme) };
  }
  sessionStorage.setItem(cle(envoi.contrat), JSON.stringify(reste));
}

function garder() {
  /** @type {Record<string, Saisie>} */
  const reste = {};
  for (const [c, s] of saisies) {
    const v = s.peek();
    if (v && (v.stade === "illisible" || v.stade === "conflit")) reste[c] = v;
  }
  nonEnregistres.value = Object.keys(reste).length;
  if (nonEnregistres.value) sessionStorage.setItem(cle(etat.id.peek()), JSON.stringify(reste));
  else sessionStorage.removeItem(cle(etat.id.peek()));
}

/** Another contract, or this one again after a reload: typed words come back in their fields. */
export function reprendre() {
  for (const tiroirs of [saisies, affichages, touches]) tiroirs.clear();
  /** @type {Record<string, Saisie>} */
  const gardees = JSON.parse(sessionStorage.getItem(cle(etat.id.peek())) || "{}");
  for (const c in gardees) {
    saisie(c).value = gardees[c];
    toucher(c);
  }
  for (const envoi of file.reprendre(etat.id.peek())) {
    for (const op of envoi.ops) {
      if (op.op !== "poser") continue;
      const dit = typeof op.texte === "string" ? { texte: op.texte } : { valeur: op.valeur ?? undefined };
      saisie(op.chemin).value = { ...dit, stade: "attente", vu: op.avant ?? null };
    }
  }
  garder();
}
