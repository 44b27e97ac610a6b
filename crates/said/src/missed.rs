//! Sayings around other claims.
//!
//! The network gives each word one label, so of "The treaty calls for a vote,
//! officials said" it keeps one claim. The rules find the other: a plain verb
//! of saying, or "according to", that no claim has, with content that reaches
//! over another claim or stands before it. Measured on PolNeAR, four of five
//! of these are right; what else the rules find is more often wrong than what
//! the network leaves out, and is not added.

use crate::cues::CuePos;
use crate::draft::{Draft, Reading};
use crate::rules;
use std::collections::BTreeSet;
use std::ops::Range;

/// Adds the sayings that the network's drafts lack.
pub(crate) fn add(reading: &Reading<'_, '_>, drafts: &mut Vec<Draft>) {
    let n = reading.doc.tokens.len();
    let (mut content, mut used) = (vec![false; n], vec![false; n]);
    let mut owner = vec![0; n]; // of each token of content, plus one
    for (at, draft) in drafts.iter().enumerate() {
        for range in &draft.content {
            content[range.clone()].fill(true);
            owner[range.clone()].fill(at + 1);
            used[range.clone()].fill(true);
        }
        for range in &draft.cue {
            used[range.clone()].fill(true);
        }
    }
    let missed: Vec<Draft> = rules::drafts(reading)
        .into_iter()
        .filter(|found| {
            let Some(cue) = found.cue.first() else { return false };
            let words = found.content.iter().map(|r| r.len()).sum::<usize>();
            let shared = found.content.iter().flat_map(|r| &content[r.clone()]).filter(|c| **c);
            let around = shared.count() * 10 > words * 3;
            is_saying(reading, cue.end - 1)
                && !cue.clone().any(|t| used[t])
                && (around || found.start() < cue.start)
        })
        .collect();
    for found in &missed {
        // a piece that has a cue of its own is no piece of another claim
        let tokens = found.content.iter().flat_map(Clone::clone);
        let holders: BTreeSet<usize> = tokens.filter_map(|t| owner[t].checked_sub(1)).collect();
        for holder in holders {
            let holds = |piece: &Range<usize>| {
                found.content.iter().any(|r| r.start <= piece.start && piece.end <= r.end)
            };
            // "“...,” Lind told reporters, according to the agency. “...”": what
            // is found is around the whole saying, not around a stray piece
            let within = |cue: &Range<usize>| found.content.iter().any(|r| r.contains(&cue.start));
            if drafts[holder].cue.iter().any(within) {
                continue;
            }
            let pieces = &mut drafts[holder].content;
            if pieces.iter().any(|piece| !holds(piece)) {
                pieces.retain(|piece| !holds(piece));
            }
        }
    }
    drafts.extend(missed);
}

/// Whether a cue's last word is a plain verb of saying, or it is "according to".
fn is_saying(reading: &Reading<'_, '_>, token: usize) -> bool {
    let verb = reading.cues.word(reading.doc, token, CuePos::Verb);
    verb.is_some_and(|c| matches!(c.stance, "assert" | "report") && c.frames.quote)
        || (reading.lower(token) == "to" && token > 0 && reading.lower(token - 1) == "according")
}

#[cfg(test)]
mod tests {
    use crate::testing::{claims, doc, text_of};
    use dateline_syntax::Attribution;

    const BOTH: &str = "The the DET 2 det
treaty treaty NOUN 3 nsubj
calls call VERB 0 root
for for ADP 6 case
a a DET 6 det
vote vote NOUN 3 obl
_, , PUNCT 3 punct
officials official NOUN 9 nsubj
said say VERB 3 parataxis
_. . PUNCT 3 punct";

    #[test]
    fn the_saying_around_another_claim() {
        let text = text_of(BOTH);
        let mut doc = doc(&text, BOTH);
        let (source, cue, content) = (vec![0..2], vec![2..4], vec![4..6]);
        doc.attributions = vec![Attribution { source, cue, content, score: 0.9 }];
        let found = claims(&doc);
        assert_eq!(found.len(), 2);
        assert_eq!(doc.slice(found[0].source[0]), "officials");
        assert_eq!(doc.slice(found[0].content[0]), "The treaty calls for a vote");
        assert_eq!(found[1].within, Some(0));
        assert_eq!(found[1].stance, "demand");
    }

    #[test]
    fn a_relay_takes_no_piece_of_the_saying_it_is_around() {
        let lines = "“ “ PUNCT 3 punct
We we PRON 3 nsubj
agree agree VERB 7 ccomp
_, , PUNCT 3 punct
_” ” PUNCT 3 punct
Lind Lind PROPN 7 nsubj
told tell VERB 0 root
reporters reporter NOUN 7 iobj
_, , PUNCT 12 punct
according accord VERB 12 case
to to ADP 10 fixed
Norpress Norpress PROPN 7 obl
_. . PUNCT 7 punct

“ “ PUNCT 4 punct
We we PRON 4 nsubj
are be AUX 4 cop
glad glad ADJ 0 root
_. . PUNCT 4 punct
_” ” PUNCT 4 punct";
        let text = text_of(lines);
        let mut doc = doc(&text, lines);
        let (source, cue) = (vec![5..6], vec![6..8]);
        doc.attributions.push(Attribution { source, cue, content: vec![0..5, 13..19], score: 0.9 });
        let claims = claims(&doc);
        let lind = claims.iter().find(|c| doc.slice(c.source[0]) == "Lind").expect("Lind's claim");
        assert_eq!(lind.content.len(), 2, "{:?}", lind.content);
    }
}
