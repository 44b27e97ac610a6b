//! Behaviour of the room on documents built by hand.

use crate::EntityReader;
use crate::testing::{doc, place, with_attribution, with_names};
use dateline_account::{Entity, MentionForm, Place, PlaceForm};
use dateline_lexicon::Lexicons;
use dateline_syntax::{Doc, NameKind};
use jiff::civil::date;
use std::sync::LazyLock;

pub(crate) static READER: LazyLock<EntityReader> =
    LazyLock::new(|| EntityReader::new(&Lexicons::embedded()).unwrap());

pub(crate) fn read(doc: &Doc<'_>, places: &[Place]) -> Vec<Entity> {
    READER.read(doc, places, Some(date(2018, 12, 20)), false)
}

/// Words of an entity's mentions.
pub(crate) fn words<'t>(doc: &Doc<'t>, entity: &Entity) -> Vec<&'t str> {
    entity.mentions.iter().map(|m| doc.slice(m.span)).collect()
}

pub(crate) fn of<'e>(entities: &'e [Entity], doc: &Doc<'_>, mention: &str) -> &'e Entity {
    entities
        .iter()
        .find(|e| words(doc, e).contains(&mention))
        .unwrap_or_else(|| panic!("no mention {mention:?} in {entities:#?}"))
}

pub(crate) fn code(entity: &Entity) -> &str {
    entity.actor.as_ref().map_or("", |a| a.code.as_str())
}

#[test]
fn name_surname_office_and_pronoun_are_one_man() {
    let text = "Russian President Vladimir Putin met reporters . Putin smiled . The Russian leader said he agreed .";
    let doc = doc(
        text,
        &[
            "ADJ 3 amod",
            "PROPN 3 compound President",
            "PROPN 5 nsubj",
            "PROPN 3 flat",
            "VERB 0 root meet",
            "NOUN 5 obj",
            "PUNCT 5 punct",
            "PROPN 2 nsubj",
            "VERB 0 root smile",
            "PUNCT 2 punct",
            "DET 3 det",
            "ADJ 3 amod",
            "NOUN 4 nsubj leader",
            "VERB 0 root say",
            "PRON 6 nsubj",
            "VERB 4 ccomp agree",
            "PUNCT 4 punct",
        ],
    );
    let doc = with_names(doc, &[(2, 4, NameKind::Person), (7, 8, NameKind::Person)]);
    let places =
        [place(&doc, 0, PlaceForm::Demonym, "RUS"), place(&doc, 11, PlaceForm::Demonym, "RUS")];
    let entities = read(&doc, &places);
    let putin = of(&entities, &doc, "Putin");
    assert_eq!(
        words(&doc, putin),
        ["Russian President Vladimir Putin", "Putin", "The Russian leader", "he"]
    );
    assert_eq!((code(putin), putin.name.as_str()), ("RUSGOV", "Vladimir Putin"));
    assert_eq!(putin.roles, ["Russian President", "Russian leader"]);
    assert_eq!(code(of(&entities, &doc, "reporters")), "JRN");
}

#[test]
fn codes_are_put_together_from_words() {
    let text = "A Turkish army spokesman criticised French opposition lawmakers .";
    let doc = doc(
        text,
        &[
            "DET 4 det",
            "ADJ 4 amod",
            "NOUN 4 compound",
            "NOUN 5 nsubj",
            "VERB 0 root criticise",
            "ADJ 8 amod",
            "NOUN 8 compound",
            "NOUN 5 obj",
            "PUNCT 5 punct",
        ],
    );
    let places =
        [place(&doc, 1, PlaceForm::Demonym, "TUR"), place(&doc, 5, PlaceForm::Demonym, "FRA")];
    let entities = read(&doc, &places);
    assert_eq!(code(of(&entities, &doc, "A Turkish army spokesman")), "TURMIL");
    let lawmakers = of(&entities, &doc, "French opposition lawmakers");
    assert_eq!(lawmakers.actor.as_ref().unwrap().sectors, ["LEG", "OPP"]);
    assert_eq!(code(lawmakers), "FRALEG");
    assert!(entities.iter().all(|e| e.place.is_none()), "a demonym is no entity by itself");
}

#[test]
fn an_acronym_in_brackets_is_the_name_before_it() {
    let text = "The Quiet Valley Front ( QVF ) marched . The QVF left .";
    let doc = doc(
        text,
        &[
            "DET 4 det",
            "PROPN 4 compound",
            "PROPN 4 compound",
            "PROPN 8 nsubj",
            "PUNCT 6 punct",
            "PROPN 4 appos",
            "PUNCT 6 punct",
            "VERB 0 root march",
            "PUNCT 8 punct",
            "DET 2 det",
            "PROPN 3 nsubj",
            "VERB 0 root leave",
            "PUNCT 3 punct",
        ],
    );
    let doc = with_names(
        doc,
        &[
            (1, 4, NameKind::Organization),
            (5, 6, NameKind::Organization),
            (10, 11, NameKind::Organization),
        ],
    );
    let entities = read(&doc, &[]);
    let front = of(&entities, &doc, "QVF");
    assert_eq!(words(&doc, front), ["The Quiet Valley Front", "QVF", "The QVF"]);
}

#[test]
fn two_people_who_share_a_surname_stay_two() {
    let text = "Ana Ruiz met Pedro Ruiz . Ms. Ruiz thanked him .";
    let doc = doc(
        text,
        &[
            "PROPN 3 nsubj",
            "PROPN 1 flat",
            "VERB 0 root meet",
            "PROPN 3 obj",
            "PROPN 4 flat",
            "PUNCT 3 punct",
            "PROPN 2 compound",
            "PROPN 3 nsubj",
            "VERB 0 root thank",
            "PRON 3 obj",
            "PUNCT 3 punct",
        ],
    );
    let doc = with_names(
        doc,
        &[(0, 2, NameKind::Person), (3, 5, NameKind::Person), (7, 8, NameKind::Person)],
    );
    let entities = read(&doc, &[]);
    assert_eq!(words(&doc, of(&entities, &doc, "Ana Ruiz")), ["Ana Ruiz", "Ms. Ruiz"]);
    assert_eq!(words(&doc, of(&entities, &doc, "Pedro Ruiz")), ["Pedro Ruiz", "him"]);
}

#[test]
fn i_is_the_source_of_the_quotation() {
    let text = "“ I left because Ana called ” , said Pedro Ruiz .";
    let doc = doc(
        text,
        &[
            "PUNCT 3 punct",
            "PRON 3 nsubj",
            "VERB 9 ccomp leave",
            "SCONJ 6 mark",
            "PROPN 6 nsubj",
            "VERB 3 advcl call",
            "PUNCT 3 punct",
            "PUNCT 9 punct",
            "VERB 0 root say",
            "PROPN 9 nsubj",
            "PROPN 10 flat",
            "PUNCT 9 punct",
        ],
    );
    let doc = with_names(doc, &[(4, 5, NameKind::Person), (9, 11, NameKind::Person)]);
    let doc = with_attribution(doc, 9..11, 0..7);
    let entities = read(&doc, &[]);
    assert_eq!(words(&doc, of(&entities, &doc, "I")), ["I", "Pedro Ruiz"]);
}

#[test]
fn conjuncts_are_two_and_appositions_one() {
    let text = "Chile and Ana Ruiz , the mayor , spoke .";
    let doc = doc(
        text,
        &[
            "PROPN 9 nsubj",
            "CCONJ 3 cc",
            "PROPN 1 conj",
            "PROPN 3 flat",
            "PUNCT 7 punct",
            "DET 7 det",
            "NOUN 3 appos mayor",
            "PUNCT 7 punct",
            "VERB 0 root speak",
            "PUNCT 9 punct",
        ],
    );
    let doc = with_names(doc, &[(0, 1, NameKind::Location), (2, 4, NameKind::Person)]);
    let places = [place(&doc, 0, PlaceForm::Name, "CHL")];
    let entities = read(&doc, &places);
    let chile = of(&entities, &doc, "Chile");
    assert_eq!((chile.place, code(chile)), (Some(0), "CHL"));
    let ruiz = of(&entities, &doc, "Ana Ruiz");
    assert_eq!(words(&doc, ruiz), ["Ana Ruiz", "the mayor"]);
    assert_eq!(ruiz.roles, ["mayor"]);
}

#[test]
fn the_date_decides_what_an_office_was() {
    let text = "Joe Biden spoke .";
    let rows = ["PROPN 3 nsubj", "PROPN 1 flat", "VERB 0 root speak", "PUNCT 3 punct"];
    let doc = with_names(doc(text, &rows), &[(0, 2, NameKind::Person)]);
    let on = |day| code(&READER.read(&doc, &[], Some(day), false)[0]).to_owned();
    assert_eq!(on(date(2005, 6, 1)), "USALEG");
    assert_eq!(on(date(2022, 6, 1)), "USAGOV");
    assert_eq!(on(date(2017, 6, 1)), "USAELI");
}

#[test]
fn an_invented_country_of_a_users_own_works() {
    let folder = crate::testing::folder("overlay");
    let header = "name\taliases\tkind\tcountry\tsectors\trole\tstart\tend\n";
    let row = "Orla Venn\t\tperson\tRUR\tGOV\tpresident\t2010\t\n";
    std::fs::write(folder.join("actors.more.tsv"), format!("{header}{row}")).unwrap();
    let lexicons = Lexicons::with_folder(&folder);
    let error = EntityReader::new(&lexicons).unwrap_err();
    assert!(error.reason.contains("RUR"), "{error}");
    let country = "alpha3\talpha2\tname\taliases\tabbreviations\tdemonyms\tcapital\tlat\tlon\tgeonames\tfeature\tpopulation\tuntil\tsuccessors\n\
                   RUR\tRU\tRuritania\t\t\tRuritanian\tStrelsau\t0\t0\t\tA.PCLI\t1\t\t\n";
    std::fs::write(folder.join("countries.more.tsv"), country).unwrap();
    let reader = EntityReader::new(&Lexicons::with_folder(&folder)).unwrap();
    let rows = ["PROPN 3 nsubj", "PROPN 1 flat", "VERB 0 root speak", "PUNCT 3 punct"];
    let doc = with_names(doc("Orla Venn spoke .", &rows), &[(0, 2, NameKind::Person)]);
    assert_eq!(code(&reader.read(&doc, &[], Some(date(2015, 1, 1)), false)[0]), "RURGOV");
}

#[test]
fn five_thousand_mentions_are_read_in_a_moment() {
    let sentence = "Ana Ruiz said he saw her . ";
    let rows = [
        "PROPN 3 nsubj",
        "PROPN 1 flat",
        "VERB 0 root say",
        "PRON 5 nsubj",
        "VERB 3 ccomp see",
        "PRON 5 obj",
        "PUNCT 3 punct",
    ];
    let count = 5000;
    let text: &'static str = Box::leak(sentence.repeat(count).into_boxed_str());
    let all: Vec<&str> = std::iter::repeat_n(rows, count).flatten().collect();
    let names: Vec<_> = (0..count).map(|i| (i * 7, i * 7 + 2, NameKind::Person)).collect();
    let doc = with_names(doc(text, &all), &names);
    let start = std::time::Instant::now();
    let entities = read(&doc, &[]);
    assert!(start.elapsed().as_secs() < 20, "{:?}", start.elapsed());
    assert!(of(&entities, &doc, "Ana Ruiz").mentions.len() >= count);
}

#[test]
fn nothing_is_read_from_nothing() {
    let doc = doc("", &[]);
    assert!(read(&doc, &[]).is_empty());
    let lone = crate::testing::doc("Nairobi", &["PROPN 0 root"]);
    let entities = read(&lone, &[]);
    assert_eq!(entities[0].mentions[0].form, MentionForm::Name);
}
