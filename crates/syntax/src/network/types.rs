//! Vectors of word types: everything that depends on the type alone.
//!
//! Besides a type's vector, that is its part in the first convolution: a
//! convolution over three tokens is the sum of what each of them gives, and
//! what a token gives is the sum of what its type and its place give. A
//! [`Cache`] keeps both from window to window and article to article.

use super::Window;
use super::kernel::{Product, Work, widest};
use super::layers::{AddLarger, Dense, Norm, Rows, WIDTH};
use crate::ModelError;
use crate::features::{AFFIX_BUCKETS, SHAPE_BUCKETS, key, prefixes, shape, suffixes};
use crate::file::{ModelFile, Table};
use std::collections::HashMap;
use std::sync::Arc;

const AFFIX: usize = 64;
const SHAPE: usize = 32;
const FEATURES: usize = WIDTH + 2 * AFFIX + SHAPE;
/// Outputs of the convolution.
const MIX: usize = 2 * WIDTH;
/// A type's vector and what it gives to the token after it, to its own and to
/// the token before it.
const ROW: usize = WIDTH + 3 * MIX;
/// Types a generation of a cache holds: some 10 MB.
const GENERATION: usize = 3000;

/// The word table, affix and shape tables, the layer that mixes them, and the
/// first convolution.
#[derive(Debug)]
pub(crate) struct Types {
    file: Arc<ModelFile>,
    words: Table,
    prefix: Table,
    suffix: Table,
    shape: Table,
    mix: Product,
    norm: Norm,
    convolution: Product,
    /// Rows like a cache's, of the places a token can have: its state towards
    /// quotation marks, twice (a paragraph starts there or not).
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
    given: Vec<f32>,
    slots: Vec<usize>,
    fresh: Vec<usize>,
}

#[derive(Debug, Default)]
struct Generation {
    slots: HashMap<Box<str>, usize>,
    rows: Vec<f32>,
}

impl Types {
    pub(crate) fn load(file: &Arc<ModelFile>) -> Result<Self, ModelError> {
        let convolution = Dense::load(file, "trunk.0.mix.lin", MIX, 3 * WIDTH)?;
        let thirds = (0..3).flat_map(|third| {
            let rows = convolution.weight.values.chunks_exact(3 * WIDTH);
            rows.map(move |row| &row[third * WIDTH..(third + 1) * WIDTH])
        });
        let product = Product::new(thirds, &[], WIDTH);
        let (quote, start) =
            (file.sized("quote.weight", 5, WIDTH)?, file.sized("start.weight", 2, WIDTH)?);
        let vectors: Vec<f32> = (0..10)
            .flat_map(|place| {
                quote.row(place / 2).iter().zip(start.row(place % 2)).map(|(q, s)| q + s)
            })
            .collect();
        let mut given = Vec::new();
        product.apply(&vectors, WIDTH, &mut given);
        let mut places = Vec::with_capacity(10 * ROW);
        for (vector, given) in vectors.chunks_exact(WIDTH).zip(given.chunks_exact_mut(3 * MIX)) {
            for (own, bias) in given[MIX..2 * MIX].iter_mut().zip(&convolution.bias) {
                *own += bias;
            }
            places.extend_from_slice(vector);
            places.extend_from_slice(given);
        }
        let affixes = AFFIX_BUCKETS as usize;
        Ok(Self {
            words: file.table("types.word", file.word_count() + 1, WIDTH)?,
            prefix: file.table("types.prefix", affixes, AFFIX)?,
            suffix: file.table("types.suffix", affixes, AFFIX)?,
            shape: file.table("types.shape", SHAPE_BUCKETS as usize, SHAPE)?,
            mix: Dense::load(file, "types.mix.lin", MIX, FEATURES)?.packed(),
            norm: Norm::load(file, "types.norm")?,
            convolution: product,
            places,
            file: file.clone(),
        })
    }

    /// Multiply-adds of a type.
    #[cfg(feature = "measure")]
    pub(crate) fn multiply_adds(&self) -> usize {
        self.mix.multiply_adds() + self.convolution.multiply_adds()
    }

    /// Whether the word table has a row for a word.
    pub(crate) fn knows(&self, word: &str) -> bool {
        self.file.word(&key(word)) > 0
    }

    /// The rows of a window's tokens and, in `wide`, the outputs of the first
    /// convolution over them.
    pub(crate) fn embed(
        &self,
        window: &Window<'_>,
        cache: &mut Cache,
        x: &mut Rows,
        wide: &mut Vec<f32>,
    ) {
        self.look_up(&window.forms, cache);
        let place = |at: usize| window.quotes[at] as usize * 2 + usize::from(window.starts[at]);
        let count = window.forms.len();
        x.resize(count);
        wide.resize(count * MIX, 0.0);
        let (types, _) = cache.young.rows.as_chunks::<ROW>();
        let (places, _) = self.places.as_chunks::<ROW>();
        // What a token gets from its type and its place.
        let givers = |at: usize| (&types[cache.slots[at]], &places[place(at)]);
        let tokens = x.tokens_mut().chunks_exact_mut(WIDTH).zip(wide.chunks_exact_mut(MIX));
        for (at, (token, wide)) in tokens.enumerate() {
            let none = (&NOTHING, &NOTHING);
            widest(Sum {
                before: at.checked_sub(1).map_or(none, givers),
                own: givers(at),
                after: if at + 1 < count { givers(at + 1) } else { none },
                token,
                wide,
            });
        }
    }

    /// Slots, in the young generation, of the rows of `forms`; rows that are
    /// not there are computed.
    fn look_up(&self, forms: &[&str], cache: &mut Cache) {
        if cache.young.slots.len() + forms.len() > GENERATION {
            std::mem::swap(&mut cache.young, &mut cache.old);
            cache.young.slots.clear();
            cache.young.rows.clear();
        }
        let Cache { young, old, features, pieces, vectors, given, slots, fresh } = cache;
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
            match old.slots.get(form) {
                Some(&at) => young.rows.extend_from_slice(&old.rows[at * ROW..(at + 1) * ROW]),
                None => {
                    young.rows.resize((slot + 1) * ROW, 0.0);
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
        widest(AddLarger { x: vectors, pieces, norm: &self.norm });
        self.convolution.apply(vectors, WIDTH, given);
        let computed = vectors.chunks_exact(WIDTH).zip(given.chunks_exact(3 * MIX));
        for (slot, (vector, given)) in fresh.iter().zip(computed) {
            let (own, rest) = young.rows[slot * ROW..(slot + 1) * ROW].split_at_mut(WIDTH);
            own.copy_from_slice(vector);
            rest.copy_from_slice(given);
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

/// What stands beyond a window's ends.
static NOTHING: [f32; ROW] = [0.0; ROW];

type Givers<'s> = (&'s [f32; ROW], &'s [f32; ROW]);

/// A token's row and the outputs of the first convolution there.
struct Sum<'s> {
    before: Givers<'s>,
    own: Givers<'s>,
    after: Givers<'s>,
    token: &'s mut [f32],
    wide: &'s mut [f32],
}

impl Work for Sum<'_> {
    type Out = ();

    #[inline(always)]
    fn run(self) {
        for ((value, own), stand) in self.token.iter_mut().zip(self.own.0).zip(self.own.1) {
            *value = own + stand;
        }
        let (before, own) = (third(self.before, 0), third(self.own, 1));
        let after = third(self.after, 2);
        for (at, value) in self.wide.iter_mut().enumerate().take(MIX) {
            let sum = (own.0[at] + own.1[at]) + (before.0[at] + before.1[at]);
            *value = sum + (after.0[at] + after.1[at]);
        }
    }
}

/// What givers give to the token after them (0), their own (1) or the one
/// before them (2).
#[inline(always)]
fn third<'s>(givers: Givers<'s>, third: usize) -> (&'s [f32], &'s [f32]) {
    let part = WIDTH + third * MIX..WIDTH + (third + 1) * MIX;
    (&givers.0[part.clone()], &givers.1[part])
}
