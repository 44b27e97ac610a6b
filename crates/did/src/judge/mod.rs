//! The learned part: a second opinion on what the frames of the lexicon say.
//!
//! Three small tables ([`dateline_learned`]) of features of words, trees, names
//! and of what lexicon and rules found: which words are triggers, and of which
//! type; which parties act and are acted upon; and whether an event happened,
//! where the rules see nothing against it or read too much into a word. They are
//! trained on the corpus of `train/annotations`, the first two also on other codings and on raw
//! news as a larger network reads it that was trained on the same
//! (`train/events`), for PLOVER's sixteen types only: with another ontology the
//! lexicon decides alone.

mod clues;
mod happened;
mod opinion;
mod party;
mod teach;
mod trigger;
mod words;

pub(crate) use opinion::Opinion;
pub(crate) use teach::decisions;
pub use teach::{Decisions, Gold, MayTrigger, Told};
pub(crate) use words::{Word, Words};

use dateline_account::EventType;
use dateline_learned::{Id, Table};

/// Types of events.
const TYPES: usize = EventType::ALL.len();
const TRIGGER_UNITS: usize = 40;
const PARTY_UNITS: usize = 32;
const HAPPENED_UNITS: usize = 24;

const BYTES: &[u8] = include_bytes!("../../model/judge.bin");
const MAGIC: &[u8; 8] = b"dljudg3\n";

/// A table, and how many units of its scores are one unit of a logarithm of odds.
#[derive(Debug)]
struct Scaled<const HIDDEN: usize, const ANSWERS: usize> {
    table: Table<HIDDEN, ANSWERS>,
    scale: f32,
}

impl<const HIDDEN: usize, const ANSWERS: usize> Scaled<HIDDEN, ANSWERS> {
    /// Layout: the scale (f32, little endian), the table.
    fn read(bytes: &'static [u8], rows: usize) -> Option<(Self, &'static [u8])> {
        let (scale, bytes) = bytes.split_first_chunk::<4>()?;
        let (table, rest) = Table::read(bytes, rows)?;
        Some((Self { table, scale: f32::from_le_bytes(*scale) }, rest))
    }

    /// The scores of the answers to a question with these features.
    fn scores(&self, features: &[Id]) -> Scores<ANSWERS> {
        let mut sums = [0; HIDDEN];
        self.table.add(&mut sums, features);
        Scores { whole: self.table.scores(&sums), scale: self.scale }
    }
}

/// A score for each answer.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Scores<const ANSWERS: usize> {
    whole: [i32; ANSWERS],
    scale: f32,
}

impl<const ANSWERS: usize> Scores<ANSWERS> {
    /// With the logarithm of an answer's odds raised.
    pub(crate) fn raised(mut self, answer: usize, by: f32) -> Self {
        self.whole[answer] = self.whole[answer].saturating_add((by * self.scale) as i32);
        self
    }

    /// The best answer; of equals the first.
    pub(crate) fn best(&self) -> usize {
        let best = (0..ANSWERS).max_by_key(|&at| (self.whole[at], std::cmp::Reverse(at)));
        best.unwrap_or(0)
    }

    /// How probable an answer is, by the table.
    pub(crate) fn share(&self, answer: usize) -> f32 {
        let top = self.whole.iter().copied().max().unwrap_or(0);
        let weight = |score: i32| ((score - top) as f32 / self.scale).exp();
        weight(self.whole[answer]) / self.whole.iter().map(|&s| weight(s)).sum::<f32>()
    }
}

/// The tables.
#[derive(Debug)]
pub(crate) struct Judge {
    words: words::Words,
    triggers: Scaled<TRIGGER_UNITS, { TYPES + 1 }>,
    parties: Scaled<PARTY_UNITS, 3>,
    happened: Scaled<HAPPENED_UNITS, { happened::ANSWERS.len() }>,
}

impl Judge {
    /// The tables that the crate comes with; `None` were their file damaged,
    /// which a test rules out.
    pub(crate) fn embedded() -> Option<Judge> {
        Judge::from_bytes(BYTES)
    }

    /// Layout: the magic, then the tables of triggers, parties and modality.
    fn from_bytes(bytes: &'static [u8]) -> Option<Judge> {
        let bytes = bytes.strip_prefix(MAGIC)?;
        let (triggers, bytes) = Scaled::read(bytes, trigger::SPACE.rows())?;
        let (parties, bytes) = Scaled::read(bytes, party::SPACE.rows())?;
        let (happened, bytes) = Scaled::read(bytes, happened::SPACE.rows())?;
        let words = words::Words::embedded();
        bytes.is_empty().then_some(Judge { words, triggers, parties, happened })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_embedded_tables_are_whole() {
        assert!(Judge::embedded().is_some());
        assert!(Judge::from_bytes(&BYTES[..BYTES.len() - 1]).is_none());
        assert!(Judge::from_bytes(b"dljudg3\n").is_none());
    }

    #[test]
    fn shares_add_up_and_the_best_has_most() {
        let scores = Scores { whole: [5, 90, 90, -7], scale: 40.0 };
        assert_eq!(scores.best(), 1);
        let sum: f32 = (0..4).map(|at| scores.share(at)).sum();
        assert!((sum - 1.0).abs() < 1e-6 && scores.share(1) > scores.share(0));
        let raised = scores.raised(2, 1.0);
        assert_eq!(raised.best(), 2);
        let odds = |scores: &Scores<4>| scores.share(2) / scores.share(1);
        assert!((odds(&raised) - std::f32::consts::E * odds(&scores)).abs() < 1e-4);
    }
}
