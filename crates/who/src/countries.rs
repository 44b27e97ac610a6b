//! Country names, demonyms and capitals, for words that no place was read from.

use crate::codes::{Country, STAND_INS, is_stand_in};
use crate::fold::{first_piece, fold};
use dateline_lexicon::{COUNTRY_COLUMNS, Keys, Lexicons, Map, Place, Problems, entry};
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
    /// Country, how the word names it, and its row.
    words: Map<(Country, Naming, u32)>,
    /// Longest entry, in characters, for each first piece.
    starts: Map<usize>,
    codes: BTreeSet<Country>,
    /// Where the rows stand.
    places: Vec<Place>,
}

impl Countries {
    pub(crate) fn load(lexicons: &Lexicons, problems: &mut Problems) -> Self {
        let table = lexicons.table("countries.tsv", &COUNTRY_COLUMNS, problems);
        let mut countries = Self::default();
        let mut keys = Keys::default();
        for row in table.rows() {
            let code = row.get("alpha3");
            if row.get("name").is_empty() {
                problems.error(row.error("'name' is empty"));
            }
            let Some(country) = Country::new(code).filter(|_| !is_stand_in(code)) else {
                let reason = format!(
                    "alpha3 '{code}' is not three capital letters, or is one of PLOVER's {}",
                    STAND_INS.join(", ")
                );
                problems.error(row.error(reason));
                continue;
            };
            problems.once(&mut keys, &[code], &row, "both are one country");
            countries.codes.insert(country);
            countries.places.push(row.place());
            let names =
                row.list("name").chain(row.list("aliases")).chain(row.list("abbreviations"));
            for name in names {
                countries.put(name, country, Naming::Name, problems);
            }
            for name in row.list("demonyms") {
                countries.put(name, country, Naming::Demonym, problems);
            }
            if row.get("until").is_empty() {
                for name in row.list("capital") {
                    countries.put(name, country, Naming::Capital, problems);
                }
            }
        }
        countries
    }

    /// Takes a word of the latest row. A word of an earlier row stays with it;
    /// where that is another file, its author is warned.
    fn put(&mut self, name: &str, country: Country, naming: Naming, problems: &mut Problems) {
        let name = fold(name);
        let longest = entry(&mut self.starts, first_piece(&name));
        *longest = (*longest).max(name.chars().count());
        let at = self.places.len().saturating_sub(1) as u32;
        let &mut (first, _, row) =
            self.words.entry(name.to_string()).or_insert((country, naming, at));
        if problems.checking() && first != country {
            let (earlier, own) = (&self.places[row as usize], &self.places[at as usize]);
            if earlier.file != own.file {
                let reason = format!(
                    "'{name}' is a word for {} already ({earlier}), which has it where the text does not tell; \
                     replace countries.tsv to give it away",
                    first.code()
                );
                problems.warn(own.error(reason));
            }
        }
    }

    /// Where the row stands that a folded name or demonym is of.
    pub(crate) fn place(&self, folded: &str) -> Option<&Place> {
        self.places.get(self.words.get(folded)?.2 as usize)
    }

    /// The country that a folded name or demonym stands for.
    pub(crate) fn get(&self, folded: &str) -> Option<(Country, Naming)> {
        self.words.get(folded).map(|&(country, naming, _)| (country, naming))
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
        let mut problems = Problems::with_warnings();
        let countries = Countries::load(&Lexicons::embedded(), &mut problems);
        assert!(problems.list().is_empty(), "{problems:?}");
        let turkey = countries.get("Turkish").unwrap();
        assert_eq!((turkey.0.code(), turkey.1), ("TUR", Naming::Demonym));
        assert!(countries.place("Turkish").unwrap().to_string().starts_with("countries.tsv, line"));
        assert_eq!(countries.get("France").unwrap().0.code(), "FRA");
        assert!(countries.longest("South") >= 12);
        assert!(countries.get("turkish").is_none());
    }

    #[test]
    fn mistakes_and_words_taken_twice_are_reported() {
        let folder = crate::testing::folder("countries");
        let mut file = COUNTRY_COLUMNS.join("\t");
        for (code, name, demonyms) in [
            ("Xqa", "Xandia", ""),
            ("XQA", "Xandia", "Xandian|Turkish"),
            ("UNO", "", ""),
            ("XQA", "Xandia", ""),
        ] {
            let row = format!("\n{code}\t\t{name}\t\t\t{demonyms}{}", "\t".repeat(8));
            file.push_str(&row);
        }
        std::fs::write(folder.join("countries.more.tsv"), file).unwrap();
        let mut problems = Problems::with_warnings();
        let countries = Countries::load(&Lexicons::with_folder(&folder), &mut problems);
        let found: Vec<String> = problems.list().iter().map(|p| p.found.to_string()).collect();
        let wanted = [
            "line 2: alpha3 'Xqa' is not three capital letters",
            "line 3: 'Turkish' is a word for TUR already (countries.tsv, line",
            "line 4: 'name' is empty",
            "line 4: alpha3 'UNO'",
            "line 5: 'XQA' stands in line 3 already",
        ];
        assert_eq!(found.len(), wanted.len(), "{found:?}");
        for (found, wanted) in found.iter().zip(wanted) {
            assert!(found.contains(wanted), "{found} has not {wanted}");
        }
        assert_eq!(countries.get("Xandian").unwrap().0.code(), "XQA");
        std::fs::remove_dir_all(&folder).unwrap();
    }
}
