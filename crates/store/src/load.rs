//! Rows read back as the account they were written from.

use crate::{Store, StoreError};
use dateline_account::{
    Account, Actor, Claim, Entity, Event, EventType, Mention, Place, SCHEMA, Span, Time,
};
use rusqlite::{Connection, OptionalExtension, Params, Row};
use serde::de::DeserializeOwned;
use std::collections::HashMap;

impl Store {
    /// The account of an article, as it was added, but for its tokens and
    /// explanations, which a store does not keep.
    ///
    /// # Errors
    /// [`StoreError`] where the store cannot be read, or holds what no account
    /// can.
    pub fn account(&self, id: &str) -> Result<Option<Account>, StoreError> {
        account(&self.db, id).map_err(|e| self.error(e))
    }
}

fn account(db: &Connection, id: &str) -> rusqlite::Result<Option<Account>> {
    let head = db
        .prepare_cached(
            "SELECT id, title, outlet, url, byline, published, language, text, notes
             FROM articles WHERE key = ?1",
        )?
        .query_row([id], |row| {
            let account = Account {
                schema: SCHEMA.to_owned(),
                id: id.to_owned(),
                title: row.get(1)?,
                outlet: row.get(2)?,
                url: row.get(3)?,
                byline: list(row, 4)?,
                published: row.get(5)?,
                language: row.get(6)?,
                text: row.get(7)?,
                notes: list(row, 8)?,
                sentences: Vec::new(),
                paragraphs: Vec::new(),
                tokens: None,
                entities: Vec::new(),
                times: Vec::new(),
                places: Vec::new(),
                claims: Vec::new(),
                events: Vec::new(),
            };
            Ok((row.get(0)?, account))
        })
        .optional()?;
    let Some((article, mut account)) = head else { return Ok(None) };
    let shelf = Shelf { db, article };
    (account.sentences, account.paragraphs) = shelf.sentences()?;
    let places = shelf.indexes("places")?;
    let times = shelf.indexes("times")?;
    let entities = shelf.indexes("entities")?;
    let claims = shelf.indexes("claims")?;
    account.places = shelf.places()?;
    account.times = shelf.times()?;
    account.entities = shelf.entities(&places)?;
    account.claims = shelf.claims(&entities, &times, &places, &claims)?;
    account.events = shelf.events(&entities, &times, &places, &claims)?;
    Ok(Some(account))
}

/// Row ids to the account's indexes.
type Indexes = HashMap<i64, u32>;

/// The rows of one article.
struct Shelf<'a> {
    db: &'a Connection,
    article: i64,
}

/// A JSON list in a column.
fn list<T: DeserializeOwned>(row: &Row<'_>, column: usize) -> rusqlite::Result<Vec<T>> {
    let text: String = row.get(column)?;
    serde_json::from_str(&text).map_err(|e| foreign(column, e))
}

/// A variant by its name in JSON.
fn variant<T: DeserializeOwned>(row: &Row<'_>, column: usize) -> rusqlite::Result<T> {
    let name: String = row.get(column)?;
    serde_json::from_value(serde_json::Value::String(name)).map_err(|e| foreign(column, e))
}

fn foreign(column: usize, error: serde_json::Error) -> rusqlite::Error {
    let text = rusqlite::types::Type::Text;
    rusqlite::Error::FromSqlConversionFailure(column, text, Box::new(error))
}

/// The index that a column's row id stands for.
fn index(row: &Row<'_>, column: usize, indexes: &Indexes) -> rusqlite::Result<Option<u32>> {
    let id: Option<i64> = row.get(column)?;
    Ok(id.and_then(|id| indexes.get(&id).copied()))
}

fn span(row: &Row<'_>, column: usize) -> rusqlite::Result<Span> {
    Ok(Span::new(row.get(column)?, row.get(column + 1)?))
}

impl Shelf<'_> {
    fn rows<T>(
        &self,
        sql: &str,
        parameters: impl Params,
        read: impl FnMut(&Row<'_>) -> rusqlite::Result<T>,
    ) -> rusqlite::Result<Vec<T>> {
        self.db.prepare_cached(sql)?.query_map(parameters, read)?.collect()
    }

    fn indexes(&self, table: &str) -> rusqlite::Result<Indexes> {
        let sql = format!("SELECT id, n FROM {table} WHERE article = ?1");
        let pairs = self.rows(&sql, [self.article], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(pairs.into_iter().collect())
    }

    fn sentences(&self) -> rusqlite::Result<(Vec<Span>, Vec<Span>)> {
        let sql = "SELECT first, last, paragraph FROM sentences WHERE article = ?1 ORDER BY n";
        let rows = self
            .rows(sql, [self.article], |row| Ok((span(row, 0)?, row.get::<_, Option<i64>>(2)?)))?;
        let mut paragraphs: Vec<Span> = Vec::new();
        let mut open = None;
        for (sentence, paragraph) in &rows {
            match paragraphs.last_mut() {
                Some(last) if paragraph.is_some() && *paragraph == open => {
                    *last = last.cover(*sentence);
                }
                _ if paragraph.is_some() => paragraphs.push(*sentence),
                _ => {}
            }
            open = *paragraph;
        }
        Ok((rows.into_iter().map(|(sentence, _)| sentence).collect(), paragraphs))
    }

    fn places(&self) -> rusqlite::Result<Vec<Place>> {
        let sql = "SELECT first, last, form, name, geonames, lat, lon, country, feature
                   FROM places WHERE article = ?1 ORDER BY n";
        self.rows(sql, [self.article], |row| {
            Ok(Place {
                span: span(row, 0)?,
                form: variant(row, 2)?,
                name: row.get(3)?,
                geonames: row.get(4)?,
                lat: row.get(5)?,
                lon: row.get(6)?,
                country: row.get(7)?,
                feature: row.get(8)?,
            })
        })
    }

    fn times(&self) -> rusqlite::Result<Vec<Time>> {
        let sql = "SELECT first, last, type, value, modifier
                   FROM times WHERE article = ?1 ORDER BY n";
        self.rows(sql, [self.article], |row| {
            Ok(Time {
                span: span(row, 0)?,
                kind: variant(row, 2)?,
                value: row.get(3)?,
                modifier: row.get(4)?,
            })
        })
    }

    fn entities(&self, places: &Indexes) -> rusqlite::Result<Vec<Entity>> {
        let sql = "SELECT id, n, name, kind, roles, country, sectors, code, place
                   FROM entities WHERE article = ?1 ORDER BY n";
        let mut mentions: HashMap<i64, Vec<Mention>> = HashMap::new();
        let of = "SELECT entity, first, last, m.form FROM entities e JOIN mentions m
                  ON m.entity = e.id WHERE e.article = ?1 ORDER BY e.n, m.n";
        for (entity, mention) in self.rows(of, [self.article], |row| {
            Ok((row.get(0)?, Mention { span: span(row, 1)?, form: variant(row, 3)? }))
        })? {
            mentions.entry(entity).or_default().push(mention);
        }
        self.rows(sql, [self.article], |row| {
            let code: Option<String> = row.get(7)?;
            let actor = match code {
                Some(code) => Some(Actor { country: row.get(5)?, sectors: list(row, 6)?, code }),
                None => None,
            };
            Ok(Entity {
                id: row.get(1)?,
                name: row.get(2)?,
                kind: variant(row, 3)?,
                mentions: mentions.remove(&row.get(0)?).unwrap_or_default(),
                roles: list(row, 4)?,
                actor,
                place: index(row, 8, places)?,
                explain: Vec::new(),
            })
        })
    }

    fn claims(
        &self,
        entities: &Indexes,
        times: &Indexes,
        places: &Indexes,
        claims: &Indexes,
    ) -> rusqlite::Result<Vec<Claim>> {
        let sql = "SELECT n, source, speaker, cue, content, form, stance, addressee, via, channel,
                          said, place, within, confidence, unclosed
                   FROM claims WHERE article = ?1 ORDER BY n";
        self.rows(sql, [self.article], |row| {
            let channel: Option<String> = row.get(9)?;
            Ok(Claim {
                id: row.get(0)?,
                source: list(row, 1)?,
                speaker: index(row, 2, entities)?,
                cue: list(row, 3)?,
                content: list(row, 4)?,
                form: variant(row, 5)?,
                stance: row.get(6)?,
                addressee: index(row, 7, entities)?,
                via: index(row, 8, entities)?,
                channel: channel.map(|_| variant(row, 9)).transpose()?,
                said: index(row, 10, times)?,
                place: index(row, 11, places)?,
                within: index(row, 12, claims)?,
                confidence: row.get(13)?,
                unclosed: row.get(14)?,
                explain: Vec::new(),
            })
        })
    }

    fn events(
        &self,
        entities: &Indexes,
        times: &Indexes,
        places: &Indexes,
        claims: &Indexes,
    ) -> rusqlite::Result<Vec<Event>> {
        let mut parties: HashMap<(i64, String), Vec<u32>> = HashMap::new();
        let of = "SELECT event, side, entity FROM events e JOIN parties p ON p.event = e.id
                  WHERE e.article = ?1 ORDER BY event, side, p.n";
        for (party, entity) in self.rows(of, [self.article], |row| {
            Ok(((row.get(0)?, row.get(1)?), index(row, 2, entities)?))
        })? {
            parties.entry(party).or_default().extend(entity);
        }
        let sql =
            "SELECT id, n, type, mode, contexts, spans, sentence, date, time, place, polarity,
                          modality, claim, confidence
                   FROM events WHERE article = ?1 ORDER BY n";
        self.rows(sql, [self.article], |row| {
            let id: i64 = row.get(0)?;
            let mut side = |side: &str| parties.remove(&(id, side.to_owned())).unwrap_or_default();
            Ok(Event {
                id: row.get(1)?,
                kind: variant::<EventType>(row, 2)?,
                mode: row.get(3)?,
                contexts: list(row, 4)?,
                actor: side("actor"),
                recipient: side("recipient"),
                trigger: list(row, 5)?,
                sentence: row.get(6)?,
                date: row.get(7)?,
                time: index(row, 8, times)?,
                place: index(row, 9, places)?,
                polarity: variant(row, 10)?,
                modality: variant(row, 11)?,
                claim: index(row, 12, claims)?,
                confidence: row.get(13)?,
                explain: Vec::new(),
            })
        })
    }
}
