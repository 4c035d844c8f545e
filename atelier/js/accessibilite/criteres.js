// The self-audit of the workshop: the 106 criteria of the RGAA 4.1.2, one a line, and what was found; all the rest is counted from it.

/** Day of the audit. */
export const JOUR = "30\u00a0novembre\u00a02026";

/** @typedef {"C" | "NC" | "NA"} Etat met, not met, without object */
/** The last: what stands instead of what is not met. @typedef {[numero: string, etat: Etat, objet: string, constat: string, recours?: string]} Critere */

/** @type {[string, Critere[]][]} */
export const THEMES = [
  ["Images", [
    ["1.1", "C", "Images qui informent : une alternative", "La page imprimée, montrée en image, porte son numéro."],
    ["1.2", "C", "Images décoratives : ignorées", "Signes et pictogrammes sont cachés aux lecteurs d’écran, à côté de leur mot."],
    ["1.3", "C", "Alternatives justes", "Le numéro de page dit laquelle est montrée."],
    ["1.4", "NA", "Images-tests : nature dite", "Aucun captcha."],
    ["1.5", "NA", "Images-tests : autre accès", "Aucun captcha."],
    ["1.6", "C", "Images complexes : description détaillée", "« Lire le contrat en texte », à côté des pages, donne tous leurs mots."],
    ["1.7", "C", "Descriptions détaillées justes", "Le texte vient du même contrat que la page ; les deux sont comparés mot à mot à chaque version."],
    ["1.8", "C", "Pas de texte en image sans remplacement", "Seul l’aperçu en contient, avec le même texte à côté et dans les champs."],
    ["1.9", "NA", "Légendes d’images", "Aucune image légendée."],
  ]],
  ["Cadres", [
    ["2.1", "NA", "Cadres : un titre", "Aucun cadre."],
    ["2.2", "NA", "Cadres : titre juste", "Aucun cadre."],
  ]],
  ["Couleurs", [
    ["3.1", "C", "Rien par la seule couleur", "Gravité, état, ajouts et retraits sont dits par un mot, avec un signe ou un trait."],
    ["3.2", "C", "Contraste des textes", "Mesuré par axe-core dans toutes les vues : aucun écart."],
    ["3.3", "C", "Contraste des composants", "Bords des champs et des cellules à remplir, foyer, signes : au moins 3 pour 1."],
  ]],
  ["Multimédia", [
    ["4.1", "NA", "Transcription ou audiodescription", "Ni son ni vidéo."],
    ["4.2", "NA", "Transcription ou audiodescription juste", "Ni son ni vidéo."],
    ["4.3", "NA", "Sous-titres", "Ni son ni vidéo."],
    ["4.4", "NA", "Sous-titres justes", "Ni son ni vidéo."],
    ["4.5", "NA", "Audiodescription", "Ni son ni vidéo."],
    ["4.6", "NA", "Audiodescription juste", "Ni son ni vidéo."],
    ["4.7", "NA", "Média identifié", "Ni son ni vidéo."],
    ["4.8", "NA", "Média non temporel : alternative", "Aucun."],
    ["4.9", "NA", "Média non temporel : alternative juste", "Aucun."],
    ["4.10", "NA", "Son déclenché seul", "Aucun son."],
    ["4.11", "NA", "Lecture commandée au clavier", "Ni son ni vidéo."],
    ["4.12", "NA", "Média non temporel au clavier", "Aucun."],
    ["4.13", "NA", "Média et aides techniques", "Ni son ni vidéo."],
  ]],
  ["Tableaux", [
    ["5.1", "C", "Tableaux complexes : un résumé", "Les grilles à deux lignes d’en-têtes disent leur construction dans leur titre."],
    ["5.2", "C", "Résumés justes", "Ils disent les en-têtes et comment passer d’une cellule à l’autre."],
    ["5.3", "NA", "Tableaux de mise en forme", "Aucun."],
    ["5.4", "C", "Titre associé au tableau", "Chaque tableau a son titre (caption)."],
    ["5.5", "C", "Titres justes", "Le titre est celui de la liste ou de la grille."],
    ["5.6", "C", "En-têtes déclarés", "Lignes, colonnes et groupes de colonnes sont des th."],
    ["5.7", "C", "Cellules rattachées aux en-têtes", "Portée (scope) sur chaque en-tête ; chaque cellule à remplir est nommée par sa ligne, son groupe et sa colonne."],
    ["5.8", "NA", "Tableaux de mise en forme : balises", "Aucun."],
  ]],
  ["Liens", [
    ["6.1", "C", "Liens explicites", "Intitulés complets, ou compris avec le titre de leur liste ; deux éléments d’une liste n’ont pas le même nom."],
    ["6.2", "C", "Liens avec intitulé", "Vérifié par axe-core : aucun lien vide."],
  ]],
  ["Scripts", [
    ["7.1", "NC", "Compatibles avec les aides techniques", "Noms, rôles et états sont vérifiés dans l’arbre d’accessibilité, mais aucun lecteur d’écran n’a été essayé : les grilles et les listes à propositions restent à entendre.", "tout est fait de champs, de boutons et de tableaux ordinaires, et ce qui est dans une grille se remplit aussi, champ par champ, dans les listes de sa partie."],
    ["7.2", "NA", "Alternatives aux scripts", "Les scripts n’ont pas d’alternative ; sans eux, la page le dit."],
    ["7.3", "C", "Utilisables au clavier", "Six parcours au clavier seul, rejoués à chaque version."],
    ["7.4", "C", "Changements de contexte annoncés", "Remplir un champ n’ouvre rien ; la région choisit le modèle, c’est dit."],
    ["7.5", "C", "Messages d’état", "Enregistrement, refus, avancement et remarques sont des messages d’état ou d’alerte."],
  ]],
  ["Éléments obligatoires", [
    ["8.1", "C", "Type de document", "Présent et juste."],
    ["8.2", "C", "Code valide", "Ni identifiant double ni imbrication fautive dans les vues, relevés dans la page elle-même."],
    ["8.3", "C", "Langue de la page", "Déclarée."],
    ["8.4", "C", "Langue juste", "Français."],
    ["8.5", "C", "Titre de page", "Dans toutes les vues."],
    ["8.6", "C", "Titre de page juste", "La vue ou l’élément, le contrat, ce qui bloque."],
    ["8.7", "NA", "Passages en autre langue", "Aucun."],
    ["8.8", "NA", "Code de langue des passages", "Aucun."],
    ["8.9", "C", "Balises employées pour leur sens", "Relu : titres, listes, groupes et tableaux en sont."],
    ["8.10", "NA", "Sens de lecture", "De gauche à droite partout."],
  ]],
  ["Structure", [
    ["9.1", "C", "Titres", "Un titre principal par vue, pas de niveau sauté."],
    ["9.2", "C", "Zones de la page", "En-tête, navigation, contenu, compléments et pied sont balisés."],
    ["9.3", "C", "Listes", "Parties, éléments, remarques, historique sont des listes."],
    ["9.4", "NA", "Citations", "Aucune."],
  ]],
  ["Présentation", [
    ["10.1", "C", "Présentation par les feuilles de style", "Aucune balise ni attribut de présentation."],
    ["10.2", "C", "Contenu présent sans les styles", "Aucun texte ne vient des feuilles de style."],
    ["10.3", "C", "Compréhensible sans les styles", "L’ordre du code est celui de la lecture."],
    ["10.4", "C", "Texte à 200 %", "Essayé sur toutes les parties : rien ne se perd de ce qui se lit à 100 %."],
    ["10.5", "C", "Couleurs de texte et de fond ensemble", "Les deux sont déclarées sur la page, les champs, les boutons et les fenêtres."],
    ["10.6", "C", "Liens reconnaissables", "Soulignés dans les textes."],
    ["10.7", "C", "Foyer visible", "Un trait de 3 pixels, partout ; essayé aussi en couleurs imposées."],
    ["10.8", "C", "Contenus cachés bien ignorés", "Ce qui est replié ou masqué n’est pas lu ; ce qui n’est que pour l’œil est dit ailleurs."],
    ["10.9", "C", "Rien par la forme ou la place seules", "Les consignes nomment ce qu’elles désignent."],
    ["10.10", "C", "Forme et place : autre moyen juste", "Les signes ont leur mot."],
    ["10.11", "C", "À 400 %, sans défiler de côté", "Essayé à 320 pixels de large ; seules les grilles défilent, dans leur cadre."],
    ["10.12", "NC", "Espacement du texte", "Au-delà de 40 lignes, une grille coupe les noms trop longs de ses lignes.", "le nom entier est lu avec chaque cellule, se montre au survol, et se lit dans la liste des éléments."],
    ["10.13", "C", "Contenus au survol ou au foyer", "Seules les infobulles du navigateur, et les champs de la page imprimée, qui ne cachent rien."],
    ["10.14", "C", "Contenus montrés par les styles, au clavier", "Le lien d’évitement, au foyer."],
  ]],
  ["Formulaires", [
    ["11.1", "C", "Champs : une étiquette", "Vérifié par axe-core dans toutes les vues."],
    ["11.2", "C", "Étiquettes justes", "Les titres du contrat ; les cellules portent leur ligne et leur colonne."],
    ["11.3", "C", "Étiquettes cohérentes", "Un même champ porte partout le titre de sa donnée."],
    ["11.4", "C", "Étiquette à côté du champ", "Au-dessus, ou devant les cases ; les en-têtes des grilles restent en vue."],
    ["11.5", "C", "Champs de même nature groupés", "Choix, groupes et listes sont des groupes de champs."],
    ["11.6", "C", "Groupes : une légende", "Toujours."],
    ["11.7", "C", "Légendes justes", "Le titre du groupe dans le contrat."],
    ["11.8", "NA", "Listes de choix groupées", "Aucune liste ne mêle des choix à regrouper."],
    ["11.9", "C", "Boutons : intitulé juste", "L’action et son objet, dans le nom du bouton ou du groupe d’actions."],
    ["11.10", "C", "Contrôle de saisie", "« obligatoire » dans l’étiquette ; chaque erreur nomme son champ et lui est liée."],
    ["11.11", "C", "Erreurs : suggestions", "Chaque refus dit ce qui est attendu, avec un exemple."],
    ["11.12", "C", "Données juridiques et financières", "Tout s’annule ; retirer et imprimer le définitif demandent confirmation."],
    ["11.13", "C", "Données de l’utilisateur", "Son nom et son organisme se complètent d’eux-mêmes."],
  ]],
  ["Navigation", [
    ["12.1", "C", "Deux moyens de naviguer", "Les parties du contrat et « Chercher… » ; trois autres pages, liées entre elles."],
    ["12.2", "C", "Menu à la même place", "Dans toutes les vues d’un contrat."],
    ["12.3", "NA", "Plan du site juste", "Pas de plan du site."],
    ["12.4", "NA", "Plan du site accessible", "Pas de plan du site."],
    ["12.5", "C", "Recherche accessible de la même façon", "Un bouton de l’en-tête, et Ctrl+K."],
    ["12.6", "C", "Zones atteintes ou évitées", "F6 passe de l’une à l’autre ; le lien d’évitement mène au contenu."],
    ["12.7", "C", "Lien d’évitement", "Premier élément de chaque vue."],
    ["12.8", "C", "Ordre de tabulation", "Celui de la lecture ; essayé par les parcours au clavier."],
    ["12.9", "C", "Pas de piège au clavier", "Tabulation sort des grilles, des listes et des textes ; Échap referme."],
    ["12.10", "NA", "Raccourcis d’une seule touche", "Aucun."],
    ["12.11", "C", "Contenus additionnels au clavier", "Menu, listes, fenêtres et champs de la page imprimée s’atteignent au clavier."],
  ]],
  ["Consultation", [
    ["13.1", "C", "Pas de limite de temps", "Aucune ; un message qui s’efface reste lisible ailleurs (remarques, historique)."],
    ["13.2", "C", "Pas de fenêtre ouverte seule", "Aucune."],
    ["13.3", "C", "Documents à télécharger accessibles", "Les PDF suivent PDF/UA-1, contrôlé par un autre programme ; les listes en Word sont aussi des pages de l’atelier."],
    ["13.4", "C", "Version accessible de même contenu", "PDF, Word et texte viennent des mêmes mots, comparés à chaque version."],
    ["13.5", "NA", "Contenus cryptiques", "Aucun."],
    ["13.6", "NA", "Contenus cryptiques : alternative", "Aucun."],
    ["13.7", "NA", "Flashs", "Aucun."],
    ["13.8", "NA", "Contenus en mouvement", "Aucun."],
    ["13.9", "C", "Orientation libre", "Portrait et paysage."],
    ["13.10", "NA", "Gestes complexes", "Aucun geste à plusieurs doigts ni tracé."],
    ["13.11", "C", "Pression annulable", "Les actions se font au relâchement."],
    ["13.12", "NA", "Mouvement de l’appareil", "Aucune fonction n’en dépend."],
  ]],
];

/** @type {Record<Etat, string>} */
export const ETATS = { C: "conforme", NC: "non conforme", NA: "non applicable" };

const tous = THEMES.flatMap(([, criteres]) => criteres);
/** @param {Etat} etat */
export const combien = (etat) => tous.filter((c) => c[1] === etat).length;
/** Met, out of those that apply, in hundredths; rounded down, so that 100 is all of them. */
export const taux = Math.floor((100 * combien("C")) / (combien("C") + combien("NC")));
/** The mention that stands at the foot of every view. */
export const mention = `Accessibilité : ${taux === 100 ? "totalement conforme" : taux >= 50 ? "partiellement conforme" : "non conforme"}`;
export const manquees = tous.filter((c) => c[1] === "NC");
