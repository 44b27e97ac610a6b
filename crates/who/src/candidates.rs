//! Where names stand: those of the network, those of the lexicon and places,
//! without overlaps.

use crate::compose::Scene;
use crate::words::capital;
use dateline_account::Place;
use dateline_syntax::{NameKind, Upos};
use std::collections::HashMap;
use std::ops::Range;

/// Where a name stands, and from where it is known.
#[derive(Debug, Clone)]
pub(crate) struct Candidate {
    pub(crate) tokens: Range<usize>,
    pub(crate) kind: Option<NameKind>,
    pub(crate) row: Option<u32>,
    pub(crate) place: Option<u32>,
}

impl Scene<'_, '_> {
    /// Names of the network, listed names and places; where they overlap, the
    /// longest.
    pub(crate) fn candidates(&self, places: &[Place]) -> Vec<Candidate> {
        let mut all: Vec<Candidate> = Vec::new();
        for name in &self.doc.names {
            let mut tokens = self.trim(name.tokens.clone());
            if !tokens.is_empty() {
                if name.kind == NameKind::Organization {
                    tokens.end = self.complemented(&tokens);
                }
                all.push(Candidate { tokens, kind: Some(name.kind), row: None, place: None });
            }
        }
        for hit in &self.words.hits {
            let tokens = hit.tokens.clone();
            all.push(Candidate { tokens, kind: None, row: Some(hit.row), place: None });
        }
        for (at, place) in places.iter().enumerate() {
            let tokens = self.doc.tokens_in(place.span);
            if !tokens.is_empty() {
                all.push(Candidate { tokens, kind: None, row: None, place: Some(at as u32) });
            }
        }
        self.spread(&mut all);
        all.sort_by_key(|c| (c.tokens.start, std::cmp::Reverse(c.tokens.end)));
        let mut kept: Vec<Candidate> = Vec::new();
        for next in all {
            match kept.last_mut() {
                Some(last) if last.tokens.end > next.tokens.start => {
                    if last.tokens == next.tokens {
                        last.kind = last.kind.or(next.kind);
                        last.row = last.row.or(next.row);
                        last.place = last.place.or(next.place);
                    } else if next.tokens.len() > last.tokens.len() {
                        *last = next;
                    }
                }
                _ => kept.push(next),
            }
        }
        kept
    }

    /// A surname or single name that the network found in one sentence and
    /// missed in another: "Trump backed off" at the head of a paragraph.
    fn spread(&self, all: &mut Vec<Candidate>) {
        let doc = self.doc;
        let mut known: HashMap<&str, (NameKind, usize)> = HashMap::new();
        for name in &doc.names {
            let tokens = self.trim(name.tokens.clone());
            let Some(last) =
                tokens.end.checked_sub(1).filter(|&t| !tokens.is_empty() && capital(doc, t))
            else {
                continue;
            };
            let person = name.kind == NameKind::Person;
            if doc.form(last).chars().count() >= 3 && (person || tokens.len() == 1) {
                known.entry(doc.form(last)).or_insert((name.kind, 0)).1 += 1;
            }
        }
        for token in 0..doc.tokens.len() {
            if self.words.name[token].is_some()
                || self.words.places[token].is_some()
                || !capital(doc, token)
            {
                continue;
            }
            let Some(&(kind, times)) = known.get(doc.form(token)) else { continue };
            let upos = doc.tokens[token].upos;
            let first = crate::tree::sentence_of(doc, token).start == token;
            let noun = matches!(upos, Upos::Noun | Upos::Propn | Upos::X);
            let other = matches!(upos, Upos::Verb | Upos::Adj | Upos::Adv | Upos::Intj);
            // at the head of a sentence every word has a capital
            if noun && (!first || times > 1 || upos == Upos::Propn)
                || other && (!first || times > 2)
            {
                let tokens = token..token + 1;
                all.push(Candidate { tokens, kind: Some(kind), row: None, place: None });
            }
        }
    }

    /// A name without an article before it or a possessive after it.
    fn trim(&self, mut tokens: Range<usize>) -> Range<usize> {
        let edge = |t: usize| {
            let token = &self.doc.tokens[t];
            matches!(token.upos, Upos::Punct | Upos::Det | Upos::Adp | Upos::Cconj)
                || matches!(self.doc.form(t), "'s" | "’s" | "'" | "’")
        };
        while tokens.end > tokens.start
            && edge(tokens.end - 1)
            && self.doc.form(tokens.end - 1) != ")"
        {
            tokens.end -= 1;
        }
        while tokens.start < tokens.end && edge(tokens.start) {
            tokens.start += 1;
        }
        tokens
    }

    /// Where the name of a body ends with its complement: "Central Bank of
    /// Kenya", of which the network may have taken the half.
    fn complemented(&self, tokens: &Range<usize>) -> usize {
        let doc = self.doc;
        let of =
            |t: usize| doc.tokens.get(t).is_some_and(|_| doc.form(t).eq_ignore_ascii_case("of"));
        let sentence = crate::tree::sentence_of(doc, tokens.start).end;
        if !of(tokens.end) || tokens.end + 1 >= sentence {
            return tokens.end;
        }
        let mut end = tokens.end + 1;
        if doc.tokens[end].upos == Upos::Det {
            end += 1;
        }
        let start = end;
        while end < sentence && end - start < 4 && doc.tokens[end].upos == Upos::Propn {
            end += 1;
        }
        let hangs = (start..end).any(|t| doc.tokens[t].head.is_some_and(|h| tokens.contains(&h)));
        if hangs { end } else { tokens.end }
    }
}
