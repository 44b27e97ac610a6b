//! The reading network: one small trunk, all heads.
//!
//! Word types become vectors once each ([`types`]); a trunk of alternating
//! window-3 maxout convolutions and bidirectional minimal gated units
//! ([`layers`]) reads whole paragraphs; heads give sentence ends, tags, lemma
//! scripts and names, biaffine trees after Dozat and Manning 2017 ([`trees`]),
//! and attribution labels with a linear-chain CRF and their links ([`roles`]).

mod kernel;
mod layers;
mod lemma;
#[cfg(test)]
mod parity;
mod roles;
mod trees;
mod types;

use crate::features::Quote;
use crate::file::{Matrix, ModelFile};
use crate::{Attribution, ModelError};
use layers::{Branch, Dense};
use lemma::Script;
use roles::Roles;
use std::collections::HashSet;
use std::ops::Range;
use std::sync::Arc;
use trees::Trees;
use types::Types;

pub(crate) use layers::WIDTH;

/// Everything the network says of one window of tokens; indexes are relative
/// to the window.
#[derive(Debug, Default)]
pub(crate) struct Reading {
    pub(crate) sentences: Vec<Range<usize>>,
    pub(crate) upos: Vec<u16>,
    pub(crate) xpos: Vec<u16>,
    pub(crate) feats: Vec<u16>,
    pub(crate) lemmas: Vec<String>,
    pub(crate) names: Vec<u16>,
    pub(crate) heads: Vec<Option<usize>>,
    pub(crate) relations: Vec<u16>,
    pub(crate) attributions: Vec<Attribution>,
}

/// A window to be read: the forms and, for each, whether a paragraph starts
/// there and how it stands towards quotation marks.
#[derive(Debug)]
pub(crate) struct Window<'t> {
    pub(crate) forms: Vec<&'t str>,
    pub(crate) starts: Vec<bool>,
    pub(crate) quotes: Vec<Quote>,
}

/// Label lists of the tagging heads.
#[derive(Debug)]
pub(crate) struct Labels {
    pub(crate) upos: Vec<Arc<str>>,
    pub(crate) xpos: Vec<Arc<str>>,
    pub(crate) feats: Vec<Arc<str>>,
    pub(crate) names: Vec<Arc<str>>,
    pub(crate) relations: Vec<Arc<str>>,
    pub(crate) scripts: Vec<Script>,
}

/// Weights, ready to read with.
#[derive(Debug)]
pub(crate) struct Network {
    pub(crate) labels: Labels,
    /// Lemmas of the treebanks with their parts of speech, `write|VERB`.
    known: HashSet<String>,
    types: Types,
    quote: Matrix,
    start: Matrix,
    trunk: Branch,
    upper: Branch,
    upos: Dense,
    xpos: Dense,
    feats: Dense,
    scripts: Dense,
    names: Dense,
    ends: Dense,
    trees: Trees,
    roles: Roles,
}

impl Network {
    /// Takes the weights from a model file.
    pub(crate) fn load(file: ModelFile) -> Result<Self, ModelError> {
        let labels = Labels {
            upos: file.labels("upos")?,
            xpos: file.labels("xpos")?,
            feats: file.labels("feats")?,
            names: file.labels("names")?,
            relations: file.labels("deprel")?,
            scripts: file
                .labels("lemma")?
                .iter()
                .map(|s| Script::parse(s))
                .collect::<Result<_, _>>()?,
        };
        let head = |name: &str, labels: usize| Dense::load(&file, name, labels, WIDTH);
        Ok(Self {
            quote: file.sized("quote.weight", 5, WIDTH)?,
            start: file.sized("start.weight", 2, WIDTH)?,
            trunk: Branch::load(&file, "trunk")?,
            upper: Branch::load(&file, "upper")?,
            upos: head("upos", labels.upos.len())?,
            xpos: head("xpos", labels.xpos.len())?,
            feats: head("feats", labels.feats.len())?,
            scripts: head("lemma", labels.scripts.len())?,
            names: head("names", labels.names.len())?,
            ends: head("ends", 1)?,
            trees: Trees::load(&file, &labels.relations)?,
            roles: Roles::load(&file)?,
            known: file.labels("known")?.iter().map(|lemma| lemma.to_string()).collect(),
            types: Types::load(file)?,
            labels,
        })
    }

    /// One row a token: its type's vector and what is known of its place.
    fn embed(&self, window: &Window<'_>) -> Vec<f32> {
        let mut x = self.types.vectors(&window.forms);
        for (at, row) in x.chunks_exact_mut(WIDTH).enumerate() {
            let quote = self.quote.row(window.quotes[at] as usize);
            let start = self.start.row(usize::from(window.starts[at]));
            for ((value, q), s) in row.iter_mut().zip(quote).zip(start) {
                *value += q + s;
            }
        }
        x
    }

    fn lemmas(&self, x: &[f32], forms: &[&str], upos: &[u16]) -> Vec<String> {
        let scripts = &self.labels.scripts;
        let scores = self.scripts.apply(x);
        let rows = scores.chunks_exact(scripts.len()).zip(forms).zip(upos);
        rows.map(|((row, form), &upos)| {
            lemma::lemma(scripts, row, form, &self.labels.upos[upos as usize], self)
        })
        .collect()
    }

    /// Reads one window.
    pub(crate) fn read(&self, window: &Window<'_>) -> Reading {
        let tokens = window.forms.len();
        if tokens == 0 {
            return Reading::default();
        }
        let mut x = self.embed(window);
        self.trunk.apply(&mut x);
        let ends = self.ends.apply(&x);
        let sentences = trees::sentences(&ends, &window.starts);
        let (heads, relations) = self.trees.parse(&x, &sentences);
        let upos = best(&self.upos.apply(&x), self.labels.upos.len());
        let mut reading = Reading {
            xpos: best(&self.xpos.apply(&x), self.labels.xpos.len()),
            feats: best(&self.feats.apply(&x), self.labels.feats.len()),
            lemmas: self.lemmas(&x, &window.forms, &upos),
            upos,
            names: best(&self.names.apply(&x), self.labels.names.len()),
            sentences,
            heads,
            relations,
            attributions: Vec::new(),
        };
        self.upper.apply(&mut x);
        reading.attributions = self.roles.read(&x, window);
        reading
    }
}

impl lemma::Known for Network {
    fn lemma(&self, lemma: &str, upos: &str) -> bool {
        self.known.contains(&format!("{lemma}|{upos}"))
    }

    fn word(&self, word: &str) -> bool {
        self.types.knows(word)
    }
}

/// The best label of each row of scores.
fn best(scores: &[f32], labels: usize) -> Vec<u16> {
    scores.chunks_exact(labels).map(|row| argmax(row) as u16).collect()
}

/// Index of the largest number, the first of equals.
fn argmax(row: &[f32]) -> usize {
    let mut best = 0;
    for (at, &value) in row.iter().enumerate() {
        if value > row[best] {
            best = at;
        }
    }
    best
}
