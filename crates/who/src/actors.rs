//! The actor lexicon: names with offices and standings, each for its time.

use crate::actor_checks::{check_aliases, check_offices};
use crate::actor_rows::{ActorRow, COLUMNS, LEADERS, RANKS, actor_row};
use crate::codes::{Coding, Country};
use crate::countries::Countries;
use crate::fold::{first_piece, fold};
use crate::map::{Map, entry};
use dateline_account::EntityKind;
use dateline_lexicon::{Lexicons, Problems};
use jiff::civil::Date;
use std::collections::{BTreeSet, HashMap};

/// All rows, by name and by surname.
#[derive(Debug, Default)]
pub(crate) struct Actors {
    rows: Vec<ActorRow>,
    by_name: Map<Rows>,
    /// Longest entry, in characters, for each first piece.
    starts: Map<usize>,
    by_surname: Map<Rows>,
    holders: HashMap<Country, Vec<u32>>,
}

impl Actors {
    /// Loads `actors.tsv` and checks it: see [`crate::actor_checks`].
    pub(crate) fn load(
        lexicons: &Lexicons,
        countries: &Countries,
        problems: &mut Problems,
    ) -> Self {
        let table = lexicons.table("actors.tsv", &COLUMNS, problems);
        let mut actors = Self::default();
        actors.by_name.reserve(table.len() * 2);
        for row in table.rows() {
            let Some(read) = actor_row(&row, countries, problems) else { continue };
            let at = actors.rows.len() as u32;
            for name in row.list("name").chain(row.list("aliases")) {
                let name = fold(name);
                for (long, short) in [("U.N.", "UN"), ("U.S.", "US")] {
                    if name.contains(long) {
                        actors.put(&name.replace(long, short), at, read.kind);
                    }
                }
                actors.put(&name, at, read.kind);
            }
            if read.kind == EntityKind::Person
                && let Some(country) = read.coding.country
            {
                actors.holders.entry(country).or_default().push(at);
            }
            actors.rows.push(read);
        }
        check_offices(&actors.rows, problems);
        if problems.checking() {
            let by_name = actors.by_name.iter();
            check_aliases(&actors.rows, by_name.map(|(name, rows)| (name, rows.iter())), problems);
        }
        actors
    }

    fn put(&mut self, name: &str, at: u32, kind: EntityKind) {
        let longest = entry(&mut self.starts, first_piece(name));
        *longest = (*longest).max(name.chars().count());
        entry(&mut self.by_name, name).push(at);
        if kind == EntityKind::Person {
            entry(&mut self.by_surname, surname(name)).push(at);
        }
    }

    /// Length in characters of the longest name that begins with this piece.
    pub(crate) fn longest(&self, first: &str) -> usize {
        self.starts.get(first).copied().unwrap_or(0)
    }

    /// Whether a folded name or alias is listed.
    pub(crate) fn has(&self, folded: &str) -> bool {
        self.by_name.contains_key(folded)
    }

    pub(crate) fn row(&self, at: u32) -> Option<&ActorRow> {
        self.rows.get(at as usize)
    }

    /// The row that a name means on a date, in an article that speaks of
    /// `nearby` countries; `None` if it might mean several.
    pub(crate) fn find(
        &self,
        folded: &str,
        date: Option<Date>,
        nearby: &BTreeSet<Country>,
    ) -> Option<u32> {
        let rows: Vec<u32> = self.by_name.get(folded)?.iter().collect();
        self.choose(rows, date, nearby, false)
    }

    /// The row of a person of whom only the surname is given. Only those in
    /// office on the date, or of the highest offices when there is no date.
    pub(crate) fn by_surname(
        &self,
        folded: &str,
        date: Option<Date>,
        nearby: &BTreeSet<Country>,
    ) -> Option<u32> {
        let all = self.by_surname.get(surname(folded))?;
        let known: Vec<u32> = all
            .iter()
            .filter(|&at| {
                let row = &self.rows[at as usize];
                match date {
                    Some(date) => row.in_force(date),
                    None => row.rank() < RANKS.len(),
                }
            })
            .collect();
        self.choose(known, date, nearby, true)
    }

    /// The person who holds an office of a country on a date. `leader` stands
    /// for any office at the head of the state or the government.
    pub(crate) fn holder(&self, country: Country, role: &str, date: Date) -> Vec<u32> {
        let all = self.holders.get(&country).map_or(&[][..], Vec::as_slice);
        let held = |row: &ActorRow| {
            row.in_force(date) && (row.role == role || role == "leader" && row.rank() < LEADERS)
        };
        all.iter().copied().filter(|&at| held(&self.rows[at as usize])).collect()
    }

    fn choose(
        &self,
        mut left: Vec<u32>,
        date: Option<Date>,
        nearby: &BTreeSet<Country>,
        bare: bool,
    ) -> Option<u32> {
        let narrow = |left: &mut Vec<u32>, keep: &dyn Fn(&ActorRow) -> bool| {
            if left.iter().any(|&at| keep(&self.rows[at as usize])) {
                left.retain(|&at| keep(&self.rows[at as usize]));
            }
        };
        if let Some(date) = date {
            narrow(&mut left, &|row| row.in_force(date));
            narrow(&mut left, &|row| row.start.is_none_or(|start| start <= date));
        }
        if self.names(&left) > 1 {
            narrow(&mut left, &|row| row.coding.country.is_some_and(|c| nearby.contains(&c)));
        }
        if self.names(&left) > 1 && bare {
            let best = left.iter().map(|&at| self.rows[at as usize].rank()).min()?;
            narrow(&mut left, &|row| row.rank() == best && best < RANKS.len());
        }
        if self.names(&left) != 1 {
            return None;
        }
        // of a person's several offices the highest, then the latest
        let latest = |at: u32| self.rows[at as usize].start;
        left.into_iter().min_by(|&a, &b| {
            let rank = |at: u32| self.rows[at as usize].rank();
            rank(a).cmp(&rank(b)).then(latest(b).cmp(&latest(a))).then(a.cmp(&b))
        })
    }

    /// How many different names the rows have.
    fn names(&self, rows: &[u32]) -> usize {
        rows.iter().map(|&at| self.rows[at as usize].name.as_str()).collect::<BTreeSet<_>>().len()
    }

    /// What a row says of its name on a date: before and after an office
    /// ended, a former official, unless the row is of another kind.
    pub(crate) fn coding(&self, at: u32, date: Option<Date>) -> Coding {
        let Some(row) = self.row(at) else { return Coding::default() };
        let mut coding = row.coding.clone();
        let Some(date) = date.filter(|&date| !row.in_force(date)) else { return coding };
        let official = |s: &&str| matches!(*s, "GOV" | "LEG" | "MIL" | "JUD" | "SPY" | "COP");
        if row.kind == EntityKind::Person && coding.sectors.iter().any(official) {
            coding.sectors.clear();
            if row.end.is_some_and(|end| end < date) {
                coding.add("ELI");
            }
        }
        coding
    }
}

/// Rows of one name: mostly one, which needs no list of its own.
#[derive(Debug, Default)]
struct Rows {
    first: Option<u32>,
    more: Vec<u32>,
}

impl Rows {
    fn push(&mut self, at: u32) {
        match self.first {
            None => self.first = Some(at),
            Some(first) if first == at || self.more.last() == Some(&at) => {}
            Some(_) => self.more.push(at),
        }
    }

    fn iter(&self) -> impl Iterator<Item = u32> + '_ {
        self.first.into_iter().chain(self.more.iter().copied())
    }
}

/// The last word of a name, without `Jr.` and with the particle that a
/// surname is given with left off.
pub(crate) fn surname(folded: &str) -> &str {
    let name = folded.trim_end_matches(" Jr.").trim_end_matches(" Jr").trim_end_matches(" III");
    let last = name.rsplit(' ').next().unwrap_or(name);
    ["al-", "el-", "Al-", "El-", "ul-"].iter().find_map(|p| last.strip_prefix(p)).unwrap_or(last)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn actors() -> Actors {
        let lexicons = Lexicons::embedded();
        let mut problems = Problems::with_warnings();
        let countries = Countries::load(&lexicons, &mut problems);
        let actors = Actors::load(&lexicons, &countries, &mut problems);
        assert!(problems.list().is_empty(), "{:#?}", problems.list());
        actors
    }

    #[test]
    fn the_lexicon_is_sound_and_broad() {
        assert!(actors().rows.len() >= 1500);
    }

    #[test]
    fn the_date_decides() {
        let actors = actors();
        let none = BTreeSet::new();
        let on = |name: &str, date: Option<Date>| {
            let row = actors.find(name, date, &none).unwrap();
            actors.coding(row, date).actor().unwrap().code
        };
        assert_eq!(on("Keir Starmer", Some(date(2022, 3, 1))), "GBROPP");
        assert_eq!(on("Keir Starmer", Some(date(2025, 3, 1))), "GBRGOV");
        assert_eq!(on("Tony Blair", Some(date(2015, 3, 1))), "GBRELI");
        assert_eq!(on("Taliban", Some(date(2010, 3, 1))), "AFGREB");
        assert_eq!(on("Taliban", Some(date(2023, 3, 1))), "AFGGOV");
        assert_eq!(on("FMLN", Some(date(1985, 3, 1))), "SLVREB");
    }

    #[test]
    fn surnames_and_offices_lead_to_their_holders() {
        let actors = actors();
        let none = BTreeSet::new();
        let day = date(2018, 12, 20);
        let putin = actors.by_surname("Putin", Some(day), &none).unwrap();
        assert_eq!(actors.row(putin).unwrap().name, "Vladimir Putin");
        let russia = Country::new("RUS").unwrap();
        let held: Vec<&str> = actors
            .holder(russia, "president", day)
            .into_iter()
            .map(|at| actors.row(at).unwrap().name.as_str())
            .collect();
        assert_eq!(held, ["Vladimir Putin"]);
        assert_eq!(surname("Bashar al-Assad"), "Assad");
    }
}
