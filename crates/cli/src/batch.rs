//! Articles in, something for each of them out: what all commands that read articles share.

use crate::args::InputArgs;
use crate::ordered::ordered;
use crate::{Status, complain, write};
use dateline::intake::{Defaults, Input, IntakeError, Record};
use dateline::{Account, Gazetteer, Lexicons, Model, Reader, ReaderBuilder};
use std::io::IsTerminal;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
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
    Outcome { bytes: scribe.lay_out(&account), messages, status }
}

/// Reads a record's account, with the record's own notes.
pub fn read(reader: &Reader, record: &Record) -> Result<Account, String> {
    let mut account = reader.read(&record.article).map_err(|error| error.to_string())?;
    account.notes.splice(0..0, record.notes.iter().cloned());
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
}

impl Outcome {
    fn unread(message: String) -> Self {
        Self { bytes: Vec::new(), messages: vec![message], status: Status::SomeUnread }
    }
}

/// A reader, and what it is to read.
pub struct Batch {
    /// Made as the command line says.
    pub reader: Reader,
    /// How many articles to read at once.
    pub threads: usize,
    /// Files, `-` for standard input.
    pub inputs: Vec<PathBuf>,
    /// What the command line says of articles.
    pub defaults: Defaults,
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
    let lexicons = lexicons(args.lexicon.as_deref(), args.ontology.as_deref());
    let reader = reader(lexicons, &args.model, args.gazetteer.as_deref(), settings)?;
    let threads = args.threads.or_else(|| available_parallelism().ok()).map_or(1, usize::from);
    let inputs = if args.inputs.is_empty() { vec!["-".into()] } else { args.inputs };
    let defaults = Defaults {
        id: args.id,
        title: args.title,
        outlet: args.outlet,
        url: args.url,
        published: args.published,
    };
    Ok(Batch { reader, threads, inputs, defaults })
}

/// Makes a reader, or says what is wrong.
pub fn reader(
    lexicons: Lexicons,
    model: &Path,
    gazetteer: Option<&Path>,
    settings: impl FnOnce(ReaderBuilder) -> ReaderBuilder,
) -> Result<Reader, Status> {
    let make = || -> Result<Reader, dateline::Error> {
        let model = Model::named(model)?;
        let mut builder = settings(Reader::builder().lexicons(lexicons).model(model));
        if let Some(path) = gazetteer {
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
    let Batch { reader, threads, inputs, defaults } = match open(args, settings) {
        Ok(batch) => batch,
        Err(status) => return (status, false),
    };
    let records = inputs.into_iter().flat_map(|input| Input::from(input).open(defaults.clone()));

    let mut out = std::io::stdout().lock();
    write(&mut out, &scribe.head());
    let (mut all, mut unread, mut written, mut status) = (0usize, 0usize, false, Status::Read);
    ordered(
        threads,
        records,
        |record| outcome(scribe, &reader, record),
        |outcome: Outcome| {
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
        && args.inputs.len() > 1
    {
        return Err(format!(
            "{option} says something of one article, but there are several inputs"
        ));
    }
    folders(args.lexicon.as_deref(), args.ontology.as_deref())
}

/// That the folders of `--lexicon` and `--ontology` are there.
pub fn folders(lexicon: Option<&Path>, ontology: Option<&Path>) -> Result<(), String> {
    for (option, folder) in [("--lexicon", lexicon), ("--ontology", ontology)] {
        if let Some(folder) = folder.filter(|folder| !folder.is_dir()) {
            return Err(format!("{option} {}: there is no such folder", folder.display()));
        }
    }
    Ok(())
}

/// The lexicons of these options.
pub fn lexicons(lexicon: Option<&Path>, ontology: Option<&Path>) -> Lexicons {
    let lexicons = lexicon.map_or_else(Lexicons::embedded, Lexicons::with_folder);
    match ontology {
        Some(folder) => lexicons.with_ontology(folder),
        None => lexicons,
    }
}

fn outcome(scribe: &impl Scribe, reader: &Reader, record: Result<Record, IntakeError>) -> Outcome {
    let record = match record {
        Ok(record) => record,
        Err(error) => return Outcome::unread(error.to_string()),
    };
    let read = || scribe.outcome(reader, &record);
    catch_unwind(AssertUnwindSafe(read)).unwrap_or_else(|_| broken(scribe, &record))
}

/// What is written of an article that the reader broke on.
fn broken(scribe: &impl Scribe, record: &Record) -> Outcome {
    let account = broken_account(record);
    let messages = account.notes.iter().map(|note| format!("{}: {note}", account.id)).collect();
    Outcome { bytes: scribe.lay_out(&account), messages, status: Status::Internal }
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
