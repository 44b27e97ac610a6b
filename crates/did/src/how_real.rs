//! Tests of words that say how real an event is, on trees as the network draws
//! them, wrong ones among them.

use crate::testing::told;

#[test]
fn a_gerund_that_the_tree_took_for_a_noun_is_governed_all_the_same() {
    let told = told(
        "\
Pilots pilot NOUN NNS 3 nsubj:pass
were be AUX VBD 3 aux:pass
banned ban VERB VBN 0 root
from from ADP IN 5 case
marching march VERB VBG 3 obl
",
    );
    assert!(told.iter().any(|t| t.ends_with("negative ordered")), "{told:?}");
}

#[test]
fn who_has_no_intention_of_it_will_not_do_it() {
    let told = told(
        "\
Norland Norland PROPN NNP 2 nsubj
has have VERB VBZ 0 root
no no DET DT 4 det
intention intention NOUN NN 2 obj
of of SCONJ IN 6 mark
attacking attack VERB VBG 4 acl
Sudland Sudland PROPN NNP 6 obj
",
    );
    assert_eq!(told, ["ASSAULT Norland > Sudland negative planned"]);
}

#[test]
fn a_little_chance_is_hardly_any() {
    let told = told(
        "\
There there PRON EX 2 expl
is be VERB VBZ 0 root
little little ADJ JJ 4 amod
chance chance NOUN NN 2 nsubj
that that SCONJ IN 8 mark
Norland Norland PROPN NNP 8 nsubj
will will AUX MD 8 aux
surrender surrender VERB VB 4 acl
",
    );
    assert!(told.iter().any(|t| t.contains("negative possible")), "{told:?}");
}

#[test]
fn what_remains_so_goes_on_whatever_the_tree() {
    let told = told(
        "\
Norland Norland PROPN NNP 4 nsubj
said say VERB VBD 0 root
men man NOUN NNS 4 nsubj
remained remain VERB VBD 2 ccomp
detained detain VERB VBN 2 ccomp
",
    );
    assert!(told.iter().any(|t| t.ends_with("positive ongoing")), "{told:?}");
}

#[test]
fn under_way_counts_wherever_it_hangs() {
    let told = told(
        "\
The the DET DT 2 det
siege siege NOUN NN 8 nsubj
of of ADP IN 4 case
Sudland Sudland PROPN NNP 2 nmod
is be AUX VBZ 8 cop
under under ADP IN 7 case
way way NOUN NN 8 compound
Eastland Eastland PROPN NNP 0 root
",
    );
    assert!(told.iter().any(|t| t.ends_with("positive ongoing")), "{told:?}");
}

#[test]
fn under_arrest_lasts() {
    let told = told(
        "\
Norland Norland PROPN NNP 4 nsubj
is be AUX VBZ 4 cop
under under ADP IN 4 case
siege siege NOUN NN 0 root
",
    );
    assert!(told.iter().any(|t| t.ends_with("positive ongoing")), "{told:?}");
}

#[test]
fn what_remains_possible_does_not_go_on() {
    let told = told(
        "\
The the DET DT 2 det
siege siege NOUN NN 5 nsubj
of of ADP IN 4 case
Sudland Sudland PROPN NNP 2 nmod
remains remain VERB VBZ 0 root
possible possible ADJ JJ 5 xcomp
",
    );
    assert!(told.iter().any(|t| t.ends_with("positive possible")), "{told:?}");
}

/// `TYPE ... polarity modality` of the first event of "Norland WORDS Sudland".
fn how_real(words: &str) -> String {
    let lines = format!("Norland Norland PROPN NNP VERB nsubj\n{words}");
    let verb = 1 + lines.lines().position(|line| line.ends_with(" root")).unwrap();
    told(&lines.replace("VERB nsubj", &format!("{verb} nsubj"))).swap_remove(0)
}

#[test]
fn what_no_longer_goes_on_or_nearly_happened_did_not() {
    let longer = "is be AUX VBZ 5 aux\nno no ADV RB 4 advmod\nlonger long ADV RBR 5 advmod\n\
                  bombing bomb VERB VBG 0 root\nSudland Sudland PROPN NNP 5 obj\n";
    assert!(how_real(longer).ends_with("negative ongoing"), "{}", how_real(longer));
    let nearly = "nearly nearly ADV RB 3 advmod\nbombed bomb VERB VBD 0 root\n\
                  Sudland Sudland PROPN NNP 3 obj\n";
    assert!(how_real(nearly).ends_with("negative actual"), "{}", how_real(nearly));
}

#[test]
fn what_was_not_done_until_something_was_done_late() {
    let late = "did do AUX VBD 4 aux\nnot not PART RB 4 advmod\nbomb bomb VERB VB 0 root\n\
                Sudland Sudland PROPN NNP 4 obj\nuntil until ADP IN 7 case\nMay May PROPN NNP 4 obl\n";
    assert!(how_real(late).ends_with("positive actual"), "{}", how_real(late));
    let never = late.replace("until until", "in in");
    assert!(how_real(&never).ends_with("negative actual"), "{}", how_real(&never));
}

#[test]
fn what_was_tried_in_vain_did_not_come_about() {
    let vain = "tried try VERB VBD 0 root\nin in ADP IN 4 case\nvain vain ADJ JJ 2 obl\n\
                to to PART TO 6 mark\nbomb bomb VERB VB 2 xcomp\nSudland Sudland PROPN NNP 6 obj\n";
    assert!(how_real(vain).ends_with("negative actual"), "{}", how_real(vain));
}

#[test]
fn a_noun_that_is_the_predicate_has_its_negation_and_auxiliaries() {
    let attack = |before: &str| {
        told(&format!(
            "This this PRON DT 5 nsubj\n{before}an an DET DT 5 det\nattack attack NOUN NN 0 root\n\
             on on ADP IN 7 case\nSudland Sudland PROPN NNP 5 nmod\n"
        ))
    };
    let not = attack("is be AUX VBZ 5 cop\nnot not PART RB 5 advmod\n");
    assert!(not[0].ends_with("negative actual"), "{not:?}");
    let could = attack("could can AUX MD 5 aux\nbe be AUX VB 5 cop\n");
    assert!(could[0].ends_with("positive possible"), "{could:?}");
}

#[test]
fn neither_of_two_did_it() {
    let told = told(
        "\
Neither neither CCONJ CC 2 cc:preconj
Norland Norland PROPN NNP 5 nsubj
nor nor CCONJ CC 4 cc
Sudland Sudland PROPN NNP 2 conj
attacked attack VERB VBD 0 root
rebels rebel NOUN NNS 5 obj
",
    );
    assert!(told[0].contains(" negative "), "{told:?}");
}
