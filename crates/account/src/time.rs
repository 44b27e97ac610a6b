//! Time expressions.

use crate::Span;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// TIMEX3 type.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "UPPERCASE")]
pub enum TimeType {
    /// A calendar date of any granularity, or a vague reference.
    Date,
    /// A time of day.
    Time,
    /// A length of time.
    Duration,
    /// A recurring time.
    Set,
}

/// A time expression, after TIMEX3 of TimeML 1.2.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Time {
    /// The words.
    pub span: Span,
    /// TIMEX3 type.
    #[serde(rename = "type")]
    pub kind: TimeType,
    /// TIMEX3 value: `2018-12-20`, `2018-W51`, `P6M`, `PAST_REF`. Where the
    /// article's date is unknown a relative date keeps `X` for the digits that
    /// cannot be known (`XXXX-12-20`, `XXXX-WXX-4`).
    pub value: String,
    /// TIMEX3 modifier: `APPROX`, `START`, `MID`, `END`, `LESS_THAN`, ...
    #[serde(rename = "mod")]
    pub modifier: Option<String>,
}
