//! What the room as a whole makes of sentences.

use crate::testing::{read_with, told};
use dateline_account::{EventType, Modality, Polarity};

const WITHDRAW: &str = "\
Norland Norland PROPN NNP 2 nsubj
withdrew withdraw VERB VBD 0 root
its its PRON PRP$ 4 nmod:poss
OBJECT OBJECT NOUN NNS 2 obj
from from ADP IN 6 case
Sudland Sudland PROPN NNP 2 obl
. . PUNCT . 2 punct
";

#[test]
fn the_object_decides_what_withdraw_means() {
    for (object, lemma, wanted) in [
        ("troops", "troop", "RETREAT.withdraw"),
        ("ambassador", "ambassador", "SANCTION.discontinue"),
        ("offer", "offer", "REJECT"),
    ] {
        let lines = WITHDRAW.replace("OBJECT OBJECT", &format!("{object} {lemma}"));
        let told = told(&lines);
        assert_eq!(told.len(), 1, "{told:?}");
        assert!(told[0].starts_with(wanted), "{told:?}");
        assert!(told[0].contains("Norland > "), "{told:?}");
    }
}

#[test]
fn a_passive_turns_the_sides() {
    let told = told(
        "\
Ana Ana PROPN NNP 3 nsubj:pass
was be AUX VBD 3 aux:pass
arrested arrest VERB VBN 0 root
by by ADP IN 5 case
Norland Norland PROPN NNP 3 obl:agent
",
    );
    assert_eq!(told, ["COERCE.arrest Norland > Ana positive actual"]);
}

#[test]
fn a_light_verb_and_its_noun_are_one_event() {
    let told = told(
        "\
Norland Norland PROPN NNP 2 nsubj
launched launch VERB VBD 0 root
an a DET DT 4 det
attack attack NOUN NN 2 obj
on on ADP IN 6 case
Sudland Sudland PROPN NNP 4 nmod
",
    );
    assert_eq!(told, ["ASSAULT Norland > Sudland positive actual"]);
}

#[test]
fn what_is_threatened_or_promised_did_not_happen() {
    let lines = "\
Norland Norland PROPN NNP 2 nsubj
VERB VERB VERB VBD 0 root
to to PART TO 4 mark
INNER INNER VERB VB 2 xcomp
Sudland Sudland PROPN NNP 4 obj
";
    for (verb, inner, wanted) in [
        ("threatened/threaten", "bomb", "THREATEN.violence"),
        ("refused/refuse", "help", "REJECT.assist"),
        ("promised/promise", "help", "AGREE"),
    ] {
        let (form, lemma) = verb.split_once('/').unwrap();
        let lines = lines
            .replace("VERB VERB VERB", &format!("{form} {lemma} VERB"))
            .replace("INNER INNER", &format!("{inner} {inner}"));
        let told = told(&lines);
        assert_eq!(told, [format!("{wanted} Norland > Sudland positive actual")]);
    }
}

#[test]
fn failing_and_not_doing_are_negative() {
    let told = told(
        "\
Norland Norland PROPN NNP 4 nsubj
did do AUX VBD 4 aux
not not PART RB 4 advmod
attack attack VERB VB 0 root
Sudland Sudland PROPN NNP 4 obj

Norland Norland PROPN NNP 2 nsubj
failed fail VERB VBD 0 root
to to PART TO 4 mark
attack attack VERB VB 2 xcomp
Sudland Sudland PROPN NNP 4 obj
",
    );
    assert_eq!(
        told,
        ["ASSAULT Norland > Sudland negative actual", "ASSAULT Norland > Sudland negative actual"]
    );
}

#[test]
fn a_meeting_to_come_is_an_agreement_and_one_refused_a_rejection() {
    let lines = "\
Norland Norland PROPN NNP 4 nsubj
will will AUX MD 4 aux
ADVERB ADVERB ADV RB 4 advmod
meet meet VERB VB 0 root
Sudland Sudland PROPN NNP 4 obj
";
    assert_eq!(
        told(&lines.replace("ADVERB", "soon")),
        ["AGREE Norland > Sudland positive planned"]
    );
    assert_eq!(
        told(&lines.replace("ADVERB", "not")),
        ["REJECT.meet Norland > Sudland positive actual"]
    );
}

#[test]
fn people_who_meet_are_each_others_recipients() {
    let told = told(
        "\
Norland Norland PROPN NNP 4 nsubj
and and CCONJ CC 3 cc
Sudland Sudland PROPN NNP 1 conj
met meet VERB VBD 0 root
",
    );
    assert_eq!(told, ["CONSULT Norland+Sudland > Norland+Sudland positive actual"]);
}

#[test]
fn the_relative_pronoun_stands_for_its_noun() {
    let told = told(
        "\
Norland Norland PROPN NNP 0 root
, , PUNCT , 4 punct
which which PRON WDT 4 nsubj
invaded invade VERB VBD 1 acl:relcl
Sudland Sudland PROPN NNP 4 obj
",
    );
    assert_eq!(told, ["ASSAULT Norland > Sudland positive actual"]);
}

#[test]
fn nominals_have_actors_and_recipients_too() {
    let told = told(
        "\
Norland Norland PROPN NNP 3 nmod:poss
's 's PART POS 1 case
shelling shelling NOUN NN 0 root
of of ADP IN 5 case
Sudland Sudland PROPN NNP 3 nmod
",
    );
    assert_eq!(told, ["ASSAULT.heavy-weapons Norland > Sudland positive actual"]);
}

#[test]
fn a_heart_attack_is_no_event() {
    let told = told(
        "\
Ana Ana PROPN NNP 2 nsubj
suffered suffer VERB VBD 0 root
a a DET DT 5 det
heart heart NOUN NN 5 compound
attack attack NOUN NN 2 obj
",
    );
    assert_eq!(told, Vec::<String>::new());
}

#[test]
fn events_carry_their_date_place_and_claim() {
    let lines = "\
Ana Ana PROPN NNP 2 nsubj
said say VERB VBD 0 root
Norland Norland PROPN NNP 4 nsubj
bombed bomb VERB VBD 2 ccomp
Sudland Sudland PROPN NNP 4 obj
on on ADP IN 7 case
Monday Monday PROPN NNP 4 obl
";
    let events =
        read_with(lines, &[("Monday", "2021-03-01")], &["Sudland"], &["Norland bombed Sudland"]);
    assert_eq!(events.len(), 1);
    let event = &events[0];
    assert_eq!(event.date.as_deref(), Some("2021-03-01"));
    assert_eq!((event.time, event.place, event.claim), (Some(0), Some(0), Some(0)));
    assert_eq!((event.polarity, event.modality), (Polarity::Positive, Modality::Actual));
}

#[test]
fn an_accusation_is_an_event_and_its_content_only_possible() {
    let lines = "\
Norland Norland PROPN NNP 2 nsubj
accused accuse VERB VBD 0 root
Sudland Sudland PROPN NNP 2 obj
of of SCONJ IN 5 mark
bombing bomb VERB VBG 2 advcl
Estland Estland PROPN NNP 5 obj
";
    assert_eq!(
        told(lines),
        [
            "ACCUSE.allege Norland > Sudland positive actual",
            "ASSAULT.explosives Sudland > Estland positive possible"
        ]
    );
    let events = read_with(lines, &[], &[], &["bombing Estland"]);
    assert_eq!(events[1].kind, EventType::Assault);
    assert_eq!((events[1].claim, events[1].modality), (Some(0), Modality::Actual));
}

#[test]
fn to_be_to_is_a_plan_and_an_object_before_an_infinitive_is_the_addressee() {
    let planned = told(
        "\
Norland Norland PROPN NNP 4 nsubj
is be AUX VBZ 4 cop
to to PART TO 4 mark
invade invade VERB VB 0 root
Sudland Sudland PROPN NNP 4 obj
",
    );
    assert_eq!(planned, ["THREATEN.violence Norland > Sudland positive planned"]);
    let urged = told(
        "\
Norland Norland PROPN NNP 2 nsubj
urged urge VERB VBD 0 root
Sudland Sudland PROPN NNP 2 iobj
to to PART TO 5 mark
withdraw withdraw VERB VB 2 xcomp
",
    );
    assert_eq!(urged, ["REQUEST.yield Norland > Sudland positive actual"]);
}

#[test]
fn things_that_are_attacked_are_recipients_but_not_bombs() {
    let lines = "\
Norland Norland PROPN NNP 2 nsubj
VERB VERB VERB VBD 0 root
the the DET DT 4 det
OBJECT OBJECT NOUN NN 2 obj
";
    let told = |verb: &str, object: &str| {
        told(
            &lines
                .replace("VERB VERB VERB", &format!("{verb} VERB"))
                .replace("OBJECT OBJECT", &format!("{object} {object}")),
        )
    };
    assert_eq!(told("bombed bomb", "camp"), ["ASSAULT.explosives Norland > camp positive actual"]);
    assert_eq!(
        told("detonated detonate", "bomb"),
        ["ASSAULT.explosives Norland >  positive actual"]
    );
}

#[test]
fn one_time_dates_coordinated_acts_but_no_relative_clause() {
    let lines = "\
Norland Norland PROPN NNP 2 nsubj
bombed bomb VERB VBD 0 root
Sudland Sudland PROPN NNP 2 obj
and and CCONJ CC 5 cc
arrested arrest VERB VBD 2 conj
Ana Ana PROPN NNP 5 obj
on on ADP IN 8 case
Monday Monday PROPN NNP 5 obl
";
    let events = read_with(lines, &[("Monday", "2024-05-06")], &[], &[]);
    assert_eq!(events.len(), 2, "{events:?}");
    assert!(events.iter().all(|e| e.date.as_deref() == Some("2024-05-06")), "{events:?}");
    let relative = lines
        .replace("2 conj", "3 acl:relcl")
        .replace("and and CCONJ CC 5 cc", "who who PRON WP 5 nsubj");
    let events = read_with(&relative, &[("Monday", "2024-05-06")], &[], &[]);
    let bombing = events.iter().find(|e| e.kind == EventType::Assault).unwrap();
    assert_eq!(bombing.date, None);
}

#[test]
fn a_subject_behind_a_day_is_no_part_of_the_day() {
    let told = told(
        "\
On on ADP IN 2 case
Tuesday Tuesday PROPN NNP 4 obl
Norland Norland PROPN NNP 2 nmod:unmarked
attacked attack VERB VBD 0 root
Sudland Sudland PROPN NNP 4 obj
",
    );
    assert_eq!(told, ["ASSAULT Norland > Sudland positive actual"]);
}

#[test]
fn a_headline_leaves_the_auxiliary_of_its_passive_out() {
    let lines = |verb: &str, tag: &str, rest: &str| {
        format!("Ana Ana PROPN NNP 2 nsubj\n{verb} VERB {tag} 0 root\n{rest}")
    };
    let over = "over over ADP IN 4 case\nsong song NOUN NN 2 obl\n";
    assert_eq!(
        told(&lines("detained detain", "VBN", over)),
        ["COERCE.arrest  > Ana positive actual"]
    );
    assert_eq!(
        told(&lines("arrested arrest", "VBD", over)),
        ["COERCE.arrest  > Ana positive actual"]
    );
    let object = "rebels rebel NOUN NNS 2 obj\n";
    let active = told(&lines("arrested arrest", "VBD", object));
    assert!(active[0].starts_with("COERCE.arrest Ana > "), "{active:?}");
}
