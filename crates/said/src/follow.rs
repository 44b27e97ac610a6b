//! Quotations that the attributions leave over.
//!
//! A quotation goes on after its cue (“A,” X said. “B.”), in the next
//! paragraph, or over several; it may have a cue of its own that was missed;
//! and one of a whole sentence is a claim even when nobody can be named. What
//! is in quotation marks for other reasons (a title, a word that the writer
//! keeps at a distance) is no claim.

use crate::draft::{Draft, Origin, Reading};
use crate::quotes::Quotation;
use crate::rules::beside;
use crate::speaker::Mentions;
use crate::told::told_of;
use dateline_syntax::Upos;

/// The last claim before a quotation, in its paragraph.
#[derive(Debug, Clone, Copy, Default)]
struct Before {
    /// The last draft with a cue there.
    any: Option<usize>,
    /// The last of them whose content is a quotation, or began with one
    /// before its cue.
    quoted: Option<usize>,
}

/// Adds to the drafts, or joins to them, the quotations nobody holds.
pub(crate) fn complete(reading: &Reading<'_, '_>, mentions: &Mentions, drafts: &mut Vec<Draft>) {
    let mut owner = owners(reading, drafts);
    let mut anchors: Vec<(usize, usize)> = drafts
        .iter()
        .enumerate()
        .filter_map(|(at, d)| Some((d.cue.first().map(|c| c.end)?, at)))
        .collect();
    anchors.sort_unstable();
    let mut next = 0;
    let mut before = Before::default();
    let mut paragraph = usize::MAX;
    // the draft that the last quotation belongs to, and its paragraph
    let mut last: Option<(usize, usize)> = None;
    for quotation in &reading.quotations.all {
        if quotation.paragraph != paragraph {
            paragraph = quotation.paragraph;
            before = Before::default();
        }
        let start = reading.paragraph_tokens(paragraph).start;
        while let Some(&(end, at)) =
            anchors.get(next).filter(|(end, _)| *end <= quotation.tokens.start)
        {
            next += 1;
            if end > start {
                if before.any.is_some() && relays(reading, &drafts[at]) {
                    continue;
                }
                before.any = Some(at);
                if is_quotation(reading, &drafts[at]) {
                    before.quoted = Some(at);
                }
            }
        }
        let words = quotation.tokens.clone().filter(|&t| reading.is_word(t));
        let total = words.clone().count();
        // a claim that is made inside the quotation does not hold it
        let around = |draft: &usize| {
            let mut cues = drafts[*draft].cue.iter();
            !quotation.closed || !cues.any(|c| quotation.tokens.contains(&c.start))
        };
        let held: Option<usize> = words.filter_map(|t| owner[t].checked_sub(1)).rfind(around);
        if let Some(draft) = held {
            if let Some((begun, _)) =
                last.filter(|&(d, p)| quotation.continues && p + 1 == paragraph && d != draft)
                && drafts[begun].origin == Origin::Alone
            {
                let begun = std::mem::take(&mut drafts[begun].content);
                let whole = &mut drafts[draft];
                whole.content.splice(0..0, begun);
                whole.mended.push("content: with the paragraphs that it began in");
            }
            last = Some((draft, paragraph));
            continue;
        }
        let told = told_of(reading, mentions, quotation);
        let beside_it = told.as_ref().is_some_and(|t| t.start >= start);
        if !is_speech(reading, quotation, total, beside_it) {
            continue;
        }
        let goes_on = last.filter(|&(_, p)| quotation.continues && p + 1 == paragraph);
        if let Some((draft, _)) = goes_on {
            join(drafts, &mut owner, draft, quotation);
            last = Some((draft, paragraph));
            continue;
        }
        let fresh = begins_sentence(reading, quotation);
        let added = if let Some(own) = beside(reading, quotation) {
            own
        } else if let Some(draft) = before.quoted.filter(|_| fresh) {
            join(drafts, &mut owner, draft, quotation);
            last = Some((draft, paragraph));
            continue;
        } else if let Some(draft) = before.any.filter(|_| fresh) {
            alone(quotation, Some(draft))
        } else if let Some((draft, _)) = last.filter(|&(d, p)| {
            p + 1 == paragraph
                && quotation.tokens.start == start
                && is_quotation(reading, &drafts[d])
        }) {
            alone(quotation, Some(draft))
        } else if let Some(person) = told {
            let content = vec![quotation.tokens.clone()];
            let origin = Origin::Told;
            Draft { source: vec![person], content, origin, ..Draft::default() }
        } else if total >= 6 {
            alone(quotation, None)
        } else {
            continue;
        };
        drafts.push(added);
        let draft = drafts.len() - 1;
        claim(&mut owner, draft, quotation);
        last = Some((draft, paragraph));
        if !drafts[draft].cue.is_empty() {
            before = Before { any: Some(draft), quoted: Some(draft) };
        }
    }
    without_empty(drafts);
}

/// Removes the drafts whose content went over to another.
fn without_empty(drafts: &mut Vec<Draft>) {
    let mut place = Vec::with_capacity(drafts.len());
    let mut next = 0;
    for draft in drafts.iter() {
        place.push(next);
        next += usize::from(!draft.content.is_empty());
    }
    drafts.retain(|draft| !draft.content.is_empty());
    for draft in drafts.iter_mut() {
        draft.follows = draft.follows.and_then(|old| place.get(old).copied());
    }
}

/// For each token the draft whose content it is, plus one.
fn owners(reading: &Reading<'_, '_>, drafts: &[Draft]) -> Vec<usize> {
    let mut owner = vec![0; reading.doc.tokens.len()];
    for (at, draft) in drafts.iter().enumerate() {
        for range in &draft.content {
            for slot in owner.get_mut(range.clone()).into_iter().flatten() {
                *slot = at + 1;
            }
        }
    }
    owner
}

/// Whether a claim only names who relayed the one before it.
fn relays(reading: &Reading<'_, '_>, draft: &Draft) -> bool {
    draft.cue.first().is_some_and(|cue| reading.lower(cue.start) == "according")
}

fn claim(owner: &mut [usize], draft: usize, quotation: &Quotation) {
    owner.get_mut(quotation.tokens.clone()).into_iter().flatten().for_each(|o| *o = draft + 1);
}

fn join(drafts: &mut [Draft], owner: &mut [usize], draft: usize, quotation: &Quotation) {
    let joined = &mut drafts[draft];
    joined.content.push(quotation.tokens.clone());
    joined.content.sort_by_key(|r| r.start);
    joined.mended.push("content: with a quotation that goes on with it");
    claim(owner, draft, quotation);
}

/// A quotation without a cue.
fn alone(quotation: &Quotation, follows: Option<usize>) -> Draft {
    let origin = if follows.is_some() { Origin::FollowOn } else { Origin::Alone };
    Draft { content: vec![quotation.tokens.clone()], follows, origin, ..Draft::default() }
}

/// Whether a claim quotes: its content begins with a quotation mark, or a
/// quotation stands in it before the cue.
fn is_quotation(reading: &Reading<'_, '_>, draft: &Draft) -> bool {
    let Some(first) = draft.content.first() else { return false };
    let cue = draft.cue.first().map_or(first.start, |c| c.start);
    let inverted = first.start < cue && first.clone().any(|t| reading.quotations.of(t).is_some());
    let opens = reading.quotations.of(first.start).is_some_and(|q| {
        let tokens = &reading.quotations.all[q].tokens;
        tokens.start == first.start && tokens.end >= first.end
    });
    inverted || opens
}

/// Whether a quotation stands where a sentence begins.
fn begins_sentence(reading: &Reading<'_, '_>, quotation: &Quotation) -> bool {
    let paragraph = reading.paragraph_tokens(quotation.paragraph);
    (paragraph.start..quotation.tokens.start).next_back().is_none_or(|t| {
        let form = reading.doc.form(t);
        form.ends_with(['.', '!', '?', '”', '"', '»', ')']) || form == "''"
    })
}

/// Whether a quotation is somebody's speech: it begins where a sentence does,
/// or after a comma or colon, ends like one, and has a verb.
fn is_speech(reading: &Reading<'_, '_>, quotation: &Quotation, words: usize, told: bool) -> bool {
    let tokens = &quotation.tokens;
    let led = tokens.start.checked_sub(1).is_some_and(|t| {
        reading.paragraph(t) == quotation.paragraph && reading.doc.form(t).ends_with([':', ','])
    });
    let begins = quotation.continues || led || begins_sentence(reading, quotation);
    let ends = tokens
        .clone()
        .rev()
        .take(3)
        .any(|t| reading.doc.form(t).ends_with(['.', '!', '?', ',', '…', '—']))
        || !quotation.closed;
    let verb = tokens.clone().any(|t| matches!(reading.upos(t), Upos::Verb | Upos::Aux));
    words >= if told { 2 } else { 4 } && begins && ends && verb
}
