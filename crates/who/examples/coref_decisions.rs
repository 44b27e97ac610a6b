//! Prints the decisions that the ranker of antecedents is trained on: articles
//! `{"id", "text", "chains": [[[start, end], ...], ...]}` a line in; out, for
//! each article, `u32` how many decisions, and for each `u16` how many answers,
//! and for each of these `u8` whether it is right, `u8` how many features and
//! those as `u16`; all little endian.
//!
//!     cargo run --release -p dateline-who --example coref_decisions < articles.jsonl
//!
//! `train/coref/train_ranker.py` runs it.

use dateline_account::{Article, Span};
use dateline_lexicon::Lexicons;
use dateline_places::PlaceReader;
use dateline_syntax::Model;
use dateline_who::EntityReader;
use serde_json::Value;
use std::io::{BufRead, Write};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let lexicons = Lexicons::embedded();
    let (places, who) = (PlaceReader::new(&lexicons)?, EntityReader::new(&lexicons)?);
    let model = Model::swift()?;
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for line in std::io::stdin().lock().lines() {
        let record: Value = serde_json::from_str(&line?)?;
        let text = record["text"].as_str().unwrap_or_default();
        let chains: Vec<Vec<Span>> = serde_json::from_value(record["chains"].clone())?;
        let doc = model.read(text);
        let places = places.read(&doc, &Article::new("", text));
        let decisions = who.decisions(&doc, &places, None, &chains);
        out.write_all(&(decisions.len() as u32).to_le_bytes())?;
        for decision in decisions {
            out.write_all(&(decision.right.len() as u16).to_le_bytes())?;
            for (right, features) in decision.right.iter().zip(&decision.features) {
                out.write_all(&[u8::from(*right), features.len() as u8])?;
                features.iter().try_for_each(|f| out.write_all(&f.to_le_bytes()))?;
            }
        }
    }
    Ok(())
}
