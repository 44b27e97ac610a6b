//! Hash maps for the lexicons: keys come from our own files, never from a
//! text, so a short hash function is safe, and loading is on the way to the
//! first byte of output.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// A map with the FxHash function of the Rust compiler.
pub(crate) type Map<V> = HashMap<String, V, BuildHasherDefault<Fx>>;

/// FxHash, eight bytes at a time.
#[derive(Debug, Default, Clone, Copy)]
pub(crate) struct Fx(u64);

impl Fx {
    fn mix(&mut self, word: u64) {
        self.0 = (self.0.rotate_left(5) ^ word).wrapping_mul(0x517c_c1b7_2722_0a95);
    }
}

impl Hasher for Fx {
    fn write(&mut self, bytes: &[u8]) {
        let (words, rest) = bytes.as_chunks::<8>();
        for word in words {
            self.mix(u64::from_le_bytes(*word));
        }
        let mut last = [0; 8];
        if let Some(slot) = last.get_mut(..rest.len()) {
            slot.copy_from_slice(rest);
        }
        self.mix(u64::from_le_bytes(last) ^ (rest.len() as u64) << 56);
    }

    fn finish(&self) -> u64 {
        // the table takes the top bits for its tags and the low ones for its slots
        self.0 ^ self.0 >> 32
    }
}

/// The value of a key, made when it is not there; the key is only copied then.
pub(crate) fn entry<'m, V: Default>(map: &'m mut Map<V>, key: &str) -> &'m mut V {
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
