//! Is this word a trigger, and of which type? The features of a candidate.

use super::clues::{Clue, Clues};
use crate::expression::Pos;
use crate::slots::Surroundings;
use crate::triggers::{Hit, Reading, fitting, loosely, surroundings};
use dateline_account::{Claim, EventType};
use dateline_learned::{Id, Space, bucket, word};
use dateline_syntax::Upos;

/// The rows of the table.
pub(crate) const SPACE: Space = Space { closed: 14_336, open: 43_008 };

/// A word that may be a trigger.
pub(crate) struct Candidate<'c> {
    token: usize,
    pos: Pos,
    /// The frames that fit, the best of each type, the best first.
    pub fitting: Vec<Hit>,
    /// The clause around it where no frame fits.
    own: Option<Surroundings>,
    /// The innermost claim whose content holds it.
    claim: Option<&'c Claim>,
}

impl<'c> Candidate<'c> {
    /// Looks a word up; `None` for one that is no trigger by its part of
    /// speech, or an idle one that no frame fits.
    pub(crate) fn new(
        on: &Reading<'_, '_>,
        clues: &Clues,
        token: usize,
        claim: Option<&'c Claim>,
    ) -> Option<Candidate<'c>> {
        let pos = loosely(on, token)?;
        let fitting = fitting(on, token, pos);
        if fitting.is_empty() && clues.of(token).word.idle {
            return None;
        }
        let own = fitting.is_empty().then(|| surroundings(on, token, pos));
        Some(Candidate { token, pos, fitting, own, claim })
    }

    /// The clause around the word, as the best frame has it.
    fn around(&self) -> Option<&Surroundings> {
        self.fitting.first().map(|hit| &hit.around).or(self.own.as_ref())
    }

    /// The word as a trigger of a type, or as no event: with the frame that
    /// fits, else with that of any word.
    pub(crate) fn hit(&self, on: &Reading<'_, '_>, kind: Option<EventType>) -> Option<Hit> {
        let fits = |hit: &&Hit| on.lexicon.frames[hit.frame].kind == kind;
        let any_word = || {
            let frame = on.lexicon.frame_of_any_word(kind?, self.pos)?;
            Some(Hit::of_any_word(self.token, frame, self.around()?.clone()))
        };
        self.fitting.iter().find(fits).cloned().or_else(any_word)
    }
}

/// A type as a number; no event is one, too.
pub(crate) fn type_code(kind: Option<EventType>) -> u64 {
    let number = |kind| EventType::ALL.iter().position(|known| *known == kind);
    kind.and_then(number).map_or(99, |number| number as u64)
}

/// The features of a candidate.
pub(crate) fn features(on: &Reading<'_, '_>, clues: &Clues, at: &Candidate<'_>) -> Vec<Id> {
    let mut out = Vec::with_capacity(128);
    let Some(around) = at.around() else { return out };
    own_word(on, clues, around, &mut out);
    frames(on, clues, at, &mut out);
    arguments(on, clues, around, &mut out);
    neighbours(on, clues, around, &mut out);
    farther(on, clues, (at, around), &mut out);
    out
}

fn own_word(on: &Reading<'_, '_>, clues: &Clues, at: &Surroundings, out: &mut Vec<Id>) {
    let (tree, t) = (on.tree, at.token);
    let Clue { word: w, upos, relation, .. } = *clues.of(t);
    let xpos = word(tree.xpos(t));
    let passive = u64::from(at.clause.passive);
    out.extend([
        SPACE.closed(1, &[]),
        SPACE.open(2, &[w.hash]),
        SPACE.open(3, &[w.hash, upos]),
        SPACE.open(4, &[word(tree.doc.form(t))]),
        SPACE.closed(5, &[xpos]),
        SPACE.closed(6, &[upos, relation]),
        SPACE.closed(7, &[w.rough, upos]),
        SPACE.closed(8, &[w.middle]),
        SPACE.open(9, &[w.close]),
        SPACE.closed(10, &[w.like]),
        SPACE.closed(11, &[w.like, upos, relation]),
        SPACE.closed(12, &[upos, passive, u64::from(at.clause.objects.is_empty())]),
        SPACE.open(13, &[w.hash, passive, u64::from(at.clause.objects.is_empty())]),
        SPACE.closed(14, &[u64::from(clues.lower), upos]),
    ]);
}

fn frames(on: &Reading<'_, '_>, clues: &Clues, at: &Candidate<'_>, out: &mut Vec<Id>) {
    let own = clues.of(at.token);
    let Some(best) = at.fitting.first() else {
        out.push(SPACE.closed(20, &[]));
        let known = on.lexicon.frames_of(on.tree.word(at.token));
        let mut kinds: Vec<u64> =
            known.iter().map(|&f| type_code(on.lexicon.frames[f as usize].kind)).collect();
        kinds.sort_unstable();
        kinds.dedup();
        out.extend(kinds.into_iter().take(4).map(|kind| SPACE.closed(21, &[kind])));
        return;
    };
    let frame = &on.lexicon.frames[best.frame];
    let (kind, sure) = (type_code(frame.kind), (frame.certainty * 10.0) as u64);
    let words = best.words.len().min(4) as u64;
    out.extend([
        SPACE.closed(22, &[kind]),
        SPACE.closed(23, &[kind, sure, best.weight.min(5) as u64]),
        SPACE.closed(24, &[kind, sure, frame.pos as u64, u64::from(best.around.light.is_some())]),
        SPACE.open(25, &[kind, own.word.hash]),
        SPACE.closed(26, &[kind, words]),
        SPACE.closed(27, &[kind, word(frame.mode.as_deref().unwrap_or(""))]),
        SPACE.closed(28, &[kind, own.relation]),
    ]);
    for other in at.fitting.iter().skip(1).take(3) {
        let frame = &on.lexicon.frames[other.frame];
        out.push(SPACE.closed(29, &[kind, type_code(frame.kind)]));
    }
}

/// One argument of the candidate: `slot` is what it stands as.
fn argument(
    on: &Reading<'_, '_>,
    clues: &Clues,
    t: usize,
    (slot, arg): (u64, usize),
    out: &mut Vec<Id>,
) {
    let (own, Clue { word: w, kind, .. }) = (clues.of(t).word, *clues.of(arg));
    let template = |n: u64| 40 + n;
    out.extend([
        SPACE.open(template(0), &[slot, w.hash]),
        SPACE.open(template(1), &[slot, w.hash, own.hash]),
        SPACE.closed(template(2), &[slot, w.rough]),
        SPACE.open(template(3), &[slot, w.middle]),
        SPACE.closed(template(4), &[slot, kind]),
        SPACE.open(template(5), &[slot, own.hash, w.rough]),
        SPACE.closed(template(6), &[slot, own.like, w.rough]),
        SPACE.open(template(7), &[slot, own.close, kind]),
    ]);
    for class in on.lexicon.classes.of(on.tree, arg).take(6) {
        out.push(SPACE.closed(template(8), &[slot, class]));
        out.push(SPACE.open(template(9), &[slot, class, own.hash]));
    }
}

fn arguments(on: &Reading<'_, '_>, clues: &Clues, at: &Surroundings, out: &mut Vec<Id>) {
    let (tree, t) = (on.tree, at.token);
    for &object in at.clause.objects.iter().take(2) {
        argument(on, clues, t, (1, object), out);
    }
    for &subject in at.clause.subjects.iter().take(2) {
        argument(on, clues, t, (2, subject), out);
    }
    let own = clues.of(t).word.hash;
    for &child in tree.children(t).iter().take(16) {
        let relation = clues.of(child).relation;
        match tree.relation(child) {
            "obl" | "nmod" => {
                let preposition = tree.preposition(child).map_or(7, |p| word(&p));
                out.push(SPACE.open(60, &[own, preposition]));
                out.push(SPACE.closed(61, &[preposition, clues.of(t).upos]));
                argument(on, clues, t, (preposition, child), out);
            }
            "compound" | "amod" | "nummod" => argument(on, clues, t, (relation, child), out),
            "xcomp" | "ccomp" | "acl" | "advcl" => {
                let infinitive = u64::from(tree.is_infinitive(child));
                out.extend([
                    SPACE.closed(62, &[relation, infinitive]),
                    SPACE.open(63, &[own, relation, infinitive]),
                    SPACE.closed(64, &[relation, infinitive, clues.of(child).word.like]),
                    SPACE.open(65, &[relation, clues.of(child).word.hash]),
                ]);
            }
            "aux" | "advmod" | "det" | "mark" | "cop" => {
                out.push(SPACE.open(66, &[word(&tree.form(child)), clues.of(t).upos]));
            }
            _ => {}
        }
        if tree.deprel(child) == "compound:prt" {
            out.push(SPACE.open(67, &[own, word(&tree.form(child))]));
        }
    }
}

fn neighbours(on: &Reading<'_, '_>, clues: &Clues, at: &Surroundings, out: &mut Vec<Id>) {
    let (tree, t) = (on.tree, at.token);
    let sentence = tree.sentence(t);
    let own = clues.of(t).word;
    let near = |step: isize| {
        t.checked_add_signed(step).filter(|n| sentence.contains(n)).map(|n| clues.of(n).word)
    };
    for (n, step) in [-2_isize, -1, 1, 2].into_iter().enumerate() {
        let Some(other) = near(step) else { continue };
        out.push(SPACE.open(70 + n as u64, &[other.hash]));
        out.push(SPACE.closed(74 + n as u64, &[other.rough]));
        if step.abs() == 1 {
            out.push(SPACE.open(78 + n as u64, &[other.hash, own.hash]));
        }
    }
    if let Some((verb, _)) = at.light {
        out.push(SPACE.open(84, &[clues.of(verb).word.hash]));
        out.push(SPACE.closed(85, &[clues.of(t).word.like]));
    }
    let Some(head) = tree.head(t) else {
        out.push(SPACE.closed(86, &[]));
        return;
    };
    let (Clue { relation, .. }, above) = (*clues.of(t), clues.of(head).word);
    out.extend([
        SPACE.open(87, &[above.hash]),
        SPACE.open(88, &[above.hash, relation]),
        SPACE.closed(89, &[above.rough, relation]),
        SPACE.closed(90, &[above.like, relation]),
        SPACE.open(91, &[own.hash, relation]),
        SPACE.open(92, &[own.hash, above.hash]),
    ]);
    if tree.upos(t) == Upos::Noun
        && let Some(preposition) = tree.preposition(t)
    {
        out.push(SPACE.open(93, &[word(&preposition), own.hash]));
        out.push(SPACE.closed(94, &[word(&preposition), own.like]));
    }
}

/// The sentence and the document around the word.
fn farther(
    on: &Reading<'_, '_>,
    clues: &Clues,
    (at, around): (&Candidate<'_>, &Surroundings),
    out: &mut Vec<Id>,
) {
    let (tree, t) = (on.tree, at.token);
    let sentence = tree.sentence(t);
    let mut seen = [false; 65];
    let mut parties = 0;
    for token in sentence.clone().take(80) {
        let clue = clues.of(token);
        if clue.content && token != t {
            seen[clue.word.rough as usize] = true;
        }
        parties += usize::from(clue.kind > 20);
    }
    let seen = (1..seen.len()).filter(|&class| seen[class]);
    out.extend(seen.take(24).map(|class| SPACE.closed(100, &[class as u64])));
    out.extend(clues.topics.iter().map(|&class| SPACE.closed(101, &[class])));
    let first = clues.topics.first().copied().unwrap_or(0);
    let stance = at.claim.map_or(1, |claim| word(claim.stance.as_str()));
    out.extend([
        SPACE.closed(102, &[bucket(parties)]),
        SPACE.closed(103, &[bucket(sentence.len())]),
        SPACE.closed(104, &[stance]),
        SPACE.closed(105, &[bucket(tree.doc.tokens[t].sentence)]),
        SPACE.closed(106, &[first, clues.of(t).word.like]),
        SPACE.closed(107, &[u64::from(around.pos == Pos::Noun), bucket(tree.above(t).count())]),
    ]);
}
