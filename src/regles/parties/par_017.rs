//! PAR-017: as many originals as signatories.

use crate::contrat::ModeSignature;
use crate::formats::compte;
use crate::regles::context::{Context, valeur};
use crate::regles::findings::Findings;
use crate::regles::rule::{Famille, Limite, Rule, Seuil, Vigueur};
use crate::regles::textes::SIGNATURE;
use crate::remarque::Severite;

pub static RULE: Rule = Rule {
    code: "PAR-017",
    famille: Famille::Parties,
    severite: Severite::Alerte,
    titre: "Il y a un original par signataire, au moins",
    pourquoi: "Chaque partie garde un original signé de sa main : moins d'exemplaires que de signataires laisse une partie sans titre. Beaucoup plus que de signataires est une faute de saisie : le nombre admis en plus est un paramètre. Une signature électronique n'a qu'un original, que chacun garde : la règle se tait.",
    remede: "corrigez le nombre d'exemplaires, ou ôtez-le : cpom en compte un par signataire.",
    references: &[&SIGNATURE],
    limites: &[Limite {
        nom: "en_plus",
        valeur: Seuil::Fixe(5.0),
        unite: "exemplaires",
        libelle: "originaux en plus des signataires (trésorerie, archives) ; paramètre de cpom",
    }],
    sur_demande: false,
    vigueur: Vigueur::Toujours,
    derogeable: true,
    lit: &["/signature/exemplaires", "/signature/mode", "/parties/autorites", "/parties/gestionnaires"],
    consequences: &[],
    check,
};

fn check(contexte: &Context<'_>, findings: &mut Findings<'_>) {
    let Some(signature) = contexte.contrat.signature.valeur() else { return };
    if signature.mode.valeur() == Some(&ModeSignature::Electronique) {
        return;
    }
    let Some(exemplaires) = valeur(&signature.exemplaires).map(|n| n.0 as usize) else { return };
    let signataires = contexte.contrat.signataires().len();
    let en_plus = findings.limite("en_plus").unwrap_or(f64::INFINITY);
    if exemplaires < signataires || exemplaires as f64 > signataires as f64 + en_plus {
        findings.signaler(
            "/signature/exemplaires",
            format!(
                "Le contrat est établi en {} pour {}.",
                compte(exemplaires, "exemplaire"),
                compte(signataires, "signataire")
            ),
        );
    }
}
