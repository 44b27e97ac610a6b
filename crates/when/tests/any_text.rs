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
    let clock = time.len() >= 6 && time[1..].chars().all(|c| c.is_ascii_digit() || c == ':');
    shapes.contains(&shape.as_str()) && real && month && (part || clock)
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

#[test]
fn long_runs_of_one_word_stay_cheap() {
    for word in PIECES {
        check(&format!("{word} ").repeat(20_000), Date::new(2018, 12, 20).ok());
    }
}
