//! A file or standard input, opened as what it is.

use crate::error::{IntakeError, NotText, Problem, Where};
use crate::jsonl::JsonLines;
use crate::record::RawRecord;
use crate::{Record, decode};
use dateline_account::Article;
use std::ffi::OsStr;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Cursor, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Most bytes of one plain-text file or one line of JSONL that are taken into
/// memory.
pub const MAX_INPUT_BYTES: u64 = 256 << 20;

/// What the command line says of articles whose input does not say it.
#[derive(Debug, Clone, Default)]
pub struct Defaults {
    /// Id of a plain text; records without an id get it with their line.
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

/// Where articles come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Input {
    /// A file.
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

impl Input {
    /// The articles of this input. A plain text is one article; JSONL, told by
    /// the file's name or else by its first line, has one a line.
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
    pub fn open(&self, defaults: Defaults) -> Articles {
        let defaults = Arc::new(defaults);
        let (name, articles) = match self {
            Input::Standard => {
                let name = "standard input";
                (name.to_owned(), Source::new(io::stdin(), name, "stdin", defaults).articles())
            }
            Input::File(path) => {
                let name = path.display().to_string();
                let stem = path.file_stem().unwrap_or(OsStr::new("article")).to_string_lossy();
                let articles = open_file(path).and_then(|file| {
                    Source::new(file, &name, &stem, defaults).extension(path).articles()
                });
                (name, articles)
            }
        };
        articles.unwrap_or_else(|problem| {
            let place = Where { name, line: None };
            Box::new(std::iter::once(Err(IntakeError { place, problem })))
        })
    }
}

fn open_file(path: &Path) -> Result<File, Problem> {
    let problem = |error: io::Error| match error.kind() {
        io::ErrorKind::NotFound => Problem::Missing,
        _ => Problem::Io(error),
    };
    if std::fs::metadata(path).map_err(problem)?.is_dir() {
        return Err(Problem::Folder(path.join("*.txt").display().to_string()));
    }
    File::open(path).map_err(problem)
}

/// What a file's name says of its format.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Named {
    Text,
    JsonLines,
    Json,
    Nothing,
}

/// An open input, its format not yet known.
struct Source<R> {
    reader: BufReader<R>,
    name: String,
    stem: String,
    defaults: Arc<Defaults>,
    named: Named,
    limit: u64,
}

impl<R: Read + Send + 'static> Source<R> {
    fn new(reader: R, name: &str, stem: &str, defaults: Arc<Defaults>) -> Self {
        let reader = BufReader::with_capacity(1 << 16, reader);
        let (name, stem) = (name.to_owned(), stem.to_owned());
        Self { reader, name, stem, defaults, named: Named::Nothing, limit: MAX_INPUT_BYTES }
    }

    fn extension(mut self, path: &Path) -> Self {
        let extension = path.extension().unwrap_or_default().to_string_lossy().to_lowercase();
        self.named = match extension.as_str() {
            "txt" | "text" | "md" => Named::Text,
            "jsonl" | "ndjson" => Named::JsonLines,
            "json" => Named::Json,
            _ => Named::Nothing,
        };
        self
    }

    fn articles(mut self) -> Result<Articles, Problem> {
        let mut head = read_head(&mut self.reader)?;
        if head.starts_with(b"\xEF\xBB\xBF") {
            head.drain(..3);
        }
        let utf16 = head.starts_with(b"\xFF\xFE") || head.starts_with(b"\xFE\xFF");
        let format = match self.named {
            Named::Nothing if opens_record(&head, utf16) => Named::JsonLines,
            Named::Nothing => Named::Text,
            Named::Json if is_record(&head) => Named::JsonLines,
            named => named,
        };
        if format == Named::JsonLines && !utf16 {
            decode(head.clone()).map_err(Problem::NotText)?;
            let bytes = Cursor::new(head).chain(self.reader);
            let (name, stem) = (self.name, self.stem);
            return Ok(Box::new(JsonLines::new(bytes, &name, &stem, self.defaults, self.limit)));
        }
        let mut bytes = head;
        self.reader.take(self.limit + 1 - bytes.len() as u64).read_to_end(&mut bytes)?;
        if bytes.len() as u64 > self.limit {
            return Err(Problem::TooLarge { unit: "file", limit: self.limit });
        }
        let decoded = decode(bytes).map_err(Problem::NotText)?;
        match format {
            Named::JsonLines => {
                let text = Cursor::new(decoded.text.into_bytes());
                let (name, stem) = (self.name, self.stem);
                Ok(Box::new(JsonLines::new(text, &name, &stem, self.defaults, self.limit)))
            }
            Named::Json => whole_json(&decoded.text, &self.stem, &self.defaults),
            _ => {
                refuse_html(&decoded.text)?;
                let defaults = Arc::unwrap_or_clone(self.defaults);
                let article = Article {
                    id: defaults.id.unwrap_or(self.stem),
                    text: decoded.text,
                    title: defaults.title,
                    outlet: defaults.outlet,
                    url: defaults.url,
                    byline: Vec::new(),
                    published: defaults.published,
                };
                let mut record = Record::new(article);
                record.notes.extend(decoded.note);
                Ok(Box::new(std::iter::once(Ok(record))))
            }
        }
    }
}

/// As much of an input as is needed to tell its format: up to the end of the
/// first line that is not blank, and no more than eight kilobytes. Less would
/// keep a person waiting who types.
fn read_head(reader: &mut impl BufRead) -> io::Result<Vec<u8>> {
    let mut head = Vec::new();
    while head.len() < 8192 && head.iter().all(u8::is_ascii_whitespace) {
        if reader.take(8192 - head.len() as u64).read_until(b'\n', &mut head)? == 0 {
            break;
        }
    }
    Ok(head)
}

/// Whether the first line begins as a JSON object does, broken or not.
fn opens_record(head: &[u8], utf16: bool) -> bool {
    let utf16_noise = |byte: &u8| utf16 && b"\0\xFE\xFF".contains(byte);
    let ignored = |byte: &&u8| byte.is_ascii_whitespace() || utf16_noise(byte);
    let mut bytes = head.iter().filter(|byte| !ignored(byte));
    bytes.next() == Some(&b'{') && matches!(bytes.next(), Some(b'"' | b'}'))
}

/// Whether the first line is a whole JSON object: then the file is JSONL,
/// whatever its name.
fn is_record(head: &[u8]) -> bool {
    head.ends_with(b"\n") && serde_json::from_slice::<RawRecord>(head).is_ok()
}

/// The records of a `.json` file: one object, several one after the other, or
/// lists of them.
fn whole_json(text: &str, stem: &str, defaults: &Arc<Defaults>) -> Result<Articles, Problem> {
    let mut records = Vec::new();
    for value in serde_json::Deserializer::from_str(text).into_iter::<serde_json::Value>() {
        match value.map_err(|error| Problem::Json(error.to_string()))? {
            serde_json::Value::Array(many) => records.extend(many),
            one => records.push(one),
        }
    }
    let read = |(at, value): (usize, serde_json::Value)| {
        let number = at as u64 + 1;
        let raw: RawRecord = serde_json::from_value(value)
            .map_err(|error| Problem::Json(format!("{error} (record {number})")))?;
        raw.into_record(defaults, stem, number)
    };
    let records: Vec<Record> =
        records.into_iter().enumerate().map(read).collect::<Result<_, _>>()?;
    Ok(Box::new(records.into_iter().map(Ok)))
}

/// A saved page would be read with its tags and menus as if they were prose.
fn refuse_html(text: &str) -> Result<(), Problem> {
    let start: String = text.trim_start().chars().take(14).collect::<String>().to_lowercase();
    if start.starts_with("<!doctype html") || start.starts_with("<html") {
        let cure = "save the article's text first, this version reads no HTML";
        return Err(Problem::NotText(NotText { what: "an HTML page", cure }));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8], file: Option<&str>) -> Vec<Result<Record, Problem>> {
        let stem = "stem";
        let mut source = Source::new(Cursor::new(bytes.to_vec()), "name", stem, Arc::default());
        if let Some(file) = file {
            source = source.extension(Path::new(file));
        }
        source.limit = 10_000;
        match source.articles() {
            Ok(articles) => articles.map(|r| r.map_err(|error| error.problem)).collect(),
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
            assert_eq!(texts(bytes.as_bytes(), None), ["A", "B"], "{mark:?}");
            assert_eq!(texts(bytes.as_bytes(), Some("a.jsonl")), ["A", "B"], "{mark:?}");
        }
        let utf16: Vec<u8> =
            format!("\u{FEFF}{lines}").encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(texts(&utf16, None), ["A", "B"]);
        assert_eq!(texts(lines.as_bytes(), Some("a.txt")), [lines]);
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
    fn refuses_html_binary_and_too_much() {
        let page = read(b" <!DOCTYPE html><p>Talks.", None);
        assert!(matches!(page[..], [Err(Problem::NotText(NotText { what: "an HTML page", .. }))]));
        let zip = read(b"\x1F\x8B\x08\0\0\0", Some("a.jsonl"));
        assert!(matches!(zip[..], [Err(Problem::NotText(_))]));
        let long = read(&[b'a'; 10_001], None);
        assert!(matches!(long[..], [Err(Problem::TooLarge { unit: "file", .. })]));
        assert_eq!(read(&[b'a'; 10_000], None).len(), 1);
    }
}
