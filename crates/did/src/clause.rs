//! Who does what in a clause: logical subjects and objects of a verb or
//! predicate, through passives, control, coordination, relative clauses and
//! participles. The analysis is that of Universal Dependencies v2.

use crate::lexicon::Lexicon;
use crate::tree::Tree;
use dateline_syntax::Upos;

/// How far subjects are handed down through clauses.
const FARTHEST: usize = 12;

/// The arguments of a verb, adjective or other predicate.
#[derive(Debug, Default, Clone)]
pub(crate) struct Clause {
    /// Heads of the logical subject: of a passive, those of the by-phrase.
    pub subjects: Vec<usize>,
    /// Heads of the logical object: of a passive, the grammatical subject.
    pub objects: Vec<usize>,
    /// Heads of the indirect object.
    pub indirect: Vec<usize>,
    pub passive: bool,
}

/// Reads the clause of a predicate.
pub(crate) fn clause(tree: &Tree<'_, '_>, verb: usize) -> Clause {
    let mut out = Clause { passive: is_passive(tree, verb), ..Clause::default() };
    for &child in tree.children(verb) {
        match tree.relation(child) {
            "obj" => out.objects.extend(tree.conjuncts(antecedent(tree, child))),
            "iobj" => out.indirect.extend(tree.conjuncts(antecedent(tree, child))),
            "obl" if out.passive && is_agent(tree, child) => {
                out.subjects.extend(tree.conjuncts(antecedent(tree, child)));
            }
            _ => {}
        }
    }
    if out.objects.is_empty() && !out.passive {
        // an object that the tree took for an adverbial: "killed at least ten"
        let bare = tree.by(verb, "obl").find(|&o| is_bare_object(tree, verb, o));
        out.objects.extend(bare.into_iter().flat_map(|o| tree.conjuncts(o)));
    }
    if out.objects.is_empty() && !out.passive {
        // "urged Pakistan to": whom it is said to
        out.objects = out.indirect.clone();
    }
    let grammatical = grammatical_subject(tree, verb, FARTHEST);
    if out.passive {
        if out.objects.is_empty() {
            out.objects = grammatical;
        } else {
            // "was handed a sentence": the subject of a passive with an object
            // is the one who gets it.
            out.indirect.extend(grammatical);
        }
    } else {
        out.subjects = grammatical;
        share_object(tree, verb, &mut out);
    }
    out
}

/// Whether a predicate is passive: an auxiliary or a subject says so, or it
/// is a past participle beside a noun.
pub(crate) fn is_passive(tree: &Tree<'_, '_>, verb: usize) -> bool {
    let mut subject = false;
    let mut auxiliary = false;
    for &child in tree.children(verb) {
        match tree.deprel(child) {
            "nsubj:pass" | "csubj:pass" | "aux:pass" => return true,
            relation => {
                subject |= relation.starts_with("nsubj");
                auxiliary |= relation.starts_with("aux");
            }
        }
    }
    if !auxiliary && subject && is_headline_passive(tree, verb) {
        return true;
    }
    if tree.xpos(verb) != "VBN" || auxiliary || subject {
        return false;
    }
    match tree.relation(verb) {
        "acl" | "amod" => true,
        "advcl" => tree.first(verb, "obj").is_none(),
        "xcomp" => tree.first(verb, "obj").is_none(),
        "conj" => tree.head(verb).is_some_and(|h| tree.xpos(h) == "VBN" && is_passive(tree, h)),
        // a headline without its auxiliary: "Minister arrested in raid"
        _ => tree.first(verb, "obj").is_none() && tree.by(verb, "obl").any(|o| is_agent(tree, o)),
    }
}

/// Whether a main verb with a subject is the passive of a headline that leaves
/// its auxiliary out: "Editor detained at airport", "Minister charged with
/// fraud". A participle cannot be the verb of a sentence otherwise; a past
/// tense is none where the verb cannot do without an object and has none.
fn is_headline_passive(tree: &Tree<'_, '_>, verb: usize) -> bool {
    if !matches!(tree.relation(verb), "root" | "parataxis" | "conj") || verb == 0 {
        return false;
    }
    let has_object = tree.children(verb).iter().any(|&c| {
        matches!(tree.relation(c), "obj" | "iobj" | "ccomp" | "cop" | "expl")
            || tree.relation(c) == "obl"
                && (is_bare_object(tree, verb, c) || tree.first(c, "nummod").is_some())
    });
    let subject_before = tree
        .by(verb, "nsubj")
        .all(|s| s < verb && matches!(tree.upos(s), Upos::Noun | Upos::Propn | Upos::Num));
    if has_object || !subject_before {
        return false;
    }
    let follows = tree.children(verb).iter().any(|&c| c > verb && tree.relation(c) == "obl");
    match tree.xpos(verb) {
        "VBN" => tree.relation(verb) != "conj",
        "VBD" => follows && NEED_OBJECTS.contains(&tree.word(verb)),
        _ => false,
    }
}

/// Verbs that have an object wherever they are active.
const NEED_OBJECTS: [&str; 42] = [
    "accuse",
    "acquit",
    "arrest",
    "assassinate",
    "ban",
    "behead",
    "charge",
    "convict",
    "deport",
    "detain",
    "evict",
    "execute",
    "expel",
    "fine",
    "free",
    "hospitalise",
    "hospitalize",
    "impeach",
    "imprison",
    "indict",
    "injure",
    "jail",
    "kidnap",
    "kill",
    "murder",
    "nab",
    "oust",
    "prosecute",
    "quiz",
    "raid",
    "release",
    "remand",
    "rescue",
    "sack",
    "seize",
    "sentence",
    "shell",
    "sue",
    "suspect",
    "suspend",
    "target",
    "wound",
];

/// Whether an adverbial without a preposition may be an object after all.
fn is_bare_object(tree: &Tree<'_, '_>, verb: usize, oblique: usize) -> bool {
    oblique > verb
        && tree.deprel(oblique) == "obl"
        && tree.preposition(oblique).is_none()
        && matches!(tree.upos(oblique), Upos::Noun | Upos::Propn | Upos::Num)
        && !tree.is_time(oblique)
}

fn is_agent(tree: &Tree<'_, '_>, oblique: usize) -> bool {
    tree.deprel(oblique) == "obl:agent" || tree.preposition(oblique).as_deref() == Some("by")
}

/// The grammatical subject, own or handed down.
fn grammatical_subject(tree: &Tree<'_, '_>, verb: usize, steps: usize) -> Vec<usize> {
    let own: Vec<usize> = tree.by(verb, "nsubj").take(4).collect();
    if !own.is_empty() {
        let mut all: Vec<usize> = Vec::new();
        for token in own.into_iter().flat_map(|s| tree.conjuncts(antecedent(tree, s))) {
            if !all.contains(&token) {
                all.push(token);
            }
        }
        return all;
    }
    if let Some(subject) = after_time(tree, verb) {
        return tree.conjuncts(subject);
    }
    let (Some(head), Some(fewer)) = (tree.head(verb), steps.checked_sub(1)) else {
        return Vec::new();
    };
    match tree.deprel(verb) {
        "conj" | "parataxis" if is_predicate(tree, head) => grammatical_subject(tree, head, fewer),
        "advcl" if is_charge(tree, verb) => controller(tree, head, fewer),
        "advcl" | "ccomp" if is_predicate(tree, head) => grammatical_subject(tree, head, fewer),
        "xcomp" => controller(tree, head, fewer),
        "acl:relcl" => Vec::new(),
        "acl" | "amod" if tree.is_infinitive(verb) || is_charge(tree, verb) => holder(tree, head),
        "acl" | "amod" => tree.conjuncts(head),
        _ => Vec::new(),
    }
}

/// The subject that the tree took for a part of the day before it: "On Tuesday
/// Norland closed the border".
fn after_time(tree: &Tree<'_, '_>, verb: usize) -> Option<usize> {
    if tree.first(verb, "csubj").is_some() || !matches!(tree.xpos(verb), "VBD" | "VBZ" | "VBP") {
        return None;
    }
    let day = tree.by(verb, "obl").find(|&o| o < verb && tree.is_time(o))?;
    tree.children(day).iter().copied().find(|&name| {
        day < name
            && name < verb
            && tree.upos(name) == Upos::Propn
            && !tree.is_time(name)
            && tree.first(name, "case").is_none()
            && matches!(tree.relation(name), "nmod" | "flat" | "compound" | "appos")
    })
}

/// Whether a participle clause says what somebody is accused of, praised for
/// or kept from: its subject is the governor's object.
fn is_charge(tree: &Tree<'_, '_>, verb: usize) -> bool {
    tree.xpos(verb) == "VBG"
        && tree.children(verb).iter().any(|&c| {
            matches!(tree.relation(c), "mark" | "case")
                && matches!(tree.form(c).as_ref(), "of" | "for" | "from" | "into")
        })
}

/// The subject of an open complement: the governor's object if it has one
/// ("asked Russia to leave"), else its subject.
fn controller(tree: &Tree<'_, '_>, governor: usize, steps: usize) -> Vec<usize> {
    let keeps_subject = matches!(tree.word(governor), "promise" | "threaten" | "vow" | "pledge");
    if !keeps_subject {
        let object = tree.first(governor, "obj").or_else(|| tree.first(governor, "iobj"));
        if let Some(object) = object {
            return tree.conjuncts(antecedent(tree, object));
        }
        let addressee = tree.by(governor, "obl").find(|&o| {
            matches!(tree.preposition(o).as_deref(), Some("on" | "upon"))
                && matches!(tree.word(governor), "call" | "prevail")
        });
        if let Some(addressee) = addressee {
            return tree.conjuncts(addressee);
        }
    }
    grammatical_subject(tree, governor, steps)
}

/// Who holds a plan or decision, or faces a charge: its possessor, or the subject
/// of the verb whose object it is; with an adverbial ("held on charges of
/// killing") whom the verb is done to.
fn holder(tree: &Tree<'_, '_>, noun: usize) -> Vec<usize> {
    if let Some(possessor) = tree.children(noun).iter().find(|&&c| tree.deprel(c) == "nmod:poss") {
        return tree.conjuncts(*possessor);
    }
    match tree.head(noun) {
        Some(verb) if tree.relation(noun) == "obj" => grammatical_subject(tree, verb, 2),
        Some(verb) if tree.relation(noun) == "obl" => controller(tree, verb, 2),
        _ => Vec::new(),
    }
}

/// An object that stands after several coordinated verbs belongs to all of
/// them; a relative clause's missing object is the noun it belongs to.
fn share_object(tree: &Tree<'_, '_>, verb: usize, out: &mut Clause) {
    if !out.objects.is_empty() || tree.upos(verb) != Upos::Verb {
        return;
    }
    if tree.relation(verb) == "conj" {
        let shared = tree.head(verb).and_then(|h| tree.first(h, "obj")).filter(|&o| o > verb);
        out.objects.extend(shared.into_iter().flat_map(|o| tree.conjuncts(antecedent(tree, o))));
    }
    if tree.deprel(verb) == "acl:relcl" && tree.first(verb, "ccomp").is_none() {
        let antecedent = tree.head(verb);
        let own_subject = tree.first(verb, "nsubj");
        let has_oblique_gap = tree.by(verb, "obl").any(|o| is_relative(tree, o));
        if let (Some(noun), Some(subject), false) = (antecedent, own_subject, has_oblique_gap)
            && !is_relative(tree, subject)
            && tree.first(verb, "cop").is_none()
        {
            out.objects.push(noun);
        }
    }
}

fn is_relative(tree: &Tree<'_, '_>, token: usize) -> bool {
    matches!(tree.word(token), "who" | "which" | "that" | "whom" | "whose")
        && matches!(tree.upos(token), Upos::Pron | Upos::Det | Upos::Sconj)
}

/// What a relative pronoun stands for; any other token itself.
pub(crate) fn antecedent(tree: &Tree<'_, '_>, token: usize) -> usize {
    if !is_relative(tree, token) {
        return token;
    }
    let mut at = token;
    for above in tree.above(token).take(8) {
        if tree.deprel(at) == "acl:relcl" {
            return above;
        }
        at = above;
    }
    token
}

/// Whether subjects may be handed down from a token.
fn is_predicate(tree: &Tree<'_, '_>, token: usize) -> bool {
    matches!(tree.upos(token), Upos::Verb | Upos::Aux | Upos::Adj)
        || tree.first(token, "cop").is_some()
        || tree.first(token, "nsubj").is_some()
}

/// Whom an adjective is said of: the noun it stands before, or the subject.
pub(crate) fn bearer(tree: &Tree<'_, '_>, adjective: usize) -> Vec<usize> {
    if tree.relation(adjective) == "amod" {
        return tree.head(adjective).map_or(Vec::new(), |noun| vec![noun]);
    }
    grammatical_subject(tree, adjective, FARTHEST)
}

/// The light verb that carries a noun, with the heads of its subject:
/// "carried out an attack", "talks were held", "an attack launched by".
pub(crate) fn light_verb(
    tree: &Tree<'_, '_>,
    lexicon: &Lexicon,
    noun: usize,
) -> Option<(usize, crate::lexicon::Support)> {
    let particle = |verb: usize| {
        tree.children(verb)
            .iter()
            .copied()
            .find(|&c| tree.deprel(c) == "compound:prt")
            .map(|c| tree.form(c))
    };
    let known = |verb: usize, preposition: Option<&str>| {
        if !matches!(tree.upos(verb), Upos::Verb | Upos::Noun | Upos::Aux) {
            return None;
        }
        let support = lexicon.support(tree.word(verb), preposition)?;
        Some((verb, support))
    };
    let head = tree.head(noun);
    if let Some(verb) = head {
        let found = match tree.deprel(noun) {
            "obj" | "nsubj:pass" => {
                known(verb, particle(verb).as_deref()).or_else(|| known(verb, None))
            }
            "obl" => known(verb, tree.preposition(noun).as_deref()),
            "conj" => {
                return light_verb_of_conjunct(tree, lexicon, verb);
            }
            _ => None,
        };
        if found.is_some() {
            return found;
        }
    }
    tree.by(noun, "acl")
        .find_map(|verb| known(verb, particle(verb).as_deref()).or_else(|| known(verb, None)))
}

fn light_verb_of_conjunct(
    tree: &Tree<'_, '_>,
    lexicon: &Lexicon,
    first: usize,
) -> Option<(usize, crate::lexicon::Support)> {
    let coordinated = tree.relation(first) == "conj";
    if coordinated { None } else { light_verb(tree, lexicon, first) }
}
