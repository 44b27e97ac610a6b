//! Entities in the making: mentions put together, and what is known of them.

use crate::codes::Coding;
use crate::draft::Draft;
use crate::roles::Gender;
use dateline_account::{EntityKind, MentionForm};
use std::collections::BTreeSet;

/// Mentions of one entity.
#[derive(Debug, Clone)]
pub(crate) struct Cluster {
    /// Indexes of drafts.
    pub(crate) mentions: BTreeSet<u32>,
    pub(crate) kind: EntityKind,
    pub(crate) plural: bool,
    pub(crate) gender: Gender,
    pub(crate) named: bool,
    pub(crate) row: Option<u32>,
    pub(crate) place: Option<u32>,
    /// Roles in lower case, whole phrases and their last words.
    pub(crate) roles: BTreeSet<String>,
    pub(crate) coding: Coding,
    /// The coding comes from words of the article.
    pub(crate) worded: bool,
    pub(crate) former: bool,
}

impl Cluster {
    pub(crate) fn new(at: u32, draft: &Draft) -> Self {
        let mut cluster = Self {
            mentions: BTreeSet::new(),
            kind: draft.kind,
            plural: draft.plural,
            gender: draft.gender,
            named: false,
            row: None,
            place: None,
            roles: BTreeSet::new(),
            coding: Coding::default(),
            worded: false,
            former: false,
        };
        cluster.add(at, draft);
        cluster
    }

    /// The last mention before a draft.
    pub(crate) fn before(&self, at: u32) -> Option<u32> {
        self.mentions.range(..at).next_back().copied()
    }

    /// Takes a mention in, with what it tells.
    pub(crate) fn add(&mut self, at: u32, draft: &Draft) {
        self.mentions.insert(at);
        if draft.form == MentionForm::Pronoun {
            if self.gender == Gender::Unknown && self.kind == EntityKind::Person {
                self.gender = draft.gender;
            }
            return;
        }
        if draft.form == MentionForm::Name && !self.named {
            self.named = true;
            if draft.kind != EntityKind::Other {
                self.kind = draft.kind;
            }
        } else if self.kind == EntityKind::Other {
            self.kind = draft.kind;
        }
        if self.gender == Gender::Unknown {
            self.gender = draft.gender;
        }
        self.row = self.row.or(draft.row);
        self.place = self.place.or(draft.place);
        if let Some(role) = &draft.role {
            if let Some(last) = draft.role_head() {
                self.roles.insert(last.to_owned());
            }
            self.roles.insert(role.clone());
        }
        self.code(draft);
    }

    /// The fuller coding stays: first one with sectors, then one with a country.
    fn code(&mut self, draft: &Draft) {
        let person = draft.kind == EntityKind::Person;
        let worded = (person || draft.row.is_none()) && !draft.coding.sectors.is_empty();
        if self.coding.sectors.is_empty() && !draft.coding.sectors.is_empty() {
            let country = draft.coding.country.or(self.coding.country);
            self.coding = Coding { country, sectors: draft.coding.sectors.clone() };
            self.worded = worded;
            self.former = draft.former;
        } else if self.coding.country.is_none() {
            self.coding.country = draft.coding.country;
        }
    }
}
