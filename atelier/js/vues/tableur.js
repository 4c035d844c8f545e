// « Ouvrir dans le tableur »: a part of the contract as a workbook; filled, it comes back by « Reprendre un Word ou un classeur ».
import { useSignal } from "@preact/signals";
import { annoncer } from "../annonces.js";
import * as etat from "../etat.js";
import { html } from "../html.js";
import * as api from "../requetes.js";
import { validerTout } from "../saisies.js";
import { enregistrer } from "../telecharger.js";

/** @param {{partie: import("../api.js").PartieDuFormulaire}} p */
export function DansLeTableur({ partie }) {
  const encours = useSignal(false);
  const refus = useSignal("");
  const ouvrir = async () => {
    if (encours.peek()) return;
    validerTout();
    encours.value = true;
    refus.value = "";
    try {
      const fichier = await api.tableur(etat.id.peek(), partie.cle);
      enregistrer(fichier);
      annoncer(`Enregistré : ${fichier.nom}. Une fois rempli, déposez-le ici.`);
    } catch (e) {
      refus.value = e instanceof Error ? e.message : String(e);
    }
    encours.value = false;
  };
  return html`<p class="aide dans-le-tableur"><button type="button" class="lien" aria-describedby="tableur-aide" onClick=${ouvrir}>${encours.value ? "Préparation du classeur…" : "Ouvrir dans le tableur"}</button>
    <span id="tableur-aide">: un classeur pour Excel ou LibreOffice, à déposer ici une fois rempli.</span></p>
    ${refus.value ? html`<p class="erreur" role="alert">${refus.value}</p>` : null}`;
}
