//! Linear layers over quantised rows.

#[cfg(target_arch = "aarch64")]
use super::aarch64;
use super::quantised::{Quantised, ROUND, Rows, ZERO};
#[cfg(target_arch = "x86_64")]
use super::x86;
use super::{Level, level};

/// Outputs that are packed together.
pub(super) const PANEL: usize = 32;
/// Inputs whose products are added at once to the sum of an output; they are a
/// quarter of a block apart, as [`Quantised`] has them.
pub(crate) const GROUP: usize = 4;
/// The largest magnitude of a weight: small enough that two products of an
/// unsigned byte and a weight fit 16 bits with their sign.
const MOST: f32 = 63.0;
/// Inputs that share a scale, where the inputs are a multiple of that.
const BLOCK: usize = 128;
/// Bytes of inputs that all panels read before the next rows are taken: they
/// stay in the second-level cache.
const NEAR: usize = 192 * 1024;

/// A linear layer `y = W x + b` with weights of eight bits: of each output the
/// largest magnitude is 63 steps of its scale.
#[derive(Debug)]
pub(crate) struct Product {
    /// For each panel its blocks, for each block its groups of inputs, for each
    /// group four weights of each of [`PANEL`] outputs.
    weights: Vec<i8>,
    /// For each panel and block what the sums begin at, so that inputs may be
    /// unsigned bytes.
    #[cfg_attr(target_arch = "aarch64", allow(dead_code))]
    starts: Vec<i32>,
    scales: Vec<f32>,
    bias: Vec<f32>,
    inputs: usize,
    block: usize,
    #[cfg(feature = "measure")]
    outputs: usize,
}

impl Product {
    /// Quantises and packs a matrix of one row of `inputs` weights, a multiple
    /// of four, an output. Without a bias for an output it is zero.
    pub(crate) fn new<'w>(
        rows: impl Iterator<Item = &'w [f32]>,
        bias: &[f32],
        inputs: usize,
    ) -> Self {
        assert!(inputs.is_multiple_of(GROUP), "inputs in groups");
        let block = if inputs > 0 && inputs.is_multiple_of(BLOCK) { BLOCK } else { inputs };
        let blocks = inputs.checked_div(block).unwrap_or(0);
        let size = PANEL * blocks * block;
        let (mut weights, mut starts, mut scales) = (Vec::new(), Vec::new(), Vec::new());
        #[cfg(feature = "measure")]
        let mut outputs = 0;
        for (output, row) in rows.enumerate() {
            #[cfg(feature = "measure")]
            (outputs = output + 1);
            let (panel, column) = (output / PANEL, output % PANEL);
            if column == 0 {
                weights.resize((panel + 1) * size, 0);
                starts.resize((panel + 1) * blocks * PANEL, 0);
                scales.resize((panel + 1) * PANEL, 0.0);
            }
            let most = row.iter().fold(0.0f32, |most, weight| most.max(weight.abs()));
            let scale = most / MOST;
            scales[output] = scale;
            if scale == 0.0 {
                continue;
            }
            let packed = weights[panel * size..].as_chunks_mut().0.chunks_exact_mut(PANEL);
            let mut packed = packed.map(|group: &mut [[i8; GROUP]]| &mut group[column]);
            for (at, values) in row.chunks_exact(block).enumerate() {
                let groups = block / GROUP;
                let mut sum = 0;
                for (group, packed) in (0..groups).zip(&mut packed) {
                    let quarters: [usize; GROUP] = std::array::from_fn(|quarter| quarter * groups);
                    *packed = quarters.map(|first| rounded(values[first + group] / scale));
                    sum += packed.iter().map(|weight| i32::from(*weight)).sum::<i32>();
                }
                starts[(panel * blocks + at) * PANEL + column] = -i32::from(ZERO) * sum;
            }
        }
        let mut bias = bias.to_vec();
        bias.resize(scales.len(), 0.0);
        Self {
            #[cfg(feature = "measure")]
            outputs,
            weights,
            starts,
            scales,
            bias,
            inputs,
            block,
        }
    }

    /// Multiply-adds of a row.
    #[cfg(feature = "measure")]
    pub(crate) fn multiply_adds(&self) -> usize {
        self.inputs * self.outputs
    }

    /// Rows of a [`Quantised`] that the inputs are: one for every 128 of them,
    /// or one for all if they are no multiple of that.
    pub(crate) fn blocks(&self) -> usize {
        self.inputs.checked_div(self.block).unwrap_or(0)
    }

    /// Distance between the rows of outputs: the outputs and, after them,
    /// zeros that fill the last panel.
    pub(crate) fn stride(&self) -> usize {
        self.bias.len()
    }

    /// Rows of outputs for rows of inputs that begin `step` numbers apart.
    /// Where several products read the same rows, and where nothing may be
    /// allocated, [`Product::quantise`] and [`Product::multiply`] are better.
    pub(crate) fn apply(&self, x: &[f32], step: usize, out: &mut Vec<f32>) {
        let mut rows = Quantised::new(self.block);
        self.quantise(x, step, &mut rows);
        self.multiply(rows.all(), self.blocks(), out);
    }

    /// Quantises rows of inputs that begin `step` numbers apart, each as
    /// [`Product::blocks`] rows.
    pub(crate) fn quantise(&self, x: &[f32], step: usize, rows: &mut Quantised) {
        rows.set(x, self.inputs, step, self.block);
    }

    /// Rows of outputs for quantised rows. The [`Product::blocks`] rows that one
    /// of them reads are consecutive, and begin `step` rows after those of the
    /// one before (and overlap if that is less than they are).
    pub(crate) fn multiply(&self, x: Rows<'_>, step: usize, out: &mut Vec<f32>) {
        self.multiply_at(level(), x, step, out);
    }

    fn multiply_at(&self, level: Level, x: Rows<'_>, step: usize, out: &mut Vec<f32>) {
        assert!(x.width == self.block);
        let (blocks, width) = (self.blocks(), self.block);
        let rows = match x.scales.len().checked_sub(blocks) {
            Some(rest) if blocks > 0 => rest / step.max(1) + 1,
            _ => 0,
        };
        out.resize(rows * self.stride(), 0.0);
        let Some(last) = rows.checked_sub(1) else { return };
        // What the vector loads and stores rely on.
        let panels = self.stride() / PANEL;
        assert!(last * step + blocks <= x.scales.len() && x.bytes.len() == x.scales.len() * width);
        assert!(out.len() == rows * panels * PANEL);
        assert!(self.weights.len() == panels * PANEL * blocks * width);
        assert!(
            self.starts.len() == panels * PANEL * blocks && self.scales.len() == panels * PANEL
        );
        let near = (NEAR / (step.max(1) * width)).max(1);
        for first in (0..rows).step_by(near) {
            for panel in 0..panels {
                let outputs = panel * PANEL..(panel + 1) * PANEL;
                let tiles = Tiles {
                    x,
                    step,
                    rows: first..(first + near).min(rows),
                    blocks,
                    width,
                    weights: &self.weights[outputs.start * blocks * width..]
                        [..PANEL * blocks * width],
                    starts: &self.starts[outputs.start * blocks..][..PANEL * blocks],
                    scales: &self.scales[outputs.clone()],
                    bias: &self.bias[outputs.clone()],
                    column: outputs.start,
                    stride: self.stride(),
                };
                // SAFETY of the calls below: the level's features were found,
                // and the assertions above hold the slices to the sizes that
                // the tiles read and write.
                match level {
                    #[cfg(target_arch = "x86_64")]
                    Level::Avx512Vnni => unsafe { x86::avx512_vnni(&tiles, out) },
                    #[cfg(target_arch = "x86_64")]
                    Level::AvxVnni => unsafe { x86::avx_vnni(&tiles, out) },
                    #[cfg(target_arch = "x86_64")]
                    Level::Avx2 => unsafe { x86::avx2(&tiles, out) },
                    #[cfg(target_arch = "aarch64")]
                    Level::NeonDot => unsafe { aarch64::neon_dot(&tiles, out) },
                    #[cfg(target_arch = "aarch64")]
                    Level::Neon => unsafe { aarch64::neon(&tiles, out) },
                    Level::Plain => tiles.plain(out),
                }
            }
        }
    }
}

/// A number of at most 127 rounded, halves to even. Every start rounds a
/// million, and not every machine has an instruction for it.
fn rounded(number: f32) -> i8 {
    (number + ROUND).to_bits() as i8
}

/// One panel's part of a product, for some rows.
pub(super) struct Tiles<'p> {
    pub(super) x: Rows<'p>,
    /// Rows of `x` from one row of outputs to the next.
    pub(super) step: usize,
    pub(super) rows: std::ops::Range<usize>,
    /// Rows of `x` that an output reads.
    pub(super) blocks: usize,
    /// Bytes of a row of `x`.
    pub(super) width: usize,
    pub(super) weights: &'p [i8],
    #[cfg_attr(target_arch = "aarch64", allow(dead_code))]
    pub(super) starts: &'p [i32],
    pub(super) scales: &'p [f32],
    pub(super) bias: &'p [f32],
    pub(super) column: usize,
    pub(super) stride: usize,
}

impl Tiles<'_> {
    /// Any machine.
    fn plain(&self, out: &mut [f32]) {
        for row in self.rows.clone() {
            let mut totals = [0.0f32; PANEL];
            for block in 0..self.blocks {
                let at = row * self.step + block;
                let bytes = &self.x.bytes[at * self.width..(at + 1) * self.width];
                let weights = &self.weights[block * self.width * PANEL..];
                let mut sums = [0i32; PANEL];
                sums.copy_from_slice(&self.starts[block * PANEL..(block + 1) * PANEL]);
                let groups = bytes.as_chunks::<GROUP>().0.iter();
                for (bytes, weights) in groups.zip(weights.chunks_exact(PANEL * GROUP)) {
                    for (sum, weights) in sums.iter_mut().zip(weights.as_chunks::<GROUP>().0) {
                        for (byte, weight) in bytes.iter().zip(weights) {
                            *sum += i32::from(*byte) * i32::from(*weight);
                        }
                    }
                }
                for (total, sum) in totals.iter_mut().zip(sums) {
                    *total += sum as f32 * self.x.scales[at];
                }
            }
            let at = row * self.stride + self.column;
            let factors = self.scales.iter().zip(self.bias);
            for ((out, total), (scale, bias)) in
                out[at..at + PANEL].iter_mut().zip(totals).zip(factors)
            {
                *out = total * scale + bias;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::levels;
    use super::*;

    fn numbers(count: usize) -> Vec<f32> {
        (0..count).map(|n| ((n * 7919 + 13) % 1009) as f32 / 504.5 - 1.0).collect()
    }

    #[test]
    fn products_take_the_weights_transposed() {
        let weights = [1.0f32, 0.0, 0.0, 0.0, 1.0, 1.0, 0.0, 0.0];
        let product = Product::new(weights.chunks(4), &[1.0, 1.0], 4);
        let mut out = Vec::new();
        product.apply(&[1.0, 2.0, 0.0, 0.0, 3.0, 4.0, 0.0, 0.0], 4, &mut out);
        let close = |at: usize, value: f32| assert!((out[at] - value).abs() < 0.05, "{out:?}");
        close(0, 2.0);
        close(1, 4.0);
        close(product.stride(), 4.0);
        close(product.stride() + 1, 8.0);
        assert!(out[2..PANEL].iter().all(|&value| value == 0.0));
    }

    #[test]
    fn rows_that_hold_integers_are_multiplied_exactly() {
        let (inputs, outputs) = (384, 37);
        let whole = |most: usize, count: usize| -> Vec<f32> {
            let number = |n: usize| ((n * 7919 + 13) % (2 * most + 1)) as f32 - most as f32;
            (0..count).map(|n| if n % 128 == 0 { most as f32 } else { number(n) }).collect()
        };
        let (weights, x) = (whole(63, inputs * outputs), whole(127, 9 * 128));
        let product = Product::new(weights.chunks(inputs), &[], inputs);
        let mut rows = Quantised::new(product.block);
        rows.set(&x, 128, 128, 128);
        let mut out = Vec::new();
        product.multiply(rows.all(), 1, &mut out);
        assert_eq!(out.len(), 7 * product.stride());
        for (row, got) in out.chunks(product.stride()).enumerate() {
            for (output, value) in got[..outputs].iter().enumerate() {
                let weights = &weights[output * inputs..(output + 1) * inputs];
                let sum: f32 = weights.iter().zip(&x[row * 128..]).map(|(w, x)| w * x).sum();
                assert_eq!(*value, sum, "row {row}, output {output}");
            }
        }
    }

    #[test]
    fn rows_do_not_depend_on_their_company() {
        let (inputs, outputs) = (128, 70);
        let (weights, bias) = (numbers(inputs * outputs), numbers(outputs));
        let product = Product::new(weights.chunks(inputs), &bias, inputs);
        let x = numbers(23 * inputs);
        let (mut all, mut one) = (Vec::new(), Vec::new());
        product.apply(&x, inputs, &mut all);
        assert_eq!(all.len(), 23 * product.stride());
        for (row, got) in all.chunks(product.stride()).enumerate() {
            product.apply(&x[row * inputs..(row + 1) * inputs], inputs, &mut one);
            assert_eq!(got, one, "row {row}");
        }
        product.apply(&x[..5], inputs, &mut all);
        assert!(all.is_empty());
    }

    #[test]
    fn instruction_sets_agree_to_the_bit() {
        for (inputs, step, rows) in
            [(384, 1, 31), (384, 3, 40), (96, 1, 7), (1536, 12, 150), (8, 1, 5)]
        {
            let (weights, bias) = (numbers(inputs * 45), numbers(45));
            let product = Product::new(weights.chunks(inputs), &bias, inputs);
            let mut x = Quantised::new(product.block);
            // Rows of very different sizes.
            let sizes =
                |(at, value): (usize, f32)| value * 1.7f32.powi((at / product.block % 9) as i32);
            let values: Vec<f32> =
                numbers(rows * product.block).into_iter().enumerate().map(sizes).collect();
            x.set(&values, product.block, product.block, product.block);
            let (mut plain, mut other) = (Vec::new(), Vec::new());
            product.multiply_at(Level::Plain, x.all(), step, &mut plain);
            for level in levels() {
                product.multiply_at(level, x.all(), step, &mut other);
                let same = plain.iter().zip(&other).all(|(a, b)| a.to_bits() == b.to_bits());
                assert!(same && plain.len() == other.len(), "{level:?} with {inputs} inputs");
            }
        }
    }

    #[test]
    fn the_largest_numbers_do_not_overflow() {
        let inputs = 1536;
        let product =
            Product::new([[-1.0f32; 1536], [1.0; 1536]].iter().map(|row| &row[..]), &[], inputs);
        for level in levels() {
            for value in [1.0f32, -1.0] {
                let mut x = Quantised::new(product.block);
                product.quantise(&vec![value; inputs], inputs, &mut x);
                let mut out = Vec::new();
                product.multiply_at(level, x.all(), 1, &mut out);
                assert!(
                    (out[0] + value * 1536.0).abs() < 0.01
                        && (out[1] - value * 1536.0).abs() < 0.01
                );
            }
        }
    }
}
