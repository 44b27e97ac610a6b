//! Reading an article that somebody sent, without keeping it.

use crate::problem::Problem;
use axum::http::StatusCode;
use dateline::intake::{NotText, decode, published};
use dateline::{Account, Article, Reader};
use std::sync::Arc;
use tokio::sync::Semaphore;

/// The text of some bytes, in whatever encoding, or what they are instead.
pub fn text_of(bytes: &[u8]) -> Result<String, Problem> {
    let not =
        |not: NotText| Problem::bad(format!("this is no text: it is {}; {}", not.what, not.cure));
    decode(bytes.to_vec()).map(|decoded| decoded.text).map_err(not)
}

/// A reader, and how many articles it reads at one time.
#[derive(Clone)]
pub struct Readers {
    reader: Arc<Reader>,
    places: Arc<Semaphore>,
}

impl Readers {
    /// At most `readings` articles are read at one time; others wait.
    pub fn new(reader: Reader, readings: usize) -> Self {
        Self { reader: Arc::new(reader), places: Arc::new(Semaphore::new(readings.max(1))) }
    }

    /// Reads an article. Its publication date may be in any notation that
    /// `dateline read` takes.
    pub async fn read(&self, mut article: Article) -> Result<Account, Problem> {
        if let Some(date) = article.published.take().filter(|date| !date.trim().is_empty()) {
            let day = published(date.trim());
            let wrong =
                || Problem::bad("'published' is not a day like 2018-12-20 nor an RFC 3339 time");
            article.published = Some(day.ok_or_else(wrong)?);
        }
        if article.text.trim().is_empty() {
            return Err(Problem::bad("the article has no text"));
        }
        let place = self.places.clone().acquire_owned().await.map_err(|_| Problem::internal())?;
        let reader = self.reader.clone();
        let read = tokio::task::spawn_blocking(move || {
            let _place = place;
            reader.read(&article)
        });
        let unread = |error: dateline::Error| {
            Problem::new(StatusCode::UNPROCESSABLE_ENTITY, error.to_string())
        };
        read.await.map_err(|_| Problem::internal())?.map_err(unread)
    }
}
