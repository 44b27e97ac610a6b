//! Sentences that tell of no single happening: questions, conditions without
//! `if`, general truths and rules, and commands.

use crate::tree::Tree;
use crate::triggers::Reading;
use dateline_syntax::Upos;

/// Whether the sentence only asks, supposes or lays down what an event would
/// be.
pub(super) fn is_supposed(on: &Reading<'_, '_>, token: usize) -> bool {
    let tree = on.tree;
    is_question(tree, token) || is_inverted_condition(tree, token) || is_rule(tree, token)
}

fn is_question(tree: &Tree<'_, '_>, token: usize) -> bool {
    let sentence = tree.sentence(token);
    let start = sentence.end.saturating_sub(3).max(sentence.start);
    (start..sentence.end).any(|t| tree.doc.form(t) == "?")
}

/// "Had the ministers met", "Were the court to acquit", "Should talks fail":
/// an auxiliary before its subject, up to the next comma. Trees are often
/// wrong here; the words are not.
fn is_inverted_condition(tree: &Tree<'_, '_>, token: usize) -> bool {
    let sentence = tree.sentence(token);
    let mut open = false;
    for at in sentence.start..token {
        let form = tree.form(at);
        if matches!(form.as_ref(), "," | ";" | ":") {
            open = false;
        }
        if !matches!(form.as_ref(), "had" | "were" | "should") {
            continue;
        }
        let opens = (sentence.start..at).all(|t| tree.upos(t) == Upos::Punct);
        let after_would = at > sentence.start
            && matches!(tree.upos(at - 1), Upos::Verb | Upos::Noun | Upos::Adv | Upos::Adj)
            && tree.head(at).is_none_or(|verb| tree.first(verb, "nsubj").is_none_or(|s| s > at))
            && (sentence.start..at).any(|t| matches!(tree.form(t).as_ref(), "would" | "might"));
        let subject = matches!(
            tree.upos(at + 1),
            Upos::Det | Upos::Pron | Upos::Propn | Upos::Noun | Upos::Adj | Upos::Num
        );
        open |= (opens || after_would) && subject;
    }
    open
}

/// "anyone who attacks a nurse", "a state that is expelled cannot return".
fn is_rule(tree: &Tree<'_, '_>, verb: usize) -> bool {
    if tree.upos(verb) != Upos::Verb || !is_timeless(tree, verb) {
        return false;
    }
    let relative = tree.children(verb).iter().copied().find(|&c| {
        c < verb
            && tree.relation(c) == "nsubj"
            && matches!(tree.form(c).as_ref(), "who" | "that" | "which" | "whoever")
    });
    let Some(relative) = relative else { return false };
    if tree.form(relative) == "whoever" {
        return true;
    }
    let sentence = tree.sentence(verb);
    if relative <= sentence.start {
        return false;
    }
    let noun = relative - 1;
    let whoever =
        ["anyone", "anybody", "everyone", "everybody", "those"].iter().any(|w| tree.is(noun, w));
    if whoever {
        return true;
    }
    let before = |word: &str| tree.by(noun, "det").any(|d| tree.form(d) == word);
    if before("any") || before("every") {
        return true;
    }
    let alone = tree.children(noun).iter().all(|&c| c > noun || tree.upos(c) == Upos::Punct);
    let plural = alone && tree.xpos(noun) == "NNS";
    (before("a") || before("an") || plural) && main_is_timeless(tree, verb, sentence.end)
}

/// A present tense that is no progressive.
fn is_timeless(tree: &Tree<'_, '_>, verb: usize) -> bool {
    let present = |t: usize| matches!(tree.xpos(t), "VBZ" | "VBP");
    tree.xpos(verb) != "VBG"
        && (present(verb) || tree.by(verb, "aux").any(|c| present(c) && tree.word(c) != "have"))
}

/// Whether the next finite verb after a clause is one of rule rather than of
/// a story.
fn main_is_timeless(tree: &Tree<'_, '_>, verb: usize, end: usize) -> bool {
    let finite = |t: &usize| matches!(tree.xpos(*t), "VBD" | "VBZ" | "VBP" | "MD");
    (verb + 1..end).find(finite).is_some_and(|t| tree.xpos(t) != "VBD")
}

/// "Release the prisoners": a bare verb that opens a sentence or a quotation.
pub(super) fn is_imperative(on: &Reading<'_, '_>, verb: usize) -> bool {
    let tree = on.tree;
    let start = tree.sentence(verb).start;
    let opens = (start..verb).all(|t| {
        tree.upos(t) == Upos::Punct
            || matches!(tree.form(t).as_ref(), "please" | "do" | "not" | "n't")
    });
    let quoted =
        verb > start && matches!(tree.doc.form(start), "\"" | "\u{201c}" | "'" | "\u{2018}");
    opens
        && tree.xpos(verb) == "VB"
        && (quoted || tree.doc.form(tree.sentence(verb).end - 1) == "!" || verb > start)
        && tree.first(verb, "nsubj").is_none()
}
