//! What the schema does not say of the sheets: their names, the keys of their rows, the years in columns, the totals.

/// A sheet that has more to it than its list.
pub(super) struct Feuille {
    /// The list, « * » for any element above it.
    pub motif: &'static str,
    pub nom: &'static str,
    /// The keys that tell a row from the others, when the schema does not require all of them.
    pub cles: &'static [&'static str],
    /// Whether it is there to be filled even when the contract has nothing of it.
    pub toujours: bool,
}

const fn feuille(motif: &'static str, nom: &'static str, cles: &'static [&'static str], toujours: bool) -> Feuille {
    Feuille { motif, nom, cles, toujours }
}

pub(super) const FEUILLES: &[Feuille] = &[
    feuille("/parties/autorites", "Autorités", &[], true),
    feuille("/parties/gestionnaires", "Gestionnaires", &[], true),
    feuille("/perimetre/etablissements", "Établissements", &[], true),
    feuille("/perimetre/etablissements/*/autorisations", "Autorisations", &["acte"], true),
    feuille("/perimetre/etablissements/*/capacites", "Capacités", &["modalite", "libelle"], true),
    feuille("/perimetre/etablissements/*/capacites/*/dont", "Dont", &["libelle"], false),
    feuille("/perimetre/etablissements/*/capacites/*/evolutions", "Évolutions de capacité", &["echeance"], false),
    feuille("/diagnostic/constats", "Constats", &[], true),
    feuille("/diagnostic/indicateurs", "Indicateurs TDB", &["code", "libelle", "etablissement", "annee"], false),
    feuille("/diagnostic/situation_financiere", "Situation financière", &["etablissement", "exercice"], true),
    feuille("/axes", "Axes", &[], true),
    feuille("/objectifs", "Objectifs", &[], true),
    feuille("/fiches_actions", "Fiches actions", &["objectif", "numero"], true),
    feuille("/fiches_actions/*/actions", "Actions", &[], true),
    feuille("/fiches_actions/*/indicateurs", "Indicateurs", &[], true),
    feuille("/fiches_actions/*/moyens/financements", "Financements", &["source", "autorite", "annee"], false),
    feuille("/activite", "Activité", &["etablissement", "modalite", "unite"], true),
    feuille("/moyens/budgets", "Budgets", &["etablissement", "annee", "financeur", "section"], true),
    feuille("/moyens/dotations", "Dotations", &["autorite", "gestionnaire", "annee"], true),
    feuille("/moyens/dotations/*/repartition", "Répartition", &["etablissement"], false),
    feuille("/moyens/evolution", "Évolution", &["autorite", "gestionnaire", "annee"], true),
    feuille("/moyens/cnr", "CNR", &["annee", "autorite", "etablissement", "objet"], false),
    feuille("/moyens/fir", "FIR", &["annee", "autorite", "etablissement", "objet"], false),
    feuille("/moyens/investissements", "PPI", &["objet", "etablissement", "annee"], true),
    feuille("/moyens/pgfp", "PGFP", &["gestionnaire", "annee"], true),
    feuille("/moyens/retour_equilibre", "Retour à l'équilibre", &["etablissement"], false),
    feuille("/moyens/affectation_resultats/plafonds", "Affectation", &["affectation"], false),
    feuille("/moyens/redeploiements/*/de", "Redéploiements de", &["etablissement", "modalite", "groupe"], false),
    feuille("/moyens/redeploiements/*/vers", "Redéploiements vers", &["etablissement", "modalite", "groupe"], false),
    feuille("/suivi/comite", "Comité", &["partie", "qualite"], false),
    feuille("/suivi/dialogues", "Dialogues", &["annee", "type"], false),
    feuille("/suivi/documents", "Documents", &["titre"], false),
    feuille("/suivi/contacts", "Contacts", &["partie"], false),
];

/// What stands for the values that are in no list.
pub(super) const CONTRAT: &str = "Contrat";

pub(super) fn de(motif: &str) -> Option<&'static Feuille> {
    FEUILLES.iter().find(|f| f.motif == motif)
}

/// Lists of one value a year, which stand in columns: the list, the key of the year, the keys of the value (the first always).
pub(super) const PAR_ANNEE: &[(&str, &str, &[&str])] = &[
    ("/activite/*/cibles", "annee", &["fin", "debut", "environ"]),
    ("/fiches_actions/*/indicateurs/*/cibles", "annee", &["fin", "debut", "environ"]),
    ("/moyens/retour_equilibre/*/trajectoire", "annee", &["resultat"]),
];

pub(super) fn par_annee(motif: &str) -> Option<&'static (&'static str, &'static str, &'static [&'static str])> {
    PAR_ANNEE.iter().find(|(liste, ..)| *liste == motif)
}

/// A column that is computed, and never read back.
pub(super) struct Calcul {
    pub motif: &'static str,
    /// The column that it follows.
    pub apres: &'static str,
    pub titre: &'static str,
    pub sorte: Sorte,
    /// A total that is declared, and should be this one.
    pub declare: Option<&'static str>,
}

pub(super) enum Sorte {
    Somme(&'static [&'static str]),
    /// The sum of the first, less the sum of the others.
    Ecart(&'static [&'static str], &'static [&'static str]),
    /// The mean of the columns below.
    Moyenne(&'static str),
    /// A share in per cent.
    Part(&'static str, &'static str),
}

const DEPENSES: &[&str] = &["depenses/groupe_1", "depenses/groupe_2", "depenses/groupe_3"];
const RECETTES: &[&str] = &["recettes/groupe_1", "recettes/groupe_2", "recettes/groupe_3"];
const ETP: &[&str] =
    &["etp/administratif", "etp/educatif", "etp/medical", "etp/paramedical", "etp/pedagogique", "etp/autres"];

const fn calcul(
    motif: &'static str,
    apres: &'static str,
    titre: &'static str,
    sorte: Sorte,
    declare: Option<&'static str>,
) -> Calcul {
    Calcul { motif, apres, titre, sorte, declare }
}

pub(super) const CALCULS: &[Calcul] = &[
    calcul("/moyens/budgets", "depenses/groupe_3", "Total des dépenses", Sorte::Somme(DEPENSES), None),
    calcul("/moyens/budgets", "recettes/groupe_3", "Total des recettes", Sorte::Somme(RECETTES), None),
    calcul("/moyens/budgets", "recettes/groupe_3", "Résultat", Sorte::Ecart(RECETTES, DEPENSES), None),
    calcul(
        "/moyens/budgets",
        "total_declare",
        "Écart au total déclaré",
        Sorte::Ecart(&["total_declare"], DEPENSES),
        Some("total_declare"),
    ),
    calcul("/perimetre/etablissements", "etp/autres", "Total des ETP", Sorte::Somme(ETP), Some("etp/total_declare")),
    calcul("/moyens/pgfp", "produits", "Résultat", Sorte::Ecart(&["produits"], &["charges"]), None),
    calcul("/activite", "realise", "Moyenne réalisée", Sorte::Moyenne("realise"), Some("moyenne_declaree")),
    calcul("/activite", "retenue", "Taux retenu (%)", Sorte::Part("retenue", "theorique"), None),
];

/// Values of a row that go up: the sheet shows one that is above the next.
pub(super) const ORDRES: &[(&str, &[&str])] = &[
    ("/contrats_lies", &["debut", "fin"]),
    ("/perimetre/etablissements", &["ages/min", "ages/max"]),
    ("/perimetre/etablissements/*/autorisations", &["date", "echeance"]),
    ("/perimetre/etablissements/*/capacites", &["installee", "autorisee"]),
    ("/diagnostic/indicateurs", &["reference/q1", "reference/mediane", "reference/q3"]),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::forme::forme_du_contrat;

    #[test]
    fn what_the_plan_says_is_of_the_schema() {
        let a = |motif: &str, suite: &str| forme_du_contrat().a(&format!("{}/0/{suite}", motif.replace('*', "0")));
        for f in FEUILLES {
            for cle in f.cles {
                assert!(a(f.motif, cle).is_some(), "{} {cle}", f.motif);
            }
            assert!(a(f.motif, "").is_some(), "{}", f.motif);
        }
        for (motif, annee, cles) in PAR_ANNEE {
            assert!(a(motif, annee).is_some() && cles.iter().all(|cle| a(motif, cle).is_some()), "{motif}");
        }
        for (motif, cles) in ORDRES {
            assert!(cles.iter().all(|cle| a(motif, cle).is_some()), "{motif}");
        }
        for c in CALCULS {
            let cles: Vec<&str> = match &c.sorte {
                Sorte::Somme(cles) => cles.to_vec(),
                Sorte::Ecart(plus, moins) => plus.iter().chain(*moins).copied().collect(),
                Sorte::Moyenne(cle) => vec![cle],
                Sorte::Part(a, b) => vec![a, b],
            };
            for cle in cles.into_iter().chain([c.apres]).chain(c.declare) {
                assert!(a(c.motif, cle).is_some(), "{} {cle}", c.motif);
            }
        }
    }
}
