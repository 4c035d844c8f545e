// « Reprendre un Word ou un classeur… »: what a reviewer changed, what a spreadsheet was filled with, taken value by value; nothing is written before « Prendre ».
import { signal, useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { annoncer, compte } from "../annonces.js";
import { encoreLa, maintenant } from "../depart.js";
import { zoneDeDepot } from "../depot.js";
import * as etat from "../etat.js";
import { html } from "../html.js";
import * as api from "../requetes.js";
import { adresse, aller } from "../route.js";
import { validerTout } from "../saisies.js";
import { Choses, Clauses, Commentaires, Ecarts } from "./repris.js";

/** @typedef {import("../api.js").RepriseVue} Reprise */

/** The file to take back; it stays while one goes to a field and returns. */
const fichier = signal(/** @type {File | null} */ (null));
const lue = signal(/** @type {Reprise | null} */ (null));
const lueDe = signal("");
const coches = signal(/** @type {Set<number>} */ (new Set()));

/** @param {File} f */
export const seReprend = (f) => /\.(docx|xlsx|xlsm|xlsb|xls|ods|csv)$/i.test(f.name);

/** @param {File} f */
export function reprendreFichier(f) {
  fichier.value = f;
  lue.value = null;
  aller(adresse(etat.id.peek(), "reprise"));
}

export function ReprisePage() {
  const panne = useSignal("");
  const encours = useSignal("");
  const f = fichier.value;
  /** @param {number[]} [prendre] */
  const lire = async (prendre) => {
    if (!f) return;
    const depuis = maintenant();
    encours.value = prendre ? "Écriture…" : "Lecture du fichier…";
    panne.value = "";
    try {
      const r = await api.reprise(etat.id.peek(), f, prendre);
      if (prendre) {
        if (r.delta) etat.appliquer(r.delta);
        // What is left to look at is read on the contract as it is now.
        await lire();
        // What was left aside is not ticked again.
        coches.value = new Set();
        if (encoreLa(depuis)) document.getElementById("reprise-titre")?.focus();
        annoncer(`${compte(prendre.length, "reprise faite", "reprises faites")}. « Annuler » les défait d’un coup.`);
        return;
      }
      lue.value = r;
      lueDe.value = etat.id.peek();
      coches.value = new Set(r.pris);
      annoncer(resume(r));
    } catch (e) {
      panne.value = e instanceof Error ? e.message : String(e);
    }
    encours.value = "";
  };
  useEffect(() => {
    if (lueDe.peek() !== etat.id.peek()) lue.value = null;
    if (f && !lue.peek()) {
      validerTout();
      lire();
    }
  }, [f]);
  const r = lue.value;
  const n = coches.value.size;
  return html`<h1>Reprendre un Word ou un classeur</h1>
    <p class="aide">Le Word imprimé par l’atelier, une fois relu, et le classeur d’« Ouvrir dans le tableur », une fois rempli, reviennent ici. Chaque changement se choisit ; rien n’est écrit avant « Prendre ».</p>
    <div class="champ"><label for="reprise-fichier">Document Word ou classeur</label>
      <div class="depot" ...${zoneDeDepot(reprendreFichier)}><input type="file" id="reprise-fichier" accept=".docx,.xlsx,.xlsm,.xlsb,.xls,.ods,.csv" onChange=${(/** @type {Event} */ e) => {
        const el = /** @type {HTMLInputElement} */ (e.target);
        const choisi = el.files?.[0];
        el.value = "";
        if (choisi) reprendreFichier(choisi);
      }} /><p class="aide">Choisissez-le, ou déposez-le n’importe où dans le contrat.</p></div></div>
    <p role="status">${encours.value}</p>
    ${panne.value ? html`<p class="erreur" role="alert">${f ? html`<strong>${f.name} :</strong> ` : ""}${panne.value}</p>` : null}
    ${r && f && !encours.value ? html`<h2 id="reprise-titre" tabindex="-1">${f.name}</h2><p>${resume(r)}</p>
      ${r.notes.map((note) => html`<p class="aide" key=${note}>${note}</p>`)}
      ${r.changements.length + r.elements.length ? html`<${Choses} r=${r} coches=${coches} />
        <div class="boutons prendre"><button type="button" class="principal" aria-disabled=${n ? undefined : "true"} onClick=${() => n && lire([...coches.peek()])}>${n ? `Prendre ${n > 1 ? `les ${n} cochées` : "celle qui est cochée"}` : "Prendre les cochées"}</button>
          <button type="button" onClick=${() => {
            fichier.value = null;
            lue.value = null;
            annoncer("Rien n’a été repris.");
          }}>Annuler</button></div>` : html`<p>Aucune valeur n’est à reprendre.</p>`}
      <${Ecarts} ecarts=${r.ecarts} /><${Clauses} clauses=${r.clauses_proposees} /><${Commentaires} commentaires=${r.commentaires} />` : null}`;
}

/** « 453 champs reconnus, 4 valeurs changées, 1 commentaire » @param {Reprise} r */
function resume(r) {
  return `${[
    compte(r.champs, "champ reconnu", "champs reconnus"),
    compte(r.changements.length, "valeur changée", "valeurs changées"),
    r.elements.length ? compte(r.elements.length, "ligne ajoutée ou retirée", "lignes ajoutées ou retirées") : "",
    r.ecarts.length ? compte(r.ecarts.length, "écart à regarder", "écarts à regarder") : "",
    r.commentaires.length ? compte(r.commentaires.length, "commentaire") : "",
  ].filter(Boolean).join(", ")}.`;
}
