//! From the head of a noun phrase to the parties it stands for: the entity
//! itself, or those that it belongs to, comes from or is made by.

use crate::clause::clause;
use crate::slots::{compounds, oblique, possessors};
use crate::triggers::{Reading, content_head};
use dateline_account::{Entity, EntityKind, MentionForm};
use dateline_syntax::Upos;

/// The entity of a noun phrase if it can act, else those that it belongs to.
pub(crate) fn actors_of(on: &Reading<'_, '_>, head: usize, steps: usize) -> Vec<u32> {
    let tree = on.tree;
    let own = on.mentions.entity(tree, head);
    let countries = coordinated_countries(on, head);
    if countries.len() > 1 {
        return countries;
    }
    if let Some(entity) = own.filter(|e| on.mentions.acts(e)) {
        let mut out = vec![entity.id];
        out.extend(apposed(on, head, entity));
        return out;
    }
    let Some(fewer) = steps.checked_sub(1) else { return Vec::new() };
    let content = content_head(tree, head);
    if content != head {
        let found = actors_of(on, content, fewer);
        if !found.is_empty() {
            return found;
        }
    }
    if let Some(entity) = own.filter(|_| describes_people(on, head)) {
        return vec![entity.id];
    }
    if tree.upos(head) == Upos::Pron {
        return Vec::new();
    }
    // "missiles fired by the army": whose instrument it is
    let used = tree.by(head, "acl").filter(|&verb| tree.deprel(verb) == "acl");
    for verb in used.take(2) {
        let agents = clause(tree, verb).subjects;
        let agents = agents.into_iter().filter(|&a| a != head && !tree.is_infinitive(verb));
        let found: Vec<u32> = agents.flat_map(|a| actors_of(on, a, fewer)).collect();
        if !found.is_empty() {
            return found;
        }
    }
    let holders = possessors(tree, head);
    let groups = [
        holders,
        oblique(tree, head, "by"),
        oblique(tree, head, "of"),
        oblique(tree, head, "from"),
        oblique(tree, head, "with"),
        oblique(tree, head, "against"),
        oblique(tree, head, "on"),
        oblique(tree, head, "for"),
        oblique(tree, head, "in"),
        oblique(tree, head, "to"),
    ];
    for group in groups {
        let found: Vec<u32> = group.iter().flat_map(|&h| actors_of(on, h, fewer)).collect();
        if !found.is_empty() {
            return found;
        }
    }
    let before = compounds(tree, head).into_iter();
    before.filter_map(|c| country_before(on, c)).take(1).collect()
}

/// The country or other party of a word before a noun.
pub(crate) fn country_before(on: &Reading<'_, '_>, token: usize) -> Option<u32> {
    let own = on.mentions.entity(on.tree, token).filter(|e| on.mentions.is_country(e));
    own.or_else(|| on.mentions.country_of(token)).map(|e| e.id)
}

/// The parties that an apposition lists: "its allies, France and Italy".
fn apposed(on: &Reading<'_, '_>, head: usize, own: &Entity) -> Vec<u32> {
    let tree = on.tree;
    if own.mentions.iter().any(|m| m.form == MentionForm::Name) {
        return Vec::new();
    }
    let listed = tree.by(head, "appos").take(1).flat_map(|a| tree.conjuncts(a));
    let entities = listed.filter_map(|t| on.mentions.entity(tree, t));
    let mut out: Vec<u32> = Vec::new();
    for entity in entities.filter(|e| e.id != own.id && on.mentions.acts(e)) {
        if !out.contains(&entity.id) {
            out.push(entity.id);
        }
    }
    out
}

/// The countries of "French and German ministers", which are two parties.
fn coordinated_countries(on: &Reading<'_, '_>, head: usize) -> Vec<u32> {
    let tree = on.tree;
    if tree.upos(head) == Upos::Propn {
        return Vec::new();
    }
    let before = compounds(tree, head);
    if !before.iter().any(|&c| tree.relation(c) == "conj") {
        return Vec::new();
    }
    let entities = before.iter().filter_map(|&c| on.mentions.entity(tree, c));
    let mut out: Vec<u32> = Vec::new();
    for entity in entities.filter(|e| e.actor.is_some() && on.mentions.is_country(e)) {
        if !out.contains(&entity.id) {
            out.push(entity.id);
        }
    }
    out
}

/// Whether a common noun means people, troops, police or a body of them.
fn describes_people(on: &Reading<'_, '_>, head: usize) -> bool {
    const CLASSES: [&str; 9] = [
        "people",
        "officials",
        "troops",
        "rebels",
        "police",
        "government",
        "organization",
        "company",
        "court",
    ];
    let numbers = CLASSES.iter().filter_map(|name| on.lexicon.classes.number(name));
    numbers.into_iter().any(|class| on.lexicon.classes.holds(class, on.tree, head))
}

/// A thing that something is done to or said of; never a pronoun without a
/// referent nor the noun of an adverbial.
pub(crate) fn thing_of<'a>(
    on: &Reading<'a, '_>,
    head: usize,
) -> impl Iterator<Item = u32> + use<'a> {
    const ADVERBIAL: [&str; 38] = [
        "number",
        "future",
        "past",
        "way",
        "lot",
        "series",
        "level",
        "amount",
        "case",
        "addition",
        "order",
        "time",
        "day",
        "week",
        "month",
        "year",
        "part",
        "wake",
        "response",
        "place",
        "fact",
        "light",
        "line",
        "term",
        "view",
        "face",
        "connection",
        "favor",
        "favour",
        "effort",
        "bid",
        "exchange",
        "return",
        "turn",
        "front",
        "end",
        "beginning",
        "reference",
    ];
    let entity =
        on.mentions.entity(on.tree, head).filter(|_| !ADVERBIAL.contains(&on.tree.word(head)));
    let named = |e: &&Entity| {
        e.kind != EntityKind::Event && e.mentions.iter().any(|m| m.form != MentionForm::Pronoun)
    };
    entity.filter(named).map(|e| e.id).into_iter()
}
