//! Counts over time as stacked bars: a day, a week, a month or a year each, as
//! many as fit. The bars are stretched to whatever room there is, so what is
//! written beside them is no part of the picture.

use super::tenth;
use crate::text::thousands;
use jiff::civil::Date;
use maud::{Markup, html};
use std::collections::BTreeMap;

const WIDTH: f64 = 1000.0;
const HEIGHT: f64 = 170.0;
/// Most bars, and fewest that the picture has room for.
const MOST: i64 = 140;
const FEWEST: i64 = 8;
/// One in so many of all may lie so far before or after the others that it
/// would press them together; they are left out then, and counted.
const FAR: i64 = 25;

/// Some of a class on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bar {
    /// ISO day.
    pub day: String,
    /// Class of its colour.
    pub class: &'static str,
    /// How many.
    pub number: i64,
}

/// How long a bar is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    Day,
    Week,
    Month,
    Year,
}

impl Step {
    /// The number of the bar that a day falls into, from an arbitrary zero.
    fn of(self, day: Date) -> i64 {
        let days = days_of(day);
        match self {
            Step::Day => days,
            // The first of January 1970 was a Thursday.
            Step::Week => (days + 3).div_euclid(7),
            Step::Month => i64::from(day.year()) * 12 + i64::from(day.month()) - 1,
            Step::Year => i64::from(day.year()),
        }
    }

    /// What stands below a bar.
    fn name(self, bar: i64) -> String {
        let of_days = |days: i64| {
            let epoch = jiff::civil::date(1970, 1, 1);
            epoch.checked_add(jiff::Span::new().days(days)).unwrap_or(epoch)
        };
        match self {
            Step::Day => of_days(bar).strftime("%-d %b %Y").to_string(),
            Step::Week => of_days(bar * 7 - 3).strftime("week of %-d %b %Y").to_string(),
            Step::Month => {
                let (year, month) = (bar.div_euclid(12), bar.rem_euclid(12) + 1);
                Date::new(year as i16, month as i8, 1)
                    .map_or_else(|_| String::new(), |day| day.strftime("%b %Y").to_string())
            }
            Step::Year => bar.to_string(),
        }
    }
}

fn days_of(day: Date) -> i64 {
    let epoch = jiff::civil::date(1970, 1, 1);
    (day - epoch).get_days().into()
}

/// The bars as a picture that is called `title`, with the days below it. Days
/// that are none are left out.
pub fn bars(all: &[Bar], title: &str) -> Markup {
    let mut dated: Vec<(Date, &Bar)> =
        all.iter().filter_map(|bar| Some((bar.day.parse().ok()?, bar))).collect();
    dated.sort_by_key(|(day, _)| *day);
    let total: i64 = dated.iter().map(|(_, bar)| bar.number).sum();
    let far = |seen: &mut i64, bar: &Bar| {
        *seen += bar.number;
        *seen * FAR <= total
    };
    let (mut early, mut late) = (0, 0);
    let first = dated.iter().position(|(_, bar)| !far(&mut early, bar)).unwrap_or(0);
    let last = dated.iter().rposition(|(_, bar)| !far(&mut late, bar)).unwrap_or(0);
    // what is as near as the others are to each other stays
    let days = |at: usize| dated.get(at).map_or(0, |(day, _)| days_of(*day));
    let reach = (days(last) - days(first)).max(7);
    let (begin, end) = (days(first) - reach, days(last) + reach);
    let near = |(day, _): &(Date, &Bar)| (begin..=end).contains(&days_of(*day));
    let first = dated.iter().position(near).unwrap_or(0);
    let last = dated.iter().rposition(near).unwrap_or(0);
    let (before, after) = (&dated[..first], &dated[(last + 1).min(dated.len())..]);
    let left_out: i64 = before.iter().chain(after).map(|(_, bar)| bar.number).sum();
    let dated = dated.get(first..=last).unwrap_or_default();
    let Some((&(first, _), &(last, _))) = dated.first().zip(dated.last()) else {
        return html! {};
    };
    let steps = [Step::Day, Step::Week, Step::Month, Step::Year];
    let fits = |step: &Step| step.of(last) - step.of(first) < MOST;
    let step = steps.into_iter().find(fits).unwrap_or(Step::Year);
    let begin = step.of(first);
    let end = step.of(last).max(begin + FEWEST - 1);
    let mut stacks: BTreeMap<i64, BTreeMap<&str, i64>> = BTreeMap::new();
    for (day, bar) in dated {
        *stacks.entry(step.of(*day)).or_default().entry(bar.class).or_default() += bar.number;
    }
    let highest = stacks.values().map(|stack| stack.values().sum()).max().unwrap_or(1).max(1);
    let wide = WIDTH / (end - begin + 1) as f64;
    let scale = HEIGHT / highest as f64;
    let ticks = (0..=4).map(|part| begin + (end - begin) * part / 4);
    html! {
        div class="chart" {
            span class="most" { (thousands(highest)) }
            svg viewBox=(format!("0 0 {WIDTH} {HEIGHT}")) preserveAspectRatio="none" role="img" aria-label=(title) {
                @for (bar, stack) in &stacks {
                    @let sum: i64 = stack.values().sum();
                    g {
                        title { (step.name(*bar)) ": " (sum) }
                        @let x = (bar - begin) as f64 * wide;
                        @for (at, (class, number)) in stack.iter().enumerate() {
                            @let below: i64 = stack.values().take(at).sum();
                            rect class=(class) x=(tenth(x)) width=(tenth((wide * 0.86).max(1.0)))
                                y=(tenth(HEIGHT - (below + number) as f64 * scale)) height=(tenth(*number as f64 * scale)) {}
                        }
                    }
                }
            }
            p class="ticks" { @for tick in ticks { span { (step.name(tick)) } " " } }
            @if left_out > 0 { p class="meta" { (thousands(left_out)) " that lie far from the others are not drawn." } }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bar(day: &str, number: i64) -> Bar {
        Bar { day: day.to_owned(), class: "q1", number }
    }

    #[test]
    fn bars_are_as_long_as_time_asks() {
        let day = |text: &str| text.parse::<Date>().unwrap();
        assert_eq!(Step::Week.of(day("1970-01-04")), Step::Week.of(day("1969-12-29")));
        assert_eq!(Step::Week.name(Step::Week.of(day("2024-05-08"))), "week of 6 May 2024");
        assert_eq!(Step::Month.name(Step::Month.of(day("2021-12-31"))), "Dec 2021");
        let days = [bar("2021-03-01", 2), bar("2021-03-03", 1)];
        let html = bars(&days, "x").into_string();
        assert!(html.contains("1 Mar 2021: 2") && html.matches("<rect").count() == 2, "{html}");
        let years = [bar("1900-01-01", 1), bar("2021-03-03", 1), bar("x", 5), bar("9999-12-31", 1)];
        let html = bars(&years, "x").into_string();
        assert!(html.matches("<rect").count() >= 2, "{html}");
        assert_eq!(bars(&[], "x").into_string(), "");
    }

    #[test]
    fn what_lies_far_away_is_left_out_and_counted() {
        let mut all: Vec<Bar> = (1..=28).map(|d| bar(&format!("2021-03-{d:02}"), 10)).collect();
        all.extend([bar("1789-07-14", 1), bar("2100-01-01", 2)]);
        let html = bars(&all, "x").into_string();
        assert!(html.contains(">3 that lie far") && html.contains("28 Mar 2021: 10"), "{html}");
        assert_eq!(html.matches("<rect").count(), 28);
    }
}
