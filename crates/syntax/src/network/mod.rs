//! The reading network: one small trunk, all heads, and in `fine` an encoder
//! before it ([`encoder`]).
//!
//! Word types become vectors once each ([`types`]); a trunk of alternating
//! window-3 maxout convolutions and bidirectional minimal gated units
//! ([`layers`]) reads whole paragraphs; heads give sentence ends, tags, lemma
//! scripts and names, biaffine trees after Dozat and Manning 2017 ([`trees`]),
//! and attribution labels with a linear-chain CRF and their links ([`roles`]).

mod arithmetic;
mod attention;
pub(crate) mod encoder;
mod kernel;
mod layers;
mod lemma;
#[cfg(feature = "measure")]
pub mod measure;
#[cfg(test)]
mod parity;
mod roles;
mod trees;
mod types;
mod wordpiece;

use crate::features::Quote;
use crate::file::ModelFile;
use crate::{Attribution, ModelError};
use arithmetic::argmax;
use encoder::Encoder;
use kernel::{Work, widest};
use layers::{Branch, Joined, Rows};
use lemma::Scripts;
use roles::Roles;
use std::collections::HashMap;
use std::ops::Range;
use std::sync::{Arc, Mutex, PoisonError};
use trees::Trees;
use types::Types;

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
    pub(crate) scripts: Scripts,
}

/// Weights, ready to read with.
#[derive(Debug)]
pub(crate) struct Network {
    pub(crate) labels: Labels,
    /// Lemmas of the treebanks, each with a bit for each part of speech that
    /// they have it with.
    known: HashMap<Box<str>, u32>,
    types: Types,
    encoder: Option<Encoder>,
    trunk: Branch,
    upper: Branch,
    /// Scores of parts of speech, tags, features, lemma scripts and names.
    tags: Joined,
    trees: Trees,
    roles: Roles,
    /// Room to work in, as many as have been reading at the same time.
    rooms: Mutex<Vec<Room>>,
}

/// Room that one window after another is read in.
#[derive(Debug, Default)]
struct Room {
    types: types::Cache,
    encoder: encoder::Room,
    x: Rows,
    wide: Vec<f32>,
    tags: Vec<f32>,
    trees: trees::Room,
}

/// Tokens of a window. The network was trained on windows of about 200; beyond
/// some hundreds nothing is gained.
const WINDOW: usize = 400;
/// Tokens of a window for the encoder, whose places are soon used up and whose
/// time grows with the square of a window.
const ENCODED: usize = 200;

impl Network {
    /// Takes the weights from a model file.
    pub(crate) fn load(file: ModelFile) -> Result<Self, ModelError> {
        let file = Arc::new(file);
        let labels = Labels {
            upos: file.labels("upos")?,
            xpos: file.labels("xpos")?,
            feats: file.labels("feats")?,
            names: file.labels("names")?,
            relations: file.labels("deprel")?,
            scripts: Scripts::parse(&file.labels("lemma")?)?,
        };
        let mut known: HashMap<Box<str>, u32> = HashMap::new();
        for entry in file.labels("known")? {
            let Some((lemma, upos)) = entry.rsplit_once('|') else { continue };
            let upos = labels.upos.iter().position(|label| &**label == upos);
            *known.entry(lemma.into()).or_default() |= upos.map_or(0, bit);
        }
        Ok(Self {
            trunk: Branch::load(&file, "trunk")?,
            upper: Branch::load(&file, "upper")?,
            tags: Joined::load(
                &file,
                [
                    ("upos", labels.upos.len()),
                    ("xpos", labels.xpos.len()),
                    ("feats", labels.feats.len()),
                    ("lemma", labels.scripts.len()),
                    ("names", labels.names.len()),
                ],
            )?,
            trees: Trees::load(&file, &labels.relations)?,
            roles: Roles::load(&file)?,
            known,
            types: Types::load(&file)?,
            encoder: Encoder::load(&file)?,
            labels,
            rooms: Mutex::default(),
        })
    }

    /// Tokens that are best read together, in whole paragraphs.
    pub(crate) fn window(&self) -> usize {
        if self.encoder.is_some() { ENCODED } else { WINDOW }
    }

    /// Reads one window.
    pub(crate) fn read(&self, window: &Window<'_>) -> Reading {
        if window.forms.is_empty() {
            return Reading::default();
        }
        let lock = || self.rooms.lock().unwrap_or_else(PoisonError::into_inner);
        let room = lock().pop();
        let mut room = room.unwrap_or_default();
        let reading = self.read_in(window, &mut room);
        lock().push(room);
        reading
    }

    fn read_in(&self, window: &Window<'_>, room: &mut Room) -> Reading {
        self.trunk_states(window, room);
        let mut reading = Reading::default();
        (reading.sentences, reading.heads, reading.relations) =
            self.trees.parse(&room.x, &window.starts, &mut room.trees);
        self.tag(window, room, &mut reading);
        self.upper.apply(&mut room.x, &mut room.wide);
        reading.attributions = self.roles.read(&room.x, window);
        reading
    }

    /// The states after the trunk, in the room's rows.
    fn trunk_states(&self, window: &Window<'_>, room: &mut Room) {
        self.types.embed(window, &mut room.types, &mut room.x);
        if let Some(encoder) = &self.encoder {
            encoder.add(&window.forms, &mut room.encoder, &mut room.x);
        }
        self.trunk.apply(&mut room.x, &mut room.wide);
    }

    fn tag(&self, window: &Window<'_>, room: &mut Room, reading: &mut Reading) {
        let labels = &self.labels;
        let stride = self.tags.product.stride();
        for tokens in room.x.blocks() {
            let forms = &window.forms[tokens.clone()];
            self.tags.product.multiply(room.x.bytes(tokens), 1, &mut room.tags);
            let mut from = 0;
            let mut best = |count: usize| {
                from += count;
                widest(Best { scores: &room.tags, stride, head: from - count..from })
            };
            let upos = best(labels.upos.len());
            reading.xpos.extend(best(labels.xpos.len()));
            reading.feats.extend(best(labels.feats.len()));
            let scripts = best(labels.scripts.len());
            reading.names.extend(best(labels.names.len()));
            let first = labels.upos.len() + labels.xpos.len() + labels.feats.len();
            let rows = room.tags.chunks_exact(stride).zip(forms).zip(upos.iter().zip(scripts));
            reading.lemmas.extend(rows.map(|((row, form), (&upos, script))| {
                let scores = &row[first..first + labels.scripts.len()];
                lemma::lemma(&labels.scripts, scores, script as usize, form, upos as usize, self)
            }));
            reading.upos.extend(upos);
        }
    }
}

/// The bit of a part of speech.
fn bit(upos: usize) -> u32 {
    1u32.checked_shl(upos as u32).unwrap_or(0)
}

/// The best label of each row of scores, of those in the range `head`.
struct Best<'s> {
    scores: &'s [f32],
    stride: usize,
    head: Range<usize>,
}

impl Work for Best<'_> {
    type Out = Vec<u16>;

    #[inline(always)]
    fn run(self) -> Vec<u16> {
        let rows = self.scores.chunks_exact(self.stride);
        let mut out = Vec::with_capacity(rows.len());
        for row in rows {
            out.push(argmax(&row[self.head.clone()]) as u16);
        }
        out
    }
}

impl lemma::Known for Network {
    fn lemma(&self, lemma: &str, upos: usize) -> bool {
        self.known.get(lemma).is_some_and(|known| known & bit(upos) != 0)
    }

    fn word(&self, word: &str) -> bool {
        self.types.knows(word)
    }
}
