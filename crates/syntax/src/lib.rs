//! Sentences, words, lemmas, tags, trees, names and attribution labels.
mod doc;

pub use doc::{Attribution, Doc, Name, NameKind, Token, Upos};

mod model;
pub use model::{Model, ModelError};
