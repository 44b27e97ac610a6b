//! The trees of a document seen from above.

use crate::Doc;
use std::ops::Range;

/// Dependents and extents of all tokens, found in time linear in the document
/// whatever the length of a sentence.
///
/// Heads that point outside the document or at the token itself, which no model
/// gives but a document made by hand may have, are left out; tokens of a cycle
/// keep themselves as extent.
///
/// ```
/// use dateline_syntax::{Arcs, Model};
/// let model = Model::swift()?;
/// let doc = model.read("The old bridge closed on Monday.");
/// let arcs = Arcs::new(&doc);
/// let bridge = 2;
/// assert_eq!(arcs.dependents(bridge), [0, 1]);
/// assert_eq!(arcs.extent(bridge), 0..3);
/// # Ok::<(), dateline_syntax::ModelError>(())
/// ```
#[derive(Debug, Clone)]
pub struct Arcs {
    /// Where the dependents of each token begin in `dependents`.
    first: Vec<usize>,
    dependents: Vec<usize>,
    extents: Vec<(usize, usize)>,
}

impl Arcs {
    /// Looks over all trees of a document once.
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
        // From the roots down, so that walking the order backwards meets
        // dependents before their heads.
        let mut order: Vec<usize> = (0..n).filter(|&t| head(t).is_none()).collect();
        let mut at = 0;
        while at < order.len() {
            let t = order[at];
            order.extend_from_slice(&dependents[first[t]..first[t + 1]]);
            at += 1;
        }
        let mut extents: Vec<(usize, usize)> = (0..n).map(|t| (t, t + 1)).collect();
        for &t in order.iter().rev() {
            if let Some(h) = head(t) {
                let (start, end) = extents[t];
                let above = &mut extents[h];
                *above = (above.0.min(start), above.1.max(end));
            }
        }
        Self { first, dependents, extents }
    }

    /// Direct dependents in reading order; none for a token that is not there.
    pub fn dependents(&self, token: usize) -> &[usize] {
        match (self.first.get(token), self.first.get(token + 1)) {
            (Some(&start), Some(&end)) => self.dependents.get(start..end).unwrap_or(&[]),
            _ => &[],
        }
    }

    /// From the first to one past the last token at or below a token: the
    /// subtree, where the tree is projective.
    pub fn extent(&self, token: usize) -> Range<usize> {
        self.extents.get(token).map_or(token..token, |&(start, end)| start..end)
    }
}
