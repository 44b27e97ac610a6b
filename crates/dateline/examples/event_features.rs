//! Prints the events of each article with the features that their confidence
//! is fitted on: articles `{"id", "text", "published"}` a line in, one line
//! `{"id", "events": [{type, trigger, features}]}` out.
//!
//!     cargo run --release -p dateline --example event_features < articles.jsonl
//!
//! `train/events/fit_confidence.py` runs it.

use dateline::{Article, Reader};
use serde_json::{Value, json};
use std::io::{BufRead, Write};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let reader = Reader::builder().build()?;
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for line in std::io::stdin().lock().lines() {
        let article: Article = serde_json::from_str(&line?)?;
        let told = |(event, features): (dateline::Event, Vec<(String, String, f32)>)| json!({"type": event.kind, "trigger": event.trigger, "features": features});
        let events: Vec<Value> = reader.event_features(&article)?.into_iter().map(told).collect();
        writeln!(out, "{}", json!({"id": article.id, "events": events}))?;
    }
    Ok(())
}
