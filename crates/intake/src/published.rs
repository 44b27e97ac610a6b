//! The day of publication, as inputs write it.

use jiff::Timestamp;
use jiff::civil::Date;

/// A publication date in the account's notation: a day `YYYY-MM-DD`, or a full
/// RFC 3339 time where one was given.
///
/// Read are ISO days and times, days without hyphens (`20181220`), days with
/// the month's English name (`20 December 2018`, `Dec. 20, 2018`) and RFC 2822
/// times, as feeds have them. `None` for anything else, also for dates whose
/// day and month could be confused and for dates without a four-digit year.
///
/// ```
/// use dateline_intake::published;
/// assert_eq!(published("2018-12-20").as_deref(), Some("2018-12-20"));
/// assert_eq!(published("2018-12-20 09:30").as_deref(), Some("2018-12-20"));
/// assert_eq!(published("2018-12-20T09:30:00Z").as_deref(), Some("2018-12-20T09:30:00Z"));
/// assert_eq!(published("Thu, 20 Dec 2018 09:30:00 GMT").as_deref(), Some("2018-12-20"));
/// assert_eq!(published("December 20, 2018").as_deref(), Some("2018-12-20"));
/// assert_eq!(published("2018-02-30"), None);
/// assert_eq!(published("12/10/2018"), None);
/// ```
pub fn published(date: &str) -> Option<String> {
    let date = date.trim();
    if date.parse::<Timestamp>().is_ok() {
        return Some(date.to_owned());
    }
    iso_day(date).or_else(|| named_month(date)).map(|day| day.to_string())
}

/// `2018-12-20`, `2018/12/20`, `20181220`, each with or without a time after.
fn iso_day(date: &str) -> Option<Date> {
    let compact = date.get(..8).filter(|d| d.bytes().all(|b| b.is_ascii_digit()));
    let (year, month, day, rest) = if let Some(digits) = compact {
        (&digits[..4], &digits[4..6], &digits[6..], &date[8..])
    } else {
        let head = date.get(..10)?;
        let separator = head.get(4..5).filter(|s| ["-", "/", "."].contains(s))?;
        let mut parts = head.split(separator);
        (parts.next()?, parts.next()?, parts.next()?, &date[10..])
    };
    if !(rest.is_empty() || rest.starts_with(['T', 't', ' '])) {
        return None;
    }
    Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
}

/// Month names by their first three letters.
const MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// `20 December 2018`, `Dec. 20, 2018`, `Thu, 20 Dec 2018 09:30:00 GMT`.
fn named_month(date: &str) -> Option<Date> {
    let words: Vec<&str> =
        date.split([' ', ',', '.', '\t', '-']).filter(|word| !word.is_empty()).take(8).collect();
    let month_at = words.iter().position(|word| month(word).is_some())?;
    let number =
        |at: usize| words.get(at)?.trim_end_matches(char::is_alphabetic).parse::<i16>().ok();
    let year = words
        .iter()
        .skip(month_at + 1)
        .find(|word| word.len() == 4 && word.bytes().all(|byte| byte.is_ascii_digit()))?;
    let day = month_at.checked_sub(1).and_then(number).or_else(|| number(month_at + 1))?;
    Date::new(year.parse().ok()?, month(words[month_at])?, day.try_into().ok()?).ok()
}

fn month(word: &str) -> Option<i8> {
    let word = word.to_ascii_lowercase();
    let at = MONTHS.iter().position(|month| word.starts_with(month))?;
    let full = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ][at];
    (full.starts_with(&word) || word == "sept").then_some(at as i8 + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_inputs_write() {
        for (given, wanted) in [
            (" 2018-12-20 ", "2018-12-20"),
            ("20181220", "2018-12-20"),
            ("20181220T0930", "2018-12-20"),
            ("2018/12/20", "2018-12-20"),
            ("2018-12-20T23:30:00-05:00", "2018-12-20T23:30:00-05:00"),
            ("9 Oct 2016", "2016-10-09"),
            ("Sept. 3rd, 2016", "2016-09-03"),
            ("Sunday, May 1, 2016 at 5 PM", "2016-05-01"),
            ("9-Oct-2016", "2016-10-09"),
        ] {
            assert_eq!(published(given).as_deref(), Some(wanted), "{given}");
        }
    }

    #[test]
    fn leaves_what_is_no_certain_day() {
        for given in [
            "",
            "yesterday",
            "2018",
            "2018-13-01",
            "10/12/2018",
            "Dec 20, 18",
            "December 9",
            "May 2016",
            "31 June 2016",
            "2018-12-20abc",
            "é018-12-20",
            "99999999",
        ] {
            assert_eq!(published(given), None, "{given}");
        }
    }
}
