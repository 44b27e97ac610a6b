//! What is wrong with lexicons, gathered while they are loaded.

use crate::{LexiconError, Place, Row};
use std::collections::HashMap;

/// How bad a problem is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The row means nothing, or two things at once: nothing is read with it.
    Error,
    /// The row is read, but perhaps not as it was meant.
    Warning,
}

/// A problem, and how bad it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// How bad it is.
    pub severity: Severity,
    /// Where it is, what it is, and the cure.
    pub found: LexiconError,
}

/// All problems of the lexicons that are loaded with it, so that they can be
/// mended at once. What loads a lexicon goes on after a mistake, without the
/// row that has it.
///
/// ```
/// use dateline_lexicon::{Problems, Table};
/// let mut problems = Problems::default();
/// Table::gather("roles.tsv", "role\tsector\nmayor\nreeve\n", &["role"], &mut problems);
/// assert_eq!(problems.list().len(), 2);
/// ```
#[derive(Debug, Default)]
pub struct Problems {
    found: Vec<Problem>,
    checking: bool,
}

impl Problems {
    /// Gathers warnings too, which take time to look for.
    pub fn with_warnings() -> Self {
        Self { found: Vec::new(), checking: true }
    }

    /// Whether warnings are wanted.
    pub fn checking(&self) -> bool {
        self.checking
    }

    /// Takes an error.
    pub fn error(&mut self, found: LexiconError) {
        self.found.push(Problem { severity: Severity::Error, found });
    }

    /// Takes a warning, if they are wanted.
    pub fn warn(&mut self, found: LexiconError) {
        if self.checking {
            self.found.push(Problem { severity: Severity::Warning, found });
        }
    }

    /// The value, or `None` when it is an error, which is taken.
    pub fn keep<T>(&mut self, result: Result<T, LexiconError>) -> Option<T> {
        result.map_err(|found| self.error(found)).ok()
    }

    /// Warns of a row whose key, the `parts` with spaces between, stands in an
    /// earlier row of the same file; `which` says what comes of it: "the later
    /// row counts". A file of the user's own may repeat keys of ours: that is
    /// how they are corrected.
    pub fn once(&mut self, keys: &mut Keys, parts: &[&str], row: &Row<'_>, which: &str) {
        if !self.checking {
            return;
        }
        let key = parts.join(" ");
        let key = key.trim_end();
        let place = row.place();
        match keys.0.get(key) {
            Some(earlier) if earlier.file == place.file => {
                let reason = format!(
                    "'{key}' stands in line {} already; {which}, so delete one",
                    earlier.line
                );
                self.warn(place.error(reason));
            }
            _ => {
                keys.0.insert(key.to_owned(), place);
            }
        }
    }

    /// The value, unless there is an error.
    ///
    /// # Errors
    /// The first error.
    pub fn result<T>(self, value: T) -> Result<T, LexiconError> {
        let error = self.found.into_iter().find(|p| p.severity == Severity::Error);
        error.map_or(Ok(value), |problem| Err(problem.found))
    }

    /// Whether there is an error.
    pub fn has_errors(&self) -> bool {
        self.found.iter().any(|p| p.severity == Severity::Error)
    }

    /// The problems by file and line, each once: several rooms load the same
    /// file.
    pub fn list(&self) -> Vec<&Problem> {
        let mut list: Vec<&Problem> = self.found.iter().collect();
        let order = |p: &Problem| (p.found.file.clone(), p.found.line, p.severity);
        list.sort_by(|a, b| {
            order(a).cmp(&order(b)).then_with(|| a.found.reason.cmp(&b.found.reason))
        });
        list.dedup();
        list
    }
}

/// Keys of the rows of one lexicon, for [`Problems::once`].
#[derive(Debug, Default)]
pub struct Keys(HashMap<String, Place>);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Table;

    fn error(file: &str, line: usize) -> LexiconError {
        LexiconError { file: file.to_owned(), line, reason: "wrong".to_owned() }
    }

    #[test]
    fn problems_are_listed_by_place_and_once() {
        let mut problems = Problems::with_warnings();
        problems.error(error("b.tsv", 1));
        problems.warn(error("a.tsv", 12));
        problems.error(error("a.tsv", 3));
        problems.error(error("b.tsv", 1));
        let places: Vec<_> =
            problems.list().iter().map(|p| (p.found.file.as_str(), p.found.line)).collect();
        assert_eq!(places, [("a.tsv", 3), ("a.tsv", 12), ("b.tsv", 1)]);
        assert_eq!(problems.result(()), Err(error("b.tsv", 1)));
    }

    #[test]
    fn warnings_are_only_gathered_when_wanted_and_stop_nothing() {
        let mut problems = Problems::default();
        problems.warn(error("a.tsv", 1));
        assert!(problems.list().is_empty() && !problems.has_errors());
        let mut problems = Problems::with_warnings();
        problems.warn(error("a.tsv", 1));
        assert_eq!((problems.list().len(), problems.has_errors()), (1, false));
        assert!(problems.result(()).is_ok());
    }

    #[test]
    fn a_key_stands_once_in_a_file_but_may_be_corrected_in_another() {
        let mut table = Table::parse("t.tsv", "a\nx\ny\nx\n", &[]).unwrap();
        table.append(Table::parse("t.more.tsv", "a\ny\n", &[]).unwrap()).unwrap();
        let (mut problems, mut keys) = (Problems::with_warnings(), Keys::default());
        for row in table.rows() {
            problems.once(&mut keys, &[row.get("a")], &row, "the later counts");
        }
        let [problem] = problems.list()[..] else { panic!("{problems:?}") };
        assert_eq!(
            problem.found.to_string(),
            "t.tsv, line 4: 'x' stands in line 2 already; the later counts, so delete one"
        );
    }
}
