//! Mentions, coreference, roles and actor codes.

use dateline_lexicon::{LexiconError, Lexicons};

/// Mentions, coreference, roles and actor codes.
#[derive(Debug)]
pub struct EntityReader {}

impl EntityReader {
    /// Loads the lexicons of this room.
    ///
    /// # Errors
    /// A mistake in a lexicon, with its file and line.
    pub fn new(_lexicons: &Lexicons) -> Result<Self, LexiconError> {
        Ok(Self {})
    }

    /// Reads them.
    pub fn read(
        &self,
        _doc: &dateline_syntax::Doc<'_>,
        _places: &[dateline_account::Place],
        _published: Option<jiff::civil::Date>,
    ) -> Vec<dateline_account::Entity> {
        Vec::new()
    }
}
