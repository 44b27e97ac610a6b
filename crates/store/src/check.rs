//! Whether everything in a store is as it should be.

use crate::{Store, StoreError};
use rusqlite::Row;

/// What a check looked at and what it found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Checked {
    /// Articles whose rows were read back.
    pub articles: u64,
    /// Spans that were held against their text.
    pub spans: u64,
    /// What is wrong, a sentence each; empty when the store is sound.
    pub problems: Vec<String>,
}

/// More of one kind are only counted.
const LISTED: usize = 20;

impl Store {
    /// Checks the store: SQLite's own structures and full-text indexes, that
    /// every row points at rows that are there, that no row is left over, and
    /// that every span still quotes its text.
    ///
    /// # Errors
    /// [`StoreError`] where the store cannot be read at all.
    pub fn check(&self) -> Result<Checked, StoreError> {
        let mut checked = Checked::default();
        let problems = &mut checked.problems;
        self.structure(problems).map_err(|e| self.error(e))?;
        self.strays(problems).map_err(|e| self.error(e))?;
        let keys = self.texts("SELECT key FROM articles ORDER BY id");
        for key in keys.map_err(|e| self.error(e))? {
            match self.account(&key) {
                Ok(Some(account)) => {
                    checked.articles += 1;
                    checked.spans += account.spans().count() as u64;
                    let breach = account.check().err();
                    let told = breach.map(|breach| format!("article '{key}': {breach}"));
                    checked.problems.extend(told);
                }
                Ok(None) => {}
                Err(error) => checked.problems.push(format!("article '{key}': {error}")),
            }
            if checked.problems.len() > LISTED {
                checked.problems.truncate(LISTED);
                checked.problems.push("there is more; the check stopped here".to_owned());
                break;
            }
        }
        Ok(checked)
    }

    fn texts(&self, sql: &str) -> rusqlite::Result<Vec<String>> {
        self.db.prepare(sql)?.query_map([], |row| row.get(0))?.collect()
    }

    /// SQLite's own checks, and those of the full-text indexes.
    fn structure(&self, problems: &mut Vec<String>) -> rusqlite::Result<()> {
        let told = self.texts("PRAGMA integrity_check(20)")?;
        problems.extend(told.into_iter().filter(|told| told != "ok"));
        let broken = |row: &Row<'_>| {
            let (table, other): (String, String) = (row.get(0)?, row.get(2)?);
            Ok(format!("a row of {table} points at a row of {other} that is not there"))
        };
        let mut keys = self.db.prepare("PRAGMA foreign_key_check")?;
        for told in keys.query_map([], broken)?.take(LISTED) {
            problems.push(told?);
        }
        Ok(())
    }

    /// What no article has: indexed words, places, actors, incidents.
    fn strays(&self, problems: &mut Vec<String>) -> rusqlite::Result<()> {
        let counts = "SELECT (SELECT count(*) FROM articles),
                      (SELECT count(*) FROM article_words_docsize)";
        let (articles, indexed): (i64, i64) =
            self.db.query_row(counts, [], |row| Ok((row.get(0)?, row.get(1)?)))?;
        if articles != indexed {
            problems.push(format!("the full text is of {indexed} articles, not of {articles}"));
        }
        for (told, sql) in [
            (
                "no article names the place",
                "SELECT name FROM places p
                 WHERE NOT EXISTS (SELECT 1 FROM toponyms t WHERE t.place = p.id)",
            ),
            (
                "no article names the actor",
                "SELECT name FROM actors o
                 WHERE NOT EXISTS (SELECT 1 FROM entities e WHERE e.actor = o.id)",
            ),
            (
                "articles or days are miscounted of the actor",
                "SELECT name FROM actors o WHERE (articles, first_day, last_day) IS NOT (
                     SELECT count(DISTINCT coalesce(a.copy_of, a.id)), min(a.day), max(a.day)
                     FROM entities e JOIN articles a ON a.id = e.article WHERE e.actor = o.id)",
            ),
            (
                "an actor that is not there is found by the word",
                "SELECT word FROM actor_words WHERE actor NOT IN (SELECT id FROM actors)",
            ),
            (
                "an article that is not there is looked for as a root of copies, number",
                "SELECT DISTINCT CAST(article AS TEXT) FROM copy_bands
                 WHERE article NOT IN (SELECT id FROM articles WHERE copy_of IS NULL)",
            ),
            (
                "it is a copy of a copy, the article",
                "SELECT c.key FROM articles c JOIN articles r ON r.id = c.copy_of
                 WHERE r.copy_of IS NOT NULL",
            ),
            (
                "nobody reports the incident",
                "SELECT CAST(id AS TEXT) FROM incidents i
                 WHERE NOT EXISTS (SELECT 1 FROM reports r WHERE r.incident = i.id)",
            ),
        ] {
            let left = self.texts(sql)?;
            problems.extend(left.into_iter().map(|which| format!("{told} {which}")));
        }
        Ok(())
    }
}
