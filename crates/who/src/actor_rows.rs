//! One row of the actor lexicon: read, and what is wrong with it by itself.

use crate::codes::{Coding, Country, STAND_INS, is_stand_in};
use crate::countries::Countries;
use crate::roles::sectors;
use dateline_account::EntityKind;
use dateline_lexicon::{LexiconError, Place, Problems, Row};
use jiff::civil::Date;
use std::collections::HashSet;

/// The columns of `actors.tsv`.
pub(crate) const COLUMNS: [&str; 8] =
    ["name", "aliases", "kind", "country", "sectors", "role", "start", "end"];

/// One office or standing of one name.
#[derive(Debug, Clone)]
pub(crate) struct ActorRow {
    /// Canonical name.
    pub(crate) name: String,
    pub(crate) kind: EntityKind,
    pub(crate) coding: Coding,
    /// Office in lower case, empty for bodies.
    pub(crate) role: String,
    pub(crate) start: Option<Date>,
    pub(crate) end: Option<Date>,
    /// Where the row stands.
    pub(crate) place: Place,
}

impl ActorRow {
    pub(crate) fn in_force(&self, date: Date) -> bool {
        self.start.is_none_or(|start| start <= date) && self.end.is_none_or(|end| date <= end)
    }

    /// The time of a row: `2012-05-07..`, `..` when it is always.
    pub(crate) fn span(&self) -> String {
        let day = |date: Option<Date>| date.map_or_else(String::new, |date| date.to_string());
        format!("{}..{}", day(self.start), day(self.end))
    }

    /// How high the office ranks among those of one person.
    pub(crate) fn rank(&self) -> usize {
        RANKS.iter().position(|r| *r == self.role).unwrap_or(RANKS.len())
    }
}

/// Offices by which a person is known best, the highest first.
pub(crate) const RANKS: &[&str] = &[
    "supreme leader",
    "president",
    "prime minister",
    "premier",
    "chancellor",
    "taoiseach",
    "king",
    "queen",
    "emperor",
    "emir",
    "sultan",
    "pope",
    "secretary-general",
    "secretary of state",
    "foreign minister",
    "foreign secretary",
];

/// Offices that "the leader" of a country may mean.
pub(crate) const LEADERS: usize = 11;

/// A row, read; `None` and problems when a cell says nothing that is known. Of
/// a row of ours, without `countries`, the country is known to be one.
pub(crate) fn actor_row(
    row: &Row<'_>,
    countries: Option<&Countries>,
    problems: &mut Problems,
) -> Option<ActorRow> {
    let name = row.get("name");
    let named = if name.is_empty() { Err(row.error("'name' is empty")) } else { Ok(name) };
    let kind = match row.get("kind") {
        "person" => Ok(EntityKind::Person),
        "group" => Ok(EntityKind::Group),
        "organization" => Ok(EntityKind::Organization),
        "place" => Ok(EntityKind::Place),
        other => {
            Err(row.error(format!("kind '{other}' is none of person, group, organization, place")))
        }
    };
    let (name, kind) = (problems.keep(named), problems.keep(kind));
    let country = problems.keep(country(row, countries));
    let (start, end) = (problems.keep(date(row, "start")), problems.keep(date(row, "end")));
    if let (Some(Some(start)), Some(Some(end))) = (start, end)
        && end < start
    {
        let reason = format!("the end {end} lies before the start {start}; are they swapped?");
        problems.error(row.error(reason));
    }
    let mut coding = Coding { country: country?, sectors: Vec::new() };
    for sector in sectors(row, problems) {
        coding.add(sector);
    }
    if problems.checking() {
        let mut known: HashSet<&str> = row.list("name").collect();
        for alias in row.list("aliases").filter(|alias| !known.insert(alias)) {
            let reason = format!("the alias '{alias}' is the name or another alias; leave it off");
            problems.warn(row.error(reason));
        }
    }
    Some(ActorRow {
        name: name?.to_owned(),
        kind: kind?,
        coding,
        role: row.get("role").to_owned(),
        start: start?,
        end: end?,
        place: row.place(),
    })
}

fn country(row: &Row<'_>, countries: Option<&Countries>) -> Result<Option<Country>, LexiconError> {
    let code = row.get("country");
    if code.is_empty() {
        return Ok(None);
    }
    let known =
        Country::new(code).filter(|&c| is_stand_in(code) || countries.is_none_or(|all| all.has(c)));
    known.map(Some).ok_or_else(|| {
        row.error(format!(
            "the country '{code}' has no row in countries.tsv and is none of PLOVER's {}; \
             a row of it in countries.more.tsv makes it known",
            STAND_INS.join(", ")
        ))
    })
}

/// A date of a row: a year, a month or a day; of an `end`, the last day of it.
fn date(row: &Row<'_>, column: &str) -> Result<Option<Date>, LexiconError> {
    let (cell, last) = (row.get(column), column == "end");
    if cell.is_empty() {
        return Ok(None);
    }
    let mut parts = cell.split('-').map(str::parse::<i16>);
    let mut read = || -> Option<Date> {
        let year = parts.next()?.ok()?;
        let month = parts.next().transpose().ok()?;
        let day = parts.next().transpose().ok()?;
        let whole = parts.next().is_none();
        let first = Date::new(
            year,
            month.unwrap_or(if last { 12 } else { 1 }).try_into().ok()?,
            day.unwrap_or(1).try_into().ok()?,
        )
        .ok()
        .filter(|_| whole)?;
        Some(if last && day.is_none() { first.last_of_month() } else { first })
    };
    read().map(Some).ok_or_else(|| {
        row.error(format!("{column} '{cell}' is not a date like 2004, 2004-03 or 2004-03-09"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::actors::Actors;
    use dateline_lexicon::Lexicons;

    #[test]
    fn all_mistakes_of_a_file_are_named_with_their_lines() {
        let folder = crate::testing::folder("actor-rows");
        let file = COLUMNS.join("\t")
            + "\nA B\t\tperson\tXXX\tGOV\t\t\t\n\
               A C\t\tperson\tFRA\tGOV\t\t2004-13\t\n\
               A D\t\tperson\tFRA\tGOV\t\t2005\t2004\n\
               A E\t\tmonarch\tFRA\tGVO\t\tsoon\t\n\
               \tA F\tperson\tFRA\tGOV\t\t\t\n\
               A G\tperson\tFRA\n\
               A H\tH|A H\tperson\tFRA\tGOV\t\t2004\t2004\n";
        std::fs::write(folder.join("actors.tsv"), file).unwrap();
        let lexicons = Lexicons::with_folder(&folder);
        let mut problems = Problems::with_warnings();
        let countries = Countries::load(&lexicons, &mut problems);
        Actors::load(&lexicons, &countries, &mut problems);
        let found: Vec<(usize, &str)> =
            problems.list().iter().map(|p| (p.found.line, p.found.reason.as_str())).collect();
        let wanted = [
            (2, "the country 'XXX' has no row"),
            (3, "start '2004-13' is not a date"),
            (4, "the end 2004-12-31 lies before the start 2005-01-01"),
            (5, "'GVO' is no PLOVER sector"),
            (5, "kind 'monarch' is none of"),
            (5, "start 'soon'"),
            (6, "'name' is empty"),
            (7, "3 cells where the header has 8"),
            (8, "the alias 'A H' is the name or another"),
        ];
        assert_eq!(found.len(), wanted.len(), "{found:#?}");
        for (found, wanted) in found.iter().zip(wanted) {
            assert!(found.0 == wanted.0 && found.1.contains(wanted.1), "{found:?} {wanted:?}");
        }
        std::fs::remove_dir_all(&folder).unwrap();
    }
}
