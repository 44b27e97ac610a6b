//! Bytes to articles.
//!
//! An [`Input`] is a file, a folder or standard input; [`Input::open`] gives
//! its articles one by one, so that memory is bounded by the articles in flight
//! and never by the corpus. What an input is ([`Format`]) is told by its first
//! bytes, else by its name: plain text, an HTML page, JSONL and JSON, a table,
//! a feed, a web archive, each of them also packed with gzip or zstd. What
//! cannot be read is an [`IntakeError`] that names the file, the place in it
//! and the cure, and the articles after it still come.
//!
//! [`Input::drafts`] gives articles as they stand in the input, for those who
//! make them on many threads; [`sent`] makes one whose bytes are at hand. [`language`] tells English from other languages.

#![cfg_attr(
    not(feature = "html"),
    allow(dead_code, unused_imports, reason = "what only pages and web archives need")
)]

mod columns;
mod decode;
mod draft;
mod error;
mod feed;
mod folder;
mod format;
mod html;
mod http;
mod iso639;
mod jsonl;
mod language;
mod markup;
mod published;
mod record;
mod sent;
mod source;
mod table;
mod unpack;
mod warc;

pub use columns::{Columns, Field};
pub use decode::{Decoded, decode};
pub use draft::{Draft, Left, Taken};
pub use error::{IntakeError, NotText, Problem, Spot, Where};
pub use format::Format;
pub use language::language;
pub use published::published;
pub use sent::sent;
pub use source::{Articles, Defaults, Drafts, Input, MAX_INPUT_BYTES, Options};

use dateline_account::Article;

/// An article as it came in, and what a reader should know of how it came.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Record {
    /// The article, its publication date in the account's notation.
    pub article: Article,
    /// Plain sentences for the account's notes that a person should know at
    /// once: guessed encoding, a date that was set aside.
    pub notes: Vec<String>,
    /// Plain sentences for the account's notes on where the text is from, when
    /// the input holds more than the text: the tags of a page.
    pub origin: Vec<String>,
}
