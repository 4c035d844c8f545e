// « Nouveau contrat »: one page, one button; the region chooses the model, which may be changed.
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { html } from "../html.js";
import * as api from "../requetes.js";
import { adresse, aller } from "../route.js";
import { Pied } from "./accessibilite.js";
import { titreCourt } from "./accueil.js";
import { Compris, useListe } from "./coller-liste.js";

/** @template T @typedef {import("@preact/signals").Signal<T>} Signal */
/** @typedef {{champ: string, message: string}} Refus which field is refused, and why */

export function Nouveau() {
  const depart = useSignal(/** @type {import("../api.js").Depart | null} */ (null));
  const panne = useSignal("");
  useEffect(() => {
    api.depart().then((d) => (depart.value = d), (e) => (panne.value = e.message));
  }, []);
  return html`
    <header class="bandeau"><p class="marque">cpom <span aria-hidden="true">·</span> Atelier</p><p><a href="#/">Retour aux contrats</a></p></header>
    <main class="plein" id="contenu">
      <h1>Nouveau contrat</h1>
      ${depart.value ? html`<${Formulaire} depart=${depart.value} />` : html`<p role="status">${panne.value || "Lecture…"}</p>`}
    </main>
    <${Pied} />`;
}

/** Those of the region first. @param {import("../api.js").DepartementOffert[]} tous @param {string} region */
const parRegion = (tous, region) => [...tous.filter((d) => d.region === region), ...tous.filter((d) => d.region !== region)];

/** @param {{depart: import("../api.js").Depart}} p */
function Formulaire({ depart }) {
  const region = useSignal("");
  const modele = useSignal("");
  const ars = useSignal(true);
  const departements = useSignal(/** @type {string[]} */ ([]));
  const gestionnaire = useSignal("");
  const annee = useSignal(String(depart.annee));
  const reference = useSignal("");
  const etablissements = useSignal("");
  const refus = useSignal(/** @type {Refus} */ ({ champ: "", message: "" }));
  const liste = useListe(etablissements.value);

  /** @param {string} code */
  const choisirRegion = (code) => {
    region.value = code;
    modele.value = (depart.modeles.find((m) => m.regions.includes(code)) ?? depart.modeles.find((m) => !m.regions.length))?.id ?? modele.peek();
  };
  /** @param {Refus} r */
  const refuser = (r) => {
    refus.value = r;
    const la = document.getElementById(`nouveau-${r.champ}`);
    (la instanceof HTMLFieldSetElement ? la.querySelector("input") : la)?.focus();
  };
  /** @param {SubmitEvent} e */
  const creer = async (e) => {
    e.preventDefault();
    if (!modele.value) return refuser({ champ: "modele", message: "Choisissez un modèle." });
    if (!gestionnaire.value.trim()) return refuser({ champ: "gestionnaire", message: "Donnez le nom du gestionnaire." });
    try {
      const { id } = await api.creer({
        modele: modele.value,
        region: region.value || undefined,
        reference: reference.value.trim() || undefined,
        gestionnaire: gestionnaire.value.trim(),
        annee: annee.value.trim(),
        departements: departements.value,
        ars: ars.value,
        etablissements: etablissements.value,
      });
      aller(adresse(id));
    } catch (x) {
      if (x instanceof api.Refus) {
        const { illisible } = x.probleme;
        refuser({ champ: illisible?.chemin.replace(/^\//, "") ?? "", message: illisible?.message ?? x.message });
      } else refuser({ champ: "", message: "L’atelier est arrêté : relancez-le, ce que vous avez tapé est encore là." });
    }
  };
  /** What a text field of this page has in common. @param {string} nom @param {Signal<string>} s @param {string} [aide] */
  const lie = (nom, s, aide) => ({
    id: `nouveau-${nom}`,
    value: s,
    "aria-describedby": [aide, refus.value.champ === nom ? `refus-${nom}` : ""].filter(Boolean).join(" ") || undefined,
    "aria-invalid": refus.value.champ === nom ? "true" : undefined,
    onInput: (/** @type {Event} */ e) => (s.value = /** @type {HTMLInputElement} */ (e.target).value),
  });
  /** @param {string} nom */
  const erreur = (nom) => (refus.value.champ === nom ? html`<p class="erreur" id=${`refus-${nom}`} role="alert">${refus.value.message}</p>` : null);

  return html`<form class="nouveau" onSubmit=${creer} novalidate>
    <div class="champ"><label for="nouveau-region">Région</label>
      <select id="nouveau-region" value=${region.value} onChange=${(/** @type {Event} */ e) => choisirRegion(/** @type {HTMLSelectElement} */ (e.target).value)}>
        <option value="">Choisissez</option>${depart.regions.map(([c, l]) => html`<option key=${c} value=${c}>${l}</option>`)}
      </select>${erreur("region")}</div>
    <fieldset class="champ" id="nouveau-modele" aria-describedby=${refus.value.champ === "modele" ? "refus-modele" : undefined}><legend>Modèle <span class="requis">(obligatoire)</span></legend>
      <p class="aide">Le modèle donne le texte du contrat, article par article. La région a le sien, sinon c’est le modèle national.</p>
      <div class="cartes">${depart.modeles.map((m) => html`<label class="carte" key=${m.id}>
        <input type="radio" name="modele" value=${m.id} checked=${modele.value === m.id} onChange=${() => (modele.value = m.id)} />
        <span><strong>${titreCourt(m.titre)}</strong>${m.vise ? html`<span class="sous">Écrit pour les contrats signés ${m.vise}.</span>` : null}</span></label>`)}</div>
      ${erreur("modele")}</fieldset>
    <div class="champ"><label for="nouveau-gestionnaire">Gestionnaire <span class="requis">(obligatoire)</span></label>
      <p class="aide" id="aide-gestionnaire">L’association ou l’établissement public qui signe. <span class="exemple">Exemple : Association Mimosa</span></p>
      <input type="text" class="mots" autocomplete="organization" aria-required="true" ...${lie("gestionnaire", gestionnaire, "aide-gestionnaire")} />${erreur("gestionnaire")}</div>
    <fieldset class="champ" id="nouveau-departements"><legend>Autorités qui signent</legend>
      <label class="case"><input type="checkbox" checked=${ars.value} onChange=${() => (ars.value = !ars.peek())} /> L’agence régionale de santé</label>
      <p class="aide" id="aide-departements">Et les départements, s’il y en a :</p>
      <div class="cases-defilantes" tabindex="0" role="group" aria-labelledby="aide-departements">${parRegion(depart.departements, region.value).map(({ code: c, libelle: l }) => html`<label class="case" key=${c}>
        <input type="checkbox" checked=${departements.value.includes(c)}
          onChange=${() => (departements.value = departements.peek().includes(c) ? departements.peek().filter((x) => x !== c) : [...departements.peek(), c])} /> ${c} – ${l}</label>`)}</div>
      ${erreur("departements")}</fieldset>
    <div class="champ"><label for="nouveau-annee">Première année <span class="requis">(obligatoire)</span></label>
      <input type="text" inputmode="numeric" class="chiffres" aria-required="true" ...${lie("annee", annee)} />${erreur("annee")}</div>
    <div class="champ"><label for="nouveau-reference">Référence</label>
      <p class="aide" id="aide-reference">Elle donne leur nom aux fichiers. Facultative : l’atelier en propose une.</p>
      <input type="text" class="mots" ...${lie("reference", reference, "aide-reference")} />${erreur("reference")}</div>
    <div class="champ"><label for="nouveau-etablissements">Établissements et services</label>
      <p class="aide" id="aide-etablissements">Facultatif. Collez ici une liste d’Excel, avec ou sans ses titres : une ligne par établissement, avec son nom, son numéro FINESS, sa catégorie.</p>
      <textarea rows="6" ...${lie("etablissements", etablissements, "aide-etablissements")}></textarea>
      ${liste.refus ? html`<p class="erreur" role="alert">${liste.refus}</p>` : liste.liste ? html`<${Compris} liste=${liste.liste} />` : null}${erreur("etablissements")}</div>
    ${refus.value.message && !document.getElementById(`nouveau-${refus.value.champ}`) ? html`<p class="erreur" role="alert">${refus.value.message}</p>` : null}
    <div class="boutons"><button type="submit" class="principal">Créer le contrat</button><a class="bouton" href="#/">Annuler</a></div>
  </form>`;
}
