//! The weights, and how answers are scored.

/// Weights of a decider with `HIDDEN` units and `ANSWERS` answers.
#[derive(Debug)]
pub struct Table<const HIDDEN: usize, const ANSWERS: usize> {
    /// Signed bytes, as they lie in the file.
    rows: &'static [[u8; HIDDEN]],
    out: [[i8; HIDDEN]; ANSWERS],
    bias: [i32; ANSWERS],
}

impl<const HIDDEN: usize, const ANSWERS: usize> Table<HIDDEN, ANSWERS> {
    /// Reads a table of `rows` rows from the start of `bytes`; what follows it
    /// is given back. Layout: the biases (i32, little endian), the outgoing
    /// weights of each answer, the rows (all i8). `None` where bytes are missing.
    #[must_use]
    pub fn read(bytes: &'static [u8], rows: usize) -> Option<(Self, &'static [u8])> {
        let (biases, rest) = bytes.split_at_checked(4 * ANSWERS)?;
        let mut bias = [0; ANSWERS];
        for (bias, bytes) in bias.iter_mut().zip(biases.as_chunks::<4>().0) {
            *bias = i32::from_le_bytes(*bytes);
        }
        let (weights, rest) = rest.split_at_checked(HIDDEN * ANSWERS)?;
        let mut out = [[0; HIDDEN]; ANSWERS];
        for (out, bytes) in out.iter_mut().zip(weights.as_chunks::<HIDDEN>().0) {
            *out = bytes.map(|b| b as i8);
        }
        let (table, rest) = rest.split_at_checked(HIDDEN * rows)?;
        Some((Self { rows: table.as_chunks::<HIDDEN>().0, out, bias }, rest))
    }

    /// A table that knows nothing: all its scores are its biases.
    #[must_use]
    pub fn empty(bias: [i32; ANSWERS]) -> Self {
        Self { rows: &[], out: [[0; HIDDEN]; ANSWERS], bias }
    }

    /// Adds the rows of features to the sums of the hidden units. Two hundred
    /// features of at most 127 each stay far from the end of 16 bits.
    pub fn add(&self, sums: &mut [i16; HIDDEN], features: &[u16]) {
        self.fetch(features);
        for row in features.iter().filter_map(|&f| self.rows.get(usize::from(f))) {
            for (sum, &weight) in sums.iter_mut().zip(row) {
                *sum = sum.wrapping_add(i16::from(weight as i8));
            }
        }
    }

    /// Touches the rows of features, both ends of each: they lie all over a table
    /// that is larger than the nearer caches, and so many of them are on their
    /// way at once, which takes a fraction of waiting for one after the other.
    fn fetch(&self, features: &[u16]) {
        let rows = features.iter().filter_map(|&f| self.rows.get(usize::from(f)));
        std::hint::black_box(rows.fold(0, |all, row| all ^ row[0] ^ row[HIDDEN - 1]));
    }

    /// The score of each answer.
    #[must_use]
    pub fn scores(&self, sums: &[i16; HIDDEN]) -> [i32; ANSWERS] {
        let mut scores = self.bias;
        for (score, weights) in scores.iter_mut().zip(&self.out) {
            let weighed = |(&sum, &weight): (&i16, &i8)| i32::from(sum.max(0)) * i32::from(weight);
            *score += sums.iter().zip(weights).map(weighed).sum::<i32>();
        }
        scores
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_are_rectified_before_they_count() {
        let mut bytes = Vec::new();
        bytes.extend(7_i32.to_le_bytes());
        bytes.extend([2_i8, -3].map(|w| w as u8));
        bytes.extend([0_i8, 0, 5, 0, -9, 4].map(|w| w as u8));
        bytes.push(99);
        let bytes: &'static [u8] = bytes.leak();
        let (table, rest) = Table::<2, 1>::read(bytes, 3).unwrap();
        assert_eq!(rest, [99]);
        let score = |features: &[u16]| {
            let mut sums = [0; 2];
            table.add(&mut sums, features);
            table.scores(&sums)[0]
        };
        assert_eq!(score(&[1]), 17);
        assert_eq!(score(&[1, 2]), -5);
        assert_eq!(score(&[65535]), 7);
        for end in 0..bytes.len() - 1 {
            assert!(Table::<2, 1>::read(&bytes[..end], 3).is_none());
        }
    }
}
