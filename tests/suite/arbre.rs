//! A block tree that holds every kind of block, shared by the tests of all printers.

use cpom::document::{
    Alignement, Bloc, Cellule, Colonne, Document, Etat, FormatImage, Genre, GenreLigne, Identite, Image, Inline, Ligne,
    LigneFormulaire, Liste, Noeud, Numero, Paragraphe, Partie, Serie, Signature, Style, Tableau, Titre,
};

pub fn t(texte: &str) -> Inline {
    Inline::Texte { texte: texte.to_owned() }
}

pub fn noeud(bloc: Bloc) -> Noeud {
    Noeud { bloc, origine: None }
}

pub fn par(texte: &str) -> Noeud {
    styles(Style::Corps, vec![t(texte)])
}

pub fn styles(style: Style, contenu: Vec<Inline>) -> Noeud {
    noeud(Bloc::Paragraphe(Paragraphe { style, contenu }))
}

pub fn titre(niveau: u8, numero: Option<Numero>, texte: &str, ancre: &str) -> Noeud {
    let ancre = (!ancre.is_empty()).then(|| ancre.to_owned());
    noeud(Bloc::Titre(Titre { niveau, numero, contenu: vec![t(texte)], au_sommaire: true, ancre }))
}

pub fn numero(serie: Serie, prefixe: &str, texte: &str, rang: u32) -> Option<Numero> {
    let (prefixe, texte, suffixe) = (prefixe.to_owned(), texte.to_owned(), "\u{a0}– ".to_owned());
    Some(Numero { serie, prefixe, texte, suffixe, rang })
}

fn article(texte: &str, rang: u32, intitule: &str) -> Noeud {
    let ancre = format!("article-{texte}");
    titre(2, numero(Serie::Article, "Article\u{a0}", texte, rang), intitule, &ancre)
}

pub fn cellule(texte: &str) -> Cellule {
    Cellule { blocs: vec![par(texte)], etendue: 1, entete: false }
}

pub fn colonne(largeur: u16, chiffres: bool) -> Colonne {
    let alignement = if chiffres { Alignement::Droite } else { Alignement::Gauche };
    Colonne { largeur, alignement, chiffres }
}

fn ligne(genre: GenreLigne, cellules: &[&str]) -> Ligne {
    Ligne { genre, cellules: cellules.iter().map(|texte| cellule(texte)).collect() }
}

fn groupe(texte: &str, etendue: u16) -> Ligne {
    let cellules = vec![Cellule { blocs: vec![par(texte)], etendue, entete: false }];
    Ligne { genre: GenreLigne::Groupe, cellules }
}

/// An amount in French typography: no-break spaces between thousands and before « € ».
pub fn montant(euros: u64) -> String {
    let chiffres = euros.to_string();
    let mut sortie = String::new();
    for (rang, c) in chiffres.chars().enumerate() {
        if rang > 0 && (chiffres.len() - rang).is_multiple_of(3) {
            sortie.push('\u{a0}');
        }
        sortie.push(c);
    }
    sortie + ",00\u{a0}€"
}

const LOGO: &str = r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 120 60"><rect width="120" height="60" rx="6" fill="#1d3557"/><circle cx="30" cy="30" r="16" fill="#f1faee"/><rect x="56" y="22" width="52" height="6" fill="#a8dadc"/><rect x="56" y="34" width="36" height="6" fill="#a8dadc"/></svg>"##;

/// All block kinds, seven parts, a draft or a text to sign.
pub fn exemple_arbre(etat: Etat) -> Document {
    let logo = || Image { octets: LOGO.as_bytes().into(), format: FormatImage::Svg };
    Document {
        identite: Identite {
            reference: "CPOM-13-2024-017".to_owned(),
            titre: "Contrat pluriannuel d’objectifs et de moyens 2024-2028 – Fondation des Oliviers".to_owned(),
            auteur: "Agence régionale de santé Provence-Alpes-Côte d’Azur, département des Bouches-du-Rhône".to_owned(),
            etat,
            date: "2024-03-15".to_owned(),
            producteur: "cpom 0.1.0, modèle paca 2017-2022 (a1b2c3d4)".to_owned(),
        },
        parties: vec![garde(), sommaire(), liminaire(), socle(), annexe_finances(), annexe_activite(), fiche()],
        images: vec![logo(), logo(), logo()],
        pieces: Vec::new(),
        joints: Vec::new(),
        champs: Default::default(),
    }
}

fn garde() -> Partie {
    let centre = |texte: &str| styles(Style::Centre, vec![t(texte)]);
    let images = (0..3).map(|rang| (rang, format!("Logo de la partie n° {}", rang + 1))).collect();
    Partie {
        genre: Genre::Garde,
        cle: "garde".to_owned(),
        titre: "Page de garde".to_owned(),
        blocs: vec![
            noeud(Bloc::Images { images, hauteur_mm: 22 }),
            titre(1, None, "Contrat pluriannuel d’objectifs et de moyens", ""),
            styles(Style::SousTitre, vec![t("Fondation des Oliviers"), Inline::RetourLigne, t("2024 – 2028")]),
            centre("Référence\u{a0}: CPOM-13-2024-017"),
            centre("Entre"),
            styles(
                Style::Centre,
                vec![Inline::Gras {
                    contenu: vec![t("l’agence régionale de santé Provence-Alpes-Côte d’Azur")]
                }],
            ),
            styles(Style::Centre, vec![Inline::Gras { contenu: vec![t("le département des Bouches-du-Rhône")] }]),
            centre("et"),
            styles(Style::Centre, vec![Inline::Gras { contenu: vec![t("la Fondation des Oliviers")] }]),
        ],
    }
}

fn sommaire() -> Partie {
    Partie {
        genre: Genre::Sommaire,
        cle: "sommaire".to_owned(),
        titre: "Sommaire".to_owned(),
        blocs: vec![titre(1, None, "Sommaire", ""), noeud(Bloc::Sommaire { profondeur: 3 })],
    }
}

fn liminaire() -> Partie {
    let encadre = Bloc::Encadre {
        titre: vec![t("À lire avant de signer")],
        blocs: vec![
            par(
                "Le présent contrat engage ses signataires pour cinq ans. Toute modification fait l’objet d’un avenant signé par toutes les parties.",
            ),
            noeud(Bloc::Liste(Liste {
                depart: None,
                elements: vec![
                    vec![par("les annexes font partie du contrat\u{202f};")],
                    vec![par("les fiches actions aussi.")],
                ],
            })),
        ],
    };
    Partie {
        genre: Genre::Liminaire,
        cle: "preambule".to_owned(),
        titre: "Préambule".to_owned(),
        blocs: vec![
            titre(1, None, "Préambule", "preambule"),
            par(
                "La Fondation des Oliviers gère, dans les Bouches-du-Rhône, des établissements et services qui accueillent des personnes âgées et des personnes handicapées. Le contrat pluriannuel traduit, dans la durée, les orientations du projet régional de santé et du schéma départemental.",
            ),
            noeud(encadre),
            styles(Style::Note, vec![t("Source\u{a0}: diagnostic partagé, janvier 2024.")]),
        ],
    }
}

fn socle() -> Partie {
    let visa = |texte: &str| styles(Style::Visa, vec![t(texte)]);
    let long = "Les parties conviennent que les moyens alloués sont employés conformément à leur objet. L’organisme gestionnaire tient une comptabilité qui permet d’en rendre compte, établissement par établissement, et transmet chaque année les documents prévus à l’article R. 314-232 du code de l’action sociale et des familles. ";
    let valeur =
        |texte: &str, champ| Inline::Valeur { texte: texte.to_owned(), pointeur: Some("/a".to_owned()), champ };
    let lacune = Inline::Lacune {
        texte: "[à\u{a0}compléter\u{a0}: date de signature]".to_owned(),
        pointeur: None,
        demande: Default::default(),
    };
    let renvoi = Inline::Renvoi { ancre: "annexe-1".to_owned(), texte: "annexe\u{a0}1".to_owned() };
    let lien =
        Inline::Lien { url: "https://www.legifrance.gouv.fr".to_owned(), contenu: vec![t("legifrance.gouv.fr")] };
    let liste = Bloc::Liste(Liste {
        depart: Some(1),
        elements: vec![
            vec![par("améliorer l’accès aux droits et l’accompagnement des personnes\u{202f};")],
            vec![
                par("garantir la qualité et la sécurité des accompagnements, notamment\u{a0}:"),
                noeud(Bloc::Liste(Liste {
                    depart: None,
                    elements: vec![
                        vec![par("par la gestion des événements indésirables\u{202f};")],
                        vec![par("par l’évaluation régulière des pratiques\u{202f};")],
                    ],
                })),
            ],
            vec![par("équilibrer durablement les budgets.")],
        ],
    });
    let mut blocs = vec![
        titre(1, numero(Serie::Titre, "TITRE ", "1", 1), "Objet et périmètre du contrat", "titre-1"),
        visa(
            "Vu le code de l’action sociale et des familles, notamment ses articles L. 313-11, L. 313-12 et R. 314-39-1 à R. 314-43-2\u{202f};",
        ),
        visa(
            "Vu la loi n°\u{a0}2015-1776 du 28 décembre 2015 relative à l’adaptation de la société au vieillissement\u{202f};",
        ),
        article("1", 1, "Objet"),
        styles(
            Style::Corps,
            vec![
                t("Le contrat est conclu entre "),
                valeur("l’agence régionale de santé Provence-Alpes-Côte d’Azur", true),
                t(" et "),
                Inline::Gras { contenu: vec![valeur("la Fondation des Oliviers", false)] },
                t(", le "),
                lacune,
                t(", selon les modalités de l’"),
                renvoi,
                t(" et du 1"),
                Inline::Exposant { contenu: vec![t("er")] },
                t(" alinéa de l’article L. 313-11 ("),
                lien,
                t("), "),
                Inline::Italique { contenu: vec![t("intuitu personae")] },
                t("."),
            ],
        ),
        par(&long.repeat(3)),
        titre(3, numero(Serie::SousArticle, "", "1-1", 1), "Objectifs généraux", "article-1-1"),
        noeud(liste),
        titre(4, None, "Suivi", ""),
        par(&long.repeat(2)),
        titre(5, None, "Indicateurs", ""),
        par(long),
        article("2", 2, "Durée"),
        par("Le contrat est conclu pour une durée de cinq ans à compter du 1ᵉʳ janvier 2024."),
        titre(
            1,
            numero(Serie::Titre, "TITRE ", "2", 2),
            "Moyens et engagements des parties, modalités de leur suivi et de leur révision en cours de contrat",
            "titre-2",
        ),
    ];
    for rang in 3..9_u32 {
        blocs.push(article(&rang.to_string(), rang, "Engagements réciproques"));
        blocs.push(par(&long.repeat(4)));
    }
    blocs.push(styles(Style::Centre, vec![t("Fait à Marseille, en cinq exemplaires originaux, le 15 mars 2024.")]));
    blocs.push(noeud(Bloc::Signatures { signatures: signatures() }));
    Partie { genre: Genre::Socle, cle: "socle".to_owned(), titre: "Contrat".to_owned(), blocs }
}

fn signatures() -> Vec<Signature> {
    let partie = |champ: &str, partie: &str, qualite: &[&str]| Signature {
        signataire: champ.trim_start_matches("signature-").to_owned(),
        champ: champ.to_owned(),
        partie: vec![t(partie)],
        qualite: qualite.iter().map(|ligne| vec![t(ligne)]).collect(),
        mention: if qualite.len() > 1 { vec![t("Date :")] } else { Vec::new() },
    };
    vec![
        partie(
            "signature-ars-paca",
            "Pour l’agence régionale de santé Provence-Alpes-Côte d’Azur",
            &["Le directeur général", "Jean Martin"],
        ),
        partie(
            "signature-cd-13",
            "Pour le département des Bouches-du-Rhône",
            &[
                "La présidente du conseil départemental",
                "Par délégation, la directrice générale des services",
                "Anne Durand",
            ],
        ),
        partie("signature-cd-84", "Pour le département de Vaucluse", &["La présidente du conseil départemental"]),
        partie("signature-metropole", "Pour la métropole Aix-Marseille-Provence", &["La présidente"]),
        partie(
            "signature-gestionnaire",
            "Pour la Fondation des Oliviers",
            &["Le président du conseil d’administration", "Paul Lefèvre"],
        ),
    ]
}

fn annexe_finances() -> Partie {
    let mut lignes = Vec::new();
    for rang in 0..80_u64 {
        if rang % 20 == 0 {
            lignes
                .push(groupe(&format!("Groupe {} – Dépenses afférentes à l’exploitation courante", rang / 20 + 1), 4));
        }
        let compte = format!("60{rang:03}");
        let intitule = format!("Achats et services extérieurs, ligne {rang}");
        lignes.push(ligne(
            GenreLigne::Normale,
            &[&compte, &intitule, &montant(12_345 * (rang + 1)), &montant(98_765_432)],
        ));
    }
    lignes
        .push(ligne(GenreLigne::Total, &["", "Total des dépenses", &montant(1_234_567_890), &montant(7_901_234_560)]));
    let entete = ["Compte", "Intitulé", "Budget exécutoire 2023", "Budget prévisionnel 2024"];
    let budget = Tableau {
        legende: Some(vec![t("Tableau de répartition des dépenses, en euros")]),
        colonnes: vec![colonne(2, false), colonne(8, false), colonne(3, true), colonne(3, true)],
        entete: entete.iter().map(|texte| cellule(texte)).collect(),
        lignes,
        paysage: false,
        densite: 0,
    };
    Partie {
        genre: Genre::Annexe,
        cle: "annexe-1".to_owned(),
        titre: "Annexe 1 – Plan de financement".to_owned(),
        blocs: vec![
            titre(1, numero(Serie::Annexe, "Annexe\u{a0}", "1", 1), "Plan de financement", "annexe-1"),
            par("Le plan de financement pluriannuel distingue les dépenses d’exploitation et les investissements."),
            noeud(Bloc::Tableau(budget)),
            styles(Style::Note, vec![t("Source\u{a0}: états prévisionnels transmis par l’organisme gestionnaire.")]),
        ],
    }
}

fn annexe_activite() -> Partie {
    let entete = [
        "Établissement",
        "Finess",
        "Catégorie",
        "Capacité",
        "2024",
        "2025",
        "2026",
        "2027",
        "2028",
        "Taux",
        "Écart",
        "Observations",
    ];
    let mut colonnes = vec![colonne(4, false), colonne(2, false), colonne(2, false)];
    colonnes.extend((0..8).map(|_| colonne(2, true)));
    colonnes.push(colonne(4, false));
    let mut lignes: Vec<Ligne> = (0..14)
        .map(|rang| {
            let nom = format!("EHPAD Les Oliviers de la Sainte-Baume {rang}");
            let finess = format!("13078{rang:04}");
            let nombres = [
                "84",
                "28\u{a0}500",
                "28\u{a0}700",
                "28\u{a0}900",
                "29\u{a0}100",
                "29\u{a0}300",
                "97,40\u{a0}%",
                "-1\u{a0}250",
            ];
            let mut cellules = vec![cellule(&nom), cellule(&finess), cellule("EHPAD")];
            cellules[0].entete = true;
            cellules.extend(nombres.map(cellule));
            cellules.push(cellule("Extension de capacité autorisée en 2025"));
            Ligne { genre: GenreLigne::Normale, cellules }
        })
        .collect();
    let mut total = vec![Cellule { etendue: 3, ..cellule("Total") }];
    total.extend((0..8).map(|rang| cellule(&format!("{}\u{a0}000", 300 + rang))));
    total.push(cellule(""));
    lignes.push(Ligne { genre: GenreLigne::Total, cellules: total });
    let activite = |legende: &str| {
        noeud(Bloc::Tableau(Tableau {
            legende: Some(vec![t(legende)]),
            colonnes: colonnes.clone(),
            entete: entete.iter().map(|texte| cellule(texte)).collect(),
            lignes: lignes.clone(),
            paysage: true,
            densite: 2,
        }))
    };
    Partie {
        genre: Genre::Annexe,
        cle: "annexe-2".to_owned(),
        titre: "Annexe 2 – Activité".to_owned(),
        blocs: vec![
            titre(1, numero(Serie::Annexe, "Annexe\u{a0}", "2", 2), "Activité des établissements", "annexe-2"),
            activite("Activité prévisionnelle des établissements du contrat, en journées"),
            styles(Style::Note, vec![t("Taux\u{a0}: journées réalisées rapportées aux journées théoriques.")]),
            activite("Activité réalisée"),
            titre(2, None, "Lecture du tableau", ""),
            par("Après le tableau, le texte revient en format portrait."),
            noeud(Bloc::Image { source: 0, alternative: "Carte des établissements".to_owned(), largeur_mm: 80 }),
        ],
    }
}

fn fiche() -> Partie {
    let phrase = "Mettre en place une commission territoriale, définir les parcours et former les équipes à l’accompagnement des personnes. ";
    let champ = |terme: &str, blocs: Vec<Noeud>| LigneFormulaire { terme: vec![t(terme)], blocs };
    let liste = |elements: &[&str]| {
        noeud(Bloc::Liste(Liste { depart: None, elements: elements.iter().map(|e| vec![par(e)]).collect() }))
    };
    let calendrier = Tableau {
        legende: None,
        colonnes: vec![colonne(6, false), colonne(2, true), colonne(2, true)],
        entete: ["Indicateur", "Valeur 2023", "Cible 2028"].iter().map(|texte| cellule(texte)).collect(),
        lignes: vec![
            ligne(
                GenreLigne::Normale,
                &["Part des projets personnalisés révisés dans l’année", "62\u{a0}%", "95\u{a0}%"],
            ),
            ligne(GenreLigne::Normale, &["Nombre de formations suivies", "12", "40"]),
        ],
        paysage: false,
        densite: 0,
    };
    let lignes = vec![
        champ("Axe stratégique", vec![par("Améliorer l’accès aux soins et fluidifier les parcours")]),
        champ("Constat", vec![par(&phrase.repeat(2)), par(phrase)]),
        champ(
            "Description de l’action",
            vec![
                par(&phrase.repeat(30)),
                liste(&["première étape\u{202f};", "deuxième étape\u{202f};", "troisième étape."]),
            ],
        ),
        champ(
            "Pilote",
            vec![styles(
                Style::Corps,
                vec![Inline::Lacune {
                    texte: "[à compléter\u{a0}: pilote de l’action]".to_owned(),
                    pointeur: None,
                    demande: Default::default(),
                }],
            )],
        ),
        champ("Indicateurs", vec![noeud(Bloc::Tableau(calendrier))]),
    ];
    Partie {
        genre: Genre::Fiche,
        cle: "fiche-1".to_owned(),
        titre: "Fiche action n° 1".to_owned(),
        blocs: vec![
            titre(2, numero(Serie::Fiche, "Fiche action n°\u{a0}", "1", 1), "Fluidifier les parcours", "fiche-1"),
            noeud(Bloc::Formulaire { lignes }),
        ],
    }
}
