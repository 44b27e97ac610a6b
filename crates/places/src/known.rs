//! What the whole article tells about its names.

use crate::candidate::Candidate;
use crate::fold;
use crate::mention::Mention;
use crate::pieces::Pieces;
use dateline_lexicon::Map;
use dateline_syntax::{Doc, NameKind};
use std::cell::RefCell;
use std::collections::BTreeSet;

/// Something that may be known of a folded name.
#[derive(Debug)]
pub(crate) enum Question {
    Location(String),
    Person(String),
}

/// What the whole article tells about its names.
#[derive(Debug, Default)]
pub(crate) struct Known<'r> {
    /// The text is without capitals altogether.
    pub lower_case: bool,
    /// Folded names that the network calls a location somewhere.
    pub locations: BTreeSet<String>,
    /// Folded words of people's names of two words or more.
    pub people: BTreeSet<String>,
    /// Readings of the folded names that were looked up.
    pub readings: RefCell<Map<Vec<Candidate<'r>>>>,
}

impl Known<'_> {
    pub(crate) fn people(&mut self, pieces: &Pieces<'_, '_>) {
        for at in 0..pieces.len() {
            let person = |at: usize| pieces.kind(at) == Some(NameKind::Person);
            let name = |at: usize| pieces.get(at).and_then(|p| p.name);
            if person(at) && (name(at) == name(at + 1) || at > 0 && name(at) == name(at - 1)) {
                self.people.insert(fold(pieces.form(at)));
            }
        }
    }

    /// Notes the locations among mentions; says whether there are any.
    pub(crate) fn locations<'m, 'r: 'm>(
        &mut self,
        names: &[Option<(usize, NameKind)>],
        doc: &Doc<'_>,
        mentions: impl Iterator<Item = &'m Mention<'r>>,
    ) -> bool {
        for mention in mentions.filter(|m| !m.candidates.is_empty() && m.unlisted.is_none()) {
            let location = |at: usize| matches!(names.get(at), Some(Some((_, NameKind::Location))));
            if doc.tokens_in(mention.span).all(location) {
                self.locations.insert(mention.key.clone());
            }
        }
        !self.locations.is_empty()
    }

    /// The answer to a question.
    pub(crate) fn says(&self, question: &Question) -> bool {
        match question {
            Question::Location(name) => self.locations.contains(name),
            Question::Person(name) => self.people.contains(name),
        }
    }
}

/// A sentence and what is known of its article.
#[derive(Debug)]
pub(crate) struct Sentence<'d, 't, 'k, 'r> {
    pub pieces: &'k Pieces<'d, 't>,
    pub known: &'k Known<'r>,
    /// What was asked of the article, and denied.
    pub denied: RefCell<Vec<Question>>,
}

impl Sentence<'_, '_, '_, '_> {
    /// Whether the network calls a folded name a location somewhere.
    pub(crate) fn is_location(&self, name: &str) -> bool {
        self.asks(Question::Location(name.to_owned()))
    }

    /// Whether a folded word is part of a person's name of several words.
    pub(crate) fn is_of_person(&self, word: &str) -> bool {
        self.asks(Question::Person(word.to_owned()))
    }

    fn asks(&self, question: Question) -> bool {
        let answer = self.known.says(&question);
        if !answer {
            self.denied.borrow_mut().push(question);
        }
        answer
    }
}

/// Whether a text has hardly any capitals.
pub(crate) fn is_lower_case(text: &str) -> bool {
    let (mut letters, mut capitals) = (0, 0);
    for c in text.chars() {
        letters += usize::from(c.is_alphabetic());
        capitals += usize::from(c.is_uppercase());
        // too many, though all the rest were small letters
        if capitals * 200 >= text.len() {
            return false;
        }
    }
    letters > 20 && capitals * 200 < letters
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_capital_in_two_hundred_letters_is_one_too_many() {
        let text = |small: usize| format!("É{}", "é, ".repeat(small));
        assert!(!is_lower_case(&text(199)));
        assert!(is_lower_case(&text(200)));
        assert!(is_lower_case("it has been quiet here since then"));
        assert!(!is_lower_case("quiet") && !is_lower_case("Quiet here since then, they say."));
    }
}
