//! The pipeline: one room after the other.

use crate::demonyms::name_demonyms;
use crate::prune::drop_unused_entities;
use crate::seats::give_places;
use crate::tokens::token_records;
use crate::voices::join_voices;
use dateline_account::{Account, Article};
use dateline_did::{Decisions, EventPair, EventReader, Gold, Notation, WeighedEvent};
use dateline_lexicon::{LexiconError, Lexicons, Problems};
use dateline_places::{Gazetteer, GazetteerError, PlaceReader};
use dateline_said::ClaimReader;
use dateline_syntax::{Doc, Model, ModelError};
use dateline_when::TimeReader;
use dateline_who::EntityReader;

/// Why a reader could not be made or an article not be read.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A mistake in a lexicon.
    #[error(transparent)]
    Lexicon(#[from] LexiconError),
    /// A damaged, foreign or missing model file.
    #[error(transparent)]
    Model(#[from] ModelError),
    /// A damaged, foreign or missing gazetteer.
    #[error(transparent)]
    Gazetteer(#[from] GazetteerError),
    /// A publication date that is none.
    #[error(
        "article '{id}': the publication date '{date}' is not a day like 2018-12-20 nor an RFC 3339 time"
    )]
    Published {
        /// The article's id.
        id: String,
        /// What stood there.
        date: String,
    },
}

/// Reads articles into accounts. Made once, used for any number of articles,
/// from any number of threads.
#[derive(Debug)]
pub struct Reader {
    model: Model,
    times: TimeReader,
    places: PlaceReader,
    entities: EntityReader,
    claims: ClaimReader,
    events: EventReader,
    tokens: bool,
    explain: bool,
}

/// Settings of a [`Reader`].
#[derive(Debug, Default)]
pub struct ReaderBuilder {
    lexicons: Lexicons,
    model: Option<Model>,
    gazetteer: Option<Gazetteer>,
    tokens: bool,
    explain: bool,
    notations: Vec<Notation>,
}

impl ReaderBuilder {
    /// Works with these lexicons instead of the built-in ones.
    ///
    /// ```no_run
    /// use dateline::{Lexicons, Reader};
    /// let lexicons = Lexicons::with_folder("my-words").with_ontology("my-ontology");
    /// let reader = Reader::builder().lexicons(lexicons).build()?;
    /// # Ok::<(), dateline::Error>(())
    /// ```
    pub fn lexicons(mut self, lexicons: Lexicons) -> Self {
        self.lexicons = lexicons;
        self
    }

    /// Reads with this model instead of [`Model::swift`].
    ///
    /// ```
    /// use dateline::{Article, Model, Reader};
    /// let reader = Reader::builder().model(Model::named("swift")?).build()?;
    /// let account = reader.read(&Article::new("a1", "\"It is over,\" the mayor said."))?;
    /// assert_eq!(account.claims.len(), 1);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn model(mut self, model: Model) -> Self {
        self.model = Some(model);
        self
    }

    /// Looks places up in this gazetteer instead of [`Gazetteer::embedded`].
    /// The places of the lexicons are known besides.
    ///
    /// ```no_run
    /// use dateline::{Gazetteer, Reader};
    /// let gazetteer = Gazetteer::load("my.gaz".as_ref())?;
    /// let reader = Reader::builder().gazetteer(gazetteer).build()?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn gazetteer(mut self, gazetteer: Gazetteer) -> Self {
        self.gazetteer = Some(gazetteer);
        self
    }

    /// Whether accounts list their tokens.
    pub fn tokens(mut self, tokens: bool) -> Self {
        self.tokens = tokens;
        self
    }

    /// Whether rows say what decided them.
    pub fn explain(mut self, explain: bool) -> Self {
        self.explain = explain;
        self
    }

    /// In which notations events are told besides type, mode and contexts.
    ///
    /// ```
    /// use dateline::{Article, Notation, Reader};
    /// let reader = Reader::builder().notations(vec![Notation::Cameo]).build()?;
    /// let text = "Norway's prime minister visited Sweden on Monday.";
    /// let account = reader.read(&Article::new("a1", text))?;
    /// assert_eq!(account.events[0].cameo.as_deref(), Some("042"));
    /// # Ok::<(), dateline::Error>(())
    /// ```
    pub fn notations(mut self, notations: Vec<Notation>) -> Self {
        self.notations = notations;
        self
    }

    /// Loads the lexicons, and the model if none was given.
    ///
    /// # Errors
    /// A mistake in a lexicon, with file and line.
    pub fn build(self) -> Result<Reader, Error> {
        let lexicons = &self.lexicons;
        let places = PlaceReader::new(lexicons)?;
        Ok(Reader {
            model: self.model.map_or_else(Model::swift, Ok)?,
            times: TimeReader::new(lexicons)?,
            places: match self.gazetteer {
                Some(gazetteer) => places.with_gazetteer(gazetteer),
                None => places,
            },
            entities: EntityReader::new(lexicons)?,
            claims: ClaimReader::new(lexicons)?,
            events: EventReader::new(lexicons)?.with_notations(self.notations),
            tokens: self.tokens,
            explain: self.explain,
        })
    }
}

/// Loads all lexicons as a reader does, and lists everything that is wrong with
/// them: errors, with which no reader can be made, and warnings, which are
/// looked for here only.
///
/// ```
/// use dateline::{Lexicons, check_lexicons};
/// assert!(check_lexicons(&Lexicons::embedded()).list().is_empty());
/// ```
pub fn check_lexicons(lexicons: &Lexicons) -> Problems {
    let mut problems = Problems::with_warnings();
    TimeReader::load(lexicons, &mut problems);
    PlaceReader::load(lexicons, &mut problems);
    EntityReader::load(lexicons, &mut problems);
    ClaimReader::load(lexicons, &mut problems);
    EventReader::load(lexicons, &mut problems);
    lexicons.strays(&mut problems);
    problems
}

impl Reader {
    /// A reader with the model `swift` and the built-in lexicons.
    ///
    /// # Errors
    /// As [`ReaderBuilder::build`]; never with the files the crate comes with.
    pub fn new() -> Result<Self, Error> {
        Self::builder().build()
    }

    /// A reader with settings of one's own.
    pub fn builder() -> ReaderBuilder {
        ReaderBuilder::default()
    }

    /// Most bytes of text that are read as one article, about 700,000 words.
    /// News articles have a few thousand; what has more than this is a corpus
    /// in one piece, and would hold memory and time for no account of use.
    pub const MAX_BYTES: usize = 4 << 20;

    /// Reads one article. A text that is empty, not English or longer than
    /// [`Reader::MAX_BYTES`] gets an account without rows, and a note that
    /// says so.
    ///
    /// # Errors
    /// [`Error::Published`] for a publication date that cannot be read.
    pub fn read(&self, article: &Article) -> Result<Account, Error> {
        let published = published(article)?;
        let language = dateline_intake::language(&article.text);
        let mut account = Account::empty(article, language);
        if let Some(reason) = unreadable(&article.text, language) {
            account.notes.push(reason);
            return Ok(account);
        }
        let doc = self.up_to_events(article, published, &mut account);
        account.events = self.events.read(
            &doc,
            &account.entities,
            &account.times,
            &account.places,
            &account.claims,
            self.explain,
        );
        name_demonyms(&mut account, |trigger| {
            let token = doc.tokens.get(doc.tokens_in(trigger).start)?;
            Some(doc.sentence_span(token.sentence))
        });
        join_voices(&mut account);
        drop_unused_entities(&mut account);
        self.finish(&doc, &mut account, published.is_none());
        Ok(account)
    }

    /// What the learned part of the events would be asked about an article, with
    /// the events that a person found in it: what it is trained on.
    ///
    /// # Errors
    /// [`Error::Published`] for a publication date that cannot be read.
    pub fn event_decisions(&self, article: &Article, gold: &[Gold]) -> Result<Decisions, Error> {
        let mut rooms = Account::empty(article, "en");
        let doc = self.up_to_events(article, published(article)?, &mut rooms);
        let decisions =
            self.events.decisions(&doc, &rooms.entities, &rooms.places, &rooms.claims, gold);
        Ok(decisions.unwrap_or_default())
    }

    /// Reads the rooms before the events into an account.
    fn up_to_events<'t>(
        &self,
        article: &'t Article,
        published: Option<jiff::civil::Date>,
        account: &mut Account,
    ) -> Doc<'t> {
        let doc = self.model.read(&article.text);
        account.times = self.times.read(&doc, published);
        account.places = self.places.read(&doc, article);
        account.entities = self.entities.read(&doc, &account.places, published, self.explain);
        give_places(&mut account.entities, &account.places);
        account.claims = self.claims.read(
            &doc,
            &account.entities,
            &account.times,
            &account.places,
            self.explain,
        );
        doc
    }

    /// The events of an article with the features that their confidence is
    /// fitted on: feature, value and strength.
    ///
    /// # Errors
    /// [`Error::Published`] for a publication date that cannot be read.
    pub fn event_features(&self, article: &Article) -> Result<Vec<WeighedEvent>, Error> {
        let mut rooms = Account::empty(article, "en");
        let doc = self.up_to_events(article, published(article)?, &mut rooms);
        Ok(self.events.features(&doc, &rooms.entities, &rooms.places, &rooms.claims))
    }

    /// The pairs of mentions of an article that can be of one event, with the
    /// features that this is decided on.
    ///
    /// # Errors
    /// [`Error::Published`] for a publication date that cannot be read.
    pub fn event_pairs(&self, article: &Article) -> Result<Vec<EventPair>, Error> {
        let mut rooms = Account::empty(article, "en");
        let doc = self.up_to_events(article, published(article)?, &mut rooms);
        Ok(self.events.pairs(&doc, (&rooms.entities, &rooms.times, &rooms.places, &rooms.claims)))
    }

    /// Reads the trees only, for [`crate::conllu`].
    pub fn parse<'t>(&self, text: &'t str) -> Doc<'t> {
        self.model.read(text)
    }

    fn finish(&self, doc: &Doc<'_>, account: &mut Account, undated: bool) {
        account.sentences = (0..doc.sentences.len()).map(|s| doc.sentence_span(s)).collect();
        let paragraph = |p: &std::ops::Range<usize>| {
            doc.sentence_span(p.start).cover(doc.sentence_span(p.end - 1))
        };
        account.paragraphs =
            doc.paragraphs.iter().filter(|p| !p.is_empty()).map(paragraph).collect();
        if self.tokens {
            account.tokens = Some(token_records(doc));
        }
        if undated && !account.times.is_empty() {
            let note =
                "no publication date: relative times stay relative (give one with --published)";
            account.notes.push(note.to_owned());
        }
    }
}

/// Why a text is not read, if it is not.
fn unreadable(text: &str, language: &str) -> Option<String> {
    if text.trim().is_empty() {
        Some("the text is empty".to_owned())
    } else if text.len() > Reader::MAX_BYTES {
        let (megabytes, limit) = (text.len() as f64 / 1e6, Reader::MAX_BYTES as f64 / 1e6);
        Some(format!(
            "the text has {megabytes:.1} MB, more than the {limit:.1} MB that one article may have, and was not read; split it into articles"
        ))
    } else if language != "en" && language != "und" {
        Some(format!("the text is in '{language}', not English, and was not read"))
    } else {
        None
    }
}

/// The day of publication.
fn published(article: &Article) -> Result<Option<jiff::civil::Date>, Error> {
    let Some(date) = article.published.as_deref().map(str::trim).filter(|d| !d.is_empty()) else {
        return Ok(None);
    };
    let day = date.get(..10).unwrap_or(date);
    let rest = &date[day.len()..];
    let parsed = day.parse().ok().filter(|_| rest.is_empty() || rest.starts_with(['T', 't', ' ']));
    parsed
        .map(Some)
        .ok_or_else(|| Error::Published { id: article.id.clone(), date: date.to_owned() })
}
