//! Where words come from → a mark that Typst carries along with them to the page, unseen.
//!
//! Each glyph that Typst draws names the place of a source that it stands for, for the messages of a compiler. The words of
//! a preview are given the place of what they say instead: a link, or any other element around them, would be shaped
//! apart and could move the line. A mark is a digest, the same from one preview to the next: what has not changed is
//! not drawn again.

use std::num::NonZeroU64;
use std::sync::LazyLock;

use typst::diag::SourceResult;
use typst::foundations::{Args, CastInfo, Content, NativeElement, NativeFuncData, NativeFuncPtr, Scope, Value};
use typst::syntax::{FileId, RootedPath, Span, VirtualPath, VirtualRoot};
use typst::text::TextElem;
use typst::utils::hash128;

use crate::document::Origine;

/// Before the file and the line of a clause: no pointer begins so.
const CLAUSE: &str = "clause:";

/// The file that marks pretend to stand in; nothing reads it.
static FICHIER: LazyLock<FileId> = LazyLock::new(|| {
    let chemin = VirtualPath::new("reperes").expect("a plain name");
    RootedPath::new(VirtualRoot::Project, chemin).intern()
});

/// Where a number stands in a `Span`: the file on the high bits; numbers of a source are below 2^47.
const BITS_DU_NOMBRE: u32 = 48;
const NOMBRES: u64 = (1 << 46) - 2;

/// What the words of a clause are marked with.
pub fn de_la_clause(origine: &Origine) -> String {
    format!("{CLAUSE}{}:{}", origine.fichier, origine.ligne)
}

/// The clause that a mark stands for: its file and its line.
pub fn clause(repere: &str) -> Option<Origine> {
    let (fichier, ligne) = repere.strip_prefix(CLAUSE)?.rsplit_once(':')?;
    Some(Origine { fichier: fichier.to_owned(), ligne: ligne.parse().ok()? })
}

/// The place that stands for a mark.
pub fn place(repere: &str) -> Span {
    let nombre = 2 + hash128(repere) as u64 % NOMBRES;
    let fichier = u64::from(FICHIER.into_raw().get());
    Span::from_raw(NonZeroU64::new((fichier << BITS_DU_NOMBRE) | nombre).unwrap_or(NonZeroU64::MIN))
}

/// Whether a place stands for a mark.
pub fn est_repere(place: Span) -> bool {
    place.id() == Some(*FICHIER)
}

/// What `dossier.typ` calls: `repere(texte, pointeur)`, the text under its mark.
pub static FONCTION: NativeFuncData = NativeFuncData {
    function: NativeFuncPtr(&|_, _, args| marquer(args)),
    name: "repere",
    title: "Repère",
    docs: "A text under the mark of the place that it comes from.",
    def_site: None,
    keywords: &[],
    contextual: false,
    scope: LazyLock::new(&Scope::new),
    params: LazyLock::new(&Vec::new),
    returns: LazyLock::new(&|| CastInfo::Any),
};

fn marquer(args: &mut Args) -> SourceResult<Value> {
    let texte: typst::foundations::Str = args.expect("texte")?;
    let repere: typst::foundations::Str = args.expect("pointeur")?;
    let contenu: Content = TextElem::new(texte.as_str().into()).pack();
    Ok(Value::Content(contenu.spanned(place(&repere))))
}

#[cfg(test)]
mod tests {
    //! A mark leads to where words come from, and to nothing else.

    use super::*;

    #[test]
    fn a_place_is_that_of_one_mark() {
        let pointeurs: Vec<String> = (0..100_000).map(|n| format!("/moyens/budgets/{n}/depenses")).collect();
        let mut places: Vec<u64> = pointeurs.iter().map(|p| place(p).into_raw().get()).collect();
        assert!(pointeurs.iter().all(|p| est_repere(place(p))));
        assert!(!est_repere(Span::detached()));
        places.sort_unstable();
        places.dedup();
        assert_eq!(places.len(), pointeurs.len());
    }

    #[test]
    fn the_mark_of_a_clause_is_read_back() {
        let origine = Origine { fichier: "paca/socle/a:b.md".to_owned(), ligne: 12 };
        assert_eq!(clause(&de_la_clause(&origine)), Some(origine));
        assert_eq!(clause("/parties/0"), None);
    }
}
