//! Passages: sentences with an event, with their neighbours and the headline,
//! as words and their weights.

use super::words::{Vector, Vocabulary, Word, fold, tokens, vector};
use dateline_account::{Span, TextIndex};
use rusqlite::Connection;
use std::ops::Range;

/// Sentences before and after the event's.
const NEIGHBOURS: usize = 2;
/// How many rare words of a passage look for others like it.
const CLUES: usize = 16;

/// A passage of an article.
pub(crate) struct Passage {
    pub sentence: u32,
    pub vector: Vector,
}

/// The passages of an article, by sentence.
pub(crate) struct Passages {
    /// The article's day, as a number of days.
    pub day: Option<i64>,
    pub list: Vec<Passage>,
}

impl Passages {
    /// The passage around a sentence.
    pub fn around(&self, sentence: u32) -> Option<&Passage> {
        let at = self.list.binary_search_by_key(&sentence, |passage| passage.sentence).ok()?;
        self.list.get(at)
    }

    /// The passages as bytes: sentence, length and stems of each, four bytes a
    /// number.
    pub fn packed(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        for passage in &self.list {
            let head = [passage.sentence, passage.vector.len() as u32];
            for number in head.iter().chain(passage.vector.iter()) {
                bytes.extend(number.to_le_bytes());
            }
        }
        bytes
    }

    /// What [`Passages::packed`] packed.
    pub fn unpacked(day: Option<i64>, bytes: &[u8]) -> Self {
        let mut numbers = numbers(bytes);
        let mut list = Vec::new();
        while let Some((sentence, length)) = numbers.next().zip(numbers.next()) {
            let vector = numbers.by_ref().take(length as usize).collect();
            list.push(Passage { sentence, vector });
        }
        Self { day, list }
    }
}

/// The numbers of some bytes, four each.
pub(crate) fn numbers(bytes: &[u8]) -> impl Iterator<Item = u32> {
    bytes.as_chunks().0.iter().map(|bytes| u32::from_le_bytes(*bytes))
}

/// A rare word.
pub(crate) struct Clue {
    pub text: String,
    pub word: Word,
}

/// Reads the passages of an article in its text, and the rarest words of each
/// that are in more than one article, the rarest first.
pub(crate) fn read(
    db: &Connection,
    vocabulary: &Vocabulary,
    article: i64,
) -> rusqlite::Result<(Passages, Vec<Vec<Clue>>)> {
    let sentences: Vec<u32> = db
        .prepare_cached(
            "SELECT DISTINCT sentence FROM events
             WHERE article = ?1 AND modality IN ('actual', 'ongoing') ORDER BY sentence",
        )?
        .query_map([article], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    let (text, day) = text(db, article)?;
    let words = text.words(db, vocabulary)?;
    let mut passages = Passages { day, list: Vec::new() };
    let mut all = Vec::new();
    for sentence in sentences {
        // The headline comes before the first sentence.
        let at = sentence as usize;
        let around = at.saturating_sub(NEIGHBOURS) + 1..at + NEIGHBOURS + 2;
        let parts = std::iter::once(0).chain(around).filter_map(|part| words.get(part));
        let words: Vec<&(&str, Word)> = parts.flatten().collect();
        let vector = vector(words.iter().map(|(_, word)| *word));
        passages.list.push(Passage { sentence, vector });
        all.push(clues(&words));
    }
    Ok((passages, all))
}

/// The rarest words that are in more than one article.
fn clues(words: &[&(&str, Word)]) -> Vec<Clue> {
    let shared = |(_, word): &&(&str, Word)| word.found > 1 && word.rarity > 0.0;
    let mut rare: Vec<&(&str, Word)> = words.iter().copied().filter(shared).collect();
    rare.sort_unstable_by(|a, b| a.1.found.cmp(&b.1.found).then(a.0.cmp(b.0)));
    rare.dedup_by_key(|(word, _)| *word);
    let clue = |(text, word): &&(&str, Word)| Clue { text: (*text).to_owned(), word: *word };
    rare.iter().take(CLUES).map(clue).collect()
}

/// A folded text: the headline, and then each sentence.
struct Text {
    folded: String,
    parts: Vec<Range<usize>>,
}

fn text(db: &Connection, article: i64) -> rusqlite::Result<(Text, Option<i64>)> {
    let (title, text, day): (Option<String>, String, Option<i64>) = db
        .prepare_cached(
            "SELECT title, text, CAST(julianday(day) AS INTEGER) FROM articles WHERE id = ?1",
        )?
        .query_row([article], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
    let mut folded = fold(&title.unwrap_or_default());
    let mut parts: Vec<Range<usize>> = std::iter::once(0..folded.len()).collect();
    let index = TextIndex::new(&text);
    let mut sentences =
        db.prepare_cached("SELECT first, last FROM sentences WHERE article = ?1 ORDER BY n")?;
    let mut rows = sentences.query([article])?;
    while let Some(row) = rows.next()? {
        let begin = folded.len();
        folded += &fold(index.slice(&text, Span::new(row.get(0)?, row.get(1)?)));
        parts.push(begin..folded.len());
    }
    Ok((Text { folded, parts }, day))
}

impl Text {
    /// The words of each part.
    fn words(
        &self,
        db: &Connection,
        vocabulary: &Vocabulary,
    ) -> rusqlite::Result<Vec<Vec<(&str, Word)>>> {
        let known = |word| Ok((word, vocabulary.word(db, word)?));
        let words = |part: &Range<usize>| tokens(&self.folded[part.clone()]).map(known).collect();
        self.parts.iter().map(words).collect()
    }
}
