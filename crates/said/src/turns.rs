//! Turns of a transcript: paragraphs that begin with the speaker's label.
//!
//! "ORLOV: We agreed." An interview printed as questions and answers, or a
//! debate, has many such paragraphs; one alone may be a heading, so a text
//! needs three before any counts.

use crate::draft::{Draft, Origin, Reading};
use dateline_syntax::Upos;
use std::collections::BTreeSet;
use std::ops::Range;

/// Fewer labelled paragraphs than this are no transcript.
const FEWEST: usize = 3;

/// A labelled paragraph.
struct Turn {
    label: Range<usize>,
    colon: usize,
    paragraph: usize,
}

/// Adds the turns whose label no draft has yet.
pub(crate) fn add(reading: &Reading<'_, '_>, known: &mut Vec<Draft>) {
    let mut turns = drafts(reading);
    if turns.is_empty() {
        return;
    }
    let cues: BTreeSet<usize> = known.iter().flat_map(|d| d.cue.iter().map(|c| c.start)).collect();
    turns.retain(|turn| !turn.cue.iter().any(|cue| cues.contains(&cue.start)));
    known.extend(turns);
}

/// A draft for each turn, its content the rest of the paragraph and the
/// paragraphs after it that open with a quotation mark but have no label.
fn drafts(reading: &Reading<'_, '_>) -> Vec<Draft> {
    let paragraphs = reading.doc.paragraphs.len();
    let turns: Vec<Turn> = (0..paragraphs).filter_map(|p| turn(reading, p)).collect();
    if turns.len() < FEWEST {
        return Vec::new();
    }
    let mut drafts = Vec::new();
    for (at, turn) in turns.iter().enumerate() {
        let until = turns.get(at + 1).map_or(paragraphs, |t| t.paragraph);
        let tokens = reading.paragraph_tokens(turn.paragraph);
        let mut content = vec![turn.colon + 1..tokens.end];
        let marked = turn.label.start > tokens.start;
        for paragraph in turn.paragraph + 1..until {
            let tokens = reading.paragraph_tokens(paragraph);
            if !marked || !is_mark(reading, tokens.start) || reading.words(tokens.clone()) < 4 {
                break;
            }
            content.push(tokens);
        }
        content.retain(|r| reading.words(r.clone()) > 0);
        if !content.is_empty() {
            drafts.push(Draft {
                source: vec![turn.label.clone()],
                cue: vec![turn.colon..turn.colon + 1],
                content,
                origin: Origin::Turn,
                ..Draft::default()
            });
        }
    }
    drafts
}

/// The label of a paragraph: up to five words, the last in capitals or a
/// single `Q` or `A`, then a colon.
fn turn(reading: &Reading<'_, '_>, paragraph: usize) -> Option<Turn> {
    let tokens = reading.paragraph_tokens(paragraph);
    let mut start = tokens.start;
    while start < tokens.end && is_mark(reading, start) {
        start += 1;
    }
    let colon = (start..tokens.end.min(start + 7)).find(|&t| reading.doc.form(t) == ":")?;
    let label = start..colon;
    let last = reading.doc.form(colon.checked_sub(1).filter(|&t| t >= start)?);
    let capitals = last.chars().filter(|c| c.is_alphabetic()).count() >= 2
        && last.chars().all(|c| c.is_uppercase() || !c.is_alphabetic());
    let question = label.len() == 1 && matches!(last, "Q" | "A");
    let nominal = label.clone().all(|t| {
        !matches!(reading.upos(t), Upos::Verb | Upos::Aux | Upos::Adv)
            || reading.doc.form(t).chars().all(|c| c.is_uppercase() || !c.is_alphabetic())
    });
    ((capitals || question) && nominal).then_some(Turn { label, colon, paragraph })
}

fn is_mark(reading: &Reading<'_, '_>, token: usize) -> bool {
    token < reading.doc.tokens.len()
        && matches!(reading.doc.form(token), "\"" | "“" | "”" | "''" | "``" | "‘" | "'" | "«")
}

#[cfg(test)]
mod tests {
    use crate::testing::{claims, doc, text_of};

    const TALK: &str = "LIND Lind PROPN 3 nsubj
: : PUNCT 3 punct
Welcome welcome VERB 0 root
back back ADV 3 advmod
_. . PUNCT 3 punct
#
OROZCO Orozco PROPN 5 nsubj
: : PUNCT 5 punct
It it PRON 5 nsubj
was be AUX 5 cop
long long ADJ 0 root
_. . PUNCT 5 punct
#
LIND Lind PROPN 4 nsubj
: : PUNCT 4 punct
You you PRON 4 nsubj
slept sleep VERB 0 root
_? ? PUNCT 4 punct
#
Note note NOUN 4 nsubj
: : PUNCT 4 punct
it it PRON 4 nsubj
rained rain VERB 0 root
_. . PUNCT 4 punct";

    #[test]
    fn a_transcript_of_three_turns() {
        let text = text_of(TALK);
        let doc = doc(&text, TALK);
        let found = claims(&doc);
        let words = |s: &[dateline_account::Span]| doc.slice(s[0]).to_owned();
        let turns: Vec<_> = found.iter().map(|c| (words(&c.source), words(&c.content))).collect();
        assert_eq!(turns.len(), 3, "{turns:?}");
        assert_eq!(turns[1], ("OROZCO".to_owned(), "It was long.".to_owned()));
    }

    #[test]
    fn one_label_is_no_transcript() {
        let lines = TALK.split_once("#\nOROZCO").unwrap().0;
        let text = text_of(lines);
        assert!(claims(&doc(&text, lines)).is_empty());
    }
}
