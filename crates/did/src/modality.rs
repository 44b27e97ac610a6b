//! Did it happen? Polarity and modality from auxiliaries, negation, embedding
//! words, conditionals and questions.
//!
//! PLOVER names the auxiliary modes historical, future, hypothetical and
//! negation; the account splits them finer (planned, possible, hypothetical,
//! ordered, ongoing). Embedding words are read as implicatives: "failed to
//! sign" says that nobody signed, "managed to sign" that somebody did.

use crate::clause::is_passive;
use crate::expression::Pos;
use crate::lexicon::{Embedding, Outer};
use crate::slots::Surroundings;
use crate::triggers::Reading;
use dateline_account::{Modality, Polarity};
use dateline_syntax::Upos;

/// How real an event is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Reality {
    pub polarity: Polarity,
    pub modality: Modality,
    /// Under what it is embedded, where that may make it another type.
    pub outer: Option<Outer>,
    /// Whether the text marks it as alleged.
    pub alleged: bool,
    /// Whether somebody denies it. Where a claim says who, its stance has the
    /// denial, and the polarity stays that of the clause's own words.
    pub denied: bool,
}

impl Reality {
    fn plain() -> Reality {
        Reality {
            polarity: Polarity::Positive,
            modality: Modality::Actual,
            outer: None,
            alleged: false,
            denied: false,
        }
    }

    fn embed(&mut self, embedding: Embedding) {
        if embedding.negative {
            self.negate();
        }
        if let Some(modality) = embedding.modality {
            self.weaken(modality);
        }
        if self.outer.is_none() {
            self.outer = embedding.coded;
        }
    }

    fn negate(&mut self) {
        self.polarity = match self.polarity {
            Polarity::Positive => Polarity::Negative,
            Polarity::Negative => Polarity::Positive,
        };
    }

    /// Takes over a modality unless one that is further from fact is known.
    fn weaken(&mut self, modality: Modality) {
        let rank = |m: Modality| match m {
            Modality::Actual => 0,
            Modality::Ongoing => 1,
            Modality::Planned => 2,
            Modality::Ordered => 3,
            Modality::Possible => 4,
            Modality::Hypothetical => 5,
        };
        if rank(modality) > rank(self.modality) {
            self.modality = modality;
        }
    }
}

/// How real the event of a trigger is.
pub(crate) fn reality(on: &Reading<'_, '_>, around: &Surroundings) -> Reality {
    let tree = on.tree;
    let mut out = Reality::plain();
    let mut at = around.token;
    read_modifiers(on, at, &mut out);
    if around.pos == Pos::Noun {
        if let Some((verb, support)) = around.light {
            out.embed(Embedding {
                modality: support.modality,
                negative: support.negative,
                coded: None,
            });
            at = verb;
            read_clause(on, at, &mut out);
        } else if let Some(governor) = tree.head(at) {
            match tree.deprel(at) {
                "nsubj" | "nsubj:pass" | "obj" if tree.upos(governor) == Upos::Verb => {
                    if tree.deprel(at) != "nsubj" {
                        embed(on, governor, Pos::Verb, &mut out);
                    }
                    at = governor;
                    read_clause(on, at, &mut out);
                }
                "nmod"
                    if tree.preposition(at).as_deref() == Some("of")
                        || tree.preposition(at).as_deref() == Some("for") =>
                {
                    embed(on, governor, Pos::Noun, &mut out);
                }
                _ => {}
            }
        }
    } else {
        read_clause(on, at, &mut out);
    }
    if around.clause.subjects.iter().chain(&around.clause.objects).any(|&s| is_nobody(on, s)) {
        out.negate();
    }
    climb(on, at, &mut out);
    if is_question(on, around.token) {
        out.weaken(Modality::Hypothetical);
    }
    out
}

/// Words before the event's own word: `planned`, `no`, `alleged`.
fn read_modifiers(on: &Reading<'_, '_>, token: usize, out: &mut Reality) {
    let tree = on.tree;
    for &child in tree.children(token) {
        match tree.relation(child) {
            "det" if tree.word(child) == "no" || tree.form(child) == "no" => out.negate(),
            "amod" => {
                let found = on.lexicon.embedding(tree.word(child), Pos::Adjective);
                let found =
                    found.or_else(|| on.lexicon.embedding(&tree.form(child), Pos::Adjective));
                if let Some(embedding) = found {
                    out.embed(embedding);
                }
                out.alleged |= matches!(tree.word(child), "alleged" | "reported" | "apparent");
            }
            _ => {}
        }
    }
}

/// Auxiliaries, adverbs and marks of one clause.
fn read_clause(on: &Reading<'_, '_>, verb: usize, out: &mut Reality) {
    let tree = on.tree;
    let mut progressive = tree.xpos(verb) == "VBG";
    let mut has_be = false;
    for &child in tree.children(verb) {
        match tree.relation(child) {
            // "are to meet": the trees take the verb for a predicate
            "cop" if tree.is_infinitive(verb) && child < verb => {
                let coded = Some(Outer::Will);
                let modality = Some(Modality::Planned);
                out.embed(Embedding { modality, negative: false, coded });
            }
            "aux" => {
                let (word, form) = (tree.word(child), tree.form(child));
                let plain = if form.starts_with('\'') { form.as_ref() } else { word };
                if let Some(mut embedding) = on.lexicon.embedding(plain, Pos::Auxiliary) {
                    if matches!(plain, "would" | "'d") && is_reported(on, verb) {
                        embedding.modality = Some(Modality::Planned);
                    }
                    out.embed(embedding);
                }
                has_be |= word == "be";
            }
            "advmod" => match tree.word(child) {
                "not" | "n't" | "never" | "n\u{2019}t" | "hardly" | "nowhere" => out.negate(),
                "allegedly" | "reportedly" | "apparently" | "supposedly" | "purportedly" => {
                    out.alleged = true;
                }
                "perhaps" | "possibly" | "maybe" | "probably" | "likely" | "potentially" => {
                    out.weaken(Modality::Possible);
                }
                _ => {}
            },
            "mark" => match tree.form(child).as_ref() {
                "if" | "unless" | "whether" | "lest" => out.weaken(Modality::Hypothetical),
                "without" => out.negate(),
                _ => {}
            },
            _ => {}
        }
    }
    progressive &= has_be && !is_passive(tree, verb);
    if progressive {
        out.weaken(Modality::Ongoing);
    }
    let only = tree
        .children(verb)
        .iter()
        .any(|&c| tree.relation(c) == "aux" && tree.form(c) == "'s" && tree.word(c) == "not");
    if only {
        out.negate();
    }
}

/// Whether a clause is what somebody says or plans, so that `would` is a
/// future seen from the past.
fn is_reported(on: &Reading<'_, '_>, verb: usize) -> bool {
    let tree = on.tree;
    let mut at = verb;
    for above in tree.above(verb).take(4) {
        if matches!(tree.relation(at), "ccomp" | "parataxis") {
            let conditional = tree
                .by(verb, "advcl")
                .any(|c| tree.by(c, "mark").any(|m| tree.form(m) == "if" && c < verb));
            return !conditional;
        }
        if tree.relation(at) != "conj" {
            break;
        }
        at = above;
    }
    // "Russia said ... it would" with the saying put after it
    tree.by(verb, "parataxis").any(|c| matches!(tree.word(c), "say" | "announce" | "add" | "tell"))
}

/// The clauses above: what embeds the event, and whether they are supposed.
fn climb(on: &Reading<'_, '_>, start: usize, out: &mut Reality) {
    let tree = on.tree;
    let mut at = start;
    for above in tree.above(start).take(8) {
        let infinitive = tree.is_infinitive(at);
        match tree.relation(at) {
            "conj" => {
                // auxiliaries of the first verb hold for the others, unless
                // they have their own subject
                let own = tree.first(at, "nsubj").is_some() || tree.first(at, "aux").is_some();
                if !own && tree.upos(above) == Upos::Verb {
                    read_clause(on, above, out);
                }
            }
            "xcomp" => {
                if tree.upos(above) == Upos::Adj {
                    embed(on, above, Pos::Adjective, out);
                } else {
                    embed(on, above, Pos::Verb, out);
                }
                read_clause(on, above, out);
            }
            "ccomp" => {
                let said = !infinitive;
                if said {
                    if tree.word(above) == "doubt" {
                        embed(on, above, Pos::Verb, out);
                    }
                    out.denied |= is_denial(tree.word(above));
                    if is_untrue(on, above) {
                        out.negate();
                    }
                    let supposes = matches!(
                        tree.word(above),
                        "fear"
                            | "suspect"
                            | "hope"
                            | "wonder"
                            | "demand"
                            | "believe"
                            | "think"
                            | "suppose"
                            | "imagine"
                            | "insist"
                            | "propose"
                            | "suggest"
                            | "expect"
                    );
                    if supposes && tree.word(above) != "insist" {
                        embed(on, above, Pos::Verb, out);
                    }
                    break;
                }
                embed(on, above, Pos::Verb, out);
                read_clause(on, above, out);
            }
            "csubj" if is_untrue(on, above) => {
                out.negate();
                break;
            }
            "acl" => {
                let of = tree.by(at, "mark").any(|m| tree.form(m) == "of");
                if infinitive || of {
                    embed(on, above, Pos::Noun, out);
                }
                if !infinitive {
                    break;
                }
            }
            "advcl" => {
                let purpose = infinitive && !at_start_of_result(on, at);
                if purpose {
                    out.weaken(Modality::Planned);
                }
                let adjective = tree.upos(above) == Upos::Adj;
                if adjective && infinitive {
                    embed(on, above, Pos::Adjective, out);
                }
                let prevents = tree.by(at, "mark").any(|m| tree.form(m) == "from");
                if prevents {
                    embed(on, above, Pos::Verb, out);
                }
                break;
            }
            _ => break,
        }
        at = above;
    }
}

/// "went on to", "only to": infinitives that tell what came next.
fn at_start_of_result(on: &Reading<'_, '_>, verb: usize) -> bool {
    on.tree.by(verb, "advmod").any(|c| on.tree.form(c) == "only")
}

fn embed(on: &Reading<'_, '_>, governor: usize, pos: Pos, out: &mut Reality) {
    let word = on.tree.word(governor);
    if pos == Pos::Verb
        && word == "have"
        && !on
            .tree
            .children(governor)
            .iter()
            .any(|&c| on.tree.relation(c) == "xcomp" && on.tree.is_infinitive(c))
    {
        return;
    }
    if is_denial(word) {
        out.denied = true;
        return;
    }
    if let Some(embedding) = on.lexicon.embedding(word, pos) {
        out.embed(embedding);
    }
}

/// Verbs and nouns that call untrue what they embed.
fn is_denial(word: &str) -> bool {
    matches!(word, "deny" | "denial" | "disclaim" | "disbelieve" | "refute" | "rebut")
}

/// Whether a predicate says of its clause that it is not so: "it is not true
/// that", "it is false that".
fn is_untrue(on: &Reading<'_, '_>, predicate: usize) -> bool {
    let tree = on.tree;
    let negated = tree
        .by(predicate, "advmod")
        .any(|c| matches!(tree.word(c), "not" | "n't" | "n\u{2019}t" | "never"));
    match tree.word(predicate) {
        "true" | "correct" | "case" => negated,
        "untrue" | "false" | "incorrect" | "lie" => !negated,
        _ => false,
    }
}

/// `no one`, `nobody`, `no civilians`.
fn is_nobody(on: &Reading<'_, '_>, head: usize) -> bool {
    let tree = on.tree;
    matches!(tree.form(head).as_ref(), "nobody" | "none" | "no-one" | "neither" | "nothing")
        || tree.by(head, "det").any(|d| matches!(tree.form(d).as_ref(), "no" | "neither"))
}

fn is_question(on: &Reading<'_, '_>, token: usize) -> bool {
    let sentence = on.tree.sentence(token);
    let start = sentence.end.saturating_sub(3).max(sentence.start);
    (start..sentence.end).any(|t| on.tree.doc.form(t) == "?")
}
