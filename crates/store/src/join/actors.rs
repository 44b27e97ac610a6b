//! Entities of many articles as actors: the same person, body, place.
//!
//! Two entities are one actor when they have one name, and nothing speaks
//! against it: people of two countries, or of two roles with nobody in common,
//! stay apart. A person who has only a surname is nobody else's, unless an
//! actor of that surname bears the very same role and country. What has no name
//! is an actor only where its words and code say which group it is ("Russian
//! troops").

use super::facts::{Facts, has_roles, met_together, shares_role};
use super::kept::Kept;
use super::words::{fold, number, tokens};
use crate::rows::code;
use dateline_account::{Account, MentionForm};
use rusqlite::{OptionalExtension, Row, Transaction, params};
use std::collections::BTreeSet;
use std::sync::Arc;

/// Names whose actors are kept at hand, and actors of whom what is known is, of
/// which there may be twice as many.
const KEPT: usize = 2000;

/// An entity that may become an actor.
pub(crate) struct Entity {
    name: String,
    kind: String,
    pub roles: Vec<String>,
    pub country: Option<String>,
    pub code: Option<String>,
    named: bool,
}

impl From<&dateline_account::Entity> for Entity {
    fn from(entity: &dateline_account::Entity) -> Self {
        let actor = entity.actor.as_ref();
        Self {
            name: entity.name.clone(),
            kind: code(entity.kind),
            roles: entity.roles.clone(),
            country: actor.and_then(|actor| actor.country.clone()),
            code: actor.map(|actor| actor.code.clone()),
            named: entity.mentions.iter().any(|mention| mention.form == MentionForm::Name),
        }
    }
}

/// The actors of a store, those that were looked for lately at hand.
#[derive(Debug)]
pub(crate) struct Actors {
    /// By the last word of a person's name, and by another's name: both with
    /// the kind, as a number.
    known: Kept<u64, Arc<Vec<Candidate>>>,
    facts: Kept<i64, Facts>,
    /// Actors and numbers of texts by whose words they are found already.
    worded: Kept<(i64, u64), ()>,
    /// Changes when another process changes the store.
    version: i64,
}

impl Default for Actors {
    fn default() -> Self {
        Self {
            known: Kept::new(KEPT),
            facts: Kept::new(KEPT),
            worded: Kept::new(2 * KEPT),
            version: 0,
        }
    }
}

/// An actor that may be an entity's.
#[derive(Debug, Clone)]
pub(crate) struct Candidate {
    pub id: i64,
    pub name: Arc<str>,
    key: Arc<[String]>,
}

impl Actors {
    /// Forgets what was known where somebody else may have changed it; to be
    /// asked for at the beginning of a transaction.
    pub fn refresh(&mut self, t: &Transaction<'_>) -> rusqlite::Result<()> {
        let version = t.pragma_query_value(None, "data_version", |row| row.get(0))?;
        if version != self.version {
            *self = Self { version, ..Self::default() };
        }
        Ok(())
    }

    /// The actor that an entity of an account is, where it can be known in
    /// another article. The entities before it are in the store.
    pub fn of(
        &mut self,
        t: &Transaction<'_>,
        article: i64,
        account: &Account,
        entity: &Entity,
    ) -> rusqlite::Result<Option<i64>> {
        if !tells(entity) {
            return Ok(None);
        }
        for candidate in self.candidates(t, entity)?.iter() {
            if let Some(facts) = self.fits(t, article, account, entity, candidate)? {
                if let Some(facts) = facts.learn(t, candidate.id, entity)? {
                    self.facts.put(candidate.id, facts);
                }
                let more = entity.texts().filter(|text| *text != &*candidate.name);
                self.name(t, candidate, &entity.kind, more)?;
                return Ok(Some(candidate.id));
            }
        }
        let id = t
            .prepare_cached(
                "INSERT INTO actors (name, kind, country, code) VALUES (?1, ?2, ?3, ?4)",
            )?
            .insert(params![entity.name, entity.kind, entity.country, entity.code])?;
        let new = Candidate::new(id, &entity.name);
        if entity.kind != "person" {
            self.found_by(&new, place(&entity.kind, &entity.name));
        }
        self.name(t, &new, &entity.kind, entity.texts())?;
        Ok(Some(id))
    }

    /// What is known of an actor, if an entity is that.
    fn fits(
        &mut self,
        t: &Transaction<'_>,
        article: i64,
        account: &Account,
        entity: &Entity,
        actor: &Candidate,
    ) -> rusqlite::Result<Option<Facts>> {
        let (name, other) = (key(&entity.name), &actor.key);
        let (fewer, more) = if name.len() < other.len() {
            (&name[..], &other[..])
        } else {
            (&other[..], &name[..])
        };
        let same = fewer.first() == more.first()
            && fewer.last() == more.last()
            && fewer.iter().all(|word| more.contains(word));
        let surname = fewer.len() < 2;
        if !(same || entity.kind == "person" && surname && name.last() == other.last()) {
            return Ok(None);
        }
        let facts = self.facts(t, actor.id)?;
        let countries = entity.country.as_ref().zip(facts.country.as_ref());
        if countries.is_some_and(|(a, b)| **a != **b) {
            return Ok(None);
        }
        let same_country = countries.is_some();
        let fits = if entity.kind != "person" {
            // A ministry of no country is not that of another article's country.
            let both = entity.country.is_some() == facts.country.is_some();
            name[..] == other[..] && (same_country || both || entity.kind == "place")
        } else if surname {
            // Only a surname: the role must tell who it is.
            same_country && shares_role(t, entity, actor)?
        } else {
            same_country
                || entity.roles.is_empty()
                || shares_role(t, entity, actor)?
                || !has_roles(t, actor)?
                || met_together(t, article, account, actor)?
        };
        Ok(fits.then_some(facts))
    }

    /// What is known of an actor.
    fn facts(&mut self, t: &Transaction<'_>, actor: i64) -> rusqlite::Result<Facts> {
        if let Some(known) = self.facts.get(&actor) {
            return Ok(known);
        }
        let facts = t
            .prepare_cached("SELECT country, code FROM actors WHERE id = ?1")?
            .query_row([actor], |row| Ok(Facts { country: row.get(0)?, code: row.get(1)? }))?;
        self.facts.put(actor, facts.clone());
        Ok(facts)
    }

    /// Actors whose names may be an entity's, the earliest first: of people
    /// those with its last word, of others those of the same name.
    fn candidates(
        &mut self,
        t: &Transaction<'_>,
        entity: &Entity,
    ) -> rusqlite::Result<Arc<Vec<Candidate>>> {
        let Some(last) = key(&entity.name).pop() else { return Ok(Arc::default()) };
        let person = entity.kind == "person";
        let place = place(&entity.kind, if person { &last } else { &entity.name });
        if let Some(known) = self.known.get(&place) {
            return Ok(known);
        }
        let found: Vec<Candidate> = if person {
            t.prepare_cached(
                "SELECT a.id, a.name FROM actor_words w CROSS JOIN actors a ON a.id = w.actor
                 WHERE w.word = ?1 AND a.kind = 'person' ORDER BY a.id",
            )?
            .query_map([last], Candidate::read)?
            .collect::<Result<_, _>>()?
        } else if tokens(&fold(&entity.name)).any(|word| word == last) {
            t.prepare_cached(
                "SELECT id, name FROM actors WHERE name = ?1 COLLATE NOCASE AND kind = ?2
                 ORDER BY id",
            )?
            .query_map([&entity.name, &entity.kind], Candidate::read)?
            .collect::<Result<_, _>>()?
        } else {
            Vec::new()
        };
        let found = Arc::new(found);
        self.known.put(place, found.clone());
        Ok(found)
    }

    /// Adds words by which an actor is found.
    fn name<'a>(
        &mut self,
        t: &Transaction<'_>,
        actor: &Candidate,
        kind: &str,
        texts: impl Iterator<Item = &'a str>,
    ) -> rusqlite::Result<()> {
        let mut insert =
            t.prepare_cached("INSERT OR IGNORE INTO actor_words (word, actor) VALUES (?1, ?2)")?;
        for text in texts {
            let place = (actor.id, number(text));
            if self.worded.get(&place).is_some() {
                continue;
            }
            self.worded.put(place, ());
            for word in tokens(&fold(text)) {
                if insert.execute(params![word, actor.id])? > 0 && kind == "person" {
                    self.found_by(actor, self::place(kind, word));
                }
            }
        }
        Ok(())
    }

    /// Adds an actor to a list that is at hand.
    fn found_by(&mut self, actor: &Candidate, place: u64) {
        if let Some(known) = self.known.get_mut(&place) {
            let at = known.partition_point(|other| other.id < actor.id);
            // Nobody else holds the list now, so it is not copied.
            Arc::make_mut(known).insert(at, actor.clone());
        }
    }
}

/// Where the actors of a kind and name are kept.
fn place(kind: &str, name: &str) -> u64 {
    number(&format!("{kind} {}", name.to_ascii_lowercase()))
}

impl Candidate {
    fn new(id: i64, name: &str) -> Self {
        Self { id, name: name.into(), key: key(name).into() }
    }

    /// From its row and name.
    fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self::new(row.get(0)?, row.get_ref(1)?.as_str()?))
    }
}

/// Gives the entities of an article that has none their actors; it was added
/// before actors were known at once.
pub(crate) fn join(t: &Transaction<'_>, article: i64, account: &Account) -> rusqlite::Result<()> {
    let mut actors = Actors::default();
    for entity in &account.entities {
        if let Some(actor) = actors.of(t, article, account, &entity.into())? {
            t.prepare_cached("UPDATE entities SET actor = ?3 WHERE article = ?1 AND n = ?2")?
                .execute([article, entity.id.into(), actor])?;
        }
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

/// The words of a name that tell: no titles, initials and articles.
pub(crate) fn key(name: &str) -> Vec<String> {
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

impl Entity {
    /// What it is called: its name and its roles.
    fn texts(&self) -> impl Iterator<Item = &str> {
        self.roles.iter().chain([&self.name]).map(String::as_str)
    }
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
