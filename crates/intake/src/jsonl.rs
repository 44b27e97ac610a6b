//! One article a line, streamed: a broken line is reported, the others read.

use crate::error::{IntakeError, Problem, Spot, Where};
use crate::record::RawRecord;
use crate::{Options, Record, decode};
use std::io::{self, BufRead, Read};
use std::sync::Arc;

/// The records of a JSONL source, one line in memory at a time.
pub(crate) struct JsonLines<R> {
    reader: R,
    name: String,
    stem: String,
    options: Arc<Options>,
    limit: u64,
    line: u64,
    ended: bool,
}

impl<R: BufRead> JsonLines<R> {
    pub(crate) fn new(
        reader: R,
        name: &str,
        stem: &str,
        options: Arc<Options>,
        limit: u64,
    ) -> Self {
        let (name, stem) = (name.to_owned(), stem.to_owned());
        Self { reader, name, stem, options, limit, line: 0, ended: false }
    }

    /// The next line without its end; `Ok(None)` at the end of the source,
    /// a problem for a line over the limit, which is skipped.
    fn next_line(&mut self) -> Result<Option<Vec<u8>>, Problem> {
        let mut bytes = Vec::new();
        let read = (&mut self.reader).take(self.limit).read_until(b'\n', &mut bytes)?;
        if read == 0 {
            return Ok(None);
        }
        self.line += 1;
        if bytes.last() == Some(&b'\n') {
            bytes.pop();
        } else if read as u64 == self.limit {
            drop(bytes);
            skip_line(&mut self.reader)?;
            return Err(Problem::TooLarge { unit: "line", limit: self.limit });
        }
        Ok(Some(bytes))
    }

    fn parse(&self, bytes: Vec<u8>) -> Result<Record, Problem> {
        let decoded = decode(bytes).map_err(Problem::NotText)?;
        let raw = RawRecord::of_json(&decoded.text, &self.options.columns).map_err(json_problem)?;
        let mut record = raw.into_record(&self.options, &self.stem, self.line)?;
        record.notes.extend(decoded.note);
        Ok(record)
    }
}

impl<R: BufRead> Iterator for JsonLines<R> {
    type Item = Result<(Record, Where), IntakeError>;

    fn next(&mut self) -> Option<Self::Item> {
        while !self.ended {
            let result = match self.next_line() {
                Ok(None) => break,
                Ok(Some(line)) if line.iter().all(u8::is_ascii_whitespace) => continue,
                Ok(Some(line)) => self.parse(line),
                Err(problem) => {
                    // A source that fails once is not asked again.
                    self.ended = matches!(problem, Problem::Io(_));
                    Err(problem)
                }
            };
            let place = Where::at(&self.name, Spot::Line(self.line.max(1)));
            return Some(match result {
                Ok(record) => Ok((record, place)),
                Err(problem) => Err(IntakeError { place, problem }),
            });
        }
        self.ended = true;
        None
    }
}

/// Reads up to the end of the line without keeping it.
fn skip_line(reader: &mut impl BufRead) -> io::Result<()> {
    loop {
        let buffer = reader.fill_buf()?;
        if buffer.is_empty() {
            return Ok(());
        }
        let end = buffer.iter().position(|byte| *byte == b'\n');
        let used = end.map_or(buffer.len(), |at| at + 1);
        reader.consume(used);
        if end.is_some() {
            return Ok(());
        }
    }
}

/// serde_json's sentence, with the column; its line is always the first here.
fn json_problem(error: serde_json::Error) -> Problem {
    let sentence = error.to_string();
    let reason = sentence.split(" at line ").next().unwrap_or(&sentence);
    Problem::Json(format!("{reason} (column {})", error.column()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8], limit: u64) -> Vec<Result<Record, String>> {
        JsonLines::new(bytes, "a.jsonl", "a", Arc::default(), limit)
            .map(|result| result.map(|(record, _)| record).map_err(|error| error.to_string()))
            .collect()
    }

    #[test]
    fn names_the_broken_line_and_reads_the_others() {
        let lines = b"{\"text\": \"one\"}\r\n\n{\"text\": \"tw\n[3]\n{\"text\": \"four\"}";
        let got = read(lines, 1000);
        assert_eq!(got.len(), 4);
        assert_eq!(got[0].as_ref().unwrap().article.id, "a-1");
        assert!(got[1].as_ref().unwrap_err().starts_with("a.jsonl, line 3: this is not a record"));
        assert!(got[2].as_ref().unwrap_err().contains("a.jsonl, line 4"));
        assert_eq!(got[3].as_ref().unwrap().article.text, "four");
    }

    #[test]
    fn skips_a_line_over_the_limit() {
        let long = format!("{{\"text\": \"{}\"}}\n{{\"text\": \"b\"}}\n", "a".repeat(100));
        let got = read(long.as_bytes(), 50);
        assert!(got[0].as_ref().unwrap_err().contains("line 1: more than"), "{got:?}");
        assert_eq!(got[1].as_ref().unwrap().article.text, "b");
        assert_eq!(got.len(), 2);
    }

    #[test]
    fn decodes_a_line_that_is_not_utf8() {
        let got = read(b"{\"text\": \"the Z\xFCrich talks\"}", 1000);
        let record = got[0].as_ref().unwrap();
        assert_eq!(record.article.text, "the Zürich talks");
        assert_eq!(record.notes.len(), 1);
    }

    #[test]
    fn gives_up_on_a_source_that_fails() {
        struct Failing;
        impl Read for Failing {
            fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
                Err(io::Error::other("gone"))
            }
        }
        let reader = io::BufReader::new(Failing);
        assert_eq!(JsonLines::new(reader, "a", "a", Arc::default(), 9).count(), 1);
    }
}
