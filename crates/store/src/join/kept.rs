//! What is kept at hand, not too much of it.

use std::borrow::Borrow;
use std::collections::HashMap;
use std::hash::Hash;

/// A map that forgets what was not asked for lately: when its young half is
/// full, it becomes the old one, and the old one goes.
#[derive(Debug)]
pub(crate) struct Kept<K, V> {
    young: HashMap<K, V>,
    old: HashMap<K, V>,
    half: usize,
}

impl<K: Eq + Hash, V: Clone> Kept<K, V> {
    /// A map that holds at most twice `half` values.
    pub fn new(half: usize) -> Self {
        Self { young: HashMap::new(), old: HashMap::new(), half }
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
