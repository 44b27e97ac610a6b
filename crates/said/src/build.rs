//! From drafts to claims: spans, form, and everything around the cue.

use crate::draft::{Draft, Reading};
use crate::frame;
use crate::speaker::{Mentions, speaker};
use dateline_account::{Claim, Entity, Form, Span, Time};
use std::ops::Range;

/// The claims of drafts, in the order of the drafts' contents.
pub(crate) fn claims(
    reading: &Reading<'_, '_>,
    drafts: Vec<Draft>,
    entities: &[Entity],
    times: &[Time],
) -> Vec<Claim> {
    let mentions = Mentions::new(reading, entities);
    let (drafts, within) = ordered(drafts);
    let mut claims: Vec<Claim> = drafts
        .iter()
        .enumerate()
        .map(|(at, draft)| claim(reading, &mentions, draft, at as u32, times))
        .collect();
    for (at, draft) in drafts.iter().enumerate() {
        let Some(leader) = draft.follows else { continue };
        let (speaker, channel, said) = match claims.get(leader) {
            Some(leader) => (leader.speaker, leader.channel, leader.said),
            None => continue,
        };
        let claim = &mut claims[at];
        claim.speaker = claim.speaker.or(speaker);
        claim.channel = claim.channel.or(channel);
        claim.said = claim.said.or(said);
    }
    for (at, outer) in within.into_iter().enumerate() {
        let Some(outer) = outer else { continue };
        let relayed = claims[outer].speaker;
        let reports = claims[outer].stance == "report" || is_according(reading, &drafts[outer]);
        let claim = &mut claims[at];
        claim.within = Some(outer as u32);
        if reports && claim.via.is_none() && claim.speaker != relayed {
            claim.via = relayed.and_then(|e| mentions.speaking(e));
        }
    }
    claims
}

fn is_according(reading: &Reading<'_, '_>, draft: &Draft) -> bool {
    draft.cue.first().is_some_and(|cue| reading.lower(cue.start) == "according")
}

/// Drafts in reading order, `follows` pointing to the new places, and for
/// each the draft it is part of.
fn ordered(drafts: Vec<Draft>) -> (Vec<Draft>, Vec<Option<usize>>) {
    let cue = |d: &Draft| d.cue.first().map_or(usize::MAX, |c| c.start);
    let mut order: Vec<usize> = (0..drafts.len()).collect();
    order.sort_by_key(|&at| (drafts[at].start(), cue(&drafts[at]), at));
    let mut place = vec![0; drafts.len()];
    for (new, &old) in order.iter().enumerate() {
        place[old] = new;
    }
    let mut drafts: Vec<Option<Draft>> = drafts.into_iter().map(Some).collect();
    let mut sorted: Vec<Draft> = order.iter().filter_map(|&old| drafts[old].take()).collect();
    for draft in &mut sorted {
        draft.follows = draft.follows.and_then(|old| place.get(old).copied());
    }
    let within = nesting(&sorted);
    (sorted, within)
}

/// For each draft the smallest other one that holds its cue and the beginning
/// of its content in one piece of content.
fn nesting(drafts: &[Draft]) -> Vec<Option<usize>> {
    let mut pieces: Vec<(usize, usize, usize)> = Vec::new();
    for (at, draft) in drafts.iter().enumerate() {
        pieces.extend(draft.content.iter().map(|r| (r.start, r.end, at)));
    }
    pieces.sort_unstable_by_key(|&(start, end, at)| (start, std::cmp::Reverse(end), at));
    // what of a draft must lie inside: from its cue to where its content begins
    let core = |draft: &Draft| -> Range<usize> {
        let begin = draft.start();
        let cue = draft.cue.first().cloned().unwrap_or(begin..begin + 1);
        cue.start.min(begin)..cue.end.max(begin + 1)
    };
    let mut by_start: Vec<(usize, usize)> =
        drafts.iter().enumerate().map(|(at, d)| (core(d).start, at)).collect();
    by_start.sort_unstable();
    let mut within = vec![None; drafts.len()];
    let mut open: Vec<(usize, usize)> = Vec::new(); // end and draft, outermost first
    let mut next = 0;
    for (start, at) in by_start {
        while let Some(&(begin, end, of)) = pieces.get(next).filter(|p| p.0 <= start) {
            while open.last().is_some_and(|&(e, _)| e <= begin) {
                open.pop();
            }
            open.push((end, of));
            next += 1;
        }
        while open.last().is_some_and(|&(e, _)| e <= start) {
            open.pop();
        }
        let core = core(&drafts[at]);
        let holder = open.iter().rev().take(8).find(|&&(end, of)| of != at && end >= core.end);
        within[at] = holder.map(|&(_, of)| of);
    }
    // two that each hold the other's cue are crossed, not nested
    for at in 0..within.len() {
        let (mut here, mut steps) = (within[at], 0);
        while let Some(outer) = here {
            steps += 1;
            if outer == at || steps > 8 {
                within[at] = None;
                break;
            }
            here = within[outer];
        }
    }
    within
}

fn claim(
    reading: &Reading<'_, '_>,
    mentions: &Mentions,
    draft: &Draft,
    id: u32,
    times: &[Time],
) -> Claim {
    let spans = |ranges: &[Range<usize>]| -> Vec<Span> {
        ranges.iter().map(|r| reading.doc.span(r.clone())).collect()
    };
    let anchor = frame::anchor(reading, draft);
    let anchor = anchor.as_ref();
    // what the parser took for no subject may be a name all the same
    let unread = (draft.source.is_empty() && draft.follows.is_none())
        .then(|| mentions.before_cue(reading, draft))
        .flatten();
    let (source, told) = match unread {
        Some((tokens, entity)) => (vec![tokens], Some(entity)),
        None => (draft.source.clone(), speaker(reading, mentions, draft)),
    };
    Claim {
        id,
        source: spans(&source),
        speaker: told,
        cue: spans(&draft.cue),
        content: spans(&draft.content),
        form: form(reading, draft),
        stance: frame::stance(anchor).to_owned(),
        addressee: anchor
            .and_then(|a| frame::addressee(reading, mentions, draft, a))
            .and_then(|e| mentions.speaking(e)),
        via: anchor.and_then(|a| frame::via(reading, mentions, draft, a)),
        channel: anchor.and_then(|a| frame::channel(reading, draft, a)),
        said: anchor.and_then(|a| frame::said(reading, draft, a, times)),
        within: None,
        confidence: (draft.score * 1000.0).round() / 1000.0,
    }
}

/// How much of the content is quoted. A quotation that holds the cue too is
/// somebody else's: what is reported inside it is not quoted for that.
fn form(reading: &Reading<'_, '_>, draft: &Draft) -> Form {
    let around_cue = draft.cue.first().and_then(|c| reading.quotations.of(c.start));
    let (mut quoted, mut plain) = (0usize, 0usize);
    let mut first = true;
    for token in draft.content.iter().flat_map(Clone::clone).filter(|&t| reading.is_word(t)) {
        let inside = reading.quotations.of(token).is_some_and(|q| Some(q) != around_cue);
        let leads = std::mem::take(&mut first) && reading.lower(token) == "that";
        quoted += usize::from(inside);
        plain += usize::from(!inside && !leads);
    }
    match (quoted, plain) {
        (0, _) => Form::Indirect,
        (_, 0) => Form::Direct,
        _ => Form::Mixed,
    }
}
