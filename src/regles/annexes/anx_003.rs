//! ANX-003: files named by the contract are there, readable, and those expected.

use crate::regles::context::{Context, EtatFichier};
use crate::regles::findings::Findings;
use crate::regles::rule::{Famille, Rule, Vigueur};
use crate::regles::textes::COHERENCE;
use crate::remarque::Severite;

pub static RULE: Rule = Rule {
    code: "ANX-003",
    famille: Famille::Annexes,
    severite: Severite::Bloquante,
    titre: "Chaque fichier désigné existe, se lit et a l'empreinte annoncée",
    pourquoi: "Une pièce illisible ou différente de celle que les parties ont vue fausse le dossier. Sont lus les pièces, l'organigramme et les logos ; l'empreinte SHA-256, quand elle est donnée, prouve que c'est le même fichier.",
    remede: "vérifiez le chemin, relatif au dossier du contrat, et le fichier ; corrigez l'empreinte si la pièce a été remplacée.",
    references: &[&COHERENCE],
    limites: &[],
    sur_demande: false,
    vigueur: Vigueur::Toujours,
    derogeable: false,
    lit: &["/pieces", "/perimetre/organigramme", "/parties/autorites/*/logo", "/parties/gestionnaires/*/logo"],
    consequences: &[],
    check,
};

fn check(contexte: &Context<'_>, findings: &mut Findings<'_>) {
    for (pointeur, etat) in contexte.fichiers {
        match etat {
            EtatFichier::Inutilisable { motif } => {
                findings.signaler(pointeur.clone(), format!("Ce fichier ne peut être utilisé : {motif}."));
            }
            EtatFichier::Lu { sha256 } => {
                let rang =
                    pointeur.strip_prefix("/pieces/").and_then(|p| p.strip_suffix("/fichier")?.parse::<usize>().ok());
                let piece = rang.and_then(|rang| contexte.contrat.pieces.elements().get(rang));
                if let Some(attendue) = piece.and_then(|p| p.sha256.valeur()).filter(|e| e.as_str() != sha256) {
                    findings.signaler(
                        pointeur.replace("/fichier", "/sha256"),
                        format!("Le fichier n'est pas celui attendu : son empreinte est {sha256}, et non {attendue}."),
                    );
                }
            }
        }
    }
}
