//! Country names, demonyms and capitals, for words that no place was read from.

use crate::codes::Country;
use crate::fold::{first_piece, fold};
use crate::map::{Map, entry};
use dateline_lexicon::{LexiconError, Lexicons};
use std::collections::BTreeSet;

/// How a word names a country.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Naming {
    Name,
    Demonym,
    Capital,
}

/// Words for countries.
#[derive(Debug, Default)]
pub(crate) struct Countries {
    words: Map<(Country, Naming)>,
    /// Longest entry, in characters, for each first piece.
    starts: Map<usize>,
    codes: BTreeSet<Country>,
}

impl Countries {
    pub(crate) fn load(lexicons: &Lexicons) -> Result<Self, LexiconError> {
        let columns =
            ["alpha3", "name", "aliases", "abbreviations", "demonyms", "capital", "until"];
        let table = lexicons.table("countries.tsv", &columns)?;
        let mut countries = Self::default();
        for row in table.rows() {
            let Some(country) = Country::new(row.get("alpha3")) else {
                return Err(row.error("alpha3 must be three capital letters"));
            };
            countries.codes.insert(country);
            let names =
                row.list("name").chain(row.list("aliases")).chain(row.list("abbreviations"));
            for name in names {
                countries.put(name, country, Naming::Name);
            }
            for name in row.list("demonyms") {
                countries.put(name, country, Naming::Demonym);
            }
            if row.get("until").is_empty() {
                for name in row.list("capital") {
                    countries.put(name, country, Naming::Capital);
                }
            }
        }
        Ok(countries)
    }

    fn put(&mut self, name: &str, country: Country, naming: Naming) {
        let name = fold(name);
        let longest = entry(&mut self.starts, first_piece(&name));
        *longest = (*longest).max(name.chars().count());
        self.words.entry(name).or_insert((country, naming));
    }

    /// The country that a folded name or demonym stands for.
    pub(crate) fn get(&self, folded: &str) -> Option<(Country, Naming)> {
        self.words.get(folded).copied()
    }

    /// Length in characters of the longest entry that begins with this piece.
    pub(crate) fn longest(&self, first: &str) -> usize {
        self.starts.get(first).copied().unwrap_or(0)
    }

    pub(crate) fn has(&self, country: Country) -> bool {
        self.codes.contains(&country)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_demonyms_lead_to_codes() {
        let countries = Countries::load(&Lexicons::embedded()).unwrap();
        let turkey = countries.get("Turkish").unwrap();
        assert_eq!((turkey.0.code(), turkey.1), ("TUR", Naming::Demonym));
        assert_eq!(countries.get("France").unwrap().0.code(), "FRA");
        assert!(countries.longest("South") >= 12);
        assert!(countries.get("turkish").is_none());
    }
}
