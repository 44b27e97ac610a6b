//! `disputes`: claims that contradict each other.

use super::claims::{ClaimRow, claim};
use super::{Question, wanted};
use crate::{Store, StoreError};
use rusqlite::Connection;
use schemars::JsonSchema;
use serde::Serialize;

/// Two claims in dispute.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct DisputeRow {
    /// Row of `disputes`.
    pub id: i64,
    /// 0 to 1: how sure it is that they contradict each other.
    pub score: f64,
    /// The incident that one affirms and the other denies, where it is one.
    pub incident: Option<i64>,
    /// The earlier claim.
    pub claim: ClaimRow,
    /// The later one.
    pub other: ClaimRow,
}

impl Store {
    /// Disputes, the surest first. `by` must name one of the speakers, `about`
    /// words of either quotation.
    ///
    /// # Errors
    /// As [`Store::claims`].
    pub fn disputes(&self, question: &Question) -> Result<Vec<DisputeRow>, StoreError> {
        disputes(&self.db, question).map_err(|e| self.error(e))
    }
}

fn disputes(db: &Connection, question: &Question) -> rusqlite::Result<Vec<DisputeRow>> {
    let by = match &question.by {
        Some(by) => Some(wanted::named(db, by)?),
        None => None,
    };
    let about = question.about.as_deref().map(wanted::words).unwrap_or_default();
    // The last that was seen has a score, or is gone and nothing comes after it.
    let mut statement = db.prepare_cached(
        "SELECT article, claim, other_article, other_claim, incident, score, id FROM disputes d
         WHERE ?1 IS NULL OR EXISTS (
             SELECT 1 FROM disputes o WHERE o.id = ?1
             AND (d.score < o.score OR d.score = o.score AND d.id > o.id))
         ORDER BY score DESC, id",
    )?;
    let mut rows = statement.query([question.after.as_ref().map(|after| after.n)])?;
    let mut found = Vec::new();
    while found.len() < question.limit
        && let Some(row) = rows.next()?
    {
        let first = claim(db, row.get(0)?, row.get(1)?)?;
        let second = claim(db, row.get(2)?, row.get(3)?)?;
        let Some((claim, other)) = first.zip(second) else { continue };
        let both = [&claim, &other];
        let speaks = |ids: &Vec<i64>| {
            both.iter().filter_map(|c| c.speaker.as_ref()?.id).any(|id| ids.contains(&id))
        };
        let day = |c: &ClaimRow, holds: &dyn Fn(&str) -> bool| c.day.as_deref().is_some_and(holds);
        let since = |s: &String| both.iter().any(|c| day(c, &|day| day >= s.as_str()));
        let until = |u: &String| both.iter().any(|c| day(c, &|day| day <= u.as_str()));
        let in_article = |key: &String| both.iter().any(|c| c.article == *key);
        if by.as_ref().is_none_or(speaks)
            && question.article.as_ref().is_none_or(in_article)
            && both.iter().any(|c| wanted::about(&about, &c.quote))
            && question.since.as_ref().is_none_or(since)
            && question.until.as_ref().is_none_or(until)
        {
            let (incident, score, id) = (row.get(4)?, row.get(5)?, row.get(6)?);
            found.push(DisputeRow { id, score, incident, claim, other });
        }
    }
    Ok(found)
}
