//! `find articles`.

use super::Question;
use super::wanted::Wanted;
use crate::{Store, StoreError};
use rusqlite::{Connection, params_from_iter};
use schemars::JsonSchema;
use serde::Serialize;

/// An article, without its text.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct ArticleRow {
    /// Its key.
    pub article: String,
    /// Headline.
    pub title: Option<String>,
    /// Publisher.
    pub outlet: Option<String>,
    /// Day or time of publication.
    pub published: Option<String>,
    /// Address.
    pub url: Option<String>,
    /// Words of its text.
    pub words: i64,
    /// Claims read in it.
    pub claims: i64,
    /// Events read in it.
    pub events: i64,
    /// Key of the article that it reprints.
    pub copy_of: Option<String>,
    /// How many articles reprint it.
    pub copies: i64,
}

impl Store {
    /// Articles, newest first: with a speaker, an actor, a place, words.
    ///
    /// # Errors
    /// As [`Store::claims`].
    pub fn find_articles(&self, question: &Question) -> Result<Vec<ArticleRow>, StoreError> {
        articles(&self.db, question).map_err(|e| self.asked(e))
    }
}

/// What holds of the articles that are wanted, `a`.
pub(crate) fn wanted(db: &Connection, question: &Question) -> rusqlite::Result<Wanted> {
    let mut wanted = Wanted::default();
    wanted.article(question);
    wanted.after(db, question, None)?;
    wanted.days(question, "a.day", "a.day");
    wanted.place(question, "t.article = a.id");
    if let Some(kind) = &question.kind {
        let holds = "EXISTS (SELECT 1 FROM events v WHERE v.article = a.id AND v.type = ?)";
        wanted.must(holds, [kind.to_uppercase()]);
    }
    if let Some(stance) = &question.stance {
        let holds = "EXISTS (SELECT 1 FROM claims c WHERE c.article = a.id AND c.stance = ?)";
        wanted.must(holds, [stance.to_lowercase()]);
    }
    if let Some(by) = &question.by {
        wanted.party(db, by, |speaker| {
            format!(
                "EXISTS (SELECT 1 FROM claims c JOIN entities x ON x.article = c.article
                 AND x.n = c.speaker WHERE c.article = a.id AND {speaker})"
            )
        })?;
    }
    for (side, wish) in [("actor", &question.actor), ("recipient", &question.recipient)] {
        let Some(wish) = wish else { continue };
        wanted.party(db, wish, |party| {
            format!(
                "EXISTS (SELECT 1 FROM parties p JOIN entities x ON x.article = p.article
                 AND x.n = p.entity WHERE p.article = a.id AND p.side = '{side}' AND {party})"
            )
        })?;
    }
    Ok(wanted)
}

fn articles(db: &Connection, question: &Question) -> rusqlite::Result<Vec<ArticleRow>> {
    let wanted = wanted(db, question)?;
    let sql = format!(
        "SELECT a.key, a.title, a.outlet, a.published, a.url, a.words,
                (SELECT count(*) FROM claims c WHERE c.article = a.id),
                (SELECT count(*) FROM events v WHERE v.article = a.id),
                (SELECT r.key FROM articles r WHERE r.id = a.copy_of),
                (SELECT count(*) FROM articles c WHERE c.copy_of = a.id)
         FROM articles a{} ORDER BY a.day DESC, a.id DESC LIMIT {}",
        wanted.clause(),
        question.limit
    );
    db.prepare_cached(&sql)?
        .query_map(params_from_iter(&wanted.parameters), |row| {
            Ok(ArticleRow {
                article: row.get(0)?,
                title: row.get(1)?,
                outlet: row.get(2)?,
                published: row.get(3)?,
                url: row.get(4)?,
                words: row.get(5)?,
                claims: row.get(6)?,
                events: row.get(7)?,
                copy_of: row.get(8)?,
                copies: row.get(9)?,
            })
        })?
        .collect()
}
