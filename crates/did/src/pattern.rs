//! Argument patterns and conditions of a frame, as `plover.tsv` writes them.
//!
//! The slots are relations of Universal Dependencies v2, named so that a
//! person who corrects the lexicon need not know them.

use dateline_account::EntityKind;
use std::fmt;

/// Every word that may stand as a slot for what follows it: English has no
/// other prepositions that take somebody or something.
const PREPOSITIONS: [&str; 66] = [
    "about",
    "above",
    "across",
    "after",
    "against",
    "ahead",
    "along",
    "alongside",
    "amid",
    "among",
    "amongst",
    "around",
    "as",
    "at",
    "atop",
    "because",
    "before",
    "behind",
    "below",
    "beneath",
    "beside",
    "besides",
    "between",
    "beyond",
    "by",
    "concerning",
    "despite",
    "down",
    "during",
    "except",
    "following",
    "for",
    "from",
    "in",
    "inside",
    "into",
    "like",
    "near",
    "of",
    "off",
    "on",
    "onto",
    "opposite",
    "out",
    "outside",
    "over",
    "past",
    "per",
    "regarding",
    "since",
    "through",
    "throughout",
    "to",
    "toward",
    "towards",
    "under",
    "underneath",
    "unlike",
    "until",
    "up",
    "upon",
    "versus",
    "via",
    "with",
    "within",
    "without",
];

/// A place in the sentence where an argument may stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Slot {
    /// The logical subject: also the by-phrase of a passive; of a noun, the
    /// subject of the light verb that carries it.
    Subject,
    /// The logical object.
    Object,
    /// The indirect object.
    Indirect,
    /// The possessor.
    Possessor,
    /// A noun or demonym before the noun.
    Compound,
    /// The subject of the clause that follows.
    That,
    /// Whom an embedded event concerns.
    Inner,
    /// What follows a preposition.
    Preposition(String),
    /// A slot of the object.
    OfObject(Box<Slot>),
}

impl Slot {
    fn parse(text: &str) -> Option<Slot> {
        if let Some(rest) = text.strip_prefix("obj.") {
            let inner = Slot::parse(rest)?;
            // what a noun can have
            let has = matches!(
                inner,
                Slot::Possessor | Slot::Compound | Slot::That | Slot::Preposition(_)
            );
            return has.then(|| Slot::OfObject(Box::new(inner)));
        }
        Some(match text {
            "subj" | "sv" => Slot::Subject,
            "obj" => Slot::Object,
            "iobj" => Slot::Indirect,
            "poss" => Slot::Possessor,
            "comp" => Slot::Compound,
            "that" => Slot::That,
            "inner" => Slot::Inner,
            preposition => {
                let known = PREPOSITIONS.contains(&preposition);
                return known.then(|| Slot::Preposition(preposition.to_owned()));
            }
        })
    }
}

impl fmt::Display for Slot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Slot::Subject => "subj",
            Slot::Object => "obj",
            Slot::Indirect => "iobj",
            Slot::Possessor => "poss",
            Slot::Compound => "comp",
            Slot::That => "that",
            Slot::Inner => "inner",
            Slot::Preposition(word) => word,
            Slot::OfObject(inner) => return write!(f, "obj.{inner}"),
        })
    }
}

/// Where actor and recipient stand.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Pattern {
    pub actor: Vec<Slot>,
    pub recipient: Vec<Slot>,
    /// Whether the recipient is looked for before the actor.
    pub recipient_first: bool,
    /// Whether several actors without a recipient are each other's.
    pub reciprocal: bool,
}

impl Pattern {
    /// Reads `subj > obj|to`, `of|poss < by` or `subj <> with`.
    pub fn parse(text: &str) -> Result<Pattern, String> {
        let (left, arrow, right) = ["<>", ">", "<"]
            .iter()
            .find_map(|arrow| text.split_once(arrow).map(|(l, r)| (l, *arrow, r)))
            .ok_or_else(|| format!("the pattern '{text}' has no arrow; write `subj > obj`"))?;
        let slots = |side: &str| -> Result<Vec<Slot>, String> {
            let parts = side.split('|').map(str::trim).filter(|part| !part.is_empty());
            parts.map(|part| Slot::parse(part).ok_or_else(|| no_slot(part))).collect()
        };
        let (left, right) = (slots(left)?, slots(right)?);
        if left.is_empty() && right.is_empty() {
            return Err(format!("the pattern '{text}' has no slot, so it finds nobody"));
        }
        let recipient_first = arrow == "<";
        let (actor, recipient) = if recipient_first { (right, left) } else { (left, right) };
        Ok(Pattern { actor, recipient, recipient_first, reciprocal: arrow == "<>" })
    }
}

fn no_slot(text: &str) -> String {
    format!(
        "'{text}' is no slot: subj, obj, iobj, poss, comp, sv, that, inner, a preposition, or one \
         of poss, comp, that and the prepositions after `obj.`"
    )
}

/// What a condition wants in a slot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Want {
    /// Anything.
    Any,
    /// These words, the head last.
    Words(Vec<String>),
    /// A class of `objects.tsv`, by number.
    Class(usize),
    /// A name of one of these kinds.
    Kinds(Kinds),
}

/// The built-in classes, which are what the article's names are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kinds {
    /// `@PERSON`
    Person,
    /// `@ORG`
    Organization,
    /// `@PLACE`
    Place,
    /// `@COUNTRY`
    Country,
    /// `@ACTOR`
    Actor,
}

impl Kinds {
    fn parse(name: &str) -> Option<Kinds> {
        Some(match name {
            "PERSON" => Kinds::Person,
            "ORG" => Kinds::Organization,
            "PLACE" => Kinds::Place,
            "COUNTRY" => Kinds::Country,
            "ACTOR" => Kinds::Actor,
            _ => return None,
        })
    }

    /// Whether an entity of this kind is meant.
    pub fn fits(self, kind: EntityKind) -> bool {
        match self {
            Kinds::Person => matches!(kind, EntityKind::Person | EntityKind::Group),
            Kinds::Organization => matches!(kind, EntityKind::Organization | EntityKind::Group),
            Kinds::Place | Kinds::Country => kind == EntityKind::Place,
            Kinds::Actor => !matches!(kind, EntityKind::Other | EntityKind::Event),
        }
    }
}

/// One condition of a frame.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Condition {
    /// No object.
    None,
    /// An infinitive follows.
    Infinitive,
    /// A clause follows.
    Clause,
    /// The object is called something.
    Predicate,
    /// Something stands in a slot.
    In(Slot, Want),
}

/// A condition that must, or must not, hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Need {
    pub negated: bool,
    pub condition: Condition,
}

/// Alternatives of conditions that must hold together; none for no condition.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Needs(pub Vec<Vec<Need>>);

impl Needs {
    /// Reads `@troops|from:@territory&!inf`; `class` numbers the classes.
    pub fn parse(text: &str, class: &dyn Fn(&str) -> Option<usize>) -> Result<Needs, String> {
        let alternatives = text.split('|').map(str::trim).filter(|part| !part.is_empty());
        let read = |alternative: &str| {
            alternative.split('&').map(|part| parse_need(part.trim(), class)).collect()
        };
        Ok(Needs(alternatives.map(read).collect::<Result<_, String>>()?))
    }
}

fn parse_need(text: &str, class: &dyn Fn(&str) -> Option<usize>) -> Result<Need, String> {
    let (negated, body) = match text.strip_prefix('!') {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    let condition = match body {
        "" => return Err(format!("an empty condition in '{text}'")),
        "none" => Condition::None,
        "inf" => Condition::Infinitive,
        "that" => Condition::Clause,
        "pred" => Condition::Predicate,
        _ => {
            let (slot, want) = body.split_once(':').unwrap_or(("obj", body));
            let slot = Slot::parse(slot).ok_or_else(|| no_slot(slot))?;
            Condition::In(slot, parse_want(want, class)?)
        }
    };
    Ok(Need { negated, condition })
}

fn parse_want(text: &str, class: &dyn Fn(&str) -> Option<usize>) -> Result<Want, String> {
    if text == "*" {
        return Ok(Want::Any);
    }
    if let Some(name) = text.strip_prefix('@') {
        if let Some(kinds) = Kinds::parse(name) {
            return Ok(Want::Kinds(kinds));
        }
        let number = class(name).ok_or_else(|| format!("objects.tsv has no class '{name}'"))?;
        return Ok(Want::Class(number));
    }
    let words: Vec<String> = text.split_whitespace().map(str::to_lowercase).collect();
    if words.is_empty() { Err("a condition without a word".into()) } else { Ok(Want::Words(words)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arrows_tell_the_sides() {
        let plain = Pattern::parse("subj > obj.of|to").unwrap();
        assert_eq!(plain.actor, [Slot::Subject]);
        assert_eq!(plain.recipient.len(), 2);
        assert!(!plain.recipient_first && !plain.reciprocal);
        let turned = Pattern::parse("of|poss < by").unwrap();
        assert_eq!(turned.actor, [Slot::Preposition("by".into())]);
        assert!(turned.recipient_first);
        assert!(Pattern::parse("subj <> with").unwrap().reciprocal);
        assert!(Pattern::parse("subj obj").is_err());
        for wrong in ["sub1 > obj", "sbj > obj", "subj > on.poss", "subj > obj.subj", " > "] {
            assert!(Pattern::parse(wrong).is_err(), "{wrong}");
        }
        for slot in ["subj", "iobj", "comp", "against", "obj.of", "obj.poss"] {
            assert_eq!(Slot::parse(slot).unwrap().to_string(), slot);
        }
    }

    #[test]
    fn needs_are_alternatives_of_conjunctions() {
        let class = |name: &str| (name == "troops").then_some(3);
        let needs = Needs::parse("@troops&!inf|from:@PLACE|talks", &class).unwrap().0;
        assert_eq!(needs.len(), 3);
        assert_eq!(needs[0][0].condition, Condition::In(Slot::Object, Want::Class(3)));
        assert!(needs[0][1].negated);
        assert!(Needs::parse("@trops", &class).unwrap_err().contains("no class 'trops'"));
        assert!(Needs::parse("", &class).unwrap().0.is_empty());
    }
}
