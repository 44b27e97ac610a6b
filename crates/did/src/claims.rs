//! Which claim reports what a token says.

use crate::tree::Tree;
use dateline_account::Claim;

/// The innermost claim whose content holds each token.
pub(crate) fn innermost(tree: &Tree<'_, '_>, claims: &[Claim]) -> Vec<Option<u32>> {
    let mut spans: Vec<(usize, usize, u32)> = claims
        .iter()
        .flat_map(|claim| claim.content.iter().map(move |span| (claim, *span)))
        .map(|(claim, span)| {
            let tokens = tree.doc.tokens_in(span);
            (tokens.start, tokens.end, claim.id)
        })
        .filter(|(start, end, _)| start < end)
        .collect();
    // the outer before the inner, so that the inner lies on top
    spans.sort_by_key(|&(start, end, id)| (start, std::cmp::Reverse(end), id));
    let mut out = vec![None; tree.doc.tokens.len()];
    let mut open: Vec<(usize, u32)> = Vec::new();
    let mut next = 0;
    for (token, slot) in out.iter_mut().enumerate() {
        while let Some(&(start, end, id)) = spans.get(next).filter(|(start, ..)| *start <= token) {
            debug_assert!(start <= token);
            open.push((end, id));
            next += 1;
        }
        while open.last().is_some_and(|(end, _)| *end <= token) {
            open.pop();
        }
        *slot = open.last().map(|(_, id)| *id);
    }
    out
}
