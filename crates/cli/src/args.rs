//! The command line.

use crate::store::args::{
    self as store, AddArgs, CheckArgs, FindArgs, ListArgs, RemoveArgs, SqlArgs, WhoArgs,
};
#[cfg(feature = "export")]
use crate::store::export_args as export;
use clap::{Args, Parser, Subcommand, ValueEnum};
use dateline::intake::{Columns, Format};
use std::num::NonZeroUsize;
use std::path::PathBuf;

/// Reads English news into a record that can be checked: who said what, who
/// did what to whom, when and where, every row with the words it stands on.
#[derive(Debug, Parser)]
#[command(name = "dateline", version, arg_required_else_help = true, after_help = TOP_EXAMPLES)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// The subcommands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Read articles into accounts
    #[command(
        after_help = READ_EXAMPLES,
        after_long_help = format!("{READ_EXAMPLES}\n\n{READ_MANNERS}"),
    )]
    Read(Box<ReadArgs>),
    /// List the quotations of articles with their speakers
    #[command(
        after_help = QUOTES_EXAMPLES,
        after_long_help = format!("{QUOTES_EXAMPLES}\n\n{QUOTES_MANNERS}"),
    )]
    Quotes(Box<QuotesArgs>),
    /// Read articles into a store, one file that can be asked
    #[command(
        after_help = store::ADD_EXAMPLES,
        after_long_help = format!("{}\n\n{}", store::ADD_EXAMPLES, store::ADD_MANNERS),
    )]
    Add(Box<AddArgs>),
    /// Ask a store: claims, events, incidents, people, articles
    #[command(
        after_help = store::FIND_EXAMPLES,
        after_long_help = format!("{}\n\n{}", store::FIND_EXAMPLES, store::FIND_MANNERS),
    )]
    Find(Box<FindArgs>),
    /// A page on one person or body of a store: said, did, was done to, said of
    Who(WhoArgs),
    /// The incidents of a store by day
    Timeline(Box<ListArgs>),
    /// Claims of a store that contradict each other
    Disputes(Box<ListArgs>),
    /// Ask a store in SQL, which changes nothing
    Sql(SqlArgs),
    /// Take a store's tables elsewhere: Parquet, CSV, JSONL, POLECAT, networks
    #[cfg(feature = "export")]
    #[command(
        after_help = export::EXAMPLES,
        after_long_help = format!("{}\n\n{}", export::EXAMPLES, export::MANNERS),
    )]
    Export(Box<export::ExportArgs>),
    /// Pages and an HTTP API over a store
    #[cfg(feature = "serve")]
    #[command(
        after_help = crate::serve::EXAMPLES,
        after_long_help = format!("{}\n\n{}", crate::serve::EXAMPLES, crate::serve::MANNERS),
    )]
    Serve(crate::serve::ServeArgs),
    /// Take articles out of a store
    Remove(RemoveArgs),
    /// Check a store: every span quotes its text, every row is where it belongs
    #[command(after_help = store::CHECK_MANNERS)]
    Check(CheckArgs),
    /// List and check the tables of words, names and codes that dateline reads by
    #[command(after_help = LEXICON_EXAMPLES)]
    Lexicon {
        /// What to do with them.
        #[command(subcommand)]
        command: LexiconCommand,
    },
    /// Make a gazetteer of a GeoNames dump, for --gazetteer
    #[command(subcommand)]
    Gazetteer(GazetteerCommand),
    /// Print the JSON Schema of an account
    #[command(
        long_about = "Print the JSON Schema (2020-12) of an account, one of which `dateline read` \
                      writes for each article."
    )]
    Schema,
}

/// What `dateline lexicon` does.
#[derive(Debug, Subcommand)]
pub enum LexiconCommand {
    /// Check all lexicons, with a folder of your own laid over the built-in ones
    #[command(
        after_help = CHECK_EXAMPLES,
        after_long_help = format!("{CHECK_EXAMPLES}\n\n{CHECK_MANNERS}"),
    )]
    Check(TablesArgs),
    /// List the lexicons: file, rows, and what they hold
    #[command(after_help = LEXICON_EXAMPLES)]
    List(TablesArgs),
}

/// What to do with gazetteers.
#[derive(Debug, Subcommand)]
pub enum GazetteerCommand {
    /// Make a gazetteer of a GeoNames dump
    #[command(after_help = GAZETTEER_EXAMPLES, after_long_help = format!("{GAZETTEER_EXAMPLES}\n\n{GAZETTEER_MANNERS}"))]
    Build(BuildArgs),
}

const GAZETTEER_EXAMPLES: &str = "\
Examples:
  dateline gazetteer build allCountries.zip -o my.gaz
        the world: towns, rivers, mountains, camps, bases, airports, sites
  dateline gazetteer build NO.txt -o norway.gaz --features A,P,H.STM
        divisions, towns and rivers of one country
  dateline read articles.jsonl --gazetteer my.gaz";

const GAZETTEER_MANNERS: &str = "\
A dump is what https://download.geonames.org/export/dump/ has: allCountries.zip, NO.zip,
cities15000.zip, or the text in one of them. It is read as a stream; memory stays under 200 MB
whatever its size, and a folder beside the output holds the rest meanwhile (about 3 GB for
allCountries). The output replaces an older gazetteer only when it is whole.

The gazetteer is looked up instead of the built-in one; countries.tsv and regions.tsv of the
lexicons are known besides. It is held in memory while articles are read, so leave out what you
do not need. GeoNames data is CC BY 4.0: name GeoNames where you publish what you made with it.

Exit status: 0 built, 2 the dump is damaged or none, or the output cannot be written.";

const TOP_EXAMPLES: &str = "\
Examples:
  dateline read article.txt --published 2018-12-20      the account, to look at
  dateline read articles.jsonl > accounts.jsonl         one account a line, for programs
  dateline quotes article.txt                           who is quoted, in which words
  dateline add --store news.db articles.jsonl           articles into a store that can be asked
  dateline find claims --store news.db --by NAME        everything that somebody said
  dateline serve --store news.db                        the same as pages, in a browser
  dateline lexicon check --lexicon my-words             whether your own names and codes are sound
  dateline read --help                                  everything else";

const READ_EXAMPLES: &str = "\
Examples:
  dateline read article.txt --published 2018-12-20
        what the article says, laid out for a person
  dateline read *.txt --outlet 'Example Wire' > accounts.jsonl
        one JSON object a line, in the order of the files
  dateline read articles.jsonl | jq -r '.claims[].stance' | sort | uniq -c
        an archive, streamed: {\"id\", \"text\", \"title\", \"published\", \"outlet\", \"url\", \"byline\"} a line
  dateline read archive/ page.html feed.xml CC-NEWS-20240508.warc.gz > accounts.jsonl
        folders, pages, feeds, web archives
  dateline read table.csv --columns text=body,published=date,id=url
        a table whose columns have other names
  pbpaste | dateline read - --published 2024-05-08 --format pretty | less -R
        from standard input; with --color always the colours stay
  dateline read article.txt --format conllu > article.conllu
        sentences, tokens and trees only
  dateline read article.txt --explain --format json | jq '.claims[] | .stance, .explain'
        what decided cue, source, speaker, stance, channel, time and place
  dateline read article.txt --explain --format json | jq '.entities[] | .name, .explain'
        what decided each actor's code, and which words are its
  dateline read articles.jsonl --as cameo | jq -r '.events[] | [.date, .cameo] | @tsv'
        events with the nearest CAMEO code
  dateline read article.txt --ontology my-ontology
        with event types of your own, such as floods and strikes, instead of PLOVER's";

const LEXICON_EXAMPLES: &str = "\
Examples:
  dateline lexicon list
        the tables that you can correct and add to
  dateline lexicon check --lexicon my-words
        whether those in the folder my-words are sound, together with ours
  dateline read article.txt --lexicon my-words
        read with them
  dateline lexicon check --ontology my-ontology
        whether the types and frames in it are sound";

const CHECK_EXAMPLES: &str = "\
Examples:
  dateline lexicon check
        the built-in tables
  dateline lexicon check --lexicon my-words
        with my-words/actors.more.tsv and other tables of yours
  dateline lexicon check --lexicon my-words | grep -v ': warning: '
        what must be mended before anything is read with them";

const CHECK_MANNERS: &str = "\
Output:
  One line a problem, FILE:LINE: error|warning: what is wrong and how to mend it; then the rows of
  each file, and a count. All problems are listed, not only the first.

  An error is a row that means nothing or two things at once: cells that do not match the header,
  an unknown kind, code or date, an end before its start, an empty name, two codes for one office
  of one name at one time, a class that takes in itself, a frame that can never match or that
  another always beats. Nothing is read with it, by any command.

  A warning is a row that is read, but perhaps not as it was meant: the same row or key twice, an
  alias that means two names at one time, a type without a frame, a file that no lexicon is called
  by. Only this command looks for them.

Exit status:
  0  no errors, perhaps warnings
  1  an internal error, or the output could not be written
  2  the command line is wrong, or there are errors";

const QUOTES_EXAMPLES: &str = "\
Examples:
  dateline quotes article.txt
        who is quoted in it, in which words
  dateline quotes *.txt --speaker 'Ana Lind' --about pensions
        everything that she said about pensions
  dateline quotes articles.jsonl > quotes.csv
        an archive, streamed, for a spreadsheet
  dateline quotes articles.jsonl --format jsonl | jq -r .speaker | sort | uniq -c | sort -rn
        who is quoted how often";

const QUOTES_MANNERS: &str = "\
A row is a claim whose words are quoted, wholly (direct) or in part (mixed), with --indirect any
claim. Its columns:
  article, title, published, outlet, url   as the input gave them
  speaker    name of the speaker, empty when nobody is named
  role       what the article says the speaker is
  code       PLOVER actor code of the speaker: NORGOV
  source     the words that name the speaker here: 'she', 'the minister'
  cue        the words that tie them to it: 'said'
  quotation  the words, their pieces parted by ' … ', line ends as spaces
  form       direct, mixed or indirect
  stance     assert, deny, promise, ...
  span       code points of the text, 'start-end', pieces parted by ';' (pairs in jsonl)
  paragraph, sentence   of its first word in the article, counted from 1
  confidence 0 to 1: how likely speaker and words are right

Input, messages, order and exit status are those of dateline read (see its --help).";

const READ_MANNERS: &str = "\
Input:
  Plain text and HTML pages, one article a file; JSONL and JSON; CSV and TSV with a header; RSS and
  Atom; WARC files, of which the pages are taken; each of them also in gzip or zstd. What a file is
  is told by its first bytes, else by its name, or by --from. Of a folder, all files in it and in
  its folders are read in the order of their names if these are known. docs/intake.md says what is
  taken from each format. Text that is not UTF-8 is decoded by detection and says so. An article of
  more than 4 MB is not read, it gets an empty account with a note; a file, line or row of more
  than 256 MB is refused, and so is a page of more than 16 MB.

Output:
  Accounts go to standard output in the order of the input, messages to standard error. An
  article that is empty or not English gets an account without rows and a note; so the lines
  out are the articles in. Of folders and WARC files, what is not English or no article is left
  out and counted. The account has the text that its spans count in, for a page the main text, and
  says so. Colours obey --color, NO_COLOR, CLICOLOR_FORCE and TERM=dumb,
  the width is the terminal's or COLUMNS. The same input gives the same bytes for any --threads.

Exit status:
  0  every input was read
  1  an internal error, or the output could not be written
  2  the command line, a lexicon, a gazetteer or the model is wrong; nothing was read
  3  some inputs could not be read; the others were";

/// What to read: the arguments of every command that reads articles.
#[derive(Debug, Args)]
pub struct InputArgs {
    /// Files and folders to read, '-' for standard input (also when none is given)
    #[arg(value_name = "INPUT")]
    pub inputs: Vec<PathBuf>,

    /// What the inputs are: text, html, jsonl, json, csv, tsv, feed or warc
    ///
    /// Without, it is told by the first bytes of each, and else by its name.
    /// gzip and zstd are told by their first bytes, whatever is in them.
    #[arg(long, value_name = "FORMAT")]
    pub from: Option<Format>,

    /// What JSON and tables call the fields of an article
    ///
    /// FIELD=NAME,...: 'text=body,published=date'. Fields are id, text, title,
    /// published, outlet, url and byline; those not named have their own name.
    #[arg(long, value_name = "LIST")]
    pub columns: Option<Columns>,

    /// Publication day, for articles that do not give their own
    ///
    /// Relative times are resolved against it: with 2018-12-20, "Wednesday"
    /// is 2018-12-19. Without one they stay relative, and the account says so.
    #[arg(long, value_name = "DATE", value_parser = published)]
    pub published: Option<String>,

    /// Headline of the article
    #[arg(long)]
    pub title: Option<String>,

    /// Publisher, for articles that do not give their own
    #[arg(long, value_name = "NAME")]
    pub outlet: Option<String>,

    /// Address of the article
    #[arg(long)]
    pub url: Option<String>,

    /// Id of the article, instead of the file's name
    #[arg(long)]
    pub id: Option<String>,

    /// How many articles to read at once [default: one a processor core]
    #[arg(long, short = 'j', value_name = "N")]
    pub threads: Option<NonZeroUsize>,

    #[command(flatten)]
    #[allow(missing_docs)]
    pub reader: ReaderArgs,
}

/// What to read with: the arguments of every command that has a reader.
#[derive(Debug, Args)]
pub struct ReaderArgs {
    #[command(flatten)]
    #[allow(missing_docs)]
    pub tables: TablesArgs,

    /// Look places up in a gazetteer of your own
    ///
    /// 'dateline gazetteer build' makes one of a GeoNames dump. It is used
    /// instead of the built-in one.
    #[arg(long, value_name = "FILE")]
    pub gazetteer: Option<PathBuf>,

    /// Network to read with: swift, fine, or a model file's path
    ///
    /// 'swift' is made for speed. 'fine' puts a larger network before the
    /// same one: many times slower, better trees and names. The path is of a
    /// file that dateline's trainer wrote (./swift for one of that name).
    #[arg(long, value_name = "MODEL", default_value = "swift")]
    pub model: PathBuf,
}

/// Tables of one's own: the arguments of every command that goes by them.
#[derive(Debug, Args)]
pub struct TablesArgs {
    /// A folder of lexicons to lay over the built-in ones
    ///
    /// NAME.tsv there replaces the built-in lexicon of that name,
    /// NAME.more.tsv adds rows to it.
    #[arg(long, value_name = "DIR")]
    pub lexicon: Option<PathBuf>,

    /// Tell events by an ontology of your own instead of PLOVER
    ///
    /// A folder with codes.tsv (types, modes, contexts) and frames.tsv (the
    /// words that express them); docs/ontologies.md says what else it may have.
    /// codes.more.tsv and frames.more.tsv add types to PLOVER instead.
    #[arg(long, value_name = "DIR")]
    pub ontology: Option<PathBuf>,
}

/// Arguments of `dateline gazetteer build`.
#[derive(Debug, Args)]
pub struct BuildArgs {
    /// GeoNames dump, a text or a zip archive with one
    #[arg(value_name = "DUMP")]
    pub dump: PathBuf,

    /// Where to write the gazetteer
    #[arg(long, short, value_name = "FILE")]
    pub output: PathBuf,

    /// Feature classes and codes to keep: A, P.PPLC, 'S.AIR*'
    ///
    /// https://www.geonames.org/export/codes.html lists them. Without, all are
    /// kept but roads, farms, shops, schools, houses and what is no more.
    #[arg(long, value_name = "LIST", value_delimiter = ',')]
    pub features: Vec<String>,

    /// Leave out towns of fewer inhabitants
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub population: u64,
}

/// Arguments of `dateline read`.
#[derive(Debug, Args)]
pub struct ReadArgs {
    #[command(flatten)]
    #[allow(missing_docs)]
    pub input: InputArgs,

    /// Layout of the output [default: pretty on a terminal, else jsonl]
    #[arg(long, short, value_enum)]
    pub format: Option<Layout>,

    /// Write the tokens too (lemma, tags, head), in json and jsonl
    #[arg(long)]
    pub tokens: bool,

    /// Say of claims, entities and events what decided them: rows, rules, scores
    #[arg(long)]
    pub explain: bool,

    /// Say what each event is in other terms, too: cameo, quad, intensity
    ///
    /// Several are parted by commas. Types of an ontology of your own are told
    /// as far as its tables say how.
    #[arg(long = "as", value_name = "TERMS", value_enum, value_delimiter = ',')]
    pub terms: Vec<Terms>,

    /// When to use colours in the pretty format
    #[arg(long, value_name = "WHEN", value_enum, default_value_t = Color::Auto)]
    pub color: Color,
}

/// Arguments of `dateline quotes`.
#[derive(Debug, Args)]
pub struct QuotesArgs {
    #[command(flatten)]
    #[allow(missing_docs)]
    pub input: InputArgs,

    /// Only what this person or body said
    ///
    /// All words of NAME must be among those of the speaker's names, roles or
    /// description: 'lind', 'ana lind', 'foreign minister'. Capitals and
    /// accents do not matter. Several: any of them.
    #[arg(long, short, value_name = "NAME")]
    pub speaker: Vec<String>,

    /// Only what is about these words
    ///
    /// All of WORDS must stand in the quotation or its sentence, or begin a
    /// word there: 'tax' finds "taxes". Several: any of them.
    #[arg(long, short, value_name = "WORDS")]
    pub about: Vec<String>,

    /// What is told in other words, too
    #[arg(long)]
    pub indirect: bool,

    /// Layout of the output [default: table on a terminal, else csv]
    #[arg(long, short, value_enum)]
    pub format: Option<QuotesFormat>,

    /// When to use colours in the table
    #[arg(long, value_name = "WHEN", value_enum, default_value_t = Color::Auto)]
    pub color: Color,
}

/// Layouts of quotations.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum QuotesFormat {
    /// For people: speaker, quotation, and where it stands
    Table,
    /// Comma-separated, with a header line
    Csv,
    /// Tab-separated, with a header line; no cell has a tab or a line end
    Tsv,
    /// One JSON object a line
    Jsonl,
}

/// Layouts of the output.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Layout {
    /// For people: claims by speaker, a dated table of events, the text in colour
    Pretty,
    /// One indented JSON object an article
    Json,
    /// One JSON object a line
    Jsonl,
    /// Sentences, tokens and trees as CoNLL-U
    Conllu,
}

/// In which terms events are told besides type, mode and contexts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Terms {
    /// The nearest CAMEO code, by type, mode and contexts
    Cameo,
    /// Quad class: verbal or material, cooperation or conflict
    Quad,
    /// From -10, most hostile, to 10, most friendly, where the ontology says so (PLOVER does not)
    Intensity,
}

/// When to use colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Color {
    /// On a terminal, unless the environment says otherwise
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

fn published(given: &str) -> Result<String, String> {
    dateline::intake::published(given)
        .ok_or_else(|| "not a day like 2018-12-20 nor an RFC 3339 time".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_sound() {
        Cli::command().debug_assert();
    }

    #[test]
    fn help_fits_a_terminal() {
        for text in [
            TOP_EXAMPLES,
            READ_EXAMPLES,
            READ_MANNERS,
            QUOTES_EXAMPLES,
            QUOTES_MANNERS,
            LEXICON_EXAMPLES,
            CHECK_EXAMPLES,
            CHECK_MANNERS,
            GAZETTEER_EXAMPLES,
            GAZETTEER_MANNERS,
            store::ADD_EXAMPLES,
            store::ADD_MANNERS,
            store::FIND_EXAMPLES,
            store::FIND_MANNERS,
            store::CHECK_MANNERS,
            #[cfg(feature = "serve")]
            crate::serve::EXAMPLES,
            #[cfg(feature = "serve")]
            crate::serve::MANNERS,
        ] {
            assert!(text.lines().all(|line| line.chars().count() <= 100));
        }
    }
}
