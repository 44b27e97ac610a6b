//! Matrix products of the networks' sizes by this project's kernel, which
//! quantises its inputs to eight bits, and by libraries, in `f32` and (rten-gemm)
//! of bytes that are quantised already; items are multiply-adds. For one thread
//! rten-gemm wants `RAYON_NUM_THREADS=1`.
#![allow(unsafe_code)]

use dateline_syntax::measure::Packed;
use divan::{Bencher, counter::ItemsCount};
use rten_gemm::{GemmExecutor, GemmInT, GemmInputA, GemmInputB, GemmOptions, GemmOutT};
use rten_tensor::NdTensorView;

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

/// Weights packed once, as the network would have them.
#[divan::bench(args = SIZES, min_time = 0.5)]
fn rten_floats(bencher: Bencher<'_, '_>, size: (usize, usize, usize)) {
    let (x, weights, out) = data(size);
    rten(bencher, size, (&x, &weights, out));
}

/// Neither the quantising of the inputs nor the scaling of the sums, which the
/// own kernel does, is in it.
#[divan::bench(args = SIZES, min_time = 0.5)]
fn rten_bytes(bencher: Bencher<'_, '_>, size: (usize, usize, usize)) {
    let (rows, inputs, outputs) = size;
    let byte = |n: usize| (n * 7919 + 13) % 127;
    let x: Vec<u8> = (0..rows * inputs).map(|n| byte(n) as u8).collect();
    let weights: Vec<i8> = (0..inputs * outputs).map(|n| byte(n) as i8 - 63).collect();
    rten(bencher, size, (&x, &weights, vec![0_i32; rows * outputs]));
}

fn rten<X: GemmInT, W: GemmInT, O: GemmOutT>(
    bencher: Bencher<'_, '_>,
    (rows, inputs, outputs): (usize, usize, usize),
    (x, weights, mut out): (&[X], &[W], Vec<O>),
) where
    GemmExecutor<X, W, O>: Default,
{
    let executor = GemmExecutor::<X, W, O>::new();
    let weights = NdTensorView::from_data([outputs, inputs], weights);
    let packed = executor.prepack_b(weights.transposed());
    let a = NdTensorView::from_data([rows, inputs], x);
    bencher.counter(ItemsCount::new(rows * inputs * outputs)).bench_local(|| {
        let (a, b) = (GemmInputA::Unpacked(a), GemmInputB::Packed(&packed));
        executor.gemm(&mut out, a, b, GemmOptions::default())
    });
}

fn main() {
    divan::main();
}
