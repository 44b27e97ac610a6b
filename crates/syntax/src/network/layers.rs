//! The layers of the trunk.

use super::kernel::{multiply, sigmoid, tanh};
use crate::ModelError;
use crate::file::{Matrix, ModelFile};

/// Width of the trunk: numbers a token.
pub(crate) const WIDTH: usize = 128;

/// A linear layer, `y = W x + b`.
#[derive(Debug)]
pub(crate) struct Dense {
    weight: Matrix,
    bias: Vec<f32>,
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
        let bias = match file.matrix(&format!("{name}.bias")) {
            Ok(bias) if bias.values.len() == out => bias.values,
            _ => vec![0.0; out],
        };
        Ok(Self { weight, bias })
    }

    /// Rows of outputs for rows of inputs.
    pub(crate) fn apply(&self, x: &[f32]) -> Vec<f32> {
        let rows = x.len() / self.weight.columns;
        let mut out = self.bias.repeat(rows);
        multiply(x, self.weight.columns, &self.weight.values, self.weight.rows, &mut out);
        out
    }
}

/// A linear layer with two pieces for each output, of which the larger counts
/// (Goodfellow et al. 2013).
#[derive(Debug)]
pub(crate) struct Maxout(Dense);

impl Maxout {
    pub(crate) fn load(
        file: &ModelFile,
        name: &str,
        out: usize,
        input: usize,
    ) -> Result<Self, ModelError> {
        Ok(Self(Dense::load(file, &format!("{name}.lin"), 2 * out, input)?))
    }

    pub(crate) fn apply(&self, x: &[f32]) -> Vec<f32> {
        let pieces = self.0.apply(x);
        let out = self.0.weight.rows / 2;
        let mut y = Vec::with_capacity(pieces.len() / 2);
        for row in pieces.chunks_exact(2 * out) {
            y.extend(row[..out].iter().zip(&row[out..]).map(|(a, b)| a.max(*b)));
        }
        y
    }
}

/// Layer normalisation (Ba et al. 2016).
#[derive(Debug)]
pub(crate) struct Norm {
    gain: Vec<f32>,
    bias: Vec<f32>,
}

impl Norm {
    pub(crate) fn load(file: &ModelFile, name: &str) -> Result<Self, ModelError> {
        Ok(Self {
            gain: file.sized(&format!("{name}.weight"), 1, WIDTH)?.values,
            bias: file.sized(&format!("{name}.bias"), 1, WIDTH)?.values,
        })
    }

    pub(crate) fn apply(&self, x: &mut [f32]) {
        for row in x.chunks_exact_mut(WIDTH) {
            let mean = row.iter().sum::<f32>() / WIDTH as f32;
            let spread = row.iter().map(|v| (v - mean) * (v - mean)).sum::<f32>() / WIDTH as f32;
            let scale = 1.0 / (spread + 1e-5).sqrt();
            for ((value, gain), bias) in row.iter_mut().zip(&self.gain).zip(&self.bias) {
                *value = (*value - mean) * scale * gain + bias;
            }
        }
    }
}

/// A convolution and a recurrence, one after the other, as often as the file
/// has them; each adds to its input and is normalised.
#[derive(Debug)]
pub(crate) struct Branch(Vec<(Maxout, Norm, Dense, Norm)>);

impl Branch {
    pub(crate) fn load(file: &ModelFile, name: &str) -> Result<Self, ModelError> {
        let mut layers = Vec::new();
        while file.matrix(&format!("{name}.{}.norm.weight", 2 * layers.len())).is_ok() {
            let (a, b) = (
                format!("{name}.{}", 2 * layers.len()),
                format!("{name}.{}", 2 * layers.len() + 1),
            );
            layers.push((
                Maxout::load(file, &format!("{a}.mix"), WIDTH, 3 * WIDTH)?,
                Norm::load(file, &format!("{a}.norm"))?,
                Dense::load(file, &format!("{b}.gates"), 2 * WIDTH, WIDTH)?,
                Norm::load(file, &format!("{b}.norm"))?,
            ));
        }
        if layers.is_empty() {
            return Err(ModelError::Damaged(format!("no layers '{name}'")));
        }
        Ok(Self(layers))
    }

    /// Reads rows of a window's tokens, in place.
    pub(crate) fn apply(&self, x: &mut [f32]) {
        for (mix, norm, gates, norm_after) in &self.0 {
            add(x, &mix.apply(&with_neighbours(x)));
            norm.apply(x);
            add(x, &recur(&gates.apply(x)));
            norm_after.apply(x);
        }
    }
}

fn add(x: &mut [f32], y: &[f32]) {
    for (a, b) in x.iter_mut().zip(y) {
        *a += b;
    }
}

/// Each row between the rows before and after it, zeros at the ends.
fn with_neighbours(x: &[f32]) -> Vec<f32> {
    let rows = x.len() / WIDTH;
    let mut out = vec![0.0; 3 * x.len()];
    for (at, wide) in out.chunks_exact_mut(3 * WIDTH).enumerate() {
        let first = at.saturating_sub(1);
        let last = (at + 2).min(rows);
        let skip = (first + 1 - at) * WIDTH;
        let source = &x[first * WIDTH..last * WIDTH];
        wide[skip..skip + source.len()].copy_from_slice(source);
    }
    out
}

/// Minimal gated units, `h = (1 - z) h + z g`, the first half of the width
/// read forwards and the second backwards. `gates` rows hold the update gates,
/// then the candidates, both before their nonlinearity.
fn recur(gates: &[f32]) -> Vec<f32> {
    let rows = gates.len() / (2 * WIDTH);
    let mut out = vec![0.0; rows * WIDTH];
    let half = WIDTH / 2;
    for (range, backwards) in [(0..half, false), (half..WIDTH, true)] {
        let mut state = [0.0f32; WIDTH / 2];
        for step in 0..rows {
            let row = if backwards { rows - 1 - step } else { step };
            let gate = &gates[row * 2 * WIDTH..(row + 1) * 2 * WIDTH];
            let (update, candidate) = gate.split_at(WIDTH);
            let cells = update[range.clone()].iter().zip(&candidate[range.clone()]);
            for (cell, (z, g)) in state.iter_mut().zip(cells) {
                *cell += sigmoid(*z) * (tanh(*g) - *cell);
            }
            out[row * WIDTH + range.start..row * WIDTH + range.end].copy_from_slice(&state);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neighbours_are_zero_at_the_ends() {
        let x: Vec<f32> = [1.0f32, 2.0].iter().flat_map(|v| vec![*v; WIDTH]).collect();
        let wide = with_neighbours(&x);
        let columns = [0, WIDTH, 2 * WIDTH];
        assert_eq!(columns.map(|c| wide[c]), [0.0, 1.0, 2.0]);
        assert_eq!(columns.map(|c| wide[3 * WIDTH + c]), [1.0, 2.0, 0.0]);
    }

    #[test]
    fn states_move_towards_the_candidates() {
        let mut gates = vec![100.0; 2 * WIDTH];
        gates.extend(vec![-100.0; 2 * WIDTH]);
        let out = recur(&gates);
        assert!((out[0] - 1.0).abs() < 1e-6 && (out[WIDTH] - 1.0).abs() < 1e-6);
        assert!((out[2 * WIDTH - 1]).abs() < 1e-6 && (out[WIDTH - 1] - 1.0).abs() < 1e-6);
    }
}
