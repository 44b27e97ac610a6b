//! What an expression means before it is resolved against a date.

use crate::calendar::Point;
use crate::holidays::Rule;
use crate::unit::Unit;

/// Which of the recurring stretches is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Which {
    /// Nothing says: tense decides.
    Bare,
    /// `last`: before the day of publication.
    Last,
    /// `this`, `the current`.
    This,
    /// `next`: after the day of publication; of weekdays, in the week after.
    Next,
    /// `this coming`: the first after the day of publication.
    Coming,
    /// `that`, `the same`: the running reference time.
    That,
    /// `the following`, `the next`: after the running reference time.
    Following,
    /// `the previous`: before the running reference time.
    Preceding,
}

/// What is said of the year of a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Year {
    /// Nothing.
    Open,
    /// The year itself.
    Is(i32),
    /// `last year`, `that year`.
    Relative(Which),
}

/// A stretch of the calendar that comes again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Field {
    Month(u8),
    MonthDay(u8, u8),
    Quarter(u8),
    Half(u8),
    Season(&'static str),
    Weekday(u8),
    Holiday(Rule),
}

/// How many.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Count {
    Exact(f64),
    /// `several`, `a few`, a bare plural.
    Vague,
}

/// Where a shift starts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Anchor {
    /// The day of publication: `ago`, `from now`.
    Now,
    /// The running reference time: `earlier`, `later`.
    Reference,
}

/// The meaning of an expression.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Meaning {
    /// A date that needs nothing else.
    Point(Point),
    /// A recurring stretch, one of it.
    Field(Field, Which, Year),
    /// A stretch of a unit: `last week`.
    Unit(Unit, Which),
    /// Days from the day of publication: `yesterday`.
    Days(i8),
    /// A time of day alone.
    TimeOfDay,
    /// So much before (-1) or after (1) an anchor.
    Shift(Count, Unit, i8, Anchor),
    /// `the year-ago quarter`, `the same period last year`, `the 1988 quarter`:
    /// the field or the stretch spoken of, in another year; of none that is
    /// told, a year earlier.
    Alike(Option<Field>, Year),
    /// `PAST_REF` and the like.
    Reference(&'static str),
    /// A length of time.
    Length(Count, Unit),
    /// A recurring time by its period.
    Every(Count, Unit),
    /// A recurring time by its place in the calendar.
    EveryField(Field),
}

/// A time of day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Clock {
    /// Hour, minute, second.
    At(u8, Option<u8>, Option<u8>),
    /// TIMEX3 code of a part of the day.
    Part(&'static str),
}

impl Clock {
    /// What follows the date in a value: `T09:00`, `TMO`.
    pub(crate) fn suffix(self) -> String {
        match self {
            Clock::At(h, m, None) => format!("T{h:02}:{:02}", m.unwrap_or(0)),
            Clock::At(h, m, Some(s)) => format!("T{h:02}:{:02}:{s:02}", m.unwrap_or(0)),
            Clock::Part(part) => format!("T{part}"),
        }
    }
}

/// An expression in a block of pieces.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Found {
    /// First piece.
    pub start: usize,
    /// One past the last piece.
    pub end: usize,
    pub meaning: Meaning,
    /// TIMEX3 mod.
    pub modifier: Option<&'static str>,
    pub clock: Option<Clock>,
    /// The other end of a range that is written in one: `5-7` of `Aug. 5-7`.
    pub tail: Option<Box<Found>>,
}

impl Found {
    pub(crate) fn new(start: usize, end: usize, meaning: Meaning) -> Self {
        Self { start, end, meaning, modifier: None, clock: None, tail: None }
    }

    pub(crate) fn with_modifier(mut self, modifier: Option<&'static str>) -> Self {
        self.modifier = modifier.or(self.modifier);
        self
    }

    pub(crate) fn with_clock(mut self, clock: Clock) -> Self {
        self.clock = Some(clock);
        self
    }
}
