//! What a store tells of an actor.

use super::actors::{Candidate, Entity, key};
use super::value;
use crate::rows::code;
use dateline_account::Account;
use rusqlite::{Transaction, params};
use std::collections::BTreeSet;
use std::sync::Arc;

/// Entities of an actor whose roles are looked at, the earliest.
const LOOKED_AT: i64 = 200;

/// What is known of an actor, which articles add to.
#[derive(Debug, Clone)]
pub(crate) struct Facts {
    pub country: Option<Arc<str>>,
    pub code: Option<Arc<str>>,
}

impl Facts {
    /// Adds country and code that an entity gives, where they were not known;
    /// gives what is known then, if that is more.
    pub fn learn(
        &self,
        t: &Transaction<'_>,
        actor: i64,
        entity: &Entity,
    ) -> rusqlite::Result<Option<Self>> {
        let longer = |code: &&String| code.len() > self.code.as_ref().map_or(0, |code| code.len());
        let code = entity.code.as_ref().filter(longer);
        let country = entity.country.as_ref().filter(|_| self.country.is_none());
        if code.is_none() && country.is_none() {
            return Ok(None);
        }
        let more = |new: Option<&String>, old: &Option<Arc<str>>| {
            new.map_or_else(|| old.clone(), |new| Some(new.as_str().into()))
        };
        let facts = Self { country: more(country, &self.country), code: more(code, &self.code) };
        t.prepare_cached("UPDATE actors SET country = ?2, code = ?3 WHERE id = ?1")?
            .execute(params![actor, facts.country, facts.code])?;
        Ok(Some(facts))
    }
}

/// Whether any article gives an actor a role.
pub(crate) fn has_roles(t: &Transaction<'_>, actor: &Candidate) -> rusqlite::Result<bool> {
    let sql = "SELECT 1 FROM entities WHERE actor = ?1 AND roles IS NOT NULL LIMIT 1";
    Ok(value::<i64>(t, sql, [actor.id])?.is_some())
}

/// Whether a role of the entity's has a telling word with one of the actor's.
pub(crate) fn shares_role(
    t: &Transaction<'_>,
    entity: &Entity,
    actor: &Candidate,
) -> rusqlite::Result<bool> {
    let words =
        |roles: &[String]| -> BTreeSet<String> { roles.iter().flat_map(|r| key(r)).collect() };
    let own = words(&entity.roles);
    let mut find = t.prepare_cached(
        "SELECT DISTINCT roles FROM (SELECT roles FROM entities WHERE actor = ?1 LIMIT ?2)
         WHERE roles IS NOT NULL",
    )?;
    for roles in find.query_map([actor.id, LOOKED_AT], |row| row.get::<_, String>(0))? {
        let roles: Vec<String> = serde_json::from_str(&roles?).unwrap_or_default();
        if words(&roles).intersection(&own).next().is_some() {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Whether somebody whom the article names was named with the actor before.
pub(crate) fn met_together(
    t: &Transaction<'_>,
    article: i64,
    account: &Account,
    actor: &Candidate,
) -> rusqlite::Result<bool> {
    let mut find = t.prepare_cached(
        "SELECT DISTINCT o.name, o.kind FROM
             (SELECT DISTINCT article FROM entities WHERE actor = ?1 AND article <> ?2 LIMIT 10) w
         CROSS JOIN entities o ON o.article = w.article
         WHERE o.kind IN ('person', 'organization') AND o.names IS NOT NULL AND o.name <> ?3",
    )?;
    let mut rows = find.query(params![actor.id, article, &*actor.name])?;
    while let Some(row) = rows.next()? {
        let (name, kind) = (row.get_ref(0)?.as_str()?, row.get_ref(1)?.as_str()?);
        let mut entities = account.entities.iter();
        if entities.any(|entity| entity.name == name && code(entity.kind) == kind) {
            return Ok(true);
        }
    }
    Ok(false)
}
