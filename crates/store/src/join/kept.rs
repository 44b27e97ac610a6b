//! What is kept at hand, not too much of it.

use std::borrow::Borrow;
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hash, Hasher};

/// Spreads numbers over a map, and short texts (FNV-1a). Quicker than what is
/// safe from somebody who chooses the keys, which matters little where few are
/// kept.
#[derive(Default)]
pub(crate) struct Numbered(u64);

impl Hasher for Numbered {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        let mixed = |hash: u64, byte: &u8| (hash ^ u64::from(*byte)).wrapping_mul(0x100_0000_01b3);
        self.0 = bytes.iter().fold(self.0 ^ 0xcbf2_9ce4_8422_2325, mixed);
    }

    fn write_u32(&mut self, number: u32) {
        self.write_u64(number.into());
    }

    fn write_i64(&mut self, number: i64) {
        self.write_u64(number as u64);
    }

    fn write_u64(&mut self, number: u64) {
        self.0 = (self.0 ^ number).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    }
}

/// A map whose keys need no better hashing.
pub(crate) type Quick<K, V> = HashMap<K, V, BuildHasherDefault<Numbered>>;

/// A map that forgets what was not asked for lately: when its young half is
/// full, it becomes the old one, and the old one goes.
#[derive(Debug)]
pub(crate) struct Kept<K, V> {
    young: Quick<K, V>,
    old: Quick<K, V>,
    half: usize,
}

impl<K: Eq + Hash, V: Clone> Kept<K, V> {
    /// A map that holds at most twice `half` values.
    pub fn new(half: usize) -> Self {
        Self { young: Quick::default(), old: Quick::default(), half }
    }

    /// The value of a key, if it is still at hand.
    pub fn get<Q: Hash + Eq + ?Sized>(&mut self, key: &Q) -> Option<V>
    where
        K: Borrow<Q>,
    {
        if let Some(value) = self.young.get(key) {
            return Some(value.clone());
        }
        let (key, value) = self.old.remove_entry(key)?;
        self.put(key, value.clone());
        Some(value)
    }

    /// The value of a key, to be changed, if it is still at hand.
    pub fn get_mut(&mut self, key: &K) -> Option<&mut V> {
        if let Some((key, value)) = self.old.remove_entry(key) {
            self.put(key, value);
        }
        self.young.get_mut(key)
    }

    /// Forgets the value of a key.
    pub fn forget(&mut self, key: &K) {
        self.young.remove(key);
        self.old.remove(key);
    }

    /// Keeps a value, instead of one of the same key.
    pub fn put(&mut self, key: K, value: V) {
        if self.young.len() >= self.half {
            self.old = std::mem::take(&mut self.young);
        }
        self.old.remove(&key);
        self.young.insert(key, value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_asked_for_stays() {
        let mut kept = Kept::new(4);
        kept.put(0, "first");
        for key in 1..100 {
            kept.put(key, "other");
            assert_eq!(kept.get(&0), Some("first"));
            assert!(kept.young.len() + kept.old.len() <= 8);
        }
        assert_eq!((kept.get(&1), kept.get(&99)), (None, Some("other")));
        kept.put(0, "newer");
        assert_eq!(kept.get(&0), Some("newer"));
    }
}
