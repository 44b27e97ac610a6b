//! Where names stand: those of the network, those of the lexicon and places,
//! without overlaps.

use crate::compose::Scene;
use crate::datelines::datelines;
use crate::given::GivenNames;
use crate::roles::RoleKind;
use crate::words::{capital, role_of};
use dateline_account::{Place, PlaceForm};
use dateline_syntax::{NameKind, Upos};
use std::collections::{HashMap, HashSet};
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
    pub(crate) fn candidates(&self, places: &[Place], given: &GivenNames) -> Vec<Candidate> {
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
        self.towns(&mut all, places);
        self.spread(&mut all);
        self.reconsider(&mut all, places, given);
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

    /// Places that were taken for people: those of datelines, and single names
    /// that are read as a place elsewhere in the article and belong to nobody.
    fn towns(&self, all: &mut [Candidate], places: &[Place]) {
        let doc = self.doc;
        let text = |tokens: &Range<usize>| doc.slice(doc.span(tokens.clone())).to_lowercase();
        let lines = datelines(doc);
        let mut towns: HashMap<String, Option<u32>> = HashMap::new();
        for (at, place) in places.iter().enumerate() {
            if place.form == PlaceForm::Name {
                towns.entry(doc.slice(place.span).to_lowercase()).or_insert(Some(at as u32));
            }
        }
        let person = |c: &Candidate| c.kind == Some(NameKind::Person);
        for line in &lines {
            let first =
                all.iter().find(|c| c.tokens.start == line.start && c.tokens.end <= line.end);
            if let Some(first) = first.filter(|c| person(c)) {
                towns.entry(text(&first.tokens)).or_insert(None);
            }
        }
        let surnames: HashSet<String> = all
            .iter()
            .filter(|c| person(c) && c.tokens.len() > 1)
            .map(|c| text(&(c.tokens.end - 1..c.tokens.end)))
            .collect();
        for candidate in all.iter_mut().filter(|c| person(c) && c.row.is_none()) {
            let name = text(&candidate.tokens);
            let Some(place) = towns.get(&name).filter(|_| !surnames.contains(&name)) else {
                continue;
            };
            let titled = candidate
                .tokens
                .start
                .checked_sub(1)
                .and_then(|t| role_of(doc, self.roles, t))
                .is_some_and(|(r, _, _)| matches!(r.kind, RoleKind::Person | RoleKind::Title));
            if !titled {
                candidate.kind = Some(NameKind::Location);
                candidate.place = candidate.place.or(*place);
            }
        }
    }

    /// A surname or single name that the network found in one sentence and
    /// missed in another: "Trump backed off" at the head of a paragraph.
    fn spread(&self, all: &mut Vec<Candidate>) {
        let doc = self.doc;
        let mut known: HashMap<&str, (NameKind, usize)> = HashMap::new();
        // in many countries a person goes by the first of two names
        let mut firsts: HashSet<&str> = HashSet::new();
        for name in &doc.names {
            let tokens = self.trim(name.tokens.clone());
            let Some(last) =
                tokens.end.checked_sub(1).filter(|&t| !tokens.is_empty() && capital(doc, t))
            else {
                continue;
            };
            let person = name.kind == NameKind::Person;
            if person && tokens.len() == 2 && role_of(doc, self.roles, tokens.start).is_none() {
                firsts.insert(doc.form(tokens.start));
            }
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
            let upos = doc.tokens[token].upos;
            let form = doc.form(token);
            // an unknown name may be read as an adverb: "Abiy thanked them"
            let first = || {
                let named = upos == Upos::Propn && doc.tokens[token].relation() == "nsubj";
                let verb = doc.tokens.get(token + 1).is_some_and(|t| t.upos == Upos::Verb);
                let taken = matches!(upos, Upos::Adv | Upos::Adj | Upos::Noun | Upos::X)
                    && verb
                    && doc.tokens[token].head == Some(token + 1);
                (firsts.contains(form) && (named || taken)).then_some((NameKind::Person, 3))
            };
            let Some((kind, times)) = known.get(form).copied().or_else(first) else { continue };
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
