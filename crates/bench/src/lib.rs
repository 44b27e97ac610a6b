//! What this machine can do, to hold the network's speed against: the measured
//! peaks of multiply-adds on one thread, from independent chains that stay in
//! registers.
//!
//! `cargo bench -p dateline-bench --bench network` prints words a second of
//! the network's parts and their share of that peak; `--bench kernels` compares
//! matrix products, `--bench rooms` the rooms of times and places with the
//! network. `docs/kernels.md` says what came out.
#![allow(unsafe_code)]

use std::hint::black_box;
use std::time::Instant;

#[cfg(target_arch = "x86_64")]
mod x86;

/// Chains that run at the same time; two units of a latency of five need ten.
const CHAINS: usize = 12;
/// Steps of every chain that are timed together.
const ROUNDS: usize = 2_000_000;

/// Billions of multiply-adds a second that one thread of this machine reaches.
#[derive(Debug, Clone, Copy)]
pub struct Peaks {
    /// Of `f32`, by fused multiply-adds.
    pub floats: f64,
    /// Of bytes, by the fastest instructions that the network uses here.
    pub bytes: f64,
    /// The name of those instructions.
    pub unit: &'static str,
}

impl Peaks {
    /// Measures this machine: the best of several runs each. Infinite where
    /// there is no measurement: on anything but x86-64 with AVX2.
    #[must_use]
    pub fn measure() -> Self {
        #[cfg(target_arch = "x86_64")]
        if let Some(peaks) = x86::peaks() {
            return peaks;
        }
        Self { floats: f64::INFINITY, bytes: f64::INFINITY, unit: "not measured" }
    }
}

/// Billions of multiply-adds a second of a function that does so many in each
/// of its [`ROUNDS`].
#[cfg_attr(not(target_arch = "x86_64"), allow(dead_code))]
fn timed(each: usize, run: impl Fn(usize) -> i32) -> f64 {
    let times = (0..9).map(|_| {
        let start = busy();
        black_box(run(black_box(ROUNDS)));
        busy() - start
    });
    (ROUNDS * CHAINS * each) as f64 / times.fold(f64::INFINITY, f64::min) / 1e9
}

/// Some paragraphs of agency prose about made-up affairs, which are small, so
/// that all types are known after the first round; or the file that
/// `DATELINE_TEXT` names.
///
/// # Panics
/// When that file cannot be read.
#[must_use]
pub fn text() -> String {
    let own = std::env::var("DATELINE_TEXT").map(std::fs::read_to_string);
    let built_in = |_| Ok(include_str!("../benches/article.txt").repeat(8));
    own.unwrap_or_else(built_in).expect("the text is there")
}

/// Seconds of the fastest of at least five rounds that take a second together.
pub fn best(mut run: impl FnMut()) -> f64 {
    let (mut best, mut total, mut rounds) = (f64::INFINITY, 0.0, 0);
    while total < 1.0 || rounds < 5 {
        let start = busy();
        run();
        let time = busy() - start;
        best = best.min(time);
        total += time;
        rounds += 1;
    }
    best
}

/// Seconds that this thread has been running, which other work on the machine
/// does not add to; where the system does not tell, seconds that have passed.
#[must_use]
pub fn busy() -> f64 {
    #[cfg(all(target_os = "linux", target_pointer_width = "64"))]
    {
        #[repr(C)]
        struct Time {
            seconds: i64,
            nanoseconds: i64,
        }
        unsafe extern "C" {
            fn clock_gettime(clock: i32, time: *mut Time) -> i32;
        }
        const THREAD: i32 = 3;
        let mut time = Time { seconds: 0, nanoseconds: 0 };
        // SAFETY: the C library's function of this name writes this structure.
        if unsafe { clock_gettime(THREAD, &mut time) } == 0 {
            return time.seconds as f64 + time.nanoseconds as f64 / 1e9;
        }
    }
    static START: std::sync::OnceLock<Instant> = std::sync::OnceLock::new();
    START.get_or_init(Instant::now).elapsed().as_secs_f64()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn time_passes_while_there_is_work() {
        let start = busy();
        black_box((0..2_000_000u64).map(black_box).sum::<u64>());
        assert!(busy() > start);
    }
}
