//! The syntactic layer as token records and as CoNLL-U.

use dateline_account::TokenRecord;
use dateline_syntax::Doc;
use std::fmt::Write;
use std::ops::Range;

/// BIO labels of a document's names and values.
fn name_labels(doc: &Doc<'_>) -> Vec<String> {
    let mut labels = vec!["O".to_owned(); doc.tokens.len()];
    let names = doc.names.iter().map(|name| (&name.tokens, name.label));
    for (tokens, label) in names.chain(doc.values.iter().map(|value| (&value.tokens, value.label)))
    {
        for token in tokens.clone() {
            let prefix = if token == tokens.start { "B" } else { "I" };
            labels[token] = format!("{prefix}-{label}");
        }
    }
    labels
}

/// Tokens as the account lists them.
pub fn token_records(doc: &Doc<'_>) -> Vec<TokenRecord> {
    let labels = name_labels(doc);
    let record = |(token, ner): (&dateline_syntax::Token, String)| TokenRecord {
        start: token.span.start,
        end: token.span.end,
        lemma: token.lemma.to_string(),
        upos: token.upos.code().to_owned(),
        xpos: token.xpos.to_string(),
        feats: token.feats.to_string(),
        head: token.head.map(|head| head as u32),
        deprel: token.deprel.to_string(),
        ner,
    };
    doc.tokens.iter().zip(labels).map(record).collect()
}

/// A document in CoNLL-U, with `# newdoc id`, `# newpar`, `# sent_id` and
/// `# text`, range lines for multiword tokens and `SpaceAfter=No`.
///
/// ```
/// let reader = dateline::Reader::new()?;
/// let trees = dateline::conllu("a1", &reader.parse("Talks resumed. They didn't last."));
/// assert!(trees.starts_with("# newdoc id = a1\n# newpar\n# sent_id = a1-1\n"));
/// assert!(trees.contains("\ndidn't\t") || trees.contains("\tdidn't\t"));
/// # Ok::<(), dateline::Error>(())
/// ```
pub fn conllu(id: &str, doc: &Doc<'_>) -> String {
    let id = one_line(id);
    let mut out = format!("# newdoc id = {id}\n");
    let mut paragraphs = doc.paragraphs.iter().map(|p| p.start).peekable();
    for (at, sentence) in doc.sentences.iter().enumerate() {
        if paragraphs.next_if(|start| *start <= at).is_some() {
            out.push_str("# newpar\n");
        }
        let text = one_line(doc.slice(doc.sentence_span(at)));
        let _ = writeln!(out, "# sent_id = {id}-{}\n# text = {text}", at + 1);
        let mut token = sentence.start;
        while token < sentence.end {
            let joined = |t: &usize| *t < sentence.end && doc.tokens[*t].joined;
            let end = (token + 1..).take_while(joined).last().map_or(token + 1, |t| t + 1);
            write_surface_token(&mut out, doc, token..end, sentence.start);
            token = end;
        }
        out.push('\n');
    }
    out
}

/// White space of every kind as single spaces: a cell or comment of CoNLL-U
/// cannot hold a line break or a tab.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The line of a token; of a multiword token its range line and its words.
fn write_surface_token(out: &mut String, doc: &Doc<'_>, words: Range<usize>, start: usize) {
    let gap = if space_after(doc, words.end - 1) { "_" } else { "SpaceAfter=No" };
    let multiword = words.len() > 1;
    if multiword {
        let form = one_line(doc.slice(doc.span(words.clone())));
        let (first, last) = (words.start + 1 - start, words.end - start);
        let _ = writeln!(out, "{first}-{last}\t{form}\t_\t_\t_\t_\t_\t_\t_\t{gap}");
    }
    for word in words {
        write_word(out, doc, word, start, if multiword { "_" } else { gap });
    }
}

fn write_word(out: &mut String, doc: &Doc<'_>, word: usize, start: usize, misc: &str) {
    let token = &doc.tokens[word];
    let head = token.head.map_or(0, |head| (head + 1).saturating_sub(start));
    let _ = writeln!(
        out,
        "{}\t{}\t{}\t{}\t{}\t{}\t{head}\t{}\t_\t{misc}",
        word + 1 - start,
        one_line(doc.form(word)),
        one_line(&token.lemma),
        token.upos.code(),
        token.xpos,
        token.feats,
        token.deprel,
    );
}

/// Whether white space, or nothing, follows a token.
fn space_after(doc: &Doc<'_>, token: usize) -> bool {
    doc.text[doc.tokens[token].bytes.end..].chars().next().is_none_or(char::is_whitespace)
}
