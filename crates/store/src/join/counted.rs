//! In how many articles an actor is named, and from which day to which: counted
//! when an article comes and goes, for it is asked whenever somebody looks for
//! people. Articles of one text count once.

use super::value;
use rusqlite::{Transaction, params};
use std::collections::{BTreeMap, BTreeSet};

/// What articles that were just added add to the counts of actors, to be
/// written all at once.
#[derive(Default)]
pub(crate) struct Counts {
    of: BTreeMap<i64, Count>,
}

#[derive(Default)]
struct Count {
    articles: i64,
    /// First and last day.
    days: Option<(String, String)>,
}

impl Counts {
    /// Counts an article that was just added for its actors: those of a reprint
    /// of `root` only where no article of that text names them.
    pub fn count(
        &mut self,
        t: &Transaction<'_>,
        article: i64,
        root: Option<i64>,
    ) -> rusqlite::Result<()> {
        let day = day(t, article)?;
        let counted = match root {
            Some(root) => named_elsewhere(t, article, root)?,
            None => BTreeSet::new(),
        };
        for actor in of_article(t, article)? {
            let count = self.of.entry(actor).or_default();
            count.articles += i64::from(!counted.contains(&actor));
            if let Some(day) = &day {
                let (first, last) = count.days.get_or_insert_with(|| (day.clone(), day.clone()));
                *first = day.min(first).clone();
                *last = day.max(last).clone();
            }
        }
        Ok(())
    }

    /// Writes what was counted, and begins anew.
    pub fn write(&mut self, t: &Transaction<'_>) -> rusqlite::Result<()> {
        let mut write = t.prepare_cached(
            "UPDATE actors SET articles = articles + ?2,
             first_day = coalesce(min(first_day, ?3), first_day, ?3),
             last_day = coalesce(max(last_day, ?4), last_day, ?4) WHERE id = ?1",
        )?;
        for (actor, Count { articles, days }) in std::mem::take(&mut self.of) {
            let (first, last) = days.unzip();
            write.execute(params![actor, articles, first, last])?;
        }
        Ok(())
    }
}

/// Takes an article out of what was counted for its actors; it is still there.
pub(crate) fn discount(t: &Transaction<'_>, article: i64) -> rusqlite::Result<()> {
    let day = day(t, article)?;
    let sql = "SELECT coalesce(copy_of, id) FROM articles WHERE id = ?1";
    let text = value(t, sql, [article])?.unwrap_or(article);
    let counted = named_elsewhere(t, article, text)?;
    let mut count = t.prepare_cached("UPDATE actors SET articles = articles - ?2 WHERE id = ?1")?;
    let mut days = t.prepare_cached(
        "UPDATE actors SET (first_day, last_day) = (
             SELECT min(a.day), max(a.day) FROM entities e JOIN articles a ON a.id = e.article
             WHERE e.actor = ?1 AND e.article <> ?2)
         WHERE id = ?1 AND ?3 IN (first_day, last_day)",
    )?;
    for actor in of_article(t, article)? {
        count.execute([actor, i64::from(!counted.contains(&actor))])?;
        days.execute(params![actor, article, day])?;
    }
    Ok(())
}

/// Counts the articles of all actors anew.
pub(crate) fn count_all(t: &Transaction<'_>) -> rusqlite::Result<()> {
    let sql = "UPDATE actors SET (articles, first_day, last_day) = (
                   SELECT count(DISTINCT coalesce(a.copy_of, a.id)), min(a.day), max(a.day)
                   FROM entities e JOIN articles a ON a.id = e.article
                   WHERE e.actor = actors.id)";
    t.execute(sql, []).map(drop)
}

/// The actors whom an article names.
fn of_article(t: &Transaction<'_>, article: i64) -> rusqlite::Result<BTreeSet<i64>> {
    t.prepare_cached("SELECT actor FROM entities WHERE article = ?1 AND actor NOT NULL")?
        .query_map([article], |row| row.get(0))?
        .collect()
}

/// The actors whom other articles of an article's text name: those that
/// reprint `root`, and that.
fn named_elsewhere(
    t: &Transaction<'_>,
    article: i64,
    root: i64,
) -> rusqlite::Result<BTreeSet<i64>> {
    t.prepare_cached(
        "SELECT e.actor FROM articles a CROSS JOIN entities e ON e.article = a.id
         WHERE (a.id = ?1 OR a.copy_of = ?1) AND a.id <> ?2 AND e.actor NOT NULL",
    )?
    .query_map([root, article], |row| row.get(0))?
    .collect()
}

fn day(t: &Transaction<'_>, article: i64) -> rusqlite::Result<Option<String>> {
    value(t, "SELECT day FROM articles WHERE id = ?1", [article])
}
