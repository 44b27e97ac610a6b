//! The inner loops for x86-64: `R` rows by `V` vectors of sums stay in
//! registers.

use super::product::{GROUP, PANEL, Tiles};
use std::arch::x86_64::*;

/// Adds to each sum the products of four unsigned bytes and four weights. Pairs
/// of products fit 16 bits because weights are at most 63.
#[inline]
#[target_feature(enable = "avx2,fma")]
fn dot_avx2(sums: __m256i, bytes: __m256i, weights: __m256i) -> __m256i {
    let pairs = _mm256_maddubs_epi16(bytes, weights);
    _mm256_add_epi32(sums, _mm256_madd_epi16(pairs, _mm256_set1_epi16(1)))
}

macro_rules! tiles {
    ($name:ident, $tile:ident, $features:literal, vectors: $vectors:literal, lanes: $lanes:literal,
     rows: $most:literal, $some:literal, dot: $dot:ident, ints: $load:ident, $splat:ident,
     floats: $load_f:ident, $splat_f:ident, $convert:ident, $mul:ident, $add:ident, $store:ident) => {
        /// # Safety
        /// The machine has the features; `x` has `blocks` rows from `step`
        /// times each of the rows; weights, starts, scales and bias are those
        /// of a panel; `out` has rows of `stride` numbers, of which
        /// `column + PANEL` is at most that.
        #[target_feature(enable = $features)]
        pub(super) unsafe fn $name(tiles: &Tiles<'_>, out: &mut [f32]) {
            for part in (0..PANEL).step_by($vectors * $lanes) {
                let mut row = tiles.rows.start;
                // SAFETY: what the caller promises; no tile has more rows than
                // are left.
                unsafe {
                    while row + $most <= tiles.rows.end {
                        $tile::<$most>(tiles, part, row, out);
                        row += $most;
                    }
                    while row + $some <= tiles.rows.end {
                        $tile::<$some>(tiles, part, row, out);
                        row += $some;
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
            let mut totals = [[$splat_f(0.0); $vectors]; R];
            // SAFETY: the rows of `x` and `out` and the blocks of the panel
            // exist, and `part` and the vectors after it are within one row of
            // a panel.
            unsafe {
                for block in 0..tiles.blocks {
                    let first = row * step + block;
                    let bytes = tiles.x.bytes.as_ptr().add(first * width);
                    let weights = tiles.weights.as_ptr().add(block * width * PANEL + part * GROUP);
                    let starts = tiles.starts.as_ptr().add(block * PANEL + part);
                    let mut sums = [[$splat(0); $vectors]; R];
                    for sum in &mut sums {
                        for v in 0..$vectors {
                            sum[v] = $load(starts.add(v * $lanes).cast());
                        }
                    }
                    for group in 0..width / GROUP {
                        let mut weight = [$splat(0); $vectors];
                        for v in 0..$vectors {
                            let at = group * PANEL * GROUP + v * $lanes * GROUP;
                            weight[v] = $load(weights.add(at).cast());
                        }
                        for r in 0..R {
                            let four = bytes.add(r * step * width + group * GROUP);
                            let four = $splat(four.cast::<i32>().read_unaligned());
                            for v in 0..$vectors {
                                sums[r][v] = $dot(sums[r][v], four, weight[v]);
                            }
                        }
                    }
                    for r in 0..R {
                        let scale = $splat_f(*tiles.x.scales.as_ptr().add(first + r * step));
                        for v in 0..$vectors {
                            totals[r][v] = $add(totals[r][v], $mul($convert(sums[r][v]), scale));
                        }
                    }
                }
                let out = out.as_mut_ptr().add(row * tiles.stride + tiles.column + part);
                for v in 0..$vectors {
                    let scale = $load_f(tiles.scales.as_ptr().add(part + v * $lanes));
                    let bias = $load_f(tiles.bias.as_ptr().add(part + v * $lanes));
                    for r in 0..R {
                        let value = $add($mul(totals[r][v], scale), bias);
                        $store(out.add(r * tiles.stride + v * $lanes), value);
                    }
                }
            }
        }
    };
}

macro_rules! tiles256 {
    ($name:ident, $tile:ident, $features:literal, rows: $most:literal, dot: $dot:ident) => {
        tiles!(
            $name, $tile, $features, vectors: 2, lanes: 8, rows: $most, 2, dot: $dot,
            ints: _mm256_loadu_si256, _mm256_set1_epi32,
            floats: _mm256_loadu_ps, _mm256_set1_ps, _mm256_cvtepi32_ps, _mm256_mul_ps,
            _mm256_add_ps, _mm256_storeu_ps
        );
    };
}

tiles256!(avx2, tile_avx2, "avx2,fma", rows: 4, dot: dot_avx2);
tiles256!(avx_vnni, tile_avx_vnni, "avx2,fma,avxvnni", rows: 6, dot: _mm256_dpbusd_avx_epi32);
tiles!(
    avx512_vnni, tile_avx512_vnni, "avx512f,avx512bw,avx512dq,avx512vl,avx512vnni,avx2,fma",
    vectors: 2, lanes: 16, rows: 6, 2, dot: _mm512_dpbusd_epi32,
    ints: _mm512_loadu_si512, _mm512_set1_epi32,
    floats: _mm512_loadu_ps, _mm512_set1_ps, _mm512_cvtepi32_ps, _mm512_mul_ps,
    _mm512_add_ps, _mm512_storeu_ps
);
