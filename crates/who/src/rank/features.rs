//! Features are numbers of rows: a template and its values, hashed.

use super::model::{CLOSED, OPEN};

/// A feature.
pub(crate) type Id = u16;

/// The hash of a word, whatever its capitals (FNV-1a).
pub(crate) fn word(text: &str) -> u64 {
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

/// A feature whose values are few.
pub(crate) fn closed(template: u64, values: &[u64]) -> Id {
    (mix(template, values) % CLOSED) as Id
}

/// A feature with a word among its values.
pub(crate) fn open(template: u64, values: &[u64]) -> Id {
    (CLOSED + mix(template, values) % OPEN) as Id
}

/// The bucket of a distance: 0, 1, 2, 3, then in steps that double.
pub(crate) fn bucket(distance: usize) -> u64 {
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
        assert_ne!(word("army"), word("navy"));
    }

    #[test]
    fn features_stay_in_their_part_of_the_table() {
        for value in 0..5000 {
            assert!(u64::from(closed(3, &[value])) < CLOSED);
            assert!((CLOSED..CLOSED + OPEN).contains(&u64::from(open(3, &[value]))));
        }
        assert_ne!(closed(1, &[2]), closed(2, &[1]));
    }

    #[test]
    fn distances_have_buckets() {
        assert_eq!([0, 3, 4, 5, 6, 12, 25, 900].map(bucket), [0, 3, 4, 4, 5, 6, 7, 8]);
    }
}
