// The page « Accessibilité »: what the self-audit found, all counted from its lines; and the mention that leads there from every view.
import { combien, ETATS, JOUR, manquees, mention, taux, THEMES } from "../accessibilite/criteres.js";
import { html } from "../html.js";
import { avant, route } from "../route.js";

/** The foot of every view. */
export const Pied = () => html`<footer class="pied"><p><a href="#/accessibilite" aria-current=${route.value.vue === "accessibilite" ? "page" : undefined}>${mention}</a></p></footer>`;

export function Accessibilite() {
  const contrat = /^#\/c\//.test(avant.value) ? avant.value : "";
  return html`
    <header class="bandeau"><p class="marque">cpom <span aria-hidden="true">·</span> Atelier</p><p><a href=${contrat || "#/"}>${contrat ? "Retour au contrat" : "Retour aux contrats"}</a></p></header>
    <main class="plein" id="contenu">
      <h1>Accessibilité</h1>
      <p>L’atelier de cpom vise le niveau AA des WCAG 2.2 et du RGAA 4.1.2. cpom est un logiciel libre, et non un service de l’administration : cette page est une auto-évaluation, faite le ${JOUR}.</p>
      <p><strong>${mention}.</strong> ${taux} % des critères qui s’appliquent sont respectés : ${combien("C")} sur ${combien("C") + combien("NC")}. Les ${combien("NA")} autres, des 106 du RGAA, sont sans objet ici.</p>
      <${Manques} />
      <h2>Comment c’est vérifié</h2>
      <p>À chaque version, dans Chromium :</p>
      <ul>
        <li>chaque vue et chaque fenêtre par un outil automatique (axe-core), sans aucun écart admis ;</li>
        <li>six parcours au clavier seul, du contrat à commencer aux remarques à corriger ;</li>
        <li>les couleurs imposées du système ;</li>
        <li>320 pixels de large, soit 400 % d’agrandissement.</li>
      </ul>
      <p>Pour cette évaluation, en plus : la relecture du code, les textes à 200 % et l’espacement des textes dans chaque partie d’un contrat.</p>
      <p>N’ont pas été essayés : les lecteurs d’écran (NVDA, JAWS, VoiceOver, TalkBack), la commande vocale, Firefox et Safari. Personne qui utilise ces aides n’a participé à l’évaluation.</p>
      <h2>Signaler un défaut</h2>
      <p>Ouvrez un ticket dans le dépôt du projet cpom : dites la vue, ce que vous vouliez faire, ce qui vous en a empêché, votre navigateur et votre aide technique. Ne joignez pas de contrat.</p>
      <h2>Les 106 critères</h2>
      ${THEMES.map(([titre, criteres], i) => html`<${Theme} key=${titre} rang=${i + 1} titre=${titre} criteres=${criteres} />`)}
    </main>
    <${Pied} />`;
}

function Manques() {
  if (!manquees.length) return null;
  return html`<h2>Ce qui n’est pas conforme</h2>
    <ul>${manquees.map(([numero, , objet, constat, recours]) => html`<li key=${numero}><strong>${numero}, ${objet} :</strong> ${constat} ${recours ? html`En attendant : ${recours}` : null}</li>`)}</ul>`;
}

/** @param {{rang: number, titre: string, criteres: import("../accessibilite/criteres.js").Critere[]}} p */
function Theme({ rang, titre, criteres }) {
  return html`<h3>${rang}. ${titre}</h3>
    <div class="criteres"><table><caption class="lu-seul">${titre} : critères</caption>
      <thead><tr><th scope="col">Critère</th><th scope="col">Évaluation</th><th scope="col">Constat</th></tr></thead>
      <tbody>${criteres.map(([numero, etat, objet, constat]) => html`<tr key=${numero}><th scope="row">${numero} ${objet}</th>
        <td class=${etat === "NC" ? "retire" : undefined}>${ETATS[etat]}</td><td>${constat}</td></tr>`)}</tbody></table></div>`;
}
