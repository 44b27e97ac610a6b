//! From drafts to claims: spans, form, and everything around the cue.

use crate::Candidate;
use crate::draft::{Draft, Origin, Reading};
use crate::explain::Explainer;
use crate::frame;
use crate::speaker::{Mentions, speaker};
use crate::weigh::{self, Scene};
use crate::when_where;
use dateline_account::{Claim, Form, Place, Span, Time};
use dateline_learned::Weights;
use std::ops::Range;

/// The rows of the account that claims point into.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Rows<'a> {
    pub times: &'a [Time],
    pub places: &'a [Place],
}

/// A draft with how sure it is.
#[derive(Debug)]
pub(crate) struct Weighed {
    pub draft: Draft,
    pub confidence: f32,
}

/// Drafts with their confidence. Before, a name that no step has read as the
/// subject of its verb becomes the source, and a quotation that goes on with a
/// claim gets the words that name the source there.
pub(crate) fn weighed(
    reading: &Reading<'_, '_>,
    mentions: &Mentions,
    weights: &Weights,
    mut drafts: Vec<Draft>,
) -> Vec<Weighed> {
    for draft in &mut drafts {
        if draft.source.is_empty()
            && draft.follows.is_none()
            && let Some(name) = mentions.before_cue(reading, draft)
        {
            draft.source = vec![name];
            draft.mended.push("source: the name before the cue, which has no subject");
        }
    }
    for at in 0..drafts.len() {
        if let Some(leader) = drafts[at].follows.filter(|_| drafts[at].source.is_empty()) {
            let named = drafts.get(leader).map(|leader| leader.source.clone());
            drafts[at].source = named.unwrap_or_default();
        }
    }
    let scene = Scene::new(reading, &drafts);
    let weigh = |draft: Draft| {
        let anchor = frame::anchor(reading, &draft);
        let confidence = weights.probability(|put| {
            weigh::features(reading, &scene, &draft, anchor.as_ref(), put);
        });
        Weighed { draft, confidence }
    };
    drafts.into_iter().map(weigh).collect()
}

/// Leaves out what is not wholly quoted and too unsure, unless a quotation goes
/// on with it. The turns of a transcript are kept: one is as sure as the next.
pub(crate) fn sure(reading: &Reading<'_, '_>, weighed: Vec<Weighed>) -> Vec<Weighed> {
    let mut led = vec![false; weighed.len()];
    for leader in weighed.iter().filter_map(|w| w.draft.follows) {
        if let Some(led) = led.get_mut(leader) {
            *led = true;
        }
    }
    let keeps = |(w, led): (&Weighed, bool)| {
        led || w.confidence >= weigh::LEAST
            || w.draft.origin == Origin::Turn
            || form(reading, &w.draft) == Form::Direct
    };
    let keep: Vec<bool> = weighed.iter().zip(led).map(keeps).collect();
    let mut place = Vec::with_capacity(keep.len());
    let mut next = 0;
    for &kept in &keep {
        place.push(next);
        next += usize::from(kept);
    }
    let kept = weighed.into_iter().zip(keep).filter(|(_, keep)| *keep);
    kept.map(|(mut w, _)| {
        w.draft.follows = w.draft.follows.and_then(|old| place.get(old).copied());
        w
    })
    .collect()
}

/// The claims of drafts, in the order of the drafts' contents.
pub(crate) fn claims(
    reading: &Reading<'_, '_>,
    mentions: &Mentions,
    weighed: Vec<Weighed>,
    rows: Rows<'_>,
    explain: Option<&Weights>,
) -> Vec<Claim> {
    let (weighed, within) = ordered(weighed);
    let drafts = || weighed.iter().map(|w| &w.draft);
    let mut claims: Vec<Claim> = weighed
        .iter()
        .enumerate()
        .map(|(at, weighed)| claim(reading, mentions, weighed, at as u32, rows))
        .collect();
    for (at, draft) in drafts().enumerate() {
        let Some(leader) = draft.follows else { continue };
        let Some(&Claim { speaker, channel, said, place, .. }) = claims.get(leader) else {
            continue;
        };
        let claim = &mut claims[at];
        claim.speaker = claim.speaker.or(speaker);
        claim.channel = claim.channel.or(channel);
        claim.said = claim.said.or(said);
        claim.place = claim.place.or(place);
    }
    let paragraphs = drafts().map(|draft| reading.paragraph(draft.start()));
    go_on(&mut claims, &paragraphs.collect::<Vec<_>>());
    for (at, outer) in within.into_iter().enumerate() {
        let Some(outer) = outer else { continue };
        let relayed = claims[outer].speaker;
        let reports =
            claims[outer].stance == "report" || is_according(reading, &weighed[outer].draft);
        let claim = &mut claims[at];
        claim.within = Some(outer as u32);
        if reports && claim.via.is_none() && claim.speaker != relayed {
            claim.via = relayed.and_then(|e| mentions.speaking(e));
        }
    }
    if let Some(weights) = explain {
        let drafts: Vec<Draft> = drafts().cloned().collect();
        let explainer = Explainer::new(reading, weights, &drafts, rows);
        for (claim, draft) in claims.iter_mut().zip(&drafts) {
            claim.explain = explainer.explain(claim, draft);
        }
    }
    claims
}

/// Gives a claim without a time or place of its own those of the claim before
/// it in its paragraph, when the same speaker goes on.
fn go_on(claims: &mut [Claim], paragraphs: &[usize]) {
    for at in 1..claims.len() {
        let (before, here) = claims.split_at_mut(at);
        let (Some(before), Some(here)) = (before.last(), here.first_mut()) else { continue };
        let same = here.speaker.is_some() && here.speaker == before.speaker;
        if same && paragraphs.get(at) == paragraphs.get(at - 1) && here.within == before.within {
            here.said = here.said.or(before.said);
            here.place = here.place.or(before.place);
        }
    }
}

/// Drafts as claims, each with its features.
pub(crate) fn candidates(
    reading: &Reading<'_, '_>,
    mentions: &Mentions,
    weighed: Vec<Weighed>,
) -> Vec<Candidate> {
    let (weighed, _) = ordered(weighed);
    let drafts: Vec<Draft> = weighed.iter().map(|w| w.draft.clone()).collect();
    let scene = Scene::new(reading, &drafts);
    let candidate = |(at, weighed): (usize, &Weighed)| {
        let anchor = frame::anchor(reading, &weighed.draft);
        let mut features = Vec::new();
        weigh::features(reading, &scene, &weighed.draft, anchor.as_ref(), &mut |f, v, x| {
            features.push((f.to_owned(), v.to_owned(), x));
        });
        Candidate { claim: claim(reading, mentions, weighed, at as u32, NONE), features }
    };
    weighed.iter().enumerate().map(candidate).collect()
}

/// For claims that need no time and place.
const NONE: Rows<'static> = Rows { times: &[], places: &[] };

fn is_according(reading: &Reading<'_, '_>, draft: &Draft) -> bool {
    draft.cue.first().is_some_and(|cue| reading.lower(cue.start) == "according")
}

/// Drafts in reading order, `follows` pointing to the new places, and for
/// each the draft it is part of.
fn ordered(weighed: Vec<Weighed>) -> (Vec<Weighed>, Vec<Option<usize>>) {
    let drafts: Vec<&Draft> = weighed.iter().map(|w| &w.draft).collect();
    let cue = |d: &Draft| d.cue.first().map_or(usize::MAX, |c| c.start);
    let mut order: Vec<usize> = (0..drafts.len()).collect();
    order.sort_by_key(|&at| (drafts[at].start(), cue(drafts[at]), at));
    let mut place = vec![0; drafts.len()];
    for (new, &old) in order.iter().enumerate() {
        place[old] = new;
    }
    let mut weighed: Vec<Option<Weighed>> = weighed.into_iter().map(Some).collect();
    let mut sorted: Vec<Weighed> = order.iter().filter_map(|&old| weighed[old].take()).collect();
    for Weighed { draft, .. } in &mut sorted {
        draft.follows = draft.follows.and_then(|old| place.get(old).copied());
    }
    let within = nesting(&sorted.iter().map(|w| &w.draft).collect::<Vec<_>>());
    (sorted, within)
}

/// For each draft the smallest other one that holds its cue and the beginning
/// of its content in one piece of content.
fn nesting(drafts: &[&Draft]) -> Vec<Option<usize>> {
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
        let core = core(drafts[at]);
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
    weighed: &Weighed,
    id: u32,
    rows: Rows<'_>,
) -> Claim {
    let spans = |ranges: &[Range<usize>]| -> Vec<Span> {
        ranges.iter().map(|r| reading.doc.span(r.clone())).collect()
    };
    let draft = &weighed.draft;
    let anchor = frame::anchor(reading, draft);
    let anchor = anchor.as_ref();
    Claim {
        id,
        source: spans(&draft.source),
        speaker: speaker(reading, mentions, draft),
        cue: spans(&draft.cue),
        content: spans(&draft.content),
        form: form(reading, draft),
        stance: frame::stance(anchor).to_owned(),
        addressee: anchor
            .and_then(|a| frame::addressee(reading, mentions, draft, a))
            .and_then(|e| mentions.speaking(e)),
        via: anchor.and_then(|a| frame::via(reading, mentions, draft, a)),
        channel: anchor.and_then(|a| frame::channel(reading, draft, a)).map(|way| way.channel),
        said: anchor.and_then(|a| when_where::said(reading, draft, a, rows.times)).map(|f| f.0),
        place: anchor.and_then(|a| when_where::place(reading, draft, a, rows.places)).map(|f| f.0),
        within: None,
        unclosed: unclosed(reading, draft),
        explain: Vec::new(),
        confidence: (weighed.confidence * 1000.0).round() / 1000.0,
    }
}

/// Whether a quotation that never closes ends a piece of the content.
fn unclosed(reading: &Reading<'_, '_>, draft: &Draft) -> bool {
    let ends = |piece: &Range<usize>| reading.quotations.of(piece.end - 1);
    draft.content.iter().filter_map(ends).any(|q| reading.quotations.never_closes(q))
}

/// How much of the content is quoted. A quotation that holds the cue too is
/// somebody else's: what is reported inside it is not quoted for that.
pub(crate) fn form(reading: &Reading<'_, '_>, draft: &Draft) -> Form {
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
