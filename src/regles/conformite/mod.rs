//! What the texts ask and the rules of the registry → the table of conformity in Markdown, article by article.
//!
//! Nothing is typed that can be known: whether a rule imposes or tells is its severity, whether it rests on the text
//! of the line is in its references, when the text is in force and whether it was read is in `crate::droit`.

mod marques;
mod references;

use crate::droit;
use crate::droit::conformite::{self, Demande, Section};
pub use marques::{Appui, appui, regles};
use marques::{Marque, Marques};

/// What the marks mean.
const PREAMBULE: &str = "# Conformité : article par article, ce que cpom fait\n\n\
    Ce fichier est écrit par « cpom regles --conformite », depuis [`conformite.json`](../droit/conformite.json), les règles et les textes ;\n\
    un test vérifie qu'il est à jour. Il suit le cadre d'un CPOM et dit sans détour ce que le programme en fait :\n\n\
    - **imposé** : une règle bloquante refuse le contrat définitif ;\n\
    - **signalé** : une règle alerte ou informe, le rédacteur décide ;\n\
    - **imprimé** : une clause ou un visa d'un modèle cite l'article et en imprime la règle, sans contrôle de fond ;\n\
    - **laissé au rédacteur** : le contrat doit en décider ; cpom tient la donnée ou le texte, sans en juger ;\n\
    - **non traité** : cpom ne fait rien.\n\n\
    « Au titre de la cohérence », de la régularité des signatures, d'une méthode ou d'un modèle, d'un autre texte : la règle répond à ce que\n\
    l'article demande, et repose sur autre chose que lui. La gravité est celle que la règle a par défaut ; un modèle peut la changer.\n\n\
    « Cité » : connu par une source qui le reprend. « Texte non lu » : les auteurs du catalogue n'ont pas lu l'article. Aucune règle ne\n\
    s'impose au nom d'un texte non lu. Les textes, leurs rédactions datées et ce qui en a été lu sont dans\n\
    [`textes.json`](../droit/textes.json) ; le catalogue est dans [`README.md`](README.md). Ce qui suit n'est pas un avis juridique.\n\n";

/// The whole table, as `src/regles/CONFORMITE.md` holds it.
pub fn markdown() -> String {
    let mut texte = String::from(PREAMBULE);
    texte.push_str(&bilan());
    for section in conformite::sections() {
        texte.push_str(&en_markdown(section));
    }
    texte
}

/// How many demands have each mark.
fn bilan() -> String {
    let toutes: Vec<Marques> =
        conformite::sections().iter().flat_map(|s| s.lignes.iter().map(|l| Marques::de(l, s))).collect();
    let compte = |marque: Marque| toutes.iter().filter(|m| m.a(marque)).count();
    let comptes: Vec<String> = Marque::TOUTES.iter().map(|m| format!("{} {}", compte(*m), m.au_pluriel())).collect();
    format!("{} demandes : {}. Une demande peut avoir plusieurs marques.\n", toutes.len(), comptes.join(", "))
}

fn en_markdown(section: &Section) -> String {
    let mut texte = format!("\n## {}\n", section.titre);
    if let Some(intro) = &section.intro {
        texte.push_str(&format!("\n{intro}\n"));
    }
    if let Some(commun) = section.texte.as_deref().and_then(droit::texte) {
        let commun = std::slice::from_ref(&commun);
        texte.push_str(&format!(
            "\nLecture : {} ; en vigueur {}.\n",
            references::lecture(commun),
            references::periode(commun)
        ));
    }
    if !section.lignes.is_empty() {
        texte.push_str(&tableau(section));
    }
    if !section.points.is_empty() {
        let points: Vec<String> = section.points.iter().map(|p| format!("- {p}")).collect();
        texte.push_str(&format!("\n{}.\n", points.join(" ;\n")));
    }
    texte
}

fn tableau(section: &Section) -> String {
    let entete = match section.texte {
        Some(_) => "| rubrique | ce qu'elle demande | ce que cpom fait |\n|---|---|---|\n",
        None => "| article | ce qu'il demande | en vigueur | lecture | ce que cpom fait |\n|---|---|---|---|---|\n",
    };
    let lignes: String = section.lignes.iter().map(|ligne| rangee(ligne, section)).collect();
    format!("\n{entete}{lignes}")
}

fn rangee(ligne: &Demande, section: &Section) -> String {
    let marques = Marques::de(ligne, section).en_mots();
    if section.texte.is_some() {
        let rubrique = ligne.alinea.as_deref().unwrap_or_default();
        return format!("| {rubrique} | {} | {marques} |\n", ligne.demande);
    }
    let textes: Vec<_> = ligne.textes(section).filter_map(droit::texte).collect();
    let alinea = ligne.alinea.as_ref().map(|a| format!(" ({a})")).unwrap_or_default();
    format!(
        "| {}{alinea} | {} | {} | {} | {marques} |\n",
        references::courtes(&textes),
        ligne.demande,
        references::periode(&textes),
        references::lecture(&textes)
    )
}
