//! The command line of the commands over a store.

use crate::args::InputArgs;
use clap::Args;
use std::path::PathBuf;

pub const ADD_EXAMPLES: &str = "\
Examples:
  dateline add --store news.db articles.jsonl
        read an archive into the store news.db, which is made if it is not there
  find archive -name '*.txt' | dateline add --store news.db --files-from -
        files listed one a line
  dateline add --store news.db today.jsonl --replace
        with corrected articles instead of those of the same id
  sqlite3 -readonly news.db 'SELECT speaker, quote FROM claims LIMIT 5'
        docs/schema.md describes the tables";

pub const ADD_MANNERS: &str = "\
Input and messages are those of dateline read (see its --help). Articles that are not English,
empty or too long are counted and not added.

It may be killed at any moment: run the same command again, and the store will hold what it would
have held. An article that is in the store already is passed over. One whose id is that of another
article is not added, and named; give it another id, or take --replace. Readers need not wait.

Exit status:
  0  everything was added or is there
  1  an internal error
  2  the command line, a lexicon, a gazetteer or the model is wrong; nothing was read
  3  some inputs could not be read; the others were added
  4  some articles were not added because others have their ids
  5  not a store, a damaged one, one of a newer dateline, or it may not be written
  6  another process is writing to the store
  7  the disk is full; what was added before is safe";

pub const CHECK_MANNERS: &str = "\
One line a problem, and a line that says how much was looked at.

Exit status: 0 sound, 2 the command line is wrong, 5 not a store, or not a sound one.";

/// Arguments of `dateline add`.
#[derive(Debug, Args)]
pub struct AddArgs {
    /// The store, one SQLite file; it is made if it is not there
    #[arg(long, value_name = "FILE")]
    pub store: PathBuf,

    /// Read the files that are named in FILE, one a line; '-' for standard input
    #[arg(long, value_name = "FILE", conflicts_with = "inputs")]
    pub files_from: Option<PathBuf>,

    /// Put an article in the place of another of the same id
    #[arg(long)]
    pub replace: bool,

    #[command(flatten)]
    #[allow(missing_docs)]
    pub input: InputArgs,
}

/// Arguments of `dateline remove`.
#[derive(Debug, Args)]
pub struct RemoveArgs {
    /// The store
    #[arg(long, value_name = "FILE")]
    pub store: PathBuf,

    /// Ids of the articles
    #[arg(value_name = "ID", required = true)]
    pub ids: Vec<String>,
}

/// Arguments of `dateline check`.
#[derive(Debug, Args)]
pub struct CheckArgs {
    /// The store
    #[arg(long, value_name = "FILE")]
    pub store: PathBuf,
}
