//! Features are numbers of rows: a template and its values, hashed.

/// A feature.
pub type Id = u16;

/// The rows of a table, in two parts, so that features with words in them,
/// which are many, do not push aside those of a few values.
#[derive(Debug, Clone, Copy)]
pub struct Space {
    /// Rows for features of a small number of values.
    pub closed: u32,
    /// Rows for features with a word in them, after those of the closed ones.
    /// Both together are at most 65,536.
    pub open: u32,
}

impl Space {
    /// How many rows a table of this space has.
    #[must_use]
    pub const fn rows(self) -> usize {
        (self.closed + self.open) as usize
    }

    /// A feature whose values are few.
    #[must_use]
    pub fn closed(self, template: u64, values: &[u64]) -> Id {
        (mix(template, values) % u64::from(self.closed)) as Id
    }

    /// A feature with a word among its values.
    #[must_use]
    pub fn open(self, template: u64, values: &[u64]) -> Id {
        (u64::from(self.closed) + mix(template, values) % u64::from(self.open)) as Id
    }
}

/// The hash of a word, whatever its capitals (FNV-1a).
///
/// ```
/// assert_eq!(dateline_learned::word("Army"), dateline_learned::word("army"));
/// ```
#[must_use]
pub fn word(text: &str) -> u64 {
    const START: u64 = 0xcbf2_9ce4_8422_2325;
    let step = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    if text.is_ascii() {
        return text.bytes().fold(START, |hash, byte| step(hash, byte.to_ascii_lowercase()));
    }
    let mut buffer = [0; 4];
    text.chars()
        .flat_map(char::to_lowercase)
        .fold(START, |hash, c| c.encode_utf8(&mut buffer).bytes().fold(hash, step))
}

fn mix(template: u64, values: &[u64]) -> u64 {
    let step = |h: u64, v: &u64| (h.rotate_left(5) ^ v).wrapping_mul(0x517c_c1b7_2722_0a95);
    let hash = values.iter().fold(template.wrapping_mul(0x9e37_79b9_7f4a_7c15), step);
    hash ^ hash >> 29
}

/// The bucket of a distance: 0, 1, 2, 3, then in steps that double.
#[must_use]
pub fn bucket(distance: usize) -> u64 {
    match distance {
        0..=3 => distance as u64,
        4..=5 => 4,
        6..=9 => 5,
        10..=19 => 6,
        20..=39 => 7,
        _ => 8,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_hash_whatever_their_capitals() {
        assert_eq!(word("Army"), word("army"));
        assert_eq!(word("É"), word("é"));
        assert_ne!(word("army"), word("navy"));
    }

    #[test]
    fn features_stay_in_their_part_of_the_table() {
        let space = Space { closed: 100, open: 50 };
        for value in 0..5000 {
            assert!(u32::from(space.closed(3, &[value])) < 100);
            assert!((100..150).contains(&u32::from(space.open(3, &[value]))));
        }
        assert_ne!(mix(1, &[2]), mix(2, &[1]));
    }

    #[test]
    fn distances_have_buckets() {
        assert_eq!([0, 3, 4, 5, 6, 12, 25, 900].map(bucket), [0, 3, 4, 4, 5, 6, 7, 8]);
    }
}
