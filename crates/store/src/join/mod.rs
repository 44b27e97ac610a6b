//! What is the same across articles: actors, stories, incidents, disputes.
//!
//! An article is joined in two passes. In the first its entities become
//! *actors*, and each passage with an event goes to the *story* whose passages
//! are most like it. When all articles have been through that, the second pass
//! puts each passage again where it fits best, now that all stories are known,
//! and makes *incidents* of the events in one story, and *disputes* of the
//! claims about them. Every step is a transaction and a function of what is in
//! the store, so a run that was killed ends as one that was not.

mod actors;
mod disputes;
mod incidents;
mod stories;
mod words;

use crate::{Store, StoreError};
use disputes::Disputes;
use incidents::Incidents;
use rusqlite::{Connection, OptionalExtension, Transaction};
use stories::Stories;
use words::Vocabulary;
pub(crate) use words::{fold, tokens};

/// Articles of one transaction.
const BATCH: usize = 64;

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
        let count = self.articles()?;
        let vocabulary = Vocabulary::new(count);
        for pass in 0..2 {
            let mut joiner = Joiner {
                stories: Stories::new(&vocabulary),
                incidents: Incidents::default(),
                disputes: Disputes::new(&vocabulary),
            };
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

/// What joins articles in one pass. It remembers what it saw; what is changed
/// in a pass is not among that.
struct Joiner<'a> {
    stories: Stories<'a>,
    incidents: Incidents,
    disputes: Disputes<'a>,
}

impl Joiner<'_> {
    /// Takes some articles through a pass; gives their number.
    fn batch(&mut self, t: &Transaction<'_>, pass: i64) -> rusqlite::Result<u64> {
        let articles: Vec<i64> = t
            .prepare_cached("SELECT id FROM articles WHERE joined = ?1 ORDER BY id LIMIT ?2")?
            .query_map([pass, BATCH as i64], |row| row.get(0))?
            .collect::<Result<_, _>>()?;
        for article in &articles {
            if pass == 0 {
                actors::join(t, *article)?;
                self.stories.join(t, *article)?;
            } else {
                self.stories.join_again(t, *article)?;
                self.incidents.join(t, *article)?;
                self.disputes.join(t, *article)?;
            }
            t.prepare_cached("UPDATE articles SET joined = ?2 WHERE id = ?1")?
                .execute([*article, pass + 1])?;
        }
        Ok(articles.len() as u64)
    }
}

/// Takes an article away from what it was joined to. Its own rows go after
/// this.
pub(crate) fn part(t: &Transaction<'_>, article: i64) -> rusqlite::Result<()> {
    let list = |sql: &str| -> rusqlite::Result<Vec<i64>> {
        t.prepare_cached(sql)?.query_map([article], |row| row.get(0))?.collect()
    };
    let incidents = list("SELECT DISTINCT incident FROM reports WHERE article = ?1")?;
    let actors = list("SELECT DISTINCT actor FROM entities WHERE article = ?1 AND actor NOT NULL")?;
    for table in ["reports", "passages"] {
        t.execute(&format!("DELETE FROM {table} WHERE article = ?1"), [article])?;
    }
    t.execute("UPDATE entities SET actor = NULL WHERE article = ?1", [article])?;
    t.execute("DELETE FROM disputes WHERE article = ?1 OR other_article = ?1", [article])?;
    incidents.iter().try_for_each(|incident| incidents::tidy(t, *incident))?;
    actors.iter().try_for_each(|actor| actors::tidy(t, *actor))
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
