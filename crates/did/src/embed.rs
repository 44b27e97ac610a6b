//! Which events are only the content of another: what is agreed to, asked
//! for, refused or threatened is coded by the agreement, request, refusal or
//! threat, as the PLOVER manual has it. The codes file says which types do so
//! (the trait `content`).

use crate::expression::Pos;
use crate::lexicon::Lexicon;
use crate::tree::Tree;
use crate::triggers::Hit;
use dateline_syntax::Upos;
use std::collections::BTreeMap;

/// For each hit, the index of the hit that it is the content of.
pub(crate) fn embedders(
    tree: &Tree<'_, '_>,
    lexicon: &Lexicon,
    hits: &[Hit],
) -> Vec<Option<usize>> {
    let mut at_token: BTreeMap<usize, usize> = BTreeMap::new();
    for (index, hit) in hits.iter().enumerate() {
        for &word in &hit.words {
            at_token.entry(word).or_insert(index);
        }
        at_token.insert(hit.token, index);
    }
    let kind = |index: usize| lexicon.frames[hits[index].frame].kind;
    let above = |index: usize| {
        let mut at = hits[index].token;
        for parent in tree.above(at).take(6) {
            if !is_content(tree, at) {
                return None;
            }
            if let Some(&outer) = at_token.get(&parent).filter(|&&outer| outer != index) {
                let coordinated = tree.relation(at) == "conj";
                match kind(outer) {
                    Some(outer_kind)
                        if lexicon.traits(outer_kind).denial
                            && states_fact(tree, hits[index].token) =>
                    {
                        return None;
                    }
                    Some(outer_kind) if !coordinated && lexicon.traits(outer_kind).content => {
                        let obliquely = tree.relation(at) == "obl" || tree.relation(at) == "nmod";
                        let fits = !obliquely || is_about(tree, at);
                        return fits.then_some(outer);
                    }
                    Some(_) if !coordinated => return None,
                    _ => {}
                }
            }
            at = parent;
        }
        None
    };
    (0..hits.len()).map(above).collect()
}

/// Whether a word stands in a clause that states what has happened or will,
/// so that denying or rejecting it does not make it an act that is refused:
/// "denied that it had shelled the town", "the charge of having jailed them",
/// but not "rejected a plan to withdraw".
pub(crate) fn states_fact(tree: &Tree<'_, '_>, token: usize) -> bool {
    let mut at = token;
    for above in std::iter::once(token).chain(tree.above(token)).take(6) {
        at = above;
        if matches!(tree.upos(at), Upos::Verb | Upos::Aux) || tree.first(at, "cop").is_some() {
            break;
        }
    }
    if tree.is_infinitive(at) {
        return false;
    }
    let auxiliary = tree.first(at, "aux").or_else(|| tree.first(at, "cop")).is_some();
    match tree.relation(at) {
        "ccomp" | "acl" if tree.deprel(at) != "acl:relcl" => {
            let subject = tree.first(at, "nsubj").is_some();
            subject && (auxiliary || tree.xpos(at) != "VB") || tree.xpos(at) == "VBG"
        }
        // "denied attacking"
        "xcomp" | "advcl" => tree.xpos(at) == "VBG",
        _ => false,
    }
}

/// Whether a word can be (part of) the content of the word above it.
fn is_content(tree: &Tree<'_, '_>, token: usize) -> bool {
    match tree.deprel(token) {
        "acl:relcl" | "obl:agent" | "obl:tmod" | "nmod:poss" => false,
        "nsubj:pass" => true,
        _ => match tree.relation(token) {
            "xcomp" | "ccomp" | "obj" | "obl" | "nmod" | "acl" | "conj" | "appos" => true,
            "advcl" => tree.is_infinitive(token),
            _ => false,
        },
    }
}

/// Whether an oblique says what is agreed to, asked for or threatened.
fn is_about(tree: &Tree<'_, '_>, token: usize) -> bool {
    matches!(
        tree.preposition(token).as_deref(),
        Some("to" | "for" | "on" | "of" | "into" | "upon" | "with" | "from")
    )
}

/// Which hits tell the same happening as another: an event's noun below a
/// verb of the same type ("killed in an attack"), a light verb's frame.
pub(crate) fn same_as(tree: &Tree<'_, '_>, lexicon: &Lexicon, hits: &[Hit]) -> Vec<Option<usize>> {
    let kind = |hit: &Hit| lexicon.frames[hit.frame].kind;
    let index: BTreeMap<usize, usize> =
        hits.iter().enumerate().map(|(index, hit)| (hit.token, index)).collect();
    let same = |hit: &Hit| {
        let mut at = hit.token;
        for parent in tree.above(at).take(3) {
            let linked = match tree.relation(at) {
                "obj" | "nsubj" | "nmod" | "appos" | "compound" => true,
                "obl" => !matches!(
                    tree.preposition(at).as_deref(),
                    Some("after" | "before" | "since" | "despite" | "following" | "because")
                ),
                "acl" => true,
                "advcl" => hit.around.pos == Pos::Verb,
                _ => false,
            };
            if !linked {
                return None;
            }
            if let Some(&other) = index.get(&parent) {
                let alike = kind(&hits[other]) == kind(hit);
                let nominal = hit.around.pos == Pos::Noun || hits[other].around.pos == Pos::Noun;
                // "entered the war to fight the rebels" is one act of fighting
                let purpose = tree.relation(at) == "advcl" && tree.is_infinitive(at);
                return (alike && (nominal || purpose)).then_some(other);
            }
            at = parent;
        }
        None
    };
    hits.iter().map(same).collect()
}
