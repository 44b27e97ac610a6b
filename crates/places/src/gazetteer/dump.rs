//! From a GeoNames dump to a gazetteer of the user's own.
//!
//! A dump (<https://download.geonames.org/export/dump/>, `allCountries.zip`,
//! `NO.zip`, `cities15000.zip`) is a text of 19 cells a line, alone or in a zip
//! archive. It is read as a stream.

use super::MAGIC;
use super::pack::{Packed, Packer, Row, RowError, number};
use crate::atlas::alpha3_codes;
use dateline_lexicon::{LexiconError, Lexicons};
use std::collections::HashMap;
use std::fs::File;
use std::io::{self, BufRead, BufReader, BufWriter, Read, Seek, Write};
use std::path::{Path, PathBuf};

/// Cells of a line of a dump.
const CELLS: usize = 19;
/// Most bytes of a line; the longest of GeoNames have some twenty thousand.
const LONGEST: u64 = 1 << 20;
/// Inhabitants from which a town keeps its other names: they are of all
/// languages and unmarked, and those of small towns are mostly words of one.
const ALTERNATES_FROM: u64 = 15_000;
/// Features that news hardly writes of by name, or that share few names among
/// many: left out unless asked for. A `*` stands for the rest of a code.
const LEFT_OUT: &[&str] = &[
    "R.*", "S.BANK", "S.BLDG", "S.CH", "S.CMTY", "S.CTRCM", "S.FRM*", "S.GHSE", "S.HSE", "S.HTL",
    "S.MALL", "S.PO", "S.REST", "S.SCH", "S.STOR", "H.WLL", "A.PCLH", "A.ADM1H", "A.ADM2H",
    "A.ADM3H", "A.ADM4H", "A.ADMDH",
];

/// Why a gazetteer could not be built.
#[derive(Debug, thiserror::Error)]
pub enum BuildError {
    /// A mistake in `countries.tsv`.
    #[error(transparent)]
    Lexicon(#[from] LexiconError),
    /// A dump that cannot be read, or that is none.
    #[error("{}: {reason}", path.display())]
    Dump {
        /// The dump.
        path: PathBuf,
        /// What is wrong.
        reason: String,
    },
    /// A line of the dump that is not as it should be.
    #[error("{}, line {line}: {reason}", path.display())]
    Line {
        /// The dump.
        path: PathBuf,
        /// Line, from 1.
        line: u64,
        /// What is wrong.
        reason: String,
    },
    /// A gazetteer that cannot be written.
    #[error("{}: {reason}", path.display())]
    Out {
        /// The gazetteer, or a scratch file beside it.
        path: PathBuf,
        /// What is wrong.
        reason: String,
    },
}

/// What of a dump goes into a gazetteer.
///
/// ```
/// use dateline_lexicon::Lexicons;
/// use dateline_places::{Build, Gazetteer};
/// let folder = std::env::temp_dir().join(format!("dateline-build-{}", std::process::id()));
/// std::fs::create_dir_all(&folder)?;
/// let (dump, out) = (folder.join("dump.txt"), folder.join("my.gaz"));
/// let line = "7\tNew Town\tNew Town\t\t1.5\t-2.5\tP\tPPL\tGH\t\t\t\t\t\t5000\t\t9\tAfrica/Accra\t2020-01-01\n";
/// std::fs::write(&dump, line)?;
/// Build::default().run(&dump, &out, &Lexicons::embedded())?;
/// assert_eq!(Gazetteer::load(&out)?.lookup("new town").next().unwrap().country, "GHA");
/// # std::fs::remove_dir_all(&folder)?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Default)]
pub struct Build {
    /// Classes and codes to keep, such as `A`, `P.PPLC` and `S.AIR*`; all but
    /// farms, shops, schools, roads and the like when empty.
    pub features: Vec<String>,
    /// Towns of fewer inhabitants are left out.
    pub population: u64,
}

impl Build {
    /// Reads a dump, a text or a zip archive with one, and writes a gazetteer.
    /// Memory is bounded whatever the dump's size; a folder beside `out` holds
    /// the rest while it is being made, and is removed.
    ///
    /// # Errors
    /// A damaged or foreign dump, with the line where there is one, and an
    /// `out` that cannot be written or is a file of another kind.
    pub fn run(&self, dump: &Path, out: &Path, lexicons: &Lexicons) -> Result<Packed, BuildError> {
        let countries = alpha3_codes(lexicons)?;
        let unwritten = |reason: String| BuildError::Out { path: out.to_owned(), reason };
        let io = |error: io::Error| unwritten(format!("cannot be written: {error}"));
        if !may_be_written(out) {
            return Err(unwritten("is there already, and is no gazetteer".to_owned()));
        }
        let mut source = Source::open(dump)?;
        let lines = source.lines(dump)?;
        let beside = |end: &str| {
            let mut name = out.file_name().unwrap_or_default().to_owned();
            name.push(format!(".{}.{end}", std::process::id()));
            out.with_file_name(name)
        };
        let mut packer = Packer::new(beside("scratch")).map_err(io)?;
        self.pack(lines, &mut packer, &countries)?;
        let partial = beside("partial");
        let write = || {
            let mut file = BufWriter::new(File::create(&partial)?);
            let packed = packer.finish(&mut file)?;
            file.flush()?;
            std::fs::rename(&partial, out)?;
            Ok(packed)
        };
        write().map_err(|error| {
            let _ = std::fs::remove_file(&partial);
            io(error)
        })
    }

    fn pack(
        &self,
        mut lines: Lines<'_>,
        packer: &mut Packer,
        countries: &HashMap<String, String>,
    ) -> Result<(), BuildError> {
        while let Some(line) = lines.next()? {
            let row = line.row(countries);
            let row = row.map_err(|error| lines.mistake(error.to_string()))?;
            if row.feature == "A.ADM1" {
                packer.division(row.country, row.division, row.name);
            }
            if self.keeps(&row) {
                packer.add(&row).map_err(|error| {
                    lines.mistake(format!("the scratch files cannot be written: {error}"))
                })?;
            }
        }
        if lines.line == 0 {
            return Err(lines.foreign("is empty"));
        }
        Ok(())
    }

    fn keeps(&self, row: &Row<'_>) -> bool {
        let fits = |pattern: &str| match pattern.strip_suffix('*') {
            Some(start) => row.feature.starts_with(start),
            None if pattern.len() == 1 => row.feature.starts_with(pattern),
            None => row.feature == pattern,
        };
        let kept = if self.features.is_empty() {
            !LEFT_OUT.iter().any(|pattern| fits(pattern))
        } else {
            self.features.iter().any(|pattern| fits(pattern))
        };
        kept && !(row.feature.starts_with("P.") && row.population < self.population)
    }
}

/// Whether a path is free, or has a gazetteer that may be replaced.
fn may_be_written(out: &Path) -> bool {
    let Ok(file) = File::open(out) else { return !out.exists() };
    let mut start = Vec::new();
    let read = file.take(7).read_to_end(&mut start);
    read.is_ok() && (start.is_empty() || start == MAGIC[..7])
}

/// A line with the feature that its cells make.
struct Line {
    text: String,
    feature: String,
}

impl Line {
    fn row<'l>(&'l self, countries: &'l HashMap<String, String>) -> Result<Row<'l>, RowError> {
        let cells: Vec<&str> = self.text.split('\t').collect();
        let wrong = |reason: String| Err(RowError(reason));
        if cells.len() != CELLS {
            let count = cells.len();
            return wrong(format!(
                "{count} cells where a GeoNames dump has {CELLS}; is it cut off, or another file?"
            ));
        }
        let population = if cells[14].is_empty() { 0 } else { number(cells[14], "population")? };
        let town = cells[6] == "P";
        let named = !town || population >= ALTERNATES_FROM;
        Row {
            feature: &self.feature,
            id: number(cells[0], "GeoNames id")?,
            name: if cells[1].is_empty() { cells[2] } else { cells[1] },
            alternates: cells[3].split(',').filter(|name| named && is_usable(name)).collect(),
            lat: number(cells[4], "latitude")?,
            lon: number(cells[5], "longitude")?,
            country: countries.get(cells[8]).map_or("", String::as_str),
            division: cells[10],
            population,
        }
        .checked()
    }
}

/// Whether an English text might use a name: Latin letters, capitalised, and
/// no code.
fn is_usable(name: &str) -> bool {
    let letters = name.chars().count();
    let latin = |c: char| c.is_ascii() || ('\u{c0}'..='\u{24f}').contains(&c) || c == '\u{2019}';
    let odd = |c: char| c.is_ascii_digit() || ",()/|`".contains(c);
    (4..=40).contains(&letters)
        && name.starts_with(char::is_uppercase)
        && name.chars().any(char::is_lowercase)
        && name.chars().all(|c| latin(c) && !odd(c))
        && name.split_whitespace().count() <= 5
}

/// Where the text of a dump lies.
enum Source {
    Text(BufReader<File>),
    /// An archive and the number of the dump in it.
    Zip(zip::ZipArchive<BufReader<File>>, usize),
}

impl Source {
    fn open(path: &Path) -> Result<Self, BuildError> {
        let fail = |reason: String| BuildError::Dump { path: path.to_owned(), reason };
        let unread = |error: io::Error| fail(format!("cannot be read: {error}"));
        let mut file = File::open(path).map_err(unread)?;
        let mut start = Vec::new();
        Read::by_ref(&mut file).take(4).read_to_end(&mut start).map_err(unread)?;
        file.rewind().map_err(unread)?;
        let file = BufReader::with_capacity(1 << 16, file);
        if start == MAGIC[..4] {
            return Err(fail("is a gazetteer already, not a GeoNames dump".to_owned()));
        }
        if start != *b"PK\x03\x04" {
            return Ok(Self::Text(file));
        }
        let archive = zip::ZipArchive::new(file);
        let archive = archive.map_err(|error| fail(format!("a damaged zip archive: {error}")))?;
        let is_dump = |name: &str| name.ends_with(".txt") && !name.contains("readme");
        let names = archive.file_names().enumerate();
        let mut dumps = names.filter(|(_, name)| name.as_ref().is_ok_and(|name| is_dump(name)));
        let at = dumps.next().map(|(at, _)| at);
        drop(dumps);
        let none = "a zip archive without a GeoNames dump (a .txt) in it";
        Ok(Self::Zip(archive, at.ok_or_else(|| fail(none.to_owned()))?))
    }

    fn lines(&mut self, path: &Path) -> Result<Lines<'_>, BuildError> {
        let reader: Box<dyn BufRead + '_> = match self {
            Self::Text(file) => Box::new(file),
            Self::Zip(archive, at) => {
                let member = archive.by_index(*at).map_err(|error| {
                    let reason = format!("a damaged zip archive: {error}");
                    BuildError::Dump { path: path.to_owned(), reason }
                })?;
                Box::new(BufReader::with_capacity(1 << 16, member))
            }
        };
        Ok(Lines { path: path.to_owned(), reader, line: 0 })
    }
}

/// The lines of a dump.
struct Lines<'s> {
    path: PathBuf,
    reader: Box<dyn BufRead + 's>,
    line: u64,
}

impl Lines<'_> {
    /// The next line, without its end.
    fn next(&mut self) -> Result<Option<Line>, BuildError> {
        let mut bytes = Vec::new();
        let read = self.reader.by_ref().take(LONGEST).read_until(b'\n', &mut bytes);
        read.map_err(|error| {
            self.foreign(&format!("is damaged after line {}: {error}", self.line))
        })?;
        if bytes.is_empty() {
            return Ok(None);
        }
        self.line += 1;
        if bytes.len() as u64 == LONGEST {
            return Err(self.mistake("too long for a line of a GeoNames dump".to_owned()));
        }
        let Ok(text) = String::from_utf8(bytes) else {
            return Err(self.mistake("not UTF-8, as a GeoNames dump is".to_owned()));
        };
        let text = text.trim_end_matches(['\n', '\r']).to_owned();
        let mut cells = text.split('\t').skip(6);
        let (class, code) = (cells.next().unwrap_or(""), cells.next().unwrap_or(""));
        // A few places have no feature: nobody knows what they are.
        let known = |part: &str| if part.is_empty() { "_".to_owned() } else { part.to_owned() };
        let feature = format!("{}.{}", known(class), known(code));
        Ok(Some(Line { text, feature }))
    }

    fn mistake(&self, reason: String) -> BuildError {
        BuildError::Line { path: self.path.clone(), line: self.line, reason }
    }

    fn foreign(&self, reason: &str) -> BuildError {
        BuildError::Dump { path: self.path.clone(), reason: reason.to_owned() }
    }
}
