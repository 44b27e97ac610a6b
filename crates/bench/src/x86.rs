//! The chains of x86-64.

use super::{CHAINS, Peaks, timed};
use std::arch::is_x86_feature_detected as has;
use std::arch::x86_64::*;
use std::hint::black_box;

macro_rules! chains {
    ($name:ident, $features:literal, $zero:expr, $step:expr, $reduce:expr) => {
        #[target_feature(enable = $features)]
        fn $name(rounds: usize) -> i32 {
            let (mut sums, factor) = ([$zero; CHAINS], black_box($zero));
            for _ in 0..rounds {
                for sum in &mut sums {
                    *sum = $step(*sum, factor);
                }
            }
            sums.into_iter().map($reduce).sum()
        }
    };
}

chains!(
    floats256,
    "avx2,fma",
    _mm256_set1_ps(0.5),
    |sum, factor| _mm256_fmadd_ps(sum, factor, factor),
    |sum| _mm256_cvtss_f32(sum) as i32
);
chains!(
    floats512,
    "avx512f,avx2,fma",
    _mm512_set1_ps(0.5),
    |sum, factor| _mm512_fmadd_ps(sum, factor, factor),
    |sum| _mm512_cvtss_f32(sum) as i32
);
chains!(
    bytes_avx2,
    "avx2,fma",
    _mm256_set1_epi8(1),
    |sum, factor| {
        // The product depends on the sum, or it would be computed only once.
        let pairs = _mm256_maddubs_epi16(sum, factor);
        _mm256_add_epi32(sum, _mm256_madd_epi16(pairs, _mm256_set1_epi16(1)))
    },
    |sum| _mm256_cvtsi256_si32(sum)
);
chains!(
    bytes_avx_vnni,
    "avx2,fma,avxvnni",
    _mm256_set1_epi8(1),
    |sum, factor| _mm256_dpbusd_avx_epi32(sum, factor, factor),
    |sum| _mm256_cvtsi256_si32(sum)
);
chains!(
    bytes_avx512_vnni,
    "avx512f,avx512vnni,avx2,fma",
    _mm512_set1_epi8(1),
    |sum, factor| _mm512_dpbusd_epi32(sum, factor, factor),
    |sum| _mm512_cvtsi512_si32(sum)
);

/// The peaks, with the instructions that the network would choose.
pub(super) fn peaks() -> Option<Peaks> {
    if !has!("avx2") || !has!("fma") {
        return None;
    }
    // SAFETY of all calls: the features were found.
    let floats = if has!("avx512f") {
        timed(16, |rounds| unsafe { floats512(rounds) })
    } else {
        timed(8, |rounds| unsafe { floats256(rounds) })
    };
    let wide = has!("avx512bw") && has!("avx512dq") && has!("avx512vl");
    let (bytes, unit) = if wide && has!("avx512f") && has!("avx512vnni") {
        (timed(64, |rounds| unsafe { bytes_avx512_vnni(rounds) }), "AVX-512 VNNI")
    } else if has!("avxvnni") {
        (timed(32, |rounds| unsafe { bytes_avx_vnni(rounds) }), "AVX-VNNI")
    } else {
        (timed(32, |rounds| unsafe { bytes_avx2(rounds) }), "AVX2")
    };
    Some(Peaks { floats, bytes, unit })
}
