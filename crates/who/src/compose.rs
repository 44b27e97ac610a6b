//! Codes put together from words: "a Turkish army spokesman" is TURMIL,
//! "French opposition lawmakers" are FRALEG and OPP.

use crate::actors::Actors;
use crate::codes::{Coding, Country};
use crate::countries::Naming;
use crate::fold::fold;
use crate::roles::{Role, RoleKind, Roles};
use crate::tree::Tree;
use crate::words::Words;
use dateline_syntax::{Doc, Upos};
use jiff::civil::Date;
use std::ops::Range;

/// After a hyphen, these make a country word tell of somebody else.
const BACKED: &[&str] = &[
    "aligned",
    "allied",
    "appointed",
    "armed",
    "backed",
    "based",
    "brokered",
    "controlled",
    "financed",
    "friendly",
    "funded",
    "held",
    "installed",
    "occupied",
    "sponsored",
    "supplied",
    "supported",
    "trained",
];

/// What the composing of codes reads.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Scene<'a, 't> {
    pub(crate) doc: &'a Doc<'t>,
    pub(crate) tree: &'a Tree,
    pub(crate) words: &'a Words,
    pub(crate) roles: &'a Roles,
    pub(crate) actors: &'a Actors,
    pub(crate) date: Option<Date>,
}

/// A composed code.
#[derive(Debug, Default)]
pub(crate) struct Composed {
    pub(crate) coding: Coding,
    /// Whether the words call the office a former one.
    pub(crate) former: bool,
}

/// What the words around a head lend to it.
#[derive(Debug, Default)]
struct Lent {
    country: Option<Country>,
    sectors: Vec<&'static str>,
    opposed: bool,
    former: bool,
}

impl Lent {
    fn take(&mut self, coding: &Coding) {
        self.country = self.country.or(coding.country);
        for &sector in &coding.sectors {
            self.sector(sector);
        }
    }

    fn sector(&mut self, sector: &'static str) {
        self.opposed |= sector == "OPP";
        if !self.sectors.contains(&sector) {
            self.sectors.push(sector);
        }
    }
}

impl Scene<'_, '_> {
    /// The coding of a head with a role, from the words of its phrase from
    /// `start` on and from the complements that hang on `anchor`.
    pub(crate) fn compose(
        &self,
        role: Option<&Role>,
        start: usize,
        head: Range<usize>,
        anchor: usize,
    ) -> Composed {
        let mut lent = Lent::default();
        self.before(start..head.start, &mut lent);
        self.after(anchor, &mut lent);
        let mut coding = Coding { country: lent.country, sectors: Vec::new() };
        match role {
            Some(role) if role.strong && !role.sectors.is_empty() => {
                role.sectors.iter().for_each(|s| coding.add(s));
                if lent.opposed {
                    coding.add("OPP");
                }
            }
            Some(role) => {
                lent.sectors.iter().for_each(|s| coding.add(s));
                // a weak head alone says little: "the leader" of what?
                let known = lent.country.is_some() || role.kind == RoleKind::Organization;
                if coding.sectors.is_empty() && known {
                    role.sectors.iter().for_each(|s| coding.add(s));
                }
                if coding.sectors.is_empty() && lent.country.is_none() {
                    // "officials said": of some government
                    role.sectors
                        .iter()
                        .filter(|s| **s == "JRN" || **s == "COP")
                        .for_each(|s| coding.add(s));
                }
            }
            None => {}
        }
        let office = |s: &&'static str| matches!(*s, "GOV" | "MIL" | "LEG" | "JUD" | "SPY" | "COP");
        let former = lent.former && role.is_some_and(|r| r.sectors.iter().any(office));
        if former {
            coding.sectors.clear();
            coding.add("ELI");
        }
        Composed { coding, former }
    }

    /// Modifiers before the head, the nearest last.
    fn before(&self, tokens: Range<usize>, lent: &mut Lent) {
        let mut token = tokens.start;
        while token < tokens.end {
            if let Some((range, coding, _)) = self.words.actor_at(token, self.actors, self.date) {
                lent.take(&coding);
                token = range.end.max(token + 1);
                continue;
            }
            if let Some(named) = self.words.countries[token] {
                if !self.only_towards(token) {
                    lent.country = Some(named.country);
                }
            } else {
                self.modifier(token, lent);
            }
            token += 1;
        }
    }

    /// Whether a country word tells of an attitude or a backer, not of where
    /// somebody belongs: "anti-Chilean", "Chilean-backed".
    fn only_towards(&self, token: usize) -> bool {
        let form = |t: Option<usize>| {
            t.filter(|&t| t < self.doc.tokens.len()).map_or("", |t| self.doc.form(t))
        };
        let word = self.doc.form(token).to_ascii_lowercase();
        let before = matches!(form(token.checked_sub(1)), "-" | "–")
            && ["anti", "pro"].iter().any(|p| form(token.checked_sub(2)).eq_ignore_ascii_case(p));
        let after = matches!(form(Some(token + 1)), "-" | "–")
            && BACKED.iter().any(|b| form(Some(token + 2)).eq_ignore_ascii_case(b));
        before
            || after
            || word.starts_with("anti-")
            || word.starts_with("pro-")
            || word
                .rsplit('-')
                .next()
                .is_some_and(|last| word.contains('-') && BACKED.contains(&last))
    }

    fn modifier(&self, token: usize, lent: &mut Lent) {
        let form = self.doc.form(token);
        if form.len() > 40 {
            return;
        }
        let form = fold(form).to_lowercase();
        let known = self.roles.modifier(&form).or_else(|| {
            // "government-backed" and "ex-president" lend their first half
            self.roles.modifier(form.split('-').next().filter(|first| *first != form)?)
        });
        if let Some(modifier) = known {
            for &sector in &modifier.sectors {
                if sector == "ELI" {
                    lent.former = true;
                } else {
                    lent.sector(sector);
                }
            }
        } else if matches!(self.doc.tokens[token].upos, Upos::Noun | Upos::Propn)
            && let Some(role) =
                self.roles.head(&form).filter(|r| r.kind != RoleKind::Title && r.strong)
        {
            for &sector in &role.sectors {
                lent.sector(sector);
            }
        }
    }

    /// Complements after the head: "spokesman for the army", "police in Peru",
    /// "refugees fleeing Liberia".
    fn after(&self, head: usize, lent: &mut Lent) {
        let nominal = |t: &usize| {
            matches!(self.doc.tokens[*t].relation(), "nmod" | "acl" | "obl") && *t > head
        };
        for dependent in self.tree.dependents(head).filter(nominal).take(6) {
            let relation = self.doc.tokens[dependent].relation();
            let owner = relation == "nmod"
                && ["of", "for", "from", "with", "at"]
                    .iter()
                    .any(|p| self.tree.has_case(self.doc, dependent, p));
            if owner && lent.sectors.is_empty() {
                self.complement(dependent, lent);
            }
            if lent.country.is_none() && (owner || relation == "nmod") && !self.meets_in(dependent)
            {
                lent.country = self.country_of(dependent);
            }
            if lent.country.is_none() && relation == "acl" {
                let inner = self
                    .tree
                    .dependents(dependent)
                    .filter(|&t| matches!(self.doc.tokens[t].relation(), "obj" | "obl"));
                lent.country = inner.take(4).find_map(|t| self.country_of(t));
            }
        }
    }

    /// "Ministers in Brussels": where officials are, not whose they are, when
    /// the place is a capital.
    fn meets_in(&self, token: usize) -> bool {
        self.words.countries[token].is_some_and(|n| n.naming == Naming::Capital)
            && ["in", "at"].iter().any(|p| self.tree.has_case(self.doc, token, p))
    }

    fn complement(&self, token: usize, lent: &mut Lent) {
        if let Some((_, coding, _)) = self.words.actor_at(token, self.actors, self.date) {
            lent.take(&coding);
            return;
        }
        if self.words.countries[token].is_some() {
            return;
        }
        if let Some((role, start, _)) = crate::words::role_of(self.doc, self.roles, token)
            && role.kind != RoleKind::Person
            && role.strong
        {
            role.sectors.iter().for_each(|s| lent.sector(s));
            let _ = start;
        }
        let before = self.tree.dependents(token).filter(|&t| t < token);
        for modifier in before {
            self.before(modifier..modifier + 1, lent);
        }
    }

    /// The country that a noun or what hangs on it names.
    pub(crate) fn country_of(&self, token: usize) -> Option<Country> {
        let own = |t: usize| self.words.countries[t].map(|named| named.country);
        own(token).or_else(|| {
            let near = |t: &usize| {
                matches!(
                    self.doc.tokens[*t].relation(),
                    "amod" | "compound" | "nmod" | "flat" | "appos"
                )
            };
            self.tree.dependents(token).filter(near).take(8).find_map(own)
        })
    }

    /// The coding of a name that no row knows, from the words inside it:
    /// "Malian Interior Ministry", "University of Oslo".
    pub(crate) fn compose_name(&self, name: Range<usize>, head: usize) -> Coding {
        let role =
            name.clone().rev().find_map(|t| crate::words::role_of(self.doc, self.roles, t)).filter(
                |(role, _, _)| matches!(role.kind, RoleKind::Organization | RoleKind::Group),
            );
        let Some((role, start, _)) = role else { return Coding::default() };
        let before = name.start.min(start)..start;
        let mut coding = self.compose(Some(role), before.start, start..head + 1, head).coding;
        let named = |t: usize| self.words.countries[t].filter(|n| n.naming != Naming::Capital);
        coding.country = coding.country.or_else(|| name.clone().find_map(named).map(|n| n.country));
        coding
    }
}
