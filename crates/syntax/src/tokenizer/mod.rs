//! Text to paragraphs, tokens and a first guess at sentences.
//!
//! The conventions are those of Universal Dependencies for English (the EWT and
//! GUM treebanks, 2.16 and later): a contraction or a possessive is one
//! *surface token* of several *syntactic words* (`don't` is `do` + `n't`), a
//! hyphenated compound is split at its hyphens unless its first part is a
//! prefix (`three - hour`, but `anti-corruption`), an abbreviation keeps its
//! period, a web address is whole. Nothing is normalised: a [`Piece`] is a range
//! of bytes, and the pieces cover every character that is not white space
//! exactly once, in order.
//!
//! The scanner is written by hand and looks at each character a bounded number
//! of times, so that time is linear in the text whatever the text is. The
//! network is trained on the output of this module; what it decides here is
//! what is read there.
//!
//! ```
//! use dateline_syntax::tokenizer::tokenize;
//! let text = "The U.S. envoy didn't say. Talks resumed.";
//! let tokens = tokenize(text);
//! let forms: Vec<&str> = tokens.pieces.iter().map(|p| &text[p.bytes.clone()]).collect();
//! assert_eq!(
//!     forms,
//!     ["The", "U.S.", "envoy", "did", "n't", "say", ".", "Talks", "resumed", "."]
//! );
//! assert!(tokens.pieces[4].joined);
//! assert_eq!(tokens.sentences(), [0..7, 7..10]);
//! ```

mod abbreviations;
mod chars;
mod clitics;
mod datelines;
mod hyphens;
mod numbers;
mod paragraphs;
mod punctuation;
mod scanner;
mod sentences;
#[cfg(test)]
mod tests;
mod web;
mod words;

pub(crate) use datelines::dateline;
use std::ops::Range;

/// No piece is longer than this many bytes; a longer run of characters without
/// any space is cut, between characters.
pub const MAX_PIECE_BYTES: usize = 256;

/// One syntactic word of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// Bytes of the text.
    pub bytes: Range<usize>,
    /// Whether it belongs to the same surface token as the piece before:
    /// `n't` of `don't`, `'s` of `Kenya's`.
    pub joined: bool,
}

/// A text as tokens.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Tokens {
    /// Syntactic words in reading order.
    pub pieces: Vec<Piece>,
    /// Range of pieces of each paragraph, none empty, covering all pieces.
    pub paragraphs: Vec<Range<usize>>,
    /// For each piece, whether it seems to be the last of a sentence. The last
    /// piece of a paragraph always is.
    pub sentence_ends: Vec<bool>,
}

impl Tokens {
    /// Ranges of pieces between the guessed sentence ends.
    pub fn sentences(&self) -> Vec<Range<usize>> {
        let mut start = 0;
        let mut sentences = Vec::new();
        for (at, &end) in self.sentence_ends.iter().enumerate() {
            if end {
                sentences.push(start..at + 1);
                start = at + 1;
            }
        }
        sentences
    }
}

/// Cuts a text into paragraphs, tokens and likely sentences.
pub fn tokenize(text: &str) -> Tokens {
    let mut tokens = Tokens::default();
    for bytes in paragraphs::paragraphs(text) {
        let first = tokens.pieces.len();
        scanner::scan(text, bytes, &mut tokens.pieces);
        if tokens.pieces.len() > first {
            tokens.paragraphs.push(first..tokens.pieces.len());
        }
    }
    tokens.sentence_ends = sentences::guess(text, &tokens.pieces, &tokens.paragraphs);
    tokens
}
