//! The days that a date's value covers.

use jiff::ToSpan;
use jiff::civil::{Date, ISOWeekDate, Weekday};

/// First and last day of a TIMEX3 date or an interval `A/B` of two: of
/// `2018-12` the 1st and the 31st. Nothing where the year is not known.
///
/// ```
/// use dateline_store::days;
/// assert_eq!(days("2018-W51").map(|(a, b)| (a.to_string(), b.to_string())),
///     Some(("2018-12-17".into(), "2018-12-23".into())));
/// assert_eq!(days("XXXX-12-20"), None);
/// ```
pub fn days(value: &str) -> Option<(Date, Date)> {
    if let Some((from, to)) = value.split_once('/') {
        let (from, to) = (days(from)?.0, days(to)?.1);
        return (from <= to).then_some((from, to));
    }
    let value = value.split(['T', 't', ' ']).next()?;
    let mut parts = value.split('-');
    let year: i16 = number(parts.next()?, 4)?;
    let (part, day) = (parts.next(), parts.next());
    let months = |from: i8, count: i32| {
        let first = Date::new(year, from, 1).ok()?;
        Some((first, first.checked_add(count.months()).ok()?.yesterday().ok()?))
    };
    match (part, day) {
        (None, _) => months(1, 12),
        (Some(part), None) if part.starts_with('W') => {
            let monday = ISOWeekDate::new(year, number(&part[1..], 2)?, Weekday::Monday).ok()?;
            let monday = monday.date();
            Some((monday, monday.checked_add(6.days()).ok()?))
        }
        (Some(part), None) if part.starts_with('Q') => {
            let quarter: i8 = number(&part[1..], 1).filter(|q| (1..=4).contains(q))?;
            months(quarter * 3 - 2, 3)
        }
        (Some(part), None) if part.starts_with('H') => {
            let half: i8 = number(&part[1..], 1).filter(|h| (1..=2).contains(h))?;
            months(half * 6 - 5, 6)
        }
        (Some(month), None) => months(number(month, 2)?, 1),
        (Some(month), Some(day)) => {
            let day = Date::new(year, number(month, 2)?, number(day, 2)?).ok()?;
            Some((day, day))
        }
    }
}

/// A number of just so many digits.
fn number<T: std::str::FromStr>(digits: &str, length: usize) -> Option<T> {
    let sound = digits.len() == length && digits.bytes().all(|b| b.is_ascii_digit());
    sound.then(|| digits.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(value: &str) -> Option<(String, String)> {
        days(value).map(|(from, to)| (from.to_string(), to.to_string()))
    }

    #[test]
    fn dates_of_every_width() {
        for (value, from, to) in [
            ("2022-02-16", "2022-02-16", "2022-02-16"),
            ("2022-02-16T14:00", "2022-02-16", "2022-02-16"),
            ("2024-02", "2024-02-01", "2024-02-29"),
            ("1999", "1999-01-01", "1999-12-31"),
            ("2020-Q4", "2020-10-01", "2020-12-31"),
            ("2020-H1", "2020-01-01", "2020-06-30"),
            ("1997-04-14/1997-04-20", "1997-04-14", "1997-04-20"),
        ] {
            assert_eq!(of(value), Some((from.to_owned(), to.to_owned())), "{value}");
        }
    }

    #[test]
    fn nothing_where_the_days_are_not_known() {
        for value in [
            "",
            "PAST_REF",
            "XXXX-02-01",
            "2022-13",
            "2022-02-30",
            "2022-W77",
            "202",
            "2022-SU",
            "é-é",
        ] {
            assert_eq!(of(value), None, "{value}");
        }
        assert_eq!(of("2022-02-03/2022-02-01"), None);
    }
}
