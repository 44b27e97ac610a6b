//! From a meaning to a TIMEX3 type and value, against the day of publication
//! and the running reference time.

use crate::calendar::{Point, monday, plus_days, weekday};
use crate::holidays::Rule;
use crate::meaning::{Anchor, Count, Field, Found, Meaning, Which, Year};
use crate::tense::Direction;
use crate::unit::Unit;
use crate::values::{period, unknown_field, unknown_unit};
use dateline_account::TimeType;
use jiff::civil::Date;

/// What earlier expressions of the text tell of later ones.
#[derive(Debug, Clone)]
pub(crate) struct Context {
    published: Option<Date>,
    /// The last date spoken of, at its granularity.
    reference: Option<Point>,
    /// The last day spoken of.
    day: Option<Date>,
    /// The last quarter spoken of, and the byte where it was.
    quarter: Option<(Point, usize)>,
}

/// How far, in bytes, a quarter is what `a year earlier` compares with.
const QUARTER_REACH: usize = 700;

/// Years farther away than this are no dates.
const FARTHEST: f64 = 6000.0;

/// An expression made definite.
struct Resolved {
    kind: TimeType,
    value: String,
    point: Option<Point>,
}

impl Resolved {
    fn text(kind: TimeType, value: impl Into<String>) -> Self {
        Self { kind, value: value.into(), point: None }
    }

    fn point(point: Option<Point>, unknown: impl Into<String>) -> Self {
        let value = point.map_or_else(|| unknown.into(), Point::value);
        Self { kind: TimeType::Date, value, point }
    }
}

impl Context {
    pub(crate) fn new(published: Option<Date>) -> Self {
        Self { published, reference: None, day: None, quarter: None }
    }

    /// Type and value of an expression that begins at a byte; the context
    /// remembers it.
    pub(crate) fn resolve(
        &mut self,
        found: &Found,
        direction: Direction,
        byte: usize,
    ) -> (TimeType, String) {
        let mut resolved = self.plain(found, direction, byte);
        // What a figure is compared with is no place the story moves to.
        let comparison = matches!(
            found.meaning,
            Meaning::Alike(..) | Meaning::Shift(_, Unit::Year, -1, Anchor::Reference)
        );
        if let Some(point) = resolved.point.filter(|_| !comparison) {
            self.reference = Some(point);
            match point {
                Point::Day(day) => self.day = Some(day),
                Point::Quarter(..) if !matches!(found.meaning, Meaning::Shift(..)) => {
                    self.quarter = Some((point, byte));
                }
                _ => {}
            }
        }
        if let Some(clock) = found.clock {
            if resolved.kind != TimeType::Set {
                resolved.kind = TimeType::Time;
            } else if resolved.value == "P1D" {
                resolved.value = "XXXX-XX-XX".to_owned();
            }
            resolved.value.push_str(&clock.suffix());
        }
        (resolved.kind, resolved.value)
    }

    fn plain(&self, found: &Found, direction: Direction, byte: usize) -> Resolved {
        match found.meaning {
            Meaning::Point(point) => Resolved::point(Some(point), ""),
            Meaning::Field(field, which, year) => {
                let point = self.field(field, which, year, direction);
                Resolved::point(point, unknown_field(field))
            }
            Meaning::Unit(unit, which) => {
                let point = self.unit(unit, which, direction, byte);
                Resolved::point(point, unknown_unit(unit))
            }
            Meaning::Days(days) => {
                let day = self.published.map(|p| Point::Day(plus_days(p, i64::from(days))));
                Resolved::point(day, "XXXX-XX-XX")
            }
            Meaning::TimeOfDay => {
                Resolved::point(self.day.or(self.published).map(Point::Day), "XXXX-XX-XX")
            }
            Meaning::Shift(count, unit, sign, anchor) => {
                self.shift(count, unit, sign, anchor, byte)
            }
            Meaning::Alike(field, year) => self.alike(field, year, byte),
            Meaning::Reference(reference) => Resolved::text(TimeType::Date, reference),
            Meaning::Length(count, unit) => Resolved::text(TimeType::Duration, period(count, unit)),
            Meaning::Every(count, unit) => Resolved::text(TimeType::Set, period(count, unit)),
            Meaning::EveryField(field) => Resolved::text(TimeType::Set, unknown_field(field)),
        }
    }

    /// A stretch like another one in another year.
    fn alike(&self, field: Option<Field>, year: Year, byte: usize) -> Resolved {
        let point = match field {
            Some(field) => self.field(field, Which::Bare, Year::Open, Direction::Past),
            None => self.compared(byte).or_else(|| self.latest_quarter()),
        };
        let year = match year {
            Year::Open => point.map(|p| p.year() - 1),
            Year::Is(year) => Some(year),
            Year::Relative(which) => {
                self.unit(Unit::Year, which, Direction::Unknown, 0).map(Point::year)
            }
        };
        let moved = point.zip(year).map(|(p, to)| p.plus(i64::from(to - p.year()), Unit::Year));
        match (moved, year) {
            // Without a day of publication the year may still be told.
            (None, Some(year)) => Resolved::text(TimeType::Date, format!("{year:04}-QX")),
            _ => Resolved::point(moved, field.map_or("XXXX-QX".to_owned(), unknown_field)),
        }
    }

    /// The quarter that is spoken of near a byte.
    fn compared(&self, byte: usize) -> Option<Point> {
        let (point, at) = self.quarter?;
        (byte.saturating_sub(at) < QUARTER_REACH).then_some(point)
    }

    /// The last quarter that was over on the day of publication.
    fn latest_quarter(&self) -> Option<Point> {
        Some(Point::around(self.published?, Unit::Quarter).plus(-1, Unit::Quarter))
    }

    /// The date that a unit is counted from when the text itself is the
    /// anchor: the last one that is not coarser.
    fn anchor(&self, unit: Unit) -> Option<Point> {
        let published = self.published.map(Point::Day);
        let day = self.day.map(Point::Day);
        match unit {
            Unit::Second
            | Unit::Minute
            | Unit::Hour
            | Unit::Day
            | Unit::Night
            | Unit::Week
            | Unit::Weekend
            | Unit::Fortnight => day.or(published),
            _ => {
                let fits = |p: &Point| match p {
                    Point::Century(_) => false,
                    Point::Decade(_) => matches!(unit, Unit::Decade),
                    Point::Year(_) | Point::Season(..) | Point::Half(..) => {
                        !matches!(unit, Unit::Month | Unit::Quarter)
                    }
                    _ => true,
                };
                self.reference.filter(fits).or(day).or(published)
            }
        }
    }

    fn unit(&self, unit: Unit, which: Which, direction: Direction, byte: usize) -> Option<Point> {
        let around = |day: Date| Point::around(day, unit);
        let now = self.published.map(around);
        let reference = || self.anchor(unit).map(|p| around(p.first_day()));
        match which {
            Which::This => now,
            Which::Last => now.map(|p| p.plus(-1, unit)),
            Which::Next | Which::Coming => now.map(|p| p.plus(1, unit)),
            Which::That if unit == Unit::Quarter => {
                self.compared(byte).or_else(|| self.latest_quarter())
            }
            Which::That => reference(),
            Which::Following => reference().map(|p| p.plus(1, unit)),
            Which::Preceding => reference().map(|p| p.plus(-1, unit)),
            Which::Bare if unit == Unit::Weekend => {
                let ahead = direction == Direction::Future;
                let begun = self.published.is_some_and(|p| weekday(p) >= 6);
                now.map(|p| if ahead || begun { p } else { p.plus(-1, unit) })
            }
            Which::Bare => now,
        }
    }

    fn shift(&self, count: Count, unit: Unit, sign: i8, anchor: Anchor, byte: usize) -> Resolved {
        let Count::Exact(count) = count else {
            let reference = if sign < 0 { "PAST_REF" } else { "FUTURE_REF" };
            return Resolved::text(TimeType::Date, reference);
        };
        let sign = i64::from(sign);
        if unit == Unit::Year
            && count == 1.0
            && sign < 0
            && let Some(quarter) = self.compared(byte)
        {
            return Resolved::point(Some(quarter.plus(-1, Unit::Year)), "");
        }
        // Fractions and large units are counted in a smaller unit.
        let (count, small, grain) = match unit {
            Unit::Year if count.fract() != 0.0 => (count * 12.0, Unit::Month, Unit::Month),
            Unit::Decade => (count * 10.0, Unit::Year, Unit::Year),
            Unit::Century => (count * 100.0, Unit::Year, Unit::Year),
            Unit::Millennium => (count * 1000.0, Unit::Year, Unit::Year),
            Unit::Week => (count * 7.0, Unit::Day, Unit::Week),
            Unit::Fortnight => (count * 14.0, Unit::Day, Unit::Week),
            Unit::Weekend => (count, Unit::Week, Unit::Weekend),
            Unit::Night => (count, Unit::Day, Unit::Day),
            Unit::Month if count.fract() != 0.0 => (count * 30.0, Unit::Day, Unit::Day),
            Unit::Hour => ((count / 24.0).floor(), Unit::Day, Unit::Day),
            Unit::Minute | Unit::Second => (0.0, Unit::Day, Unit::Day),
            other => (count, other, other),
        };
        let from = match anchor {
            Anchor::Now => self.published.map(Point::Day),
            Anchor::Reference => self.anchor(unit),
        };
        if small == Unit::Year && count > FARTHEST {
            let reference = if sign < 0 { "PAST_REF" } else { "FUTURE_REF" };
            return Resolved::text(TimeType::Date, reference);
        }
        let steps = sign * count.round() as i64;
        let point = from.map(|from| match (from, grain) {
            // A year before `1989-Q3` is a quarter, two months before a year is a month.
            (
                Point::Quarter(..) | Point::Month(..) | Point::Season(..) | Point::Half(..),
                Unit::Year,
            ) if anchor == Anchor::Reference => from.plus(steps, small),
            _ => Point::around(Point::Day(from.first_day()).plus(steps, small).first_day(), grain),
        });
        Resolved::point(point, unknown_unit(grain))
    }

    fn field(&self, field: Field, which: Which, year: Year, direction: Direction) -> Option<Point> {
        if let Field::Holiday(Rule::Once(day)) = field {
            return Some(Point::Day(day));
        }
        let year = match year {
            Year::Open => None,
            Year::Is(year) => Some(year),
            Year::Relative(which) => {
                Some(self.unit(Unit::Year, which, Direction::Unknown, 0)?.year())
            }
        };
        if let Some(year) = year {
            return in_year(field, year);
        }
        if let Field::Weekday(day) = field {
            return self.weekday(day, which, direction).map(Point::Day);
        }
        let now = self.published;
        let from = match which {
            Which::That | Which::Following | Which::Preceding => {
                self.reference.map(Point::first_day).or(now)?
            }
            _ => now?,
        };
        let here = i32::from(from.year());
        let candidates: Vec<Point> =
            (here - 2..=here + 2).filter_map(|y| in_year(field, y)).collect();
        let current = current(field, from);
        let begun = |p: &&Point| p.first_day() <= from;
        match which {
            Which::This => candidates.into_iter().find(|p| p.year() == current),
            Which::That => candidates.into_iter().find(|p| p.year() == here),
            Which::Last | Which::Preceding => {
                candidates.iter().rev().find(|p| last_day(**p) < from).copied()
            }
            Which::Next | Which::Coming | Which::Following => {
                candidates.iter().find(|p| p.first_day() > from).copied()
            }
            Which::Bare => {
                let past = candidates.iter().rev().find(begun).copied();
                let future = candidates.iter().find(|p| last_day(**p) >= from).copied();
                nearest(field, from, past, future, direction)
            }
        }
    }

    fn weekday(&self, day: u8, which: Which, direction: Direction) -> Option<Date> {
        let from = match which {
            Which::That | Which::Following | Which::Preceding => self.day.or(self.published)?,
            _ => self.published?,
        };
        let ahead = i64::from((day + 7 - weekday(from)) % 7);
        let behind = (7 - ahead) % 7;
        let days = match which {
            Which::Last | Which::Preceding => -(if behind == 0 { 7 } else { behind }),
            Which::Coming | Which::Following => {
                if ahead == 0 {
                    7
                } else {
                    ahead
                }
            }
            Which::Next => {
                return Some(plus_days(monday(from), 6 + i64::from(day)));
            }
            Which::This => return Some(plus_days(monday(from), i64::from(day) - 1)),
            Which::That => {
                if ahead <= 3 {
                    ahead
                } else {
                    -behind
                }
            }
            Which::Bare if direction == Direction::Future => ahead,
            Which::Bare => -behind,
        };
        Some(plus_days(from, days))
    }
}

/// Days by which a date may contradict the tense.
const SLACK: i64 = 90;

/// The one before or the one after the day of publication.
fn nearest(
    field: Field,
    from: Date,
    past: Option<Point>,
    future: Option<Point>,
    direction: Direction,
) -> Option<Point> {
    let (Some(before), Some(after)) = (past, future) else { return past.or(future) };
    let days = |a: Date, b: Date| (b.duration_since(a).as_hours() / 24).abs();
    let (back, forth) = (days(from, last_day(before)), days(from, after.first_day()));
    let coarse = matches!(field, Field::Quarter(_) | Field::Half(_));
    Some(match (field, direction) {
        _ if before == after => before,
        _ if coarse && (direction != Direction::Future || back <= SLACK) => before,
        (Field::MonthDay(..) | Field::Holiday(_), Direction::Past) if forth > SLACK => before,
        (Field::MonthDay(..) | Field::Holiday(_), Direction::Future) if back > SLACK => after,
        (Field::MonthDay(..) | Field::Holiday(_), _) => {
            if back <= forth {
                before
            } else {
                after
            }
        }
        (_, Direction::Due) if back * 3 > forth => after,
        (_, Direction::Past) => before,
        (_, Direction::Future) => after,
        _ if back <= forth => before,
        _ => after,
    })
}

/// The year that `this summer` is in; a winter goes by the year it began in.
fn current(field: Field, from: Date) -> i32 {
    let year = i32::from(from.year());
    if matches!(field, Field::Season("WI")) && from.month() < 3 { year - 1 } else { year }
}

/// The field's stretch of a year.
fn in_year(field: Field, year: i32) -> Option<Point> {
    Some(match field {
        Field::Month(month) => Point::Month(year, month),
        Field::MonthDay(month, day) => Point::Day(crate::calendar::date(year, month, day)?),
        Field::Quarter(quarter) => Point::Quarter(year, quarter),
        Field::Half(half) => Point::Half(year, half),
        Field::Season(season) => Point::Season(year, season),
        Field::Holiday(rule) => Point::Day(rule.day(year)?),
        Field::Weekday(_) => return None,
    })
}

/// The last day of a stretch.
fn last_day(point: Point) -> Date {
    let months = match point {
        Point::Day(day) => return day,
        Point::Week(day) | Point::Weekend(day) => return plus_days(day, 6),
        Point::Month(..) => 1,
        Point::Quarter(..) | Point::Season(..) => 3,
        Point::Half(..) => 6,
        Point::Year(_) => 12,
        Point::Decade(_) => 120,
        Point::Century(_) => 1200,
    };
    plus_days(Point::Day(point.first_day()).plus(months, Unit::Month).first_day(), -1)
}
