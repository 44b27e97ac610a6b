//! The places that are listed by hand: `countries.tsv` and `regions.tsv`.

use crate::fold;
use crate::fold::append;
use dateline_lexicon::{COUNTRY_COLUMNS, Keys, LexiconError, Lexicons, Map, Problems, Row, entry};
use std::collections::{BTreeSet, HashMap};

const REGION_COLUMNS: [&str; 10] = [
    "name",
    "aliases",
    "abbreviations",
    "demonyms",
    "country",
    "feature",
    "lat",
    "lon",
    "population",
    "geonames",
];

/// A listed place.
#[derive(Debug)]
pub(crate) struct Entry {
    pub name: String,
    pub id: Option<u32>,
    pub lat: f64,
    pub lon: f64,
    /// Alpha-3, or empty.
    pub country: String,
    pub feature: String,
    pub population: f64,
}

/// Listed places by folded name, demonym and abbreviation.
#[derive(Debug, Default)]
pub(crate) struct Atlas {
    pub entries: Vec<Entry>,
    names: Map<Vec<u32>>,
    demonyms: Map<Vec<u32>>,
    /// As written.
    abbreviations: Map<Vec<u32>>,
    /// Folded names of capitals with the country.
    capitals: Map<Vec<String>>,
    /// First and last words of folded names and demonyms of several words; first
    /// words of abbreviations of several.
    first_words: Map<()>,
    last_words: Map<()>,
    /// Abbreviations without the full stops at their ends.
    stems: Map<()>,
}

impl Atlas {
    pub(crate) fn load(lexicons: &Lexicons, problems: &mut Problems) -> Self {
        let mut atlas = Self::default();
        let countries = lexicons.table("countries.tsv", &COUNTRY_COLUMNS, problems);
        let codes: BTreeSet<&str> = countries.rows().map(|row| row.get("alpha3")).collect();
        for row in countries.rows() {
            let successor = row.list("successors").next();
            let country = successor.unwrap_or(row.get("alpha3"));
            for code in row.list("successors").filter(|code| !codes.contains(code)) {
                let reason = format!("the successor '{code}' has no row in countries.tsv");
                problems.error(row.error(reason));
            }
            let until = row.get("until");
            if !until.is_empty() && until.parse::<u16>().is_err() {
                problems.error(row.error(format!("until '{until}' is no year, such as 1991")));
            }
            if problems.keep(atlas.add(&row, country)).is_none() {
                continue;
            }
            for capital in row.list("capital") {
                atlas.capitals.entry(fold(capital)).or_default().push(country.to_owned());
            }
        }
        let mut keys = Keys::default();
        for row in lexicons.table("regions.tsv", &REGION_COLUMNS, problems).rows() {
            let country = row.get("country");
            if !country.is_empty() && !codes.contains(country) {
                let reason = format!(
                    "the country '{country}' has no row in countries.tsv; add one in countries.more.tsv, or leave the cell empty"
                );
                problems.error(row.error(reason));
            } else if problems.keep(atlas.add(&row, country)).is_some() {
                let key = [row.get("name"), country, row.get("feature")];
                problems.once(&mut keys, &key, &row, "both are one place");
            }
        }
        let listed = atlas.names.keys().chain(atlas.demonyms.keys());
        for key in listed {
            if let (Some((first, _)), Some((_, last))) = (key.split_once(' '), key.rsplit_once(' '))
            {
                entry(&mut atlas.first_words, first);
                entry(&mut atlas.last_words, last);
            }
        }
        for written in atlas.abbreviations.keys() {
            entry(&mut atlas.stems, written.trim_end_matches('.'));
            let mut folded = String::new();
            append(&mut folded, written);
            if let Some((first, _)) = folded.split_once(' ') {
                entry(&mut atlas.first_words, first);
            }
        }
        atlas
    }

    /// Whether a listed name of several words can begin with a folded word.
    pub(crate) fn begins_with(&self, word: &str) -> bool {
        self.first_words.contains_key(word)
    }

    /// Whether a listed name of several words can end with a folded word.
    pub(crate) fn ends_with(&self, word: &str) -> bool {
        self.last_words.contains_key(word)
    }

    fn add(&mut self, row: &Row<'_>, country: &str) -> Result<(), LexiconError> {
        let three = |code: &str| code.len() == 3 && code.bytes().all(|b| b.is_ascii_uppercase());
        if !country.is_empty() && !three(country) {
            return Err(row.error(format!("'{country}' is no alpha-3 code, such as NOR")));
        }
        let number = |column: &str, most: f64| -> Result<f64, LexiconError> {
            let cell = row.get(column);
            let value: Option<f64> = cell.parse().ok();
            value.filter(|v| v.abs() <= most).ok_or_else(|| {
                row.error(format!("'{cell}' in column '{column}' is no number up to {most}"))
            })
        };
        let id = row.get("geonames");
        let id = if id.is_empty() { Ok(None) } else { id.parse().map(Some) };
        let feature = row.get("feature");
        if !matches!(feature.split_once('.'), Some((class, code)) if class.len() == 1 && !code.is_empty())
        {
            return Err(row.error(format!("'{feature}' is no feature class.code, such as A.ADM1")));
        }
        let entry = Entry {
            name: row.get("name").to_owned(),
            id: id.map_err(|_| row.error("the GeoNames id is no number"))?,
            lat: number("lat", 90.0)?,
            lon: number("lon", 180.0)?,
            country: country.to_owned(),
            feature: feature.to_owned(),
            population: number("population", 1e11)?,
        };
        if entry.name.is_empty() {
            return Err(row.error("the name is empty"));
        }
        let at = self.entries.len() as u32;
        self.entries.push(entry);
        put(&mut self.names, fold(row.get("name")), at);
        row.list("aliases").for_each(|alias| put(&mut self.names, fold(alias), at));
        row.list("demonyms").for_each(|demonym| put(&mut self.demonyms, fold(demonym), at));
        row.list("abbreviations").for_each(|a| put(&mut self.abbreviations, a.to_owned(), at));
        Ok(())
    }

    /// Whether a name or demonym is listed.
    pub(crate) fn lists(&self, folded: &str) -> bool {
        self.names.contains_key(folded) || self.demonyms.contains_key(folded)
    }

    /// Whether a text is an abbreviation, whatever full stops end either.
    pub(crate) fn may_be_short(&self, written: &str) -> bool {
        self.stems.contains_key(written.trim_end_matches('.'))
    }

    /// Listed places of a folded name.
    pub(crate) fn named(&self, folded: &str) -> impl Iterator<Item = &Entry> {
        self.at(self.names.get(folded))
    }

    /// Listed places of a folded demonym.
    pub(crate) fn demonym(&self, folded: &str) -> impl Iterator<Item = &Entry> {
        self.at(self.demonyms.get(folded))
    }

    /// Listed places of an abbreviation as written.
    pub(crate) fn abbreviated(&self, written: &str) -> impl Iterator<Item = &Entry> {
        self.at(self.abbreviations.get(written))
    }

    /// Whether a folded name is that of the capital of a country.
    pub(crate) fn is_capital(&self, folded: &str, country: &str) -> bool {
        self.capitals.get(folded).is_some_and(|countries| countries.iter().any(|c| c == country))
    }

    /// Whether a folded demonym is the plural of another: people, no adjective.
    pub(crate) fn is_people(&self, folded: &str) -> bool {
        ["men", "women"].iter().any(|end| folded.ends_with(end))
            || folded.strip_suffix('s').is_some_and(|one| self.demonyms.contains_key(one))
    }

    fn at<'a>(&'a self, found: Option<&'a Vec<u32>>) -> impl Iterator<Item = &'a Entry> + use<'a> {
        let found = found.map_or(&[][..], Vec::as_slice);
        found.iter().filter_map(|at| self.entries.get(*at as usize))
    }
}

/// The alpha-3 codes of `countries.tsv` by their alpha-2 codes.
pub(crate) fn alpha3_codes(lexicons: &Lexicons) -> Result<HashMap<String, String>, LexiconError> {
    let mut problems = Problems::default();
    let table = lexicons.table("countries.tsv", &COUNTRY_COLUMNS, &mut problems);
    let table = problems.result(table)?;
    let living = table.rows().filter(|row| row.get("until").is_empty());
    let codes = living.map(|row| (row.get("alpha2").to_owned(), row.get("alpha3").to_owned()));
    Ok(codes.collect())
}

fn put(map: &mut Map<Vec<u32>>, key: String, at: u32) {
    let places = map.entry(key).or_default();
    if !places.contains(&at) {
        places.push(at);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_demonyms_and_abbreviations_lead_to_places() {
        let atlas = Atlas::load(&Lexicons::embedded(), &mut Problems::default());
        let first = |mut places: Box<dyn Iterator<Item = &Entry> + '_>| {
            places.next().map(|e| (e.name.clone(), e.country.clone()))
        };
        let pair = |name: &str, code: &str| Some((name.to_owned(), code.to_owned()));
        assert_eq!(first(Box::new(atlas.named("burma"))), pair("Myanmar", "MMR"));
        assert_eq!(first(Box::new(atlas.named("ussr"))), None);
        assert_eq!(first(Box::new(atlas.abbreviated("USSR"))), pair("Soviet Union", "RUS"));
        assert_eq!(first(Box::new(atlas.demonym("bavarian"))), pair("Bavaria", "DEU"));
        assert_eq!(first(Box::new(atlas.named("strait of hormuz"))), pair("Strait of Hormuz", ""));
        assert!(atlas.is_capital("kyiv", "UKR") && atlas.is_people("turks"));
        assert!(!atlas.is_people("swiss"));
    }

    #[test]
    fn all_states_are_listed() {
        let atlas = Atlas::load(&Lexicons::embedded(), &mut Problems::default());
        let states = atlas.entries.iter().filter(|e| e.feature == "A.PCLI").count();
        assert!((190..=205).contains(&states), "{states}");
    }
}
