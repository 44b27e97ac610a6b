//! `dateline add`: articles into a store.

use super::args::AddArgs;
use super::progress::Progress;
use super::refuse;
use crate::batch::{self, Batch};
use crate::ordered::ordered;
use crate::{Status, complain};
use dateline::intake::{Defaults, Input, IntakeError, Record};
use dateline::{Account, Reader};
use dateline_store::{Known, OnClash, Store, StoreError};
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

/// Most articles of one transaction: what has to be read again when the command
/// is killed.
const BATCH: usize = 128;
/// And most bytes of their text.
const BATCH_BYTES: usize = 4 << 20;

/// Reads articles and adds their accounts.
pub fn run(mut args: AddArgs) -> Status {
    let list = args.files_from.take();
    if list.is_some() {
        // What is listed is read instead of standard input.
        args.input.inputs = vec![PathBuf::new()];
    }
    let Batch { reader, threads, inputs, defaults } = match batch::open(args.input, |b| b) {
        Ok(batch) => batch,
        Err(status) => return status,
    };
    // The second connection looks up what is known while the first one writes.
    let stores = Store::create(&args.store).and_then(|s| Ok((s, Store::open(&args.store)?)));
    let (store, lookup) = match stores {
        Ok(stores) => stores,
        Err(error) => return refuse(&error),
    };
    let total = if list.is_none() { size(&inputs) } else { None };
    let paths: Box<dyn Iterator<Item = PathBuf> + Send> = match &list {
        None => Box::new(inputs.into_iter()),
        Some(list) => match listed(list) {
            Ok(paths) => paths,
            Err(error) => {
                complain(format_args!("--files-from {}: {error}", list.display()));
                return Status::Usage;
            }
        },
    };
    let on_clash = if args.replace { OnClash::Replace } else { OnClash::Keep };
    let mut adding = Adding::new(store, on_clash, Progress::new(total));
    let items = Items { paths, open: None, before: 0, within: 0, defaults, lookup, on_clash };
    ordered(threads, items, |item| work(&reader, item), |done| adding.take(done));
    adding.finish(&args.store)
}

/// Bytes of all files; nothing when one of them is not a file.
fn size(paths: &[PathBuf]) -> Option<u64> {
    let file = |path: &PathBuf| std::fs::metadata(path).ok().filter(|m| m.is_file());
    paths.iter().map(|path| file(path).map(|m| m.len())).sum()
}

/// The paths that a file lists, one a line, as they are asked for.
fn listed(list: &Path) -> std::io::Result<Box<dyn Iterator<Item = PathBuf> + Send>> {
    let lines: Box<dyn BufRead + Send> = if list == Path::new("-") {
        Box::new(BufReader::new(std::io::stdin()))
    } else {
        Box::new(BufReader::new(File::open(list)?))
    };
    let lines = lines.lines().map_while(Result::ok).filter(|line| !line.is_empty());
    Ok(Box::new(lines.map(PathBuf::from)))
}

/// An article on its way: unreadable, known, or to be read.
enum Item {
    Unread(IntakeError),
    Known(String, Known),
    Read(Box<Record>, u64),
    Failed(StoreError),
}

/// The articles of all files; those that are in the store are not read again.
struct Items {
    paths: Box<dyn Iterator<Item = PathBuf> + Send>,
    open: Option<(dateline::intake::Articles, u64)>,
    /// Bytes of the files before the open one, and of the articles in it.
    before: u64,
    within: u64,
    defaults: Defaults,
    lookup: Store,
    on_clash: OnClash,
}

impl Iterator for Items {
    type Item = Item;

    fn next(&mut self) -> Option<Item> {
        loop {
            if let Some((articles, size)) = &mut self.open {
                if let Some(record) = articles.next() {
                    return Some(self.item(record));
                }
                self.before += *size;
                self.within = 0;
            }
            let path = self.paths.next()?;
            let size = std::fs::metadata(&path).map_or(0, |m| m.len());
            self.open = Some((Input::from(path).open(self.defaults.clone()), size));
        }
    }
}

impl Items {
    fn item(&mut self, record: Result<Record, IntakeError>) -> Item {
        let record = match record {
            Ok(record) => record,
            Err(error) => return Item::Unread(error),
        };
        self.within += record.article.text.len() as u64;
        match self.lookup.known(&record.article) {
            Err(error) => Item::Failed(error),
            Ok(Known::Other) if self.on_clash == OnClash::Keep => {
                Item::Known(record.article.id, Known::Other)
            }
            Ok(Known::Same) => Item::Known(record.article.id, Known::Same),
            Ok(_) => Item::Read(Box::new(record), self.before + self.within),
        }
    }
}

/// An article that has been dealt with, for the writer.
enum Done {
    Unread(String),
    Known(String, Known),
    /// Not added: not English, empty, too long.
    Skipped {
        messages: Vec<String>,
        english: bool,
    },
    Account {
        account: Box<Account>,
        messages: Vec<String>,
        status: Status,
        bytes: u64,
    },
    Failed(StoreError),
}

fn work(reader: &Reader, item: Item) -> Done {
    let (record, bytes) = match item {
        Item::Unread(error) => return Done::Unread(error.to_string()),
        Item::Known(id, known) => return Done::Known(id, known),
        Item::Failed(error) => return Done::Failed(error),
        Item::Read(record, bytes) => (record, bytes),
    };
    let (account, messages, status) =
        match catch_unwind(AssertUnwindSafe(|| batch::read(reader, &record))) {
            Ok(Ok(account)) => {
                let messages = batch::told(&account, &record);
                (account, messages, Status::Read)
            }
            Ok(Err(message)) => return Done::Unread(message),
            Err(_) => {
                let account = batch::broken_account(&record);
                let messages =
                    account.notes.iter().map(|note| format!("{}: {note}", account.id)).collect();
                (account, messages, Status::Internal)
            }
        };
    if status == Status::Read && account.sentences.is_empty() {
        let english = matches!(account.language.as_str(), "en" | "und");
        return Done::Skipped { messages, english };
    }
    Done::Account { account: Box::new(account), messages, status, bytes }
}

/// What gathers accounts and adds them, a batch at a time.
struct Adding {
    store: Store,
    on_clash: OnClash,
    progress: Progress,
    batch: Vec<Account>,
    bytes: usize,
    added: u64,
    known: u64,
    kept: u64,
    foreign: u64,
    unread: u64,
    status: Status,
}

impl Adding {
    fn new(store: Store, on_clash: OnClash, progress: Progress) -> Self {
        Self {
            store,
            on_clash,
            progress,
            batch: Vec::new(),
            bytes: 0,
            added: 0,
            known: 0,
            kept: 0,
            foreign: 0,
            unread: 0,
            status: Status::Read,
        }
    }

    fn take(&mut self, done: Done) {
        match done {
            Done::Unread(message) => {
                self.progress.complain(message);
                self.unread += 1;
                self.status = self.status.max(Status::SomeUnread);
            }
            Done::Known(id, known) => self.met(&id, known),
            Done::Skipped { messages, english } => {
                messages.iter().for_each(|message| self.progress.complain(message));
                if english {
                    self.unread += 1;
                    self.status = self.status.max(Status::SomeUnread);
                } else {
                    self.foreign += 1;
                }
            }
            Done::Account { account, messages, status, bytes } => {
                messages.iter().for_each(|message| self.progress.complain(message));
                self.status = self.status.max(status);
                let words = account.text.split_ascii_whitespace().count() as u64;
                self.bytes += account.text.len();
                self.batch.push(*account);
                if self.batch.len() >= BATCH || self.bytes >= BATCH_BYTES {
                    self.flush();
                }
                self.progress.article(words, bytes);
            }
            Done::Failed(error) => self.give_up(&error),
        }
    }

    /// An article whose id is in the store.
    fn met(&mut self, id: &str, known: Known) {
        match known {
            Known::New => self.added += 1,
            Known::Same => self.known += 1,
            Known::Other if self.on_clash == OnClash::Replace => self.added += 1,
            Known::Other => {
                self.kept += 1;
                self.status = self.status.max(Status::SomeKept);
                self.progress.complain(format_args!(
                    "{id}: not added, another article of this id is in the store; \
                     give it an id of its own, or take --replace"
                ));
            }
        }
    }

    fn flush(&mut self) {
        match self.store.add(&self.batch, self.on_clash) {
            Ok(known) => {
                let ids: Vec<String> = self.batch.drain(..).map(|account| account.id).collect();
                for (id, known) in ids.iter().zip(known) {
                    self.met(id, known);
                }
                self.bytes = 0;
            }
            Err(error) => self.give_up(&error),
        }
    }

    /// The store takes no more: what was added is safe, the rest comes with the
    /// next run.
    fn give_up(&self, error: &StoreError) -> ! {
        self.progress.done();
        std::process::exit(refuse(error).code().into())
    }

    /// Joins what was added to what was there.
    fn join(&mut self) -> Result<(), StoreError> {
        let (all, mut done) = (self.store.unjoined()?, 0);
        let progress = &mut self.progress;
        self.store.join(|steps| {
            done += steps;
            progress.joined(done, all);
        })
    }

    fn finish(mut self, path: &Path) -> Status {
        self.flush();
        if let Err(error) = self.join() {
            self.give_up(&error);
        }
        self.progress.done();
        let mut line = format!("{} articles added to {}", self.added, path.display());
        for (count, what) in [
            (self.known, "were there"),
            (self.kept, "not added for their ids"),
            (self.foreign, "not English"),
            (self.unread, "could not be read"),
        ] {
            if count > 0 {
                line += &format!(", {count} {what}");
            }
        }
        complain(line);
        self.status
    }
}
