//! The report as JUnit XML, for pipelines: one suite per family, one case per rule.
//!
//! A blocking remark fails its case; alerts and informations are its output; a rule that the model switches off
//! is skipped with the model's reason.

use super::CompteRendu;
use crate::document::xml::nettoyer_le_document;
use crate::regles::{Famille, RULES, Rule};
use crate::remarque::{Remarque, Severite};
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};
use std::io;

/// The whole XML document.
pub fn ecrire(compte_rendu: &CompteRendu) -> String {
    let mut xml = Writer::new_with_indent(Vec::new(), b' ', 2);
    // Writing to memory does not fail.
    let _ = document(&mut xml, compte_rendu);
    // XML has no room for some characters, which a quoted value may hold.
    let mut texte = nettoyer_le_document(&String::from_utf8_lossy(&xml.into_inner())).into_owned();
    texte.push('\n');
    texte
}

type Xml = Writer<Vec<u8>>;

/// A case: its class, its name, its remarks, why it was not run.
struct Cas<'a> {
    nom: String,
    remarques: Vec<&'a Remarque>,
    saute: Option<String>,
    /// What is said beside its remarks.
    note: Option<String>,
}

impl Cas<'_> {
    fn echoue(&self) -> bool {
        self.remarques.iter().any(|r| r.severite == Severite::Bloquante)
    }
}

fn document(xml: &mut Xml, compte_rendu: &CompteRendu) -> io::Result<()> {
    let remarques: Vec<&Remarque> = compte_rendu.remarques.iter().map(|l| &l.remarque).collect();
    let mut suites: Vec<(String, Vec<Cas<'_>>)> = vec![("Structure du fichier".into(), structure(&remarques))];
    // A draft may lack values: it passes, and says so.
    suites.push((
        "Conclusion".into(),
        vec![Cas { nom: "Contrat".into(), remarques: Vec::new(), saute: None, note: Some(compte_rendu.conclusion()) }],
    ));
    for famille in Famille::TOUTES {
        let cas = RULES.iter().filter(|r| r.famille == famille).map(|rule| cas(rule, &remarques, compte_rendu));
        suites.push((famille.titre().into(), cas.collect()));
    }
    let total: usize = suites.iter().map(|(_, cas)| cas.len()).sum();
    let echecs: usize = suites.iter().flat_map(|(_, cas)| cas).filter(|c| c.echoue()).count();
    xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    xml.create_element("testsuites")
        .with_attribute(("name", format!("cpom {}", compte_rendu.contrat).as_str()))
        .with_attribute(("tests", total.to_string().as_str()))
        .with_attribute(("failures", echecs.to_string().as_str()))
        .write_inner_content(|xml| suites.iter().try_for_each(|(nom, cas)| suite(xml, nom, cas)))?;
    Ok(())
}

/// Remarks of no rule (schema, gaps): a case for each code met, one that passes when there is none.
fn structure<'a>(remarques: &[&'a Remarque]) -> Vec<Cas<'a>> {
    let mut cas: Vec<Cas<'a>> = Vec::new();
    for remarque in remarques.iter().filter(|r| crate::regles::rule(&r.code).is_none()) {
        match cas.iter_mut().find(|c| c.nom == remarque.code) {
            Some(deja) => deja.remarques.push(remarque),
            None => cas.push(Cas { nom: remarque.code.clone(), remarques: vec![remarque], saute: None, note: None }),
        }
    }
    if cas.is_empty() {
        cas.push(Cas { nom: "SCH".into(), remarques: Vec::new(), saute: None, note: None });
    }
    cas
}

fn cas<'a>(rule: &Rule, remarques: &[&'a Remarque], compte_rendu: &CompteRendu) -> Cas<'a> {
    let reglage = compte_rendu.reglages.iter().find(|r| r.code == rule.code && r.desactivee);
    let derogation = compte_rendu.derogations.iter().find(|d| d.code == rule.code && d.ecartees > 0);
    Cas {
        nom: format!("{} {}", rule.code, rule.titre),
        remarques: remarques.iter().filter(|r| r.code == rule.code).copied().collect(),
        saute: reglage
            .map(|r| format!("règle désactivée par le modèle : {}", r.motif.as_deref().unwrap_or("sans motif")))
            .or_else(|| derogation.map(|d| format!("écartée par une dérogation : {}", d.motif))),
        note: None,
    }
}

fn suite(xml: &mut Xml, nom: &str, cas: &[Cas<'_>]) -> io::Result<()> {
    let echecs = cas.iter().filter(|c| c.echoue()).count();
    let sautes = cas.iter().filter(|c| c.remarques.is_empty() && c.saute.is_some()).count();
    xml.create_element("testsuite")
        .with_attribute(("name", nom))
        .with_attribute(("tests", cas.len().to_string().as_str()))
        .with_attribute(("failures", echecs.to_string().as_str()))
        .with_attribute(("skipped", sautes.to_string().as_str()))
        .write_inner_content(|xml| cas.iter().try_for_each(|cas| un_cas(xml, nom, cas)))?;
    Ok(())
}

fn un_cas(xml: &mut Xml, suite: &str, cas: &Cas<'_>) -> io::Result<()> {
    let element =
        xml.create_element("testcase").with_attribute(("classname", suite)).with_attribute(("name", cas.nom.as_str()));
    if let Some(note) = &cas.note {
        element.write_inner_content(|xml| {
            xml.create_element("system-out").write_text_content(BytesText::new(note)).map(|_| ())
        })?;
        return Ok(());
    }
    if cas.remarques.is_empty() {
        let Some(motif) = &cas.saute else { return element.write_empty().map(|_| ()) };
        element.write_inner_content(|xml| {
            xml.create_element("skipped").with_attribute(("message", motif.as_str())).write_empty().map(|_| ())
        })?;
        return Ok(());
    }
    element.write_inner_content(|xml| {
        let (bloquantes, autres): (Vec<&Remarque>, Vec<&Remarque>) =
            cas.remarques.iter().partition(|r| r.severite == Severite::Bloquante);
        for remarque in bloquantes {
            xml.create_element("failure")
                .with_attribute(("type", remarque.code.as_str()))
                .with_attribute(("message", remarque.message.as_str()))
                .write_text_content(BytesText::new(&remarque.to_string()))?;
        }
        if !autres.is_empty() {
            let texte: Vec<String> = autres.iter().map(ToString::to_string).collect();
            xml.create_element("system-out").write_text_content(BytesText::new(&texte.join("\n")))?;
        }
        Ok(())
    })?;
    Ok(())
}
