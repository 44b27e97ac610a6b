//! Any document is read without a panic, to spans inside it.

use crate::testing::place;
use crate::tests::{READER, read};
use dateline_account::{Place, PlaceForm};
use dateline_syntax::{Doc, NameKind};
use jiff::civil::date;
use proptest::prelude::*;

/// A document of arbitrary words, tags, heads, names and attributions.
fn any_doc() -> impl Strategy<Value = (Doc<'static>, Vec<Place>)> {
    let word = prop::sample::select(vec![
        "Ana",
        "Ruiz",
        "the",
        "Kenyan",
        "army",
        "spokesman",
        "(",
        ")",
        "“",
        "”",
        "he",
        "they",
        "I",
        "we",
        "U.N.",
        "al-Qaeda",
        "troops",
        "president",
        "of",
        "-",
        "'s",
        "it",
        "Путин",
        "政府",
        "ISIS",
        "e\u{301}",
        "🦀",
        "Democratic",
        "Republic",
        "Congo",
        "group",
        "her",
    ]);
    let rel = prop::sample::select(vec![
        "nsubj",
        "obj",
        "det",
        "amod",
        "compound",
        "flat",
        "appos",
        "nmod",
        "nmod:poss",
        "case",
        "conj",
        "punct",
        "root",
        "cop",
        "obl",
        "acl",
        "acl:relcl",
    ]);
    let row = (word, 0usize..17, 0usize..80, rel, 0u8..8);
    prop::collection::vec(row, 0..60).prop_map(|rows| {
        let text: String = rows.iter().map(|r| format!("{} ", r.0)).collect();
        let text: &'static str = Box::leak(text.into_boxed_str());
        let index = dateline_account::TextIndex::new(text);
        let count = rows.len();
        let (mut tokens, mut byte) = (Vec::new(), 0);
        for (word, upos, head, rel, _) in &rows {
            let end = byte + word.len();
            let sentence = tokens.len() / 20;
            let first = sentence * 20;
            let size = count.min(first + 20) - first;
            tokens.push(dateline_syntax::Token {
                span: dateline_account::Span::new(index.code_point(byte), index.code_point(end)),
                bytes: byte..end,
                lemma: word.to_lowercase().into(),
                upos: dateline_syntax::Upos::ALL[*upos].0,
                xpos: "NNS".into(),
                feats: "_".into(),
                head: (*rel != "root").then_some(first + head % size),
                deprel: (*rel).into(),
                sentence,
                joined: false,
            });
            byte = end + 1;
        }
        let sentences: Vec<_> =
            (0..count.div_ceil(20)).map(|s| s * 20..count.min(s * 20 + 20)).collect();
        let range = |at: usize, length: usize| at..(at + length).min(count).min((at / 20 + 1) * 20);
        let (mut names, mut attributions, mut places) = (Vec::new(), Vec::new(), Vec::new());
        let mut free = 0;
        let paragraphs = std::iter::once(0..sentences.len()).collect();
        for (at, row) in rows.iter().enumerate() {
            let length = 1 + row.2 % 4;
            if row.4 == 0 && at >= free {
                let kind =
                    [NameKind::Person, NameKind::Organization, NameKind::Location, NameKind::Other]
                        [row.1 % 4];
                let tokens = range(at, length);
                free = tokens.end;
                names.push(dateline_syntax::Name::new(tokens, kind));
            } else if row.4 == 1 {
                attributions.push(dateline_syntax::Attribution {
                    source: vec![range(at, length)],
                    cue: Vec::new(),
                    content: vec![range(row.2 % count, 1 + row.1)],
                    score: 0.5,
                });
            }
        }
        let doc = Doc {
            text,
            index,
            tokens,
            sentences,
            paragraphs,
            names,
            values: Vec::new(),
            attributions,
        };
        for (at, row) in rows.iter().enumerate().filter(|(_, r)| r.4 == 2) {
            let form = if row.1 % 2 == 0 { PlaceForm::Name } else { PlaceForm::Demonym };
            places.push(place(&doc, at, form, "KEN"));
        }
        (doc, places)
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn any_document_is_read_to_spans_inside_it((doc, places) in any_doc()) {
        let entities = read(&doc, &places);
        let mut seen = std::collections::BTreeSet::new();
        for (at, entity) in entities.iter().enumerate() {
            prop_assert_eq!(entity.id as usize, at);
            prop_assert!(!entity.mentions.is_empty());
            prop_assert!(entity.place.is_none_or(|p| (p as usize) < places.len()));
            for mention in &entity.mentions {
                prop_assert!(!mention.span.is_empty() && mention.span.end <= doc.index.len());
                prop_assert!(seen.insert(mention.span), "a mention is of one entity");
            }
        }
        for source in doc.attributions.iter().flat_map(|a| &a.source) {
            let span = doc.span(source.clone());
            let covered = entities.iter().flat_map(|e| &e.mentions).any(|m| m.span.overlaps(span));
            prop_assert!(covered, "source {:?} has no mention", doc.slice(span));
        }
        prop_assert_eq!(&entities, &read(&doc, &places));
        let mut explained = READER.read(&doc, &places, Some(date(2018, 12, 20)), true);
        for entity in &mut explained {
            prop_assert_eq!(entity.explain.len(), entity.mentions.len() + 1);
            entity.explain.clear();
        }
        prop_assert_eq!(&entities, &explained, "reasons change nothing");
    }
}
