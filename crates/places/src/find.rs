//! Which words are place names or demonyms.

use crate::atlas::Atlas;
use crate::candidate::{self, Level};
use crate::known::{Known, Sentence, is_lower_case};
use crate::mention::{Found, Mention};
use crate::pieces::Pieces;
use crate::words::Words;
use crate::{Gazetteer, fold};
use dateline_account::PlaceForm;
use dateline_syntax::{Doc, NameKind, Upos};
use std::ops::Range;

/// Words of the longest name that is looked up.
pub(crate) const LONGEST: usize = 6;
/// Bytes of the longest name that is looked up.
const LONGEST_BYTES: usize = 80;
/// Prior from which a town needs no word of the network: about 250,000 people.
pub(crate) const WELL_KNOWN: f64 = 5.4;

/// The sources of names.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Finder<'r> {
    pub atlas: &'r Atlas,
    pub gazetteer: &'r Gazetteer,
    pub words: &'r Words,
}

impl<'r> Finder<'r> {
    /// The mentions of a document in reading order, none overlapping.
    pub(crate) fn find(&self, doc: &Doc<'_>) -> Vec<Mention<'r>> {
        let mut names: Vec<Option<(usize, NameKind)>> = vec![None; doc.tokens.len()];
        for (number, name) in doc.names.iter().enumerate() {
            if let Some(tokens) = names.get_mut(name.tokens.clone()) {
                tokens.fill(Some((number, name.kind)));
            }
        }
        let mut known = Known { lower_case: is_lower_case(doc.text), ..Known::default() };
        let mut mentions = Vec::new();
        let sentences = doc.sentences.iter().map(|s| Pieces::new(doc, s.clone(), &names));
        let sentences: Vec<Pieces<'_, '_>> = sentences.collect();
        // what is a location once in the article is one everywhere in it
        for round in 0..2 {
            mentions.clear();
            for pieces in &sentences {
                if round == 0 {
                    known.people(pieces);
                }
                self.sentence(&Sentence { pieces, known: &known }, &mut mentions);
            }
            if round == 0 && !known.locations(&names, doc, &mentions) {
                break;
            }
        }
        mentions
    }

    fn sentence(&self, sentence: &Sentence<'_, '_, '_>, mentions: &mut Vec<Mention<'r>>) {
        let mut at = 0;
        // end of the last mention, in pieces
        let mut last = usize::MAX;
        while at < sentence.pieces.len() {
            match self.mention_at(sentence, at, last) {
                Some((mention, next)) if next > at => {
                    mentions.push(mention);
                    (at, last) = (next, next);
                }
                _ => at += 1,
            }
        }
    }

    fn mention_at(&self, sentence: &Sentence<'_, '_, '_>, at: usize, last: usize) -> Found<'r> {
        let pieces = sentence.pieces;
        let piece = pieces.get(at)?;
        // without capitals the tags must do; "united" may be tagged anything
        let proper = |at: usize| matches!(pieces.upos(at), Some(Upos::Propn | Upos::Adj));
        let lower_case = sentence.known.lower_case;
        let shortest = if piece.capital || lower_case && proper(at) {
            1
        } else if lower_case && proper(at + 1) {
            2
        } else {
            return None;
        };
        let mut end = at + 1;
        while end < pieces.len() && end - at < LONGEST && (pieces.joined(end) || comma(pieces, end))
        {
            end += 1;
        }
        for end in (at + shortest..=end).rev() {
            if let Some(found) = self.range(sentence, at..end, last) {
                return Some(found);
            }
        }
        self.unlisted(sentence, at)
    }

    /// A mention that is listed under the words of a range.
    fn range(
        &self,
        sentence: &Sentence<'_, '_, '_>,
        range: Range<usize>,
        last: usize,
    ) -> Found<'r> {
        let pieces = sentence.pieces;
        let text = pieces.text(&range);
        let ending = pieces.get(range.end.wrapping_sub(1))?;
        // Only names listed by hand end with a small word, and few of them.
        let small = !ending.capital && !sentence.known.lower_case;
        if text.len() > LONGEST_BYTES
            || small && !self.atlas.ends_with(&fold(pieces.form(range.end - 1)))
        {
            return None;
        }
        if sentence.known.nothing.borrow().contains(text) {
            return None;
        }
        if let Some(found) = self.abbreviation(sentence, &range, last) {
            return Some(found);
        }
        let key = fold(text);
        if key.is_empty() {
            return None;
        }
        if !self.is_listed(text, &key) {
            sentence.known.nothing.borrow_mut().insert(text.to_owned());
            return None;
        }
        let ends_capital =
            pieces.get(range.end - 1).is_some_and(|p| p.capital) || sentence.known.lower_case;
        let mut candidates = candidate::named(self.atlas, self.gazetteer, &key);
        if !ends_capital || text.contains(',') {
            candidates.retain(|c| c.listed);
        }
        let person = |at: usize| pieces.kind(at) == Some(NameKind::Person);
        let placed = self.says_where(pieces, &range, &candidates);
        if range.clone().any(person) && !placed && !self.mistaken_person(sentence, &range) {
            return None;
        }
        let listed = candidates.iter().any(|c| c.listed);
        let town = pieces.kind(range.start) == Some(NameKind::Location)
            && candidates.first().is_some_and(|c| c.prior >= 4.0);
        if !listed
            && !town
            && let Some(found) = self.demonym(sentence, &range, &key)
        {
            return Some(found);
        }
        let accepted = placed || self.accepts(sentence, &range, &key, &candidates, last);
        if candidates.is_empty() || !accepted {
            return None;
        }
        let mention = Mention {
            span: pieces.span(&range)?,
            key,
            form: PlaceForm::Name,
            candidates,
            unlisted: None,
            weight: 1.0,
        };
        self.extended(pieces, mention, range)
    }

    /// Whether anything is listed under a text, folded as `key`.
    fn is_listed(&self, text: &str, key: &str) -> bool {
        let bare = text.trim_end_matches('.');
        self.gazetteer.contains(key)
            || self.atlas.named(key).next().is_some()
            || self.atlas.demonym(key).next().is_some()
            || [text, bare].iter().any(|written| self.atlas.abbreviated(written).next().is_some())
            || self.atlas.abbreviated(&format!("{text}.")).next().is_some()
    }

    /// `U.S.`, `Calif.`, and after a name and a comma `TX`.
    fn abbreviation(
        &self,
        sentence: &Sentence<'_, '_, '_>,
        range: &Range<usize>,
        last: usize,
    ) -> Found<'r> {
        let pieces = sentence.pieces;
        let text = pieces.text(range);
        let mut span = pieces.span(range)?;
        if text.len() > 14 {
            return None;
        }
        let dotted = format!("{text}.");
        let after = pieces.get(range.end - 1)?.bytes.end;
        let dot_follows = pieces.doc.text.get(after..).is_some_and(|rest| rest.starts_with('.'));
        let mut written = text;
        let mut candidates = Vec::new();
        if dot_follows {
            candidates = candidate::of_entries(self.atlas.abbreviated(&dotted));
            if !candidates.is_empty() {
                span.end += 1;
                written = &dotted;
            }
        }
        if candidates.is_empty() {
            candidates = candidate::of_entries(self.atlas.abbreviated(text));
        }
        if candidates.is_empty()
            && let Some(bare) = text.strip_suffix('.')
        {
            // the full stop of the sentence, left on the word
            candidates = candidate::of_entries(self.atlas.abbreviated(bare));
            span.end = span.end.saturating_sub(1).max(span.start + 1);
            written = bare;
        }
        let first = candidates.first()?;
        let dots = written.matches('.').count();
        let country = candidates.iter().any(|c| c.level == Level::Country);
        if pieces.kind(range.start) == Some(NameKind::Person) && last != range.start {
            return None;
        }
        let after_name = last == range.start && comma(pieces, range.start);
        let location = pieces.kind(range.start) == Some(NameKind::Location);
        let short_code = dots == 0 && first.level == Level::Division;
        // "D.C.", "N.Y." and "UAE" are clear, "Wash." and "Miss." are not, "OR" and "IN" still less
        if !(country
            || dots >= 2
            || after_name
            || (location && (!short_code || written.len() > 2))
            || first.level == Level::Town)
        {
            return None;
        }
        let key = written.to_owned();
        let form = PlaceForm::Name;
        let mention = Mention { span, key, form, candidates, unlisted: None, weight: 1.0 };
        Some((mention, range.end))
    }
}

/// Whether a comma and white space stand before a piece.
pub(crate) fn comma(pieces: &Pieces<'_, '_>, at: usize) -> bool {
    let space = |rest: &str| rest.chars().all(|c| c.is_whitespace() && c != '\n');
    pieces.gap(at).and_then(|gap| gap.strip_prefix(',')).is_some_and(space)
}
