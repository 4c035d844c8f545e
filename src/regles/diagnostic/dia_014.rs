//! DIA-014: results, reserves and balances brought forward that follow from year to year.

use crate::contrat::champ::Champ;
use crate::contrat::diagnostic::{ReportANouveau, SituationFinanciere};
use crate::contrat::identifiants::Montant;
use crate::regles::context::{Context, valeur};
use crate::regles::findings::Findings;
use crate::regles::rule::{Famille, Limite, Rule, Seuil, Vigueur};
use crate::regles::textes::COHERENCE;
use crate::remarque::Severite;
use std::collections::{BTreeMap, BTreeSet};

pub static RULE: Rule = Rule {
    code: "DIA-014",
    famille: Famille::Diagnostic,
    severite: Severite::Alerte,
    titre: "Les réserves et reports d'une année viennent de ceux de l'année précédente et de son résultat",
    pourquoi: "Un résultat affecté grossit les réserves ou le report à nouveau de l'année suivante, du même montant : une suite rompue cache un chiffre faux. Sont additionnés les réserves et le report (excédentaire, moins déficitaire), et rapprochés de l'année précédente et de son résultat. Des reprises et des réserves employées l'expliquent parfois : l'écart admis est un paramètre, large ; il n'y en a plus quand la suite tient au centime pour la plupart des autres établissements et années du contrat.",
    remede: "vérifiez les chiffres des deux comptes administratifs ou EPRD réalisés ; si l'écart s'explique, écartez la règle par une dérogation.",
    references: &[&COHERENCE],
    limites: &[Limite {
        nom: "ecart",
        valeur: Seuil::Fixe(50.0),
        unite: "%",
        libelle: "écart admis avec la suite, rapporté aux réserves et au report de l'année précédente ; paramètre de cpom",
    }],
    sur_demande: false,
    vigueur: Vigueur::Toujours,
    derogeable: true,
    lit: &["/diagnostic/situation_financiere", "/perimetre/etablissements/*/nom"],
    consequences: &["DIA-006"],
    check,
};

fn check(contexte: &Context<'_>, findings: &mut Findings<'_>) {
    let lignes = contexte.contrat.diagnostic.valeur().map_or(&[][..], |d| d.situation_financiere.elements());
    let mut par_annee: BTreeMap<(&str, u16), usize> = BTreeMap::new();
    for (rang, ligne) in lignes.iter().enumerate() {
        par_annee.insert((ligne.etablissement.as_str(), ligne.exercice.valeur()), rang);
    }
    let passages: Vec<Passage<'_>> = par_annee
        .iter()
        .filter_map(|((id, annee), rang)| {
            let avant = &lignes[*par_annee.get(&(id, annee.checked_sub(1)?))?];
            let (de, a) = (solde(avant)?, solde(&lignes[*rang])?);
            Some(Passage { id, annee: *annee, rang: *rang, de, a, resultat: valeur(&avant.resultat)? })
        })
        .collect();
    let justes = passages.iter().filter(|p| p.ecart().centimes() == 0).count();
    let exacte = justes * 2 > passages.len();
    let admis = findings.limite("ecart").unwrap_or_default() / 100.0;
    // A wrong figure breaks the year before and the year after: the first is said.
    let mut dits: BTreeSet<&str> = BTreeSet::new();
    for passage in passages {
        let ecart = passage.ecart().valeur_absolue().centimes();
        let base = passage.de.valeur_absolue().centimes().max(passage.resultat.valeur_absolue().centimes());
        if ecart == 0 || (!exacte && (ecart as f64) <= admis * base as f64) {
            continue;
        }
        if !dits.insert(passage.id) {
            continue;
        }
        let etablissement = contexte.nom_de(passage.id);
        findings.signaler(
            format!("/diagnostic/situation_financiere/{}", passage.rang),
            format!(
                "« {etablissement} » a {} de réserves et de report en {} et un résultat de {} ; il aurait {} en {}, et non {}.",
                passage.de,
                passage.annee - 1,
                passage.resultat,
                passage.de + passage.resultat,
                passage.annee,
                passage.a
            ),
        );
    }
}

/// Two years of an establishment that follow one another.
struct Passage<'a> {
    id: &'a str,
    annee: u16,
    rang: usize,
    de: Montant,
    a: Montant,
    resultat: Montant,
}

impl Passage<'_> {
    fn ecart(&self) -> Montant {
        self.a - (self.de + self.resultat)
    }
}

/// Reserves and net balance brought forward; nothing of a line that has both balances, which is RES-004's business.
fn solde(ligne: &SituationFinanciere) -> Option<Montant> {
    let report = ligne.report_a_nouveau.valeur();
    let du_report =
        |champ: fn(&ReportANouveau) -> &Champ<Montant>| report.and_then(|r| valeur(champ(r))).unwrap_or_default();
    let (excedent, deficit) = (du_report(|r| &r.excedentaire), du_report(|r| &r.deficitaire));
    let deux = excedent.centimes() > 0 && deficit.centimes() > 0;
    Some(valeur(&ligne.reserves)? + excedent - deficit).filter(|_| !deux)
}
