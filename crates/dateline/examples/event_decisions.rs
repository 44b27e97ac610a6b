//! Prints the decisions that the learned part of the events is trained on:
//! articles `{"id", "text", "published", "spans", "events"}` a line in, where
//! `spans` are the parts of the text to look at and `events` what a person
//! found, `{"trigger": [start, end], "type"}`. Out, for each article a line
//! `{"id", "candidates": [[start, end, [types that fit], [features]]],
//! "events": [{"gold", "parties":
//! [[start, end, entity, is actor, is recipient, [features]]],
//! "modality": [by rule, said outright, [features]]}]}`.
//!
//!     cargo run --release -p dateline --example event_decisions < articles.jsonl
//!
//! `train/events/train_judge.py` runs it. The argument `fine` takes that model.

use dateline::{Article, EventType, Model, Reader, Span};
use dateline_did::Gold;
use serde_json::{Value, json};
use std::io::{BufRead, Write};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let model = std::env::args().nth(1).unwrap_or_else(|| "swift".to_owned());
    let reader = Reader::builder().model(Model::named(&model)?).build()?;
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for line in std::io::stdin().lock().lines() {
        let record: Value = serde_json::from_str(&line?)?;
        let mut article = Article::new(
            record["id"].as_str().unwrap_or_default(),
            record["text"].as_str().unwrap_or_default(),
        );
        if let Some(day) = record["published"].as_str() {
            article = article.published(day);
        }
        let spans: Vec<Span> = serde_json::from_value(record["spans"].clone())?;
        let looked_at = |span: Span| spans.iter().any(|s| s.overlaps(span));
        let mut gold = Vec::new();
        for event in record["events"].as_array().into_iter().flatten() {
            let kind = event["type"].as_str().and_then(EventType::from_code);
            let kind = kind.ok_or_else(|| format!("no type: {event}"))?;
            gold.push(Gold { trigger: serde_json::from_value(event["trigger"].clone())?, kind });
        }
        let decisions = reader.event_decisions(&article, &gold)?;
        let code =
            |kind: &Option<EventType>| kind.map_or("NONE".to_owned(), |k| k.code().to_owned());
        let candidates = decisions.candidates.iter().filter(|c| looked_at(c.span));
        let candidates: Vec<Value> = candidates
            .map(|c| {
                let fitting: Vec<String> = c.fitting.iter().map(code).collect();
                json!([c.span.start, c.span.end, fitting, c.features])
            })
            .collect();
        let events: Vec<Value> = decisions
            .events
            .iter()
            .map(|told| {
                let parties = told.parties.iter().map(|(span, entity, [actor, recipient], own)| {
                    json!([span.start, span.end, entity, actor, recipient, own])
                });
                json!({
                    "gold": told.gold,
                    "parties": parties.collect::<Vec<Value>>(),
                    "modality": [told.modality.0, told.modality.1, told.happened],
                })
            })
            .collect();
        let id = &record["id"];
        let line = json!({"id": id, "candidates": candidates, "events": events});
        writeln!(out, "{line}")?;
    }
    Ok(())
}
