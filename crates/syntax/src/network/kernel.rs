//! The arithmetic that the layers share. All matrices are row by row.

/// `out[t][m] += sum over n of x[t][n] * weight[m][n]`, for `x` of `n` columns
/// and `weight` of `m` rows; `out` comes in with the bias or zeros.
#[allow(unsafe_code)]
pub(crate) fn multiply(x: &[f32], n: usize, weight: &[f32], m: usize, out: &mut [f32]) {
    let t = out.len() / m.max(1);
    assert!(x.len() == t * n && weight.len() == m * n && out.len() == t * m, "matrix sizes");
    let stride = |n: usize| n as isize;
    // SAFETY: the assertion above holds the three slices to the sizes and
    // strides that are passed here, and `out` is borrowed mutably.
    unsafe {
        matrixmultiply::sgemm(
            t,
            n,
            m,
            1.0,
            x.as_ptr(),
            stride(n),
            1,
            weight.as_ptr(),
            1,
            stride(n),
            1.0,
            out.as_mut_ptr(),
            stride(m),
            1,
        );
    }
}

/// `e` to the power `x`: range reduction to a power of two and a polynomial of
/// degree six, within 2e-7 of the true value relative to it; plain arithmetic,
/// so that every machine gives the same bits and the compiler vectorises it.
pub(crate) fn exp(x: f32) -> f32 {
    let x = x.clamp(-87.0, 87.0);
    let scaled = x * std::f32::consts::LOG2_E;
    let whole = (scaled + 12_582_912.0) - 12_582_912.0; // rounds to the nearest integer
    let rest = (scaled - whole) * std::f32::consts::LN_2;
    let mut sum = 1.0 / 720.0;
    for factor in [1.0 / 120.0, 1.0 / 24.0, 1.0 / 6.0, 0.5, 1.0, 1.0] {
        sum = sum * rest + factor;
    }
    sum * f32::from_bits(((whole as i32 + 127) as u32) << 23)
}

/// The logistic function.
pub(crate) fn sigmoid(x: f32) -> f32 {
    1.0 / (1.0 + exp(-x))
}

/// The hyperbolic tangent.
pub(crate) fn tanh(x: f32) -> f32 {
    2.0 * sigmoid(2.0 * x) - 1.0
}

/// The sum of products of two rows, in eight lanes.
pub(crate) fn dot(a: &[f32], b: &[f32]) -> f32 {
    let mut lanes = [0.0f32; 8];
    let (a8, b8) = (a.chunks_exact(8), b.chunks_exact(8));
    let rest: f32 = a8.remainder().iter().zip(b8.remainder()).map(|(x, y)| x * y).sum();
    for (x, y) in a8.zip(b8) {
        for lane in 0..8 {
            lanes[lane] += x[lane] * y[lane];
        }
    }
    lanes.iter().sum::<f32>() + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn multiply_takes_the_weights_transposed() {
        let mut out = vec![1.0; 4];
        multiply(&[1.0, 2.0, 3.0, 4.0], 2, &[1.0, 0.0, 1.0, 1.0], 2, &mut out);
        assert_eq!(out, [2.0, 4.0, 4.0, 8.0]);
    }

    #[test]
    fn exponentials_are_close_to_the_library() {
        for step in -2000..2000 {
            let x = step as f32 * 0.04;
            assert!((exp(x) / x.exp() - 1.0).abs() < 1e-5, "{x}");
            assert!((tanh(x) - x.tanh()).abs() < 1e-6, "{x}");
        }
        assert!(exp(f32::MAX).is_finite() && exp(-f32::MAX) >= 0.0);
    }

    #[test]
    fn dot_sums_all_lanes() {
        let a: Vec<f32> = (0..19).map(|n| n as f32).collect();
        assert_eq!(dot(&a, &a), (0..19).map(|n| (n * n) as f32).sum::<f32>());
    }
}
