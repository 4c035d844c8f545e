//! What is asked of a PDF beside its words.

/// What can be added to a definitive text for its signature.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Options {
    /// One field of initials per page and signatory.
    pub paraphes: bool,
    /// Text tags that a signing service reads, unseen in print.
    pub balises: Option<Balises>,
}

/// The services whose text tags are known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Balises {
    Docuseal,
    Documenso,
}
