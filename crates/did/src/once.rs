//! One event, once: mentions of one event in several sentences become one
//! event with several triggers.
//!
//! Two mentions are taken for one event if they have the same type and nothing
//! that tells them apart (mode, polarity, modality, day, place, parties, who
//! says so), and a party in common; or if the later one is a bare reference
//! ("the attack") to an event of the sentences just before.

use crate::finish::Finished;
use dateline_account::{Claim, Event, Modality};

/// How far back a bare reference reaches, in sentences.
const REACH: u32 = 4;
/// How many earlier events a mention is compared with.
const MOST: usize = 200;

/// Puts mentions of one event together; events are in the order of their
/// sentences.
pub(crate) fn join(
    events: Vec<Finished>,
    claims: &[Claim],
    definite: &dyn Fn(&Event) -> bool,
) -> Vec<Finished> {
    let mut out: Vec<Finished> = Vec::new();
    for next in events {
        let earlier = out.iter().rev().take(MOST);
        let same = earlier.enumerate().find(|(_, old)| same(old, &next, claims, definite));
        match same.map(|(back, _)| out.len() - 1 - back) {
            Some(at) => absorb(&mut out[at], next),
            None => out.push(next),
        }
    }
    out
}

fn same(
    old: &Finished,
    new: &Finished,
    claims: &[Claim],
    definite: &dyn Fn(&Event) -> bool,
) -> bool {
    let (a, b) = (&old.event, &new.event);
    if a.kind != b.kind || a.polarity != b.polarity || real(a.modality) != real(b.modality) {
        return false;
    }
    // within a sentence this is settled by its tree
    if a.sentence == b.sentence || !said_alike(a, b, claims) {
        return false;
    }
    let apart = differ(&a.mode, &b.mode) || differ(&a.date, &b.date) || differ(&a.place, &b.place);
    if apart || !meet(&a.actor, &b.actor) || !meet(&a.recipient, &b.recipient) {
        return false;
    }
    let nobody = b.actor.is_empty() && b.recipient.is_empty();
    if nobody {
        return b.sentence - a.sentence <= REACH && definite(b);
    }
    shares(&a.actor, &b.actor) || shares(&a.recipient, &b.recipient)
}

/// What happened and what is going on may be one event, what is planned is not
/// yet what happened.
fn real(modality: Modality) -> Modality {
    if modality == Modality::Ongoing { Modality::Actual } else { modality }
}

/// Whether two mentions rest on the same word: the article's own, or one
/// speaker's; a denial stands alone.
fn said_alike(a: &Event, b: &Event, claims: &[Claim]) -> bool {
    let claim = |event: &Event| event.claim.and_then(|id| claims.get(id as usize));
    let denies = |claim: &Claim| matches!(claim.stance.as_str(), "deny" | "doubt" | "reject");
    match (claim(a), claim(b)) {
        (None, None) => true,
        (Some(one), None) | (None, Some(one)) => !denies(one),
        (Some(one), Some(other)) => {
            one.id == other.id
                || one.speaker.is_some()
                    && one.speaker == other.speaker
                    && one.stance == other.stance
        }
    }
}

fn differ<T: PartialEq>(a: &Option<T>, b: &Option<T>) -> bool {
    matches!((a, b), (Some(a), Some(b)) if a != b)
}

fn shares(a: &[u32], b: &[u32]) -> bool {
    a.iter().any(|id| b.contains(id))
}

fn meet(a: &[u32], b: &[u32]) -> bool {
    a.is_empty() || b.is_empty() || shares(a, b)
}

fn absorb(into: &mut Finished, from: Finished) {
    let (event, other) = (&mut into.event, from.event);
    event.trigger.extend(other.trigger);
    event.mode = event.mode.take().or(other.mode);
    if event.actor.is_empty() {
        event.actor = other.actor.into_iter().filter(|a| !event.recipient.contains(a)).collect();
    }
    if event.recipient.is_empty() {
        event.recipient =
            other.recipient.into_iter().filter(|r| !event.actor.contains(r)).collect();
    }
    if event.date.is_none() {
        (event.date, event.time, into.dated) = (other.date, other.time, from.dated);
    }
    if event.place.is_none() {
        (event.place, into.placed) = (other.place, from.placed);
    }
    if other.claim.is_none() {
        event.claim = None;
    }
    event.contexts.extend(other.contexts);
    event.contexts.sort();
    event.contexts.dedup();
    into.told += from.told;
    into.certainty = into.certainty.max(from.certainty);
}
