//! Values that need no calendar: lengths of time, and dates of which nothing
//! but their place in the year or week is known.

use crate::holidays::Rule;
use crate::meaning::{Count, Field};
use crate::unit::Unit;

/// The value of a field whose year cannot be known.
pub(crate) fn unknown_field(field: Field) -> String {
    match field {
        Field::Month(month) => format!("XXXX-{month:02}"),
        Field::MonthDay(month, day) => format!("XXXX-{month:02}-{day:02}"),
        Field::Quarter(quarter) => format!("XXXX-Q{quarter}"),
        Field::Half(half) => format!("XXXX-H{half}"),
        Field::Season(season) => format!("XXXX-{season}"),
        Field::Weekday(day) => format!("XXXX-WXX-{day}"),
        Field::Holiday(Rule::Fixed(month, day)) => format!("XXXX-{month:02}-{day:02}"),
        Field::Holiday(Rule::Nth(month, ..)) => format!("XXXX-{month:02}-XX"),
        Field::Holiday(_) => "XXXX-XX-XX".to_owned(),
    }
}

/// The value of a unit's stretch when nothing of it can be known.
pub(crate) fn unknown_unit(unit: Unit) -> &'static str {
    match unit {
        Unit::Week | Unit::Fortnight => "XXXX-WXX",
        Unit::Weekend => "XXXX-WXX-WE",
        Unit::Month => "XXXX-XX",
        Unit::Quarter => "XXXX-QX",
        Unit::Semester => "XXXX-HX",
        Unit::Year => "XXXX",
        Unit::Decade => "XXX",
        Unit::Century | Unit::Millennium => "XX",
        _ => "XXXX-XX-XX",
    }
}

/// The TIMEX3 value of a length: `P3M`, `PT2H`, `P2Y6M`, `PXD`.
pub(crate) fn period(count: Count, unit: Unit) -> String {
    let (scale, letter) = match unit {
        Unit::Second => (1.0, "S"),
        Unit::Minute => (1.0, "M"),
        Unit::Hour => (1.0, "H"),
        Unit::Day | Unit::Night => (1.0, "D"),
        Unit::Week => (1.0, "W"),
        Unit::Weekend => (1.0, "WE"),
        Unit::Fortnight => (2.0, "W"),
        Unit::Month => (1.0, "M"),
        Unit::Quarter => (1.0, "Q"),
        Unit::Semester => (6.0, "M"),
        Unit::Year => (1.0, "Y"),
        Unit::Decade => (10.0, "Y"),
        Unit::Century => (100.0, "Y"),
        Unit::Millennium => (1000.0, "Y"),
    };
    let time = if unit.is_clock() { "T" } else { "" };
    let Count::Exact(count) = count else {
        return match unit {
            Unit::Decade => "PXDE".to_owned(),
            Unit::Century => "PXCE".to_owned(),
            Unit::Millennium => "PXML".to_owned(),
            _ => format!("P{time}X{letter}"),
        };
    };
    let count = count * scale;
    let (whole, rest) = (count.trunc(), count.fract());
    let parts = match letter {
        _ if rest == 0.0 => return format!("P{time}{whole}{letter}"),
        "Y" => Some((12.0, "M")),
        "H" if unit.is_clock() => Some((60.0, "M")),
        _ => None,
    };
    let small = parts.map(|(scale, letter)| ((rest * scale).round(), letter));
    match small {
        Some((part, small)) if whole == 0.0 => format!("P{time}{part}{small}"),
        Some((part, small)) => format!("P{time}{whole}{letter}{part}{small}"),
        None if unit == Unit::Day && rest == 0.5 && whole == 0.0 => "PT12H".to_owned(),
        None => format!("P{time}{count}{letter}"),
    }
}
