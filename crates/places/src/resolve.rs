//! Which place each name means in this article.
//!
//! Every reading of a name has a prior (its size, and what newspapers take for
//! known), to which the article adds: what the words say ("Paris, Texas"), how
//! many other names can lie in the same state or near by, and which countries
//! and states are named. One name means one place throughout the article,
//! except where the words say otherwise. All sums are over cells of the map,
//! never over pairs of names, so that the work grows with the article only.

use crate::candidate::{Candidate, Level, inside};
use crate::fold;
use crate::mention::Mention;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// "Paris, Texas": what the words say goes before any size.
const SAID: f64 = 7.0;
/// The same for the place that is said to hold the other.
const HOLDS: f64 = 2.5;
/// Most for sharing a state with other names of the article.
const SAME_STATE: f64 = 3.5;
/// Most for lying near other names of the article.
const NEARBY: f64 = 2.8;
/// Most for lying in the country that the article is about.
const SAME_COUNTRY: f64 = 2.2;
/// For lying in a state that the article names.
const STATE_NAMED: f64 = 1.6;
/// Edge of a cell of the map, in degrees.
const CELL: f64 = 1.5;
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
    for sharpness in SHARPNESS {
        let votes = Votes::new(mentions, &groups, &scores, sharpness);
        for group in 0..scores.len() {
            let candidates = groups.candidates(mentions, group);
            let own = groups.ballot(mentions, group, &scores[group], sharpness);
            for (at, candidate) in candidates.iter().enumerate() {
                let context = votes.context(candidate, groups.states[group][at], &own);
                if let (Some(score), Some(said)) = (scores[group].get_mut(at), said[group].get(at))
                {
                    *score = said + context;
                }
            }
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
    /// Division of each reading of each group.
    states: Vec<Vec<State>>,
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
        let mut known = States::default();
        let mut states = |members: &Vec<usize>| -> Vec<State> {
            let candidates = members.first().map_or(&[][..], |at| &mentions[*at].candidates);
            candidates.iter().map(|c| known.number(c.country, c.admin1)).collect()
        };
        let states = members.iter().map(&mut states).collect();
        Self { states, of, members, weights }
    }

    /// How a group votes.
    fn ballot<'r>(
        &self,
        mentions: &[Mention<'r>],
        group: usize,
        scores: &[f64],
        sharpness: f64,
    ) -> Ballot<'r> {
        let candidates = self.candidates(mentions, group);
        let states = self.states.get(group).map_or(&[][..], Vec::as_slice);
        Ballot::new(candidates, states, scores, self.weight(group), sharpness)
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

/// What one name says for each country, state and cell: its readings share one
/// vote by how likely they are.
struct Ballot<'r> {
    countries: Vec<(&'r str, f64)>,
    states: Vec<(State, f64)>,
    /// States that are named themselves.
    named: Vec<(State, f64)>,
    cells: Vec<((i32, i32), f64)>,
    weight: f64,
}

/// Number of a first-order division: one of a country and folded name.
type State = u32;

/// The divisions met so far; their names are folded once.
#[derive(Default)]
struct States<'r> {
    by_name: HashMap<(&'r str, &'r str), State>,
    by_folded: HashMap<(&'r str, String), State>,
}

impl<'r> States<'r> {
    fn number(&mut self, country: &'r str, admin1: &'r str) -> State {
        if let Some(state) = self.by_name.get(&(country, admin1)) {
            return *state;
        }
        let next = self.by_folded.len() as State;
        let state = *self.by_folded.entry((country, fold(admin1))).or_insert(next);
        self.by_name.insert((country, admin1), state);
        state
    }
}

impl<'r> Ballot<'r> {
    fn new(
        candidates: &[Candidate<'r>],
        states: &[State],
        scores: &[f64],
        weight: f64,
        sharpness: f64,
    ) -> Self {
        let top = scores.iter().copied().fold(f64::MIN, f64::max);
        let likely = |score: &f64| ((score - top) * sharpness).exp();
        let sum: f64 = scores.iter().map(likely).sum();
        let mut ballot = Self {
            countries: Vec::new(),
            states: Vec::new(),
            named: Vec::new(),
            cells: Vec::new(),
            weight,
        };
        for ((candidate, state), score) in candidates.iter().zip(states).zip(scores) {
            let share = likely(score) / sum.max(f64::MIN_POSITIVE);
            if share < 0.01 {
                continue;
            }
            ballot.countries.push((candidate.country, share));
            if !candidate.admin1.is_empty() {
                ballot.states.push((*state, share));
                if candidate.level == Level::Division {
                    ballot.named.push((*state, share));
                }
            }
            if candidate.level != Level::Country {
                ballot.cells.push((cell(candidate), share));
            }
        }
        ballot
    }

    fn country(&self, country: &str) -> f64 {
        self.countries.iter().filter(|(c, _)| *c == country).map(|(_, share)| share).sum()
    }

    fn state(&self, state: State) -> f64 {
        self.states.iter().filter(|(s, _)| *s == state).map(|(_, share)| share).sum()
    }

    fn near(&self, (row, column): (i32, i32)) -> f64 {
        let near =
            |&&((r, c), _): &&((i32, i32), f64)| (r - row).abs() <= 1 && (c - column).abs() <= 1;
        self.cells.iter().filter(near).map(|(_, share)| share).sum()
    }
}

/// The votes of all names of the article.
#[derive(Default)]
struct Votes<'r> {
    countries: BTreeMap<&'r str, f64>,
    total: f64,
    states: BTreeMap<State, f64>,
    named: BTreeMap<State, f64>,
    cells: BTreeMap<(i32, i32), f64>,
}

impl<'r> Votes<'r> {
    fn new(mentions: &[Mention<'r>], groups: &Groups, scores: &[Vec<f64>], sharpness: f64) -> Self {
        let mut votes = Self::default();
        for (group, scores) in scores.iter().enumerate() {
            let weight = groups.weight(group);
            let ballot = groups.ballot(mentions, group, scores, sharpness);
            for (country, share) in ballot.countries {
                *votes.countries.entry(country).or_default() += share * weight;
                votes.total += share * weight;
            }
            for (state, share) in ballot.states {
                *votes.states.entry(state).or_default() += share;
            }
            for (state, share) in ballot.named {
                *votes.named.entry(state).or_default() += share;
            }
            for (cell, share) in ballot.cells {
                *votes.cells.entry(cell).or_default() += share;
            }
        }
        votes
    }

    /// What the rest of the article adds to a reading of the name whose own
    /// vote is given.
    fn context(&self, candidate: &Candidate<'r>, state: State, own: &Ballot<'r>) -> f64 {
        let mut score = 0.0;
        let others = self.total - own.weight;
        if !candidate.country.is_empty() && others > 0.5 {
            let votes = self.countries.get(candidate.country).copied().unwrap_or(0.0);
            let votes = votes - own.country(candidate.country) * own.weight;
            // one other name is less of a context than ten
            score += SAME_COUNTRY * (votes / others).clamp(0.0, 1.0) * (others / (others + 0.5));
        }
        if candidate.level == Level::Country {
            // as much as a state can get, or "Georgia" would always be the state
            let votes = self.countries.get(candidate.country).copied().unwrap_or(0.0);
            let votes = votes - own.country(candidate.country) * own.weight;
            return score + SAME_STATE * saturated(votes);
        }
        if !candidate.admin1.is_empty() {
            let votes = self.states.get(&state).copied().unwrap_or(0.0) - own.state(state);
            score += SAME_STATE * saturated(votes);
            if candidate.level != Level::Division {
                let named = self.named.get(&state).copied().unwrap_or(0.0);
                score += STATE_NAMED * named.min(1.0);
            }
        }
        let (row, column) = cell(candidate);
        let mut near = -own.near((row, column));
        for r in row - 1..=row + 1 {
            for c in column - 1..=column + 1 {
                near += self.cells.get(&(r, c)).copied().unwrap_or(0.0);
            }
        }
        score + NEARBY * saturated(near)
    }
}

fn cell(candidate: &Candidate<'_>) -> (i32, i32) {
    ((candidate.lat / CELL).floor() as i32, (candidate.lon / CELL).floor() as i32)
}

fn saturated(votes: f64) -> f64 {
    let votes = votes.max(0.0);
    votes / (votes + 0.7)
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
