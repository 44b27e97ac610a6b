//! Argument patterns and conditions of a frame, as `plover.tsv` writes them.
//!
//! The slots are relations of Universal Dependencies v2, named so that a
//! person who corrects the lexicon need not know them.

use dateline_account::EntityKind;

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
            return Some(Slot::OfObject(Box::new(Slot::parse(rest)?)));
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
                let (first, rest) = preposition.split_once('.').unwrap_or((preposition, ""));
                let word = !first.is_empty() && first.chars().all(char::is_alphabetic);
                if !word || !rest.is_empty() && Slot::parse(rest).is_none() {
                    return None;
                }
                Slot::Preposition(first.to_owned())
            }
        })
    }
}

/// Where actor and recipient stand.
#[derive(Debug, Clone, Default)]
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
            parts
                .map(|part| {
                    Slot::parse(part).ok_or_else(|| format!("'{part}' is no slot of a pattern"))
                })
                .collect()
        };
        let (left, right) = (slots(left)?, slots(right)?);
        let recipient_first = arrow == "<";
        let (actor, recipient) = if recipient_first { (right, left) } else { (left, right) };
        Ok(Pattern { actor, recipient, recipient_first, reciprocal: arrow == "<>" })
    }
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
#[derive(Debug, Clone, Default)]
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
            let slot = Slot::parse(slot).ok_or_else(|| format!("'{slot}' is no slot"))?;
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
        assert!(Pattern::parse("sub1 > obj").is_err());
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
