//! The files that are built in, and a user's folder laid over them.

use crate::{LexiconError, Problems, Table};
use std::borrow::Cow;
use std::path::{Path, PathBuf};

/// A lexicon of the house.
struct BuiltIn {
    name: &'static str,
    about: &'static str,
    text: &'static str,
}

macro_rules! built_in {
    ($($name:literal: $about:literal),* $(,)?) => {
        &[$(BuiltIn {
            name: $name,
            about: $about,
            text: include_str!(concat!("../../../lexicon/", $name)),
        }),*]
    };
}

/// Every lexicon of the house, in alphabetical order.
const BUILT_IN: &[BuiltIn] = built_in![
    "actors.tsv": "people, bodies and armed groups, with codes, offices and dates",
    "channels.tsv": "words that tell how a claim was made public",
    "countries.tsv": "countries, with names, demonyms, capitals and codes",
    "cues.tsv": "words of saying, thinking and feeling, with their stances",
    "given-names.tsv": "given names and the gender they usually have",
    "holidays.tsv": "holidays and named days, with rules for their dates",
    "objects.tsv": "classes of objects that event frames ask for",
    "plover-codes.tsv": "the codes of PLOVER: types, modes, contexts, sectors",
    "plover-contexts.tsv": "words that speak for an event's context",
    "plover-embedded.tsv": "what a promised, refused or demanded event counts as",
    "plover-embedding.tsv": "words that make an event planned, denied or demanded",
    "plover-support.tsv": "light verbs, such as 'carry out', around event nouns",
    "plover.tsv": "event frames: words, and where actor and recipient stand",
    "regions.tsv": "provinces, continents, seas and other places",
    "roles.tsv": "words for offices and standings, with their sectors",
    "time-words.tsv": "the words that time expressions are made of",
    "toponym-words.tsv": "words that tell place names from other names",
];

/// The lexicons a reader works with.
#[derive(Debug, Clone, Default)]
pub struct Lexicons {
    folder: Option<PathBuf>,
}

/// A lexicon as [`Lexicons::files`] lists it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LexiconFile {
    /// File name, such as `roles.tsv`.
    pub name: &'static str,
    /// What it holds, in a few words.
    pub about: &'static str,
    /// Rows of the file, without those added.
    pub rows: usize,
    /// The user's file that stands in place of ours.
    pub replaced: Option<PathBuf>,
    /// The user's file that adds rows, and how many.
    pub added: Option<(PathBuf, usize)>,
}

impl Lexicons {
    /// The lexicons that are built in.
    pub fn embedded() -> Self {
        Self::default()
    }

    /// The built-in lexicons with a folder laid over them: `NAME.tsv` there
    /// replaces the file of that name, `NAME.more.tsv` adds rows to it.
    pub fn with_folder(folder: impl AsRef<Path>) -> Self {
        Self { folder: Some(folder.as_ref().to_owned()) }
    }

    /// Whether there is no folder of a user's: then all rows are ours, which
    /// tests have checked.
    pub fn are_ours(&self) -> bool {
        self.folder.is_none()
    }

    /// Names of the built-in files.
    pub fn names() -> impl Iterator<Item = &'static str> {
        BUILT_IN.iter().map(|file| file.name)
    }

    /// The table of a file name, such as `roles.tsv`, which must have `columns`.
    /// What is wrong goes to `problems`, and the rows that are right are kept:
    /// see [`Table::gather`].
    pub fn table(&self, name: &str, columns: &[&str], problems: &mut Problems) -> Table {
        let built_in = BUILT_IN.iter().find(|file| file.name == name).map(|file| file.text);
        let own = problems.keep(self.laid_over(name)).flatten();
        let mut table = match (own, built_in) {
            (Some((file, text)), _) => Table::gather(&file, text, columns, problems),
            (None, Some(text)) => Table::gather(name, text, columns, problems),
            (None, None) => {
                let reason = "there is no lexicon of this name".to_owned();
                problems.error(LexiconError { file: name.to_owned(), line: 1, reason });
                Table::default()
            }
        };
        if let Some((file, text)) = problems.keep(self.laid_over(&more(name))).flatten() {
            let added = Table::gather(&file, text, columns, problems);
            // one without rows may have no header: that has been said
            if !added.is_empty() {
                problems.keep(table.append(added));
            }
        }
        table
    }

    /// All lexicons with their rows, in alphabetical order. What cannot be
    /// read has no rows.
    pub fn files(&self) -> Vec<LexiconFile> {
        let rows = |name: &str, text: Cow<'static, str>| {
            Table::gather(name, text, &[], &mut Problems::default()).len()
        };
        let own = |name: &str| self.path(name).map(|path| (path, self.laid_over(name)));
        let count = |name: &str, read: Result<Option<(String, String)>, LexiconError>| {
            read.ok().flatten().map_or(0, |(_, text)| rows(name, text.into()))
        };
        let file = |file: &BuiltIn| {
            let replaced = own(file.name);
            let added = own(&more(file.name));
            LexiconFile {
                name: file.name,
                about: file.about,
                rows: match &replaced {
                    Some((_, read)) => count(file.name, read.clone()),
                    None => rows(file.name, file.text.into()),
                },
                replaced: replaced.map(|(path, _)| path),
                added: added.map(|(path, read)| (path, count(file.name, read))),
            }
        };
        BUILT_IN.iter().map(file).collect()
    }

    /// Warns of tables in the user's folder whose names are no lexicon's, and
    /// which nobody reads.
    pub fn strays(&self, problems: &mut Problems) {
        let Some(folder) = self.folder.as_ref() else { return };
        let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
        let mut names: Vec<String> =
            entries.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
        names.sort();
        let known = |name: &str| BUILT_IN.iter().any(|f| name == f.name || name == more(f.name));
        for name in names.iter().filter(|name| !known(name)) {
            let lower = name.to_lowercase();
            let like = |file: &&BuiltIn| {
                file.name.chars().zip(lower.chars()).take_while(|(a, b)| a == b).count()
            };
            let nearest = BUILT_IN.iter().max_by_key(like).filter(|f| like(f) > 3);
            let sheet = [".csv", ".txt", ".tab"].iter().any(|end| lower.ends_with(end));
            if !(lower.ends_with(".tsv") || sheet && nearest.is_some()) {
                continue;
            }
            let nearest = nearest.map_or("actors.tsv", |file| file.name);
            let reason = format!(
                "the file is not read, since no lexicon has this name; rename it to {nearest}, to replace ours, or to {}, to add rows",
                more(nearest)
            );
            let file = folder.join(name).display().to_string();
            problems.warn(LexiconError { file, line: 1, reason });
        }
    }

    /// The path of a file of the user's folder, if it is there.
    fn path(&self, name: &str) -> Option<PathBuf> {
        self.folder.as_ref().map(|folder| folder.join(name)).filter(|path| path.exists())
    }

    /// Path and text of a file of the user's folder, if it is there.
    fn laid_over(&self, name: &str) -> Result<Option<(String, String)>, LexiconError> {
        let Some(path) = self.path(name) else { return Ok(None) };
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
}

/// The name of the file that adds rows to a lexicon.
fn more(name: &str) -> String {
    name.replace(".tsv", ".more.tsv")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A folder with these files.
    fn folder(name: &str, files: &[(&str, &[u8])]) -> PathBuf {
        let name = format!("dateline-lexicon-{name}-{}", std::process::id());
        let folder = std::env::temp_dir().join(name);
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(&folder).unwrap();
        for (name, bytes) in files {
            std::fs::write(folder.join(name), bytes).unwrap();
        }
        folder
    }

    #[test]
    fn a_folder_replaces_and_adds() {
        let files: [(&str, &[u8]); 2] = [
            ("given-names.tsv", b"name\tgender\nAda\tf\n"),
            ("given-names.more.tsv", b"gender\tname\nm\tBo\nm\tCy\n"),
        ];
        let folder = folder("lay", &files);
        let lexicons = Lexicons::with_folder(&folder);
        let mut problems = Problems::with_warnings();
        let table = lexicons.table("given-names.tsv", &["name", "gender"], &mut problems);
        let names: Vec<&str> = table.rows().map(|row| row.get("name")).collect();
        assert_eq!(names, ["Ada", "Bo", "Cy"]);
        assert!(problems.list().is_empty(), "{problems:?}");
        let files = lexicons.files();
        let ours = files.iter().find(|f| f.name == "roles.tsv").unwrap();
        assert!(ours.rows > 600 && ours.replaced.is_none() && ours.added.is_none());
        let own = files.iter().find(|f| f.name == "given-names.tsv").unwrap();
        assert_eq!((own.rows, own.added.as_ref().unwrap().1), (1, 2));
        assert!(own.replaced.is_some());
        std::fs::remove_dir_all(&folder).unwrap();
    }

    #[test]
    fn what_cannot_be_read_and_what_is_not_read_is_said() {
        let files: [(&str, &[u8]); 4] = [
            ("roles.tsv", b"role\nreeve\nm\xE4r\n"),
            ("actor.more.tsv", b"name\n"),
            ("Countries.csv", b""),
            ("notes.txt", b"none of ours"),
        ];
        let folder = folder("stray", &files);
        let lexicons = Lexicons::with_folder(&folder);
        let mut problems = Problems::with_warnings();
        lexicons.table("roles.tsv", &["role"], &mut problems);
        lexicons.strays(&mut problems);
        let said: Vec<String> = problems.list().iter().map(|p| p.found.to_string()).collect();
        assert_eq!(said.len(), 3, "{said:?}");
        assert!(
            said[0].contains("Countries.csv, line 1") && said[0].contains("countries.more.tsv")
        );
        assert!(said[1].contains("actor.more.tsv") && said[1].contains("actors.more.tsv"));
        assert!(said[2].contains("roles.tsv, line 3: this is not UTF-8"), "{said:?}");
        std::fs::remove_dir_all(&folder).unwrap();
    }
}
