//! Datelines: the place, and sometimes the agency and the day, that a report
//! begins with ("LIMA, Peru (Reuters) - The army said"), as style guides of
//! the wires have it. The place of a dateline is neither a person nor the
//! subject of the first sentence.

use dateline_syntax::{Doc, Upos};
use std::ops::Range;

/// Longer datelines than this many tokens are none.
const LONGEST: usize = 14;

/// The tokens before the dash of each paragraph that begins with a dateline.
pub(crate) fn datelines(doc: &Doc<'_>) -> Vec<Range<usize>> {
    doc.paragraphs.iter().filter_map(|paragraph| dateline(doc, paragraph)).collect()
}

fn dateline(doc: &Doc<'_>, paragraph: &Range<usize>) -> Option<Range<usize>> {
    let start = doc.sentences.get(paragraph.start)?.start;
    let end = doc.sentences.get(paragraph.end.checked_sub(1)?)?.end;
    let first = doc.tokens.get(start)?;
    let name = doc.form(start);
    let letters = name.chars().filter(|c| c.is_alphabetic()).count();
    if letters < 3 || name.chars().any(char::is_lowercase) || first.upos == Upos::Num {
        return None;
    }
    let limit = end.min(start + LONGEST);
    let dash = (start + 1..limit).find(|&t| matches!(doc.form(t), "-" | "--" | "–" | "—"))?;
    let apart = |t: usize| {
        let before = doc.tokens.get(t.wrapping_sub(1)).map(|b| b.span.end);
        let after = doc.tokens.get(t + 1).map(|a| a.span.start);
        let own = doc.tokens[t].span;
        before.is_some_and(|b| b < own.start) && after.is_some_and(|a| a > own.end)
    };
    let plain = |t: usize| {
        let form = doc.form(t);
        let capital = form.chars().next().is_some_and(|c| c.is_uppercase() || c.is_ascii_digit());
        capital || matches!(form, "," | "." | "(" | ")" | "/" | "de" | "la" | "al" | "of")
    };
    (apart(dash) && (start..dash).all(plain)).then_some(start..dash)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::doc;

    #[test]
    fn a_dateline_ends_at_its_dash() {
        let parts = ["PROPN 5 nsubj", "PUNCT 1 punct", "DET 4 det", "NOUN 5 nsubj", "VERB 0 root"];
        let report = doc("LIMA - The army left", &parts);
        assert_eq!(datelines(&report).first(), Some(&(0..1)));
        let other = doc("Nobody - the army left", &parts);
        assert!(datelines(&other).is_empty());
    }
}
