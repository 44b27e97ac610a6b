//! Reading an article that somebody sent, without keeping it.

use crate::problem::Problem;
use axum::http::StatusCode;
use dateline::intake::{self, Defaults, Format, Options, Record, published};
use dateline::{Account, Article, Reader};
use std::sync::Arc;
use tokio::sync::Semaphore;

/// An article as it was sent.
#[derive(Debug)]
pub enum Sent {
    /// Its text, and what is known of it.
    Article(Article),
    /// Bytes that are to be made an article.
    Bytes {
        /// A text in whatever encoding, or a page.
        bytes: Vec<u8>,
        /// Which of them, where that is known.
        format: Option<Format>,
        /// Encoding by its label, where the client gave it.
        charset: Option<String>,
        /// What holds where a page does not say it itself.
        about: Defaults,
    },
}

/// A reader, and how many articles it reads at one time.
#[derive(Clone)]
pub struct Readers {
    reader: Arc<Reader>,
    places: Arc<Semaphore>,
    /// Most bytes of a text.
    longest: usize,
}

impl Readers {
    /// At most `readings` articles are read at one time, others wait; none has
    /// more than `longest` bytes of text.
    pub fn new(reader: Reader, readings: usize, longest: usize) -> Self {
        let places = Arc::new(Semaphore::new(readings.max(1)));
        Self { reader: Arc::new(reader), places, longest }
    }

    /// Reads an article. Its publication date may be in any notation that
    /// `dateline read` takes.
    pub async fn read(&self, sent: Sent) -> Result<Account, Problem> {
        let place = self.places.clone().acquire_owned().await.map_err(|_| Problem::internal())?;
        let this = self.clone();
        let read = tokio::task::spawn_blocking(move || {
            let _place = place;
            this.read_now(sent)
        });
        read.await.map_err(|_| Problem::internal())?
    }

    fn read_now(&self, sent: Sent) -> Result<Account, Problem> {
        let Record { article, notes, origin } = record(sent)?;
        if article.text.trim().is_empty() {
            return Err(Problem::bad("the article has no text"));
        }
        if article.text.len() > self.longest {
            let detail = format!(
                "the article has {} kilobytes of text, and {} are the limit here",
                article.text.len() / 1024,
                self.longest / 1024
            );
            return Err(Problem::new(StatusCode::PAYLOAD_TOO_LARGE, detail));
        }
        let mut account = self.reader.read(&article).map_err(|e| unread(&e))?;
        account.notes.splice(0..0, notes.into_iter().chain(origin));
        Ok(account)
    }
}

fn unread(why: &dyn std::fmt::Display) -> Problem {
    Problem::new(StatusCode::UNPROCESSABLE_ENTITY, why.to_string())
}

/// The article that was sent.
fn record(sent: Sent) -> Result<Record, Problem> {
    match sent {
        Sent::Article(mut article) => {
            article.published = day(article.published)?;
            Ok(Record::new(article, &Options::default()))
        }
        Sent::Bytes { bytes, format, charset, mut about } => {
            about.published = day(about.published)?;
            let made = intake::sent(bytes, format, charset.as_deref(), &about.into());
            made.map_err(|problem| match problem {
                intake::Problem::NotText(not) => {
                    Problem::bad(format!("this is no text: it is {}; {}", not.what, not.cure))
                }
                other => unread(&other),
            })
        }
    }
}

/// The day of publication that a person gives must be one.
fn day(given: Option<String>) -> Result<Option<String>, Problem> {
    let Some(given) = given.filter(|given| !given.trim().is_empty()) else { return Ok(None) };
    let wrong = || Problem::bad("'published' is not a day like 2018-12-20 nor an RFC 3339 time");
    published(given.trim()).map(Some).ok_or_else(wrong)
}
