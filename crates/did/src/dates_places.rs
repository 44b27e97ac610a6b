//! When and where: time expressions and places hung to the triggers that the
//! tree puts them under.

use crate::tree::{DEEPEST, Tree};
use dateline_account::{Place, PlaceForm, Time, TimeType};
use std::collections::BTreeMap;
use std::ops::Range;

/// The rule that gave an event its date or place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Rule {
    /// It hangs below the trigger.
    Tree,
    /// No trigger of the sentence owns it, and it is the one for this act too.
    Sentence,
    /// It is that of the act before in the paragraph, which this one goes on
    /// from.
    Paragraph,
}

impl Rule {
    /// The rule in words.
    pub fn name(self) -> &'static str {
        match self {
            Self::Tree => "below the trigger (tree)",
            Self::Sentence => "the one of the sentence that no other act owns (sentence)",
            Self::Paragraph => "of the act before, as the sentence has none (paragraph)",
        }
    }
}

/// For each sentence: the times (or places) in it, with the token that heads
/// them, and for each trigger the one that hangs nearest below it.
#[derive(Debug, Default)]
pub(crate) struct Attached {
    /// By trigger word: index of the row and distance in arcs.
    by_trigger: BTreeMap<usize, (usize, usize)>,
    /// Rows of the sentence that hang below no trigger and no reporting verb:
    /// index and head token.
    free: Vec<(usize, usize)>,
}

impl Attached {
    /// The row of a trigger, with the rule; the nearest of the rows that no
    /// trigger owns when `fall_back`.
    pub fn of(&self, triggers: &[usize], fall_back: bool) -> Option<(usize, Rule)> {
        let own = triggers.iter().filter_map(|t| self.by_trigger.get(t));
        let own = own.min_by_key(|(_, distance)| *distance).map(|(row, _)| (*row, Rule::Tree));
        own.or_else(|| {
            let at = triggers.first().copied().unwrap_or(0);
            let free = self.free.iter().filter(|_| fall_back);
            free.min_by_key(|(_, head)| head.abs_diff(at)).map(|(row, _)| (*row, Rule::Sentence))
        })
    }
}

/// Whether a time told of one act dates another of the same sentence: they are
/// coordinated, or one goes on in the other ("was shot and two others wounded
/// late on Saturday", "fired on the crowd on Monday, killing two"). What stands
/// in a clause of its own, reported, relative or told of another time, has its
/// own date or none.
pub(crate) fn dates_alike(tree: &Tree<'_, '_>, time: usize, trigger: usize) -> bool {
    let goes_on = |at: usize| match tree.relation(at) {
        "conj" | "xcomp" | "obj" | "nsubj" => true,
        "advcl" => tree.xpos(at) == "VBG" && tree.preposition(at).is_none(),
        _ => false,
    };
    let chain = |start: usize, skip: usize| -> Vec<usize> {
        let mut out = vec![start];
        let mut at = start;
        for (step, above) in tree.above(start).take(8).enumerate() {
            if step >= skip && !goes_on(at) {
                break;
            }
            out.push(above);
            at = above;
        }
        out
    };
    if !matches!(tree.relation(time), "obl" | "advmod") {
        return false;
    }
    let from_time = chain(time, 1);
    chain(trigger, 0).iter().any(|at| from_time.get(1..).is_some_and(|rest| rest.contains(at)))
}

/// Words that only report: a time below them is when something was said.
pub(crate) type Reports<'f> = &'f dyn Fn(usize) -> bool;

/// Hangs rows (index and tokens, all of one sentence) to triggers.
pub(crate) fn attach(
    tree: &Tree<'_, '_>,
    rows: &[(usize, Range<usize>)],
    is_trigger: &dyn Fn(usize) -> bool,
    reports: Reports<'_>,
) -> Attached {
    let mut out = Attached::default();
    for (row, tokens) in rows {
        let head = tree.doc.head_of(tokens.clone());
        let mut reported = false;
        let mut owner = None;
        for (distance, above) in tree.above(head).take(DEEPEST).enumerate() {
            if is_trigger(above) {
                owner = Some((above, distance));
                break;
            }
            if reports(above) {
                reported = true;
                break;
            }
        }
        match owner {
            Some((trigger, distance)) => {
                let slot = out.by_trigger.entry(trigger).or_insert((*row, distance));
                if distance < slot.1 {
                    *slot = (*row, distance);
                }
            }
            None if !reported => out.free.push((*row, head)),
            None => {}
        }
    }
    out
}

/// Tokens of the times that say a point in time, by sentence.
pub(crate) fn times_by_sentence(
    tree: &Tree<'_, '_>,
    times: &[Time],
) -> BTreeMap<usize, Vec<(usize, Range<usize>)>> {
    let dated = times.iter().enumerate().filter(|(_, time)| date(time).is_some());
    by_sentence(tree, dated.map(|(row, time)| (row, tree.doc.tokens_in(time.span))))
}

/// Tokens of the places that are named (not demonyms), by sentence.
pub(crate) fn places_by_sentence(
    tree: &Tree<'_, '_>,
    places: &[Place],
) -> BTreeMap<usize, Vec<(usize, Range<usize>)>> {
    let named = places.iter().enumerate().filter(|(_, place)| place.form == PlaceForm::Name);
    let rows = named.map(|(row, place)| (row, tree.doc.tokens_in(place.span)));
    let rows = rows.filter(|(_, tokens)| {
        !tokens.is_empty() && is_where(tree, tree.doc.head_of(tokens.clone()))
    });
    by_sentence(tree, rows)
}

/// Whether a place's name says where something is: it follows a preposition
/// of place, or stands as an object.
fn is_where(tree: &Tree<'_, '_>, head: usize) -> bool {
    match tree.preposition(head) {
        Some(preposition) => matches!(
            preposition.as_ref(),
            "in" | "at"
                | "near"
                | "from"
                | "into"
                | "to"
                | "inside"
                | "outside"
                | "across"
                | "around"
                | "within"
                | "throughout"
                | "over"
                | "toward"
                | "towards"
                | "off"
                | "on"
                | "through"
                | "of"
                | "along"
                | "between"
                | "via"
        ),
        None => matches!(tree.deprel(head), "obj" | "nsubj:pass" | "obl" | "compound"),
    }
}

fn by_sentence(
    tree: &Tree<'_, '_>,
    rows: impl Iterator<Item = (usize, Range<usize>)>,
) -> BTreeMap<usize, Vec<(usize, Range<usize>)>> {
    let mut out: BTreeMap<usize, Vec<(usize, Range<usize>)>> = BTreeMap::new();
    for (row, tokens) in rows {
        if let Some(token) = tree.doc.tokens.get(tokens.start).filter(|_| !tokens.is_empty()) {
            let rows = out.entry(token.sentence).or_default();
            if rows.len() < 64 {
                rows.push((row, tokens));
            }
        }
    }
    out
}

/// The ISO 8601 date or interval of a time expression; `None` for durations,
/// sets, vague references and values with unknown digits.
pub(crate) fn date(time: &Time) -> Option<String> {
    if !matches!(time.kind, TimeType::Date | TimeType::Time) || time.value.contains('X') {
        return None;
    }
    let value = time.value.split('T').next()?;
    let mut parts = value.split('-');
    let year = parts.next()?;
    if year.len() != 4 || !year.chars().all(|c| c.is_ascii_digit()) {
        return None;
    }
    let (Some(second), third) = (parts.next(), parts.next()) else { return Some(year.to_owned()) };
    if let Some((from, to)) = months(second) {
        return Some(season(year, from, to));
    }
    if let Some(week) = second.strip_prefix('W') {
        return week_interval(year, week, third);
    }
    let digits = |text: &str| text.len() == 2 && text.chars().all(|c| c.is_ascii_digit());
    let whole = digits(second) && third.is_none_or(digits);
    whole.then(|| value.to_owned())
}

/// First and last month of a quarter, half or season.
fn months(code: &str) -> Option<(u8, u8)> {
    Some(match code {
        "Q1" => (1, 3),
        "Q2" => (4, 6),
        "Q3" => (7, 9),
        "Q4" => (10, 12),
        "H1" => (1, 6),
        "H2" => (7, 12),
        "SP" => (3, 5),
        "SU" => (6, 8),
        "FA" => (9, 11),
        "WI" => (12, 2),
        _ => return None,
    })
}

fn season(year: &str, from: u8, to: u8) -> String {
    if to >= from {
        return format!("{year}-{from:02}/{year}-{to:02}");
    }
    let next = year.parse::<u16>().map_or(0, |y| y.saturating_add(1));
    format!("{year}-{from:02}/{next:04}-{to:02}")
}

/// Monday to Sunday of an ISO week, or its weekend.
fn week_interval(year: &str, week: &str, rest: Option<&str>) -> Option<String> {
    let (year, week) = (year.parse().ok()?, week.parse().ok()?);
    let day = |weekday| {
        jiff::civil::ISOWeekDate::new(year, week, weekday).ok().map(jiff::civil::ISOWeekDate::date)
    };
    let start = match rest {
        Some("WE") => jiff::civil::Weekday::Saturday,
        _ => jiff::civil::Weekday::Monday,
    };
    Some(format!("{}/{}", day(start)?, day(jiff::civil::Weekday::Sunday)?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use dateline_account::Span;

    fn value(value: &str) -> Option<String> {
        let span = Span::new(0, 1);
        date(&Time { span, kind: TimeType::Date, value: value.into(), modifier: None })
    }

    #[test]
    fn values_become_iso_dates_and_intervals() {
        assert_eq!(value("2019-03-04T10:00").unwrap(), "2019-03-04");
        assert_eq!(value("2019-03").unwrap(), "2019-03");
        assert_eq!(value("2019").unwrap(), "2019");
        assert_eq!(value("2018-W51").unwrap(), "2018-12-17/2018-12-23");
        assert_eq!(value("2018-W51-WE").unwrap(), "2018-12-22/2018-12-23");
        assert_eq!(value("2018-Q2").unwrap(), "2018-04/2018-06");
        assert_eq!(value("2018-WI").unwrap(), "2018-12/2019-02");
        for vague in ["PAST_REF", "XXXX-03-04", "P3D", "", "20", "2018-99x", "201"] {
            assert_eq!(value(vague), None, "{vague}");
        }
    }
}
