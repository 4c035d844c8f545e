//! SIE-003: the rate and the amount are those authorised.

use crate::contrat::siege::FraisSiege;
use crate::regles::context::{Context, valeur};
use crate::regles::findings::Findings;
use crate::regles::rule::{DateChoisie, Famille, Rule, Vigueur};
use crate::regles::textes::{R314_87, R314_93};
use crate::remarque::Severite;

pub static RULE: Rule = Rule {
    code: "SIE-003",
    famille: Famille::Siege,
    severite: Severite::Alerte,
    titre: "Le taux et le montant sont ceux de l'autorisation",
    pourquoi: "Les pourcentages fixés par l'autorisation s'imposent aux autorités de tarification comme au gestionnaire. La règle compare le taux et le montant à ceux de l'acte, quand il les donne.",
    remede: "reprenez le taux ou le montant de l'acte, ou faites modifier l'autorisation.",
    references: &[&R314_87, &R314_93],
    limites: &[],
    sur_demande: false,
    vigueur: Vigueur::DuTexte(&R314_87, DateChoisie::Effet),
    derogeable: true,
    lit: &["/moyens/frais_siege", "/moyens/par_gestionnaire"],
    consequences: &[],
    check,
};

fn check(contexte: &Context<'_>, findings: &mut Findings<'_>) {
    for regle in contexte.moyens().map(|m| m.sieges()).unwrap_or_default() {
        examiner(&regle.pointeur, regle.valeur, findings);
    }
}

fn examiner(regle: &str, frais: &FraisSiege, findings: &mut Findings<'_>) {
    let Some(acte) = frais.autorisation.valeur() else { return };
    if let (Some(taux), Some(autorise)) = (valeur(&frais.taux), valeur(&acte.taux))
        && taux != autorise
    {
        let message = format!("Le taux des frais de siège est de {taux} ; l'autorisation le fixe à {autorise}.");
        findings.signaler(format!("{regle}/taux"), message);
    }
    if let (Some(montant), Some(autorise)) = (valeur(&frais.montant), valeur(&acte.montant))
        && montant != autorise
    {
        let message = format!("Les frais de siège sont de {montant} ; l'autorisation les fixe à {autorise}.");
        findings.signaler(format!("{regle}/montant"), message);
    }
}
