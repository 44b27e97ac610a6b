//! Given names and the gender they usually have.

use crate::fold::fold;
use crate::map::Map;
use crate::roles::Gender;
use dateline_lexicon::{LexiconError, Lexicons};

/// Given names.
#[derive(Debug, Default)]
pub(crate) struct GivenNames(Map<Gender>);

impl GivenNames {
    pub(crate) fn load(lexicons: &Lexicons) -> Result<Self, LexiconError> {
        let table = lexicons.table("given-names.tsv", &["name", "gender"])?;
        let mut names = Map::default();
        names.reserve(table.len());
        for row in table.rows() {
            let gender = match row.get("gender") {
                "m" => Gender::Male,
                "f" => Gender::Female,
                "u" => Gender::Unknown,
                other => return Err(row.error(format!("gender '{other}' is none of m, f, u"))),
            };
            names.insert(fold(row.get("name")), gender);
        }
        Ok(Self(names))
    }

    /// The gender of a given name; `None` for a word that is not listed.
    pub(crate) fn gender(&self, name: &str) -> Option<Gender> {
        self.0.get(&fold(name)).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_have_their_usual_gender() {
        let names = GivenNames::load(&Lexicons::embedded()).unwrap();
        assert!(names.0.len() >= 1000);
        assert_eq!(names.gender("Fatima"), Some(Gender::Female));
        assert_eq!(names.gender("Vladimir"), Some(Gender::Male));
        assert_eq!(names.gender("Dominique"), Some(Gender::Unknown));
        assert_eq!(names.gender("Withdrawal"), None);
    }
}
