//! The syntactic layer as token records and as CoNLL-U.

use dateline_account::TokenRecord;
use dateline_syntax::Doc;
use std::fmt::Write;

/// BIO labels of a document's names.
fn name_labels(doc: &Doc<'_>) -> Vec<String> {
    let mut labels = vec!["O".to_owned(); doc.tokens.len()];
    for name in &doc.names {
        for token in name.tokens.clone() {
            let prefix = if token == name.tokens.start { "B" } else { "I" };
            labels[token] = format!("{prefix}-{}", name.kind.code());
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
pub fn conllu(id: &str, doc: &Doc<'_>) -> String {
    let mut out = String::new();
    let _ = writeln!(out, "# newdoc id = {}", id.replace(['\n', '\r'], " "));
    for (at, sentence) in doc.sentences.iter().enumerate() {
        if doc.paragraphs.iter().any(|p| p.start == at) {
            out.push_str("# newpar\n");
        }
        let text =
            doc.slice(doc.sentence_span(at)).split_whitespace().collect::<Vec<_>>().join(" ");
        let _ = writeln!(
            out,
            "# sent_id = {}-{}\n# text = {text}",
            id.replace(['\n', '\r'], " "),
            at + 1
        );
        let mut token = sentence.start;
        while token < sentence.end {
            let mut end = token + 1;
            while end < sentence.end && doc.tokens[end].joined {
                end += 1;
            }
            let gap = if space_after(doc, end - 1) { "_" } else { "SpaceAfter=No" };
            if end - token > 1 {
                let form = doc.slice(doc.span(token..end));
                let (first, last) = (token + 1 - sentence.start, end - sentence.start);
                let _ = writeln!(out, "{first}-{last}\t{form}\t_\t_\t_\t_\t_\t_\t_\t{gap}");
            }
            for word in token..end {
                write_word(
                    &mut out,
                    doc,
                    word,
                    sentence.start,
                    if end - token > 1 { "_" } else { gap },
                );
            }
            token = end;
        }
        out.push('\n');
    }
    out
}

fn write_word(out: &mut String, doc: &Doc<'_>, word: usize, start: usize, misc: &str) {
    let token = &doc.tokens[word];
    let head = token.head.map_or(0, |head| head + 1 - start);
    let _ = writeln!(
        out,
        "{}\t{}\t{}\t{}\t{}\t{}\t{head}\t{}\t_\t{misc}",
        word + 1 - start,
        doc.form(word),
        token.lemma,
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
