//! Did it happen? The features of an event whose modality the rules gave.
//!
//! Rules know the words that say that something is planned, feared or going
//! on. What remains is told by kinds of nouns, determiners and tenses together:
//! "a summit on trade", "the occupation of the town", "marched to protest".

use super::clues::{Clue, Clues};
use super::trigger::type_code;
use crate::tree::Tree;
use crate::triggers::{Hit, Reading};
use dateline_account::Modality;
use dateline_learned::{Id, Space, word};
use dateline_syntax::Upos;

/// The rows of the table.
pub(crate) const SPACE: Space = Space { closed: 4_096, open: 8_192 };

/// What the table answers, in its order.
pub(crate) const ANSWERS: [Modality; 6] = [
    Modality::Actual,
    Modality::Ongoing,
    Modality::Planned,
    Modality::Ordered,
    Modality::Possible,
    Modality::Hypothetical,
];

/// The features of an event.
pub(crate) fn features(on: &Reading<'_, '_>, clues: &Clues, hit: &Hit, rule: Modality) -> Vec<Id> {
    let mut out = Vec::with_capacity(96);
    let rule = rule as u64;
    own_word(on, clues, (hit, rule), &mut out);
    dependents(on.tree, clues, hit.token, &mut out);
    above(on.tree, clues, (hit.token, rule), &mut out);
    finite(on.tree, clues, (hit, rule), &mut out);
    around(on.tree, clues, hit.token, &mut out);
    out
}

/// The determiner of a noun, a possessor among them, as a number.
fn determiner(tree: &Tree<'_, '_>, noun: usize) -> u64 {
    let owner = |c: &usize| tree.deprel(*c) == "nmod:poss";
    let children = tree.children(noun);
    let found = children.iter().find(|&&c| tree.relation(c) == "det" || owner(&c));
    found.map_or(1, |&c| if owner(&c) { 2 } else { word(tree.word(c)) })
}

/// The word that introduces a noun or clause, as a number.
fn introduced(tree: &Tree<'_, '_>, token: usize) -> u64 {
    let first = |c: &&usize| matches!(tree.relation(**c), "case" | "mark");
    tree.children(token).iter().find(first).map_or(1, |&c| word(tree.word(c)))
}

fn own_word(on: &Reading<'_, '_>, clues: &Clues, (hit, rule): (&Hit, u64), out: &mut Vec<Id>) {
    let (tree, t) = (on.tree, hit.token);
    let Clue { word: w, upos, relation, .. } = *clues.of(t);
    let frame = &on.lexicon.frames[hit.frame];
    let kind = type_code(frame.kind);
    let mode = word(frame.mode.as_deref().unwrap_or(""));
    let tag = word(tree.xpos(t));
    let (by, case) = (determiner(tree, t), introduced(tree, t));
    out.extend([
        SPACE.closed(1, &[]),
        SPACE.open(2, &[w.hash]),
        SPACE.open(3, &[w.hash, upos]),
        SPACE.closed(4, &[tag, relation]),
        SPACE.closed(5, &[kind, upos]),
        SPACE.closed(6, &[kind, mode, upos]),
        SPACE.closed(7, &[kind, tag]),
        SPACE.closed(8, &[w.middle, upos]),
        SPACE.closed(9, &[w.like, upos]),
        SPACE.closed(10, &[upos, by]),
        SPACE.closed(11, &[tag, by]),
        SPACE.closed(12, &[kind, by]),
        SPACE.open(13, &[w.hash, by]),
        SPACE.closed(14, &[case, upos]),
        SPACE.closed(15, &[case, by]),
        SPACE.open(16, &[case, w.hash]),
        SPACE.closed(17, &[u64::from(clues.lower), rule]),
        SPACE.closed(18, &[rule, tag]),
        SPACE.closed(19, &[rule, relation, kind]),
        SPACE.open(70, &[rule, w.hash]),
        SPACE.closed(71, &[rule, upos, by]),
        SPACE.closed(72, &[rule]),
    ]);
}

fn dependents(tree: &Tree<'_, '_>, clues: &Clues, t: usize, out: &mut Vec<Id>) {
    let tag = word(tree.xpos(t));
    for &child in tree.children(t).iter().take(16) {
        let Clue { word: w, relation, .. } = *clues.of(child);
        match tree.relation(child) {
            "aux" | "advmod" | "mark" | "cop" | "case" | "amod" | "compound" | "nummod" => {
                out.push(SPACE.open(20, &[relation, w.hash]));
                out.push(SPACE.open(21, &[w.hash, word(tree.xpos(child)), tag]));
            }
            "obl" | "nmod" => out.push(SPACE.closed(22, &[introduced(tree, child), tag])),
            "acl" | "advcl" | "xcomp" | "ccomp" => {
                out.push(SPACE.closed(23, &[word(tree.xpos(child)), introduced(tree, child)]));
            }
            _ => {}
        }
    }
}

fn above(tree: &Tree<'_, '_>, clues: &Clues, (t, rule): (usize, u64), out: &mut Vec<Id>) {
    let mut below = t;
    let mut height = 0;
    for at in tree.above(t).take(3) {
        let Clue { word: w, .. } = *clues.of(at);
        let relation = clues.of(below).relation;
        let tag = word(tree.xpos(at));
        out.extend([
            SPACE.open(30, &[height, w.hash, relation]),
            SPACE.open(31, &[height, w.hash]),
            SPACE.closed(32, &[height, tag, relation]),
            SPACE.closed(33, &[height, w.middle]),
            SPACE.open(73, &[height, w.hash, rule]),
        ]);
        if height == 0 {
            let case = introduced(tree, t);
            out.push(SPACE.open(34, &[w.hash, relation, case]));
            out.push(SPACE.closed(74, &[relation, tag, rule]));
            out.push(SPACE.closed(35, &[word(tree.xpos(t)), relation, tag, case]));
        }
        for &other in tree.children(at).iter().take(16) {
            if other != below && matches!(tree.relation(other), "aux" | "mark") {
                out.push(SPACE.closed(36, &[height, clues.of(other).word.hash]));
            }
        }
        (below, height) = (at, height + 1);
    }
    if height < 3 {
        out.push(SPACE.closed(37, &[height]));
    }
}

/// The tense of the clause that the event stands in.
fn finite(tree: &Tree<'_, '_>, clues: &Clues, (hit, rule): (&Hit, u64), out: &mut Vec<Id>) {
    let t = hit.token;
    let upos = clues.of(t).upos;
    for (height, at) in std::iter::once(t).chain(tree.above(t).take(7)).enumerate() {
        let far = u64::from(height > 0);
        let helps = |c: &&usize| {
            tree.relation(**c) == "aux"
                || tree.relation(**c) == "cop" && tree.upos(at) != Upos::Verb
        };
        let chain = tree.children(at).iter().filter(helps);
        let chain = chain.fold(7, |all: u64, &c| all.rotate_left(9) ^ word(&tree.form(c)));
        let verb = matches!(tree.upos(at), Upos::Verb | Upos::Aux);
        let tensed = chain != 7 || verb && matches!(tree.xpos(at), "VBD" | "VBZ" | "VBP" | "MD");
        if tensed {
            let tense = word(tree.xpos(at)) ^ chain;
            out.extend([
                SPACE.closed(40, &[tense]),
                SPACE.closed(41, &[tense, upos, far]),
                SPACE.closed(75, &[tense, rule]),
                SPACE.closed(42, &[tense, word(tree.xpos(t)), determiner(tree, t)]),
                SPACE.open(43, &[clues.of(at).word.hash, far]),
                SPACE.closed(44, &[tense, clues.of(t).word.like]),
            ]);
            return;
        }
    }
    out.push(SPACE.closed(45, &[upos]));
}

/// Words before and after, and what else the sentence says of when and whether.
fn around(tree: &Tree<'_, '_>, clues: &Clues, t: usize, out: &mut Vec<Id>) {
    let sentence = tree.sentence(t);
    for (n, step) in [-3_isize, -2, -1, 1, 2, 3].into_iter().enumerate() {
        let near = t.checked_add_signed(step).filter(|at| sentence.contains(at));
        let Some(at) = near else { continue };
        out.push(SPACE.open(50 + n as u64, &[clues.of(at).word.hash]));
        if step.abs() < 3 {
            out.push(SPACE.closed(56 + n as u64, &[word(tree.xpos(at))]));
        }
    }
    let last = sentence.end.saturating_sub(1);
    out.push(SPACE.closed(62, &[u64::from(tree.form(last) == "?")]));
    for at in sentence.take(60) {
        if matches!(tree.upos(at), Upos::Adv | Upos::Adj | Upos::Aux | Upos::Sconj) {
            out.push(SPACE.open(63, &[clues.of(at).word.hash]));
        }
    }
}
