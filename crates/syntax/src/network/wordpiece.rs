//! Pieces of words, as the encoder's vocabulary has them (Wu et al. 2016).
//!
//! The trainer cuts the same way, one token at a time: lower case, decomposed,
//! without marks and control characters; runs of letters and digits, any other
//! character a run of its own; each run the longest pieces first.

use crate::ModelError;
use std::collections::HashMap;
use std::sync::Arc;
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// Pieces of a token that the encoder sees; those after them say little.
pub(crate) const MOST: usize = 6;
/// Characters of the longest run that is cut; a longer one is unknown.
const LONGEST: usize = 100;

/// A vocabulary of pieces, each with its row in the encoder's table.
#[derive(Debug)]
pub(crate) struct Vocabulary {
    /// Pieces that begin a run.
    heads: HashMap<Box<str>, u32>,
    /// Pieces that go on with one, without the `##` before them.
    tails: HashMap<Box<str>, u32>,
    /// Bytes of the longest piece.
    longest: usize,
    /// Rows of the pieces `[UNK]`, `[CLS]` and `[SEP]`.
    unknown: u32,
    pub(crate) begin: u32,
    pub(crate) end: u32,
}

impl Vocabulary {
    /// Takes the pieces in the order of their rows.
    pub(crate) fn new(pieces: &[Arc<str>]) -> Result<Self, ModelError> {
        let (mut heads, mut tails) = (HashMap::new(), HashMap::new());
        for (row, piece) in (0u32..).zip(pieces) {
            match piece.strip_prefix("##") {
                Some(tail) => tails.insert(tail.into(), row),
                None => heads.insert(piece.as_ref().into(), row),
            };
        }
        let special = |name: &str| {
            let row = heads.get(name).copied();
            row.ok_or_else(|| ModelError::Damaged(format!("no piece '{name}'")))
        };
        let (unknown, begin, end) = (special("[UNK]")?, special("[CLS]")?, special("[SEP]")?);
        let longest = pieces.iter().map(|piece| piece.len()).max().unwrap_or(0);
        Ok(Self { heads, tails, longest, unknown, begin, end })
    }

    /// Adds the rows of a token's first pieces to `out`: at least one, and
    /// [`MOST`] at most.
    pub(crate) fn cut(&self, form: &str, out: &mut Vec<u32>) {
        let first = out.len();
        let lower = form.to_lowercase();
        let mut run = String::new();
        for c in lower.nfd().filter(|&c| !is_combining_mark(c) && !c.is_control()).map(fold) {
            if c.is_alphanumeric() {
                run.push(c);
                continue;
            }
            self.cut_run(&run, out);
            run.clear();
            if !c.is_whitespace() {
                self.cut_run(c.encode_utf8(&mut [0; 4]), out);
            }
            if out.len() - first >= MOST {
                break;
            }
        }
        self.cut_run(&run, out);
        out.truncate(first + MOST);
        if out.len() == first {
            out.push(self.unknown);
        }
    }

    /// Adds the pieces of a run, the longest that fits first each time.
    fn cut_run(&self, run: &str, out: &mut Vec<u32>) {
        let first = out.len();
        if run.chars().nth(LONGEST).is_some() {
            out.push(self.unknown);
            return;
        }
        let mut rest = run;
        while !rest.is_empty() {
            let list = if out.len() == first { &self.heads } else { &self.tails };
            let ends = (1..=rest.len().min(self.longest)).rev();
            let fitting = ends
                .filter(|&end| rest.is_char_boundary(end))
                .find_map(|end| Some((end, *list.get(&rest[..end])?)));
            let Some((end, piece)) = fitting else {
                out.truncate(first);
                out.push(self.unknown);
                return;
            };
            out.push(piece);
            rest = &rest[end..];
        }
    }
}

/// Straight quotation marks for curved ones.
fn fold(c: char) -> char {
    match c {
        '’' | '‘' => '\'',
        '“' | '”' => '"',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PIECES: [&str; 16] = [
        "[PAD]", "[UNK]", "[CLS]", "[SEP]", "re", "##port", "##ers", "report", "##er", "##s", "'",
        "s", "\"", "zu", "##rich", "東",
    ];

    fn cut(form: &str) -> Vec<&'static str> {
        let pieces = PIECES.map(Arc::from);
        let mut out = vec![7];
        Vocabulary::new(&pieces).unwrap().cut(form, &mut out);
        out[1..].iter().map(|&row| PIECES[row as usize]).collect()
    }

    #[test]
    fn the_longest_piece_comes_first() {
        assert_eq!(cut("Reporters"), ["report", "##ers"]);
        assert_eq!(cut("RE"), ["re"]);
        assert_eq!(cut("reports"), ["report", "##s"]);
    }

    #[test]
    fn a_run_that_cannot_be_cut_is_unknown_as_a_whole() {
        assert_eq!(cut("reportx"), ["[UNK]"]);
        assert_eq!(cut("reportx's"), ["[UNK]", "'", "s"]);
        assert_eq!(cut("[CLS]"), ["[UNK]", "[UNK]", "[UNK]"]);
        assert_eq!(cut("東東"), ["[UNK]"]);
        assert_eq!(cut("東"), ["東"]);
    }

    #[test]
    fn marks_case_and_curved_quotes_are_folded() {
        assert_eq!(cut("Zürich’s"), ["zu", "##rich", "'", "s"]);
        assert_eq!(cut("“”"), ["\"", "\""]);
        assert_eq!(cut("re\u{7}s"), ["re", "##s"]);
        assert_eq!(cut("re\u{a0}s"), ["re", "s"]);
    }

    #[test]
    fn every_token_has_from_one_to_six_pieces() {
        assert_eq!(cut(""), ["[UNK]"]);
        assert_eq!(cut("\u{301}\u{7}"), ["[UNK]"]);
        assert_eq!(cut(&"'".repeat(1000)), ["'"; 6]);
        assert_eq!(cut("'''''reporters"), ["'", "'", "'", "'", "'", "report"]);
        assert_eq!(cut(&"s".repeat(100)), ["s", "##s", "##s", "##s", "##s", "##s"]);
        assert_eq!(cut(&"s".repeat(101)), ["[UNK]"]);
    }

    #[test]
    fn a_vocabulary_without_its_special_pieces_is_damaged() {
        let pieces = ["[UNK]", "[CLS]", "##"].map(Arc::from);
        assert!(matches!(Vocabulary::new(&pieces), Err(ModelError::Damaged(_))));
    }
}
