//! Same inputs, same bytes: nothing printed depends on the hour, the folder or the run.

use cpom::dossier::{self, Choix, Exemplaire, Format};

use super::outils::{contrats, ouvrir, rediger};

fn exemplaires(fichiers: &[std::path::PathBuf]) -> Vec<Exemplaire> {
    rediger(&ouvrir(fichiers), &Choix::default())
}

#[test]
fn every_fixture_prints_the_same_bytes_twice_in_every_format() {
    for (nom, fichiers) in contrats() {
        let premiers = exemplaires(&fichiers);
        let seconds = exemplaires(&fichiers);
        assert!(!premiers.is_empty());
        assert_eq!(premiers.len(), seconds.len(), "{nom}");
        for (premier, second) in premiers.iter().zip(&seconds) {
            assert!(premier.document == second.document, "{nom}: two different trees");
            assert_eq!(premier.remarques, second.remarques, "{nom}");
            for format in [Format::Pdf, Format::Docx, Format::Texte] {
                let imprimer = |e: &Exemplaire| dossier::imprimer(&e.document, format, &e.options).expect("it prints");
                let (octets, encore) = (imprimer(premier), imprimer(second));
                assert!(octets == encore, "{nom}: {format:?} differs from one run to the next");
                assert!(octets.len() > 2_000, "{nom}: {format:?}");
            }
        }
    }
}
