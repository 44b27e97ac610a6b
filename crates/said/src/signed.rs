//! Signed quotations: a name after the quotation, behind a dash or on a line
//! of its own, with no verb at all.

use crate::draft::{Draft, Origin, Reading};
use crate::quotes::Quotation;
use dateline_syntax::{NameKind, Upos};
use std::ops::Range;

/// A signature is no longer than this many tokens.
const LONGEST: usize = 16;

/// The claim of a quotation that is signed.
pub(crate) fn signed(reading: &Reading<'_, '_>, quotation: &Quotation) -> Option<Draft> {
    let paragraph = reading.paragraph_tokens(quotation.paragraph);
    let rest = quotation.tokens.end..paragraph.end;
    let rest_is_empty = reading.words(rest.start..rest.end.min(rest.start + LONGEST + 1)) == 0;
    let line = if rest_is_empty { reading.paragraph_tokens(quotation.paragraph + 1) } else { rest };
    if line.len() > LONGEST {
        return None;
    }
    let first = line.clone().find(|&t| !reading.doc.form(t).chars().all(char::is_whitespace))?;
    let dashed = is_dash(reading.doc.form(first));
    let source = reading.trimmed(if dashed { first + 1..line.end } else { line }, false);
    let whole = quotation.tokens.start == paragraph.start && rest_is_empty;
    let verbless = !source.clone().any(|t| matches!(reading.upos(t), Upos::Verb | Upos::Aux));
    let named = begins_with_person(reading, &source) || (dashed && has_name(reading, &source));
    (verbless && named && (dashed || whole)).then(|| Draft {
        source: vec![source],
        cue: if dashed { vec![first..first + 1] } else { Vec::new() },
        content: vec![quotation.tokens.clone()],
        origin: Origin::Signed,
        ..Draft::default()
    })
}

fn is_dash(form: &str) -> bool {
    !form.is_empty() && form.chars().all(|c| matches!(c, '-' | '–' | '—' | '―' | '~'))
}

/// Whether a person's name stands in the first four tokens.
fn begins_with_person(reading: &Reading<'_, '_>, range: &Range<usize>) -> bool {
    let names = &reading.doc.names;
    let from = names.partition_point(|n| n.tokens.start < range.start);
    names.get(from).is_some_and(|n| {
        n.kind == NameKind::Person && n.tokens.start < range.end && n.tokens.start < range.start + 4
    })
}

fn has_name(reading: &Reading<'_, '_>, range: &Range<usize>) -> bool {
    range.clone().any(|t| reading.upos(t) == Upos::Propn)
}

#[cfg(test)]
mod tests {
    use crate::testing::{claims, doc, text_of};

    const SIGNED: &str = "“ “ PUNCT 3 punct
We we PRON 3 nsubj
waited wait VERB 0 root
all all DET 6 det
that that DET 6 det
night night NOUN 3 obl
_. . PUNCT 3 punct
_” ” PUNCT 3 punct
#
— — PUNCT 2 punct
Commissioner commissioner NOUN 0 root
Ruth Ruth PROPN 2 flat
Lind Lind PROPN 2 flat";

    #[test]
    fn the_name_behind_the_dash_speaks() {
        let text = text_of(SIGNED);
        let doc = doc(&text, SIGNED);
        let found = claims(&doc);
        assert_eq!(found.len(), 1);
        assert_eq!(doc.slice(found[0].source[0]), "Commissioner Ruth Lind");
        assert_eq!(doc.slice(found[0].content[0]), "“We waited all that night.”");
    }

    #[test]
    fn a_sentence_behind_the_dash_is_no_signature() {
        let lines = SIGNED
            .replace("Ruth Ruth PROPN 2 flat", "Ruth Ruth PROPN 4 nsubj")
            .replace("Lind Lind PROPN 2 flat", "slept sleep VERB 2 parataxis");
        let text = text_of(&lines);
        assert!(claims(&doc(&text, &lines)).iter().all(|c| c.source.is_empty()));
    }
}
