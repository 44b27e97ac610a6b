//! The layers of the trunk.

use super::arithmetic::{sigmoid, sum, tanh};
use super::kernel::{Product, Work, widest};
use crate::ModelError;
use crate::file::{Matrix, ModelFile};

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
/// (maxout, Goodfellow et al. 2013) and normalises it.
pub(crate) struct AddLarger<'w> {
    pub(crate) x: &'w mut [f32],
    pub(crate) pieces: &'w [f32],
    pub(crate) norm: &'w Norm,
}

impl Work for AddLarger<'_> {
    type Out = ();

    #[inline(always)]
    fn run(self) {
        let rows = self.x.chunks_exact_mut(WIDTH).zip(self.pieces.chunks_exact(2 * WIDTH));
        for (row, pieces) in rows {
            let (one, other) = pieces.split_at(WIDTH);
            for ((value, a), b) in row.iter_mut().zip(one).zip(other) {
                *value += if a > b { *a } else { *b };
            }
            self.norm.row(row);
        }
    }
}

/// Adds to each row of `x` the states of minimal gated units,
/// `h = (1 - z) h + z g`, the first half of the width read forwards and the
/// second backwards, and normalises it. `gates` rows hold the update gates,
/// then the candidates, both before their nonlinearity.
struct AddStates<'w> {
    x: &'w mut [f32],
    gates: &'w [f32],
    norm: &'w Norm,
}

impl Work for AddStates<'_> {
    type Out = ();

    #[inline(always)]
    fn run(self) {
        const HALF: usize = WIDTH / 2;
        let mut state = [0.0f32; HALF];
        let gates = self.gates.chunks_exact(2 * WIDTH);
        for (row, gates) in self.x.chunks_exact_mut(WIDTH).zip(gates.clone()) {
            step(&mut state, &gates[..HALF], &gates[WIDTH..WIDTH + HALF]);
            add(&mut row[..HALF], &state);
        }
        state = [0.0; HALF];
        for (row, gates) in self.x.chunks_exact_mut(WIDTH).zip(gates).rev() {
            step(&mut state, &gates[HALF..WIDTH], &gates[WIDTH + HALF..]);
            add(&mut row[HALF..], &state);
            self.norm.row(row);
        }
    }
}

#[inline(always)]
fn step(state: &mut [f32; WIDTH / 2], update: &[f32], candidate: &[f32]) {
    for (cell, (z, g)) in state.iter_mut().zip(update.iter().zip(candidate)) {
        *cell += sigmoid(*z) * (tanh(*g) - *cell);
    }
}

#[inline(always)]
fn add(x: &mut [f32], y: &[f32]) {
    for (a, b) in x.iter_mut().zip(y) {
        *a += b;
    }
}

/// Rows of a window's tokens between two rows of zeros, which the convolutions
/// see at its ends.
#[derive(Debug, Default)]
pub(crate) struct Rows(Vec<f32>);

impl Rows {
    /// Makes room for `count` rows; what they hold is to be written.
    pub(crate) fn resize(&mut self, count: usize) {
        self.0.resize((count + 2) * WIDTH, 0.0);
        self.0[(count + 1) * WIDTH..].fill(0.0);
    }

    /// The tokens' rows.
    pub(crate) fn tokens(&self) -> &[f32] {
        &self.0[WIDTH..self.0.len() - WIDTH]
    }

    /// The tokens' rows, to be changed.
    pub(crate) fn tokens_mut(&mut self) -> &mut [f32] {
        let end = self.0.len() - WIDTH;
        &mut self.0[WIDTH..end]
    }
}

/// A convolution over three tokens and a recurrence, each added to its input
/// and normalised.
#[derive(Debug)]
pub(crate) struct Layer {
    mix: Product,
    norm: Norm,
    gates: Product,
    norm_after: Norm,
}

impl Layer {
    fn apply(&self, x: &mut Rows, wide: &mut Vec<f32>) {
        self.mix.apply(&x.0, WIDTH, wide);
        self.after_mix(x, wide);
    }

    /// What follows the product of the convolution; `wide` holds its outputs.
    fn after_mix(&self, x: &mut Rows, wide: &mut Vec<f32>) {
        widest(AddLarger { x: x.tokens_mut(), pieces: wide, norm: &self.norm });
        self.gates.apply(x.tokens(), WIDTH, wide);
        widest(AddStates { x: x.tokens_mut(), gates: wide, norm: &self.norm_after });
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
            layers.push(Layer {
                mix: Dense::load(file, &format!("{a}.mix.lin"), 2 * WIDTH, 3 * WIDTH)?.packed(),
                norm: Norm::load(file, &format!("{a}.norm"))?,
                gates: Dense::load(file, &format!("{b}.gates"), 2 * WIDTH, WIDTH)?.packed(),
                norm_after: Norm::load(file, &format!("{b}.norm"))?,
            });
        }
        if layers.is_empty() {
            return Err(ModelError::Damaged(format!("no layers '{name}'")));
        }
        Ok(Self(layers))
    }

    /// Multiply-adds of a token.
    #[cfg(feature = "measure")]
    pub(crate) fn multiply_adds(&self) -> usize {
        self.0.iter().map(|l| l.mix.multiply_adds() + l.gates.multiply_adds()).sum()
    }

    /// Reads rows of a window's tokens, in place; `wide` is room to work in.
    pub(crate) fn apply(&self, x: &mut Rows, wide: &mut Vec<f32>) {
        for layer in &self.0 {
            layer.apply(x, wide);
        }
    }

    /// The same when `wide` holds the outputs of the first convolution.
    pub(crate) fn finish(&self, x: &mut Rows, wide: &mut Vec<f32>) {
        let mut layers = self.0.iter();
        if let Some(first) = layers.next() {
            first.after_mix(x, wide);
        }
        for layer in layers {
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
        let mut rows = Rows::default();
        for count in [3, 1, 2] {
            rows.resize(count);
            rows.tokens_mut().fill(7.0);
            assert_eq!(rows.tokens().len(), count * WIDTH);
            assert!(
                rows.0[..WIDTH].iter().chain(&rows.0[(count + 1) * WIDTH..]).all(|&v| v == 0.0)
            );
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
            gates.extend([[z; WIDTH], [g; WIDTH]].concat());
        }
        let mut x = vec![0.0; 3 * WIDTH];
        widest(AddStates { x: &mut x, gates: &gates, norm: &flat() });
        // Forwards 1, 1, -1; backwards 1, -1, -1: only the middle row varies.
        assert!(x[0].abs() < 1e-3 && x[2 * WIDTH].abs() < 1e-3);
        assert!((x[WIDTH] - 1.0).abs() < 1e-3 && (x[2 * WIDTH - 1] + 1.0).abs() < 1e-3);
    }
}
