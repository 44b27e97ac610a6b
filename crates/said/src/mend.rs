//! What the tree knows better than the network's links: the source of a cue
//! that was left without one, and contents that were left without a cue.

use crate::channels::Use;
use crate::cues::CuePos;
use crate::draft::{Draft, Reading};
use crate::rules::{noun_phrase, subject};
use crate::tree::head_of;
use dateline_syntax::Upos;
use std::ops::Range;

/// Mends the drafts of the network in place.
pub(crate) fn mend(reading: &Reading<'_, '_>, drafts: &mut Vec<Draft>) {
    // a content with neither source nor cue is no claim; a quotation among
    // them is looked at anew by what stands around it
    drafts.retain(|d| !d.cue.is_empty() || !d.source.is_empty());
    relayed(reading, drafts);
    for draft in drafts.iter_mut() {
        turned_round(reading, draft);
        one_paragraph(reading, draft);
        own_sentence(reading, draft);
        without_channel(reading, draft);
        if is_far(reading, draft)
            && let Some(source) = source(reading, draft)
        {
            draft.source = vec![source];
            draft.mended.push("source: by the tree; the network's stood in another sentence");
        }
        if is_inside(reading, draft) {
            draft.source.clear();
            draft.mended.push("source: not the network's, which stood in the content");
        }
        without_expletive(reading, draft);
        if names_nobody(reading, draft) {
            draft.source.clear();
            draft.mended.push("source: nobody; the cue does not come from its subject");
        } else if draft.source.is_empty()
            && let Some(source) = source(reading, draft)
        {
            draft.source = vec![source];
            draft.mended.push("source: by the tree");
        }
    }
}

/// Puts source and cue right where the verb stands as the source and, as the
/// cue, a name in letters that the network has never seen.
fn turned_round(reading: &Reading<'_, '_>, draft: &mut Draft) {
    let doc = reading.doc;
    let foreign = |t: usize| {
        let form = &doc.text[doc.tokens[t].bytes.clone()];
        form.chars().any(char::is_alphabetic) && !form.contains(|c: char| c.is_ascii_alphabetic())
    };
    let ([cue], [source]) = (&draft.cue[..], &draft.source[..]) else { return };
    if cue.clone().all(foreign) && source.clone().all(|t| doc.tokens[t].upos == Upos::Verb) {
        std::mem::swap(&mut draft.cue, &mut draft.source);
        draft.mended.push("source and cue: the other way round");
    }
}

/// “A,” X told reporters, according to Y. “B.”: B goes on with A, which Y
/// relays, and is not Y's.
fn relayed(reading: &Reading<'_, '_>, drafts: &mut Vec<Draft>) {
    let sentence = |d: &Draft| {
        let cue = d.cue.first()?;
        Some((reading.doc.tokens.get(cue.start)?.sentence, cue.start))
    };
    let mut cues: Vec<((usize, usize), usize)> =
        drafts.iter().enumerate().filter_map(|(at, d)| Some((sentence(d)?, at))).collect();
    cues.sort_unstable();
    let mut gone = vec![false; drafts.len()];
    for pair in cues.windows(2) {
        let [((one, _), first), ((other, start), second)] = [pair[0], pair[1]];
        let end = reading.sentence(start).end;
        let goes_on = one == other
            && reading.lower(start) == "according"
            && drafts[first].start() < start
            && drafts[second].start() >= end
            && reading.quotations.of(drafts[second].start()).is_some();
        if goes_on {
            gone[second] = true; // the quotation is joined to its own claim later
        }
    }
    let mut at = 0;
    drafts.retain(|_| {
        at += 1;
        !gone[at - 1]
    });
}

/// Leaves out quotations that closed in a paragraph before the cue's: they
/// are claims of their own.
fn one_paragraph(reading: &Reading<'_, '_>, draft: &mut Draft) {
    let Some(cue) = draft.cue.first() else { return };
    let paragraph = reading.paragraph(cue.start);
    let apart = |piece: &Range<usize>| {
        reading.paragraph(piece.end - 1) < paragraph
            && reading.quotations.of(piece.start).is_some_and(|q| reading.quotations.all[q].closed)
    };
    let all = draft.content.len();
    if draft.content.iter().any(|piece| !apart(piece)) {
        draft.content.retain(|piece| !apart(piece));
    }
    if draft.content.len() < all {
        draft.mended.push("content: without a quotation that closed in a paragraph before");
    }
}

/// Leaves out a quotation of whole sentences that follows what is reported in
/// other words: in 'X said that it was late. "We go now."' the second is a
/// claim of its own, without a cue.
fn own_sentence(reading: &Reading<'_, '_>, draft: &mut Draft) {
    let (Some(cue), Some(first)) = (draft.cue.first(), draft.content.first().cloned()) else {
        return;
    };
    if first.start < cue.start || reading.opens_quotation(first.start) {
        return;
    }
    let begins = |t: usize| {
        t > first.start
            && reading.opens_quotation(t)
            && reading.doc.form(t - 1).ends_with(['.', '!', '?', '”', '"'])
    };
    let before = draft.content.clone();
    // the network may have run the two together into one piece
    for piece in &mut draft.content {
        piece.end = piece.clone().find(|&t| begins(t)).unwrap_or(piece.end);
    }
    draft.content.retain(|piece| !piece.is_empty());
    if draft.content != before {
        draft.mended.push("content: without a quotation of whole sentences that follows");
    }
}

/// Ends a content before the words that tell how it was said: "… in an
/// interview with a local paper", "… in Facebook comments".
fn without_channel(reading: &Reading<'_, '_>, draft: &mut Draft) {
    const TAIL: usize = 16;
    let cue = draft.cue.first().map_or(usize::MAX, |c| c.start);
    let Some(last) = draft.content.last_mut().filter(|c| c.start > cue) else { return };
    let tail = last.end.saturating_sub(TAIL).max(last.start + 2)..last.end;
    let outside = |t: usize| reading.quotations.of(t).is_none();
    let found = tail.rev().find(|&t| {
        outside(t)
            && matches!(reading.lower(t).as_str(), "in" | "during" | "at")
            && tells_channel(reading, t + 1, last.end)
    });
    if let Some(at) = found {
        last.end = at;
        draft.mended.push("content: without the words for its channel");
    }
}

/// Whether a noun phrase is one for a way of saying: "an interview", "Facebook
/// comments", but not "Facebook" alone, and no document that is spoken of.
fn tells_channel(reading: &Reading<'_, '_>, from: usize, end: usize) -> bool {
    use dateline_account::Channel::{Interview, PressConference, SocialMedia, Statement};
    let found = (from..end.min(from + 5)).find_map(|t| {
        let way = reading.channels.at(reading.doc, t, Use::Clause)?;
        Some((way.channel, way.end))
    });
    let Some((channel, after)) = found else { return false };
    let plain = (from..after)
        .all(|t| !matches!(reading.upos(t), Upos::Verb | Upos::Adp) && reading.doc.form(t) != ",");
    plain
        && match channel {
            Interview | PressConference | Statement => true,
            SocialMedia => {
                after < end
                    && matches!(
                        reading.lower(after).as_str(),
                        "remarks" | "comments" | "post" | "posts" | "messages" | "message"
                    )
            }
            _ => false,
        }
}

/// Whether the source stands in another sentence than the cue.
fn is_far(reading: &Reading<'_, '_>, draft: &Draft) -> bool {
    let sentence = |t: usize| reading.doc.tokens.get(t).map(|t| t.sentence);
    match (draft.source.first(), draft.cue.first()) {
        (Some(source), Some(cue)) => sentence(source.start) != sentence(cue.start),
        _ => false,
    }
}

/// Whether the source stands in the content, or in a quotation that the cue
/// is not part of: what is quoted does not say itself.
fn is_inside(reading: &Reading<'_, '_>, draft: &Draft) -> bool {
    let (Some(source), Some(cue)) = (draft.source.first(), draft.cue.first()) else { return false };
    let quotation = reading.quotations.of(source.start);
    let apart = quotation.is_some() && quotation != reading.quotations.of(cue.start);
    apart || source.clone().any(|t| draft.holds(t))
}

/// Leaves the "it" of "it was reported that" out of the content.
fn without_expletive(reading: &Reading<'_, '_>, draft: &mut Draft) {
    let expletive = |piece: &Range<usize>| {
        piece.len() == 1 && matches!(reading.lower(piece.start).as_str(), "it" | "there")
    };
    let all = draft.content.len();
    if draft.content.iter().any(|piece| !expletive(piece)) {
        draft.content.retain(|piece| !expletive(piece));
    }
    if draft.content.len() < all {
        draft.mended.push("content: without the word that only holds the place of its subject");
    }
}

/// Whether the source is the subject of a cue that does not come from its
/// subject: "was criticized", "is expected", "it seems". Participles that
/// tell a feeling ("was worried") do come from it.
fn names_nobody(reading: &Reading<'_, '_>, draft: &Draft) -> bool {
    let [source] = &draft.source[..] else { return false };
    let named = head_of(reading.doc, source.clone());
    let in_cue = |t: usize| draft.cue.iter().any(|c| c.contains(&t));
    let Some(verb) = reading.head(named).filter(|&v| in_cue(v)) else { return false };
    let nobody = || {
        let cue = reading.cues.word(reading.doc, verb, CuePos::Verb);
        cue.is_some_and(|c| c.frames.nobody)
    };
    // "appeared to suggest": another verb follows, and that has the subject
    let last = draft
        .cue
        .iter()
        .flat_map(Clone::clone)
        .all(|t| t <= verb || !matches!(reading.upos(t), Upos::Verb));
    match reading.deprel(named) {
        "nsubj:pass" => !feels(reading, verb),
        "nsubj" => last && nobody(),
        "expl" => true,
        _ => false,
    }
}

/// Whether a participle tells what its subject feels: "worried", "convinced".
fn feels(reading: &Reading<'_, '_>, verb: usize) -> bool {
    let adjective = reading.cues.word(reading.doc, verb, CuePos::Adj);
    adjective.is_some_and(|c| !c.frames.nobody && c.stance != "describe")
}

/// The subject of the cue's verb, or the owner of its noun, by the tree.
fn source(reading: &Reading<'_, '_>, draft: &Draft) -> Option<Range<usize>> {
    let cue = draft.cue.first()?;
    let head = head_of(reading.doc, cue.clone());
    let named = match reading.upos(head) {
        Upos::Verb => subject(reading, head)?,
        Upos::Noun => {
            let mut owners = reading.tree.dependents(head).iter().copied();
            owners.rfind(|&d| reading.deprel(d) == "nmod:poss")?
        }
        _ => return None,
    };
    let phrase = reading.trimmed(noun_phrase(reading, named, head), false);
    let clear = |t: usize| !draft.holds(t) && !draft.cue.iter().any(|c| c.contains(&t));
    let expletive = matches!(reading.lower(named).as_str(), "it" | "there");
    (!phrase.is_empty() && phrase.clone().all(clear) && !expletive).then_some(phrase)
}

#[cfg(test)]
mod tests {
    use crate::testing::{claims, doc, text_of};
    use dateline_syntax::Attribution;
    use std::ops::Range;

    const RAIN: &str = "Lind Lind PROPN 2 nsubj
hoped hope VERB 0 root
for for ADP 4 case
rain rain NOUN 2 obl
_, , PUNCT 6 punct
adding add VERB 2 advcl
that that SCONJ 9 mark
wells well NOUN 9 nsubj
were be AUX 6 ccomp
dry dry ADJ 9 xcomp
_. . PUNCT 2 punct
#
Orlov Orlov PROPN 4 nsubj:pass
was be AUX 4 aux:pass
widely widely ADV 4 advmod
criticized criticize VERB 0 root
for for SCONJ 6 mark
leaving leave VERB 4 advcl
_. . PUNCT 4 punct";

    fn linked(source: Vec<Range<usize>>, cue: Range<usize>, content: Range<usize>) -> Attribution {
        Attribution { source, cue: vec![cue], content: vec![content], score: 0.9 }
    }

    #[test]
    fn sources_by_the_tree() {
        let text = text_of(RAIN);
        let mut doc = doc(&text, RAIN);
        doc.attributions = vec![linked(vec![], 5..6, 6..10), linked(vec![11..12], 12..16, 16..17)];
        let found = claims(&doc);
        assert_eq!(doc.slice(found[0].source[0]), "Lind"); // of "adding"
        assert!(found[1].source.is_empty()); // who criticizes is not told
        assert_eq!(found[1].stance, "criticize");
    }
}
