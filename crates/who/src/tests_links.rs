//! Which mentions are put together, on documents built by hand.

use crate::testing::{doc, place, with_names};
use crate::tests::{code, of, read, words};
use dateline_account::{EntityKind, PlaceForm};
use dateline_syntax::NameKind;

#[test]
fn what_a_subject_owns_is_not_that_of_whom_was_spoken_of_more() {
    let text = "Kuleba said he waited . Ruiz spoke of his country .";
    let parts = [
        "PROPN 2 nsubj",
        "VERB 0 root say",
        "PRON 4 nsubj",
        "VERB 2 ccomp wait",
        "PUNCT 2 punct",
        "PROPN 2 nsubj",
        "VERB 0 root speak",
        "ADP 5 case",
        "PRON 5 nmod:poss",
        "NOUN 2 obl country",
        "PUNCT 2 punct",
    ];
    let doc = with_names(doc(text, &parts), &[(0, 1, NameKind::Person), (5, 6, NameKind::Person)]);
    let entities = read(&doc, &[]);
    assert_eq!(words(&doc, of(&entities, &doc, "Ruiz")), ["Ruiz", "his"]);
    assert_eq!(words(&doc, of(&entities, &doc, "Kuleba")), ["Kuleba", "he"]);
}

#[test]
fn who_lets_him_go_is_another() {
    let text = "Ruiz forgave Kahn and freed him . Kahn saw himself .";
    let parts = [
        "PROPN 2 nsubj",
        "VERB 0 root forgive",
        "PROPN 2 obj",
        "CCONJ 5 cc",
        "VERB 2 conj free",
        "PRON 5 obj",
        "PUNCT 2 punct",
        "PROPN 2 nsubj",
        "VERB 0 root see",
        "PRON 2 obj",
        "PUNCT 2 punct",
    ];
    let names = [(0, 1, NameKind::Person), (2, 3, NameKind::Person), (7, 8, NameKind::Person)];
    let doc = with_names(doc(text, &parts), &names);
    let entities = read(&doc, &[]);
    assert_eq!(words(&doc, of(&entities, &doc, "Kahn")), ["Kahn", "him", "Kahn", "himself"]);
}

#[test]
fn troops_are_of_the_country_that_owns_them() {
    let text = "Peru moved its troops .";
    let parts = [
        "PROPN 2 nsubj",
        "VERB 0 root move",
        "PRON 4 nmod:poss",
        "NOUN 2 obj troop",
        "PUNCT 2 punct",
    ];
    let doc = with_names(doc(text, &parts), &[(0, 1, NameKind::Location)]);
    let entities = read(&doc, &[place(&doc, 0, PlaceForm::Name, "PER")]);
    assert_eq!(code(of(&entities, &doc, "its troops")), "PERMIL");
}

#[test]
fn a_dateline_names_a_place() {
    let text = "PORTVALE - The army left .";
    let parts = [
        "PROPN 5 nsubj",
        "PUNCT 1 punct",
        "DET 4 det",
        "NOUN 5 nsubj",
        "VERB 0 root leave",
        "PUNCT 5 punct",
    ];
    let doc = with_names(doc(text, &parts), &[(0, 1, NameKind::Person)]);
    let entities = read(&doc, &[]);
    assert_eq!(of(&entities, &doc, "PORTVALE").kind, EntityKind::Place);
}
