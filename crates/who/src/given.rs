//! Given names and the gender they usually have.

use crate::fold::fold;
use crate::roles::Gender;
use dateline_lexicon::{Keys, Lexicons, Map, Problems};

/// Given names.
#[derive(Debug, Default)]
pub(crate) struct GivenNames(Map<Gender>);

impl GivenNames {
    pub(crate) fn load(lexicons: &Lexicons, problems: &mut Problems) -> Self {
        let table = lexicons.table("given-names.tsv", &["name", "gender"], problems);
        let mut keys = Keys::default();
        let mut names = Map::default();
        names.reserve(table.len());
        for row in table.rows() {
            let gender = match row.get("gender") {
                "m" => Gender::Male,
                "f" => Gender::Female,
                "u" => Gender::Unknown,
                other => {
                    problems.error(row.error(format!("gender '{other}' is none of m, f, u")));
                    continue;
                }
            };
            if row.get("name").is_empty() {
                problems.error(row.error("'name' is empty"));
            }
            problems.once(&mut keys, &[row.get("name")], &row, "the later row counts");
            names.insert(fold(row.get("name")).into_owned(), gender);
        }
        Self(names)
    }

    /// The gender of a given name; `None` for a word that is not listed.
    pub(crate) fn gender(&self, name: &str) -> Option<Gender> {
        self.0.get(&*fold(name)).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_have_their_usual_gender() {
        let mut problems = Problems::with_warnings();
        let names = GivenNames::load(&Lexicons::embedded(), &mut problems);
        assert!(problems.list().is_empty(), "{problems:?}");
        assert!(names.0.len() >= 1000);
        assert_eq!(names.gender("Fatima"), Some(Gender::Female));
        assert_eq!(names.gender("Vladimir"), Some(Gender::Male));
        assert_eq!(names.gender("Dominique"), Some(Gender::Unknown));
        assert_eq!(names.gender("Withdrawal"), None);
    }
}
