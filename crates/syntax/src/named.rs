//! Names and values from the labels of tokens.

use crate::{Name, NameKind, Value};
use std::ops::Range;
use std::sync::Arc;

/// The kinds of OntoNotes 5 and the coarse kind of each; none for values.
const KINDS: [(&str, Option<NameKind>); 18] = [
    ("PER", Some(NameKind::Person)),
    ("ORG", Some(NameKind::Organization)),
    ("GPE", Some(NameKind::Location)),
    ("LOC", Some(NameKind::Location)),
    ("FAC", Some(NameKind::Location)),
    ("NORP", Some(NameKind::Other)),
    ("EVENT", Some(NameKind::Other)),
    ("PRODUCT", Some(NameKind::Other)),
    ("WORK_OF_ART", Some(NameKind::Other)),
    ("LAW", Some(NameKind::Other)),
    ("LANGUAGE", Some(NameKind::Other)),
    ("DATE", None),
    ("TIME", None),
    ("MONEY", None),
    ("PERCENT", None),
    ("QUANTITY", None),
    ("ORDINAL", None),
    ("CARDINAL", None),
];

/// Adds the names and values of a sentence whose first token is `base` tokens
/// into the document. `labels` are those of the window, into `list`; an `I-`
/// after something else begins a name, too.
pub(crate) fn collect(
    list: &[Arc<str>],
    labels: &[u16],
    sentence: Range<usize>,
    base: usize,
    names: &mut Vec<Name>,
    values: &mut Vec<Value>,
) {
    let mut at = sentence.start;
    while at < sentence.end {
        let start = at;
        at += 1;
        let label = &list[labels[start] as usize];
        let Some((_, kind)) = label.split_once('-') else { continue };
        let inside = |at: usize| list[labels[at] as usize].strip_prefix("I-") == Some(kind);
        while at < sentence.end && inside(at) {
            at += 1;
        }
        let tokens = base + start..base + at;
        match KINDS.iter().find(|(code, _)| *code == kind) {
            Some(&(label, Some(kind))) => names.push(Name { tokens, kind, label }),
            Some(&(label, None)) => values.push(Value { tokens, label }),
            // A model of one's own may have kinds that nobody here knows.
            None => names.push(Name::new(tokens, NameKind::Other)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_become_names_and_values() {
        let list: Vec<Arc<str>> =
            ["O", "B-GPE", "I-GPE", "B-DATE", "I-DATE", "B-SHIP"].map(Arc::from).to_vec();
        let (mut names, mut values) = (Vec::new(), Vec::new());
        // Of the last two, the first is cut off by the end of the sentence.
        collect(&list, &[1, 1, 2, 0, 4, 4, 5, 2, 2], 0..8, 10, &mut names, &mut values);
        let found: Vec<_> = names.iter().map(|n| (n.tokens.clone(), n.kind, n.label)).collect();
        let place = NameKind::Location;
        assert_eq!(
            found,
            [
                (10..11, place, "GPE"),
                (11..13, place, "GPE"),
                (16..17, NameKind::Other, "MISC"),
                (17..18, place, "GPE")
            ]
        );
        assert_eq!(values, [Value { tokens: 14..16, label: "DATE" }]);
    }
}
