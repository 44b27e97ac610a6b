//! The files of a folder and of the folders in it, in the order of their names.

use crate::Options;
use crate::draft::{Draft, Material};
use crate::error::{IntakeError, Problem, Where};
use crate::format::{Format, Named, stem};
use crate::source::open_file;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicU64;

type Drafts = Box<dyn Iterator<Item = Result<Draft, IntakeError>> + Send>;

/// The articles of a folder.
pub(crate) struct Folder {
    root: PathBuf,
    /// What is left of each open folder, the innermost last.
    left: Vec<std::vec::IntoIter<PathBuf>>,
    open: Option<Drafts>,
    options: Arc<Options>,
    read: Arc<AtomicU64>,
    /// Whether a file was opened.
    any: bool,
}

impl Folder {
    pub(crate) fn new(root: &Path, options: Arc<Options>, read: Arc<AtomicU64>) -> Self {
        let left = vec![vec![root.to_owned()].into_iter()];
        Self { root: root.to_owned(), left, open: None, options, read, any: false }
    }

    /// What an article of this file is called: its path in the folder.
    fn id(&self, path: &Path) -> String {
        let within = path.strip_prefix(&self.root).unwrap_or(path);
        let folders = within.parent().into_iter().flat_map(Path::components);
        let folders = folders.map(|part| part.as_os_str().to_string_lossy().into_owned());
        folders.chain([stem(path)]).collect::<Vec<_>>().join("/")
    }

    fn other(&self, path: &Path) -> Draft {
        let place = Where::whole(&path.display().to_string());
        Draft { place, options: self.options.clone(), gathered: true, material: Material::Other }
    }
}

/// The entries of a folder in order, hidden ones left out.
fn entries(folder: &Path) -> std::io::Result<Vec<PathBuf>> {
    let mut paths = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        if !entry.file_name().to_string_lossy().starts_with('.') {
            paths.push(entry.path());
        }
    }
    paths.sort();
    Ok(paths)
}

/// Bytes of all files in a folder, as far as they can be counted.
pub(crate) fn size(folder: &Path) -> u64 {
    let mut left = vec![folder.to_owned()];
    let mut bytes = 0;
    while let Some(path) = left.pop() {
        for path in entries(&path).unwrap_or_default() {
            if is_folder(&path) {
                left.push(path);
            } else if Format::of_name(&path) != Named::Nothing {
                bytes += std::fs::metadata(&path).map_or(0, |m| m.len());
            }
        }
    }
    bytes
}

/// Links to folders are not followed: they may lead in a circle.
fn is_folder(path: &Path) -> bool {
    std::fs::symlink_metadata(path).is_ok_and(|m| m.is_dir())
}

impl Iterator for Folder {
    type Item = Result<Draft, IntakeError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(articles) = &mut self.open {
                if let Some(draft) = articles.next() {
                    return Some(draft.map(|draft| Draft { gathered: true, ..draft }));
                }
                self.open = None;
            }
            let Some(folder) = self.left.last_mut() else {
                if std::mem::replace(&mut self.any, true) {
                    return None;
                }
                let place = Where::whole(&self.root.display().to_string());
                let problem = Problem::NoArticles(Format::all_endings());
                return Some(Err(IntakeError { place, problem }));
            };
            let Some(path) = folder.next() else {
                self.left.pop();
                continue;
            };
            if is_folder(&path) || path == self.root {
                match entries(&path) {
                    Ok(entries) => self.left.push(entries.into_iter()),
                    Err(error) => {
                        self.any = true;
                        let place = Where::whole(&path.display().to_string());
                        return Some(Err(IntakeError { place, problem: Problem::Io(error) }));
                    }
                }
                continue;
            }
            let known = self.options.format.is_some() || Format::of_name(&path) != Named::Nothing;
            if !known || path.is_dir() {
                return Some(Ok(self.other(&path)));
            }
            self.any = true;
            let id = self.id(&path);
            self.open = Some(open_file(&path, &id, self.options.clone(), self.read.clone()));
        }
    }
}
