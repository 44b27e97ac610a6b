//! Entities of many articles as actors: the same person, body, place.
//!
//! Two entities are one actor when they have one name, and nothing speaks
//! against it: people of two countries, or of two roles with nobody in common,
//! stay apart. A person who has only a surname is nobody else's, unless an
//! actor of that surname bears the very same role and country. What has no name
//! is an actor only where its words and code say which group it is ("Russian
//! troops").

use super::{fold, tokens, value};
use rusqlite::{OptionalExtension, Transaction, params};
use std::collections::BTreeSet;

/// An entity that may become an actor.
struct Entity {
    n: i64,
    name: String,
    kind: String,
    roles: Vec<String>,
    country: Option<String>,
    code: Option<String>,
    named: bool,
}

/// Gives the entities of an article that was just added their actors.
pub(crate) fn join(t: &Transaction<'_>, article: i64) -> rusqlite::Result<()> {
    let entities: Vec<Entity> = t
        .prepare_cached(
            "SELECT n, name, kind, roles, country, code, names IS NOT NULL
             FROM entities WHERE article = ?1 ORDER BY n",
        )?
        .query_map([article], |row| {
            let roles: Option<String> = row.get(3)?;
            Ok(Entity {
                n: row.get(0)?,
                name: row.get(1)?,
                kind: row.get(2)?,
                roles: roles.and_then(|r| serde_json::from_str(&r).ok()).unwrap_or_default(),
                country: row.get(4)?,
                code: row.get(5)?,
                named: row.get(6)?,
            })
        })?
        .collect::<Result<_, _>>()?;
    for entity in &entities {
        if !tells(entity) {
            continue;
        }
        let known = candidates(t, entity)?;
        let fits = |actor: &&Candidate| fits(t, article, entity, actor).unwrap_or(false);
        let actor = match known.iter().find(fits) {
            Some(known) => {
                known.learn(t, entity)?;
                known.id
            }
            None => new(t, entity)?,
        };
        t.prepare_cached("UPDATE entities SET actor = ?3 WHERE article = ?1 AND n = ?2")?
            .execute([article, entity.n, actor])?;
    }
    Ok(())
}

/// Whether an entity can be known in another article.
fn tells(entity: &Entity) -> bool {
    match entity.kind.as_str() {
        "other" | "event" => false,
        "person" => entity.named,
        _ => entity.named || entity.code.as_ref().is_some_and(|code| code.len() > 3),
    }
}

/// An actor that may be an entity's.
struct Candidate {
    id: i64,
    name: String,
    country: Option<String>,
    code: Option<String>,
}

/// The words of a name that tell: no titles, initials and articles.
fn key(name: &str) -> Vec<String> {
    let folded = fold(name);
    let words: Vec<&str> = folded.split(|c: char| !c.is_alphanumeric()).collect();
    let idle = ["the", "a", "an", "of", "jr", "sr", "mr", "mrs", "ms", "dr", "sir"];
    let telling = |word: &&&str| word.chars().count() > 1 && !idle.contains(*word);
    let kept: Vec<String> = words.iter().filter(telling).map(|w| (*w).to_owned()).collect();
    if kept.is_empty() {
        words.iter().map(|w| (*w).to_owned()).filter(|w| !w.is_empty()).collect()
    } else {
        kept
    }
}

/// Actors whose names may be an entity's, the earliest first: of people those
/// with its last word, of others those of the same name.
fn candidates(t: &Transaction<'_>, entity: &Entity) -> rusqlite::Result<Vec<Candidate>> {
    let Some(last) = key(&entity.name).pop() else { return Ok(Vec::new()) };
    t.prepare_cached(
        "SELECT a.id, a.name, a.country, a.code FROM actor_words w JOIN actors a ON a.id = w.actor
         WHERE w.word = ?1 AND a.kind = ?2
         AND (a.kind = 'person' OR a.name = ?3 COLLATE NOCASE) ORDER BY a.id",
    )?
    .query_map(params![last, entity.kind, entity.name], |row| {
        Ok(Candidate {
            id: row.get(0)?,
            name: row.get(1)?,
            country: row.get(2)?,
            code: row.get(3)?,
        })
    })?
    .collect()
}

fn fits(
    t: &Transaction<'_>,
    article: i64,
    entity: &Entity,
    actor: &Candidate,
) -> rusqlite::Result<bool> {
    let (name, other) = (key(&entity.name), key(&actor.name));
    let countries = entity.country.as_ref().zip(actor.country.as_ref());
    if countries.is_some_and(|(a, b)| a != b) {
        return Ok(false);
    }
    let same_country = countries.is_some();
    if entity.kind != "person" {
        // A ministry of no country is not that of another article's country.
        let both = entity.country.is_some() == actor.country.is_some();
        return Ok(name == other && (same_country || both || entity.kind == "place"));
    }
    if name.len() < 2 || other.len() < 2 {
        // Only a surname: the role must tell who it is.
        let role = name.last() == other.last() && same_country && shares_role(t, entity, actor)?;
        return Ok(role);
    }
    let (fewer, more) = if name.len() < other.len() { (&name, &other) } else { (&other, &name) };
    let same = fewer.first() == more.first()
        && fewer.last() == more.last()
        && fewer.iter().all(|word| more.contains(word));
    if !same {
        return Ok(false);
    }
    if same_country || entity.roles.is_empty() || shares_role(t, entity, actor)? {
        return Ok(true);
    }
    let roles = "SELECT count(*) FROM entities WHERE actor = ?1 AND roles IS NOT NULL";
    let unknown = value::<i64>(t, roles, [actor.id])? == Some(0);
    Ok(unknown || met_together(t, article, actor)?)
}

/// Whether a role of the entity's has a telling word with one of the actor's.
fn shares_role(t: &Transaction<'_>, entity: &Entity, actor: &Candidate) -> rusqlite::Result<bool> {
    let words =
        |roles: &[String]| -> BTreeSet<String> { roles.iter().flat_map(|r| key(r)).collect() };
    let own = words(&entity.roles);
    let mut find = t.prepare_cached(
        "SELECT DISTINCT roles FROM entities WHERE actor = ?1 AND roles IS NOT NULL LIMIT 50",
    )?;
    for roles in find.query_map([actor.id], |row| row.get::<_, String>(0))? {
        let roles: Vec<String> = serde_json::from_str(&roles?).unwrap_or_default();
        if words(&roles).intersection(&own).next().is_some() {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Whether somebody whom the article names was named with the actor before.
fn met_together(t: &Transaction<'_>, article: i64, actor: &Candidate) -> rusqlite::Result<bool> {
    let sql = "SELECT 1 FROM (SELECT DISTINCT article FROM entities WHERE actor = ?2 LIMIT 10) w
               CROSS JOIN entities o ON o.article = w.article
               CROSS JOIN entities e ON e.article = ?1 AND e.name = o.name AND e.kind = o.kind
               WHERE o.kind IN ('person', 'organization') AND o.names IS NOT NULL
               AND o.name <> ?3 LIMIT 1";
    Ok(value::<i64>(t, sql, params![article, actor.id, actor.name])?.is_some())
}

fn new(t: &Transaction<'_>, entity: &Entity) -> rusqlite::Result<i64> {
    let actor = t
        .prepare_cached("INSERT INTO actors (name, kind, country, code) VALUES (?1, ?2, ?3, ?4)")?
        .insert(params![entity.name, entity.kind, entity.country, entity.code])?;
    name(t, actor, entity.texts())?;
    Ok(actor)
}

impl Entity {
    /// What it is called: its name and its roles.
    fn texts(&self) -> impl Iterator<Item = &str> {
        self.roles.iter().chain([&self.name]).map(String::as_str)
    }
}

impl Candidate {
    /// Adds what an entity says of its actor: country and code where they were
    /// not known, and the words by which it is found.
    fn learn(&self, t: &Transaction<'_>, entity: &Entity) -> rusqlite::Result<()> {
        let length = |code: &Option<String>| code.as_ref().map_or(0, String::len);
        let country = self.country.is_none() && entity.country.is_some();
        if country || length(&entity.code) > length(&self.code) {
            t.prepare_cached(
                "UPDATE actors SET country = coalesce(country, ?2),
                 code = CASE WHEN code IS NULL OR length(code) < length(?3) THEN ?3 ELSE code END
                 WHERE id = ?1",
            )?
            .execute(params![self.id, entity.country, entity.code])?;
        }
        name(t, self.id, entity.texts().filter(|text| *text != self.name))
    }
}

/// Adds words by which an actor is found.
fn name<'a>(
    t: &Transaction<'_>,
    actor: i64,
    texts: impl Iterator<Item = &'a str>,
) -> rusqlite::Result<()> {
    let mut insert =
        t.prepare_cached("INSERT OR IGNORE INTO actor_words (word, actor) VALUES (?1, ?2)")?;
    for text in texts {
        for word in tokens(&fold(text)) {
            insert.execute(params![word, actor])?;
        }
    }
    Ok(())
}

/// An actor of a gone entity, and what that was called.
pub(crate) struct Gone {
    pub actor: i64,
    pub name: String,
    pub roles: Option<String>,
}

/// Takes away an actor whom no article names any more, and what only a gone
/// article said of one.
pub(crate) fn tidy(t: &Transaction<'_>, gone: &Gone) -> rusqlite::Result<()> {
    let words = |name: &str, roles: Option<String>| -> BTreeSet<String> {
        tokens(&fold(&format!("{name} {}", roles.unwrap_or_default()))).map(str::to_owned).collect()
    };
    let called: String = t
        .prepare_cached("SELECT name FROM actors WHERE id = ?1")?
        .query_row([gone.actor], |row| row.get(0))
        .optional()?
        .unwrap_or_default();
    let own = words(&called, None);
    let mut idle = words(&gone.name, gone.roles.clone());
    let mut left =
        t.prepare_cached("SELECT DISTINCT name, roles FROM entities WHERE actor = ?1")?;
    let mut rows = left.query([gone.actor])?;
    let mut named = false;
    while let Some(row) = rows.next()? {
        named = true;
        let kept = words(row.get_ref(0)?.as_str()?, row.get(1)?);
        idle.retain(|word| !kept.contains(word));
    }
    if named {
        idle.retain(|word| !own.contains(word));
    } else {
        idle.extend(own);
    }
    let mut delete = t.prepare_cached("DELETE FROM actor_words WHERE word = ?1 AND actor = ?2")?;
    for word in idle {
        delete.execute(params![word, gone.actor])?;
    }
    if !named {
        t.prepare_cached("DELETE FROM actors WHERE id = ?1")?.execute([gone.actor])?;
    }
    Ok(())
}
