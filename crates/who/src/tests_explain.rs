//! What the room says of its reasons, on documents built by hand.

use crate::testing::{doc, with_attribution, with_names};
use crate::tests::{READER, of};
use dateline_account::Entity;
use dateline_syntax::{Doc, NameKind};
use jiff::civil::date;

fn explained(doc: &Doc<'_>) -> Vec<Entity> {
    READER.read(doc, &[], Some(date(2018, 12, 20)), true)
}

/// Whether a line has all these words, in any place.
fn has(entity: &Entity, about: &str, words: &[&str]) {
    let line = entity.explain.iter().find(|line| line.starts_with(about));
    let line = line.unwrap_or_else(|| panic!("nothing about {about}: {entity:#?}"));
    for word in words {
        assert!(line.contains(word), "no {word} in: {line}");
    }
}

#[test]
fn a_row_and_the_names_of_it() {
    let text = "Vladimir Putin smiled . Putin said I agree .";
    let parts = [
        "PROPN 3 nsubj",
        "PROPN 1 flat",
        "VERB 0 root smile",
        "PUNCT 3 punct",
        "PROPN 2 nsubj",
        "VERB 0 root say",
        "PRON 4 nsubj",
        "VERB 2 ccomp agree",
        "PUNCT 2 punct",
    ];
    let doc = with_names(doc(text, &parts), &[(0, 2, NameKind::Person), (4, 5, NameKind::Person)]);
    let doc = with_attribution(doc, 4..5, 6..8);
    let entities = explained(&doc);
    let putin = of(&entities, &doc, "Putin");
    let row =
        ["code: RUSGOV, “president” 2012-05-", ".. (actors.tsv, line ", "in force on 2018-12-20"];
    has(putin, "code", &row);
    has(putin, "mention 0..14", &["“Vladimir Putin”, the first of its mentions"]);
    has(putin, "mention 24..29", &["“Putin”, its last name"]);
    has(putin, "mention 35..36", &["“I”, who says the words that it stands in"]);
    assert_eq!(putin.explain.len(), 4);
    assert!(READER.read(&doc, &[], None, false).iter().all(|e| e.explain.is_empty()));
}

#[test]
fn a_composed_code_names_the_words_and_their_rows() {
    let text = "A Turkish army spokesman said he knew .";
    let parts = [
        "DET 4 det",
        "ADJ 4 amod",
        "NOUN 4 compound",
        "NOUN 5 nsubj",
        "VERB 0 root say",
        "PRON 7 nsubj",
        "VERB 5 ccomp know",
        "PUNCT 5 punct",
    ];
    let doc = doc(text, &parts);
    let entities = explained(&doc);
    let spokesman = of(&entities, &doc, "he");
    let wanted = [
        "code: TURMIL, the words “A Turkish army spokesman”",
        "TUR by “Turkish” (countries.tsv, line ",
        "MIL by “army” (roles.tsv, line ",
    ];
    has(spokesman, "code", &wanted);
    has(spokesman, "mention 30..32", &["ranked first with “A Turkish army spokesman” at 0..24"]);
}

#[test]
fn acronyms_past_offices_and_things() {
    let text = "Tony Blair met the Green Tarn Union ( GTU ) . A door closed .";
    let parts = [
        "PROPN 3 nsubj",
        "PROPN 1 flat",
        "VERB 0 root meet",
        "DET 7 det",
        "PROPN 7 compound",
        "PROPN 7 compound",
        "PROPN 3 obj",
        "PUNCT 9 punct",
        "PROPN 7 appos",
        "PUNCT 9 punct",
        "PUNCT 3 punct",
        "DET 2 det",
        "NOUN 3 nsubj door",
        "VERB 0 root close",
        "PUNCT 3 punct",
    ];
    let names =
        [(0, 2, NameKind::Person), (4, 7, NameKind::Organization), (8, 9, NameKind::Organization)];
    let doc = with_names(doc(text, &parts), &names);
    let entities = explained(&doc);
    let past = ["code: GBRELI, “prime minister” 1997-05-", "(actors.tsv", "past on 2018-12-20"];
    has(of(&entities, &doc, "Tony Blair"), "code", &past);
    has(of(&entities, &doc, "GTU"), "mention 38..41", &["one in brackets behind the other"]);
    has(of(&entities, &doc, "A door"), "code", &["none, as it is no actor"]);
}
