//! Where an article was written and published: its dateline and its outlet.
//! Both count for what its other names mean ("Springfield" in the paper of a
//! town in Ohio).

use crate::candidate::{self, Candidate};
use crate::find::Finder;
use crate::fold;
use crate::mention::Mention;
use crate::words::Use;
use dateline_account::{PlaceForm, Span};
use dateline_syntax::Doc;

/// Longer datelines than this many tokens are none.
const LONGEST: usize = 14;
/// How much more than another name that of a dateline counts.
const WEIGHT: f64 = 2.0;
/// Words of the longest name in an outlet's.
const WORDS: usize = 3;
/// Prior from which a town is taken out of an outlet's name: 1,000 people.
const KNOWN: f64 = 3.0;

/// Gives the places of datelines ("LIMA, Peru (Reuters) - ...") their weight.
pub(crate) fn weigh_datelines(doc: &Doc<'_>, mentions: &mut [Mention<'_>]) {
    for paragraph in &doc.paragraphs {
        let Some(span) = dateline(doc, paragraph.start) else { continue };
        let from = mentions.partition_point(|m| m.span.end <= span.start);
        let inside = mentions.iter_mut().skip(from).take_while(|m| m.span.end <= span.end);
        inside.for_each(|mention| mention.weight = WEIGHT);
    }
}

/// The dateline that a sentence begins with: capitals first, and a dash with
/// white space around it soon after.
fn dateline(doc: &Doc<'_>, sentence: usize) -> Option<Span> {
    let start = doc.sentences.get(sentence)?.start;
    let name = doc.tokens.get(start).map(|_| doc.form(start))?;
    let letters = name.chars().filter(|c| c.is_alphabetic()).count();
    if letters < 3 || name.chars().any(char::is_lowercase) {
        return None;
    }
    let limit = doc.tokens.len().min(start + LONGEST);
    let dash = (start + 1..limit).find(|&t| matches!(doc.form(t), "-" | "--" | "–" | "—"))?;
    let (before, own) = (doc.tokens.get(dash - 1)?.span, doc.tokens.get(dash)?.span);
    let apart = before.end < own.start && doc.tokens.get(dash + 1)?.span.start > own.end;
    apart.then(|| Span::new(doc.tokens[start].span.start, own.start))
}

impl<'r> Finder<'r> {
    /// The place in the name of an outlet, "Lansing" of "Lansing State
    /// Journal": the longest, and of equally long ones the first. It stands
    /// nowhere in the text.
    pub(crate) fn outlet(&self, name: &str) -> Option<Mention<'r>> {
        let words: Vec<&str> = name.split_whitespace().take(12).collect();
        (1..=WORDS.min(words.len())).rev().find_map(|length| {
            words.windows(length).find_map(|words| self.outlet_place(&words.join(" ")))
        })
    }

    fn outlet_place(&self, name: &str) -> Option<Mention<'r>> {
        let key = fold(name);
        let common = [Use::Common, Use::Person, Use::Media, Use::Group, Use::Area, Use::Side];
        if !name.starts_with(char::is_uppercase) || common.iter().any(|u| self.words.has(&key, *u))
        {
            return None;
        }
        let adjective = candidate::of_entries(self.atlas.demonym(&key));
        let known = |c: &Candidate<'_>| c.listed || c.prior >= KNOWN;
        let named = candidate::named(self.atlas, self.gazetteer, &key);
        let named = if named.iter().any(known) { named } else { adjective };
        let mention = Mention {
            span: Span::new(0, 0),
            key,
            form: PlaceForm::Name,
            candidates: named,
            unlisted: None,
            weight: 1.0,
        };
        (!mention.candidates.is_empty()).then_some(mention)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Gazetteer;
    use crate::atlas::Atlas;
    use crate::words::Words;
    use dateline_lexicon::{Lexicons, Problems};

    #[test]
    fn outlets_are_named_for_places() {
        let lexicons = Lexicons::embedded();
        let mut problems = Problems::default();
        let atlas = Atlas::load(&lexicons, &mut problems);
        let words = Words::load(&lexicons, &mut problems);
        assert!(problems.list().is_empty());
        let finder = Finder { atlas: &atlas, gazetteer: &Gazetteer::embedded(), words: &words };
        let key = |name: &str| finder.outlet(name).map(|m| m.key);
        assert_eq!(key("Lansing State Journal").as_deref(), Some("lansing"));
        assert_eq!(key("The Irish Times").as_deref(), Some("irish"));
        assert_eq!(key("The New York Observer").as_deref(), Some("new york"));
        assert_eq!(key("Example Wire"), None);
    }
}
