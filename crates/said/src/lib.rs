//! Claims: source, cue, content.

use dateline_lexicon::{LexiconError, Lexicons};

/// Claims: source, cue, content.
#[derive(Debug)]
pub struct ClaimReader {}

impl ClaimReader {
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
        _entities: &[dateline_account::Entity],
        _times: &[dateline_account::Time],
    ) -> Vec<dateline_account::Claim> {
        Vec::new()
    }
}
