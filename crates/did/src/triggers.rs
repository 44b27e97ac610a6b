//! Triggers: the words of a sentence that express an event, and the frame of
//! the lexicon that reads them best.

use crate::clause::light_verb;
use crate::expression::Pos;
use crate::lexicon::{Frame, Lexicon};
use crate::mentions::Mentions;
use crate::pattern::{Condition, Kinds, Need, Slot, Want};
use crate::slots::{Surroundings, has_clause, has_infinitive, has_predicate};
use crate::tree::Tree;
use dateline_syntax::Upos;

/// How far behind a verb its further words may stand.
const WINDOW: usize = 12;

/// A word with the frame that fits it.
#[derive(Debug, Clone)]
pub(crate) struct Hit {
    pub token: usize,
    /// Index into the lexicon's frames.
    pub frame: usize,
    /// The words of the trigger, the head among them, in reading order.
    pub words: Vec<usize>,
    /// Objects that decided for this frame: no events of their own.
    pub decided: Vec<usize>,
    /// Classes of those objects.
    pub classes: Vec<usize>,
    pub around: Surroundings,
    /// How much the frame asked for.
    pub weight: usize,
    /// How probable the learned part finds that it is such an event.
    pub share: Option<f32>,
}

impl Hit {
    /// A trigger whose word no frame of its type fits.
    pub(crate) fn of_any_word(token: usize, frame: usize, around: Surroundings) -> Hit {
        let (decided, classes) = (Vec::new(), Vec::new());
        Hit { token, frame, words: vec![token], decided, classes, around, weight: 0, share: None }
    }
}

/// What reading needs all the time.
pub(crate) struct Reading<'a, 't> {
    pub tree: &'a Tree<'a, 't>,
    pub lexicon: &'a Lexicon,
    pub mentions: &'a Mentions<'a>,
}

/// The best hit of every token of a sentence, by the lexicon alone.
pub(crate) fn hits(on: &Reading<'_, '_>, sentence: std::ops::Range<usize>) -> Vec<Hit> {
    let best = |token| fitting(on, token, part(on, token)?).into_iter().next();
    sentence.filter_map(best).collect()
}

/// The frames that fit a token, the best of each type, the best of all first.
pub(crate) fn fitting(on: &Reading<'_, '_>, token: usize, pos: Pos) -> Vec<Hit> {
    let tree = on.tree;
    let (lemma, form) = (tree.word(token), tree.form(token));
    let by_lemma = on.lexicon.frames_of(lemma);
    let by_form = if form == lemma { &[][..] } else { on.lexicon.frames_of(&form) };
    // a participle before a noun or after `be` may stand as an adjective too
    let fits = |frame: &Frame| {
        frame.pos == pos || frame.pos == Pos::Adjective && adjectival(tree, token, pos)
    };
    let mut around: Vec<(Pos, Surroundings)> = Vec::new();
    let mut found: Vec<Hit> = Vec::new();
    let rank = |hit: &Hit| {
        let frame = &on.lexicon.frames[hit.frame];
        (hit.weight, frame.precedence())
    };
    for &at in by_lemma.iter().chain(by_form) {
        let frame = &on.lexicon.frames[at as usize];
        if !fits(frame) {
            continue;
        }
        let Some(words) = words_of(tree, token, frame) else { continue };
        let known = around.iter().position(|(p, _)| *p == frame.pos);
        let known = known.unwrap_or_else(|| {
            around.push((frame.pos, surroundings(on, token, frame.pos)));
            around.len() - 1
        });
        let shared = &around[known].1;
        let own = shared.with_particles(tree, &words);
        let surroundings = own.as_ref().unwrap_or(shared);
        let Some(met) = met(on, frame, surroundings) else { continue };
        let weight = 3 * (words.len() - 1) + 2 * met.asked;
        let (decided, classes) = (met.decided, met.classes);
        let around = surroundings.clone();
        let same = |old: &Hit| on.lexicon.frames[old.frame].kind == frame.kind;
        let (frame, share) = (at as usize, None);
        let hit = Hit { token, frame, words, decided, classes, around, weight, share };
        match found.iter_mut().find(|old| same(old)) {
            Some(old) if rank(&hit) > rank(old) => *old = hit,
            Some(_) => {}
            None => found.push(hit),
        }
    }
    // of equals the row that comes first
    found.sort_by(|a, b| rank(b).cmp(&rank(a)).then(a.frame.cmp(&b.frame)));
    found
}

/// The clause around a token that is read as this part of speech.
pub(crate) fn surroundings(on: &Reading<'_, '_>, token: usize, pos: Pos) -> Surroundings {
    let noun = pos == Pos::Noun;
    let light = if noun { light_verb(on.tree, on.lexicon, token) } else { None };
    Surroundings::new(on.tree, token, pos, light)
}

/// As what a token may be a trigger by its part of speech alone.
pub(crate) fn loosely(on: &Reading<'_, '_>, token: usize) -> Option<Pos> {
    match on.tree.upos(token) {
        Upos::Verb => Some(Pos::Verb),
        Upos::Noun => Some(Pos::Noun),
        Upos::Propn if !on.mentions.in_name(token) => Some(Pos::Noun),
        Upos::Adj => Some(Pos::Adjective),
        _ => None,
    }
}

/// As what a token may be a trigger at all.
pub(crate) fn part(on: &Reading<'_, '_>, token: usize) -> Option<Pos> {
    let tree = on.tree;
    let relation = tree.relation(token);
    let bound =
        matches!(relation, "compound" | "case" | "mark" | "aux" | "cop" | "fixed" | "flat" | "det");
    let pos = match tree.upos(token) {
        Upos::Verb => {
            let hyphen = || {
                let before = token.checked_sub(1).filter(|b| tree.sentence(token).contains(b));
                before.is_some_and(|b| matches!(tree.doc.form(b), "-" | "\u{2010}" | "\u{2011}"))
            };
            // "ruling party", "Iran-backed militia", "occupied land": said of
            // the noun in passing, unless of people ("the jailed minister")
            let person = || {
                tree.head(token).is_some_and(|h| {
                    wanted(on, &Want::Kinds(Kinds::Person), h) && !tree.is(token, "suspected")
                })
            };
            let before_noun =
                relation == "amod" && (tree.xpos(token) == "VBG" || hyphen() || !person());
            // "the Committee to Protect Journalists": a word of a name
            let in_name = on.mentions.in_name(token)
                && tree.doc.form(token).starts_with(char::is_uppercase)
                && !tree.starts_sentence(token)
                && relation == "acl";
            if before_noun || in_name { None } else { Some(Pos::Verb) }
        }
        Upos::Noun => Some(Pos::Noun),
        Upos::Propn if !on.mentions.in_name(token) => Some(Pos::Noun),
        Upos::Adj => Some(Pos::Adjective),
        _ => None,
    }?;
    if bound { None } else { Some(pos) }
}

fn adjectival(tree: &Tree<'_, '_>, token: usize, pos: Pos) -> bool {
    pos == Pos::Verb
        && tree.xpos(token).starts_with("VBN")
        && (tree.first(token, "cop").is_some()
            || tree.children(token).iter().any(|&c| tree.deprel(c) == "aux:pass"))
}

/// The words of a frame found around its head.
fn words_of(tree: &Tree<'_, '_>, token: usize, frame: &Frame) -> Option<Vec<usize>> {
    let mut found = vec![token];
    if frame.pos == Pos::Verb {
        let end = tree.sentence(token).end.min(token + 1 + WINDOW);
        let mut from = token + 1;
        for adverb in &frame.before {
            found.push(tree.children(token).iter().copied().find(|&c| tree.is(c, adverb))?);
        }
        for word in &frame.after {
            let here = (from..end).find(|&t| {
                let steps = if tree.upos(t) == Upos::Verb { 1 } else { 3 };
                let when = tree.relation(t) == "case"
                    && tree.head(t).is_some_and(|noun| tree.is_time(noun));
                tree.is(t, word)
                    && !when
                    && tree.near_below(t, token, steps)
                    && !clause_between(tree, t, token)
            })?;
            found.push(here);
            from = here + 1;
        }
        found.sort_unstable();
        return Some(found);
    }
    if !tree.preceded_by(token, &frame.before) {
        return None;
    }
    found.extend(tree.followed_by(token, &frame.after)?);
    let mut before = token;
    for _ in &frame.before {
        before = (tree.sentence(token).start..before)
            .rev()
            .find(|&t| tree.upos(t) != Upos::Det && tree.upos(t) != Upos::Punct)?;
        found.push(before);
    }
    found.sort_unstable();
    Some(found)
}

/// Whether a word belongs to another clause below the verb.
fn clause_between(tree: &Tree<'_, '_>, word: usize, verb: usize) -> bool {
    let mut at = word;
    for above in tree.above(word).take(4) {
        if at != word && matches!(tree.relation(at), "acl" | "advcl" | "ccomp" | "conj") {
            return true;
        }
        if above == verb {
            return at == word && matches!(tree.relation(at), "conj" | "advcl" | "parataxis");
        }
        at = above;
    }
    false
}

/// How a frame's needs are met.
struct Met {
    asked: usize,
    decided: Vec<usize>,
    classes: Vec<usize>,
}

/// The alternative of a frame's needs that asks for most and is met.
fn met(on: &Reading<'_, '_>, frame: &Frame, around: &Surroundings) -> Option<Met> {
    if frame.needs.0.is_empty() {
        return Some(Met { asked: 0, decided: Vec::new(), classes: Vec::new() });
    }
    let mut best: Option<Met> = None;
    for alternative in &frame.needs.0 {
        let mut this = Met { asked: alternative.len(), decided: Vec::new(), classes: Vec::new() };
        let all = alternative.iter().all(|need| holds(on, need, around, &mut this));
        if all && best.as_ref().is_none_or(|old| this.asked > old.asked) {
            best = Some(this);
        }
    }
    best
}

fn holds(on: &Reading<'_, '_>, need: &Need, around: &Surroundings, met: &mut Met) -> bool {
    let tree = on.tree;
    let held = match &need.condition {
        Condition::None => around.clause.objects.is_empty(),
        Condition::Infinitive => has_infinitive(tree, around.token),
        Condition::Clause => has_clause(tree, around.token),
        Condition::Predicate => has_predicate(tree, around.token),
        Condition::In(slot, want) => {
            let mut heads = around.find(tree, slot);
            if *slot == Slot::Object && matches!(around.pos, Pos::Noun | Pos::Adjective) {
                heads = around.clause.objects.clone();
            }
            let found = heads.into_iter().find(|&head| wanted(on, want, head));
            if let (Some(head), false, false) = (found, need.negated, *want == Want::Any) {
                if let Want::Class(class) = want {
                    met.classes.push(*class);
                }
                let named = matches!(want, Want::Kinds(_));
                if !named && matches!(slot, Slot::Object | Slot::Preposition(_)) {
                    met.decided.push(head);
                }
            }
            found.is_some()
        }
    };
    held != need.negated
}

/// Whether a noun phrase is what a condition wants.
fn wanted(on: &Reading<'_, '_>, want: &Want, head: usize) -> bool {
    let tree = on.tree;
    match want {
        Want::Any => true,
        Want::Words(words) => {
            let (before, last) = words.split_at(words.len().saturating_sub(1));
            last.iter().all(|word| tree.is(head, word)) && tree.preceded_by(head, before)
        }
        Want::Class(class) => {
            let content = content_head(tree, head);
            on.lexicon.classes.holds(*class, tree, head)
                || content != head && on.lexicon.classes.holds(*class, tree, content)
        }
        Want::Kinds(kinds) => {
            let content = content_head(tree, head);
            let fits = |kind| on.mentions.kind(tree, kind).is_some_and(|k| kinds.fits(k));
            fits(head) || fits(content) || described(on, *kinds, content)
        }
    }
}

/// Whether a common noun describes what a built-in class means.
fn described(on: &Reading<'_, '_>, kinds: Kinds, head: usize) -> bool {
    let classes: &[&str] = match kinds {
        Kinds::Person => &["people", "officials", "journalists", "protesters"],
        Kinds::Organization => &["organization", "government", "company", "police"],
        Kinds::Actor => {
            &["people", "officials", "troops", "rebels", "police", "government", "organization"]
        }
        Kinds::Place | Kinds::Country => return false,
    };
    let classes = classes.iter().filter_map(|name| on.lexicon.classes.number(name));
    classes.into_iter().any(|class| on.lexicon.classes.holds(class, on.tree, head))
}

/// The noun that says what a quantity is a quantity of: `attacks` of "a
/// series of attacks".
pub(crate) fn content_head(tree: &Tree<'_, '_>, head: usize) -> usize {
    const QUANTITIES: [&str; 36] = [
        "%",
        "percent",
        "series",
        "wave",
        "number",
        "lot",
        "dozens",
        "hundreds",
        "thousands",
        "dozen",
        "hundred",
        "thousand",
        "million",
        "group",
        "part",
        "kind",
        "round",
        "string",
        "spate",
        "most",
        "all",
        "rest",
        "majority",
        "some",
        "many",
        "couple",
        "pair",
        "handful",
        "score",
        "one",
        "any",
        "several",
        "type",
        "form",
        "member",
        "use",
    ];
    if !QUANTITIES.contains(&tree.word(head)) && !QUANTITIES.contains(&tree.form(head).as_ref()) {
        return head;
    }
    let of = tree.children(head).iter().copied().find(|&c| {
        matches!(tree.relation(c), "nmod" | "obl") && tree.preposition(c).as_deref() == Some("of")
    });
    of.unwrap_or(head)
}
