//! One thing by its number, and how much there is.

use super::{ActorRow, ClaimRow, DisputeRow, EventRow, IncidentRow};
use super::{actors, claims, events, incidents};
use crate::{Store, StoreError};
use rusqlite::{Connection, OptionalExtension};
use schemars::JsonSchema;
use serde::Serialize;
use std::collections::BTreeSet;
use std::fmt;

/// How much is in a store.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Size {
    /// Articles.
    pub articles: i64,
    /// Claims in them.
    pub claims: i64,
    /// Events in them.
    pub events: i64,
    /// People, bodies, groups and places across them.
    pub actors: i64,
    /// Incidents across them.
    pub incidents: i64,
    /// Pairs of claims that contradict each other.
    pub disputes: i64,
    /// Day of the first article.
    pub first: Option<String>,
    /// Day of the last article.
    pub last: Option<String>,
}

/// Stops a question that takes too long, from another thread.
pub struct Interrupter(rusqlite::InterruptHandle);

impl Interrupter {
    /// The question that is being answered ends with an error.
    pub fn interrupt(&self) {
        self.0.interrupt();
    }
}

impl fmt::Debug for Interrupter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Interrupter")
    }
}

impl Store {
    /// How much there is.
    ///
    /// # Errors
    /// [`StoreError`] where the store cannot be read, as of all here.
    pub fn size(&self) -> Result<Size, StoreError> {
        let sql = "SELECT (SELECT count(*) FROM articles), (SELECT count(*) FROM claims),
                          (SELECT count(*) FROM events), (SELECT count(*) FROM actors),
                          (SELECT count(*) FROM incidents), (SELECT count(*) FROM disputes),
                          (SELECT min(day) FROM articles), (SELECT max(day) FROM articles)";
        let size = self.db.prepare_cached(sql).and_then(|mut find| {
            find.query_row([], |row| {
                Ok(Size {
                    articles: row.get(0)?,
                    claims: row.get(1)?,
                    events: row.get(2)?,
                    actors: row.get(3)?,
                    incidents: row.get(4)?,
                    disputes: row.get(5)?,
                    first: row.get(6)?,
                    last: row.get(7)?,
                })
            })
        });
        size.map_err(|e| self.error(e))
    }

    /// A number that changes when somebody else has changed the store, as this
    /// connection sees it.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn edition(&self) -> Result<i64, StoreError> {
        let number = self.db.pragma_query_value(None, "data_version", |row| row.get(0));
        number.map_err(|e| self.error(e))
    }

    /// What stops this store's questions.
    pub fn interrupter(&self) -> Interrupter {
        Interrupter(self.db.get_interrupt_handle())
    }

    /// A claim by the key of its article and its number there.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn claim(&self, article: &str, n: i64) -> Result<Option<ClaimRow>, StoreError> {
        let found = row(&self.db, article).and_then(|row| match row {
            Some(row) => claims::claim(&self.db, row, n),
            None => Ok(None),
        });
        found.map_err(|e| self.error(e))
    }

    /// An event by the key of its article and its number there.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn event(&self, article: &str, n: i64) -> Result<Option<EventRow>, StoreError> {
        let found = row(&self.db, article).and_then(|row| match row {
            Some(row) => events::event(&self.db, row, n),
            None => Ok(None),
        });
        found.map_err(|e| self.error(e))
    }

    /// An actor by row.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn actor(&self, id: i64) -> Result<Option<ActorRow>, StoreError> {
        actors::actor(&self.db, id).map_err(|e| self.error(e))
    }

    /// An incident by row.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn incident(&self, id: i64) -> Result<Option<IncidentRow>, StoreError> {
        incidents::incident(&self.db, id).map_err(|e| self.error(e))
    }

    /// A dispute by row.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn dispute(&self, id: i64) -> Result<Option<DisputeRow>, StoreError> {
        dispute(&self.db, id).map_err(|e| self.error(e))
    }

    /// The disputes over an incident, the surest first.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn disputes_over(&self, incident: i64) -> Result<Vec<DisputeRow>, StoreError> {
        disputes_over(&self.db, incident).map_err(|e| self.error(e))
    }

    /// Incidents that more than one article reports, those of the newest
    /// articles first.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn shared_incidents(&self, limit: usize) -> Result<Vec<IncidentRow>, StoreError> {
        shared(&self.db, limit).map_err(|e| self.error(e))
    }
}

/// The row of an article's key.
pub(super) fn row(db: &Connection, key: &str) -> rusqlite::Result<Option<i64>> {
    db.prepare_cached("SELECT id FROM articles WHERE key = ?1")?
        .query_row([key], |row| row.get(0))
        .optional()
}

/// The key of an article's row.
pub(super) fn key(db: &Connection, row: i64) -> rusqlite::Result<Option<String>> {
    db.prepare_cached("SELECT key FROM articles WHERE id = ?1")?
        .query_row([row], |row| row.get(0))
        .optional()
}

fn dispute(db: &Connection, id: i64) -> rusqlite::Result<Option<DisputeRow>> {
    let sql = "SELECT article, claim, other_article, other_claim, incident, score
               FROM disputes WHERE id = ?1";
    let found = db.prepare_cached(sql)?.query_row([id], |row| {
        let claim = claims::claim(db, row.get(0)?, row.get(1)?)?;
        let other = claims::claim(db, row.get(2)?, row.get(3)?)?;
        let (incident, score) = (row.get(4)?, row.get(5)?);
        let both = claim.zip(other);
        Ok(both.map(|(claim, other)| DisputeRow { id, score, incident, claim, other }))
    });
    Ok(found.optional()?.flatten())
}

fn disputes_over(db: &Connection, incident: i64) -> rusqlite::Result<Vec<DisputeRow>> {
    let sql = "SELECT id FROM disputes WHERE incident = ?1 ORDER BY score DESC, id";
    let ids: Vec<i64> = db
        .prepare_cached(sql)?
        .query_map([incident], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    ids.into_iter().filter_map(|id| dispute(db, id).transpose()).collect()
}

fn shared(db: &Connection, limit: usize) -> rusqlite::Result<Vec<IncidentRow>> {
    let mut find = db.prepare_cached(
        "SELECT r.incident FROM articles a CROSS JOIN reports r ON r.article = a.id
         WHERE EXISTS (SELECT 1 FROM reports o
                       WHERE o.incident = r.incident AND o.article <> r.article)
         ORDER BY a.day DESC, a.id DESC, r.event",
    )?;
    let (mut seen, mut found) = (BTreeSet::new(), Vec::new());
    let mut rows = find.query([])?;
    while found.len() < limit
        && let Some(row) = rows.next()?
    {
        let id = row.get(0)?;
        if seen.insert(id) {
            found.extend(incidents::incident(db, id)?);
        }
    }
    Ok(found)
}
