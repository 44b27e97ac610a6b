//! Rows read back as the account they were written from.

use crate::{Store, StoreError};
use dateline_account::{
    Account, Actor, Article, Claim, Entity, Event, EventType, Mention, MentionForm, Place, Span,
    Time,
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

pub(crate) fn account(db: &Connection, id: &str) -> rusqlite::Result<Option<Account>> {
    let head = db
        .prepare_cached(
            "SELECT id, title, outlet, url, byline, published, language, text, notes
             FROM articles WHERE key = ?1",
        )?
        .query_row([id], |row| {
            let empty = Account::empty(&Article::new(id, ""), row.get::<_, String>(6)?);
            let account = Account {
                title: row.get(1)?,
                outlet: row.get(2)?,
                url: row.get(3)?,
                byline: list(row, 4)?,
                published: row.get(5)?,
                text: row.get(7)?,
                notes: list(row, 8)?,
                ..empty
            };
            Ok((row.get(0)?, account))
        })
        .optional()?;
    let Some((article, mut account)) = head else { return Ok(None) };
    let shelf = Shelf { db, article };
    (account.sentences, account.paragraphs) = shelf.sentences()?;
    account.places = shelf.places()?;
    account.times = shelf.times()?;
    account.entities = shelf.entities()?;
    account.claims = shelf.claims()?;
    account.events = shelf.events()?;
    Ok(Some(account))
}

/// The rows of one article.
struct Shelf<'a> {
    db: &'a Connection,
    article: i64,
}

/// A JSON list in a column; NULL is an empty one.
fn list<T: DeserializeOwned>(row: &Row<'_>, column: usize) -> rusqlite::Result<Vec<T>> {
    let text: Option<String> = row.get(column)?;
    text.map_or(Ok(Vec::new()), |text| serde_json::from_str(&text).map_err(|e| foreign(column, e)))
}

/// Codes parted by spaces; NULL is none.
fn spaced(row: &Row<'_>, column: usize) -> rusqlite::Result<Vec<String>> {
    let codes: Option<String> = row.get(column)?;
    Ok(codes.iter().flat_map(|codes| codes.split(' ')).map(str::to_owned).collect())
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
                   FROM toponyms t JOIN places p ON p.id = t.place WHERE article = ?1 ORDER BY n";
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

    fn entities(&self) -> rusqlite::Result<Vec<Entity>> {
        let sql = "SELECT n, name, kind, roles, country, sectors, code, toponym, names, nominals,
                          pronouns
                   FROM entities WHERE article = ?1 ORDER BY n";
        self.rows(sql, [self.article], |row| {
            let code: Option<String> = row.get(6)?;
            let actor = match code {
                Some(code) => Some(Actor { country: row.get(4)?, sectors: spaced(row, 5)?, code }),
                None => None,
            };
            let mut mentions = Vec::new();
            for (column, form) in
                [(8, MentionForm::Name), (9, MentionForm::Nominal), (10, MentionForm::Pronoun)]
            {
                let spans = list::<Span>(row, column)?.into_iter();
                mentions.extend(spans.map(|span| Mention { span, form }));
            }
            mentions.sort_by_key(|mention| mention.span);
            Ok(Entity {
                id: row.get(0)?,
                name: row.get(1)?,
                kind: variant(row, 2)?,
                mentions,
                roles: list(row, 3)?,
                actor,
                place: row.get(7)?,
                explain: Vec::new(),
            })
        })
    }

    fn claims(&self) -> rusqlite::Result<Vec<Claim>> {
        let sql = "SELECT n, source, speaker, cue, content, form, stance, addressee, via, channel,
                          said, toponym, within, confidence, unclosed
                   FROM claims WHERE article = ?1 ORDER BY n";
        self.rows(sql, [self.article], |row| {
            let channel: Option<String> = row.get(9)?;
            Ok(Claim {
                id: row.get(0)?,
                source: list(row, 1)?,
                speaker: row.get(2)?,
                cue: list(row, 3)?,
                content: list(row, 4)?,
                form: variant(row, 5)?,
                stance: row.get(6)?,
                addressee: row.get(7)?,
                via: row.get(8)?,
                channel: channel.map(|_| variant(row, 9)).transpose()?,
                said: row.get(10)?,
                place: row.get(11)?,
                within: row.get(12)?,
                confidence: row.get(13)?,
                unclosed: row.get(14)?,
                explain: Vec::new(),
            })
        })
    }

    fn events(&self) -> rusqlite::Result<Vec<Event>> {
        let of = "SELECT event, side, entity FROM parties WHERE article = ?1
                  ORDER BY event, side, n";
        let mut parties: HashMap<(u32, String), Vec<u32>> = HashMap::new();
        for (party, entity) in
            self.rows(of, [self.article], |row| Ok(((row.get(0)?, row.get(1)?), row.get(2)?)))?
        {
            parties.entry(party).or_default().push(entity);
        }
        let sql = "SELECT n, type, mode, contexts, trigger, sentence, date, time, toponym,
                          polarity, modality, claim, confidence
                   FROM events WHERE article = ?1 ORDER BY n";
        self.rows(sql, [self.article], |row| {
            let id: u32 = row.get(0)?;
            let mut side = |side: &str| parties.remove(&(id, side.to_owned())).unwrap_or_default();
            Ok(Event {
                id,
                kind: variant::<EventType>(row, 1)?,
                mode: row.get(2)?,
                contexts: spaced(row, 3)?,
                actor: side("actor"),
                recipient: side("recipient"),
                trigger: list(row, 4)?,
                sentence: row.get(5)?,
                date: row.get(6)?,
                time: row.get(7)?,
                place: row.get(8)?,
                polarity: variant(row, 9)?,
                modality: variant(row, 10)?,
                claim: row.get(11)?,
                confidence: row.get(12)?,
                quad: None,
                intensity: None,
                cameo: None,
                explain: Vec::new(),
            })
        })
    }
}
