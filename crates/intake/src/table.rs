//! Tables of articles: comma- and tab-separated, one article a row.

use crate::columns::Field;
use crate::draft::{Draft, Material};
use crate::error::{IntakeError, Problem, Spot, Where};
use crate::format::delimiter;
use crate::record::RawRecord;
use crate::{Options, Record, decode};
use csv::{ByteRecord, Reader, ReaderBuilder};
use std::io::{self, BufRead, Error, Read};
use std::sync::Arc;

/// The rows of a table, one in memory at a time.
pub(crate) struct Table<R> {
    rows: Reader<Limited<R>>,
    /// Where each field is, in the order of [`Field::ALL`].
    places: [Option<usize>; Field::ALL.len()],
    name: String,
    stem: String,
    options: Arc<Options>,
    limit: u64,
    ended: bool,
}

/// Bytes that are refused when a row takes too many of them.
struct Limited<R> {
    bytes: R,
    left: u64,
}

impl<R: Read> Read for Limited<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.left == 0 {
            return Err(Error::other(TooMuch));
        }
        let most = buffer.len().min(usize::try_from(self.left).unwrap_or(usize::MAX));
        let count = self.bytes.read(&mut buffer[..most])?;
        self.left -= count as u64;
        Ok(count)
    }
}

#[derive(Debug, thiserror::Error)]
#[error("too much")]
struct TooMuch;

impl<R: BufRead> Table<R> {
    /// Opens a table whose first line, which is not taken, is its header.
    ///
    /// # Errors
    /// [`Problem::NoColumn`] when a column that is asked for is not there, or
    /// none is called as a text is.
    pub(crate) fn new(
        bytes: R,
        tabs: bool,
        first: &[u8],
        (name, stem): (&str, &str),
        options: Arc<Options>,
        limit: u64,
    ) -> Result<Self, Problem> {
        let line = String::from_utf8_lossy(first);
        let delimiter = if tabs { b'\t' } else { delimiter(line.lines().next().unwrap_or("")) };
        let mut rows = ReaderBuilder::new()
            .delimiter(delimiter)
            .flexible(true)
            .from_reader(Limited { bytes, left: limit });
        let header = match rows.byte_headers() {
            Ok(header) => header.clone(),
            Err(error) => return Err(problem(error, limit)),
        };
        let header: Vec<String> = header.iter().map(called).collect();
        let mut places = [None; Field::ALL.len()];
        for (place, field) in places.iter_mut().zip(Field::ALL) {
            let column = options.columns.name(field);
            *place = header.iter().position(|cell| cell.eq_ignore_ascii_case(column));
            let asked_for = field == Field::Text || column != field.name();
            if place.is_none() && asked_for {
                let columns = header.iter().take(30).map(|cell| format!("'{cell}'"));
                let columns = columns.collect::<Vec<_>>().join(", ");
                return Err(Problem::NoColumn {
                    column: column.to_owned(),
                    field: field.name(),
                    columns,
                });
            }
        }
        let (name, stem) = (name.to_owned(), stem.to_owned());
        Ok(Self { rows, places, name, stem, options, limit, ended: false })
    }

    fn place(&self, field: Field) -> Option<usize> {
        let at = Field::ALL.iter().position(|known| *known == field)?;
        self.places[at]
    }

    fn record(&self, row: &ByteRecord, line: u64) -> Result<Record, Problem> {
        let text = self.place(Field::Text).unwrap_or(0);
        if row.len() <= text {
            return Err(Problem::ShortRow { cells: row.len(), column: text + 1 });
        }
        // one encoding for all cells of a row: told by all of them together
        let (mut cells, mut note) = (Vec::new(), None);
        if row.iter().all(|cell| std::str::from_utf8(cell).is_ok()) {
            cells.extend(row.iter().map(|cell| String::from_utf8_lossy(cell).into_owned()));
        } else {
            let joined = row.iter().collect::<Vec<_>>().join(&BETWEEN);
            let decoded = decode(joined).map_err(Problem::NotText)?;
            cells.extend(decoded.text.split(BETWEEN as char).map(str::to_owned));
            note = decoded.note;
        }
        let raw = RawRecord::of_cells(|field| {
            let cell = cells.get_mut(self.place(field)?)?;
            // the text is taken as it is
            let cell = std::mem::take(cell);
            Some(if field == Field::Text { cell } else { cell.trim().to_owned() })
                .filter(|cell| !cell.is_empty())
        });
        let mut record = raw.into_record(&self.options, &self.stem, line)?;
        record.notes.extend(note);
        Ok(record)
    }
}

/// A character that no cell has: the unit separator.
const BETWEEN: u8 = 0x1F;

/// A column's name, without the mark that some programs put before the first.
fn called(cell: &[u8]) -> String {
    String::from_utf8_lossy(cell).trim_start_matches('\u{FEFF}').trim().to_owned()
}

fn problem(error: csv::Error, limit: u64) -> Problem {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => match error.get_ref() {
            Some(inner) if inner.is::<TooMuch>() => Problem::TooLarge { unit: "row", limit },
            _ => Problem::Io(error),
        },
        other => Problem::Io(Error::other(format!("{other:?}"))),
    }
}

impl<R: BufRead> Iterator for Table<R> {
    type Item = Result<Draft, IntakeError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.ended {
            return None;
        }
        let limit = self.limit;
        self.rows.get_mut().left = limit;
        let mut row = ByteRecord::new();
        let read = self.rows.read_byte_record(&mut row);
        let line = row.position().or(Some(self.rows.position())).map_or(1, csv::Position::line);
        let result = match read {
            Ok(false) => {
                self.ended = true;
                return None;
            }
            Ok(true) => self.record(&row, line),
            Err(error) => {
                self.ended = true;
                Err(problem(error, limit))
            }
        };
        let place = Where::at(&self.name, Spot::Line(line));
        let options = self.options.clone();
        Some(match result {
            Ok(record) => {
                let material = Material::Made(Box::new(record));
                Ok(Draft { place, options, gathered: false, material })
            }
            Err(problem) => Err(IntakeError { place, problem }),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draft::Taken;

    fn read(table: &[u8], columns: &str, limit: u64) -> Vec<Result<Record, String>> {
        let mut options = Options::default();
        if !columns.is_empty() {
            options.columns = columns.parse().unwrap();
        }
        let opened = Table::new(table, false, table, ("a.csv", "a"), Arc::new(options), limit);
        let table = match opened {
            Ok(table) => table,
            Err(problem) => return vec![Err(problem.to_string())],
        };
        let article = |draft: Draft| match draft.article().unwrap() {
            Taken::Article(record) => *record,
            Taken::Left(left) => panic!("{left:?}"),
        };
        table.map(|draft| draft.map(article).map_err(|error| error.to_string())).collect()
    }

    #[test]
    fn columns_are_found_by_their_names_or_as_one_says() {
        let table = b"\xEF\xBB\xBFid;Body;date;by\n7;\"Talks \"\"opened\"\";\nagain\";2024-05-08;A. Roe; B. Ek\n";
        let told = read(table, "", 1000);
        assert_eq!(
            told[0].as_ref().unwrap_err(),
            "the table has no column 'text', its columns are 'id', 'Body', 'date', 'by'; say which \
             one holds it with --columns text=COLUMN"
        );
        let told = read(table, "text=body,published=date,byline=by", 1000);
        let article = &told[0].as_ref().unwrap().article;
        assert_eq!((article.id.as_str(), article.text.as_str()), ("7", "Talks \"opened\";\nagain"));
        assert_eq!(article.published.as_deref(), Some("2024-05-08"));
        assert_eq!(article.byline, ["A. Roe"]);
        assert!(
            read(table, "text=body,title=head", 1000)[0].as_ref().unwrap_err().contains("'head'")
        );
    }

    #[test]
    fn a_short_row_is_named_and_the_others_are_read() {
        let told = read(b"id,text\n1,a\n2\n\n3,c", "", 1000);
        assert_eq!(told.len(), 3);
        let short = told[1].as_ref().unwrap_err();
        assert_eq!(
            short,
            "a.csv, line 3: the row has 1 cells, and the text is in column 2; mend or delete it"
        );
        assert_eq!(told[2].as_ref().unwrap().article.text, "c");
    }

    #[test]
    fn an_open_quotation_mark_ends_in_an_error() {
        let table = format!("id,text\n1,a\n2,\"{}", "b,\n".repeat(20_000));
        let told = read(table.as_bytes(), "", 20_000);
        assert_eq!(told.len(), 2);
        let open = told[1].as_ref().unwrap_err();
        assert!(open.starts_with("a.csv, line 3: more than 0 MB in one row"), "{open}");
        assert!(open.contains("a quotation mark that is never closed"), "{open}");
    }

    #[test]
    fn rows_of_an_older_encoding_are_decoded_as_one() {
        let told = read(
            b"text,outlet\nThe Z\xFCrich talks \x93failed\x94 on Monday,Z\xFCrich Post\n",
            "",
            999,
        );
        let record = told[0].as_ref().unwrap();
        assert_eq!(record.article.text, "The Zürich talks “failed” on Monday");
        assert_eq!(record.article.outlet.as_deref(), Some("Zürich Post"));
        assert_eq!(record.notes.len(), 1);
    }
}
