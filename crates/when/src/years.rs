//! Years, decades and centuries; and the numbers that only look like a year.

use crate::calendar::Point;
use crate::grammar::Grammar;
use crate::meaning::{Found, Meaning};
use crate::pieces::Kind;
use crate::words::Sense;

/// Years that are written without `B.C.` or the like.
pub(crate) const YEARS: std::ops::RangeInclusive<u32> = 1000..=2199;

/// Things that are counted by the thousand: a number before them is no year.
const COUNTED: &[&str] = &[
    "people",
    "persons",
    "men",
    "women",
    "children",
    "troops",
    "soldiers",
    "police",
    "officers",
    "miles",
    "mile",
    "kilometers",
    "kilometres",
    "kilometer",
    "km",
    "feet",
    "foot",
    "meters",
    "metres",
    "yards",
    "acres",
    "hectares",
    "square",
    "tons",
    "tonnes",
    "pounds",
    "kilograms",
    "kilos",
    "barrels",
    "gallons",
    "liters",
    "litres",
    "dollars",
    "euros",
    "yen",
    "francs",
    "rubles",
    "roubles",
    "marks",
    "cents",
    "points",
    "percent",
    "per",
    "degrees",
    "votes",
    "seats",
    "jobs",
    "workers",
    "employees",
    "members",
    "students",
    "delegates",
    "shares",
    "units",
    "copies",
    "words",
    "pages",
    "deaths",
    "cases",
    "victims",
    "refugees",
    "prisoners",
    "protesters",
    "demonstrators",
    "fighters",
    "rebels",
    "homes",
    "houses",
    "households",
    "residents",
    "cars",
    "vehicles",
    "tanks",
    "aircraft",
    "planes",
    "missiles",
    "warheads",
    "rounds",
    "times",
    "hours",
    "minutes",
    "seconds",
    "days",
    "nights",
    "weeks",
    "months",
    "years",
    "million",
    "billion",
    "megawatts",
    "calories",
    "rpm",
    "mph",
    "additional",
    "more",
    "other",
    "such",
    "hp",
    "gmt",
];

/// Words after which a number from 1500 to 2100 is a year.
const BEFORE_YEAR: &[&str] = &[
    "in",
    "since",
    "until",
    "till",
    "by",
    "during",
    "before",
    "after",
    "from",
    "to",
    "through",
    "of",
    "between",
    "circa",
    "early",
    "late",
    "mid",
    "summer",
    "spring",
    "winter",
    "autumn",
    "fall",
    "throughout",
    "for",
];

/// Words after which a number is an amount.
const BEFORE_AMOUNT: &[&str] = &[
    "$",
    "\u{20ac}",
    "\u{a3}",
    "\u{a5}",
    "#",
    "about",
    "some",
    "nearly",
    "almost",
    "over",
    "than",
    "least",
    "most",
    "only",
    "another",
    "roughly",
    "approximately",
    "no",
    "number",
    "room",
    "flight",
    "highway",
    "route",
    "line",
    "page",
    "resolution",
    "at",
    "with",
    "nos",
    "section",
    "article",
    "paragraph",
    "chapter",
    "a",
    "an",
    "are",
    "were",
    "have",
    "had",
    "killed",
    "+",
    "=",
];

impl Grammar<'_> {
    /// A year where one is expected: four digits, or spelled out, or `'98`.
    pub(crate) fn year_after(&self, at: usize) -> Option<(i32, usize)> {
        if let Some((year, 4)) = self.digits(at) {
            let amount = self.is(at + 1, &["%"]) || self.is(at + 1, &["percent", "people"]);
            let decade = self.tight(at + 1) && self.is(at + 1, &["s"]);
            return (YEARS.contains(&year) && !amount && !decade).then_some((year as i32, at + 1));
        }
        if self.is(at, &["'", "\u{2019}", "\u{2018}"])
            && let Some((year, 2)) = self.digits(at + 1)
            && self.tight(at + 1)
            && !(self.tight(at + 2) && self.is(at + 2, &["s"]))
        {
            return Some((expand(year), at + 2));
        }
        self.spoken_year(at)
    }

    /// Whether the four digits after a day and a comma are not the first word
    /// of something counted: `On May 5, 2000 people marched`.
    pub(crate) fn plain_year_end(&self, at: usize) -> bool {
        !COUNTED.contains(&self.lower(at + 1))
    }

    /// `the 1990s`, `the '90s`, `the nineties`, `the 20th century`.
    pub(crate) fn decade_or_century(&self, at: usize) -> Option<Found> {
        let the = usize::from(self.lower(at) == "the");
        let start = at + the;
        let portion = |s| if let Sense::Portion(m) = s { Some(m) } else { None };
        let (modifier, start) = match self.sense(start, portion) {
            Some((modifier, end)) => (Some(modifier), end + usize::from(self.hyphen(end))),
            None => (None, start),
        };
        if let Some((number, end)) = self.ordinal(start) {
            let hyphen = self.hyphen(end);
            let noun = end + usize::from(hyphen);
            let fits = self.is(noun, &["century"]) && (1..=21).contains(&number);
            let at = if hyphen { start } else { at };
            let first = (i32::from(number) - 1) * 100;
            return fits.then(|| {
                Found::new(at, noun + 1, Meaning::Point(Point::Century(first)))
                    .with_modifier(modifier)
            });
        }
        let quote = usize::from(self.is(start, &["'", "\u{2019}", "\u{2018}"]));
        let (number, length) = self.digits(start + quote)?;
        let mut end = start + quote + 1;
        end += usize::from(
            self.tight(end) && self.is(end, &["'", "\u{2019}"]) && self.is(end + 1, &["s"]),
        );
        if !self.tight(end) || !self.is(end, &["s"]) || number % 10 != 0 {
            return None;
        }
        let first = match length {
            4 if YEARS.contains(&number) && quote == 0 => number as i32,
            2 if quote > 0 || the > 0 => (if number < 20 { 2000 } else { 1900 }) + number as i32,
            _ => return None,
        };
        Some(Found::new(at, end + 1, Meaning::Point(Point::Decade(first))).with_modifier(modifier))
    }

    /// A year by itself, where the words around it let it be one; two for
    /// `2014-15`.
    pub(crate) fn year_alone(&self, at: usize) -> Option<Found> {
        let the = usize::from(self.is(at, &["the"]));
        let labelled = at + the + usize::from(self.is(at + the, &["fiscal", "calendar"]));
        let year = labelled + usize::from(self.is(labelled, &["year"]));
        if year > at + the
            && let Some((number, end)) = self.year_after(year)
        {
            return Some(Found::new(at, end, Meaning::Point(Point::Year(number))));
        }
        let Some((number, length)) = self.digits(at) else {
            let told = BEFORE_YEAR.contains(&self.before(at))
                || self.capital(at)
                || self.is(at, &["nineteen", "eighteen"]);
            let (number, end) = self.spoken_year(at).filter(|_| told)?;
            return (!COUNTED.contains(&self.lower(end)))
                .then(|| Found::new(at, end, Meaning::Point(Point::Year(number))));
        };
        if let Some(end) = self.before_christ(at + 1) {
            let year = Meaning::Point(Point::Year(1 - number.min(9999) as i32));
            return Some(Found::new(at, end, year));
        }
        if length != 4 || !self.year_fits(at, number) {
            return None;
        }
        let mut found = Found::new(at, at + 1, Meaning::Point(Point::Year(number as i32)));
        if (self.hyphen(at + 1) || self.is(at + 1, &["/"]) && self.tight(at + 1))
            && let Some((second, length)) = self.digits(at + 2)
            && self.tight(at + 2)
        {
            let full = match length {
                1 => number / 10 * 10 + second,
                2 => number / 100 * 100 + second,
                _ => second,
            };
            if full > number && full <= number + 150 && matches!(length, 1 | 2 | 4) {
                let meaning = Meaning::Point(Point::Year(full as i32));
                found.tail = Some(Box::new(Found::new(at + 2, at + 3, meaning)));
            }
        }
        Some(found)
    }

    /// `B.C.`, `BC`, `BCE`.
    fn before_christ(&self, at: usize) -> Option<usize> {
        if self.is(at, &["bc", "bce"]) && self.capital(at) {
            return Some(at + 1);
        }
        let dotted = self.capital(at) && self.is(at, &["b"]) && self.is(at + 1, &["."]);
        (dotted && self.is(at + 2, &["c"]) && self.is(at + 3, &["."])).then_some(at + 4)
    }

    /// Whether four digits by themselves are a year and not an amount.
    fn year_fits(&self, at: usize, number: u32) -> bool {
        let (before, after) = (self.before(at), self.lower(at + 1));
        let glued = self.tight(at)
            && matches!(
                before,
                "-" | "/" | "." | ":" | "#" | "$" | "\u{a3}" | "\u{20ac}" | "+" | "," | "_" | "@"
            );
        let glued = glued
            && !(self.hyphen(at - 1)
                && self.is(at.wrapping_sub(2), &["mid", "pre", "post", "early", "late"]));
        let glued_word = self.tight(at) && at > 0 && self.is_word(at - 1);
        let unit_after = self.tight(at + 1)
            && (self.is_word(at + 1) || matches!(after, "%" | ":" | "\u{b0}" | "_" | "@"));
        let fraction = self.is(at + 1, &["/"]) && !self.is_number(at + 2)
            || self.is_number(at + 1) && !self.tight(at + 1);
        let code = self.hyphen(at + 1)
            && self.tight(at + 2)
            && self.pieces.get(at + 2).is_some_and(|p| p.kind == Kind::Word && p.text.len() < 2);
        if code || glued || glued_word || unit_after || fraction || COUNTED.contains(&after) {
            return false;
        }
        if BEFORE_AMOUNT.contains(&before) {
            // `a 1996 law` and `about 1990` are as likely years as not.
            return matches!(before, "a" | "an")
                && (1900..=2100).contains(&number)
                && self.is_word(at + 1);
        }
        let told = BEFORE_YEAR.contains(&before);
        let ranged =
            before == "and" && self.digits(at.wrapping_sub(2)).is_some_and(|(_, l)| l == 4);
        match number {
            1900..=2050 => true,
            1500..=2100 => {
                told || ranged || before == "(" && self.is(at + 1, &[")", "-", "\u{2013}"])
            }
            1000..=1499 => before == "in" && !self.is_word(at + 1),
            _ => false,
        }
    }
}

/// A year of two digits: up to 30 in this century.
pub(crate) fn expand(year: u32) -> i32 {
    if year <= 30 { 2000 + year as i32 } else { 1900 + year as i32 }
}
