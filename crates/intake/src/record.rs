//! One JSON record, as people write them.

use crate::columns::{Columns, Field};
use crate::error::Problem;
use crate::{Options, Record, published};
use dateline_account::Article;
use serde::Deserialize;
use serde::de::{Deserializer, SeqAccess, Visitor};
use serde_json::{Map, Value};
use std::fmt;

/// The fields that are read; others are passed over, so that an account that
/// dateline wrote can be read again.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct RawRecord {
    #[serde(default)]
    id: Scalar,
    /// Outer: whether the field is there; inner: null.
    #[serde(default, deserialize_with = "present")]
    text: Option<Scalar>,
    #[serde(default)]
    title: Scalar,
    #[serde(default)]
    published: Scalar,
    #[serde(default)]
    outlet: Scalar,
    #[serde(default)]
    url: Scalar,
    #[serde(default)]
    byline: Names,
}

impl RawRecord {
    /// The record of a JSON text, whose fields may have other names.
    pub(crate) fn of_json(json: &str, columns: &Columns) -> serde_json::Result<Self> {
        if columns.is_plain() {
            serde_json::from_str(json)
        } else {
            renamed(serde_json::from_str(json)?, columns)
        }
    }

    /// The record of a JSON object, whose fields may have other names.
    pub(crate) fn of_value(value: Value, columns: &Columns) -> serde_json::Result<Self> {
        match value {
            Value::Object(object) if !columns.is_plain() => renamed(object, columns),
            value => serde_json::from_value(value),
        }
    }

    /// The record of cells: what a field's cell holds.
    pub(crate) fn of_cells(mut cell: impl FnMut(Field) -> Option<String>) -> Self {
        let mut field = |field| Scalar(cell(field));
        let (id, title, published) =
            (field(Field::Id), field(Field::Title), field(Field::Published));
        let (outlet, url, text) = (field(Field::Outlet), field(Field::Url), field(Field::Text));
        let byline = field(Field::Byline).0.unwrap_or_default();
        let names = byline.split(';').map(str::trim).filter(|name| !name.is_empty());
        let byline = Names(names.map(str::to_owned).collect());
        Self { id, text: Some(text), title, published, outlet, url, byline }
    }

    /// The article of this record. What the record lacks is taken from the
    /// defaults, its id, if need be, made of the file's stem and the line.
    pub(crate) fn into_record(
        self,
        options: &Options,
        stem: &str,
        line: u64,
    ) -> Result<Record, Problem> {
        let Some(text) = self.text else {
            return Err(Problem::NoText(options.columns.name(Field::Text).to_owned()));
        };
        let id = self.id.0.filter(|id| !id.is_empty());
        let id = id.unwrap_or_else(|| numbered(options, stem, line));
        let article = Article {
            id,
            text: text.0.unwrap_or_default(),
            title: self.title.0,
            outlet: self.outlet.0,
            url: self.url.0,
            byline: self.byline.0,
            published: self.published.0,
        };
        Ok(Record::new(article, options))
    }
}

/// The id of an article that has none of its own.
pub(crate) fn numbered(options: &Options, stem: &str, number: u64) -> String {
    format!("{}-{number}", options.defaults.id.as_deref().unwrap_or(stem))
}

/// The record of an object whose fields have other names.
fn renamed(mut object: Map<String, Value>, columns: &Columns) -> serde_json::Result<RawRecord> {
    let field = |field: Field| Some((field.name().to_owned(), object.remove(columns.name(field))?));
    let fields: Map<String, Value> = Field::ALL.into_iter().filter_map(field).collect();
    serde_json::from_value(Value::Object(fields))
}

/// Whether these bytes are a whole JSON object.
pub(crate) fn is_record(bytes: &[u8]) -> bool {
    serde_json::from_slice::<RawRecord>(bytes).is_ok()
}

impl Record {
    /// A record with what the command line says where the article does not,
    /// and whose publication date is in the account's notation, or set aside
    /// with a note.
    pub fn new(mut article: Article, options: &Options) -> Self {
        let mut notes = Vec::new();
        let defaults = &options.defaults;
        for (given, default) in [
            (&mut article.title, &defaults.title),
            (&mut article.outlet, &defaults.outlet),
            (&mut article.url, &defaults.url),
            (&mut article.published, &defaults.published),
        ] {
            *given =
                given.take().filter(|value| !value.trim().is_empty()).or_else(|| default.clone());
        }
        if let Some(given) = article.published.take() {
            article.published = published(&given);
            if article.published.is_none() {
                notes.push(format!(
                    "the publication date '{}' is no certain day (write it 2018-12-20) and was set aside",
                    given.chars().take(40).collect::<String>().escape_debug()
                ));
            }
        }
        Self { article, notes, origin: Vec::new() }
    }
}

fn present<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Scalar>, D::Error> {
    Scalar::deserialize(from).map(Some)
}

/// A string, or a number or truth value written as one, or null.
#[derive(Debug, Default)]
struct Scalar(Option<String>);

impl<'de> Deserialize<'de> for Scalar {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_any(ScalarVisitor)
    }
}

struct ScalarVisitor;

impl<'de> Visitor<'de> for ScalarVisitor {
    type Value = Scalar;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("a string, a number or null")
    }
    fn visit_str<E>(self, value: &str) -> Result<Scalar, E> {
        Ok(Scalar(Some(value.to_owned())))
    }
    fn visit_string<E>(self, value: String) -> Result<Scalar, E> {
        Ok(Scalar(Some(value)))
    }
    fn visit_u64<E>(self, value: u64) -> Result<Scalar, E> {
        Ok(Scalar(Some(value.to_string())))
    }
    fn visit_i64<E>(self, value: i64) -> Result<Scalar, E> {
        Ok(Scalar(Some(value.to_string())))
    }
    fn visit_f64<E>(self, value: f64) -> Result<Scalar, E> {
        Ok(Scalar(Some(value.to_string())))
    }
    fn visit_bool<E>(self, value: bool) -> Result<Scalar, E> {
        Ok(Scalar(Some(value.to_string())))
    }
    fn visit_unit<E>(self) -> Result<Scalar, E> {
        Ok(Scalar(None))
    }
}

/// A list of names, or one name, or null.
#[derive(Debug, Default)]
struct Names(Vec<String>);

impl<'de> Deserialize<'de> for Names {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct NamesVisitor;
        impl<'de> Visitor<'de> for NamesVisitor {
            type Value = Names;
            fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                f.write_str("a list of names, one name or null")
            }
            fn visit_str<E>(self, value: &str) -> Result<Names, E> {
                Ok(Names(
                    Some(value.to_owned()).filter(|v| !v.trim().is_empty()).into_iter().collect(),
                ))
            }
            fn visit_unit<E>(self) -> Result<Names, E> {
                Ok(Names::default())
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Names, A::Error> {
                let mut names = Vec::new();
                while let Some(Scalar(name)) = list.next_element()? {
                    names.extend(name.filter(|name| !name.trim().is_empty()));
                }
                Ok(Names(names))
            }
        }
        from.deserialize_any(NamesVisitor)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Defaults;

    fn record(json: &str) -> Result<Record, Problem> {
        let defaults = Defaults { outlet: Some("Wire".into()), ..Defaults::default() };
        let columns: Columns = "title=head".parse().unwrap();
        let raw = RawRecord::of_json(json, &columns).unwrap();
        raw.into_record(&Options { defaults, columns, format: None }, "file", 7)
    }

    #[test]
    fn takes_numbers_nulls_and_gaps() {
        let Record { article, notes, .. } =
            record(r#"{"id": 12, "text": "Talks.", "published": null, "head": "", "x": [1]}"#)
                .unwrap();
        assert_eq!((article.id.as_str(), article.text.as_str()), ("12", "Talks."));
        assert_eq!((article.published, article.title), (None, None));
        assert_eq!(article.outlet.as_deref(), Some("Wire"));
        assert!(notes.is_empty());
        assert_eq!(record(r#"{"text": null}"#).unwrap().article.id, "file-7");
        assert_eq!(
            record(r#"{"text": "", "byline": "A. Roe"}"#).unwrap().article.byline,
            ["A. Roe"]
        );
        assert_eq!(record(r#"{"text": "", "byline": ["A", null]}"#).unwrap().article.byline, ["A"]);
        assert!(matches!(record(r#"{"body": "Talks."}"#), Err(Problem::NoText(_))));
        let named = record(r#"{"text": "", "head": "Talks", "title": "Other"}"#).unwrap();
        assert_eq!(named.article.title.as_deref(), Some("Talks"));
    }

    #[test]
    fn sets_an_uncertain_date_aside_and_says_so() {
        let Record { article, notes, .. } =
            record(r#"{"text": "", "published": "December 9"}"#).unwrap();
        assert_eq!(article.published, None);
        assert!(notes[0].contains("'December 9'"));
        let Record { article, notes, .. } =
            record(r#"{"text": "", "published": 20181220}"#).unwrap();
        assert_eq!(article.published.as_deref(), Some("2018-12-20"));
        assert!(notes.is_empty());
    }
}
