//! Self-attention (Vaswani et al. 2017) within a window, on one thread and in
//! plain arithmetic: the same bits on every instruction set.
//!
//! Of each head the keys are packed in panels of [`LANES`] tokens and the
//! values in panels of as many numbers, so that scores and sums both are
//! products of [`ROWS`] rows with a panel, kept in registers.

use super::arithmetic::{exp, sum};
use super::kernel::{Work, widest};

/// Width of a head.
pub(crate) const HEAD: usize = 32;
/// Numbers that are computed together, as many as the widest vector has.
const LANES: usize = 16;
/// Tokens that are computed together: their sums fit AVX2's registers.
const ROWS: usize = 4;

/// Room to attend in.
#[derive(Debug, Default)]
pub(crate) struct Room {
    keys: Vec<f32>,
    values: Vec<f32>,
    scores: Vec<f32>,
}

/// For each row of queries, keys and values (`width` of each, one after the
/// other, `stride` apart) a row of `width` numbers in `out`: in each head the
/// values of all rows, weighed by how well their keys fit the query.
pub(crate) fn attend(
    rows: &[f32],
    stride: usize,
    width: usize,
    room: &mut Room,
    out: &mut Vec<f32>,
) {
    let count = rows.len() / stride;
    let columns = count.next_multiple_of(LANES);
    room.keys.resize(columns * HEAD, 0.0);
    room.values.resize(count * HEAD, 0.0);
    room.scores.resize(ROWS * columns, 0.0);
    out.resize(count * width, 0.0);
    for head in (0..width).step_by(HEAD) {
        widest(OneHead { rows, stride, width, head, count, room, out });
    }
}

struct OneHead<'w> {
    rows: &'w [f32],
    stride: usize,
    width: usize,
    /// Where the head begins in a query.
    head: usize,
    count: usize,
    room: &'w mut Room,
    out: &'w mut [f32],
}

impl OneHead<'_> {
    /// Packs keys, already scaled, and values; keys past the end are zeros.
    #[inline(always)]
    fn pack(&mut self) {
        let scale = 1.0 / (HEAD as f32).sqrt();
        let Self { rows, stride, width, head, count, room, .. } = self;
        let columns = room.scores.len() / ROWS;
        for at in 0..columns {
            let panel = &mut room.keys[at / LANES * LANES * HEAD..][..LANES * HEAD];
            let cells = panel[at % LANES..].iter_mut().step_by(LANES);
            if at >= *count {
                cells.for_each(|cell| *cell = 0.0);
                continue;
            }
            let row = &rows[at * *stride..(at + 1) * *stride];
            let key = &row[*width + *head..][..HEAD];
            cells.zip(key).for_each(|(cell, key)| *cell = key * scale);
            let value = &row[2 * *width + *head..][..HEAD];
            for (panel, part) in value.chunks_exact(LANES).enumerate() {
                room.values[(panel * *count + at) * LANES..][..LANES].copy_from_slice(part);
            }
        }
    }
}

impl Work for OneHead<'_> {
    type Out = ();

    #[inline(always)]
    fn run(mut self) {
        self.pack();
        let Self { rows, stride, width, head, count, room, out } = self;
        let columns = room.scores.len() / ROWS;
        let (keys, _) = room.keys.as_chunks::<{ LANES * HEAD }>();
        for first in (0..count).step_by(ROWS) {
            // Rows past the end repeat the last one and are not stored.
            let queries: [&[f32]; ROWS] = std::array::from_fn(|row| {
                &rows[(first + row).min(count - 1) * stride + head..][..HEAD]
            });
            for (panel, keys) in keys.iter().enumerate() {
                for (row, part) in tile(queries, keys).iter().enumerate() {
                    room.scores[row * columns + panel * LANES..][..LANES].copy_from_slice(part);
                }
            }
            let mut totals = [0.0; ROWS];
            for (total, scores) in totals.iter_mut().zip(room.scores.chunks_exact_mut(columns)) {
                scores[count..].fill(f32::MIN);
                *total = weights(scores);
            }
            let (scores, mut rest) = ([&[][..]; ROWS], &room.scores[..]);
            let scores = scores.map(|_: &[f32]| {
                let (row, after) = rest.split_at(columns);
                rest = after;
                &row[..count]
            });
            for (panel, values) in room.values.chunks_exact(count * LANES).enumerate() {
                let sums = tile(scores, values);
                for (row, part) in sums.iter().enumerate().take(count - first) {
                    let at = (first + row) * width + head + panel * LANES;
                    for (out, value) in out[at..at + LANES].iter_mut().zip(part) {
                        *out = value / totals[row];
                    }
                }
            }
        }
    }
}

/// Rows times a panel of [`LANES`] columns.
#[inline(always)]
fn tile(rows: [&[f32]; ROWS], panel: &[f32]) -> [[f32; LANES]; ROWS] {
    let (panel, _) = panel.as_chunks::<LANES>();
    let rows = rows.map(|row| &row[..panel.len()]);
    let mut sums = [[0.0f32; LANES]; ROWS];
    for (at, weights) in panel.iter().enumerate() {
        for (sums, row) in sums.iter_mut().zip(rows) {
            for (sum, weight) in sums.iter_mut().zip(weights) {
                *sum += row[at] * weight;
            }
        }
    }
    sums
}

/// Turns scores into weights that are to be divided by their sum, which it
/// gives; the largest weight is 1.
#[inline(always)]
fn weights(scores: &mut [f32]) -> f32 {
    let (parts, _) = scores.as_chunks_mut::<LANES>();
    let mut tops = [f32::MIN; LANES];
    for part in parts.iter() {
        for (top, score) in tops.iter_mut().zip(part) {
            *top = if *score > *top { *score } else { *top };
        }
    }
    let top = tops.iter().fold(f32::MIN, |a, &b| if b > a { b } else { a });
    for part in parts.iter_mut() {
        for score in part {
            *score = exp(*score - top);
        }
    }
    sum(parts.iter().copied())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_take_the_values_of_the_keys_they_fit() {
        // Two heads; each token has the value of its number, and its query
        // fits the key of the token after it, of the first after the last.
        let (count, width) = (21, 2 * HEAD);
        let mut rows = vec![0.0; count * 3 * width];
        for at in 0..count {
            let row = &mut rows[at * 3 * width..];
            for head in 0..2 {
                row[head * HEAD + (at + 1) % count] = 1000.0;
                row[width + head * HEAD + at] = 1.0;
                row[2 * width + head * HEAD..][..HEAD].fill((at * (head + 1)) as f32);
            }
        }
        let (mut room, mut out) = (Room::default(), vec![9.0; 7]);
        attend(&rows, 3 * width, width, &mut room, &mut out);
        assert_eq!(out.len(), count * width);
        for (at, row) in out.chunks_exact(width).enumerate() {
            let next = ((at + 1) % count) as f32;
            assert!(row[..HEAD].iter().all(|v| (v - next).abs() < 1e-4), "{at}: {row:?}");
            assert!(row[HEAD..].iter().all(|v| (v - 2.0 * next).abs() < 1e-4), "{at}");
        }
    }

    #[test]
    fn without_a_preference_all_values_count_the_same() {
        let (mut room, mut out) = (Room::default(), Vec::new());
        for count in [1, 5, 33, 2] {
            let rows: Vec<f32> = (0..count)
                .flat_map(|at| [vec![0.0; 2 * HEAD], vec![at as f32; HEAD]].concat())
                .collect();
            attend(&rows, 3 * HEAD, HEAD, &mut room, &mut out);
            let mean = (count - 1) as f32 / 2.0;
            assert!(out.len() == count * HEAD && out.iter().all(|v| (v - mean).abs() < 1e-4));
        }
        attend(&[], 3 * HEAD, HEAD, &mut room, &mut out);
        assert!(out.is_empty());
    }

    #[test]
    fn instruction_sets_agree_to_the_bit() {
        let (count, width) = (37, 2 * HEAD);
        let number = |n: usize| ((n * 7919 + 13) % 1009) as f32 / 100.0 - 5.0;
        let rows: Vec<f32> = (0..count * 3 * width).map(number).collect();
        let (mut room, mut out) = (Room::default(), Vec::new());
        attend(&rows, 3 * width, width, &mut room, &mut out);
        let mut plain = vec![0.0; out.len()];
        for head in [0, HEAD] {
            let (room, out) = (&mut room, &mut plain[..]);
            OneHead { rows: &rows, stride: 3 * width, width, head, count, room, out }.run();
        }
        assert!(out == plain && out.iter().all(|v| v.is_finite()));
    }
}
