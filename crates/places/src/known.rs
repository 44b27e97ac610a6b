//! What the whole article tells about its names.

use crate::fold;
use crate::mention::Mention;
use crate::pieces::Pieces;
use dateline_syntax::{Doc, NameKind};
use std::cell::RefCell;
use std::collections::{BTreeSet, HashSet};

/// What the whole article tells about its names.
#[derive(Debug, Default)]
pub(crate) struct Known {
    /// The text is without capitals altogether.
    pub lower_case: bool,
    /// Folded names that the network calls a location somewhere.
    pub locations: BTreeSet<String>,
    /// Folded words of people's names of two words or more.
    pub people: BTreeSet<String>,
    /// Texts under which nothing is listed.
    pub nothing: RefCell<HashSet<String>>,
}

impl Known {
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
    pub(crate) fn locations(
        &mut self,
        names: &[Option<(usize, NameKind)>],
        doc: &Doc<'_>,
        mentions: &[Mention<'_>],
    ) -> bool {
        for mention in mentions.iter().filter(|m| !m.candidates.is_empty() && m.unlisted.is_none())
        {
            let location = |at: usize| matches!(names.get(at), Some(Some((_, NameKind::Location))));
            if doc.tokens_in(mention.span).all(location) {
                self.locations.insert(mention.key.clone());
            }
        }
        !self.locations.is_empty()
    }
}

/// A sentence and what is known of its article.
#[derive(Debug)]
pub(crate) struct Sentence<'d, 't, 'k> {
    pub pieces: &'k Pieces<'d, 't>,
    pub known: &'k Known,
}

/// Whether a text has hardly any capitals.
pub(crate) fn is_lower_case(text: &str) -> bool {
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    let capitals = text.chars().filter(|c| c.is_uppercase()).count();
    letters > 20 && capitals * 200 < letters
}
