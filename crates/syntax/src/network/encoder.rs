//! The encoder of the model `fine`: a small BERT (Devlin et al. 2019), here
//! MiniLM (Wang et al. 2020) after fine-tuning.
//!
//! A window's word pieces, between a piece that begins and one that ends it,
//! become rows; each layer lets them attend to each other and puts each through
//! two products, both added and normalised. A token is the mean of its pieces,
//! lifted to the trunk's width. All sizes but a head's are those of the file.

use super::arithmetic::erf;
use super::attention::{self, HEAD, attend};
use super::kernel::{GROUP, Product, Quantised, RowsMut, Work, widest};
use super::layers::{Dense, Norm, Rows, WIDTH};
use super::wordpiece::Vocabulary;
use crate::ModelError;
use crate::file::{Matrix, ModelFile, Table};
use std::sync::Arc;

#[cfg(test)]
pub(crate) mod tests;

/// Keeps a row of equal numbers from being divided by nothing, as in BERT.
const LEAST: f32 = 1e-12;
/// Rows that go through a layer's products together: their numbers fit the
/// nearer caches.
const TOGETHER: usize = 64;

/// The weights of the encoder.
#[derive(Debug)]
pub(crate) struct Encoder {
    file: Arc<ModelFile>,
    vocabulary: Vocabulary,
    words: Table,
    /// What each place in a window adds to the row of its piece.
    places: Matrix,
    norm: Norm,
    layers: Vec<Layer>,
    lift: Product,
    width: usize,
}

/// Room to encode in.
#[derive(Debug, Default)]
pub(crate) struct Room {
    pieces: Vec<u32>,
    /// Where each token's pieces end, as far as there was a place for them.
    ends: Vec<usize>,
    x: Vec<f32>,
    /// Queries, keys and values.
    qkv: Vec<f32>,
    context: Vec<f32>,
    attention: attention::Room,
    bytes: Quantised,
    wide: Vec<f32>,
    narrow: Vec<f32>,
}

impl Encoder {
    /// The encoder of a file; none if it has no table of pieces.
    pub(crate) fn load(file: &Arc<ModelFile>) -> Result<Option<Self>, ModelError> {
        if !file.has("encoder.word") {
            return Ok(None);
        }
        let damaged = |reason: String| Err(ModelError::Damaged(reason));
        let vocabulary = file.labels("pieces")?;
        let (_, width) = file.size("encoder.word")?;
        if width == 0 || width % HEAD != 0 {
            return damaged(format!("an encoder of {width} numbers, no multiple of {HEAD}"));
        }
        let (count, _) = file.size("encoder.position")?;
        if count < 3 {
            return damaged(format!("an encoder of {count} places"));
        }
        let mut places = file.sized("encoder.position", count, width)?;
        let kind = file.sized("encoder.kind", 1, width)?;
        for row in places.values.chunks_exact_mut(width) {
            row.iter_mut().zip(&kind.values).for_each(|(place, kind)| *place += kind);
        }
        let mut layers = Vec::new();
        while file.has(&format!("encoder.{}.qkv.weight", layers.len())) {
            layers.push(Layer::load(file, layers.len(), width)?);
        }
        if layers.is_empty() {
            return damaged("no layers 'encoder'".into());
        }
        Ok(Some(Self {
            words: file.table("encoder.word", vocabulary.len(), width)?,
            vocabulary: Vocabulary::new(&vocabulary)?,
            places,
            norm: Norm::sized(file, "encoder.norm", width, LEAST)?,
            layers,
            lift: Dense::load(file, "encoder.lift", WIDTH, width)?.packed(),
            width,
            file: file.clone(),
        }))
    }

    /// Multiply-adds of a piece, those of attention left out, which grow with the window.
    #[cfg(feature = "measure")]
    pub(crate) fn multiply_adds(&self) -> usize {
        let products = |layer: &Layer| {
            let all = [&layer.qkv, &layer.out, &layer.up, &layer.down];
            all.map(Product::multiply_adds).iter().sum::<usize>()
        };
        self.layers.iter().map(products).sum()
    }

    /// How many pieces a window is cut into.
    #[cfg(feature = "measure")]
    pub(crate) fn pieces(&self, forms: &[&str]) -> usize {
        let mut room = Room::default();
        self.cut(forms, &mut room);
        room.pieces.len()
    }

    /// Adds what the encoder says of a window's tokens to their rows `x`. A
    /// token for whose pieces no place is left gets nothing.
    pub(crate) fn add(&self, forms: &[&str], room: &mut Room, x: &mut Rows) {
        self.cut(forms, room);
        self.embed(room);
        for layer in &self.layers {
            layer.apply(self.width, room);
        }
        self.means(forms.len(), room);
        let Room { context, bytes, narrow, .. } = room;
        multiply(&self.lift, context, self.width, bytes, narrow);
        let (x, bytes) = x.all_mut();
        widest(AddLifted { x, lifted: narrow, bytes });
    }

    /// The pieces of a window and where each token's end.
    fn cut(&self, forms: &[&str], room: &mut Room) {
        let most = self.places.rows - 1;
        room.pieces.clear();
        room.ends.clear();
        room.pieces.push(self.vocabulary.begin);
        for form in forms {
            let before = room.pieces.len();
            self.vocabulary.cut(form, &mut room.pieces);
            if room.pieces.len() > most {
                room.pieces.truncate(before);
                break;
            }
            room.ends.push(room.pieces.len());
        }
        room.pieces.push(self.vocabulary.end);
    }

    /// The rows of a window's pieces before the first layer.
    fn embed(&self, room: &mut Room) {
        let width = self.width;
        room.x.clear();
        room.x.extend_from_slice(&self.places.values[..room.pieces.len() * width]);
        for (row, &piece) in room.x.chunks_exact_mut(width).zip(&room.pieces) {
            self.file.add_row(self.words, piece as usize, row);
        }
        widest(Normalise { x: &mut room.x, width, norm: &self.norm });
    }

    /// The mean of each token's rows, in `context`; zeros for a token without.
    fn means(&self, tokens: usize, room: &mut Room) {
        let width = self.width;
        room.context.clear();
        room.context.resize(tokens * width, 0.0);
        let mut start = 1;
        for (mean, &end) in room.context.chunks_exact_mut(width).zip(&room.ends) {
            for row in room.x[start * width..end * width].chunks_exact(width) {
                mean.iter_mut().zip(row).for_each(|(sum, value)| *sum += value);
            }
            let count = (end - start) as f32;
            mean.iter_mut().for_each(|sum| *sum /= count);
            start = end;
        }
    }
}

/// Attention and a product to a wider row and back.
#[derive(Debug)]
struct Layer {
    qkv: Product,
    out: Product,
    norm: Norm,
    up: Product,
    down: Product,
    norm_after: Norm,
}

impl Layer {
    fn load(file: &ModelFile, number: usize, width: usize) -> Result<Self, ModelError> {
        let name = |part: &str| format!("encoder.{number}.{part}");
        let dense = |part: &str, out: usize, input: usize| {
            Dense::load(file, &name(part), out, input).map(|layer| layer.packed())
        };
        let (wide, _) = file.size(&name("up.weight"))?;
        if wide == 0 || !wide.is_multiple_of(GROUP) {
            let reason = format!("'{}' has {wide} rows, no multiple of {GROUP}", name("up.weight"));
            return Err(ModelError::Damaged(reason));
        }
        Ok(Self {
            qkv: dense("qkv", 3 * width, width)?,
            out: dense("out", width, width)?,
            norm: Norm::sized(file, &name("norm"), width, LEAST)?,
            up: dense("up", wide, width)?,
            down: dense("down", width, wide)?,
            norm_after: Norm::sized(file, &name("norm_after"), width, LEAST)?,
        })
    }

    /// Reads the rows `x` of a room in place.
    fn apply(&self, width: usize, room: &mut Room) {
        let Room { x, qkv, context, attention, bytes, wide, narrow, .. } = room;
        multiply(&self.qkv, x, width, bytes, qkv);
        attend(qkv, self.qkv.stride(), width, attention, context);
        let blocks = x.chunks_mut(TOGETHER * width).zip(context.chunks(TOGETHER * width));
        for (x, context) in blocks {
            multiply(&self.out, context, width, bytes, narrow);
            widest(AddAndNormalise { x, y: narrow, width, norm: &self.norm });
            multiply(&self.up, x, width, bytes, wide);
            widest(Gelu(wide));
            multiply(&self.down, wide, self.up.stride(), bytes, narrow);
            widest(AddAndNormalise { x, y: narrow, width, norm: &self.norm_after });
        }
    }
}

/// A product's rows of outputs for rows of inputs `step` apart, quantised in
/// `bytes`.
fn multiply(layer: &Product, x: &[f32], step: usize, bytes: &mut Quantised, out: &mut Vec<f32>) {
    layer.quantise(x, step, bytes);
    layer.multiply(bytes.all(), layer.blocks(), out);
}

/// Normalises each row of `x`.
struct Normalise<'w> {
    x: &'w mut [f32],
    width: usize,
    norm: &'w Norm,
}

impl Work for Normalise<'_> {
    type Out = ();

    #[inline(always)]
    fn run(self) {
        self.x.chunks_exact_mut(self.width).for_each(|row| self.norm.row(row));
    }
}

/// Adds to each row of `x` the row of `y` and normalises it.
struct AddAndNormalise<'w> {
    x: &'w mut [f32],
    y: &'w [f32],
    width: usize,
    norm: &'w Norm,
}

impl Work for AddAndNormalise<'_> {
    type Out = ();

    #[inline(always)]
    fn run(self) {
        let rows = self.x.chunks_exact_mut(self.width).zip(self.y.chunks_exact(self.width));
        for (row, other) in rows {
            for (value, other) in row.iter_mut().zip(other) {
                *value += other;
            }
            self.norm.row(row);
        }
    }
}

/// Adds to each token's row of `x` what the encoder says of it, and quantises
/// it.
struct AddLifted<'w> {
    x: &'w mut [f32],
    lifted: &'w [f32],
    bytes: RowsMut<'w>,
}

impl Work for AddLifted<'_> {
    type Out = ();

    #[inline(always)]
    fn run(mut self) {
        let rows = self.x.chunks_exact_mut(WIDTH).zip(self.lifted.chunks_exact(WIDTH));
        for (at, (row, lifted)) in rows.enumerate() {
            for (value, lifted) in row.iter_mut().zip(lifted) {
                *value += lifted;
            }
            self.bytes.set_row(at, row);
        }
    }
}

/// Each number times the normal distribution's share below it (Hendrycks and
/// Gimpel 2016).
struct Gelu<'w>(&'w mut [f32]);

impl Work for Gelu<'_> {
    type Out = ();

    #[inline(always)]
    fn run(self) {
        for value in self.0.iter_mut() {
            let half = 0.5 * *value;
            *value = half + half * erf(*value * std::f32::consts::FRAC_1_SQRT_2);
        }
    }
}
