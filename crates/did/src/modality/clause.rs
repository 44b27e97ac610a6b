//! Auxiliaries, adverbs and marks of one clause.

use super::Reality;
use super::noun::{is_one_of_several_days, is_to_come};
use crate::clause::is_passive;
use crate::expression::Pos;
use crate::lexicon::{Embedding, Outer};
use crate::tree::Tree;
use crate::triggers::Reading;
use dateline_account::Modality;
use dateline_syntax::Upos;

/// Reads the clause of a verb or other predicate.
pub(super) fn read(on: &Reading<'_, '_>, verb: usize, out: &mut Reality) {
    read_without_aspect(on, verb, out);
    let tree = on.tree;
    let be = tree.by(verb, "aux").any(|c| tree.word(c) == "be");
    // "is being held", "a meeting being held", but not "avoided being held"
    let being = tree.by(verb, "aux").any(|c| tree.form(c) == "being")
        && (tree.relation(verb) == "acl"
            || tree.by(verb, "aux").any(|c| tree.word(c) == "be" && tree.form(c) != "being"));
    let progressive = tree.xpos(verb) == "VBG" && be && !is_passive(tree, verb);
    let still = |c: usize| matches!(tree.word(c), "still" | "currently" | "presently");
    let lasts = (be || is_present(tree, verb)) && tree.by(verb, "advmod").any(still);
    // "for a third day", but not "on the third day"
    let lasting = |c: usize| tree.preposition(c).is_none_or(|p| matches!(&*p, "for" | "into"));
    let for_days = tree.by(verb, "obl").any(|c| is_one_of_several_days(on, c) && lasting(c));
    if for_days || remains(tree, verb) {
        out.say(Modality::Ongoing);
    } else if progressive || being || lasts && !is_negated(tree, verb) {
        out.weaken(Modality::Ongoing);
    }
    let present = is_present(tree, verb) || progressive;
    if present && tree.by(verb, "obl").any(|c| is_to_come(on, c)) {
        out.weaken(Modality::Planned);
    }
}

/// "remain jailed", "remains closed": by the words, as trees part the two.
fn remains(tree: &Tree<'_, '_>, participle: usize) -> bool {
    let start = tree.sentence(participle).start;
    let before = (start..participle).rev().find(|&t| tree.upos(t) != Upos::Adv);
    tree.xpos(participle) == "VBN" && before.is_some_and(|t| tree.word(t) == "remain")
}

/// As [`read`], without what says how the verb itself lasts: what holds for
/// its object too.
pub(super) fn read_without_aspect(on: &Reading<'_, '_>, verb: usize, out: &mut Reality) {
    let tree = on.tree;
    read_be_to(tree, verb, out);
    for &child in tree.children(verb) {
        match tree.relation(child) {
            "aux" => read_auxiliary(on, verb, child, out),
            "advmod" => read_adverb(tree, verb, child, out),
            "mark" => read_mark(tree, verb, child, out),
            "cc" if tree.form(child) == "neither" => out.negate(),
            _ => {}
        }
    }
    if is_negated(tree, verb) && !is_only_late(tree, verb) {
        out.negate();
    }
}

/// "did not free them until the fine was paid": they did, but late.
fn is_only_late(tree: &Tree<'_, '_>, verb: usize) -> bool {
    let until = |c: usize| {
        tree.children(c).iter().any(|&m| {
            matches!(tree.relation(m), "mark" | "case") && tree.form(m).as_ref() == "until"
        })
    };
    tree.by(verb, "aux").any(|c| tree.form(c) == "did")
        && tree
            .children(verb)
            .iter()
            .any(|&c| c > verb && matches!(tree.relation(c), "advcl" | "obl") && until(c))
}

/// "are to meet", "is to be fined", "are due to confer": the trees take the
/// verb for a predicate.
fn read_be_to(tree: &Tree<'_, '_>, verb: usize, out: &mut Reality) {
    let children = tree.children(verb).iter().copied();
    let to = children
        .clone()
        .find(|&c| c < verb && matches!(tree.relation(c), "mark" | "aux") && tree.form(c) == "to");
    let be = |c: usize| {
        matches!(tree.relation(c), "cop" | "aux")
            && matches!(tree.form(c).as_ref(), "is" | "are" | "was" | "were" | "'s" | "'re" | "am")
    };
    let planned = |coded| Embedding {
        modality: Some(Modality::Planned),
        negative: false,
        coded: Some(coded),
    };
    if to.is_some_and(|to| children.clone().any(|c| c < to && be(c))) {
        if tree.by(verb, "advmod").any(|c| tree.word(c) == "yet") {
            out.negate();
        } else {
            out.embed(planned(Outer::Will));
        }
    }
    let due = |c: usize| {
        c < verb && tree.form(c) == "due" && tree.by(c, "fixed").any(|to| tree.form(to) == "to")
    };
    if tree.xpos(verb) == "VB" && children.clone().any(due) {
        out.embed(planned(Outer::Plan));
    }
}

fn read_auxiliary(on: &Reading<'_, '_>, verb: usize, aux: usize, out: &mut Reality) {
    let tree = on.tree;
    let (word, form) = (tree.word(aux), tree.form(aux));
    let better = || tree.by(verb, "advmod").any(|c| tree.form(c) == "better" && c < verb);
    if matches!(form.as_ref(), "had" | "'d") && tree.xpos(verb) == "VB" && better() {
        out.weaken(Modality::Ordered);
        return;
    }
    if form == "'d" && tree.xpos(aux) != "MD" {
        return;
    }
    let row = on.lexicon.embedding(&form, Pos::Auxiliary);
    let Some(mut embedding) = row.or_else(|| on.lexicon.embedding(word, Pos::Auxiliary)) else {
        return;
    };
    let perfect =
        tree.by(verb, "aux").any(|c| c > aux && tree.form(c) == "have" || tree.form(c) == "'ve");
    let conditional = has_condition(tree, verb);
    match form.as_ref() {
        "would" | "'d" if perfect || conditional => {
            embedding.modality = Some(Modality::Hypothetical);
        }
        "would" | "'d" if is_reported(tree, verb) => embedding.modality = Some(Modality::Planned),
        // "before they could fire"
        "could" if tree.by(verb, "mark").any(|c| tree.form(c) == "before") => {
            out.negate();
            return;
        }
        // "could not agree": they did not
        "could" if is_negated(tree, verb) && !perfect && !conditional => return,
        "could" | "might" if conditional && perfect => {
            embedding.modality = Some(Modality::Hypothetical);
        }
        "must" if perfect => embedding.modality = Some(Modality::Possible),
        "should" | "ought" if perfect => embedding.modality = Some(Modality::Hypothetical),
        _ => {}
    }
    out.embed(embedding);
}

fn read_adverb(tree: &Tree<'_, '_>, verb: usize, adverb: usize, out: &mut Reality) {
    match tree.word(adverb) {
        "allegedly" | "reportedly" | "apparently" | "supposedly" | "purportedly" => {
            out.alleged = true;
        }
        "perhaps" | "possibly" | "maybe" | "probably" | "likely" | "potentially"
        | "conceivably" => {
            out.say(Modality::Possible);
        }
        "always" | "usually" | "often" | "normally" | "typically" | "routinely" | "sometimes"
        | "seldom" | "rarely" | "generally" | "regularly"
            if is_present(tree, verb) =>
        {
            out.weaken(Modality::Hypothetical);
        }
        "whenever" => out.weaken(Modality::Hypothetical),
        // "nearly shot the guard"
        "almost" | "nearly" if adverb + 1 == verb => out.negate(),
        _ => {}
    }
}

fn read_mark(tree: &Tree<'_, '_>, verb: usize, mark: usize, out: &mut Reality) {
    let fixed = tree.by(mark, "fixed").next().map(|c| tree.form(c));
    match (tree.form(mark).as_ref(), fixed.as_deref()) {
        ("if" | "unless", _) => out.say(Modality::Hypothetical),
        ("whether" | "lest" | "whenever" | "supposing", _)
        | ("provided" | "providing" | "assuming", _)
        | ("as", Some("if" | "though")) => out.weaken(Modality::Hypothetical),
        ("in", Some("case")) => out.say(Modality::Hypothetical),
        ("until" | "till", _) if is_present(tree, verb) => out.weaken(Modality::Hypothetical),
        ("without", _) | ("instead", Some("of")) | ("rather", Some("than")) => out.negate(),
        _ => {}
    }
}

/// Whether an adverb of a clause negates it: `not`, `never`, `no longer`; not
/// `not only`.
pub(super) fn is_negated(tree: &Tree<'_, '_>, verb: usize) -> bool {
    let negates = |c: usize| match tree.word(c) {
        "not" | "n't" | "n\u{2019}t" => {
            let next = tree.sentence(c).end > c + 1;
            !(next && matches!(tree.form(c + 1).as_ref(), "only" | "just" | "merely"))
        }
        "never" | "hardly" | "nowhere" | "scarcely" => true,
        _ => {
            tree.form(c).as_ref() == "longer"
                && c > tree.sentence(c).start
                && tree.form(c - 1) == "no"
        }
    };
    let adverbs = tree.by(verb, "advmod").filter(|&c| negates(c)).count();
    // "'s" whose lemma the tagger has taken for that of "not"
    let reduced =
        tree.by(verb, "aux").filter(|&c| tree.form(c) == "'s" && tree.word(c) == "not").count();
    (adverbs + reduced) % 2 == 1
}

/// Whether a verb is in the present tense.
fn is_present(tree: &Tree<'_, '_>, verb: usize) -> bool {
    let present = |t: usize| matches!(tree.xpos(t), "VBZ" | "VBP");
    present(verb) || tree.by(verb, "aux").any(|c| present(c) && tree.word(c) != "have")
}

/// Whether an `if` clause hangs below a verb.
fn has_condition(tree: &Tree<'_, '_>, verb: usize) -> bool {
    tree.by(verb, "advcl").any(|c| {
        tree.by(c, "mark").any(|m| matches!(tree.form(m).as_ref(), "if" | "unless"))
            || tree.by(c, "aux").any(|a| {
                matches!(tree.form(a).as_ref(), "had" | "were" | "should")
                    && tree.first(c, "nsubj").is_some_and(|s| s > a)
            })
    })
}

/// Whether a clause is what somebody says or plans, so that `would` is a
/// future seen from the past.
fn is_reported(tree: &Tree<'_, '_>, verb: usize) -> bool {
    let mut at = verb;
    for above in tree.above(verb).take(4) {
        if matches!(tree.relation(at), "ccomp" | "parataxis") {
            return true;
        }
        if tree.relation(at) != "conj" {
            break;
        }
        at = above;
    }
    // "Russia said ... it would" with the saying put after it
    tree.by(verb, "parataxis").any(|c| matches!(tree.word(c), "say" | "announce" | "add" | "tell"))
}
