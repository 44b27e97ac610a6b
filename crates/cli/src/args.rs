//! The command line.

use clap::{Args, Parser, Subcommand, ValueEnum};
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
    /// Print the JSON Schema of an account
    #[command(
        long_about = "Print the JSON Schema (2020-12) of an account, one of which `dateline read` \
                      writes for each article."
    )]
    Schema,
}

const TOP_EXAMPLES: &str = "\
Examples:
  dateline read article.txt --published 2018-12-20      the account, to look at
  dateline read articles.jsonl > accounts.jsonl         one account a line, for programs
  dateline read --help                                  everything else";

const READ_EXAMPLES: &str = "\
Examples:
  dateline read article.txt --published 2018-12-20
        what the article says, laid out for a person
  dateline read *.txt --outlet 'Example Wire' > accounts.jsonl
        one JSON object a line, in the order of the files
  dateline read articles.jsonl | jq -r '.claims[].stance' | sort | uniq -c
        an archive, streamed: {\"id\", \"text\", \"title\", \"published\", \"outlet\", \"url\", \"byline\"} a line
  pbpaste | dateline read - --published 2024-05-08 --format pretty | less -R
        from standard input; with --color always the colours stay
  dateline read article.txt --format conllu > article.conllu
        sentences, tokens and trees only";

const READ_MANNERS: &str = "\
Input:
  FILE.jsonl and FILE.ndjson hold one article a line, FILE.json one or more objects; FILE.txt is
  one article; other files and standard input are JSONL if the first line begins like a JSON
  object. Text that is not UTF-8 is decoded by detection and says so. An article of more than
  4 MB is not read, it gets an empty account with a note; a file or line of more than 256 MB is
  refused.

Output:
  Accounts go to standard output in the order of the input, messages to standard error. An
  article that is empty or not English gets an account without rows and a note; so the lines
  out are the articles in. Colours obey --color, NO_COLOR, CLICOLOR_FORCE and TERM=dumb,
  the width is the terminal's or COLUMNS. The same input gives the same bytes for any --threads.

Exit status:
  0  every input was read
  1  an internal error, or the output could not be written
  2  the command line, a lexicon or the model is wrong; nothing was read
  3  some inputs could not be read; the others were";

/// Arguments of `dateline read`.
#[derive(Debug, Args)]
pub struct ReadArgs {
    /// Files to read, '-' for standard input (also when none is given)
    #[arg(value_name = "INPUT")]
    pub inputs: Vec<PathBuf>,

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

    /// Layout of the output [default: pretty on a terminal, else jsonl]
    #[arg(long, short, value_enum)]
    pub format: Option<Format>,

    /// Write the tokens too (lemma, tags, head), in json and jsonl
    #[arg(long)]
    pub tokens: bool,

    /// How many articles to read at once [default: one a processor core]
    #[arg(long, short = 'j', value_name = "N")]
    pub threads: Option<NonZeroUsize>,

    /// A folder of lexicons to lay over the built-in ones
    ///
    /// NAME.tsv there replaces the built-in lexicon of that name,
    /// NAME.more.tsv adds rows to it.
    #[arg(long, value_name = "DIR")]
    pub lexicon: Option<PathBuf>,

    /// Network to read with: swift, fine, or a model file's path
    ///
    /// 'swift' is made for speed. 'fine' puts a larger network before the
    /// same one: many times slower, better trees and names. The path is of a
    /// file that dateline's trainer wrote (./swift for one of that name).
    #[arg(long, value_name = "MODEL", default_value = "swift")]
    pub model: PathBuf,

    /// When to use colours in the pretty format
    #[arg(long, value_name = "WHEN", value_enum, default_value_t = Color::Auto)]
    pub color: Color,
}

/// Layouts of the output.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people: claims by speaker, a dated table of events, the text in colour
    Pretty,
    /// One indented JSON object an article
    Json,
    /// One JSON object a line
    Jsonl,
    /// Sentences, tokens and trees as CoNLL-U
    Conllu,
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
        for text in [TOP_EXAMPLES, READ_EXAMPLES, READ_MANNERS] {
            assert!(text.lines().all(|line| line.chars().count() <= 100));
        }
    }
}
