//! A file that is there only when it is whole.

use crate::TableError;
use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

/// A file that is written beside its place and put there when it is done; what
/// stood there before stays until then. Dropped before, it leaves nothing.
#[derive(Debug)]
pub struct OutputFile {
    out: Option<BufWriter<File>>,
    beside: PathBuf,
    path: PathBuf,
}

impl OutputFile {
    /// Begins a file.
    ///
    /// # Errors
    /// [`TableError::File`]: no such folder, no right to write there.
    pub fn create(path: impl AsRef<Path>) -> Result<Self, TableError> {
        let path = path.as_ref().to_owned();
        let refuse = |reason: String| TableError::File { path: path.clone(), reason };
        if path.is_dir() {
            return Err(refuse("this is a folder; give the name of a file in it".to_owned()));
        }
        let Some(name) = path.file_name() else {
            return Err(refuse("this is no file name".to_owned()));
        };
        let mut beside = std::ffi::OsString::from(".");
        beside.push(name);
        beside.push(format!(".{}.part", std::process::id()));
        let beside = path.with_file_name(beside);
        let file = File::create(&beside).map_err(|error| {
            refuse(format!("the file cannot be made ({error}); check the folder"))
        })?;
        Ok(Self { out: Some(BufWriter::new(file)), beside, path })
    }

    /// Puts the file into its place.
    ///
    /// # Errors
    /// [`TableError::File`]; what stood there before is still there then.
    pub fn commit(mut self) -> Result<(), TableError> {
        let done = match self.out.take() {
            Some(out) => out.into_inner().map_err(|e| e.into_error()).and_then(|f| f.sync_all()),
            None => Ok(()),
        };
        let done = done.and_then(|()| fs::rename(&self.beside, &self.path));
        let reason = |e: std::io::Error| format!("the file cannot be written ({e})");
        done.map_err(|e| TableError::File { path: self.path.clone(), reason: reason(e) })
    }
}

impl Write for OutputFile {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.out.as_mut().map_or(Ok(0), |out| out.write(bytes))
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.out.as_mut().map_or(Ok(()), Write::flush)
    }
}

impl Drop for OutputFile {
    fn drop(&mut self) {
        self.out = None;
        // where it has been put into its place, there is none to remove
        let _ = fs::remove_file(&self.beside);
    }
}
