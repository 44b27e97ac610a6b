//! Holidays and named days, from `holidays.tsv`.

use crate::calendar::{date, easter, nth_weekday, orthodox_easter, plus_days};
use crate::pieces::{Blocks, Piece};
use dateline_lexicon::{Keys, Lexicons, Map, Problems};
use jiff::civil::Date;

/// When a named day is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Rule {
    /// Month and day of every year.
    Fixed(u8, u8),
    /// Month, weekday, which one (0 the last), days after it.
    Nth(u8, u8, u8, i64),
    /// Days from Easter Sunday.
    Easter(i64),
    /// Days from Orthodox Easter Sunday.
    Orthodox(i64),
    /// One day only.
    Once(Date),
}

impl Rule {
    /// The day in a year; a day that comes once is the same for every year.
    pub(crate) fn day(self, year: i32) -> Option<Date> {
        match self {
            Rule::Fixed(month, day) => date(year, month, day),
            Rule::Nth(month, weekday, nth, days) => {
                nth_weekday(year, month, weekday, nth).map(|d| plus_days(d, days))
            }
            Rule::Easter(days) => easter(year).map(|d| plus_days(d, days)),
            Rule::Orthodox(days) => orthodox_easter(year).map(|d| plus_days(d, days)),
            Rule::Once(day) => Some(day),
        }
    }
}

#[derive(Debug)]
struct Holiday {
    /// Pieces of the name in lower case.
    name: Vec<Box<str>>,
    rule: Rule,
    /// Words of which one must follow.
    before: Vec<Box<str>>,
}

/// The named days, by the first piece of their names.
#[derive(Debug)]
pub(crate) struct Holidays {
    by_first: Map<Vec<Holiday>>,
}

impl Holidays {
    pub(crate) fn load(lexicons: &Lexicons, problems: &mut Problems) -> Self {
        let table = lexicons.table("holidays.tsv", &["names", "rule", "before"], problems);
        let mut keys = Keys::default();
        let mut by_first: Map<Vec<Holiday>> = Map::default();
        for row in table.rows() {
            let text = row.get("rule");
            if row.list("names").next().is_none() {
                problems.error(row.error("'names' is empty"));
            }
            let Some(rule) = problems.keep(rule(text).ok_or_else(|| {
                row.error(format!(
                    "'{text}' is not a rule such as 12-25, 11/thu/4, 5/mon/last, easter-2, orthodox+0 or 2001-09-11"
                ))
            })) else {
                continue;
            };
            for name in row.list("names") {
                problems.once(&mut keys, &[name], &row, "the earlier row counts");
                let name: Vec<Box<str>> = normal(name);
                let Some(first) = name.first().map(|word| word.to_string()) else { continue };
                let before = row.list("before").map(|w| w.to_lowercase().into()).collect();
                by_first.entry(first).or_default().push(Holiday { name, rule, before });
            }
        }
        for holidays in by_first.values_mut() {
            holidays.sort_by_key(|h| std::cmp::Reverse(h.name.len()));
        }
        Self { by_first }
    }

    /// Whether any name begins with a piece in lower case.
    pub(crate) fn begin_with(&self, piece: &str) -> bool {
        self.by_first.contains_key(piece)
    }

    /// The longest name that begins at a piece, with one past its last piece.
    pub(crate) fn at(&self, pieces: &[Piece<'_>], at: usize) -> Option<(Rule, usize)> {
        let first = pieces.get(at)?;
        if !first.text.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit()) {
            return None;
        }
        self.by_first.get(first.lower.as_ref())?.iter().find_map(|holiday| {
            let end = at + holiday.name.len();
            let same = |(word, piece): (&str, &Piece<'_>)| word == apostrophe(&piece.lower);
            let written = pieces.get(at..end)?;
            let next = pieces.get(end).map_or("", |p| p.lower.as_ref());
            let follows = holiday.before.is_empty() || holiday.before.iter().any(|w| **w == *next);
            (follows && holiday.name.iter().map(|w| &**w).zip(written).all(same))
                .then_some((holiday.rule, end))
        })
    }
}

/// A name cut as the text is.
fn normal(name: &str) -> Vec<Box<str>> {
    Blocks::new(name).flatten().map(|p| apostrophe(&p.lower).into()).collect()
}

/// A curly apostrophe made straight.
fn apostrophe(piece: &str) -> &str {
    if piece == "\u{2019}" { "'" } else { piece }
}

fn rule(text: &str) -> Option<Rule> {
    for (name, make) in [("easter", Rule::Easter as fn(i64) -> Rule), ("orthodox", Rule::Orthodox)]
    {
        if let Some(days) = text.strip_prefix(name) {
            return days.parse().ok().map(make);
        }
    }
    if let [month, day, nth] = text.split('/').collect::<Vec<_>>()[..] {
        let weekdays = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
        let weekday = weekdays.iter().position(|w| *w == day)? as u8 + 1;
        let (nth, days) = match nth.split_once('+') {
            Some((nth, days)) => (nth, days.parse().ok().filter(|d| (1..=6).contains(d))?),
            None => (nth, 0),
        };
        let nth = if nth == "last" { 0 } else { nth.parse().ok().filter(|n| *n > 0)? };
        let month = month.parse().ok().filter(|m| (1..=12).contains(m))?;
        return (nth <= 4).then_some(Rule::Nth(month, weekday, nth, days));
    }
    match text.split('-').collect::<Vec<_>>()[..] {
        [month, day] => {
            let (month, day) = (month.parse().ok()?, day.parse().ok()?);
            date(2000, month, day).map(|_| Rule::Fixed(month, day))
        }
        [_, _, _] => text.parse().ok().map(Rule::Once),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_are_checked() {
        assert_eq!(rule("12-25"), Some(Rule::Fixed(12, 25)));
        assert_eq!(rule("5/mon/last"), Some(Rule::Nth(5, 1, 0, 0)));
        assert_eq!(rule("11/mon/1+1"), Some(Rule::Nth(11, 1, 1, 1)));
        assert_eq!(rule("easter-2"), Some(Rule::Easter(-2)));
        for bad in ["13-1", "2-30", "5/moon/1", "5/mon/9", "5/mon/1+9", "easter", "soon", ""] {
            assert_eq!(rule(bad), None, "{bad}");
        }
    }

    #[test]
    fn names_with_any_apostrophe() {
        let holidays = Holidays::load(&Lexicons::embedded(), &mut Problems::default());
        let pieces = Blocks::new("New Year\u{2019}s Eve").next().unwrap();
        assert_eq!(holidays.at(&pieces, 0), Some((Rule::Fixed(12, 31), 5)));
        let pieces = Blocks::new("Sept. 11 fell on a Sunday").next().unwrap();
        assert_eq!(holidays.at(&pieces, 0), None);
    }
}
