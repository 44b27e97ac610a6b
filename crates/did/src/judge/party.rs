//! Who is actor, who recipient: the features of a trigger and a party.

use super::clues::{Clues, entity_code, is_named};
use super::trigger::type_code;
use crate::arguments::Arguments;
use crate::tree::Tree;
use crate::triggers::{Hit, Reading};
use dateline_account::{Claim, Entity, EventType};
use dateline_learned::{Id, Space, bucket, word};
use dateline_syntax::Upos;
use std::ops::Range;

/// The rows of the table.
pub(crate) const SPACE: Space = Space { closed: 12_288, open: 20_480 };

/// Parties of a sentence that are looked at for one trigger.
const MOST: usize = 40;

/// A mention that may be an argument of an event, by the head of its noun
/// phrase.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Party<'a> {
    pub token: usize,
    pub entity: &'a Entity,
}

/// An event whose arguments are asked for.
pub(crate) struct Asked<'c> {
    hit: &'c Hit,
    kind: EventType,
    /// Whether the frame is one of the lexicon's own and not one for any word.
    known: bool,
    /// What the frame's pattern gives.
    by_rule: &'c Arguments,
    /// The innermost claim whose content holds the trigger.
    claim: Option<&'c Claim>,
}

impl<'c> Asked<'c> {
    /// What is known of a hit; `None` where it is no event.
    pub(crate) fn new(
        on: &Reading<'_, '_>,
        hit: &'c Hit,
        by_rule: &'c Arguments,
        claim: Option<&'c Claim>,
    ) -> Option<Asked<'c>> {
        let kind = on.lexicon.frames[hit.frame].kind?;
        let known = !on.lexicon.is_of_any_word(hit.frame);
        Some(Asked { hit, kind, known, by_rule, claim })
    }
}

/// The parties of a sentence in reading order.
pub(crate) fn parties<'a>(on: &Reading<'a, '_>, sentence: Range<usize>) -> Vec<Party<'a>> {
    let party = |token| {
        let entity = on.mentions.headed(token).or_else(|| on.mentions.country_of(token))?;
        Some(Party { token, entity })
    };
    sentence.filter_map(party).take(MOST).collect()
}

/// How a party hangs together with a trigger.
struct Way {
    /// What it stands as: a slot's number or a preposition.
    slot: u64,
    path: u64,
    up: usize,
    down: usize,
    /// Verbs passed on the way.
    verbs: usize,
}

/// A token and those above it, as far as a way reaches.
fn chain(tree: &Tree<'_, '_>, from: usize) -> Vec<usize> {
    std::iter::once(from).chain(tree.above(from).take(12)).collect()
}

/// The way from a trigger, whose chain is `own`, to a party.
fn way(on: &Reading<'_, '_>, clues: &Clues, (hit, own): (&Hit, &[usize]), party: usize) -> Way {
    let tree = on.tree;
    let theirs = chain(tree, party);
    let meet = own.iter().position(|t| theirs.contains(t));
    let up = meet.unwrap_or(own.len());
    let top = meet.map(|at| own[at]);
    let down = top.and_then(|t| theirs.iter().position(|&x| x == t)).unwrap_or(theirs.len());
    let mut path = word(if meet.is_some() { "" } else { "apart" });
    let mut step = |token: usize, up: u64| {
        path = path.rotate_left(7) ^ clues.of(token).relation.wrapping_mul(3 + up);
    };
    own.iter().take(up.min(4)).for_each(|&token| step(token, 1));
    theirs.iter().take(down).rev().take(4).for_each(|&token| step(token, 0));
    let passed = own.iter().take(up).skip(1).chain(theirs.iter().take(down).skip(1));
    let verbs = passed.filter(|&&t| tree.upos(t) == Upos::Verb).count();
    Way { slot: slot(on, clues, hit, party), path, up, down, verbs }
}

fn slot(on: &Reading<'_, '_>, clues: &Clues, hit: &Hit, party: usize) -> u64 {
    let (tree, clause) = (on.tree, &hit.around.clause);
    if clause.subjects.contains(&party) {
        return 1;
    }
    if clause.objects.contains(&party) {
        return 2;
    }
    if clause.indirect.contains(&party) {
        return 3;
    }
    let anchors = std::iter::once(hit.token)
        .chain(hit.around.light.map(|(verb, _)| verb))
        .chain(hit.decided.iter().copied());
    let mut at = party;
    if tree.relation(party) == "conj"
        && let Some(first) = tree.head(party)
    {
        at = first;
    }
    for (n, anchor) in anchors.enumerate() {
        if tree.head(at) == Some(anchor) {
            let preposition = tree.preposition(at).map_or(0, |p| word(&p));
            return clues.of(at).relation ^ preposition.rotate_left(9) ^ (n.min(2) as u64 * 77);
        }
    }
    4
}

/// The features of each party for an event.
pub(crate) fn features(
    on: &Reading<'_, '_>,
    clues: &Clues,
    asked: &Asked<'_>,
    parties: &[Party<'_>],
) -> Vec<Vec<Id>> {
    let own = chain(on.tree, asked.hit.token);
    let way = |party: &Party<'_>| way(on, clues, (asked.hit, &own), party.token);
    let ways: Vec<Way> = parties.iter().map(way).collect();
    let nearer = |at: usize| {
        let reach = |way: &Way| way.up + way.down;
        ways.iter().filter(|way| reach(way) < reach(&ways[at])).count()
    };
    parties
        .iter()
        .enumerate()
        .map(|(at, party)| of_party(on, clues, asked, *party, &ways[at], nearer(at)))
        .collect()
}

fn of_party(
    on: &Reading<'_, '_>,
    clues: &Clues,
    asked: &Asked<'_>,
    party: Party<'_>,
    way: &Way,
    nearer: usize,
) -> Vec<Id> {
    let tree = on.tree;
    let (t, m, e) = (asked.hit.token, party.token, party.entity.id);
    let kind = type_code(Some(asked.kind));
    let own = clues.of(t).word;
    let head = clues.of(m).word;
    let part = clues.of(t).upos;
    let rule = if asked.by_rule.actor.contains(&e) {
        1 + u64::from(asked.by_rule.recipient.contains(&e))
    } else {
        3 * u64::from(asked.by_rule.recipient.contains(&e))
    };
    let others = u64::from(asked.by_rule.actor.iter().any(|&o| o != e))
        + 2 * u64::from(asked.by_rule.recipient.iter().any(|&o| o != e));
    let code = entity_code(on.mentions, party.entity);
    let side = u64::from(m < t);
    let named = u64::from(is_named(party.entity)) + 2 * u64::from(tree.upos(m) == Upos::Pron);
    let passive = u64::from(asked.hit.around.clause.passive);
    let speaks = asked.claim.map_or(0, |claim| 1 + u64::from(claim.speaker == Some(e)));
    let relation = clues.of(m).relation;
    let preposition = tree.preposition(m).map_or(0, |p| word(&p));
    let acts = u64::from(on.mentions.acts(party.entity));
    let reach = (way.up.min(5) * 8 + way.down.min(6)) as u64;
    let light = u64::from(asked.hit.around.light.is_some());
    let known = u64::from(asked.known);
    vec![
        SPACE.closed(1, &[]),
        SPACE.closed(2, &[rule, others]),
        SPACE.closed(3, &[rule, others, kind]),
        SPACE.closed(4, &[rule, code]),
        SPACE.closed(5, &[rule, known, part]),
        SPACE.closed(6, &[way.slot, kind]),
        SPACE.closed(7, &[way.slot, part, passive]),
        SPACE.closed(8, &[way.slot, rule]),
        SPACE.open(9, &[way.slot, own.hash]),
        SPACE.open(10, &[way.slot, own.close]),
        SPACE.open(11, &[way.path]),
        SPACE.open(12, &[way.path, kind]),
        SPACE.open(13, &[way.path, rule]),
        SPACE.closed(14, &[reach, side]),
        SPACE.closed(15, &[reach, kind]),
        SPACE.closed(16, &[way.verbs.min(4) as u64, side, part]),
        SPACE.closed(17, &[code, kind]),
        SPACE.closed(18, &[code, way.slot]),
        SPACE.closed(19, &[bucket(m.abs_diff(t)), side, rule]),
        SPACE.closed(20, &[nearer.min(6) as u64, rule]),
        SPACE.closed(21, &[nearer.min(6) as u64, side, kind]),
        SPACE.open(22, &[head.hash]),
        SPACE.open(23, &[head.hash, kind]),
        SPACE.closed(24, &[head.rough, kind]),
        SPACE.closed(25, &[head.rough, rule, acts]),
        SPACE.closed(26, &[named, rule, acts]),
        SPACE.closed(27, &[named, kind]),
        SPACE.closed(28, &[speaks, rule, kind]),
        SPACE.closed(29, &[speaks, way.verbs.min(3) as u64, side]),
        SPACE.closed(30, &[relation, preposition, kind]),
        SPACE.closed(31, &[relation, preposition, rule]),
        SPACE.open(32, &[preposition, own.hash, side]),
        SPACE.closed(33, &[preposition, side, part, light]),
        SPACE.closed(34, &[kind, rule, side, light]),
        SPACE.closed(35, &[u64::from(clues.lower), rule, acts]),
        SPACE.closed(36, &[u64::from(on.mentions.headed(m).is_none()), rule, way.slot]),
        SPACE.open(37, &[tree.head(m).map_or(0, |h| clues.of(h).word.hash), relation]),
        SPACE.closed(38, &[tree.head(m).map_or(0, |h| clues.of(h).word.like), relation]),
    ]
}
