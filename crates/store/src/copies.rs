//! Copies: one text under ten mastheads.
//!
//! A text is the set of its shingles, three words in a row each. MinHash makes
//! a short row of numbers of the set, of which two texts share as many as they
//! share shingles; numbers taken together in *bands* are looked up in the store
//! (locality-sensitive hashing), and what shares one is held against the text,
//! shingle by shingle. An article that reprints an earlier one has that one's
//! row in `copy_of`; the earlier one is the *root* of its copies, and only roots
//! have bands, so that all copies of one text are linked to the same root.

use crate::join::{fold, number, tokens};
use rusqlite::{OptionalExtension, Transaction};
use std::collections::BTreeMap;

/// Words of a shingle.
const WORDS: usize = 3;
/// Bands of a text, and how many numbers must agree in one: two texts that
/// share 4 in 10 of their shingles share a band with a probability of 0.99, two
/// that share 1 in 100 with one of 0.003.
const BANDS: usize = 26;
const ROWS: usize = 2;
/// Articles that share a band are looked at, those that share most bands.
const LOOKED_AT: usize = 16;
/// A band leads to no more articles than this.
const POSTINGS: usize = 64;
/// A copy has so much of the shorter text, and so much of both together.
const OF_SHORTER: f64 = 0.5;
const OF_BOTH: f64 = 0.2;
/// Shorter texts must be the same word for word.
const SHORT: usize = 40;

/// Finds whether an article that was just added reprints an earlier one, which
/// is given back then.
pub(crate) fn link(t: &Transaction<'_>, article: i64, text: &str) -> rusqlite::Result<Option<i64>> {
    let shingles = shingles(text);
    let bands = bands(&shingles);
    let root = root(t, &shingles, &bands)?;
    match root {
        Some(root) => {
            t.prepare_cached("UPDATE articles SET copy_of = ?2 WHERE id = ?1")?
                .execute([article, root])?;
        }
        None => keep(t, article, &bands)?,
    }
    Ok(root)
}

/// Takes away what the store knows of an article as the root of copies; the
/// earliest of them becomes the root of the others, and is given back.
pub(crate) fn unlink(t: &Transaction<'_>, article: i64) -> rusqlite::Result<Option<i64>> {
    let text = |article: i64| -> rusqlite::Result<String> {
        let mut find = t.prepare_cached("SELECT text FROM articles WHERE id = ?1")?;
        find.query_row([article], |row| row.get(0))
    };
    let mut delete = t.prepare_cached("DELETE FROM copy_bands WHERE band = ?1 AND article = ?2")?;
    for band in bands(&shingles(&text(article)?)) {
        delete.execute([band.into(), article])?;
    }
    let heir: Option<i64> = t
        .prepare_cached("SELECT min(id) FROM articles WHERE copy_of = ?1")?
        .query_row([article], |row| row.get(0))?;
    if let Some(heir) = heir {
        t.prepare_cached("UPDATE articles SET copy_of = nullif(?2, id) WHERE copy_of = ?1")?
            .execute([article, heir])?;
        keep(t, heir, &bands(&shingles(&text(heir)?)))?;
    }
    Ok(heir)
}

fn keep(t: &Transaction<'_>, article: i64, bands: &[i32]) -> rusqlite::Result<()> {
    let mut insert =
        t.prepare_cached("INSERT OR IGNORE INTO copy_bands (band, article) VALUES (?1, ?2)")?;
    bands.iter().try_for_each(|band| insert.execute([i64::from(*band), article]).map(drop))
}

/// The earliest article of which a text is a copy.
fn root(t: &Transaction<'_>, shingles: &[u32], bands: &[i32]) -> rusqlite::Result<Option<i64>> {
    let mut shared: BTreeMap<i64, usize> = BTreeMap::new();
    let mut find = t.prepare_cached("SELECT article FROM copy_bands WHERE band = ?1")?;
    for band in bands {
        let mut rows = find.query([band])?;
        for _ in 0..POSTINGS {
            let Some(row) = rows.next()? else { break };
            *shared.entry(row.get(0)?).or_default() += 1;
        }
    }
    let mut candidates: Vec<(i64, usize)> = shared.into_iter().collect();
    candidates.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
    candidates.truncate(LOOKED_AT);
    candidates.sort_unstable();
    let mut text = t.prepare_cached("SELECT text FROM articles WHERE id = ?1")?;
    for (candidate, _) in candidates {
        let other: Option<String> = text.query_row([candidate], |row| row.get(0)).optional()?;
        if other.is_some_and(|other| are_copies(shingles, &self::shingles(&other))) {
            return Ok(Some(candidate));
        }
    }
    Ok(None)
}

/// Whether two texts are copies of one.
fn are_copies(a: &[u32], b: &[u32]) -> bool {
    if a.len().min(b.len()) < SHORT {
        return a == b;
    }
    let (mut i, mut j, mut shared) = (0, 0, 0);
    while let (Some(x), Some(y)) = (a.get(i), b.get(j)) {
        shared += usize::from(x == y);
        i += usize::from(x <= y);
        j += usize::from(y <= x);
    }
    let shared = shared as f64;
    let both = (a.len() + b.len()) as f64 - shared;
    shared >= OF_SHORTER * a.len().min(b.len()) as f64 && shared >= OF_BOTH * both
}

/// The shingles of a text, sorted, each once; none of a text without words.
fn shingles(text: &str) -> Vec<u32> {
    let folded = fold(text);
    let words: Vec<u64> = tokens(&folded).map(number).collect();
    let mut shingles: Vec<u32> = words
        .windows(WORDS.min(words.len().max(1)))
        .map(|words| (words.iter().fold(0, |all, word| mixed(all ^ word)) >> 32) as u32)
        .collect();
    shingles.sort_unstable();
    shingles.dedup();
    shingles
}

/// The bands of a set of shingles.
fn bands(shingles: &[u32]) -> Vec<i32> {
    if shingles.is_empty() {
        return Vec::new();
    }
    let least = |n: usize| {
        let (factor, term) = ((mixed(n as u64) | 1) as u32, mixed(!(n as u64)) as u32);
        let order = |shingle: &u32| shingle.wrapping_mul(factor).wrapping_add(term);
        shingles.iter().map(order).min().unwrap_or_default()
    };
    let band = |band: usize| {
        let rows = (0..ROWS).map(|row| least(band * ROWS + row));
        (rows.fold(band as u64, |all, row| mixed(all ^ u64::from(row))) >> 32) as i32
    };
    (0..BANDS).map(band).collect()
}

/// A number whose every bit depends on every bit of another (SplitMix64).
fn mixed(number: u64) -> u64 {
    let number = number.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let number = (number ^ (number >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let number = (number ^ (number >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    number ^ (number >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Words that have nothing to do with each other.
    fn prose(seed: u64, words: usize) -> Vec<String> {
        (0..words as u64).map(|n| format!("w{}", mixed(seed * 7919 + n) % 3000)).collect()
    }

    #[test]
    fn bands_are_shared_as_shingles_are() {
        let mut found = 0;
        for seed in 0..200 {
            let words = prose(seed, 300);
            let mut edited = words.clone();
            edited.iter_mut().skip(seed as usize % 9).step_by(10).for_each(|w| *w = "x".to_owned());
            edited.truncate(240);
            let (a, b) = (shingles(&words.join(" ")), shingles(&edited.join(" ")));
            assert!(are_copies(&a, &b));
            let (a, b) = (bands(&a), bands(&b));
            found += usize::from(a.iter().zip(&b).any(|(x, y)| x == y));
            let other = bands(&shingles(&prose(seed + 1000, 300).join(" ")));
            assert!(a.iter().zip(&other).all(|(x, y)| x != y));
        }
        assert!(found >= 190, "{found} of 200");
    }

    #[test]
    fn short_texts_are_copies_only_word_for_word() {
        let are = |a: &str, b: &str| are_copies(&shingles(a), &shingles(b));
        assert!(are("Talks opened on Monday.", "TALKS opened, on Monday"));
        assert!(!are("Talks opened on Monday.", "Talks opened on Tuesday."));
        assert!(are("Talks", "talks") && !are("Talks", "Talk"));
        assert!(shingles("").is_empty() && bands(&shingles(" – ")).is_empty());
    }
}
