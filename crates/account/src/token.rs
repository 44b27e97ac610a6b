//! Tokens as the account shows them.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// One syntactic word, after Universal Dependencies v2; only written when the
/// reader is asked for tokens.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct TokenRecord {
    /// First code point.
    pub start: u32,
    /// One past the last code point.
    pub end: u32,
    /// Dictionary form.
    pub lemma: String,
    /// Universal part of speech.
    pub upos: String,
    /// Penn Treebank tag.
    pub xpos: String,
    /// Morphological features, `Name=Value|...`, `_` where there are none.
    pub feats: String,
    /// Index of the syntactic head among the tokens; null at a root.
    pub head: Option<u32>,
    /// Relation to the head.
    pub deprel: String,
    /// Name label in BIO notation: `O`, `B-PER`, `I-ORG`, ...
    pub ner: String,
}
