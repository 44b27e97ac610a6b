//! Names whose kind or owner the words around them tell, on documents built by
//! hand.

use crate::testing::{doc, with_names};
use crate::tests::{of, read, words};
use dateline_account::EntityKind;
use dateline_syntax::NameKind;

#[test]
fn the_first_lady_and_the_president_are_two() {
    let text = "First Lady Ana Ruiz spoke . President Ruiz left . Mrs. Ruiz stayed .";
    let parts = [
        "ADJ 2 amod first",
        "NOUN 3 compound lady",
        "PROPN 5 nsubj",
        "PROPN 3 flat",
        "VERB 0 root speak",
        "PUNCT 5 punct",
        "NOUN 2 compound president",
        "PROPN 3 nsubj",
        "VERB 0 root leave",
        "PUNCT 3 punct",
        "NOUN 2 compound",
        "PROPN 3 nsubj",
        "VERB 0 root stay",
        "PUNCT 3 punct",
    ];
    let person = NameKind::Person;
    let doc = with_names(doc(text, &parts), &[(2, 4, person), (7, 8, person), (11, 12, person)]);
    let entities = read(&doc, &[]);
    assert_eq!(words(&doc, of(&entities, &doc, "President Ruiz")), ["President Ruiz"]);
    assert!(words(&doc, of(&entities, &doc, "First Lady Ana Ruiz")).contains(&"Mrs. Ruiz"));
}

#[test]
fn a_name_after_born_is_another_of_the_same_person() {
    let text = "Ana Ruiz , born Ana Lopez , left .";
    let parts = [
        "PROPN 8 nsubj",
        "PROPN 1 flat",
        "PUNCT 4 punct",
        "VERB 1 acl bear",
        "PROPN 4 xcomp",
        "PROPN 5 flat",
        "PUNCT 1 punct",
        "VERB 0 root leave",
        "PUNCT 8 punct",
    ];
    let person = NameKind::Person;
    let doc = with_names(doc(text, &parts), &[(0, 2, person), (4, 6, person)]);
    let entities = read(&doc, &[]);
    let ruiz = of(&entities, &doc, "Ana Lopez");
    assert_eq!(words(&doc, ruiz), ["Ana Ruiz , born Ana Lopez", "Ana Lopez"]);
    assert_eq!(ruiz.name, "Ana Ruiz");
}

#[test]
fn a_former_name_is_of_the_same_body() {
    let text = "The Tarn Union , formerly known as the Lake League , met .";
    let parts = [
        "DET 3 det",
        "PROPN 3 compound",
        "PROPN 12 nsubj",
        "PUNCT 6 punct",
        "ADV 6 advmod",
        "VERB 3 acl know",
        "ADP 10 case",
        "DET 10 det",
        "PROPN 10 compound",
        "PROPN 6 obl",
        "PUNCT 6 punct",
        "VERB 0 root meet",
        "PUNCT 12 punct",
    ];
    let body = NameKind::Organization;
    let doc = with_names(doc(text, &parts), &[(1, 3, body), (8, 10, body)]);
    let entities = read(&doc, &[]);
    assert_eq!(of(&entities, &doc, "the Lake League").mentions.len(), 2);
}

#[test]
fn whom_a_description_names_is_the_one_described() {
    let text = "A lawyer named Ana Ruiz spoke .";
    let parts = [
        "DET 2 det",
        "NOUN 6 nsubj lawyer",
        "VERB 2 acl name",
        "PROPN 3 xcomp",
        "PROPN 4 flat",
        "VERB 0 root speak",
        "PUNCT 6 punct",
    ];
    let doc = with_names(doc(text, &parts), &[(3, 5, NameKind::Person)]);
    let entities = read(&doc, &[]);
    assert_eq!(
        words(&doc, of(&entities, &doc, "Ana Ruiz")),
        ["A lawyer named Ana Ruiz", "Ana Ruiz"]
    );
}

#[test]
fn a_place_beside_a_wife_is_a_person_and_a_person_beside_a_bakery_a_company() {
    let text = "His wife , Wanora , left Hobel Mills , a bakery .";
    let parts = [
        "PRON 2 nmod:poss",
        "NOUN 6 nsubj wife",
        "PUNCT 4 punct",
        "PROPN 2 appos",
        "PUNCT 2 punct",
        "VERB 0 root leave",
        "PROPN 6 obj",
        "PROPN 7 flat",
        "PUNCT 11 punct",
        "DET 11 det",
        "NOUN 7 appos bakery",
        "PUNCT 6 punct",
    ];
    let names = [(3, 4, NameKind::Location), (6, 8, NameKind::Person)];
    let doc = with_names(doc(text, &parts), &names);
    let entities = read(&doc, &[]);
    assert_eq!(of(&entities, &doc, "Wanora").kind, EntityKind::Person);
    assert_eq!(of(&entities, &doc, "Hobel Mills").kind, EntityKind::Organization);
}

#[test]
fn an_acronym_in_brackets_is_the_bodys_wherever_it_stands() {
    let text = "The Grain Institute ( QGI ) met . QGI left .";
    let parts = [
        "DET 3 det",
        "PROPN 3 compound",
        "PROPN 7 nsubj",
        "PUNCT 5 punct",
        "PROPN 3 appos",
        "PUNCT 5 punct",
        "VERB 0 root meet",
        "PUNCT 7 punct",
        "PROPN 2 nsubj",
        "VERB 0 root leave",
        "PUNCT 2 punct",
    ];
    let names = [(1, 3, NameKind::Organization), (8, 9, NameKind::Person)];
    let doc = with_names(doc(text, &parts), &names);
    let entities = read(&doc, &[]);
    let body = of(&entities, &doc, "The Grain Institute");
    assert_eq!(words(&doc, body), ["The Grain Institute", "QGI", "QGI"]);
    assert_eq!(body.kind, EntityKind::Organization);
}

#[test]
fn words_in_another_script_are_one_name() {
    let text = "Иван Петров left .";
    let parts = ["PROPN 3 nsubj", "PROPN 1 flat", "VERB 0 root leave", "PUNCT 3 punct"];
    let names = [(0, 1, NameKind::Other), (1, 2, NameKind::Person)];
    let doc = with_names(doc(text, &parts), &names);
    let entities = read(&doc, &[]);
    assert_eq!(of(&entities, &doc, "Иван Петров").kind, EntityKind::Person);
}
