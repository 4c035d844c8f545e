//! `cpom reprendre`: takes the values edited in a Word file back into the contract, and lists what it cannot hold.

use super::arguments::Reprendre;
use super::ecran;
use super::issue::Issue;
use super::questions::{self, Question};
use crate::dossier::{self, Choix, Erreur, Ouverture, Reecriture};
use crate::echanges::word::{
    Changement, Commentaire, Ecart, ElementDeListe, GenreObjet, RemarqueNouvelle, Reprise, Sens, Suivi, choisir,
    essayer, reprendre,
};
use crate::formats::{compte, enumerer};
use crate::redaction::mettre_en_forme;
use crate::remarque::Severite;
use crate::schema::forme::{Nature, forme_du_contrat};

use serde_json::Value;
use std::collections::BTreeSet;

pub fn executer(options: &Reprendre) -> Result<Issue, Erreur> {
    let nom = options.fichier.display().to_string();
    let octets = dossier::lire_dossier(&options.fichier)?;
    let ouverture = dossier::ouvrir(&options.contrat)?;
    if ouverture.contrat.is_none() {
        ecran::remarques(&ouverture.remarques);
        ecran::note("contrat refusé ; rien n'a été repris.");
        return Ok(Issue::Refuse);
    }
    let suivi = if options.original { Suivi::Original } else { Suivi::Accepte };
    let choix = options.impression.choix();
    let mut reprise = reprendre(&nom, &octets, &ouverture, &choix, suivi)?;
    reprise.pris = choisir(&reprise, &options.prendre, &options.sauf)?;
    if options.format == "json" {
        let fichiers = essai(&mut reprise, &ouverture, &choix)?;
        if options.ecrire && (!bloque(&reprise) || options.malgre_les_remarques) {
            ecrire(&mut reprise, &fichiers)?;
        }
        ecran::json(&serde_json::to_string_pretty(&reprise).map_err(|e| Erreur::Interne(e.to_string()))?);
        return Ok(issue(&reprise, options));
    }
    dire(&reprise);
    let sans_choix = options.prendre.is_empty() && options.sauf.is_empty();
    if options.ecrire
        && sans_choix
        && questions::possibles()
        && !(reprise.changements.is_empty() && reprise.elements.is_empty())
    {
        match questions::choisir(&mut std::io::stdin().lock(), &reprise, &en_question) {
            Some(pris) => reprise.pris = pris,
            None => {
                ecran::note("arrêté : rien n'a été écrit.");
                return Ok(Issue::Refuse);
            }
        }
    }
    let fichiers = essai(&mut reprise, &ouverture, &choix)?;
    nouvelles(&reprise.remarques_nouvelles);
    if options.ecrire && !fichiers.is_empty() {
        let voulu = !bloque(&reprise)
            || options.malgre_les_remarques
            || questions::possibles() && questions::confirmer(&mut std::io::stdin().lock(), "Écrire quand même ?");
        match voulu {
            true => {
                ecrire(&mut reprise, &fichiers)?;
                ecran::note(&format!("écrit : {}", reprise.fichiers_ecrits.join(", ")));
            }
            false => refuser_d_ecrire(&reprise),
        }
    }
    Ok(issue(&reprise, options))
}

/// The files with what is taken; the answer says what would then be said of the contract.
fn essai(reprise: &mut Reprise, ouverture: &Ouverture, choix: &Choix) -> Result<Vec<Reecriture>, Erreur> {
    let essai = essayer(reprise, ouverture, choix, &reprise.pris)?;
    reprise.remarques_nouvelles = essai.remarques;
    Ok(essai.fichiers)
}

fn bloque(reprise: &Reprise) -> bool {
    reprise.remarques_nouvelles.iter().any(|nouvelle| nouvelle.remarque.severite == Severite::Bloquante)
}

fn ecrire(reprise: &mut Reprise, fichiers: &[Reecriture]) -> Result<(), Erreur> {
    dossier::reecrire_ensemble(fichiers)?;
    reprise.fichiers_ecrits = fichiers.iter().map(|fichier| fichier.fichier.display().to_string()).collect();
    Ok(())
}

/// What remains to be done by hand refuses; what was left out by choice does not.
fn issue(reprise: &Reprise, options: &Reprendre) -> Issue {
    let retenu = options.ecrire && bloque(reprise) && reprise.fichiers_ecrits.is_empty();
    let choisi = !(options.prendre.is_empty() && options.sauf.is_empty());
    let laisse = reprise.elements.iter().any(|element| {
        let libre = element.est_sur() && choisi;
        !reprise.pris.contains(&element.numero) && !libre
    });
    if retenu || laisse || !reprise.ecarts.is_empty() { Issue::Refuse } else { Issue::Fait }
}

fn refuser_d_ecrire(reprise: &Reprise) {
    let bloquantes = || reprise.remarques_nouvelles.iter().filter(|n| n.remarque.severite == Severite::Bloquante);
    let causes: BTreeSet<usize> = bloquantes().flat_map(|nouvelle| nouvelle.causes.iter().copied()).collect();
    let causes: Vec<String> = causes.into_iter().map(|numero| numero.to_string()).collect();
    let sans = match causes.as_slice() {
        [] => "« --sauf » et leurs numéros".to_owned(),
        causes => format!("« --sauf {} »", causes.join(",")),
    };
    let nombre = match bloquantes().count() {
        1 => "1 remarque bloquante".to_owned(),
        n => format!("{n} remarques bloquantes"),
    };
    ecran::note(&format!("rien n'a été écrit : le contrat aurait {nombre} de plus."));
    ecran::note(&format!(
        "    À faire : laissez de côté ce qui les cause ({sans}), ou écrivez tel quel avec « --malgre-les-remarques »."
    ));
}

fn dire(reprise: &Reprise) {
    ecran::ligne(&format!("Contrat {} : {} reconnus.", reprise.reference, compte(reprise.champs, "champ")));
    match reprise.changements.as_slice() {
        [] => ecran::ligne(&rien_de_change(reprise)),
        changements => ecran::ligne(&format!("{} :", changees(changements.len()))),
    }
    for changement in &reprise.changements {
        ecran::ligne(&format!("  {}. {}", changement.numero, changement_en_mots(changement)));
        let ou = changement.position.as_ref().map(|p| format!("{p} ")).unwrap_or_default();
        ecran::ligne(&format!("     {ou}({})", changement.pointeur));
    }
    elements(reprise);
    if !reprise.ecarts.is_empty() {
        ecran::ligne(&format!("À traiter à la main, {} :", compte(reprise.ecarts.len(), "point")));
    }
    reprise.ecarts.iter().for_each(ecart);
    if let Ok(clauses) = serde_json::to_string_pretty(&reprise.clauses_proposees)
        && !reprise.clauses_proposees.is_empty()
    {
        ecran::ligne(
            "Ce texte, sous la forme d'une clause particulière (« clauses_particulieres »), à relire avant de l'ajouter au contrat :",
        );
        ecran::json(&clauses);
    }
    if !reprise.commentaires.is_empty() {
        ecran::ligne(&format!("{} :", compte(reprise.commentaires.len(), "commentaire")));
    }
    reprise.commentaires.iter().for_each(commentaire);
}

/// « Parties › Gestionnaires › « A » › Adresse : « x » → « y » ».
fn changement_en_mots(changement: &Changement) -> String {
    let dire = |valeur: &Value| lisible(&changement.pointeur, valeur);
    format!("{} : {} → {}", changement.place.join(" › "), dire(&changement.avant), dire(&changement.apres))
}

/// The rows that came and went, as elements of the contract.
fn elements(reprise: &Reprise) {
    for (sens, un, plusieurs) in [
        (Sens::Ajoute, "1 ligne ajoutée à un tableau du contrat :", "lignes ajoutées à des tableaux du contrat :"),
        (Sens::Retire, "1 ligne retirée d'un tableau du contrat :", "lignes retirées de tableaux du contrat :"),
    ] {
        let siens: Vec<&ElementDeListe> = reprise.elements.iter().filter(|element| element.sens == sens).collect();
        match siens.len() {
            0 => continue,
            1 => ecran::ligne(un),
            n => ecran::ligne(&format!("{n} {plusieurs}")),
        }
        siens.into_iter().for_each(|e| element(e, reprise.pris.contains(&e.numero)));
    }
}

fn element(element: &ElementDeListe, pris: bool) {
    let ElementDeListe { numero, sens, place, clause, position, element: valeur, a_preciser, .. } = element;
    let ou = position.as_ref().map(|p| format!(" ; {p}")).unwrap_or_default();
    let clause = self::place(clause);
    ecran::ligne(&format!("  {numero}. {} ({clause}{ou})", place.join(" › ")));
    if *sens == Sens::Retire && pris {
        ecran::ligne("    « --ecrire » le retire du contrat.");
        return;
    }
    if *sens == Sens::Retire {
        ecran::ligne(&format!(
            "    À faire : l'élément reste dans le contrat ; pour l'en retirer, « --prendre {numero} --ecrire »."
        ));
        return;
    }
    if let Ok(json) = serde_json::to_string_pretty(valeur) {
        json.lines().for_each(|ligne| ecran::ligne(&format!("     {ligne}")));
    }
    for precision in a_preciser {
        ecran::ligne(&format!("    À préciser : {precision}."));
    }
    ecran::ligne(match a_preciser.as_slice() {
        [] => "    Rien n'y manque : « --ecrire » l'ajoute au contrat.",
        _ => "    À faire : complétez la ligne dans le document, ou ajoutez cet élément au contrat une fois complété.",
    });
}

/// What is asked of something that may be taken.
fn en_question(reprise: &Reprise, numero: usize) -> Option<Question> {
    let valeur = reprise.changements.iter().find(|c| c.numero == numero);
    if let Some(changement) = valeur {
        return Some(Question { quoi: changement_en_mots(changement), demande: "Prendre cette valeur ?" });
    }
    let element = reprise.elements.iter().find(|e| e.numero == numero).filter(|e| e.est_sur())?;
    let place = element.place.join(" › ");
    let (quoi, demande) = match element.sens {
        Sens::Ajoute => (format!("{place} : {}", court(&element.element)), "Ajouter cet élément au contrat ?"),
        Sens::Retire => (place, "Retirer cet élément du contrat ?"),
    };
    Some(Question { quoi, demande })
}

/// What would be said of the contract.
fn nouvelles(remarques: &[RemarqueNouvelle]) {
    let compter = |severite: Severite| remarques.iter().filter(|r| r.remarque.severite == severite).count();
    let mut comptes = Vec::new();
    match compter(Severite::Bloquante) {
        0 => {}
        1 => comptes.push("1 remarque bloquante nouvelle".to_owned()),
        n => comptes.push(format!("{n} remarques bloquantes nouvelles")),
    }
    match compter(Severite::Alerte) {
        0 => {}
        1 => comptes.push("1 alerte nouvelle".to_owned()),
        n => comptes.push(format!("{n} alertes nouvelles")),
    }
    if comptes.is_empty() {
        return;
    }
    ecran::ligne(&format!("Avec ce qui est repris, le contrat aurait {} :", enumerer(&comptes)));
    for RemarqueNouvelle { remarque, place, causes } in remarques {
        ecran::ligne(&format!("  {} {} {}", remarque.severite, remarque.code, remarque.message));
        let causes: Vec<String> = causes.iter().map(|numero| format!("n° {numero}")).collect();
        let mut ou = vec![];
        if !place.is_empty() {
            ou.push(format!("Place : {}", place.join(" › ")));
        }
        if !causes.is_empty() {
            ou.push(format!("cause : {}", enumerer(&causes)));
        }
        if !ou.is_empty() {
            ecran::ligne(&format!("    {}", ou.join(" ; ")));
        }
        if !remarque.remede.is_empty() {
            ecran::ligne(&format!("    À faire : {}", remarque.remede));
        }
    }
}

/// « Aucune valeur n'a changé. » is said alone when nothing at all differs.
fn rien_de_change(reprise: &Reprise) -> String {
    let reste: Vec<String> = [
        (reprise.elements.len(), "ligne", " ajoutées ou retirées"),
        (reprise.ecarts.len(), "point", " à traiter à la main"),
        (reprise.commentaires.len(), "commentaire", ""),
    ]
    .iter()
    .filter(|(nombre, _, _)| *nombre > 0)
    .map(|(nombre, mot, suite)| match (*nombre, *mot) {
        (1, "ligne") => "1 ligne ajoutée ou retirée".to_owned(),
        (nombre, mot) => format!("{}{suite}", compte(nombre, mot)),
    })
    .collect();
    match reste.as_slice() {
        [] => "Aucune valeur n'a changé.".into(),
        reste => format!("Aucune valeur de champ n'a changé ; {}.", reste.join(", ")),
    }
}

fn commentaire(commentaire: &Commentaire) {
    let Commentaire { auteur, texte, passage, clause, resolu, reponse_a } = commentaire;
    let passage = if passage.is_empty() { String::new() } else { format!(", « {passage} »") };
    let resolu = if *resolu { " (résolu)" } else { "" };
    let reponse = reponse_a.as_ref().map(|a| format!(" (en réponse à « {} »)", abrege(a))).unwrap_or_default();
    ecran::ligne(&format!("  {}{passage} – {auteur}{reponse}{resolu} : {texte}", place(clause)));
}

fn place(clause: &str) -> &str {
    if clause.is_empty() { "début du document" } else { clause }
}

fn abrege(texte: &str) -> String {
    if texte.chars().count() > 80 { texte.chars().take(77).chain("…".chars()).collect() } else { texte.to_owned() }
}

/// « image », and whether the word is feminine.
fn nom_d_objet(sorte: GenreObjet) -> (&'static str, bool) {
    match sorte {
        GenreObjet::NoteDeBasDePage => ("note de bas de page", true),
        GenreObjet::NoteDeFin => ("note de fin", true),
        GenreObjet::ZoneDeTexte => ("zone de texte", true),
        GenreObjet::Image => ("image", true),
        GenreObjet::Dessin => ("dessin", false),
        GenreObjet::Graphique => ("graphique", false),
        GenreObjet::Diagramme => ("diagramme", false),
        GenreObjet::Encre => ("annotation à l'encre", true),
        GenreObjet::ObjetIncorpore => ("objet incorporé", false),
        GenreObjet::DocumentInsere => ("document inséré", false),
        GenreObjet::Lien => ("lien", false),
        GenreObjet::TexteBarre => ("texte barré", false),
        GenreObjet::TexteMasque => ("texte masqué", false),
        GenreObjet::MiseEnFormeSuivie => ("mise en forme en modification suivie", true),
        GenreObjet::Symbole => ("symbole que cpom ne lit pas", false),
        GenreObjet::ChampWord => ("champ calculé par Word, que cpom ne lit pas", false),
        GenreObjet::Sommaire => ("ligne du sommaire", true),
        GenreObjet::Autre => ("élément que cpom ne lit pas", false),
    }
}

/// « ajoutée », « retiré ».
fn participe(sens: Sens, feminin: bool) -> &'static str {
    match (sens, feminin) {
        (Sens::Ajoute, false) => "ajouté",
        (Sens::Ajoute, true) => "ajoutée",
        (Sens::Retire, false) => "retiré",
        (Sens::Retire, true) => "retirée",
    }
}

fn changees(nombre: usize) -> String {
    if nombre > 1 { format!("{nombre} valeurs changées") } else { "1 valeur changée".into() }
}

fn ecart(ecart: &Ecart) {
    let a_faire = match ecart {
        Ecart::ChampAbsent { pointeur, titre } => {
            ecran::ligne(&format!("  champ effacé : {titre} ({pointeur})"));
            "la valeur du contrat est gardée ; retirez-la du contrat si c'est voulu."
        }
        Ecart::ChampDouble { pointeur, titre, textes } => {
            let textes = textes.join(" / ");
            ecran::ligne(&format!("  champ en plusieurs exemplaires : {titre} ({pointeur}) : {textes}"));
            "choisissez, et corrigez le contrat."
        }
        Ecart::ChampVide { pointeur, titre } => {
            ecran::ligne(&format!("  champ vidé : {titre} ({pointeur})"));
            "la valeur du contrat est gardée ; retirez-la du contrat si c'est voulu."
        }
        Ecart::ChampDeplace { pointeur, titre } => {
            ecran::ligne(&format!("  champ déplacé : {titre} ({pointeur})"));
            "sa valeur est lue, mais il s'imprimera à la place que lui donne le modèle."
        }
        Ecart::Tableau { clause, avant, apres } => {
            let clause = place(clause);
            ecran::ligne(&match (avant.is_empty(), apres.is_empty()) {
                (true, _) => format!("  tableau ajouté ({clause}) : {apres}"),
                (_, true) => format!("  tableau retiré ({clause}) : {avant}"),
                _ => format!("  tableau changé ({clause}) : {avant} → {apres}"),
            });
            "les lignes d'un tableau viennent du contrat ; ajoutez-y ou retirez-en l'élément."
        }
        Ecart::LigneAjoutee { clause, cellules } => {
            ecran::ligne(&format!("  ligne ajoutée à un tableau ({}) : {}", place(clause), cellules.join(" | ")));
            "les lignes de ce tableau ne sont pas celles d'une liste du contrat : reportez à la main ce qui doit l'être."
        }
        Ecart::Objet { sorte, sens, clause, texte } => {
            let (nom, feminin) = nom_d_objet(*sorte);
            let texte = if texte.is_empty() { String::new() } else { format!(" : {texte}") };
            ecran::ligne(&format!("  {nom} {} ({}){texte}", participe(*sens, feminin), place(clause)));
            "le contrat ne peut pas le tenir ; reportez à la main ce qui doit l'être."
        }
        Ecart::EnTete { sens, texte } => {
            ecran::ligne(&format!("  en-tête ou pied de page, {} : {texte}", participe(*sens, false)));
            "les en-têtes viennent du modèle et du gabarit."
        }
        Ecart::ValeurRefusee { pointeur, titre, texte, motif } => {
            ecran::ligne(&format!("  valeur refusée : {titre} ({pointeur}) : {texte}"));
            ecran::ligne(&format!("    {motif}"));
            "corrigez la valeur dans le document ou dans le contrat."
        }
        Ecart::HorsChamp { clause, avant, apres } => {
            let clause = place(clause);
            match (avant.is_empty(), apres.is_empty()) {
                (true, _) => ecran::ligne(&format!("  texte ajouté hors champ ({clause}) : {apres}")),
                (_, true) => ecran::ligne(&format!("  texte supprimé hors champ ({clause}) : {avant}")),
                _ => {
                    ecran::ligne(&format!("  texte changé hors champ ({clause})"));
                    ecran::ligne(&format!("    avant : {avant}"));
                    ecran::ligne(&format!("    après : {apres}"));
                }
            }
            "aucune valeur ne peut le tenir ; au besoin, une clause particulière (« clauses_particulieres »)."
        }
    };
    ecran::ligne(&format!("    À faire : {a_faire}"));
}

/// A value of the contract as people read it: as it is printed, a text between quotes.
fn lisible(pointeur: &str, valeur: &Value) -> String {
    let forme = forme_du_contrat().a(pointeur);
    match forme.filter(|forme| !matches!(forme.nature, Nature::Texte | Nature::Prose | Nature::Libre | Nature::Taux(_)))
    {
        Some(forme) if !valeur.is_null() => mettre_en_forme(&forme, valeur),
        _ => court(valeur),
    }
}

fn court(valeur: &Value) -> String {
    let texte = match valeur {
        Value::Null => return "(absente)".into(),
        // A value stands on one line: its paragraphs are parted by their mark.
        Value::String(texte) => format!("« {} »", texte.replace("\n\n", " ¶ ").replace('\n', " ¶ ")),
        autre => autre.to_string(),
    };
    if texte.chars().count() > 160 { texte.chars().take(157).chain("…".chars()).collect() } else { texte }
}
