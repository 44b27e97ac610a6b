//! Whole accounts handed out with the rows of them that are wanted: for tables
//! that people take elsewhere.
//!
//! The answers of [`crate::ask`] are for looking at, newest first; these come in
//! the order in which articles were added, as one look at the store, whoever
//! writes to it meanwhile. One account is in memory at a time.

use crate::ask::{
    IncidentRow, Question, Wanted, about, articles, claims, events, incidents, words,
};
use crate::load::account;
use crate::{Store, StoreError};
use dateline_account::Account;
use rusqlite::{Connection, OptionalExtension, params_from_iter};

/// Which rows are wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Excerpts {
    /// The article itself, its row 0.
    Articles,
    /// Claims by their numbers.
    Claims,
    /// Events by their numbers.
    Events,
    /// Entities by their numbers.
    Entities,
}

/// An account of which some rows are wanted.
#[derive(Debug, Clone)]
pub struct Excerpt {
    /// The account, as it was added.
    pub account: Account,
    /// Numbers of the rows, ascending.
    pub rows: Vec<u32>,
    /// By entity, its row of `actors`.
    pub actors: Vec<Option<i64>>,
    /// By event, its incident.
    pub incidents: Vec<Option<i64>>,
}

/// Somebody across articles.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownActor {
    /// Row of `actors`.
    pub id: i64,
    /// Name.
    pub name: String,
    /// `person`, `organization`, `group`, `place`.
    pub kind: String,
    /// ISO 3166-1 alpha-3, or a PLOVER stand-in.
    pub country: Option<String>,
    /// PLOVER code.
    pub code: Option<String>,
}

impl Store {
    /// Hands out each article with a row that the question asks for, as long as
    /// `take` wants more; at most `limit` rows in all. Of entities, `about`,
    /// `by` and `actor` are words of names and roles, or the beginning of a code.
    ///
    /// # Errors
    /// As [`Store::claims`].
    pub fn excerpts(
        &self,
        which: Excerpts,
        question: &Question,
        mut take: impl FnMut(Excerpt) -> bool,
    ) -> Result<(), StoreError> {
        self.at_one_moment(|db| excerpts(db, which, question, &mut take))
    }

    /// Hands out the incidents of [`Store::incidents`] one by one, as long as
    /// `take` wants more.
    ///
    /// # Errors
    /// As [`Store::claims`].
    pub fn each_incident(
        &self,
        question: &Question,
        mut take: impl FnMut(IncidentRow) -> bool,
    ) -> Result<(), StoreError> {
        self.at_one_moment(|db| incidents::each_incident(db, question, &mut take))
    }

    /// Actors by their rows, in this order, but for those that are not there.
    ///
    /// # Errors
    /// [`StoreError`] where the store cannot be read.
    pub fn actors(
        &self,
        ids: impl IntoIterator<Item = i64>,
    ) -> Result<Vec<KnownActor>, StoreError> {
        let mut found = Vec::new();
        self.at_one_moment(|db| {
            let mut find =
                db.prepare_cached("SELECT name, kind, country, code FROM actors WHERE id = ?1")?;
            for id in ids {
                let actor = find.query_row([id], |row| {
                    let (name, kind) = (row.get(0)?, row.get(1)?);
                    Ok(KnownActor { id, name, kind, country: row.get(2)?, code: row.get(3)? })
                });
                found.extend(actor.optional()?);
            }
            Ok(())
        })?;
        Ok(found)
    }

    /// Reads in one transaction, which sees nothing that is written meanwhile.
    fn at_one_moment(
        &self,
        read: impl FnOnce(&Connection) -> rusqlite::Result<()>,
    ) -> Result<(), StoreError> {
        let moment = self.db.unchecked_transaction();
        moment.and_then(|moment| read(&moment)).map_err(|e| self.asked(e))
    }
}

fn excerpts(
    db: &Connection,
    which: Excerpts,
    question: &Question,
    take: &mut impl FnMut(Excerpt) -> bool,
) -> rusqlite::Result<()> {
    let (wanted, row, from) = match which {
        Excerpts::Articles => (articles::wanted(db, question)?, "0", ""),
        Excerpts::Claims => {
            (claims::wanted(db, question)?, "c.n", " CROSS JOIN claims c ON c.article = a.id")
        }
        Excerpts::Events => {
            (events::wanted(db, question)?, "v.n", " CROSS JOIN events v ON v.article = a.id")
        }
        Excerpts::Entities => {
            (entities(db, question)?, "x.n", " CROSS JOIN entities x ON x.article = a.id")
        }
    };
    let clause = wanted.clause();
    let sql = format!("SELECT a.id, a.key, {row} FROM articles a{from}{clause} ORDER BY a.id, 3");
    let words = match which {
        Excerpts::Claims | Excerpts::Events => question.about.as_deref().map(words),
        Excerpts::Articles | Excerpts::Entities => None,
    };
    let words = words.unwrap_or_default();
    let says = |article: i64, n: i64| -> rusqlite::Result<bool> {
        if words.is_empty() {
            return Ok(true);
        }
        let text = match which {
            Excerpts::Claims => claims::sentences(db, article, n)?,
            _ => events::event(db, article, n)?.map(|row| row.quote).unwrap_or_default(),
        };
        Ok(about(&words, &text))
    };
    let mut statement = db.prepare(&sql)?;
    let mut found = statement.query(params_from_iter(&wanted.parameters))?;
    let mut open: Option<(i64, String, Vec<u32>)> = None;
    let mut left = question.limit;
    while left > 0
        && let Some(row) = found.next()?
    {
        let (article, n): (i64, i64) = (row.get(0)?, row.get(2)?);
        if !says(article, n)? {
            continue;
        }
        left -= 1;
        match &mut open {
            Some((last, _, rows)) if *last == article => rows.push(n as u32),
            _ => {
                let next = Some((article, row.get(1)?, vec![n as u32]));
                if let Some(done) = std::mem::replace(&mut open, next)
                    && !hand_out(db, done, take)?
                {
                    return Ok(());
                }
            }
        }
    }
    open.map_or(Ok(()), |done| hand_out(db, done, take).map(drop))
}

fn hand_out(
    db: &Connection,
    (article, key, rows): (i64, String, Vec<u32>),
    take: &mut impl FnMut(Excerpt) -> bool,
) -> rusqlite::Result<bool> {
    let Some(account) = account(db, &key)? else { return Ok(true) };
    let column = |sql: &str| -> rusqlite::Result<Vec<Option<i64>>> {
        db.prepare_cached(sql)?.query_map([article], |row| row.get(0))?.collect()
    };
    let actors = column("SELECT actor FROM entities WHERE article = ?1 ORDER BY n")?;
    let incidents = column(
        "SELECT r.incident FROM events v
         LEFT JOIN reports r ON r.article = v.article AND r.event = v.n
         WHERE v.article = ?1 ORDER BY v.n",
    )?;
    Ok(take(Excerpt { account, rows, actors, incidents }))
}

fn entities(db: &Connection, question: &Question) -> rusqlite::Result<Wanted> {
    let mut wanted = Wanted::default();
    let of_articles = Question { about: None, ..question.clone() };
    wanted.article(&of_articles);
    wanted.days(question, "a.day", "a.day");
    wanted.place(question, "t.article = a.id");
    for wish in [&question.about, &question.by, &question.actor].into_iter().flatten() {
        wanted.party(db, wish, str::to_owned)?;
    }
    Ok(wanted)
}
