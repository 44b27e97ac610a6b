//! Claims: who says, thinks, feels or knows what, in which words.
//!
//! The terms are those of PARC 3 (Pareti 2016) and PolNeAR (Newell, Margolin
//! and Ruths 2018): an attribution has a *source*, a *cue* and a *content*. The
//! network finds and links them; this room turns them into claims, finds the
//! quotations that were left over, and reads what stands around the cue: the
//! stance, whom it was said to, who relayed it, by what channel and when.
//! Without a network it finds claims by rule.
//!
//! The words it knows are in `lexicon/cues.tsv` and `lexicon/channels.tsv`.
//!
//! ```
//! use dateline_lexicon::Lexicons;
//! use dateline_said::{ClaimReader, STANCES};
//! let reader = ClaimReader::new(&Lexicons::embedded())?;
//! let doc = dateline_syntax::Model::swift().unwrap().read("");
//! assert!(reader.read(&doc, &[], &[], &[], false).is_empty());
//! assert!(STANCES.contains(&"deny"));
//! # Ok::<(), dateline_lexicon::LexiconError>(())
//! ```

// the parts of a claim are lists of ranges, often of one
#![allow(clippy::single_range_in_vec_init)]

mod build;
mod channels;
mod cues;
mod draft;
mod explain;
mod follow;
mod forms;
mod frame;
mod linked;
mod mend;
mod missed;
mod phrases;
mod quotes;
mod rules;
mod signed;
mod speaker;
mod stance;
#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;
mod told;
mod tree;
mod turns;
mod weigh;
mod when_where;

pub use stance::{STANCES, stance};

use channels::Channels;
use cues::Cues;
use dateline_account::{Claim, Entity, Place, Time};
use dateline_learned::Weights;
use dateline_lexicon::{LexiconError, Lexicons, Problems};
use dateline_syntax::Doc;
use draft::{Draft, Reading};
use speaker::Mentions;

/// Reads the claims of documents.
#[derive(Debug)]
pub struct ClaimReader {
    cues: Cues,
    channels: Channels,
    weights: Weights,
}

/// A claim that may yet be left out, with what its confidence is made of.
#[derive(Debug, Clone, PartialEq)]
pub struct Candidate {
    /// The claim; `within` is not filled in.
    pub claim: Claim,
    /// Feature, value and strength.
    pub features: Vec<(String, String, f32)>,
}

impl ClaimReader {
    /// Loads the lexicons of this room.
    ///
    /// # Errors
    /// A mistake in a lexicon, with its file and line.
    pub fn new(lexicons: &Lexicons) -> Result<Self, LexiconError> {
        let mut problems = Problems::default();
        let reader = Self::load(lexicons, &mut problems);
        problems.result(reader)
    }

    /// Loads what [`ClaimReader::new`] does, gathers all that is wrong, and goes
    /// on without the rows that are.
    pub fn load(lexicons: &Lexicons, problems: &mut Problems) -> Self {
        Self {
            cues: Cues::load(lexicons, problems),
            channels: Channels::load(lexicons, problems),
            weights: problems.keep(weigh::embedded()).unwrap_or_default(),
        }
    }

    /// The claims of a document, in the order of their contents. `speaker`,
    /// `addressee`, `via`, `said` and `place` point into `entities`, `times` and
    /// `places`. With `explain`, each claim says what decided it.
    pub fn read(
        &self,
        doc: &Doc<'_>,
        entities: &[Entity],
        times: &[Time],
        places: &[Place],
        explain: bool,
    ) -> Vec<Claim> {
        if doc.tokens.is_empty() {
            return Vec::new();
        }
        let reading = Reading::new(doc, &self.cues, &self.channels);
        let mentions = Mentions::new(&reading, entities);
        let weighed =
            build::weighed(&reading, &mentions, &self.weights, drafts(&reading, &mentions));
        let explain = explain.then_some(&self.weights);
        let rows = build::Rows { times, places };
        build::claims(&reading, &mentions, build::sure(&reading, weighed), rows, explain)
    }

    /// All that might be claims, the unsure ones too, with the features that
    /// confidence is fitted on (`train/claims`).
    pub fn candidates(&self, doc: &Doc<'_>, entities: &[Entity]) -> Vec<Candidate> {
        let reading = Reading::new(doc, &self.cues, &self.channels);
        let mentions = Mentions::new(&reading, entities);
        let weighed =
            build::weighed(&reading, &mentions, &self.weights, drafts(&reading, &mentions));
        build::candidates(&reading, &mentions, weighed)
    }
}

/// What the network, the tree and the quotation marks give, unweighed.
fn drafts(reading: &Reading<'_, '_>, mentions: &Mentions) -> Vec<Draft> {
    let mut drafts = if reading.doc.attributions.is_empty() {
        rules::drafts(reading)
    } else {
        let mut linked = linked::drafts(reading);
        mend::mend(reading, &mut linked);
        missed::add(reading, &mut linked);
        linked
    };
    turns::add(reading, &mut drafts);
    follow::complete(reading, mentions, &mut drafts);
    drafts
}
