//! The table of the ranker, and how a candidate is scored.

/// Units of the hidden layer.
pub(crate) const HIDDEN: usize = 32;
/// Rows for features of a small number of values.
pub(crate) const CLOSED: u64 = 8192;
/// Rows for features with a word in them, after those of the closed ones.
pub(crate) const OPEN: u64 = 4096;

const BYTES: &[u8] = include_bytes!("../../model/ranker.bin");
const MAGIC: &[u8; 8] = b"dlrank1\n";
const ROWS: usize = (CLOSED + OPEN) as usize;

/// The hidden layer's sums before they are rectified: a candidate has under a
/// hundred features of at most 127 each.
pub(crate) type Sums = [i16; HIDDEN];

/// Weights: one row of [`HIDDEN`] for each feature, and what a unit counts.
#[derive(Debug)]
pub(crate) struct Ranker {
    rows: Vec<[i16; HIDDEN]>,
    out: [i8; HIDDEN],
    /// Added to the score of "something new".
    new: i32,
}

impl Ranker {
    /// The ranker that the crate comes with. Were its file damaged, which a
    /// test rules out, every mention would be something new.
    pub(crate) fn embedded() -> Self {
        let nothing = || Self { rows: Vec::new(), out: [0; HIDDEN], new: 1 };
        Self::from_bytes(BYTES).unwrap_or_else(nothing)
    }

    /// Layout: the magic, the bias of "new" (i32, little endian), the outgoing
    /// weights, the rows.
    fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (new, rest) = bytes.strip_prefix(MAGIC)?.split_first_chunk::<4>()?;
        let signed = |bytes: &[u8; HIDDEN]| bytes.map(|b| b as i8);
        let (chunks, tail) = rest.as_chunks::<HIDDEN>();
        let (out, rows) = chunks.split_first()?;
        (rows.len() == ROWS && tail.is_empty()).then(|| Self {
            rows: rows.iter().map(|row| signed(row).map(i16::from)).collect(),
            out: signed(out),
            new: i32::from_le_bytes(*new),
        })
    }

    /// Adds the rows of features.
    pub(crate) fn add(&self, sums: &mut Sums, features: &[u16]) {
        for row in features.iter().filter_map(|&f| self.rows.get(usize::from(f))) {
            for (sum, &weight) in sums.iter_mut().zip(row) {
                *sum = sum.wrapping_add(weight);
            }
        }
    }

    /// The score of a candidate.
    pub(crate) fn score(&self, sums: &Sums) -> i32 {
        let weighed = |(&sum, &weight): (&i16, &i8)| i32::from(sum.max(0)) * i32::from(weight);
        sums.iter().zip(&self.out).map(weighed).sum()
    }

    /// The score of the answer that something new is meant.
    pub(crate) fn score_of_new(&self, sums: &Sums) -> i32 {
        self.score(sums) + self.new
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_embedded_table_is_whole() {
        assert!(Ranker::from_bytes(BYTES).is_some());
        assert!(Ranker::from_bytes(&BYTES[..BYTES.len() - 1]).is_none());
        assert!(Ranker::from_bytes(b"dlrank1\n").is_none());
        assert!(Ranker::from_bytes(b"").is_none());
    }

    #[test]
    fn sums_are_rectified_before_they_count() {
        let mut rows = vec![[0_i16; HIDDEN]; ROWS];
        rows[1][0] = 5;
        rows[2][0] = -9;
        rows[2][1] = 4;
        let mut out = [0; HIDDEN];
        out[0] = 2;
        out[1] = -3;
        let ranker = Ranker { rows, out, new: 7 };
        let score = |features: &[u16]| {
            let mut sums = [0; HIDDEN];
            ranker.add(&mut sums, features);
            ranker.score(&sums)
        };
        assert_eq!(score(&[1]), 10);
        assert_eq!(score(&[1, 2]), -12);
        assert_eq!(score(&[65535]), 0);
    }
}
