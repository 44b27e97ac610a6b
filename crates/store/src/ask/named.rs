//! The newest of an actor: what they said and did, what was done to and said of
//! them. Articles are looked through one after the other, newest first, until
//! there are enough rows.

use super::claims::{ClaimRow, claim};
use super::events::{EventRow, event};
use super::{CoActor, Who};
use crate::{Store, StoreError};
use rusqlite::{Connection, Params};
use std::collections::BTreeMap;

/// Articles of an actor that are looked at, the newest.
pub(super) const LOOKED_AT: i64 = 400;

/// An actor's newest articles without reprints, as row and the entity's number there.
pub(super) struct Named<'a> {
    db: &'a Connection,
    actor: i64,
    articles: Vec<(i64, i64)>,
}

impl<'a> Named<'a> {
    /// Finds the articles.
    pub fn of(db: &'a Connection, actor: i64) -> rusqlite::Result<Self> {
        let sql = "SELECT e.article, e.n FROM entities e JOIN articles a ON a.id = e.article
                   WHERE e.actor = ?1 AND a.copy_of IS NULL
                   ORDER BY a.day DESC, a.id DESC LIMIT ?2";
        let articles = db
            .prepare_cached(sql)?
            .query_map([actor, LOOKED_AT], |row| Ok((row.get(0)?, row.get(1)?)))?
            .collect::<Result<_, _>>()?;
        Ok(Self { db, actor, articles })
    }

    /// What they said.
    pub fn said(&self, limit: usize) -> rusqlite::Result<Vec<ClaimRow>> {
        let sql = "SELECT n FROM claims WHERE article = ?1 AND speaker = ?2 ORDER BY n";
        self.rows(sql, |at| at, limit, claim)
    }

    /// What others said of them: a mention stands inside the words.
    pub fn said_of(&self, limit: usize) -> rusqlite::Result<Vec<ClaimRow>> {
        let sql = "SELECT c.n FROM claims c WHERE c.article = ?1 AND c.speaker <> ?2 AND EXISTS (
                       SELECT 1 FROM entities e, json_each(coalesce(e.names, e.nominals)) m,
                                     json_each(c.content) s
                       WHERE e.article = ?1 AND e.n = ?2
                       AND m.value ->> 0 >= s.value ->> 0 AND m.value ->> 1 <= s.value ->> 1)
                   ORDER BY c.n";
        self.rows(sql, |at| at, limit, claim)
    }

    /// Events in which they are on one side, `actor` or `recipient`.
    pub fn events(&self, side: &str, limit: usize) -> rusqlite::Result<Vec<EventRow>> {
        let sql = "SELECT DISTINCT event FROM parties
                   WHERE article = ?1 AND entity = ?2 AND side = ?3 ORDER BY event";
        self.rows(sql, |(article, entity)| (article, entity, side), limit, event)
    }

    /// Who acts with or upon them, those in most events first.
    pub fn together(&self, limit: usize) -> rusqlite::Result<Vec<CoActor>> {
        let mut find = self.db.prepare_cached(
            "SELECT e.actor FROM parties p
             CROSS JOIN parties q ON q.article = p.article AND q.event = p.event
             CROSS JOIN entities e ON e.article = q.article AND e.n = q.entity
             WHERE p.article = ?1 AND p.entity = ?2 AND q.entity <> p.entity
             AND e.actor IS NOT NULL AND e.actor <> ?3",
        )?;
        let mut events: BTreeMap<i64, i64> = BTreeMap::new();
        for &(article, entity) in &self.articles {
            let mut rows = find.query([article, entity, self.actor])?;
            while let Some(row) = rows.next()? {
                *events.entry(row.get(0)?).or_default() += 1;
            }
        }
        let mut events: Vec<(i64, i64)> = events.into_iter().collect();
        events.sort_by_key(|(actor, events)| (-events, *actor));
        let mut known = self.db.prepare_cached("SELECT name, code FROM actors WHERE id = ?1")?;
        let with = |(id, events): (i64, i64)| {
            known.query_row([id], |row| {
                let who = Who { id: Some(id), name: row.get(0)?, code: row.get(1)? };
                Ok(CoActor { who, events })
            })
        };
        events.into_iter().take(limit).map(with).collect()
    }

    /// Rows of a query, asked of each article, with `read` to read them by.
    fn rows<T, P: Params>(
        &self,
        sql: &str,
        parameters: impl Fn((i64, i64)) -> P,
        limit: usize,
        read: impl Fn(&Connection, i64, i64) -> rusqlite::Result<Option<T>>,
    ) -> rusqlite::Result<Vec<T>> {
        let mut found = Vec::new();
        let mut find = self.db.prepare_cached(sql)?;
        for &(article, entity) in &self.articles {
            let mut rows = find.query(parameters((article, entity)))?;
            while let Some(row) = rows.next()? {
                if found.len() >= limit {
                    return Ok(found);
                }
                found.extend(read(self.db, article, row.get(0)?)?);
            }
        }
        Ok(found)
    }
}

impl Store {
    /// The newest events in which an actor acts.
    ///
    /// # Errors
    /// [`StoreError`] where the store cannot be read, as of all here.
    pub fn did(&self, actor: i64, limit: usize) -> Result<Vec<EventRow>, StoreError> {
        let rows = Named::of(&self.db, actor).and_then(|named| named.events("actor", limit));
        rows.map_err(|e| self.error(e))
    }

    /// The newest events in which an actor is acted upon.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn done_to(&self, actor: i64, limit: usize) -> Result<Vec<EventRow>, StoreError> {
        let rows = Named::of(&self.db, actor).and_then(|named| named.events("recipient", limit));
        rows.map_err(|e| self.error(e))
    }

    /// The newest claims of others that mention an actor.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn said_of(&self, actor: i64, limit: usize) -> Result<Vec<ClaimRow>, StoreError> {
        let rows = Named::of(&self.db, actor).and_then(|named| named.said_of(limit));
        rows.map_err(|e| self.error(e))
    }
}
