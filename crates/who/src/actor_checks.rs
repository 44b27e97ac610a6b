//! What is wrong between rows of the actor lexicon: two rows for one office at
//! one time, and a name that means two at one time.
//!
//! Two codes for one office at one time cannot both hold: an error, in one
//! file. Between a user's file and ours it is a warning, as is the rest: what
//! comes of it is known, if perhaps not meant.

use crate::actor_rows::ActorRow;
use crate::fold::fold;
use dateline_lexicon::{Place, Problems};
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// How a row's time ends, for comparison: open ends last.
fn end(row: &ActorRow) -> Date {
    row.end.unwrap_or(Date::MAX)
}

fn start(row: &ActorRow) -> Date {
    row.start.unwrap_or(Date::MIN)
}

/// Whether two rows hold for more than the days on which one hands over to the
/// other: `2004` and `2004`, `2004-03` and `2004-03-09` may be such.
fn overlap(one: &ActorRow, other: &ActorRow) -> bool {
    let (first, second) = if start(one) <= start(other) { (one, other) } else { (other, one) };
    if end(first) < start(second) {
        return false;
    }
    // a change within a year or a month that is given as such
    let (Some(left), Some(took)) = (first.end, second.start) else { return true };
    let whole_year = left.month() == 12 && left.day() == 31 || took.month() == 1 && took.day() == 1;
    let whole_month = left == left.last_of_month() || took.day() == 1;
    let same_year = left.year() == took.year() && start(first) < took;
    let same_month = same_year && left.month() == took.month();
    !(left == took || whole_year && same_year || whole_month && same_month)
}

/// Rows of one name, kind and role that hold at the same time.
pub(crate) fn check_offices(rows: &[&ActorRow], problems: &mut Problems) {
    let mut offices: HashMap<(&str, &str, &str), Vec<&ActorRow>> = HashMap::new();
    for &row in rows {
        let kind = match row.kind {
            dateline_account::EntityKind::Person => "person",
            _ => "body",
        };
        offices.entry((row.name.as_str(), kind, row.role.as_str())).or_default().push(row);
    }
    for office in offices.values_mut().filter(|office| office.len() > 1) {
        office.sort_by_key(|row| (start(row), row.place.line));
        let mut last = office[0];
        for &row in &office[1..] {
            if overlap(last, row) {
                overlapping(last, row, problems);
            }
            if end(row) > end(last) {
                last = row;
            }
        }
    }
}

fn overlapping(one: &ActorRow, other: &ActorRow, problems: &mut Problems) {
    let (earlier, later) = by_place(one, other);
    let office = if later.role.is_empty() { "" } else { ", " };
    let what = format!("'{}{office}{}' ({})", later.name, later.role, later.span());
    let held =
        format!("overlaps with {} ({})", other_place(&earlier.place, &later.place), earlier.span());
    let same_file = earlier.place.file == later.place.file;
    if earlier.coding == later.coding {
        let reason = format!("{what} {held} and says the same; make them one row");
        problems.warn(later.place.error(reason));
    } else if same_file {
        let reason =
            format!("{what} {held} and has another code; let one end where the other starts");
        problems.error(later.place.error(reason));
    } else {
        let reason = format!(
            "{what} {held} and has another code; of the two the one that starts later counts, \
             then ours; to correct ours, copy actors.tsv and edit the row"
        );
        problems.warn(later.place.error(reason));
    }
}

/// Names and aliases that mean different names at one time. Where the two are
/// of different countries, the article's decide, and that is meant: only the
/// author of another file is told.
pub(crate) fn check_aliases(by_name: &BTreeMap<String, Vec<&ActorRow>>, problems: &mut Problems) {
    let mut told: BTreeSet<(&str, &str, String)> = BTreeSet::new();
    for (name, listed) in by_name {
        // a name of more rows than this is looked at in part
        for (at, one) in listed.iter().enumerate().take(64) {
            for other in listed.iter().skip(at + 1).take(64) {
                if one.name == other.name || !overlap(one, other) {
                    continue;
                }
                let (earlier, later) = by_place(one, other);
                let place = &later.place;
                let here = other_place(&earlier.place, place);
                if one.coding.country == other.coding.country {
                    if told.insert((&earlier.name, &later.name, fold(name).into_owned())) {
                        let reason = format!(
                            "'{name}' means both '{}' and '{}' ({here}) at that time, of one \
                             country, so that neither is taken; leave it off one of them",
                            later.name, earlier.name
                        );
                        problems.warn(place.error(reason));
                    }
                } else if earlier.place.file != place.file
                    && told.insert((&earlier.name, &later.name, fold(name).into_owned()))
                {
                    let reason = format!(
                        "'{name}' means both '{}' and '{}' ({here}) at that time; it is taken \
                         where an article speaks of only one of their countries",
                        later.name, earlier.name
                    );
                    problems.warn(place.error(reason));
                }
            }
        }
    }
}

/// Two rows in the order of their places, a user's after ours.
fn by_place<'r>(one: &'r ActorRow, other: &'r ActorRow) -> (&'r ActorRow, &'r ActorRow) {
    let added = |row: &ActorRow| (row.place.file.ends_with(".more.tsv"), row.place.line);
    if added(one) <= added(other) { (one, other) } else { (other, one) }
}

/// Another place as seen from one: the line alone in the same file.
fn other_place(other: &Place, from: &Place) -> String {
    if other.file == from.file { format!("line {}", other.line) } else { other.to_string() }
}

#[cfg(test)]
mod tests {
    use crate::actor_rows::COLUMNS;
    use crate::actors::Actors;
    use crate::countries::Countries;
    use dateline_lexicon::{Lexicons, Problems, Severity};

    /// What is found in these rows, which are added to ours.
    fn found(name: &str, rows: &[&str]) -> Vec<(usize, Severity, String)> {
        let folder = crate::testing::folder(name);
        let file = format!("{}\n{}\n", COLUMNS.join("\t"), rows.join("\n"));
        std::fs::write(folder.join("actors.more.tsv"), file).unwrap();
        let lexicons = Lexicons::with_folder(&folder);
        let mut problems = Problems::with_warnings();
        let countries = Countries::load(&lexicons, &mut problems);
        Actors::load(&lexicons, &countries, &mut problems);
        std::fs::remove_dir_all(&folder).unwrap();
        let list = problems.list();
        list.iter().map(|p| (p.found.line, p.severity, p.found.reason.clone())).collect()
    }

    #[test]
    fn two_codes_for_one_office_at_one_time_are_an_error() {
        let rows = [
            "Ola Tarn\t\tperson\tNOR\tGOV\tmayor\t2001\t2005",
            "Ola Tarn\t\tperson\tSWE\tGOV\tmayor\t2004-03\t2009",
            "Ola Tarn\t\tperson\tNOR\tOPP\tmayor\t2003\t2003-05",
            "Ola Tarn\t\tperson\tNOR\tGOV\treeve\t2001\t2005",
        ];
        let found = found("office", &rows);
        assert_eq!(found.len(), 2, "{found:#?}");
        assert_eq!((found[0].0, found[0].1), (3, Severity::Error));
        assert!(found[0].2.contains("overlaps with line 2 (2001-01-01..2005-12-31)"), "{found:?}");
        assert_eq!((found[1].0, found[1].1), (4, Severity::Error));
    }

    #[test]
    fn the_same_code_twice_and_a_row_of_ours_are_warned_of() {
        let rows = [
            "Ola Tarn\t\tperson\tNOR\tGOV\tmayor\t2001\t",
            "Ola Tarn\t\tperson\tNOR\tGOV\tmayor\t2004\t2009",
            "Vladimir Putin\t\tperson\tRUS\tOPP\tpresident\t2015\t2016",
        ];
        let found = found("same", &rows);
        assert_eq!(found.len(), 2, "{found:#?}");
        assert!(found.iter().all(|f| f.1 == Severity::Warning));
        assert!(found[0].2.contains("says the same"), "{found:?}");
        assert!(found[1].2.contains("overlaps with actors.tsv, line"), "{found:?}");
    }

    #[test]
    fn an_office_that_is_handed_over_does_not_overlap() {
        let rows = [
            "Ola Tarn\t\tperson\tNOR\tGOV\tmayor\t2001\t2003",
            "Ola Tarn\t\tperson\tNOR\tOPP\tmayor\t2003\t2004-05",
            "Ola Tarn\t\tperson\tNOR\tGOV\tmayor\t2004-05\t2005-03",
            "Ola Tarn\t\tperson\tNOR\tOPP\tmayor\t2005-03-09\t2006-01-02",
            "Ola Tarn\t\tperson\tNOR\tGOV\tmayor\t2006-01-02\t",
        ];
        assert_eq!(found("handed", &rows), []);
    }

    #[test]
    fn a_name_that_means_two_is_warned_of() {
        let rows = [
            "Free Tarn Army\tFTA|Tarns\tgroup\tNOR\tREB\t\t1990\t",
            "Fair Trade Alliance\tFTA\torganization\tNOR\tBUS\t\t2000\t",
            "Old Tarn League\tFTA\torganization\tNOR\tPTY\t\t\t1980",
            "Free Tarn Association\tFTA|Hamas\torganization\tSWE\tPTY\t\t2000\t",
        ];
        let found = found("alias", &rows);
        assert_eq!(found.len(), 2, "{found:#?}");
        assert!(found.iter().all(|f| f.1 == Severity::Warning));
        assert_eq!(found[0].0, 3);
        assert!(
            found[0]
                .2
                .contains("'FTA' means both 'Fair Trade Alliance' and 'Free Tarn Army' (line 2)")
        );
        assert!(found[1].0 == 5 && found[1].2.contains("'Hamas' means both"), "{found:?}");
    }
}
