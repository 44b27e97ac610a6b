//! Putting accounts into a store, and taking them out.

use crate::join::actors::Actors;
use crate::join::counted::{self, Counts};
use crate::{Store, StoreError, copies, join, rows};
use dateline_account::{Account, Article};
use rusqlite::{Connection, OptionalExtension, Transaction, params};

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

/// What to do with an article whose id another one has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OnClash {
    /// Keep the one that is there.
    Keep,
    /// Take it out and put the new one in.
    Replace,
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
    /// is passed over, one of another article's id is passed over or takes its
    /// place; the answers say what was known of each.
    ///
    /// ```
    /// use dateline_account::{Account, Article};
    /// use dateline_store::{Known, OnClash, Store};
    /// let mut store = Store::create(":memory:")?;
    /// let account = Account::empty(&Article::new("a1", "Talks opened."), "en");
    /// assert_eq!(store.add(std::slice::from_ref(&account), OnClash::Keep)?, [Known::New]);
    /// assert_eq!(store.add(&[account], OnClash::Keep)?, [Known::Same]);
    /// # Ok::<(), dateline_store::StoreError>(())
    /// ```
    ///
    /// # Errors
    /// [`StoreError`], among them [`StoreError::Full`] and
    /// [`StoreError::Busy`]; nothing was added then. An account that breaks its
    /// contract ([`Account::check`]) is [`StoreError::Query`].
    pub fn add(
        &mut self,
        accounts: &[Account],
        on_clash: OnClash,
    ) -> Result<Vec<Known>, StoreError> {
        for account in accounts {
            let told = |reason| StoreError::Query(format!("account '{}': {reason}", account.id));
            account.check().map_err(told)?;
        }
        // What is known of actors is forgotten where the transaction fails.
        let mut actors = std::mem::take(&mut self.actors);
        let known = self.write(|t| {
            actors.refresh(t)?;
            let mut unindexed: Option<(i64, i64)> = None;
            let mut counts = Counts::default();
            let add = |account: &Account| {
                let known = known(t, &article(account))?;
                let replaced = known == Known::Other && on_clash == OnClash::Replace;
                if replaced {
                    // what is taken out of the index and the counts must be in them
                    index(t, unindexed.take())?;
                    counts.write(t)?;
                    remove(t, &account.id)?;
                    actors = Actors::default();
                }
                if replaced || known == Known::New {
                    let article = rows::write(t, account, &mut actors)?;
                    let root = copies::link(t, article, &account.text)?;
                    counts.count(t, article, root)?;
                    let first = unindexed.map_or(article, |(first, _)| first);
                    unindexed = Some((first, article));
                }
                Ok(known)
            };
            let known = accounts.iter().map(add).collect::<rusqlite::Result<_>>()?;
            index(t, unindexed)?;
            counts.write(t)?;
            Ok(known)
        })?;
        self.actors = actors;
        Ok(known)
    }

    /// Takes an article out, with everything that was read in it; says whether
    /// it was there. The earliest of its copies stands in its place from the
    /// next [`Store::join`] on.
    ///
    /// # Errors
    /// [`StoreError`]; the article is still there then.
    pub fn remove(&mut self, id: &str) -> Result<bool, StoreError> {
        self.actors = Actors::default();
        self.write(|t| remove(t, id))
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

/// Puts the texts of articles, the first and the last of them, into the
/// full-text index. All at once, for it writes what it has whenever another
/// statement begins.
fn index(t: &Transaction<'_>, articles: Option<(i64, i64)>) -> rusqlite::Result<()> {
    let Some((first, last)) = articles else { return Ok(()) };
    t.prepare_cached(
        "INSERT INTO article_words (rowid, title, text)
         SELECT id, title, text FROM articles WHERE id BETWEEN ?1 AND ?2 ORDER BY id",
    )?
    .execute([first, last])
    .map(drop)
}

fn remove(t: &Transaction<'_>, id: &str) -> rusqlite::Result<bool> {
    let article: Option<i64> =
        t.query_row("SELECT id FROM articles WHERE key = ?1", [id], |row| row.get(0)).optional()?;
    let Some(article) = article else { return Ok(false) };
    counted::discount(t, article)?;
    join::part(t, article)?;
    if let Some(heir) = copies::unlink(t, article)? {
        join::again(t, heir)?;
    }
    let places: Vec<i64> = t
        .prepare_cached("SELECT DISTINCT place FROM toponyms WHERE article = ?1")?
        .query_map([article], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    for table in ["parties", "events", "claims", "entities", "times", "toponyms", "sentences"] {
        t.execute(&format!("DELETE FROM {table} WHERE article = ?1"), [article])?;
    }
    t.execute("DELETE FROM articles WHERE id = ?1", [article])?;
    let mut unnamed = t.prepare_cached(
        "DELETE FROM places WHERE id = ?1
         AND NOT EXISTS (SELECT 1 FROM toponyms WHERE place = ?1)",
    )?;
    places.iter().try_for_each(|place| unnamed.execute([place]).map(drop))?;
    Ok(true)
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
            "SELECT text = ?2 AND title IS ?3 AND outlet IS ?4 AND url IS ?5 AND byline IS ?6
             AND published IS ?7 FROM articles WHERE key = ?1",
        )?
        .query_row(
            params![
                article.id,
                article.text,
                article.title,
                article.outlet,
                article.url,
                rows::some_json(&article.byline),
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
