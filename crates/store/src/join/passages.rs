//! Passages: sentences with an event, with their neighbours and the headline,
//! as words and their weights.

use super::words::{Spread, Vector, Vocabulary, Word, fold, paired, parted, tokens, vector};
use dateline_account::{Span, TextIndex};
use rusqlite::Connection;
use std::ops::Range;

/// Sentences before and after the event's.
const NEIGHBOURS: usize = 2;
/// Most passages of which one number tells that they have a stem.
const MOST: usize = 4000;
/// No day, packed.
const NO_DAY: u32 = u32::MAX;
/// How many rare words of a passage look for others like it.
const CLUES: usize = 16;

/// The passages of an article, by sentence: what each has of which stem.
pub(crate) struct Passages {
    /// The article's day, as a number of days; how many passages there are, and
    /// how many stems. Then the passages' sentences; then each stem and how many
    /// passages have it, in one number; then which ones have it and with which
    /// weight, in one number each, in the order of the stems.
    numbers: Vec<u32>,
}

/// Numbers before the sentences.
const HEAD: usize = 3;

impl Passages {
    /// Passages as their sentences, in order, and vectors.
    pub fn new(day: Option<i64>, passages: &[(u32, Vector)]) -> Self {
        let mut all: Vec<(u32, u32, u32)> = Vec::new();
        for (at, (_, vector)) in passages.iter().enumerate() {
            all.extend(vector.iter().map(|stem| {
                let (slot, weight) = parted(*stem);
                (slot, at as u32, weight)
            }));
        }
        all.sort_unstable();
        // How many have a stem must fit beside it.
        let same_stem = all.chunk_by(|a, b| a.0 == b.0).flat_map(|same| same.chunks(MOST));
        let same_stem: Vec<&[(u32, u32, u32)]> = same_stem.collect();
        let day = day.and_then(|day| u32::try_from(day).ok()).unwrap_or(NO_DAY);
        let mut numbers = vec![day, passages.len() as u32, same_stem.len() as u32];
        numbers.reserve_exact(passages.len() + same_stem.len() + all.len());
        numbers.extend(passages.iter().map(|(sentence, _)| sentence));
        numbers.extend(same_stem.iter().map(|same| paired(same[0].0, same.len() as u32)));
        numbers.extend(all.iter().map(|(_, at, weight)| paired(*at, *weight)));
        Self { numbers }
    }

    /// The article's day, as a number of days.
    pub fn day(&self) -> Option<i64> {
        Some(self.numbers[0]).filter(|day| *day != NO_DAY).map(i64::from)
    }

    /// The sentences around which they are.
    pub fn sentences(&self) -> &[u32] {
        &self.numbers[HEAD..][..self.numbers[1] as usize]
    }

    /// The number of the passage around a sentence.
    pub fn around(&self, sentence: u32) -> Option<usize> {
        self.sentences().binary_search(&sentence).ok()
    }

    /// Each stem, and the passages that have it with their weights.
    fn by_stem(&self) -> impl Iterator<Item = (u32, &[u32])> {
        let [_, passages, stems] = [0, 1, 2].map(|at| self.numbers[at] as usize);
        let (stems, mut rest) = self.numbers[HEAD + passages..].split_at(stems);
        stems.iter().map(move |stem| {
            let (have_it, others) = rest.split_at(parted(*stem).1 as usize);
            rest = others;
            (*stem, have_it)
        })
    }

    /// The vector of a passage.
    pub fn vector(&self, passage: usize) -> Vector {
        let mut vector = Vec::new();
        for (stem, have_it) in self.by_stem() {
            let weights = have_it.iter().map(|one| parted(*one));
            let own = weights.filter(|(at, _)| *at as usize == passage);
            vector.extend(own.map(|(_, weight)| paired(parted(stem).0, weight)));
        }
        vector.into()
    }

    /// The products of the weights of each passage and of a vector, summed, put
    /// at the end of a list.
    pub fn products(&self, vector: &Spread, sums: &mut Vec<u32>) {
        let begin = sums.len();
        sums.resize(begin + self.sentences().len(), 0);
        let sums = &mut sums[begin..];
        for (stem, have_it) in self.by_stem() {
            let weight = vector.weight(stem);
            if weight != 0 {
                for one in have_it {
                    let (at, other) = parted(*one);
                    sums[at as usize] += weight * other;
                }
            }
        }
    }

    /// The passages as numbers, of which they can be made again.
    pub fn numbers(&self) -> &[u32] {
        &self.numbers
    }
}

impl From<Vec<u32>> for Passages {
    fn from(numbers: Vec<u32>) -> Self {
        Self { numbers }
    }
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
    let mut passages = Vec::new();
    let mut all = Vec::new();
    for sentence in sentences {
        // The headline comes before the first sentence.
        let at = sentence as usize;
        let around = at.saturating_sub(NEIGHBOURS) + 1..at + NEIGHBOURS + 2;
        let parts = std::iter::once(0).chain(around).filter_map(|part| words.get(part));
        let words: Vec<&(&str, Word)> = parts.flatten().collect();
        passages.push((sentence, vector(words.iter().map(|(_, word)| *word))));
        all.push(clues(&words));
    }
    Ok((Passages::new(day, &passages), all))
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

#[cfg(test)]
mod tests {
    use super::super::words::cosine;
    use super::super::words::likeness;
    use super::*;

    #[test]
    fn each_passage_is_held_against_a_vector_as_if_alone() {
        let vector = |stems: &[(u32, u32)]| -> Vector {
            stems.iter().map(|(slot, weight)| paired(*slot, *weight)).collect()
        };
        let vectors = [
            vector(&[(3, 100), (9, 2000)]),
            vector(&[]),
            vector(&[(1, 7), (9, 1), (1_000_000, 4095)]),
        ];
        let of: Vec<(u32, Vector)> = [2, 5, 8].into_iter().zip(vectors.clone()).collect();
        let passages = Passages::from(Passages::new(Some(2_460_000), &of).numbers().to_vec());
        assert_eq!((passages.day(), passages.sentences()), (Some(2_460_000), &[2, 5, 8][..]));
        assert_eq!((passages.around(5), passages.around(6)), (Some(1), None));
        assert_eq!(Passages::new(None, &of).day(), None);
        let mut spread = Spread::default();
        for (at, own) in vectors.iter().enumerate() {
            assert_eq!(&passages.vector(at), own);
            spread.take(own);
            let mut sums = vec![0];
            passages.products(&spread, &mut sums);
            let expected = vectors.iter().map(|other| likeness(own, other));
            assert!(sums[1..].iter().map(|sum| cosine(*sum)).eq(expected));
        }
        let many: Vec<(u32, Vector)> = (0..9000).map(|n| (n, vectors[0].clone())).collect();
        let mut sums = Vec::new();
        spread.take(&vectors[2]);
        Passages::new(None, &many).products(&spread, &mut sums);
        assert_eq!(sums, vec![2000; 9000]);
    }
}
