//! What can be wrong with an input, each with its cure.

use std::fmt;

/// An input, or one record of it, that could not be read.
#[derive(Debug, thiserror::Error)]
#[error("{place}: {problem}")]
pub struct IntakeError {
    /// Where.
    pub place: Where,
    /// What is wrong.
    pub problem: Problem,
}

/// The place of a problem: a file, and a spot in it where that is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Where {
    /// Path as it was given, or `standard input`.
    pub name: String,
    /// Where in it.
    pub spot: Option<Spot>,
}

/// A spot of an input, each counted from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Spot {
    /// A line.
    Line(u64),
    /// A record of a WARC file.
    Record(u64),
    /// An entry of a feed.
    Entry(u64),
}

impl Where {
    pub(crate) fn whole(name: &str) -> Self {
        Self { name: name.to_owned(), spot: None }
    }

    pub(crate) fn at(name: &str, spot: Spot) -> Self {
        Self { name: name.to_owned(), spot: Some(spot) }
    }
}

impl fmt::Display for Where {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.spot {
            None => f.write_str(&self.name),
            Some(Spot::Line(line)) => write!(f, "{}, line {line}", self.name),
            Some(Spot::Record(record)) => write!(f, "{}, record {record}", self.name),
            Some(Spot::Entry(entry)) => write!(f, "{}, entry {entry}", self.name),
        }
    }
}

/// What is wrong with an input.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Problem {
    /// Nothing there.
    #[error("there is no such file; check the spelling, or give '-' to read standard input")]
    Missing,
    /// A folder without a file of a known kind.
    #[error(
        "this folder has no file that by its name is of a known kind ({}); name the files in it, \
         or say with --from what they are", .0
    )]
    NoArticles(String),
    /// The operating system said no, or packed bytes are damaged.
    #[error("cannot be read: {0}")]
    Io(#[from] std::io::Error),
    /// Not text.
    #[error("this is {}, not plain text; {}", .0.what, .0.cure)]
    NotText(NotText),
    /// More bytes than one file, line or page may have.
    #[error("more than {} MB in one {unit}, which is the limit; {}", .limit >> 20, cure(unit))]
    TooLarge {
        /// `file`, `line`, `row`, `page` or `feed`.
        unit: &'static str,
        /// Bytes allowed.
        limit: u64,
    },
    /// Not JSON, or a field of the wrong kind.
    #[error("this is not a record of an article: {0}")]
    Json(String),
    /// A record without a text.
    #[error(
        "the record has no '{0}'; each line needs one, as in {{\"id\": \"a1\", \"text\": \"...\", \
         \"published\": \"2024-05-08\"}}; --columns text=NAME says what another name is"
    )]
    NoText(String),
    /// A table without the column that is to be read.
    #[error("the table has no column '{column}', its columns are {columns}; {}", mapping(field))]
    NoColumn {
        /// What is looked for.
        column: String,
        /// The field of an article that it is to hold.
        field: &'static str,
        /// What there is.
        columns: String,
    },
    /// A row that ends before its text.
    #[error("the row has {cells} cells, and the text is in column {column}; mend or delete it")]
    ShortRow {
        /// How many cells it has.
        cells: usize,
        /// The column of the text, from 1.
        column: usize,
    },
    /// A page without main text.
    #[error(
        "no article was found in this page; save its text as plain text, or name the page of one \
         article"
    )]
    NoMainText,
    /// A feed that is none, or has no entries.
    #[error("this feed has no entries; give an RSS or Atom feed, or say with --from what it is")]
    NoEntries,
    /// A record of a WARC file that is not as it must be.
    #[error("{0}; it was left out, reading went on at the next record")]
    Record(String),
    /// A format that this build leaves out.
    #[error("this dateline was built without {0}; build it with the feature 'html'")]
    LeftOut(&'static str),
}

fn cure(unit: &str) -> &'static str {
    match unit {
        "row" => "look for a quotation mark that is never closed, or split it into articles",
        "page" => "save the article's text alone",
        _ => "split it into articles",
    }
}

fn mapping(field: &str) -> String {
    format!("say which one holds it with --columns {field}=COLUMN")
}

/// What a file is when it is not text, and what to do about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotText {
    /// With its article: `a PDF document`.
    pub what: &'static str,
    /// A half sentence.
    pub cure: &'static str,
}
