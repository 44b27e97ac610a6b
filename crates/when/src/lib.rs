//! Time expressions to TIMEX3 values.

use dateline_lexicon::{LexiconError, Lexicons};

/// Time expressions to TIMEX3 values.
#[derive(Debug)]
pub struct TimeReader {}

impl TimeReader {
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
        _published: Option<jiff::civil::Date>,
    ) -> Vec<dateline_account::Time> {
        Vec::new()
    }
}
