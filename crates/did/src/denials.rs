//! Said is not done: what is denied, admitted, warned of or charged is an
//! event of its own beside the act of speech.

use crate::testing::{read_with, told};
use dateline_account::{EventType, Modality, Polarity};

const DENIED: &str = "\
Norland Norland PROPN NNP 2 nsubj
denied deny VERB VBD 0 root
that that SCONJ IN 6 mark
Eastland Eastland PROPN NNP 6 nsubj
had have AUX VBD 6 aux
attacked attack VERB VBN 2 ccomp
Sudland Sudland PROPN NNP 6 obj
";

#[test]
fn a_denied_attack_stands_beside_the_denial_and_its_claim_has_the_denial() {
    let events = read_with(DENIED, &[], &[], &["that Eastland had attacked Sudland"]);
    assert_eq!(events.len(), 2, "{events:?}");
    let (denial, attack) = (&events[0], &events[1]);
    assert_eq!((denial.kind, denial.claim), (EventType::Reject, None));
    assert_eq!((denial.actor.len(), denial.recipient.len()), (1, 0));
    assert_eq!((attack.kind, attack.claim), (EventType::Assault, Some(0)));
    assert_eq!((attack.polarity, attack.modality), (Polarity::Positive, Modality::Actual));
    assert!(!attack.actor.is_empty() && !attack.recipient.is_empty());
}

#[test]
fn without_a_claim_the_denied_event_is_negative() {
    assert_eq!(
        told(DENIED),
        ["REJECT Norland >  positive actual", "ASSAULT Eastland > Sudland negative actual"]
    );
}

#[test]
fn denying_a_deed_of_ones_own_and_a_charge_of_having_done_it() {
    let own = "\
Norland Norland PROPN NNP 2 nsubj
denied deny VERB VBD 0 root
attacking attack VERB VBG 2 xcomp
Sudland Sudland PROPN NNP 3 obj
";
    let events = read_with(own, &[], &[], &["attacking Sudland"]);
    let kinds: Vec<EventType> = events.iter().map(|e| e.kind).collect();
    assert_eq!(kinds, [EventType::Reject, EventType::Assault]);
    assert_eq!(events[1].polarity, Polarity::Positive);
    assert_eq!(events[1].actor, events[0].actor);
}

#[test]
fn a_refusal_to_act_remains_one_event() {
    let told = told(
        "\
Norland Norland PROPN NNP 2 nsubj
refused refuse VERB VBD 0 root
to to PART TO 4 mark
attack attack VERB VB 2 xcomp
Sudland Sudland PROPN NNP 4 obj
",
    );
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(told[0].starts_with("REJECT Norland > Sudland"), "{told:?}");
}

#[test]
fn what_somebody_warns_another_will_do_is_no_threat_of_the_warner() {
    let told = told(
        "\
Norland Norland PROPN NNP 2 nsubj
warned warn VERB VBD 0 root
that that SCONJ IN 6 mark
Eastland Eastland PROPN NNP 6 nsubj
would would AUX MD 6 aux
attack attack VERB VB 2 ccomp
Sudland Sudland PROPN NNP 6 obj
",
    );
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(told[0].contains("Eastland > Sudland"), "{told:?}");
}

#[test]
fn it_is_not_true_that_it_happened() {
    let told = told(
        "\
It it PRON PRP 4 expl
is be AUX VBZ 4 cop
not not PART RB 4 advmod
true true ADJ JJ 0 root
that that SCONJ IN 7 mark
Norland Norland PROPN NNP 7 nsubj
bombed bomb VERB VBD 4 csubj
Sudland Sudland PROPN NNP 7 obj
",
    );
    assert_eq!(told, ["ASSAULT.explosives Norland > Sudland negative actual"]);
}

#[test]
fn who_issued_the_report_is_who_accuses() {
    let told = told(
        "\
Norland Norland PROPN NNP 2 nsubj
issued issue VERB VBD 0 root
a a DET DT 4 det
report report NOUN NN 2 obj
accusing accuse VERB VBG 4 acl
Sudland Sudland PROPN NNP 5 obj
",
    );
    assert!(told.contains(&"ACCUSE.allege Norland > Sudland positive actual".into()), "{told:?}");
}

#[test]
fn whom_a_step_concerns_may_stand_deeper_in_the_clause() {
    let told = told(
        "\
Norland Norland PROPN NNP 2 nsubj
gave give VERB VBD 0 root
money money NOUN NN 2 obj
to to PART TO 5 mark
promote promote VERB VB 2 advcl
schools school NOUN NNS 5 obj
in in ADP IN 8 case
Sudland Sudland PROPN NNP 6 nmod
",
    );
    assert!(told.contains(&"AID Norland > Sudland positive actual".into()), "{told:?}");
}
