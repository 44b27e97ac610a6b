//! All that one actor did and that was done to them, in numbers.

use super::Who;
use crate::{Store, StoreError};
use rusqlite::Connection;

/// On which side of an event somebody is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Side {
    /// They act.
    Actor,
    /// They are acted upon.
    Recipient,
}

/// A report of an event with an actor in it; one row for each of those on the
/// other side, who may be nobody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Act {
    /// On which side the actor is.
    pub side: Side,
    /// The day of the event, else of the publication.
    pub day: Option<String>,
    /// PLOVER type.
    pub kind: String,
    /// The incident that is reported.
    pub incident: i64,
    /// Somebody on the other side whom the store knows.
    pub other: Option<Who>,
}

impl Store {
    /// The acts of an actor, in no particular order. Events that are denied,
    /// planned, feared or demanded are left out.
    ///
    /// # Errors
    /// [`StoreError`] where the store cannot be read.
    pub fn acts(&self, actor: i64) -> Result<Vec<Act>, StoreError> {
        acts(&self.db, actor).map_err(|e| self.error(e))
    }
}

fn acts(db: &Connection, actor: i64) -> rusqlite::Result<Vec<Act>> {
    let sql = "SELECT p.side, coalesce(v.day, a.day), v.type, r.incident, o.id, o.name, o.code
               FROM entities x
               CROSS JOIN parties p ON p.article = x.article AND p.entity = x.n
               CROSS JOIN events v ON v.article = p.article AND v.n = p.event
               CROSS JOIN reports r ON r.article = p.article AND r.event = p.event
               CROSS JOIN articles a ON a.id = x.article
               LEFT JOIN parties q ON q.article = p.article AND q.event = p.event
                    AND q.side <> p.side
               LEFT JOIN entities y ON y.article = q.article AND y.n = q.entity
               LEFT JOIN actors o ON o.id = y.actor AND o.id <> x.actor
               WHERE x.actor = ?1 AND v.polarity = 'positive'
               AND v.modality IN ('actual', 'ongoing')";
    db.prepare_cached(sql)?
        .query_map([actor], |row| {
            let side: String = row.get(0)?;
            let id: Option<i64> = row.get(4)?;
            let other = match id {
                Some(_) => Some(Who { id, name: row.get(5)?, code: row.get(6)? }),
                None => None,
            };
            Ok(Act {
                side: if side == "actor" { Side::Actor } else { Side::Recipient },
                day: row.get(1)?,
                kind: row.get(2)?,
                incident: row.get(3)?,
                other,
            })
        })?
        .collect()
}
