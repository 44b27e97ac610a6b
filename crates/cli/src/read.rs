//! `dateline read`.

use crate::args::{Format, ReadArgs};
use crate::ordered::ordered;
use crate::{Status, complain, pretty, terminal, write};
use dateline::intake::{Defaults, Input, IntakeError, Record};
use dateline::{Account, Lexicons, Model, Reader};
use std::io::IsTerminal;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::thread::available_parallelism;

/// Reads the inputs and writes their accounts.
pub fn run(args: ReadArgs) -> Status {
    if let Err(mistake) = check(&args) {
        complain(mistake);
        return Status::Usage;
    }
    let format = args.format.unwrap_or(if std::io::stdout().is_terminal() {
        Format::Pretty
    } else {
        Format::Jsonl
    });
    let reader = match reader(&args) {
        Ok(reader) => reader,
        Err(error) => {
            complain(error);
            return Status::Usage;
        }
    };
    let scribe = Scribe {
        reader,
        format,
        look: pretty::Look { width: terminal::width(), color: terminal::color(args.color) },
    };
    let threads = args.threads.or_else(|| available_parallelism().ok()).map_or(1, usize::from);
    let inputs = if args.inputs.is_empty() { vec!["-".into()] } else { args.inputs };
    let defaults = Defaults {
        id: args.id,
        title: args.title,
        outlet: args.outlet,
        url: args.url,
        published: args.published,
    };
    let records = inputs.into_iter().flat_map(|input| Input::from(input).open(defaults.clone()));

    let mut out = std::io::stdout().lock();
    let (mut all, mut unread, mut written, mut status) = (0usize, 0usize, false, Status::Read);
    ordered(
        threads,
        records,
        |record| scribe.outcome(record),
        |outcome: Outcome| {
            outcome.messages.iter().for_each(complain);
            if format == Format::Pretty && written && !outcome.bytes.is_empty() {
                let rule = "─".repeat(scribe.look.width.min(pretty::WIDEST));
                write(&mut out, format!("\n{rule}\n\n").as_bytes());
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
    status
}

/// What clap cannot check.
fn check(args: &ReadArgs) -> Result<(), String> {
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
    if let Some(folder) = args.lexicon.as_ref().filter(|folder| !folder.is_dir()) {
        return Err(format!("--lexicon {}: there is no such folder", folder.display()));
    }
    Ok(())
}

fn reader(args: &ReadArgs) -> Result<Reader, dateline::Error> {
    let lexicons = match &args.lexicon {
        Some(folder) => Lexicons::with_folder(folder),
        None => Lexicons::embedded(),
    };
    let model = Model::named(&args.model)?;
    Reader::builder().lexicons(lexicons).model(model).tokens(args.tokens).build()
}

/// What came of one record.
struct Outcome {
    bytes: Vec<u8>,
    messages: Vec<String>,
    status: Status,
}

impl Outcome {
    fn unread(message: String) -> Self {
        Self { bytes: Vec::new(), messages: vec![message], status: Status::SomeUnread }
    }
}

/// Reads a record and lays out its account.
struct Scribe {
    reader: Reader,
    format: Format,
    look: pretty::Look,
}

impl Scribe {
    fn outcome(&self, record: Result<Record, IntakeError>) -> Outcome {
        let record = match record {
            Ok(record) => record,
            Err(error) => return Outcome::unread(error.to_string()),
        };
        let read = || {
            if self.format == Format::Conllu { self.trees(&record) } else { self.account(&record) }
        };
        catch_unwind(AssertUnwindSafe(read)).unwrap_or_else(|_| self.broken(&record))
    }

    fn account(&self, record: &Record) -> Outcome {
        let article = &record.article;
        let mut account = match self.reader.read(article) {
            Ok(account) => account,
            Err(error) => return Outcome::unread(error.to_string()),
        };
        account.notes.splice(0..0, record.notes.iter().cloned());
        // What a person should know at once; the account keeps all of it.
        let unread = account.sentences.is_empty();
        let told = if unread { &account.notes } else { &record.notes };
        let messages = match self.format {
            Format::Pretty => Vec::new(),
            _ => told.iter().map(|note| format!("{}: {note}", article.id)).collect(),
        };
        Outcome { bytes: self.lay_out(&account), messages, status: too_long(&article.text) }
    }

    fn trees(&self, record: &Record) -> Outcome {
        let article = &record.article;
        let status = too_long(&article.text);
        let text = if status == Status::Read { article.text.as_str() } else { "" };
        let mut messages: Vec<String> =
            record.notes.iter().map(|note| format!("{}: {note}", article.id)).collect();
        if status != Status::Read {
            messages.push(format!("{}: the text is too long and was not read", article.id));
        }
        let doc = self.reader.parse(text);
        Outcome { bytes: dateline::conllu(&article.id, &doc).into_bytes(), messages, status }
    }

    /// The account of an article that the reader broke on.
    fn broken(&self, record: &Record) -> Outcome {
        let note = "an internal error ended the reading; please report it with the article";
        let mut account = Account::empty(&record.article, "und");
        account.notes.push(note.to_owned());
        let bytes = self.lay_out(&account);
        let messages = vec![format!("{}: {note}", record.article.id)];
        Outcome { bytes, messages, status: Status::Internal }
    }

    fn lay_out(&self, account: &Account) -> Vec<u8> {
        let json = match self.format {
            Format::Pretty => return pretty::render(account, self.look).into_bytes(),
            Format::Conllu => return format!("# newdoc id = {}\n", account.id).into_bytes(),
            Format::Json => serde_json::to_vec_pretty(account),
            Format::Jsonl => serde_json::to_vec(account),
        };
        let mut bytes = json.unwrap_or_default();
        bytes.push(b'\n');
        bytes
    }
}

/// An article over the limit counts as an input that could not be read, though
/// it has an account that says so.
fn too_long(text: &str) -> Status {
    if text.len() > Reader::MAX_BYTES { Status::SomeUnread } else { Status::Read }
}
