//! `dateline add`: articles into a store.

use super::args::AddArgs;
use super::progress::Progress;
use super::refuse;
use crate::batch::{self, Batch, LeftOut};
use crate::ordered::ordered;
use crate::{Status, complain};
use dateline::intake::{Draft, Drafts, Input, IntakeError, Left, Options, Record, Taken};
use dateline::{Account, Reader};
use dateline_store::{Known, OnClash, Store, StoreError};
use std::fs::File;
use std::io::{BufRead, BufReader, IsTerminal};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::mpsc::sync_channel;
use std::sync::{Arc, Mutex};
use std::thread;

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
    let Batch { reader, threads, inputs, options } = match batch::open(args.input, |b| b) {
        Ok(batch) => batch,
        Err(status) => return status,
    };
    // The second connection looks up what is known while the first one writes.
    let stores = Store::create(&args.store).and_then(|s| Ok((s, Store::open(&args.store)?)));
    let (store, lookup) = match stores {
        Ok(stores) => stores,
        Err(error) => return refuse(&error),
    };
    // a folder is only looked through beforehand for somebody who waits
    let waits = std::io::stderr().is_terminal();
    let total = if list.is_none() && waits { size(&inputs) } else { None };
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
    let store = store.with_threads(threads);
    let mut adding = Adding::new(store, on_clash, Progress::new(total));
    let items = Items { paths, open: None, before: 0, options };
    let looking = Looking { lookup: Mutex::new(lookup), on_clash };
    // While a batch is written the next one is read.
    let (read, written) = sync_channel(BATCH);
    thread::scope(|scope| {
        scope.spawn(|| written.into_iter().for_each(|done| adding.take(done)));
        let hand_over = |done| drop(read.send(done));
        ordered(threads, items, |item| work(&reader, &looking, item), hand_over);
        drop(read);
    });
    // Joining needs memory, and reading none any more.
    drop((reader, looking));
    adding.finish(&args.store)
}

/// Bytes of all inputs; nothing when that of one is not known.
fn size(paths: &[PathBuf]) -> Option<u64> {
    paths.iter().map(|path| Input::from(path.clone()).size()).sum()
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

/// An article on its way, and how far in all inputs it ends.
struct Item {
    draft: Result<Draft, IntakeError>,
    bytes: u64,
}

/// The articles of all files.
struct Items {
    paths: Box<dyn Iterator<Item = PathBuf> + Send>,
    open: Option<Drafts>,
    /// Bytes of the inputs before the open one.
    before: u64,
    options: Arc<Options>,
}

impl Iterator for Items {
    type Item = Item;

    fn next(&mut self) -> Option<Item> {
        loop {
            if let Some(drafts) = &mut self.open {
                if let Some(draft) = drafts.next() {
                    return Some(Item { draft, bytes: self.before + drafts.bytes_read() });
                }
                self.before += drafts.bytes_read();
            }
            let path = self.paths.next()?;
            self.open = Some(Input::from(path).drafts(&self.options));
        }
    }
}

/// What tells which articles are in the store already: those are not read
/// again.
struct Looking {
    lookup: Mutex<Store>,
    on_clash: OnClash,
}

impl Looking {
    /// What is known of an article, if that is all there is to do with it.
    fn known(&self, record: &Record) -> Result<Option<Known>, StoreError> {
        // a thread that panicked left the connection as it was
        let lookup = self.lookup.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
        Ok(match lookup.known(&record.article)? {
            Known::Other if self.on_clash == OnClash::Keep => Some(Known::Other),
            Known::Same => Some(Known::Same),
            _ => None,
        })
    }
}

/// An article that has been dealt with, for the writer.
enum Done {
    Unread(String),
    Known(String, Known),
    /// Picked up, and no article.
    Left(Left),
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

fn work(reader: &Reader, looking: &Looking, item: Item) -> Done {
    let bytes = item.bytes;
    let record = match item.draft.and_then(Draft::article) {
        Ok(Taken::Article(record)) => record,
        Ok(Taken::Left(why)) => return Done::Left(why),
        Err(error) => return Done::Unread(error.to_string()),
    };
    match looking.known(&record) {
        Err(error) => return Done::Failed(error),
        Ok(Some(known)) => return Done::Known(record.article.id, known),
        Ok(None) => {}
    }
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
    left: LeftOut,
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
            left: LeftOut::default(),
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
            Done::Left(why) => self.left.count(why),
            Done::Skipped { messages, english } => {
                messages.iter().for_each(|message| self.progress.complain(message));
                if english {
                    self.unread += 1;
                    self.status = self.status.max(Status::SomeUnread);
                } else {
                    self.left.count(Left::Foreign);
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
        let kept = [(self.known, "were there"), (self.kept, "not added for their ids")];
        let unread = [(self.unread, "could not be read")];
        let told = |(count, what): &(u64, &str)| (*count > 0).then(|| format!("{count} {what}"));
        for told in kept
            .iter()
            .filter_map(told)
            .chain(self.left.told())
            .chain(unread.iter().filter_map(told))
        {
            line += &format!(", {told}");
        }
        complain(line);
        self.status
    }
}
