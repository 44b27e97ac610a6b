//! Counts over time as stacked bars: a day, a week, a month or a year each, as
//! many as fit.

use super::tenth;
use jiff::civil::Date;
use maud::{Markup, html};
use std::collections::BTreeMap;

const WIDTH: f64 = 1000.0;
const HEIGHT: f64 = 170.0;
/// Below the bars, for the days.
const FOOT: f64 = 24.0;
/// Most bars.
const MOST: i64 = 140;

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

/// The bars as a picture that is called `title`. Days that are none are left
/// out; so are the few that lie far before the others, which would press all
/// others together.
pub fn bars(all: &[Bar], title: &str) -> Markup {
    let mut dated: Vec<(Date, &Bar)> =
        all.iter().filter_map(|bar| Some((bar.day.parse().ok()?, bar))).collect();
    dated.sort_by_key(|(day, _)| *day);
    let total: i64 = dated.iter().map(|(_, bar)| bar.number).sum();
    let mut seen = 0;
    let from = dated.iter().position(|(_, bar)| {
        seen += bar.number;
        seen * 25 > total
    });
    dated.drain(..from.unwrap_or(0));
    let Some((&(first, _), &(last, _))) = dated.first().zip(dated.last()) else {
        return html! {};
    };
    let steps = [Step::Day, Step::Week, Step::Month, Step::Year];
    let fits = |step: &Step| step.of(last) - step.of(first) < MOST;
    let step = steps.into_iter().find(fits).unwrap_or(Step::Year);
    let (begin, end) = (step.of(first), step.of(last));
    let mut stacks: BTreeMap<i64, BTreeMap<&str, i64>> = BTreeMap::new();
    for (day, bar) in &dated {
        *stacks.entry(step.of(*day)).or_default().entry(bar.class).or_default() += bar.number;
    }
    let highest = stacks.values().map(|stack| stack.values().sum()).max().unwrap_or(1).max(1);
    let wide = WIDTH / (end - begin + 1).max(8) as f64;
    let scale = (HEIGHT - 8.0) / highest as f64;
    let mut ticks: Vec<i64> = (0..=4).map(|part| begin + (end - begin) * part / 4).collect();
    ticks.dedup();
    html! {
        svg viewBox=(format!("0 0 {WIDTH} {}", HEIGHT + FOOT)) role="img" aria-label=(title) {
            @for (bar, stack) in &stacks {
                @let sum: i64 = stack.values().sum();
                g {
                    title { (step.name(*bar)) ": " (sum) }
                    @let x = (bar - begin) as f64 * wide;
                    @for (at, (class, number)) in stack.iter().enumerate() {
                        @let below: i64 = stack.values().take(at).sum();
                        rect class=(class) x=(tenth(x)) width=(tenth((wide - 1.0).clamp(1.0, 40.0)))
                            y=(tenth(HEIGHT - (below + number) as f64 * scale)) height=(tenth(*number as f64 * scale)) {}
                    }
                }
            }
            line class="axis" x1="0" x2=(WIDTH) y1=(HEIGHT) y2=(HEIGHT) {}
            text class="tick" x="0" y="10" { (highest) }
            @for (at, tick) in ticks.iter().enumerate() {
                @let x = (tick - begin) as f64 * wide;
                @let last = at > 0 && at + 1 == ticks.len();
                text class="tick" x=(tenth(if last { x + wide } else { x })) y=(HEIGHT + 18.0) text-anchor=(if last && x > WIDTH / 2.0 { "end" } else { "start" }) { (step.name(*tick)) }
            }
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
}
