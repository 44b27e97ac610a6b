//! Toponyms to coordinates.

use dateline_lexicon::{LexiconError, Lexicons};

/// Toponyms to coordinates.
#[derive(Debug)]
pub struct PlaceReader {}

impl PlaceReader {
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
        _article: &dateline_account::Article,
    ) -> Vec<dateline_account::Place> {
        Vec::new()
    }
}
