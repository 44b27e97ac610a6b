//! Any text, any day: no panic, spans inside the text, values of TIMEX3 only.

use dateline_account::{TextIndex, Time};
use dateline_lexicon::Lexicons;
use dateline_syntax::Doc;
use dateline_when::TimeReader;
use jiff::civil::Date;
use proptest::prelude::*;
use std::sync::LazyLock;

static READER: LazyLock<TimeReader> =
    LazyLock::new(|| TimeReader::new(&Lexicons::embedded()).unwrap());

/// Pieces that expressions are made of, to meet the grammar's corners.
const PIECES: &[&str] = &[
    "the",
    "a",
    "an",
    "of",
    "in",
    "at",
    "on",
    "and",
    "to",
    "-",
    ",",
    ".",
    "/",
    ":",
    "'",
    "s",
    "\u{2019}",
    "last",
    "next",
    "this",
    "that",
    "past",
    "early",
    "late",
    "mid",
    "end",
    "year",
    "years",
    "quarter",
    "week",
    "weekend",
    "day",
    "days",
    "month",
    "hours",
    "decade",
    "century",
    "ago",
    "later",
    "earlier",
    "half",
    "two",
    "twenty",
    "hundred",
    "thousand",
    "million",
    "nineteen",
    "ninety",
    "third",
    "21st",
    "May",
    "Feb",
    "September",
    "Sunday",
    "Thursday",
    "Easter",
    "Thanksgiving",
    "Christmas",
    "9/11",
    "29",
    "30",
    "31",
    "1996",
    "2018",
    "0",
    "99",
    "1,000",
    "0430",
    "GMT",
    "EST",
    "a.m.",
    "pm",
    "o'clock",
    "noon",
    "midnight",
    "morning",
    "night",
    "summer",
    "fall",
    "today",
    "yesterday",
    "tonight",
    "now",
    "every",
    "each",
    "twice",
    "per",
    "about",
    "more than",
    "over",
    "old",
    "long",
    "ended",
    "before",
    "fiscal",
    "first",
    "same",
    "following",
    "said",
    "will",
    "\n\n",
    "\u{e9}",
    "\u{1F600}",
];

/// Whether a value is one that TIMEX3 allows.
fn is_valid(value: &str) -> bool {
    if matches!(value, "PAST_REF" | "PRESENT_REF" | "FUTURE_REF") {
        return true;
    }
    if let Some(period) = value.strip_prefix('P') {
        return period.chars().all(|c| c.is_ascii_digit() || ".XTSMHDWEQYCL".contains(c))
            && period.ends_with(|c: char| c.is_ascii_uppercase());
    }
    if let Some(year) = value.strip_prefix("BC") {
        return year.len() >= 4 && year.chars().all(|c| c.is_ascii_digit());
    }
    let (date, time) = match value.find('T') {
        Some(at) => value.split_at(at),
        None => (value, ""),
    };
    let day = date.parse::<Date>().is_ok();
    let shape: String =
        date.chars().map(|c| if c.is_ascii_digit() || c == 'X' { '9' } else { c }).collect();
    let shapes = [
        "99",
        "999",
        "9999",
        "9999-99",
        "9999-W99",
        "9999-W99-9",
        "9999-W99-99",
        "9999-W99-WE",
        "9999-99-99",
        "9999-H9",
        "9999-Q9",
        "9999-SP",
        "9999-SU",
        "9999-FA",
        "9999-WI",
    ];
    let real = day || shape != "9999-99-99" || date.contains('X');
    let month =
        date.get(5..7).and_then(|m| m.parse::<u8>().ok()).is_none_or(|m| (1..=12).contains(&m));
    let part = matches!(time, "" | "TMO" | "TMI" | "TAF" | "TEV" | "TNI" | "TDT");
    let clock = time.strip_prefix('T').is_some_and(is_clock);
    let field = |mark: char, range: std::ops::RangeInclusive<u8>| {
        let number =
            date.get(5..).and_then(|rest| rest.strip_prefix(mark)).map(|n| &n[..n.len().min(2)]);
        number.is_none_or(|n| n.contains('X') || n.parse().is_ok_and(|n| range.contains(&n)))
    };
    let fields = field('W', 1..=53) && field('Q', 1..=4) && field('H', 1..=2);
    // Only a long year has a week 53.
    let long = match (date.get(..4).and_then(|y| y.parse().ok()), date.get(5..8)) {
        (Some(year), Some("W53")) => {
            jiff::civil::ISOWeekDate::new(year, 53, jiff::civil::Weekday::Monday).is_ok()
        }
        _ => true,
    };
    shapes.contains(&shape.as_str()) && real && month && fields && long && (part || clock)
}

/// Whether a time of day is one: `24:00` is the end of a day.
fn is_clock(time: &str) -> bool {
    let parts: Option<Vec<u8>> =
        time.split(':').map(|p| p.parse().ok().filter(|_| p.len() == 2)).collect();
    match parts.as_deref() {
        Some([24, 0]) => true,
        Some([hour, minute]) => *hour < 24 && *minute < 60,
        Some([hour, minute, second]) => *hour < 24 && *minute < 60 && *second < 60,
        _ => false,
    }
}

fn check(text: &str, published: Option<Date>) -> Vec<Time> {
    let doc = Doc {
        text,
        index: TextIndex::new(text),
        tokens: vec![],
        sentences: vec![],
        paragraphs: vec![],
        names: vec![],
        attributions: vec![],
        values: vec![],
    };
    let times = READER.read(&doc, published);
    let mut last = 0;
    for time in &times {
        assert!(!time.span.is_empty() && time.span.end <= doc.index.len(), "{text:?} {time:?}");
        assert!(time.span.start >= last, "{text:?} {time:?}: not in order");
        last = time.span.end;
        assert!(!doc.slice(time.span).trim().is_empty());
        assert!(is_valid(&time.value), "{text:?} {time:?}");
    }
    times
}

fn day() -> impl Strategy<Value = Option<Date>> {
    let day = (1800i16..=2200, 1i8..=12, 1i8..=31)
        .prop_map(|(y, m, d)| (0..4).find_map(|back| Date::new(y, m, d - back).ok()));
    prop_oneof![4 => day, 1 => Just(None)]
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_unicode(text in "\\PC{0,200}", day in day()) {
        check(&text, day);
    }

    #[test]
    fn any_order_of_the_grammars_words(
        words in prop::collection::vec((prop::sample::select(PIECES), any::<bool>()), 0..60),
        day in day(),
    ) {
        let mut text = String::new();
        for (word, spaced) in words {
            text.push_str(word);
            if spaced {
                text.push(' ');
            }
        }
        check(&text, day);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever the day of publication: leap days, ends of months and years.
    #[test]
    fn near_days_are_those_of_the_calendar(
        (year, month, day) in (1800i16..=2200, 1i8..=12, 1i8..=31),
    ) {
        let published = (0..4).find_map(|back| Date::new(year, month, day - back).ok()).unwrap();
        let values = |text: &str| -> Vec<String> {
            check(text, Some(published)).into_iter().map(|t| t.value).collect()
        };
        let plus = |days: i64| {
            published.saturating_add(jiff::Span::new().days(days)).to_string()
        };
        prop_assert_eq!(values("It closed yesterday."), [plus(-1)]);
        prop_assert_eq!(values("It opens tomorrow."), [plus(1)]);
        prop_assert_eq!(values("It closed 400 days ago."), [plus(-400)]);
        let week = published.saturating_sub(jiff::Span::new().weeks(1)).iso_week_date();
        let week = format!("{:04}-W{:02}", week.year(), week.week());
        prop_assert_eq!(values("It closed last week."), [week]);
        prop_assert_eq!(values("It closed last year."), [format!("{:04}", year - 1)]);
        let told = values("It closed on Wednesday.");
        let past: Date = told[0].parse().unwrap();
        let back = published.since(past).unwrap().get_days();
        prop_assert!((0..7).contains(&back) && past.weekday() == jiff::civil::Weekday::Wednesday);
        let leap = values("It closed on Feb. 29.");
        prop_assert!(leap[0] == "XXXX-02-29" || leap[0].parse::<Date>().is_ok());
    }
}

#[test]
fn long_runs_of_one_word_stay_cheap() {
    for word in PIECES {
        check(&format!("{word} ").repeat(20_000), Date::new(2018, 12, 20).ok());
    }
}
