// The queue of operations: one sent at a time, in order; what is not acknowledged is kept in this tab and sent again.
import { signal } from "@preact/signals";
import * as api from "./requetes.js";

/** @typedef {import("./api.js").Op} Op */
/** @typedef {{delta: import("./api.js").Delta} | {refus: api.Refus}} Reponse */
/** @typedef {import("./api.js").Demande & {contrat: string}} Envoi */

/** How many requests wait for their answer. */
export const attente = signal(0);
/** True while the server does not answer. */
export const arrete = signal(false);

const client = sessionStorage.getItem("cpom:client") ?? Math.random().toString(36).slice(2, 8);
sessionStorage.setItem("cpom:client", client);
/** Begins at the hour: a tab that was copied with its storage gives no number twice. */
let dernierNumero = Math.max(Date.now() * 1000, Number(sessionStorage.getItem("cpom:numero")) || 0);
function numero() {
  sessionStorage.setItem("cpom:numero", String(++dernierNumero));
  return dernierNumero;
}
/** @type {{envoi: Envoi, fini: (r: Reponse) => void}[]} */
let file = [];
let enCours = false;
/** @type {((envoi: Envoi, reponse: Reponse) => void)[]} */
const ecoutants = [];

/** When all that was asked is answered. @returns {Promise<void>} */
export function tranquille() {
  if (!attente.peek()) return Promise.resolve();
  return new Promise((fini) => {
    const cesser = attente.subscribe((n) => {
      if (n) return;
      fini();
      queueMicrotask(() => cesser());
    });
  });
}

/** Called for each answer, before whoever sent it. @param {(envoi: Envoi, reponse: Reponse) => void} f */
export const surReponse = (f) => void ecoutants.push(f);

/** @param {string} contrat */
const cle = (contrat) => `cpom:file:${contrat}`;

/** @param {Envoi} envoi @returns {Promise<Reponse>} */
export function envoyer(envoi) {
  return new Promise((fini) => {
    // A request that was done and whose answer was lost is known again by its number: it is not done twice.
    file.push({ envoi: { ...envoi, client, numero: numero() }, fini });
    garder(envoi.contrat);
    pomper();
  });
}

/** Takes up what an earlier life of this tab had not seen acknowledged. @param {string} contrat @returns {Envoi[]} */
export function reprendre(contrat) {
  const la = file.filter((f) => f.envoi.contrat === contrat).map((f) => f.envoi);
  if (la.length) return la;
  /** @type {Envoi[]} */
  const gardes = JSON.parse(sessionStorage.getItem(cle(contrat)) || "[]");
  for (const envoi of gardes) file.push({ envoi, fini: () => {} });
  pomper();
  return gardes;
}

/** @param {string} contrat */
function garder(contrat) {
  const restants = file.filter((f) => f.envoi.contrat === contrat).map((f) => f.envoi);
  if (restants.length) sessionStorage.setItem(cle(contrat), JSON.stringify(restants));
  else sessionStorage.removeItem(cle(contrat));
  attente.value = file.length;
}

async function pomper() {
  if (enCours) return;
  enCours = true;
  attente.value = file.length;
  while (file.length) {
    const { envoi, fini } = file[0];
    const { contrat, ...corps } = envoi;
    /** @type {Reponse} */
    let reponse;
    try {
      reponse = { delta: await api.operations(contrat, { ...corps, client: corps.client ?? client }) };
    } catch (e) {
      if (!(e instanceof api.Refus)) {
        arrete.value = true;
        await new Promise((r) => setTimeout(r, 2000));
        continue;
      }
      reponse = { refus: e };
    }
    arrete.value = false;
    file.shift();
    if ("delta" in reponse) rattraper(envoi, reponse.delta);
    garder(contrat);
    for (const f of ecoutants) f(envoi, reponse);
    fini(reponse);
  }
  enCours = false;
}

/** What waits behind an operation of ours on the same path has seen what that operation made. @param {Envoi} envoi @param {import("./api.js").Delta} delta */
function rattraper(envoi, delta) {
  for (const faite of envoi.ops) {
    if (faite.op !== "poser") continue;
    const f = delta.valeurs[faite.chemin];
    if (f === undefined) continue;
    for (const { envoi: e } of file) {
      if (e.contrat !== envoi.contrat) continue;
      for (const op of e.ops) {
        if (op.op !== "poser" || op.chemin !== faite.chemin) continue;
        op.avant = "valeur" in op ? (f?.v ?? f?.t ?? null) : (f?.t ?? null);
      }
    }
  }
}

/** Whether a later operation of ours on that path is still to be answered. @param {string} contrat @param {string} chemin */
export const attendEncore = (contrat, chemin) =>
  file.some((f) => f.envoi.contrat === contrat && f.envoi.ops.some((o) => o.op === "poser" && o.chemin === chemin));
