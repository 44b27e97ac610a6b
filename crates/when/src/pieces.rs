//! The text cut into pieces that the grammar of times can rely on whatever
//! the tokenizer does: runs of letters, runs of digits, single marks.
//!
//! `three-hour` is three pieces, `Sept.` two, `1990s` two, `2014-15` three,
//! `1,000` one. Pieces come in blocks, about a paragraph each, so that a text
//! of any length needs little memory at a time.

use std::borrow::Cow;

/// What a piece is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Letters.
    Word,
    /// ASCII digits, with thousands separators or a decimal point inside.
    Number,
    /// Any other character that is not white space.
    Mark,
}

/// A run of characters of one kind.
#[derive(Debug, Clone)]
pub(crate) struct Piece<'t> {
    /// First byte in the text.
    pub start: usize,
    /// As written.
    pub text: &'t str,
    /// In lower case.
    pub lower: Cow<'t, str>,
    /// What it is made of.
    pub kind: Kind,
    /// Whether white space stands before it.
    pub spaced: bool,
}

impl Piece<'_> {
    /// One past the last byte.
    pub fn end(&self) -> usize {
        self.start + self.text.len()
    }
}

/// A block this long ends at the next full stop.
const SOFT: usize = 4000;
/// A block this long ends.
const HARD: usize = 8000;

/// The blocks of a text, in order.
pub(crate) struct Blocks<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Blocks<'t> {
    pub(crate) fn new(text: &'t str) -> Self {
        Self { text, at: 0 }
    }
}

impl<'t> Iterator for Blocks<'t> {
    type Item = Vec<Piece<'t>>;

    fn next(&mut self) -> Option<Self::Item> {
        // a paragraph of news, mostly
        let mut pieces: Vec<Piece<'t>> = Vec::with_capacity(64);
        let (mut spaced, mut lines) = (true, 0);
        while let Some(first) = self.text.get(self.at..).and_then(|rest| rest.chars().next()) {
            if first.is_whitespace() {
                lines += usize::from(first == '\n');
                spaced = true;
                self.at += first.len_utf8();
                if lines > 1 && !pieces.is_empty() {
                    break;
                }
                continue;
            }
            lines = 0;
            let piece = piece(self.text, self.at, first, spaced);
            spaced = false;
            self.at = piece.end();
            let stop = piece.kind == Kind::Mark && matches!(piece.text, "." | "!" | "?" | ";");
            pieces.push(piece);
            if pieces.len() >= HARD || pieces.len() >= SOFT && stop {
                break;
            }
        }
        (!pieces.is_empty()).then_some(pieces)
    }
}

/// The piece that begins at a byte with the character `first`.
fn piece(text: &str, start: usize, first: char, spaced: bool) -> Piece<'_> {
    let rest = text.get(start..).unwrap_or("");
    let (kind, (length, capitals)) = if first.is_ascii_digit() {
        (Kind::Number, (number_length(rest.as_bytes()), false))
    } else if first.is_alphabetic() {
        (Kind::Word, word_length(rest))
    } else {
        (Kind::Mark, (first.len_utf8(), first.is_uppercase()))
    };
    let written = rest.get(..length).unwrap_or(rest);
    let lower = if capitals { Cow::Owned(written.to_lowercase()) } else { Cow::Borrowed(written) };
    Piece { start, text: written, lower, kind, spaced }
}

fn is_combining(c: char) -> bool {
    ('\u{300}'..='\u{36f}').contains(&c)
}

/// Length of the letters, at least one, that a text begins with, and whether
/// there are capitals among them.
fn word_length(text: &str) -> (usize, bool) {
    let (mut length, mut capitals) = (0, false);
    for byte in text.bytes().take_while(u8::is_ascii_alphabetic) {
        length += 1;
        capitals |= byte.is_ascii_uppercase();
    }
    // what is beyond ASCII may be a letter or an accent for one
    if text.as_bytes().get(length).is_some_and(|byte| !byte.is_ascii()) {
        let end = text.find(|c: char| !c.is_alphabetic() && !is_combining(c));
        let word = text.get(..end.unwrap_or(text.len())).unwrap_or(text);
        return (word.len(), word.chars().any(char::is_uppercase));
    }
    (length, capitals)
}

/// Length of a number: a separator belongs to it when three digits follow it
/// and no more, a point when any digit does.
fn number_length(bytes: &[u8]) -> usize {
    let digits = |from: usize| bytes.iter().skip(from).take_while(|b| b.is_ascii_digit()).count();
    let mut end = digits(0);
    loop {
        let next = digits(end + 1);
        match bytes.get(end) {
            Some(b',') if next == 3 => end += 4,
            Some(b'.') if next > 0 => end += 1 + next,
            _ => return end,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> Vec<Vec<String>> {
        Blocks::new(text).map(|b| b.iter().map(|p| p.text.to_owned()).collect()).collect()
    }

    #[test]
    fn pieces_are_letters_digits_and_marks() {
        assert_eq!(
            cut("A three-hour talk, Sept. 5,1990s 1,000"),
            [["A", "three", "-", "hour", "talk", ",", "Sept", ".", "5", ",", "1990", "s", "1,000"]]
        );
    }

    #[test]
    fn blank_lines_part_blocks_and_single_ones_do_not() {
        assert_eq!(cut("last\nyear\n \nnow"), [vec!["last", "year"], vec!["now"]]);
        assert!(cut(" \n\n ").is_empty());
    }

    #[test]
    fn long_texts_come_in_pieces() {
        let blocks = cut(&"word. ".repeat(10_000));
        assert!(blocks.len() > 2 && blocks.iter().all(|b| b.len() <= HARD));
    }
}
