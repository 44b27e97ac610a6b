//! The words of a sentence as place names see them.

use dateline_account::Span;
use dateline_syntax::{Doc, NameKind, Upos};
use std::ops::Range;

/// Pieces on either side that a name is followed over.
const FAR: usize = 32;

/// A token, or a part of one between hyphens: `U.S.` of `U.S.-led`.
#[derive(Debug, Clone)]
pub(crate) struct Piece {
    pub token: usize,
    /// Code points.
    pub span: Span,
    pub bytes: Range<usize>,
    pub capital: bool,
    /// The name that the network found it in: its number and kind.
    pub name: Option<(usize, NameKind)>,
}

/// A sentence in pieces.
#[derive(Debug)]
pub(crate) struct Pieces<'d, 't> {
    pub doc: &'d Doc<'t>,
    pub all: Vec<Piece>,
}

fn hyphen(c: char) -> bool {
    matches!(c, '-' | '–' | '—' | '/' | '‑')
}

impl<'d, 't> Pieces<'d, 't> {
    /// The pieces of tokens; `names` says which name a token belongs to.
    pub(crate) fn new(
        doc: &'d Doc<'t>,
        tokens: Range<usize>,
        names: &[Option<(usize, NameKind)>],
    ) -> Self {
        let mut all = Vec::with_capacity(tokens.len());
        for at in tokens {
            let Some(token) = doc.tokens.get(at) else { continue };
            let form = doc.text.get(token.bytes.clone()).unwrap_or("");
            // most tokens are one piece, or a mark that is none
            let (mut plain, mut piece) = (true, false);
            for byte in form.bytes() {
                plain &= byte.is_ascii() && !matches!(byte, b'-' | b'/');
                piece |= byte.is_ascii_alphanumeric();
            }
            if plain {
                if piece {
                    all.push(Piece {
                        token: at,
                        span: token.span,
                        bytes: token.bytes.clone(),
                        capital: form.starts_with(|c: char| c.is_ascii_uppercase()),
                        name: names.get(at).copied().flatten(),
                    });
                }
                continue;
            }
            let (mut byte, mut point) = (token.bytes.start, token.span.start);
            for part in form.split(hyphen) {
                let points = part.chars().count() as u32;
                if part.chars().any(char::is_alphanumeric) {
                    all.push(Piece {
                        token: at,
                        span: Span::new(point, point + points),
                        bytes: byte..byte + part.len(),
                        capital: part.chars().next().is_some_and(char::is_uppercase),
                        name: names.get(at).copied().flatten(),
                    });
                }
                byte += part.len();
                point += points;
                if let Some(c) = doc.text.get(byte..).and_then(|rest| rest.chars().next()) {
                    byte += c.len_utf8();
                    point += 1;
                }
            }
        }
        Self { doc, all }
    }

    pub(crate) fn len(&self) -> usize {
        self.all.len()
    }

    pub(crate) fn get(&self, at: usize) -> Option<&Piece> {
        self.all.get(at)
    }

    /// The text of a piece.
    pub(crate) fn form(&self, at: usize) -> &'t str {
        self.all.get(at).and_then(|p| self.doc.text.get(p.bytes.clone())).unwrap_or("")
    }

    /// The text of a piece in lower case without full stops.
    pub(crate) fn word(&self, at: usize) -> String {
        self.form(at).trim_end_matches('.').to_lowercase()
    }

    /// The text from the first to the last piece of a range.
    pub(crate) fn text(&self, range: &Range<usize>) -> &'t str {
        let (Some(first), Some(last)) =
            (self.all.get(range.start), self.all.get(range.end.wrapping_sub(1)))
        else {
            return "";
        };
        self.doc.text.get(first.bytes.start..last.bytes.end).unwrap_or("")
    }

    /// The span from the first to the last piece of a range.
    pub(crate) fn span(&self, range: &Range<usize>) -> Option<Span> {
        let last = self.all.get(range.end.checked_sub(1)?)?;
        Some(self.all.get(range.start)?.span.cover(last.span))
    }

    /// The text between a piece and the one before; `None` for the first.
    pub(crate) fn gap(&self, at: usize) -> Option<&'t str> {
        let before = self.all.get(at.checked_sub(1)?)?.bytes.end;
        self.doc.text.get(before..self.all.get(at)?.bytes.start)
    }

    /// Whether a piece follows the one before with nothing but white space,
    /// hyphens or full stops between.
    pub(crate) fn joined(&self, at: usize) -> bool {
        self.gap(at).is_some_and(|gap| {
            gap == " "
                || gap
                    .chars()
                    .all(|c| c.is_whitespace() || hyphen(c) || matches!(c, '.' | '\'' | '’'))
                    && gap.chars().filter(|c| *c == '\n').count() < 2
        })
    }

    /// Whether a piece follows the one before with white space only.
    pub(crate) fn beside(&self, at: usize) -> bool {
        self.gap(at).is_some_and(|gap| {
            gap == " "
                || gap.chars().all(char::is_whitespace)
                    && gap.chars().filter(|c| *c == '\n').count() < 2
        })
    }

    /// Tag of a piece's token.
    pub(crate) fn upos(&self, at: usize) -> Option<Upos> {
        self.all.get(at).and_then(|p| self.doc.tokens.get(p.token)).map(|t| t.upos)
    }

    /// Kind of the network's name at a piece.
    pub(crate) fn kind(&self, at: usize) -> Option<NameKind> {
        self.all.get(at).and_then(|p| p.name).map(|(_, kind)| kind)
    }

    /// The pieces of the network's name that a piece is in; of a name without
    /// end, those not too far away.
    pub(crate) fn name_range(&self, at: usize) -> Option<Range<usize>> {
        let (number, _) = self.all.get(at)?.name?;
        let inside =
            |at: &usize| self.get(*at).and_then(|p| p.name).is_some_and(|(n, _)| n == number);
        let start = (at.saturating_sub(FAR)..at).rev().take_while(inside).last().unwrap_or(at);
        let end = (at..at + FAR).take_while(inside).last().unwrap_or(at) + 1;
        Some(start..end)
    }
}
