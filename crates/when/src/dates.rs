//! Dates as they are written out: weekday, month and day with or without a
//! year, month and year, month.

use crate::calendar::{Point, date};
use crate::grammar::Grammar;
use crate::meaning::{Field, Found, Meaning, Which, Year};
use crate::words::Sense;

impl Grammar<'_> {
    /// Day and month with or without weekday and year, month and year, month.
    pub(crate) fn written(&self, at: usize) -> Option<Found> {
        let (weekday, start) = match self.weekday_name(at) {
            Some((weekday, end)) => (Some(weekday), self.skip_comma(end)),
            None => (None, at),
        };
        let found = self.month_first(start).or_else(|| self.day_first(start));
        match (found, weekday) {
            (Some(found), None) => Some(found),
            (Some(found), Some(_)) if is_dated(found.meaning) => Some(Found { start: at, ..found }),
            (_, Some(_)) => self.weekday_alone(at),
            (None, None) => None,
        }
    }

    pub(crate) fn skip_comma(&self, at: usize) -> usize {
        at + usize::from(self.is(at, &[","]))
    }

    /// A weekday by itself: an abbreviation needs its dot.
    fn weekday_alone(&self, at: usize) -> Option<Found> {
        let pick = |s| if let Sense::Weekday(w) = s { Some((w, true)) } else { None };
        let short = |s| match s {
            Sense::WeekdayAbbreviation(w) => Some((w, false)),
            _ => None,
        };
        let ((weekday, full), end) = self.sense(at, pick).or_else(|| self.sense(at, short))?;
        let dot = self.is(end, &["."]) && self.tight(end);
        let word = self.is(at, &["sun", "sat", "mon"]);
        if !full && (!dot || word) {
            return None;
        }
        let end = end + usize::from(!full);
        Some(Found::new(at, end, Meaning::Field(Field::Weekday(weekday), Which::Bare, Year::Open)))
    }

    /// A weekday's name or abbreviation with its dot.
    fn weekday_name(&self, at: usize) -> Option<(u8, usize)> {
        if !self.capital(at) {
            return None;
        }
        let pick = |s| match s {
            Sense::Weekday(w) | Sense::WeekdayAbbreviation(w) => Some(w),
            _ => None,
        };
        let (weekday, end) = self.sense(at, pick)?;
        let short = self.lower(at).len() < 6 && self.is(end, &["."]) && self.tight(end);
        Some((weekday, end + usize::from(short)))
    }

    /// `April 6`, `Sept. 11, 2001`, `March eighth`, `May 1998`, `in June`.
    fn month_first(&self, at: usize) -> Option<Found> {
        let (month, end) = self.month(at)?;
        if let Some((day, after)) = self.day_number(end) {
            let tail = self.second_day(month, after);
            let last = tail.as_ref().map_or(after, |t| t.end);
            let comma = self.skip_comma(last);
            let year =
                self.year_after(comma).filter(|_| comma == last || self.plain_year_end(comma));
            return self.month_day(at, month, day, (after, last), tail, year);
        }
        let comma = self.skip_comma(end);
        let of = comma + usize::from(self.is(comma, &["of"]));
        if let Some((year, end)) = self.year_after(of) {
            return Some(Found::new(at, end, Meaning::Point(Point::Month(year, month))));
        }
        let year = self.relative_year(end);
        let (year, end) = year.unwrap_or((Year::Open, end));
        let meaning = Meaning::Field(Field::Month(month), Which::Bare, year);
        (year != Year::Open || self.stands_as_month(at, end)).then(|| Found::new(at, end, meaning))
    }

    /// Puts a month, a day, the second day of a range and a year together.
    fn month_day(
        &self,
        at: usize,
        month: u8,
        day: u8,
        (first_end, last): (usize, usize),
        tail: Option<Found>,
        year: Option<(i32, usize)>,
    ) -> Option<Found> {
        let end = year.map_or(last, |(_, end)| end);
        let meaning = |day| match year {
            Some((year, _)) => Some(Meaning::Point(Point::Day(date(year, month, day)?))),
            None => date(2000, month, day)
                .map(|_| Meaning::Field(Field::MonthDay(month, day), Which::Bare, Year::Open)),
        };
        let Some(tail) = tail else {
            return Some(Found::new(at, end, meaning(day)?));
        };
        let Meaning::Field(Field::MonthDay(_, second), ..) = tail.meaning else { return None };
        let mut found = Found::new(at, first_end, meaning(day)?);
        found.tail = Some(Box::new(Found { end, meaning: meaning(second)?, ..tail }));
        Some(found)
    }

    /// The second day of `5-7` or `5 and 6`, after the first.
    fn second_day(&self, month: u8, at: usize) -> Option<Found> {
        let dash = self.hyphen(at);
        let word = self.is(at, &["to", "and", "through", "or", "\u{2013}"]);
        if !dash && !word {
            return None;
        }
        let (day, end) = self.day_number(at + 1)?;
        let open = self.is_word(end)
            && !self
                .is(end, &["in", "at", "on", "for", "to", "by", "of", "when", "after", "before"]);
        if word && open || self.is(end, &["%", "/", ":"]) || self.is_number(end) {
            return None;
        }
        let meaning = Meaning::Field(Field::MonthDay(month, day), Which::Bare, Year::Open);
        Some(Found::new(at + 1, end, meaning))
    }

    /// A number that can be a day of a month.
    fn day_number(&self, at: usize) -> Option<(u8, usize)> {
        if let Some((day, end)) = self.ordinal(at) {
            let unit = self.unit(end + usize::from(self.hyphen(end)));
            return ((1..=31).contains(&day) && unit.is_none()).then_some((day, end));
        }
        let (day, length) = self.digits(at)?;
        let colon = self.is(at + 1, &[":"]) && self.tight(at + 2) && self.is_number(at + 2);
        // `July 9 a.m.` has no day, `July 9 p. 3` has.
        let clock =
            self.is(at + 1, &["a", "p"]) && self.is(at + 2, &["."]) && self.is(at + 3, &["m"]);
        let clean = !colon && !clock && !self.is(at + 1, &["%", "percent"]);
        ((1..=31).contains(&day) && length <= 2 && clean).then_some((day as u8, at + 1))
    }

    /// `6 April 1998`, `the 6th of April`, `6 Apr`.
    fn day_first(&self, at: usize) -> Option<Found> {
        let start = at + usize::from(self.lower(at) == "the");
        let (day, end) = self.day_number(start)?;
        if start > at && end == start + 1 && self.is_number(start) {
            return None;
        }
        let of = end + usize::from(self.is(end, &["of"]));
        let of = of + usize::from(of == end && self.hyphen(end));
        if of > end && self.is_number(start) && end == start + 1 && self.is(end, &["of"]) {
            return None;
        }
        let (month, end) = self.month(of)?;
        let comma = self.skip_comma(end);
        let dash = comma + usize::from(comma == end && self.hyphen(comma));
        let year = self.year_after(dash);
        self.month_day(at, month, day, (end, end), None, year)
    }

    /// Whether a month's name without day and year is a month: `may`, `march`
    /// and women's names are also other things.
    fn stands_as_month(&self, at: usize, end: usize) -> bool {
        let told = [
            "in",
            "since",
            "until",
            "till",
            "by",
            "last",
            "next",
            "this",
            "that",
            "early",
            "mid",
            "late",
            "of",
            "during",
            "from",
            "to",
            "through",
            "between",
            "before",
            "after",
            "every",
            "each",
            "for",
            "and",
            "-",
            "into",
            "past",
            "over",
            "throughout",
            "as",
            "ended",
            "a",
            "an",
            "its",
            "his",
            "her",
            "their",
            "the",
            "previous",
            "coming",
        ];
        let told = told.contains(&self.before(at));
        let name = self.capital(end) && !self.tight(end) && self.is_word(end);
        let ambiguous =
            self.is(at, &["may", "march", "mar", "jan", "jun", "april", "june", "august"]);
        let verb = self.is(at, &["may", "march", "mar"]);
        if verb && self.is(end, &["of"]) && self.capital(end + 1) {
            return false;
        }
        match (ambiguous, verb) {
            (_, true) => told && !name,
            (true, _) => told || !name && self.month(end).is_none(),
            _ => true,
        }
    }
}

/// Whether the meaning is a day of a month.
fn is_dated(meaning: Meaning) -> bool {
    matches!(meaning, Meaning::Point(Point::Day(_)) | Meaning::Field(Field::MonthDay(..), ..))
}
