//! Some read-only connections to the store, used off the threads that serve.

use crate::problem::Problem;
use dateline_store::ask::Interrupter;
use dateline_store::{Store, StoreError};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// Connections, opened when they are needed and then kept.
#[derive(Clone)]
pub struct Pool {
    path: Arc<PathBuf>,
    idle: Arc<Mutex<Vec<Store>>>,
    places: Arc<Semaphore>,
}

/// Interrupts a question whose asker has gone: the client hung up or the time
/// is over.
struct Asker(Option<Interrupter>);

impl Drop for Asker {
    fn drop(&mut self) {
        if let Some(interrupter) = self.0.take() {
            interrupter.interrupt();
        }
    }
}

impl Pool {
    /// At most `connections` questions are answered at one time.
    pub fn new(path: PathBuf, connections: usize) -> Self {
        let places = Arc::new(Semaphore::new(connections.max(1)));
        Self { path: Arc::new(path), idle: Arc::default(), places }
    }

    /// Asks the store.
    pub async fn ask<T: Send + 'static>(
        &self,
        question: impl FnOnce(&Store) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, Problem> {
        let store = self.store().await?;
        let mut asker = Asker(Some(store.store.interrupter()));
        let answer = tokio::task::spawn_blocking(move || question(&store.store)).await;
        asker.0 = None;
        answer.map_err(|_| Problem::internal())?.map_err(Problem::from)
    }

    /// A connection of one's own, given back when it is dropped.
    pub async fn store(&self) -> Result<Borrowed, Problem> {
        let place = self.places.clone().acquire_owned().await.map_err(|_| Problem::internal())?;
        let idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let store = match idle {
            Some(store) => store,
            None => {
                let path = self.path.clone();
                tokio::task::spawn_blocking(move || Store::open(path.as_path()))
                    .await
                    .map_err(|_| Problem::internal())??
            }
        };
        Ok(Borrowed { store: Returned(Some(store), self.idle.clone()), _place: place })
    }
}

/// A connection that goes back to the pool. (The store is dropped first, so
/// that it is back before its place is free.)
pub struct Borrowed {
    /// The connection.
    pub store: Returned,
    _place: OwnedSemaphorePermit,
}

/// A store that goes back where it came from.
pub struct Returned(Option<Store>, Arc<Mutex<Vec<Store>>>);

impl std::ops::Deref for Returned {
    type Target = Store;

    fn deref(&self) -> &Store {
        self.0.as_ref().expect("a store until it is dropped")
    }
}

impl Drop for Returned {
    fn drop(&mut self) {
        if let Some(store) = self.0.take() {
            self.1.lock().unwrap_or_else(PoisonError::into_inner).push(store);
        }
    }
}
