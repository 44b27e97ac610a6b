//! A place name in the text, before it is resolved.

use crate::candidate::Candidate;
use dateline_account::{PlaceForm, Span};

/// A place name in the text with what it could mean.
#[derive(Debug)]
pub(crate) struct Mention<'r> {
    pub span: Span,
    /// Mentions of one key mean one place, unless the text says otherwise.
    pub key: String,
    pub form: PlaceForm,
    /// Empty for a name that nothing is known of.
    pub candidates: Vec<Candidate<'r>>,
    /// Feature of a site, area or street that is itself not listed; the
    /// candidates are then those of the place in its name.
    pub unlisted: Option<&'r str>,
    /// How much it counts for what the other names mean: 1, more where the
    /// article says by it where it was written.
    pub weight: f64,
}

/// A mention with the number of the piece after it.
pub(crate) type Found<'r> = Option<(Mention<'r>, usize)>;
