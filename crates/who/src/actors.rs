//! The actor lexicon: names with offices and standings, each for its time.

use crate::actor_checks::{check_aliases, check_offices};
use crate::actor_rows::{ActorRow, COLUMNS, LEADERS, RANKS, actor_row};
use crate::codes::{Coding, Country};
use crate::countries::Countries;
use crate::fold::{first_piece, fold};
use crate::index::{Index, NameKeys, key};
use dateline_account::EntityKind;
use dateline_lexicon::{Lexicons, Map, Problems, Row, Table};
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

/// All rows, by name and by surname. Rows of ours are read when they are first
/// asked for, since an article names few of them and every start would pay for
/// all; a user's are read and checked at once.
#[derive(Debug, Default)]
pub(crate) struct Actors {
    table: Table,
    /// `None` for a row that is wrong.
    rows: Vec<OnceLock<Option<Box<ActorRow>>>>,
    by_name: Index,
    by_surname: Index,
    /// Longest entry, in characters, for the key of each first piece.
    starts: Map<usize, u64>,
    holders: Map<Vec<u32>, Country>,
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
        let mut keys = NameKeys::default();
        actors.rows.resize_with(table.len(), OnceLock::new);
        let at_once = problems.checking() || !lexicons.are_ours();
        for (at, row) in table.rows().enumerate() {
            if at_once {
                let read = actor_row(&row, Some(countries), problems);
                let wrong = read.is_none();
                actors.rows[at].get_or_init(|| read.map(Box::new));
                if wrong {
                    continue;
                }
            }
            actors.index(at as u32, &row, &mut keys);
        }
        actors.by_name = Index::new(&keys.names);
        actors.by_surname = Index::new(&keys.surnames);
        actors.table = table;
        if at_once {
            let rows: Vec<&ActorRow> =
                (0..actors.rows.len() as u32).filter_map(|at| actors.row(at)).collect();
            check_offices(&rows, problems);
            if problems.checking() {
                check_aliases(&actors.by_folded(), problems);
            }
        }
        actors
    }

    /// Calls `take` with the names and aliases of a row, folded, and with those
    /// that have other dots.
    fn each_name(row: &Row<'_>, mut take: impl FnMut(&str)) {
        for name in row.list("name").chain(row.list("aliases")) {
            let name = fold(name);
            // few names have dots, and to search for one byte is quick
            if name.contains('.') {
                for (long, short) in [("U.N.", "UN"), ("U.S.", "US")] {
                    if name.contains(long) {
                        take(&name.replace(long, short));
                    }
                }
            }
            take(&name);
        }
    }

    fn index(&mut self, at: u32, row: &Row<'_>, keys: &mut NameKeys) {
        let person = row.get("kind") == "person";
        Self::each_name(row, |name| {
            let longest = self.starts.entry(key(first_piece(name))).or_default();
            *longest = (*longest).max(name.chars().count());
            keys.names.push((key(name), at));
            if person {
                keys.surnames.push((key(surname(name)), at));
            }
        });
        if person && let Some(country) = Country::new(row.get("country")) {
            self.holders.entry(country).or_default().push(at);
        }
    }

    /// Rows by their folded names, for checking.
    fn by_folded(&self) -> BTreeMap<String, Vec<&ActorRow>> {
        let mut all: BTreeMap<String, Vec<&ActorRow>> = BTreeMap::new();
        for (at, row) in self.table.rows().enumerate() {
            let Some(read) = self.row(at as u32) else { continue };
            Self::each_name(&row, |name| {
                let listed = all.entry(name.to_owned()).or_default();
                if listed.last().is_none_or(|last| last.place != read.place) {
                    listed.push(read);
                }
            });
        }
        all
    }

    /// Length in characters of the longest name that begins with this piece.
    pub(crate) fn longest(&self, first: &str) -> usize {
        self.starts.get(&key(first)).copied().unwrap_or(0)
    }

    /// Whether a folded name or alias is listed.
    pub(crate) fn has(&self, folded: &str) -> bool {
        self.by_name.rows(key(folded)).next().is_some()
    }

    pub(crate) fn row(&self, at: u32) -> Option<&ActorRow> {
        let slot = self.rows.get(at as usize)?;
        let read = || actor_row(&self.table.row(at as usize)?, None, &mut Problems::default());
        slot.get_or_init(|| read().map(Box::new)).as_deref()
    }

    /// The row that a name means on a date, in an article that speaks of
    /// `nearby` countries; `None` if it might mean several.
    pub(crate) fn find(
        &self,
        folded: &str,
        date: Option<Date>,
        nearby: &BTreeSet<Country>,
    ) -> Option<u32> {
        self.choose(self.by_name.rows(key(folded)).collect(), date, nearby, false)
    }

    /// The row of a person of whom only the surname is given. Only those in
    /// office on the date, or of the highest offices when there is no date.
    pub(crate) fn by_surname(
        &self,
        folded: &str,
        date: Option<Date>,
        nearby: &BTreeSet<Country>,
    ) -> Option<u32> {
        let known: Vec<u32> = self
            .by_surname
            .rows(key(surname(folded)))
            .filter(|&at| match date {
                Some(date) => self.row(at).is_some_and(|row| row.in_force(date)),
                None => self.rank(at) < RANKS.len(),
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
        all.iter().copied().filter(|&at| self.row(at).is_some_and(held)).collect()
    }

    fn choose(
        &self,
        mut left: Vec<u32>,
        date: Option<Date>,
        nearby: &BTreeSet<Country>,
        bare: bool,
    ) -> Option<u32> {
        let narrow = |left: &mut Vec<u32>, keep: &dyn Fn(&ActorRow) -> bool| {
            let holds = |at: u32| self.row(at).is_some_and(keep);
            if left.iter().any(|&at| holds(at)) {
                left.retain(|&at| holds(at));
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
            let best = left.iter().map(|&at| self.rank(at)).min()?;
            narrow(&mut left, &|row| row.rank() == best && best < RANKS.len());
        }
        if self.names(&left) != 1 {
            return None;
        }
        // of a person's several offices the highest, then the latest
        let latest = |at: u32| self.row(at).and_then(|row| row.start);
        left.into_iter().min_by(|&a, &b| {
            self.rank(a).cmp(&self.rank(b)).then(latest(b).cmp(&latest(a))).then(a.cmp(&b))
        })
    }

    /// How many different names the rows have.
    fn names(&self, rows: &[u32]) -> usize {
        let names = rows.iter().filter_map(|&at| self.row(at)).map(|row| row.name.as_str());
        names.collect::<BTreeSet<_>>().len()
    }

    fn rank(&self, at: u32) -> usize {
        self.row(at).map_or(RANKS.len(), ActorRow::rank)
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

/// The last word of a name, without `Jr.` and with the particle that a
/// surname is given with left off.
pub(crate) fn surname(folded: &str) -> &str {
    let mut name = folded;
    for end in [" Jr.", " Jr", " III"] {
        while let Some(rest) = name.strip_suffix(end) {
            name = rest;
        }
    }
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
        let actors = actors();
        assert!(actors.rows.len() >= 15_000);
        // a key stands for its name
        let names = actors.by_folded();
        let keys: BTreeSet<u64> = names.keys().map(|name| key(name)).collect();
        assert_eq!(keys.len(), names.len());
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
