//! From the network's linked attributions to drafts.

use crate::draft::{Draft, Origin, Reading, tidy};
use std::collections::BTreeMap;
use std::ops::Range;

/// A draft for each attribution of the document that has content.
pub(crate) fn drafts(reading: &Reading<'_, '_>) -> Vec<Draft> {
    let n = reading.doc.tokens.len();
    let mut drafts: Vec<Draft> = reading
        .doc
        .attributions
        .iter()
        .map(|a| Draft {
            source: tidy(&a.source, n),
            cue: tidy(&a.cue, n),
            content: tidy(&a.content, n),
            follows: None,
            origin: Origin::Network,
            mended: Vec::new(),
            score: if a.score.is_finite() { a.score.clamp(0.0, 1.0) } else { 0.5 },
        })
        .filter(|d| !d.content.is_empty())
        .collect();
    for draft in &mut drafts {
        draft.content = whole(reading, &draft.content);
    }
    complete_quotations(reading, &mut drafts);
    drafts.sort_by_key(Draft::start);
    drafts
}

/// Takes in the rest of a quotation when a content holds most of it and no
/// other claim has a part in it.
fn complete_quotations(reading: &Reading<'_, '_>, drafts: &mut [Draft]) {
    let mut used = vec![false; reading.doc.tokens.len()];
    for draft in drafts.iter() {
        for range in draft.content.iter().chain(&draft.cue).chain(&draft.source) {
            used[range.clone()].fill(true);
        }
    }
    for draft in drafts.iter_mut() {
        let mut held: BTreeMap<usize, usize> = BTreeMap::new();
        for token in draft.content.iter().flat_map(Clone::clone).filter(|&t| reading.is_word(t)) {
            if let Some(quotation) = reading.quotations.of(token) {
                *held.entry(quotation).or_default() += 1;
            }
        }
        for (quotation, held) in held {
            let tokens = reading.quotations.all[quotation].tokens.clone();
            if tokens.len() > 4 * held + 8 {
                continue; // too long to hold half of it
            }
            let words = reading.words(tokens.clone());
            let used = tokens.clone().filter(|&t| reading.is_word(t) && used[t]).count();
            if used == held && held < words && held * 2 >= words {
                draft.content.push(tokens);
                draft.content.sort_by_key(|r| r.start);
                draft.content = joined(&draft.content);
                draft.mended.push("content: with the rest of its quotation");
            }
        }
    }
}

/// Sorted ranges, those that overlap made one.
fn joined(ranges: &[Range<usize>]) -> Vec<Range<usize>> {
    let mut out: Vec<Range<usize>> = Vec::new();
    for range in ranges {
        match out.last_mut() {
            Some(last) if range.start < last.end => last.end = last.end.max(range.end),
            _ => out.push(range.clone()),
        }
    }
    out
}

/// Content with the quotation marks that enclose it, without stray
/// punctuation, its pieces joined over gaps of nothing but punctuation.
fn whole(reading: &Reading<'_, '_>, content: &[Range<usize>]) -> Vec<Range<usize>> {
    let mut pieces: Vec<Range<usize>> = Vec::new();
    for piece in content.iter().flat_map(|piece| by_paragraph(reading, piece)) {
        let piece = with_marks(reading, piece);
        let joins = pieces.last().is_some_and(|last| {
            piece.start >= last.end
                && piece.start - last.end <= 3
                && (last.end..piece.start).all(|t| !reading.is_word(t))
                && reading.paragraph(last.end - 1) == reading.paragraph(piece.start)
        });
        match pieces.last_mut() {
            Some(last) if joins => last.end = piece.end,
            _ => pieces.push(piece),
        }
    }
    pieces
}

/// A range cut where paragraphs end.
fn by_paragraph(reading: &Reading<'_, '_>, range: &Range<usize>) -> Vec<Range<usize>> {
    let mut pieces = Vec::new();
    let mut start = range.start;
    while start < range.end {
        let end = reading.paragraph_tokens(reading.paragraph(start)).end;
        let end = if end > start { end.min(range.end) } else { range.end };
        pieces.push(start..end);
        start = end;
    }
    pieces.retain(|p| reading.words(p.clone()) > 0);
    if pieces.is_empty() { vec![range.clone()] } else { pieces }
}

/// A range with the marks of a quotation that begins or ends where it does.
fn with_marks(reading: &Reading<'_, '_>, mut range: Range<usize>) -> Range<usize> {
    if let Some(quotation) = range.start.checked_sub(1).and_then(|t| reading.quotations.of(t)) {
        let tokens = &reading.quotations.all[quotation].tokens;
        if tokens.start + 1 == range.start && !reading.is_word(tokens.start) {
            range.start = tokens.start;
        }
    }
    if let Some(quotation) = reading.quotations.of(range.end) {
        let tokens = &reading.quotations.all[quotation].tokens;
        let tail = range.end..tokens.end;
        if tokens.start < range.end && tail.len() <= 3 && tail.clone().all(|t| !reading.is_word(t))
        {
            range.end = tokens.end;
        }
    }
    range
}
