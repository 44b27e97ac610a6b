//! Passages with an event, put together by the words around them.
//!
//! A passage is a sentence with an event, with its neighbours and the headline.
//! It goes to the story that it is like on average (average linkage over the
//! story's articles, TF-IDF and cosine), or begins one.

use super::value;
use super::words::{Vector, Vocabulary, fold, likeness};
use dateline_account::{Span, TextIndex};
use rusqlite::{Transaction, params};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::rc::Rc;

/// Least average likeness of a passage to the articles of its story.
const ALIKE: f64 = 0.18;
/// And to the passages of its own article, when the story has no other.
const ALIKE_AT_HOME: f64 = 0.25;
/// Sentences before and after the event's.
const NEIGHBOURS: i64 = 2;
/// How many rare words look for articles, and how many articles are looked at.
const CLUES: usize = 16;
const CANDIDATES: usize = 24;
/// How many stories are looked at closely.
const STORIES: usize = 6;
/// A clue leads to no more articles than this.
const POSTINGS: i64 = 400;
/// Passages of a story that a new one is compared with.
const COMPARED: i64 = 32;
/// Passages and texts kept at hand.
const KEPT: usize = 4096;

/// What finds the story of a passage.
pub(crate) struct Stories<'a> {
    vocabulary: &'a Vocabulary,
    passages: HashMap<(i64, i64), Rc<Passage>>,
    /// Articles in which a word stands.
    postings: HashMap<String, Rc<Vec<i64>>>,
}

/// A passage's words, and its article's day as a number of days.
struct Passage {
    folded: String,
    vector: Vector,
    day: Option<i64>,
}

impl<'a> Stories<'a> {
    pub fn new(vocabulary: &'a Vocabulary) -> Self {
        Self { vocabulary, passages: HashMap::new(), postings: HashMap::new() }
    }

    /// Gives each passage of an article its story.
    pub fn join(&mut self, t: &Transaction<'_>, article: i64) -> rusqlite::Result<()> {
        let sentences: Vec<i64> = t
            .prepare_cached(
                "SELECT DISTINCT sentence FROM events
                 WHERE article = ?1 AND modality IN ('actual', 'ongoing') ORDER BY sentence",
            )?
            .query_map([article], |row| row.get(0))?
            .collect::<Result<_, _>>()?;
        sentences.into_iter().try_for_each(|sentence| self.put(t, article, sentence))
    }

    /// Puts each passage of an article again where it fits best.
    pub fn join_again(&mut self, t: &Transaction<'_>, article: i64) -> rusqlite::Result<()> {
        let sentences: Vec<i64> = t
            .prepare_cached("SELECT sentence FROM passages WHERE article = ?1 ORDER BY sentence")?
            .query_map([article], |row| row.get(0))?
            .collect::<Result<_, _>>()?;
        for sentence in sentences {
            t.prepare_cached("DELETE FROM passages WHERE article = ?1 AND sentence = ?2")?
                .execute([article, sentence])?;
            self.put(t, article, sentence)?;
        }
        Ok(())
    }

    fn put(&mut self, t: &Transaction<'_>, article: i64, sentence: i64) -> rusqlite::Result<()> {
        let passage = self.passage(t, article, sentence)?;
        let mut best: Option<(f64, i64)> = None;
        for story in self.candidates(t, article, &passage)? {
            if let Some(score) = self.score(t, article, &passage, story)?
                && best.is_none_or(|(most, _)| score > most)
            {
                best = Some((score, story));
            }
        }
        let story = match best {
            Some((_, story)) => story,
            None => {
                let last = value::<i64>(t, "SELECT max(story) FROM passages", [])?;
                // An incident may outlive its story's passages.
                let other = value::<i64>(t, "SELECT max(story) FROM incidents", [])?;
                last.max(other).unwrap_or(0) + 1
            }
        };
        t.prepare_cached("INSERT INTO passages (article, sentence, story) VALUES (?1, ?2, ?3)")?
            .execute([article, sentence, story])?;
        Ok(())
    }

    /// Stories of the passages most like this one, in articles that share rare
    /// words with it, and in its own.
    fn candidates(
        &mut self,
        t: &Transaction<'_>,
        article: i64,
        passage: &Passage,
    ) -> rusqlite::Result<BTreeSet<i64>> {
        let mut articles: BTreeMap<i64, f64> = BTreeMap::new();
        for (word, rarity) in self.vocabulary.rarest(t, &passage.folded, CLUES)? {
            for found in self.articles(t, &word)?.iter() {
                *articles.entry(*found).or_default() += rarity;
            }
        }
        articles.remove(&article);
        let mut articles: Vec<(i64, f64)> = articles.into_iter().collect();
        articles.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        let near = articles.iter().take(CANDIDATES).map(|(article, _)| *article);
        let mut stories: BTreeMap<i64, f64> = BTreeMap::new();
        for near in near.chain([article]) {
            let passages: Vec<(i64, i64)> = t
                .prepare_cached("SELECT sentence, story FROM passages WHERE article = ?1")?
                .query_map([near], |row| Ok((row.get(0)?, row.get(1)?)))?
                .collect::<Result<_, _>>()?;
            for (sentence, story) in passages {
                let other = self.passage(t, near, sentence)?;
                let likeness = likeness(&passage.vector, &other.vector);
                let most = stories.entry(story).or_default();
                *most = most.max(likeness);
            }
        }
        let mut stories: Vec<(i64, f64)> = stories.into_iter().collect();
        stories.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        Ok(stories.into_iter().take(STORIES).map(|(story, _)| story).collect())
    }

    /// The articles in which a word stands, not too many of them.
    fn articles(&mut self, t: &Transaction<'_>, word: &str) -> rusqlite::Result<Rc<Vec<i64>>> {
        if let Some(known) = self.postings.get(word) {
            return Ok(known.clone());
        }
        let found: Vec<i64> = t
            .prepare_cached(
                "SELECT rowid FROM article_words WHERE article_words MATCH ?1 LIMIT ?2",
            )?
            .query_map(params![format!("\"{word}\""), POSTINGS], |row| row.get(0))?
            .collect::<Result<_, _>>()?;
        let found = Rc::new(found);
        if self.postings.len() >= KEPT {
            self.postings.clear();
        }
        self.postings.insert(word.to_owned(), found.clone());
        Ok(found)
    }

    /// How well a passage fits a story, where it does: the average over the
    /// story's articles of the likeness to the most alike passage of each.
    fn score(
        &mut self,
        t: &Transaction<'_>,
        article: i64,
        passage: &Passage,
        story: i64,
    ) -> rusqlite::Result<Option<f64>> {
        let members: Vec<(i64, i64)> = t
            .prepare_cached(
                "SELECT article, sentence FROM passages WHERE story = ?1
                 ORDER BY article, sentence LIMIT ?2",
            )?
            .query_map([story, COMPARED], |row| Ok((row.get(0)?, row.get(1)?)))?
            .collect::<Result<_, _>>()?;
        let mut best: BTreeMap<i64, f64> = BTreeMap::new();
        for (other, sentence) in members {
            let member = self.passage(t, other, sentence)?;
            let likeness = likeness(&passage.vector, &member.vector) * nearness(passage, &member);
            let most = best.entry(other).or_default();
            *most = most.max(likeness);
        }
        let home = best.remove(&article);
        if best.is_empty() {
            return Ok(home.filter(|home| *home >= ALIKE_AT_HOME));
        }
        let average = best.values().sum::<f64>() / best.len() as f64;
        Ok((average >= ALIKE).then_some(average))
    }

    fn passage(
        &mut self,
        t: &Transaction<'_>,
        article: i64,
        sentence: i64,
    ) -> rusqlite::Result<Rc<Passage>> {
        if let Some(known) = self.passages.get(&(article, sentence)) {
            return Ok(known.clone());
        }
        let span = |(first, last): (i64, i64)| Span::new(first as u32, last as u32);
        let (title, text, day): (Option<String>, String, Option<i64>) = t
            .prepare_cached(
                "SELECT title, text, CAST(julianday(day) AS INTEGER) FROM articles WHERE id = ?1",
            )?
            .query_row([article], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
        let (first, last): (i64, i64) = t
            .prepare_cached(
                "SELECT min(first), max(last) FROM sentences
                 WHERE article = ?1 AND n BETWEEN ?2 AND ?3",
            )?
            .query_row([article, sentence - NEIGHBOURS, sentence + NEIGHBOURS], |row| {
                Ok((row.get(0)?, row.get(1)?))
            })?;
        let around = TextIndex::new(&text).slice(&text, span((first, last))).to_owned();
        let folded = fold(&format!("{} {around}", title.unwrap_or_default()));
        let vector = self.vocabulary.vector(t, &folded)?;
        let passage = Rc::new(Passage { folded, vector, day });
        if self.passages.len() >= KEPT {
            self.passages.clear();
        }
        self.passages.insert((article, sentence), passage.clone());
        Ok(passage)
    }
}

/// Reports of one thing come within days; what comes much later, in the same
/// words, is more often another of its kind.
fn nearness(a: &Passage, b: &Passage) -> f64 {
    match a.day.zip(b.day).map(|(a, b)| a.abs_diff(b)) {
        None | Some(..=3) => 1.0,
        Some(4..=10) => 0.75,
        Some(_) => 0.5,
    }
}
