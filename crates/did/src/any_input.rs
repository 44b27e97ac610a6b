//! Any input, however broken: no panic, sound rows, no quadratic time.

use crate::testing::doc;
use dateline_account::{Claim, Entity, EntityKind, Mention, MentionForm, Span, TextIndex};
use dateline_lexicon::Lexicons;
use proptest::prelude::*;
use std::sync::OnceLock;

const WORDS: [&str; 18] = [
    "attack",
    "meet",
    "talks",
    "of",
    "to",
    "agree",
    "withdraw",
    "troops",
    "not",
    "who",
    "strike",
    "air",
    "held",
    "-",
    "jailed",
    "refuse",
    "\u{1F600}é",
    "by",
];
const TAGS: [&str; 9] = ["VERB", "NOUN", "PROPN", "ADP", "PART", "PRON", "ADJ", "AUX", "PUNCT"];
const RELATIONS: [&str; 16] = [
    "nsubj",
    "obj",
    "obl",
    "conj",
    "xcomp",
    "ccomp",
    "acl:relcl",
    "acl",
    "nmod",
    "case",
    "mark",
    "compound",
    "nsubj:pass",
    "advcl",
    "nmod:poss",
    "root",
];

fn reader() -> &'static crate::EventReader {
    static READER: OnceLock<crate::EventReader> = OnceLock::new();
    READER.get_or_init(|| crate::EventReader::new(&Lexicons::embedded()).unwrap())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]
    /// Broken trees, heads in circles or outside the sentence, entities
    /// anywhere: no panic, and every row is sound.
    #[test]
    fn broken_trees_make_no_panic(
        tokens in prop::collection::vec(
            (0..WORDS.len(), 0..TAGS.len(), 0usize..40, 0..RELATIONS.len(), any::<bool>()),
            0..30,
        ),
        spans in prop::collection::vec((0u32..200, 0u32..60), 0..6),
    ) {
        let mut lines = String::new();
        for (word, tag, head, relation, ends) in &tokens {
            let (word, tag, relation) = (WORDS[*word], TAGS[*tag], RELATIONS[*relation]);
            let xpos = if tag == "VERB" { "VBN" } else { "NN" };
            lines += &format!("{word} {word} {tag} {xpos} {head} {relation}\n");
            if *ends {
                lines.push('\n');
            }
        }
        let mut doc = doc(&lines);
        doc.index = TextIndex::new(doc.text);
        // spans are code points
        for token in &mut doc.tokens {
            let start = doc.index.code_point(token.bytes.start);
            token.span = Span::new(start, doc.index.code_point(token.bytes.end));
        }
        let entities: Vec<Entity> = spans
            .iter()
            .enumerate()
            .map(|(id, (start, length))| Entity {
                id: id as u32,
                name: String::new(),
                kind: EntityKind::Person,
                mentions: vec![Mention {
                    span: Span::new(*start, start + length),
                    form: MentionForm::Name,
                }],
                roles: Vec::new(),
                actor: None,
                place: None,
                explain: Vec::new(),
            })
            .collect();
        let claims: Vec<Claim> = Vec::new();
        let events = reader().read(&doc, &entities, &[], &[], &claims, false);
        let again = reader().read(&doc, &entities, &[], &[], &claims, false);
        prop_assert_eq!(&events, &again);
        for (at, event) in events.iter().enumerate() {
            prop_assert_eq!(event.id as usize, at);
            prop_assert!((event.sentence as usize) < doc.sentences.len());
            prop_assert!(!event.trigger.is_empty());
            for span in &event.trigger {
                prop_assert!(!span.is_empty() && span.end <= doc.index.len());
            }
            let parties = event.actor.iter().chain(&event.recipient);
            prop_assert!(parties.into_iter().all(|&e| (e as usize) < entities.len()));
        }
    }
}

#[test]
fn a_sentence_of_fifty_thousand_words_is_read_in_time() {
    let mut lines = String::new();
    for at in 0..50_000 {
        let (word, tag) = if at % 2 == 0 { ("attack", "VERB") } else { ("talks", "NOUN") };
        lines += &format!("{word} {word} {tag} VBD {} conj\n", usize::from(at > 0));
    }
    let doc = doc(&lines);
    let start = std::time::Instant::now();
    reader().read(&doc, &[], &[], &[], &[], true);
    assert!(start.elapsed().as_secs() < 20);
}
