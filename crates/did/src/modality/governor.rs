//! Words that govern an event and say how real it is, as the lexicon has them
//! and as their own clause bends them.

use super::Reality;
use super::clause::is_negated;
use crate::expression::Pos;
use crate::lexicon::Embedding;
use crate::triggers::Reading;
use dateline_account::Modality;

/// The row for a governor. A row of two words (`call off`, `ban on`) goes
/// before one of the bare word, which stands for direct complements and for
/// `of` and `for` after a noun.
fn row(
    on: &Reading<'_, '_>,
    governor: usize,
    pos: Pos,
    preposition: Option<&str>,
) -> Option<Embedding> {
    let tree = on.tree;
    let word = tree.word(governor);
    let pair = |second: &str| on.lexicon.embedding(&format!("{word} {second}"), pos);
    if let Some(found) = preposition.and_then(pair) {
        return Some(found);
    }
    let particle = tree.children(governor).iter().find(|&&c| tree.deprel(c) == "compound:prt");
    if let Some(&particle) = particle {
        return pair(&tree.form(particle));
    }
    let bare = match (pos, preposition) {
        (_, None) | (Pos::Noun, Some("of" | "for")) | (Pos::Verb, Some("from")) => true,
        (_, Some(_)) => false,
    };
    let found = on.lexicon.embedding(word, pos).filter(|_| bare);
    let by_form = || on.lexicon.embedding(&tree.form(governor), pos);
    found.or_else(|| by_form().filter(|_| bare && pos == Pos::Adjective))
}

/// Whether the lexicon knows a governor, or it is a denial.
pub(super) fn governs(
    on: &Reading<'_, '_>,
    governor: usize,
    pos: Pos,
    preposition: Option<&str>,
) -> bool {
    let plain = matches!(preposition, None | Some("of" | "for"));
    plain && is_denial(on.tree.word(governor)) || row(on, governor, pos, preposition).is_some()
}

/// Takes over what a governor says of the event.
pub(super) fn embed(
    on: &Reading<'_, '_>,
    governor: usize,
    pos: Pos,
    preposition: Option<&str>,
    out: &mut Reality,
) {
    let tree = on.tree;
    let word = tree.word(governor);
    if is_denial(word) {
        out.denied = true;
        return;
    }
    let Some(mut embedding) = row(on, governor, pos, preposition) else { return };
    if pos == Pos::Verb {
        match word {
            "have" => {
                let duty = tree.by(governor, "xcomp").find(|&c| tree.is_infinitive(c));
                let Some(duty) = duty else { return };
                let yet = |at: usize| tree.by(at, "advmod").any(|c| tree.word(c) == "yet");
                if yet(governor) || yet(duty) {
                    // "has yet to sign"
                    out.negate();
                    out.say(Modality::Actual);
                    return;
                }
                if tree.xpos(governor) == "VBD" {
                    return;
                }
            }
            "go" if preposition.is_none() && tree.xpos(governor) != "VBG" => return,
            // what is feared is not known, whatever the form of the verb below
            "fear" => out.say(Modality::Possible),
            // what others are expected to do is no plan of theirs
            "expect" if is_of_another(on, governor) => {
                embedding.modality = Some(Modality::Possible);
            }
            "want" if is_of_another(on, governor) => {
                embedding.modality = Some(Modality::Ordered);
            }
            "refuse" | "decline" if is_standing(on, governor) => {
                embedding.modality = Some(Modality::Planned);
            }
            "try" | "attempt" | "seek" | "struggle" if is_in_vain(on, governor) => {
                out.negate();
                out.say(Modality::Actual);
                return;
            }
            "rule" | "exclude" if is_negated(tree, governor) => {
                embedding.modality = Some(Modality::Possible);
            }
            _ => {}
        }
        out.prevented |= is_prevention(word);
    }
    if pos == Pos::Adjective && word == "able" && tree.by(governor, "cop").any(|c| is_past(on, c)) {
        // "was able to" tells of a success
        return;
    }
    out.embed(embedding);
}

fn is_past(on: &Reading<'_, '_>, verb: usize) -> bool {
    on.tree.xpos(verb) == "VBD"
}

/// Whether it is another that is expected or wanted to act: "expects them to
/// sign", but not "expects to sign" or "is expected to sign", which is a date.
fn is_of_another(on: &Reading<'_, '_>, verb: usize) -> bool {
    let other = |c: &usize| matches!(on.tree.deprel(*c), "obj" | "iobj" | "ccomp");
    on.tree.children(verb).iter().any(other)
}

/// "tried in vain to free them".
fn is_in_vain(on: &Reading<'_, '_>, verb: usize) -> bool {
    let tree = on.tree;
    tree.children(verb).iter().any(|&c| {
        matches!(tree.word(c), "vain" | "vainly" | "unsuccessfully")
            || tree.by(c, "fixed").any(|f| tree.word(f) == "vain")
    })
}

/// Whether a refusal holds at the time of the story.
fn is_standing(on: &Reading<'_, '_>, verb: usize) -> bool {
    let tree = on.tree;
    matches!(tree.xpos(verb), "VBZ" | "VBP" | "VBG" | "VB")
        || tree.by(verb, "aux").any(|c| matches!(tree.form(c).as_ref(), "has" | "have" | "will"))
}

/// Verbs that keep from happening what they embed.
pub(super) fn is_prevention(word: &str) -> bool {
    matches!(
        word,
        "prevent"
            | "deter"
            | "avert"
            | "ward"
            | "head"
            | "forestall"
            | "thwart"
            | "foil"
            | "stop"
            | "avoid"
            | "preempt"
    )
}

/// Verbs and nouns that call untrue what they embed.
pub(super) fn is_denial(word: &str) -> bool {
    matches!(word, "deny" | "denial" | "disclaim" | "disbelieve" | "refute" | "rebut")
}
