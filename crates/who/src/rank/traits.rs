//! What a mention brings to every comparison, found once.

use super::model::SPACE;
use crate::draft::{Draft, Pronoun};
use crate::link::Linker;
use crate::roles::Gender;
use dateline_account::MentionForm;
use dateline_learned::{Id, word};
use dateline_syntax::Upos;

/// The most modifiers of a head that are compared.
const MODIFIERS: usize = 12;

/// Mentions by how they refer; the number is a value of features.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Class {
    Name,
    /// "The group".
    Definite,
    /// "This group".
    Demonstrative,
    /// "His group", "Peru's group".
    Possessed,
    /// "A group", "two groups".
    Indefinite,
    BarePlural,
    BareSingular,
    /// "Group" of "group members".
    Modifier,
    First,
    FirstPlural,
    Second,
    He,
    She,
    It,
    They,
    /// "This" and "that" alone.
    This,
}

impl Class {
    pub(crate) fn is_pronoun(self) -> bool {
        self as u8 >= Class::First as u8
    }
}

/// A mention as the ranker sees it.
#[derive(Debug)]
pub(crate) struct Traits {
    pub(crate) class: Class,
    /// Hash of the head's lemma.
    pub(crate) lemma: u64,
    /// Hash of the whole phrase without determiner.
    pub(crate) phrase: u64,
    /// Hashes of the content words beside the head.
    pub(crate) modifiers: Vec<u64>,
    /// Hash of the head's relation.
    pub(crate) relation: u64,
    /// The verb that governs the mention, and the hash of its lemma, 0 for none.
    pub(crate) governor: Option<usize>,
    pub(crate) verb: u64,
    /// The token of the owner in "Peru's group", "his group".
    pub(crate) owner: Option<usize>,
    pub(crate) paragraph: u32,
    /// Features of the mention as the one that refers back.
    pub(crate) back: Vec<Id>,
    /// Features of the mention as the one that is referred to.
    pub(crate) ahead: Vec<Id>,
}

impl Traits {
    /// The cluster of the owner.
    pub(crate) fn owned_by(&self, linker: &Linker<'_, '_>) -> Option<u32> {
        linker.cluster_of(linker.headed.get(self.owner?).copied().flatten()?)
    }
}

/// The hash of several words, one after the other.
fn phrase<'w>(words: impl Iterator<Item = &'w str>) -> u64 {
    words.fold(0, |hash: u64, form| hash.rotate_left(7) ^ word(form))
}

impl Linker<'_, '_> {
    pub(crate) fn traits(&self, at: u32) -> Traits {
        let draft = self.draft(at);
        let (doc, tree) = (self.scene.doc, self.scene.tree);
        let head = draft.name.clone().map_or(draft.head, |n| doc.head_of(n));
        let token = &doc.tokens[head];
        let class = self.class(draft);
        let relation = word(doc.tokens[draft.head].deprel.as_ref());
        let owner = tree
            .dependents(draft.head)
            .find(|&t| t < draft.head && doc.tokens[t].deprel.as_ref() == "nmod:poss");
        let content = |t: &usize| {
            matches!(doc.tokens[*t].upos, Upos::Adj | Upos::Noun | Upos::Propn | Upos::Num)
        };
        let modifiers: Vec<u64> = draft
            .tokens
            .clone()
            .filter(|t| *t != head && content(t))
            .take(MODIFIERS)
            .map(|t| word(&doc.tokens[t].lemma))
            .collect();
        let governor = self.governor(draft.head);
        let verb = governor.map_or(0, |v| word(&doc.tokens[v].lemma));
        let mut traits = Traits {
            class,
            lemma: word(&token.lemma),
            phrase: phrase(self.scene.undetermined(draft.tokens.clone()).map(|t| doc.form(t))),
            modifiers,
            relation,
            governor,
            verb,
            owner,
            paragraph: doc.paragraph_of(draft.sentence) as u32,
            back: Vec::new(),
            ahead: Vec::new(),
        };
        // those never refer back by rank, nor are they referred to
        if draft.pronoun.is_some_and(Pronoun::is_speech) {
            return traits;
        }
        let after = self.hangs_after(draft);
        let place = match draft.tokens.start.saturating_sub(doc.sentences[draft.sentence].start) {
            0 => 0,
            1..=3 => 1,
            4..=9 => 2,
            _ => 3,
        };
        let c = class as u64;
        let kind = draft.kind as u64;
        let length = draft.tokens.len().min(5) as u64;
        let label = self.label(draft);
        let flags = u64::from(draft.in_quotes) | u64::from(draft.quoted.is_some()) << 1;
        let first = draft.tokens.clone().next().map_or(0, |t| word(doc.form(t)));
        if class != Class::Name {
            traits.back = vec![
                SPACE.closed(1, &[c]),
                SPACE.closed(2, &[c, relation]),
                SPACE.closed(3, &[c, kind, u64::from(draft.plural)]),
                SPACE.closed(4, &[c, after, length]),
                SPACE.closed(5, &[c, flags]),
                SPACE.closed(6, &[c, place]),
                SPACE.closed(7, &[c, (draft.sentence.min(3)) as u64]),
                SPACE.closed(8, &[label, c]),
                SPACE.closed(9, &[word(&token.xpos), c]),
                SPACE.closed(10, &[u64::from(self.expletive(draft)), c]),
                SPACE.closed(11, &[u64::from(draft.role.is_some()), u64::from(draft.source), c]),
                SPACE.open(12, &[traits.lemma]),
                SPACE.open(13, &[traits.lemma, c]),
                SPACE.open(14, &[verb, c]),
                SPACE.open(15, &[first, c]),
            ];
        }
        traits.ahead = vec![
            SPACE.closed(31, &[c]),
            SPACE.closed(32, &[c, relation]),
            SPACE.closed(33, &[c, kind, u64::from(draft.plural)]),
            SPACE.closed(34, &[after, length]),
            SPACE.closed(35, &[c, flags]),
            SPACE.closed(36, &[c, place]),
            SPACE.closed(37, &[label]),
            SPACE.closed(38, &[u64::from(draft.source), u64::from(draft.subject), c]),
            SPACE.closed(39, &[u64::from(draft.role.is_some()), draft.gender as u64]),
            SPACE.open(40, &[traits.lemma]),
            SPACE.open(41, &[first, c]),
        ];
        traits
    }

    fn class(&self, draft: &Draft) -> Class {
        match (draft.pronoun, draft.form) {
            (Some(Pronoun::First), _) => Class::First,
            (Some(Pronoun::FirstPlural), _) => Class::FirstPlural,
            (Some(Pronoun::Second), _) => Class::Second,
            (Some(Pronoun::Personal), _) if draft.gender == Gender::Female => Class::She,
            (Some(Pronoun::Personal), _) => Class::He,
            (Some(Pronoun::Neuter), _) => Class::It,
            (Some(Pronoun::Plural), _) => Class::They,
            (Some(Pronoun::Demonstrative), _) => Class::This,
            (None, MentionForm::Name) => Class::Name,
            (None, _) => self.described(draft),
        }
    }

    fn described(&self, draft: &Draft) -> Class {
        let doc = self.scene.doc;
        let before = |t: &usize| *t < draft.head;
        for token in self.scene.tree.dependents(draft.head).filter(before) {
            match doc.tokens[token].deprel.as_ref() {
                "nmod:poss" => return Class::Possessed,
                "det" => {
                    return match doc.form(token).to_ascii_lowercase().as_str() {
                        "the" => Class::Definite,
                        "this" | "that" | "these" | "those" | "such" => Class::Demonstrative,
                        _ => Class::Indefinite,
                    };
                }
                "nummod" => return Class::Indefinite,
                _ => {}
            }
        }
        if doc.tokens[draft.head].relation() == "compound" {
            Class::Modifier
        } else if draft.plural {
            Class::BarePlural
        } else {
            Class::BareSingular
        }
    }

    /// What hangs on the head after it: nothing, "of", another complement, a
    /// clause.
    fn hangs_after(&self, draft: &Draft) -> u64 {
        let (doc, tree) = (self.scene.doc, self.scene.tree);
        let after = tree.dependents(draft.head).filter(|&t| t > draft.head).take(16);
        after
            .map(|t| match doc.tokens[t].relation() {
                "nmod" if tree.has_case(doc, t, "of") => 1,
                "nmod" => 2,
                "acl" => 3,
                "appos" => 4,
                _ => 0,
            })
            .max()
            .unwrap_or(0)
    }

    /// The network's label of the name that a mention's head belongs to.
    fn label(&self, draft: &Draft) -> u64 {
        let name = self.scene.words.name.get(draft.head).copied().flatten();
        name.and_then(|n| self.scene.doc.names.get(n as usize)).map_or(0, |n| word(n.label))
    }

    /// The verb, or another head of a clause, that a mention is an argument of.
    fn governor(&self, token: usize) -> Option<usize> {
        let doc = self.scene.doc;
        let mut at = token;
        for _ in 0..6 {
            at = doc.tokens.get(at)?.head?;
            if doc.tokens.get(at)?.upos == Upos::Verb {
                return Some(at);
            }
        }
        None
    }
}
