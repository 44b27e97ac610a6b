//! The ranker's table, and how a candidate is scored.

use dateline_learned::{Space, Table};

/// Units of the hidden layer.
pub(crate) const HIDDEN: usize = 32;
/// The rows of the table.
pub(crate) const SPACE: Space = Space { closed: 8192, open: 4096 };

const BYTES: &[u8] = include_bytes!("../../model/ranker.bin");
const MAGIC: &[u8; 8] = b"dlrank1\n";

/// The hidden layer's sums before they are rectified.
pub(crate) type Sums = [i16; HIDDEN];

/// One answer's weights, and what is added to the score of "something new".
#[derive(Debug)]
pub(crate) struct Ranker {
    table: Table<HIDDEN, 1>,
    /// The table's bias: candidates get it taken off again.
    new: i32,
}

impl Ranker {
    /// The ranker that the crate comes with. Were its file damaged, which a
    /// test rules out, every mention would be something new.
    pub(crate) fn embedded() -> Self {
        Self::from_bytes(BYTES).unwrap_or_else(|| Self { table: Table::empty([1]), new: 1 })
    }

    /// Layout: the magic, then the table, whose bias is that of "new".
    fn from_bytes(bytes: &'static [u8]) -> Option<Self> {
        let (table, rest) = Table::read(bytes.strip_prefix(MAGIC)?, SPACE.rows())?;
        let [new] = table.scores(&[0; HIDDEN]);
        rest.is_empty().then_some(Self { table, new })
    }

    /// Adds the rows of features.
    pub(crate) fn add(&self, sums: &mut Sums, features: &[u16]) {
        self.table.add(sums, features);
    }

    /// The score of a candidate.
    pub(crate) fn score(&self, sums: &Sums) -> i32 {
        self.score_of_new(sums) - self.new
    }

    /// The score of the answer that something new is meant.
    pub(crate) fn score_of_new(&self, sums: &Sums) -> i32 {
        self.table.scores(sums)[0]
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
}
