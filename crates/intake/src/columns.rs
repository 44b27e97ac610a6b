//! Which field of a record, or which column of a table, holds what.

use std::str::FromStr;

/// A field of an article.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    /// Id.
    Id,
    /// The article itself.
    Text,
    /// Headline.
    Title,
    /// Publication date.
    Published,
    /// Publisher.
    Outlet,
    /// Address.
    Url,
    /// Authors.
    Byline,
}

impl Field {
    /// All fields.
    pub const ALL: [Self; 7] =
        [Self::Id, Self::Text, Self::Title, Self::Published, Self::Outlet, Self::Url, Self::Byline];

    /// Its name in records.
    pub fn name(self) -> &'static str {
        match self {
            Self::Id => "id",
            Self::Text => "text",
            Self::Title => "title",
            Self::Published => "published",
            Self::Outlet => "outlet",
            Self::Url => "url",
            Self::Byline => "byline",
        }
    }
}

/// What the input calls the fields of an article, where it calls them
/// otherwise than dateline.
///
/// ```
/// use dateline_intake::{Columns, Field};
/// let columns: Columns = "text=body,published=date".parse().unwrap();
/// assert_eq!(columns.name(Field::Text), "body");
/// assert_eq!(columns.name(Field::Title), "title");
/// assert!("text".parse::<Columns>().is_err());
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Columns {
    named: Vec<(Field, String)>,
}

impl Columns {
    /// What the input calls this field.
    pub fn name(&self, field: Field) -> &str {
        let named = self.named.iter().find(|(known, _)| *known == field);
        named.map_or(field.name(), |(_, name)| name)
    }

    /// Whether every field has its own name.
    pub fn is_plain(&self) -> bool {
        self.named.is_empty()
    }
}

impl FromIterator<(Field, String)> for Columns {
    fn from_iter<I: IntoIterator<Item = (Field, String)>>(named: I) -> Self {
        Self { named: named.into_iter().collect() }
    }
}

impl FromStr for Columns {
    type Err = String;

    /// Reads `field=column,field=column`.
    fn from_str(given: &str) -> Result<Self, String> {
        let mut columns = Self::default();
        for pair in given.split(',') {
            let (field, name) = pair.split_once('=').ok_or_else(|| {
                format!("'{pair}' is no pair; write FIELD=COLUMN, as in text=body,published=date")
            })?;
            let known = Field::ALL.iter().find(|known| known.name() == field.trim());
            let Some(known) = known else {
                let all = Field::ALL.map(Field::name).join(", ");
                return Err(format!(
                    "'{}' is no field of an article; these are: {all}",
                    field.trim()
                ));
            };
            if name.trim().is_empty() || columns.named.iter().any(|(other, _)| other == known) {
                return Err(format!("'{}' needs one column, as in {0}=COLUMN", known.name()));
            }
            columns.named.push((*known, name.trim().to_owned()));
        }
        Ok(columns)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mistakes_are_told_with_the_cure() {
        for (given, told) in [
            ("body", "'body' is no pair; write FIELD=COLUMN"),
            ("body=text", "'body' is no field of an article; these are: id, text"),
            ("text=", "'text' needs one column"),
            ("text=a,text=b", "'text' needs one column"),
        ] {
            let error = given.parse::<Columns>().unwrap_err();
            assert!(error.starts_with(told), "{error}");
        }
    }
}
