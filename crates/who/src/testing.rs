//! Documents built by hand, for tests.

use dateline_account::{Place, PlaceForm, Span, TextIndex};
use dateline_syntax::{Attribution, Doc, Name, NameKind, Token, Upos};
use std::sync::Arc;

/// An empty folder for a test's own lexicons.
pub(crate) fn folder(name: &str) -> std::path::PathBuf {
    let name = format!("dateline-who-{name}-{}", std::process::id());
    let folder = std::env::temp_dir().join(name);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

/// A document: words are what white space separates, each row is
/// `UPOS HEAD DEPREL [LEMMA]` with heads counted from 1 within the sentence, and
/// a sentence ends after `.`.
pub(crate) fn doc(text: &'static str, rows: &[&str]) -> Doc<'static> {
    let index = TextIndex::new(text);
    let mut tokens = Vec::new();
    let mut sentences = Vec::new();
    let (mut start, mut sentence_start) = (0, 0);
    for (at, word) in text.split_whitespace().enumerate() {
        let byte = start + text[start..].find(word).unwrap();
        start = byte + word.len();
        let cells: Vec<&str> = rows[at].split(' ').collect();
        let head: usize = cells[1].parse().unwrap();
        let plural = cells[0] == "NOUN" && word.ends_with('s');
        let lemma = cells.get(3).map_or_else(
            || if plural { word.trim_end_matches('s').to_lowercase() } else { word.to_owned() },
            |l| (*l).to_owned(),
        );
        tokens.push(Token {
            span: Span::new(index.code_point(byte), index.code_point(start)),
            bytes: byte..start,
            lemma: Arc::from(lemma.as_str()),
            upos: Upos::from_code(cells[0]),
            xpos: Arc::from(if plural { "NNS" } else { "_" }),
            feats: Arc::from(if plural { "Number=Plur" } else { "_" }),
            head: (head > 0).then(|| sentence_start + head - 1),
            deprel: Arc::from(cells[2]),
            sentence: sentences.len(),
            joined: false,
        });
        if word == "." {
            sentences.push(sentence_start..at + 1);
            sentence_start = at + 1;
        }
    }
    if sentence_start < tokens.len() {
        sentences.push(sentence_start..tokens.len());
    }
    let paragraphs = std::iter::once(0..sentences.len()).collect();
    let (names, attributions) = (Vec::new(), Vec::new());
    Doc { text, index, tokens, sentences, paragraphs, names, values: Vec::new(), attributions }
}

/// Adds names: token range and kind.
pub(crate) fn with_names(
    mut doc: Doc<'static>,
    names: &[(usize, usize, NameKind)],
) -> Doc<'static> {
    doc.names = names.iter().map(|&(start, end, kind)| Name::new(start..end, kind)).collect();
    doc
}

/// Adds an attribution by token ranges.
pub(crate) fn with_attribution(
    mut doc: Doc<'static>,
    source: std::ops::Range<usize>,
    content: std::ops::Range<usize>,
) -> Doc<'static> {
    doc.attributions.push(Attribution {
        source: vec![source],
        cue: Vec::new(),
        content: vec![content],
        score: 1.0,
    });
    doc
}

/// A place over one token.
pub(crate) fn place(doc: &Doc<'_>, token: usize, form: PlaceForm, country: &str) -> Place {
    Place {
        span: doc.tokens[token].span,
        form,
        name: doc.form(token).to_owned(),
        geonames: None,
        lat: None,
        lon: None,
        country: Some(country.to_owned()),
        feature: Some("A.PCLI".to_owned()),
    }
}
