//! The actor lexicon: names with offices and standings, each for its time.

use crate::actor_checks::{check_aliases, check_offices};
use crate::actor_rows::{ActorRow, COLUMNS, LEADERS, RANKS, actor_row};
use crate::codes::{Coding, Country};
use crate::countries::Countries;
use crate::fold::{first_piece, fold};
use crate::map::Fx;
use dateline_account::EntityKind;
use dateline_lexicon::{Lexicons, Problems, Row, Table};
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::hash::{BuildHasherDefault, DefaultHasher, Hash, Hasher};
use std::sync::OnceLock;

/// The key of a folded name, which stands for it in the indexes.
fn key(folded: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    folded.hash(&mut hasher);
    hasher.finish()
}

/// An index by the keys of names.
type Index<V> = HashMap<u64, V, BuildHasherDefault<Fx>>;

/// All rows, by name and by surname. Rows of ours are read when they are first
/// asked for, since an article names few of them and every start would pay for
/// all; a user's are read and checked at once.
#[derive(Debug, Default)]
pub(crate) struct Actors {
    table: Table,
    /// `None` for a row that is wrong.
    rows: Vec<OnceLock<Option<ActorRow>>>,
    by_name: Index<Rows>,
    /// Longest entry, in characters, for each first piece.
    starts: Index<usize>,
    by_surname: Index<Rows>,
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
        actors.by_surname.reserve(table.len());
        let at_once = problems.checking() || !lexicons.are_ours();
        for (at, row) in table.rows().enumerate() {
            let slot = OnceLock::new();
            let read = at_once.then(|| actor_row(&row, Some(countries), problems));
            let wrong = read.as_ref().is_some_and(Option::is_none);
            if let Some(read) = read {
                slot.get_or_init(|| read);
            }
            actors.rows.push(slot);
            if !wrong {
                actors.index(at as u32, &row);
            }
        }
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

    /// Names and aliases of a row, folded, and those with other dots.
    fn names_of(row: &Row<'_>) -> Vec<String> {
        let mut names = Vec::with_capacity(2);
        for name in row.list("name").chain(row.list("aliases")) {
            let name = fold(name);
            for (long, short) in [("U.N.", "UN"), ("U.S.", "US")] {
                if name.contains(long) {
                    names.push(name.replace(long, short));
                }
            }
            names.push(name);
        }
        names
    }

    fn index(&mut self, at: u32, row: &Row<'_>) {
        let person = row.get("kind") == "person";
        for name in Self::names_of(row) {
            let longest = self.starts.entry(key(first_piece(&name))).or_default();
            *longest = (*longest).max(name.chars().count());
            self.by_name.entry(key(&name)).or_default().push(at);
            if person {
                self.by_surname.entry(key(surname(&name))).or_default().push(at);
            }
        }
        if person && let Some(country) = Country::new(row.get("country")) {
            self.holders.entry(country).or_default().push(at);
        }
    }

    /// Rows by their folded names, for checking.
    fn by_folded(&self) -> BTreeMap<String, Vec<&ActorRow>> {
        let mut all: BTreeMap<String, Vec<&ActorRow>> = BTreeMap::new();
        for (at, row) in self.table.rows().enumerate() {
            let Some(read) = self.row(at as u32) else { continue };
            for name in Self::names_of(&row) {
                let listed = all.entry(name).or_default();
                if listed.last().is_none_or(|last| last.place != read.place) {
                    listed.push(read);
                }
            }
        }
        all
    }

    /// Length in characters of the longest name that begins with this piece.
    pub(crate) fn longest(&self, first: &str) -> usize {
        self.starts.get(&key(first)).copied().unwrap_or(0)
    }

    /// Whether a folded name or alias is listed.
    pub(crate) fn has(&self, folded: &str) -> bool {
        self.by_name.contains_key(&key(folded))
    }

    pub(crate) fn row(&self, at: u32) -> Option<&ActorRow> {
        let slot = self.rows.get(at as usize)?;
        let read = || actor_row(&self.table.row(at as usize)?, None, &mut Problems::default());
        slot.get_or_init(read).as_ref()
    }

    /// The row that a name means on a date, in an article that speaks of
    /// `nearby` countries; `None` if it might mean several.
    pub(crate) fn find(
        &self,
        folded: &str,
        date: Option<Date>,
        nearby: &BTreeSet<Country>,
    ) -> Option<u32> {
        let rows: Vec<u32> = self.by_name.get(&key(folded))?.iter().collect();
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
        let all = self.by_surname.get(&key(surname(folded)))?;
        let known: Vec<u32> = all
            .iter()
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
        assert!(actors().rows.len() >= 15_000);
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
