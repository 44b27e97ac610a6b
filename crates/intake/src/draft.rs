//! An article as it stands in its input, not yet made.
//!
//! Cutting an input into articles is quick and must be done in order; making
//! an article of a page takes time and can be done by any thread.

use crate::decode::{decode, decode_page};
use crate::error::{IntakeError, Problem, Where};
use crate::html::{About, day_of_address};
use crate::{Options, Record, html, language};
use dateline_account::Article;
use std::sync::Arc;

/// An article as it stands in its input.
pub struct Draft {
    pub(crate) place: Where,
    pub(crate) options: Arc<Options>,
    /// Whether it was picked up (in a folder, in an archive) and not named by a
    /// person: then it may be left out.
    pub(crate) gathered: bool,
    pub(crate) material: Material,
}

/// What an article is to be made of.
pub(crate) enum Material {
    /// Nothing: it is made.
    Made(Box<Record>),
    /// The bytes of a plain text.
    Text { bytes: Vec<u8>, id: String },
    /// A page.
    #[cfg_attr(not(feature = "html"), allow(dead_code))]
    Page(Page),
    /// An entry of a feed.
    Entry(Box<Entry>),
    /// A file of some other kind.
    Other,
}

/// The bytes of a page, and what is known of it.
pub(crate) struct Page {
    pub bytes: Vec<u8>,
    /// How the bytes are packed, as the answer of a server has them.
    pub packed: crate::http::Packed,
    /// Encoding by its label, where somebody said it.
    pub charset: Option<String>,
    pub url: Option<String>,
    pub id: String,
}

/// An entry of a feed; its text is HTML.
#[derive(Debug, Default)]
pub(crate) struct Entry {
    pub article: Article,
    /// The whole article, or the few words in its place.
    pub html: String,
    pub summary: bool,
}

/// What came of a draft.
#[derive(Debug)]
pub enum Taken {
    /// An article.
    Article(Box<Record>),
    /// None, for this reason.
    Left(Left),
}

/// Why something that was picked up is no article for dateline.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Left {
    /// It is not in English.
    Foreign,
    /// A page or an entry without an article in it.
    Empty,
    /// A file of a folder that by its name is of no known kind.
    Other,
}

impl Draft {
    /// Makes the article.
    ///
    /// # Errors
    /// What is wrong, with its place.
    pub fn article(self) -> Result<Taken, IntakeError> {
        let Self { place, options, gathered, material } = self;
        let made = match material {
            Material::Made(record) => Ok(Some(*record)),
            Material::Text { bytes, id } => plain(bytes, id, &options).map(Some),
            Material::Page(page) => match made_of_page(page, &options) {
                Ok(None) if !gathered => Err(Problem::NoMainText),
                made => made,
            },
            Material::Entry(entry) => Ok(made_of_entry(*entry, &options)),
            Material::Other => return Ok(Taken::Left(Left::Other)),
        };
        let record = match made {
            Ok(Some(record)) => record,
            Ok(None) => return Ok(Taken::Left(Left::Empty)),
            Err(problem) => return Err(IntakeError { place, problem }),
        };
        if gathered && !matches!(language(&record.article.text), "en" | "und") {
            return Ok(Taken::Left(Left::Foreign));
        }
        Ok(Taken::Article(Box::new(record)))
    }
}

pub(crate) fn plain(bytes: Vec<u8>, id: String, options: &Options) -> Result<Record, Problem> {
    let decoded = decode(bytes).map_err(Problem::NotText)?;
    let article = Article { id, text: decoded.text, ..Article::default() };
    let mut record = Record::new(article, options);
    record.notes.extend(decoded.note);
    Ok(record)
}

/// The words that an account says of a text that intake made.
pub(crate) const EXTRACTED: &str = "the text is the main text of an HTML page, taken out of its tags; spans \
                         count the code points of this text";
pub(crate) const OF_ENTRY: &str = "the text is that of an entry of a feed, taken out of its tags; spans count \
                        the code points of this text";
pub(crate) const SUMMARY: &str =
    "the feed gives a summary in place of the article, and that is what was read";

#[cfg(not(feature = "html"))]
pub(crate) fn made_of_page(_: Page, _: &Options) -> Result<Option<Record>, Problem> {
    Err(Problem::LeftOut("HTML"))
}

/// The article of a page, if there is one.
#[cfg(feature = "html")]
pub(crate) fn made_of_page(page: Page, options: &Options) -> Result<Option<Record>, Problem> {
    let limit = html::MAX_PAGE_BYTES;
    let bytes = page.packed.unpack(page.bytes, limit)?;
    if bytes.len() as u64 > limit {
        return Err(Problem::TooLarge { unit: "page", limit });
    }
    let decoded = decode_page(bytes, page.charset.as_deref()).map_err(Problem::NotText)?;
    let about = About::of(&decoded.text, page.url.as_deref());
    let Some(main) = html::main_text(&decoded.text, &about.byline) else { return Ok(None) };
    let byline = if about.byline.is_empty() {
        main.byline.map(|line| html::names(&line)).unwrap_or_default()
    } else {
        about.byline
    };
    let article = Article {
        id: page.id,
        text: main.text,
        title: about.title,
        outlet: about.outlet,
        url: about.url,
        byline,
        published: about.published.or(main.day),
    };
    let mut record = Record::new(article, options);
    record.notes.extend(decoded.note);
    if main.cut {
        record.notes.push("the page is so large that its end was left out".to_owned());
    }
    record.origin.push(EXTRACTED.to_owned());
    Ok(Some(record))
}

/// The article of an entry, if there is one.
fn made_of_entry(entry: Entry, options: &Options) -> Option<Record> {
    let mut article = entry.article;
    article.text = html::text(&entry.html);
    if article.text.is_empty() {
        return None;
    }
    let dated = article.published.as_deref().and_then(crate::published).is_some();
    if !dated && let Some(day) = article.url.as_deref().and_then(day_of_address) {
        article.published = Some(day);
    }
    let mut record = Record::new(article, options);
    record.origin.push(OF_ENTRY.to_owned());
    record.origin.extend(entry.summary.then(|| SUMMARY.to_owned()));
    Some(record)
}
