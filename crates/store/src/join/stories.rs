//! Passages with an event, put together by the words around them.
//!
//! A passage goes to the story that it is like on average (average linkage over
//! the story's articles, TF-IDF and cosine), or begins one.

use super::kept::Kept;
use super::passages::{Clue, Passage, Passages, Shelf};
use super::value;
use super::words::{POSTINGS, Spread, Vocabulary};
use rusqlite::{Connection, Transaction, params};
use std::collections::HashMap;
use std::rc::Rc;

/// Least average likeness of a passage to the articles of its story.
const ALIKE: f64 = 0.18;
/// And to the passages of its own article, when the story has no other.
const ALIKE_AT_HOME: f64 = 0.25;
/// How many articles with the same rare words are looked at.
const CANDIDATES: usize = 24;
/// How many stories are looked at closely.
const STORIES: usize = 6;
/// Passages of a story that a new one is compared with.
const COMPARED: i64 = 32;
/// Words whose articles are kept at hand, of which there may be twice as many.
const KEPT: usize = 1000;

/// What finds the story of a passage.
pub(crate) struct Stories<'a> {
    shelf: Shelf<'a>,
    spread: Spread,
    vocabulary: &'a Vocabulary,
    /// Articles in which a word stands, of which the vocabulary has no list.
    postings: Kept<String, Rc<[u32]>>,
}

impl<'a> Stories<'a> {
    pub fn new(db: &Connection, vocabulary: &'a Vocabulary) -> rusqlite::Result<Self> {
        let shelf = Shelf::new(db, vocabulary)?;
        Ok(Self { shelf, spread: Spread::default(), vocabulary, postings: Kept::new(KEPT) })
    }

    /// Puts each passage of an article where it fits best, also where it has a
    /// story already. `last` is the last article that may have any.
    pub fn join(&mut self, t: &Transaction<'_>, article: i64, last: i64) -> rusqlite::Result<()> {
        let (own, clues) = self.shelf.with_clues(t, article)?;
        for (passage, clues) in own.list.iter().zip(&clues) {
            let home = Home { article, own: &own, passage };
            let near = self.candidates(t, clues, article, last)?;
            let story = match self.best(t, &home, &near)? {
                Some(story) => story,
                None => home.alone(t)?,
            };
            if story != passage.story.get() {
                t.prepare_cached(
                    "INSERT INTO passages (article, sentence, story) VALUES (?1, ?2, ?3)
                     ON CONFLICT DO UPDATE SET story = excluded.story",
                )?
                .execute([article, passage.sentence, story])?;
                passage.story.set(story);
            }
        }
        Ok(())
    }

    /// Articles that share rare words, those that share most first.
    fn candidates(
        &mut self,
        t: &Transaction<'_>,
        clues: &[Clue],
        article: i64,
        last: i64,
    ) -> rusqlite::Result<Vec<i64>> {
        let mut sums: HashMap<u32, f64> = HashMap::new();
        for clue in clues {
            let rarity = f64::from(clue.word.rarity);
            let looked_up;
            let found = match self.vocabulary.articles(clue.word) {
                Some(found) => found,
                None => {
                    looked_up = self.articles(t, &clue.text)?;
                    &looked_up
                }
            };
            let earlier = found.iter().copied().take_while(|found| i64::from(*found) <= last);
            earlier.for_each(|found| *sums.entry(found).or_default() += rarity);
        }
        let mut sums: Vec<(i64, f64)> =
            sums.into_iter().map(|(found, sum)| (found.into(), sum)).collect();
        sums.retain(|(found, _)| *found != article);
        let most_first = |a: &(i64, f64), b: &(i64, f64)| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0));
        if sums.len() > CANDIDATES {
            sums.select_nth_unstable_by(CANDIDATES, most_first);
            sums.truncate(CANDIDATES);
        }
        Ok(sums.into_iter().map(|(found, _)| found).collect())
    }

    /// The articles in which a word stands, not too many of them.
    fn articles(&mut self, t: &Transaction<'_>, word: &str) -> rusqlite::Result<Rc<[u32]>> {
        if let Some(known) = self.postings.get(word) {
            return Ok(known);
        }
        let found: Rc<[u32]> = t
            .prepare_cached(
                "SELECT rowid FROM article_words WHERE article_words MATCH ?1 LIMIT ?2",
            )?
            .query_map(params![format!("\"{word}\""), POSTINGS as i64], |row| row.get(0))?
            .collect::<Result<_, _>>()?;
        self.postings.put(word.to_owned(), found.clone());
        Ok(found)
    }

    /// The story that a passage fits best, where it fits one: of the stories of
    /// the passages that are most like it, in its own article and others.
    fn best(
        &mut self,
        t: &Transaction<'_>,
        home: &Home<'_>,
        near: &[i64],
    ) -> rusqlite::Result<Option<i64>> {
        self.spread.take(&home.passage.vector);
        let mut alike: Vec<(i64, f64)> = Vec::new();
        let mut look = |spread: &Spread, passages: &Passages| {
            for other in &passages.list {
                if other.story.get() != 0 && !std::ptr::eq(other, home.passage) {
                    alike.push((other.story.get(), spread.likeness(&other.vector)));
                }
            }
        };
        look(&self.spread, home.own);
        for article in near {
            look(&self.spread, &*self.shelf.of(t, *article)?);
        }
        alike.sort_unstable_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        let mut stories: Vec<i64> = Vec::new();
        let mut best: Option<(f64, i64)> = None;
        for (story, likeness) in alike {
            // A passage is on average no more like a story than it is at most.
            if likeness < ALIKE
                || stories.len() == STORIES
                || best.is_some_and(|(most, _)| most >= likeness)
            {
                break;
            }
            if stories.contains(&story) {
                continue;
            }
            stories.push(story);
            if let Some(score) = self.score(t, home, story)?
                && best.is_none_or(|(most, _)| score > most)
            {
                best = Some((score, story));
            }
        }
        Ok(best.map(|(_, story)| story))
    }

    /// How well a passage fits a story, where it does: the average over the
    /// story's articles of the likeness to the most alike passage of each.
    fn score(
        &mut self,
        t: &Transaction<'_>,
        home: &Home<'_>,
        story: i64,
    ) -> rusqlite::Result<Option<f64>> {
        let members: Vec<(i64, i64)> = t
            .prepare_cached(
                "SELECT article, sentence FROM passages WHERE story = ?1
                 AND (article <> ?3 OR sentence <> ?4) ORDER BY article, sentence LIMIT ?2",
            )?
            .query_map([story, COMPARED, home.article, home.passage.sentence], |row| {
                Ok((row.get(0)?, row.get(1)?))
            })?
            .collect::<Result<_, _>>()?;
        let (mut sum, mut count, mut at_home) = (0.0, 0, None);
        for of_article in members.chunk_by(|a, b| a.0 == b.0) {
            let article = of_article[0].0;
            let passages =
                if article == home.article { None } else { Some(self.shelf.of(t, article)?) };
            let passages = passages.as_deref().unwrap_or(home.own);
            let near = nearness(home.own.day, passages.day);
            let alike = of_article.iter().filter_map(|(_, sentence)| {
                let other = passages.around(*sentence)?;
                Some(self.spread.likeness(&other.vector) * near)
            });
            let most = alike.fold(0.0, f64::max);
            if article == home.article {
                at_home = Some(most);
            } else {
                sum += most;
                count += 1;
            }
        }
        if count == 0 {
            return Ok(at_home.filter(|most| *most >= ALIKE_AT_HOME));
        }
        let average = sum / f64::from(count);
        Ok((average >= ALIKE).then_some(average))
    }
}

/// A passage that looks for its story.
struct Home<'a> {
    article: i64,
    own: &'a Passages,
    passage: &'a Passage,
}

impl Home<'_> {
    /// The story of a passage that fits none: its own, or a new one.
    fn alone(&self, t: &Transaction<'_>) -> rusqlite::Result<i64> {
        let story = self.passage.story.get();
        if story != 0 {
            let sql = "SELECT 1 FROM passages WHERE story = ?1
                       AND (article <> ?2 OR sentence <> ?3) LIMIT 1";
            let others = value::<i64>(t, sql, [story, self.article, self.passage.sentence])?;
            if others.is_none() {
                return Ok(story);
            }
        }
        let last = value::<i64>(t, "SELECT max(story) FROM passages", [])?;
        // An incident may outlive its story's passages.
        let other = value::<i64>(t, "SELECT max(story) FROM incidents", [])?;
        Ok(last.max(other).unwrap_or(0) + 1)
    }
}

/// Reports of one thing come within days; what comes much later, in the same
/// words, is more often another of its kind.
fn nearness(a: Option<i64>, b: Option<i64>) -> f64 {
    match a.zip(b).map(|(a, b)| a.abs_diff(b)) {
        None | Some(..=3) => 1.0,
        Some(4..=10) => 0.75,
        Some(_) => 0.5,
    }
}
