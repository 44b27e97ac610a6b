//! Whether a frame can match at all: slots that its part of speech never has,
//! and needs that contradict themselves.

use crate::classes::Classes;
use crate::expression::Pos;
use crate::pattern::{Condition, Need, Needs, Pattern, Slot, Want};

/// Why a frame can never match as it is written; `None` where it can.
pub(crate) fn never(
    pos: Pos,
    needs: &Needs,
    pattern: &Pattern,
    classes: &Classes,
) -> Option<String> {
    if pos == Pos::Auxiliary {
        return Some("no frame is an auxiliary: verb, noun or adjective".to_owned());
    }
    let mut slots = pattern.actor.iter().chain(&pattern.recipient);
    if let Some(slot) = slots.find(|slot| !stands(pos, slot)) {
        return Some(format!("nothing can stand in '{slot}', since {}", lacks(pos)));
    }
    needs.0.iter().find_map(|alternative| {
        let wanted = alternative.iter().filter(|need| !need.negated);
        for need in wanted {
            match &need.condition {
                Condition::In(Slot::Inner, _) => {
                    return Some(
                        "no need is met in 'inner', which is a slot of patterns".to_owned(),
                    );
                }
                Condition::In(slot, _) if !stands(pos, slot) => {
                    let lacks = lacks(pos);
                    return Some(format!("a need in '{slot}' is never met, since {lacks}"));
                }
                Condition::Predicate if pos != Pos::Verb => {
                    return Some(
                        "the need 'pred' is never met: only verbs call somebody \
                                 something"
                            .to_owned(),
                    );
                }
                Condition::None if pos == Pos::Adjective => {
                    return Some(
                        "the need 'none' says nothing: no adjective has an object".to_owned(),
                    );
                }
                _ => {}
            }
        }
        contradicts(alternative, classes).then(|| {
            "a need contradicts itself: what must be there includes what must not".to_owned()
        })
    })
}

/// Whether something can stand in a slot of a word.
fn stands(pos: Pos, slot: &Slot) -> bool {
    match pos {
        Pos::Verb | Pos::Auxiliary => !matches!(slot, Slot::Possessor | Slot::Compound),
        Pos::Noun => !matches!(slot, Slot::OfObject(_)),
        Pos::Adjective => !matches!(
            slot,
            Slot::Object | Slot::Indirect | Slot::Possessor | Slot::Compound | Slot::OfObject(_)
        ),
    }
}

fn lacks(pos: Pos) -> &'static str {
    match pos {
        Pos::Verb | Pos::Auxiliary => {
            "a verb has no possessor and no noun before it ('obj.poss' and 'obj.comp' are those of \
             its object)"
        }
        Pos::Noun => "a noun has no object of its own (take 'of', 'against' or the like)",
        Pos::Adjective => "an adjective has no object, possessor or noun before it (take 'subj')",
    }
}

/// Whether conditions can never hold together.
fn contradicts(alternative: &[Need], classes: &Classes) -> bool {
    let parts: Vec<(bool, Condition)> = alternative.iter().map(plain).collect();
    parts.iter().filter(|(negated, _)| !negated).any(|(_, there)| {
        let absent = parts.iter().filter(|(negated, _)| *negated);
        absent.into_iter().any(|(_, absent)| implies(there, absent, classes))
    })
}

/// A need with `none` written as what it is: no object of any kind.
fn plain(need: &Need) -> (bool, Condition) {
    match &need.condition {
        Condition::None => (!need.negated, Condition::In(Slot::Object, Want::Any)),
        other => (need.negated, other.clone()),
    }
}

/// Whether one condition holds wherever another does.
fn implies(this: &Condition, other: &Condition, classes: &Classes) -> bool {
    match (this, other) {
        (Condition::In(Slot::OfObject(_), _), Condition::In(Slot::Object, Want::Any)) => true,
        (Condition::In(slot, want), Condition::In(wider, all)) => {
            slot == wider
                && match (want, all) {
                    (_, Want::Any) => true,
                    (Want::Class(class), Want::Class(all)) => classes.takes_in(*all, *class),
                    (want, all) => want == all,
                }
        }
        (this, other) => this == other,
    }
}

/// Whether a need is met wherever another is.
pub(crate) fn follows(need: &Need, from: &Need, classes: &Classes) -> bool {
    let ((negated, this), (absent, given)) = (plain(need), plain(from));
    negated == absent
        && if negated { implies(&this, &given, classes) } else { implies(&given, &this, classes) }
}
