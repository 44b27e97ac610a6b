//! Phrases of lemmas, found at a token: the shape both lexicons share.

use crate::forms::stems;
use dateline_lexicon::Map;
use dateline_syntax::{Doc, Upos};

/// Phrases by their first word, each with what it stands for.
#[derive(Debug, Clone)]
pub(crate) struct Phrases<T> {
    by_first: Map<Vec<(Vec<String>, T)>>,
}

/// A phrase found in a document.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Found<'p, T> {
    /// Token of its first word.
    pub start: usize,
    /// One past the token of its last word.
    pub end: usize,
    /// Number of words of the phrase.
    pub words: usize,
    /// What it stands for.
    pub value: &'p T,
}

impl<T> Default for Phrases<T> {
    fn default() -> Self {
        Self { by_first: Map::default() }
    }
}

impl<T> Phrases<T> {
    /// Adds a phrase; words are parted by spaces, `*` is one word or none.
    pub fn insert(&mut self, phrase: &str, value: T) {
        let mut words = phrase.split_whitespace().map(str::to_owned);
        if let Some(first) = words.next() {
            let rest: Vec<String> = words.collect();
            self.by_first.entry(first.to_lowercase()).or_default().push((rest, value));
        }
    }

    /// The value of the one-word phrase that a token is, if there is one that
    /// fits.
    pub fn word(&self, doc: &Doc<'_>, token: usize, fits: impl Fn(&T) -> bool) -> Option<&T> {
        let word = doc.tokens.get(token)?;
        let find = |key: &str| {
            let all = self.by_first.get(key)?;
            all.iter().rev().find(|(rest, value)| rest.is_empty() && fits(value)).map(|(_, v)| v)
        };
        if let Some(found) = find(&word.lemma) {
            return Some(found);
        }
        let form = doc.form(token).to_lowercase();
        find(&form).or_else(|| stems(&form).iter().find_map(|stem| find(stem)))
    }

    /// All phrases that begin at a token and end before `limit`, the longest
    /// first, later rows before earlier ones.
    pub fn at<'p>(&'p self, doc: &Doc<'_>, token: usize, limit: usize) -> Vec<Found<'p, T>> {
        let Some(first) = doc.tokens.get(token) else { return Vec::new() };
        let form = doc.form(token).to_lowercase();
        let mut keys = vec![first.lemma.to_lowercase(), form.clone()];
        keys.extend(stems(&form));
        let mut found = Vec::new();
        for (at, key) in keys.iter().enumerate() {
            if keys[..at].contains(key) {
                continue;
            }
            for (rest, value) in self.by_first.get(key).into_iter().flatten().rev() {
                if let Some(end) = match_rest(doc, rest, token + 1, limit) {
                    found.push(Found { start: token, end, words: rest.len() + 1, value });
                }
            }
        }
        found.sort_by_key(|f| std::cmp::Reverse(f.words));
        found
    }
}

/// Where the rest of a phrase ends, when it stands at `at`. Adverbs may stand
/// between the words: "went further on to say".
fn match_rest(doc: &Doc<'_>, rest: &[String], mut at: usize, limit: usize) -> Option<usize> {
    let limit = limit.min(doc.tokens.len());
    let mut words = rest;
    let mut skipped = 0;
    while let Some((word, after)) = words.split_first() {
        if word == "*" {
            let next = after.first();
            let here = next.is_some_and(|n| is_word(doc, at, limit, n));
            if !here {
                at += 1;
            }
            words = after;
        } else if is_word(doc, at, limit, word) {
            at += 1;
            words = after;
        } else if at < limit && doc.tokens[at].upos == Upos::Adv && skipped < 2 {
            at += 1;
            skipped += 1;
        } else {
            return None;
        }
        if at > limit {
            return None;
        }
    }
    Some(at)
}

fn is_word(doc: &Doc<'_>, at: usize, limit: usize, word: &str) -> bool {
    at < limit
        && (doc.tokens[at].lemma.eq_ignore_ascii_case(word)
            || doc.form(at).eq_ignore_ascii_case(word))
}
