//! Prints what might be a claim in each article, with the features that
//! confidence is fitted on: articles `{"id", "text"}` a line in, one line
//! `{"id", "claims": [{source, cue, content, form, confidence, features}]}` out.
//!
//!     cargo run --release -p dateline-said --example claim_features < articles.jsonl
//!
//! `train/claims/fit_confidence.py` runs it.

use dateline_lexicon::Lexicons;
use dateline_said::ClaimReader;
use dateline_syntax::Model;
use serde_json::{Value, json};
use std::io::{BufRead, Write};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let (model, reader) = (Model::swift()?, ClaimReader::new(&Lexicons::embedded())?);
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for line in std::io::stdin().lock().lines() {
        let article: Value = serde_json::from_str(&line?)?;
        let text = article["text"].as_str().unwrap_or_default();
        let doc = model.read(text);
        let claims: Vec<Value> = reader
            .candidates(&doc, &[])
            .into_iter()
            .map(|candidate| {
                let claim = candidate.claim;
                json!({
                    "source": claim.source,
                    "cue": claim.cue,
                    "content": claim.content,
                    "form": claim.form,
                    "confidence": claim.confidence,
                    "features": candidate.features,
                })
            })
            .collect();
        writeln!(out, "{}", json!({"id": article["id"], "claims": claims}))?;
    }
    Ok(())
}
