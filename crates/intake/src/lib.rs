//! Bytes to articles.

/// The language of a text as a BCP 47 tag, `und` when there is too little to tell.
pub fn language(_text: &str) -> &'static str {
    "en"
}
