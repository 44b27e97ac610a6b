//! Placeholder until the trained network is in.
use crate::Doc;
use dateline_account::TextIndex;

/// What is wrong with a model file.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct ModelError(pub String);

/// The reading network.
#[derive(Debug)]
pub struct Model {}

impl Model {
    /// The built-in model.
    ///
    /// # Errors
    /// A damaged file.
    pub fn embedded() -> Result<Self, ModelError> {
        Ok(Self {})
    }

    /// Reads a text.
    pub fn read<'t>(&self, text: &'t str) -> Doc<'t> {
        Doc {
            text,
            index: TextIndex::new(text),
            tokens: Vec::new(),
            sentences: Vec::new(),
            paragraphs: Vec::new(),
            names: Vec::new(),
            attributions: Vec::new(),
        }
    }
}
