//! `find people` and `who`: one person, body or place across articles.

use super::claims::ClaimRow;
use super::events::EventRow;
use super::named::{LOOKED_AT, Named};
use super::wanted::{Wanted, named};
use super::{After, Question, Who};
use crate::{Store, StoreError};
use rusqlite::{Connection, OptionalExtension};
use schemars::JsonSchema;
use serde::Serialize;
use std::collections::BTreeMap;

/// An actor, with how much there is of them.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct ActorRow {
    /// Row of `actors`.
    pub id: i64,
    /// Name.
    pub name: String,
    /// `person`, `organization`, `group`, `place`.
    pub kind: String,
    /// PLOVER code.
    pub code: Option<String>,
    /// Roles that articles give, the commonest first.
    pub roles: Vec<String>,
    /// In how many articles; those that reprint one text count once.
    pub articles: i64,
    /// Day of the first article.
    pub first: Option<String>,
    /// Day of the last article.
    pub last: Option<String>,
}

/// Somebody who acts in the same events.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct CoActor {
    /// Who.
    #[serde(flatten)]
    pub who: Who,
    /// In how many events.
    pub events: i64,
}

/// All about one actor.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Page {
    /// Who it is.
    pub actor: ActorRow,
    /// What they said, newest first.
    pub said: Vec<ClaimRow>,
    /// What they did.
    pub did: Vec<EventRow>,
    /// What was done to them.
    pub done_to: Vec<EventRow>,
    /// What others said of them.
    pub said_of: Vec<ClaimRow>,
    /// Who acts with or upon them.
    pub co_actors: Vec<CoActor>,
    /// Others whom the name may mean.
    pub namesakes: Vec<ActorRow>,
}

impl Store {
    /// Actors, those of most articles first. `about`, `by` and `actor` are
    /// words of names and roles, or the beginning of a code; people only,
    /// unless `everybody`.
    ///
    /// # Errors
    /// As [`Store::claims`].
    pub fn people(
        &self,
        question: &Question,
        everybody: bool,
    ) -> Result<Vec<ActorRow>, StoreError> {
        people(&self.db, question, everybody).map_err(|e| self.error(e))
    }

    /// A page on the actor of this name who is in most articles; nothing where
    /// nobody bears it. Each list has at most `limit` rows.
    ///
    /// # Errors
    /// As [`Store::claims`].
    pub fn who(&self, name: &str, limit: usize) -> Result<Option<Page>, StoreError> {
        page(&self.db, name, limit).map_err(|e| self.error(e))
    }
}

fn people(
    db: &Connection,
    question: &Question,
    everybody: bool,
) -> rusqlite::Result<Vec<ActorRow>> {
    let mut wanted = Wanted::default();
    let wishes = [&question.about, &question.by, &question.actor, &question.recipient];
    for wish in wishes.into_iter().flatten() {
        if wish.len() >= 2 && wish.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit()) {
            wanted.must("substr(o.code, 1, length(?)) = ?", [wish.clone(), wish.clone()]);
        } else {
            let ids: Vec<String> = named(db, wish)?.iter().map(i64::to_string).collect();
            wanted.must(&format!("o.id IN ({})", ids.join(", ")), []);
        }
    }
    if !everybody {
        wanted.must("o.kind = 'person'", []);
    }
    if let Some(After { n, .. }) = question.after {
        let most = "(SELECT articles FROM actors WHERE id = CAST(? AS INTEGER))";
        let after =
            format!("o.articles < {most} OR o.articles = {most} AND o.id > CAST(? AS INTEGER)");
        wanted.must(&after, [n.to_string(), n.to_string(), n.to_string()]);
    }
    let sql = format!(
        "SELECT o.id FROM actors o{} ORDER BY o.articles DESC, o.id LIMIT {}",
        wanted.clause(),
        question.limit
    );
    let ids: Vec<i64> = db
        .prepare_cached(&sql)?
        .query_map(rusqlite::params_from_iter(&wanted.parameters), |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    ids.into_iter().filter_map(|id| actor(db, id).transpose()).collect()
}

/// An actor by row.
pub(super) fn actor(db: &Connection, id: i64) -> rusqlite::Result<Option<ActorRow>> {
    let sql = "SELECT name, kind, code, articles, first_day, last_day FROM actors WHERE id = ?1";
    let row = db.prepare_cached(sql)?.query_row([id], |row| {
        Ok(ActorRow {
            id,
            name: row.get(0)?,
            kind: row.get(1)?,
            code: row.get(2)?,
            roles: Vec::new(),
            articles: row.get(3)?,
            first: row.get(4)?,
            last: row.get(5)?,
        })
    });
    let Some(mut actor) = row.optional()? else { return Ok(None) };
    let mut roles: BTreeMap<String, usize> = BTreeMap::new();
    let mut find = db.prepare_cached(
        "SELECT roles FROM entities WHERE actor = ?1 AND roles IS NOT NULL
         ORDER BY article DESC LIMIT ?2",
    )?;
    for list in find.query_map([id, LOOKED_AT], |row| row.get::<_, String>(0))? {
        for role in serde_json::from_str::<Vec<String>>(&list?).unwrap_or_default() {
            *roles.entry(role).or_default() += 1;
        }
    }
    let mut roles: Vec<(String, usize)> = roles.into_iter().collect();
    roles.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
    actor.roles = roles.into_iter().take(5).map(|(role, _)| role).collect();
    Ok(Some(actor))
}

fn page(db: &Connection, name: &str, limit: usize) -> rusqlite::Result<Option<Page>> {
    let question = Question { about: Some(name.to_owned()), limit: 6, ..Question::default() };
    let mut bearers = people(db, &question, true)?;
    if bearers.is_empty() {
        return Ok(None);
    }
    let actor = bearers.remove(0);
    let named = Named::of(db, actor.id)?;
    Ok(Some(Page {
        said: named.said(limit)?,
        did: named.events("actor", limit)?,
        done_to: named.events("recipient", limit)?,
        said_of: named.said_of(limit)?,
        co_actors: named.together(limit)?,
        namesakes: bearers,
        actor,
    }))
}
