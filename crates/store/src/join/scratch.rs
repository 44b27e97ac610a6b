//! What joining needs again and does not keep in memory: numbers of articles,
//! in a file that nobody else sees and that goes with the process.
//!
//! Any number of threads read at once, without waiting for each other. What is
//! read often stays in the system's memory for files, which is nobody's.

use super::kept::Quick;
use rusqlite::ffi;
use std::fs::{File, OpenOptions, remove_file};
use std::io::{Error, ErrorKind, Result as Io};
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Files of this process so far, for their names.
static FILES: AtomicU64 = AtomicU64::new(0);

/// Bytes of a number.
const BYTES: usize = 4;

/// A list of numbers of each article.
pub(crate) struct Scratch {
    file: File,
    places: Mutex<Places>,
}

#[derive(Default)]
struct Places {
    /// First byte and length in numbers of each article's list.
    of: Quick<i64, (u64, u32)>,
    end: u64,
}

impl Scratch {
    /// An empty file beside the store, where there is room if anywhere; else
    /// where temporary files lie.
    pub fn new(store: &Path) -> rusqlite::Result<Self> {
        let folder = store.parent().filter(|_| store.is_file());
        let file = folder.map_or_else(|| Err(ErrorKind::NotFound.into()), unseen);
        let file = file.or_else(|_| unseen(&std::env::temp_dir()));
        let file = file.map_err(|error| told(ffi::SQLITE_CANTOPEN, &error))?;
        Ok(Self { file, places: Mutex::default() })
    }

    fn places(&self) -> MutexGuard<'_, Places> {
        self.places.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Keeps the list of an article, instead of one from before.
    pub fn put(&self, article: i64, numbers: &[u32]) -> rusqlite::Result<()> {
        let bytes: Vec<u8> = numbers.iter().flat_map(|number| number.to_le_bytes()).collect();
        let at = {
            let mut places = self.places();
            let at = places.end;
            places.end += bytes.len() as u64;
            at
        };
        let written = at_place::write(&self.file, &bytes, at);
        written.map_err(|error| told(ffi::SQLITE_IOERR_WRITE, &error))?;
        self.places().of.insert(article, (at, numbers.len() as u32));
        Ok(())
    }

    /// The list of an article, where one was kept.
    pub fn get(&self, article: i64) -> rusqlite::Result<Option<Vec<u32>>> {
        let Some((at, length)) = self.places().of.get(&article).copied() else { return Ok(None) };
        let mut bytes = vec![0; length as usize * BYTES];
        let read = at_place::read(&self.file, &mut bytes, at);
        read.map_err(|error| told(ffi::SQLITE_IOERR_READ, &error))?;
        let numbers = bytes.as_chunks().0.iter().map(|bytes| u32::from_le_bytes(*bytes));
        Ok(Some(numbers.collect()))
    }
}

/// A new file without a name.
fn unseen(folder: &Path) -> Io<File> {
    loop {
        let number = FILES.fetch_add(1, Ordering::Relaxed);
        let path = folder.join(format!(".dateline-{}-{number}", std::process::id()));
        match OpenOptions::new().read(true).write(true).create_new(true).open(&path) {
            // of another process of this number, which was killed at this place
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
            Err(error) => return Err(error),
            Ok(file) => {
                remove_file(&path)?;
                return Ok(file);
            }
        }
    }
}

/// What went wrong, in SQLite's numbers, as with the store itself.
fn told(code: i32, error: &Error) -> rusqlite::Error {
    let reason = format!("a temporary file: {error}");
    rusqlite::Error::SqliteFailure(ffi::Error::new(code), Some(reason))
}

/// Reading and writing somewhere in a file, by several threads.
#[cfg(unix)]
mod at_place {
    use std::fs::File;
    use std::io::Result;
    use std::os::unix::fs::FileExt;

    pub fn read(file: &File, bytes: &mut [u8], at: u64) -> Result<()> {
        file.read_exact_at(bytes, at)
    }

    pub fn write(file: &File, bytes: &[u8], at: u64) -> Result<()> {
        file.write_all_at(bytes, at)
    }
}

/// The same where a file has one place at a time: one thread after the other.
#[cfg(not(unix))]
mod at_place {
    use std::fs::File;
    use std::io::{Read, Result, Seek, SeekFrom, Write};
    use std::sync::{Mutex, PoisonError};

    static ONE: Mutex<()> = Mutex::new(());

    pub fn read(mut file: &File, bytes: &mut [u8], at: u64) -> Result<()> {
        let _one = ONE.lock().unwrap_or_else(PoisonError::into_inner);
        file.seek(SeekFrom::Start(at))?;
        file.read_exact(bytes)
    }

    pub fn write(mut file: &File, bytes: &[u8], at: u64) -> Result<()> {
        let _one = ONE.lock().unwrap_or_else(PoisonError::into_inner);
        file.seek(SeekFrom::Start(at))?;
        file.write_all(bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_come_back_to_any_thread_and_leave_no_file() {
        let folder = std::env::temp_dir().join(format!("dateline-scratch-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let store = folder.join("news.db");
        std::fs::write(&store, "").unwrap();
        let scratch = Scratch::new(&store).unwrap();
        assert_eq!(std::fs::read_dir(&folder).unwrap().count(), 1);
        let list = |article: i64| (0..article as u32 * 7).collect::<Vec<u32>>();
        std::thread::scope(|scope| {
            for thread in 0..4 {
                let scratch = &scratch;
                scope.spawn(move || {
                    for article in (0..100).filter(|article| article % 4 == thread) {
                        scratch.put(article, &[1, 2, 3]).unwrap();
                        scratch.put(article, &list(article)).unwrap();
                    }
                });
            }
        });
        (0..100).for_each(|a| assert_eq!(scratch.get(a).unwrap(), Some(list(a))));
        assert_eq!(scratch.get(100).unwrap(), None);
        std::fs::remove_dir_all(&folder).unwrap();
    }
}
