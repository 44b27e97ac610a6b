//! Sentences, words, lemmas, tags, trees, names and attribution labels of an
//! English text, by one small network in pure Rust.
//!
//! [`Model::read`] gives a [`Doc`]: the layer that every later room stands on.
//! There are two models: [`Model::swift`], which reads most words a second, and
//! [`Model::fine`], which puts a fine-tuned MiniLM encoder in front of the same
//! network.
//! Words, tags and trees follow Universal Dependencies v2; names and
//! values have the kinds of OntoNotes 5; attributions follow PolNeAR (Newell et al.
//! 2018). How the network is made: `train/`.

mod arcs;
#[cfg(test)]
mod damage;
mod doc;
mod error;
mod features;
mod file;
mod model;
mod named;
mod network;
pub mod tokenizer;

pub use arcs::Arcs;
pub use doc::{Attribution, Doc, Name, NameKind, Token, Upos, Value};
pub use error::ModelError;
pub use model::Model;
#[cfg(feature = "measure")]
pub use network::measure;
