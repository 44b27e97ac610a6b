//! Decisions with the right answers, for training.

use super::candidates::Ranking;
use crate::link::Linker;
use dateline_account::Span;
use std::collections::HashMap;

/// One decision of the ranker.
#[derive(Debug, Clone, PartialEq)]
pub struct Decision {
    /// Whether each answer is right: first that something new is meant, then
    /// each candidate. At least one is.
    pub right: Vec<bool>,
    /// The features of each answer, rows of the ranker's table.
    pub features: Vec<Vec<u16>>,
}

/// The gold entity of each mention: one whose span is the mention's, else the
/// shortest with the same head.
pub(crate) fn gold(linker: &Linker<'_, '_>, chains: &[Vec<Span>]) -> Vec<Option<u32>> {
    let doc = linker.scene.doc;
    let mut exact: HashMap<Span, u32> = HashMap::new();
    let mut heads: HashMap<usize, (u32, u32)> = HashMap::new();
    for (chain, span) in chains.iter().enumerate().flat_map(|(c, s)| s.iter().map(move |s| (c, *s)))
    {
        let tokens = doc.tokens_in(span);
        if tokens.is_empty() {
            continue;
        }
        exact.insert(span, chain as u32);
        let length = span.end - span.start;
        let held = heads.entry(doc.head_of(tokens)).or_insert((length, chain as u32));
        if length < held.0 {
            *held = (length, chain as u32);
        }
    }
    let of = |draft: &crate::draft::Draft| {
        let whole = exact.get(&doc.span(draft.tokens.clone())).copied();
        whole.or_else(|| heads.get(&draft.head).map(|h| h.1))
    };
    linker.drafts.iter().map(of).collect()
}

impl Ranking {
    /// The decision on a mention, with its right answers.
    pub(crate) fn decision(
        &self,
        linker: &Linker<'_, '_>,
        at: u32,
        speakers: &[Option<u32>],
        gold: &[Option<u32>],
    ) -> Decision {
        let (new, answers) = self.answers(linker, at, speakers);
        let own = gold[at as usize];
        let mut right: Vec<bool> =
            answers.iter().map(|(m, _)| own.is_some() && gold[*m as usize] == own).collect();
        right.insert(0, right.iter().all(|r| !r));
        let features = std::iter::once(new).chain(answers.into_iter().map(|(_, f)| f)).collect();
        Decision { right, features }
    }
}
