//! The files that are built in, and the user's folders laid over them.

use crate::folder::{laid_over, more, strays_of};
use crate::ontology::{ONTOLOGY, called};
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
    "cameo.tsv": "which CAMEO code is which PLOVER type, mode and contexts",
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
    ontology: Option<PathBuf>,
}

/// One file of a table.
struct Piece {
    /// File name, or path for a file of the user's own.
    file: String,
    text: Cow<'static, str>,
    origin: Origin,
}

/// Where a file comes from.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Origin {
    BuiltIn,
    /// The user's folder of lexicons.
    Folder,
    /// The user's ontology.
    Ontology,
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
    /// The user's files that add rows, and how many.
    pub added: Vec<(PathBuf, usize)>,
}

impl Lexicons {
    /// The lexicons that are built in.
    pub fn embedded() -> Self {
        Self::default()
    }

    /// The built-in lexicons with a folder laid over them: `NAME.tsv` there
    /// replaces the file of that name, `NAME.more.tsv` adds rows to it.
    pub fn with_folder(folder: impl AsRef<Path>) -> Self {
        Self { folder: Some(folder.as_ref().to_owned()), ontology: None }
    }

    /// With an ontology of the user's own: a folder whose tables say which
    /// events there are and which words express them. They stand in place of
    /// those on PLOVER, under names of their own ([`crate::ONTOLOGY`]):
    /// `frames.tsv` replaces `plover.tsv`, `frames.more.tsv` adds rows to it.
    pub fn with_ontology(self, folder: impl AsRef<Path>) -> Self {
        Self { ontology: Some(folder.as_ref().to_owned()), ..self }
    }

    /// The folder of the user's own ontology; `None` where events are PLOVER's.
    pub fn ontology(&self) -> Option<&Path> {
        self.ontology.as_deref()
    }

    /// Whether there is no folder of a user's: then all rows are ours, which
    /// tests have checked.
    pub fn are_ours(&self) -> bool {
        self.folder.is_none() && self.ontology.is_none()
    }

    /// Names of the built-in files.
    pub fn names() -> impl Iterator<Item = &'static str> {
        BUILT_IN.iter().map(|file| file.name)
    }

    /// The table of a file name, such as `roles.tsv`, which must have `columns`.
    /// What is wrong goes to `problems`, and the rows that are right are kept:
    /// see [`Table::gather`].
    pub fn table(&self, name: &str, columns: &[&str], problems: &mut Problems) -> Table {
        self.gather(name, columns, false, problems)
    }

    /// As [`Lexicons::table`], but of a file that must have no other columns
    /// than these, and `note` for remarks.
    pub fn closed_table(&self, name: &str, columns: &[&str], problems: &mut Problems) -> Table {
        self.gather(name, columns, true, problems)
    }

    fn gather(&self, name: &str, columns: &[&str], closed: bool, problems: &mut Problems) -> Table {
        let mut table: Option<Table> = None;
        for piece in self.pieces(name, problems) {
            let mut read = Table::gather(&piece.file, piece.text, columns, problems);
            if closed {
                read.has_only(columns, problems);
            }
            if piece.origin == Origin::Ontology {
                read.is_of_ontology();
            }
            match &mut table {
                None => table = Some(read),
                // one without rows may have no header: that has been said
                Some(_) if read.is_empty() => {}
                Some(table) => {
                    problems.keep(table.append(read));
                }
            }
        }
        table.unwrap_or_else(|| {
            let reason = "there is no lexicon of this name".to_owned();
            problems.error(LexiconError { file: name.to_owned(), line: 1, reason });
            Table::default()
        })
    }

    /// The files of a table: what holds its rows, then what adds some.
    fn pieces(&self, name: &str, problems: &mut Problems) -> Vec<Piece> {
        let own = self.ontology.as_deref().zip(called(name));
        let mut of_ontology = |rename: fn(&str) -> String| {
            let (folder, called) = own?;
            let (file, text) = problems.keep(laid_over(folder, &rename(called))).flatten()?;
            Some(Piece { file, text: text.into(), origin: Origin::Ontology })
        };
        let (instead, more_own) = (of_ontology(str::to_owned), of_ontology(more));
        let mut pieces = Vec::new();
        match instead {
            Some(piece) => pieces.push(piece),
            None => {
                let mut of_folder = |name: &str| {
                    let folder = self.folder.as_deref()?;
                    let (file, text) = problems.keep(laid_over(folder, name)).flatten()?;
                    Some(Piece { file, text: text.into(), origin: Origin::Folder })
                };
                let built_in = || {
                    let file = BUILT_IN.iter().find(|file| file.name == name)?;
                    let (file, text) = (name.to_owned(), file.text.into());
                    Some(Piece { file, text, origin: Origin::BuiltIn })
                };
                pieces.extend(of_folder(name).or_else(built_in));
                pieces.extend(of_folder(&more(name)));
            }
        }
        pieces.extend(more_own);
        pieces
    }

    /// All lexicons with their rows, in alphabetical order. Of the user's, those
    /// that can be read.
    pub fn files(&self) -> Vec<LexiconFile> {
        let file = |file: &BuiltIn| {
            let mut pieces = self.pieces(file.name, &mut Problems::default()).into_iter();
            let rows = |piece: &Piece| {
                Table::gather("", piece.text.clone(), &[], &mut Problems::default()).len()
            };
            let first = pieces.next();
            let path = |piece: Piece| PathBuf::from(piece.file);
            LexiconFile {
                name: file.name,
                about: file.about,
                rows: first.as_ref().map_or(0, rows),
                replaced: first.filter(|piece| piece.origin != Origin::BuiltIn).map(path),
                added: pieces
                    .map(|piece| {
                        let count = rows(&piece);
                        (path(piece), count)
                    })
                    .collect(),
            }
        };
        BUILT_IN.iter().map(file).collect()
    }

    /// Warns of tables in the user's folders whose names are no lexicon's, and
    /// which nobody reads.
    pub fn strays(&self, problems: &mut Problems) {
        if let Some(folder) = &self.folder {
            let names: Vec<&str> = Self::names().collect();
            strays_of(folder, &names, "actors.tsv", problems);
        }
        if let Some(folder) = &self.ontology {
            let names: Vec<&str> = ONTOLOGY.iter().map(|(own, _)| *own).collect();
            strays_of(folder, &names, "frames.tsv", problems);
        }
    }

    /// Takes as an error a folder of an ontology that says neither which events
    /// there are nor which words express them.
    pub fn check_ontology(&self, problems: &mut Problems) {
        let Some(folder) = &self.ontology else { return };
        let there = |name: &str| folder.join(name).exists() || folder.join(more(name)).exists();
        if !there("codes.tsv") && !there("frames.tsv") {
            let reason = "no ontology is here: it needs codes.tsv with its types and frames.tsv \
                          with the words that express them, or codes.more.tsv and \
                          frames.more.tsv to add some to PLOVER"
                .to_owned();
            problems.error(LexiconError { file: folder.display().to_string(), line: 1, reason });
        }
    }
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
        assert!(ours.rows > 600 && ours.replaced.is_none() && ours.added.is_empty());
        let own = files.iter().find(|f| f.name == "given-names.tsv").unwrap();
        assert_eq!((own.rows, own.added[0].1), (1, 2));
        assert!(own.replaced.is_some());
        std::fs::remove_dir_all(&folder).unwrap();
    }

    #[test]
    fn an_ontology_stands_in_place_of_ours_and_of_the_users_lexicon() {
        let mine: [(&str, &[u8]); 2] = [
            ("objects.more.tsv", b"class\tword\tcontexts\nferry\tferry\t\n"),
            ("plover-support.more.tsv", b"word\tsubject\tmodality\tpolarity\nply\tactor\t\t\n"),
        ];
        let own: [(&str, &[u8]); 4] = [
            ("objects.more.tsv", b"class\tword\tcontexts\ndyke\tdyke\t\n"),
            ("support.tsv", b"word\tsubject\tmodality\tpolarity\tnote\nstage\tactor\t\t\tours\n"),
            ("frame.tsv", b"words\n"),
            ("embedding.tsv", b"# mine\nword\tpos\twhy\n"),
        ];
        let (folder, ontology) = (folder("mine", &mine), folder("ontology", &own));
        let lexicons = Lexicons::with_folder(&folder).with_ontology(&ontology);
        assert!(!lexicons.are_ours() && lexicons.ontology().is_some());
        let mut problems = Problems::with_warnings();
        let objects =
            lexicons.closed_table("objects.tsv", &["class", "word", "contexts"], &mut problems);
        let last: Vec<(&str, bool)> =
            objects.rows().map(|row| (row.get("class"), row.of_ontology())).collect();
        assert_eq!(last[last.len() - 2..], [("ferry", false), ("dyke", true)]);
        assert!(last.len() > 2000);
        let columns = ["word", "subject", "modality", "polarity"];
        let support = lexicons.closed_table("plover-support.tsv", &columns, &mut problems);
        let words: Vec<&str> = support.rows().map(|row| row.get("word")).collect();
        assert_eq!(words, ["stage"]);
        lexicons.strays(&mut problems);
        lexicons.closed_table("plover-embedding.tsv", &["word", "pos"], &mut problems);
        lexicons.check_ontology(&mut problems);
        let said: Vec<String> = problems.list().iter().map(|p| p.found.to_string()).collect();
        assert_eq!(said.len(), 3, "{said:?}");
        assert!(said[0].contains("no ontology is here: it needs codes.tsv"), "{said:?}");
        assert!(said[1].contains("embedding.tsv, line 2: the column 'why' is none of word, pos;"));
        assert!(
            said[2].contains("frame.tsv, line 1") && said[2].contains("rename it to frames.tsv")
        );
        let files = lexicons.files();
        let of = |name: &str| files.iter().find(|file| file.name == name).unwrap();
        assert_eq!(of("objects.tsv").added.len(), 2);
        assert!(of("plover-support.tsv").replaced.as_ref().unwrap().ends_with("support.tsv"));
        for folder in [folder, ontology] {
            std::fs::remove_dir_all(folder).unwrap();
        }
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
