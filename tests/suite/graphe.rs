//! Sources of the crate → which file needs what another defines, and the circles among them.
//!
//! A file needs another when it names something that the other defines, whatever the way: `use`, a path in the code, in a
//! macro or in the text of an attribute, a method that the other adds to a type. What is re-exported is followed to where it is
//! defined: a `mod.rs` that only declares and re-exports needs no one, and no one needs it.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{Delimiter, TokenStream, TokenTree};

pub struct Graphe {
    pub fichiers: Vec<String>,
    /// What the first file names of the second.
    pub aretes: BTreeMap<(usize, usize), BTreeSet<String>>,
    /// Files that no `mod` declares.
    pub perdus: Vec<String>,
    /// Implementations that stand neither with the type nor with the trait: no name leads to them.
    pub a_l_ecart: Vec<String>,
}

#[derive(Default)]
struct Module {
    parent: usize,
    fichier: usize,
    enfants: BTreeMap<String, usize>,
    definis: BTreeSet<String>,
    /// The name that it has here, what it stands for, and whether it is for others only.
    imports: Vec<(String, Vec<String>, bool)>,
    globs: Vec<Vec<String>>,
    corps: Vec<Vec<TokenTree>>,
    impls: Vec<Impl>,
}

struct Impl {
    trait_: Option<Vec<TokenTree>>,
    type_: Vec<TokenTree>,
    methodes: BTreeSet<String>,
    /// Those of them that another file may call.
    publiques: BTreeSet<String>,
}

/// What a path leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Cible {
    Module(usize),
    /// Something that this file defines.
    Element(usize),
}

struct Lecture<'s> {
    sources: BTreeMap<&'s str, (usize, &'s str)>,
    modules: Vec<Module>,
    macros: BTreeMap<String, usize>,
    vus: BTreeSet<usize>,
    essais: BTreeSet<String>,
}

impl Graphe {
    /// Each file is its path below `src` and its text; `lib.rs` is the root.
    pub fn lire(sources: &[(String, String)]) -> Graphe {
        let noms = sources.iter().enumerate().map(|(rang, (nom, texte))| (nom.as_str(), (rang, texte.as_str())));
        let mut lecture = Lecture {
            sources: noms.collect(),
            modules: Vec::new(),
            macros: BTreeMap::new(),
            vus: BTreeSet::new(),
            essais: BTreeSet::new(),
        };
        lecture.fichier("lib.rs", "", 0);
        let essai =
            |nom: &str| lecture.essais.iter().any(|e| nom == format!("{e}.rs") || nom.starts_with(&format!("{e}/")));
        let perdu = |(rang, (nom, _)): &(usize, &(String, String))| {
            !lecture.vus.contains(rang) && nom != "main.rs" && !essai(nom)
        };
        let perdus = sources.iter().enumerate().filter(perdu).map(|(_, (nom, _))| nom.clone()).collect();
        let fichiers: Vec<String> = sources.iter().map(|(nom, _)| nom.clone()).collect();
        let mut graphe = Graphe { fichiers, aretes: BTreeMap::new(), perdus, a_l_ecart: Vec::new() };
        lecture.relier(&mut graphe);
        graphe
    }

    fn relier(&mut self, de: usize, a: usize, quoi: &str) {
        if de != a {
            self.aretes.entry((de, a)).or_default().insert(quoi.to_owned());
        }
    }

    /// The sets of files each of which needs, through others, itself: the smallest first.
    pub fn cercles(&self) -> Vec<Vec<usize>> {
        let suivants = |rang: usize| self.aretes.keys().filter(move |(de, _)| *de == rang).map(|(_, a)| *a);
        let atteints: Vec<BTreeSet<usize>> = (0..self.fichiers.len())
            .map(|depart| {
                let (mut vus, mut a_voir) = (BTreeSet::new(), vec![depart]);
                while let Some(ici) = a_voir.pop() {
                    a_voir.extend(suivants(ici).filter(|suivant| vus.insert(*suivant)));
                }
                vus
            })
            .collect();
        let mut cercles: BTreeSet<Vec<usize>> = BTreeSet::new();
        for (rang, loin) in atteints.iter().enumerate().filter(|(rang, loin)| loin.contains(rang)) {
            cercles.insert(loin.iter().copied().filter(|autre| atteints[*autre].contains(&rang)).collect());
        }
        let mut cercles: Vec<_> = cercles.into_iter().collect();
        cercles.sort_by_key(Vec::len);
        cercles
    }

    /// A circle with what holds it.
    pub fn dire(&self, cercle: &[usize]) -> String {
        let noms: Vec<&str> = cercle.iter().map(|rang| self.fichiers[*rang].as_str()).collect();
        let mut texte = format!("{} files: {}\n", noms.len(), noms.join(", "));
        for ((de, a), quoi) in &self.aretes {
            if cercle.contains(de) && cercle.contains(a) {
                let quoi: Vec<&str> = quoi.iter().take(8).map(String::as_str).collect();
                texte += &format!("    {} needs {} for {}\n", self.fichiers[*de], self.fichiers[*a], quoi.join(", "));
            }
        }
        texte
    }
}

fn mot(jeton: Option<&TokenTree>) -> Option<String> {
    match jeton {
        Some(TokenTree::Ident(mot)) => Some(mot.to_string().trim_start_matches("r#").to_owned()),
        _ => None,
    }
}

fn signe(jeton: Option<&TokenTree>, signe: char) -> bool {
    matches!(jeton, Some(TokenTree::Punct(p)) if p.as_char() == signe)
}

fn groupe(jeton: Option<&TokenTree>, bornes: Delimiter) -> Option<Vec<TokenTree>> {
    match jeton {
        Some(TokenTree::Group(g)) if g.delimiter() == bornes => Some(g.stream().into_iter().collect()),
        _ => None,
    }
}

/// Whether « :: » begins here.
fn deux_points(jetons: &[TokenTree], rang: usize) -> bool {
    signe(jetons.get(rang), ':') && signe(jetons.get(rang + 1), ':')
}

/// The words of a path that begins here, and where it ends.
fn chemin(jetons: &[TokenTree], mut rang: usize) -> (Vec<String>, usize) {
    let mut mots: Vec<String> = mot(jetons.get(rang)).into_iter().collect();
    rang += 1;
    while deux_points(jetons, rang) {
        let Some(suivant) = mot(jetons.get(rang + 2)) else { break };
        mots.push(suivant);
        rang += 3;
    }
    (mots, rang)
}

/// The leaves of `use`: each name here (`*` for all of them) and the path that it stands for.
fn feuilles(jetons: &[TokenTree], debut: &[String], sortie: &mut Vec<(String, Vec<String>)>) {
    for branche in jetons.split(|jeton| signe(Some(jeton), ',')) {
        let depart = if deux_points(branche, 0) { 2 } else { 0 };
        let (mots, fin) = chemin(branche, depart);
        let mut entier = debut.to_vec();
        // Another crate, whatever its name.
        entier.extend((depart == 2).then(|| "::".to_owned()));
        entier.extend(mots.iter().filter(|mot| debut.is_empty() || *mot != "self").cloned());
        let suite = if deux_points(branche, fin) { fin + 2 } else { fin };
        match branche.get(suite.min(fin + 2)) {
            Some(TokenTree::Group(_)) => {
                feuilles(&groupe(branche.get(suite), Delimiter::Brace).unwrap_or_default(), &entier, sortie);
            }
            Some(TokenTree::Punct(p)) if p.as_char() == '*' => sortie.push(("*".to_owned(), entier)),
            _ if branche.first().is_some_and(|b| matches!(b, TokenTree::Group(_))) => {
                feuilles(&groupe(branche.first(), Delimiter::Brace).unwrap_or_default(), debut, sortie);
            }
            _ => {
                let alias =
                    (mot(branche.get(fin)).as_deref() == Some("as")).then(|| mot(branche.get(fin + 1))).flatten();
                let nom = alias.or_else(|| entier.last().cloned());
                sortie.extend(nom.filter(|_| !entier.is_empty()).map(|nom| (nom, entier)));
            }
        }
    }
}

impl Lecture<'_> {
    /// Reads a file of the crate as a module, with those that it declares; `dossier` is where its children are.
    fn fichier(&mut self, nom: &str, dossier: &str, parent: usize) -> Option<usize> {
        let (rang, texte) = *self.sources.get(nom)?;
        assert!(self.vus.insert(rang), "{nom} is declared twice");
        let jetons: TokenStream = texte.parse().unwrap_or_else(|e| panic!("{nom}: {e}"));
        let jetons: Vec<TokenTree> = jetons.into_iter().collect();
        Some(self.module(&jetons, rang, dossier, parent))
    }

    fn module(&mut self, jetons: &[TokenTree], fichier: usize, dossier: &str, parent: usize) -> usize {
        let ici = self.modules.len();
        self.modules.push(Module { parent, fichier, ..Module::default() });
        let mut rang = 0;
        while rang < jetons.len() {
            rang = self.element(jetons, rang, ici, dossier);
        }
        ici
    }

    /// Reads the element of a module that begins here; gives where the next one does.
    fn element(&mut self, jetons: &[TokenTree], debut: usize, ici: usize, dossier: &str) -> usize {
        let mut rang = debut;
        let mut essai = false;
        while signe(jetons.get(rang), '#') {
            let inclus = usize::from(signe(jetons.get(rang + 1), '!'));
            let attribut = groupe(jetons.get(rang + 1 + inclus), Delimiter::Bracket).unwrap_or_default();
            let texte: String = attribut.iter().map(ToString::to_string).collect();
            essai |= texte == "cfg(test)" || texte == "test";
            assert!(!texte.starts_with("path"), "a file is where its module says: {texte}");
            rang += 2 + inclus;
            if inclus == 1 {
                return rang;
            }
        }
        let public = mot(jetons.get(rang)).as_deref() == Some("pub");
        rang += usize::from(public);
        rang += usize::from(public && groupe(jetons.get(rang), Delimiter::Parenthesis).is_some());
        while let Some("const" | "async" | "unsafe" | "extern") = mot(jetons.get(rang)).as_deref() {
            let suite = jetons.get(rang + 1);
            let modifie = matches!(suite, Some(TokenTree::Literal(_)))
                || matches!(mot(suite).as_deref(), Some("fn" | "async" | "unsafe" | "extern" | "trait" | "impl"));
            if !modifie {
                break;
            }
            rang += 1 + usize::from(matches!(suite, Some(TokenTree::Literal(_))));
        }
        let genre = mot(jetons.get(rang)).unwrap_or_default();
        let bloc = |jeton: &TokenTree| groupe(Some(jeton), Delimiter::Brace).is_some();
        let jusqu_au_signe = matches!(genre.as_str(), "use" | "type" | "const" | "static" | "let");
        let fin =
            jetons.iter().enumerate().skip(rang).find_map(|(rang, jeton)| {
                (signe(Some(jeton), ';') || (!jusqu_au_signe && bloc(jeton))).then_some(rang)
            });
        let fin = fin.unwrap_or(jetons.len() - 1);
        if essai {
            if genre == "mod" && signe(jetons.get(fin), ';') {
                self.essais.insert(format!("{dossier}{}", mot(jetons.get(rang + 1)).unwrap_or_default()));
            }
            return fin + 1;
        }
        let nom = mot(jetons.get(rang + 1)).unwrap_or_default();
        match genre.as_str() {
            "use" => {
                let mut trouves = Vec::new();
                feuilles(&jetons[rang + 1..fin], &[], &mut trouves);
                for (nom, entier) in trouves {
                    match nom.as_str() {
                        "*" => self.modules[ici].globs.push(entier),
                        _ => self.modules[ici].imports.push((nom, entier, public)),
                    }
                }
            }
            "mod" => {
                let dedans = format!("{dossier}{nom}/");
                let enfant = match groupe(jetons.get(fin), Delimiter::Brace) {
                    Some(corps) => Some(self.module(&corps, self.modules[ici].fichier, &dedans, ici)),
                    None => self
                        .fichier(&format!("{dossier}{nom}.rs"), &dedans, ici)
                        .or_else(|| self.fichier(&format!("{dossier}{nom}/mod.rs"), &dedans, ici)),
                };
                let enfant = enfant.unwrap_or_else(|| panic!("no file for the module {dossier}{nom}"));
                self.modules[ici].enfants.insert(nom, enfant);
            }
            "impl" => {
                let bloc = self.implementation(&jetons[rang + 1..fin], jetons.get(fin));
                self.modules[ici].impls.push(bloc);
                self.modules[ici].corps.push(jetons[debut..=fin].to_vec());
            }
            "macro_rules" => {
                let nom = mot(jetons.get(rang + 2)).unwrap_or_default();
                self.macros.insert(nom.clone(), self.modules[ici].fichier);
                self.modules[ici].definis.insert(nom);
                self.modules[ici].corps.push(jetons[rang + 3..=fin].to_vec());
            }
            "fn" | "struct" | "enum" | "union" | "trait" | "type" | "const" | "static" => {
                self.modules[ici].definis.insert(nom);
                self.modules[ici].corps.push(jetons[debut..=fin].to_vec());
            }
            _ => self.modules[ici].corps.push(jetons[debut..=fin].to_vec()),
        }
        fin + 1
    }

    fn implementation(&self, tete: &[TokenTree], corps: Option<&TokenTree>) -> Impl {
        let mut depart = 0;
        if signe(tete.first(), '<') {
            let mut profondeur = 0;
            let ferme = tete.iter().position(|jeton| {
                profondeur += i32::from(signe(Some(jeton), '<')) - i32::from(signe(Some(jeton), '>'));
                profondeur == 0
            });
            depart = ferme.map_or(tete.len(), |rang| rang + 1);
        }
        let tete = &tete[depart..];
        let pour = |jeton: &TokenTree| mot(Some(jeton)).as_deref() == Some("for");
        let (trait_, type_) = match tete.iter().position(pour) {
            Some(rang) => (Some(tete[..rang].to_vec()), tete[rang + 1..].to_vec()),
            None => (None, tete.to_vec()),
        };
        let corps = groupe(corps, Delimiter::Brace).unwrap_or_default();
        let publique = |rang: usize| {
            let mut avant = corps[..rang].iter().rev().skip_while(|jeton| {
                groupe(Some(jeton), Delimiter::Parenthesis).is_some()
                    || matches!(mot(Some(jeton)).as_deref(), Some("const" | "async"))
            });
            mot(avant.next()).as_deref() == Some("pub")
        };
        let nom =
            |rang: usize| (mot(corps.get(rang)).as_deref() == Some("fn")).then(|| mot(corps.get(rang + 1))).flatten();
        let methodes = (0..corps.len()).filter_map(nom).collect();
        let publiques = (0..corps.len()).filter(|rang| publique(*rang)).filter_map(nom).collect();
        Impl { trait_, type_, methodes, publiques }
    }

    /// What a path of a module leads to; nothing when it leaves the crate.
    fn resoudre(&self, ici: usize, chemin: &[String], fond: usize) -> Vec<Cible> {
        let Some((premier, suite)) = chemin.split_first() else { return vec![Cible::Module(ici)] };
        match premier.as_str() {
            "crate" => self.dans(0, suite, fond),
            "self" => self.dans(ici, suite, fond),
            "super" => {
                let parent = self.modules[ici].parent;
                if suite.first().is_some_and(|mot| mot == "super") {
                    self.resoudre(parent, suite, fond)
                } else {
                    self.dans(parent, suite, fond)
                }
            }
            _ => self.chercher(ici, chemin, fond),
        }
    }

    /// As `chercher`, in a module that is surely of the crate: what is not found there comes out of a macro.
    fn dans(&self, ici: usize, chemin: &[String], fond: usize) -> Vec<Cible> {
        let trouves = self.chercher(ici, chemin, fond);
        if trouves.is_empty() { vec![Cible::Element(self.modules[ici].fichier)] } else { trouves }
    }

    fn chercher(&self, ici: usize, chemin: &[String], fond: usize) -> Vec<Cible> {
        let Some((nom, suite)) = chemin.split_first() else { return vec![Cible::Module(ici)] };
        let module = &self.modules[ici];
        let mut trouves = Vec::new();
        if fond > 24 {
            return trouves;
        }
        if let Some(enfant) = module.enfants.get(nom) {
            trouves = self.dans(*enfant, suite, fond + 1);
            // A function may have the name of a module; only the module has something behind « :: ».
            if !suite.is_empty() {
                return trouves;
            }
        }
        if module.definis.contains(nom) {
            trouves.push(Cible::Element(module.fichier));
        }
        let suivre = |cible: Cible, chemin: &[String]| match cible {
            Cible::Module(autre) => self.dans(autre, chemin, fond + 1),
            element => vec![element],
        };
        for (_, entier, _) in module.imports.iter().filter(|(alias, ..)| alias == nom) {
            trouves.extend(self.resoudre(ici, entier, fond + 1).into_iter().flat_map(|cible| suivre(cible, suite)));
        }
        if trouves.is_empty() {
            for glob in &module.globs {
                for cible in self.resoudre(ici, glob, fond + 1) {
                    match cible {
                        Cible::Module(autre) if autre != ici => trouves.extend(self.chercher(autre, chemin, fond + 1)),
                        _ => {}
                    }
                }
            }
        }
        trouves
    }

    fn relier(&self, graphe: &mut Graphe) {
        let mut appels: BTreeMap<usize, BTreeSet<String>> = BTreeMap::new();
        for (ici, module) in self.modules.iter().enumerate() {
            for (nom, entier, public) in &module.imports {
                // Who takes a re-export is bound to where it is defined; if it is used here too, its name is in the code.
                if !public {
                    self.nommer(graphe, ici, entier, nom);
                }
            }
            for glob in &module.globs {
                self.nommer(graphe, ici, glob, "*");
            }
            for corps in &module.corps {
                self.parcourir(graphe, ici, corps, &mut appels);
            }
        }
        self.relier_les_impls(graphe, &appels);
    }

    fn nommer(&self, graphe: &mut Graphe, ici: usize, chemin: &[String], nom: &str) {
        for cible in self.resoudre(ici, chemin, 0) {
            if let Cible::Element(fichier) = cible {
                graphe.relier(self.modules[ici].fichier, fichier, nom);
            }
        }
    }

    /// The names that a piece of code uses.
    fn parcourir(
        &self,
        graphe: &mut Graphe,
        ici: usize,
        jetons: &[TokenTree],
        appels: &mut BTreeMap<usize, BTreeSet<String>>,
    ) {
        let mut rang = 0;
        while let Some(jeton) = jetons.get(rang) {
            let avant = rang.checked_sub(1).and_then(|r| jetons.get(r));
            let plus_avant = rang.checked_sub(2).and_then(|r| jetons.get(r));
            match jeton {
                TokenTree::Group(g) => {
                    let dedans: Vec<TokenTree> = g.stream().into_iter().collect();
                    let attribut = g.delimiter() == Delimiter::Bracket && signe(avant, '#');
                    if attribut {
                        self.attribut(graphe, ici, &dedans);
                    }
                    if !(attribut && mot(dedans.first()).as_deref() == Some("doc")) {
                        self.parcourir(graphe, ici, &dedans, appels);
                    }
                    rang += 1;
                }
                TokenTree::Ident(_) if signe(avant, '.') && !signe(plus_avant, '.') => {
                    if groupe(jetons.get(rang + 1), Delimiter::Parenthesis).is_some() || deux_points(jetons, rang + 1) {
                        appels.entry(self.modules[ici].fichier).or_default().extend(mot(Some(jeton)));
                    }
                    rang += 1;
                }
                TokenTree::Ident(_)
                    if mot(Some(jeton)).as_deref() == Some("use") && !signe(jetons.get(rang + 1), '<') =>
                {
                    let fin =
                        jetons.iter().skip(rang).position(|j| signe(Some(j), ';')).map_or(jetons.len(), |n| rang + n);
                    let mut trouves = Vec::new();
                    feuilles(&jetons[rang + 1..fin], &[], &mut trouves);
                    for (nom, entier) in &trouves {
                        self.nommer(graphe, ici, entier, nom);
                        // Which of its names the rest of a body takes is not followed: it may be any.
                        for cible in self.resoudre(ici, entier, 0).into_iter().filter(|_| nom == "*") {
                            if let Cible::Module(autre) = cible {
                                graphe.relier(self.modules[ici].fichier, self.modules[autre].fichier, "*");
                            }
                        }
                    }
                    rang = fin + 1;
                }
                TokenTree::Ident(_) => {
                    let (mots, fin) = chemin(jetons, rang);
                    let suite_d_un_type = signe(avant, ':') && signe(plus_avant, ':');
                    let defini = matches!(mot(avant).as_deref(), Some("fn"));
                    let champ = mots.len() == 1 && signe(jetons.get(fin), ':') && !deux_points(jetons, fin);
                    if suite_d_un_type && mots.len() == 1 {
                        appels.entry(self.modules[ici].fichier).or_default().extend(mots.iter().cloned());
                    }
                    if !(signe(avant, '\'') || suite_d_un_type || defini || champ) {
                        self.chemin_du_code(graphe, ici, &mots, signe(jetons.get(fin), '!'));
                        appels.entry(self.modules[ici].fichier).or_default().extend(mots.iter().skip(1).cloned());
                    }
                    rang = fin;
                }
                _ => rang += 1,
            }
        }
    }

    fn chemin_du_code(&self, graphe: &mut Graphe, ici: usize, mots: &[String], macro_: bool) {
        let trouves = self.resoudre(ici, mots, 0);
        let dit = mots.join("::");
        for cible in &trouves {
            if let Cible::Element(fichier) = cible {
                graphe.relier(self.modules[ici].fichier, *fichier, &dit);
            }
        }
        if let (true, true, Some(fichier)) = (macro_, trouves.is_empty(), mots.last().and_then(|m| self.macros.get(m)))
        {
            graphe.relier(self.modules[ici].fichier, *fichier, &dit);
        }
    }

    /// `#[serde(with = "super::dates")]`: a text of an attribute may be a path.
    fn attribut(&self, graphe: &mut Graphe, ici: usize, jetons: &[TokenTree]) {
        if mot(jetons.first()).as_deref() == Some("doc") {
            return;
        }
        for jeton in jetons {
            match jeton {
                TokenTree::Group(g) => self.attribut(graphe, ici, &g.stream().into_iter().collect::<Vec<_>>()),
                TokenTree::Literal(texte) => {
                    let texte = texte.to_string();
                    let texte = texte.trim_matches('"');
                    if texte.contains("::") || self.modules[ici].definis.contains(texte) {
                        let mots: Vec<String> = texte.split("::").map(|m| m.trim().to_owned()).collect();
                        let propre = |m: &String| !m.is_empty() && m.chars().all(|c| c.is_alphanumeric() || c == '_');
                        if mots.iter().all(propre) {
                            self.chemin_du_code(graphe, ici, &mots, false);
                        }
                    }
                }
                _ => {}
            }
        }
    }

    /// The file of the first name of the crate in the tokens of a type.
    fn fichier_du_type(&self, ici: usize, jetons: &[TokenTree]) -> Option<usize> {
        let mut rang = 0;
        while rang < jetons.len() {
            if mot(jetons.get(rang)).is_some() && !(rang > 0 && signe(jetons.get(rang - 1), '\'')) {
                let (mots, fin) = chemin(jetons, rang);
                let cible = self.resoudre(ici, &mots, 0).into_iter().find_map(|cible| match cible {
                    Cible::Element(fichier) => Some(fichier),
                    Cible::Module(_) => None,
                });
                if cible.is_some() {
                    return cible;
                }
                rang = fin;
            } else if let Some(TokenTree::Group(g)) = jetons.get(rang) {
                let dedans: Vec<TokenTree> = g.stream().into_iter().collect();
                if let Some(fichier) = self.fichier_du_type(ici, &dedans) {
                    return Some(fichier);
                }
                rang += 1;
            } else {
                rang += 1;
            }
        }
        None
    }

    /// A method that a file adds to the type of another is needed by who calls it, though no path says so.
    fn relier_les_impls(&self, graphe: &mut Graphe, appels: &BTreeMap<usize, BTreeSet<String>>) {
        let mut definitions: BTreeMap<&str, usize> = BTreeMap::new();
        for impl_ in self.modules.iter().flat_map(|module| &module.impls) {
            impl_.methodes.iter().for_each(|nom| *definitions.entry(nom).or_default() += 1);
        }
        for (ici, module) in self.modules.iter().enumerate() {
            for impl_ in &module.impls {
                let Some(type_) = self.fichier_du_type(ici, &impl_.type_) else { continue };
                if type_ == module.fichier {
                    continue;
                }
                if let Some(trait_) = &impl_.trait_ {
                    if self.fichier_du_type(ici, trait_) != Some(module.fichier) {
                        let nom = |jetons: &[TokenTree]| jetons.iter().map(ToString::to_string).collect::<String>();
                        graphe.a_l_ecart.push(format!(
                            "{}: impl {} for {}",
                            graphe.fichiers[module.fichier],
                            nom(trait_),
                            nom(&impl_.type_)
                        ));
                    }
                    continue;
                }
                for methode in &impl_.publiques {
                    for (fichier, _) in appels.iter().filter(|(_, noms)| noms.contains(methode)) {
                        let connait = *fichier == type_ || graphe.aretes.contains_key(&(*fichier, type_));
                        if connait || definitions.get(methode.as_str()) == Some(&1) {
                            graphe.relier(*fichier, module.fichier, &format!(".{methode}()"));
                        }
                    }
                }
            }
        }
    }
}
