//! `find events`.

use super::claims::spans;
use super::wanted::{Wanted, about, words};
use super::{Question, Who};
use crate::{Store, StoreError};
use dateline_account::{Span, TextIndex};
use rusqlite::{Connection, params_from_iter};
use schemars::JsonSchema;
use serde::Serialize;

/// An event with its sentence.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct EventRow {
    /// Key of its article.
    pub article: String,
    /// Its number there.
    pub event: i64,
    /// PLOVER type.
    #[serde(rename = "type")]
    pub kind: String,
    /// PLOVER mode.
    pub mode: Option<String>,
    /// PLOVER contexts.
    pub contexts: Vec<String>,
    /// Who acts.
    pub actor: Vec<Who>,
    /// Who is acted upon.
    pub recipient: Vec<Who>,
    /// ISO date or interval, as the article tells it.
    pub date: Option<String>,
    /// Its first day, else the day of publication.
    pub day: Option<String>,
    /// Name of the place.
    pub place: Option<String>,
    /// Its country, ISO 3166-1 alpha-3.
    pub country: Option<String>,
    /// `positive`, or `negative`: it did not happen.
    pub polarity: String,
    /// `actual`, `ongoing`, `planned`, ...
    pub modality: String,
    /// Number of the claim that reports it.
    pub claim: Option<i64>,
    /// The incident that it is a report of.
    pub incident: Option<i64>,
    /// Publisher.
    pub outlet: Option<String>,
    /// Day of publication.
    pub published: Option<String>,
    /// Words that express it.
    pub trigger: String,
    /// Its sentence.
    pub quote: String,
    /// 0 to 1.
    pub confidence: f64,
}

impl Store {
    /// The types of the events in the store, in the order of their codes.
    ///
    /// # Errors
    /// [`StoreError`] where the store cannot be read.
    pub fn event_types(&self) -> Result<Vec<String>, StoreError> {
        let types = || -> rusqlite::Result<Vec<String>> {
            let sql = "SELECT DISTINCT type FROM events ORDER BY type";
            self.db.prepare_cached(sql)?.query_map([], |row| row.get(0))?.collect()
        };
        types().map_err(|e| self.error(e))
    }

    /// Events, newest article first.
    ///
    /// # Errors
    /// As [`Store::claims`].
    pub fn events(&self, question: &Question) -> Result<Vec<EventRow>, StoreError> {
        let mut found = Vec::new();
        each(
            &self.db,
            question,
            |_| {},
            |event| {
                found.push(event);
                Ok(found.len() < question.limit)
            },
        )
        .map_err(|e| self.asked(e))?;
        found.truncate(question.limit);
        Ok(found)
    }
}

/// Hands the events that are wanted to `take`, newest article first, as long as
/// it wants more. `narrow` may ask for more of the events `v`.
pub(super) fn each(
    db: &Connection,
    question: &Question,
    narrow: impl FnOnce(&mut Wanted),
    mut take: impl FnMut(EventRow) -> rusqlite::Result<bool>,
) -> rusqlite::Result<()> {
    let mut wanted = wanted(db, question)?;
    narrow(&mut wanted);
    wanted.after(db, question, Some("v.n"))?;
    let sql = format!(
        "SELECT v.article, v.n FROM articles a CROSS JOIN events v ON v.article = a.id{}
         ORDER BY a.day DESC, a.id DESC, v.n",
        wanted.clause()
    );
    let words = question.about.as_deref().map(words).unwrap_or_default();
    let mut statement = db.prepare_cached(&sql)?;
    let mut rows = statement.query(params_from_iter(&wanted.parameters))?;
    while let Some(row) = rows.next()? {
        let Some(event) = event(db, row.get(0)?, row.get(1)?)? else { continue };
        if (words.is_empty() || about(&words, &event.quote)) && !take(event)? {
            break;
        }
    }
    Ok(())
}

/// What holds of the events that are wanted, `v` of the article `a`.
pub(crate) fn wanted(db: &Connection, question: &Question) -> rusqlite::Result<Wanted> {
    let mut wanted = Wanted::default();
    wish(db, &mut wanted, question)?;
    Ok(wanted)
}

/// What a question asks of the events `v` of articles `a`.
pub(super) fn wish(
    db: &Connection,
    wanted: &mut Wanted,
    question: &Question,
) -> rusqlite::Result<()> {
    wanted.article(question);
    let (first, last) = ("coalesce(v.day, a.day)", "coalesce(v.last_day, v.day, a.day)");
    wanted.days(question, first, last);
    wanted.place(question, "t.article = v.article AND t.n = v.toponym");
    if let Some(kind) = &question.kind {
        wanted.must("v.type = ?", [kind.to_uppercase()]);
    }
    for (side, wish) in [("actor", &question.actor), ("recipient", &question.recipient)] {
        let Some(wish) = wish else { continue };
        wanted.party(db, wish, |party| {
            format!(
                "EXISTS (SELECT 1 FROM parties p JOIN entities x ON x.article = p.article
                 AND x.n = p.entity WHERE p.article = v.article AND p.event = v.n
                 AND p.side = '{side}' AND {party})"
            )
        })?;
    }
    if let Some(by) = &question.by {
        wanted.party(db, by, |speaker| {
            format!(
                "EXISTS (SELECT 1 FROM claims c JOIN entities x ON x.article = c.article
                 AND x.n = c.speaker WHERE c.article = v.article AND c.n = v.claim AND {speaker})"
            )
        })?;
    }
    if let Some(stance) = &question.stance {
        let told = "EXISTS (SELECT 1 FROM claims c WHERE c.article = v.article AND c.n = v.claim
                    AND c.stance = ?)";
        wanted.must(told, [stance.to_lowercase()]);
    }
    Ok(())
}

/// An event by its article's row and its number.
pub(crate) fn event(db: &Connection, article: i64, n: i64) -> rusqlite::Result<Option<EventRow>> {
    let sql = "SELECT a.key, v.type, v.mode, v.contexts, v.date, coalesce(v.day, a.day), l.name,
                      l.country, v.polarity, v.modality, v.claim, r.incident, a.outlet, a.published,
                      v.trigger, s.first, s.last, v.confidence, a.text
               FROM events v JOIN articles a ON a.id = v.article
               JOIN sentences s ON s.article = v.article AND s.n = v.sentence
               LEFT JOIN toponyms t ON t.article = v.article AND t.n = v.toponym
               LEFT JOIN places l ON l.id = t.place
               LEFT JOIN reports r ON r.article = v.article AND r.event = v.n
               WHERE v.article = ?1 AND v.n = ?2";
    let mut statement = db.prepare_cached(sql)?;
    let mut rows = statement.query_map([article, n], |row| {
        let (trigger, text): (String, String) = (row.get(14)?, row.get(18)?);
        let contexts: Option<String> = row.get(3)?;
        let index = TextIndex::new(&text);
        Ok(EventRow {
            article: row.get(0)?,
            event: n,
            kind: row.get(1)?,
            mode: row.get(2)?,
            contexts: contexts.iter().flat_map(|c| c.split(' ')).map(str::to_owned).collect(),
            actor: side(db, article, n, "actor")?,
            recipient: side(db, article, n, "recipient")?,
            date: row.get(4)?,
            day: row.get(5)?,
            place: row.get(6)?,
            country: row.get(7)?,
            polarity: row.get(8)?,
            modality: row.get(9)?,
            claim: row.get(10)?,
            incident: row.get(11)?,
            outlet: row.get(12)?,
            published: row.get(13)?,
            trigger: index.quote(&text, &spans(&trigger)),
            quote: index.quote(&text, &[Span::new(row.get(15)?, row.get(16)?)]),
            confidence: row.get(17)?,
        })
    })?;
    rows.next().transpose()
}

/// Those on one side of an event.
fn side(db: &Connection, article: i64, event: i64, side: &str) -> rusqlite::Result<Vec<Who>> {
    let sql = "SELECT e.actor, e.name, e.code FROM parties p
               JOIN entities e ON e.article = p.article AND e.n = p.entity
               WHERE p.article = ?1 AND p.event = ?2 AND p.side = ?3 ORDER BY p.n";
    db.prepare_cached(sql)?
        .query_map(rusqlite::params![article, event, side], |row| {
            Ok(Who { id: row.get(0)?, name: row.get(1)?, code: row.get(2)? })
        })?
        .collect()
}
