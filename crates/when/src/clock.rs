//! Times of day, alone and with a date.

use crate::calendar::Point;
use crate::grammar::Grammar;
use crate::meaning::{Clock, Field, Found, Meaning};
use crate::words::Sense;

impl Grammar<'_> {
    /// A time of day with the date that may follow it: `9 a.m. EST Monday`.
    pub(crate) fn clock_and_date(&self, at: usize) -> Option<Found> {
        let pick = |s| if let Sense::Approximator(m) = s { Some(m) } else { None };
        let (modifier, start) = match self.sense(at, pick) {
            Some((modifier, end)) => (Some(modifier), end),
            None => (None, at),
        };
        let (clock, end) = self.clock(start)?;
        let comma = end + usize::from(self.is(end, &[","]));
        let on = comma + usize::from(self.is(comma, &["on"]));
        let found = match self.plain_date(on).filter(|f| is_day(f.meaning)) {
            Some(date) if date.clock.is_none() || matches!(clock, Clock::At(..)) => {
                let end = self.part(date.end).map_or(date.end, |(_, end)| end);
                Found { start: at, end, ..date }.with_clock(clock)
            }
            _ => Found::new(at, end, Meaning::TimeOfDay).with_clock(clock),
        };
        Some(found.with_modifier(modifier))
    }

    /// The date with the part of the day or time that follows it.
    pub(crate) fn add_clock(&self, found: Found) -> Found {
        if found.clock.is_some() || found.tail.is_some() || !is_day(found.meaning) {
            return found;
        }
        let end = found.end;
        if let Some((part, end)) = self.part(end)
            && self.lower(end - 1) != "overnight"
        {
            return Found { end, ..found }.with_clock(Clock::Part(part));
        }
        let comma = end + usize::from(self.is(end, &[","]));
        let at = comma + usize::from(self.is(comma, &["at"]));
        match self.clock(at) {
            Some((clock, end)) => Found { end, ..found }.with_clock(clock),
            None => found,
        }
    }

    /// A time of day with its zone.
    pub(crate) fn clock(&self, at: usize) -> Option<(Clock, usize)> {
        match self.lower(at) {
            // The film, and what is only compared with it.
            "noon" if self.before(at) == "high" => return None,
            "noon" | "midday" => return Some((Clock::At(12, Some(0), None), at + 1)),
            "midnight" => return Some((Clock::At(24, Some(0), None), at + 1)),
            _ => {}
        }
        let (hour, minute, second, end) = self.hours(at)?;
        let zone = |at: usize| {
            let open = at + usize::from(self.is(at, &["("]));
            let pick = |s| matches!(s, Sense::Zone).then_some(());
            let ((), end) = self.sense(open, pick)?;
            let code = end == open + 1;
            let shouted = self.pieces.get(open)?.text.chars().all(char::is_uppercase);
            (!code || shouted).then_some(end + usize::from(open > at && self.is(end, &[")"])))
        };
        if let Some((half, end)) = self.half_of_day(end) {
            let hour = match (hour, half) {
                (0 | 13.., _) => return None,
                (12, 'a') => 0,
                (12, _) => 12,
                (h, 'a') => h,
                (h, _) => h + 12,
            };
            return Some((Clock::At(hour, minute, second), zone(end).unwrap_or(end)));
        }
        if self.is(end, &["o"]) && self.is(end + 2, &["clock"]) && hour <= 12 {
            let mut end = end + 3;
            let mut hour = hour;
            if self.is(end, &["in"])
                && self.is(end + 1, &["the"])
                && let Some((part, after)) = self.part(end + 2)
            {
                hour = if part != "MO" && hour < 12 { hour + 12 } else { hour };
                end = after;
            }
            return Some((Clock::At(hour, minute, second), zone(end).unwrap_or(end)));
        }
        if minute.is_some() {
            let told = [
                "at", "by", "until", "till", "around", "about", "from", "before", "after", "since",
            ];
            if let Some(end) = zone(end) {
                return Some((Clock::At(hour, minute, second), end));
            }
            let free = !self.is(end, &[":", "/", "-", "%"]) && self.lower(at).len() <= 2;
            return (free && told.contains(&self.before(at)) && self.is(at + 1, &[":"]))
                .then_some((Clock::At(hour, minute, second), end));
        }
        // 1530 GMT
        let (number, length) = self.digits(at)?;
        let (hour, minute) = (number / 100, number % 100);
        let end = zone(at + 1).or_else(|| self.is(at + 1, &["hours"]).then_some(at + 2))?;
        (length == 4 && hour < 24 && minute < 60)
            .then_some((Clock::At(hour as u8, Some(minute as u8), None), end))
    }

    /// `9`, `9:30`, `9.30`, `9:30:15`; the hour may be spelled out before
    /// `o'clock` or `a.m.`.
    fn hours(&self, at: usize) -> Option<(u8, Option<u8>, Option<u8>, usize)> {
        if !self.is_number(at) {
            let pick = |s| match s {
                Sense::Cardinal(n @ 1..=12) => Some(n as u8),
                _ => None,
            };
            let (hour, end) = self.sense(at, pick)?;
            return Some((hour, None, None, end));
        }
        if let Some((hour, minute)) = self.lower(at).split_once('.') {
            let minute = (minute.len() == 2).then(|| minute.parse().ok())??;
            let hour = hour.parse().ok()?;
            return (hour < 24 && minute < 60).then_some((hour, Some(minute), None, at + 1));
        }
        let (hour, length) = self.digits(at)?;
        let sixty = |at: usize| {
            let (number, length) = self.digits(at)?;
            (length == 2 && number < 60 && self.tight(at) && self.tight(at - 1))
                .then_some(number as u8)
        };
        let part = |end: usize| if self.is(end, &[":"]) { sixty(end + 1) } else { None };
        let minute = part(at + 1);
        let second = minute.and_then(|_| part(at + 3));
        let end = at + 1 + 2 * usize::from(minute.is_some()) + 2 * usize::from(second.is_some());
        let plain = minute.is_none() && length == 4;
        (hour < 24 && length <= 2 || plain).then_some((hour.min(99) as u8, minute, second, end))
    }

    /// `a.m.`, `p.m.`, `am`, `PM`.
    fn half_of_day(&self, at: usize) -> Option<(char, usize)> {
        let half = |word: &str| match word {
            "am" => Some('a'),
            "pm" => Some('p'),
            _ => None,
        };
        if let Some(half) = half(self.lower(at)) {
            return Some((half, at + 1));
        }
        if self.is(at, &["a", "p"]) && self.is(at + 1, &["."]) && self.is(at + 2, &["m"]) {
            let end = at + 3 + usize::from(self.is(at + 3, &["."]) && self.tight(at + 3));
            return Some((if self.is(at, &["a"]) { 'a' } else { 'p' }, end));
        }
        None
    }
}

/// Whether the meaning is a day, so that a time of day can be of it.
pub(crate) fn is_day(meaning: Meaning) -> bool {
    matches!(
        meaning,
        Meaning::Point(Point::Day(_))
            | Meaning::Days(_)
            | Meaning::Field(Field::MonthDay(..) | Field::Weekday(_) | Field::Holiday(_), ..)
            | Meaning::Unit(crate::unit::Unit::Day, _)
    )
}
