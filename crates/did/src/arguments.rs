//! Actors and recipients of a trigger: the slots of its frame's pattern,
//! resolved to entities.
//!
//! A slot's noun phrase counts when it can act (people, groups, bodies,
//! places). Where it cannot, its holder is taken: "condemned Serbia's attack"
//! is directed at Serbia. Things stay recipients of what can be directed at
//! things: a building is attacked, a decision criticised.

use crate::clause::clause;
use crate::embed::states_fact;
use crate::parties::{actors_of, country_before, thing_of};
use crate::pattern::Slot;
use crate::slots::oblique;
use crate::triggers::{Hit, Reading};
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
    let things;
    if pattern.recipient_first {
        (out.recipient, things) = side(on, hit, &pattern.recipient, &out, inner);
        out.actor = side(on, hit, &pattern.actor, &out, None).0;
    } else {
        out.actor = side(on, hit, &pattern.actor, &out, None).0;
        (out.recipient, things) = side(on, hit, &pattern.recipient, &out, inner);
    }
    if out.actor.is_empty() && pattern.actor.contains(&Slot::Subject) {
        out.actor = makers(on, hit, &out);
    }
    if out.recipient.is_empty() {
        out.recipient = elsewhere(on, hit, &out);
    }
    if pattern.reciprocal && out.recipient.is_empty() && out.actor.len() > 1 {
        out.recipient = out.actor.clone();
    }
    let kind = on.lexicon.frames[hit.frame].kind;
    let traits = kind.map(|kind| on.lexicon.traits(kind)).unwrap_or_default();
    if out.recipient.is_empty() && !out.actor.is_empty() && (!traits.target || things.is_empty()) {
        out.recipient = concerned(on, hit, &out);
    }
    if out.recipient.is_empty() && traits.things {
        out.recipient = things;
        out.recipient.retain(|e| !out.actor.contains(e));
    }
    out
}

/// Who made the thing that does it: of "issued a report accusing the army",
/// "signed a decree granting asylum", the subject of the outer verb.
fn makers(on: &Reading<'_, '_>, hit: &Hit, taken: &Arguments) -> Vec<u32> {
    let tree = on.tree;
    for &subject in hit.around.clause.subjects.iter().take(2) {
        let Some(verb) = tree.head(subject).filter(|&v| tree.upos(v) == Upos::Verb) else {
            continue;
        };
        if tree.relation(subject) != "obj" || verb == hit.token || hit.words.contains(&subject) {
            continue;
        }
        let outer = clause(tree, verb).subjects;
        let found = outer.into_iter().take(MOST).flat_map(|s| actors_of(on, s, 2));
        let found: Vec<u32> = found.filter(|&e| taken.is_new(e)).collect();
        if !found.is_empty() {
            return found;
        }
    }
    Vec::new()
}

/// Whom the event concerns by any word of its own clause: the nearest party
/// below the trigger ("lifted the boycott of Israeli ranchers", "gave money to
/// promote schools in Ethiopia").
fn concerned(on: &Reading<'_, '_>, hit: &Hit, taken: &Arguments) -> Vec<u32> {
    let tree = on.tree;
    let mut level: Vec<usize> = vec![hit.token];
    level.extend(hit.around.light.map(|(verb, _)| verb));
    for _ in 0..4 {
        let mut next: Vec<usize> = Vec::new();
        for &above in &level {
            let below = tree.children(above).iter().copied().filter(|&c| {
                c > hit.token.min(above) || matches!(tree.relation(c), "amod" | "compound")
            });
            next.extend(below.filter(|&c| concerns(on, c)));
        }
        for &token in next.iter().filter(|t| !hit.words.contains(t)) {
            let party = on.mentions.entity(tree, token).filter(|e| on.mentions.acts(e));
            if let Some(party) = party.filter(|e| {
                taken.is_new(e.id) && (tree.relation(token) != "amod" || on.mentions.is_country(e))
            }) {
                return vec![party.id];
            }
        }
        next.truncate(64);
        level = next;
    }
    Vec::new()
}

/// Whether a dependent may lead to a party of the event above it.
fn concerns(on: &Reading<'_, '_>, token: usize) -> bool {
    let tree = on.tree;
    match tree.deprel(token) {
        "acl:relcl" | "obl:tmod" | "nmod:tmod" | "obl:agent" | "obl:npmod" => false,
        _ => match tree.relation(token) {
            "obl" | "nmod" => {
                let said = matches!(
                    tree.preposition(token).as_deref(),
                    Some(
                        "by" | "after"
                            | "before"
                            | "since"
                            | "during"
                            | "despite"
                            | "as"
                            | "like"
                            | "according"
                            | "until"
                            | "amid"
                            | "because"
                            | "without"
                            | "including"
                    )
                );
                !said && !tree.is_time(token)
            }
            "obj" | "iobj" | "amod" | "compound" => true,
            "xcomp" | "ccomp" | "acl" | "advcl" => tree.is_infinitive(token),
            _ => false,
        },
    }
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

/// Who stands in the first slot in which somebody stands, and the first thing
/// in a slot before that.
fn side(
    on: &Reading<'_, '_>,
    hit: &Hit,
    slots: &[Slot],
    taken: &Arguments,
    inner: Option<&Arguments>,
) -> (Vec<u32>, Vec<u32>) {
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
            return (from, thing);
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
            if thing.is_empty() && !decided && !matches!(slot, Slot::Compound) {
                thing.extend(thing_of(on, head).filter(|&e| taken.is_new(e)));
            }
        }
        found.truncate(MOST);
        if !found.is_empty() {
            return (found, thing);
        }
    }
    (Vec::new(), thing)
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
    let denies = on.lexicon.frames[hit.frame].kind.is_some_and(|k| on.lexicon.traits(k).denial);
    let mut at = content(hit.token);
    for _ in 0..3 {
        // a denial concerns who says it, not whom the denied event struck
        let Some(verb) = at.filter(|&v| !(denies && states_fact(tree, v))) else { break };
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
        return country_before(on, head).into_iter().collect();
    }
    actors_of(on, head, 2)
}
