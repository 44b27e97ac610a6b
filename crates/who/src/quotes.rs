//! Which words stand inside somebody's words.

use dateline_syntax::Doc;

/// For each token, the attribution whose content holds it (the innermost), and
/// whether it stands between quotation marks.
#[derive(Debug)]
pub(crate) struct Quoted {
    pub(crate) by: Vec<Option<u32>>,
    pub(crate) marked: Vec<bool>,
}

impl Quoted {
    pub(crate) fn read(doc: &Doc<'_>) -> Self {
        let count = doc.tokens.len();
        let mut by = vec![None; count];
        let mut pieces: Vec<(usize, u32, std::ops::Range<usize>)> = Vec::new();
        for (at, attribution) in doc.attributions.iter().enumerate() {
            for piece in &attribution.content {
                pieces.push((piece.len(), at as u32, piece.clone()));
            }
        }
        // the shorter later, so that it is the one that stays; pieces nest at
        // most a few deep, and the sum of lengths bounds the work
        pieces.sort_by_key(|p| (std::cmp::Reverse(p.0), p.1));
        let mut budget = count.saturating_mul(8) + 1000;
        for (length, at, piece) in pieces {
            if length > budget {
                break;
            }
            budget -= length;
            for slot in by.get_mut(piece).into_iter().flatten() {
                *slot = Some(at);
            }
        }
        Self { by, marked: marked(doc) }
    }
}

/// Tokens between quotation marks; a mark that is not closed holds to the end
/// of its paragraph.
fn marked(doc: &Doc<'_>) -> Vec<bool> {
    let mut marked = vec![false; doc.tokens.len()];
    for paragraph in &doc.paragraphs {
        let mut open = false;
        for sentence in doc.sentences.get(paragraph.clone()).into_iter().flatten() {
            for token in sentence.clone() {
                match doc.form(token) {
                    "“" | "„" | "«" | "``" => open = true,
                    "”" | "»" | "''" => open = false,
                    "\"" => open = !open,
                    _ => marked[token] = open,
                }
            }
        }
    }
    marked
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{doc, with_attribution};

    #[test]
    fn the_innermost_content_holds_a_word() {
        let read = doc(
            "Ana said \" we won \" .",
            &[
                "PROPN 2 nsubj",
                "VERB 0 root",
                "PUNCT 5 punct",
                "PRON 5 nsubj",
                "VERB 2 ccomp",
                "PUNCT 5 punct",
                "PUNCT 2 punct",
            ],
        );
        let read = with_attribution(read, 0..1, 2..6);
        let quoted = Quoted::read(&read);
        assert_eq!(quoted.by[3], Some(0));
        assert_eq!(quoted.by[0], None);
        assert_eq!(quoted.marked, [false, false, false, true, true, false, false]);
    }
}
