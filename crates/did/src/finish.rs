//! From drafts to events: spans, date, place, claim and contexts.

use crate::assembly::{Draft, Sentence};
use crate::contexts::{contexts, keywords};
use crate::dates_places::{Attached, Rule, attach, date, dates_alike};
use crate::triggers::Hit;
use dateline_account::{Claim, Event, Modality, Polarity, Span};
use dateline_syntax::Upos;
use std::collections::BTreeSet;

/// What gave an event its type.
pub(crate) struct Typed {
    /// How probable the learned part finds it.
    share: Option<f32>,
    /// Whether a frame of the lexicon for these words gives the type.
    pub by_lexicon: bool,
}

impl Typed {
    /// A sentence for `--explain`.
    pub(crate) fn told(&self, kind: &str) -> String {
        let frame =
            if self.by_lexicon { "a frame for its words" } else { "no frame for its words" };
        match self.share {
            Some(share) => format!(
                "type: {kind}, {frame}; the learned part finds it {:.0} % likely",
                share * 100.0
            ),
            None => format!("type: {kind}, {frame}"),
        }
    }
}

/// A sentence for `--explain`: whose the modality is. `by_rule` as [`crate::modality::Reality`] has it.
pub(crate) fn told_modality(modality: Modality, by_rule: Option<(Modality, f32)>) -> String {
    let name = |modality: Modality| format!("{modality:?}").to_lowercase();
    let modality = name(modality);
    match by_rule {
        Some((rule, share)) => format!(
            "modality: {modality}, by the learned part ({:.0} % likely); {} by the rules",
            share * 100.0,
            name(rule)
        ),
        None => format!("modality: {modality}, by the rules"),
    }
}

/// An event with what gave it type, date and place.
pub(crate) struct Finished {
    /// The event; its confidence is made of the whole story.
    pub event: Event,
    /// By how many mentions it is told.
    pub told: usize,
    /// How surely its words are such an event.
    pub certainty: f32,
    /// Whether the text marks it as alleged.
    pub alleged: bool,
    pub dated: Option<Rule>,
    pub placed: Option<Rule>,
    pub typed: Typed,
    /// The rules' modality, where the learned part has another.
    pub by_rule: Option<(Modality, f32)>,
}

impl<'s> Sentence<'s, '_, '_> {
    /// The events of the drafts, with all that hangs on them.
    pub(crate) fn finish(&self, found: &[Hit], drafts: Vec<Draft>) -> Vec<Finished> {
        let triggers: BTreeSet<usize> =
            drafts.iter().flat_map(|draft| draft.words.iter().copied()).collect();
        let tree = self.on.tree;
        let is_trigger = |token: usize| triggers.contains(&token);
        let reports = |token: usize| {
            tree.upos(token) == Upos::Verb
                && matches!(
                    tree.word(token),
                    "say" | "tell" | "report" | "add" | "announce" | "state" | "write" | "claim"
                )
        };
        let times = attach(tree, self.times, &is_trigger, &reports);
        let places = attach(tree, self.places, &is_trigger, &|_| false);
        let keywords = keywords(self.on, self.tokens.clone());
        let event =
            |draft: Draft| self.event(&found[draft.hit], draft, (&times, &places), &keywords);
        drafts.into_iter().map(event).collect()
    }

    fn event(
        &self,
        hit: &Hit,
        draft: Draft,
        (times, places): (&Attached, &Attached),
        keywords: &[(usize, &str)],
    ) -> Finished {
        let mut words: Vec<usize> = vec![hit.token];
        words.extend(draft.words.iter().filter(|&&w| w != hit.token));
        let only = || self.only_time(hit.token).map(|row| (row, Rule::Sentence));
        let time = times.of(&words, true).or_else(only);
        let date = time.and_then(|(row, _)| self.rows.times.get(row)).and_then(date);
        let time = time.filter(|_| date.is_some());
        let place = places.of(&words, self.places.len() == 1);
        let said_there =
            |row: usize| self.claim(hit.token).and_then(|c| c.place) == Some(row as u32);
        let place = place.filter(|(row, _)| !said_there(*row) && self.is_place_of(*row, &draft));
        let mut claim = self.claim_of.get(hit.token).copied().flatten();
        claim = claim.filter(|&id| !self.is_cue(id, hit));
        let mut modality = draft.reality.modality;
        let mut polarity = draft.reality.polarity;
        if draft.reality.denied && claim.is_none() {
            polarity = match polarity {
                Polarity::Positive => Polarity::Negative,
                Polarity::Negative => Polarity::Positive,
            };
        }
        if claim.is_none() && self.is_accused(hit) && modality == Modality::Actual {
            modality = Modality::Possible;
        }
        let event = Event {
            id: 0,
            kind: draft.kind,
            contexts: contexts(self.on, hit, &draft, keywords),
            mode: draft.mode,
            quad: None,
            intensity: None,
            cameo: None,
            actor: draft.arguments.actor,
            recipient: draft.arguments.recipient,
            trigger: self.spans(&draft.words),
            sentence: self.number as u32,
            time: time.map(|(row, _)| row as u32),
            date,
            place: place.map(|(row, _)| row as u32),
            polarity,
            modality,
            claim,
            confidence: 0.0,
            explain: Vec::new(),
        };
        Finished {
            event,
            told: 1,
            certainty: draft.certainty,
            alleged: draft.reality.alleged,
            dated: time.map(|(_, rule)| rule),
            placed: place.map(|(_, rule)| rule),
            typed: Typed {
                share: hit.share,
                by_lexicon: !self.on.lexicon.is_of_any_word(hit.frame),
            },
            by_rule: draft.reality.by_rule.filter(|_| modality == draft.reality.modality),
        }
    }

    /// The one time of the sentence, if it dates this act too.
    fn only_time(&self, trigger: usize) -> Option<usize> {
        let [(row, tokens)] = self.times else { return None };
        let tree = self.on.tree;
        let said = self.claim(trigger).and_then(|claim| claim.said) == Some(*row as u32);
        let time = tree.doc.head_of(tokens.clone());
        (!said && dates_alike(tree, time, trigger)).then_some(*row)
    }

    /// The innermost claim that a token is in.
    pub(crate) fn claim(&self, token: usize) -> Option<&'s Claim> {
        let id = self.claim_of.get(token).copied().flatten()?;
        self.rows.claims.get(id as usize)
    }

    /// Whether a place says where an event is, rather than whom words are
    /// directed at.
    fn is_place_of(&self, row: usize, draft: &Draft) -> bool {
        let Some(place) = self.rows.places.get(row) else { return false };
        let names = |id: &u32| {
            // not "the militia that took Gao", of which the place is no name
            let doc = self.on.tree.doc;
            let nucleus = |span| doc.span(doc.nucleus(doc.tokens_in(span)));
            let entity = self.rows.entities.get(*id as usize);
            entity.is_some_and(|e| {
                let mut near = e.mentions.iter().filter(|m| m.span.overlaps(place.span));
                near.any(|m| nucleus(m.span).overlaps(place.span))
            })
        };
        if draft.arguments.actor.iter().any(names) {
            return false;
        }
        self.on.lexicon.traits(draft.kind).onsite || !draft.arguments.recipient.iter().any(names)
    }

    /// Whether the event is the claim's own act of speech.
    fn is_cue(&self, claim: u32, hit: &Hit) -> bool {
        let span = self.on.tree.doc.tokens[hit.token].span;
        let claim = self.rows.claims.get(claim as usize);
        claim.is_some_and(|c| c.cue.iter().any(|cue| cue.overlaps(span)))
    }

    /// Whether the event is what somebody is accused or suspected of.
    fn is_accused(&self, hit: &Hit) -> bool {
        let tree = self.on.tree;
        let mut at = hit.token;
        for above in tree.above(hit.token).take(3) {
            let of = tree.children(at).iter().any(|&c| {
                matches!(tree.relation(c), "mark" | "case")
                    && matches!(tree.form(c).as_ref(), "of" | "with")
            });
            if of
                && matches!(
                    tree.word(above),
                    "accuse" | "suspect" | "charge" | "accusation" | "allegation" | "suspicion"
                )
            {
                return true;
            }
            at = above;
        }
        false
    }

    /// The spans of a trigger's words, neighbours joined.
    fn spans(&self, words: &BTreeSet<usize>) -> Vec<Span> {
        let tokens = &self.on.tree.doc.tokens;
        let mut out: Vec<Span> = Vec::new();
        let mut last = None;
        for &word in words {
            let Some(token) = tokens.get(word).filter(|t| !t.span.is_empty()) else { continue };
            match out.last_mut() {
                Some(span) if last.is_some_and(|l: usize| l + 1 == word) => {
                    *span = span.cover(token.span);
                }
                _ => out.push(token.span),
            }
            last = Some(word);
        }
        out
    }
}
