//! Files that live only while a gazetteer is made.

use std::cell::Cell;
use std::fs::{self, File, OpenOptions};
use std::io;
use std::path::PathBuf;

/// A folder that is removed, with what is in it, when the work ends or fails.
#[derive(Debug)]
pub(super) struct Scratch {
    folder: PathBuf,
    files: Cell<usize>,
}

impl Scratch {
    /// Makes the folder, which must not be there yet.
    pub fn new(folder: PathBuf) -> io::Result<Self> {
        fs::create_dir(&folder)?;
        Ok(Self { folder, files: Cell::new(0) })
    }

    /// A new file to write and read again.
    pub fn file(&self) -> io::Result<File> {
        let number = self.files.get();
        self.files.set(number + 1);
        let path = self.folder.join(number.to_string());
        OpenOptions::new().read(true).write(true).create_new(true).open(path)
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.folder);
    }
}
