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
mod names;
#[cfg(test)]
mod parity;
mod roles;
mod trees;
mod types;
mod wordpiece;
mod written;

use crate::features::Quote;
use crate::file::ModelFile;
use crate::{Attribution, ModelError};
use arithmetic::argmax;
use encoder::Encoder;
use kernel::{Work, widest};
use layers::{Branch, Joined, Rows};
use lemma::Scripts;
use names::NameLabels;
use roles::Roles;
use std::collections::HashMap;
use std::ops::Range;
use std::sync::{Arc, Mutex, PoisonError};
use trees::Trees;
use types::Types;
use written::Written;

/// Everything the network says of one window of tokens; indexes are relative
/// to the window.
#[derive(Debug, Default)]
pub(crate) struct Reading {
    pub(crate) sentences: Vec<Range<usize>>,
    pub(crate) upos: Vec<u16>,
    pub(crate) xpos: Vec<u16>,
    pub(crate) feats: Vec<u16>,
    pub(crate) lemmas: Vec<Arc<str>>,
    pub(crate) names: Vec<u16>,
    pub(crate) heads: Vec<Option<usize>>,
    pub(crate) relations: Vec<u16>,
    pub(crate) attributions: Vec<Attribution>,
}

impl Reading {
    /// Room for the labels of this many tokens.
    fn with_room(tokens: usize) -> Self {
        let labels = || Vec::with_capacity(tokens);
        Self {
            upos: labels(),
            xpos: labels(),
            feats: labels(),
            names: labels(),
            lemmas: Vec::with_capacity(tokens),
            ..Self::default()
        }
    }
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
    pub(crate) names: NameLabels,
    pub(crate) relations: Vec<Arc<str>>,
    pub(crate) scripts: Scripts,
    /// What lemmas do to the case of forms, for each part of speech.
    cases: Vec<lemma::Case>,
}

/// Weights, ready to read with.
#[derive(Debug)]
pub(crate) struct Network {
    pub(crate) labels: Labels,
    /// Lemmas of the treebanks, each with a bit for each part of speech that
    /// they have it with.
    known: HashMap<Box<str>, u32>,
    written: Written,
    types: Types,
    encoder: Option<Encoder>,
    trunk: Branch,
    upper: Branch,
    /// Scores of parts of speech, tags, features, lemma scripts and, twice, names.
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
    /// The best lemma script of each token of a block.
    scripts: Vec<u16>,
    /// Joint scores of the kinds of names, and the ways back through them.
    names: Vec<f32>,
    back: Vec<u8>,
    trees: trees::Room,
}

/// Tokens of a window. The network was trained on windows of about 200; beyond
/// some hundreds nothing is gained.
const WINDOW: usize = 400;
/// Tokens of a window for the encoder, whose places are soon used up and whose
/// time grows with the square of a window: 200 are no better.
const ENCODED: usize = 140;

impl Network {
    /// Takes the weights from a model file.
    pub(crate) fn load(file: ModelFile) -> Result<Self, ModelError> {
        let file = Arc::new(file);
        let upos = file.labels("upos")?;
        let labels = Labels {
            cases: upos.iter().map(|upos| lemma::Case::of(upos)).collect(),
            upos,
            xpos: file.labels("xpos")?,
            feats: file.labels("feats")?,
            names: NameLabels::new(&file.labels("names")?, file.labels("kinds")?)?,
            relations: file.labels("deprel")?,
            scripts: Scripts::parse(&file.labels("lemma")?)?,
        };
        let entries = file.label_texts("known")?;
        let mut known: HashMap<Box<str>, u32> = HashMap::with_capacity(entries.clone().count());
        for entry in entries {
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
                    ("names", labels.names.coarse_count),
                    ("kinds", labels.names.kinds.len()),
                ],
            )?,
            trees: Trees::load(&file, &labels.relations)?,
            roles: Roles::load(&file)?,
            known,
            written: Written::load(&labels.upos)?,
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
        let mut reading = Reading::with_room(window.forms.len());
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
        let first = labels.upos.len() + labels.xpos.len() + labels.feats.len();
        let scripts = first..first + labels.scripts.len();
        room.names.clear();
        for tokens in room.x.blocks() {
            self.tags.product.multiply(room.x.bytes(tokens.clone()), 1, &mut room.tags);
            let best = |list: &mut Vec<u16>, from: usize, count: usize| {
                widest(Best { scores: &room.tags, stride, head: from..from + count, list });
                from + count
            };
            let head = best(&mut reading.upos, 0, labels.upos.len());
            let head = best(&mut reading.xpos, head, labels.xpos.len());
            let head = best(&mut reading.feats, head, labels.feats.len());
            room.scripts.clear();
            let head = best(&mut room.scripts, head, labels.scripts.len());
            for row in room.tags.chunks_exact(stride) {
                let (gold, kinds) = row[head..].split_at(labels.names.coarse_count);
                labels.names.join(gold, &kinds[..labels.names.kinds.len()], &mut room.names);
            }
            for (row, at) in room.tags.chunks_exact(stride).zip(tokens.clone()) {
                let (form, upos) = (window.forms[at], reading.upos[at] as usize);
                let script = room.scripts[at - tokens.start] as usize;
                let sure = || lemma::sure_lemma(&labels.scripts, script, form, upos, self);
                let lemma = room.types.lemma(at, script, upos, sure).unwrap_or_else(|| {
                    let scores = &row[scripts.clone()];
                    lemma::likeliest_lemma(&labels.scripts, scores, form, upos, self).into()
                });
                reading.lemmas.push(lemma);
            }
        }
        reading.names = labels.names.sequence(&room.names, &mut room.back);
    }
}

/// The bit of a part of speech.
fn bit(upos: usize) -> u32 {
    1u32.checked_shl(upos as u32).unwrap_or(0)
}

/// Adds to `list` the best label of each row of scores, of those in the range
/// `head`.
struct Best<'s> {
    scores: &'s [f32],
    stride: usize,
    head: Range<usize>,
    list: &'s mut Vec<u16>,
}

impl Work for Best<'_> {
    type Out = ();

    #[inline(always)]
    fn run(self) {
        for row in self.scores.chunks_exact(self.stride) {
            self.list.push(argmax(&row[self.head.clone()]) as u16);
        }
    }
}

impl lemma::Known for Network {
    fn lemma(&self, lemma: &str, upos: usize) -> bool {
        self.known.get(lemma).is_some_and(|known| known & bit(upos) != 0)
    }

    fn written(&self, lower: &str, upos: usize) -> Option<&str> {
        self.written.lemma(lower, upos)
    }

    fn word(&self, word: &str) -> bool {
        self.types.knows(word)
    }

    fn case(&self, upos: usize) -> lemma::Case {
        self.labels.cases[upos]
    }
}
