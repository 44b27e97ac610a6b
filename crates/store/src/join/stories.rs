//! Passages with an event, put together by the words around them.
//!
//! A passage goes to the story that it is like on average (average linkage over
//! the story's articles, TF-IDF and cosine), or begins one.

use super::kept::{Kept, Quick};
use super::passages::Passages;
use super::shelf::{ALIKE, Like, Shelf};
use super::value;
use super::words::{Spread, cosine};
use rusqlite::{Transaction, params};
use std::cell::RefCell;
use std::rc::Rc;

/// Least average likeness to the passages of its own article, when the story
/// has no other.
const ALIKE_AT_HOME: f64 = 0.25;
/// How many stories are looked at closely.
const STORIES: usize = 6;
/// Passages of a story that a new one is compared with.
const COMPARED: usize = 32;
/// Articles whose stories are kept at hand, and stories whose passages are, of
/// which there may be twice as many.
const KEPT: usize = 2500;
const KEPT_STORIES: usize = 1500;

/// Stories of an article's passages, by sentence.
type OfArticle = Rc<RefCell<Vec<(u32, i64)>>>;

/// The first passages of a story, articles and sentences, one more than are
/// compared; of a story that has no more than these, all.
type Members = Rc<RefCell<Vec<(i64, u32)>>>;

/// What finds the story of a passage.
pub(crate) struct Stories<'a> {
    shelf: &'a Shelf<'a>,
    known: Kept<i64, OfArticle>,
    members: Kept<i64, Members>,
    /// The passage that looks for its story, its words spread out.
    spread: Spread,
    /// How alike it is to all passages of articles, in products of weights, and
    /// where those of which article begin.
    products: Vec<u32>,
    compared: Quick<i64, usize>,
}

impl<'a> Stories<'a> {
    pub fn new(shelf: &'a Shelf<'a>) -> Self {
        Self {
            shelf,
            known: Kept::new(KEPT),
            members: Kept::new(KEPT_STORIES),
            spread: Spread::default(),
            products: Vec::new(),
            compared: Quick::default(),
        }
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
        for ((at, sentence), likes) in own.sentences().iter().enumerate().zip(likes) {
            let story = find(&stories, *sentence);
            let home = Home { article, own: &own, at, sentence: *sentence, story };
            let story = match self.best(t, &home, likes, among)? {
                Some(story) => story,
                None => self.alone(t, &home)?,
            };
            if home.story != Some(story) {
                self.put(t, &home, story)?;
                let mut stories = stories.borrow_mut();
                stories.retain(|(of, _)| of != sentence);
                stories.push((*sentence, story));
            }
        }
        Ok(())
    }

    /// Puts a passage into a story instead of that which it had.
    fn put(&mut self, t: &Transaction<'_>, home: &Home<'_>, story: i64) -> rusqlite::Result<()> {
        t.prepare_cached(
            "INSERT INTO passages (article, sentence, story) VALUES (?1, ?2, ?3)
             ON CONFLICT DO UPDATE SET story = excluded.story",
        )?
        .execute(params![home.article, home.sentence, story])?;
        let passage = (home.article, home.sentence);
        if let Some(left) = home.story
            && let Some(members) = self.members.get(&left)
        {
            let mut members = members.borrow_mut();
            if members.len() > COMPARED {
                // There may be others after these.
                self.members.forget(&left);
            } else {
                members.retain(|member| *member != passage);
            }
        }
        if let Some(members) = self.members.get(&story) {
            let mut members = members.borrow_mut();
            let at = members.partition_point(|member| *member < passage);
            members.insert(at, passage);
            members.truncate(COMPARED + 1);
        }
        Ok(())
    }

    /// The first passages of a story.
    fn members(&mut self, t: &Transaction<'_>, story: i64) -> rusqlite::Result<Members> {
        if let Some(known) = self.members.get(&story) {
            return Ok(known);
        }
        let found: Vec<(i64, u32)> = t
            .prepare_cached(
                "SELECT article, sentence FROM passages WHERE story = ?1
                 ORDER BY article, sentence LIMIT ?2",
            )?
            .query_map(params![story, COMPARED as i64 + 1], |row| Ok((row.get(0)?, row.get(1)?)))?
            .collect::<Result<_, _>>()?;
        let found = Rc::new(RefCell::new(found));
        self.members.put(story, found.clone());
        Ok(found)
    }

    /// The stories of an article's passages by sentence, in the order of
    /// sentences.
    pub fn of(&mut self, t: &Transaction<'_>, article: i64) -> rusqlite::Result<Vec<(u32, i64)>> {
        let mut stories = self.of_article(t, article)?.borrow().clone();
        stories.sort_unstable();
        Ok(stories)
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
        self.spread.take(&home.own.vector(home.at));
        self.products.clear();
        self.compared.clear();
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
        let members = self.members(t, story)?;
        let members = members.borrow();
        let others = members.iter().filter(|member| !home.is(member)).take(COMPARED);
        let others: Vec<(i64, u32)> = others.copied().collect();
        let (mut sum, mut count, mut at_home) = (0.0, 0, None);
        for of_article in others.chunk_by(|a, b| a.0 == b.0) {
            let article = of_article[0].0;
            let passages =
                if article == home.article { None } else { Some(self.shelf.of(t, article)?) };
            let passages = passages.as_deref().unwrap_or(home.own);
            let begin = *self.compared.entry(article).or_insert_with(|| {
                let begin = self.products.len();
                passages.products(&self.spread, &mut self.products);
                begin
            });
            let near = nearness(home.own.day(), passages.day());
            let alike = of_article.iter().filter_map(|(_, sentence)| {
                let products = self.products.get(begin + passages.around(*sentence)?)?;
                Some(cosine(*products) * near)
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

    /// The story of a passage that fits none: its own, or a new one.
    fn alone(&mut self, t: &Transaction<'_>, home: &Home<'_>) -> rusqlite::Result<i64> {
        if let Some(story) = home.story
            && self.members(t, story)?.borrow().iter().all(|member| home.is(member))
        {
            return Ok(story);
        }
        let last = value::<i64>(t, "SELECT max(story) FROM passages", [])?;
        // An incident may outlive its story's passages.
        let other = value::<i64>(t, "SELECT max(story) FROM incidents", [])?;
        Ok(last.max(other).unwrap_or(0) + 1)
    }
}

/// A passage that looks for its story.
struct Home<'a> {
    article: i64,
    own: &'a Passages,
    /// Its number among them.
    at: usize,
    sentence: u32,
    /// The story that it has.
    story: Option<i64>,
}

impl Home<'_> {
    fn is(&self, member: &(i64, u32)) -> bool {
        *member == (self.article, self.sentence)
    }
}

/// The story of a passage.
fn find(stories: &OfArticle, sentence: u32) -> Option<i64> {
    stories.borrow().iter().find(|(of, _)| *of == sentence).map(|(_, story)| *story)
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
