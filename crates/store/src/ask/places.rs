//! Where incidents are.

use super::Question;
use super::spread::happened;
use crate::{Store, StoreError};
use rusqlite::{Connection, params_from_iter};
use schemars::JsonSchema;
use serde::Serialize;

/// Incidents of one type at one place.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct PlaceRow {
    /// Name of the place.
    pub name: String,
    /// ISO 3166-1 alpha-3.
    pub country: Option<String>,
    /// GeoNames `class.code`.
    pub feature: Option<String>,
    /// Degrees north.
    pub lat: f64,
    /// Degrees east.
    pub lon: f64,
    /// PLOVER type.
    #[serde(rename = "type")]
    pub kind: String,
    /// In how many incidents.
    pub incidents: i64,
}

impl Store {
    /// How many incidents of which type happened at which place whose
    /// coordinates are known, by place. Events that are denied, planned, feared
    /// or demanded are left out; `limit` says nothing here.
    ///
    /// # Errors
    /// As [`Store::claims`].
    pub fn places(&self, question: &Question) -> Result<Vec<PlaceRow>, StoreError> {
        places(&self.db, question).map_err(|e| self.asked(e))
    }
}

fn places(db: &Connection, question: &Question) -> rusqlite::Result<Vec<PlaceRow>> {
    let wanted = happened(db, question)?;
    let sql = format!(
        "SELECT l.name, l.country, l.feature, l.lat, l.lon, v.type, count(DISTINCT r.incident)
         FROM articles a CROSS JOIN events v ON v.article = a.id
         JOIN reports r ON r.article = v.article AND r.event = v.n
         JOIN toponyms t ON t.article = v.article AND t.n = v.toponym
         JOIN places l ON l.id = t.place
         {} AND l.lat NOT NULL AND l.lon NOT NULL
         GROUP BY l.id, v.type ORDER BY l.id, v.type",
        wanted.clause()
    );
    let mut find = db.prepare_cached(&sql)?;
    let rows = find.query_map(params_from_iter(&wanted.parameters), |row| {
        Ok(PlaceRow {
            name: row.get(0)?,
            country: row.get(1)?,
            feature: row.get(2)?,
            lat: row.get(3)?,
            lon: row.get(4)?,
            kind: row.get(5)?,
            incidents: row.get(6)?,
        })
    })?;
    rows.collect()
}
