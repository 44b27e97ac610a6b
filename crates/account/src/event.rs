//! Events: who did what to whom.

use crate::{EventType, Span};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

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

/// The four quarters that types of events fall into, by deed or word and by
/// will, as CAMEO and PLOVER have them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Quad {
    /// Good will in words: agrees, talks, supports.
    VerbalCooperation,
    /// Good will in deeds: works together, helps, withdraws.
    MaterialCooperation,
    /// Ill will in words: demands, accuses, rejects, threatens.
    VerbalConflict,
    /// Ill will in deeds: protests, sanctions, arrests, attacks.
    MaterialConflict,
}

impl Quad {
    /// All quad classes, in the usual order: its numbers are 1 to 4.
    pub const ALL: [Quad; 4] = [
        Quad::VerbalCooperation,
        Quad::MaterialCooperation,
        Quad::VerbalConflict,
        Quad::MaterialConflict,
    ];

    /// The name in JSON and in lexicons: `material-conflict`.
    pub const fn name(self) -> &'static str {
        match self {
            Quad::VerbalCooperation => "verbal-cooperation",
            Quad::MaterialCooperation => "material-cooperation",
            Quad::VerbalConflict => "verbal-conflict",
            Quad::MaterialConflict => "material-conflict",
        }
    }

    /// The quad class of a name.
    pub fn from_name(name: &str) -> Option<Quad> {
        Self::ALL.into_iter().find(|quad| quad.name() == name)
    }
}

/// An event with the words that express it. Type, mode and contexts are
/// PLOVER's, or those of an ontology of one's own.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Event {
    /// Index of the event in the account.
    pub id: u32,
    /// Type: one of PLOVER's, or of an ontology of one's own.
    #[serde(rename = "type")]
    pub kind: EventType,
    /// Mode of that type: `withdraw`.
    pub mode: Option<String>,
    /// Contexts: `military`.
    pub contexts: Vec<String>,
    /// Quad class of the type; only when asked for, and where the ontology has
    /// one (all of PLOVER's types have).
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub quad: Option<Quad>,
    /// How hostile (-10) or friendly (10) such events are, of the mode or else
    /// of the type; only when asked for, and where the ontology says so
    /// (PLOVER's manual gives no numbers).
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub intensity: Option<f32>,
    /// The nearest CAMEO code by type, mode and contexts: `0874`; only when
    /// asked for, and where the type has one (all of PLOVER's have).
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub cameo: Option<String>,
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quad_classes_are_called_in_json_as_in_lexicons() {
        for quad in Quad::ALL {
            assert_eq!(serde_json::to_string(&quad).unwrap(), format!("\"{}\"", quad.name()));
            assert_eq!(Quad::from_name(quad.name()), Some(quad));
        }
        assert_eq!(Quad::from_name("material conflict"), None);
    }
}
