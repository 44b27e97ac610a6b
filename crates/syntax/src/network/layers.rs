//! The layers of the trunk.

use super::arithmetic::{gated, sum};
use super::kernel::{self, Product, Quantised, RowsMut, Work, widest};
use crate::ModelError;
use crate::file::{Matrix, ModelFile};
use std::ops::Range;

/// Width of the trunk: numbers a token.
pub(crate) const WIDTH: usize = 128;

/// The weights of a linear layer as the file has them.
#[derive(Debug)]
pub(crate) struct Dense {
    pub(crate) weight: Matrix,
    pub(crate) bias: Vec<f32>,
}

impl Dense {
    /// The layer `name` of a file; a layer without a bias has zeros.
    pub(crate) fn load(
        file: &ModelFile,
        name: &str,
        out: usize,
        input: usize,
    ) -> Result<Self, ModelError> {
        let weight = file.sized(&format!("{name}.weight"), out, input)?;
        let bias = format!("{name}.bias");
        let bias = if file.has(&bias) { file.sized(&bias, 1, out)?.values } else { vec![0.0; out] };
        Ok(Self { weight, bias })
    }

    /// The layer ready to multiply with.
    pub(crate) fn packed(&self) -> Product {
        let columns = self.weight.columns;
        Product::new(self.weight.values.chunks_exact(columns), &self.bias, columns)
    }
}

/// Linear layers that read the same rows, as one product.
#[derive(Debug)]
pub(crate) struct Joined {
    pub(crate) product: Product,
}

impl Joined {
    /// Joins layers of [`WIDTH`] inputs; each one's outputs follow the last's.
    pub(crate) fn load<const N: usize>(
        file: &ModelFile,
        layers: [(&str, usize); N],
    ) -> Result<Self, ModelError> {
        let mut joined = (Vec::new(), Vec::new());
        for (name, outputs) in layers {
            let layer = Dense::load(file, name, outputs, WIDTH)?;
            joined.0.extend(layer.weight.values);
            joined.1.extend(layer.bias);
        }
        Ok(Self { product: Product::new(joined.0.chunks_exact(WIDTH), &joined.1, WIDTH) })
    }
}

/// Layer normalisation (Ba et al. 2016) of rows of any multiple of 16 numbers.
#[derive(Debug)]
pub(crate) struct Norm {
    gain: Vec<f32>,
    bias: Vec<f32>,
    /// Keeps a row of equal numbers from being divided by nothing.
    least: f32,
}

impl Norm {
    /// The norm `name` of a file, for rows of [`WIDTH`] numbers.
    pub(crate) fn load(file: &ModelFile, name: &str) -> Result<Self, ModelError> {
        Self::sized(file, name, WIDTH, 1e-5)
    }

    /// The same for rows of `width` numbers and another `least` spread.
    pub(crate) fn sized(
        file: &ModelFile,
        name: &str,
        width: usize,
        least: f32,
    ) -> Result<Self, ModelError> {
        Ok(Self {
            gain: file.sized(&format!("{name}.weight"), 1, width)?.values,
            bias: file.sized(&format!("{name}.bias"), 1, width)?.values,
            least,
        })
    }

    /// Normalises a row in place.
    #[inline(always)]
    pub(crate) fn row(&self, row: &mut [f32]) {
        let width = row.len() as f32;
        let (parts, _) = row.as_chunks::<16>();
        let mean = sum(parts.iter().copied()) / width;
        let square = |part: &[f32; 16]| part.map(|v| (v - mean) * (v - mean));
        let spread = sum(parts.iter().map(square)) / width;
        let scale = 1.0 / (spread + self.least).sqrt();
        for ((value, gain), bias) in row.iter_mut().zip(&self.gain).zip(&self.bias) {
            *value = (*value - mean) * scale * gain + bias;
        }
    }
}

/// Adds to each row of `x` the larger of the two pieces of each output
/// (maxout, Goodfellow et al. 2013), normalises it, and quantises it.
pub(crate) struct AddLarger<'w> {
    pub(crate) x: &'w mut [f32],
    pub(crate) pieces: &'w [f32],
    pub(crate) norm: &'w Norm,
    pub(crate) bytes: Option<RowsMut<'w>>,
}

impl Work for AddLarger<'_> {
    type Out = ();

    #[inline(always)]
    fn run(mut self) {
        let rows = self.x.chunks_exact_mut(WIDTH).zip(self.pieces.chunks_exact(2 * WIDTH));
        for (at, (row, pieces)) in rows.enumerate() {
            let (one, other) = pieces.split_at(WIDTH);
            for ((value, a), b) in row.iter_mut().zip(one).zip(other) {
                *value += if a > b { *a } else { *b };
            }
            self.norm.row(row);
            if let Some(bytes) = &mut self.bytes {
                bytes.set_row(at, row);
            }
        }
    }
}

/// Numbers of a token's state that are read in one direction.
const HALF: usize = WIDTH / 2;

/// Adds to the first half of each row of `x` the states of minimal gated
/// units, `h = (1 - z) h + z g`. `gates` rows hold the update gates, then the
/// candidates, both before their nonlinearity.
struct AddForwards<'w> {
    x: &'w mut [f32],
    gates: &'w [f32],
    state: &'w mut [f32; HALF],
}

impl Work for AddForwards<'_> {
    type Out = ();

    #[inline(always)]
    fn run(self) {
        // A copy, which nothing else can write to, is what is vectorised.
        let mut state = *self.state;
        let gates = self.gates.chunks_exact(WIDTH);
        for (row, gates) in self.x.chunks_exact_mut(WIDTH).zip(gates) {
            step(&mut state, gates);
            add(&mut row[..HALF], &state);
        }
        *self.state = state;
    }
}

/// The same for the second halves, from the last row to the first; then all of
/// the row is normalised and quantised.
struct AddBackwards<'w> {
    x: &'w mut [f32],
    gates: &'w [f32],
    state: &'w mut [f32; HALF],
    norm: &'w Norm,
    bytes: RowsMut<'w>,
}

impl Work for AddBackwards<'_> {
    type Out = ();

    #[inline(always)]
    fn run(mut self) {
        let mut state = *self.state;
        let gates = self.gates.chunks_exact(WIDTH);
        for (at, (row, gates)) in self.x.chunks_exact_mut(WIDTH).zip(gates).enumerate().rev() {
            step(&mut state, gates);
            add(&mut row[HALF..], &state);
            self.norm.row(row);
            self.bytes.set_row(at, row);
        }
        *self.state = state;
    }
}

#[inline(always)]
fn step(state: &mut [f32; HALF], gates: &[f32]) {
    let (update, candidate) = gates.split_at(HALF);
    for (cell, (z, g)) in state.iter_mut().zip(update.iter().zip(candidate)) {
        *cell += gated(*z, *g, *cell);
    }
}

#[inline(always)]
fn add(x: &mut [f32], y: &[f32]) {
    for (a, b) in x.iter_mut().zip(y) {
        *a += b;
    }
}

/// Rows of a window's tokens, and the same quantised between two rows of
/// zeros, which the convolutions see at the window's ends.
#[derive(Debug, Clone)]
pub(crate) struct Rows {
    values: Vec<f32>,
    bytes: Quantised,
    /// Where a convolution writes while it still reads `bytes`.
    next: Quantised,
}

impl Default for Rows {
    fn default() -> Self {
        let [bytes, next] = [(); 2].map(|()| Quantised::new(WIDTH));
        Self { values: Vec::new(), bytes, next }
    }
}

impl Rows {
    /// Makes room for `count` rows; what they hold is to be written.
    pub(crate) fn resize(&mut self, count: usize) {
        self.values.resize(count * WIDTH, 0.0);
        for bytes in [&mut self.bytes, &mut self.next] {
            bytes.resize(count + 2);
            bytes.clear_row(0);
            bytes.clear_row(count + 1);
        }
    }

    /// Takes over other rows, in the memory that is there.
    #[cfg(feature = "measure")]
    pub(crate) fn take_over(&mut self, other: &Rows) {
        self.values.clone_from(&other.values);
        self.bytes.take_over(&other.bytes);
        self.next.take_over(&other.next);
    }

    /// How many tokens there are.
    pub(crate) fn len(&self) -> usize {
        self.values.len() / WIDTH
    }

    /// The tokens' rows.
    pub(crate) fn values(&self) -> &[f32] {
        &self.values
    }

    /// The rows of some tokens, quantised.
    pub(crate) fn bytes(&self, tokens: Range<usize>) -> kernel::Rows<'_> {
        self.bytes.rows(tokens.start + 1, tokens.len())
    }

    /// All tokens' rows and their bytes, to be written.
    pub(crate) fn all_mut(&mut self) -> (&mut [f32], RowsMut<'_>) {
        let count = self.len();
        (&mut self.values, self.bytes.rows_mut(1, count))
    }

    /// Ranges of tokens that are worked on one after the other: what is
    /// computed of them on the way stays in the nearest caches.
    pub(crate) fn blocks(&self) -> impl DoubleEndedIterator<Item = Range<usize>> + use<> {
        const TOGETHER: usize = 32;
        let count = self.len();
        let blocks = 0..count.div_ceil(TOGETHER);
        blocks.map(move |at| at * TOGETHER..((at + 1) * TOGETHER).min(count))
    }
}

/// A convolution over three tokens and a recurrence, each added to its input
/// and normalised.
#[derive(Debug)]
pub(crate) struct Layer {
    mix: Product,
    norm: Norm,
    /// Update gates and candidates of the units that read forwards, and of
    /// those that read backwards.
    gates: [Product; 2],
    norm_after: Norm,
}

impl Layer {
    fn load(file: &ModelFile, mix: &str, gates: &str) -> Result<Self, ModelError> {
        let layer = Dense::load(file, &format!("{gates}.gates"), 2 * WIDTH, WIDTH)?;
        let direction = |first: usize| {
            let outputs = || (first..first + HALF).chain(WIDTH + first..WIDTH + first + HALF);
            let bias: Vec<f32> = outputs().map(|at| layer.bias[at]).collect();
            Product::new(outputs().map(|at| layer.weight.row(at)), &bias, WIDTH)
        };
        Ok(Self {
            mix: Dense::load(file, &format!("{mix}.mix.lin"), 2 * WIDTH, 3 * WIDTH)?.packed(),
            norm: Norm::load(file, &format!("{mix}.norm"))?,
            gates: [direction(0), direction(HALF)],
            norm_after: Norm::load(file, &format!("{gates}.norm"))?,
        })
    }

    fn apply(&self, x: &mut Rows, wide: &mut Vec<f32>) {
        for tokens in x.blocks() {
            // With the tokens before and after.
            self.mix.multiply(x.bytes.rows(tokens.start, tokens.len() + 2), 1, wide);
            widest(AddLarger {
                x: &mut x.values[tokens.start * WIDTH..tokens.end * WIDTH],
                pieces: wide,
                norm: &self.norm,
                bytes: Some(x.next.rows_mut(tokens.start + 1, tokens.len())),
            });
        }
        std::mem::swap(&mut x.bytes, &mut x.next);
        let mut state = [0.0; HALF];
        for tokens in x.blocks() {
            self.gates[0].multiply(x.bytes(tokens.clone()), 1, wide);
            let x = &mut x.values[tokens.start * WIDTH..tokens.end * WIDTH];
            widest(AddForwards { x, gates: wide, state: &mut state });
        }
        state.fill(0.0);
        for tokens in x.blocks().rev() {
            self.gates[1].multiply(x.bytes(tokens.clone()), 1, wide);
            widest(AddBackwards {
                x: &mut x.values[tokens.start * WIDTH..tokens.end * WIDTH],
                gates: wide,
                state: &mut state,
                norm: &self.norm_after,
                bytes: x.bytes.rows_mut(tokens.start + 1, tokens.len()),
            });
        }
    }

    #[cfg(feature = "measure")]
    fn multiply_adds(&self) -> usize {
        [&self.mix, &self.gates[0], &self.gates[1]].map(Product::multiply_adds).iter().sum()
    }
}

/// Layers one after the other, as many as the file has.
#[derive(Debug)]
pub(crate) struct Branch(Vec<Layer>);

impl Branch {
    pub(crate) fn load(file: &ModelFile, name: &str) -> Result<Self, ModelError> {
        let mut layers = Vec::new();
        while file.has(&format!("{name}.{}.norm.weight", 2 * layers.len())) {
            let (a, b) = (
                format!("{name}.{}", 2 * layers.len()),
                format!("{name}.{}", 2 * layers.len() + 1),
            );
            layers.push(Layer::load(file, &a, &b)?);
        }
        if layers.is_empty() {
            return Err(ModelError::Damaged(format!("no layers '{name}'")));
        }
        Ok(Self(layers))
    }

    /// Multiply-adds of a token.
    #[cfg(feature = "measure")]
    pub(crate) fn multiply_adds(&self) -> usize {
        self.0.iter().map(Layer::multiply_adds).sum()
    }

    /// Reads rows of a window's tokens, in place; `wide` is room to work in.
    pub(crate) fn apply(&self, x: &mut Rows, wide: &mut Vec<f32>) {
        for layer in &self.0 {
            layer.apply(x, wide);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn flat() -> Norm {
        Norm { gain: vec![1.0; WIDTH], bias: vec![0.0; WIDTH], least: 1e-5 }
    }

    #[test]
    fn rows_stand_between_zeros_whatever_was_there_before() {
        let sums = Product::new([[1.0f32; 3 * WIDTH]].iter().map(|row| &row[..]), &[], 3 * WIDTH);
        let mut rows = Rows::default();
        for count in [3, 1, 2, 40] {
            rows.resize(count);
            let (values, mut bytes) = rows.all_mut();
            values.fill(1.0);
            (0..count).for_each(|at| bytes.set_row(at, &[1.0; WIDTH]));
            let mut out = Vec::new();
            sums.multiply(rows.bytes.rows(0, count + 2), 1, &mut out);
            for (at, sum) in out.chunks(sums.stride()).enumerate() {
                let tokens = 3 - usize::from(at == 0) - usize::from(at + 1 == count);
                assert!((sum[0] - (tokens * WIDTH) as f32).abs() < 0.1, "{at} of {count}: {sum:?}");
            }
            assert_eq!(rows.blocks().map(|tokens| tokens.len()).sum::<usize>(), count);
        }
    }

    #[test]
    fn rows_are_normalised() {
        let mut x: Vec<f32> = (0..WIDTH).map(|n| n as f32).collect();
        flat().row(&mut x);
        let mean = x.iter().sum::<f32>() / WIDTH as f32;
        let spread = x.iter().map(|v| v * v).sum::<f32>() / WIDTH as f32;
        assert!(mean.abs() < 1e-5 && (spread - 1.0).abs() < 1e-4);
    }

    #[test]
    fn states_move_towards_the_candidates() {
        // Update gates wide open for tokens 0 and 2, closed for token 1.
        let mut gates = Vec::new();
        for (z, g) in [(100.0, 100.0), (-100.0, 100.0), (100.0, -100.0)] {
            gates.extend([[z; HALF], [g; HALF]].concat());
        }
        let (mut x, mut bytes) = (vec![0.0; 3 * WIDTH], Quantised::new(WIDTH));
        bytes.resize(3);
        widest(AddForwards { x: &mut x, gates: &gates, state: &mut [0.0; HALF] });
        widest(AddBackwards {
            x: &mut x,
            gates: &gates,
            state: &mut [0.0; HALF],
            norm: &flat(),
            bytes: bytes.rows_mut(0, 3),
        });
        // Forwards 1, 1, -1; backwards 1, -1, -1: only the middle row varies.
        assert!(x[0].abs() < 1e-3 && x[2 * WIDTH].abs() < 1e-3);
        assert!((x[WIDTH] - 1.0).abs() < 1e-3 && (x[2 * WIDTH - 1] + 1.0).abs() < 1e-3);
    }
}
