//! Articles in, something for each of them out: what all commands that read articles share.

use crate::args::{InputArgs, ReaderArgs, TablesArgs};
use crate::ordered::ordered;
use crate::{Status, complain, write};
use dateline::intake::{
    Columns, Defaults, Draft, Input, IntakeError, Left, Options, Record, Taken,
};
use dateline::{Account, Gazetteer, Lexicons, Model, Reader, ReaderBuilder};
use std::io::IsTerminal;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::Arc;
use std::thread::available_parallelism;

/// What a command writes of each article.
pub trait Scribe: Sync {
    /// Written before everything else.
    fn head(&self) -> Vec<u8> {
        Vec::new()
    }

    /// Written between two articles of which something is written.
    fn between(&self) -> String {
        String::new()
    }

    /// Whether the account's notes are on the page already.
    fn shows_notes(&self) -> bool {
        false
    }

    /// An account laid out.
    fn lay_out(&self, account: &Account) -> Vec<u8>;

    /// Reads a record and lays it out.
    fn outcome(&self, reader: &Reader, record: &Record) -> Outcome
    where
        Self: Sized,
    {
        account(self, reader, record)
    }
}

/// Reads a record's account and lays it out.
pub fn account(scribe: &impl Scribe, reader: &Reader, record: &Record) -> Outcome {
    let account = match read(reader, record) {
        Ok(account) => account,
        Err(message) => return Outcome::unread(message),
    };
    let messages = if scribe.shows_notes() { Vec::new() } else { told(&account, record) };
    let status = too_long(&record.article.text);
    Outcome { bytes: scribe.lay_out(&account), messages, status, left: None }
}

/// Reads a record's account, with the record's own notes.
pub fn read(reader: &Reader, record: &Record) -> Result<Account, String> {
    let mut account = reader.read(&record.article).map_err(|error| error.to_string())?;
    account.notes.splice(0..0, record.notes.iter().chain(&record.origin).cloned());
    Ok(account)
}

/// What a person should know at once of how an article was read; the account
/// keeps all of it.
pub fn told(account: &Account, record: &Record) -> Vec<String> {
    let told = if account.sentences.is_empty() { &account.notes } else { &record.notes };
    told.iter().map(|note| format!("{}: {note}", account.id)).collect()
}

/// What came of one record.
pub struct Outcome {
    /// For standard output.
    pub bytes: Vec<u8>,
    /// For standard error.
    pub messages: Vec<String>,
    /// How it went.
    pub status: Status,
    /// Why nothing is to be written of it, though nothing is wrong.
    pub left: Option<Left>,
}

impl Outcome {
    fn unread(message: String) -> Self {
        let messages = vec![message];
        Self { bytes: Vec::new(), messages, status: Status::SomeUnread, left: None }
    }

    fn left(why: Left) -> Self {
        Self { bytes: Vec::new(), messages: Vec::new(), status: Status::Read, left: Some(why) }
    }
}

/// What was picked up in folders and archives and left out.
#[derive(Debug, Default, Clone, Copy)]
pub struct LeftOut {
    /// Articles in other languages than English.
    pub foreign: u64,
    empty: u64,
    other: u64,
}

impl LeftOut {
    /// Counts one more.
    pub fn count(&mut self, why: Left) {
        match why {
            Left::Foreign => self.foreign += 1,
            Left::Empty => self.empty += 1,
            Left::Other => self.other += 1,
        }
    }

    /// What there is to say of it.
    pub fn told(&self) -> Vec<String> {
        [
            (self.foreign, "not English"),
            (self.empty, "without an article"),
            (self.other, "files of other kinds"),
        ]
        .iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, what)| format!("{count} {what}"))
        .collect()
    }
}

/// A reader, and what it is to read.
pub struct Batch {
    /// Made as the command line says.
    pub reader: Reader,
    /// How many articles to read at once.
    pub threads: usize,
    /// Files and folders, `-` for standard input.
    pub inputs: Vec<PathBuf>,
    /// What the command line says of articles and inputs.
    pub options: Arc<Options>,
}

/// Makes the reader that the command line asks for, or says what is wrong.
pub fn open(
    args: InputArgs,
    settings: impl FnOnce(ReaderBuilder) -> ReaderBuilder,
) -> Result<Batch, Status> {
    if let Err(mistake) = check(&args) {
        complain(mistake);
        return Err(Status::Usage);
    }
    let reader = reader(lexicons(&args.reader.tables), &args.reader, settings)?;
    let threads = args.threads.or_else(|| available_parallelism().ok()).map_or(1, usize::from);
    let inputs = if args.inputs.is_empty() { vec!["-".into()] } else { args.inputs };
    let defaults = Defaults {
        id: args.id,
        title: args.title,
        outlet: args.outlet,
        url: args.url,
        published: args.published,
    };
    let columns: Columns = args.columns.unwrap_or_default();
    let options = Arc::new(Options { defaults, format: args.from, columns });
    Ok(Batch { reader, threads, inputs, options })
}

/// Makes a reader of these tables, or says what is wrong.
pub fn reader(
    lexicons: Lexicons,
    args: &ReaderArgs,
    settings: impl FnOnce(ReaderBuilder) -> ReaderBuilder,
) -> Result<Reader, Status> {
    let make = || -> Result<Reader, dateline::Error> {
        let model = Model::named(&args.model)?;
        let mut builder = settings(Reader::builder().lexicons(lexicons).model(model));
        if let Some(path) = &args.gazetteer {
            builder = builder.gazetteer(Gazetteer::load(path)?);
        }
        builder.build()
    };
    make().map_err(|error| {
        complain(&error);
        if matches!(error, dateline::Error::Lexicon(_)) {
            complain(
                "'dateline lexicon check', with the same --lexicon and --ontology, lists all \
                 mistakes",
            );
        }
        Status::Usage
    })
}

/// Reads the inputs and writes what the scribe makes of each, in order. Gives
/// the status and whether anything was written of any article.
pub fn run(
    args: InputArgs,
    settings: impl FnOnce(ReaderBuilder) -> ReaderBuilder,
    scribe: &impl Scribe,
) -> (Status, bool) {
    let Batch { reader, threads, inputs, options } = match open(args, settings) {
        Ok(batch) => batch,
        Err(status) => return (status, false),
    };
    let drafts = inputs.into_iter().flat_map(|input| Input::from(input).drafts(&options));

    let mut out = std::io::stdout().lock();
    write(&mut out, &scribe.head());
    let (mut all, mut unread, mut written, mut status) = (0usize, 0usize, false, Status::Read);
    let mut left = LeftOut::default();
    ordered(
        threads,
        drafts,
        |draft| outcome(scribe, &reader, draft),
        |outcome: Outcome| {
            if let Some(why) = outcome.left {
                left.count(why);
                return;
            }
            outcome.messages.iter().for_each(complain);
            if written && !outcome.bytes.is_empty() {
                write(&mut out, scribe.between().as_bytes());
            }
            written |= !outcome.bytes.is_empty();
            write(&mut out, &outcome.bytes);
            all += 1;
            unread += usize::from(outcome.status == Status::SomeUnread);
            status = status.max(outcome.status);
        },
    );
    if unread > 0 && all > 1 {
        complain(format_args!("{unread} of {all} could not be read"));
    }
    let left = left.told();
    if !left.is_empty() {
        complain(format_args!("left out: {}", left.join(", ")));
    }
    // the process ends, and gives all memory back at once sooner than table by table
    std::mem::forget(reader);
    (status, written)
}

/// What clap cannot check.
fn check(args: &InputArgs) -> Result<(), String> {
    if args.inputs.is_empty() && std::io::stdin().is_terminal() {
        return Err("nothing to read; give a file, or '-' to type or paste an article \
                    (see dateline read --help)"
            .to_owned());
    }
    let one = [("--id", &args.id), ("--title", &args.title), ("--url", &args.url)];
    if let Some((option, _)) = one.iter().find(|(_, value)| value.is_some())
        && (args.inputs.len() > 1 || args.inputs.iter().any(|input| input.is_dir()))
    {
        return Err(format!(
            "{option} says something of one article, but there are several inputs"
        ));
    }
    folders(&args.reader.tables)
}

/// That the folders of `--lexicon` and `--ontology` are there.
pub fn folders(args: &TablesArgs) -> Result<(), String> {
    for (option, folder) in [("--lexicon", &args.lexicon), ("--ontology", &args.ontology)] {
        if let Some(folder) = folder.as_ref().filter(|folder| !folder.is_dir()) {
            return Err(format!("{option} {}: there is no such folder", folder.display()));
        }
    }
    Ok(())
}

/// The lexicons of these options.
pub fn lexicons(args: &TablesArgs) -> Lexicons {
    let lexicons = args.lexicon.as_ref().map_or_else(Lexicons::embedded, Lexicons::with_folder);
    match &args.ontology {
        Some(folder) => lexicons.with_ontology(folder),
        None => lexicons,
    }
}

fn outcome(scribe: &impl Scribe, reader: &Reader, draft: Result<Draft, IntakeError>) -> Outcome {
    let record = match draft.and_then(Draft::article) {
        Ok(Taken::Article(record)) => record,
        Ok(Taken::Left(why)) => return Outcome::left(why),
        Err(error) => return Outcome::unread(error.to_string()),
    };
    let read = || scribe.outcome(reader, &record);
    catch_unwind(AssertUnwindSafe(read)).unwrap_or_else(|_| broken(scribe, &record))
}

/// What is written of an article that the reader broke on.
fn broken(scribe: &impl Scribe, record: &Record) -> Outcome {
    let account = broken_account(record);
    let messages = account.notes.iter().map(|note| format!("{}: {note}", account.id)).collect();
    let bytes = scribe.lay_out(&account);
    Outcome { bytes, messages, status: Status::Internal, left: None }
}

/// The account of an article that the reader broke on.
pub fn broken_account(record: &Record) -> Account {
    let note = "an internal error ended the reading; please report it with the article";
    let mut account = Account::empty(&record.article, "und");
    account.notes.push(note.to_owned());
    account
}

/// An article over the limit counts as an input that could not be read, though
/// it has an account that says so.
pub fn too_long(text: &str) -> Status {
    if text.len() > Reader::MAX_BYTES { Status::SomeUnread } else { Status::Read }
}
