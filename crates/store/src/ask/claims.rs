//! `find claims`.

use super::wanted::{Wanted, about, words};
use super::{Question, Who};
use crate::{Store, StoreError};
use dateline_account::{Span, TextIndex};
use rusqlite::{Connection, params_from_iter};
use schemars::JsonSchema;
use serde::Serialize;

/// A claim with its words.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct ClaimRow {
    /// Key of its article.
    pub article: String,
    /// Its number there.
    pub claim: i64,
    /// When it was said, else when the article was published.
    pub day: Option<String>,
    /// Publisher.
    pub outlet: Option<String>,
    /// Headline.
    pub title: Option<String>,
    /// Address.
    pub url: Option<String>,
    /// Who said it, where the article names somebody.
    pub speaker: Option<Who>,
    /// `assert`, `deny`, ...
    pub stance: String,
    /// `direct`, `mixed`, `indirect`.
    pub form: String,
    /// Words that tie speaker to quotation.
    pub cue: String,
    /// The words, pieces parted by ` … `.
    pub quote: String,
    /// Their spans in the article.
    pub span: Vec<Span>,
    /// 0 to 1.
    pub confidence: f64,
}

impl Store {
    /// Claims, newest first.
    ///
    /// # Errors
    /// [`StoreError`]; [`StoreError::Query`] for a full-text query that means
    /// nothing.
    pub fn claims(&self, question: &Question) -> Result<Vec<ClaimRow>, StoreError> {
        claims(&self.db, question).map_err(|e| self.asked(e))
    }
}

/// What holds of the claims that are wanted, `c` of the article `a`.
pub(crate) fn wanted(db: &Connection, question: &Question) -> rusqlite::Result<Wanted> {
    let mut wanted = Wanted::default();
    wanted.article(question);
    wanted.after(db, question, Some("c.n"))?;
    wanted.days(question, "coalesce(c.day, a.day)", "coalesce(c.day, a.day)");
    wanted.place(question, "t.article = c.article AND t.n = c.toponym");
    if let Some(stance) = &question.stance {
        wanted.must("c.stance = ?", [stance.to_lowercase()]);
    }
    for by in question.by.iter().chain(&question.actor) {
        wanted.party(db, by, |speaker| {
            format!(
                "EXISTS (SELECT 1 FROM entities x WHERE x.article = c.article
                 AND x.n = c.speaker AND {speaker})"
            )
        })?;
    }
    Ok(wanted)
}

fn claims(db: &Connection, question: &Question) -> rusqlite::Result<Vec<ClaimRow>> {
    let wanted = wanted(db, question)?;
    let sql = format!(
        "SELECT c.article, c.n FROM articles a CROSS JOIN claims c ON c.article = a.id{}
         ORDER BY a.day DESC, a.id DESC, c.n",
        wanted.clause()
    );
    let words = question.about.as_deref().map(words).unwrap_or_default();
    let mut found = Vec::new();
    let mut statement = db.prepare_cached(&sql)?;
    let mut rows = statement.query(params_from_iter(&wanted.parameters))?;
    while found.len() < question.limit
        && let Some(row) = rows.next()?
    {
        let (article, n) = (row.get(0)?, row.get(1)?);
        if words.is_empty() || about(&words, &sentences(db, article, n)?) {
            found.extend(claim(db, article, n)?);
        }
    }
    Ok(found)
}

/// The sentences of a claim.
pub(crate) fn sentences(db: &Connection, article: i64, n: i64) -> rusqlite::Result<String> {
    let sql = "SELECT substr(a.text, min(s.first) + 1, max(s.last) - min(s.first))
               FROM claims c JOIN articles a ON a.id = c.article
               JOIN sentences s ON s.article = c.article
               AND s.n BETWEEN c.sentence AND c.sentence + c.sentences - 1
               WHERE c.article = ?1 AND c.n = ?2";
    let text =
        db.prepare_cached(sql)?.query_row([article, n], |row| row.get::<_, Option<String>>(0));
    Ok(text?.unwrap_or_default())
}

/// A claim by its article's row and its number.
pub(super) fn claim(db: &Connection, article: i64, n: i64) -> rusqlite::Result<Option<ClaimRow>> {
    let sql =
        "SELECT a.key, coalesce(c.day, a.day), a.outlet, a.title, a.url, e.actor, e.name, e.code,
                      c.stance, c.form, c.cue, c.content, a.text, c.confidence
               FROM claims c JOIN articles a ON a.id = c.article
               LEFT JOIN entities e ON e.article = c.article AND e.n = c.speaker
               WHERE c.article = ?1 AND c.n = ?2";
    let mut statement = db.prepare_cached(sql)?;
    let mut rows = statement.query_map([article, n], |row| {
        let (cue, content, text): (String, String, String) =
            (row.get(10)?, row.get(11)?, row.get(12)?);
        let index = TextIndex::new(&text);
        let (name, id, code): (Option<String>, _, _) = (row.get(6)?, row.get(5)?, row.get(7)?);
        let span = spans(&content);
        Ok(ClaimRow {
            article: row.get(0)?,
            claim: n,
            day: row.get(1)?,
            outlet: row.get(2)?,
            title: row.get(3)?,
            url: row.get(4)?,
            speaker: name.map(|name| Who { id, name, code }),
            stance: row.get(8)?,
            form: row.get(9)?,
            cue: index.quote(&text, &spans(&cue)),
            quote: index.quote(&text, &span),
            span,
            confidence: row.get(13)?,
        })
    })?;
    rows.next().transpose()
}

/// Spans of a column.
pub(super) fn spans(json: &str) -> Vec<Span> {
    serde_json::from_str(json).unwrap_or_default()
}
