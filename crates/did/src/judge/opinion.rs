//! What the tables make of a document's words, parties and events.

use super::Judge;
use super::clues::Clues;
use super::happened;
use super::party::{self, Asked, Party};
use super::trigger::{self, Candidate};
use crate::arguments::Arguments;
use crate::mentions::Mentions;
use crate::modality::Reality;
use crate::tree::Tree;
use crate::triggers::{Hit, Reading};
use dateline_account::{Claim, EventType, Modality};
use std::ops::Range;

/// How surely the table must know better where the rules have found a word that
/// speaks against an event.
const SURE: f32 = 0.8;

/// How much more is asked of a party that is nobody's name, office or group and
/// so no actor: a statement, a number, a road.
const NO_ACTOR: f32 = 0.5;

/// What an entity is to an event: none, actor or recipient, and how surely.
type Part = (u32, usize, f32);

/// The tables with the clues of one document.
pub(crate) struct Opinion<'j> {
    judge: &'j Judge,
    clues: Clues,
}

impl<'j> Opinion<'j> {
    /// Looks over a document once.
    pub(crate) fn new(judge: &'j Judge, tree: &Tree<'_, '_>, mentions: &Mentions<'_>) -> Self {
        Self { judge, clues: Clues::new(judge, tree, mentions) }
    }

    /// The triggers of a sentence: each with a frame of the type that the table
    /// takes it for, the lexicon's own where one fits.
    pub(crate) fn hits<'c>(
        &self,
        on: &Reading<'_, '_>,
        sentence: Range<usize>,
        claim: impl Fn(usize) -> Option<&'c Claim>,
    ) -> Vec<Hit> {
        sentence.filter_map(|token| self.hit(on, token, claim(token))).collect()
    }

    fn hit(&self, on: &Reading<'_, '_>, token: usize, claim: Option<&Claim>) -> Option<Hit> {
        let candidate = Candidate::new(on, &self.clues, token, claim)?;
        let scores = self.judge.triggers.scores(&trigger::features(on, &self.clues, &candidate));
        let best = scores.best();
        let mut hit = candidate.hit(on, EventType::ALL.get(best).copied())?;
        hit.share = Some(scores.share(best));
        Some(hit)
    }

    /// The modality of an event that the learned part puts in the place of the
    /// rules', and how probable it finds it. What the event's own clause says in
    /// so many words stands.
    pub(crate) fn modality(
        &self,
        on: &Reading<'_, '_>,
        hit: &Hit,
        rule: &Reality,
    ) -> Option<(Modality, f32)> {
        if rule.said_outright {
            return None;
        }
        let features = happened::features(on, &self.clues, hit, rule.modality);
        let scores = self.judge.happened.scores(&features);
        let best = scores.best();
        let (found, share) = (happened::ANSWERS[best], scores.share(best));
        let sure = if rule.modality == Modality::Actual { 0.0 } else { SURE };
        (found != rule.modality && share > sure).then_some((found, share))
    }

    /// The arguments of an event, where the rules gave `by_rule`.
    pub(crate) fn arguments(
        &self,
        on: &Reading<'_, '_>,
        hit: &Hit,
        by_rule: Arguments,
        claim: Option<&Claim>,
    ) -> Arguments {
        let Some(asked) = Asked::new(on, hit, &by_rule, claim) else { return by_rule };
        let parties = party::parties(on, on.tree.sentence(hit.token));
        let features = party::features(on, &self.clues, &asked, &parties);
        // of several mentions of one party the surest counts
        let mut sides: Vec<Part> = Vec::new();
        for (party, features) in parties.iter().zip(&features) {
            let doubt = if party.entity.actor.is_some() { 0.0 } else { NO_ACTOR };
            let scores = self.judge.parties.scores(features).raised(0, doubt);
            let (best, id) = (scores.best(), party.entity.id);
            let share = if best == 0 { 0.0 } else { scores.share(best) };
            match sides.iter_mut().find(|(known, ..)| *known == id) {
                Some(known) if share > known.2 => *known = (id, best, share),
                Some(_) => {}
                None => sides.push((id, best, share)),
            }
        }
        leave_owners_out(on.tree, &parties, &mut sides);
        let side = |side: usize, rule: &[u32]| -> Vec<u32> {
            let here = sides.iter().filter(|(_, best, _)| *best == side).map(|(id, ..)| *id);
            let seen = |id: &u32| sides.iter().any(|(known, ..)| known == id);
            here.chain(rule.iter().copied().filter(|id| !seen(id))).collect()
        };
        let mut out =
            Arguments { actor: side(1, &by_rule.actor), recipient: side(2, &by_rule.recipient) };
        if on.lexicon.frames[hit.frame].pattern.reciprocal
            && out.recipient.is_empty()
            && out.actor.len() > 1
        {
            out.recipient = out.actor.clone();
        }
        out
    }
}

/// Takes the part from those who only stand before a noun of another that has one:
/// "Haddad's forces fought the rebels" is neither done by Haddad nor to him.
fn leave_owners_out(tree: &Tree<'_, '_>, parties: &[Party<'_>], sides: &mut [Part]) {
    let takes_part = |id: u32, sides: &[Part]| sides.iter().any(|s| s.0 == id && s.1 != 0);
    for at in 0..sides.len() {
        let (own, best, _) = sides[at];
        let other = |head: usize| {
            let noun = parties.iter().find(|p| p.token == head && p.entity.id != own);
            noun.is_some_and(|p| takes_part(p.entity.id, sides))
        };
        let before = |token: usize| {
            matches!(tree.deprel(token), "nmod:poss" | "compound" | "amod")
                && tree.head(token).is_some_and(other)
        };
        if best != 0 && parties.iter().filter(|p| p.entity.id == own).all(|p| before(p.token)) {
            sides[at].1 = 0;
        }
    }
}
