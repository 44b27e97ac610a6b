//! Which tokens stand in a slot of a trigger.

use crate::clause::{Clause, antecedent, clause};
use crate::expression::Pos;
use crate::lexicon::Support;
use crate::pattern::Slot;
use crate::tree::Tree;
use dateline_syntax::Upos;

/// The surroundings of a trigger, read once.
#[derive(Debug, Clone)]
pub(crate) struct Surroundings {
    pub token: usize,
    pub pos: Pos,
    /// The clause of the trigger itself, or of the light verb that carries it.
    pub clause: Clause,
    /// The light verb of a noun.
    pub light: Option<(usize, Support)>,
}

impl Surroundings {
    /// Reads the surroundings of a trigger.
    pub fn new(
        tree: &Tree<'_, '_>,
        token: usize,
        pos: Pos,
        light: Option<(usize, Support)>,
    ) -> Surroundings {
        let clause = match (pos, light) {
            (Pos::Verb | Pos::Auxiliary, _) => clause(tree, token),
            (Pos::Adjective, _) => {
                Clause { subjects: crate::clause::bearer(tree, token), ..Clause::default() }
            }
            (Pos::Noun, Some((verb, support))) => {
                let carried = clause(tree, verb);
                let without_noun = |tokens: Vec<usize>| -> Vec<usize> {
                    tokens.into_iter().filter(|&t| t != token).collect()
                };
                let (subjects, objects) =
                    (without_noun(carried.subjects), without_noun(carried.objects));
                if support.recipient {
                    Clause { objects: subjects, ..Clause::default() }
                } else {
                    let others = if objects.len() < 2 { carried.indirect } else { Vec::new() };
                    Clause { subjects, indirect: others, ..Clause::default() }
                }
            }
            (Pos::Noun, None) => Clause::default(),
        };
        Surroundings { token, pos, clause, light }
    }

    /// The surroundings of a phrasal verb whose particle the tree has taken
    /// for a preposition ("called off the strike"): what follows the particle
    /// is the object. `None` when nothing changes.
    pub fn with_particles(&self, tree: &Tree<'_, '_>, words: &[usize]) -> Option<Surroundings> {
        if self.pos != Pos::Verb || !self.clause.objects.is_empty() || self.clause.passive {
            return None;
        }
        let further = words.iter().filter(|&&w| w != self.token && tree.relation(w) == "case");
        let objects: Vec<usize> = further
            .filter_map(|&w| tree.head(w))
            .filter(|&noun| tree.head(noun) == Some(self.token) && !words.contains(&noun))
            .flat_map(|noun| tree.conjuncts(noun))
            .collect();
        if objects.is_empty() {
            return None;
        }
        let mut own = self.clone();
        own.clause.objects = objects;
        Some(own)
    }

    /// The heads that stand in a slot.
    pub fn find(&self, tree: &Tree<'_, '_>, slot: &Slot) -> Vec<usize> {
        match slot {
            Slot::Subject => self.clause.subjects.clone(),
            Slot::Object => self.clause.objects.clone(),
            Slot::Indirect => self.clause.indirect.clone(),
            Slot::Possessor => possessors(tree, self.token),
            Slot::Compound => compounds(tree, self.token),
            Slot::That => that_subjects(tree, self.token),
            Slot::Inner => Vec::new(),
            Slot::Preposition(word) => {
                let mut found = oblique(tree, self.token, word);
                if found.is_empty()
                    && let Some((verb, _)) = self.light
                {
                    found = oblique(tree, verb, word);
                    found.retain(|&t| t != self.token);
                }
                found
            }
            Slot::OfObject(inner) => {
                let objects = self.clause.objects.iter().copied();
                let objects =
                    objects.filter(|&o| tree.head(o) == Some(self.token) || self.passive());
                let objects: Vec<usize> = objects.collect();
                let mut found: Vec<usize> =
                    objects.iter().flat_map(|&object| of_object(tree, object, inner)).collect();
                if let (Slot::Preposition(word), true, false) =
                    (inner.as_ref(), found.is_empty(), self.passive())
                    && word == "by"
                {
                    // "rejected a request by the minister", hung to the verb
                    found = oblique(tree, self.token, word);
                    found.retain(|&by| objects.iter().any(|&object| object < by));
                }
                found
            }
        }
    }

    fn passive(&self) -> bool {
        self.clause.passive
    }
}

fn of_object(tree: &Tree<'_, '_>, object: usize, slot: &Slot) -> Vec<usize> {
    match slot {
        Slot::Possessor => possessors(tree, object),
        Slot::Compound => compounds(tree, object),
        Slot::Preposition(word) => oblique(tree, object, word),
        Slot::That => that_subjects(tree, object),
        _ => Vec::new(),
    }
}

/// Possessors of a noun.
pub(crate) fn possessors(tree: &Tree<'_, '_>, noun: usize) -> Vec<usize> {
    let own = tree.children(noun).iter().copied();
    own.filter(|&c| tree.deprel(c) == "nmod:poss")
        .flat_map(|c| tree.conjuncts(antecedent(tree, c)))
        .collect()
}

/// Nouns and demonyms that stand before a noun.
pub(crate) fn compounds(tree: &Tree<'_, '_>, noun: usize) -> Vec<usize> {
    let before = tree.children(noun).iter().copied().filter(|&c| {
        c < noun
            && (matches!(tree.relation(c), "compound" | "amod")
                || tree.deprel(c) == "nmod:desc"
                || tree.relation(c) == "nmod" && tree.first(c, "case").is_none())
    });
    before.flat_map(|c| tree.conjuncts(c)).filter(|&c| c < noun).collect()
}

/// What follows a preposition below a verb or noun.
pub(crate) fn oblique(tree: &Tree<'_, '_>, head: usize, preposition: &str) -> Vec<usize> {
    let below = tree.children(head).iter().copied().filter(|&c| {
        matches!(tree.relation(c), "obl" | "nmod" | "advcl" | "acl")
            && (tree.preposition(c).as_deref() == Some(preposition)
                || tree.by(c, "case").any(|case| tree.form(case) == preposition))
    });
    below.flat_map(|c| tree.conjuncts(antecedent(tree, c))).collect()
}

/// Subjects of the clauses that follow.
fn that_subjects(tree: &Tree<'_, '_>, head: usize) -> Vec<usize> {
    let clauses = tree.children(head).iter().copied();
    let clauses = clauses.filter(|&c| matches!(tree.relation(c), "ccomp" | "acl"));
    clauses
        .filter_map(|c| tree.first(c, "nsubj"))
        .flat_map(|subject| tree.conjuncts(antecedent(tree, subject)))
        .collect()
}

/// Whether an infinitive follows a trigger.
pub(crate) fn has_infinitive(tree: &Tree<'_, '_>, token: usize) -> bool {
    tree.children(token).iter().any(|&c| {
        matches!(tree.relation(c), "xcomp" | "ccomp" | "acl" | "advcl")
            && c > token
            && tree.is_infinitive(c)
    })
}

/// Whether the trigger calls its object something ("called him a friend").
pub(crate) fn has_predicate(tree: &Tree<'_, '_>, token: usize) -> bool {
    tree.by(token, "xcomp").any(|c| {
        c > token
            && matches!(tree.upos(c), Upos::Noun | Upos::Propn | Upos::Adj)
            && !tree.is_infinitive(c)
    })
}

/// Whether a clause follows a trigger.
pub(crate) fn has_clause(tree: &Tree<'_, '_>, token: usize) -> bool {
    tree.children(token).iter().any(|&c| {
        let finite = !tree.is_infinitive(c);
        let clausal = tree.relation(c) == "ccomp"
            || tree.relation(c) == "acl"
                && tree.deprel(c) != "acl:relcl"
                && tree.by(c, "mark").any(|m| tree.form(m) == "that");
        clausal && finite
    })
}
