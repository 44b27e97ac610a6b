//! Where the rows of one article lead: actors, incidents and disputes of the
//! store.

use super::single;
use crate::{Store, StoreError};
use rusqlite::Connection;
use std::collections::BTreeMap;

/// What the numbers of an article's account are across articles.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Links {
    /// Row of the actor that an entity is.
    pub actors: BTreeMap<u32, i64>,
    /// Row of the incident that an event reports, and in how many articles it
    /// is reported.
    pub incidents: BTreeMap<u32, (i64, i64)>,
    /// Rows of the disputes that a claim is in.
    pub disputes: BTreeMap<u32, Vec<i64>>,
}

impl Store {
    /// Where the rows of an article lead; nowhere when it is not in the store.
    ///
    /// # Errors
    /// [`StoreError`] where the store cannot be read.
    pub fn links(&self, article: &str) -> Result<Links, StoreError> {
        links(&self.db, article).map_err(|e| self.error(e))
    }
}

fn links(db: &Connection, key: &str) -> rusqlite::Result<Links> {
    let mut links = Links::default();
    let Some(article) = single::row(db, key)? else { return Ok(links) };
    let mut find =
        db.prepare_cached("SELECT n, actor FROM entities WHERE article = ?1 AND actor NOT NULL")?;
    for row in find.query_map([article], |row| Ok((row.get(0)?, row.get(1)?)))? {
        let (entity, actor) = row?;
        links.actors.insert(entity, actor);
    }
    let mut find = db.prepare_cached(
        "SELECT r.event, r.incident,
                (SELECT count(DISTINCT o.article) FROM reports o WHERE o.incident = r.incident)
         FROM reports r WHERE r.article = ?1",
    )?;
    for row in find.query_map([article], |row| Ok((row.get(0)?, (row.get(1)?, row.get(2)?))))? {
        let (event, incident) = row?;
        links.incidents.insert(event, incident);
    }
    let mut find = db.prepare_cached(
        "SELECT claim, id FROM disputes WHERE article = ?1
         UNION SELECT other_claim, id FROM disputes WHERE other_article = ?1 ORDER BY 1, 2",
    )?;
    for row in find.query_map([article], |row| Ok((row.get(0)?, row.get(1)?)))? {
        let (claim, dispute): (u32, i64) = row?;
        links.disputes.entry(claim).or_default().push(dispute);
    }
    Ok(links)
}
