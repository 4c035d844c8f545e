// The elements that a field may name, by their names; asked once a kind, again when a list that the kind draws on changed.
import { signal } from "@preact/signals";
import * as api from "../requetes.js";
import * as etat from "../etat.js";

const ETABLISSEMENTS = "/perimetre/etablissements";
const AUTORITES = "/parties/autorites";
const GESTIONNAIRES = "/parties/gestionnaires";
const CONSTATS = "/diagnostic/constats";
const OBJECTIFS = "/objectifs";
const AXES = "/axes";
/** The lists whose elements each kind offers; the other kinds are those of the model. @type {Record<string, string[]>} */
const LISTES = {
  etablissement: [ETABLISSEMENTS],
  autorite: [AUTORITES],
  gestionnaire: [GESTIONNAIRES],
  partie: [AUTORITES, GESTIONNAIRES],
  beneficiaire: [ETABLISSEMENTS, GESTIONNAIRES],
  constat: [CONSTATS],
  objectif: [OBJECTIFS],
  axe: [AXES],
  element: [AUTORITES, GESTIONNAIRES, ETABLISSEMENTS, CONSTATS, OBJECTIFS, AXES],
};

/** @type {Map<string, {pour: unknown[], signal: import("@preact/signals").Signal<[string, string][]>}>} */
const connues = new Map();

/** @param {string} vers @returns {[string, string][]} */
export function cibles(vers) {
  // A list that changed is another one.
  const pour = [etat.id.value, etat.modele.value, ...(LISTES[vers] ?? []).map((l) => etat.liste(l).value)];
  let c = connues.get(vers);
  if (!c) connues.set(vers, (c = { pour: [], signal: signal(/** @type {[string, string][]} */ ([])) }));
  if (c.pour.length !== pour.length || pour.some((x, i) => x !== c.pour[i])) {
    c.pour = pour;
    const s = c.signal;
    api.cibles(etat.id.peek(), vers).then((l) => (s.value = l), () => {});
  }
  return c.signal.value;
}
