//! A question as SQL, and what SQL cannot tell.

use super::Question;
use crate::join::{fold, tokens};
use rusqlite::types::Value;
use rusqlite::{Connection, params};

/// Words of a question about words stand no farther apart in a text.
const NEAR: usize = 60;
/// People whom a name may mean.
const NAMESAKES: usize = 500;

/// Conditions, all of which must hold, and their parameters.
#[derive(Default)]
pub(crate) struct Wanted {
    conditions: Vec<String>,
    pub parameters: Vec<Value>,
}

impl Wanted {
    /// Adds a condition; each `?` in it takes the next of `values`.
    pub fn must(&mut self, condition: &str, values: impl IntoIterator<Item = String>) {
        self.conditions.push(format!("({condition})"));
        self.parameters.extend(values.into_iter().map(Value::Text));
    }

    /// What holds of the article `a`: key, outlet, no reprint, text, words.
    pub fn article(&mut self, question: &Question) {
        if let Some(article) = &question.article {
            self.must("a.key = ?", [article.clone()]);
        }
        if let Some(outlet) = &question.outlet {
            self.must("a.outlet = ? COLLATE NOCASE", [outlet.clone()]);
        } else if !question.copies {
            self.must("a.copy_of IS NULL", []);
        }
        let inside = "a.id IN (SELECT rowid FROM article_words WHERE article_words MATCH ?)";
        if let Some(text) = &question.text {
            self.must(inside, [text.clone()]);
        }
        let words = question.about.as_deref().map(words).unwrap_or_default();
        if !words.is_empty() {
            let begun: Vec<String> = words.iter().map(|word| format!("\"{word}\"*")).collect();
            let query = match begun.as_slice() {
                [one] => one.clone(),
                more => format!("NEAR({}, {NEAR})", more.join(" ")),
            };
            self.must(inside, [query]);
        }
    }

    /// What holds of a day.
    pub fn days(&mut self, question: &Question, first: &str, last: &str) {
        if let Some(since) = &question.since {
            self.must(&format!("{last} >= ?"), [since.clone()]);
        }
        if let Some(until) = &question.until {
            self.must(&format!("{first} <= ?"), [until.clone()]);
        }
    }

    /// What holds of a toponym: a place of that name, or in that country. The
    /// first condition finds the articles.
    pub fn place(&mut self, question: &Question, toponym: &str) {
        if let Some(place) = &question.place {
            let there =
                "t.place IN (SELECT id FROM places WHERE name = ? COLLATE NOCASE OR country =
                         (SELECT country FROM places WHERE name = ? COLLATE NOCASE
                          AND feature LIKE 'A.PCL%' LIMIT 1))";
            let articles = format!("a.id IN (SELECT t.article FROM toponyms t WHERE {there})");
            self.must(&articles, [place.clone(), place.clone()]);
            let condition =
                format!("EXISTS (SELECT 1 FROM toponyms t WHERE {toponym} AND {there})");
            self.must(&condition, [place.clone(), place.clone()]);
        }
    }

    /// What holds of an entity's row: one of the actors of that name, or of a
    /// code that begins so. The second condition finds the articles.
    pub fn party(
        &mut self,
        db: &Connection,
        wish: &str,
        holds: impl Fn(&str) -> String,
    ) -> rusqlite::Result<()> {
        let code =
            wish.len() >= 2 && wish.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit());
        let (condition, values) = if code {
            let after = format!("{wish}\u{7f}");
            ("x.code >= ? AND x.code < ?".to_owned(), vec![wish.to_owned(), after])
        } else {
            let ids: Vec<String> = named(db, wish)?.iter().map(i64::to_string).collect();
            (format!("x.actor IN ({})", ids.join(", ")), Vec::new())
        };
        let articles = format!("a.id IN (SELECT x.article FROM entities x WHERE {condition})");
        self.must(&articles, values.clone());
        self.must(&holds(&condition), values);
        Ok(())
    }

    /// ` WHERE ...`, or nothing.
    pub fn clause(&self) -> String {
        match self.conditions.as_slice() {
            [] => String::new(),
            all => format!(" WHERE {}", all.join(" AND ")),
        }
    }
}

/// Words of a wish, as texts have them.
pub(crate) fn words(wish: &str) -> Vec<String> {
    let folded = fold(&wish.replace("'s", "").replace("’s", ""));
    tokens(&folded).map(str::to_owned).collect()
}

/// Whether each of the words stands in a text or begins a word of it.
pub(crate) fn about(words: &[String], text: &str) -> bool {
    let folded = fold(text);
    words.iter().all(|word| tokens(&folded).any(|other| other.starts_with(word.as_str())))
}

/// The actors that have all words of a wish in their names and roles; `#12` is
/// the actor of that row.
pub(crate) fn named(db: &Connection, wish: &str) -> rusqlite::Result<Vec<i64>> {
    if let Some(id) = wish.strip_prefix('#').and_then(|id| id.parse().ok()) {
        return Ok(vec![id]);
    }
    let mut ids: Option<Vec<i64>> = None;
    let mut find = db.prepare_cached("SELECT actor FROM actor_words WHERE word = ?1")?;
    for word in words(wish) {
        let with: Vec<i64> =
            find.query_map(params![word], |row| row.get(0))?.collect::<Result<_, _>>()?;
        ids = Some(match ids {
            None => with,
            Some(before) => {
                before.into_iter().filter(|id| with.binary_search(id).is_ok()).collect()
            }
        });
    }
    let mut ids = ids.unwrap_or_default();
    ids.truncate(NAMESAKES);
    Ok(ids)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_begin_words() {
        assert!(about(&words("tax cut"), "The cuts in taxes are late."));
        assert!(!about(&words("tax cut"), "The syntax of cuts"));
        assert!(about(&words("Aubin's"), "said Zoë Aubin"));
    }
}
