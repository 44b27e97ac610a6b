//! Did it happen? Polarity and modality from auxiliaries, negation, embedding
//! words, conditionals and questions.
//!
//! PLOVER names the auxiliary modes historical, future, hypothetical and
//! negation; the account splits them finer (planned, possible, hypothetical,
//! ordered, ongoing). Embedding words are read as implicatives: "failed to
//! sign" says that nobody signed, "managed to sign" that somebody did.
//!
//! The clause of the event is read first ([`clause`]), then the words above it
//! as far as they govern it ([`above`], [`noun`]), then what holds for the
//! whole sentence ([`general`]).

mod above;
mod clause;
mod general;
mod governor;
mod noun;

use crate::expression::Pos;
use crate::lexicon::{Embedding, Outer};
use crate::slots::Surroundings;
use crate::triggers::Reading;
use dateline_account::{Modality, Polarity};

/// How real an event is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Reality {
    pub polarity: Polarity,
    pub modality: Modality,
    /// Under what it is embedded, where that may make it another type.
    pub outer: Option<Outer>,
    /// Whether the text marks it as alleged.
    pub alleged: bool,
    /// Whether somebody denies it. Where a claim says who, its stance has the
    /// denial, and the polarity stays that of the clause's own words.
    pub denied: bool,
    /// Whether the modality stands in the words of the event's own clause, where
    /// there is nothing to weigh: "perhaps", "in case of", "for a third day".
    pub said_outright: bool,
    /// The modality by the rules, where the learned part has put its own in its
    /// place, and how probable it finds that.
    pub by_rule: Option<(Modality, f32)>,
    /// Whether somebody keeps it from happening.
    prevented: bool,
}

impl Reality {
    fn plain() -> Reality {
        Reality {
            polarity: Polarity::Positive,
            modality: Modality::Actual,
            outer: None,
            alleged: false,
            denied: false,
            said_outright: false,
            by_rule: None,
            prevented: false,
        }
    }

    fn embed(&mut self, embedding: Embedding) {
        if embedding.negative {
            self.negate();
        }
        if let Some(modality) = embedding.modality {
            self.weaken(modality);
        }
        if self.outer.is_none() {
            self.outer = embedding.coded;
        }
    }

    fn negate(&mut self) {
        self.polarity = match self.polarity {
            Polarity::Positive => Polarity::Negative,
            Polarity::Negative => Polarity::Positive,
        };
    }

    /// Takes over a modality unless one that is further from fact is known.
    fn weaken(&mut self, modality: Modality) {
        let rank = |m: Modality| match m {
            Modality::Actual => 0,
            Modality::Ongoing => 1,
            Modality::Planned => 2,
            Modality::Ordered => 3,
            Modality::Possible => 4,
            Modality::Hypothetical => 5,
        };
        if rank(modality) > rank(self.modality) {
            self.modality = modality;
            self.said_outright = false;
        }
    }

    /// Takes over a modality that the event's own clause says in so many words.
    fn say(&mut self, modality: Modality) {
        self.weaken(modality);
        self.said_outright |= self.modality == modality;
    }
}

/// How real the event of a trigger is.
pub(crate) fn reality(on: &Reading<'_, '_>, around: &Surroundings) -> Reality {
    let tree = on.tree;
    let mut out = Reality::plain();
    let token = around.token;
    let mut from = Some(token);
    noun::read_modifiers(on, token, &mut out);
    match around.light {
        Some((verb, support)) if around.pos == Pos::Noun => {
            out.embed(Embedding {
                modality: support.modality,
                negative: support.negative,
                coded: None,
            });
            out.prevented |= support.negative && governor::is_prevention(tree.word(verb));
            clause::read(on, verb, &mut out);
            // "a strike planned for Friday" may be called off, but "a strike
            // held on Friday" was held whatever the sentence says of it
            let below = tree.head(verb) == Some(token);
            from = if !below { Some(verb) } else { support.modality.map(|_| token) };
        }
        // "are not on strike", "could be an attack"
        _ if around.pos == Pos::Noun => {
            if tree.first(token, "cop").is_some() {
                clause::read_without_aspect(on, token, &mut out);
            }
        }
        _ => clause::read(on, token, &mut out),
    }
    if around.clause.subjects.iter().chain(&around.clause.objects).any(|&s| noun::is_nobody(on, s))
    {
        out.negate();
    }
    if let Some(from) = from {
        above::climb(on, from, &mut out);
    }
    if general::is_supposed(on, token) {
        out.weaken(Modality::Hypothetical);
    } else if general::is_imperative(on, token) {
        out.weaken(Modality::Ordered);
    }
    if out.prevented
        && out.polarity == Polarity::Negative
        && matches!(out.modality, Modality::Planned | Modality::Possible)
    {
        // "troops were sent to prevent attacks": whether there would have been
        // any is open
        out.polarity = Polarity::Positive;
        out.modality = Modality::Hypothetical;
    }
    out
}
