//! Matrix products and run-time choice of the instruction set.
//!
//! A [`Product`] holds its weights packed in panels of [`PANEL`] outputs, as
//! the inner loops of Goto and van de Geijn (2008) read them; inputs are read
//! in place, with any distance between rows, so that a convolution over three
//! tokens needs no copy. Every output is one chain of fused multiply-adds in
//! the order of the inputs, starting at the bias: the same bits with AVX-512,
//! AVX2 and NEON, however many rows are computed together, on however many
//! threads. `docs/kernels.md` compares it with libraries.
//!
//! This is the one file of the crate with `unsafe`: calls of functions that
//! are compiled for an instruction set the machine was found to have, and
//! loads and stores of their vectors.
#![allow(unsafe_code)]

/// Outputs that are computed together.
pub(crate) const PANEL: usize = 32;

/// A family of instruction sets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Level {
    Plain,
    #[cfg(target_arch = "x86_64")]
    Avx2,
    #[cfg(target_arch = "x86_64")]
    Avx512,
}

/// The widest family that this machine has.
fn level() -> Level {
    #[cfg(target_arch = "x86_64")]
    {
        use std::arch::is_x86_feature_detected as has;
        let avx2 = has!("avx2") && has!("fma");
        if avx2 && has!("avx512f") && has!("avx512bw") && has!("avx512dq") && has!("avx512vl") {
            return Level::Avx512;
        }
        if avx2 {
            return Level::Avx2;
        }
    }
    Level::Plain
}

/// Plain arithmetic that the compiler vectorises, once for each instruction
/// set; `run` must be `#[inline(always)]`.
pub(crate) trait Work {
    type Out;
    fn run(self) -> Self::Out;
}

/// Does the work with the widest instructions that this machine has.
pub(crate) fn widest<W: Work>(work: W) -> W::Out {
    #[cfg(target_arch = "x86_64")]
    {
        #[target_feature(enable = "avx512f,avx512bw,avx512dq,avx512vl,avx2,fma")]
        fn avx512<W: Work>(work: W) -> W::Out {
            work.run()
        }
        #[target_feature(enable = "avx2,fma")]
        fn avx2<W: Work>(work: W) -> W::Out {
            work.run()
        }
        match level() {
            // SAFETY: `level` found these features on this machine.
            Level::Avx512 => return unsafe { avx512(work) },
            // SAFETY: as above.
            Level::Avx2 => return unsafe { avx2(work) },
            Level::Plain => {}
        }
    }
    work.run()
}

/// A linear layer `y = W x + b`, packed.
#[derive(Debug)]
pub(crate) struct Product {
    /// For each panel its rows: one row of [`PANEL`] weights an input.
    panels: Vec<f32>,
    bias: Vec<f32>,
    inputs: usize,
    #[cfg(feature = "measure")]
    outputs: usize,
}

impl Product {
    /// Packs a matrix of one row of `inputs` weights an output. Without a bias
    /// for an output it is zero.
    pub(crate) fn new<'w>(
        rows: impl Iterator<Item = &'w [f32]>,
        bias: &[f32],
        inputs: usize,
    ) -> Self {
        let mut panels = Vec::new();
        let mut outputs = 0;
        for (at, row) in rows.enumerate() {
            if at % PANEL == 0 {
                panels.resize(panels.len() + PANEL * inputs, 0.0);
            }
            let panel = at / PANEL * PANEL * inputs;
            for (cell, weight) in panels[panel + at % PANEL..].iter_mut().step_by(PANEL).zip(row) {
                *cell = *weight;
            }
            outputs = at + 1;
        }
        let mut bias = bias.to_vec();
        bias.resize(outputs.next_multiple_of(PANEL), 0.0);
        Self {
            panels,
            bias,
            inputs,
            #[cfg(feature = "measure")]
            outputs,
        }
    }

    /// Multiply-adds of a row.
    #[cfg(feature = "measure")]
    pub(crate) fn multiply_adds(&self) -> usize {
        self.inputs * self.outputs
    }

    /// Distance between the rows of outputs: the outputs and, after them,
    /// zeros that fill the last panel.
    pub(crate) fn stride(&self) -> usize {
        self.bias.len()
    }

    /// Rows of outputs for rows of inputs that begin `step` numbers apart (and
    /// overlap if that is less than the inputs are).
    pub(crate) fn apply(&self, x: &[f32], step: usize, out: &mut Vec<f32>) {
        let rows = match x.len().checked_sub(self.inputs) {
            Some(rest) => rest / step.max(1) + 1,
            None => 0,
        };
        out.resize(rows * self.stride(), 0.0);
        let Some(last) = rows.checked_sub(1) else { return };
        // What the vector loads and stores below rely on.
        assert!(last * step + self.inputs <= x.len());
        assert!(out.len() == rows * self.stride());
        assert!(self.panels.len() == self.stride() * self.inputs);
        for (at, panel) in self.panels.chunks_exact(PANEL * self.inputs).enumerate() {
            let tile = Tiles {
                x,
                step,
                rows,
                panel,
                bias: &self.bias[at * PANEL..(at + 1) * PANEL],
                column: at * PANEL,
                stride: self.stride(),
            };
            match level() {
                // SAFETY: `level` found the features; the assertions above hold
                // the slices to the sizes that the tiles read and write.
                #[cfg(target_arch = "x86_64")]
                Level::Avx512 => unsafe { x86::avx512(&tile, out) },
                // SAFETY: as above.
                #[cfg(target_arch = "x86_64")]
                Level::Avx2 => unsafe { x86::avx2(&tile, out) },
                Level::Plain => tile.plain(out),
            }
        }
    }
}

/// One panel's part of a product.
struct Tiles<'p> {
    x: &'p [f32],
    step: usize,
    rows: usize,
    panel: &'p [f32],
    bias: &'p [f32],
    column: usize,
    stride: usize,
}

impl Tiles<'_> {
    /// Any machine; four rows at a time keep the weights in registers.
    fn plain(&self, out: &mut [f32]) {
        let inputs = self.panel.len() / PANEL;
        for first in (0..self.rows).step_by(4) {
            let count = 4.min(self.rows - first);
            for part in (0..PANEL).step_by(8) {
                let mut sums = [[0.0f32; 8]; 4];
                for sum in &mut sums {
                    sum.copy_from_slice(&self.bias[part..part + 8]);
                }
                // Rows past the end repeat the last one and are not stored.
                let rows: [&[f32]; 4] = std::array::from_fn(|row| {
                    let at = (first + row.min(count - 1)) * self.step;
                    &self.x[at..at + inputs]
                });
                for (at, weights) in self.panel.chunks_exact(PANEL).enumerate() {
                    for (sum, row) in sums.iter_mut().zip(rows) {
                        for (sum, weight) in sum.iter_mut().zip(&weights[part..part + 8]) {
                            *sum = multiply_add(row[at], *weight, *sum);
                        }
                    }
                }
                for (row, sum) in sums.iter().enumerate().take(count) {
                    let at = (first + row) * self.stride + self.column + part;
                    out[at..at + 8].copy_from_slice(sum);
                }
            }
        }
    }
}

/// Fused where the machine surely has it; the library's replacement is slow.
fn multiply_add(a: f32, b: f32, sum: f32) -> f32 {
    if cfg!(any(target_arch = "aarch64", target_feature = "fma")) {
        a.mul_add(b, sum)
    } else {
        a * b + sum
    }
}

#[cfg(target_arch = "x86_64")]
mod x86 {
    //! The inner loops: `R` rows by `V` vectors of sums stay in registers.

    use super::{PANEL, Tiles};
    use std::arch::x86_64::*;

    macro_rules! tiles {
        ($name:ident, $tile:ident, $features:literal, $vectors:literal, $lanes:literal,
         $most:literal, $some:literal, $load:ident, $splat:ident, $fma:ident, $store:ident) => {
            /// # Safety
            /// The machine has the features, `x` has `rows` rows `step` apart,
            /// `panel` the inputs by [`PANEL`] weights, and `out` has `rows`
            /// rows of `stride` numbers, `column + PANEL` at most that.
            #[target_feature(enable = $features)]
            pub(super) unsafe fn $name(tiles: &Tiles<'_>, out: &mut [f32]) {
                for part in (0..PANEL).step_by($vectors * $lanes) {
                    let mut row = 0;
                    // SAFETY: what the caller promises; no tile has more rows
                    // than are left.
                    unsafe {
                        while row + $most <= tiles.rows {
                            $tile::<$most>(tiles, part, row, out);
                            row += $most;
                        }
                        while row + $some <= tiles.rows {
                            $tile::<$some>(tiles, part, row, out);
                            row += $some;
                        }
                        while row < tiles.rows {
                            $tile::<1>(tiles, part, row, out);
                            row += 1;
                        }
                    }
                }
            }

            /// # Safety
            /// As for the function above; `row + R` at most the rows.
            #[target_feature(enable = $features)]
            unsafe fn $tile<const R: usize>(
                tiles: &Tiles<'_>,
                part: usize,
                row: usize,
                out: &mut [f32],
            ) {
                let inputs = tiles.panel.len() / PANEL;
                // SAFETY: rows `row..row + R` of `x` and `out` exist, and so do
                // `inputs` rows of the panel, of which `part` and the vectors
                // after it are within one row.
                unsafe {
                    let x = tiles.x.as_ptr().add(row * tiles.step);
                    let weights = tiles.panel.as_ptr().add(part);
                    let bias = tiles.bias.as_ptr().add(part);
                    let mut sums = [[$splat(0.0); $vectors]; R];
                    for sum in &mut sums {
                        for v in 0..$vectors {
                            sum[v] = $load(bias.add(v * $lanes));
                        }
                    }
                    for at in 0..inputs {
                        let mut weight = [$splat(0.0); $vectors];
                        for v in 0..$vectors {
                            weight[v] = $load(weights.add(at * PANEL + v * $lanes));
                        }
                        for r in 0..R {
                            let value = $splat(*x.add(r * tiles.step + at));
                            for v in 0..$vectors {
                                sums[r][v] = $fma(value, weight[v], sums[r][v]);
                            }
                        }
                    }
                    let out = out.as_mut_ptr().add(row * tiles.stride + tiles.column + part);
                    for r in 0..R {
                        for v in 0..$vectors {
                            $store(out.add(r * tiles.stride + v * $lanes), sums[r][v]);
                        }
                    }
                }
            }
        };
    }

    tiles!(
        avx512,
        tile512,
        "avx512f,avx512bw,avx512dq,avx512vl,avx2,fma",
        2,
        16,
        12,
        4,
        _mm512_loadu_ps,
        _mm512_set1_ps,
        _mm512_fmadd_ps,
        _mm512_storeu_ps
    );
    tiles!(
        avx2,
        tile256,
        "avx2,fma",
        2,
        8,
        6,
        2,
        _mm256_loadu_ps,
        _mm256_set1_ps,
        _mm256_fmadd_ps,
        _mm256_storeu_ps
    );
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::network::arithmetic::dot;

    fn numbers(count: usize) -> Vec<f32> {
        (0..count).map(|n| ((n * 7919 + 13) % 1009) as f32 / 504.5 - 1.0).collect()
    }

    #[test]
    fn products_take_the_weights_transposed() {
        let weights = [1.0f32, 0.0, 1.0, 1.0];
        let product = Product::new(weights.chunks(2), &[1.0, 1.0], 2);
        let mut out = Vec::new();
        product.apply(&[1.0, 2.0, 3.0, 4.0], 2, &mut out);
        assert_eq!((out[0], out[1]), (2.0, 4.0));
        assert_eq!((out[product.stride()], out[product.stride() + 1]), (4.0, 8.0));
    }

    #[test]
    fn rows_do_not_depend_on_their_company_and_may_overlap() {
        let (inputs, step, outputs) = (24, 8, 37);
        let (weights, bias) = (numbers(inputs * outputs), numbers(outputs));
        let product = Product::new(weights.chunks(inputs), &bias, inputs);
        let x = numbers(30 * step);
        let (mut all, mut one) = (Vec::new(), Vec::new());
        product.apply(&x, step, &mut all);
        assert_eq!(all.len(), 28 * product.stride());
        for (row, got) in all.chunks(product.stride()).enumerate() {
            let input = &x[row * step..row * step + inputs];
            product.apply(input, inputs, &mut one);
            assert_eq!(got, one, "row {row}");
            for (output, value) in got[..outputs].iter().enumerate() {
                let true_value = dot(&weights[output * inputs..(output + 1) * inputs], input);
                assert!((value - true_value - bias[output]).abs() < 1e-4);
            }
        }
        product.apply(&x[..5], step, &mut all);
        assert!(all.is_empty());
    }

    #[cfg(target_arch = "x86_64")]
    #[test]
    fn instruction_sets_agree_to_the_bit() {
        let (inputs, rows) = (40, 31);
        let (x, panel, bias) = (numbers(inputs * rows), numbers(inputs * PANEL), numbers(PANEL));
        let tiles = Tiles {
            x: &x,
            step: inputs,
            rows,
            panel: &panel,
            bias: &bias,
            column: 0,
            stride: PANEL,
        };
        let [mut plain, mut narrow, mut wide] = [(); 3].map(|()| vec![0.0; rows * PANEL]);
        tiles.plain(&mut plain);
        if level() == Level::Avx512 {
            // SAFETY: the features are there and the sizes are right.
            unsafe { (x86::avx512(&tiles, &mut wide), x86::avx2(&tiles, &mut narrow)) };
            assert_eq!(wide, narrow);
            assert!(wide.iter().zip(&plain).all(|(a, b)| (a - b).abs() < 1e-4));
        }
    }
}
