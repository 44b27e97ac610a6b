//! The words and clauses above an event: what embeds it, and whether that is
//! supposed itself.

use super::governor::{embed, governs, is_denial};
use super::{Reality, clause, noun};
use crate::expression::Pos;
use crate::tree::Tree;
use crate::triggers::Reading;
use dateline_account::Modality;
use dateline_syntax::Upos;

/// Verbs that suppose or demand what a clause with a verb of its own says.
const SUPPOSING: [&str; 36] = [
    "fear",
    "suspect",
    "hope",
    "wonder",
    "demand",
    "believe",
    "think",
    "suppose",
    "imagine",
    "propose",
    "suggest",
    "expect",
    "predict",
    "foresee",
    "anticipate",
    "forecast",
    "worry",
    "wish",
    "pray",
    "order",
    "require",
    "request",
    "recommend",
    "urge",
    "ask",
    "doubt",
    "dream",
    "intend",
    "assume",
    "consider",
    "command",
    "instruct",
    "speculate",
    "want",
    "desire",
    "beg",
];

/// Verbs whose negation is one of the clause below them: who does not believe
/// that they did says that they did not.
const NEGATION_RAISING: [&str; 9] =
    ["believe", "think", "expect", "suppose", "imagine", "intend", "anticipate", "want", "foresee"];

/// Reads upwards from an event's word or light verb.
pub(super) fn climb(on: &Reading<'_, '_>, start: usize, out: &mut Reality) {
    let tree = on.tree;
    let mut at = start;
    for above in tree.above(start).take(8) {
        let noun = matches!(tree.upos(at), Upos::Noun | Upos::Propn);
        let goes_on = match tree.relation(at) {
            "conj" if !noun => conjunct(on, at, above, out),
            "xcomp" if !noun => {
                let adjective = tree.upos(above) == Upos::Adj;
                let pos = if adjective { Pos::Adjective } else { Pos::Verb };
                embed(on, above, pos, None, out);
                if adjective && is_too_much(tree, above) {
                    out.negate();
                }
                clause::read(on, above, out);
                true
            }
            "ccomp" if tree.is_infinitive(at) => {
                embed(on, above, Pos::Verb, None, out);
                clause::read(on, above, out);
                true
            }
            "ccomp" => {
                content_clause(on, above, out);
                false
            }
            "csubj" => {
                if is_untrue(tree, above) {
                    out.negate();
                } else if tree.upos(above) == Upos::Adj {
                    embed(on, above, Pos::Adjective, None, out);
                    clause::read(on, above, out);
                }
                false
            }
            "acl" if tree.deprel(at) != "acl:relcl" => noun_complement(on, at, above, out),
            "advcl" => adverbial(on, at, above, out),
            "obl" | "nmod" if tree.xpos(at) == "VBG" && !noun => gerund(on, at, above, out),
            _ if noun => noun::read_governor(on, at, at == start, out).is_some(),
            _ => false,
        };
        if !goes_on {
            break;
        }
        at = above;
    }
    if tree.head(at).is_none() && tree.is_infinitive(at) && tree.first(at, "nsubj").is_some() {
        // a headline: "Norland to send troops"
        out.weaken(Modality::Planned);
    }
}

/// Auxiliaries and negation of the first verb hold for the others, unless
/// they are finite or have a subject of their own.
fn conjunct(on: &Reading<'_, '_>, at: usize, first: usize, out: &mut Reality) -> bool {
    let tree = on.tree;
    let own = tree.first(at, "nsubj").is_some()
        || tree.first(at, "aux").is_some()
        || matches!(tree.xpos(at), "VBD" | "VBZ");
    if !own && tree.upos(first) == Upos::Verb {
        clause::read(on, first, out);
    }
    let neither = tree.by(first, "cc").any(|c| tree.form(c) == "neither");
    if tree.by(at, "cc").any(|c| tree.form(c) == "nor")
        && (own || !neither && !clause::is_negated(tree, first))
    {
        out.negate();
    }
    true
}

/// A finite clause below a verb that may suppose or deny it.
fn content_clause(on: &Reading<'_, '_>, above: usize, out: &mut Reality) {
    let tree = on.tree;
    let word = tree.word(above);
    out.denied |= is_denial(word);
    if is_untrue(tree, above) {
        out.negate();
    }
    let negated = clause::is_negated(tree, above);
    let raised = negated && NEGATION_RAISING.contains(&word);
    if raised {
        out.negate();
    }
    let only_disbelieved = raised && matches!(word, "believe" | "think" | "suppose" | "imagine");
    if SUPPOSING.contains(&word) && !only_disbelieved {
        embed(on, above, Pos::Verb, None, out);
    }
    if tree.upos(above) == Upos::Adj {
        embed(on, above, Pos::Adjective, None, out);
    }
}

/// "a plan to attack", "the risk of losing", "fears that they will".
fn noun_complement(on: &Reading<'_, '_>, at: usize, above: usize, out: &mut Reality) -> bool {
    let tree = on.tree;
    let infinitive = tree.is_infinitive(at);
    let mark = tree.by(at, "mark").map(|m| tree.form(m)).find(|m| m != "to");
    let known = match mark.as_deref() {
        _ if infinitive => governs(on, above, Pos::Noun, None),
        Some("that") => {
            let word = tree.word(above);
            let none = tree.by(above, "det").any(|d| tree.form(d) == "no");
            if none && matches!(word, "sign" | "evidence" | "indication" | "proof") {
                out.negate();
                return false;
            }
            let supposes =
                matches!(word, "fear" | "risk" | "danger" | "possibility" | "chance" | "hope")
                    || matches!(
                        word,
                        "prospect" | "suspicion" | "likelihood" | "concern" | "demand"
                    )
                    || is_denial(word);
            if supposes {
                embed(on, above, Pos::Noun, None, out);
                if is_hardly_any(tree, above) {
                    out.negate();
                }
            }
            return false;
        }
        Some(mark) => {
            embed(on, above, Pos::Noun, Some(mark), out);
            governs(on, above, Pos::Noun, Some(mark))
        }
        None => false,
    };
    if !infinitive && !known {
        return false;
    }
    if infinitive {
        embed(on, above, Pos::Noun, None, out);
        if !known && is_headline(tree, above) {
            out.weaken(Modality::Planned);
        }
    }
    if tree.by(above, "det").any(|d| tree.form(d) == "no") {
        out.negate();
    }
    let failed = |c: usize| matches!(tree.word(c), "failed" | "unsuccessful" | "abortive" | "fail");
    if tree.by(above, "amod").any(failed) {
        out.negate();
    }
    true
}

/// A noun that the headline's infinitive hangs on: no verb stands above it.
fn is_headline(tree: &Tree<'_, '_>, noun: usize) -> bool {
    tree.head(noun).is_none() && tree.first(noun, "cop").is_none()
}

/// "barred from striking" where the tree takes the gerund for a noun.
fn gerund(on: &Reading<'_, '_>, at: usize, above: usize, out: &mut Reality) -> bool {
    let verb = matches!(on.tree.upos(above), Upos::Verb | Upos::Aux);
    let pos = if verb { Pos::Verb } else { Pos::Noun };
    let preposition = on.tree.preposition(at);
    preposition.is_some_and(|preposition| taken(on, above, pos, Some(&preposition), out))
}

/// Takes over what a governor and its clause say of the event; whether it is one.
fn taken(
    on: &Reading<'_, '_>,
    above: usize,
    pos: Pos,
    preposition: Option<&str>,
    out: &mut Reality,
) -> bool {
    let known = governs(on, above, pos, preposition);
    if known {
        embed(on, above, pos, preposition, out);
        clause::read(on, above, out);
    }
    known
}

/// "little chance that", "no danger that".
fn is_hardly_any(tree: &Tree<'_, '_>, noun: usize) -> bool {
    let little = |c: usize| matches!(tree.form(c).as_ref(), "no" | "little" | "slim" | "scant");
    tree.children(noun).iter().any(|&c| c < noun && little(c))
}

/// Clauses of purpose, and what a verb takes with a preposition: "banned them
/// from marching", "ruled out sending".
fn adverbial(on: &Reading<'_, '_>, at: usize, above: usize, out: &mut Reality) -> bool {
    let tree = on.tree;
    if tree.is_infinitive(at) {
        if tree.upos(above) == Upos::Adj {
            embed(on, above, Pos::Adjective, None, out);
            if is_too_much(tree, above) {
                out.negate();
                return false;
            }
        }
        // "only to": what came next
        if !tree.by(at, "advmod").any(|c| tree.form(c) == "only") {
            out.weaken(Modality::Planned);
        }
        return false;
    }
    if tree.xpos(at) != "VBG" || at < above {
        return false;
    }
    let mark = tree.by(at, "mark").next().map(|m| tree.form(m));
    let short = |c: usize| tree.form(c) == "short" && c < at;
    match mark.as_deref() {
        Some("of") if tree.children(above).iter().any(|&c| short(c)) => {
            out.negate();
            clause::read(on, above, out);
            true
        }
        None if !is_right_after(tree, at, above) => false,
        preposition => taken(on, above, Pos::Verb, preposition, out),
    }
}

/// Whether nothing but a particle stands between a verb and a participle.
fn is_right_after(tree: &Tree<'_, '_>, at: usize, above: usize) -> bool {
    (above + 1..at).all(|t| tree.deprel(t) == "compound:prt" || tree.relation(t) == "advmod")
}

/// "too weak to attack".
fn is_too_much(tree: &Tree<'_, '_>, adjective: usize) -> bool {
    tree.by(adjective, "advmod").any(|c| tree.form(c) == "too")
}

/// Whether a predicate says of its clause that it is not so: "it is not true
/// that", "it is false that".
fn is_untrue(tree: &Tree<'_, '_>, predicate: usize) -> bool {
    let negated = clause::is_negated(tree, predicate);
    match tree.word(predicate) {
        "true" | "correct" | "case" => negated,
        "untrue" | "false" | "incorrect" | "lie" => !negated,
        _ => false,
    }
}
