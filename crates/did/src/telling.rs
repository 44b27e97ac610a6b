//! What a mention of an event says that helps to tell whether another is of
//! the same event: its word, how it is determined, its parties, and what the
//! sentence speaks of.

use crate::finish::Finished;
use crate::judge::{Word, Words};
use crate::tree::Tree;
use dateline_account::{Event, EventType, Modality, Polarity, Span};
use dateline_learned::word;
use dateline_syntax::Upos;
use std::sync::Arc;

/// How the mention's word stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stands {
    Verb,
    /// "the attack", "this attack", "their attack".
    Definite,
    /// "another attack", "a second attack", "three attacks".
    Counted,
    /// "an attack".
    Indefinite,
    /// A noun, adjective or name with nothing before it.
    Bare,
}

impl Stands {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Stands::Verb => "verb",
            Stands::Definite => "definite",
            Stands::Counted => "counted",
            Stands::Indefinite => "indefinite",
            Stands::Bare => "bare",
        }
    }
}

/// One mention of an event.
#[derive(Debug, Clone)]
pub(crate) struct Telling {
    /// The head of the trigger.
    pub head: Span,
    pub sentence: u32,
    pub kind: EventType,
    pub polarity: Polarity,
    pub modality: Modality,
    pub mode: Option<String>,
    pub date: Option<String>,
    pub place: Option<u32>,
    pub actor: Vec<u32>,
    pub recipient: Vec<u32>,
    pub claim: Option<u32>,
    pub word: Word,
    pub stands: Stands,
    /// The Penn tag of the head.
    pub tag: Arc<str>,
    /// Content words, all but the trigger's, of what hangs below it and of the
    /// whole sentence.
    pub below: Content,
    pub around: Content,
}

/// Some content words, hashed and sorted: those that are names, the others,
/// and numbers.
#[derive(Debug, Clone, Default)]
pub(crate) struct Content {
    pub names: Vec<u64>,
    pub words: Vec<u64>,
    pub numbers: Vec<u64>,
}

impl Content {
    fn of(tree: &Tree<'_, '_>, tokens: impl Iterator<Item = usize>) -> Content {
        let mut out = Content::default();
        for token in tokens {
            let list = match tree.upos(token) {
                Upos::Propn => &mut out.names,
                Upos::Verb | Upos::Noun | Upos::Adj => &mut out.words,
                Upos::Num => &mut out.numbers,
                _ => continue,
            };
            list.push(word(tree.word(token)));
        }
        for list in [&mut out.names, &mut out.words, &mut out.numbers] {
            list.sort_unstable();
            list.dedup();
        }
        out
    }
}

impl Telling {
    /// What an event that is told once says.
    pub(crate) fn of(tree: &Tree<'_, '_>, words: &Words, finished: &Finished) -> Telling {
        let event = &finished.event;
        let head = head_of(tree, event);
        let own: Vec<usize> =
            event.trigger.iter().flat_map(|span| tree.doc.tokens_in(*span)).collect();
        let sentence = tree.doc.sentences.get(event.sentence as usize).cloned().unwrap_or_default();
        let others = sentence.filter(|t| !own.contains(t));
        let is_below = |&t: &usize| head.is_some_and(|head| tree.near_below(t, head, 4));
        let text = head.map_or("", |t| tree.word(t));
        Telling {
            head: head.map_or(Span::new(0, 0), |t| tree.doc.tokens[t].span),
            sentence: event.sentence,
            kind: event.kind,
            polarity: event.polarity,
            modality: event.modality,
            mode: event.mode.clone(),
            date: event.date.clone(),
            place: event.place,
            actor: event.actor.clone(),
            recipient: event.recipient.clone(),
            claim: event.claim,
            word: words.of(text),
            stands: head.map_or(Stands::Bare, |t| stands(tree, t)),
            tag: head.map_or_else(|| Arc::from(""), |t| tree.doc.tokens[t].xpos.clone()),
            below: Content::of(tree, others.clone().filter(is_below)),
            around: Content::of(tree, others),
        }
    }
}

/// How much of the shorter of two lists the other has, too; `None` where one is empty.
pub(crate) fn shared(one: &[u64], other: &[u64]) -> Option<f32> {
    let (few, many) = if one.len() < other.len() { (one, other) } else { (other, one) };
    let both = few.iter().filter(|&w| many.binary_search(w).is_ok()).count();
    (!few.is_empty()).then(|| both as f32 / few.len() as f32)
}

/// The word that heads the trigger: of several spans that of the first.
fn head_of(tree: &Tree<'_, '_>, event: &Event) -> Option<usize> {
    let tokens = event.trigger.first().map(|span| tree.doc.tokens_in(*span))?;
    (!tokens.is_empty()).then(|| tree.doc.head_of(tokens))
}

fn stands(tree: &Tree<'_, '_>, head: usize) -> Stands {
    if tree.upos(head) == Upos::Verb {
        return Stands::Verb;
    }
    let below = tree.children(head);
    let is = |relation: &str, test: &dyn Fn(&str) -> bool| {
        below.iter().any(|&c| tree.relation(c) == relation && test(tree.word(c)))
    };
    let further = |w: &str| {
        matches!(
            w,
            "another"
                | "second"
                | "third"
                | "new"
                | "fresh"
                | "further"
                | "other"
                | "more"
                | "separate"
                | "similar"
                | "previous"
                | "earlier"
                | "last"
                | "next"
                | "several"
                | "each"
                | "every"
        )
    };
    if is("nummod", &|_| true) || is("amod", &further) || is("det", &further) {
        Stands::Counted
    } else if is("det", &|w| matches!(w, "the" | "this" | "that" | "these" | "those"))
        || below.iter().any(|&c| tree.deprel(c) == "nmod:poss")
    {
        Stands::Definite
    } else if is("det", &|w| matches!(w, "a" | "an" | "some" | "any" | "no")) {
        Stands::Indefinite
    } else {
        Stands::Bare
    }
}
