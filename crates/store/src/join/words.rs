//! Words, and how rare they are.

use rusqlite::{Connection, OptionalExtension};
use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// A text without capitals and accents.
pub(crate) fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    text.nfd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase).collect()
}

/// The words and numbers of a folded text, as the full-text index has them.
pub(crate) fn tokens(folded: &str) -> impl Iterator<Item = &str> {
    let words = folded.split(|c: char| !c.is_alphanumeric());
    words.filter(|word| word.len() > 1 || word.starts_with(|c: char| c.is_ascii_digit()))
}

/// A word without its commonest endings.
fn stem(word: &str) -> &str {
    let long = |rest: &&str| rest.chars().count() >= 4;
    let ending = ["ing", "ed", "es", "s"].iter().find_map(|e| word.strip_suffix(e).filter(long));
    ending.unwrap_or(word)
}

/// A number for a stem that is the same everywhere (FNV-1a).
fn number(stem: &str) -> u64 {
    stem.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3)
    })
}

/// Words in more than this part of the articles tell nothing.
const COMMON: f64 = 0.3;
/// In a small store even common words stand in few articles.
const FEW: f64 = 20.0;
/// The rarest words do not decide alone: rarity counts to this power.
const DAMPING: f64 = 0.75;
/// Words whose rarity is kept at hand.
const KEPT: usize = 200_000;

/// What is known of the words of a store.
pub(crate) struct Vocabulary {
    articles: f64,
    known: RefCell<HashMap<String, f64>>,
}

/// Weighted stems, sorted by their numbers; of length one.
pub(crate) type Vector = Vec<(u64, f64)>;

impl Vocabulary {
    pub fn new(articles: u64) -> Self {
        Self { articles: articles as f64, known: RefCell::default() }
    }

    /// In how many articles a word stands.
    fn found(&self, db: &Connection, word: &str) -> rusqlite::Result<f64> {
        if let Some(found) = self.known.borrow().get(word) {
            return Ok(*found);
        }
        let found: Option<i64> = db
            .prepare_cached("SELECT doc FROM article_vocabulary WHERE term = ?1")?
            .query_row([word], |row| row.get(0))
            .optional()?;
        let found = found.unwrap_or(1) as f64;
        let mut known = self.known.borrow_mut();
        if known.len() >= KEPT {
            known.clear();
        }
        known.insert(word.to_owned(), found);
        Ok(found)
    }

    /// How rare a word is; 0 for one that is too common to tell anything.
    pub fn rarity(&self, db: &Connection, word: &str) -> rusqlite::Result<f64> {
        let found = self.found(db, word)?;
        let common = found > COMMON * self.articles && found > FEW;
        Ok(if common { 0.0 } else { ((self.articles + 1.0) / (found + 0.5)).ln().max(0.0) })
    }

    /// The words of a folded text by number and rarity.
    pub fn vector(&self, db: &Connection, folded: &str) -> rusqlite::Result<Vector> {
        let mut stems: BTreeMap<u64, (f64, f64)> = BTreeMap::new();
        for word in tokens(folded) {
            let rarity = self.rarity(db, word)?;
            if rarity > 0.0 {
                let (count, most) = stems.entry(number(stem(word))).or_default();
                *count += 1.0;
                *most = most.max(rarity);
            }
        }
        let weights = stems
            .into_iter()
            .map(|(stem, (count, most))| (stem, (1.0 + count.ln()) * most.powf(DAMPING)));
        let mut vector: Vector = weights.collect();
        let length = vector.iter().map(|(_, w)| w * w).sum::<f64>().sqrt();
        vector.iter_mut().for_each(|(_, w)| *w /= length);
        Ok(vector)
    }

    /// The rarest words of a folded text that are in more than one article, at
    /// most `count`, the rarest first.
    pub fn rarest(
        &self,
        db: &Connection,
        folded: &str,
        count: usize,
    ) -> rusqlite::Result<Vec<(String, f64)>> {
        let mut words = BTreeMap::new();
        for word in tokens(folded) {
            if self.found(db, word)? > 1.0 && !words.contains_key(word) {
                words.insert(word, self.rarity(db, word)?);
            }
        }
        let mut words: Vec<(&str, f64)> = words.into_iter().filter(|(_, r)| *r > 0.0).collect();
        words.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(b.0)));
        words.truncate(count);
        Ok(words.into_iter().map(|(word, rarity)| (word.to_owned(), rarity)).collect())
    }
}

/// The cosine of two vectors.
pub(crate) fn likeness(a: &Vector, b: &Vector) -> f64 {
    let (mut i, mut j, mut sum) = (0, 0, 0.0);
    while let (Some((x, p)), Some((y, q))) = (a.get(i), b.get(j)) {
        match x.cmp(y) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => {
                sum += p * q;
                i += 1;
                j += 1;
            }
        }
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_folded_and_stemmed() {
        let folded = fold("Zoë’s 5 Troops, a convoy");
        assert_eq!(tokens(&folded).collect::<Vec<_>>(), ["zoe", "5", "troops", "convoy"]);
        for (word, expected) in
            [("troops", "troop"), ("bombing", "bomb"), ("bus", "bus"), ("ended", "ended")]
        {
            assert_eq!(stem(word), expected);
        }
    }

    #[test]
    fn likeness_is_of_what_is_shared() {
        let a = vec![(1, 0.6), (5, 0.8)];
        assert!((likeness(&a, &a) - 1.0).abs() < 1e-9);
        assert_eq!(likeness(&a, &vec![(2, 1.0)]), 0.0);
        assert!((likeness(&a, &vec![(5, 1.0)]) - 0.8).abs() < 1e-9);
    }
}
