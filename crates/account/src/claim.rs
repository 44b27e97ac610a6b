//! Attributions: who said, thought, felt or knew what.

use crate::Span;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How much of a claim's content is in quotation marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Form {
    /// All of it.
    Direct,
    /// Some of it.
    Mixed,
    /// None of it.
    Indirect,
}

/// By what way the words reached the public.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Channel {
    /// A press conference or briefing.
    PressConference,
    /// A post on a social network.
    SocialMedia,
    /// An interview.
    Interview,
    /// A written or read statement, a press release.
    Statement,
    /// A speech or address.
    Speech,
    /// A report, letter, filing or other document.
    Document,
    /// A news agency's dispatch.
    Agency,
    /// Testimony before a court or a committee.
    Testimony,
    /// A telephone call.
    Call,
    /// A broadcast on radio or television.
    Broadcast,
    /// A poll or survey.
    Survey,
}

/// An attribution, in the terms of PARC 3 and PolNeAR.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Claim {
    /// Index of the claim in the account.
    pub id: u32,
    /// Words that name who says, thinks, feels or knows it; empty when the
    /// article names nobody. A quotation that goes on with the claim before it
    /// has that one's.
    pub source: Vec<Span>,
    /// Entity index of that source.
    pub speaker: Option<u32>,
    /// Words that tie source to content.
    pub cue: Vec<Span>,
    /// What is attributed, with its quotation marks.
    pub content: Vec<Span>,
    /// Direct, mixed or indirect.
    pub form: Form,
    /// What the cue commits the source to: `assert`, `deny`, `allege`, ...
    pub stance: String,
    /// Entity index of whom it was said to.
    pub addressee: Option<u32>,
    /// Entity index of who relayed it.
    pub via: Option<u32>,
    /// How it was said.
    pub channel: Option<Channel>,
    /// Index into the account's times: when it was said.
    pub said: Option<u32>,
    /// Index into the account's places: where it was said.
    #[serde(default)]
    pub place: Option<u32>,
    /// The claim that this one is part of: A said that B said.
    pub within: Option<u32>,
    /// Between 0 and 1: how likely source and content are right.
    pub confidence: f32,
    /// Whether a quotation of the content opens and never closes: it is taken
    /// to end with its sentence or paragraph.
    #[serde(skip_serializing_if = "std::ops::Not::not", default)]
    pub unclosed: bool,
    /// What decided, in short sentences; only when asked for.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub explain: Vec<String>,
}
