//! What the tests over passages share: an account read from a passage, and how
//! its words are compared with those that a table expects.

use dateline::{Account, Article, Claim, Reader, Span, TextIndex};
use std::collections::BTreeMap;

pub fn words(text: &str) -> Vec<String> {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect()
}

/// Whether these words stand in a text, one after the other.
pub fn holds(text: &str, part: &[String]) -> bool {
    words(text).windows(part.len().max(1)).any(|window| window == part)
}

/// The rows of a table of passages, without comments and the header.
pub fn rows(table: &str) -> impl Iterator<Item = Vec<&str>> {
    let rows = table.lines().filter(|line| !line.starts_with('#')).skip(1);
    rows.map(|row| row.split('\t').collect())
}

/// A passage's text, with its ends of paragraphs.
pub fn paragraphs(cell: &str) -> String {
    cell.replace('¶', "\n\n")
}

/// Dice over the words, a leading "that" aside.
fn alike(a: &str, b: &str) -> f64 {
    let mut counts: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    let strip = |text: &str| {
        let words = words(text);
        let skip = usize::from(words.first().is_some_and(|word| word == "that"));
        words[skip..].to_vec()
    };
    let (a, b) = (strip(a), strip(b));
    let total = a.len() + b.len();
    a.into_iter().for_each(|word| counts.entry(word).or_default().0 += 1);
    b.into_iter().for_each(|word| counts.entry(word).or_default().1 += 1);
    let shared: usize = counts.values().map(|(a, b)| a.min(b)).sum();
    2.0 * shared as f64 / total.max(1) as f64
}

/// A passage that has been read.
pub struct Read {
    pub account: Account,
    index: TextIndex,
}

impl Read {
    pub fn new(reader: &Reader, article: &Article) -> Self {
        let account = reader.read(article).unwrap();
        let index = TextIndex::new(&account.text);
        Self { account, index }
    }

    pub fn slice(&self, span: Span) -> &str {
        self.index.slice(&self.account.text, span)
    }

    pub fn quoted(&self, spans: &[Span]) -> String {
        let words = spans.iter().map(|span| self.slice(*span));
        words.collect::<Vec<_>>().join(" ")
    }

    /// How much of a claim's content, or of the run of its pieces that is most
    /// like it, is this: between 0 and 1.
    pub fn likeness(&self, claim: &Claim, content: &str) -> f64 {
        let pieces = claim.content.len().min(8);
        let runs = (0..pieces).flat_map(|from| (from..pieces).map(move |to| from..=to));
        runs.map(|run| alike(&self.quoted(&claim.content[run]), content)).fold(0.0, f64::max)
    }
}
