//! Web archives (WARC 1.0 and 1.1, ISO 28500), a record at a time.
//!
//! Of a CC-NEWS file, which is one, the pages are taken: `response` records
//! whose HTTP answer is 200 and HTML, and `resource` records that are HTML. All
//! others are passed over. A record that is broken is told, and reading goes
//! on at the next one. This is written here because the crates that read WARC
//! give up at the first broken byte, and hold records of any size in memory.

use crate::draft::{Draft, Material, Page};
use crate::error::{IntakeError, Problem, Spot, Where};
use crate::html::MAX_PAGE_BYTES;
use crate::record::numbered;
use crate::unpack::Unpacked;
use crate::{Options, http};
use std::io::{self, BufRead, ErrorKind, Read};
use std::sync::Arc;

/// The pages of an archive.
pub(crate) struct Warc {
    input: Unpacked,
    name: String,
    stem: String,
    options: Arc<Options>,
    /// The record that was last begun, from 1.
    record: u64,
    /// A line that begins the next record was read already.
    begun: bool,
    ended: bool,
}

/// Most bytes of a record's own head.
const HEAD: u64 = 64 << 10;

/// What is wrong with a record, and what is to be done about it.
enum Trouble {
    /// Bytes that cannot be read.
    Io(io::Error),
    /// Bytes that are no record.
    Broken(&'static str),
}

impl From<io::Error> for Trouble {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

/// What the head of a record says.
#[derive(Default)]
struct Head {
    kind: String,
    content: String,
    length: u64,
    id: Option<String>,
    url: Option<String>,
}

impl Warc {
    pub(crate) fn new(input: Unpacked, name: &str, stem: &str, options: Arc<Options>) -> Self {
        let (name, stem) = (name.to_owned(), stem.to_owned());
        Self { input, name, stem, options, record: 0, begun: false, ended: false }
    }

    /// The next page, if there is one.
    fn page(&mut self) -> Result<Option<Page>, Trouble> {
        loop {
            self.record += 1;
            if !self.begin()? {
                return Ok(None);
            }
            let head = self.head()?;
            let wanted = match head.kind.as_str() {
                "response" => head.content.starts_with("application/http"),
                "resource" => head.content.starts_with("text/html"),
                _ => false,
            };
            if !wanted {
                self.pass(head.length)?;
                continue;
            }
            // most records are no pages, which their first bytes tell
            let first = head.length.min(HEAD);
            let mut bytes = Vec::new();
            self.take(first, &mut bytes)?;
            let rest = head.length - first;
            let Some((mut page, body)) = self.page_of(head, &bytes) else {
                self.pass(rest)?;
                continue;
            };
            // a byte over the limit is enough to see that a page is too large
            let more = rest.min(MAX_PAGE_BYTES + 1);
            self.take(more, &mut bytes)?;
            self.pass(rest - more)?;
            page.bytes = bytes.split_off(body);
            return Ok(Some(page));
        }
    }

    /// Takes so many bytes of a record.
    fn take(&mut self, count: u64, bytes: &mut Vec<u8>) -> Result<(), Trouble> {
        if (&mut self.input).take(count).read_to_end(bytes)? as u64 == count {
            Ok(())
        } else {
            Err(Trouble::Broken("the file ends in the middle of the record"))
        }
    }

    /// The page of a record, still without its bytes, and where these begin; by
    /// the first bytes of the record.
    fn page_of(&self, head: Head, first: &[u8]) -> Option<(Page, usize)> {
        let (mut packed, mut charset, mut body) = (http::Packed::default(), None, 0);
        if head.kind == "response" {
            let answer = http::head(first)?;
            let html = matches!(answer.kind.as_str(), "" | "text/html" | "application/xhtml+xml");
            if answer.status != 200 || !html {
                return None;
            }
            (packed, charset, body) = (answer.packed, answer.charset, answer.body);
        }
        let id = head.id.unwrap_or_else(|| numbered(&self.options, &self.stem, self.record));
        Some((Page { bytes: Vec::new(), packed, charset, url: head.url, id }, body))
    }

    /// Takes the line that begins a record; false at the end of the file.
    fn begin(&mut self) -> Result<bool, Trouble> {
        if std::mem::take(&mut self.begun) {
            return Ok(true);
        }
        loop {
            match self.line()? {
                None => return Ok(false),
                Some(line) if line.starts_with(b"WARC/") => return Ok(true),
                Some(line) if line.trim_ascii().is_empty() => {}
                Some(_) => {
                    self.skip()?;
                    return Err(Trouble::Broken("this is no WARC record"));
                }
            }
        }
    }

    /// Passes over whatever does not begin a record.
    fn skip(&mut self) -> Result<(), Trouble> {
        while let Some(line) = self.line()? {
            if line.starts_with(b"WARC/1") {
                // the broken bytes were a record of their own
                self.begun = true;
                break;
            }
        }
        Ok(())
    }

    /// The next line; the rest of a long one comes as lines of their own.
    fn line(&mut self) -> io::Result<Option<Vec<u8>>> {
        let mut line = Vec::new();
        (&mut self.input).take(HEAD).read_until(b'\n', &mut line)?;
        Ok(Some(line).filter(|line| !line.is_empty()))
    }

    fn head(&mut self) -> Result<Head, Trouble> {
        let mut head = Head::default();
        let (mut length, mut bytes) = (None, 0);
        loop {
            let Some(line) = self.line()? else {
                return Err(Trouble::Broken("the file ends in the middle of the record"));
            };
            bytes += line.len() as u64;
            if line.trim_ascii().is_empty() {
                break;
            }
            if line.starts_with(b"WARC/1") {
                self.begun = true;
                return Err(Trouble::Broken("the record ends in the middle of its head"));
            }
            if bytes > HEAD {
                self.skip()?;
                return Err(Trouble::Broken("the head of the record does not end"));
            }
            let line = String::from_utf8_lossy(&line);
            let Some((name, value)) = line.split_once(':') else { continue };
            let value = value.trim();
            let bare = || value.trim_matches(['<', '>']).to_owned();
            match name.trim().to_ascii_lowercase().as_str() {
                "warc-type" => head.kind = value.to_ascii_lowercase(),
                "content-type" => head.content = value.to_ascii_lowercase(),
                "content-length" => length = value.parse().ok(),
                "warc-record-id" => {
                    head.id = Some(bare().trim_start_matches("urn:uuid:").to_owned())
                }
                "warc-target-uri" => head.url = Some(bare()),
                _ => {}
            }
        }
        let Some(length) = length else {
            self.skip()?;
            return Err(Trouble::Broken("the record does not say how long it is"));
        };
        head.length = length;
        Ok(head)
    }

    /// Passes over so many bytes of a record.
    fn pass(&mut self, bytes: u64) -> Result<(), Trouble> {
        let passed = io::copy(&mut (&mut self.input).take(bytes), &mut io::sink())?;
        if passed < bytes {
            return Err(Trouble::Broken("the file ends in the middle of the record"));
        }
        Ok(())
    }

    /// What is to be said of some trouble. Damaged packing is left at the next
    /// packed record.
    fn problem(&mut self, trouble: Trouble) -> Problem {
        let error = match trouble {
            Trouble::Broken(why) => return Problem::Record(why.to_owned()),
            Trouble::Io(error) => error,
        };
        let damaged = matches!(
            error.kind(),
            ErrorKind::InvalidData | ErrorKind::InvalidInput | ErrorKind::UnexpectedEof
        );
        if damaged && matches!(self.input.next_member(), Ok(true)) {
            return Problem::Record(error.to_string().split(';').next().unwrap_or("").to_owned());
        }
        self.ended = true;
        Problem::Io(error)
    }
}

impl Iterator for Warc {
    type Item = Result<Draft, IntakeError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.ended {
            return None;
        }
        let result = self.page();
        let place = Where::at(&self.name, Spot::Record(self.record.max(1)));
        match result {
            Ok(None) => {
                self.ended = true;
                None
            }
            Ok(Some(page)) => {
                let options = self.options.clone();
                Some(Ok(Draft { place, options, gathered: true, material: Material::Page(page) }))
            }
            Err(trouble) => {
                let problem = self.problem(trouble);
                Some(Err(IntakeError { place, problem }))
            }
        }
    }
}
