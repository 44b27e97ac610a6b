//! PLOVER events.

use dateline_lexicon::{LexiconError, Lexicons};

/// PLOVER events.
#[derive(Debug)]
pub struct EventReader {}

impl EventReader {
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
        _places: &[dateline_account::Place],
        _claims: &[dateline_account::Claim],
        _published: Option<jiff::civil::Date>,
    ) -> Vec<dateline_account::Event> {
        Vec::new()
    }
}
