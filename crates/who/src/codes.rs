//! The PLOVER codes of actors: which there are, and how they are put together.

use dateline_account::Actor;

/// Sector codes of PLOVER (manual of 2021).
pub(crate) const SECTORS: &[&str] = &[
    "AGR", "BUS", "COP", "CRM", "CVL", "EDU", "ELI", "GOV", "JRN", "JUD", "LAB", "LEG", "MED",
    "MIL", "OPP", "PRE", "PRM", "PTY", "REB", "REF", "REL", "SOC", "SPY", "UAF", "UNK",
];

/// What PLOVER writes in place of a country.
pub(crate) const STAND_INS: &[&str] = &["EUR", "IGO", "IMG", "ISM", "KOS", "MNC", "NGO", "UNO"];

/// The sector of that code.
pub(crate) fn sector(code: &str) -> Option<&'static str> {
    SECTORS.binary_search(&code).ok().map(|at| SECTORS[at])
}

/// Whether the code is a stand-in for a country.
pub(crate) fn is_stand_in(code: &str) -> bool {
    STAND_INS.binary_search(&code).is_ok()
}

/// A country code of three letters, packed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Country([u8; 3]);

impl Country {
    /// Reads a code; Kosovo is written as PLOVER writes it.
    pub(crate) fn new(code: &str) -> Option<Self> {
        let bytes: [u8; 3] = code.as_bytes().try_into().ok()?;
        let upper = bytes.iter().all(u8::is_ascii_uppercase);
        upper.then_some(if code == "XKX" { Self(*b"KOS") } else { Self(bytes) })
    }

    pub(crate) fn code(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or("")
    }
}

/// What is known of an actor from words or from a row.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Coding {
    pub(crate) country: Option<Country>,
    /// Primary sector first, none twice.
    pub(crate) sectors: Vec<&'static str>,
}

impl Coding {
    pub(crate) fn is_empty(&self) -> bool {
        self.country.is_none() && self.sectors.is_empty()
    }

    pub(crate) fn add(&mut self, sector: &'static str) {
        if !self.sectors.contains(&sector) {
            self.sectors.push(sector);
        }
    }

    /// The coding as the account writes it; `None` when nothing is known.
    pub(crate) fn actor(&self) -> Option<Actor> {
        if self.is_empty() {
            return None;
        }
        let country = self.country.map(|c| c.code().to_owned());
        let primary = self.sectors.first().copied().unwrap_or("");
        let code = format!("{}{primary}", country.as_deref().unwrap_or(""));
        Some(Actor {
            country,
            sectors: self.sectors.iter().map(|s| (*s).to_owned()).collect(),
            code,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_sorted_for_the_search() {
        assert!(SECTORS.is_sorted() && STAND_INS.is_sorted());
        assert_eq!(sector("MIL"), Some("MIL"));
        assert_eq!(sector("mil"), None);
        assert!(is_stand_in("UNO") && !is_stand_in("USA"));
    }

    #[test]
    fn a_code_is_country_and_primary_sector() {
        let coding = Coding { country: Country::new("FRA"), sectors: vec!["LEG", "OPP"] };
        let actor = coding.actor().unwrap();
        assert_eq!((actor.code.as_str(), actor.sectors.len()), ("FRALEG", 2));
        assert_eq!(Coding::default().actor(), None);
        assert_eq!(Country::new("XKX").unwrap().code(), "KOS");
        assert_eq!(Country::new("Fra"), None);
    }
}
