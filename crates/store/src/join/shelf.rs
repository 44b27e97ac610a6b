//! The passages of a store at hand, for all threads that join, and what each
//! is like.
//!
//! How alike passages are depends on their words only, not on what was joined
//! before: any number of threads look that up, ahead of the one that gives
//! passages their stories. What does not stay in memory lies in temporary
//! files. It is of this run only, for vectors tell how rare words are now.

use super::kept::{Kept, Quick};
use super::passages::{Clue, Passages, read};
use super::scratch::Scratch;
use super::words::{POSTINGS, Spread, Vocabulary, cosine};
use rusqlite::{Connection, params};
use std::collections::BTreeMap;
use std::path::Path;
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
    passages: Scratch,
    /// What was looked up of each article.
    near: Scratch,
    likes: Scratch,
}

/// What is at hand.
struct Drawer {
    passages: Kept<i64, Arc<Passages>>,
    /// Articles in which a word stands, of which the vocabulary has no list.
    postings: Kept<String, Arc<[u32]>>,
}

impl<'a> Shelf<'a> {
    /// An empty shelf, for a store.
    pub fn new(vocabulary: &'a Vocabulary, store: &Path) -> rusqlite::Result<Self> {
        let drawer = Drawer { passages: Kept::new(KEPT), postings: Kept::new(KEPT_WORDS) };
        Ok(Self {
            vocabulary,
            drawer: Mutex::new(drawer),
            passages: Scratch::new(store)?,
            near: Scratch::new(store)?,
            likes: Scratch::new(store)?,
        })
    }

    fn drawer(&self) -> MutexGuard<'_, Drawer> {
        self.drawer.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The passages of an article.
    pub fn of(&self, db: &Connection, article: i64) -> rusqlite::Result<Arc<Passages>> {
        if let Some(known) = self.drawer().passages.get(&article) {
            return Ok(known);
        }
        let passages = match self.passages.get(article)? {
            Some(stored) => Passages::from(stored),
            None => {
                let passages = read(db, self.vocabulary, article)?.0;
                self.passages.put(article, passages.numbers())?;
                passages
            }
        };
        let passages = Arc::new(passages);
        self.drawer().passages.put(article, passages.clone());
        Ok(passages)
    }

    /// Looks up what an article's passages may be like: articles that share
    /// rare words.
    pub fn look_up(&self, db: &Connection, article: i64) -> rusqlite::Result<()> {
        let (passages, clues) = read(db, self.vocabulary, article)?;
        let near = self.near(db, &clues, article)?;
        self.passages.put(article, passages.numbers())?;
        self.near.put(article, &packed(&near))
    }

    /// What each passage of an article is like, enough to be of one story, in
    /// its own article and in those that were looked up.
    pub fn likes(&self, db: &Connection, article: i64) -> rusqlite::Result<Vec<Vec<Like>>> {
        let likes = match self.likes.get(article)? {
            Some(stored) => unpacked(&stored),
            None => {
                let likes = self.compared(db, article)?;
                self.likes.put(article, &packed(&likes))?;
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
        let near: Vec<Vec<[u32; 2]>> =
            self.near.get(article)?.map_or_else(Vec::new, |stored| unpacked(&stored));
        let mut others: BTreeMap<u32, Arc<Passages>> = BTreeMap::new();
        for [other, _] in near.iter().flatten() {
            if !others.contains_key(other) {
                others.insert(*other, self.of(db, (*other).into())?);
            }
        }
        let (mut spread, mut products) = (Spread::default(), Vec::new());
        let mut all = Vec::new();
        for (at, sentence) in own.sentences().iter().enumerate() {
            spread.take(&own.vector(at));
            let mut likes = Vec::new();
            let mut look = |article: u32, passages: &Passages, among: u32| {
                products.clear();
                passages.products(&spread, &mut products);
                for (other, products) in passages.sentences().iter().zip(&products) {
                    let itself = std::ptr::eq(passages, &*own) && other == sentence;
                    if cosine(*products) >= ALIKE && !itself {
                        likes.push([article, *other, *products, among]);
                    }
                }
            };
            look(article as u32, &own, BEFORE | NOW);
            for [other, among] in near.get(at).into_iter().flatten() {
                if let Some(passages) = others.get(other) {
                    look(*other, passages, *among);
                }
            }
            all.push(likes);
        }
        Ok(all)
    }

    /// Articles that share rare words with each passage, those that share most:
    /// among the ones before, and among all.
    fn near(
        &self,
        db: &Connection,
        passages: &[Vec<Clue>],
        article: i64,
    ) -> rusqlite::Result<Vec<Vec<[u32; 2]>>> {
        let mut sums: Quick<u32, f64> = Quick::default();
        let mut all = Vec::new();
        for clues in passages {
            sums.clear();
            for clue in clues {
                let rarity = f64::from(clue.word.rarity);
                let mut count = |found| *sums.entry(found).or_default() += rarity;
                match self.vocabulary.articles(clue.word) {
                    Some(found) => found.for_each(&mut count),
                    None => {
                        self.articles(db, &clue.text)?.iter().for_each(|found| count(*found));
                    }
                }
            }
            sums.remove(&(article as u32));
            all.push(nearest(&sums, article as u32));
        }
        Ok(all)
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

/// An article, and how rare the words are that it shares with another, in all.
type Sum = (u32, f64);

/// Of sums by article those that are most: of the articles before one, and of
/// all.
fn nearest(sums: &Quick<u32, f64>, article: u32) -> Vec<[u32; 2]> {
    let (mut first, after): (Vec<Sum>, Vec<Sum>) =
        sums.iter().map(|(found, sum)| (*found, *sum)).partition(|(found, _)| *found < article);
    let most = |sums: &mut Vec<Sum>| {
        if sums.len() > CANDIDATES {
            sums.select_nth_unstable_by(CANDIDATES, |a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
            sums.truncate(CANDIDATES);
        }
    };
    most(&mut first);
    let mut near: BTreeMap<u32, u32> = first.iter().map(|(found, _)| (*found, BEFORE)).collect();
    // What is not among the first of those before is not among the first of all.
    first.extend(after);
    most(&mut first);
    first.iter().for_each(|(found, _)| *near.entry(*found).or_default() |= NOW);
    near.into_iter().map(|(found, among)| [found, among]).collect()
}

/// Lists as numbers: the length of each, and its numbers.
fn packed<const N: usize>(lists: &[Vec<[u32; N]>]) -> Vec<u32> {
    let mut numbers = Vec::new();
    for list in lists {
        numbers.push(list.len() as u32);
        numbers.extend(list.iter().flatten());
    }
    numbers
}

/// What [`packed`] packed.
fn unpacked<const N: usize>(numbers: &[u32]) -> Vec<Vec<[u32; N]>> {
    let mut lists = Vec::new();
    let mut rest = numbers;
    while let Some((length, after)) = rest.split_first() {
        let (list, after) = after.split_at((*length as usize * N).min(after.len()));
        lists.push(list.as_chunks().0.to_vec());
        rest = after;
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
