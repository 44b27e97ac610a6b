//! How incidents spread over days.

use super::Question;
use super::wanted::Wanted;
use crate::{Store, StoreError};
use rusqlite::{Connection, params_from_iter};
use schemars::JsonSchema;
use serde::Serialize;

/// Incidents of one type on one day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Spread {
    /// The day of the event, else of the publication.
    pub day: String,
    /// PLOVER type.
    #[serde(rename = "type")]
    pub kind: String,
    /// In how many incidents.
    pub incidents: i64,
}

impl Store {
    /// How many incidents of which type there are on which day, first day
    /// first. Events that are denied, planned, feared or demanded are left out;
    /// `limit` says nothing here.
    ///
    /// # Errors
    /// As [`Store::claims`].
    pub fn spread(&self, question: &Question) -> Result<Vec<Spread>, StoreError> {
        spread(&self.db, question).map_err(|e| self.asked(e))
    }

    /// How many claims of an actor there are by day of publication, first day
    /// first.
    ///
    /// # Errors
    /// [`StoreError`] where the store cannot be read.
    pub fn spread_of_claims(&self, actor: i64) -> Result<Vec<(String, i64)>, StoreError> {
        spread_of_claims(&self.db, actor).map_err(|e| self.error(e))
    }
}

fn spread(db: &Connection, question: &Question) -> rusqlite::Result<Vec<Spread>> {
    let wanted = happened(db, question)?;
    let sql = format!(
        "SELECT coalesce(v.day, a.day) AS d, v.type, count(DISTINCT r.incident)
         FROM articles a CROSS JOIN events v ON v.article = a.id
         JOIN reports r ON r.article = v.article AND r.event = v.n
         {} AND d NOT NULL GROUP BY d, v.type ORDER BY d, v.type",
        wanted.clause()
    );
    let mut find = db.prepare_cached(&sql)?;
    let rows = find.query_map(params_from_iter(&wanted.parameters), |row| {
        Ok(Spread { day: row.get(0)?, kind: row.get(1)?, incidents: row.get(2)? })
    })?;
    rows.collect()
}

fn spread_of_claims(db: &Connection, actor: i64) -> rusqlite::Result<Vec<(String, i64)>> {
    let sql = "SELECT a.day, count(*) FROM entities e
               CROSS JOIN articles a ON a.id = e.article
               CROSS JOIN claims c ON c.article = e.article AND c.speaker = e.n
               WHERE e.actor = ?1 AND a.day NOT NULL GROUP BY a.day ORDER BY a.day";
    db.prepare_cached(sql)?.query_map([actor], |row| Ok((row.get(0)?, row.get(1)?)))?.collect()
}

/// What holds of the events `v` of articles `a` that are wanted and happened.
pub(super) fn happened(db: &Connection, question: &Question) -> rusqlite::Result<Wanted> {
    let mut wanted = Wanted::default();
    wanted.must("v.polarity = 'positive' AND v.modality IN ('actual', 'ongoing')", []);
    super::events::wish(db, &mut wanted, question)?;
    Ok(wanted)
}
