//! What kind of event: PLOVER's sixteen types, and the types of an ontology of
//! one's own.

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::borrow::Cow;
use std::fmt;

/// The most bytes of a code: what fits beside the sixteen without a heap.
const LONGEST: usize = 31;

macro_rules! event_types {
    ($($name:ident = $code:literal),* $(,)?) => {
        /// A type of events. In JSON it is its code: `"RETREAT"`.
        ///
        /// The sixteen types of PLOVER (manual of 2021) have names here; a type
        /// of an ontology of one's own is [`EventType::Other`].
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[allow(missing_docs)]
        pub enum EventType {
            $($name,)*
            /// A type that is not PLOVER's.
            Other(OtherType),
        }

        impl EventType {
            /// PLOVER's types, in the manual's order.
            pub const ALL: &[EventType] = &[$(EventType::$name),*];

            /// The code, such as `RETREAT`.
            pub fn code(&self) -> &str {
                match self {
                    $(EventType::$name => $code,)*
                    EventType::Other(other) => other.code(),
                }
            }

            /// The type of a code: one of PLOVER's, or another; `None` for what
            /// can be no code. A code begins with a capital letter and goes on
            /// with capital letters, digits, `-` and `_`, 31 at most, all ASCII.
            ///
            /// ```
            /// use dateline_account::EventType;
            /// assert_eq!(EventType::from_code("RETREAT"), Some(EventType::Retreat));
            /// assert_eq!(EventType::from_code("FLOOD").unwrap().code(), "FLOOD");
            /// assert_eq!(EventType::from_code("retreat"), None);
            /// ```
            pub fn from_code(code: &str) -> Option<EventType> {
                match code {
                    $($code => Some(EventType::$name),)*
                    _ => OtherType::new(code).map(EventType::Other),
                }
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

impl Serialize for EventType {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}

impl<'de> Deserialize<'de> for EventType {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let code = Cow::<'de, str>::deserialize(deserializer)?;
        EventType::from_code(&code).ok_or_else(|| {
            serde::de::Error::custom(format!("'{code}' is no code of an event type"))
        })
    }
}

impl JsonSchema for EventType {
    fn schema_name() -> Cow<'static, str> {
        "EventType".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let plover: Vec<&str> = Self::ALL.iter().map(Self::code).collect();
        json_schema!({
            "description": "A type of events.",
            "anyOf": [
                {
                    "description": "The sixteen event types of PLOVER (manual of 2021).",
                    "type": "string",
                    "enum": plover
                },
                {
                    "description": "A type of an ontology of one's own (--ontology).",
                    "type": "string",
                    "pattern": format!("^[A-Z][A-Z0-9_-]{{0,{}}}$", LONGEST - 1)
                }
            ]
        })
    }
}

/// A type that is not PLOVER's. Only [`EventType::from_code`] makes one, so
/// that no type has two values.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct OtherType {
    /// The code, then zeros.
    bytes: [u8; LONGEST],
}

impl OtherType {
    fn new(code: &str) -> Option<Self> {
        let fits = |byte: &u8| matches!(byte, b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_');
        let sound = code.starts_with(|first: char| first.is_ascii_uppercase())
            && code.as_bytes().iter().all(fits);
        let mut bytes = [0; LONGEST];
        bytes.get_mut(..code.len()).filter(|_| sound)?.copy_from_slice(code.as_bytes());
        Some(Self { bytes })
    }

    /// The code, such as `FLOOD`.
    pub fn code(&self) -> &str {
        let end = self.bytes.iter().position(|&byte| byte == 0).unwrap_or(LONGEST);
        std::str::from_utf8(&self.bytes[..end]).unwrap_or_default()
    }
}

impl fmt::Debug for OtherType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_is_one_type_and_comes_back_from_json() {
        let longest = "A".repeat(LONGEST);
        let own = ["FLOOD", "WAGE-CLAIM", "F1_2", &longest];
        for code in EventType::ALL.iter().map(EventType::code).chain(own) {
            let kind = EventType::from_code(code).unwrap();
            assert_eq!(kind.code(), code);
            let json = serde_json::to_string(&kind).unwrap();
            assert_eq!(json, format!("\"{code}\""));
            assert_eq!(serde_json::from_str::<EventType>(&json).unwrap(), kind);
        }
        assert!(matches!(EventType::from_code("FLOODS"), Some(EventType::Other(_))));
        assert!(EventType::from_code("FLOOD") < EventType::from_code("FLOODS"));
    }

    #[test]
    fn what_can_be_no_code_is_none() {
        let long = "A".repeat(LONGEST + 1);
        for code in ["", "flood", "Flood", "1ST", "-A", "FLOOD RISK", "FLÖOD", "A\0", "A.B", &long]
        {
            assert_eq!(EventType::from_code(code), None, "{code}");
            let json = serde_json::to_string(code).unwrap();
            assert!(serde_json::from_str::<EventType>(&json).is_err(), "{code}");
        }
    }
}
