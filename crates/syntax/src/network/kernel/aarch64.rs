//! The inner loops for NEON: `R` rows by `V` vectors of four outputs' sums
//! stay in registers. Inputs are signed here, so sums begin at zero.

use super::product::{GROUP, PANEL, Tiles};
use std::arch::aarch64::*;
use std::arch::asm;

/// Outputs of a vector of sums.
const LANES: usize = 4;

/// Adds to each sum the products of four inputs and four weights.
///
/// # Safety
/// The machine has dot products.
#[inline]
#[target_feature(enable = "neon,dotprod")]
unsafe fn dot(sums: [int32x4_t; 1], four: int8x16_t, weights: int8x16_t) -> [int32x4_t; 1] {
    let [mut sums] = sums;
    // SAFETY: the instruction reads and writes the registers given. (There is
    // no stable function for it.)
    unsafe {
        asm!(
            "sdot {0:v}.4s, {1:v}.16b, {2:v}.16b",
            inout(vreg) sums,
            in(vreg) four,
            in(vreg) weights,
            options(pure, nomem, nostack, preserves_flags)
        );
    }
    [sums]
}

/// The sums themselves.
///
/// # Safety
/// None is needed.
#[inline]
#[target_feature(enable = "neon")]
unsafe fn whole(sums: [int32x4_t; 1]) -> int32x4_t {
    sums[0]
}

/// Adds the products of four inputs and four weights of four outputs; an
/// output's sum is in two parts.
///
/// # Safety
/// The machine has NEON.
#[inline]
#[target_feature(enable = "neon")]
unsafe fn multiply(sums: [int32x4_t; 2], four: int8x16_t, weights: int8x16_t) -> [int32x4_t; 2] {
    #[allow(unused_unsafe)]
    // SAFETY: as the caller promises.
    unsafe {
        let low = vmull_s8(vget_low_s8(four), vget_low_s8(weights));
        let high = vmull_high_s8(four, weights);
        [vpadalq_s16(sums[0], low), vpadalq_s16(sums[1], high)]
    }
}

/// Adds the two parts of each output's sum.
///
/// # Safety
/// The machine has NEON.
#[inline]
#[target_feature(enable = "neon")]
unsafe fn joined(sums: [int32x4_t; 2]) -> int32x4_t {
    #[allow(unused_unsafe)]
    // SAFETY: as the caller promises.
    unsafe {
        vpaddq_s32(sums[0], sums[1])
    }
}

macro_rules! tiles {
    ($name:ident, $tile:ident, $features:literal, vectors: $vectors:literal, parts: $parts:literal,
     dot: $dot:ident, finish: $finish:ident) => {
        /// # Safety
        /// The machine has the features; `x` has `blocks` rows from `step`
        /// times each of the rows; weights, scales and bias are those of a
        /// panel; `out` has rows of `stride` numbers, of which
        /// `column + PANEL` is at most that.
        #[target_feature(enable = $features)]
        pub(super) unsafe fn $name(tiles: &Tiles<'_>, out: &mut [f32]) {
            for part in (0..PANEL).step_by($vectors * LANES) {
                let mut row = tiles.rows.start;
                // SAFETY: what the caller promises; no tile has more rows than
                // are left.
                unsafe {
                    while row + 4 <= tiles.rows.end {
                        $tile::<4>(tiles, part, row, out);
                        row += 4;
                    }
                    while row < tiles.rows.end {
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
            let (width, step) = (tiles.width, tiles.step);
            // SAFETY: the rows of `x` and `out` and the blocks of the panel
            // exist, and `part` and the vectors after it are within one row of
            // a panel.
            unsafe {
                let mut totals = [[vdupq_n_f32(0.0); $vectors]; R];
                for block in 0..tiles.blocks {
                    let first = row * step + block;
                    let bytes = tiles.x.bytes.as_ptr().add(first * width);
                    let weights = tiles.weights.as_ptr().add(block * width * PANEL + part * GROUP);
                    let mut sums = [[[vdupq_n_s32(0); $parts]; $vectors]; R];
                    for group in 0..width / GROUP {
                        let mut weight = [vdupq_n_s8(0); $vectors];
                        for v in 0..$vectors {
                            weight[v] =
                                vld1q_s8(weights.add(group * PANEL * GROUP + v * LANES * GROUP));
                        }
                        for r in 0..R {
                            let four = bytes.add(r * step * width + group * GROUP);
                            let four = vdupq_n_u32(four.cast::<u32>().read_unaligned());
                            // From 128 more than the number to the number.
                            let four = veorq_u32(four, vdupq_n_u32(0x8080_8080));
                            let four = vreinterpretq_s8_u32(four);
                            for v in 0..$vectors {
                                sums[r][v] = $dot(sums[r][v], four, weight[v]);
                            }
                        }
                    }
                    for r in 0..R {
                        let scale = vdupq_n_f32(*tiles.x.scales.as_ptr().add(first + r * step));
                        for v in 0..$vectors {
                            let sum = vcvtq_f32_s32($finish(sums[r][v]));
                            totals[r][v] = vaddq_f32(totals[r][v], vmulq_f32(sum, scale));
                        }
                    }
                }
                let out = out.as_mut_ptr().add(row * tiles.stride + tiles.column + part);
                for v in 0..$vectors {
                    let scale = vld1q_f32(tiles.scales.as_ptr().add(part + v * LANES));
                    let bias = vld1q_f32(tiles.bias.as_ptr().add(part + v * LANES));
                    for r in 0..R {
                        let value = vaddq_f32(vmulq_f32(totals[r][v], scale), bias);
                        vst1q_f32(out.add(r * tiles.stride + v * LANES), value);
                    }
                }
            }
        }
    };
}

tiles!(neon_dot, tile_dot, "neon,dotprod", vectors: 4, parts: 1, dot: dot, finish: whole);
tiles!(neon, tile_neon, "neon", vectors: 2, parts: 2, dot: multiply, finish: joined);
