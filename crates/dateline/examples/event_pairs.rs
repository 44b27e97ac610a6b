//! Prints the pairs of mentions of each article that can be of one event, with
//! the features that this is decided on: articles `{"id", "text", "published"}`
//! a line in, one line `{"id", "pairs": [[[start, end], [start, end],
//! [[feature, value, strength]]]]}` out; the spans are the heads of triggers.
//!
//!     cargo run --release -p dateline --example event_pairs < articles.jsonl
//!
//! `train/events/weigh_once.py` runs it.

use dateline::{Article, Reader};
use serde_json::{Value, json};
use std::io::{BufRead, Write};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let reader = Reader::builder().build()?;
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for line in std::io::stdin().lock().lines() {
        let article: Article = serde_json::from_str(&line?)?;
        let pairs = reader.event_pairs(&article)?;
        let pairs: Vec<Value> =
            pairs.into_iter().map(|([old, new], features)| json!([old, new, features])).collect();
        writeln!(out, "{}", json!({"id": article.id, "pairs": pairs}))?;
    }
    Ok(())
}
