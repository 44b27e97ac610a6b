//! A mention before it is linked, and all that its own words tell of it.

use crate::codes::Coding;
use crate::roles::Gender;
use dateline_account::{EntityKind, MentionForm};
use std::ops::Range;

/// Pronouns by what they can stand for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Pronoun {
    /// I, me, my, mine, myself.
    First,
    /// We, us, our, ours, ourselves.
    FirstPlural,
    /// You and its forms.
    Second,
    /// He and she.
    Personal,
    /// It.
    Neuter,
    /// They.
    Plural,
    /// This or that, alone.
    Demonstrative,
}

impl Pronoun {
    /// Whether it stands for who speaks or is spoken to.
    pub(crate) fn is_speech(self) -> bool {
        matches!(self, Self::First | Self::FirstPlural | Self::Second)
    }
}

/// A mention and what its words say.
#[derive(Debug, Clone)]
pub(crate) struct Draft {
    /// The noun phrase.
    pub(crate) tokens: Range<usize>,
    /// Its syntactic head.
    pub(crate) head: usize,
    pub(crate) sentence: usize,
    pub(crate) form: MentionForm,
    pub(crate) kind: EntityKind,
    pub(crate) plural: bool,
    pub(crate) gender: Gender,
    /// Whether a definite article, a demonstrative or a possessive begins it.
    pub(crate) definite: bool,
    /// Whether an indefinite article or a number begins it.
    pub(crate) indefinite: bool,
    /// The tokens of the bare name.
    pub(crate) name: Option<Range<usize>>,
    /// Index into the account's places.
    pub(crate) place: Option<u32>,
    /// Row of the actor lexicon.
    pub(crate) row: Option<u32>,
    /// The role's phrase in lower case: `prime minister`.
    pub(crate) role: Option<String>,
    /// The role as the text gives it: `Russian President`.
    pub(crate) role_text: Option<Range<usize>>,
    /// What role, modifiers and countries make of it.
    pub(crate) coding: Coding,
    /// Whether the words call the office a former one.
    pub(crate) former: bool,
    pub(crate) pronoun: Option<Pronoun>,
    pub(crate) reflexive: bool,
    pub(crate) possessive: bool,
    /// The attribution whose content holds it.
    pub(crate) quoted: Option<u32>,
    /// Whether it stands between quotation marks.
    pub(crate) in_quotes: bool,
    /// Whether it is the subject of its clause.
    pub(crate) subject: bool,
    /// Whether it heads the source of an attribution.
    pub(crate) source: bool,
}

impl Draft {
    /// A mention of which only the words are known.
    pub(crate) fn new(tokens: Range<usize>, head: usize, form: MentionForm) -> Self {
        Self {
            tokens,
            head,
            sentence: 0,
            form,
            kind: EntityKind::Other,
            plural: false,
            gender: Gender::Unknown,
            definite: false,
            indefinite: false,
            name: None,
            place: None,
            row: None,
            role: None,
            role_text: None,
            coding: Coding::default(),
            former: false,
            pronoun: None,
            reflexive: false,
            possessive: false,
            quoted: None,
            in_quotes: false,
            subject: false,
            source: false,
        }
    }

    /// The last word of the role: `minister` of `prime minister`.
    pub(crate) fn role_head(&self) -> Option<&str> {
        self.role.as_deref().map(|r| r.rsplit(' ').next().unwrap_or(r))
    }
}
