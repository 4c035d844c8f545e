//! From bytes to files: whole files or none, a set of files as one, never over what the user changed meanwhile.
//!
//! What a file of the user is besides its bytes (rights, owner, links) is `place`'s business.

use super::impression::Fichier;
use super::place::{self, Place, Pose, Voisin};
use crate::lecture::{acces, ouverture};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

/// Why a file could not be written.
#[derive(Debug, thiserror::Error)]
pub enum ErreurEcriture {
    #[error(
        "le dossier « {dossier} » ne peut pas être créé : {motif}.\n    À faire : donnez un autre emplacement, puis recommencez ; rien n'a été écrit."
    )]
    Dossier { dossier: String, motif: String },
    /// Nothing was replaced.
    #[error(
        "« {fichier} » ne peut pas être écrit : {motif} ; le fichier précédent, s'il y en avait un, est intact.\n    À faire : {remede}"
    )]
    Fichier { fichier: String, motif: String, remede: &'static str },
    /// A set that could be neither ended nor undone.
    #[error(
        "« {fichier} » ne peut pas être écrit : {motif}. Sont nouveaux : {nouveaux} ; sont restés ceux d'avant : {anciens}.\n    À faire : recommencez quand le disque le permet ; d'ici là, ces fichiers ne vont pas ensemble."
    )]
    Melange { fichier: String, motif: String, nouveaux: String, anciens: String },
    #[error(
        "« {0} » a changé pendant que cpom le lisait : rien n'y a été écrit, ce qui vient d'y être enregistré est intact.\n    À faire : recommencez la commande."
    )]
    Change(String),
    #[error(
        "« {0} » est aussi un des fichiers lus : il serait perdu ; rien n'a été écrit.\n    À faire : donnez un autre emplacement."
    )]
    Lu(String),
    #[error(
        "« {0} » existe déjà : il n'est pas remplacé, rien n'a été écrit.\n    À faire : donnez un autre nom, ou ajoutez « --remplacer »."
    )]
    DejaLa(String),
    #[error("l'entrée standard ne peut pas être réécrite.\n    À faire : donnez le fichier du contrat.")]
    EntreeStandard,
    #[error(
        "« {dossier} » : les fichiers sont écrits, mais le disque ne dit pas les avoir gardés : {motif}.\n    À faire : vérifiez le disque, puis recommencez."
    )]
    Disque { dossier: String, motif: String },
}

impl ErreurEcriture {
    /// Why a folder cannot be made or used.
    pub fn du_dossier(nom: &str, erreur: &std::io::Error) -> Self {
        ErreurEcriture::Dossier { dossier: nom.to_owned(), motif: motif_d_ecriture(erreur) }
    }

    /// Why a file cannot be written.
    pub fn du_fichier(chemin: &Path, erreur: &std::io::Error) -> Self {
        let remede = match erreur.kind() {
            ErrorKind::PermissionDenied => "demandez-en le droit, ou donnez un autre emplacement, puis recommencez.",
            _ => "faites de la place ou donnez un autre emplacement, puis recommencez.",
        };
        ErreurEcriture::Fichier { fichier: chemin.display().to_string(), motif: motif_d_ecriture(erreur), remede }
    }

    fn refus(chemin: &Path, motif: impl Into<String>, remede: &'static str) -> Self {
        ErreurEcriture::Fichier { fichier: chemin.display().to_string(), motif: motif.into(), remede }
    }
}

/// Why the system refuses to write; `acces` speaks of reading.
pub fn motif_d_ecriture(erreur: &std::io::Error) -> String {
    match erreur.kind() {
        ErrorKind::PermissionDenied => "vous n'avez pas le droit d'y écrire".into(),
        ErrorKind::NotFound => "cet emplacement n'accepte pas de fichier".into(),
        ErrorKind::IsADirectory => "un dossier porte déjà ce nom".into(),
        _ => acces(erreur).0,
    }
}

/// Start of the name of a file that is being written.
pub const EN_COURS: &str = ".cpom-";

/// Writes a whole file, or leaves what was there: the bytes go to a neighbour, then take its name.
pub fn ecrire(dossier: &Path, nom: &str, octets: &[u8]) -> Result<(), ErreurEcriture> {
    ecrire_ensemble(dossier, &[(nom.to_owned(), octets.to_vec())], EN_COURS).map(drop)
}

/// First line of the list that stands beside a set while its files take their names: a run that is killed then leaves
/// it, and whoever writes there next knows which files may not go together.
const ENSEMBLE: &str = "Ces fichiers vont ensemble :";
/// More is no list of ours.
const LISTE_MAX: u64 = 64 * 1024;

/// Writes files that go together: none takes its name before all are on the disk, and those that did are put back when
/// one cannot. `en_cours` begins the names of those that are being written. Says which files of another set were left in
/// the midst of this by a run that was killed.
pub fn ecrire_ensemble(dossier: &Path, fichiers: &[Fichier], en_cours: &str) -> Result<Vec<String>, ErreurEcriture> {
    creer_dossier(dossier)?;
    // A run prints many contracts in its folder: it cleans it once.
    let mut coupes = if en_cours == EN_COURS { nettoyer(dossier, en_cours) } else { Vec::new() };
    coupes.retain(|coupe| !fichiers.iter().any(|(nom, _)| nom == coupe));
    let mut voisins = Vec::new();
    for (nom, octets) in fichiers {
        let chemin = dossier.join(nom);
        let place = Place::trouver(&chemin).map_err(|refus| refus_de(&chemin, refus))?;
        let voisin = Voisin::ecrire(place, octets, en_cours);
        voisins.push(voisin.map_err(|e| ErreurEcriture::du_fichier(&chemin, &e))?);
    }
    // The description of the signature fields holds the checksum of the PDF: it comes once the PDF is there.
    voisins.sort_by_key(|voisin| voisin.place.demande.to_string_lossy().ends_with(".signature.json"));
    // Without room for it, the files still take their names.
    let liste = (voisins.len() > 1).then(|| place::lister(dossier, en_cours, &en_liste(fichiers)).ok());
    poser_tous(voisins)?;
    drop(liste);
    synchroniser(dossier)?;
    Ok(coupes)
}

fn en_liste(fichiers: &[Fichier]) -> String {
    let noms = fichiers.iter().map(|(nom, _)| nom.as_str());
    std::iter::once(ENSEMBLE).chain(noms).collect::<Vec<_>>().join("\n")
}

/// The files that a list names, if it is one.
fn lire_la_liste(chemin: &Path) -> Vec<String> {
    let lu =
        ouverture::lire(chemin, LISTE_MAX).ok().and_then(|octets| String::from_utf8(octets).ok()).unwrap_or_default();
    let suite = lu.strip_prefix(ENSEMBLE).unwrap_or_default();
    suite.lines().filter(|nom| !nom.is_empty()).map(str::to_owned).collect()
}

/// Writes a whole file where the user says, or leaves what was there.
pub fn ecrire_fichier(fichier: &Path, octets: &[u8]) -> Result<(), ErreurEcriture> {
    let dossier = fichier.parent().filter(|d| !d.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let Some(nom) = fichier.file_name().and_then(|n| n.to_str()) else {
        let remede = "donnez un nom de fichier.";
        return Err(ErreurEcriture::refus(fichier, "ce n'est pas un nom de fichier", remede));
    };
    ecrire(dossier, nom, octets)
}

/// Writes a whole file where nothing stands yet, unless what stands there may be replaced.
pub fn ecrire_nouveau(fichier: &Path, octets: &[u8], remplacer: bool) -> Result<(), ErreurEcriture> {
    if !remplacer && fichier.symlink_metadata().is_ok() {
        return Err(ErreurEcriture::DejaLa(fichier.display().to_string()));
    }
    ecrire_fichier(fichier, octets)
}

/// A file of the user to be written again.
#[derive(Debug, Clone)]
pub struct Reecriture {
    pub fichier: PathBuf,
    /// What it held when it was read: an edit made since is not written over.
    pub lu: Vec<u8>,
    pub octets: Vec<u8>,
}

/// Writes a file of the user again; `lu` is what it held when it was read: an edit made since is not written over.
pub fn reecrire(fichier: &Path, lu: &[u8], octets: &[u8]) -> Result<(), ErreurEcriture> {
    reecrire_ensemble(&[Reecriture { fichier: fichier.to_path_buf(), lu: lu.to_vec(), octets: octets.to_vec() }])
}

/// Writes files of the user again, all or none: those that were written are put back when one cannot be, or has changed meanwhile.
pub fn reecrire_ensemble(fichiers: &[Reecriture]) -> Result<(), ErreurEcriture> {
    let mut voisins = Vec::new();
    for Reecriture { fichier, octets, .. } in fichiers {
        let place = place_a_reecrire(fichier)?;
        nettoyer(place.dossier(), EN_COURS);
        let voisin = Voisin::ecrire(place, octets, EN_COURS).map_err(|e| ErreurEcriture::du_fichier(fichier, &e))?;
        voisins.push(voisin);
    }
    let mut poses: Vec<(Pose, &Reecriture)> = Vec::new();
    for (voisin, demande) in voisins.into_iter().zip(fichiers) {
        let erreur = match voisin.echanger(&demande.lu) {
            Ok(Some(pose)) => {
                poses.push((pose, demande));
                continue;
            }
            Ok(None) => ErreurEcriture::Change(demande.fichier.display().to_string()),
            Err(erreur) => ErreurEcriture::du_fichier(&demande.fichier, &erreur),
        };
        return Err(rendre(poses, &demande.fichier, erreur));
    }
    poses.iter().try_for_each(|(pose, _)| synchroniser(pose.dossier()))
}

/// Where a file of the user may be written again.
fn place_a_reecrire(fichier: &Path) -> Result<Place, ErreurEcriture> {
    if fichier == Path::new("-") || ouverture::deja_ouvert(fichier) {
        return Err(ErreurEcriture::EntreeStandard);
    }
    let place = Place::trouver(fichier).map_err(|refus| refus_de(fichier, refus))?;
    match place.noms() {
        0 => Err(ErreurEcriture::Change(fichier.display().to_string())),
        1 => Ok(place),
        noms => {
            let motif = format!("il porte {noms} noms (liens physiques), et un seul serait changé");
            let remede = "faites-en un fichier à part (« cp » puis « mv »), ou donnez l'original, puis recommencez.";
            Err(ErreurEcriture::refus(fichier, motif, remede))
        }
    }
}

/// Puts back the files that were written; those that cannot be are told.
fn rendre(poses: Vec<(Pose, &Reecriture)>, arret: &Path, erreur: ErreurEcriture) -> ErreurEcriture {
    let nom = |chemin: &Path| format!("« {} »", chemin.display());
    let (mut nouveaux, mut anciens) = (Vec::new(), vec![nom(arret)]);
    for (pose, ecrit) in poses.into_iter().rev() {
        let demande = nom(&pose.demande);
        if pose.rendre(&ecrit.octets) { anciens.push(demande) } else { nouveaux.push(demande) }
    }
    if nouveaux.is_empty() {
        return erreur;
    }
    let motif = match &erreur {
        ErreurEcriture::Change(_) => "il a changé pendant que cpom le lisait".to_owned(),
        ErreurEcriture::Fichier { motif, .. } => motif.clone(),
        autre => autre.to_string(),
    };
    let (nouveaux, anciens) = (nouveaux.join(", "), anciens.join(", "));
    ErreurEcriture::Melange { fichier: arret.display().to_string(), motif, nouveaux, anciens }
}

/// Refuses to write where something that was read stands.
pub fn epargner<'a>(lus: &[PathBuf], a_ecrire: impl IntoIterator<Item = &'a Path>) -> Result<(), ErreurEcriture> {
    let reels: Vec<PathBuf> = lus.iter().filter_map(|lu| lu.canonicalize().ok()).collect();
    for fichier in a_ecrire {
        if fichier.canonicalize().is_ok_and(|reel| reels.contains(&reel)) {
            return Err(ErreurEcriture::Lu(fichier.display().to_string()));
        }
    }
    Ok(())
}

/// Removes what runs that were killed left half written: the files with names of ours that no one holds any more. Says
/// which sets were then taking their names.
pub fn nettoyer(dossier: &Path, debut: &str) -> Vec<String> {
    let mut coupes = Vec::new();
    for element in std::fs::read_dir(dossier).into_iter().flatten().flatten() {
        if !place::est_un_reste(&element.file_name().to_string_lossy(), debut) {
            continue;
        }
        let chemin = element.path();
        // A link is not followed: it is none of ours.
        if !element.file_type().is_ok_and(|genre| genre.is_file()) {
            continue;
        }
        if let Ok(fichier) = ouverture::ouvrir(&chemin)
            && fichier.try_lock().is_ok()
            && place::est_la(&fichier, &chemin)
        {
            coupes.extend(lire_la_liste(&chemin));
            let _ = std::fs::remove_file(&chemin);
        }
    }
    coupes
}

/// Gives each file its name; when one cannot have it, those before it are put back.
fn poser_tous(voisins: Vec<Voisin>) -> Result<(), ErreurEcriture> {
    let mut restants = voisins.into_iter();
    let mut poses = Vec::new();
    while let Some(voisin) = restants.next() {
        let demande = voisin.place.demande.clone();
        match voisin.poser() {
            Ok(pose) => poses.push(pose),
            Err(erreur) => {
                let nom = |chemin: &Path| format!("« {} »", chemin.display());
                let mut nouveaux = Vec::new();
                let mut anciens = vec![nom(&demande)];
                anciens.extend(restants.map(|voisin| nom(&voisin.place.demande)));
                for pose in poses.into_iter().rev() {
                    let demande = nom(&pose.demande);
                    if pose.defaire() { anciens.push(demande) } else { nouveaux.push(demande) }
                }
                if nouveaux.is_empty() {
                    return Err(ErreurEcriture::du_fichier(&demande, &erreur));
                }
                return Err(ErreurEcriture::Melange {
                    fichier: demande.display().to_string(),
                    motif: motif_d_ecriture(&erreur),
                    nouveaux: nouveaux.join(", "),
                    anciens: anciens.join(", "),
                });
            }
        }
    }
    // The links to files of the user lead elsewhere; what this folder holds is told by the caller.
    let ici = poses.first().map(|pose| pose.demande.parent().map(Path::to_path_buf)).unwrap_or_default();
    for pose in poses.iter().filter(|pose| Some(pose.dossier()) != ici.as_deref()) {
        synchroniser(pose.dossier())?;
    }
    Ok(())
}

fn refus_de(chemin: &Path, refus: place::Refus) -> ErreurEcriture {
    match refus {
        place::Refus::LectureSeule => ErreurEcriture::refus(
            chemin,
            "il est en lecture seule",
            "rendez-le modifiable si c'est voulu, ou donnez un autre emplacement.",
        ),
        place::Refus::LienPerdu => ErreurEcriture::refus(
            chemin,
            "c'est un lien vers un fichier qui n'existe pas",
            "supprimez ce lien, ou donnez un autre emplacement.",
        ),
        place::Refus::Acces(erreur) => ErreurEcriture::du_fichier(chemin, &erreur),
    }
}

/// Makes a folder and those above it, known to the disk.
fn creer_dossier(dossier: &Path) -> Result<(), ErreurEcriture> {
    let absents: Vec<&Path> = dossier.ancestors().take_while(|d| !d.as_os_str().is_empty() && !d.exists()).collect();
    std::fs::create_dir_all(dossier).map_err(|e| ErreurEcriture::du_dossier(&dossier.display().to_string(), &e))?;
    for parent in absents.iter().filter_map(|absent| absent.parent()) {
        synchroniser(if parent.as_os_str().is_empty() { Path::new(".") } else { parent })?;
    }
    Ok(())
}

/// Has the disk keep the names of a folder, so that a power cut loses no file that was told as written.
#[cfg(unix)]
fn synchroniser(dossier: &Path) -> Result<(), ErreurEcriture> {
    // A folder that may be written in and not read, or a disk that keeps no such promise, is no failure.
    let Ok(ouvert) = std::fs::File::open(dossier) else { return Ok(()) };
    match ouvert.sync_all() {
        Err(e)
            if !matches!(e.kind(), ErrorKind::InvalidInput | ErrorKind::Unsupported | ErrorKind::PermissionDenied) =>
        {
            Err(ErreurEcriture::Disque { dossier: dossier.display().to_string(), motif: motif_d_ecriture(&e) })
        }
        _ => Ok(()),
    }
}

#[cfg(not(unix))]
fn synchroniser(_: &Path) -> Result<(), ErreurEcriture> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    fn voisin(chemin: &Path, octets: &str) -> Voisin {
        let place = Place::trouver(chemin).map_err(|refus| refus_de(chemin, refus)).unwrap();
        Voisin::ecrire(place, octets.as_bytes(), EN_COURS).unwrap()
    }

    #[test]
    fn files_that_go_together_are_all_new_or_all_old() {
        let dossier = tempfile::tempdir().unwrap();
        let [ancien, neuf, impossible] = ["ancien", "neuf", "impossible"].map(|nom| dossier.path().join(nom));
        fs::write(&ancien, "ancien").unwrap();
        let voisins = vec![voisin(&ancien, "nouveau"), voisin(&neuf, "nouveau"), voisin(&impossible, "nouveau")];
        // Someone makes a folder of that name meanwhile.
        fs::create_dir_all(impossible.join("plein")).unwrap();
        let erreur = poser_tous(voisins).unwrap_err();
        assert!(
            matches!(&erreur, ErreurEcriture::Fichier { fichier, .. } if fichier.ends_with("impossible")),
            "{erreur}"
        );
        assert_eq!(fs::read_to_string(&ancien).unwrap(), "ancien");
        assert!(!neuf.exists());
        let mut noms: Vec<_> = fs::read_dir(dossier.path()).unwrap().map(|e| e.unwrap().file_name()).collect();
        noms.sort();
        assert_eq!(noms, ["ancien", "impossible"], "nothing is left beside them");
    }

    #[test]
    fn a_set_that_a_killed_run_left_in_its_midst_is_told_to_whoever_writes_there_next() {
        let dossier = tempfile::tempdir().unwrap();
        let ensemble = |noms: [&str; 2]| noms.map(|nom| (nom.to_owned(), b"x".to_vec()));
        let (un, autre) = (ensemble(["A.pdf", "A.docx"]), ensemble(["B.pdf", "B.docx"]));
        let tuer = || {
            let liste = place::lister(dossier.path(), EN_COURS, &en_liste(&un)).unwrap();
            drop(liste.keep().unwrap());
            Voisin::ecrire(Place::trouver(&dossier.path().join("A.docx")).ok().unwrap(), b"x", EN_COURS).unwrap()
        };
        drop(tuer());
        assert_eq!(ecrire_ensemble(dossier.path(), &autre, EN_COURS).unwrap(), ["A.pdf", "A.docx"]);
        assert!(ecrire_ensemble(dossier.path(), &autre, EN_COURS).unwrap().is_empty(), "once");
        drop(tuer());
        assert!(ecrire_ensemble(dossier.path(), &un, EN_COURS).unwrap().is_empty(), "now they go together");
        assert_eq!(fs::read_dir(dossier.path()).unwrap().count(), 4, "nothing is left beside them");
    }

    #[test]
    fn an_edit_made_meanwhile_is_never_written_over() {
        let dossier = tempfile::tempdir().unwrap();
        let contrat = dossier.path().join("contrat.json");
        for edite in ["lu puis complété", "autre", "l", ""] {
            fs::write(&contrat, edite).unwrap();
            let erreur = reecrire(&contrat, b"lu", b"nouveau").unwrap_err();
            assert!(matches!(erreur, ErreurEcriture::Change(_)), "{erreur}");
            assert_eq!(fs::read_to_string(&contrat).unwrap(), edite);
        }
        fs::remove_file(&contrat).unwrap();
        assert!(matches!(reecrire(&contrat, b"lu", b"nouveau"), Err(ErreurEcriture::Change(_))));
        assert!(!contrat.exists(), "a file that was removed does not come back");
        fs::write(&contrat, "lu").unwrap();
        reecrire(&contrat, b"lu", b"nouveau").unwrap();
        assert_eq!(fs::read_to_string(&contrat).unwrap(), "nouveau");
        assert_eq!(fs::read_dir(dossier.path()).unwrap().count(), 1, "nothing is left beside it");
    }

    #[test]
    fn files_of_the_user_are_all_written_again_or_none() {
        let dossier = tempfile::tempdir().unwrap();
        let [un, deux, trois] = ["un.json", "deux.json", "trois.json"].map(|nom| dossier.path().join(nom));
        let demandes = || -> Vec<Reecriture> {
            let demande = |fichier: &PathBuf| Reecriture {
                fichier: fichier.clone(),
                lu: b"lu".to_vec(),
                octets: b"nouveau".to_vec(),
            };
            [&un, &deux, &trois].map(demande).to_vec()
        };
        let lire = |chemin: &PathBuf| fs::read_to_string(chemin).unwrap();
        for change in [&un, &deux, &trois] {
            [&un, &deux, &trois].iter().for_each(|chemin| fs::write(chemin, "lu").unwrap());
            fs::write(change, "corrigé à la main").unwrap();
            let erreur = reecrire_ensemble(&demandes()).unwrap_err();
            let dit = change.file_name().unwrap().to_string_lossy().into_owned();
            assert!(matches!(&erreur, ErreurEcriture::Change(nom) if nom.ends_with(&dit)), "{erreur}");
            for chemin in [&un, &deux, &trois] {
                assert_eq!(lire(chemin), if chemin == change { "corrigé à la main" } else { "lu" });
            }
            assert_eq!(fs::read_dir(dossier.path()).unwrap().count(), 3, "nothing is left beside them");
        }
        fs::write(&trois, "lu").unwrap();
        reecrire_ensemble(&demandes()).unwrap();
        assert!([&un, &deux, &trois].iter().all(|chemin| lire(chemin) == "nouveau"));
        assert_eq!(fs::read_dir(dossier.path()).unwrap().count(), 3);
    }

    /// An edit made between two files of a set is neither lost nor hidden.
    #[test]
    fn an_edit_made_after_the_first_file_was_written_stays() {
        let dossier = tempfile::tempdir().unwrap();
        let un = dossier.path().join("un.json");
        fs::write(&un, "lu").unwrap();
        let pose = voisin(&un, "nouveau").echanger(b"lu").unwrap().unwrap();
        fs::write(&un, "corrigé à la main").unwrap();
        let demande = Reecriture { fichier: un.clone(), lu: b"lu".to_vec(), octets: b"nouveau".to_vec() };
        let autre = dossier.path().join("deux.json");
        let erreur = rendre(vec![(pose, &demande)], &autre, ErreurEcriture::Change("deux.json".into()));
        assert!(
            matches!(&erreur, ErreurEcriture::Melange { nouveaux, .. } if nouveaux.contains("un.json")),
            "{erreur}"
        );
        assert_eq!(fs::read_to_string(&un).unwrap(), "corrigé à la main");
        fs::write(&un, "lu").unwrap();
        let pose = voisin(&un, "nouveau").echanger(b"lu").unwrap().unwrap();
        assert!(pose.rendre(b"nouveau"));
        assert_eq!(fs::read_to_string(&un).unwrap(), "lu");
        assert_eq!(fs::read_dir(dossier.path()).unwrap().count(), 1, "nothing is left beside it");
    }
}
