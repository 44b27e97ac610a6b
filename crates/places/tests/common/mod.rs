//! Documents written by hand, so that a test depends on no trained model.

use dateline_account::{Span, TextIndex};
use dateline_syntax::{Doc, Name, NameKind, Token, Upos};
use std::ops::Range;
use std::sync::Arc;

/// A document of one sentence a line, split at white space and punctuation;
/// `names` lists words of the text that the network is to have found.
pub fn doc<'t>(text: &'t str, names: &[(&str, NameKind)]) -> Doc<'t> {
    let index = TextIndex::new(text);
    let mut tokens = Vec::new();
    let mut sentences: Vec<Range<usize>> = Vec::new();
    let mut first = 0;
    let mut start = None;
    let dotted =
        |at: usize| text.get(..at).is_some_and(|t| t.ends_with(|c: char| c.is_uppercase()));
    let push = |range: Range<usize>, tokens: &mut Vec<Token>, sentence: usize| {
        let blank: Arc<str> = Arc::from("_");
        tokens.push(Token {
            span: Span::new(index.code_point(range.start), index.code_point(range.end)),
            bytes: range,
            lemma: blank.clone(),
            upos: Upos::X,
            xpos: blank.clone(),
            feats: blank.clone(),
            head: None,
            deprel: blank,
            sentence,
            joined: false,
        });
    };
    for (at, c) in text.char_indices().chain([(text.len(), '\n')]) {
        let word = c.is_alphanumeric() || c == '-' || c == '.' && dotted(at);
        if word && start.is_none() {
            start = Some(at);
        }
        if !word {
            if let Some(from) = start.take() {
                push(from..at, &mut tokens, sentences.len());
            }
            if !c.is_whitespace() {
                push(at..at + c.len_utf8(), &mut tokens, sentences.len());
            }
        }
        if c == '\n' && first < tokens.len() {
            sentences.push(first..tokens.len());
            first = tokens.len();
        }
    }
    let paragraphs = (0..sentences.len()).map(|s| s..s + 1).collect();
    let mut doc = Doc {
        text,
        index: TextIndex::new(text),
        tokens,
        sentences,
        paragraphs,
        names: Vec::new(),
        attributions: Vec::new(),
        values: Vec::new(),
    };
    let mut found: Vec<Name> = Vec::new();
    for (words, kind) in names {
        for (at, _) in text.match_indices(words) {
            let span = Span::new(doc.index.code_point(at), doc.index.code_point(at + words.len()));
            found.push(Name::new(doc.tokens_in(span), *kind));
        }
    }
    found.sort_by_key(|name| name.tokens.start);
    doc.names = found;
    doc
}
