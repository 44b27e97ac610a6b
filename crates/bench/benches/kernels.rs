//! Matrix products of the networks' sizes by this project's kernel, which
//! quantises its inputs to eight bits, and by libraries in `f32`; items are
//! multiply-adds.
#![allow(unsafe_code)]

use dateline_syntax::measure::Packed;
use divan::{Bencher, counter::ItemsCount};

/// Rows (tokens), inputs, outputs: a convolution, the gates of a recurrence and
/// the tagging heads of the small network; the attention's three products and
/// the two of the feed-forward layer of a transformer of width 384.
const SIZES: [(usize, usize, usize); 6] = [
    (32, 384, 256),
    (32, 128, 256),
    (32, 128, 544),
    (300, 384, 1152),
    (300, 384, 1536),
    (300, 1536, 384),
];

fn numbers(count: usize) -> Vec<f32> {
    (0..count).map(|n| ((n * 7919 + 13) % 1009) as f32 / 504.5 - 1.0).collect()
}

fn data((rows, inputs, outputs): (usize, usize, usize)) -> (Vec<f32>, Vec<f32>, Vec<f32>) {
    (numbers(rows * inputs), numbers(inputs * outputs), vec![0.0; rows * outputs])
}

#[divan::bench(args = SIZES, min_time = 0.5)]
fn own(bencher: Bencher<'_, '_>, size: (usize, usize, usize)) {
    let (x, weights, mut out) = data(size);
    let packed = Packed::new(&weights, size.1);
    bencher
        .counter(ItemsCount::new(size.0 * size.1 * size.2))
        .bench_local(|| packed.apply(&x, size.1, &mut out));
}

#[divan::bench(args = SIZES, min_time = 0.5)]
fn matrixmultiply(bencher: Bencher<'_, '_>, size: (usize, usize, usize)) {
    let (rows, inputs, outputs) = size;
    let (x, weights, mut out) = data(size);
    bencher.counter(ItemsCount::new(rows * inputs * outputs)).bench_local(|| {
        let (n, m) = (inputs as isize, outputs as isize);
        // SAFETY: the slices are of these sizes.
        unsafe {
            matrixmultiply::sgemm(
                rows,
                inputs,
                outputs,
                1.0,
                x.as_ptr(),
                n,
                1,
                weights.as_ptr(),
                1,
                n,
                0.0,
                out.as_mut_ptr(),
                m,
                1,
            );
        }
    });
}

#[divan::bench(args = SIZES, min_time = 0.5)]
fn gemm(bencher: Bencher<'_, '_>, size: (usize, usize, usize)) {
    let (rows, inputs, outputs) = size;
    let (x, weights, mut out) = data(size);
    bencher.counter(ItemsCount::new(rows * inputs * outputs)).bench_local(|| {
        let (n, m) = (inputs as isize, outputs as isize);
        // SAFETY: the slices are of these sizes.
        unsafe {
            gemm::gemm(
                rows,
                outputs,
                inputs,
                out.as_mut_ptr(),
                1,
                m,
                false,
                x.as_ptr(),
                1,
                n,
                weights.as_ptr(),
                n,
                1,
                0.0,
                1.0,
                false,
                false,
                false,
                gemm::Parallelism::None,
            );
        }
    });
}

fn main() {
    divan::main();
}
