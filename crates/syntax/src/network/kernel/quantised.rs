//! Rows of numbers as bytes with scales.

use super::{Work, widest};

/// The largest magnitude of a quantised number.
const MOST: f32 = 127.0;
/// Adding it to a number of magnitude under 2^22 rounds that to the nearest
/// integer, halves to even; the integer is then in the low bits, in two's
/// complement.
pub(super) const ROUND: f32 = 12_582_912.0;
/// What a byte holds above the number it stands for, so that bytes are
/// unsigned, as x86 multiplies them.
pub(super) const ZERO: u8 = 128;

/// A matrix of rows of one width, each number `scale * (byte - 128)` with one
/// scale a row: the row's largest magnitude over 127. A row of zeros has the
/// scale zero. Four bytes are numbers a quarter of the row apart, the first of
/// the first quarter first: so a row is written without moving numbers between
/// the lanes of a vector. The width is a multiple of four.
#[derive(Debug, Clone, Default)]
pub(crate) struct Quantised {
    bytes: Vec<u8>,
    scales: Vec<f32>,
    width: usize,
}

/// Some rows of a [`Quantised`] one after the other.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Rows<'q> {
    pub(super) bytes: &'q [u8],
    pub(super) scales: &'q [f32],
    pub(super) width: usize,
}

/// The same, to be written.
#[derive(Debug)]
pub(crate) struct RowsMut<'q> {
    bytes: &'q mut [u8],
    scales: &'q mut [f32],
    width: usize,
}

impl Quantised {
    /// Takes over other rows, in the memory that is there.
    #[cfg(feature = "measure")]
    pub(crate) fn take_over(&mut self, other: &Quantised) {
        self.bytes.clone_from(&other.bytes);
        self.scales.clone_from(&other.scales);
        self.width = other.width;
    }

    /// No rows yet of `width` numbers each.
    pub(crate) fn new(width: usize) -> Self {
        Self { bytes: Vec::new(), scales: Vec::new(), width }
    }

    /// Keeps or makes this many rows; new ones are zeros.
    pub(crate) fn resize(&mut self, rows: usize) {
        self.bytes.resize(rows * self.width, ZERO);
        self.scales.resize(rows, 0.0);
    }

    /// Makes a row zeros.
    pub(crate) fn clear_row(&mut self, row: usize) {
        let width = self.width;
        self.bytes[row * width..(row + 1) * width].fill(ZERO);
        self.scales[row] = 0.0;
    }

    /// Rows from `first`, `count` of them.
    pub(crate) fn rows(&self, first: usize, count: usize) -> Rows<'_> {
        let width = self.width;
        Rows {
            bytes: &self.bytes[first * width..(first + count) * width],
            scales: &self.scales[first..first + count],
            width: self.width,
        }
    }

    /// Rows from `first`, `count` of them, to be written.
    pub(crate) fn rows_mut(&mut self, first: usize, count: usize) -> RowsMut<'_> {
        let width = self.width;
        RowsMut {
            bytes: &mut self.bytes[first * width..(first + count) * width],
            scales: &mut self.scales[first..first + count],
            width: self.width,
        }
    }

    /// All rows.
    pub(crate) fn all(&self) -> Rows<'_> {
        self.rows(0, self.scales.len())
    }

    /// Takes rows of `length` numbers that begin `step` apart in the place of
    /// all rows; each becomes one or several of `width` numbers, of which
    /// `length` is a multiple.
    pub(super) fn set(&mut self, x: &[f32], length: usize, step: usize, width: usize) {
        self.width = width;
        let each = length.checked_div(self.width).unwrap_or(0);
        let count = match x.len().checked_sub(length) {
            Some(rest) => (rest / step.max(1) + 1) * each,
            None => 0,
        };
        self.resize(count);
        widest(Set { x, length, step, rows: self.rows_mut(0, count) });
    }
}

impl RowsMut<'_> {
    /// Writes a row.
    #[inline(always)]
    pub(crate) fn set_row(&mut self, row: usize, values: &[f32]) {
        let width = self.width;
        self.scales[row] = quantise(values, &mut self.bytes[row * width..(row + 1) * width]);
    }
}

struct Set<'s> {
    x: &'s [f32],
    length: usize,
    step: usize,
    rows: RowsMut<'s>,
}

impl Work for Set<'_> {
    type Out = ();

    #[inline(always)]
    fn run(mut self) {
        let each = self.length.checked_div(self.rows.width).unwrap_or(0);
        for at in 0..self.rows.scales.len() {
            let start = at / each * self.step + at % each * self.rows.width;
            self.rows.set_row(at, &self.x[start..start + self.rows.width]);
        }
    }
}

/// Quantises a row of as many numbers as there are bytes, rounding halves to
/// even; gives its scale. Rows too small
/// to have an inverse count as zeros.
#[inline(always)]
fn quantise(row: &[f32], bytes: &mut [u8]) -> f32 {
    const TINY: f32 = 1e-30;
    let larger = |a: f32, b: f32| if b > a { b } else { a };
    let (parts, rest) = row.as_chunks::<16>();
    let mut lanes = [TINY; 16];
    for part in parts {
        for (lane, value) in lanes.iter_mut().zip(part) {
            *lane = larger(*lane, value.abs());
        }
    }
    for width in [8, 4, 2, 1] {
        for lane in 0..width {
            lanes[lane] = larger(lanes[lane], lanes[lane + width]);
        }
    }
    let most = rest.iter().fold(lanes[0], |most, value| larger(most, value.abs()));
    let inverse = if most > TINY { MOST / most } else { 0.0 };
    let bits = |value: &f32| (value * inverse + ROUND).to_bits() & 0xff;
    let (words, _) = bytes.as_chunks_mut::<4>();
    let (first, rest) = row.split_at(words.len());
    let (second, rest) = rest.split_at(words.len());
    let (third, fourth) = rest.split_at(words.len());
    let numbers = first.iter().zip(second).zip(third.iter().zip(fourth));
    for (word, ((a, b), (c, d))) in words.iter_mut().zip(numbers) {
        let four = bits(a) | bits(b) << 8 | bits(c) << 16 | bits(d) << 24;
        *word = (four ^ u32::from_ne_bytes([ZERO; 4])).to_le_bytes();
    }
    if most > TINY { most / MOST } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn integers(rows: &Quantised) -> Vec<i32> {
        let quarter = rows.width / 4;
        let row = |bytes: &[u8]| -> Vec<i32> {
            let number = |at: usize| i32::from(bytes[at % quarter * 4 + at / quarter]) - 128;
            (0..rows.width).map(number).collect()
        };
        rows.bytes.chunks(rows.width).flat_map(row).collect()
    }

    #[test]
    fn rows_take_the_scale_of_their_largest_number() {
        let mut rows = Quantised::new(8);
        rows.set(&[1.0; 10], 4, 3, 4);
        assert_eq!(rows.scales, [1.0 / 127.0; 3]);
        rows.set(&[1.0, -2.0, 0.5, 0.0, 254.0, 1.0, 3.0, -5.0], 8, 8, 4);
        assert_eq!(rows.scales, [2.0 / 127.0, 2.0]);
        // Halves go to the even neighbour: 63.5, 31.75; 0.5, 1.5, -2.5.
        assert_eq!(integers(&rows), [64, -127, 32, 0, 127, 0, 2, -2]);
        rows.set(&[0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 127.0], 8, 8, 8);
        assert_eq!(integers(&rows), [0, 1, 2, 3, 4, 5, 6, 127]);
    }

    #[test]
    fn rows_of_zeros_and_of_next_to_nothing_are_zeros() {
        let mut rows = Quantised::new(20);
        rows.set(&[[0.0; 20], [1e-40; 20]].concat(), 40, 40, 20);
        rows.resize(3);
        assert_eq!(rows.scales, [0.0; 3]);
        assert!(integers(&rows).iter().all(|&q| q == 0));
        rows.set(&[7.0; 40], 20, 20, 20);
        rows.clear_row(0);
        assert_eq!(rows.scales, [0.0, 7.0 / 127.0]);
        assert_eq!(integers(&rows)[19..21], [0, 127]);
    }

    #[test]
    fn any_number_has_a_byte() {
        let mut rows = Quantised::new(4);
        let odd = [f32::NAN, f32::INFINITY, 1.0, f32::NEG_INFINITY];
        rows.set(
            &[odd, [f32::NAN, 2.0, -1.0, 0.0], [f32::MAX, f32::MIN, 0.0, 1.0]].concat(),
            4,
            4,
            4,
        );
        assert_eq!(integers(&rows)[5..7], [127, -64]);
        assert_eq!(integers(&rows)[8..], [127, -127, 0, 0]);
    }
}
