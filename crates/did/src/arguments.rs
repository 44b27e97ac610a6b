//! Actors and recipients of a trigger: the slots of its frame's pattern,
//! resolved to entities.
//!
//! A slot's noun phrase counts when it can act (people, groups, bodies,
//! places). Where it cannot, its holder is taken: "condemned Serbia's attack"
//! is directed at Serbia. Things stay recipients of what is done to things
//! (ASSAULT, COERCE and the like).

use crate::clause::clause;
use crate::pattern::Slot;
use crate::slots::{compounds, oblique, possessors};
use crate::triggers::{Hit, Reading, content_head};
use dateline_account::{Entity, EntityKind, MentionForm};
use dateline_syntax::Upos;

/// The most arguments of one side of an event.
const MOST: usize = 12;

/// Entities on both sides of an event.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Arguments {
    pub actor: Vec<u32>,
    pub recipient: Vec<u32>,
}

impl Arguments {
    fn is_new(&self, entity: u32) -> bool {
        !self.actor.contains(&entity) && !self.recipient.contains(&entity)
    }
}

/// Resolves both sides. `inner` are the arguments of the embedded event.
pub(crate) fn arguments(on: &Reading<'_, '_>, hit: &Hit, inner: Option<&Arguments>) -> Arguments {
    let pattern = &on.lexicon.frames[hit.frame].pattern;
    let mut out = Arguments::default();
    if pattern.recipient_first {
        out.recipient = side(on, hit, &pattern.recipient, &out, true, inner);
        out.actor = side(on, hit, &pattern.actor, &out, false, None);
    } else {
        out.actor = side(on, hit, &pattern.actor, &out, false, None);
        out.recipient = side(on, hit, &pattern.recipient, &out, true, inner);
    }
    if out.recipient.is_empty() {
        out.recipient = elsewhere(on, hit, &out);
    }
    if pattern.reciprocal && out.recipient.is_empty() && out.actor.len() > 1 {
        out.recipient = out.actor.clone();
    }
    out
}

/// Somebody whom the event is directed at, where the pattern finds nobody: an
/// indirect object, or what follows a preposition of direction below the
/// trigger's words ("opened an inquiry into", "gave them a deadline").
fn elsewhere(on: &Reading<'_, '_>, hit: &Hit, taken: &Arguments) -> Vec<u32> {
    const DIRECTIONS: [&str; 9] =
        ["against", "into", "with", "to", "on", "toward", "towards", "over", "from"];
    let tree = on.tree;
    let resolved = |heads: Vec<usize>| -> Vec<u32> {
        let others = heads.into_iter().filter(|h| !hit.words.contains(h) && !tree.is_time(*h));
        let mut found: Vec<u32> = Vec::new();
        for entity in others.take(MOST).flat_map(|h| actors_of(on, h, 2)) {
            if taken.is_new(entity) && !found.contains(&entity) {
                found.push(entity);
            }
        }
        found
    };
    let indirect = resolved(hit.around.clause.indirect.clone());
    if !indirect.is_empty() {
        return indirect;
    }
    let nouns = hit.words.iter().chain(&hit.decided).copied().filter(|&w| w != hit.token);
    let mut anchors: Vec<usize> = nouns.filter(|&w| tree.upos(w) != Upos::Adp).collect();
    anchors.push(hit.token);
    anchors.extend(hit.around.light.map(|(verb, _)| verb));
    for direction in DIRECTIONS {
        for &anchor in &anchors {
            let found = resolved(oblique(tree, anchor, direction));
            if !found.is_empty() {
                return found;
            }
        }
    }
    Vec::new()
}

/// The first slot in which somebody stands.
fn side(
    on: &Reading<'_, '_>,
    hit: &Hit,
    slots: &[Slot],
    taken: &Arguments,
    things: bool,
    inner: Option<&Arguments>,
) -> Vec<u32> {
    let mut thing = Vec::new();
    for slot in slots {
        if *slot == Slot::Inner {
            let from = inner.map(|inner| {
                let side = if inner.recipient.is_empty() { &inner.actor } else { &inner.recipient };
                side.iter().copied().filter(|&e| taken.is_new(e)).collect::<Vec<u32>>()
            });
            let mut from = from.unwrap_or_default();
            if from.is_empty() {
                from = of_content(on, hit, taken);
            }
            if from.is_empty() {
                continue;
            }
            return from;
        }
        let mut heads = hit.around.find(on.tree, slot);
        if let (Slot::Preposition(word), true) = (slot, heads.is_empty()) {
            // "sign an agreement with": the preposition may follow the noun
            let others = hit.words.iter().chain(&hit.decided).filter(|&&w| w != hit.token);
            heads = others.flat_map(|&other| oblique(on.tree, other, word)).collect();
        }
        let mut found = Vec::new();
        for &head in heads.iter().take(MOST) {
            if hit.words.contains(&head) {
                continue;
            }
            for entity in resolve(on, slot, head) {
                if taken.is_new(entity) && !found.contains(&entity) {
                    found.push(entity);
                }
            }
            let decided = hit.decided.contains(&head) && !is_target(on, hit);
            if things && thing.is_empty() && !decided && !matches!(slot, Slot::Compound) {
                thing.extend(thing_of(on, head).filter(|&e| taken.is_new(e)));
            }
        }
        found.truncate(MOST);
        if !found.is_empty() {
            return found;
        }
    }
    thing
}

/// Whom the clause concerns that says what is agreed to, asked for, refused
/// or threatened, when it is no event itself.
fn of_content(on: &Reading<'_, '_>, hit: &Hit, taken: &Arguments) -> Vec<u32> {
    const PREPOSITIONS: [&str; 10] =
        ["to", "with", "from", "for", "on", "against", "into", "in", "at", "between"];
    let tree = on.tree;
    let content = |token: usize| {
        let nouns = hit.words.iter().chain(&hit.decided).copied();
        std::iter::once(token).chain(nouns).find_map(|t| {
            tree.children(t).iter().copied().find(|&c| {
                c > t
                    && (matches!(tree.relation(c), "xcomp" | "ccomp")
                        || matches!(tree.relation(c), "acl" | "advcl") && tree.is_infinitive(c))
            })
        })
    };
    let mut at = content(hit.token);
    for _ in 0..3 {
        let Some(verb) = at else { break };
        let clause = clause(tree, verb);
        let own_subject = tree.first(verb, "nsubj").into_iter().collect::<Vec<usize>>();
        let mut groups = vec![own_subject, clause.indirect, clause.objects];
        groups.extend(PREPOSITIONS.iter().map(|preposition| oblique(tree, verb, preposition)));
        for group in groups {
            let found: Vec<u32> = group
                .iter()
                .flat_map(|&h| actors_of(on, h, 2))
                .filter(|&e| taken.is_new(e))
                .collect();
            if !found.is_empty() {
                return found;
            }
        }
        at = tree.first(verb, "xcomp").or_else(|| tree.first(verb, "ccomp"));
    }
    Vec::new()
}

/// Whether the objects that decided for the frame are what the event is done
/// to ("bombed the camp") and not a part of what it is ("planted a bomb").
fn is_target(on: &Reading<'_, '_>, hit: &Hit) -> bool {
    const TARGETS: [&str; 11] = [
        "building",
        "vehicles",
        "ship",
        "infrastructure",
        "property",
        "base",
        "territory",
        "monument",
        "road",
        "company",
        "computers",
    ];
    let numbers = TARGETS.iter().filter_map(|name| on.lexicon.classes.number(name));
    numbers.into_iter().any(|class| hit.classes.contains(&class))
}

/// Who or what stands in a slot.
fn resolve(on: &Reading<'_, '_>, slot: &Slot, head: usize) -> Vec<u32> {
    let before = matches!(slot, Slot::Compound)
        || matches!(slot, Slot::OfObject(inner) if **inner == Slot::Compound);
    if before {
        let entity = on.mentions.entity(on.tree, head);
        return entity.filter(|e| on.mentions.is_country(e)).map(|e| e.id).into_iter().collect();
    }
    actors_of(on, head, 2)
}

/// The entity of a noun phrase if it can act, else those that it belongs to.
fn actors_of(on: &Reading<'_, '_>, head: usize, steps: usize) -> Vec<u32> {
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
    before
        .filter_map(|c| on.mentions.entity(tree, c))
        .filter(|e| on.mentions.is_country(e))
        .map(|e| e.id)
        .take(1)
        .collect()
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
fn thing_of<'a>(on: &Reading<'a, '_>, head: usize) -> impl Iterator<Item = u32> + use<'a> {
    const ADVERBIAL: [&str; 30] = [
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
