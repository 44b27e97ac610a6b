//! Hash maps for what lexicons and gazetteers say: their keys never come from
//! an article, so that a short hash function is safe, and loading is on the way
//! to the first byte of output.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// A map, mostly by text, with the hash function [`Quick`].
pub type Map<V, K = String> = HashMap<K, V, BuildHasherDefault<Quick>>;

/// A short hash function: eight bytes at a time, by a product of which both
/// halves count, as wyhash does. Each bit of a word moves all bits of the sum,
/// so that a sum may also stand for its text.
#[derive(Debug, Default, Clone, Copy)]
pub struct Quick(u64);

impl Quick {
    fn mix(&mut self, word: u64) {
        let product = u128::from(self.0 ^ word) * 0x9e37_79b9_7f4a_7c15_u128;
        self.0 = product as u64 ^ (product >> 64) as u64;
    }
}

impl Hasher for Quick {
    fn write(&mut self, bytes: &[u8]) {
        let (words, rest) = bytes.as_chunks::<8>();
        for word in words {
            self.mix(u64::from_le_bytes(*word));
        }
        let last = rest.iter().fold(0, |last, byte| last << 8 | u64::from(*byte));
        self.mix(last ^ (rest.len() as u64) << 56);
    }

    fn write_u8(&mut self, byte: u8) {
        self.mix(u64::from(byte));
    }

    fn write_u32(&mut self, word: u32) {
        self.mix(u64::from(word));
    }

    fn write_u64(&mut self, word: u64) {
        self.mix(word);
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

/// The value of a key, made when it is not there; the key is only copied then.
pub fn entry<'m, V: Default>(map: &'m mut Map<V>, key: &str) -> &'m mut V {
    // two look-ups, where the borrow checker cannot see that one would do
    if !map.contains_key(key) {
        return map.entry(key.to_owned()).or_default();
    }
    map.get_mut(key).unwrap_or_else(|| unreachable!("the key was there"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_of_any_length_are_found() {
        let mut map: Map<usize> = Map::default();
        let keys: Vec<String> = (0..300).map(|n| "ab".repeat(n % 20) + &n.to_string()).collect();
        for (at, key) in keys.iter().enumerate() {
            *entry(&mut map, key) = at;
        }
        for (at, key) in keys.iter().enumerate() {
            assert_eq!(map.get(key), Some(&at));
        }
    }
}
