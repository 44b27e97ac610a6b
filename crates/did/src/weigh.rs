//! How sure an event is: a logistic model over the event and its place in the
//! story.
//!
//! Coders of stories, unlike coders of sentences, leave out what a story only
//! mentions by the way. So `confidence` is the probability that somebody who
//! codes the whole story codes this event: that its words are such an event at
//! all, and that it is of what the story is about. A story opens with what it
//! is about, be it by a headline or by a lead; events of the type of its first
//! sentence are surer, and events that are told more than once.
//! `model/confidence.tsv` has a weight for each feature, fitted by
//! `train/events/fit_confidence.py`.

use crate::finish::Finished;
use dateline_account::{EventType, Modality, Polarity};
use dateline_learned::Weights;
use dateline_lexicon::LexiconError;

/// The weights that the crate comes with.
pub(crate) fn embedded() -> Result<Weights, LexiconError> {
    Weights::parse("confidence.tsv", include_str!("../model/confidence.tsv"))
}

/// What a story opens with.
pub(crate) struct Story {
    /// The types of the events of its first sentence, the surest first.
    opening: Vec<EventType>,
}

impl Story {
    /// Looks over the events of a story, in the order of their sentences.
    pub fn new(events: &[Finished]) -> Story {
        let mut first: Vec<&Finished> = events.iter().filter(|e| opens(e)).collect();
        first.sort_by(|a, b| b.certainty.total_cmp(&a.certainty));
        Story { opening: first.iter().map(|e| e.event.kind).collect() }
    }
}

fn opens(event: &Finished) -> bool {
    event.event.sentence == 0
}

/// Calls `put` with each feature of an event, its value and its strength.
pub(crate) fn features(story: &Story, finished: &Finished, put: &mut dyn FnMut(&str, &str, f32)) {
    let event = &finished.event;
    let certainty = finished.certainty.clamp(0.03, 0.97);
    let logit = (certainty / (1.0 - certainty)).ln();
    let opens = opens(finished);
    let place = match (opens, story.opening.iter().position(|kind| *kind == event.kind)) {
        (true, Some(0)) => "first",
        (true, _) => "opening",
        (false, Some(0)) => "as first",
        (false, Some(_)) => "as opening",
        (false, None) if story.opening.is_empty() => "no opening",
        (false, None) => "elsewhere",
    };
    put("bias", "", 1.0);
    put("certainty", "", logit);
    put("certainty", if opens { "opening" } else { "elsewhere" }, logit);
    put("place", place, 1.0);
    put("type", event.kind.code(), 1.0);
    put(&format!("type.{place}"), event.kind.code(), 1.0);
    put("told", "", (finished.told as f32).ln());
    put("sentence", "", (event.sentence as f32).ln_1p());
    if event.sentence == 1 || event.sentence == 2 {
        put("sentence", "lead", 1.0);
    }
    let parties = match (event.actor.is_empty(), event.recipient.is_empty()) {
        (false, false) => "both",
        (false, true) => "actor",
        (true, false) => "recipient",
        (true, true) => "none",
    };
    put("parties", parties, 1.0);
    put("modality", name(event.modality), 1.0);
    if event.polarity == Polarity::Negative {
        put("negative", "", 1.0);
    }
    if event.claim.is_some() {
        put("claim", "", 1.0);
    }
    if finished.alleged {
        put("alleged", "", 1.0);
    }
    if finished.typed.by_lexicon {
        put("frame", "", 1.0);
    }
}

fn name(modality: Modality) -> &'static str {
    match modality {
        Modality::Actual => "actual",
        Modality::Ongoing => "ongoing",
        Modality::Planned => "planned",
        Modality::Ordered => "ordered",
        Modality::Possible => "possible",
        Modality::Hypothetical => "hypothetical",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_weights_are_fitted_and_what_a_story_opens_with_is_surer() {
        let weights = embedded().unwrap();
        assert!(weights.of("certainty", "") > 0.0);
        assert!(weights.of("place", "first") > weights.of("place", "elsewhere"));
        assert!(weights.of("place", "as first") > weights.of("place", "elsewhere"));
    }
}
