//! What stands around an event's noun and says how real it is: `planned`,
//! `no`, `without`, "talks are under way", "a third day of fighting".

use super::Reality;
use super::clause;
use super::governor::{embed, governs};
use crate::expression::Pos;
use crate::triggers::Reading;
use dateline_account::Modality;
use dateline_syntax::Upos;

/// Verbs that speak of an event or end it and so say nothing of whether there
/// was one: "will discuss the attack", "is studying the raid".
const PRESUPPOSING: [&str; 53] = [
    "condemn",
    "denounce",
    "criticise",
    "criticize",
    "discuss",
    "investigate",
    "describe",
    "mourn",
    "remember",
    "blame",
    "lift",
    "ease",
    "end",
    "regret",
    "deplore",
    "report",
    "recall",
    "witness",
    "film",
    "punish",
    "avenge",
    "probe",
    "examine",
    "study",
    "review",
    "mention",
    "commemorate",
    "mark",
    "watch",
    "see",
    "explain",
    "justify",
    "defend",
    "praise",
    "cover",
    "follow",
    "monitor",
    "document",
    "forgive",
    "forget",
    "answer",
    "survive",
    "escape",
    "welcome",
    "protest",
    "celebrate",
    "honour",
    "honor",
    "know",
    "hear",
    "understand",
    "notice",
    "lament",
];

/// Words whose topic may well have happened, where that is a noun: "talks on
/// the attack", but not "talks on sending troops".
const SPEAKING: [&str; 5] = ["talk", "debate", "discussion", "speak", "think"];

/// What somebody may be under for a while.
const LASTING: [&str; 12] = [
    "arrest",
    "siege",
    "attack",
    "fire",
    "investigation",
    "blockade",
    "occupation",
    "bombardment",
    "curfew",
    "detention",
    "embargo",
    "shelling",
];

/// Words before the event's own word: `planned`, `no`, `alleged`, `without`.
pub(super) fn read_modifiers(on: &Reading<'_, '_>, token: usize, out: &mut Reality) {
    let tree = on.tree;
    let noun = matches!(tree.upos(token), Upos::Noun | Upos::Propn);
    for &child in tree.children(token) {
        match tree.relation(child) {
            "det" if tree.is(child, "no") || tree.is(child, "neither") => out.negate(),
            "amod" => {
                let found = on.lexicon.embedding(tree.word(child), Pos::Adjective);
                let found =
                    found.or_else(|| on.lexicon.embedding(&tree.form(child), Pos::Adjective));
                if let Some(embedding) = found {
                    out.embed(embedding);
                    embedding.modality.into_iter().for_each(|modality| out.say(modality));
                }
                out.alleged |= matches!(tree.word(child), "alleged" | "reported" | "apparent");
            }
            "case" if noun => read_case(on, child, out),
            "nmod" | "obl" if noun && is_to_come(on, child) => out.weaken(Modality::Planned),
            // "with the evacuation in full swing"
            "nmod" | "obl" if noun && tree.word(child) == "swing" => out.say(Modality::Ongoing),
            _ => {}
        }
    }
}

/// Prepositions that say that there was none, that there may be one, or that
/// it is not over.
fn read_case(on: &Reading<'_, '_>, case: usize, out: &mut Reality) {
    let tree = on.tree;
    let next = tree.by(case, "fixed").next().map(|c| tree.form(c));
    match (tree.form(case).as_ref(), next.as_deref()) {
        ("without", _) | ("instead", Some("of")) | ("rather", Some("than")) => out.negate(),
        ("under", _) if is_kept_up(on, case) => out.say(Modality::Ongoing),
        ("in", Some("case" | "event")) | ("barring", _) => out.say(Modality::Hypothetical),
        _ => {}
    }
}

/// "under arrest", "under siege": what its noun says lasts.
fn is_kept_up(on: &Reading<'_, '_>, case: usize) -> bool {
    on.tree.head(case).is_some_and(|noun| LASTING.contains(&on.tree.word(noun)))
}

/// Whether a time is still to come: `tomorrow`, "next week".
pub(super) fn is_to_come(on: &Reading<'_, '_>, time: usize) -> bool {
    let tree = on.tree;
    tree.word(time) == "tomorrow"
        || tree.is_time(time)
            && tree.by(time, "amod").any(|c| matches!(tree.word(c), "next" | "coming"))
}

/// "for a third day", "the second night of": it goes on.
pub(super) fn is_one_of_several_days(on: &Reading<'_, '_>, time: usize) -> bool {
    let tree = on.tree;
    let ordinal = |c: usize| {
        matches!(
            tree.form(c).as_ref(),
            "second"
                | "third"
                | "fourth"
                | "fifth"
                | "sixth"
                | "seventh"
                | "eighth"
                | "ninth"
                | "tenth"
                | "straight"
                | "consecutive"
                | "successive"
        )
    };
    matches!(tree.word(time), "day" | "night" | "week" | "month" | "year")
        && tree.by(time, "amod").any(ordinal)
}

/// Reads what governs a noun; gives the governor if more above it counts.
/// `own` says whether the noun is the event's own word rather than a word such
/// as `plan` above it.
pub(super) fn read_governor(
    on: &Reading<'_, '_>,
    noun: usize,
    own: bool,
    out: &mut Reality,
) -> Option<usize> {
    let tree = on.tree;
    let governor = tree.head(noun)?;
    let verb = matches!(tree.upos(governor), Upos::Verb | Upos::Aux);
    let preposition = tree.preposition(noun);
    match tree.deprel(noun) {
        "nsubj" | "nsubj:outer" if own => {
            if verb {
                read_going_on(on, governor, out);
            } else {
                embed(on, governor, Pos::Adjective, None, out);
                read_state(on, governor, out);
            }
            if is_under_way(on, noun) {
                out.say(Modality::Ongoing);
            }
            clause::read(on, governor, out);
            Some(governor)
        }
        "obj" | "obl:unmarked" | "nsubj:pass" if verb => {
            let known = governs(on, governor, Pos::Verb, None);
            if !known && (!own || PRESUPPOSING.contains(&tree.word(governor))) {
                return None;
            }
            if own && is_one_of_several_days(on, governor) {
                out.say(Modality::Ongoing);
            }
            embed(on, governor, Pos::Verb, None, out);
            clause::read_without_aspect(on, governor, out);
            Some(governor)
        }
        "compound" if !verb => {
            embed(on, governor, Pos::Noun, None, out);
            None
        }
        "conj" if !verb => Some(governor),
        "obl" | "nmod" if SPEAKING.contains(&tree.word(governor)) => None,
        _ => match (tree.relation(noun), preposition.as_deref()) {
            ("nmod", Some(preposition)) => {
                if own && tree.word(governor) == "round" && is_between(on, governor) {
                    out.weaken(Modality::Ongoing);
                }
                if own && is_one_of_several_days(on, governor) {
                    out.weaken(Modality::Ongoing);
                }
                if !governs(on, governor, Pos::Noun, Some(preposition)) {
                    return None;
                }
                embed(on, governor, Pos::Noun, Some(preposition), out);
                read_modifiers(on, governor, out);
                Some(governor)
            }
            ("obl", Some(preposition)) if governs(on, governor, Pos::Verb, Some(preposition)) => {
                embed(on, governor, Pos::Verb, Some(preposition), out);
                clause::read(on, governor, out);
                Some(governor)
            }
            ("obl", Some("between")) if own && tree.word(noun) == "round" => {
                out.weaken(Modality::Ongoing);
                None
            }
            _ => None,
        },
    }
}

fn is_between(on: &Reading<'_, '_>, noun: usize) -> bool {
    on.tree.preposition(noun).as_deref() == Some("between")
}

/// Verbs whose subject goes on or is near: "clashes continued", "war looms".
fn read_going_on(on: &Reading<'_, '_>, verb: usize, out: &mut Reality) {
    let tree = on.tree;
    if tree.word(verb) == "remain"
        && let Some(state) = tree.by(verb, "xcomp").find(|&c| tree.upos(c) == Upos::Adj)
    {
        // "an invasion remains possible"
        embed(on, state, Pos::Adjective, None, out);
        out.weaken(Modality::Ongoing);
        return;
    }
    match tree.word(verb) {
        "continue" | "rage" | "persist" | "remain" | "drag" | "rumble" | "intensify" => {
            out.say(Modality::Ongoing);
        }
        "loom" | "threaten" => out.weaken(Modality::Possible),
        _ => {}
    }
}

/// "under way", "in progress", "in force", "on the table".
fn read_state(on: &Reading<'_, '_>, predicate: usize, out: &mut Reality) {
    let tree = on.tree;
    match (tree.word(predicate), tree.preposition(predicate).as_deref()) {
        ("underway" | "ongoing", _)
        | ("way", Some("under"))
        | ("progress" | "place" | "force" | "effect", Some("in")) => {
            out.say(Modality::Ongoing);
        }
        (_, Some("in" | "into")) if is_one_of_several_days(on, predicate) => {
            out.say(Modality::Ongoing);
        }
        ("table" | "cards", Some("on")) => out.weaken(Modality::Possible),
        ("schedule" | "agenda", Some("on")) => out.weaken(Modality::Planned),
        _ => {}
    }
}

/// "is under way", "are now in progress": by the words after the verb, as trees
/// hang them to what follows.
fn is_under_way(on: &Reading<'_, '_>, noun: usize) -> bool {
    const NEAR: usize = 12;
    let tree = on.tree;
    let end = tree.sentence(noun).end;
    let Some(be) = (noun + 1..end.min(noun + NEAR)).find(|&t| tree.word(t) == "be") else {
        return false;
    };
    let mut after = (be + 1..end).filter(|&t| tree.upos(t) != Upos::Adv || tree.is(t, "underway"));
    let (first, second) = (after.next(), after.next());
    let is = |at: Option<usize>, word: &str| at.is_some_and(|t| tree.is(t, word));
    is(first, "underway")
        || is(first, "under") && is(second, "way")
        || is(first, "in") && is(second, "progress")
}

/// `no one`, `nobody`, `no civilians`, "neither Norland nor Suland".
pub(super) fn is_nobody(on: &Reading<'_, '_>, head: usize) -> bool {
    let tree = on.tree;
    matches!(tree.form(head).as_ref(), "nobody" | "none" | "no-one" | "neither" | "nothing")
        || tree.by(head, "det").any(|d| matches!(tree.form(d).as_ref(), "no" | "neither"))
        || tree.by(head, "cc").any(|c| tree.form(c) == "neither")
}
