//! One TSV file, checked.

use crate::{LexiconError, Problems};
use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt;
use std::sync::Arc;

/// The column for remarks that nobody reads.
const NOTE: &str = "note";

/// A lexicon file whose header and rows have been checked. Cells are slices of
/// the files' texts, since tens of thousands are read at every start.
#[derive(Debug, Clone, Default)]
pub struct Table {
    columns: Vec<String>,
    /// The file and those appended to it; never empty but in a default table.
    parts: Vec<Part>,
}

/// One file's rows.
#[derive(Debug, Clone)]
struct Part {
    file: Arc<str>,
    text: Cow<'static, str>,
    /// Whether the file is one of an ontology of the user's own.
    ontology: bool,
    /// Where each column of the table stands in the rows of this file.
    order: Vec<usize>,
    /// Cells of a row of this file.
    width: usize,
    /// Line number of the header.
    header: usize,
    /// Line number of each row.
    lines: Vec<u32>,
    /// Bytes of the text at which the cells of each row begin and, one past its
    /// end, the row's next would.
    starts: Vec<u32>,
}

impl Part {
    fn cell(&self, row: usize, column: usize) -> &str {
        let Some(&at) = self.order.get(column) else { return "" };
        let at = row * (self.width + 1) + at;
        let Some(&[start, next]) = self.starts.get(at..at + 2) else { return "" };
        let cell = self.text.get(start as usize..next as usize - 1).unwrap_or("");
        // almost all cells: those that neither end in white space nor in a
        // character that might be some
        let dark = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_graphic);
        let bytes = cell.as_bytes();
        if dark(bytes.first()) && dark(bytes.last()) { cell } else { cell.trim() }
    }
}

impl Table {
    /// Reads the text of a file that must have at least `columns`, in any
    /// order; further columns are kept.
    ///
    /// # Errors
    /// The first of what [`Table::gather`] finds.
    pub fn parse(
        file: &str,
        text: impl Into<Cow<'static, str>>,
        columns: &[&str],
    ) -> Result<Self, LexiconError> {
        let mut problems = Problems::default();
        let table = Self::gather(file, text, columns, &mut problems);
        problems.result(table)
    }

    /// Reads a file as [`Table::parse`] does, and leaves out what is wrong:
    /// a missing header or column (then there are no rows), a column twice, a
    /// row with too many or too few cells. Rows that are the same are warned of.
    pub fn gather(
        file: &str,
        text: impl Into<Cow<'static, str>>,
        columns: &[&str],
        problems: &mut Problems,
    ) -> Self {
        let (file, text): (Arc<str>, Cow<'static, str>) = (file.into(), text.into());
        let mut table = Self::default();
        let error = |line: usize, reason: String| Place { file: file.clone(), line }.error(reason);
        let wanted = columns.join(", ");
        if u32::try_from(text.len() + 1).is_err() {
            problems.error(error(1, "the file has more than 4 GB; split it".to_owned()));
            return table;
        }
        let mut lines = lines(&text);
        let Some((header_line, _, header)) = lines.next() else {
            let reason = format!("the file has no header line; it needs the columns {wanted}");
            problems.error(error(1, reason));
            return table;
        };
        table.columns = header.split('\t').map(|cell| cell.trim().to_owned()).collect();
        let missing: Vec<&str> = columns
            .iter()
            .copied()
            .filter(|wanted| !table.columns.iter().any(|have| have == wanted))
            .collect();
        if !missing.is_empty() {
            let reason = format!(
                "the header has no column '{}'; it needs {wanted}, parted by tabs",
                missing.join("', '")
            );
            problems.error(error(header_line, reason));
            return table;
        }
        for (at, column) in table.columns.iter().enumerate() {
            if table.columns[..at].contains(column) {
                let reason = format!("the header has '{column}' twice; drop one");
                problems.error(error(header_line, reason));
            }
        }
        let width = table.columns.len();
        let (mut numbers, mut starts) = (Vec::new(), Vec::new());
        let mut same: HashMap<&str, usize> = HashMap::new();
        for (line, start, row) in lines {
            let first = starts.len();
            starts.push(start as u32);
            // a loop of bytes, since cells are too short for a search to pay
            for (at, byte) in row.bytes().enumerate() {
                if byte == b'\t' {
                    starts.push((start + at + 1) as u32);
                }
            }
            starts.push((start + row.len() + 1) as u32);
            let cells = starts.len() - first - 1;
            if cells != width {
                let reason = format!(
                    "{cells} cells where the header has {width}; cells are parted by one tab each, and empty ones count"
                );
                problems.error(error(line, reason));
                starts.truncate(first);
                continue;
            }
            if problems.checking()
                && let Some(earlier) = same.insert(row, line)
            {
                problems.warn(error(line, format!("the same row as line {earlier}; delete one")));
                same.insert(row, earlier);
                starts.truncate(first);
                continue;
            }
            numbers.push(line as u32);
        }
        let order = (0..width).collect();
        table.parts.push(Part {
            file,
            text,
            ontology: false,
            order,
            width,
            header: header_line,
            lines: numbers,
            starts,
        });
        table
    }

    /// Takes as an error every column that is none of `columns` and not called
    /// `note`. For a table of one file, whose columns are all known here.
    pub(crate) fn has_only(&self, columns: &[&str], problems: &mut Problems) {
        let Some(part) = self.parts.first() else { return };
        let known = |column: &str| column == NOTE || columns.contains(&column);
        for column in self.columns.iter().filter(|column| !known(column)) {
            let place = Place { file: part.file.clone(), line: part.header };
            problems.error(place.error(format!(
                "the column '{column}' is none of {}; mend its name or delete it, or call it \
                 '{NOTE}' if it holds remarks of your own",
                columns.join(", ")
            )));
        }
    }

    /// Says of all rows that they are of an ontology of the user's own.
    pub(crate) fn is_of_ontology(&mut self) {
        for part in &mut self.parts {
            part.ontology = true;
        }
    }

    /// The rows of `more` after these, its columns put in this table's order.
    ///
    /// # Errors
    /// A column of this table that `more` lacks.
    pub fn append(&mut self, more: Table) -> Result<(), LexiconError> {
        let order: Option<Vec<usize>> =
            self.columns.iter().map(|c| more.columns.iter().position(|m| m == c)).collect();
        for part in more.parts {
            let Some(order) = order.clone() else {
                let reason =
                    format!("the header must have the columns {}", self.columns.join(", "));
                return Err(LexiconError { file: part.file.to_string(), line: 1, reason });
            };
            self.parts.push(Part { order, ..part });
        }
        Ok(())
    }

    /// The rows in the order of the file.
    pub fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        let of = move |part| move |at| Row { table: self, part, at };
        self.parts.iter().flat_map(move |part: &Part| (0..part.lines.len()).map(of(part)))
    }

    /// A row by its number, from 0.
    pub fn row(&self, at: usize) -> Option<Row<'_>> {
        let mut left = at;
        for part in &self.parts {
            if left < part.lines.len() {
                return Some(Row { table: self, part, at: left });
            }
            left -= part.lines.len();
        }
        None
    }

    /// Number of rows.
    pub fn len(&self) -> usize {
        self.parts.iter().map(|part| part.lines.len()).sum()
    }

    /// Whether there are no rows.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// The lines of a file that are neither blank nor a comment: number, first byte,
/// text.
fn lines(text: &str) -> impl Iterator<Item = (usize, usize, &str)> {
    let mut next = 0;
    text.split('\n')
        .enumerate()
        .map(move |(at, line)| {
            let start = next;
            next += line.len() + 1;
            // what Excel and Windows editors put before the first line
            let mark =
                if at == 0 && line.starts_with('\u{FEFF}') { '\u{FEFF}'.len_utf8() } else { 0 };
            (at + 1, start + mark, line[mark..].trim_end_matches('\r'))
        })
        .filter(|(_, _, line)| !line.trim_start().is_empty() && !line.starts_with('#'))
}

/// One row of a [`Table`].
#[derive(Debug, Clone, Copy)]
pub struct Row<'t> {
    table: &'t Table,
    part: &'t Part,
    at: usize,
}

impl<'t> Row<'t> {
    /// The cell of a column, `""` when it is empty or there is no such column.
    // inline, so that names of columns are compared as the constants they are
    #[inline(always)]
    pub fn get(&self, column: &str) -> &'t str {
        let at = self.table.columns.iter().position(|c| c == column);
        at.map_or("", |at| self.part.cell(self.at, at))
    }

    /// The cell's parts, separated by `|`; none when it is empty.
    pub fn list(&self, column: &str) -> impl Iterator<Item = &'t str> + use<'t> {
        self.get(column).split('|').map(str::trim).filter(|part| !part.is_empty())
    }

    /// Whether the row stands in a file of an ontology of the user's own
    /// ([`crate::Lexicons::with_ontology`]).
    pub fn of_ontology(&self) -> bool {
        self.part.ontology
    }

    /// Where the row stands.
    pub fn place(&self) -> Place {
        let line = self.part.lines.get(self.at).map_or(1, |&line| line as usize);
        Place { file: self.part.file.clone(), line }
    }

    /// An error about this row.
    pub fn error(&self, reason: impl Into<String>) -> LexiconError {
        self.place().error(reason)
    }
}

/// File and line of a row, for explanations: `cues.tsv, line 12`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// File name, or path for a file of the user's own.
    pub file: Arc<str>,
    /// Line, from 1.
    pub line: usize,
}

impl Place {
    /// An error about what stands here.
    pub fn error(&self, reason: impl Into<String>) -> LexiconError {
        LexiconError { file: self.file.to_string(), line: self.line, reason: reason.into() }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}, line {}", self.file, self.line)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_blank_lines_and_extra_columns_are_fine() {
        let table = Table::parse("t.tsv", "# note\n\nb\ta\tc\n1\t2|3\t\n", &["a", "b"]).unwrap();
        let row = table.rows().next().unwrap();
        assert_eq!((row.get("b"), row.get("c")), ("1", ""));
        assert_eq!(row.list("a").collect::<Vec<_>>(), ["2", "3"]);
    }

    #[test]
    fn mistakes_name_file_and_line() {
        let error = Table::parse("t.tsv", "a\tb\n1\t2\n# x\n1\n", &["a"]).unwrap_err();
        assert!(error.to_string().starts_with("t.tsv, line 4: 1 cells where the header has 2;"));
        let error = Table::parse("t.tsv", "a\n", &["b"]).unwrap_err();
        assert!(error.reason.contains("no column 'b'"));
        assert_eq!(Table::parse("t.tsv", "", &[]).unwrap_err().line, 1);
    }

    #[test]
    fn all_mistakes_are_gathered_and_the_other_rows_kept() {
        let mut problems = Problems::with_warnings();
        let text = "\u{FEFF}a\tb\n1\n1\t2\n1\t2\n1\t2\t3\n";
        let table = Table::gather("t.tsv", text, &["a", "b"], &mut problems);
        assert_eq!(table.len(), 1);
        let lines: Vec<usize> = problems.list().iter().map(|p| p.found.line).collect();
        assert_eq!(lines, [2, 4, 5]);
        let mut problems = Problems::default();
        Table::gather("t.tsv", "a\tb\ta\n", &["a", "x", "y"], &mut problems);
        assert!(problems.list()[0].found.reason.contains("no column 'x', 'y'; it needs a, x, y"));
        let error = Table::parse("t.tsv", "a\tb\ta\n", &["a"]).unwrap_err();
        assert!(error.reason.contains("'a' twice"));
    }

    #[test]
    fn appended_rows_follow_the_first_tables_columns() {
        let mut table = Table::parse("t.tsv", "a\tb\n1\t2\n", &[]).unwrap();
        table.append(Table::parse("m.tsv", "b\ta\n4\t3\n", &[]).unwrap()).unwrap();
        let row = table.row(1).unwrap();
        assert!(table.row(2).is_none());
        assert_eq!(row.get("a"), "3");
        assert_eq!(row.error("wrong").file, "m.tsv");
        assert_eq!(row.place().to_string(), "m.tsv, line 2");
        assert_eq!(table.rows().next().unwrap().error("wrong").file, "t.tsv");
    }
}
