//! What comes in.

use serde::{Deserialize, Serialize};

/// One news article as it was read: the text untouched, and what the input
/// said about it.
///
/// ```
/// use dateline_account::Article;
/// let article = Article::new("a1", "Talks opened in Geneva on Monday.").published("2024-05-06");
/// assert_eq!(article.published.as_deref(), Some("2024-05-06"));
/// ```
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Article {
    /// The input record's own id, or the file's stem.
    pub id: String,
    /// The article, exactly as it was decoded.
    pub text: String,
    /// Headline, where the input has one.
    #[serde(default)]
    pub title: Option<String>,
    /// Publisher.
    #[serde(default)]
    pub outlet: Option<String>,
    /// Address.
    #[serde(default)]
    pub url: Option<String>,
    /// Authors.
    #[serde(default)]
    pub byline: Vec<String>,
    /// Publication day `YYYY-MM-DD` or RFC 3339 time: the document creation
    /// time that relative dates are resolved against.
    #[serde(default)]
    pub published: Option<String>,
}

impl Article {
    /// An article of which only the text is known.
    pub fn new(id: impl Into<String>, text: impl Into<String>) -> Self {
        Self { id: id.into(), text: text.into(), ..Self::default() }
    }

    /// The same article with a publication date.
    pub fn published(mut self, date: impl Into<String>) -> Self {
        self.published = Some(date.into());
        self
    }
}
