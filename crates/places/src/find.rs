//! Which words are place names or demonyms.

use crate::atlas::Atlas;
use crate::candidate::{self, Candidate, Level};
use crate::known::{Known, Question, Sentence, is_lower_case};
use crate::mention::{Found, Mention};
use crate::pieces::Pieces;
use crate::words::Words;
use crate::{Gazetteer, fold};
use dateline_account::PlaceForm;
use dateline_syntax::{Doc, NameKind, Upos};
use std::cell::RefCell;
use std::ops::Range;

/// Words of the longest name that is looked up.
pub(crate) const LONGEST: usize = 6;
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
        let mut sentences = Vec::with_capacity(doc.sentences.len());
        for tokens in &doc.sentences {
            let pieces = Pieces::new(doc, tokens.clone(), &names);
            known.people(&pieces);
            let (mentions, denied) = self.sentence(&pieces, &known);
            sentences.push((pieces, mentions, denied));
        }
        let mentions = sentences.iter().flat_map(|(_, mentions, _)| mentions);
        if known.locations(&names, doc, mentions) {
            // what is a location once in the article is one everywhere in it
            for (pieces, mentions, denied) in &mut sentences {
                if denied.iter().any(|question| known.says(question)) {
                    *mentions = self.sentence(pieces, &known).0;
                }
            }
        }
        sentences.into_iter().flat_map(|(_, mentions, _)| mentions).collect()
    }

    /// The mentions of a sentence, and what was asked of the article for it and
    /// denied: where nothing of that comes to be known, they stay.
    fn sentence(
        &self,
        pieces: &Pieces<'_, '_>,
        known: &Known<'r>,
    ) -> (Vec<Mention<'r>>, Vec<Question>) {
        let sentence = &Sentence { pieces, known, denied: RefCell::default() };
        let mut mentions = Vec::new();
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
        (mentions, sentence.denied.take())
    }

    fn mention_at(&self, sentence: &Sentence<'_, '_, '_, 'r>, at: usize, last: usize) -> Found<'r> {
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
        for run in self.runs(pieces, at).into_iter().rev() {
            if run.end >= at + shortest
                && let Some(found) = self.listed(sentence, at..run.end, run.key, last)
            {
                return Some(found);
            }
        }
        self.unlisted(sentence, at)
    }

    /// A mention that is listed under the words of a range, folded as `key`.
    fn listed(
        &self,
        sentence: &Sentence<'_, '_, '_, 'r>,
        range: Range<usize>,
        key: String,
        last: usize,
    ) -> Found<'r> {
        let pieces = sentence.pieces;
        let text = pieces.text(&range);
        let ending = pieces.get(range.end.wrapping_sub(1))?;
        // Only names listed by hand end with a small word, and few of them.
        let small = !ending.capital && !sentence.known.lower_case;
        if small && !self.atlas.ends_with(&fold(pieces.form(range.end - 1))) {
            return None;
        }
        if let Some(found) = self.abbreviation(sentence, &range, last) {
            return Some(found);
        }
        if key.is_empty() {
            return None;
        }
        let ends_capital =
            pieces.get(range.end - 1).is_some_and(|p| p.capital) || sentence.known.lower_case;
        let mut candidates = self.readings(sentence.known, &key);
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

    /// All readings of a folded name, which the article mostly has more than once.
    fn readings(&self, known: &Known<'r>, key: &str) -> Vec<Candidate<'r>> {
        let mut readings = known.readings.borrow_mut();
        if let Some(readings) = readings.get(key) {
            return readings.clone();
        }
        let found = candidate::named(self.atlas, self.gazetteer, key);
        readings.insert(key.to_owned(), found.clone());
        found
    }

    /// `U.S.`, `Calif.`, and after a name and a comma `TX`.
    fn abbreviation(
        &self,
        sentence: &Sentence<'_, '_, '_, 'r>,
        range: &Range<usize>,
        last: usize,
    ) -> Found<'r> {
        let pieces = sentence.pieces;
        let text = pieces.text(range);
        let mut span = pieces.span(range)?;
        if text.len() > 14 || !self.atlas.may_be_short(text) {
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
