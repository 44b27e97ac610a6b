//! Adjectives made from places, and what they are when they are none.

use crate::candidate;
use crate::find::Finder;
use crate::fold;
use crate::known::Sentence;
use crate::mention::{Found, Mention};
use crate::pieces::Pieces;
use crate::words::Use;
use dateline_account::PlaceForm;
use dateline_syntax::{NameKind, Upos};
use std::ops::Range;

impl<'r> Finder<'r> {
    pub(crate) fn demonym(
        &self,
        sentence: &Sentence<'_, '_, '_, 'r>,
        range: &Range<usize>,
        key: &str,
    ) -> Found<'r> {
        let pieces = sentence.pieces;
        let candidates = candidate::of_entries(self.atlas.demonym(key));
        if candidates.is_empty() || self.atlas.is_people(key) {
            return None;
        }
        if self.is_language(pieces, range, key) || self.is_ancestry(pieces, range) {
            return None;
        }
        if self.in_media(pieces, range.start) {
            return None;
        }
        let span = pieces.span(range)?;
        let form = PlaceForm::Demonym;
        Some((
            Mention {
                span,
                key: format!("{key} (demonym)"),
                form,
                candidates,
                unlisted: None,
                weight: 1.0,
            },
            range.end,
        ))
    }

    /// "in French", "speaks Dutch", "the Spanish language".
    pub(crate) fn is_language(
        &self,
        pieces: &Pieces<'_, '_>,
        range: &Range<usize>,
        key: &str,
    ) -> bool {
        let before = if range.start == 0 { String::new() } else { pieces.word(range.start - 1) };
        let after = if pieces.beside(range.end) { pieces.word(range.end) } else { String::new() };
        let alone = after.is_empty()
            || !matches!(
                pieces.upos(range.end),
                Some(Upos::Noun | Upos::Propn | Upos::Adj | Upos::Num)
            );
        self.words.has(&before, Use::Language)
            || self.words.has(&after, Use::Language)
            || (before == "in" || before == "into" || before == "from") && alone
            || key == "english" && alone
    }

    /// "African American", "Native American": people at home, not a place.
    pub(crate) fn is_ancestry(&self, pieces: &Pieces<'_, '_>, range: &Range<usize>) -> bool {
        let american = |at: usize| matches!(pieces.word(at).as_str(), "american" | "americans");
        if pieces.joined(range.end) && american(range.end) && !american(range.start) {
            return !pieces.gap(range.end).is_some_and(|gap| gap.contains('/'));
        }
        if !american(range.start) || range.start == 0 || !pieces.joined(range.start) {
            return false;
        }
        let before = pieces.word(range.start - 1);
        before == "native" || self.atlas.demonym(&fold(&before)).next().is_some()
    }

    /// Whether a piece is inside the name of a newspaper or broadcaster.
    pub(crate) fn in_media(&self, pieces: &Pieces<'_, '_>, at: usize) -> bool {
        let media = |at: usize| {
            pieces.get(at).is_some_and(|p| p.capital)
                && self.words.has(&pieces.word(at), Use::Media)
        };
        match (pieces.kind(at), pieces.name_range(at)) {
            (Some(NameKind::Organization | NameKind::Other), Some(name)) => {
                name.into_iter().any(media)
            }
            _ => {
                let ahead = (at + 1..(at + 4).min(pieces.len())).take_while(|next| {
                    pieces.beside(*next) && pieces.get(*next).is_some_and(|p| p.capital)
                });
                ahead.into_iter().any(media)
            }
        }
    }
}
