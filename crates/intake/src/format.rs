//! What an input is: by its first bytes, else by its name.

use crate::Columns;
use crate::columns::Field;
use crate::markup::{Markup, Piece};
use crate::record::is_record;
use crate::unpack::Unpacked;
use std::io;
use std::path::Path;
use std::str::FromStr;

/// A format of articles.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// One article, as it is.
    Text,
    /// A page with one article.
    Html,
    /// One article a line.
    Jsonl,
    /// One object, several, or lists of them.
    Json,
    /// A table, comma-separated or by what its header is separated by.
    Csv,
    /// A table, tab-separated.
    Tsv,
    /// RSS or Atom.
    Feed,
    /// A web archive, of which the pages are taken.
    Warc,
}

impl Format {
    /// All formats.
    pub const ALL: [Self; 8] = [
        Self::Text,
        Self::Html,
        Self::Jsonl,
        Self::Json,
        Self::Csv,
        Self::Tsv,
        Self::Feed,
        Self::Warc,
    ];

    /// What it is called on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Html => "html",
            Self::Jsonl => "jsonl",
            Self::Json => "json",
            Self::Csv => "csv",
            Self::Tsv => "tsv",
            Self::Feed => "feed",
            Self::Warc => "warc",
        }
    }

    /// Endings of the names of such files.
    fn endings(self) -> &'static [&'static str] {
        match self {
            Self::Text => &["txt", "text", "md"],
            Self::Html => &["html", "htm", "xhtml"],
            Self::Jsonl => &["jsonl", "ndjson"],
            Self::Json => &["json"],
            Self::Csv => &["csv"],
            Self::Tsv => &["tsv", "tab"],
            Self::Feed => &["rss", "atom", "xml", "rdf"],
            Self::Warc => &["warc"],
        }
    }

    /// The format of a file by its name, that of what is packed in it.
    pub(crate) fn of_name(path: &Path) -> Named {
        let name = path.file_name().unwrap_or_default().to_string_lossy().to_lowercase();
        let bare = PACKED.iter().find_map(|ending| name.strip_suffix(ending));
        let ending = bare.unwrap_or(&name).rsplit_once('.').map(|(_, ending)| ending);
        let known =
            ending.and_then(|e| Self::ALL.into_iter().find(|format| format.endings().contains(&e)));
        match known {
            Some(format) => Named::As(format),
            None if bare.is_some() => Named::Packed,
            None => Named::Nothing,
        }
    }

    /// All endings, for messages.
    pub(crate) fn all_endings() -> String {
        let all = Self::ALL.iter().flat_map(|format| format.endings());
        let all: Vec<String> = all.map(|ending| format!(".{ending}")).collect();
        format!("{}, each also with .gz or .zst", all.join(", "))
    }
}

const PACKED: [&str; 3] = [".gz", ".zst", ".zstd"];

/// What a file's name says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Named {
    As(Format),
    /// That something is packed in it.
    Packed,
    Nothing,
}

impl FromStr for Format {
    type Err = String;

    fn from_str(given: &str) -> Result<Self, String> {
        let known = Self::ALL.into_iter().find(|format| format.name() == given);
        known.ok_or_else(|| format!("give one of {}", Self::ALL.map(Self::name).join(", ")))
    }
}

/// A file's name without the folders before it and the endings that say what
/// it is.
pub(crate) fn stem(path: &Path) -> String {
    let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy();
    let bare = PACKED.iter().find_map(|ending| name.strip_suffix(ending)).unwrap_or(&name);
    let stem = bare.rsplit_once('.').map_or(bare, |(stem, _)| stem);
    if stem.is_empty() { bare.to_owned() } else { stem.to_owned() }
}

/// What an input is.
pub(crate) fn detect(input: &mut Unpacked, named: Named, columns: &Columns) -> io::Result<Format> {
    let named = match named {
        Named::As(format) => Some(format),
        Named::Packed | Named::Nothing => None,
    };
    let head = input.head()?;
    let utf16 = head.starts_with(b"\xFF\xFE") || head.starts_with(b"\xFE\xFF");
    if head.starts_with(b"WARC/") {
        return Ok(Format::Warc);
    }
    if let Some(format) = of_markup(input)? {
        return Ok(format);
    }
    let head = input.head()?;
    let head = head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head);
    if named != Some(Format::Csv) && named != Some(Format::Tsv) && is_record(head) {
        return Ok(Format::Jsonl);
    }
    if let Some(format) = named {
        return Ok(format);
    }
    if opens_record(head, utf16) {
        return Ok(Format::Jsonl);
    }
    let line = String::from_utf8_lossy(head);
    Ok(if is_header(&line, columns) { Format::Csv } else { Format::Text })
}

/// Whether the first tags are those of a page or of a feed. A text may begin
/// with a mark of its own, so only tags that stand at the top count.
fn of_markup(input: &mut Unpacked) -> io::Result<Option<Format>> {
    let mut length = 0;
    loop {
        match of_first_tag(input.head()?) {
            Top::Is(format) => return Ok(format),
            Top::Open => {
                let longer = input.longer_head()?.len();
                if longer == length {
                    return Ok(None);
                }
                length = longer;
            }
        }
    }
}

/// Whether these are the bytes of a page, by its first tag.
pub(crate) fn starts_as_page(bytes: &[u8]) -> bool {
    matches!(of_first_tag(bytes), Top::Is(Some(Format::Html)))
}

/// What the first tag of some bytes tells.
enum Top {
    /// A page, a feed, or nothing of the kind.
    Is(Option<Format>),
    /// There is no tag yet, and one may come.
    Open,
}

fn of_first_tag(head: &[u8]) -> Top {
    let text = if head.contains(&0) {
        // UTF-16: enough to see tags by
        let bytes = head.iter().filter(|byte| byte.is_ascii() && **byte != 0);
        bytes.map(|byte| *byte as char).collect()
    } else {
        String::from_utf8_lossy(head)
    };
    let text = text.trim_start_matches(|c: char| !c.is_ascii_graphic());
    if !text.starts_with('<') {
        return Top::Is(None);
    }
    let declared = text.get(..14).is_some_and(|d| d.eq_ignore_ascii_case("<!doctype html"));
    let mut tags = Markup::html(text);
    let tag = tags.find_map(|piece| match piece {
        Piece::Start { name, .. } => Some(name.to_lowercase()),
        Piece::Text(text) if !text.trim().is_empty() => Some(String::new()),
        _ => None,
    });
    match tag.as_deref() {
        Some("rss" | "feed" | "rdf:rdf") => Top::Is(Some(Format::Feed)),
        Some(
            "html" | "head" | "body" | "title" | "meta" | "link" | "script" | "div" | "p"
            | "article" | "main" | "section" | "h1" | "h2",
        ) => Top::Is(Some(Format::Html)),
        _ if declared => Top::Is(Some(Format::Html)),
        Some(_) => Top::Is(None),
        None => Top::Open,
    }
}

/// Whether the first line begins as a JSON object does, broken or not.
fn opens_record(head: &[u8], utf16: bool) -> bool {
    let utf16_noise = |byte: &u8| utf16 && b"\0\xFE\xFF".contains(byte);
    let ignored = |byte: &&u8| byte.is_ascii_whitespace() || utf16_noise(byte);
    let mut bytes = head.iter().filter(|byte| !ignored(byte));
    bytes.next() == Some(&b'{') && matches!(bytes.next(), Some(b'"' | b'}'))
}

/// Whether a first line is the header of a table with a text in it.
fn is_header(line: &str, columns: &Columns) -> bool {
    let cells: Vec<&str> = line
        .trim()
        .split(delimiter(line) as char)
        .map(|cell| cell.trim_matches('"').trim())
        .collect();
    let field = |field: Field| cells.contains(&columns.name(field));
    field(Field::Text) && Field::ALL.into_iter().filter(|known| field(*known)).count() > 1
}

/// What parts the cells of a header.
pub(crate) fn delimiter(line: &str) -> u8 {
    let count = |mark: u8| line.bytes().filter(|byte| *byte == mark).count();
    // of equals the last one stands
    [b'|', b';', b'\t', b','].into_iter().max_by_key(|mark| count(*mark)).unwrap_or(b',')
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Cursor;

    fn told(bytes: &[u8], name: &str) -> Format {
        let mut input = Unpacked::new(Cursor::new(bytes.to_vec())).unwrap();
        detect(&mut input, Format::of_name(Path::new(name)), &Columns::default()).unwrap()
    }

    #[test]
    fn content_is_asked_before_the_name() {
        use Format::*;
        for (head, name, format) in [
            ("WARC/1.0\r\n", "a.txt", Warc),
            ("<!DOCTYPE html>\n<p>", "a.txt", Html),
            ("\u{FEFF} <html>", "", Html),
            ("<!-- saved -->\n<html lang=en>", "", Html),
            ("<?xml version='1.0'?>\n\n<rss version='2.0'>", "a.html", Feed),
            ("<?xml version='1.0'?>\n<!-- x -->\n<feed xmlns='x'>", "", Feed),
            ("<?xml version='1.0'?><!DOCTYPE html PUBLIC 'x'>\n<html>", "a.xml", Html),
            ("{\"text\": \"a\"}\n", "a.txt", Jsonl),
            ("{\"text\": \"a", "", Jsonl),
            ("{\"text\": \"a", "a.txt", Text),
            ("{\n", "a.json", Json),
            ("id,text,date\n", "", Csv),
            ("id;\"text\"\n", "", Csv),
            ("The text, as id, was late.\n", "", Text),
            ("url\tbody\n", "a.tsv", Tsv),
            ("<Applause>, he said.", "", Text),
            ("<", "", Text),
            ("", "a.warc.gz", Warc),
            ("", "", Text),
        ] {
            assert_eq!(told(head.as_bytes(), name), format, "{head:?} {name}");
        }
    }

    #[test]
    fn names_say_what_is_packed_and_what_an_article_is_called() {
        assert_eq!(Format::of_name(Path::new("x/A.HTML.gz")), Named::As(Format::Html));
        assert_eq!(Format::of_name(Path::new("a.zst")), Named::Packed);
        assert_eq!(Format::of_name(Path::new("a.png")), Named::Nothing);
        for (path, called) in
            [("x/a.b.txt", "a.b"), ("a.jsonl.gz", "a"), ("a", "a"), (".txt", ".txt"), ("a.gz", "a")]
        {
            assert_eq!(stem(Path::new(path)), called);
        }
    }
}
