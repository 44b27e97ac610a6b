//! The passages of a store at hand, for all threads that join, and what each
//! is like.
//!
//! How alike passages are depends on their words only, not on what was joined
//! before: any number of threads look that up, ahead of the one that gives
//! passages their stories. What does not stay in memory lies in a temporary
//! database. It is of this run only, for vectors tell how rare words are now.

use super::kept::Kept;
use super::passages::{Clue, Passage, Passages, numbers, read};
use super::words::{Numbered, POSTINGS, Spread, Vocabulary, cosine};
use rusqlite::{Connection, OptionalExtension, params};
use std::collections::{BTreeMap, HashMap};
use std::hash::BuildHasherDefault;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Least average likeness of a passage to the articles of its story.
pub(crate) const ALIKE: f64 = 0.18;
/// How many articles with the same rare words are looked at.
const CANDIDATES: usize = 24;
/// Articles whose passages are kept at hand, of which there may be twice as
/// many: some two kilobytes each.
const KEPT: usize = 1500;
/// Words whose articles are kept at hand, of which there may be twice as many.
const KEPT_WORDS: usize = 1000;

/// Among the articles before it, and among all: where an article is one of
/// those that share most rare words with another.
pub(crate) const BEFORE: u32 = 1;
pub(crate) const NOW: u32 = 2;

/// A passage that another one is like.
pub(crate) struct Like {
    pub article: i64,
    pub sentence: u32,
    pub likeness: f64,
    /// [`BEFORE`], [`NOW`], or both.
    pub among: u32,
}

/// Where passages lie.
pub(crate) struct Shelf<'a> {
    vocabulary: &'a Vocabulary,
    drawer: Mutex<Drawer>,
}

struct Drawer {
    passages: Kept<i64, Arc<Passages>>,
    /// Articles in which a word stands, of which the vocabulary has no list.
    postings: Kept<String, Arc<[u32]>>,
    scratch: Connection,
}

impl<'a> Shelf<'a> {
    /// An empty shelf.
    pub fn new(vocabulary: &'a Vocabulary) -> rusqlite::Result<Self> {
        // A database without a name is a file that goes with its connection.
        let scratch = Connection::open("")?;
        scratch.execute_batch(
            "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -4000;
             CREATE TABLE passages (article INTEGER PRIMARY KEY, day INTEGER, vectors BLOB);
             CREATE TABLE near (article INTEGER PRIMARY KEY, bytes BLOB);
             CREATE TABLE likes (article INTEGER PRIMARY KEY, bytes BLOB);",
        )?;
        let (passages, postings) = (Kept::new(KEPT), Kept::new(KEPT_WORDS));
        Ok(Self { vocabulary, drawer: Mutex::new(Drawer { passages, postings, scratch }) })
    }

    fn drawer(&self) -> MutexGuard<'_, Drawer> {
        self.drawer.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The passages of an article.
    pub fn of(&self, db: &Connection, article: i64) -> rusqlite::Result<Arc<Passages>> {
        let mut drawer = self.drawer();
        if let Some(known) = drawer.passages.get(&article) {
            return Ok(known);
        }
        let stored = drawer
            .scratch
            .prepare_cached("SELECT day, vectors FROM passages WHERE article = ?1")?
            .query_row([article], |row| {
                Ok(Passages::unpacked(row.get(0)?, row.get_ref(1)?.as_blob()?))
            })
            .optional()?;
        let passages = match stored {
            Some(passages) => Arc::new(passages),
            None => {
                drop(drawer);
                let passages = Arc::new(read(db, self.vocabulary, article)?.0);
                drawer = self.drawer();
                drawer.put(article, &passages)?;
                passages
            }
        };
        drawer.passages.put(article, passages.clone());
        Ok(passages)
    }

    /// Looks up what an article's passages may be like: articles that share
    /// rare words.
    pub fn look_up(&self, db: &Connection, article: i64) -> rusqlite::Result<()> {
        let (passages, clues) = read(db, self.vocabulary, article)?;
        let near: Vec<Vec<[u32; 2]>> = clues
            .iter()
            .map(|clues| self.near(db, clues, article))
            .collect::<rusqlite::Result<_>>()?;
        let drawer = self.drawer();
        drawer.put(article, &passages)?;
        drawer.keep("near", article, &packed(&near))
    }

    /// What each passage of an article is like, enough to be of one story, in
    /// its own article and in those that were looked up.
    pub fn likes(&self, db: &Connection, article: i64) -> rusqlite::Result<Vec<Vec<Like>>> {
        let stored = self.drawer().kept("likes", article)?;
        let likes = match stored {
            Some(bytes) => unpacked(&bytes),
            None => {
                let likes = self.compared(db, article)?;
                self.drawer().keep("likes", article, &packed(&likes))?;
                likes
            }
        };
        let like = |[article, sentence, products, among]: [u32; 4]| {
            let likeness = cosine(products);
            Like { article: article.into(), sentence, likeness, among }
        };
        Ok(likes.into_iter().map(|likes| likes.into_iter().map(like).collect()).collect())
    }

    /// The same as numbers: article, sentence, products of weights, among which.
    fn compared(&self, db: &Connection, article: i64) -> rusqlite::Result<Vec<Vec<[u32; 4]>>> {
        let own = self.of(db, article)?;
        let near = self.drawer().kept("near", article)?;
        let near: Vec<Vec<[u32; 2]>> = near.map_or_else(Vec::new, |bytes| unpacked(&bytes));
        let mut others: BTreeMap<u32, Arc<Passages>> = BTreeMap::new();
        for [other, _] in near.iter().flatten() {
            if !others.contains_key(other) {
                others.insert(*other, self.of(db, (*other).into())?);
            }
        }
        let mut spread = Spread::default();
        let mut all = Vec::new();
        for (at, passage) in own.list.iter().enumerate() {
            spread.take(&passage.vector);
            let mut likes = Vec::new();
            let mut look = |article: u32, passage: &Passage, among: u32| {
                let products = spread.products(&passage.vector);
                if cosine(products) >= ALIKE {
                    likes.push([article, passage.sentence, products, among]);
                }
            };
            let neighbours = own.list.iter().enumerate().filter(|(other, _)| *other != at);
            neighbours.for_each(|(_, other)| look(article as u32, other, BEFORE | NOW));
            for [other, among] in near.get(at).into_iter().flatten() {
                let passages = others.get(other).map_or(&[][..], |passages| &passages.list);
                passages.iter().for_each(|passage| look(*other, passage, *among));
            }
            all.push(likes);
        }
        Ok(all)
    }

    /// Articles that share rare words, those that share most: among the ones
    /// before, and among all.
    fn near(
        &self,
        db: &Connection,
        clues: &[Clue],
        article: i64,
    ) -> rusqlite::Result<Vec<[u32; 2]>> {
        let mut sums: HashMap<u32, f64, BuildHasherDefault<Numbered>> = HashMap::default();
        for clue in clues {
            let rarity = f64::from(clue.word.rarity);
            let looked_up;
            let found = match self.vocabulary.articles(clue.word) {
                Some(found) => found,
                None => {
                    looked_up = self.articles(db, &clue.text)?;
                    &looked_up
                }
            };
            found.iter().for_each(|found| *sums.entry(*found).or_default() += rarity);
        }
        sums.remove(&(article as u32));
        let mut near: BTreeMap<u32, u32> = BTreeMap::new();
        for (among, last) in [(BEFORE, article as u32), (NOW, u32::MAX)] {
            let sums = sums.iter().filter(|(found, _)| **found <= last);
            let mut sums: Vec<(u32, f64)> = sums.map(|(found, sum)| (*found, *sum)).collect();
            let most_first =
                |a: &(u32, f64), b: &(u32, f64)| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0));
            if sums.len() > CANDIDATES {
                sums.select_nth_unstable_by(CANDIDATES, most_first);
                sums.truncate(CANDIDATES);
            }
            sums.iter().for_each(|(found, _)| *near.entry(*found).or_default() |= among);
        }
        Ok(near.into_iter().map(|(found, among)| [found, among]).collect())
    }

    /// The articles in which a word stands, not too many of them.
    fn articles(&self, db: &Connection, word: &str) -> rusqlite::Result<Arc<[u32]>> {
        if let Some(known) = self.drawer().postings.get(word) {
            return Ok(known);
        }
        let found: Arc<[u32]> = db
            .prepare_cached(
                "SELECT rowid FROM article_words WHERE article_words MATCH ?1 LIMIT ?2",
            )?
            .query_map(params![format!("\"{word}\""), POSTINGS as i64], |row| row.get(0))?
            .collect::<Result<_, _>>()?;
        self.drawer().postings.put(word.to_owned(), found.clone());
        Ok(found)
    }
}

impl Drawer {
    fn put(&self, article: i64, passages: &Passages) -> rusqlite::Result<()> {
        self.scratch
            .prepare_cached("INSERT OR REPLACE INTO passages VALUES (?1, ?2, ?3)")?
            .execute(params![article, passages.day, passages.packed()])
            .map(drop)
    }

    /// Keeps bytes of an article in a table.
    fn keep(&self, table: &str, article: i64, bytes: &[u8]) -> rusqlite::Result<()> {
        self.scratch
            .prepare_cached(&format!("INSERT OR REPLACE INTO {table} VALUES (?1, ?2)"))?
            .execute(params![article, bytes])
            .map(drop)
    }

    /// What was kept of an article.
    fn kept(&self, table: &str, article: i64) -> rusqlite::Result<Option<Vec<u8>>> {
        self.scratch
            .prepare_cached(&format!("SELECT bytes FROM {table} WHERE article = ?1"))?
            .query_row([article], |row| row.get(0))
            .optional()
    }
}

/// Lists as bytes: the length of each, and its numbers, four bytes each.
fn packed<const N: usize>(lists: &[Vec<[u32; N]>]) -> Vec<u8> {
    let mut bytes = Vec::new();
    for list in lists {
        bytes.extend((list.len() as u32).to_le_bytes());
        list.iter().flatten().for_each(|number| bytes.extend(number.to_le_bytes()));
    }
    bytes
}

/// What [`packed`] packed.
fn unpacked<const N: usize>(bytes: &[u8]) -> Vec<Vec<[u32; N]>> {
    let mut numbers = numbers(bytes);
    let mut lists = Vec::new();
    while let Some(length) = numbers.next() {
        let mut list = Vec::new();
        for _ in 0..length {
            list.push([0; N].map(|_| numbers.next().unwrap_or_default()));
        }
        lists.push(list);
    }
    lists
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_come_back_as_they_were() {
        let lists = [vec![[1, 2, 3], [4, 5, u32::MAX]], vec![], vec![[7, 8, 9]]];
        assert_eq!(unpacked(&packed(&lists)), lists);
        assert_eq!(unpacked::<2>(&[]), Vec::<Vec<[u32; 2]>>::new());
    }
}
