//! What a query asks for, as a question to the store.

use crate::problem::Problem;
use dateline_store::ask::{After, Question};
use dateline_store::days;
use std::collections::BTreeMap;

/// A parameter of a query, and what is wanted by it.
#[derive(Debug, Clone, Copy)]
pub struct Parameter {
    /// Its name.
    pub name: &'static str,
    /// What it is, for the API's description.
    pub about: &'static str,
    /// One that means something.
    pub example: &'static str,
}

macro_rules! parameters {
    ($($name:literal, $example:literal, $about:literal;)*) => {
        /// All parameters that questions have.
        pub const PARAMETERS: &[Parameter] =
            &[$(Parameter { name: $name, about: $about, example: $example }),*];
    };
}

parameters! {
    "article", "a1", "Key of the article.";
    "by", "lavrov", "Who says it: words of a name or role, or #12 for the actor of that number.";
    "about", "ceasefire", "Words that stand in it, or begin a word there; of people, words of their names.";
    "type", "RETREAT", "Type of the event.";
    "actor", "USAGOV", "Who acts: the beginning of a code, or a name.";
    "recipient", "SYR", "Who is acted upon: the beginning of a code, or a name.";
    "stance", "deny", "Stance of the claim.";
    "since", "2018-12", "First day, month or year.";
    "until", "2019", "Last day, month or year.";
    "place", "Syria", "Name of a place, or of a country with its places.";
    "outlet", "Example Wire", "Publisher.";
    "text", "border NEAR troops", "Full-text query on the articles, in the syntax of SQLite's FTS5.";
}

/// A query, as names and values; empty values are as if they were not there.
#[derive(Debug, Clone, Default)]
pub struct Filter(BTreeMap<String, String>);

impl Filter {
    /// Takes the pairs of a query. Of names that stand twice, the last counts.
    pub fn new(pairs: impl IntoIterator<Item = (String, String)>) -> Self {
        let pairs = pairs.into_iter().map(|(name, value)| (name, value.trim().to_owned()));
        Self(pairs.filter(|(_, value)| !value.is_empty()).collect())
    }

    /// The value of a parameter, or nothing.
    pub fn get(&self, name: &str) -> &str {
        self.0.get(name).map_or("", String::as_str)
    }

    /// Whether nothing is asked for.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Names and values, but for those of this name.
    pub fn without<'a>(&'a self, name: &'a str) -> impl Iterator<Item = (&'a str, &'a str)> {
        self.0
            .iter()
            .filter(move |(other, _)| *other != name)
            .map(|(n, v)| (n.as_str(), v.as_str()))
    }

    /// The same with another value.
    pub fn with(&self, name: &str, value: &str) -> Self {
        let mut filter = self.clone();
        filter.0.insert(name.to_owned(), value.to_owned());
        filter
    }

    /// A whole number between bounds.
    pub fn number(&self, name: &str, usual: usize, most: usize) -> Result<usize, Problem> {
        let given = self.get(name);
        if given.is_empty() {
            return Ok(usual);
        }
        let number = given.parse().ok().filter(|number| (1..=most).contains(number));
        number.ok_or_else(|| Problem::bad(format!("'{name}' is not a number from 1 to {most}")))
    }

    /// The question that is asked.
    pub fn question(&self, limit: usize) -> Result<Question, Problem> {
        let wish = |name: &str| Some(self.get(name).to_owned()).filter(|value| !value.is_empty());
        let dated = |name: &str| match wish(name) {
            None => Ok(None),
            Some(given) => days(&given).map(Some).ok_or_else(|| {
                let detail = "is not a day (2018-12-20), a month (2018-12) or a year (2018)";
                Problem::bad(format!("'{name}' {detail}"))
            }),
        };
        let after = match wish("after") {
            None => None,
            Some(given) => {
                let wrong = |_| Problem::bad("'after' is not a place that an answer gave");
                Some(given.parse::<After>().map_err(wrong)?)
            }
        };
        Ok(Question {
            article: wish("article"),
            by: wish("by"),
            about: wish("about"),
            kind: wish("type"),
            actor: wish("actor"),
            recipient: wish("recipient"),
            stance: wish("stance"),
            since: dated("since")?.map(|(first, _)| first.to_string()),
            until: dated("until")?.map(|(_, last)| last.to_string()),
            place: wish("place"),
            outlet: wish("outlet"),
            text: wish("text"),
            after,
            limit,
            ..Question::default()
        })
    }
}
