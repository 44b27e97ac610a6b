//! Rows by the keys of their names: made at every start, of tens of thousands
//! of names, so it is two plain lists that are filled in two passes.

use dateline_lexicon::Quick;
use std::hash::Hasher;

/// What stands for a folded name in an index.
pub(crate) fn key(folded: &str) -> u64 {
    let mut hasher = Quick::default();
    hasher.write(folded.as_bytes());
    hasher.finish()
}

/// NameKeys of names and surnames with their rows, in the order of the rows.
#[derive(Debug, Default)]
pub(crate) struct NameKeys {
    pub(crate) names: Vec<(u64, u32)>,
    pub(crate) surnames: Vec<(u64, u32)>,
}

/// Rows by key.
#[derive(Debug, Default)]
pub(crate) struct Index {
    /// For the first bits of a key, where the rows of such keys begin; and the
    /// end of all.
    starts: Vec<u32>,
    /// NameKeys with their rows, by the first bits of the keys, then in the order in
    /// which they were given.
    rows: Vec<(u64, u32)>,
}

impl Index {
    pub(crate) fn new(keys: &[(u64, u32)]) -> Self {
        let slots = keys.len().next_power_of_two();
        let mut index = Self { starts: vec![0; slots + 1], rows: vec![(0, 0); keys.len()] };
        for &(key, _) in keys {
            let slot = index.slot(key);
            index.starts[slot] += 1;
        }
        let mut end = 0;
        for start in &mut index.starts {
            end += *start;
            *start = end;
        }
        // from the last: each slot's end moves down until it is its start
        for &row in keys.iter().rev() {
            let slot = index.slot(row.0);
            index.starts[slot] -= 1;
            let at = index.starts[slot] as usize;
            index.rows[at] = row;
        }
        index
    }

    fn slot(&self, key: u64) -> usize {
        let slots = self.starts.len().saturating_sub(1) as u128;
        ((u128::from(key) * slots) >> 64) as usize
    }

    /// The rows of a key in the order in which they were given, each once where
    /// it was given several times running.
    pub(crate) fn rows(&self, key: u64) -> impl Iterator<Item = u32> + '_ {
        let slot = self.slot(key);
        let range = match self.starts.get(slot..slot + 2) {
            Some(&[start, end]) => start as usize..end as usize,
            _ => 0..0,
        };
        let mut last = None;
        let mut wanted =
            move |&&(of, row): &&(u64, u32)| of == key && last.replace(row) != Some(row);
        self.rows[range].iter().filter(move |row| wanted(row)).map(|&(_, row)| row)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn rows_come_in_their_order_and_once() {
        for count in [0, 1, 2, 7, 1000] {
            let keys: Vec<(u64, u32)> = (0..count)
                .flat_map(|row| {
                    let mine = key(&format!("name {}", row % 10));
                    [(mine, row), (key(&row.to_string()), row), (mine, row)]
                })
                .collect();
            let index = Index::new(&keys);
            for name in 0..10 {
                let wanted: Vec<u32> = (name..count).step_by(10).collect();
                let found: Vec<u32> = index.rows(key(&format!("name {name}"))).collect();
                assert_eq!(found, wanted);
            }
            assert!((0..count).all(|row| index.rows(key(&row.to_string())).eq([row])));
            assert_eq!(index.rows(key("nobody")).next(), None);
        }
        assert_eq!(Index::default().rows(key("nobody")).next(), None);
    }

    #[test]
    fn names_that_differ_little_have_different_keys() {
        let (mut names, mut keys) = (HashSet::new(), HashSet::new());
        let letters = || 'a'..='z';
        for at in 0..12 {
            for (one, other) in letters().flat_map(|a| letters().map(move |b| (a, b))) {
                let (start, end) = "Christo and Ma".split_at(at);
                let name = format!("{start}{one}{other}{}", &end[2..]);
                keys.insert(key(&name));
                names.insert(name);
            }
        }
        assert!(keys.len() == names.len() && names.len() > 7000, "{}", names.len());
    }
}
