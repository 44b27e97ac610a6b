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
