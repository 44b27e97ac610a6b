//! What is the same across articles: actors, stories, incidents, disputes.
//!
//! When an article is added its entities become *actors*, and it is linked to
//! the article that it reprints, if it does. Then several threads look up what
//! its passages are like, and one joins it to the others in two passes. In the
//! first, each passage with an event goes to the *story* whose passages are most
//! like it. When all articles have been through that, the second pass puts each
//! passage again where it fits best, now that all stories are known, and makes
//! *incidents* of the events in one story, and *disputes* of the claims about
//! them, but not of those of a reprint. Every step is a transaction and a
//! function of what is in the store, so a run that was killed ends as one that
//! was not.
//!
//! What is kept at hand is bounded, and only there to save time.

pub(crate) mod actors;
pub(crate) mod counted;
mod disputes;
mod facts;
mod hands;
mod incidents;
mod kept;
mod lists;
mod passages;
mod scratch;
mod shelf;
mod stories;
mod words;

use crate::{Store, StoreError};
use actors::Gone;
use disputes::{Claim, Disputes};
use hands::Hands;
use incidents::{Incidents, Report};
use rusqlite::{Connection, OptionalExtension, Transaction};
use shelf::{BEFORE, NOW, Shelf};
use stories::Stories;
use words::Vocabulary;
pub(crate) use words::{fold, number, tokens};

/// Articles of one transaction.
const BATCH: i64 = 512;

impl Store {
    /// How many steps [`Store::join`] has still to go, two an article.
    ///
    /// # Errors
    /// [`StoreError`] where the store cannot be read.
    pub fn unjoined(&self) -> Result<u64, StoreError> {
        let sql = "SELECT coalesce(sum(2 - joined), 0) FROM articles WHERE joined < 2";
        let left = self.db.query_row(sql, [], |row| row.get::<_, i64>(0));
        left.map(i64::unsigned_abs).map_err(|e| self.error(e))
    }

    /// Joins all articles that are not joined yet to the others; `step` is told
    /// after every batch how many steps were done. Only what the new articles
    /// concern is touched.
    ///
    /// # Errors
    /// [`StoreError`]; what was joined until then stays so.
    pub fn join(&mut self, mut step: impl FnMut(u64)) -> Result<(), StoreError> {
        let (articles, new) = (self.articles()?, self.unjoined()? / 2);
        if self.unjoined()? == 0 {
            return Ok(());
        }
        let vocabulary = Vocabulary::new(&self.db, articles, new).map_err(|e| self.error(e))?;
        let shelf = Shelf::new(&vocabulary, &self.path).map_err(|e| self.error(e))?;
        let mut hands = Hands::of(self)?;
        let mut last = Some(0);
        while let Some(after) = last {
            last = self.write(|t| look_up(t, &mut hands, &shelf, after))?;
        }
        let (stories, disputes) = (Stories::new(&shelf), Disputes::new(&vocabulary));
        let (incidents, version) = (Incidents::new(), None);
        let mut joiner = Joiner { hands, shelf: &shelf, stories, incidents, disputes, version };
        for pass in 0..2 {
            loop {
                let done = self.write(|t| joiner.batch(t, pass))?;
                if done == 0 {
                    break;
                }
                step(done);
            }
        }
        Ok(())
    }
}

/// Looks up what some of the articles that are not joined may be like, those
/// after one; gives the last of them, or nothing when there are none.
fn look_up(
    t: &Transaction<'_>,
    hands: &mut Hands,
    shelf: &Shelf<'_>,
    after: i64,
) -> rusqlite::Result<Option<i64>> {
    let articles: Vec<i64> = t
        .prepare_cached(
            "SELECT id FROM articles WHERE joined < 2 AND id > ?1 ORDER BY id LIMIT ?2",
        )?
        .query_map([after, BATCH], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    hands.each(t, &articles, |db, article| shelf.look_up(db, article), |_, ()| Ok(()))?;
    Ok(articles.last().copied())
}

/// What joins articles.
struct Joiner<'a> {
    hands: Hands,
    shelf: &'a Shelf<'a>,
    stories: Stories<'a>,
    incidents: Incidents,
    disputes: Disputes<'a>,
    /// Changes when another process changes the store.
    version: Option<i64>,
}

impl Joiner<'_> {
    /// Takes some articles through a pass; gives their number.
    fn batch(&mut self, t: &Transaction<'_>, pass: i64) -> rusqlite::Result<u64> {
        let version = Some(t.pragma_query_value(None, "data_version", |row| row.get(0))?);
        if self.version != version {
            // What was kept of stories and incidents may not be so any more.
            self.version = version;
            (self.stories, self.incidents) = (Stories::new(self.shelf), Incidents::new());
        }
        let found: Vec<(i64, bool)> = t
            .prepare_cached(
                "SELECT id, copy_of IS NOT NULL FROM articles
                 WHERE joined < 2 AND joined = ?1 ORDER BY id LIMIT ?2",
            )?
            .query_map([pass, BATCH], |row| Ok((row.get(0)?, row.get(1)?)))?
            .collect::<Result<_, _>>()?;
        let (articles, copies): (Vec<i64>, Vec<bool>) = found.into_iter().unzip();
        let Self { hands, shelf, stories, incidents, disputes, .. } = self;
        let mut copies = copies.into_iter();
        let vocabulary = disputes.vocabulary();
        let known = |db: &Connection, article| {
            let likes = shelf.likes(db, article)?;
            let things = (pass > 0).then(|| Things::of(db, vocabulary, article)).transpose()?;
            Ok((likes, things))
        };
        hands.each(t, &articles, known, |article, (likes, things)| {
            let copy = copies.next().unwrap_or_default();
            stories.join(t, article, &likes, if pass == 0 { BEFORE } else { NOW })?;
            if let Some(Things { reports, claims }) = things {
                let stories = stories.of(t, article)?;
                incidents.join(t, article, reports, &stories)?;
                if !copy {
                    disputes.join(t, article, claims, &stories)?;
                }
            }
            t.prepare_cached("UPDATE articles SET joined = ?2 WHERE id = ?1")?
                .execute([article, pass + 1])
                .map(drop)
        })?;
        Ok(articles.len() as u64)
    }
}

/// What is joined of an article, which does not depend on what was joined
/// before.
struct Things {
    reports: Vec<Report>,
    claims: Vec<Claim>,
}

impl Things {
    fn of(db: &Connection, vocabulary: &Vocabulary, article: i64) -> rusqlite::Result<Self> {
        let (reports, claims) =
            (incidents::reports(db, article)?, disputes::claims(db, vocabulary, article)?);
        Ok(Self { reports, claims })
    }
}

/// Takes an article half away from what it was joined to, so that the next
/// [`Store::join`] makes its incidents and disputes anew.
pub(crate) fn again(t: &Transaction<'_>, article: i64) -> rusqlite::Result<()> {
    incidents::part(t, article)?;
    t.execute("UPDATE articles SET joined = min(joined, 1) WHERE id = ?1", [article]).map(drop)
}

/// Takes an article away from what it was joined to. Its own rows go after
/// this.
pub(crate) fn part(t: &Transaction<'_>, article: i64) -> rusqlite::Result<()> {
    incidents::part(t, article)?;
    let actors: Vec<Gone> = t
        .prepare_cached(
            "SELECT actor, name, roles FROM entities WHERE article = ?1 AND actor NOT NULL",
        )?
        .query_map([article], |row| {
            Ok(Gone { actor: row.get(0)?, name: row.get(1)?, roles: row.get(2)? })
        })?
        .collect::<Result<_, _>>()?;
    t.execute("DELETE FROM passages WHERE article = ?1", [article])?;
    t.execute("UPDATE entities SET actor = NULL WHERE article = ?1", [article])?;
    t.execute("DELETE FROM disputes WHERE article = ?1 OR other_article = ?1", [article])?;
    actors.iter().try_for_each(|gone| actors::tidy(t, gone))
}

/// One value, or nothing where there is no row.
fn value<T: rusqlite::types::FromSql>(
    db: &Connection,
    sql: &str,
    parameters: impl rusqlite::Params,
) -> rusqlite::Result<Option<T>> {
    let row = db.prepare_cached(sql)?.query_row(parameters, |row| row.get(0)).optional();
    Ok(row?.flatten())
}
