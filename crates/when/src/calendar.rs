//! Points of the calendar at any granularity, how they are written as TIMEX3
//! values (ISO 8601 with TIMEX3's extensions), and how they are moved.

use crate::unit::Unit;
use jiff::civil::{Date, Weekday};

/// A stretch of the calendar that a date expression can name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Point {
    /// First year: 1900 for the twentieth century.
    Century(i32),
    /// First year.
    Decade(i32),
    /// A year.
    Year(i32),
    /// Year, first or second half.
    Half(i32, u8),
    /// Year, quarter.
    Quarter(i32, u8),
    /// Year, TIMEX3 code of the season.
    Season(i32, &'static str),
    /// Year, month.
    Month(i32, u8),
    /// The week of its Monday.
    Week(Date),
    /// The weekend of the week of that Monday.
    Weekend(Date),
    /// A day.
    Day(Date),
}

/// The seasons in the order of a northern year; winter is put under the year
/// in which it begins.
pub(crate) const SEASONS: [&str; 4] = ["SP", "SU", "FA", "WI"];

/// The date, if there is such a day.
pub(crate) fn date(year: i32, month: u8, day: u8) -> Option<Date> {
    Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

/// The day so many days away; the calendar's last or first day beyond its ends.
pub(crate) fn plus_days(date: Date, days: i64) -> Date {
    let span = jiff::Span::new().try_days(days).unwrap_or_default();
    date.saturating_add(span)
}

/// 1 Monday to 7 Sunday.
pub(crate) fn weekday(date: Date) -> u8 {
    date.weekday().to_monday_one_offset().unsigned_abs()
}

/// The Monday of the day's week.
pub(crate) fn monday(date: Date) -> Date {
    plus_days(date, 1 - i64::from(weekday(date)))
}

/// The day of a month moved by months, with the day kept inside the month.
pub(crate) fn plus_months(year: i32, month: u8, months: i64) -> (i32, u8) {
    let total = i64::from(year) * 12 + i64::from(month.clamp(1, 12)) - 1 + months;
    let total = total.clamp(12, 9999 * 12 + 11);
    ((total / 12) as i32, (total % 12) as u8 + 1)
}

/// The `nth` (from 1) weekday of a month, or the last one for 0.
pub(crate) fn nth_weekday(year: i32, month: u8, day: u8, nth: u8) -> Option<Date> {
    let weekday = Weekday::from_monday_one_offset(i8::try_from(day).ok()?).ok()?;
    let nth = if nth == 0 { -1 } else { i8::try_from(nth).ok()? };
    date(year, month, 1)?.nth_weekday_of_month(nth, weekday).ok()
}

/// Easter Sunday of the Gregorian calendar (the anonymous computus of 1876).
pub(crate) fn easter(year: i32) -> Option<Date> {
    let (a, b, c) = (year % 19, year / 100, year % 100);
    let (d, e, f) = (b / 4, b % 4, (b + 8) / 25);
    let g = (b - f + 1) / 3;
    let h = (19 * a + b - d - g + 15) % 30;
    let (i, k) = (c / 4, c % 4);
    let l = (32 + 2 * e + 2 * i - h - k) % 7;
    let m = (a + 11 * h + 22 * l) / 451;
    let n = h + l - 7 * m + 114;
    date(year, (n / 31) as u8, (n % 31 + 1) as u8)
}

/// Orthodox Easter Sunday in the Gregorian calendar (Meeus' Julian method,
/// moved by the distance of the two calendars).
pub(crate) fn orthodox_easter(year: i32) -> Option<Date> {
    let (a, b, c) = (year % 4, year % 7, year % 19);
    let d = (19 * c + 15) % 30;
    let e = (2 * a + 4 * b - d + 34) % 7;
    let n = d + e + 114;
    let julian = date(year, (n / 31) as u8, (n % 31 + 1) as u8)?;
    let gap = i64::from(year / 100) - i64::from(year / 400) - 2;
    Some(plus_days(julian, gap))
}

impl Point {
    /// The TIMEX3 value.
    pub(crate) fn value(self) -> String {
        if self.year() < 1 {
            return format!("BC{:04}", 1 - self.year());
        }
        match self {
            Point::Century(y) => format!("{:02}", y.div_euclid(100)),
            Point::Decade(y) => format!("{:03}", y.div_euclid(10)),
            Point::Year(y) => format!("{y:04}"),
            Point::Half(y, h) => format!("{y:04}-H{h}"),
            Point::Quarter(y, q) => format!("{y:04}-Q{q}"),
            Point::Season(y, s) => format!("{y:04}-{s}"),
            Point::Month(y, m) => format!("{y:04}-{m:02}"),
            Point::Week(d) => week(d),
            Point::Weekend(d) => format!("{}-WE", week(d)),
            Point::Day(d) => d.to_string(),
        }
    }

    /// The year it lies in (the first one).
    pub(crate) fn year(self) -> i32 {
        match self {
            Point::Century(y)
            | Point::Decade(y)
            | Point::Year(y)
            | Point::Half(y, _)
            | Point::Quarter(y, _)
            | Point::Season(y, _)
            | Point::Month(y, _) => y,
            Point::Week(d) | Point::Weekend(d) | Point::Day(d) => i32::from(d.year()),
        }
    }

    /// Its first day.
    pub(crate) fn first_day(self) -> Date {
        let (year, month) = match self {
            Point::Century(y) | Point::Decade(y) | Point::Year(y) => (y, 1),
            Point::Half(y, h) => (y, if h == 1 { 1 } else { 7 }),
            Point::Quarter(y, q) => (y, q.clamp(1, 4) * 3 - 2),
            Point::Season(y, s) => {
                (y, SEASONS.iter().position(|&x| x == s).map_or(3, |at| at as u8 * 3 + 3))
            }
            Point::Month(y, m) => (y, m),
            Point::Week(d) | Point::Day(d) => return d,
            Point::Weekend(d) => return plus_days(d, 5),
        };
        date(year, month, 1).unwrap_or(Date::MIN)
    }

    /// The stretch of this unit that a day lies in.
    pub(crate) fn around(day: Date, unit: Unit) -> Point {
        let (year, month) = (i32::from(day.year()), day.month().unsigned_abs());
        match unit {
            Unit::Second | Unit::Minute | Unit::Hour | Unit::Day | Unit::Night => Point::Day(day),
            Unit::Week | Unit::Fortnight => Point::Week(monday(day)),
            Unit::Weekend => Point::Weekend(monday(day)),
            Unit::Month => Point::Month(year, month),
            Unit::Quarter => Point::Quarter(year, (month - 1) / 3 + 1),
            Unit::Semester => Point::Half(year, if month > 6 { 2 } else { 1 }),
            Unit::Year => Point::Year(year),
            Unit::Decade => Point::Decade(year.div_euclid(10) * 10),
            Unit::Century | Unit::Millennium => Point::Century(year.div_euclid(100) * 100),
        }
    }

    /// The point moved by whole units, at its own granularity where that is
    /// not coarser than the unit: a year before `1989-Q3` is `1988-Q3`.
    pub(crate) fn plus(self, count: i64, unit: Unit) -> Point {
        let years = |n: i64| (i64::from(self.year()) + n).clamp(1, 9999) as i32;
        let months = match unit {
            Unit::Month => count,
            Unit::Quarter => count.saturating_mul(3),
            Unit::Semester => count.saturating_mul(6),
            Unit::Year => count.saturating_mul(12),
            Unit::Decade => count.saturating_mul(120),
            Unit::Century => count.saturating_mul(1200),
            Unit::Millennium => count.saturating_mul(12000),
            Unit::Fortnight => return self.plus_days(count.saturating_mul(14)),
            Unit::Week | Unit::Weekend => return self.plus_days(count.saturating_mul(7)),
            _ => return self.plus_days(count),
        };
        let months = months.clamp(-120_000, 120_000);
        match self {
            Point::Century(_) => Point::Century(years(months / 12).div_euclid(100) * 100),
            Point::Decade(_) => Point::Decade(years(months / 12).div_euclid(10) * 10),
            Point::Year(_) => Point::Year(years(months / 12)),
            Point::Half(_, h) => Point::Half(years(months / 12), h),
            Point::Quarter(y, q) => {
                let (year, month) = plus_months(y, q * 3, months);
                Point::Quarter(year, month.div_ceil(3))
            }
            Point::Season(_, s) => Point::Season(years(months / 12), s),
            Point::Month(y, m) => {
                let (year, month) = plus_months(y, m, months);
                Point::Month(year, month)
            }
            Point::Week(d) => Point::Week(monday(months_from(d, months))),
            Point::Weekend(d) => Point::Weekend(monday(months_from(d, months))),
            Point::Day(d) => Point::Day(months_from(d, months)),
        }
    }

    fn plus_days(self, days: i64) -> Point {
        let moved = plus_days(self.first_day(), days.clamp(-4_000_000, 4_000_000));
        match self {
            Point::Week(_) => Point::Week(monday(moved)),
            Point::Weekend(_) => Point::Weekend(monday(moved)),
            _ => Point::Day(moved),
        }
    }
}

/// A day moved by months, at the end of the month where that is shorter.
fn months_from(day: Date, months: i64) -> Date {
    day.saturating_add(jiff::Span::new().try_months(months).unwrap_or_default())
}

fn week(day: Date) -> String {
    let week = day.iso_week_date();
    format!("{:04}-W{:02}", week.year(), week.week())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moving_feasts() {
        assert_eq!(easter(2024), date(2024, 3, 31));
        assert_eq!(easter(2018), date(2018, 4, 1));
        assert_eq!(orthodox_easter(2024), date(2024, 5, 5));
        assert_eq!(orthodox_easter(2018), date(2018, 4, 8));
        assert_eq!(nth_weekday(2018, 11, 4, 4), date(2018, 11, 22));
        assert_eq!(nth_weekday(2018, 5, 1, 0), date(2018, 5, 28));
    }

    #[test]
    fn points_move_at_their_own_granularity() {
        assert_eq!(Point::Quarter(1989, 3).plus(-1, Unit::Year).value(), "1988-Q3");
        assert_eq!(Point::Quarter(1989, 1).plus(-1, Unit::Quarter).value(), "1988-Q4");
        assert_eq!(Point::Month(2018, 12).plus(2, Unit::Month).value(), "2019-02");
        let leap = Point::Day(Date::constant(2020, 2, 29));
        assert_eq!(leap.plus(-1, Unit::Year).value(), "2019-02-28");
        assert_eq!(leap.plus(1, Unit::Day).value(), "2020-03-01");
        assert_eq!(Point::around(Date::constant(2018, 12, 31), Unit::Week).value(), "2019-W01");
        assert_eq!(Point::Decade(1990).value(), "199");
        assert_eq!(Point::Century(1900).value(), "19");
        assert_eq!(Point::Year(9999).plus(i64::MAX, Unit::Millennium).value(), "9999");
    }
}
