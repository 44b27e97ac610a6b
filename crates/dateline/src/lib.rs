//! Read a news article into an account that can be checked.
//!
//! ```
//! use dateline::{Article, Reader};
//! let reader = Reader::new()?;
//! let article = Article::new("a1", "The minister met reporters on Monday.").published("2024-05-08");
//! let account = reader.read(&article)?;
//! assert_eq!(account.times[0].value, "2024-05-06");
//! # Ok::<(), dateline::Error>(())
//! ```

mod demonyms;
mod prune;
mod reader;
mod seats;
mod tokens;
mod voices;

pub use dateline_account::*;
pub use dateline_did::Notation;
pub use dateline_intake as intake;
pub use dateline_lexicon::{
    LexiconError, LexiconFile, Lexicons, ONTOLOGY, Problem, Problems, Severity,
};
pub use dateline_places::{Build as GazetteerBuild, BuildError, Gazetteer, GazetteerError, Packed};
pub use dateline_syntax::{Model, ModelError};
pub use reader::{Error, Reader, ReaderBuilder, check_lexicons};
pub use tokens::conllu;
