//! Names that the network took for something else than the words around them
//! say: people taken for places, companies for people, acronyms and names in
//! other scripts for anything.

use crate::candidates::Candidate;
use crate::compose::Scene;
use crate::given::GivenNames;
use crate::roles::RoleKind;
use crate::words::role_of;
use dateline_account::Place;
use dateline_syntax::{NameKind, Upos};
use std::collections::HashSet;
use std::ops::Range;

impl Scene<'_, '_> {
    /// Puts the kinds of names right.
    pub(crate) fn reconsider(
        &self,
        all: &mut Vec<Candidate>,
        places: &[Place],
        given: &GivenNames,
    ) {
        // where the gazetteer knows a place, it is one
        let listed: HashSet<usize> = all
            .iter()
            .filter(|c| c.place.is_some_and(|p| places[p as usize].geonames.is_some()))
            .map(|c| c.tokens.start)
            .collect();
        self.scripts(all, &listed);
        self.people(all, &listed, given);
        self.acronyms(all);
        for candidate in all.iter_mut().filter(|c| c.row.is_none()) {
            let mistaken = match candidate.kind {
                Some(NameKind::Person) => true,
                Some(NameKind::Location) => self.unknown_place(&candidate.tokens, &listed),
                _ => false,
            };
            if mistaken && self.is_body(&candidate.tokens, given) {
                candidate.kind = Some(NameKind::Organization);
            }
        }
    }

    /// Words in another script than Latin, two or three together, are one name,
    /// of a person unless they are a place: the network has not learnt them.
    fn scripts(&self, all: &mut Vec<Candidate>, listed: &HashSet<usize>) {
        let doc = self.doc;
        let mut token = 0;
        let mut inside: HashSet<usize> = HashSet::new();
        let mut names = Vec::new();
        while token < doc.tokens.len() {
            let end = crate::tree::sentence_of(doc, token).end;
            let run = token..(token..end).find(|&t| !other_script(doc.form(t))).unwrap_or(end);
            token = run.end.max(token + 1);
            if !(2..=3).contains(&run.len()) || listed.contains(&run.start) {
                continue;
            }
            inside.extend(run.clone());
            let kind = Some(NameKind::Person);
            names.push(Candidate { tokens: run, kind, row: None, place: None });
        }
        all.retain(|c| c.row.is_some() || !c.tokens.clone().any(|t| inside.contains(&t)));
        all.append(&mut names);
    }

    /// People who were taken for places: "his wife, Ines,", "Lola Vance sang",
    /// and from then on "Lola" alone.
    fn people(&self, all: &mut [Candidate], listed: &HashSet<usize>, given: &GivenNames) {
        let doc = self.doc;
        let place = |c: &Candidate| c.kind == Some(NameKind::Location) && c.row.is_none();
        let mut firsts: HashSet<&str> = HashSet::new();
        for candidate in all.iter_mut().filter(|c| place(c)) {
            let tokens = candidate.tokens.clone();
            let free = self.unknown_place(&tokens, listed);
            let named = tokens.len() > 1 && given.gender(doc.form(tokens.start)).is_some();
            if free && (named && self.acts(&tokens) || self.describes_person(&tokens)) {
                candidate.kind = Some(NameKind::Person);
            }
        }
        for candidate in all.iter().filter(|c| c.kind == Some(NameKind::Person)) {
            if candidate.tokens.len() > 1
                && given.gender(doc.form(candidate.tokens.start)).is_some()
            {
                firsts.insert(doc.form(candidate.tokens.start));
            }
        }
        for candidate in all.iter_mut().filter(|c| place(c) && c.tokens.len() == 1) {
            if firsts.contains(doc.form(candidate.tokens.start)) && self.acts(&candidate.tokens) {
                candidate.kind = Some(NameKind::Person);
            }
        }
    }

    fn unknown_place(&self, tokens: &Range<usize>, listed: &HashSet<usize>) -> bool {
        !listed.contains(&tokens.start) && self.words.countries[tokens.start].is_none()
    }

    /// Whether a name is a subject or in apposition, without preposition or
    /// article.
    fn acts(&self, tokens: &Range<usize>) -> bool {
        let head = self.doc.head_of(tokens.clone());
        matches!(self.doc.tokens[head].relation(), "nsubj" | "appos" | "root" | "conj")
            && ["case", "det"].iter().all(|r| self.tree.by(self.doc, head, r).next().is_none())
    }

    /// Whether a name stands in apposition to the description of one person.
    fn describes_person(&self, tokens: &Range<usize>) -> bool {
        let doc = self.doc;
        let head = doc.head_of(tokens.clone());
        let noun = doc.tokens[head].head.filter(|_| doc.tokens[head].relation() == "appos");
        noun.filter(|&n| doc.tokens[n].upos == Upos::Noun).is_some_and(|noun| {
            doc.tokens[noun].feature("Number") != Some("Plur")
                && role_of(doc, self.roles, noun)
                    .is_some_and(|(r, _, _)| r.kind == RoleKind::Person)
        })
    }

    /// Acronyms that brackets introduce as a body's: they are the body's
    /// wherever they stand.
    fn acronyms(&self, all: &mut Vec<Candidate>) {
        let doc = self.doc;
        let form = |t: usize| doc.tokens.get(t).map_or("", |_| doc.form(t));
        let mut known: HashSet<&str> = HashSet::new();
        for body in all.iter().filter(|c| c.kind == Some(NameKind::Organization)) {
            let open = body.tokens.end;
            let short = form(open + 1);
            let capitals = short.len() > 1 && short.chars().all(char::is_uppercase);
            if body.tokens.len() > 1 && form(open) == "(" && form(open + 2) == ")" && capitals {
                known.insert(short);
            }
        }
        if known.is_empty() {
            return;
        }
        let mut named: HashSet<usize> = HashSet::new();
        for candidate in all.iter_mut().filter(|c| c.tokens.len() == 1) {
            if known.contains(form(candidate.tokens.start)) {
                named.insert(candidate.tokens.start);
                if candidate.row.is_none() {
                    candidate.kind = Some(NameKind::Organization);
                    candidate.place = None;
                }
            }
        }
        for token in (0..doc.tokens.len()).filter(|&t| known.contains(form(t))) {
            if named.insert(token) && self.words.name[token].is_none() {
                let (tokens, kind) = (token..token + 1, Some(NameKind::Organization));
                all.push(Candidate { tokens, kind, row: None, place: None });
            }
        }
    }

    /// "Bethel Mills, the country's largest bakery": a body in apposition to
    /// what was taken for a person, who has neither title nor given name.
    fn is_body(&self, tokens: &Range<usize>, given: &GivenNames) -> bool {
        let doc = self.doc;
        let head = doc.head_of(tokens.clone());
        let body = |noun: usize| {
            doc.tokens[noun].upos == Upos::Noun
                && doc.tokens[noun].feature("Number") != Some("Plur")
                && noun > tokens.end
                && role_of(doc, self.roles, noun)
                    .is_some_and(|(r, _, _)| r.kind == RoleKind::Organization)
        };
        let titled = tokens.start.checked_sub(1).is_some_and(|t| {
            role_of(doc, self.roles, t)
                .is_some_and(|(r, _, _)| matches!(r.kind, RoleKind::Person | RoleKind::Title))
        });
        !titled
            && given.gender(doc.form(tokens.start)).is_none()
            && self.tree.by(doc, head, "appos").any(body)
    }
}

/// Whether a word is written in letters that are not Latin.
fn other_script(form: &str) -> bool {
    let latin = |c: char| c < '\u{370}' || ('\u{1E00}'..='\u{1EFF}').contains(&c);
    let mut letters = form.chars().filter(|c| c.is_alphabetic()).peekable();
    letters.peek().is_some() && letters.all(|c| !latin(c))
}
