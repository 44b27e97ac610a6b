//! What stands around a cue: its stance, whom it was said to, who relayed it,
//! and by what channel. When and where it was said is in `when_where`.

use crate::channels::{Use, Way};
use crate::cues::{Cue, CuePos};
use crate::draft::{Draft, Reading};
use crate::speaker::{Mentions, phrase_entity};
use crate::tree::head_of;
use dateline_syntax::Upos;
use std::ops::Range;

/// The word of a cue that decides, with its row of the lexicon.
#[derive(Debug, Clone)]
pub(crate) struct Anchor<'c> {
    /// The word that the clause hangs on.
    pub token: usize,
    pub cue: Option<&'c Cue>,
    /// Tokens of the lexicon's phrase.
    pub phrase: Range<usize>,
    /// Whether something in the cue turns it round.
    pub negated: bool,
}

/// Cues are short; no more tokens than this are looked at.
const LONGEST: usize = 40;

/// The anchor of a draft that has a cue.
pub(crate) fn anchor<'c>(reading: &Reading<'c, '_>, draft: &Draft) -> Option<Anchor<'c>> {
    let first = draft.cue.first()?;
    let head = head_of(reading.doc, first.clone());
    let mut best: Option<((bool, bool, u8, usize), Anchor<'c>)> = None;
    let mut turned = 0;
    let tokens = || draft.cue.iter().flat_map(|r| r.clone().map(move |t| (t, r.end))).take(LONGEST);
    for (token, end) in tokens() {
        let Some(found) = reading.cues.at(reading.doc, token, end + 3) else { continue };
        let cue = found.value;
        let phrase = found.start..found.end;
        turned += usize::from(cue.frames.negates);
        let rank = match cue.pos {
            CuePos::Verb | CuePos::Phrase => 3,
            CuePos::Noun | CuePos::Adj => 2,
            CuePos::Adv => 1,
        };
        let key = (!cue.frames.light, phrase.contains(&head), rank, found.words);
        if best.as_ref().is_none_or(|(known, _)| key > *known) {
            let token = head_of(reading.doc, phrase.start..phrase.end.min(end.max(token + 1)));
            best = Some((key, Anchor { token, cue: Some(cue), phrase, negated: false }));
        }
    }
    let mut anchor = best.map_or(
        Anchor { token: head, cue: None, phrase: head..head + 1, negated: false },
        |(_, anchor)| anchor,
    );
    if anchor.cue.is_some_and(|c| c.frames.negates) {
        turned -= 1;
    }
    let in_cue = tokens().map(|(t, _)| t);
    let beside = [anchor.token, head];
    let hanging = beside
        .iter()
        .flat_map(|&t| reading.tree.dependents(t))
        .copied()
        .filter(|&t| matches!(reading.relation(t), "advmod" | "det" | "aux" | "cc"));
    let of_source = draft.source.iter().map(|r| r.start);
    let mut negators: Vec<usize> = in_cue
        .chain(hanging)
        .filter(|&t| !anchor.phrase.contains(&t) && !draft.holds(t) && is_negator(reading, t))
        .chain(of_source.filter(|&t| is_nobody(reading, t)))
        .collect();
    negators.sort_unstable();
    negators.dedup();
    anchor.negated = (negators.len() + turned) % 2 == 1;
    Some(anchor)
}

fn is_negator(reading: &Reading<'_, '_>, token: usize) -> bool {
    let word = reading.lower(token);
    let negator = matches!(
        word.as_str(),
        "not" | "n't" | "n’t" | "never" | "no" | "neither" | "nor" | "without" | "nobody" | "none"
    );
    // "not only praised": no negation
    negator && !matches!(reading.lower(token + 1).as_str(), "only" | "just" | "merely" | "simply")
}

fn is_nobody(reading: &Reading<'_, '_>, token: usize) -> bool {
    matches!(reading.lower(token).as_str(), "no" | "nobody" | "none" | "neither" | "no-one")
}

/// The stance of a claim.
pub(crate) fn stance(anchor: Option<&Anchor<'_>>) -> &'static str {
    match anchor {
        Some(Anchor { cue: Some(cue), negated: true, .. }) => cue.negated,
        Some(Anchor { cue: Some(cue), .. }) => cue.stance,
        _ => "assert",
    }
}

/// Whom it was said to.
pub(crate) fn addressee(
    reading: &Reading<'_, '_>,
    mentions: &Mentions,
    draft: &Draft,
    anchor: &Anchor<'_>,
) -> Option<u32> {
    let verb = anchor.token;
    let hears = anchor.cue.is_some_and(|c| c.frames.hearer);
    let in_source = |t: usize| draft.source.iter().any(|r| r.contains(&t));
    let dependents = reading.tree.dependents(verb);
    let entity = |t: usize| {
        let phrase = reading.tree.extent(t);
        if in_source(t) {
            None
        } else {
            phrase_entity(reading, mentions, t..t + 1).or_else(|| {
                (phrase.len() < LONGEST).then(|| phrase_entity(reading, mentions, phrase)).flatten()
            })
        }
    };
    let is_to =
        |t: usize| reading.dependent(t, "case").is_some_and(|case| reading.lower(case) == "to");
    if hears {
        let by_relation = |relation: &str| {
            dependents.iter().copied().find(|&t| reading.deprel(t) == relation && !in_source(t))
        };
        let heard = by_relation("iobj")
            .or_else(|| by_relation("obj"))
            .or_else(|| by_relation("nsubj:pass"));
        if let Some(found) = heard.and_then(entity) {
            return Some(found);
        }
        // where the tree says nothing: the noun right after the verb
        let next = (verb + 1..verb + 5)
            .find(|&t| matches!(reading.upos(t), Upos::Noun | Upos::Propn | Upos::Pron));
        let straight = next.filter(|&n| {
            (verb + 1..n).all(|t| matches!(reading.upos(t), Upos::Det | Upos::Adj))
                && heard.is_none()
                && !draft.holds(n)
        });
        if let Some(found) = straight.and_then(entity) {
            return Some(found);
        }
    }
    let verbal = anchor.cue.is_some_and(|c| c.pos == CuePos::Verb && c.frames.quote);
    let to = dependents
        .iter()
        .copied()
        .find(|&t| verbal && reading.relation(t) == "obl" && !draft.holds(t) && is_to(t));
    to.and_then(entity).or_else(|| interviewer(reading, mentions, draft, anchor))
}

/// "In an interview with ...".
fn interviewer(
    reading: &Reading<'_, '_>,
    mentions: &Mentions,
    draft: &Draft,
    anchor: &Anchor<'_>,
) -> Option<u32> {
    let talk = reading.tree.dependents(anchor.token).iter().copied().find(|&t| {
        !draft.holds(t)
            && matches!(reading.lemma(t), "interview" | "conversation" | "call" | "meeting")
    })?;
    let with = reading.tree.dependents(talk).iter().copied().find(|&t| {
        reading.dependent(t, "case").is_some_and(|case| reading.lower(case) == "with")
    })?;
    phrase_entity(reading, mentions, with..with + 1)
}

/// Tokens around cue and content, in their sentence, outside the content.
fn around(reading: &Reading<'_, '_>, draft: &Draft, anchor: &Anchor<'_>) -> Vec<usize> {
    const REACH: usize = 30;
    let sentence = reading.sentence(anchor.token);
    let pieces = || draft.content.iter().chain(&draft.cue);
    let inside = |r: &&Range<usize>| r.start < sentence.end && r.end > sentence.start;
    let first = pieces().filter(inside).map(|r| r.start).min().unwrap_or(anchor.token);
    let last = pieces().filter(inside).map(|r| r.end).max().unwrap_or(anchor.token + 1);
    let from = first.saturating_sub(REACH).max(sentence.start);
    let to = (last + REACH).min(sentence.end);
    let mut out = Vec::new();
    let mut at = from;
    for piece in &draft.content {
        out.extend(at..piece.start.clamp(at, to.max(at)));
        at = at.max(piece.end);
    }
    out.extend(at..to.max(at));
    out.truncate(256);
    out
}

/// Who relayed it: "according to ..." beside another cue.
pub(crate) fn via(
    reading: &Reading<'_, '_>,
    mentions: &Mentions,
    draft: &Draft,
    anchor: &Anchor<'_>,
) -> Option<u32> {
    if draft.source.is_empty() {
        return None;
    }
    around(reading, draft, anchor).into_iter().find_map(|t| {
        if draft.cue.iter().any(|r| r.contains(&t)) {
            return None;
        }
        let next = reading.lower(t + 1);
        let marks = match reading.lower(t).as_str() {
            "according" => next == "to",
            "quoted" | "cited" | "reported" | "carried" | "released" | "relayed" => next == "by",
            _ => false,
        };
        if !marks {
            return None;
        }
        // the noun phrase after the mark, by the tree, else the first name
        let head =
            reading.head(t).filter(|&h| reading.lower(t) == "according" && h > t + 1 && h < t + 16);
        let agent = reading.tree.dependents(t).iter().copied().find(|&d| d > t + 1);
        let phrase = head.or(agent).unwrap_or(t + 2);
        // somebody, or something with a name
        let named = (t + 2..t + 7)
            .take_while(|&n| reading.is_word(n))
            .any(|n| reading.doc.form(n).starts_with(char::is_uppercase));
        let fits = |entity: &u32| named || mentions.speaking(*entity).is_some();
        phrase_entity(reading, mentions, phrase..phrase + 1)
            .filter(fits)
            .or_else(|| (t + 2..t + 8).find_map(|n| mentions.of(reading, n).filter(fits)))
    })
}

/// Relations that lead out of the cue's own clause.
fn leaves_clause(relation: &str) -> bool {
    matches!(relation, "acl" | "ccomp" | "advcl" | "parataxis" | "csubj" | "appos" | "nsubj")
}

/// Whether a token belongs to the cue's clause: it hangs on the anchor without
/// a clause of its own between, or the anchor's auxiliary verb does.
pub(crate) fn in_clause(reading: &Reading<'_, '_>, token: usize, anchor: &Anchor<'_>) -> bool {
    let mut at = token;
    for _ in 0..8 {
        if at == anchor.token || anchor.phrase.contains(&at) {
            return true;
        }
        if leaves_clause(reading.relation(at)) {
            return false;
        }
        match reading.head(at) {
            Some(head) => at = head,
            None => return false,
        }
    }
    false
}

/// Whether the token stands in a phrase with a preposition that the last
/// content is followed by: "..., in an interview on Monday".
fn in_tail(reading: &Reading<'_, '_>, token: usize, draft: &Draft) -> bool {
    let Some(end) = draft.content.last().map(|r| r.end) else { return false };
    token >= end
        && token - end <= 12
        && (end..token).any(|t| is_place(&reading.lower(t)))
        && (end..token).all(|t| !matches!(reading.upos(t), Upos::Verb | Upos::Aux))
}

fn is_place(word: &str) -> bool {
    matches!(
        word,
        "in" | "on" | "during" | "at" | "via" | "through" | "over" | "to" | "by" | "from"
    )
}

/// By what way it reached the public.
pub(crate) fn channel<'r>(
    reading: &Reading<'r, '_>,
    draft: &Draft,
    anchor: &Anchor<'_>,
) -> Option<Way<'r>> {
    let cue_tokens = draft.cue.iter().flat_map(Clone::clone).take(LONGEST);
    for token in cue_tokens.clone() {
        if let Some(way) = reading.channels.at(reading.doc, token, Use::Cue)
            && matches!(reading.upos(token), Upos::Verb | Upos::Aux | Upos::X)
        {
            // "wrote on Twitter": the place tells more than the verb
            return Some(place(reading, draft, anchor).unwrap_or(way));
        }
    }
    place(reading, draft, anchor).or_else(|| {
        let piece = draft.source.first()?;
        let head = head_of(reading.doc, piece.clone());
        let near = piece.start.max(head.saturating_sub(3))..=head;
        near.into_iter().find_map(|t| {
            let way = reading.channels.at(reading.doc, t, Use::Source)?;
            (way.end > head).then_some(way)
        })
    })
}

/// The channel that the cue's clause names.
fn place<'r>(reading: &Reading<'r, '_>, draft: &Draft, anchor: &Anchor<'_>) -> Option<Way<'r>> {
    let mut found: Option<(usize, Way<'r>)> = None;
    let in_source = |t: usize| draft.source.iter().any(|r| r.contains(&t));
    for token in around(reading, draft, anchor) {
        if in_source(token) || reading.upos(token) == Upos::Adp {
            continue;
        }
        let Some(way) = reading.channels.at(reading.doc, token, Use::Clause) else { continue };
        let last = way.end.saturating_sub(1).max(token);
        let in_cue = draft.cue.iter().any(|r| r.contains(&token));
        let placed = led_by_place(reading, token)
            && (in_cue || in_clause(reading, last, anchor) || in_tail(reading, token, draft));
        let distance = last.abs_diff(anchor.token);
        if placed && found.is_none_or(|(known, _)| distance < known) {
            found = Some((distance, way));
        }
    }
    found.map(|(_, way)| way)
}

/// Whether one of the five words before is a preposition of place.
fn led_by_place(reading: &Reading<'_, '_>, token: usize) -> bool {
    (token.saturating_sub(5)..token).rev().any(|t| is_place(&reading.lower(t)))
}
