//! The scanner: one pass over the characters of a paragraph.

use super::chars::{is_mark, is_space, is_word};
use super::{MAX_PIECE_BYTES, Piece};
use std::ops::Range;

/// A run of characters without white space is looked at in windows of this many
/// bytes, so that looking ahead is bounded.
const WINDOW: usize = 2048;

/// A paragraph being scanned.
pub(super) struct Scanner<'a> {
    pub text: &'a str,
    /// One past the last byte of the run of characters at hand.
    pub end: usize,
    /// First byte of that run.
    pub start: usize,
    /// One past the last byte of the paragraph.
    pub paragraph_end: usize,
    /// Whether the run holds an `@`.
    pub has_at: bool,
    /// Whether a single quotation mark is open.
    pub single_quote: bool,
    /// First piece of the paragraph.
    pub first_piece: usize,
    pub out: &'a mut Vec<Piece>,
}

/// Appends the pieces of a paragraph.
pub(super) fn scan(text: &str, paragraph: Range<usize>, out: &mut Vec<Piece>) {
    let first_piece = out.len();
    let mut scanner = Scanner {
        text,
        start: paragraph.start,
        end: paragraph.start,
        paragraph_end: paragraph.end,
        has_at: false,
        single_quote: false,
        first_piece,
        out,
    };
    let mut at = paragraph.start;
    while let Some(start) = scanner.next_run(at) {
        at = scanner.run(start);
    }
}

impl Scanner<'_> {
    /// The start of the next run of characters, with `start` and `end` set to it.
    fn next_run(&mut self, from: usize) -> Option<usize> {
        let bytes = self.text.as_bytes();
        let mut at = from;
        while at < self.paragraph_end {
            let byte = bytes[at];
            if byte > b' ' && byte < 0x80 {
                break;
            }
            let c = self.text[at..].chars().next()?;
            if !is_space(c) {
                break;
            }
            at += c.len_utf8();
        }
        if at >= self.paragraph_end {
            return None;
        }
        (self.start, self.has_at) = (at, false);
        let limit = self.paragraph_end.min(at + WINDOW);
        let mut end = at;
        while end < limit {
            let byte = bytes[end];
            if byte < 0x80 {
                if is_space(byte as char) {
                    break;
                }
                self.has_at |= byte == b'@';
                end += 1;
                continue;
            }
            match self.text[end..].chars().next() {
                Some(c) if !is_space(c) => end += c.len_utf8(),
                _ => break,
            }
        }
        self.end = end;
        Some(at)
    }

    /// Scans the run of characters at hand; returns its end.
    fn run(&mut self, start: usize) -> usize {
        let mut at = start;
        while let Some(c) = self.peek(at) {
            let next = if let Some(end) = self.special(at, c) {
                end
            } else if is_word(c) && !is_mark(c) {
                self.word(at)
            } else {
                self.punctuation(at, c)
            };
            // Every branch moves on; should one not, a character alone is a piece.
            at = if next > at { next } else { self.push(at..at + c.len_utf8()) };
        }
        at
    }

    /// The character at a byte of the run.
    pub fn peek(&self, at: usize) -> Option<char> {
        if at >= self.end {
            return None;
        }
        let byte = self.text.as_bytes()[at];
        if byte < 0x80 { Some(byte as char) } else { self.text[at..].chars().next() }
    }

    /// The character before a byte of the run.
    pub fn before(&self, at: usize) -> Option<char> {
        if at <= self.start { None } else { self.text[..at].chars().next_back() }
    }

    /// Whether the character at a byte of the run is part of a word.
    pub fn is_word_at(&self, at: usize) -> bool {
        self.peek(at).is_some_and(is_word)
    }

    /// The end of the letters, digits and inner underscores from `at` on.
    pub fn word_end(&self, mut at: usize) -> usize {
        while let Some(c) = self.peek(at) {
            if is_word(c) {
                at += c.len_utf8();
            } else if c == '_' && self.is_word_at(at + 1) {
                at += 1;
            } else {
                break;
            }
        }
        at
    }

    /// The end of the run of `c` from `at` on.
    pub fn same_end(&self, mut at: usize, c: char) -> usize {
        while self.peek(at) == Some(c) {
            at += c.len_utf8();
        }
        at
    }

    /// The end of the marks from `at` on, which belong to the character before.
    pub fn marks_end(&self, mut at: usize) -> usize {
        while let Some(c) = self.peek(at).filter(|&c| is_mark(c)) {
            at += c.len_utf8();
        }
        at
    }

    /// Whether nothing but an opening mark is before `at` in the run.
    pub fn opens(&self, at: usize) -> bool {
        match self.before(at) {
            None => true,
            Some(c) => {
                super::chars::is_opening(c) || matches!(c, '\'' | '-' | '–' | '—' | '/' | '…')
            }
        }
    }

    /// The word after the run, past quotation marks and brackets; empty at the
    /// end of the paragraph.
    pub fn following(&self) -> &str {
        let rest = &self.text[self.end..self.paragraph_end];
        // What is further away than this does not continue the sentence.
        let skip = |c: &char| is_space(*c) || super::chars::is_opening(*c) || *c == '\'';
        let skipped: usize = rest.chars().take(64).take_while(skip).map(char::len_utf8).sum();
        let rest = &rest[skipped..];
        let length: usize =
            rest.chars().take(24).take_while(|&c| is_word(c)).map(char::len_utf8).sum();
        &rest[..length]
    }

    /// Adds a surface token, cut if it is too long; returns its end.
    pub fn push(&mut self, bytes: Range<usize>) -> usize {
        self.add(bytes, false)
    }

    /// Adds a word to the surface token before; returns its end.
    pub fn push_joined(&mut self, bytes: Range<usize>) -> usize {
        let joined = self.out.len() > self.first_piece;
        self.add(bytes, joined)
    }

    fn add(&mut self, bytes: Range<usize>, joined: bool) -> usize {
        let (mut start, end) = (bytes.start, bytes.end);
        if start >= end {
            return end;
        }
        while end - start > MAX_PIECE_BYTES {
            let cut = self.text.floor_char_boundary(start + MAX_PIECE_BYTES);
            self.out.push(Piece { bytes: start..cut, joined: joined && start == bytes.start });
            start = cut;
        }
        self.out.push(Piece { bytes: start..end, joined: joined && start == bytes.start });
        end
    }
}
