//! Who a quotation without a cue is told of by the words before it: "Lind
//! shrugged. “Ask me again.”"

use crate::draft::Reading;
use crate::quotes::Quotation;
use crate::rules::noun_phrase;
use crate::speaker::Mentions;
use dateline_syntax::{Name, NameKind};
use std::ops::Range;

/// The person that the words before a quotation tell of. In its paragraph, of
/// the sentence that ends where it begins, the subject if it is a person, else
/// the only person named there; of a sentence that leads to it with a colon
/// ("For Lind, the matter is simple: “...”") the only person named. At the head
/// of a paragraph the subject of the sentence before, if it is a person.
pub(crate) fn told_of(
    reading: &Reading<'_, '_>,
    mentions: &Mentions,
    quotation: &Quotation,
) -> Option<Range<usize>> {
    let before = quotation.tokens.start.checked_sub(1)?;
    let mut sentence = reading.sentence(before);
    let led = reading.doc.form(before) == ":" && sentence.end > quotation.tokens.start;
    if led {
        sentence.end = quotation.tokens.start;
    }
    let whole = sentence.end == quotation.tokens.start
        && sentence.clone().all(|t| reading.quotations.of(t).is_none());
    if !whole {
        return None;
    }
    let together = reading.paragraph(before) == quotation.paragraph;
    if led {
        return if together { only(reading, &sentence) } else { None };
    }
    let root = sentence.clone().find(|&t| reading.relation(t) == "root")?;
    let subject = reading.dependent(root, "nsubj")?;
    let named = person(reading, mentions, subject, root);
    if together { named.or_else(|| only(reading, &sentence)) } else { named }
}

/// The names of persons in a sentence.
fn persons<'r>(
    reading: &'r Reading<'_, '_>,
    sentence: &Range<usize>,
) -> impl Iterator<Item = &'r Name> {
    let names = &reading.doc.names;
    let from = names.partition_point(|n| n.tokens.start < sentence.start);
    let end = sentence.end;
    names[from..]
        .iter()
        .take_while(move |n| n.tokens.start < end)
        .filter(|n| n.kind == NameKind::Person)
}

/// The only person who is named in a sentence.
fn only(reading: &Reading<'_, '_>, sentence: &Range<usize>) -> Option<Range<usize>> {
    let mut persons = persons(reading, sentence);
    let only = persons.next()?;
    persons.next().is_none().then(|| only.tokens.clone())
}

/// A subject that is a person: by name, by a name in apposition, by "he" or
/// "she", or by a description.
fn person(
    reading: &Reading<'_, '_>,
    mentions: &Mentions,
    subject: usize,
    root: usize,
) -> Option<Range<usize>> {
    if matches!(reading.lower(subject).as_str(), "he" | "she") {
        return Some(subject..subject + 1);
    }
    let apposed = reading.dependent(subject, "appos");
    let sentence = reading.sentence(subject);
    let name = |t: usize| persons(reading, &sentence).find(|n| n.tokens.contains(&t));
    if let Some(name) = name(subject).or_else(|| name(apposed?)) {
        return Some(name.tokens.clone());
    }
    mentions.heads_person(subject).then(|| noun_phrase(reading, subject, root))
}
