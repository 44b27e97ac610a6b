//! Whether words that are listed are a place here.
//!
//! With the network's word for it a name needs little else; without, only what
//! newspapers take for known is taken for a place, and nothing that looks like
//! the name of a person, a newspaper or a thing.

use crate::candidate::{self, Candidate, Level, inside};
use crate::find::{Finder, WELL_KNOWN, comma};
use crate::fold;
use crate::known::Sentence;
use crate::pieces::Pieces;
use crate::words::Use;
use dateline_syntax::{NameKind, Upos};
use std::ops::Range;

impl<'r> Finder<'r> {
    /// Whether words that are listed are taken for a place here.
    pub(crate) fn accepts(
        &self,
        sentence: &Sentence<'_, '_, '_, 'r>,
        range: &Range<usize>,
        key: &str,
        candidates: &[Candidate<'_>],
        last: usize,
    ) -> bool {
        let pieces = sentence.pieces;
        let listed = candidates.iter().any(|c| c.listed);
        let best = candidates.iter().map(|c| c.prior).fold(0.0, f64::max);
        let single = range.len() == 1;
        let common = self.words.has(key, Use::Common);
        let kind = pieces.kind(range.start);
        let location = kind == Some(NameKind::Location);
        if single && !listed && (self.is_generic(key) || is_acronym(pieces.text(range))) {
            return false;
        }
        if sentence.known.lower_case {
            return listed || location && best >= 4.0 && !common;
        }
        if self.in_media(pieces, range.start) && !location {
            return false;
        }
        // "Dallas County", also where the network sees none or a body of that name
        let after = if pieces.beside(range.end) { pieces.word(range.end) } else { String::new() };
        let after_capital = pieces.get(range.end).is_some_and(|p| p.capital);
        let division = |c: &Candidate<'_>| matches!(c.level, Level::Division | Level::County);
        if candidates.iter().any(division)
            && (!single && self.words.has(&pieces.word(range.end - 1), Use::Area)
                || self.words.has(&after, Use::Area) && !common)
        {
            return true;
        }
        let known = !common && sentence.is_location(key);
        let whole = pieces.name_range(range.start).is_some_and(|n| n == *range);
        match kind {
            Some(NameKind::Location) => {
                let person = single && self.words.has(key, Use::Person);
                let fragment = self.is_fragment(pieces, range);
                let human =
                    pieces.beside(range.end) && pieces.kind(range.end) == Some(NameKind::Person);
                // a town nobody knows that is the surname of a person of the article
                let namesake = single
                    && !listed
                    && best < WELL_KNOWN
                    && sentence.is_of_person(key)
                    && !self.says_where(pieces, range, candidates);
                !namesake
                    && !(person && (fragment || human || self.names_a_person(pieces, range)))
                    && (listed || !fragment)
            }
            Some(NameKind::Organization) if whole => listed || known || best >= WELL_KNOWN - 1.0,
            Some(NameKind::Organization) => {
                let first = pieces.name_range(range.start).is_some_and(|n| n.start == range.start);
                let body = self.words.has(&after, Use::Group) || self.words.has(&after, Use::Site);
                let person = single && self.words.has(key, Use::Person);
                !common
                    && (listed
                        || known
                        || best >= WELL_KNOWN - 1.2
                        || first && body && after_capital && !person && best >= 3.0)
            }
            Some(NameKind::Other) => !common && (listed || known || best >= WELL_KNOWN),
            _ => {
                let after_name = last == range.start && comma(pieces, range.start);
                let person = single && self.words.has(key, Use::Person);
                let country = candidates.iter().any(|c| c.listed && c.level == Level::Country);
                let enough = if after_name { 4.0 } else { WELL_KNOWN };
                let before =
                    if range.start == 0 { String::new() } else { pieces.word(range.start - 1) };
                let police = after == "police" && best >= 3.0;
                let home = before == "of" && comma(pieces, range.start - 1);
                let placed = (home || matches!(before.as_str(), "in" | "near")) && best >= 3.0;
                !common
                    && (listed
                        || known
                        || best >= enough
                        || police
                        || placed
                        || self.is_dateline(pieces, range))
                    && (!person || listed || known || after_name)
                    && (known || !self.beside_a_name(pieces, range, country && !person))
            }
        }
    }

    /// "Austin, Texas", "Austin, TX": whether a comma and a state or country
    /// follow in which the words can lie.
    pub(crate) fn says_where(
        &self,
        pieces: &Pieces<'_, '_>,
        range: &Range<usize>,
        candidates: &[Candidate<'_>],
    ) -> bool {
        let towns = || candidates.iter().filter(|c| matches!(c.level, Level::Town | Level::County));
        if !comma(pieces, range.end) || towns().next().is_none() {
            return false;
        }
        let ends = range.end + 1..=(range.end + 3).min(pieces.len());
        ends.into_iter().any(|end| {
            let text = pieces.text(&(range.end..end));
            let dotted = format!("{text}.");
            let bare = text.trim_end_matches('.');
            let written = [text, bare, dotted.as_str()];
            let entries = written.iter().flat_map(|w| self.atlas.abbreviated(w));
            let folded = fold(text);
            let capital = pieces.get(range.end).is_some_and(|p| p.capital);
            let named = self.atlas.named(&folded).filter(|_| capital);
            candidate::of_entries(entries.chain(named)).iter().any(|outer| {
                // "Lyon, France" may be a list of two; a town in a state is none
                outer.level == Level::Division && towns().any(|town| inside(town, outer))
            })
        })
    }

    /// Whether a range is part of a longer name that is not listed: "Newton" of
    /// "Newton Abbot Vale".
    pub(crate) fn is_fragment(&self, pieces: &Pieces<'_, '_>, range: &Range<usize>) -> bool {
        let Some(name) = pieces.name_range(range.start) else { return false };
        let proper = |at: usize| {
            let word = pieces.word(at);
            pieces.get(at).is_some_and(|p| p.capital)
                && !self.is_generic(&word)
                && (self.words.has(&word, Use::Person)
                    || self.atlas.named(&fold(&word)).next().is_none())
        };
        let left =
            range.start > name.start && pieces.beside(range.start) && proper(range.start - 1);
        let right = range.end < name.end && pieces.beside(range.end) && proper(range.end);
        left || right
    }

    /// Whether a single word is one for a kind of thing: "County", "Police".
    pub(crate) fn is_generic(&self, word: &str) -> bool {
        [Use::Area, Use::Site, Use::Street, Use::Group, Use::Side, Use::Title, Use::Calendar]
            .iter()
            .any(|kind| self.words.has(word, *kind))
    }

    /// "CAIRO -": capitals at the start of a sentence, a dash after them.
    pub(crate) fn is_dateline(&self, pieces: &Pieces<'_, '_>, range: &Range<usize>) -> bool {
        let text = pieces.text(range);
        let capitals = text.chars().count() > 3 && !text.chars().any(char::is_lowercase);
        let after = pieces.get(range.end - 1).and_then(|p| pieces.doc.text.get(p.bytes.end..));
        let mut after = after.unwrap_or("").trim_start().chars();
        let start =
            pieces.gap(range.start).is_none_or(|gap| gap.contains(['.', '\n', '!', '?', ':', '"']));
        start && capitals && after.next().is_some_and(|c| matches!(c, '-' | '–' | '—' | '('))
    }

    /// "Mayor Florence Adams": a title before, a capital after.
    pub(crate) fn names_a_person(&self, pieces: &Pieces<'_, '_>, range: &Range<usize>) -> bool {
        let title = range.start > 0
            && pieces.beside(range.start)
            && self.words.has(&pieces.word(range.start - 1), Use::Title);
        let name = pieces.beside(range.end) && pieces.get(range.end).is_some_and(|p| p.capital);
        title && name && !self.words.is_known(&pieces.word(range.end))
    }

    /// Whether a capitalised word beside the range makes it look like part of
    /// the name of a person or thing: "Michael Jordan", "Paris Hilton".
    pub(crate) fn beside_a_name(
        &self,
        pieces: &Pieces<'_, '_>,
        range: &Range<usize>,
        country: bool,
    ) -> bool {
        let named = |at: usize| {
            let form = pieces.form(at);
            let upper = form.chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase);
            if !pieces.get(at).is_some_and(|p| p.capital) || upper && form.chars().count() > 1 {
                return false;
            }
            let folded = fold(form);
            pieces.kind(at).is_none_or(|kind| kind == NameKind::Person)
                && !self.words.is_known(&pieces.word(at))
                && self.atlas.named(&folded).next().is_none()
                && self.atlas.demonym(&folded).next().is_none()
        };
        let before = range.start > 0 && pieces.beside(range.start);
        // a capital at the start of a sentence says little
        let left = before
            && named(range.start - 1)
            && (range.start > 1 || !country)
            && !{
                let word = pieces.word(range.start - 1);
                range.start == 1
                    && matches!(pieces.upos(0), Some(Upos::Adp | Upos::Det | Upos::Sconj))
                    || matches!(
                        word.as_str(),
                        "in" | "the" | "from" | "but" | "and" | "for" | "when" | "if"
                    )
            };
        let right = pieces.beside(range.end) && named(range.end) && !country;
        left || right
    }

    /// Whether the network's person at a piece is a place that the article
    /// elsewhere has as a location, and no part of a longer person's name, or
    /// a county.
    pub(crate) fn mistaken_person(
        &self,
        sentence: &Sentence<'_, '_, '_, 'r>,
        range: &Range<usize>,
    ) -> bool {
        let pieces = sentence.pieces;
        if self.is_dateline(pieces, range) {
            return true;
        }
        let Some(name) = pieces.name_range(range.start) else { return false };
        let key = fold(pieces.text(&name));
        let county = name.len() > 1 && self.words.has(&pieces.word(name.end - 1), Use::Area);
        name == *range
            && (sentence.is_location(&key) && !sentence.is_of_person(&key)
                || county && self.gazetteer.contains(&key))
    }
}

/// Whether a word is of up to four capitals: no town is written so.
fn is_acronym(word: &str) -> bool {
    word.chars().count() <= 4 && word.chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase)
}
