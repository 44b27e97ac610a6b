//! The `dateline` command: the library's first user.
//!
//! Accounts go to standard output, messages to standard error, and the exit
//! status says whether everything was read (see `dateline read --help`).

mod args;
mod batch;
mod gazetteer;
mod lexicon;
mod ordered;
mod pretty;
mod quotes;
mod read;
#[cfg(feature = "serve")]
mod serve;
mod store;
mod terminal;

use args::{Cli, Command, GazetteerCommand};
use clap::Parser;
use std::io::{ErrorKind, Write};
use std::process::ExitCode;

/// How a run ended; `dateline read --help` lists the numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Status {
    /// Everything was read.
    Read,
    /// Some inputs could not be read.
    SomeUnread,
    /// Some articles were not added: others of their id are in the store.
    SomeKept,
    /// The command line, a lexicon, gazetteer or the model is wrong.
    Usage,
    /// No store, a newer one, a damaged one.
    Store,
    /// Another process writes to the store.
    Busy,
    /// No room for the store.
    Full,
    /// An internal error, or an output that could not be written.
    Internal,
}

impl Status {
    /// The exit status of the process.
    pub fn code(self) -> u8 {
        match self {
            Status::Read => 0,
            Status::Internal => 1,
            Status::Usage => 2,
            Status::SomeUnread => 3,
            Status::SomeKept => 4,
            Status::Store => 5,
            Status::Busy => 6,
            Status::Full => 7,
        }
    }
}

fn main() -> ExitCode {
    let status = match Cli::parse().command {
        Command::Read(args) => read::run(*args),
        Command::Quotes(args) => quotes::run(*args),
        Command::Add(args) => store::add::run(*args),
        Command::Find(args) => store::find::run(&args),
        Command::Who(args) => store::who::run(&args),
        Command::Timeline(args) => store::timeline::run(&args),
        Command::Disputes(args) => store::disputes::run(&args),
        Command::Sql(args) => store::sql::run(&args),
        #[cfg(feature = "export")]
        Command::Export(args) => store::export::run(&args),
        #[cfg(feature = "serve")]
        Command::Serve(args) => serve::run(args),
        Command::Remove(args) => store::remove::run(&args),
        Command::Check(args) => store::check::run(&args),
        Command::Gazetteer(GazetteerCommand::Build(args)) => gazetteer::build(&args),
        Command::Lexicon { command } => lexicon::run(command),
        Command::Schema => {
            let schema = format!("{:#}\n", dateline::json_schema());
            write(&mut std::io::stdout(), schema.as_bytes());
            Status::Read
        }
    };
    ExitCode::from(status.code())
}

/// A message for the person at the terminal.
pub fn complain(message: impl std::fmt::Display) {
    let _ = writeln!(std::io::stderr(), "dateline: {message}");
}

/// Writes and flushes. A reader that has seen enough (`| head`) ends the
/// command quietly, any other failure ends it with a message.
pub fn write(out: &mut impl Write, bytes: &[u8]) {
    match out.write_all(bytes).and_then(|()| out.flush()) {
        Ok(()) => {}
        Err(error) if error.kind() == ErrorKind::BrokenPipe => std::process::exit(0),
        Err(error) => {
            complain(format_args!("the output cannot be written: {error}"));
            std::process::exit(Status::Internal.code().into());
        }
    }
}
