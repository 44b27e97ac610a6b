//! What the names of an article say for each country, division and cell of the
//! map.
//!
//! Countries, divisions and cells are numbered once an article, so that the
//! rounds of voting count in plain arrays.

use crate::candidate::{Candidate, Level};
use crate::fold;
use dateline_lexicon::Map as Hashed;

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
/// A reading with a smaller share of its name's vote has none.
const LEAST: f64 = 0.01;

/// Where a reading lies, in numbers of the article's [`Map`].
#[derive(Debug)]
pub(crate) struct Spot {
    country: Option<usize>,
    /// First-order division.
    state: Option<usize>,
    cell: usize,
    /// Cells of the article in and around that one.
    near: Vec<usize>,
    level: Level,
}

/// The countries, divisions and cells that readings of the article lie in.
#[derive(Debug, Default)]
pub(crate) struct Map<'r> {
    countries: Hashed<usize, &'r str>,
    states: Hashed<usize, (&'r str, String)>,
    /// Divisions as written, so that a name is folded once.
    written: Hashed<usize, (&'r str, &'r str)>,
    cells: Hashed<usize, (i32, i32)>,
}

impl<'r> Map<'r> {
    /// The spots of the readings of each name.
    pub(crate) fn spots(&mut self, names: &[&[Candidate<'r>]]) -> Vec<Vec<Spot>> {
        let mut spots: Vec<Vec<Spot>> = names
            .iter()
            .map(|readings| readings.iter().map(|candidate| self.spot(candidate)).collect())
            .collect();
        // Only now all cells are known. Of a single reading nobody asks.
        let several = spots.iter_mut().zip(names).filter(|(spots, _)| spots.len() > 1);
        for (spots, readings) in several {
            for (spot, candidate) in spots.iter_mut().zip(*readings) {
                let (row, column) = cell(candidate);
                let around = (row - 1..=row + 1)
                    .flat_map(|r| (column - 1..=column + 1).map(move |c| (r, c)));
                spot.near = around.filter_map(|cell| self.cells.get(&cell).copied()).collect();
            }
        }
        spots
    }

    fn spot(&mut self, candidate: &Candidate<'r>) -> Spot {
        let next = self.countries.len();
        let country = (!candidate.country.is_empty())
            .then(|| *self.countries.entry(candidate.country).or_insert(next));
        let state =
            (!candidate.admin1.is_empty()).then(|| self.state(candidate.country, candidate.admin1));
        let next = self.cells.len();
        let cell = *self.cells.entry(cell(candidate)).or_insert(next);
        Spot { country, state, cell, near: Vec::new(), level: candidate.level }
    }

    fn state(&mut self, country: &'r str, admin1: &'r str) -> usize {
        if let Some(state) = self.written.get(&(country, admin1)) {
            return *state;
        }
        let next = self.states.len();
        let state = *self.states.entry((country, fold(admin1))).or_insert(next);
        self.written.insert((country, admin1), state);
        state
    }

    /// Votes in which nobody has voted.
    pub(crate) fn votes(&self) -> Votes {
        Votes {
            countries: vec![0.0; self.countries.len()],
            states: vec![0.0; self.states.len()],
            named: vec![0.0; self.states.len()],
            cells: vec![0.0; self.cells.len()],
            total: 0.0,
        }
    }
}

/// Votes of some names, by the numbers of a [`Map`].
#[derive(Debug)]
pub(crate) struct Votes {
    countries: Vec<f64>,
    states: Vec<f64>,
    /// For states that are named themselves.
    named: Vec<f64>,
    cells: Vec<f64>,
    total: f64,
}

impl Votes {
    /// Adds the vote of a name, which its readings share by how likely they
    /// are; `weight` is how much it counts.
    pub(crate) fn add(&mut self, spots: &[Spot], scores: &[f64], weight: f64, sharpness: f64) {
        let top = scores.iter().copied().fold(f64::MIN, f64::max);
        let likely = |score: &f64| ((score - top) * sharpness).exp();
        let sum: f64 = scores.iter().map(likely).sum::<f64>().max(f64::MIN_POSITIVE);
        for (spot, score) in spots.iter().zip(scores) {
            let share = likely(score) / sum;
            if share < LEAST {
                continue;
            }
            self.total += share * weight;
            if let Some(country) = spot.country {
                self.countries[country] += share * weight;
            }
            if let Some(state) = spot.state {
                self.states[state] += share;
                if spot.level == Level::Division {
                    self.named[state] += share;
                }
            }
            if spot.level != Level::Country {
                self.cells[spot.cell] += share;
            }
        }
    }

    /// Takes back all votes for these spots.
    pub(crate) fn clear(&mut self, spots: &[Spot]) {
        for spot in spots {
            if let Some(country) = spot.country {
                self.countries[country] = 0.0;
            }
            if let Some(state) = spot.state {
                self.states[state] = 0.0;
                self.named[state] = 0.0;
            }
            self.cells[spot.cell] = 0.0;
        }
        self.total = 0.0;
    }

    /// What the rest of the article adds to a reading of the name whose own
    /// vote is given, and how much that name counts.
    pub(crate) fn context(&self, spot: &Spot, own: &Votes, weight: f64) -> f64 {
        let mut score = 0.0;
        let others = self.total - weight;
        let country = spot.country.map_or(0.0, |c| self.countries[c] - own.countries[c]);
        if spot.country.is_some() && others > 0.5 {
            // one other name is less of a context than ten
            score += SAME_COUNTRY * (country / others).clamp(0.0, 1.0) * (others / (others + 0.5));
        }
        if spot.level == Level::Country {
            // as much as a state can get, or "Georgia" would always be the state
            return score + SAME_STATE * saturated(country);
        }
        if let Some(state) = spot.state {
            score += SAME_STATE * saturated(self.states[state] - own.states[state]);
            if spot.level != Level::Division {
                score += STATE_NAMED * self.named[state].min(1.0);
            }
        }
        let near: f64 = spot.near.iter().map(|&cell| self.cells[cell] - own.cells[cell]).sum();
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
