//! SIE-006: the posts of the head office cost what posts cost.

use crate::contrat::calculs::somme_arrondie;
use crate::formats::{euros, nombre};
use crate::regles::comptes::par_etablissement;
use crate::regles::context::{Context, valeur};
use crate::regles::findings::Findings;
use crate::regles::rule::{Famille, Limite, Rule, Seuil, Vigueur};
use crate::regles::textes::COHERENCE;
use crate::remarque::Severite;

pub static RULE: Rule = Rule {
    code: "SIE-006",
    famille: Famille::Siege,
    severite: Severite::Alerte,
    titre: "Les emplois du siège coûtent au moins ce que coûtent les autres",
    pourquoi: "Quinze emplois au lieu d'un et demi feraient d'un siège de 500 000 € une équipe à 25 000 € le poste. Le coût d'un emploi du siège (tous frais compris) est rapproché de celui d'un emploi des établissements (dépenses de personnel) : il n'est pas plus bas, ni plusieurs fois plus haut. Le nombre de fois est un paramètre. La règle se tait sans effectifs ni budgets complets.",
    remede: "vérifiez les emplois du siège et le montant de ses frais.",
    references: &[&COHERENCE],
    limites: &[Limite {
        nom: "fois",
        valeur: Seuil::Fixe(4.0),
        unite: "fois",
        libelle: "coût d'un emploi du siège, rapporté à celui d'un emploi des établissements ; paramètre de cpom",
    }],
    sur_demande: false,
    vigueur: Vigueur::Toujours,
    derogeable: true,
    lit: &[
        "/moyens/frais_siege",
        "/moyens/par_gestionnaire",
        "/moyens/budgets",
        "/moyens/annee_reference",
        "/perimetre/etablissements/*/etp",
        "/perimetre/etablissements/*/inclus",
    ],
    consequences: &[],
    check,
};

fn check(contexte: &Context<'_>, findings: &mut Findings<'_>) {
    let Some(moyens) = contexte.moyens() else { return };
    let personnel = par_etablissement(contexte, Some(2));
    let (mut cout, mut etp) = (0.0, 0.0);
    for etablissement in contexte.inclus() {
        let sien = personnel.get(etablissement.valeur.id.as_str()).copied().flatten();
        let postes = etablissement.valeur.etp.valeur().and_then(|e| e.total());
        if let Some((montant, postes)) = sien.zip(postes) {
            cout += montant.centimes() as f64 / 100.0;
            etp += postes;
        }
    }
    if etp <= 0.0 || cout <= 0.0 {
        return;
    }
    let ailleurs = cout / etp;
    let fois = findings.limite("fois").unwrap_or(f64::INFINITY);
    for regle in moyens.sieges() {
        let emplois = somme_arrondie(regle.valeur.emplois.elements().iter().map(|e| e.etp.0));
        let Some((emplois, montant)) = emplois.filter(|n| *n > 0.0).zip(valeur(&regle.valeur.montant)) else {
            continue;
        };
        let ici = montant.centimes() as f64 / 100.0 / emplois;
        if ici < ailleurs || ici > fois * ailleurs {
            findings.signaler(
                format!("{}/emplois", regle.pointeur),
                format!(
                    "Les {} ETP du siège coûtent {} chacun, tous frais compris ; ceux des établissements, {}.",
                    nombre(emplois),
                    euros(ici.round()),
                    euros(ailleurs.round())
                ),
            );
        }
    }
}
