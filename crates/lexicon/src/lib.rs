//! The lexicons: what a political scientist would want to correct, as data.
//!
//! Each lexicon is a TSV file of the folder `lexicon/`: lines that begin with
//! `#` are comments, the first other line is the header, every row has as many
//! cells as the header, an empty cell is allowed. The files are built into the
//! program; a folder of the user's own may replace any of them by a file of the
//! same name ([`Lexicons::with_folder`]), or add rows to it by `NAME.more.tsv`.
//! The tables that say what events are may be those of another ontology than
//! PLOVER ([`Lexicons::with_ontology`]).
//!
//! ```
//! use dateline_lexicon::Table;
//! let table = Table::parse("roles.tsv", "role\tsector\nmayor\tGOV\n", &["role", "sector"])?;
//! assert_eq!(table.rows().next().unwrap().get("sector"), "GOV");
//! # Ok::<(), dateline_lexicon::LexiconError>(())
//! ```

mod files;
mod folder;
mod map;
mod ontology;
mod problems;
mod table;

pub use files::{LexiconFile, Lexicons};
pub use map::{Map, Quick, entry};
pub use ontology::ONTOLOGY;
pub use problems::{Keys, Problem, Problems, Severity};
pub use table::{Place, Row, Table};

/// The columns of `countries.tsv`, which two rooms read.
pub const COUNTRY_COLUMNS: [&str; 14] = [
    "alpha3",
    "alpha2",
    "name",
    "aliases",
    "abbreviations",
    "demonyms",
    "capital",
    "lat",
    "lon",
    "geonames",
    "feature",
    "population",
    "until",
    "successors",
];

/// What is wrong with a lexicon, and where.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{file}, line {line}: {reason}")]
pub struct LexiconError {
    /// File name.
    pub file: String,
    /// Line, from 1.
    pub line: usize,
    /// What is wrong and how to mend it.
    pub reason: String,
}
