//! What a place name can mean, with how likely it is before any context.

use crate::atlas::{Atlas, Entry};
use crate::{Gazetteer, Record};

/// Readings of one name that are weighed; the rest, the smallest, are left out.
const MOST: usize = 60;

/// The granularity of a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Level {
    Country,
    /// First-order division: state, province.
    Division,
    /// Lower division: county, district.
    County,
    Town,
    /// Continents, seas, regions, sites.
    Other,
}

/// A reading of a place name.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Candidate<'r> {
    pub name: &'r str,
    pub id: Option<u32>,
    pub lat: f64,
    pub lon: f64,
    pub country: &'r str,
    pub admin1: &'r str,
    pub feature: &'r str,
    pub level: Level,
    /// How likely without context: about the power of ten of its inhabitants,
    /// more for what newspapers write of without saying where it is.
    pub prior: f64,
    /// Whether it comes from a lexicon, not from the gazetteer.
    pub listed: bool,
}

fn level(feature: &str) -> Level {
    match feature {
        "A.ADM1" => Level::Division,
        "A.TERR" => Level::Country,
        _ if feature.starts_with("A.PCL") => Level::Country,
        _ if feature.starts_with("A.") => Level::County,
        _ if feature.starts_with("P.") => Level::Town,
        _ => Level::Other,
    }
}

fn listed<'r>(entry: &'r Entry, capital: bool) -> Candidate<'r> {
    let level = level(&entry.feature);
    let size = (entry.population + 10.0).log10();
    let prior = match level {
        Level::Country if entry.feature == "A.PCLH" => 9.0,
        Level::Country => 8.0 + 0.2 * size,
        Level::Division => 6.3 + 0.3 * size,
        Level::County => 1.5 + size,
        Level::Town => 2.0 + size.max(4.5) + if capital { 1.0 } else { 0.0 },
        Level::Other => 7.5,
    };
    let admin1 = if level == Level::Division { entry.name.as_str() } else { "" };
    Candidate {
        name: &entry.name,
        id: entry.id,
        lat: entry.lat,
        lon: entry.lon,
        country: &entry.country,
        admin1,
        feature: &entry.feature,
        level,
        prior,
        listed: true,
    }
}

fn recorded<'r>(record: Record<'r>, alternate: bool) -> Candidate<'r> {
    let level = level(record.feature);
    let size = (record.population + 10.0).log10();
    let prior = match level {
        Level::Division => size - 0.7,
        Level::County => size - 0.5,
        _ if record.feature == "P.PPLC" => size + 1.5,
        _ => size,
    };
    Candidate {
        name: record.name,
        id: record.id,
        lat: record.lat,
        lon: record.lon,
        country: record.country,
        admin1: record.admin1,
        feature: record.feature,
        level,
        prior: prior - if alternate { 2.5 } else { 0.0 },
        listed: false,
    }
}

/// All readings of a folded name, listed ones first.
pub(crate) fn named<'r>(
    atlas: &'r Atlas,
    gazetteer: &'r Gazetteer,
    folded: &str,
) -> Vec<Candidate<'r>> {
    let capital = |e: &Entry| atlas.is_capital(folded, &e.country);
    let mut found: Vec<Candidate<'r>> =
        atlas.named(folded).map(|e| listed(e, capital(e))).collect();
    let by_hand = found.len();
    for record in gazetteer.lookup(folded).take(MOST) {
        let alternate =
            !record.name.eq_ignore_ascii_case(folded) && crate::fold(record.name) != folded;
        let candidate = recorded(record, alternate);
        match found.iter_mut().take(by_hand).find(|l| same(l, &candidate)) {
            Some(known) if known.admin1.is_empty() => known.admin1 = candidate.admin1,
            Some(_) => {}
            None => found.push(candidate),
        }
    }
    found
}

/// Readings of listed places only: of a demonym or an abbreviation.
pub(crate) fn of_entries<'r>(entries: impl Iterator<Item = &'r Entry>) -> Vec<Candidate<'r>> {
    entries.map(|entry| listed(entry, false)).collect()
}

/// Whether a listed place and a gazetteer record are one place.
fn same(listed: &Candidate<'_>, record: &Candidate<'_>) -> bool {
    if listed.id.is_some() && listed.id == record.id {
        return true;
    }
    let apart = distance(listed, record);
    match listed.level {
        Level::Town => record.level == Level::Town && apart < 25.0,
        Level::Division => record.level == Level::Division && listed.country == record.country,
        Level::County => record.level == Level::County && apart < 80.0,
        Level::Country => record.level != Level::Town && listed.country == record.country,
        Level::Other => apart < 10.0,
    }
}

/// Kilometres between two places, along the surface.
pub(crate) fn distance(a: &Candidate<'_>, b: &Candidate<'_>) -> f64 {
    let (lat_a, lat_b) = (a.lat.to_radians(), b.lat.to_radians());
    let (d_lat, d_lon) = ((lat_b - lat_a) / 2.0, (b.lon - a.lon).to_radians() / 2.0);
    let h = d_lat.sin().powi(2) + lat_a.cos() * lat_b.cos() * d_lon.sin().powi(2);
    2.0 * 6371.0 * h.sqrt().min(1.0).asin()
}

/// Whether a reading lies inside another, as "Paris, Texas" says.
pub(crate) fn inside(inner: &Candidate<'_>, outer: &Candidate<'_>) -> bool {
    let smaller = |levels: &[Level]| levels.contains(&inner.level);
    let in_country = !inner.country.is_empty() && inner.country == outer.country;
    match outer.level {
        Level::Country => {
            in_country && smaller(&[Level::Division, Level::County, Level::Town, Level::Other])
        }
        Level::Division => {
            in_country
                && smaller(&[Level::County, Level::Town, Level::Other])
                && if inner.admin1.is_empty() {
                    distance(inner, outer) < 250.0
                } else {
                    inner.admin1 == outer.admin1
                        || crate::fold(inner.admin1) == crate::fold(outer.admin1)
                        || (inner.level != Level::Division && distance(inner, outer) < 60.0)
                }
        }
        Level::County => {
            in_country && smaller(&[Level::Town, Level::Other]) && distance(inner, outer) < 60.0
        }
        Level::Town => {
            in_country && smaller(&[Level::Town, Level::Other]) && distance(inner, outer) < 30.0
        }
        Level::Other => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use dateline_lexicon::Lexicons;

    #[test]
    fn capitals_go_before_their_namesakes() {
        let (atlas, gazetteer) = (
            Atlas::load(&Lexicons::embedded(), &mut dateline_lexicon::Problems::default()),
            Gazetteer::embedded(),
        );
        for (name, country) in [
            ("paris", "FRA"),
            ("moscow", "RUS"),
            ("london", "GBR"),
            ("athens", "GRC"),
            ("kiev", "UKR"),
            ("washington", "USA"),
            ("georgia", "GEO"),
            ("tripoli", "LBY"),
            ("odessa", "UKR"),
            ("lima", "PER"),
            ("santiago", "CHL"),
            ("mali", "MLI"),
            ("granada", "ESP"),
        ] {
            let found = named(&atlas, &gazetteer, name);
            let best = found.iter().max_by(|a, b| a.prior.total_cmp(&b.prior)).unwrap();
            assert_eq!(best.country, country, "{name}");
        }
    }

    #[test]
    fn towns_lie_in_their_states() {
        let (atlas, gazetteer) = (
            Atlas::load(&Lexicons::embedded(), &mut dateline_lexicon::Problems::default()),
            Gazetteer::embedded(),
        );
        let springfields = named(&atlas, &gazetteer, "springfield");
        let illinois = of_entries(atlas.abbreviated("Ill."));
        let there: Vec<_> = springfields.iter().filter(|s| inside(s, &illinois[0])).collect();
        assert_eq!(there.len(), 1);
        assert!((distance(there[0], &illinois[0])) < 100.0);
    }
}
