//! Documents built by hand, for tests.

use crate::ClaimReader;
use dateline_account::{Claim, Span, TextIndex};
use dateline_learned::Weights;
use dateline_lexicon::Lexicons;
use dateline_syntax::{Doc, Token, Upos};

/// A document of one word a line: form, lemma, part of speech, head (from 1,
/// 0 at a root, within the sentence) and relation, parted by blanks; a form
/// that begins with `_` joins the word before it. An empty line ends the
/// sentence, a line `#` the paragraph.
pub(crate) fn text_of(lines: &str) -> String {
    let mut text = String::new();
    for line in lines.lines().map(str::trim) {
        if line == "#" {
            text.push_str("\n\n");
        } else if let Some(form) = line.split(' ').next().filter(|f| !f.is_empty()) {
            match form.strip_prefix('_') {
                Some(joined) => text.push_str(joined),
                None if text.is_empty() || text.ends_with('\n') => text.push_str(form),
                // an opening mark joins what follows
                None if text.ends_with(['“', '‘', '(']) => text.push_str(form),
                None => {
                    text.push(' ');
                    text.push_str(form);
                }
            }
        }
    }
    text
}

/// The document of `lines` over the text that [`text_of`] gives.
pub(crate) fn doc<'t>(text: &'t str, lines: &str) -> Doc<'t> {
    let index = TextIndex::new(text);
    let (mut tokens, mut sentences, mut paragraphs): (Vec<Token>, Vec<_>, Vec<_>) =
        (Vec::new(), Vec::new(), Vec::new());
    let (mut at, mut first, mut first_sentence) = (0, 0, 0);
    for line in lines.lines().map(str::trim).chain(["", "#"]) {
        let cells: Vec<&str> = line.split(' ').collect();
        if let [form, lemma, upos, head, relation] = cells[..] {
            let form = form.trim_start_matches('_');
            let start = at + text[at..].find(form).unwrap();
            at = start + form.len();
            let head: usize = head.parse().unwrap();
            tokens.push(Token {
                span: Span::new(index.code_point(start), index.code_point(at)),
                bytes: start..at,
                lemma: lemma.into(),
                upos: Upos::from_code(upos),
                xpos: "_".into(),
                feats: "_".into(),
                head: head.checked_sub(1).map(|h| first + h),
                deprel: relation.into(),
                sentence: sentences.len(),
                joined: false,
            });
            continue;
        }
        if tokens.len() > first {
            sentences.push(first..tokens.len());
            first = tokens.len();
        }
        if line == "#" && sentences.len() > first_sentence {
            paragraphs.push(first_sentence..sentences.len());
            first_sentence = sentences.len();
        }
    }
    let (names, attributions) = (Vec::new(), Vec::new());
    Doc { text, index, tokens, sentences, paragraphs, names, values: Vec::new(), attributions }
}

/// A reader to whom all claims are as sure, so that none of a document built
/// by hand is left out for what the fitted weights say of it.
pub(crate) fn reader() -> ClaimReader {
    let reader = ClaimReader::new(&Lexicons::embedded()).unwrap();
    ClaimReader { weights: Weights::default(), ..reader }
}

/// The claims of a document without entities and times.
pub(crate) fn claims(doc: &Doc<'_>) -> Vec<Claim> {
    reader().read(doc, &[], &[], &[], false)
}
