//! The command line of the commands over a store.

use crate::args::{Color, InputArgs};
use clap::{Args, ValueEnum};
use std::path::PathBuf;

pub const ADD_EXAMPLES: &str = "\
Examples:
  dateline add --store news.db articles.jsonl
        read an archive into the store news.db, which is made if it is not there
  dateline add --store news.db archive/ CC-NEWS-20240508.warc.gz
        folders, pages, tables, feeds and web archives: docs/intake.md
  find archive -name '*.txt' | dateline add --store news.db --files-from -
        files listed one a line
  dateline add --store news.db today.jsonl --replace
        with corrected articles instead of those of the same id
  sqlite3 -readonly news.db 'SELECT speaker, quote FROM quotations LIMIT 5'
        docs/schema.md describes the tables";

pub const ADD_MANNERS: &str = "\
Input and messages are those of dateline read (see its --help). Articles that are not English,
empty or too long are counted and not added. The text that is kept is the one that spans count in,
for a page its main text; the notes of the article say so.

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

pub const FIND_EXAMPLES: &str = "\
Examples:
  dateline find claims --store news.db --by lavrov --about ceasefire
        everything that he said about it, newest first
  dateline find events --store news.db --type retreat --actor USA --recipient SYR
        who withdrew from where
  dateline find incidents --store news.db --place Syria --since 2018-12 --format jsonl
        each incident once, with its reports, who asserts and who denies it
  dateline find people --store news.db --about minister
        who is called so, those of most articles first
  dateline find articles --store news.db --text 'border NEAR troops'
        by a full-text query, as SQLite's FTS5 has them";

pub const FIND_MANNERS: &str = "\
Rows come newest first, at most --limit of them; people come by the number of their articles.
--actor and --recipient take the beginning of a code (USA, USAGOV) or a name; a name is words of
somebody's names and roles, without capitals and accents. Of events, --by is who tells of them.
Days may be months or years: --since 2018-12 --until 2019.

Exit status: 0 answered, also with nothing; 2 the command line is wrong; 5 no store, 6 it is busy.";

/// Arguments of `dateline find`.
#[derive(Debug, Args)]
pub struct FindArgs {
    /// What to look for
    #[arg(value_enum)]
    pub what: What,

    #[command(flatten)]
    #[allow(missing_docs)]
    pub question: QuestionArgs,

    #[command(flatten)]
    #[allow(missing_docs)]
    pub answer: AnswerArgs,

    /// Of people: bodies, groups and places, too
    #[arg(long)]
    pub all: bool,
}

/// What can be looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum What {
    /// Who said what
    Claims,
    /// Who did what to whom, as each article tells it
    Events,
    /// The same, each once, with all its reports
    Incidents,
    /// Who is named, in how many articles
    People,
    /// Articles
    Articles,
}

/// What is wanted, for every command that asks or exports.
#[derive(Debug, Args)]
pub struct WantedArgs {
    /// Said by this person or body
    #[arg(long, value_name = "NAME")]
    pub by: Option<String>,

    /// With these words, or words that begin so; of people, in their names
    #[arg(long, value_name = "NAME|WORDS")]
    pub about: Option<String>,

    /// Events of this type, PLOVER's or one that the store has of another ontology
    #[arg(long = "type", value_name = "TYPE", value_parser = event_type)]
    pub kind: Option<String>,

    /// Who acts: a code (USA, USAGOV) or a name
    #[arg(long, value_name = "CODE|NAME")]
    pub actor: Option<String>,

    /// Who is acted upon: a code or a name
    #[arg(long, value_name = "CODE|NAME")]
    pub recipient: Option<String>,

    /// Claims of this stance: assert, deny, promise, ...
    #[arg(long, value_name = "STANCE")]
    pub stance: Option<String>,

    /// From this day, month or year on
    #[arg(long, value_name = "DATE", value_parser = first_day)]
    pub since: Option<String>,

    /// Up to this day, month or year
    #[arg(long, value_name = "DATE", value_parser = last_day)]
    pub until: Option<String>,

    /// In this place or country
    #[arg(long, value_name = "NAME")]
    pub place: Option<String>,

    /// Published by
    #[arg(long, value_name = "NAME")]
    pub outlet: Option<String>,

    /// Reprints, too; with --outlet they are always listed
    #[arg(long)]
    pub copies: bool,

    /// In articles that a full-text query finds
    #[arg(long, value_name = "QUERY")]
    pub text: Option<String>,
}

/// What is wanted, and how much of it.
#[derive(Debug, Args)]
pub struct QuestionArgs {
    #[command(flatten)]
    #[allow(missing_docs)]
    pub wanted: WantedArgs,

    /// Most rows
    #[arg(long, short = 'n', value_name = "N", default_value_t = 50)]
    pub limit: usize,
}

/// Which store, and how to lay out its answer.
#[derive(Debug, Args)]
pub struct AnswerArgs {
    /// The store
    #[arg(long, value_name = "FILE")]
    pub store: PathBuf,

    /// Layout of the output [default: table on a terminal, else csv]
    #[arg(long, short, value_enum)]
    pub format: Option<AnswerFormat>,

    /// When to use colours in the table
    #[arg(long, value_name = "WHEN", value_enum, default_value_t = Color::Auto)]
    pub color: Color,
}

/// Layouts of answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum AnswerFormat {
    /// For people
    Table,
    /// One JSON list
    Json,
    /// Comma-separated, with a header line
    Csv,
    /// One JSON object a line
    Jsonl,
}

/// Arguments of `dateline timeline` and `disputes`.
#[derive(Debug, Args)]
pub struct ListArgs {
    #[command(flatten)]
    #[allow(missing_docs)]
    pub question: QuestionArgs,

    #[command(flatten)]
    #[allow(missing_docs)]
    pub answer: AnswerArgs,
}

/// Arguments of `dateline who`.
#[derive(Debug, Args)]
pub struct WhoArgs {
    /// Words of a name or role
    #[arg(value_name = "NAME", required = true, num_args = 1..)]
    pub name: Vec<String>,

    /// Most rows of each part
    #[arg(long, short = 'n', value_name = "N", default_value_t = 10)]
    pub limit: usize,

    /// The store
    #[arg(long, value_name = "FILE")]
    pub store: PathBuf,

    /// One JSON object instead of a page
    #[arg(long)]
    pub json: bool,

    /// When to use colours
    #[arg(long, value_name = "WHEN", value_enum, default_value_t = Color::Auto)]
    pub color: Color,
}

/// Arguments of `dateline sql`.
#[derive(Debug, Args)]
pub struct SqlArgs {
    /// A SELECT; docs/schema.md describes the tables
    #[arg(value_name = "SQL")]
    pub sql: String,

    #[command(flatten)]
    #[allow(missing_docs)]
    pub answer: AnswerArgs,
}

fn event_type(given: &str) -> Result<String, String> {
    match dateline::EventType::from_code(&given.to_uppercase()) {
        Some(kind) => Ok(kind.code().to_owned()),
        None => Err("a type has letters, digits, '-' and '_', as RETREAT has".to_owned()),
    }
}

fn first_day(given: &str) -> Result<String, String> {
    dated(given).map(|(first, _)| first)
}

fn last_day(given: &str) -> Result<String, String> {
    dated(given).map(|(_, last)| last)
}

fn dated(given: &str) -> Result<(String, String), String> {
    let days =
        dateline_store::days(given).map(|(first, last)| (first.to_string(), last.to_string()));
    days.ok_or_else(|| "give a day (2018-12-20), a month (2018-12) or a year (2018)".to_owned())
}
