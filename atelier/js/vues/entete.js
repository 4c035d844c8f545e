// Header of a contract: its name and state, undo and redo by name, whether all is saved, search, printing.
import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { allerAuChamp } from "../aller.js";
import { attente, arrete } from "../file.js";
import * as etat from "../etat.js";
import { html } from "../html.js";
import { defaire, refaire } from "../pas.js";
import { nonEnregistres, premiereNonEnregistree } from "../saisies.js";
import { basculerDroite, droite } from "../volets.js";
import { Imprimer } from "./imprimer.js";
import { ouvrirRecherche } from "./recherche.js";

export function Entete() {
  const a = etat.annuler.value;
  const r = etat.retablir.value;
  return html`<header class="entete" data-volet="entete" aria-label="Contrat">
    <div class="identite">
      <a href="#/" class="retour">Contrats</a>
      <p class="nom"><strong>${etat.reference.value || etat.titre.value}</strong> <span
        class="etiquette">${etat.etat.value === "definitif" ? "définitif" : etat.etat.value}</span></p>
    </div>
    <div class="outils">
      <${Enregistre} />
      <button type="button" onClick=${defaire} aria-disabled=${a ? undefined : "true"}
        title=${a?.nom}><span aria-hidden="true">⟲</span> Annuler${a ? html`<span class="lu-seul"> : ${a.nom}</span><span
        class="operation" aria-hidden="true">${a.nom}</span>` : null}</button>
      <button type="button" onClick=${refaire} aria-disabled=${r ? undefined : "true"}
        title=${r?.nom}><span aria-hidden="true">⟳</span> Rétablir${r ? html`<span class="lu-seul"> : ${r.nom}</span>` : null}</button>
      <button type="button" onClick=${() => ouvrirRecherche()}>Chercher…</button>
      <button type="button" class="bascule" aria-pressed=${droite.value ? "true" : "false"} onClick=${basculerDroite}>Remarques <span
        class="nombre-elements">${etat.remarques.value.length}</span></button>
      <${Imprimer} />
    </div>
  </header>`;
}

function Enregistre() {
  const n = nonEnregistres.value;
  const dit = arrete.value ? "Non enregistré" : attente.value ? "Enregistrement…" : n ? `${n} non ${n > 1 ? "enregistrées" : "enregistrée"}` : "Enregistré";
  // Said once it has settled, and not before anything was done: each value typed is not a sentence more.
  const pose = useSignal("");
  const debut = useRef(etat.n.peek());
  const fait = etat.n.value;
  useEffect(() => {
    pose.value = "";
    if (fait === debut.current && dit === "Enregistré") return;
    const t = setTimeout(() => (pose.value = dit), 1000);
    return () => clearTimeout(t);
  }, [dit, fait]);
  const va = n && !arrete.value && !attente.value;
  return html`<p class=${`enregistre${arrete.value || n ? " souci" : ""}`}>${va ? html`<button type="button" class="lien" onClick=${() => allerAuChamp(premiereNonEnregistree())}>${dit}</button>` : dit}${dit === "Enregistré" ? html` <span aria-hidden="true">✓</span>` : null}</p><p class="lu-seul" role="status">${pose}</p>`;
}
