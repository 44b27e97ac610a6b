//! What this machine can do, to hold the network's speed against: the measured
//! peak of `f32` multiply-adds on one thread, from independent chains of fused
//! multiply-adds that stay in registers.
//!
//! `cargo bench -p dateline-bench --bench network` prints words a second of
//! the network's parts and their share of that peak; `--bench kernels` compares
//! matrix products. `docs/kernels.md` says what came out.
#![allow(unsafe_code)]

use std::hint::black_box;
use std::time::Instant;

/// Chains that run at the same time; two units of a latency of four need eight.
const CHAINS: usize = 12;

#[cfg(any(test, not(target_arch = "x86_64")))]
fn chains(rounds: usize, factor: f32) -> f32 {
    let mut sums = [[1.0f32; LANES]; CHAINS];
    for _ in 0..rounds {
        for sum in &mut sums {
            for lane in sum {
                *lane = lane.mul_add(factor, factor);
            }
        }
    }
    sums.iter().flatten().sum()
}

/// Numbers of a vector where the compiler is left to choose one.
#[cfg(any(test, not(target_arch = "x86_64")))]
const LANES: usize = 4;

#[cfg(target_arch = "x86_64")]
mod x86 {
    use super::CHAINS;
    use std::arch::x86_64::*;

    #[target_feature(enable = "avx512f,avx2,fma")]
    pub(super) fn chains512(rounds: usize, factor: f32) -> f32 {
        let factor = _mm512_set1_ps(factor);
        let mut sums = [factor; CHAINS];
        for _ in 0..rounds {
            for sum in &mut sums {
                *sum = _mm512_fmadd_ps(*sum, factor, factor);
            }
        }
        sums.into_iter().map(|sum| _mm512_reduce_add_ps(sum)).sum()
    }

    #[target_feature(enable = "avx2,fma")]
    pub(super) fn chains256(rounds: usize, factor: f32) -> f32 {
        let factor = _mm256_set1_ps(factor);
        let mut sums = [factor; CHAINS];
        for _ in 0..rounds {
            for sum in &mut sums {
                *sum = _mm256_fmadd_ps(*sum, factor, factor);
            }
        }
        sums.into_iter().map(|sum| _mm256_cvtss_f32(sum)).sum()
    }
}

/// Billions of multiply-adds a second that one thread of this machine reaches,
/// the best of several runs; infinite on x86 without fused
/// multiply-adds, where it is not measured.
#[must_use]
pub fn peak() -> f64 {
    const ROUNDS: usize = 4_000_000;
    let timed = |lanes: usize, run: &dyn Fn(usize, f32) -> f32| {
        let times = (0..7).map(|_| {
            let start = Instant::now();
            black_box(run(black_box(ROUNDS), black_box(0.5)));
            start.elapsed().as_secs_f64()
        });
        (ROUNDS * CHAINS * lanes) as f64 / times.fold(f64::INFINITY, f64::min) / 1e9
    };
    #[cfg(target_arch = "x86_64")]
    {
        use std::arch::is_x86_feature_detected as has;
        if has!("avx512f") && has!("avx2") && has!("fma") {
            // SAFETY: the features were found.
            return timed(16, &|rounds, factor| unsafe { x86::chains512(rounds, factor) });
        }
        if has!("avx2") && has!("fma") {
            // SAFETY: the features were found.
            return timed(8, &|rounds, factor| unsafe { x86::chains256(rounds, factor) });
        }
    }
    #[cfg(not(target_arch = "x86_64"))]
    return timed(LANES, &chains);
    #[cfg(target_arch = "x86_64")]
    f64::INFINITY
}

#[cfg(test)]
mod tests {
    #[test]
    fn chains_compute() {
        assert_eq!(super::chains(1, 0.5), (super::LANES * super::CHAINS) as f32);
    }
}
