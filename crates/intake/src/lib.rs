//! Bytes to articles.
//!
//! An [`Input`] is a file or standard input; [`Input::open`] gives its articles
//! one by one, so that memory is bounded by the articles in flight and never by
//! the corpus. A plain text is one article; JSONL has one a line, with the
//! fields `id`, `text`, `title`, `published`, `outlet`, `url` and `byline`, all
//! but `text` optional. What cannot be read is an [`IntakeError`] that names
//! the file, the line and the cure, and the articles after it still come.
//!
//! [`language`] tells English from other languages.

mod decode;
mod error;
mod iso639;
mod jsonl;
mod language;
mod published;
mod record;
mod source;

pub use decode::{Decoded, decode};
pub use error::{IntakeError, NotText, Problem, Where};
pub use language::language;
pub use published::published;
pub use source::{Articles, Defaults, Input, MAX_INPUT_BYTES};

use dateline_account::Article;

/// An article as it came in, and what a reader should know of how it came.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Record {
    /// The article, its publication date in the account's notation.
    pub article: Article,
    /// Plain sentences for the account's notes: guessed encoding, a date that
    /// was set aside.
    pub notes: Vec<String>,
}
