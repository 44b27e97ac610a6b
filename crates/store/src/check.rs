//! Whether everything in a store is as it should be.

use crate::rows::quoted;
use crate::{Store, StoreError};
use dateline_account::{Account, TextIndex};
use rusqlite::{Row, params};

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
    /// every row points at rows that are there and of its own article, and that
    /// every span still quotes its text.
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
                    let mut told = self.article(&account).map_err(|e| self.error(e))?;
                    checked.problems.append(&mut told);
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

    /// Rows that point into another article, and words of sentences that are
    /// not there.
    fn strays(&self, problems: &mut Vec<String>) -> rusqlite::Result<()> {
        for (table, column, other) in [
            ("entities", "place", "places"),
            ("claims", "speaker", "entities"),
            ("claims", "addressee", "entities"),
            ("claims", "via", "entities"),
            ("claims", "said", "times"),
            ("claims", "place", "places"),
            ("claims", "within", "claims"),
            ("events", "time", "times"),
            ("events", "place", "places"),
            ("events", "claim", "claims"),
        ] {
            let sql = format!(
                "SELECT count(*) FROM {table} a JOIN {other} b ON b.id = a.{column}
                 WHERE a.article <> b.article"
            );
            let count: i64 = self.db.query_row(&sql, [], |row| row.get(0))?;
            if count > 0 {
                problems.push(format!(
                    "{count} rows of {table} have their {column} in another article"
                ));
            }
        }
        for (words, of) in [("article_words", "articles"), ("sentence_words", "sentences")] {
            let sql = format!(
                "SELECT (SELECT count(*) FROM {of}), (SELECT count(*) FROM {words}_docsize)"
            );
            let (rows, indexed): (i64, i64) =
                self.db.query_row(&sql, [], |row| Ok((row.get(0)?, row.get(1)?)))?;
            if rows != indexed {
                problems.push(format!("{words} indexes {indexed} rows, but {of} has {rows}"));
            }
        }
        Ok(())
    }

    /// One article: its contract, and that the words kept beside spans are
    /// those of the text.
    fn article(&self, account: &Account) -> rusqlite::Result<Vec<String>> {
        let index = TextIndex::new(&account.text);
        let told = |what: String| format!("article '{}': {what}", account.id);
        if let Err(breach) = account.check() {
            return Ok(vec![told(breach)]);
        }
        let kept = |sql: &str| -> rusqlite::Result<Vec<String>> {
            let mut rows = self.db.prepare_cached(sql)?;
            rows.query_map(params![account.id], |row| row.get(0))?.collect()
        };
        let quotes = kept(
            "SELECT c.quote FROM claims c JOIN articles a ON a.id = c.article
             WHERE a.key = ?1 ORDER BY c.n",
        )?;
        let triggers = kept(
            "SELECT e.trigger FROM events e JOIN articles a ON a.id = e.article
             WHERE a.key = ?1 ORDER BY e.n",
        )?;
        let mut problems = Vec::new();
        for (claim, quote) in account.claims.iter().zip(quotes) {
            if quoted(&index, &account.text, &claim.content) != quote {
                problems.push(told(format!("claim {} does not quote its text", claim.id)));
            }
        }
        for (event, trigger) in account.events.iter().zip(triggers) {
            if quoted(&index, &account.text, &event.trigger) != trigger {
                problems.push(told(format!("event {} does not quote its text", event.id)));
            }
        }
        Ok(problems)
    }
}
