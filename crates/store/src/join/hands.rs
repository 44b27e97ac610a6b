//! Work on many articles at once, its results in their order.

use crate::{Store, StoreError};
use rusqlite::Connection;
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::sync_channel;
use std::thread;

/// Results that wait for an earlier one or to be taken, of each thread.
const WAITING: usize = 16;

/// The connections of threads that read a store, one each.
pub(crate) struct Hands {
    connections: Vec<Connection>,
}

impl Hands {
    /// As many as the store was told; none of a store that only its own
    /// connection knows.
    pub fn of(store: &Store) -> Result<Self, StoreError> {
        let connections = (0..store.threads).map_while(|_| store.another().transpose());
        Ok(Self { connections: connections.collect::<Result<_, _>>()? })
    }

    /// Does `work` on each article, on all threads, and hands what comes of it
    /// to `take`, on this thread and in the order of the articles. Without
    /// threads `own` is asked.
    ///
    /// # Errors
    /// The first of work or take; the other articles are left then.
    pub fn each<T: Send>(
        &mut self,
        own: &Connection,
        articles: &[i64],
        work: impl Fn(&Connection, i64) -> rusqlite::Result<T> + Sync,
        mut take: impl FnMut(i64, T) -> rusqlite::Result<()>,
    ) -> rusqlite::Result<()> {
        if self.connections.is_empty() {
            return articles.iter().try_for_each(|article| take(*article, work(own, *article)?));
        }
        let next = AtomicUsize::new(0);
        let (done, results) = sync_channel(self.connections.len() * WAITING);
        thread::scope(|scope| {
            for db in &mut self.connections {
                let (done, next, work) = (done.clone(), &next, &work);
                scope.spawn(move || {
                    let next = || next.fetch_add(1, Ordering::Relaxed);
                    while let (at, Some(article)) = pair(articles, next()) {
                        if done.send((at, work(db, article))).is_err() {
                            break;
                        }
                    }
                });
            }
            drop(done);
            let (mut waiting, mut at) = (BTreeMap::new(), 0);
            for (which, result) in results {
                waiting.insert(which, result);
                while let Some(result) = waiting.remove(&at) {
                    take(articles[at], result?)?;
                    at += 1;
                }
            }
            Ok(())
        })
    }
}

fn pair(articles: &[i64], at: usize) -> (usize, Option<i64>) {
    (at, articles.get(at).copied())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_come_in_order_and_an_error_ends_the_work() {
        let own = Connection::open_in_memory().unwrap();
        let articles: Vec<i64> = (0..500).collect();
        for threads in [0, 1, 3] {
            let connections = (0..threads).map(|_| Connection::open_in_memory().unwrap());
            let mut hands = Hands { connections: connections.collect() };
            let mut got = Vec::new();
            let twice = |db: &Connection, n: i64| {
                db.query_row("SELECT ?1 * 2", [n], |row| row.get::<_, i64>(0))
            };
            let mut take = |article, twice| {
                got.push((article, twice));
                Ok(())
            };
            hands.each(&own, &articles, twice, &mut take).unwrap();
            assert_eq!(got, (0..500).map(|n| (n, n * 2)).collect::<Vec<_>>());
            let fails = |_: &Connection, n: i64| match n {
                ..7 => Ok(n),
                _ => Err(rusqlite::Error::QueryReturnedNoRows),
            };
            let mut last = 0;
            let seen = |article, _| {
                last = article;
                Ok(())
            };
            assert!(hands.each(&own, &articles, fails, seen).is_err());
            assert_eq!(last, 6);
        }
    }
}
