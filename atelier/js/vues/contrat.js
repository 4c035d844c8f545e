// An open contract: header, parts on the left, the view in the middle, remarks and pages on the right.
import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { annoncer, compte, message, taire } from "../annonces.js";
import { viserTitre } from "../aller.js";
import * as api from "../requetes.js";
import { contient } from "../chemins.js";
import { surDepot } from "../depot.js";
import { dialogueOuvert } from "../dialogue.js";
import * as etat from "../etat.js";
import { preparer } from "../formulaire.js";
import { arrete, surReponse } from "../file.js";
import { html } from "../html.js";
import { route } from "../route.js";
import { nonEnregistres, reprendre } from "../saisies.js";
import { ecouter } from "../suite.js";
import { avecPages, droite, montrePages, volet } from "../volets.js";
import { Pied } from "./accessibilite.js";
import { Apercu } from "./apercu.js";
import { Comparaison } from "./comparaison.js";
import { Entete } from "./entete.js";
import { Historique } from "./historique.js";
import { Navigation } from "./navigation.js";
import { Partie } from "./partie.js";
import { deposerPiece } from "./pieces.js";
import { MOTS } from "./remarque.js";
import { Remarques } from "./remarques.js";
import { ReprisePage, reprendreFichier, seReprend } from "./reprise.js";
import { Reste } from "./reste.js";
import { Signe } from "./signe.js";

/** @param {{id: string}} p */
export function Contrat({ id }) {
  const panne = useSignal("");
  const pret = useSignal(false);
  useEffect(() => {
    let fini = false;
    /** @type {(() => void) | undefined} */
    let cesser;
    const ouvrir = async () => {
      try {
        const [f, v] = await Promise.all([api.formulaire(id), api.valeurs(id)]);
        if (fini) return;
        etat.vider();
        etat.id.value = id;
        etat.formulaire.value = preparer(f);
        etat.peupler(v);
        reprendre();
        panne.value = "";
        pret.value = true;
        cesser = ecouter(id);
      } catch (e) {
        panne.value = e instanceof api.Injoignable ? "L’atelier est arrêté : relancez-le, ce que vous avez tapé est gardé." : e instanceof Error ? e.message : String(e);
        if (!fini && e instanceof api.Injoignable) setTimeout(ouvrir, 2000);
      }
    };
    ouvrir();
    return () => {
      fini = true;
      cesser?.();
    };
  }, [id]);
  if (!pret.value) {
    return html`<header class="bandeau"><p class="marque">cpom <span aria-hidden="true">·</span> Atelier</p><p><a href="#/">Retour aux contrats</a></p></header>
      <main class="plein" id="contenu"><h1>${panne.value ? "Le contrat ne s’ouvre pas" : "Ouverture du contrat"}</h1><p role="status">${panne.value || "Lecture…"}</p></main>
      <${Pied} />`;
  }
  return html`<${Ouvert} />`;
}

/** The title of the page where another pane is in front. */
const DEVANT = { sommaire: "Parties du contrat", contenu: "", remarques: "Remarques", pages: "Pages" };

function Ouvert() {
  const { vue, ici } = route.value;
  const partie = etat.formulaire.value?.parties.find((p) => p.cle === vue);
  const titre = partie?.titre ?? AUTRES[vue] ?? "Reste à faire";
  useEffect(() => surDepot(prendreDepot), []);
  useEffect(viserTitre, []);
  const vuAvant = useRef(vue);
  useEffect(() => {
    if (vuAvant.current !== vue) viserTitre();
    vuAvant.current = vue;
  }, [vue]);
  return html`<div class="atelier" data-devant=${volet.value} data-droite=${droite.value ? "ouverte" : "fermee"}
    data-pages=${avecPages.value && montrePages.value ? "montrees" : undefined}>
    <${TitrePage} titre=${titre} ici=${ici} />
    <${Entete} />
    <${Bandeaux} />
    <${Onglets} />
    <div class="volets">
      <nav class="volet sommaire" data-volet="sommaire" aria-label="Parties du contrat"><${Navigation} /></nav>
      <main class="volet contenu" data-volet="contenu" id="contenu" aria-label=${titre}>
        ${partie ? html`<${Partie} key=${partie.cle} partie=${partie} />` : html`<${Autre} vue=${vue} ici=${ici} />`}
        <h1 class="titre-devant lu-seul">${DEVANT[volet.value]}</h1>
      </main>
      <aside class="volet droite" data-volet="droite" aria-label=${avecPages.value ? "Pages et remarques" : "Remarques"}>
        <${Apercu} /><${Remarques} partie=${partie} />
      </aside>
    </div>
    <${Pied} />
  </div>`;
}

/** @type {Record<string, string>} */
const AUTRES = { historique: "Historique", comparer: "Ce qui a changé", reprise: "Reprendre un Word ou un classeur" };

/** What is no part of the contract. @param {{vue: string, ici: string}} p */
function Autre({ vue, ici }) {
  if (vue === "historique") return html`<${Historique} />`;
  if (vue === "comparer") return html`<${Comparaison} key=${ici} depuis=${Number(ici) || 0} />`;
  if (vue === "reprise") return html`<${ReprisePage} />`;
  return html`<${Reste} />`;
}

/** Files dropped beside any field: a Word or a workbook to be taken back, or a piece, in its part. @param {File[]} fichiers */
function prendreDepot([fichier]) {
  if (dialogueOuvert()) return;
  if (seReprend(fichier)) reprendreFichier(fichier);
  else if (route.peek().vue === "pieces") deposerPiece(fichier);
  else annoncer("Ouvrez la partie « Pièces annexées » pour y déposer ce fichier.");
}

/** « Budgets – MIMOSA – 2 bloquantes » @param {{titre: string, ici: string}} p */
function TitrePage({ titre, ici }) {
  const b = etat.comptes.value.get("tout")?.bloquantes ?? 0;
  const element = ici ? (etat.liste(ici.slice(0, ici.lastIndexOf("/"))).value?.find((e) => contient(ici, `${ici.slice(0, ici.lastIndexOf("/"))}/${e.cle}`))?.nom ?? "") : "";
  const dit = [element || titre, etat.reference.value || etat.titre.value, b ? compte(b, "bloquante") : ""].filter(Boolean).join(" – ");
  useEffect(() => {
    document.title = dit;
  }, [dit]);
  return null;
}

function Bandeaux() {
  const illisibles = etat.fichiers.value.filter((f) => !f.lisible);
  return html`<div role="status" class="bandeaux">
    ${arrete.value ? html`<p class="avis"><${Signe} quoi="bloquante" /> <strong>L’atelier est arrêté : relancez-le, ce que vous tapez est gardé.</strong></p>` : null}
    ${illisibles.map((f) => html`<p class="avis" key=${f.nom}><${Signe} quoi="bloquante" /> <strong>${f.nom} ne se lit plus</strong> : ${f.message} Rien n’y est écrit en attendant.</p>`)}
  </div>`;
}

/** Where there is no room for all panes: which one is in front. */
function Onglets() {
  /** @type {[import("../volets.js").Volet, string][]} */
  const tous = [["sommaire", "Parties"], ["contenu", "Contenu"], ["remarques", "Remarques"]];
  if (avecPages.value) tous.push(["pages", "Pages"]);
  return html`<nav class="onglets" aria-label="Volet affiché">
    ${tous.map(([v, nom]) => html`<button type="button" key=${v} class=${`onglet-${v}`} aria-pressed=${volet.value === v ? "true" : "false"}
      onClick=${() => (volet.value = v)}>${nom}</button>`)}
  </nav>`;
}

/** The remarks that were told last. */
let dites = /** @type {Set<string>} */ (new Set());

// What an operation caused is told, never shown in the way: what is not saved, the remark on the field, those elsewhere.
surReponse((envoi, reponse) => {
  if ("refus" in reponse) {
    const { illisible, conflit } = reponse.refus.probleme;
    if (illisible) annoncer(`Non enregistré : ${illisible.message}`);
    else if (conflit?.length) annoncer("Non enregistré : la valeur a changé ailleurs entre-temps.");
    return;
  }
  const touches = envoi.ops.map((o) => ("chemin" in o ? o.chemin : "liste" in o ? o.liste : "")).filter(Boolean);
  const plus = (reponse.delta.remarques?.plus ?? []).filter((r) => r.severite !== "information");
  const ici = plus.filter((r) => touches.some((t) => contient(r.chemin, t)));
  const ailleurs = plus.filter((r) => !ici.includes(r));
  const dits = [];
  if (ici.length === 1) dits.push(`${MOTS[ici[0].severite]} : ${ici[0].message}`);
  else if (ici.length) dits.push(compte(ici.length, "remarque"));
  if (ailleurs.length) {
    const parties = new Set(ailleurs.map((r) => etat.formulaire.peek()?.parties.find((p) => p.cle === r.partie)?.titre ?? r.lieu));
    dits.push(`${ailleurs.length > 1 ? `${ailleurs.length} remarques nouvelles` : "1 remarque nouvelle"} : ${[...parties].join(", ")}`);
  }
  const parti = (reponse.delta.remarques?.moins ?? []).some((id) => dites.has(id));
  if (dits.length) {
    dites = new Set(plus.map((r) => r.id));
    annoncer(dits.join(" "));
  }
  // What was told is mended: it is no longer said.
  else if (parti) taire();
  // What was not saved is: it is no longer said.
  else if (message.peek().startsWith("Non enregistré") && !nonEnregistres.peek()) taire();
});
