//! A folder of the user's own: reading its files, and finding those that nobody
//! reads.

use crate::{LexiconError, Problems};
use std::path::Path;

/// Warns of tables in a folder that have none of these names.
pub(crate) fn strays_of(folder: &Path, known: &[&str], usual: &str, problems: &mut Problems) {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let mut names: Vec<String> =
        entries.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    let is_known = |name: &str| known.iter().any(|k| name == *k || name == more(k));
    for name in names.iter().filter(|name| !is_known(name)) {
        let lower = name.to_lowercase();
        let like =
            |file: &&&str| file.chars().zip(lower.chars()).take_while(|(a, b)| a == b).count();
        let nearest = known.iter().max_by_key(like).filter(|file| like(file) > 3);
        let sheet = [".csv", ".txt", ".tab"].iter().any(|end| lower.ends_with(end));
        if !(lower.ends_with(".tsv") || sheet && nearest.is_some()) {
            continue;
        }
        let nearest = nearest.map_or(usual, |file| *file);
        let reason = format!(
            "the file is not read, since no lexicon has this name; rename it to {nearest}, to replace ours, or to {}, to add rows",
            more(nearest)
        );
        let file = folder.join(name).display().to_string();
        problems.warn(LexiconError { file, line: 1, reason });
    }
}

/// Path and text of a file of a folder, if it is there.
pub(crate) fn laid_over(
    folder: &Path,
    name: &str,
) -> Result<Option<(String, String)>, LexiconError> {
    let path = folder.join(name);
    if !path.exists() {
        return Ok(None);
    }
    let file = path.display().to_string();
    let bytes = match std::fs::read(&path) {
        Ok(bytes) => bytes,
        Err(error) => {
            let reason = format!("the file cannot be read: {error}");
            return Err(LexiconError { file, line: 1, reason });
        }
    };
    match String::from_utf8(bytes) {
        Ok(text) => Ok(Some((file, text))),
        Err(error) => {
            let good = &error.as_bytes()[..error.utf8_error().valid_up_to()];
            let line = 1 + good.iter().filter(|&&byte| byte == b'\n').count();
            let reason = "this is not UTF-8; save the file as UTF-8 text".to_owned();
            Err(LexiconError { file, line, reason })
        }
    }
}

/// The name of the file that adds rows to a lexicon.
pub(crate) fn more(name: &str) -> String {
    name.replace(".tsv", ".more.tsv")
}
