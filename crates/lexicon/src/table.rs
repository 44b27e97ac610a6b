//! One TSV file, checked.

use crate::{LexiconError, Problems};
use std::collections::HashMap;
use std::fmt;
use std::sync::Arc;

/// A lexicon file whose header and rows have been checked.
#[derive(Debug, Clone, Default)]
pub struct Table {
    file: Arc<str>,
    columns: Vec<String>,
    /// Line number and cells of each row.
    rows: Vec<(usize, Vec<String>)>,
    /// Files that were appended, with the index of their first row.
    appended: Vec<(usize, Arc<str>)>,
}

impl Table {
    /// Reads the text of a file that must have at least `columns`, in any
    /// order; further columns are kept.
    ///
    /// # Errors
    /// The first of what [`Table::gather`] finds.
    pub fn parse(file: &str, text: &str, columns: &[&str]) -> Result<Self, LexiconError> {
        let mut problems = Problems::default();
        let table = Self::gather(file, text, columns, &mut problems);
        problems.result(table)
    }

    /// Reads a file as [`Table::parse`] does, and leaves out what is wrong:
    /// a missing header or column (then there are no rows), a column twice, a
    /// row with too many or too few cells. Rows that are the same are warned of.
    pub fn gather(file: &str, text: &str, columns: &[&str], problems: &mut Problems) -> Self {
        let file: Arc<str> = file.into();
        let mut table = Self {
            file: file.clone(),
            columns: Vec::new(),
            rows: Vec::new(),
            appended: Vec::new(),
        };
        let error = |line: usize, reason: String| Place { file: file.clone(), line }.error(reason);
        // what Excel and Windows editors put before the first line
        let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
        let mut lines = text
            .lines()
            .enumerate()
            .map(|(at, line)| (at + 1, line.trim_end_matches('\r')))
            .filter(|(_, line)| !line.trim().is_empty() && !line.starts_with('#'));
        let wanted = columns.join(", ");
        let Some((line, header)) = lines.next() else {
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
            problems.error(error(line, reason));
            return table;
        }
        for (at, column) in table.columns.iter().enumerate() {
            if table.columns[..at].contains(column) {
                problems.error(error(line, format!("the header has '{column}' twice; drop one")));
            }
        }
        let width = table.columns.len();
        let mut same: HashMap<Vec<String>, usize> = HashMap::new();
        for (line, row) in lines {
            let cells: Vec<String> = row.split('\t').map(|cell| cell.trim().to_owned()).collect();
            if cells.len() != width {
                let reason = format!(
                    "{} cells where the header has {width}; cells are parted by one tab each, and empty ones count",
                    cells.len()
                );
                problems.error(error(line, reason));
                continue;
            }
            if problems.checking() {
                if let Some(earlier) = same.get(&cells) {
                    let reason = format!("the same row as line {earlier}; delete one");
                    problems.warn(error(line, reason));
                    continue;
                }
                same.insert(cells.clone(), line);
            }
            table.rows.push((line, cells));
        }
        table
    }

    /// The rows of `more` after these, its columns put in this table's order.
    ///
    /// # Errors
    /// A column of this table that `more` lacks.
    pub fn append(&mut self, more: Table) -> Result<(), LexiconError> {
        let order: Option<Vec<usize>> =
            self.columns.iter().map(|c| more.columns.iter().position(|m| m == c)).collect();
        let Some(order) = order else {
            let reason = format!("the header must have the columns {}", self.columns.join(", "));
            return Err(LexiconError { file: more.file.to_string(), line: 1, reason });
        };
        self.appended.push((self.rows.len(), more.file));
        for (line, cells) in more.rows {
            self.rows.push((line, order.iter().map(|&at| cells[at].clone()).collect()));
        }
        Ok(())
    }

    /// The rows in the order of the file.
    pub fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        let rows = self.rows.iter().enumerate();
        rows.map(|(at, (line, cells))| Row { table: self, at, line: *line, cells })
    }

    /// Number of rows.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there are no rows.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }
}

/// One row of a [`Table`].
#[derive(Debug, Clone, Copy)]
pub struct Row<'t> {
    table: &'t Table,
    at: usize,
    line: usize,
    cells: &'t [String],
}

impl<'t> Row<'t> {
    /// The cell of a column, `""` when it is empty or there is no such column.
    pub fn get(&self, column: &str) -> &'t str {
        let at = self.table.columns.iter().position(|c| c == column);
        at.map_or("", |at| self.cells[at].as_str())
    }

    /// The cell's parts, separated by `|`; none when it is empty.
    pub fn list(&self, column: &str) -> impl Iterator<Item = &'t str> + use<'t> {
        self.get(column).split('|').map(str::trim).filter(|part| !part.is_empty())
    }

    /// Where the row stands.
    pub fn place(&self) -> Place {
        let appended = self.table.appended.iter().rev().find(|(first, _)| *first <= self.at);
        let file = appended.map_or(&self.table.file, |(_, file)| file);
        Place { file: file.clone(), line: self.line }
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
        let row = table.rows().nth(1).unwrap();
        assert_eq!(row.get("a"), "3");
        assert_eq!(row.error("wrong").file, "m.tsv");
        assert_eq!(row.place().to_string(), "m.tsv, line 2");
        assert_eq!(table.rows().next().unwrap().error("wrong").file, "t.tsv");
    }
}
