//! Passages: sentences with an event, with their neighbours and the headline,
//! as words and their weights.

use super::kept::Kept;
use super::words::{Vector, Vocabulary, Word, fold, tokens, vector};
use dateline_account::{Span, TextIndex};
use rusqlite::{Connection, OptionalExtension, Transaction, params};
use std::cell::Cell;
use std::ops::Range;
use std::rc::Rc;

/// Sentences before and after the event's.
const NEIGHBOURS: usize = 2;
/// How many rare words of a passage look for others like it.
const CLUES: usize = 16;
/// Articles whose passages are kept at hand, of which there may be twice as
/// many: some two kilobytes each.
const KEPT: usize = 1500;

/// A passage of an article.
pub(crate) struct Passage {
    pub sentence: i64,
    /// The story that it is of; 0 as long as it is of none.
    pub story: Cell<i64>,
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
    pub fn around(&self, sentence: i64) -> Option<&Passage> {
        let at = self.list.binary_search_by_key(&sentence, |passage| passage.sentence).ok()?;
        self.list.get(at)
    }
}

/// A rare word.
pub(crate) struct Clue {
    pub text: String,
    pub word: Word,
}

/// The passages of a store. Vectors that were made lie in a temporary table:
/// they are of this run only, for they tell how rare words are now.
pub(crate) struct Shelf<'a> {
    vocabulary: &'a Vocabulary,
    kept: Kept<i64, Rc<Passages>>,
}

impl<'a> Shelf<'a> {
    /// An empty shelf.
    pub fn new(db: &Connection, vocabulary: &'a Vocabulary) -> rusqlite::Result<Self> {
        db.execute_batch(
            "CREATE TEMP TABLE IF NOT EXISTS passage_vectors
                 (article INTEGER PRIMARY KEY, day INTEGER, vectors BLOB NOT NULL);
             DELETE FROM passage_vectors;",
        )?;
        Ok(Self { vocabulary, kept: Kept::new(KEPT) })
    }

    /// The passages of an article with their stories.
    pub fn of(&mut self, t: &Transaction<'_>, article: i64) -> rusqlite::Result<Rc<Passages>> {
        if let Some(known) = self.kept.get(&article) {
            return Ok(known);
        }
        let stored = t
            .prepare_cached("SELECT day, vectors FROM passage_vectors WHERE article = ?1")?
            .query_row([article], |row| {
                Ok(Passages { day: row.get(0)?, list: unpacked(row.get_ref(1)?.as_blob()?) })
            })
            .optional()?;
        let passages = match stored {
            Some(passages) => passages,
            None => self.read(t, article)?.0,
        };
        let mut stories =
            t.prepare_cached("SELECT sentence, story FROM passages WHERE article = ?1")?;
        let mut rows = stories.query([article])?;
        while let Some(row) = rows.next()? {
            if let Some(passage) = passages.around(row.get(0)?) {
                passage.story.set(row.get(1)?);
            }
        }
        let passages = Rc::new(passages);
        self.kept.put(article, passages.clone());
        Ok(passages)
    }

    /// The passages of an article with their stories, and the rarest words of
    /// each that are in more than one article, the rarest first.
    pub fn with_clues(
        &mut self,
        t: &Transaction<'_>,
        article: i64,
    ) -> rusqlite::Result<(Rc<Passages>, Vec<Vec<Clue>>)> {
        let clues = self.read(t, article)?.1;
        Ok((self.of(t, article)?, clues))
    }

    /// Reads the passages in the text; they have no stories yet.
    fn read(
        &self,
        t: &Transaction<'_>,
        article: i64,
    ) -> rusqlite::Result<(Passages, Vec<Vec<Clue>>)> {
        let sentences: Vec<usize> = t
            .prepare_cached(
                "SELECT DISTINCT sentence FROM events
                 WHERE article = ?1 AND modality IN ('actual', 'ongoing') ORDER BY sentence",
            )?
            .query_map([article], |row| row.get::<_, u32>(0).map(|n| n as usize))?
            .collect::<Result<_, _>>()?;
        let (text, day) = text(t, article)?;
        let words = text.words(t, self.vocabulary)?;
        let mut passages = Passages { day, list: Vec::new() };
        let mut all = Vec::new();
        for sentence in sentences {
            // The headline comes before the first sentence.
            let around = sentence.saturating_sub(NEIGHBOURS) + 1..sentence + NEIGHBOURS + 2;
            let parts = std::iter::once(0).chain(around).filter_map(|part| words.get(part));
            let words: Vec<&(&str, Word)> = parts.flatten().collect();
            passages.list.push(Passage {
                sentence: sentence as i64,
                story: Cell::new(0),
                vector: vector(words.iter().map(|(_, word)| *word)),
            });
            all.push(clues(&words));
        }
        t.prepare_cached("INSERT OR IGNORE INTO passage_vectors VALUES (?1, ?2, ?3)")?
            .execute(params![article, day, packed(&passages.list)])?;
        Ok((passages, all))
    }
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

fn text(t: &Transaction<'_>, article: i64) -> rusqlite::Result<(Text, Option<i64>)> {
    let (title, text, day): (Option<String>, String, Option<i64>) = t
        .prepare_cached(
            "SELECT title, text, CAST(julianday(day) AS INTEGER) FROM articles WHERE id = ?1",
        )?
        .query_row([article], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
    let mut folded = fold(&title.unwrap_or_default());
    let mut parts: Vec<Range<usize>> = std::iter::once(0..folded.len()).collect();
    let index = TextIndex::new(&text);
    let mut sentences =
        t.prepare_cached("SELECT first, last FROM sentences WHERE article = ?1 ORDER BY n")?;
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

/// Passages as bytes: sentence, length and stems of each, four bytes a number.
fn packed(passages: &[Passage]) -> Vec<u8> {
    let mut bytes = Vec::new();
    for passage in passages {
        let head = [passage.sentence as u32, passage.vector.len() as u32];
        for number in head.iter().chain(passage.vector.iter()) {
            bytes.extend(number.to_le_bytes());
        }
    }
    bytes
}

/// What [`packed`] packed.
fn unpacked(bytes: &[u8]) -> Vec<Passage> {
    let mut numbers = bytes.as_chunks().0.iter().map(|bytes| u32::from_le_bytes(*bytes));
    let mut passages = Vec::new();
    while let Some((sentence, length)) = numbers.next().zip(numbers.next()) {
        let vector = numbers.by_ref().take(length as usize).collect();
        passages.push(Passage { sentence: sentence.into(), story: Cell::new(0), vector });
    }
    passages
}
