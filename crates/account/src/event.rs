//! PLOVER events: who did what to whom.

use crate::Span;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

macro_rules! event_types {
    ($($(#[$doc:meta])* $name:ident = $code:literal),* $(,)?) => {
        /// The sixteen event types of PLOVER (manual of 2021).
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
        #[serde(rename_all = "UPPERCASE")]
        #[allow(missing_docs)]
        pub enum EventType { $($(#[$doc])* $name),* }

        impl EventType {
            /// All types, in the manual's order.
            pub const ALL: &[EventType] = &[$(EventType::$name),*];

            /// The code, such as `RETREAT`.
            pub const fn code(self) -> &'static str {
                match self { $(EventType::$name => $code),* }
            }

            /// The type of a code; `None` for anything that is not one.
            ///
            /// ```
            /// use dateline_account::EventType;
            /// assert_eq!(EventType::from_code("RETREAT"), Some(EventType::Retreat));
            /// assert_eq!(EventType::from_code("retreat"), None);
            /// ```
            pub fn from_code(code: &str) -> Option<EventType> {
                match code { $($code => Some(EventType::$name),)* _ => None }
            }
        }
    };
}

event_types! {
    Agree = "AGREE", Consult = "CONSULT", Support = "SUPPORT", Cooperate = "COOPERATE",
    Aid = "AID", Concede = "CONCEDE", Retreat = "RETREAT", Request = "REQUEST",
    Accuse = "ACCUSE", Reject = "REJECT", Threaten = "THREATEN", Protest = "PROTEST",
    Sanction = "SANCTION", Mobilize = "MOBILIZE", Coerce = "COERCE", Assault = "ASSAULT",
}

/// Whether the text says that the event took place or that it did not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Polarity {
    /// It did.
    Positive,
    /// It did not ("did not attack").
    Negative,
}

/// In what mode of reality the text puts the event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Modality {
    /// It happened.
    Actual,
    /// Somebody means to do it.
    Planned,
    /// It may happen or have happened.
    Possible,
    /// It is only supposed.
    Hypothetical,
    /// Somebody was told or asked to do it.
    Ordered,
    /// It is going on.
    Ongoing,
}

/// A PLOVER event with the words that express it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Event {
    /// Index of the event in the account.
    pub id: u32,
    /// PLOVER type.
    #[serde(rename = "type")]
    pub kind: EventType,
    /// PLOVER mode of that type: `withdraw`.
    pub mode: Option<String>,
    /// PLOVER contexts: `military`.
    pub contexts: Vec<String>,
    /// Entity indexes of those who act.
    pub actor: Vec<u32>,
    /// Entity indexes of those acted upon.
    pub recipient: Vec<u32>,
    /// Words that express the event.
    pub trigger: Vec<Span>,
    /// Index into the account's sentences.
    pub sentence: u32,
    /// ISO date or interval.
    pub date: Option<String>,
    /// Index into the account's times that the date comes from.
    pub time: Option<u32>,
    /// Index into the account's places.
    pub place: Option<u32>,
    /// Whether it took place.
    pub polarity: Polarity,
    /// Actual, planned, possible, ...
    pub modality: Modality,
    /// The claim that reports the event; null when the article asserts it.
    pub claim: Option<u32>,
    /// Between 0 and 1.
    pub confidence: f32,
    /// What decided, in short sentences; only when asked for.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub explain: Vec<String>,
}
