//! Names that are not listed themselves: sites named for a place, streets, and
//! what the network calls a location.

use crate::candidate::{self, Candidate, Level};
use crate::find::{Finder, LONGEST};
use crate::fold;
use crate::known::Sentence;
use crate::mention::{Found, Mention};
use crate::pieces::Pieces;
use crate::words::Use;
use dateline_account::PlaceForm;
use dateline_syntax::NameKind;
use std::ops::Range;

impl<'r> Finder<'r> {
    /// A listed name with the word for a site or street after it: the whole is
    /// the name. `range` is that of the mention.
    pub(crate) fn extended(
        &self,
        pieces: &Pieces<'_, '_>,
        mut mention: Mention<'r>,
        range: Range<usize>,
    ) -> Found<'r> {
        let kind = pieces.kind(range.start);
        if kind == Some(NameKind::Organization) {
            return Some((mention, range.end));
        }
        let mut end = range.end;
        while end < (range.end + 3).min(pieces.len())
            && pieces.beside(end)
            && pieces.get(end).is_some_and(|p| p.capital)
            && pieces.kind(end).is_none_or(|k| k == NameKind::Location)
        {
            let word = pieces.word(end);
            end += 1;
            let street = self.words.has(&word, Use::Street);
            let site = self.words.has(&word, Use::Site);
            let area = self.words.has(&word, Use::Area);
            if !(street || site || area) {
                continue;
            }
            let whole = range.start..end;
            mention.span = pieces.span(&whole)?;
            mention.key = fold(pieces.text(&whole));
            if street {
                mention.candidates.clear();
            }
            if area {
                let divisions =
                    |c: &Candidate<'_>| matches!(c.level, Level::Division | Level::County);
                if mention.candidates.iter().any(divisions) {
                    mention.candidates.retain(divisions);
                    return Some((mention, end));
                }
            }
            mention.unlisted = self.words.feature(&word).or(Some("L.LCTY"));
            return Some((mention, end));
        }
        Some((mention, range.end))
    }

    /// A name that is not listed: one that the network calls a location, or
    /// one that ends in a word for a street or site.
    pub(crate) fn unlisted(&self, sentence: &Sentence<'_, '_, '_, 'r>, at: usize) -> Found<'r> {
        let pieces = sentence.pieces;
        if sentence.known.lower_case {
            return None;
        }
        if pieces.kind(at) != Some(NameKind::Location) {
            return self.street(pieces, at);
        }
        let name = pieces.name_range(at)?;
        if name.start != at || name.len() > 2 * LONGEST || pieces.text(&name).contains(',') {
            return None;
        }
        // what is listed and was not taken is not taken by this way either
        let listed = fold(pieces.text(&name));
        if self.atlas.named(&listed).next().is_some() || self.gazetteer.contains(&listed) {
            return None;
        }
        let telling = |at: usize| {
            let word = pieces.word(at);
            pieces.get(at).is_some_and(|p| p.capital)
                && word != "the"
                && !self.is_generic(&word)
                && !self.words.has(&word, Use::Common)
        };
        if !name.clone().any(telling) {
            return None;
        }
        // a listed name further inside is better than nothing known
        let known = |at: usize, end: usize| {
            let key = fold(pieces.text(&(at..end)));
            self.atlas.named(&key).next().is_some()
                || self.atlas.demonym(&key).next().is_some()
                || self.gazetteer.contains(&key)
                    && !self.is_generic(&key)
                    && !self.is_fragment(pieces, &(at..end))
        };
        let first = pieces.word(name.start);
        let word = pieces.word(name.end - 1);
        let area = |word: &str| self.words.has(word, Use::Area);
        let (inner, tells) = if name.len() > 1 && area(&word) {
            (name.start..name.end - 1, word)
        } else if name.len() > 1 && area(&first) {
            (name.start + 1..name.end, first)
        } else {
            (name.clone(), word)
        };
        let mut candidates = Vec::new();
        if inner != name {
            candidates = candidate::named(self.atlas, self.gazetteer, &fold(pieces.text(&inner)));
        }
        if candidates.is_empty() {
            let within = name.clone().any(|from| {
                (from + 1..=name.end)
                    .any(|to| (from, to) != (name.start, name.end) && known(from, to))
            });
            let street = self.words.has(&tells, Use::Street);
            if within && !street {
                return None;
            }
        }
        let divisions = |c: &Candidate<'_>| matches!(c.level, Level::Division | Level::County);
        if candidates.iter().any(divisions) {
            candidates.retain(divisions);
        }
        let mention = Mention {
            span: pieces.span(&name)?,
            key: fold(pieces.text(&name)),
            form: PlaceForm::Name,
            unlisted: Some(self.words.feature(&tells).unwrap_or("L.LCTY")),
            candidates,
            weight: 1.0,
        };
        Some((mention, name.end))
    }

    /// "Mill Hill Road" where the network sees no location: capitals with a
    /// word for a street at their end.
    pub(crate) fn street(&self, pieces: &Pieces<'_, '_>, at: usize) -> Found<'r> {
        let capital = |at: usize| pieces.get(at).is_some_and(|p| p.capital);
        let follows = |at: usize| pieces.beside(at) && capital(at);
        if at > 0 && follows(at) && capital(at - 1) {
            return None;
        }
        let mut end = at + 1;
        while end < at + 4 && follows(end) {
            end += 1;
        }
        if end - at < 2 {
            return None;
        }
        let word = pieces.word(end - 1);
        let numbered = |at: usize| pieces.form(at).chars().all(|c| c.is_ascii_digit());
        let written = pieces.form(end - 1).chars().count() > 2 || word != pieces.form(end - 1);
        if !self.words.has(&word, Use::Street) || !written || numbered(at) {
            return None;
        }
        let whole = at..end;
        let mention = Mention {
            span: pieces.span(&whole)?,
            key: fold(pieces.text(&whole)),
            form: PlaceForm::Name,
            candidates: Vec::new(),
            unlisted: self.words.feature(&word),
            weight: 1.0,
        };
        Some((mention, end))
    }
}
