//! Plain arithmetic of single numbers and rows, written so that the compiler
//! vectorises it and every machine gives the same bits.

/// `e` to the power `x`: range reduction to a power of two and a polynomial of
/// degree six, within 2e-7 of the true value relative to it; plain arithmetic,
/// so that every machine gives the same bits and the compiler vectorises it.
#[inline(always)]
pub(crate) fn exp(x: f32) -> f32 {
    small_exp(x.clamp(-87.0, 87.0))
}

/// The same of numbers from -87 to 87.
#[inline(always)]
fn small_exp(x: f32) -> f32 {
    const ROUND: f32 = 12_582_912.0; // adding it rounds to the nearest integer
    let scaled = x * std::f32::consts::LOG2_E;
    let shifted = scaled + ROUND;
    let rest = (scaled - (shifted - ROUND)) * std::f32::consts::LN_2;
    let mut sum = 1.0 / 720.0;
    for factor in [1.0 / 120.0, 1.0 / 24.0, 1.0 / 6.0, 0.5, 1.0, 1.0] {
        sum = sum * rest + factor;
    }
    let whole = shifted.to_bits().wrapping_sub(ROUND.to_bits());
    sum * f32::from_bits(whole.wrapping_add(127) << 23)
}

/// The natural logarithm of a positive, normal number: its power of two, and
/// the series of the inverse hyperbolic tangent, within 2e-7 of the true value.
#[inline(always)]
pub(crate) fn ln(x: f32) -> f32 {
    // The mantissa lies between the square roots of a half and of two.
    let bits = x.to_bits().wrapping_sub(0x3f35_04f3);
    let power = (bits as i32 >> 23) as f32;
    let mantissa = f32::from_bits((bits & 0x007f_ffff).wrapping_add(0x3f35_04f3));
    let ratio = (mantissa - 1.0) / (mantissa + 1.0);
    let square = ratio * ratio;
    let mut sum = 1.0 / 9.0;
    for factor in [1.0 / 7.0, 1.0 / 5.0, 1.0 / 3.0, 1.0] {
        sum = sum * square + factor;
    }
    2.0 * ratio * sum + power * std::f32::consts::LN_2
}

/// What a minimal gated unit adds to its state, `sigmoid(update) *
/// (tanh(candidate) - state)`, with one division for both functions. The state
/// is between -1 and 1.
#[inline(always)]
pub(crate) fn gated(update: f32, candidate: f32, state: f32) -> f32 {
    // Beyond these the functions are flat, and products of the two powers finite.
    const FLAT: f32 = 40.0;
    let a = 1.0 + small_exp((-update).clamp(-FLAT, FLAT));
    let b = 1.0 + small_exp((-2.0 * candidate).clamp(-FLAT, FLAT));
    (2.0 - (1.0 + state) * b) / (a * b)
}

/// The error function, within 5e-7 of the true value: a quotient of polynomials
/// in the square, as linear algebra libraries have it.
#[inline(always)]
pub(crate) fn erf(x: f32) -> f32 {
    const ABOVE: [f32; 6] = [
        2.770_681_4e-8,
        -2.101_024e-6,
        -5.692_506_4e-5,
        -7.349_906_3e-4,
        -2.954_6e-3,
        -1.609_603_3e-2,
    ];
    const BELOW: [f32; 4] = [-2.133_740_5e-4, -1.682_827e-3, -7.373_329e-3, -1.426_473_9e-2];
    let x = x.clamp(-4.0, 4.0);
    let square = x * x;
    let (mut above, mut below) = (-2.726_142_3e-10, -1.456_607_2e-5);
    for factor in ABOVE {
        above = above * square + factor;
    }
    for factor in BELOW {
        below = below * square + factor;
    }
    x * above / below
}

/// The sum of a row, in sixteen lanes.
#[inline(always)]
pub(crate) fn sum(row: impl Iterator<Item = [f32; 16]>) -> f32 {
    let mut lanes = [0.0f32; 16];
    for part in row {
        for (lane, value) in lanes.iter_mut().zip(part) {
            *lane += value;
        }
    }
    let mut width = 8;
    while width > 0 {
        for lane in 0..width {
            lanes[lane] += lanes[lane + width];
        }
        width /= 2;
    }
    lanes[0]
}

/// The sum of products of two rows, in eight lanes.
#[inline(always)]
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

/// Index of the largest number, the first of equals.
#[inline(always)]
pub(crate) fn argmax(row: &[f32]) -> usize {
    let larger = |a: f32, b: f32| if b > a { b } else { a };
    let mut lanes = [f32::NEG_INFINITY; 16];
    let parts = row.chunks_exact(16);
    let rest = parts.remainder();
    for part in parts {
        for (lane, value) in lanes.iter_mut().zip(part) {
            *lane = larger(*lane, *value);
        }
    }
    let top = lanes.iter().chain(rest).fold(f32::NEG_INFINITY, |a, &b| larger(a, b));
    row.iter().position(|&value| value == top).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbers(count: usize) -> Vec<f32> {
        (0..count).map(|n| ((n * 7919 + 13) % 1009) as f32 / 504.5 - 1.0).collect()
    }

    #[test]
    fn exponentials_are_close_to_the_library() {
        for step in -2000..2000 {
            let x = step as f32 * 0.04;
            assert!((exp(x) / x.exp() - 1.0).abs() < 1e-5, "{x}");
        }
        assert!(exp(f32::MAX).is_finite() && exp(-f32::MAX) >= 0.0);
    }

    #[test]
    fn the_error_function_is_close_to_its_integral() {
        // Simpson's rule from 0 on.
        let curve = |t: f64| (-t * t).exp() * std::f64::consts::FRAC_2_SQRT_PI;
        let (mut integral, step) = (0.0, 0.001);
        for at in 0..6000 {
            let t = f64::from(at) * step;
            for (x, sign) in [(t, 1.0), (-t, -1.0)] {
                assert!((f64::from(erf(x as f32)) - sign * integral).abs() < 1e-6, "{x}");
            }
            integral += (curve(t) + 4.0 * curve(t + step / 2.0) + curve(t + step)) * step / 6.0;
        }
    }

    #[test]
    fn gates_are_what_they_are_made_of() {
        for z in [-300.0f32, -30.0, -2.0, 0.0, 0.5, 30.0, 300.0] {
            for g in [-300.0f32, -20.0, -1.0, 0.0, 0.3, 20.0, 300.0] {
                for h in [-1.0f32, -0.4, 0.0, 1.0] {
                    let expected = (g.tanh() - h) / (1.0 + (-z).exp());
                    assert!((gated(z, g, h) - expected).abs() < 1e-6, "{z} {g} {h}");
                }
            }
        }
    }

    #[test]
    fn logarithms_are_close_to_the_library() {
        for step in 1..4000 {
            for x in [step as f32 * 1e-3, step as f32 * 1e30, step as f32 * 1e-36] {
                assert!((ln(x) - x.ln()).abs() <= 4e-7 * x.ln().abs().max(1.0), "{x}");
            }
        }
        assert_eq!(ln(1.0), 0.0);
    }

    #[test]
    fn dot_and_sum_take_all_lanes() {
        let a: Vec<f32> = (0..19).map(|n| n as f32).collect();
        assert_eq!(dot(&a, &a), (0..19).map(|n| (n * n) as f32).sum::<f32>());
        assert_eq!(sum([[1.0; 16], [2.0; 16]].into_iter()), 48.0);
    }

    #[test]
    fn the_first_of_the_largest_wins() {
        let mut row = numbers(77);
        (row[40], row[75]) = (9.0, 9.0);
        assert_eq!(argmax(&row), 40);
        assert_eq!((argmax(&row[41..]), argmax(&[]), argmax(&[f32::NAN])), (34, 0, 0));
    }
}
