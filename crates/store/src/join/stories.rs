//! Passages with an event, put together by the words around them.
//!
//! A passage goes to the story that it is like on average (average linkage over
//! the story's articles, TF-IDF and cosine), or begins one.

use super::kept::Kept;
use super::passages::{Passage, Passages};
use super::shelf::{ALIKE, Like, Shelf};
use super::value;
use super::words::Spread;
use rusqlite::{Transaction, params};
use std::cell::RefCell;
use std::rc::Rc;

/// Least average likeness to the passages of its own article, when the story
/// has no other.
const ALIKE_AT_HOME: f64 = 0.25;
/// How many stories are looked at closely.
const STORIES: usize = 6;
/// Passages of a story that a new one is compared with.
const COMPARED: i64 = 32;
/// Articles whose stories are kept at hand, of which there may be twice as many.
const KEPT: usize = 1500;

/// Stories of an article's passages, by sentence.
type OfArticle = Rc<RefCell<Vec<(u32, i64)>>>;

/// What finds the story of a passage.
pub(crate) struct Stories<'a> {
    shelf: &'a Shelf<'a>,
    spread: Spread,
    known: Kept<i64, OfArticle>,
}

impl<'a> Stories<'a> {
    pub fn new(shelf: &'a Shelf<'a>) -> Self {
        Self { shelf, spread: Spread::default(), known: Kept::new(KEPT) }
    }

    /// Puts each passage of an article where it fits best, also where it has a
    /// story already: by what it is like among the articles before it or among
    /// all of them.
    pub fn join(
        &mut self,
        t: &Transaction<'_>,
        article: i64,
        likes: &[Vec<Like>],
        among: u32,
    ) -> rusqlite::Result<()> {
        let own = self.shelf.of(t, article)?;
        let stories = self.of_article(t, article)?;
        for (passage, likes) in own.list.iter().zip(likes) {
            let home =
                Home { article, own: &own, passage, story: find(&stories, passage.sentence) };
            let story = match self.best(t, &home, likes, among)? {
                Some(story) => story,
                None => home.alone(t)?,
            };
            if home.story != Some(story) {
                t.prepare_cached(
                    "INSERT INTO passages (article, sentence, story) VALUES (?1, ?2, ?3)
                     ON CONFLICT DO UPDATE SET story = excluded.story",
                )?
                .execute(params![article, passage.sentence, story])?;
                let mut stories = stories.borrow_mut();
                stories.retain(|(sentence, _)| *sentence != passage.sentence);
                stories.push((passage.sentence, story));
            }
        }
        Ok(())
    }

    /// The stories of an article's passages, of those that have any.
    fn of_article(&mut self, t: &Transaction<'_>, article: i64) -> rusqlite::Result<OfArticle> {
        if let Some(known) = self.known.get(&article) {
            return Ok(known);
        }
        let found: Vec<(u32, i64)> = t
            .prepare_cached("SELECT sentence, story FROM passages WHERE article = ?1")?
            .query_map([article], |row| Ok((row.get(0)?, row.get(1)?)))?
            .collect::<Result<_, _>>()?;
        let found = Rc::new(RefCell::new(found));
        self.known.put(article, found.clone());
        Ok(found)
    }

    /// The story that a passage fits best, where it fits one: of the stories of
    /// the passages that are most like it, in its own article and others.
    fn best(
        &mut self,
        t: &Transaction<'_>,
        home: &Home<'_>,
        likes: &[Like],
        among: u32,
    ) -> rusqlite::Result<Option<i64>> {
        let mut alike: Vec<(i64, f64)> = Vec::new();
        for like in likes.iter().filter(|like| like.among & among != 0) {
            let stories = self.of_article(t, like.article)?;
            alike.extend(find(&stories, like.sentence).map(|story| (story, like.likeness)));
        }
        if alike.is_empty() {
            return Ok(None);
        }
        self.spread.take(&home.passage.vector);
        alike.sort_unstable_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        let mut stories: Vec<i64> = Vec::new();
        let mut best: Option<(f64, i64)> = None;
        for (story, likeness) in alike {
            // A passage is on average no more like a story than it is at most.
            if stories.len() == STORIES || best.is_some_and(|(most, _)| most >= likeness) {
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
        let members: Vec<(i64, u32)> = t
            .prepare_cached(
                "SELECT article, sentence FROM passages WHERE story = ?1
                 AND (article <> ?3 OR sentence <> ?4) ORDER BY article, sentence LIMIT ?2",
            )?
            .query_map(params![story, COMPARED, home.article, home.passage.sentence], |row| {
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
    /// The story that it has.
    story: Option<i64>,
}

/// The story of a passage.
fn find(stories: &OfArticle, sentence: u32) -> Option<i64> {
    stories.borrow().iter().find(|(of, _)| *of == sentence).map(|(_, story)| *story)
}

impl Home<'_> {
    /// The story of a passage that fits none: its own, or a new one.
    fn alone(&self, t: &Transaction<'_>) -> rusqlite::Result<i64> {
        if let Some(story) = self.story {
            let sql = "SELECT 1 FROM passages WHERE story = ?1
                       AND (article <> ?2 OR sentence <> ?3) LIMIT 1";
            let others = value::<i64>(t, sql, params![story, self.article, self.passage.sentence])?;
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
