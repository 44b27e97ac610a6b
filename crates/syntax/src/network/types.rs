//! Vectors of word types: everything that depends on the type alone.
//! A [`Cache`] keeps them from window to window and article to article.

use super::Window;
use super::kernel::{Product, RowsMut, Work, widest};
use super::layers::{AddLarger, Dense, Norm, Rows, WIDTH};
use crate::ModelError;
use crate::features::{AFFIX_BUCKETS, SHAPE_BUCKETS, key, prefixes, shape, suffixes};
use crate::file::{ModelFile, Table};
use std::collections::HashMap;
use std::sync::Arc;

const AFFIX: usize = 64;
const SHAPE: usize = 32;
const FEATURES: usize = WIDTH + 2 * AFFIX + SHAPE;
/// Types a generation of a cache holds: some 6 MB.
const GENERATION: usize = 12_000;

/// The word table, affix and shape tables, and the layer that mixes them.
#[derive(Debug)]
pub(crate) struct Types {
    file: Arc<ModelFile>,
    words: Table,
    prefix: Table,
    suffix: Table,
    shape: Table,
    mix: Product,
    norm: Norm,
    /// Rows of the places a token can have: its state towards quotation marks,
    /// twice (a paragraph starts there or not).
    places: Vec<f32>,
}

/// Rows of types that were seen lately. A row's numbers do not depend on what
/// else is in the cache, so neither does what is read with it.
#[derive(Debug, Default)]
pub(crate) struct Cache {
    young: Generation,
    old: Generation,
    features: Vec<f32>,
    pieces: Vec<f32>,
    vectors: Vec<f32>,
    slots: Vec<usize>,
    fresh: Vec<usize>,
}

#[derive(Debug, Default)]
struct Generation {
    slots: HashMap<Box<str>, usize>,
    rows: Vec<f32>,
    /// For each slot a lemma of the type, and the script and part of speech
    /// that it was found with.
    lemmas: Vec<Option<(usize, usize, Arc<str>)>>,
}

impl Cache {
    /// The lemma of a token of the window that was looked up last, as `find`
    /// gives it; that must depend on the type, the script and the part of
    /// speech alone.
    pub(crate) fn lemma(
        &mut self,
        token: usize,
        script: usize,
        upos: usize,
        find: impl FnOnce() -> Option<String>,
    ) -> Option<Arc<str>> {
        let kept = &mut self.young.lemmas[self.slots[token]];
        if let Some((of_script, of_upos, lemma)) = kept
            && (*of_script, *of_upos) == (script, upos)
        {
            return Some(lemma.clone());
        }
        let lemma: Arc<str> = find()?.into();
        *kept = Some((script, upos, lemma.clone()));
        Some(lemma)
    }
}

impl Types {
    pub(crate) fn load(file: &Arc<ModelFile>) -> Result<Self, ModelError> {
        let (quote, start) =
            (file.sized("quote.weight", 5, WIDTH)?, file.sized("start.weight", 2, WIDTH)?);
        let places = (0..10)
            .flat_map(|place| {
                quote.row(place / 2).iter().zip(start.row(place % 2)).map(|(q, s)| q + s)
            })
            .collect();
        let affixes = AFFIX_BUCKETS as usize;
        Ok(Self {
            words: file.table("types.word", file.word_count() + 1, WIDTH)?,
            prefix: file.table("types.prefix", affixes, AFFIX)?,
            suffix: file.table("types.suffix", affixes, AFFIX)?,
            shape: file.table("types.shape", SHAPE_BUCKETS as usize, SHAPE)?,
            mix: Dense::load(file, "types.mix.lin", 2 * WIDTH, FEATURES)?.packed(),
            norm: Norm::load(file, "types.norm")?,
            places,
            file: file.clone(),
        })
    }

    /// Multiply-adds of a type.
    #[cfg(feature = "measure")]
    pub(crate) fn multiply_adds(&self) -> usize {
        self.mix.multiply_adds()
    }

    /// Whether the word table has a row for a word.
    pub(crate) fn knows(&self, word: &str) -> bool {
        self.file.word(&key(word)) > 0
    }

    /// The rows of a window's tokens.
    pub(crate) fn embed(&self, window: &Window<'_>, cache: &mut Cache, x: &mut Rows) {
        self.look_up(&window.forms, cache);
        x.resize(window.forms.len());
        let (values, bytes) = x.all_mut();
        let places = &self.places;
        widest(Sum {
            types: &cache.young.rows,
            slots: &cache.slots,
            places,
            window,
            values,
            bytes,
        });
    }

    /// Slots, in the young generation, of the rows of `forms`; rows that are
    /// not there are computed.
    pub(super) fn look_up(&self, forms: &[&str], cache: &mut Cache) {
        if cache.young.slots.len() + forms.len() > GENERATION {
            std::mem::swap(&mut cache.young, &mut cache.old);
            cache.young.slots.clear();
            cache.young.rows.clear();
            cache.young.lemmas.clear();
        }
        let Cache { young, old, features, pieces, vectors, slots, fresh } = cache;
        slots.clear();
        fresh.clear();
        features.clear();
        for &form in forms {
            if let Some(&slot) = young.slots.get(form) {
                slots.push(slot);
                continue;
            }
            let slot = young.slots.len();
            slots.push(slot);
            young.slots.insert(form.into(), slot);
            young.lemmas.push(None);
            match old.slots.get(form) {
                Some(&at) => young.rows.extend_from_slice(&old.rows[at * WIDTH..(at + 1) * WIDTH]),
                None => {
                    young.rows.resize((slot + 1) * WIDTH, 0.0);
                    fresh.push(slot);
                    let at = features.len();
                    features.resize(at + FEATURES, 0.0);
                    self.features(form, &mut features[at..]);
                }
            }
        }
        self.mix.apply(features, FEATURES, pieces);
        vectors.clear();
        vectors.resize(fresh.len() * WIDTH, 0.0);
        widest(AddLarger { x: vectors, pieces, norm: &self.norm, bytes: None });
        for (slot, vector) in fresh.iter().zip(vectors.chunks_exact(WIDTH)) {
            young.rows[slot * WIDTH..(slot + 1) * WIDTH].copy_from_slice(vector);
        }
    }

    fn features(&self, form: &str, row: &mut [f32]) {
        let key = key(form);
        let (word, rest) = row.split_at_mut(WIDTH);
        let (prefix, rest) = rest.split_at_mut(AFFIX);
        let (suffix, outline) = rest.split_at_mut(AFFIX);
        self.file.add_row(self.words, self.file.word(&key), word);
        for bucket in prefixes(&key).into_iter().filter(|&b| b > 0) {
            self.file.add_row(self.prefix, bucket as usize, prefix);
        }
        for bucket in suffixes(&key).into_iter().filter(|&b| b > 0) {
            self.file.add_row(self.suffix, bucket as usize, suffix);
        }
        self.file.add_row(self.shape, shape(form) as usize, outline);
    }
}

/// Sums of what a token's type and its place are.
struct Sum<'s> {
    types: &'s [f32],
    slots: &'s [usize],
    places: &'s [f32],
    window: &'s Window<'s>,
    values: &'s mut [f32],
    bytes: RowsMut<'s>,
}

impl Work for Sum<'_> {
    type Out = ();

    #[inline(always)]
    fn run(mut self) {
        for (at, token) in self.values.chunks_exact_mut(WIDTH).enumerate() {
            let slot = self.slots[at];
            let place = self.window.quotes[at] as usize * 2 + usize::from(self.window.starts[at]);
            let own = &self.types[slot * WIDTH..(slot + 1) * WIDTH];
            let stand = &self.places[place * WIDTH..(place + 1) * WIDTH];
            for ((value, own), stand) in token.iter_mut().zip(own).zip(stand) {
                *value = own + stand;
            }
            self.bytes.set_row(at, token);
        }
    }
}
