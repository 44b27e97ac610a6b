//! Which place each name means in this article.
//!
//! Every reading of a name has a prior (its size, and what newspapers take for
//! known), to which the article adds: what the words say ("Paris, Texas"), how
//! many other names can lie in the same state or near by, and which countries
//! and states are named. One name means one place throughout the article,
//! except where the words say otherwise. All sums are over cells of the map,
//! never over pairs of names, so that the work grows with the article only.

use crate::candidate::{Candidate, Level, inside};
use crate::mention::Mention;
use crate::votes::Map;
use std::collections::{BTreeMap, BTreeSet};

/// "Paris, Texas": what the words say goes before any size.
const SAID: f64 = 7.0;
/// The same for the place that is said to hold the other.
const HOLDS: f64 = 2.5;
/// How much of a name's vote its likeliest reading gets, round after round, as
/// the exponent of the score: first all readings speak, so that many small
/// places in one spot are heard beside one large place elsewhere.
const SHARPNESS: [f64; 4] = [0.4, 0.7, 1.0, 1.4];

/// The number of the reading chosen for each mention; `None` where there is
/// none.
pub(crate) fn resolve(
    mentions: &[Mention<'_>],
    text_between: impl Fn(usize) -> Between,
) -> Vec<Option<usize>> {
    let groups = Groups::new(mentions);
    let pairs = said_inside(mentions, &groups, text_between);
    let mut scores: Vec<Vec<f64>> = groups
        .members
        .iter()
        .map(|group| {
            let candidates = group.first().map_or(&[][..], |m| &mentions[*m].candidates);
            candidates.iter().map(|c| c.prior).collect()
        })
        .collect();
    // said once or often, it is said
    let inner: BTreeSet<_> = pairs.iter().flatten().map(|pair| pair.inner).collect();
    let outer: BTreeSet<_> = pairs.iter().flatten().map(|pair| pair.outer).collect();
    inner.into_iter().for_each(|reading| add(&mut scores, reading, SAID));
    outer.into_iter().for_each(|reading| add(&mut scores, reading, HOLDS));
    let said = scores.clone();
    let names: Vec<_> = (0..scores.len()).map(|group| groups.candidates(mentions, group)).collect();
    let mut map = Map::default();
    let spots = map.spots(&names);
    let mut own = map.votes();
    for sharpness in SHARPNESS {
        let mut votes = map.votes();
        for (group, scores) in scores.iter().enumerate() {
            votes.add(&spots[group], scores, groups.weight(group), sharpness);
        }
        for group in 0..scores.len() {
            // of one reading there is nothing to decide
            if scores[group].len() < 2 {
                continue;
            }
            let weight = groups.weight(group);
            own.add(&spots[group], &scores[group], weight, sharpness);
            for (at, spot) in spots[group].iter().enumerate() {
                scores[group][at] = said[group][at] + votes.context(spot, &own, weight);
            }
            own.clear(&spots[group]);
        }
    }
    let settled: Vec<Option<usize>> = scores.iter().map(|s| best(s)).collect();
    let mut chosen: Vec<Option<usize>> =
        groups.of.iter().map(|group| settled.get(*group).copied().flatten()).collect();
    for (at, pair) in pairs.iter().enumerate() {
        if let Some(pair) = pair {
            chosen[at] = Some(pair.inner.1);
        }
    }
    chosen
}

/// What stands between a mention and the next one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Between {
    /// A comma: "Paris, Texas".
    Comma,
    /// "in", "of": "Paris in Texas"; or a bracket.
    In,
    /// Anything else.
    Far,
}

/// Mentions by key.
struct Groups {
    /// Group of each mention.
    of: Vec<usize>,
    /// Mentions of each group.
    members: Vec<Vec<usize>>,
    /// How much each group counts.
    weights: Vec<f64>,
}

impl Groups {
    fn new(mentions: &[Mention<'_>]) -> Self {
        let mut numbers: BTreeMap<&str, usize> = BTreeMap::new();
        let mut members: Vec<Vec<usize>> = Vec::new();
        let mut of = Vec::with_capacity(mentions.len());
        for (at, mention) in mentions.iter().enumerate() {
            let number = *numbers.entry(&mention.key).or_insert_with(|| {
                members.push(Vec::new());
                members.len() - 1
            });
            // the same words may have been read in another way elsewhere
            let same = members[number]
                .first()
                .is_none_or(|first| mentions[*first].candidates.len() == mention.candidates.len());
            if same {
                members[number].push(at);
                of.push(number);
            } else {
                members.push(vec![at]);
                of.push(members.len() - 1);
            }
        }
        let sum = |members: &Vec<usize>| members.iter().map(|at| mentions[*at].weight).sum::<f64>();
        let weights = members.iter().map(|members| sum(members).sqrt().min(3.0)).collect();
        Self { of, members, weights }
    }

    /// How much a name counts: more when it is said more often, and in a
    /// dateline.
    fn weight(&self, group: usize) -> f64 {
        self.weights.get(group).copied().unwrap_or(0.0)
    }

    fn candidates<'m, 'r>(&self, mentions: &'m [Mention<'r>], group: usize) -> &'m [Candidate<'r>] {
        let first = self.members.get(group).and_then(|members| members.first());
        first.map_or(&[], |at| &mentions[*at].candidates)
    }
}

/// A mention said to lie in the next one: group and reading of both.
#[derive(Debug, Clone, Copy)]
struct Pair {
    inner: (usize, usize),
    outer: (usize, usize),
}

/// For each mention whether, and how, it is said to lie in the next.
fn said_inside(
    mentions: &[Mention<'_>],
    groups: &Groups,
    between: impl Fn(usize) -> Between,
) -> Vec<Option<Pair>> {
    let mut known: BTreeMap<(usize, usize, bool), Option<Pair>> = BTreeMap::new();
    let mut pairs = Vec::with_capacity(mentions.len());
    for at in 0..mentions.len() {
        let (Some(next), link) = (mentions.get(at + 1), between(at)) else {
            pairs.push(None);
            continue;
        };
        if link == Between::Far {
            pairs.push(None);
            continue;
        }
        let (inner, outer) = (groups.of[at], groups.of[at + 1]);
        let pair = known.entry((inner, outer, link == Between::Comma)).or_insert_with(|| {
            joint(&mentions[at].candidates, &next.candidates, link == Between::Comma)
                .map(|(i, o)| Pair { inner: (inner, i), outer: (outer, o) })
        });
        pairs.push(*pair);
    }
    pairs
}

/// The likeliest readings of two names of which the first lies in the second.
fn joint(inner: &[Candidate<'_>], outer: &[Candidate<'_>], comma: bool) -> Option<(usize, usize)> {
    let mut best: Option<(f64, usize, usize)> = None;
    for (i, a) in inner.iter().enumerate() {
        for (o, b) in outer.iter().enumerate() {
            // commas also make lists: "Lyon, Paris and Nice"
            let states = matches!(b.level, Level::Country | Level::Division | Level::County);
            let listed = b.listed || b.level == Level::County;
            if !states || (comma && !listed) || !inside(a, b) {
                continue;
            }
            let score = a.prior + b.prior;
            if best.is_none_or(|(most, _, _)| score > most) {
                best = Some((score, i, o));
            }
        }
    }
    best.map(|(_, i, o)| (i, o))
}

/// The first of the highest.
fn best(scores: &[f64]) -> Option<usize> {
    let mut best: Option<(usize, f64)> = None;
    for (at, score) in scores.iter().enumerate() {
        if best.is_none_or(|(_, most)| *score > most) {
            best = Some((at, *score));
        }
    }
    best.map(|(at, _)| at)
}

fn add(scores: &mut [Vec<f64>], (group, reading): (usize, usize), more: f64) {
    if let Some(score) = scores.get_mut(group).and_then(|s| s.get_mut(reading)) {
        *score += more;
    }
}
