//! What each word of a document says by itself: its role, the country it
//! names, the listed actor it belongs to. Read once, for every later step.

use crate::actor_rows::ActorRow;
use crate::actors::Actors;
use crate::codes::{Coding, Country};
use crate::countries::{Countries, Naming};
use crate::fold::{first_piece, fold};
use crate::roles::{Role, Roles};
use dateline_account::{Place, PlaceForm};
use dateline_syntax::{Doc, Upos};
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// The most words that a listed name has.
const MOST_WORDS: usize = 14;

/// A listed name that stands in the text.
#[derive(Debug, Clone)]
pub(crate) struct Hit {
    pub(crate) tokens: Range<usize>,
    pub(crate) row: u32,
}

/// A country, and how a word names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Named {
    pub(crate) country: Country,
    pub(crate) naming: Naming,
}

/// The layer over a document's tokens.
#[derive(Debug)]
pub(crate) struct Words {
    pub(crate) countries: Vec<Option<Named>>,
    /// Index into the account's places.
    pub(crate) places: Vec<Option<u32>>,
    /// Index into `hits`.
    pub(crate) hit: Vec<Option<u32>>,
    pub(crate) hits: Vec<Hit>,
    /// Index into the document's names.
    pub(crate) name: Vec<Option<u32>>,
    /// Countries that the article speaks of.
    pub(crate) nearby: BTreeSet<Country>,
    /// The one country that the article is about: named in four of five of the
    /// places where it names any.
    pub(crate) home: Option<Country>,
}

impl Words {
    pub(crate) fn read(
        doc: &Doc<'_>,
        places: &[Place],
        countries: &Countries,
        actors: &Actors,
        date: Option<Date>,
    ) -> Self {
        let count = doc.tokens.len();
        let mut words = Self {
            countries: vec![None; count],
            places: vec![None; count],
            hit: vec![None; count],
            hits: Vec::new(),
            name: vec![None; count],
            nearby: BTreeSet::new(),
            home: None,
        };
        for (at, name) in doc.names.iter().enumerate() {
            for slot in words.name.get_mut(name.tokens.clone()).into_iter().flatten() {
                *slot = Some(at as u32);
            }
        }
        words.read_places(doc, places);
        words.read_countries(doc, countries);
        words.nearby = words.countries.iter().flatten().map(|n| n.country).collect();
        words.home = words.only_country();
        words.read_actors(doc, actors, date);
        words
    }

    fn read_places(&mut self, doc: &Doc<'_>, places: &[Place]) {
        for (at, place) in places.iter().enumerate() {
            let naming = match (place.form, place.feature.as_deref()) {
                (PlaceForm::Demonym, _) => Naming::Demonym,
                (PlaceForm::Name, Some("P.PPLC")) => Naming::Capital,
                (PlaceForm::Name, _) => Naming::Name,
            };
            let country = place.country.as_deref().and_then(Country::new);
            for token in doc.tokens_in(place.span) {
                self.places[token] = Some(at as u32);
                self.countries[token] = country.map(|country| Named { country, naming });
            }
        }
    }

    fn only_country(&self) -> Option<Country> {
        let mut counts: BTreeMap<Country, usize> = BTreeMap::new();
        for named in self.countries.iter().flatten() {
            *counts.entry(named.country).or_default() += 1;
        }
        let all: usize = counts.values().sum();
        let (country, most) = counts.into_iter().max_by_key(|&(_, n)| n)?;
        (most * 5 >= all * 4).then_some(country)
    }

    /// Country words that no place was read from, such as those inside names.
    fn read_countries(&mut self, doc: &Doc<'_>, countries: &Countries) {
        let mut token = 0;
        while token < doc.tokens.len() {
            // "Latin America" is read as a place, of no country
            let free = self.countries[token].is_none() && self.places[token].is_none();
            let found = free
                .then(|| {
                    longest(
                        doc,
                        token,
                        |first| countries.longest(first),
                        |text| countries.get(text).filter(|(_, naming)| *naming != Naming::Capital),
                    )
                })
                .flatten();
            let Some((end, (country, naming))) = found else {
                token += 1;
                continue;
            };
            for slot in self.countries.get_mut(token..end).into_iter().flatten() {
                slot.get_or_insert(Named { country, naming });
            }
            token = end;
        }
    }

    fn read_actors(&mut self, doc: &Doc<'_>, actors: &Actors, date: Option<Date>) {
        let mut token = 0;
        while token < doc.tokens.len() {
            let found = longest(
                doc,
                token,
                |first| actors.longest(first),
                |text| actors.has(text).then(|| text.to_owned()),
            );
            let Some((end, name)) = found.filter(|(end, _)| self.is_name(doc, token..*end)) else {
                token += 1;
                continue;
            };
            let row = actors.find(&name, date, &self.nearby);
            if let Some(row) = row.filter(|&row| self.is_meant(doc, token..end, actors.row(row))) {
                let at = self.hits.len() as u32;
                self.hits.push(Hit { tokens: token..end, row });
                for slot in self.hit.get_mut(token..end).into_iter().flatten() {
                    *slot = Some(at);
                }
            }
            token = end;
        }
    }

    /// Whether the words can be the whole of a name: `House` of `White House`
    /// cannot, nor can `Times` of a longer name, nor an ordinary word.
    fn is_name(&self, doc: &Doc<'_>, tokens: Range<usize>) -> bool {
        let proper = tokens.clone().any(|t| {
            doc.tokens[t].upos == Upos::Propn
                || self.name[t].is_some()
                || doc.tokens[t].upos == Upos::X
        });
        let several = tokens.len() > 1 && tokens.clone().filter(|&t| capital(doc, t)).count() > 1;
        let covering = self.name[tokens.start].and_then(|at| doc.names.get(at as usize));
        let inside = covering.is_some_and(|name| {
            // a single common word inside a longer name is not the listed one
            name.tokens.len() > tokens.len() + 2
                && tokens.len() == 1
                && name.tokens.start < tokens.start
        });
        (proper || several) && !inside
    }

    /// Whether a listed name is the one that the words mean. "The National" of
    /// "The National Rights Institute" is no newspaper, and "the Congress" in an
    /// article that speaks of other countries alone is theirs.
    fn is_meant(&self, doc: &Doc<'_>, tokens: Range<usize>, row: Option<&ActorRow>) -> bool {
        let Some(row) = row else { return false };
        let last = tokens.end.saturating_sub(1);
        let covering = self.name.get(last).copied().flatten();
        let goes_on = covering
            .and_then(|at| doc.names.get(at as usize))
            .is_some_and(|name| name.tokens.end > tokens.end);
        let capitals = doc.form(last).chars().filter(|c| c.is_uppercase()).count() > 1;
        if goes_on && !capitals && row.coding.sectors.first() == Some(&"JRN") {
            return false;
        }
        let common =
            tokens.len() == 1 && matches!(doc.form(last), "Congress" | "Parliament" | "Senate");
        let elsewhere = row.coding.country.is_some_and(|c| !self.nearby.contains(&c));
        !(common && elsewhere && !self.nearby.is_empty())
    }

    /// The coding that a listed name at a token has.
    pub(crate) fn actor_at(
        &self,
        token: usize,
        actors: &Actors,
        date: Option<Date>,
    ) -> Option<(Range<usize>, Coding, u32)> {
        let hit = self.hits.get((*self.hit.get(token)?)? as usize)?;
        Some((hit.tokens.clone(), actors.coding(hit.row, date), hit.row))
    }
}

/// Whether a word begins with a capital or a digit.
pub(crate) fn capital(doc: &Doc<'_>, token: usize) -> bool {
    doc.form(token).chars().next().is_some_and(|c| c.is_uppercase() || c.is_ascii_digit())
}

/// Whether the words around a token are all in capitals, as wires write.
pub(crate) fn shouted(doc: &Doc<'_>, token: usize) -> bool {
    let Some(sentence) = doc.sentences.get(doc.tokens[token].sentence) else { return false };
    let near = sentence.start.max(token.saturating_sub(8))..sentence.end.min(token + 9);
    let mut words = near.map(|t| doc.form(t)).filter(|f| f.chars().any(char::is_alphabetic));
    words.all(|form| !form.chars().any(char::is_lowercase))
}

/// The longest run of tokens from one on that a lookup knows.
fn longest<T>(
    doc: &Doc<'_>,
    token: usize,
    length: impl Fn(&str) -> usize,
    lookup: impl Fn(&str) -> Option<T>,
) -> Option<(usize, T)> {
    let form = doc.form(token);
    if form.len() > 60
        || form.chars().next().is_none_or(|c| {
            c.is_ascii_lowercase() && !form.starts_with("al") && !form.starts_with("el")
        })
    {
        return None;
    }
    let first = fold(form);
    let most = length(first_piece(&first));
    if most == 0 {
        return None;
    }
    let sentence = doc.sentences.get(doc.tokens[token].sentence)?;
    let begin = doc.tokens[token].span.start;
    let mut end = token + 1;
    while end < sentence.end
        && end - token < MOST_WORDS
        && (doc.tokens[end].span.end - begin) as usize <= most + 2
    {
        end += 1;
    }
    (token + 1..=end).rev().find_map(|end| {
        let text = fold(doc.slice(doc.span(token..end)));
        Some((end, lookup(&text)?))
    })
}

/// The role of a head: the longest listed phrase that ends in it, and where
/// that phrase starts.
pub(crate) fn role_of<'r>(
    doc: &Doc<'_>,
    roles: &'r Roles,
    head: usize,
) -> Option<(&'r Role, usize, String)> {
    let form = doc.form(head);
    if form.len() > 60 {
        return None;
    }
    let form = fold(form).to_lowercase();
    let lemma = fold(&doc.tokens[head].lemma).to_lowercase();
    let floor = doc.sentences.get(doc.tokens[head].sentence)?.start;
    let found = |last: &str| {
        let most = roles.most_words(last).min(head - floor + 1);
        (1..=most).rev().find_map(|count| {
            let start = head + 1 - count;
            let mut phrase = String::new();
            for token in start..head {
                phrase.push_str(&fold(doc.form(token)).to_lowercase());
                phrase.push(' ');
            }
            phrase.push_str(last);
            // "prime minister's office": the clitic is a token of its own
            let phrase = phrase.replace(" 's", "'s").replace(" - ", "-");
            roles.head(&phrase).map(|role| (role, start, phrase))
        })
    };
    let by_form = found(&form);
    if lemma == form {
        return by_form;
    }
    // "witnesses", whatever its lemma
    let lemma = form.strip_suffix("es").filter(|stem| stem.ends_with("ss")).unwrap_or(&lemma);
    match (by_form, found(lemma)) {
        (Some(a), Some(b)) => Some(if b.1 < a.1 { b } else { a }),
        (a, b) => a.or(b),
    }
}
