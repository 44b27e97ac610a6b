//! The record itself.

use crate::{Article, Claim, Entity, Event, Place, Span, TextIndex, Time, TokenRecord};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Version of the account's JSON.
pub const SCHEMA: &str = "dateline/1";

/// Everything dateline read in one article; every row carries its evidence.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Account {
    /// Version of this format, [`SCHEMA`].
    pub schema: String,
    /// The article's id.
    pub id: String,
    /// Headline.
    pub title: Option<String>,
    /// Publisher.
    pub outlet: Option<String>,
    /// Address.
    pub url: Option<String>,
    /// Authors.
    pub byline: Vec<String>,
    /// Document creation time.
    pub published: Option<String>,
    /// BCP 47 language; an article that is not English is reported, not read.
    pub language: String,
    /// The article, untouched.
    pub text: String,
    /// Sentences in reading order.
    pub sentences: Vec<Span>,
    /// Paragraphs in reading order; each holds whole sentences.
    #[serde(default)]
    pub paragraphs: Vec<Span>,
    /// Syntactic words, when asked for.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub tokens: Option<Vec<TokenRecord>>,
    /// People, groups, places, events.
    pub entities: Vec<Entity>,
    /// Time expressions.
    pub times: Vec<Time>,
    /// Toponyms and demonyms.
    pub places: Vec<Place>,
    /// Attributions.
    pub claims: Vec<Claim>,
    /// Events, PLOVER's unless an ontology of one's own was read by.
    pub events: Vec<Event>,
    /// What a reader should know of how the article was read, in plain
    /// sentences: no publication date, not English, and so on.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub notes: Vec<String>,
}

impl Account {
    /// An account of `article` in which nothing has been read yet.
    pub fn empty(article: &Article, language: impl Into<String>) -> Self {
        Self {
            schema: SCHEMA.to_owned(),
            id: article.id.clone(),
            title: article.title.clone(),
            outlet: article.outlet.clone(),
            url: article.url.clone(),
            byline: article.byline.clone(),
            published: article.published.clone(),
            language: language.into(),
            text: article.text.clone(),
            sentences: Vec::new(),
            paragraphs: Vec::new(),
            tokens: None,
            entities: Vec::new(),
            times: Vec::new(),
            places: Vec::new(),
            claims: Vec::new(),
            events: Vec::new(),
            notes: Vec::new(),
        }
    }

    /// Every span of the account, in no particular order: what a check of the
    /// evidence walks over.
    pub fn spans(&self) -> impl Iterator<Item = Span> + '_ {
        let tokens = self.tokens.iter().flatten().map(|t| Span::new(t.start, t.end));
        let mentions = self.entities.iter().flat_map(|e| e.mentions.iter().map(|m| m.span));
        let claims = self
            .claims
            .iter()
            .flat_map(|c| c.source.iter().chain(&c.cue).chain(&c.content))
            .copied();
        let triggers = self.events.iter().flat_map(|e| e.trigger.iter().copied());
        (self.sentences.iter().chain(&self.paragraphs).copied())
            .chain(tokens)
            .chain(mentions)
            .chain(self.times.iter().map(|t| t.span))
            .chain(self.places.iter().map(|p| p.span))
            .chain(claims)
            .chain(triggers)
    }

    /// Checks the contract: every span lies inside the text and is not empty,
    /// every index points at a row.
    ///
    /// # Errors
    /// The first breach found, as a sentence.
    pub fn check(&self) -> Result<(), String> {
        let length = TextIndex::new(&self.text).len();
        if let Some(bad) = self.spans().find(|s| s.is_empty() || s.end > length) {
            return Err(format!(
                "span [{}, {}] does not quote the text of {length}",
                bad.start, bad.end
            ));
        }
        let entity = |i: u32| (i as usize) < self.entities.len();
        let time = |i: u32| (i as usize) < self.times.len();
        let place = |i: u32| (i as usize) < self.places.len();
        let claim = |i: u32| (i as usize) < self.claims.len();
        for (at, e) in self.entities.iter().enumerate() {
            if e.id as usize != at || !e.place.is_none_or(place) || e.mentions.is_empty() {
                return Err(format!("entity {at} ({}) has a bad id, place or no mention", e.name));
            }
        }
        for (at, c) in self.claims.iter().enumerate() {
            let people = [c.speaker, c.addressee, c.via].into_iter().flatten().all(entity);
            let within = c.within.is_none_or(|w| claim(w) && w as usize != at);
            if c.id as usize != at
                || !people
                || !within
                || !c.said.is_none_or(time)
                || !c.place.is_none_or(place)
            {
                return Err(format!("claim {at} points at a row that is not there"));
            }
        }
        for (at, e) in self.events.iter().enumerate() {
            let people = e.actor.iter().chain(&e.recipient).copied().all(entity);
            let rows =
                e.time.is_none_or(time) && e.place.is_none_or(place) && e.claim.is_none_or(claim);
            if e.id as usize != at
                || !people
                || !rows
                || e.sentence as usize >= self.sentences.len()
            {
                return Err(format!("event {at} points at a row that is not there"));
            }
        }
        Ok(())
    }
}

/// JSON Schema (2020-12) of [`Account`], as `dateline schema` prints it.
pub fn json_schema() -> serde_json::Value {
    schemars::schema_for!(Account).to_value()
}
