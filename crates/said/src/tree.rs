//! Questions to the trees of a document.

use dateline_syntax::Doc;
use std::ops::Range;

/// The first token of a range whose head lies outside it; the range's first
/// for a range without one. Looks at no more than sixty-four tokens.
pub(crate) fn head_of(doc: &Doc<'_>, range: Range<usize>) -> usize {
    let end = range.end.min(doc.tokens.len()).min(range.start.saturating_add(64));
    let outer = || {
        (range.start..end)
            .filter(|&t| doc.tokens[t].head.is_none_or(|h| !range.contains(&h)))
            .filter(|&t| !is_punct(doc, t))
    };
    outer().next().unwrap_or(range.start)
}

/// The head of a noun phrase: as above, but a noun or pronoun rather than a
/// stray participle before it ("state-run").
pub(crate) fn nominal_head_of(doc: &Doc<'_>, range: Range<usize>) -> usize {
    use dateline_syntax::Upos::{Noun, Pron, Propn};
    let head = head_of(doc, range.clone());
    let noun = |t: usize| matches!(doc.tokens[t].upos, Noun | Propn | Pron);
    if doc.tokens.get(head).is_none() || noun(head) {
        return head;
    }
    let end = range.end.min(doc.tokens.len()).min(range.start.saturating_add(64));
    (range.start..end)
        .find(|&t| noun(t) && doc.tokens[t].head.is_none_or(|h| !range.contains(&h)))
        .unwrap_or(head)
}

fn is_punct(doc: &Doc<'_>, token: usize) -> bool {
    doc.tokens[token].upos == dateline_syntax::Upos::Punct
}
