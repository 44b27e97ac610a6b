//! How sure a claim is: a logistic model over what stands around it.
//!
//! The features are names with a value, `stance=deny` or `content.rel=ccomp`;
//! `model/confidence.tsv` has a weight for each, fitted by
//! `train/claims/fit_confidence.py`. The sum, through the logistic function, is
//! the probability that source and content of the claim are right, and that is
//! what `confidence` means.

use crate::draft::{Draft, Origin, Reading};
use crate::frame::Anchor;
use crate::tree::{head_of, nominal_head_of};
use dateline_account::Form;
use dateline_learned::Weights;
use dateline_lexicon::LexiconError;
use dateline_syntax::Upos;
use std::ops::Range;

/// Claims that are not wholly quoted and are less sure than this are left out: below it,
/// more are wrong than the right ones among them are worth.
pub(crate) const LEAST: f32 = 0.36;

/// The weights that the crate comes with.
pub(crate) fn embedded() -> Result<Weights, LexiconError> {
    Weights::parse("confidence.tsv", include_str!("../model/confidence.tsv"))
}

/// What the drafts of a document are to each other.
#[derive(Debug)]
pub(crate) struct Scene {
    /// How many drafts hold each token as content.
    held: Vec<u16>,
    /// How many cues begin before each token.
    cues: Vec<u32>,
}

impl Scene {
    pub fn new(reading: &Reading<'_, '_>, drafts: &[Draft]) -> Self {
        let n = reading.doc.tokens.len();
        let (mut held, mut cues) = (vec![0u16; n], vec![0u32; n + 1]);
        for draft in drafts {
            for slot in draft.content.iter().flat_map(Clone::clone) {
                held[slot] = held[slot].saturating_add(1);
            }
            if let Some(cue) = draft.cue.first() {
                cues[cue.start + 1] += 1;
            }
        }
        for at in 0..n {
            cues[at + 1] += cues[at];
        }
        Self { held, cues }
    }

    fn cues_in(&self, range: &Range<usize>) -> u32 {
        self.cues[range.end] - self.cues[range.start]
    }
}

/// Calls `put` with each feature of a draft, its value and its strength.
pub(crate) fn features(
    reading: &Reading<'_, '_>,
    scene: &Scene,
    draft: &Draft,
    anchor: Option<&Anchor<'_>>,
    put: &mut dyn FnMut(&str, &str, f32),
) {
    put("bias", "", 1.0);
    let origin = draft.origin.name();
    put("origin", origin, 1.0);
    if draft.origin == Origin::Network {
        let score = draft.score.clamp(0.01, 0.995);
        let logit = (score / (1.0 - score)).ln();
        put("score", "", logit);
        put("score", "high", (logit - 2.0).max(0.0));
        put("score", "low", (-logit).max(0.0));
    }
    let form = match crate::build::form(reading, draft) {
        Form::Direct => "direct",
        Form::Mixed => "mixed",
        Form::Indirect => "indirect",
    };
    put("form", form, 1.0);
    put(&format!("form.origin.{form}"), origin, 1.0);
    cue(reading, scene, draft, anchor, put);
    source(reading, draft, anchor, put);
    content(reading, scene, draft, anchor, put);
}

fn cue(
    reading: &Reading<'_, '_>,
    scene: &Scene,
    draft: &Draft,
    anchor: Option<&Anchor<'_>>,
    put: &mut dyn FnMut(&str, &str, f32),
) {
    let (Some(anchor), Some(first)) = (anchor, draft.cue.first()) else {
        put("cue.kind", "none", 1.0);
        return;
    };
    let kind = anchor.cue.map_or("unknown", |c| c.pos.name());
    put("cue.kind", kind, 1.0);
    put("stance", crate::frame::stance(Some(anchor)), 1.0);
    if anchor.negated {
        put("negated", "", 1.0);
    }
    if let Some(cue) = anchor.cue {
        let frames = cue.frames;
        let takes = [
            (frames.quote, "quote"),
            (frames.that, "that"),
            (frames.to, "to"),
            (frames.object, "object"),
            (frames.hearer, "hearer"),
            (frames.light, "light"),
            (frames.nobody, "nobody"),
        ];
        takes.iter().filter(|(has, _)| *has).for_each(|(_, name)| put("takes", name, 1.0));
    }
    put("cue", &reading.lemma(anchor.token).to_lowercase(), 1.0);
    put("cue.upos", reading.upos(anchor.token).code(), 1.0);
    put("cue.rel", reading.deprel(anchor.token), 1.0);
    put("cue.length", bucket(draft.cue.iter().map(|r| r.len()).sum()), 1.0);
    let own = draft.holds(first.start);
    if scene.held[first.start] > u16::from(own) {
        put("cue.place", "inside", 1.0);
    }
    if reading.quotations.of(first.start).is_some() {
        put("cue.place", "quoted", 1.0);
    }
    if first.start > 0 {
        put("cue.before", &shape(reading, first.start - 1), 1.0);
    }
}

fn source(
    reading: &Reading<'_, '_>,
    draft: &Draft,
    anchor: Option<&Anchor<'_>>,
    put: &mut dyn FnMut(&str, &str, f32),
) {
    if draft.follows.is_some() {
        put("source", "followed", 1.0);
        put("source.followed", if draft.source.is_empty() { "none" } else { "named" }, 1.0);
        return;
    }
    let Some(piece) = draft.source.first() else {
        put("source", "none", 1.0);
        if let Some(anchor) = anchor {
            put("source.none.cue", reading.upos(anchor.token).code(), 1.0);
            put("source.none.stance", crate::frame::stance(Some(anchor)), 1.0);
            let subject = crate::rules::subject(reading, anchor.token);
            put("source.none.subject", if subject.is_some() { "yes" } else { "no" }, 1.0);
        }
        return;
    };
    let head = nominal_head_of(reading.doc, piece.clone());
    put("source", reading.upos(head).code(), 1.0);
    if matches!(reading.upos(head), Upos::Pron | Upos::Det) {
        put("source.word", &reading.lower(head), 1.0);
    }
    put("source.length", bucket(piece.len()), 1.0);
    put("source.pieces", bucket(draft.source.len()), 1.0);
    let (Some(anchor), Some(cue)) = (anchor, draft.cue.first()) else { return };
    let hangs = if reading.head(head) == Some(anchor.token) { "+" } else { "" };
    put("source.rel", &format!("{}{hangs}", reading.deprel(head)), 1.0);
    let side = if head < cue.start { "before" } else { "after" };
    put(&format!("source.{side}"), bucket(head.abs_diff(anchor.token)), 1.0);
    let subject = crate::rules::subject(reading, anchor.token);
    let agrees = match subject {
        None => "none",
        Some(s) if piece.contains(&s) => "same",
        Some(_) => "other",
    };
    put("source.tree", agrees, 1.0);
    let apart = reading.sentence(head).start != reading.sentence(cue.start).start;
    if apart {
        put("source.tree", "far", 1.0);
    }
}

fn content(
    reading: &Reading<'_, '_>,
    scene: &Scene,
    draft: &Draft,
    anchor: Option<&Anchor<'_>>,
    put: &mut dyn FnMut(&str, &str, f32),
) {
    let (Some(first), Some(last)) = (draft.content.first(), draft.content.last()) else { return };
    put("content.length", bucket(draft.content.iter().map(|r| r.len()).sum()), 1.0);
    put("content.pieces", bucket(draft.content.len()), 1.0);
    let word = first.clone().find(|&t| reading.is_word(t)).unwrap_or(first.start);
    let begin = shape(reading, word);
    put("content.first", &begin, 1.0);
    if last.end < reading.doc.tokens.len() {
        let end = reading.sentence(last.end - 1).end;
        let stops = (last.end..end.min(last.end + 3)).all(|t| !reading.is_word(t));
        put("content.after", if stops { "end" } else { "" }, 1.0);
        if !stops {
            put("content.after", &shape(reading, last.end), 1.0);
        }
    }
    if first.start > 0 {
        put("content.before", &shape(reading, first.start - 1), 1.0);
    }
    let others: u32 = draft.content.iter().map(|r| scene.cues_in(r)).sum();
    put("content.cues", bucket(others as usize), 1.0);
    if first.clone().take(16).any(|t| scene.held[t] > 1) {
        put("content.shared", "", 1.0);
    }
    let (Some(anchor), Some(cue)) = (anchor, draft.cue.first()) else { return };
    let head = head_of(reading.doc, first.clone());
    let link = if reading.head(head) == Some(anchor.token) {
        "down"
    } else if reading.head(anchor.token) == Some(head) {
        "up"
    } else {
        "far"
    };
    let relation = if link == "up" { reading.deprel(anchor.token) } else { reading.deprel(head) };
    put(&format!("content.{link}"), relation, 1.0);
    let kind = anchor.cue.map_or("unknown", |c| c.pos.name());
    put(&format!("content.{link}.{kind}"), relation, 1.0);
    let lemma = reading.lemma(anchor.token).to_lowercase();
    put(&format!("cue.{lemma}"), if link == "far" { "far" } else { relation }, 1.0);
    let side = if first.start < cue.start { "before" } else { "after" };
    put(&format!("content.{side}.by"), bucket(first.start.abs_diff(cue.end)), 1.0);
    put(&format!("content.first.{kind}"), &begin, 1.0);
    if reading.sentence(first.start).start != reading.sentence(cue.start).start {
        put("content.sentence", "other", 1.0);
    }
}

/// A short function word or mark itself, of others the part of speech.
fn shape(reading: &Reading<'_, '_>, token: usize) -> String {
    match reading.upos(token) {
        Upos::Noun | Upos::Propn | Upos::Verb | Upos::Adj | Upos::Adv | Upos::Num | Upos::X => {
            reading.upos(token).code().to_owned()
        }
        _ => reading.lower(token).chars().take(8).filter(|c| !c.is_whitespace()).collect(),
    }
}

fn bucket(count: usize) -> &'static str {
    match count {
        0 => "0",
        1 => "1",
        2 => "2",
        3 => "3",
        4..=5 => "4-5",
        6..=8 => "6-8",
        9..=13 => "9-13",
        14..=25 => "14-25",
        26..=50 => "26-50",
        _ => "51-",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_weights_are_fitted_and_told_apart() {
        let weights = embedded().unwrap();
        assert!(weights.len() > 1000);
        assert!(weights.of("score", "") > 0.0, "what the network is sure of is surer");
        assert_eq!(weights.of("score", "nonsense"), 0.0);
    }
}
