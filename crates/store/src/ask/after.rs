//! Going on after a row that has been seen: answers by the page.
//!
//! A place in an answer is named by the row that stands there, not by how many
//! came before it; so pages neither repeat nor leave out a row when articles are
//! added meanwhile.

use super::wanted::Wanted;
use super::{ActorRow, ArticleRow, ClaimRow, DisputeRow, EventRow, IncidentRow, Question, single};
use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension};
use std::fmt;
use std::str::FromStr;

/// The last row that has been seen. It is written `12.KEY` where a row is known
/// by the key of its article and its number there, else `12`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct After {
    /// Key of the article of a claim or an event, or of the article itself.
    pub article: Option<String>,
    /// Number in the article; row of the actor, incident or dispute.
    pub n: i64,
}

impl fmt::Display for After {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.article {
            Some(key) => write!(f, "{}.{key}", self.n),
            None => write!(f, "{}", self.n),
        }
    }
}

impl FromStr for After {
    type Err = std::num::ParseIntError;

    fn from_str(given: &str) -> Result<Self, Self::Err> {
        let (n, key) = match given.split_once('.') {
            Some((n, key)) => (n, Some(key.to_owned())),
            None => (given, None),
        };
        Ok(Self { article: key, n: n.parse()? })
    }
}

/// A row's place in an answer.
pub trait Place {
    /// What to go on after.
    fn place(&self) -> After;
}

macro_rules! place {
    ($($row:ty: $article:expr, $n:expr;)*) => {
        $(impl Place for $row {
            fn place(&self) -> After {
                let (article, n): (fn(&$row) -> Option<String>, fn(&$row) -> i64) = ($article, $n);
                After { article: article(self), n: n(self) }
            }
        })*
    };
}

place! {
    ArticleRow: |row| Some(row.article.clone()), |_| 0;
    ClaimRow: |row| Some(row.article.clone()), |row| row.claim;
    EventRow: |row| Some(row.article.clone()), |row| row.event;
    ActorRow: |_| None, |row| row.id;
    IncidentRow: |_| None, |row| row.id;
    DisputeRow: |_| None, |row| row.id;
}

impl Wanted {
    /// What comes after the row that has been seen, newest article first and in
    /// an article by the number in column `n`. Where that row is gone, nothing.
    pub fn after(
        &mut self,
        db: &Connection,
        question: &Question,
        n: Option<&str>,
    ) -> rusqlite::Result<()> {
        let Some(after) = &question.after else { return Ok(()) };
        let key = after.article.as_deref().unwrap_or_default();
        let Some(article) = single::row(db, key)? else {
            self.must("0", []);
            return Ok(());
        };
        let day: Option<String> = db
            .prepare_cached("SELECT day FROM articles WHERE id = ?1")?
            .query_row([article], |row| row.get(0))
            .optional()?
            .flatten();
        let older = match &day {
            Some(_) => "a.day IS NULL OR a.day < ? OR a.day = ? AND a.id < ?",
            None => "a.day IS NULL AND a.id < ?",
        };
        let within = n.map_or_else(String::new, |n| format!(" OR a.id = ? AND {n} > ?"));
        self.must(&format!("{older}{within}"), []);
        let days = day.into_iter().flat_map(|day| [day.clone(), day]);
        self.parameters.extend(days.map(Value::Text));
        self.parameters.push(Value::Integer(article));
        if n.is_some() {
            self.parameters.extend([Value::Integer(article), Value::Integer(after.n)]);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_written_and_read() {
        for place in [
            After { article: None, n: 7 },
            After { article: Some("a.b/c d".to_owned()), n: 3 },
            After { article: Some(String::new()), n: -1 },
        ] {
            assert_eq!(place.to_string().parse(), Ok(place));
        }
        assert!("".parse::<After>().is_err() && "x.1".parse::<After>().is_err());
    }
}
