//! Tokenises a corpus, for the training of the network: one JSON object
//! `{"id", "text"}` a line on standard input, one `{"id", "tokens"}` a line on
//! standard output. A token is a list of start and end in code points, and of
//! three flags: joined to the token before, first of its paragraph, guessed to
//! be the last of its sentence.
//!
//! ```sh
//! cargo run --release -p dateline-syntax --example tokenize <texts.jsonl >tokens.jsonl
//! ```

use dateline_syntax::tokenizer::tokenize;
use serde_json::{Value, json};
use std::io::{BufRead, BufWriter, Write, stdin, stdout};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut out = BufWriter::new(stdout().lock());
    for line in stdin().lock().lines() {
        let record: Value = serde_json::from_str(&line?)?;
        let text = record["text"].as_str().ok_or("a record without a text")?;
        serde_json::to_writer(&mut out, &json!({"id": record["id"], "tokens": rows(text)}))?;
        out.write_all(b"\n")?;
    }
    out.flush()?;
    Ok(())
}

/// The tokens of a text.
fn rows(text: &str) -> Vec<[usize; 5]> {
    let tokens = tokenize(text);
    let mut first = vec![false; tokens.pieces.len()];
    for paragraph in &tokens.paragraphs {
        first[paragraph.start] = true;
    }
    let (mut byte, mut point) = (0, 0);
    let mut points = |to: usize| {
        point += text[byte..to].chars().count();
        byte = to;
        point
    };
    let pieces = tokens.pieces.iter().enumerate();
    pieces
        .map(|(at, piece)| {
            let (start, end) = (points(piece.bytes.start), points(piece.bytes.end));
            let flags = [piece.joined, first[at], tokens.sentence_ends[at]].map(usize::from);
            [start, end, flags[0], flags[1], flags[2]]
        })
        .collect()
}
