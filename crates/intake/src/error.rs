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

/// The place of a problem: a file, and a line of it where that is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Where {
    /// Path as it was given, or `standard input`.
    pub name: String,
    /// Line, from 1.
    pub line: Option<u64>,
}

impl fmt::Display for Where {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            Some(line) => write!(f, "{}, line {line}", self.name),
            None => f.write_str(&self.name),
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
    /// A folder where a file is needed.
    #[error("this is a folder; name the files in it, for example '{0}'")]
    Folder(String),
    /// The operating system said no.
    #[error("cannot be read: {0}")]
    Io(#[from] std::io::Error),
    /// Not text.
    #[error("this is {}, not plain text; {}", .0.what, .0.cure)]
    NotText(NotText),
    /// More bytes than one file or line may have.
    #[error("more than {} MB in one {unit}, which is the limit; split it into articles", .limit >> 20)]
    TooLarge {
        /// `file` or `line`.
        unit: &'static str,
        /// Bytes allowed.
        limit: u64,
    },
    /// Not JSON, or a field of the wrong kind.
    #[error("this is not a record of an article: {0}")]
    Json(String),
    /// A record without a text.
    #[error(
        "the record has no 'text'; each line needs one, as in {{\"id\": \"a1\", \"text\": \"...\", \"published\": \"2024-05-08\"}}"
    )]
    NoText,
}

/// What a file is when it is not text, and what to do about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotText {
    /// With its article: `a PDF document`.
    pub what: &'static str,
    /// A half sentence.
    pub cure: &'static str,
}
