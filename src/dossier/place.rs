//! The place of a file to write → the file in its place, with the rights, the owner and the links of the one before.
//!
//! The bytes go to a neighbour, which is locked as long as its program lives: one that nobody holds is the leftover of
//! a run that was killed.

use crate::lecture::ouverture;
use std::fs::{File, Metadata};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};
use tempfile::{Builder, NamedTempFile};

/// End of the name of a file that is being written: no file of the user has it.
const RESTE: &str = ".partiel";
/// Letters drawn for each name.
const TIRAGE: usize = 6;

/// Whether a name is that of a file being written.
pub(super) fn est_un_reste(nom: &str, debut: &str) -> bool {
    let tirage = nom.strip_prefix(debut).and_then(|nom| nom.strip_suffix(RESTE));
    tirage.is_some_and(|tirage| tirage.len() == TIRAGE && tirage.bytes().all(|octet| octet.is_ascii_alphanumeric()))
}

/// Why nothing can be written in a place.
pub(super) enum Refus {
    LectureSeule,
    LienPerdu,
    Acces(io::Error),
}

impl From<io::Error> for Refus {
    fn from(erreur: io::Error) -> Self {
        Refus::Acces(erreur)
    }
}

/// A place to write in, and what stands there.
pub(super) struct Place {
    /// As it was asked for.
    pub demande: PathBuf,
    /// Where its links lead.
    chemin: PathBuf,
    ancien: Option<Metadata>,
}

impl Place {
    pub fn trouver(demande: &Path) -> Result<Self, Refus> {
        let etat = match std::fs::symlink_metadata(demande) {
            Err(e) if e.kind() == ErrorKind::NotFound => {
                return Ok(Place { demande: demande.to_path_buf(), chemin: demande.to_path_buf(), ancien: None });
            }
            etat => etat?,
        };
        let chemin = match etat.is_symlink() {
            false => demande.to_path_buf(),
            true => demande.canonicalize().map_err(|e| match e.kind() {
                ErrorKind::NotFound => Refus::LienPerdu,
                _ => Refus::Acces(e),
            })?,
        };
        let ancien = std::fs::metadata(&chemin)?;
        ouverture::ordinaire(ancien.file_type())?;
        // A folder that may be written in lets a file be replaced that may not: its own rights are what counts.
        if ancien.permissions().readonly() {
            return Err(Refus::LectureSeule);
        }
        ouverture::modifiable(&chemin)?;
        Ok(Place { demande: demande.to_path_buf(), chemin, ancien: Some(ancien) })
    }

    pub fn dossier(&self) -> &Path {
        dossier(&self.chemin)
    }

    /// How many names the file there has.
    #[cfg(unix)]
    pub fn noms(&self) -> u64 {
        use std::os::unix::fs::MetadataExt;
        self.ancien.as_ref().map_or(0, MetadataExt::nlink)
    }

    #[cfg(not(unix))]
    pub fn noms(&self) -> u64 {
        u64::from(self.ancien.is_some())
    }
}

fn dossier(chemin: &Path) -> &Path {
    chemin.parent().filter(|d| !d.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// A file that is written whole beside its place.
pub(super) struct Voisin {
    pub place: Place,
    fichier: NamedTempFile,
    en_cours: String,
}

impl Voisin {
    pub fn ecrire(place: Place, octets: &[u8], en_cours: &str) -> io::Result<Self> {
        let mut fichier = creer(place.dossier(), en_cours, place.ancien.is_none())?;
        fichier.write_all(octets)?;
        if let Some(ancien) = &place.ancien {
            rendre_pareil(fichier.as_file(), ancien, &place.chemin)?;
        }
        fichier.as_file().sync_all()?;
        Ok(Voisin { place, fichier, en_cours: en_cours.to_owned() })
    }

    /// Takes its place; the file that was there is kept until all of a set have theirs.
    pub fn poser(self) -> io::Result<Pose> {
        let Voisin { place, fichier, en_cours } = self;
        let ancien = place.ancien.as_ref().map(|_| mettre_de_cote(&place.chemin, &en_cours)).transpose()?;
        fichier.persist(&place.chemin).map_err(|e| e.error)?;
        Ok(Pose { demande: place.demande, chemin: place.chemin, ancien })
    }

    /// Takes its place if the file there still holds these bytes; nothing when it does not. What was there is kept beside until all
    /// of a set have their places.
    pub fn echanger(self, lu: &[u8]) -> io::Result<Option<Pose>> {
        let Voisin { place, fichier, en_cours } = self;
        if !tient(&place.chemin, lu) {
            return Ok(None);
        }
        // The two change names at once where the system can: what was there at that very moment is then beside.
        if permuter(fichier.path(), &place.chemin).is_ok() {
            if !tient(fichier.path(), lu) {
                permuter(fichier.path(), &place.chemin)?;
                return Ok(None);
            }
            let (_, nom) = fichier.into_parts();
            let tenu = ouverture::ouvrir(&nom).ok().filter(|fichier| fichier.try_lock().is_ok());
            let ancien = Some(NamedTempFile::from_parts(tenu, nom));
            return Ok(Some(Pose { demande: place.demande, chemin: place.chemin, ancien }));
        }
        let ancien = Some(mettre_de_cote(&place.chemin, &en_cours)?);
        fichier.persist(&place.chemin).map_err(|e| e.error)?;
        Ok(Some(Pose { demande: place.demande, chemin: place.chemin, ancien }))
    }
}

/// Whether a file holds these bytes, and no others.
fn tient(chemin: &Path, lu: &[u8]) -> bool {
    ouverture::lire(chemin, lu.len() as u64).is_ok_and(|octets| octets == lu)
}

/// A file in its place, and the one that it replaced.
pub(super) struct Pose {
    pub demande: PathBuf,
    chemin: PathBuf,
    ancien: Option<NamedTempFile<Option<File>>>,
}

impl Pose {
    pub fn dossier(&self) -> &Path {
        dossier(&self.chemin)
    }

    /// Puts back what was there if the file still holds these bytes: an edit made since is not written over. Says whether it could.
    pub fn rendre(self, ecrit: &[u8]) -> bool {
        let Some(ancien) = self.ancien else { return false };
        if !tient(&self.chemin, ecrit) {
            return false;
        }
        if permuter(ancien.path(), &self.chemin).is_ok() {
            return tient(ancien.path(), ecrit) || permuter(ancien.path(), &self.chemin).is_err();
        }
        ancien.persist(&self.chemin).is_ok()
    }

    /// Puts back what was there; says whether it could.
    pub fn defaire(self) -> bool {
        match self.ancien {
            Some(ancien) => ancien.persist(&self.chemin).is_ok(),
            None => std::fs::remove_file(&self.chemin).is_ok(),
        }
    }
}

/// A second name for a file that is about to be replaced, or a copy where files have one name only.
fn mettre_de_cote(chemin: &Path, en_cours: &str) -> io::Result<NamedTempFile<Option<File>>> {
    let nommer = |autre: &Path| {
        std::fs::hard_link(chemin, autre)?;
        // Nobody else takes it for a leftover.
        let tenu = ouverture::ouvrir(autre).ok().filter(|fichier| fichier.try_lock().is_ok());
        Ok(tenu)
    };
    let lie = Builder::new().prefix(en_cours).suffix(RESTE).make_in(dossier(chemin), nommer);
    lie.or_else(|_| {
        let mut copie = creer(dossier(chemin), en_cours, false)?;
        io::copy(&mut ouverture::ouvrir(chemin)?, copie.as_file_mut())?;
        rendre_pareil(copie.as_file(), &std::fs::metadata(chemin)?, chemin)?;
        let (fichier, nom) = copie.into_parts();
        Ok(NamedTempFile::from_parts(Some(fichier), nom))
    })
}

/// A neighbour that says something as long as this program lives, or as its leftover.
pub(super) fn lister(dossier: &Path, en_cours: &str, texte: &str) -> io::Result<NamedTempFile> {
    let mut liste = creer(dossier, en_cours, false)?;
    liste.write_all(texte.as_bytes())?;
    Ok(liste)
}

/// An empty neighbour, held by this program. A file that replaces none has the rights that the user gives to new ones.
fn creer(dossier: &Path, en_cours: &str, nouveau: bool) -> io::Result<NamedTempFile> {
    let mut modele = Builder::new();
    modele.prefix(en_cours).suffix(RESTE).rand_bytes(TIRAGE);
    if nouveau {
        droits_usuels(&mut modele);
    }
    // Whoever cleans the folder may take it between its birth and its lock.
    for _ in 0..8 {
        let voisin = modele.tempfile_in(dossier)?;
        match voisin.as_file().try_lock() {
            Ok(()) if est_la(voisin.as_file(), voisin.path()) => return Ok(voisin),
            // A disk without locks has no one who cleans it either.
            Err(std::fs::TryLockError::Error(_)) => return Ok(voisin),
            _ => {}
        }
    }
    Err(ErrorKind::ResourceBusy.into())
}

/// Whether a path still leads to this file.
#[cfg(unix)]
pub fn est_la(fichier: &File, chemin: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let identite = |donnees: &Metadata| (donnees.dev(), donnees.ino());
    matches!((fichier.metadata(), std::fs::symlink_metadata(chemin)), (Ok(a), Ok(b)) if identite(&a) == identite(&b))
}

#[cfg(not(unix))]
pub fn est_la(_: &File, chemin: &Path) -> bool {
    chemin.exists()
}

#[cfg(unix)]
fn droits_usuels(modele: &mut Builder<'_, '_>) {
    use std::os::unix::fs::PermissionsExt;
    // The system takes away what the user's mask does.
    modele.permissions(std::fs::Permissions::from_mode(0o666));
}

#[cfg(not(unix))]
fn droits_usuels(_: &mut Builder<'_, '_>) {}

/// The owner and the rights of the file that is replaced, as far as the system lets them be given.
#[cfg(unix)]
fn rendre_pareil(fichier: &File, ancien: &Metadata, chemin: &Path) -> io::Result<()> {
    use std::os::unix::fs::{MetadataExt, PermissionsExt, fchown};
    let notre = fichier.metadata()?;
    let mut droits = ancien.mode() & 0o777;
    if notre.uid() != ancien.uid() {
        let _ = fchown(fichier, Some(ancien.uid()), None);
    }
    // What was for its group is for no other.
    if notre.gid() != ancien.gid() && fchown(fichier, None, Some(ancien.gid())).is_err() {
        droits &= !0o070;
    }
    copier_les_attributs(fichier, chemin);
    fichier.set_permissions(std::fs::Permissions::from_mode(droits))
}

#[cfg(not(unix))]
fn rendre_pareil(_: &File, _: &Metadata, _: &Path) -> io::Result<()> {
    Ok(())
}

/// Lists of access and labels: without them the plain rights may open the file to more people.
#[cfg(target_os = "linux")]
fn copier_les_attributs(fichier: &File, chemin: &Path) {
    use rustix::fs::{XattrFlags, fsetxattr, getxattr, listxattr};
    const TAILLE: usize = 64 * 1024;
    let mut noms = vec![0_u8; TAILLE];
    let Ok(lus) = listxattr(chemin, &mut noms[..]) else { return };
    let mut valeur = vec![0_u8; TAILLE];
    for nom in noms[..lus].split(|octet| *octet == 0).filter(|nom| !nom.is_empty()) {
        if let Ok(lus) = getxattr(chemin, nom, &mut valeur[..]) {
            let _ = fsetxattr(fichier, nom, &valeur[..lus], XattrFlags::empty());
        }
    }
}

#[cfg(all(unix, not(target_os = "linux")))]
fn copier_les_attributs(_: &File, _: &Path) {}

/// Two files change names, at once.
#[cfg(target_os = "linux")]
fn permuter(un: &Path, autre: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    Ok(renameat_with(CWD, un, CWD, autre, RenameFlags::EXCHANGE)?)
}

#[cfg(not(target_os = "linux"))]
fn permuter(_: &Path, _: &Path) -> io::Result<()> {
    Err(ErrorKind::Unsupported.into())
}
