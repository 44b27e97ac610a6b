//! The trees of a document, made ready for many questions: dependents and
//! extents of every token in linear time, whatever the length of a sentence.

use dateline_syntax::Doc;
use std::ops::Range;

/// Dependents and extents of all tokens.
#[derive(Debug)]
pub(crate) struct Tree {
    /// Where the dependents of each token begin in `dependents`.
    first: Vec<usize>,
    dependents: Vec<usize>,
    extent: Vec<(usize, usize)>,
}

impl Tree {
    pub fn new(doc: &Doc<'_>) -> Self {
        let n = doc.tokens.len();
        let head = |t: usize| doc.tokens[t].head.filter(|&h| h < n && h != t);
        let mut first = vec![0; n + 1];
        for t in 0..n {
            if let Some(h) = head(t) {
                first[h + 1] += 1;
            }
        }
        for t in 0..n {
            first[t + 1] += first[t];
        }
        let mut dependents = vec![0; first[n]];
        let mut next = first.clone();
        for t in 0..n {
            if let Some(h) = head(t) {
                dependents[next[h]] = t;
                next[h] += 1;
            }
        }
        // Reading order from the roots, so that walking it backwards sees
        // dependents before heads; a cycle has no root and keeps itself.
        let mut order: Vec<usize> = (0..n).filter(|&t| head(t).is_none()).collect();
        let mut at = 0;
        while at < order.len() {
            let t = order[at];
            order.extend_from_slice(&dependents[first[t]..first[t + 1]]);
            at += 1;
        }
        let mut extent: Vec<(usize, usize)> = (0..n).map(|t| (t, t + 1)).collect();
        for &t in order.iter().rev() {
            if let Some(h) = head(t) {
                let (start, end) = extent[t];
                let of_head = &mut extent[h];
                *of_head = (of_head.0.min(start), of_head.1.max(end));
            }
        }
        Self { first, dependents, extent }
    }

    /// Direct dependents in reading order.
    pub fn dependents(&self, token: usize) -> &[usize] {
        match (self.first.get(token), self.first.get(token + 1)) {
            (Some(&start), Some(&end)) => self.dependents.get(start..end).unwrap_or(&[]),
            _ => &[],
        }
    }

    /// From the first to one past the last token at or below a token.
    pub fn extent(&self, token: usize) -> Range<usize> {
        self.extent.get(token).map_or(token..token, |&(start, end)| start..end)
    }
}

/// The first token of a range whose head lies outside it; the range's first
/// for a range without one. Looks at no more than sixty-four tokens.
pub(crate) fn head_of(doc: &Doc<'_>, range: Range<usize>) -> usize {
    let end = range.end.min(doc.tokens.len()).min(range.start.saturating_add(64));
    (range.start..end)
        .find(|&t| doc.tokens[t].head.is_none_or(|h| !range.contains(&h)) && !is_punct(doc, t))
        .unwrap_or(range.start)
}

fn is_punct(doc: &Doc<'_>, token: usize) -> bool {
    doc.tokens[token].upos == dateline_syntax::Upos::Punct
}
