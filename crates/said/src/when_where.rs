//! When and where a claim was made: the time and the place that hang on the
//! cue's clause, or the running ones of the paragraph.

use crate::draft::{Draft, Reading};
use crate::frame::{Anchor, in_clause};
use crate::tree::head_of;
use dateline_account::{Place, PlaceForm, Span, Time, TimeType};
use dateline_syntax::Upos;
use std::ops::Range;

/// So many rows of a sentence are looked at.
const MOST: usize = 64;

/// What tied a time or a place to a claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tie {
    /// It stands beside the cue.
    Beside,
    /// It hangs in the clause of the cue.
    Clause,
    /// It ends the sentence, after the content.
    Tail,
}

impl Tie {
    /// The rule in words.
    pub fn name(self) -> &'static str {
        match self {
            Self::Beside => "beside the cue",
            Self::Clause => "in the clause of the cue (tree)",
            Self::Tail => "at the end of the sentence, after the content",
        }
    }
}

/// When it was said: index of the time, and the rule.
pub(crate) fn said(
    reading: &Reading<'_, '_>,
    draft: &Draft,
    anchor: &Anchor<'_>,
    times: &[Time],
) -> Option<(u32, Tie)> {
    let dated = |time: &Time| matches!(time.kind, TimeType::Date | TimeType::Time);
    nearest(reading, draft, anchor, times, |time| (time.span, dated(time)))
}

/// Where it was said: index of the place, and the rule. The place follows a
/// word that says where somebody is; `of France` and `to Paris` do not.
pub(crate) fn place(
    reading: &Reading<'_, '_>,
    draft: &Draft,
    anchor: &Anchor<'_>,
    places: &[Place],
) -> Option<(u32, Tie)> {
    let located = |place: &Place| {
        let first = reading.doc.tokens_in(place.span).start;
        let before = first.checked_sub(1).map(|at| reading.lower(at));
        let there = matches!(before.as_deref(), Some("in" | "at" | "near" | "outside" | "inside"));
        place.form == PlaceForm::Name && there
    };
    nearest(reading, draft, anchor, places, |place| (place.span, located(place)))
}

/// The row of the cue's sentence, outside content and source, that hangs on
/// the cue and is nearest to it. `of` gives a row's span and whether it is
/// one to take.
fn nearest<R>(
    reading: &Reading<'_, '_>,
    draft: &Draft,
    anchor: &Anchor<'_>,
    rows: &[R],
    of: impl Fn(&R) -> (Span, bool),
) -> Option<(u32, Tie)> {
    let doc = reading.doc;
    let sentence = reading.sentence(anchor.token);
    if sentence.is_empty() {
        return None;
    }
    let span: Span = doc.span(sentence.start..sentence.end.min(doc.tokens.len()));
    let from = rows.partition_point(|row| of(row).0.end <= span.start);
    let mut best: Option<(usize, u32, Tie)> = None;
    for (at, row) in rows.iter().enumerate().skip(from).take(MOST) {
        let (place, fits) = of(row);
        if place.start >= span.end {
            break;
        }
        let tokens = doc.tokens_in(place);
        let meets = |r: &Range<usize>| r.start < tokens.end && tokens.start < r.end;
        if !fits || tokens.is_empty() || draft.content.iter().any(meets) {
            continue;
        }
        let head = head_of(doc, tokens.clone());
        let tie = if beside_cue(reading, &tokens, draft) {
            Tie::Beside
        } else if in_clause(reading, head, anchor) {
            Tie::Clause
        } else if in_tail(reading, &tokens, draft) {
            Tie::Tail
        } else {
            continue;
        };
        let distance = head.abs_diff(anchor.token);
        if best.is_none_or(|(known, ..)| distance < known) {
            best = Some((distance, at as u32, tie));
        }
    }
    best.map(|(_, at, tie)| (at, tie))
}

/// "said Thursday", "said, on Thursday", "on Wednesday said": nothing but small
/// words between; a comma before the cue ends another clause.
fn beside_cue(reading: &Reading<'_, '_>, tokens: &Range<usize>, draft: &Draft) -> bool {
    draft.cue.iter().any(|cue| {
        let after = cue.end <= tokens.start;
        let mut between = if after { cue.end..tokens.start } else { tokens.end..cue.start };
        between.len() <= 2
            && between.all(|t| match reading.upos(t) {
                Upos::Adp | Upos::Det => true,
                Upos::Punct => after,
                _ => false,
            })
    })
}

/// The last words of the sentence, right after the content.
fn in_tail(reading: &Reading<'_, '_>, tokens: &Range<usize>, draft: &Draft) -> bool {
    let Some(end) = draft.content.last().map(|r| r.end) else { return false };
    let after_cue = draft.cue.last().is_some_and(|c| c.end <= end);
    after_cue
        && tokens.start >= end
        && tokens.start - end <= 2
        && (end..tokens.start)
            .all(|t| matches!(reading.upos(t), Upos::Adp | Upos::Det | Upos::Punct))
}
