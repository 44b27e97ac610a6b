//! Lengths of time, shifts by a length, and recurring times.

use crate::grammar::Grammar;
use crate::meaning::{Anchor, Count, Field, Found, Meaning, Which, Year};
use crate::unit::Unit;
use crate::words::Sense;

/// Adjectives that may stand between count and unit.
pub(crate) const BETWEEN: &[&str] = &[
    "full",
    "whole",
    "straight",
    "consecutive",
    "more",
    "additional",
    "long",
    "short",
    "business",
    "working",
    "calendar",
    "successive",
    "entire",
    "solid",
    "further",
    "other",
    "extra",
    "or",
    "fiscal",
    "short",
    "trading",
    "school",
];

/// Words before a bare plural that make a length of it.
const BEFORE_PLURAL: &[&str] = &[
    "for", "in", "over", "within", "of", "after", "lasted", "took", "take", "last", "spent", "the",
    "by", "through", "about", "during", "and", "or", "two", "many",
];

impl Grammar<'_> {
    /// A length, or the point that `ago`, `earlier`, `later` make of it.
    pub(crate) fn length_or_shift(&self, at: usize) -> Option<Found> {
        if let Some(found) = self.year_before(at) {
            return Some(found);
        }
        let pick = |s| if let Sense::Approximator(m) = s { Some(m) } else { None };
        if let Some((modifier, end)) = self.sense(at, pick)
            && let Some(found) = self.length(end)
            && !(self.is(at, &["over", "under", "around"])
                && self.is(found.end - 1, &["period", "span", "stretch"]))
        {
            return Some(Found { start: at, ..self.shifted(found) }.with_modifier(Some(modifier)));
        }
        let found =
            self.windowed(at).or_else(|| self.length(at)).or_else(|| self.bare_plural(at))?;
        Some(self.shifted(found))
    }

    /// `the past three years`, `the first nine months`, `the four days`.
    fn windowed(&self, at: usize) -> Option<Found> {
        let each = at + if self.is(at, &["each"]) && self.is(at + 1, &["of"]) { 2 } else { 0 };
        let the = each
            + usize::from(self.is(each, &["the", "these", "those", "its", "his", "her", "their"]));
        let window = [
            "past",
            "last",
            "next",
            "coming",
            "first",
            "final",
            "previous",
            "preceding",
            "following",
            "latest",
            "recent",
            "another",
            "additional",
            "prior",
        ];
        let verb = the == at && self.is(the, &["last", "past"]) && self.lasting(at);
        let start = the + usize::from(self.is(the, &window) && !verb);
        if start == at {
            return None;
        }
        let start = start + usize::from(self.is(start, &["year"]) && self.hyphen(start + 1)) * 3;
        if self.is(start, &["a", "an"]) {
            return None;
        }
        let at = if self.is(each, &["its", "his", "her", "their"]) { the } else { at };
        if let Some(found) = self.length(start).filter(|f| f.start == start)
            && matches!(found.meaning, Meaning::Length(..))
        {
            let joined = self.hyphen(start + 1) || !self.is_plural(found.end - 1);
            if joined && the > each && start == the {
                return None;
            }
            return Some(Found { start: at, ..found });
        }
        if the > each
            && self.is(the, &["entire", "whole", "full"])
            && let Some((unit, end)) = self.unit(the + 1).filter(|_| !self.is_plural(the + 1))
        {
            return Some(Found::new(at, end, Meaning::Length(Count::Exact(1.0), unit)));
        }
        let (unit, end) = self.unit(start).filter(|_| start > the && the > each)?;
        let open = self.is(start - 1, &["first", "last", "final"]) && self.is_plural(start);
        open.then(|| Found::new(at, end, Meaning::Length(Count::Vague, unit)))
    }

    /// Whether `last` is the verb: `will last two days`.
    fn lasting(&self, at: usize) -> bool {
        self.is(
            at.wrapping_sub(1),
            &["will", "would", "to", "could", "may", "might", "can", "should"],
        )
    }

    /// Whether an expression is the title of a programme: a capital after an
    /// opening quotation mark.
    pub(crate) fn titled(&self, at: usize) -> bool {
        let quote = self.is(at.wrapping_sub(1), &["\"", "`", "'", "\u{201c}", "\u{2018}"]);
        let capital = self.capital(at) || self.is_number(at);
        quote && capital && self.tight(at) && self.capital(at + 1)
    }

    /// A count and a unit: `three years`, `a two-year`, `five-day-old`,
    /// `half an hour`, `about 20 minutes`.
    fn length(&self, at: usize) -> Option<Found> {
        let (count, end) = self.count(at)?;
        let article = self.is(at, &["a", "an"]);
        // `two to three weeks` is at least two.
        if let Count::Exact(least) = count
            && self.is(end, &["to", "or"])
            && !self.is(at.wrapping_sub(1), &["from"])
            && let Some((Count::Exact(most), _)) = self.count(end + 1)
            && !self.is(end + 1, &["a", "an", "half"])
            && least < most
            && let Some(found) = self.length(end + 1)
            && let Meaning::Length(_, unit) = found.meaning
        {
            let meaning = Meaning::Length(Count::Exact(least), unit);
            let found = Found { start: at, meaning, ..found };
            return Some(found.with_modifier(Some("EQUAL_OR_MORE")));
        }
        // `a three-year period` takes its article, `a two-year boom` does not.
        if article
            && end == at + 1
            && !self.is(end, &["a", "an"])
            && let Some(inner) = self.length(at + 1)
            && (self.is(inner.end - 1, &["period", "span", "term"])
                || self.is(inner.end, &["stretch"]))
        {
            let end = inner.end + usize::from(self.is(inner.end, &["stretch"]));
            return Some(Found { start: at, end, ..inner });
        }
        let hyphen = self.hyphen(end);
        let mut unit_at = end + usize::from(hyphen);
        for _ in 0..2 {
            if self.is(unit_at, BETWEEN) && !self.is(unit_at, &["or"]) {
                unit_at += 1;
            }
        }
        let (unit, mut end) = self.unit(unit_at)?;
        if self.hyphen(end) && self.is(end + 1, &["by", "to"]) {
            return None;
        }
        let century = end + usize::from(self.hyphen(end));
        if unit == Unit::Quarter && article && self.is(century, &["century"]) {
            let old = century + 1 + usize::from(self.hyphen(century + 1));
            let end = if self.is(old, &["old"]) { old + 1 } else { century + 1 };
            return Some(Found::new(at, end, Meaning::Length(Count::Exact(25.0), Unit::Year)));
        }
        if self.is(at, &["zero", "0"]) {
            return None;
        }
        let plural = self.is_plural(unit_at);
        if hyphen && plural || self.titled(at) && self.capital(unit_at) {
            return None;
        }
        if unit == Unit::Second && !plural && (article || self.ordinal_like(end)) {
            return None;
        }
        if matches!(count, Count::Vague) && !plural && !hyphen && !self.is(at, &["several", "few"])
        {
            return None;
        }
        if unit == Unit::Quarter && !plural && !hyphen {
            return None;
        }
        let mut count = count;
        if article
            && self.is(end, &["and"])
            && self.is(end + 1, &["a"])
            && self.is(end + 2, &["half"])
        {
            count = Count::Exact(1.5);
            end += 3;
        }
        let old = end + usize::from(self.hyphen(end));
        let long = !plural && old > end && self.is(old, &["long"]);
        if long || self.is(old, &["old", "olds"]) {
            end = old + 1;
        } else if !plural && self.is(end, &["period", "term", "span"]) && !article {
            end += 1;
        }
        let start = at;
        Some(Found::new(start, end, Meaning::Length(count, unit)))
    }

    fn ordinal_like(&self, at: usize) -> bool {
        self.is(at, &["-", "place", "time", "term", "round", "half"])
    }

    /// `weeks`, `decades`, where it stands as a length: `for weeks`.
    fn bare_plural(&self, at: usize) -> Option<Found> {
        let (unit, end) = self.unit(at)?;
        let told = BEFORE_PLURAL.contains(&self.before(at))
            || self.is(end, &["ago", "earlier", "later", "before", "after", "-"]);
        let fits = self.is_plural(at)
            && told
            && !matches!(
                unit,
                Unit::Weekend | Unit::Night | Unit::Quarter | Unit::Second | Unit::Minute
            );
        if fits {
            let long = end + usize::from(self.hyphen(end));
            let end = if long > end && self.is(long, &["long"]) { long + 1 } else { end };
            return Some(Found::new(at, end, Meaning::Length(Count::Vague, unit)));
        }
        // `day-long`, `yearlong`
        let hyphen = self.hyphen(end) && self.is(end + 1, &["long"]);
        (hyphen && !self.is_plural(at))
            .then(|| Found::new(at, end + 2, Meaning::Length(Count::Exact(1.0), unit)))
    }

    /// A length with what turns it into a point.
    fn shifted(&self, found: Found) -> Found {
        let Meaning::Length(count, unit) = found.meaning else { return found };
        let end = found.end;
        let or_so =
            if self.is(end, &["or"]) && self.is(end + 1, &["so", "two", "more"]) { 2 } else { 0 };
        let here = end + or_so;
        let (sign, anchor, end) = match (self.lower(here), self.lower(here + 1)) {
            ("ago", _) => (-1, Anchor::Now, here + 1),
            ("from", "now" | "today") => (1, Anchor::Now, here + 2),
            ("hence", _) => (1, Anchor::Now, here + 1),
            ("earlier" | "previously", _) => (-1, Anchor::Reference, here + 1),
            ("later" | "afterward" | "afterwards", _) => (1, Anchor::Reference, here + 1),
            ("before" | "after", "." | "," | ";" | "") => {
                (if self.is(here, &["before"]) { -1 } else { 1 }, Anchor::Reference, here + 1)
            }
            ("-", "ago" | "earlier") => return found,
            _ => return found,
        };
        let modifier = if or_so > 0 { Some("APPROX") } else { found.modifier };
        Found { end, meaning: Meaning::Shift(count, unit, sign, anchor), modifier, ..found }
    }

    /// Recurring times: `every day`, `each July`, `twice a week`, `a year`
    /// after an amount, `Mondays`, `once a month`.
    pub(crate) fn recurring(&self, at: usize) -> Option<Found> {
        if self.is(at, &["every", "each"]) {
            return self.every(at);
        }
        if let Some(end) = self.times_word(at)
            && self.is(end, &["a", "an", "per", "each", "every"])
            && let Some((unit, end)) = self.unit(end + 1).filter(|(_, e)| !self.is_plural(e - 1))
        {
            return Some(Found::new(at, end, Meaning::Every(Count::Exact(1.0), unit)));
        }
        if self.is(at, &["a", "an", "per"])
            && self.rate_before(at)
            && let Some((unit, end)) = self.unit(at + 1)
            && !self.is_plural(at + 1)
            && !unit.is_clock()
            && !self.is(end, &["ago", "earlier", "later", "before", "after", "-"])
        {
            return Some(Found::new(at, end, Meaning::Every(Count::Exact(1.0), unit)));
        }
        if let Some(found) = self.weekday_parts(at) {
            return Some(found);
        }
        let singular = self.lower(at).strip_suffix('s')?;
        let weekdays =
            ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
        let place = weekdays.iter().position(|w| *w == singular)?;
        self.capital(at)
            .then(|| Found::new(at, at + 1, Meaning::EveryField(Field::Weekday(place as u8 + 1))))
    }

    /// `Tuesday nights`, `Sunday mornings`.
    fn weekday_parts(&self, at: usize) -> Option<Found> {
        let pick = |s| if let Sense::Weekday(day) = s { Some(day) } else { None };
        let (day, end) = self.sense(at, pick).filter(|_| self.capital(at))?;
        let (part, end) = self.part(end).filter(|(_, end)| self.is_plural(end - 1))?;
        let meaning = Meaning::EveryField(Field::Weekday(day));
        Some(Found::new(at, end, meaning).with_clock(crate::meaning::Clock::Part(part)))
    }

    fn every(&self, at: usize) -> Option<Found> {
        let other = at + 1 + usize::from(self.is(at + 1, &["other", "single"]));
        let two = self.is(at + 1, &["other"]);
        if self.is(at + 1, &["of"]) {
            return None;
        }
        if let Some((unit, end)) = self.unit(other).filter(|(_, e)| !self.is_plural(e - 1)) {
            let count = Count::Exact(if two { 2.0 } else { 1.0 });
            return Some(Found::new(at, end, Meaning::Every(count, unit)));
        }
        if let Some((count, end)) = self.count(other)
            && let Some((unit, end)) = self.unit(end)
        {
            return Some(Found::new(at, end, Meaning::Every(count, unit)));
        }
        if let Some((part, end)) = self.part(other) {
            let found = Found::new(at, end, Meaning::Every(Count::Exact(1.0), Unit::Day));
            return Some(found.with_clock(crate::meaning::Clock::Part(part)));
        }
        let date = self.written(other).or_else(|| self.holiday(other));
        if let Some(Found {
            end, meaning: Meaning::Field(field, Which::Bare, Year::Open), ..
        }) = date
        {
            return Some(Found::new(at, end, Meaning::EveryField(field)));
        }
        let pick = |s| if let Sense::Season(season) = s { Some(season) } else { None };
        let (season, end) = self.sense(other, pick)?;
        Some(Found::new(at, end, Meaning::EveryField(Field::Season(season))))
    }

    /// `once`, `twice`, `three times`.
    fn times_word(&self, at: usize) -> Option<usize> {
        if self.is(at, &["once", "twice"]) {
            return Some(at + 1);
        }
        let (_, end) = self.count(at)?;
        self.is(end, &["times"]).then_some(end + 1)
    }

    /// Whether an amount stands before `a year`, so that it is a rate.
    fn rate_before(&self, at: usize) -> bool {
        let Some(before) = at.checked_sub(1) else { return false };
        let word = self.lower(before);
        self.is(at, &["per"])
            || self.is_number(before)
            || matches!(
                word,
                "million"
                    | "billion"
                    | "trillion"
                    | "thousand"
                    | "percent"
                    | "%"
                    | "times"
                    | "cents"
            )
            || word.len() > 3
                && word.ends_with('s')
                && !word.ends_with("ss")
                && self.unit(before).is_none()
                && self.is_word(before)
                && at.checked_sub(2).is_some_and(|b| {
                    self.is_number(b)
                        || self.is(b, &["million", "billion", "thousand", "hundred", "more"])
                })
    }

    /// `daily`, `annually`.
    pub(crate) fn frequency(&self, at: usize) -> Option<Found> {
        let pick = |s| match s {
            Sense::Frequency(unit, count) => Some((unit, count)),
            _ => None,
        };
        let ((unit, count), end) = self.sense(at, pick)?;
        if self.capital(at)
            && (self.capital(end) && !self.tight(end) || at > 0 && self.capital(at - 1))
        {
            return None;
        }
        Some(Found::new(at, end, Meaning::Every(Count::Exact(f64::from(count)), unit)))
    }
}
