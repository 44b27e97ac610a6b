//! A file, a folder or standard input, opened as what it is.

use crate::columns::Columns;
use crate::draft::{Draft, Material, Page, Taken};
use crate::error::{IntakeError, Problem, Where};
use crate::feed::{Feed, MAX_FEED_BYTES};
use crate::folder::{self, Folder};
use crate::format::{Format, Named, detect, stem};
use crate::html::MAX_PAGE_BYTES;
use crate::jsonl::JsonLines;
use crate::record::RawRecord;
use crate::table::Table;
use crate::unpack::{Counted, Unpacked};
use crate::warc::Warc;
use crate::{Record, decode, http};
use std::fs::File;
use std::io::{self, BufRead, Cursor, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// Most bytes of one plain-text file, one line of JSONL or one row of a table
/// that are taken into memory.
pub const MAX_INPUT_BYTES: u64 = 256 << 20;

/// What the command line says of articles whose input does not say it.
#[derive(Debug, Clone, Default)]
pub struct Defaults {
    /// Id of a plain text or a page; records without an id get it with their
    /// line.
    pub id: Option<String>,
    /// Headline.
    pub title: Option<String>,
    /// Publisher.
    pub outlet: Option<String>,
    /// Address.
    pub url: Option<String>,
    /// Publication date.
    pub published: Option<String>,
}

/// How inputs are to be taken.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// What holds of articles that do not say it.
    pub defaults: Defaults,
    /// What all inputs are; without, it is told by content and name.
    pub format: Option<Format>,
    /// What JSON and tables call the fields of an article.
    pub columns: Columns,
}

impl From<Defaults> for Options {
    fn from(defaults: Defaults) -> Self {
        Self { defaults, ..Self::default() }
    }
}

/// Where articles come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Input {
    /// A file, or a folder with all that is in it.
    File(PathBuf),
    /// Standard input.
    Standard,
}

impl From<PathBuf> for Input {
    /// `-` is standard input.
    fn from(path: PathBuf) -> Self {
        if path == Path::new("-") { Self::Standard } else { Self::File(path) }
    }
}

/// Articles of one input, read as they are asked for.
pub type Articles = Box<dyn Iterator<Item = Result<Record, IntakeError>> + Send>;

type Items = Box<dyn Iterator<Item = Result<Draft, IntakeError>> + Send>;

/// Articles of one input as they stand in it, to be made by whoever has time.
pub struct Drafts {
    items: Items,
    read: Arc<AtomicU64>,
}

impl Drafts {
    /// How many bytes of the input have been read, packed as they are.
    pub fn bytes_read(&self) -> u64 {
        self.read.load(Ordering::Relaxed)
    }
}

impl Iterator for Drafts {
    type Item = Result<Draft, IntakeError>;

    fn next(&mut self) -> Option<Self::Item> {
        self.items.next()
    }
}

impl Input {
    /// The articles of this input. What was picked up and is no article, or
    /// not in English, is left out.
    ///
    /// ```no_run
    /// use dateline_intake::{Defaults, Input};
    /// for record in Input::File("articles.jsonl".into()).open(Defaults::default()) {
    ///     match record {
    ///         Ok(record) => println!("{}", record.article.id),
    ///         Err(error) => eprintln!("{error}"), // articles.jsonl, line 3: ...
    ///     }
    /// }
    /// ```
    pub fn open(&self, options: impl Into<Options>) -> Articles {
        let drafts = self.drafts(&Arc::new(options.into()));
        Box::new(drafts.filter_map(|draft| match draft.and_then(Draft::article) {
            Ok(Taken::Article(record)) => Some(Ok(*record)),
            Ok(Taken::Left(_)) => None,
            Err(error) => Some(Err(error)),
        }))
    }

    /// The articles of this input as they stand in it. To take them one by one
    /// is quick; [`Draft::article`] makes them, on any thread.
    pub fn drafts(&self, options: &Arc<Options>) -> Drafts {
        let read = Arc::new(AtomicU64::new(0));
        let options = options.clone();
        let items = match self {
            Input::Standard => {
                let bytes = Counted { bytes: io::stdin(), read: read.clone() };
                opened(bytes, Named::Nothing, "standard input", "stdin", options)
            }
            Input::File(path) if path.is_dir() => {
                Box::new(Folder::new(path, options, read.clone()))
            }
            Input::File(path) => open_file(path, &stem(path), options, read.clone()),
        };
        Drafts { items, read }
    }

    /// How many bytes this input has, where that is known.
    pub fn size(&self) -> Option<u64> {
        let Input::File(path) = self else { return None };
        let known = std::fs::metadata(path).ok()?;
        if known.is_dir() {
            return Some(folder::size(path));
        }
        known.is_file().then_some(known.len())
    }
}

/// The articles of a file; `stem` is what its article is called.
pub(crate) fn open_file(
    path: &Path,
    stem: &str,
    options: Arc<Options>,
    read: Arc<AtomicU64>,
) -> Items {
    let name = path.display().to_string();
    match File::open(path) {
        Ok(file) => {
            let bytes = Counted { bytes: file, read };
            opened(bytes, Format::of_name(path), &name, stem, options)
        }
        Err(error) => failed(
            &name,
            match error.kind() {
                io::ErrorKind::NotFound => Problem::Missing,
                _ => Problem::Io(error),
            },
        ),
    }
}

/// The articles of bytes of whatever format.
fn opened(
    bytes: impl Read + Send + 'static,
    named: Named,
    name: &str,
    stem: &str,
    options: Arc<Options>,
) -> Items {
    let source = Source { name, stem, options, limit: MAX_INPUT_BYTES };
    source.open(bytes, named).unwrap_or_else(|problem| failed(name, problem))
}

fn failed(name: &str, problem: Problem) -> Items {
    let place = Where::whole(name);
    Box::new(std::iter::once(Err(IntakeError { place, problem })))
}

/// An input that is being opened.
struct Source<'a> {
    name: &'a str,
    stem: &'a str,
    options: Arc<Options>,
    limit: u64,
}

impl Source<'_> {
    fn open(self, bytes: impl Read + Send + 'static, named: Named) -> Result<Items, Problem> {
        let mut input = Unpacked::new(bytes)?;
        let format = match self.options.format {
            Some(format) => format,
            None => detect(&mut input, named, &self.options.columns)?,
        };
        match format {
            Format::Text => self.text(input),
            Format::Html => self.page(input),
            Format::Jsonl => self.json_lines(input),
            Format::Json => self.json(input),
            Format::Csv | Format::Tsv => self.table(input, format == Format::Tsv),
            Format::Feed => self.feed(input),
            Format::Warc => self.warc(input),
        }
    }

    /// All bytes, if they are not too many.
    fn all(&self, input: Unpacked, unit: &'static str, limit: u64) -> Result<Vec<u8>, Problem> {
        let mut bytes = Vec::new();
        input.take(limit + 1).read_to_end(&mut bytes)?;
        if bytes.len() as u64 > limit {
            return Err(Problem::TooLarge { unit, limit });
        }
        Ok(bytes)
    }

    fn id(&self) -> String {
        self.options.defaults.id.clone().unwrap_or_else(|| self.stem.to_owned())
    }

    fn one(&self, material: Material) -> Items {
        let place = Where::whole(self.name);
        let options = self.options.clone();
        Box::new(std::iter::once(Ok(Draft { place, options, gathered: false, material })))
    }

    fn text(self, input: Unpacked) -> Result<Items, Problem> {
        let bytes = self.all(input, "file", self.limit)?;
        let id = self.id();
        Ok(self.one(Material::Text { bytes, id }))
    }

    fn page(self, input: Unpacked) -> Result<Items, Problem> {
        let bytes = self.all(input, "page", MAX_PAGE_BYTES)?;
        let page = Page {
            bytes,
            packed: http::Packed::default(),
            charset: None,
            url: self.options.defaults.url.clone(),
            id: self.id(),
        };
        Ok(self.one(Material::Page(page)))
    }

    fn warc(self, input: Unpacked) -> Result<Items, Problem> {
        if cfg!(not(feature = "html")) {
            return Err(Problem::LeftOut("HTML, which web archives are of"));
        }
        Ok(Box::new(Warc::new(input, self.name, self.stem, self.options)))
    }

    fn feed(self, input: Unpacked) -> Result<Items, Problem> {
        let bytes = self.all(input, "feed", MAX_FEED_BYTES)?;
        let text = crate::decode::decode_page(bytes, None).map_err(Problem::NotText)?.text;
        Ok(Box::new(Feed::new(text, self.name, self.stem, self.options)))
    }

    /// An input without its mark of byte order; UTF-16 as UTF-8.
    fn utf8(&self, mut input: Unpacked) -> Result<Box<dyn BufRead + Send>, Problem> {
        let head = input.head()?;
        let utf16 = head.starts_with(b"\xFF\xFE") || head.starts_with(b"\xFE\xFF");
        if utf16 {
            let bytes = self.all(input, "file", self.limit)?;
            let text = decode(bytes).map_err(Problem::NotText)?.text;
            return Ok(Box::new(Cursor::new(text.into_bytes())));
        }
        decode(head.to_vec()).map_err(Problem::NotText)?;
        if head.starts_with(b"\xEF\xBB\xBF") {
            input.consume(3);
        }
        Ok(Box::new(input))
    }

    fn json_lines(self, input: Unpacked) -> Result<Items, Problem> {
        let lines = self.utf8(input)?;
        let lines = JsonLines::new(lines, self.name, self.stem, self.options.clone(), self.limit);
        let options = self.options;
        Ok(Box::new(lines.map(move |result| {
            result.map(|(record, place)| Draft {
                place,
                options: options.clone(),
                gathered: false,
                material: Material::Made(Box::new(record)),
            })
        })))
    }

    fn table(self, mut input: Unpacked, tabs: bool) -> Result<Items, Problem> {
        let first = input.head()?.to_vec();
        let rows = self.utf8(input)?;
        let first = if first.contains(&0) {
            first.into_iter().filter(|b| *b != 0).collect()
        } else {
            first
        };
        let (name, limit) = ((self.name, self.stem), self.limit);
        Ok(Box::new(Table::new(rows, tabs, &first, name, self.options, limit)?))
    }

    /// The records of a `.json` file: one object, several one after the other,
    /// or lists of them.
    fn json(self, input: Unpacked) -> Result<Items, Problem> {
        let text = decode(self.all(input, "file", self.limit)?).map_err(Problem::NotText)?.text;
        let mut values = Vec::new();
        for value in serde_json::Deserializer::from_str(&text).into_iter::<serde_json::Value>() {
            match value.map_err(|error| Problem::Json(error.to_string()))? {
                serde_json::Value::Array(many) => values.extend(many),
                one => values.push(one),
            }
        }
        let Self { name, stem, options, .. } = self;
        let read = |(at, value): (usize, serde_json::Value)| {
            let number = at as u64 + 1;
            let raw = RawRecord::of_value(value, &options.columns)
                .map_err(|error| Problem::Json(format!("{error} (record {number})")))?;
            raw.into_record(&options, stem, number)
        };
        let records: Vec<Record> =
            values.into_iter().enumerate().map(read).collect::<Result<_, _>>()?;
        let place = Where::whole(name);
        Ok(Box::new(records.into_iter().map(move |record| {
            let (place, options) = (place.clone(), options.clone());
            let material = Material::Made(Box::new(record));
            Ok(Draft { place, options, gathered: false, material })
        })))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Options;

    fn read(bytes: &[u8], file: Option<&str>) -> Vec<Result<Record, Problem>> {
        let named = file.map_or(Named::Nothing, |file| Format::of_name(Path::new(file)));
        let options = Arc::new(Options::default());
        let source = Source { name: "name", stem: "stem", options, limit: 10_000 };
        match source.open(Cursor::new(bytes.to_vec()), named) {
            Ok(items) => items
                .map(|draft| match draft.and_then(Draft::article) {
                    Ok(Taken::Article(record)) => Ok(*record),
                    Ok(Taken::Left(left)) => panic!("{left:?}"),
                    Err(error) => Err(error.problem),
                })
                .collect(),
            Err(problem) => vec![Err(problem)],
        }
    }

    fn texts(bytes: &[u8], file: Option<&str>) -> Vec<String> {
        read(bytes, file)
            .into_iter()
            .map(|r| r.map_or_else(|e| e.to_string(), |r| r.article.text))
            .collect()
    }

    #[test]
    fn tells_jsonl_from_text_by_the_first_line() {
        let lines = "{\"id\": \"x\", \"text\": \"A\"}\n{\"text\": \"B\"}\n";
        for mark in ["", "\u{FEFF}", "\n\n"] {
            let bytes = format!("{mark}{lines}");
            for file in [None, Some("a.jsonl"), Some("a.txt")] {
                assert_eq!(texts(bytes.as_bytes(), file), ["A", "B"], "{mark:?}");
            }
        }
        let utf16: Vec<u8> =
            format!("\u{FEFF}{lines}").encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(texts(&utf16, None), ["A", "B"]);
        let open = "{\"id\": \"x\" and so on\n";
        assert_eq!(texts(open.as_bytes(), Some("a.txt")), [open]);
        assert_eq!(texts(b"\n\nTalks.\n", None), ["\n\nTalks.\n"]);
        assert_eq!(texts(b"", None), [""]);
    }

    #[test]
    fn reads_json_files() {
        for json in [
            "{\n \"text\": \"A\"\n}\n{\n \"text\": \"B\"\n}",
            "[{\"text\": \"A\"},\n {\"text\": \"B\"}]",
            "{\"text\": \"A\"}\n{\"text\": \"B\"}\n",
        ] {
            assert_eq!(texts(json.as_bytes(), Some("a.json")), ["A", "B"], "{json}");
        }
        assert!(matches!(read(b"{\n \"text\": ", Some("a.json"))[..], [Err(Problem::Json(_))]));
    }

    #[test]
    fn reads_tables_of_utf16() {
        let table = "\u{FEFF}text\toutlet\nTalks.\tWire\n";
        let bytes: Vec<u8> = table.encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(texts(&bytes, Some("a.csv")), ["Talks."]);
        assert_eq!(texts(table.as_bytes(), None), ["Talks."]);
    }

    #[test]
    fn refuses_binary_and_too_much() {
        let image = read(b"\x89PNG\r\n", Some("a.jsonl"));
        assert!(matches!(image[..], [Err(Problem::NotText(_))]));
        let long = read(&[b'a'; 10_001], None);
        assert!(matches!(long[..], [Err(Problem::TooLarge { unit: "file", .. })]));
        assert_eq!(read(&[b'a'; 10_000], None).len(), 1);
    }
}
