//! From the head of a noun phrase to the entity that `who` made of it.

use crate::tree::Tree;
use dateline_account::{Entity, EntityKind, MentionForm, Place, PlaceForm};
use dateline_syntax::{NameKind, Upos};
use std::collections::BTreeMap;

/// Mentions longer than this many tokens are whole clauses and of no use to
/// find a head by.
const LONGEST: usize = 60;

/// One mention, by its tokens.
#[derive(Debug, Clone, Copy)]
struct At {
    entity: u32,
    length: usize,
    form: MentionForm,
}

/// Which entity each token heads or belongs to.
pub(crate) struct Mentions<'a> {
    pub entities: &'a [Entity],
    places: &'a [Place],
    heads: Vec<Option<At>>,
    covers: Vec<Option<At>>,
    names: Vec<Option<NameKind>>,
    demonyms: Vec<Option<u32>>,
}

impl<'a> Mentions<'a> {
    /// Looks over all mentions once.
    pub fn new(tree: &Tree<'_, '_>, entities: &'a [Entity], places: &'a [Place]) -> Self {
        let count = tree.doc.tokens.len();
        let (mut heads, mut covers) = (vec![None; count], vec![None; count]);
        let mut names = vec![None; count];
        for name in &tree.doc.names {
            for slot in names.get_mut(name.tokens.clone()).into_iter().flatten() {
                *slot = Some(name.kind);
            }
        }
        for (entity, mention) in
            entities.iter().flat_map(|e| e.mentions.iter().map(move |m| (e, m)))
        {
            let tokens = tree.doc.tokens_in(mention.span);
            if tokens.is_empty() || tokens.end > count {
                continue;
            }
            let tokens = tree.doc.nucleus(tokens);
            if tokens.len() > LONGEST {
                continue;
            }
            let at = At { entity: entity.id, length: tokens.len(), form: mention.form };
            let head = tree.doc.head_of(tokens.clone());
            if is_nobody(tree, head) {
                continue;
            }
            better(&mut heads[head], at, |new, old| {
                let rank = |a: &At| (a.form == MentionForm::Name, a.length);
                rank(new) > rank(old)
            });
            for slot in &mut covers[tokens] {
                better(slot, at, |new, old| new.length < old.length);
            }
        }
        let demonyms = demonyms(tree, entities, places);
        Mentions { entities, places, heads, covers, names, demonyms }
    }

    /// The country that a demonym before a noun stands for ("the Russian
    /// decision"), where the article has it as a party of its own.
    pub fn country_of(&self, token: usize) -> Option<&'a Entity> {
        let entity = self.demonyms.get(token).copied().flatten()?;
        self.entities.get(entity as usize)
    }

    /// The entity that a noun phrase with this head refers to.
    pub fn entity(&self, tree: &Tree<'_, '_>, token: usize) -> Option<&'a Entity> {
        let direct = self.heads[token].or_else(|| {
            // a name may hang below its title, or the other way round
            let below = tree.children(token).iter().copied();
            let beside =
                below.filter(|&c| matches!(tree.relation(c), "flat" | "appos") && c > token);
            beside.filter_map(|c| self.heads[c]).next()
        });
        let covering = || {
            let name = tree.upos(token) == Upos::Propn;
            self.covers[token].filter(|at| {
                at.length <= 3 || at.length <= 8 && name && at.form == MentionForm::Name
            })
        };
        let at = direct.or_else(covering)?;
        self.entities.get(at.entity as usize)
    }

    /// The entity of the mention whose head a token is.
    pub fn headed(&self, token: usize) -> Option<&'a Entity> {
        let at = self.heads.get(token).copied().flatten()?;
        self.entities.get(at.entity as usize)
    }

    /// The kind of a noun phrase: of its entity, else of the name the network
    /// saw there.
    pub fn kind(&self, tree: &Tree<'_, '_>, token: usize) -> Option<EntityKind> {
        let known = self.entity(tree, token).map(|e| e.kind);
        if known.is_some_and(|k| k != EntityKind::Other) {
            return known;
        }
        match self.names[token] {
            Some(NameKind::Person) => Some(EntityKind::Person),
            Some(NameKind::Organization) => Some(EntityKind::Organization),
            Some(NameKind::Location) => Some(EntityKind::Place),
            _ if tree.upos(token) == Upos::Pron => match tree.word(token) {
                "he" | "she" | "him" | "her" | "i" | "you" | "we" | "us" | "they" | "them"
                | "who" | "whom" | "me" => Some(EntityKind::Person),
                _ => known,
            },
            _ => known,
        }
    }

    /// Whether the token lies inside a name.
    pub fn in_name(&self, token: usize) -> bool {
        self.names[token].is_some()
    }

    /// Whether an entity can act: people, groups, bodies, places.
    pub fn acts(&self, entity: &Entity) -> bool {
        match entity.kind {
            EntityKind::Event => false,
            EntityKind::Other => entity.actor.is_some(),
            _ => true,
        }
    }

    /// Whether an entity is a country or a demonym, which may stand before a
    /// noun as its actor ("U.S. strikes") where a city says only where.
    pub fn is_country(&self, entity: &Entity) -> bool {
        if entity.kind != EntityKind::Place {
            return self.acts(entity);
        }
        let place = entity.place.and_then(|p| self.places.get(p as usize));
        place.map_or(entity.actor.is_some(), |p| {
            p.form == PlaceForm::Demonym
                || p.feature.as_deref().is_none_or(|f| f.starts_with("A.PCL"))
        })
    }
}

/// Whether a word stands for nobody, who has no part in anything: `nobody`, "no
/// one".
fn is_nobody(tree: &Tree<'_, '_>, head: usize) -> bool {
    match tree.word(head) {
        "nobody" | "none" | "nothing" | "noone" => true,
        "one" => tree.by(head, "det").any(|d| tree.is(d, "no")),
        _ => false,
    }
}

/// For each token of a demonym, the entity that is its country.
fn demonyms(tree: &Tree<'_, '_>, entities: &[Entity], places: &[Place]) -> Vec<Option<u32>> {
    let mut countries: BTreeMap<&str, u32> = BTreeMap::new();
    for entity in entities.iter().filter(|e| e.kind == EntityKind::Place) {
        let actor = entity.actor.as_ref().filter(|a| a.sectors.is_empty());
        let place = entity.place.and_then(|p| places.get(p as usize));
        let whole =
            place.is_some_and(|p| p.feature.as_deref().is_some_and(|f| f.starts_with("A.PCL")));
        if let (Some(code), true) = (actor.and_then(|a| a.country.as_deref()), whole) {
            countries.entry(code).or_insert(entity.id);
        }
    }
    let mut out = vec![None; tree.doc.tokens.len()];
    for place in places.iter().filter(|p| p.form == PlaceForm::Demonym) {
        let known = place.country.as_deref().and_then(|code| countries.get(code));
        for slot in out.get_mut(tree.doc.tokens_in(place.span)).into_iter().flatten() {
            *slot = known.copied();
        }
    }
    out
}

fn better(slot: &mut Option<At>, new: At, wins: impl Fn(&At, &At) -> bool) {
    if slot.as_ref().is_none_or(|old| wins(&new, old)) {
        *slot = Some(new);
    }
}
