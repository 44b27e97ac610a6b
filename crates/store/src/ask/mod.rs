//! Asking a store.
//!
//! A [`Question`] says what is wanted; the answers come newest first, at most
//! so many, each with the words it stands on. Rows are looked through in the
//! order of publication and reading stops when there are enough, so that an
//! answer takes milliseconds whatever the size of the store.

mod actors;
mod acts;
mod after;
pub(crate) mod articles;
pub(crate) mod claims;
mod disputes;
pub(crate) mod events;
pub(crate) mod incidents;
mod links;
mod named;
mod network;
mod places;
mod single;
mod spread;
mod sql;
mod wanted;

pub use actors::{ActorRow, CoActor, Page};
pub use acts::{Act, Side};
pub use after::{After, Place};
pub use articles::ArticleRow;
pub use claims::ClaimRow;
pub use disputes::DisputeRow;
pub use events::EventRow;
pub use incidents::{Difference, IncidentRow, ReportRow, Value, Voice};
pub use links::Links;
pub use network::{Edge, Network, Node};
pub use places::PlaceRow;
pub use single::{Interrupter, Size};
pub use spread::Spread;
pub use sql::Table;
pub(crate) use wanted::{Wanted, about, words};

use schemars::JsonSchema;
use serde::Serialize;

/// What is wanted. What is not set does not matter.
#[derive(Debug, Clone, Default)]
pub struct Question {
    /// Key of the article.
    pub article: Option<String>,
    /// Who says it: all words of a name or role, or `#12` for the actor of that
    /// row, as in all that take a name.
    pub by: Option<String>,
    /// Words that stand in the quotation or its sentence, or begin a word
    /// there; of people, words of their names.
    pub about: Option<String>,
    /// PLOVER type of the event.
    pub kind: Option<String>,
    /// Who acts: the beginning of a code (`USA`, `USAGOV`), or a name.
    pub actor: Option<String>,
    /// Who is acted upon, in the same way.
    pub recipient: Option<String>,
    /// Stance of the claim.
    pub stance: Option<String>,
    /// First day.
    pub since: Option<String>,
    /// Last day.
    pub until: Option<String>,
    /// Name of a place, or of a country with all its places.
    pub place: Option<String>,
    /// Publisher.
    pub outlet: Option<String>,
    /// Whether rows of reprints are wanted, too. They are where an outlet is
    /// asked for.
    pub copies: bool,
    /// Full-text query on the articles, in the syntax of FTS5.
    pub text: Option<String>,
    /// Only what comes after this row of the answer.
    pub after: Option<After>,
    /// Most answers.
    pub limit: usize,
}

/// Somebody, as the store knows them.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
pub struct Who {
    /// Row of `actors`, where the store knows them in more than one article.
    pub id: Option<i64>,
    /// Name, or a description.
    pub name: String,
    /// PLOVER code.
    pub code: Option<String>,
}
