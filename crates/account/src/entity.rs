//! People, groups and other things with a name or a description.

use crate::Span;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What sort of thing an entity is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum EntityKind {
    /// A human being.
    Person,
    /// A body with members and a name: ministry, party, company, agency.
    Organization,
    /// A country, city or other place.
    Place,
    /// People taken together: an armed group, a people, protesters.
    Group,
    /// A named event.
    Event,
    /// Anything else.
    Other,
}

/// How a mention refers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum MentionForm {
    /// By name: `Vladimir Putin`.
    Name,
    /// By a common noun: `the Russian leader`.
    Nominal,
    /// By a pronoun: `he`.
    Pronoun,
}

/// One place in the text that refers to an entity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Mention {
    /// The words.
    pub span: Span,
    /// Name, nominal or pronoun.
    pub form: MentionForm,
}

/// The PLOVER coding of an actor.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Actor {
    /// ISO 3166-1 alpha-3 or a PLOVER stand-in (`IGO`, `UNO`, `EUR`, `IMG`, ...).
    pub country: Option<String>,
    /// PLOVER sector codes, the primary one first.
    pub sectors: Vec<String>,
    /// Country and primary sector: `RUSGOV`.
    pub code: String,
}

/// Somebody or something the article speaks of, with every mention of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Entity {
    /// Index of the entity in the account.
    pub id: u32,
    /// The fullest name in the article, or the canonical one when resolved.
    pub name: String,
    /// What sort of thing it is.
    pub kind: EntityKind,
    /// Mentions in reading order.
    pub mentions: Vec<Mention>,
    /// Roles the article gives: `Russian President`.
    pub roles: Vec<String>,
    /// PLOVER coding, where there is one.
    pub actor: Option<Actor>,
    /// Index into the account's places, when the entity is one.
    pub place: Option<u32>,
    /// What decided its code, and why each mention is its, in short sentences;
    /// only when asked for.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub explain: Vec<String>,
}
