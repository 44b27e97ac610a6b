//! Putting accounts into a store, and taking them out.

use crate::{Store, StoreError, rows};
use dateline_account::{Account, Article};
use rusqlite::{Connection, OptionalExtension, params};

/// What the store knows of an article.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Known {
    /// Nothing.
    New,
    /// The very same article.
    Same,
    /// Another article of the same id: another text, title, outlet, address,
    /// author or day.
    Other,
}

impl Store {
    /// What the store knows of this article.
    ///
    /// # Errors
    /// [`StoreError`] where the store cannot be read.
    pub fn known(&self, article: &Article) -> Result<Known, StoreError> {
        known(&self.db, article).map_err(|e| self.error(e))
    }

    /// Adds some accounts in one transaction: all of them are in the store
    /// when this returns, or none. An account whose article is known already
    /// is passed over; the answers say what was known of each.
    ///
    /// ```
    /// use dateline_account::{Account, Article};
    /// use dateline_store::{Known, Store};
    /// let mut store = Store::create(":memory:")?;
    /// let account = Account::empty(&Article::new("a1", "Talks opened."), "en");
    /// assert_eq!(store.add(std::slice::from_ref(&account))?, [Known::New]);
    /// assert_eq!(store.add(&[account])?, [Known::Same]);
    /// # Ok::<(), dateline_store::StoreError>(())
    /// ```
    ///
    /// # Errors
    /// [`StoreError`], among them [`StoreError::Full`] and
    /// [`StoreError::Busy`]; nothing was added then. An account that breaks its
    /// contract ([`Account::check`]) is [`StoreError::Query`].
    pub fn add(&mut self, accounts: &[Account]) -> Result<Vec<Known>, StoreError> {
        for account in accounts {
            let told = |reason| StoreError::Query(format!("account '{}': {reason}", account.id));
            account.check().map_err(told)?;
        }
        self.write(|t| {
            let add = |account: &Account| {
                let known = known(t, &article(account))?;
                if known == Known::New {
                    rows::write(t, account)?;
                }
                Ok(known)
            };
            accounts.iter().map(add).collect()
        })
    }

    /// Takes an article out, with everything that was read in it; says whether
    /// it was there.
    ///
    /// # Errors
    /// [`StoreError`]; the article is still there then.
    pub fn remove(&mut self, id: &str) -> Result<bool, StoreError> {
        self.write(|t| {
            let article: Option<i64> = t
                .query_row("SELECT id FROM articles WHERE key = ?1", [id], |row| row.get(0))
                .optional()?;
            let Some(article) = article else { return Ok(false) };
            // Rows point at each other, too: what points goes first.
            for table in ["events", "claims", "entities", "articles"] {
                let column = if table == "articles" { "id" } else { "article" };
                t.execute(&format!("DELETE FROM {table} WHERE {column} = ?1"), [article])?;
            }
            Ok(true)
        })
    }

    /// How many articles there are.
    ///
    /// # Errors
    /// [`StoreError`] where the store cannot be read.
    pub fn articles(&self) -> Result<u64, StoreError> {
        let sql = "SELECT count(*) FROM articles";
        let count = self.db.query_row(sql, [], |row| row.get::<_, i64>(0));
        count.map(i64::unsigned_abs).map_err(|e| self.error(e))
    }
}

/// What an account says of its article.
fn article(account: &Account) -> Article {
    Article {
        id: account.id.clone(),
        text: account.text.clone(),
        title: account.title.clone(),
        outlet: account.outlet.clone(),
        url: account.url.clone(),
        byline: account.byline.clone(),
        published: account.published.clone(),
    }
}

fn known(db: &Connection, article: &Article) -> rusqlite::Result<Known> {
    let same: Option<bool> = db
        .prepare_cached(
            "SELECT text = ?2 AND title IS ?3 AND outlet IS ?4 AND url IS ?5 AND byline = ?6
             AND published IS ?7 FROM articles WHERE key = ?1",
        )?
        .query_row(
            params![
                article.id,
                article.text,
                article.title,
                article.outlet,
                article.url,
                rows::json(&article.byline),
                article.published,
            ],
            |row| row.get(0),
        )
        .optional()?;
    Ok(match same {
        None => Known::New,
        Some(true) => Known::Same,
        Some(false) => Known::Other,
    })
}
