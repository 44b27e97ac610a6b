//! One event, once: drafts of a sentence that tell of the same happening are
//! put together, and bare mentions that tell of nothing are dropped.

use crate::assembly::{Draft, Sentence};
use crate::embed::same_as;
use crate::expression::Pos;
use crate::triggers::Hit;

/// How probable the learned part must find an event of nobody.
const TOLD: f32 = 0.6;

impl Sentence<'_, '_, '_> {
    /// One happening told by two words of the sentence is one event.
    pub(crate) fn merge(&self, found: &[Hit], drafts: Vec<Draft>) -> Vec<Draft> {
        let same = same_as(self.on.tree, self.on.lexicon, found);
        let mut out: Vec<Draft> = Vec::new();
        // the verb before its nouns, so that they find it
        let mut order: Vec<Draft> = drafts;
        order.sort_by_key(|draft| (same[draft.hit].is_some(), draft.hit));
        for draft in order {
            let target = same[draft.hit];
            let into = out.iter().rposition(|old| {
                let told = target == Some(old.hit) && old.kind == draft.kind;
                told || (self.alike(old, &draft) && self.near(found, old, &draft))
            });
            match into {
                Some(at) => absorb(&mut out[at], draft),
                None => out.push(draft),
            }
        }
        out.retain(|draft| self.is_told(&found[draft.hit], draft));
        out.sort_by_key(|draft| found[draft.hit].token);
        out
    }

    /// Whether two drafts may be the same happening by all that is known.
    fn alike(&self, old: &Draft, new: &Draft) -> bool {
        let fits = |a: &[u32], b: &[u32]| a.is_empty() || b.is_empty() || a == b;
        let known = |d: &Draft| !d.arguments.actor.is_empty() || !d.arguments.recipient.is_empty();
        let modes = match (&old.mode, &new.mode) {
            (Some(a), Some(b)) => a == b,
            _ => true,
        };
        old.kind == new.kind
            && modes
            && old.reality.polarity == new.reality.polarity
            && old.reality.modality == new.reality.modality
            && fits(&old.arguments.actor, &new.arguments.actor)
            && fits(&old.arguments.recipient, &new.arguments.recipient)
            && (known(old) || known(new))
    }

    fn near(&self, found: &[Hit], old: &Draft, new: &Draft) -> bool {
        let (a, b) = (found[old.hit].token, found[new.hit].token);
        self.on.tree.near_below(a, b, 3) || self.on.tree.near_below(b, a, 3)
    }

    /// Whether a draft tells of an event and does not only mention one: a bare
    /// "the attack" without anybody is no report, unless the learned part is
    /// sure of it ("fighting intensified").
    fn is_told(&self, hit: &Hit, draft: &Draft) -> bool {
        let tree = self.on.tree;
        let frame = &self.on.lexicon.frames[hit.frame];
        let nobody = draft.arguments.actor.is_empty() && draft.arguments.recipient.is_empty();
        if !nobody {
            return true;
        }
        if hit.share.is_some_and(|share| share >= TOLD) {
            return true;
        }
        if frame.certainty < 0.6 {
            return false;
        }
        match hit.around.pos {
            Pos::Noun => {
                let definite = tree.by(hit.token, "det").any(|d| {
                    matches!(tree.word(d), "the" | "this" | "that" | "these" | "those" | "such")
                });
                let root = tree.head(hit.token).is_none();
                hit.around.light.is_some() || root || !definite && draft.words.len() > 1
            }
            Pos::Adjective => false,
            _ => true,
        }
    }
}

/// Puts what another word tells of the same event into it.
fn absorb(into: &mut Draft, from: Draft) {
    into.words.extend(from.words);
    if into.mode.is_none() {
        into.mode = from.mode;
    }
    if into.arguments.actor.is_empty() {
        let recipient = &into.arguments.recipient;
        into.arguments.actor =
            from.arguments.actor.into_iter().filter(|a| !recipient.contains(a)).collect();
    }
    if into.arguments.recipient.is_empty() {
        let actor = &into.arguments.actor;
        into.arguments.recipient =
            from.arguments.recipient.into_iter().filter(|r| !actor.contains(r)).collect();
    }
    into.certainty = into.certainty.max(from.certainty);
}
