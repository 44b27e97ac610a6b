//! Dates in digits: ISO 8601, with slashes, with dots.

use crate::calendar::{Point, date};
use crate::grammar::Grammar;
use crate::meaning::{Clock, Found, Meaning};
use crate::years::{YEARS, expand};
use jiff::civil::Date;

impl Grammar<'_> {
    /// `2018-12-20`, `20/12/2018`, `12/20/18`, `20.12.2018`.
    pub(crate) fn numeric(&self, at: usize) -> Option<Found> {
        let (first, length) = self.digits(at).or_else(|| self.dotted(at))?;
        if let Some(day) = self.dotted_date(at) {
            return Some(Found::new(at, at + 1, Meaning::Point(Point::Day(day))));
        }
        if self.tight(at) && self.is(at.wrapping_sub(1), &["-", "/", ".", "$"]) {
            return None;
        }
        let mark = self.lower(at + 1);
        if !matches!(mark, "-" | "/") || self.lower(at + 3) != mark {
            return None;
        }
        let ((second, two), (third, three)) = (self.digits(at + 2)?, self.digits(at + 4)?);
        let joined = (at + 1..at + 5).all(|i| self.tight(i));
        let closed = !(self.tight(at + 5) && self.is(at + 5, &["-", "/"]));
        if !joined || !closed || two > 2 {
            return None;
        }
        let day = match (length, three) {
            (4, 1..=2) => date(first as i32, second as u8, third as u8),
            (1..=2, 4) => american(first, second, third as i32),
            (1..=2, 2) if mark == "/" => american(first, second, expand(third)),
            _ => None,
        }?;
        if !YEARS.contains(&(u32::from(day.year().unsigned_abs()))) {
            return None;
        }
        let found = Found::new(at, at + 5, Meaning::Point(Point::Day(day)));
        Some(match self.iso_time(at + 5) {
            Some((clock, end)) => Found { end, ..found }.with_clock(clock),
            None => found,
        })
    }

    fn dotted(&self, at: usize) -> Option<(u32, usize)> {
        self.dotted_date(at).map(|_| (0, 0))
    }

    /// `20.12.2018`, one piece.
    fn dotted_date(&self, at: usize) -> Option<Date> {
        let mut parts = self.pieces.get(at)?.text.split('.');
        let (day, month, year) = (parts.next()?, parts.next()?, parts.next()?);
        if parts.next().is_some() || year.len() != 4 || day.len() > 2 || month.len() > 2 {
            return None;
        }
        let year: u32 = year.parse().ok()?;
        let day = date(year as i32, month.parse().ok()?, day.parse().ok()?)?;
        YEARS.contains(&year).then_some(day)
    }

    /// `T14:30`, `T14:30:15Z` after an ISO date.
    fn iso_time(&self, at: usize) -> Option<(Clock, usize)> {
        if !self.tight(at) || !self.is(at, &["t"]) {
            return None;
        }
        let two = |at: usize, below: u32| match self.digits(at) {
            Some((n, 2)) if n < below && self.tight(at) => Some(n as u8),
            _ => None,
        };
        let hour = two(at + 1, 24)?;
        let minute = two(at + 3, 60).filter(|_| self.is(at + 2, &[":"]))?;
        let second = two(at + 5, 60).filter(|_| self.is(at + 4, &[":"]));
        let end = at + 4 + 2 * usize::from(second.is_some());
        let zulu = self.tight(end) && self.is(end, &["z"]);
        Some((Clock::At(hour, Some(minute), second), end + usize::from(zulu)))
    }
}

/// Month and day in American order, or the other where only that is a date.
fn american(first: u32, second: u32, year: i32) -> Option<Date> {
    let (first, second) = (u8::try_from(first).ok()?, u8::try_from(second).ok()?);
    date(year, first, second).or_else(|| date(year, second, first))
}
