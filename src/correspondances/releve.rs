//! A workbook and a correspondence → what each row, or each form, says; what is missing or told twice, with its cells.

use super::erreurs::CorrespondanceRefusee;
use super::forme::{Apport, Correspondance, Direction, Presentation, Reperage};
use super::mots::{cle, suit};
use super::valeurs;
use crate::lecture::classeur::{Cellule, Classeur, Contenu, Feuille, nom_de_cellule};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// Rows above a table: titles, dates, filters.
const TETE_MAX: u32 = 60;

/// What the file says.
#[derive(Debug, Default)]
pub struct Releve {
    pub lignes: Vec<Ligne>,
    /// What is missing or doubtful: where, what, why, what to do.
    pub ecarts: Vec<[String; 4]>,
    pub notes: Vec<String>,
    /// What is read, for who wants to see it.
    pub vus: Vec<String>,
}

/// What an establishment, or an entity, has for a year.
#[derive(Debug)]
pub struct Ligne {
    pub finess: String,
    pub annee: Option<u16>,
    /// « Feuil1!A4 ».
    pub lieu: String,
    /// The rank of what it brings, in the correspondence; then each key with its value and its cell.
    pub apport: usize,
    pub champs: Vec<(String, Value, String)>,
}

/// Reads all the sheets that the correspondence names.
pub fn relever(
    nom: &str,
    classeur: &Classeur,
    correspondance: &Correspondance,
    annee: Option<u16>,
) -> Result<Releve, CorrespondanceRefusee> {
    let mut releve = Releve { notes: classeur.alertes.clone(), ..Releve::default() };
    let motif = correspondance.feuilles.as_deref().unwrap_or("*");
    let feuilles: Vec<&Feuille> = classeur.feuilles.iter().filter(|feuille| suit(motif, &feuille.nom)).collect();
    if feuilles.is_empty() {
        let connues: Vec<String> = classeur.feuilles.iter().map(|f| format!("« {} »", f.nom)).collect();
        let feuilles = connues.join(", ");
        return Err(CorrespondanceRefusee::Feuilles { nom: nom.to_owned(), motif: motif.to_owned(), feuilles });
    }
    if correspondance.annee.is_none() && annee.is_none() && correspondance.apports.iter().any(|a| a.annee.is_some()) {
        return Err(CorrespondanceRefusee::SansAnnee);
    }
    let mut reconnues = 0;
    for feuille in &feuilles {
        let lecture = Lecture { feuille, correspondance, annee };
        let lue = match correspondance.presentation {
            Presentation::Tableau => lecture.tableau(&mut releve),
            Presentation::Formulaire => lecture.formulaire(&mut releve),
        };
        reconnues += usize::from(lue);
    }
    if reconnues == 0 {
        let mots = correspondance.finess.mots.clone();
        return Err(CorrespondanceRefusee::SansFiness {
            nom: nom.to_owned(),
            proches: proches(&feuilles, &mots),
            mots,
        });
    }
    Ok(releve)
}

/// Words of the file that look like those that are sought.
fn proches(feuilles: &[&Feuille], mots: &str) -> String {
    let cherche = cle(mots);
    let textes = feuilles.iter().flat_map(|f| f.cellules.iter().take(2_000)).filter_map(|c| valeurs::texte(&c.contenu));
    let proche = textes
        .map(|texte| (strsim::jaro_winkler(&cle(&texte), &cherche), texte))
        .filter(|(proche, _)| *proche > 0.8)
        .max_by(|(a, _), (b, _)| a.total_cmp(b));
    proche.map(|(_, texte)| format!(" (le plus proche : « {texte} »)")).unwrap_or_default()
}

struct Lecture<'a> {
    feuille: &'a Feuille,
    correspondance: &'a Correspondance,
    annee: Option<u16>,
}

impl Lecture<'_> {
    fn lieu(&self, ligne: u32, colonne: u32) -> String {
        format!("{}!{}", self.feuille.nom, nom_de_cellule(ligne, colonne))
    }

    /// All that the correspondence looks for, by its words.
    fn cherches(&self) -> BTreeSet<String> {
        let c = self.correspondance;
        let valeurs = c.apports.iter().flat_map(|a| &a.valeurs).flat_map(|v| &v.lire);
        let conditions = c.apports.iter().filter_map(|a| a.si.as_ref()).map(|si| si.mots.as_str());
        let reperages = std::iter::once(&c.finess).chain(&c.annee).chain(valeurs).map(|r| r.mots.as_str());
        reperages.chain(conditions).map(cle).collect()
    }

    /// One row an establishment; whether the sheet has the table.
    fn tableau(&self, releve: &mut Releve) -> bool {
        let cherches = self.cherches();
        let finess = cle(&self.correspondance.finess.mots);
        let mots = |cellule: &Cellule| valeurs::texte(&cellule.contenu).map(|texte| cle(&texte));
        // The row of headers has the number of the establishments, and the most of the words sought.
        let compter = |rang: u32| {
            self.feuille.rangee(rang).iter().filter(|c| mots(c).is_some_and(|m| cherches.contains(&m))).count()
        };
        let a_finess = |rang: &u32| self.feuille.rangee(*rang).iter().any(|c| mots(c).is_some_and(|m| m == finess));
        let tete = (0..self.feuille.hauteur().min(TETE_MAX))
            .filter(a_finess)
            .max_by_key(|rang| (compter(*rang), u32::MAX - rang));
        let Some(tete) = tete else { return false };
        let mut colonnes: BTreeMap<String, Vec<u32>> = BTreeMap::new();
        for cellule in self.feuille.rangee(tete) {
            if let Some(mots) = mots(cellule).filter(|mots| cherches.contains(mots)) {
                colonnes.entry(mots).or_default().push(cellule.colonne);
            }
        }
        for (mots, places) in &colonnes {
            let lieux: Vec<String> = places.iter().map(|colonne| self.lieu(tete, *colonne)).collect();
            releve.vus.push(format!("en-tête « {mots} » : {}", lieux.join(", ")));
            if lieux.len() > 1 {
                releve.ecarts.push([
                    lieux.join(", "),
                    format!("« {mots} »"),
                    "cet en-tête est là plusieurs fois : rien ne dit laquelle de ces colonnes lire ; aucune ne l'est."
                        .into(),
                    "renommez l'en-tête de trop dans le fichier, puis recommencez.".into(),
                ]);
            }
        }
        for absent in cherches.iter().filter(|mots| !colonnes.contains_key(*mots)) {
            releve.ecarts.push([
                format!("{}, ligne {}", self.feuille.nom, tete + 1),
                format!("« {absent} »"),
                "aucune colonne n'a cet en-tête : ses valeurs ne sont pas lues.".into(),
                "vérifiez que l'export est complet, ou corrigez la correspondance si l'en-tête a changé.".into(),
            ]);
        }
        let seule = |mots: &str| match colonnes.get(&cle(mots)).map(Vec::as_slice) {
            Some([colonne]) => Some(*colonne),
            _ => None,
        };
        for rang in tete + 1..self.feuille.hauteur() {
            let a = |mots: &str| seule(mots).and_then(|colonne| self.feuille.a(rang, colonne));
            self.ligne(&|reperage| a(&reperage.mots), &|mots| a(mots), rang, releve);
        }
        true
    }

    /// One establishment a sheet; whether the sheet says which one.
    fn formulaire(&self, releve: &mut Releve) -> bool {
        let mut trouves: BTreeMap<String, Option<&Cellule>> = BTreeMap::new();
        let c = self.correspondance;
        let valeurs_lues = c.apports.iter().flat_map(|a| &a.valeurs).flat_map(|v| &v.lire);
        for reperage in std::iter::once(&c.finess).chain(&c.annee).chain(valeurs_lues) {
            let cellule = self.chercher(reperage, releve);
            trouves.insert(nom_de(reperage), cellule);
        }
        let trouve = |reperage: &Reperage| trouves.get(&nom_de(reperage)).copied().flatten();
        let Some(numero) = trouve(&c.finess) else { return false };
        self.ligne(&trouve, &|mots| self.chercher_muet(mots), numero.ligne, releve);
        true
    }

    /// The cell that a label of a form names.
    fn chercher(&self, reperage: &Reperage, releve: &mut Releve) -> Option<&Cellule> {
        let dit = nom_de(reperage);
        let debut = match &reperage.apres {
            Some(apres) => self.libelles(apres, 0).first().map(|c| c.ligne)?,
            None => 0,
        };
        let mut places = self.libelles(&reperage.mots, debut);
        if reperage.apres.is_some() {
            places.truncate(1);
        }
        let ecart = |lieu: String, motif: &str, a_faire: &str| {
            [lieu, format!("« {dit} »"), motif.to_owned(), a_faire.to_owned()]
        };
        let libelle = match places.as_slice() {
            [seul] => *seul,
            [] => {
                let motif = "aucune cellule de cette feuille n'a ce libellé : sa valeur n'est pas lue.";
                releve.ecarts.push(ecart(
                    self.feuille.nom.clone(),
                    motif,
                    "corrigez la correspondance, ou donnez la bonne feuille.",
                ));
                return None;
            }
            plusieurs => {
                let lieux: Vec<String> = plusieurs.iter().map(|c| self.lieu(c.ligne, c.colonne)).collect();
                let motif = "ce libellé est là plusieurs fois : rien ne dit lequel lire.";
                let a_faire =
                    "précisez-le dans la correspondance par « apres », le titre de la partie où il se trouve.";
                releve.ecarts.push(ecart(lieux.join(", "), motif, a_faire));
                return None;
            }
        };
        let valeur = self.valeur_de(libelle, reperage);
        match valeur {
            Some(cellule) => {
                let lieu = self.lieu(cellule.ligne, cellule.colonne);
                let texte = valeurs::texte(&cellule.contenu).unwrap_or_default();
                releve.vus.push(format!("« {dit} » ({}) : {lieu}, {texte}", self.lieu(libelle.ligne, libelle.colonne)));
            }
            None => releve.vus.push(format!("« {dit} » ({}) : rien", self.lieu(libelle.ligne, libelle.colonne))),
        }
        valeur
    }

    fn chercher_muet(&self, mots: &str) -> Option<&Cellule> {
        let reperage = Reperage { mots: mots.to_owned(), ..Reperage::default() };
        match self.libelles(mots, 0).as_slice() {
            [seul] => self.valeur_de(seul, &reperage),
            _ => None,
        }
    }

    fn libelles(&self, mots: &str, debut: u32) -> Vec<&Cellule> {
        let cherche = cle(mots);
        let est = |c: &&Cellule| matches!(&c.contenu, Contenu::Texte(texte) if cle(texte) == cherche);
        self.feuille.cellules.iter().filter(|c| c.ligne >= debut).filter(est).collect()
    }

    fn valeur_de(&self, libelle: &Cellule, reperage: &Reperage) -> Option<&Cellule> {
        if let Some(colonne) = &reperage.colonne {
            // The nearest header above the label.
            let tete = self
                .libelles(colonne, 0)
                .into_iter()
                .rfind(|c| c.ligne <= libelle.ligne && c.colonne > libelle.colonne)?;
            return self.feuille.a(libelle.ligne, tete.colonne);
        }
        let plein = |c: &&Cellule| valeurs::texte(&c.contenu).is_some();
        match reperage.direction {
            Direction::Droite => {
                self.feuille.rangee(libelle.ligne).iter().filter(|c| c.colonne > libelle.colonne).find(plein)
            }
            Direction::Dessous => {
                let dessous = |c: &&Cellule| c.colonne == libelle.colonne && c.ligne > libelle.ligne;
                self.feuille.cellules.iter().filter(dessous).find(plein)
            }
        }
    }

    /// What a row brings, once its number and its year are read.
    fn ligne<'c>(
        &self,
        trouver: &dyn Fn(&Reperage) -> Option<&'c Cellule>,
        nommee: &dyn Fn(&str) -> Option<&'c Cellule>,
        rang: u32,
        releve: &mut Releve,
    ) {
        let Some(cellule) = trouver(&self.correspondance.finess) else { return };
        let Some(lu) = valeurs::finess(&cellule.contenu) else { return };
        let lieu = self.lieu(rang, cellule.colonne);
        if lu.complete {
            let ecrit = valeurs::texte(&cellule.contenu).unwrap_or_default();
            releve.notes.push(format!(
                "{lieu} : le numéro FINESS {ecrit} a perdu son zéro dans le tableur ; il est lu {}.",
                lu.numero
            ));
        }
        let annee = match &self.correspondance.annee {
            None => self.annee,
            Some(reperage) => match trouver(reperage).map(|c| (valeurs::annee(&c.contenu), c)) {
                Some((Some(annee), _)) => Some(annee),
                Some((None, cellule)) => {
                    releve.ecarts.push([
                        self.lieu(cellule.ligne, cellule.colonne),
                        valeurs::texte(&cellule.contenu).unwrap_or_default(),
                        "ce n'est pas une année : la ligne n'est pas lue.".into(),
                        "écrivez l'année en quatre chiffres.".into(),
                    ]);
                    return;
                }
                None => self.annee,
            },
        };
        for (numero, apport) in self.correspondance.apports.iter().enumerate() {
            let admis = apport.si.as_ref().is_none_or(|si| {
                let mots = nommee(&si.mots).and_then(|c| valeurs::texte(&c.contenu)).map(|texte| cle(&texte));
                mots.is_some_and(|mots| si.parmi.iter().any(|admis| cle(admis) == mots))
            });
            if !admis {
                continue;
            }
            let champs = self.champs(apport, trouver, releve);
            if !champs.is_empty() {
                let (finess, lieu) = (lu.numero.clone(), lieu.clone());
                releve.lignes.push(Ligne { finess, annee, lieu, apport: numero, champs });
            }
        }
    }

    fn champs<'c>(
        &self,
        apport: &Apport,
        trouver: &dyn Fn(&Reperage) -> Option<&'c Cellule>,
        releve: &mut Releve,
    ) -> Vec<(String, Value, String)> {
        let mut champs = Vec::new();
        for valeur in &apport.valeurs {
            let cellules: Vec<&Cellule> =
                valeur.lire.iter().filter_map(trouver).filter(|c| valeurs::texte(&c.contenu).is_some()).collect();
            let Some(premiere) = cellules.first() else { continue };
            let lieu = self.lieu(premiere.ligne, premiere.colonne);
            let est_texte =
                apport.liste.is_some() && matches!(valeur.champ.as_str(), "objet" | "libelle" | "commentaire");
            if est_texte {
                let mots: Vec<String> = cellules.iter().filter_map(|c| valeurs::texte(&c.contenu)).collect();
                champs.push((valeur.champ.clone(), json!(mots.join(" – ")), lieu));
                continue;
            }
            let mut somme = 0.0;
            let mut lisible = true;
            for cellule in &cellules {
                match valeurs::nombre(&cellule.contenu) {
                    Some(Ok(nombre)) => {
                        // A fraction that is written with its sign is a percentage already.
                        let deja = matches!(&cellule.contenu, Contenu::Texte(t) if t.trim_end().ends_with('%'));
                        let facteur = valeur.facteur.filter(|_| !deja).unwrap_or(1.0);
                        somme += valeur.signe.appliquer(nombre) * facteur;
                    }
                    Some(Err(texte)) => {
                        lisible = false;
                        releve.ecarts.push([
                            self.lieu(cellule.ligne, cellule.colonne),
                            format!("« {texte} »"),
                            format!(
                                "un nombre est attendu pour « {} ».",
                                valeur.lire.iter().map(|r| r.mots.as_str()).collect::<Vec<_>>().join(" + ")
                            ),
                            "corrigez cette cellule, puis recommencez ; une cellule vide n'est pas lue.".into(),
                        ]);
                    }
                    None => {}
                }
            }
            if lisible {
                champs.push((valeur.champ.clone(), au_centime(somme), lieu));
            }
        }
        champs
    }
}

fn nom_de(reperage: &Reperage) -> String {
    [Some(reperage.mots.as_str()), reperage.apres.as_deref(), reperage.colonne.as_deref()]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(" / ")
}

/// What a program computed in binary is a number of cents again.
fn au_centime(nombre: f64) -> Value {
    let arrondi = (nombre * 100.0).round() / 100.0;
    if arrondi.fract() == 0.0 && arrondi.abs() < 9e15 { json!(arrondi as i64) } else { json!(arrondi) }
}
