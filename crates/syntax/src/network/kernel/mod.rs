//! Matrix products in eight bits, and the run-time choice of the instruction
//! set.
//!
//! A [`Product`] multiplies [`Quantised`] rows: weights are integers of at most
//! 63 with one scale an output, inputs integers of at most 127 with one scale a
//! block of a row. Sums of products are integers, the same in any order; what
//! is left of `f32` is done in one fixed order without fused operations. So
//! every instruction set, any number of rows at a time and any number of
//! threads give the same bits. `docs/kernels.md` compares speeds.
//!
//! This folder is the one place of the crate with `unsafe`: calls of functions
//! that are compiled for an instruction set the machine was found to have, and
//! loads and stores of their vectors.
#![allow(unsafe_code)]

#[cfg(target_arch = "aarch64")]
mod aarch64;
mod product;
mod quantised;
#[cfg(target_arch = "x86_64")]
mod x86;

pub(crate) use product::{GROUP, Product};
pub(crate) use quantised::{Quantised, Rows, RowsMut};

/// A family of instruction sets with a way to sum products of bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Level {
    /// Whatever the compiler makes of a plain loop.
    Plain,
    #[cfg(target_arch = "x86_64")]
    Avx2,
    /// AVX2 and the 256-bit dot products of recent processors without AVX-512.
    #[cfg(target_arch = "x86_64")]
    AvxVnni,
    #[cfg(target_arch = "x86_64")]
    Avx512Vnni,
    #[cfg(target_arch = "aarch64")]
    Neon,
    /// NEON with its dot products.
    #[cfg(target_arch = "aarch64")]
    NeonDot,
}

/// The families that this machine has, the fastest first.
fn levels() -> impl Iterator<Item = Level> {
    #[cfg(target_arch = "x86_64")]
    let found = {
        use std::arch::is_x86_feature_detected as has;
        let avx2 = has!("avx2") && has!("fma");
        [
            (avx2 && wide() && has!("avx512vnni")).then_some(Level::Avx512Vnni),
            (avx2 && has!("avxvnni")).then_some(Level::AvxVnni),
            avx2.then_some(Level::Avx2),
        ]
    };
    #[cfg(target_arch = "aarch64")]
    let found = {
        use std::arch::is_aarch64_feature_detected as has;
        let neon = has!("neon");
        [(neon && has!("dotprod")).then_some(Level::NeonDot), neon.then_some(Level::Neon)]
    };
    #[cfg(not(any(target_arch = "x86_64", target_arch = "aarch64")))]
    let found = [];
    found.into_iter().flatten().chain([Level::Plain])
}

/// The fastest family that this machine has.
fn level() -> Level {
    levels().next().unwrap_or(Level::Plain)
}

/// Whether the machine has what is used of AVX-512 for plain arithmetic.
#[cfg(target_arch = "x86_64")]
fn wide() -> bool {
    use std::arch::is_x86_feature_detected as has;
    has!("avx512f") && has!("avx512bw") && has!("avx512dq") && has!("avx512vl")
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
        use std::arch::is_x86_feature_detected as has;
        #[target_feature(enable = "avx512f,avx512bw,avx512dq,avx512vl,avx2,fma")]
        fn avx512<W: Work>(work: W) -> W::Out {
            work.run()
        }
        #[target_feature(enable = "avx2,fma")]
        fn avx2<W: Work>(work: W) -> W::Out {
            work.run()
        }
        if has!("avx2") && has!("fma") {
            if wide() {
                // SAFETY: the features were found on this machine.
                return unsafe { avx512(work) };
            }
            // SAFETY: as above.
            return unsafe { avx2(work) };
        }
    }
    work.run()
}
