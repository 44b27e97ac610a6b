//! The running time and place of a paragraph: what follows an act, told in the
//! same way, happened on the same day and in the same place ("Police raided
//! two offices on Tuesday. They detained nine people."). And what gave each
//! event its date and place, in words.

use crate::assembly::Rows;
use crate::dates_places::Rule;
use crate::finish::{Finished, told_modality};
use crate::lexicon::Lexicon;
use dateline_account::{Event, Modality, Polarity, Span};
use dateline_syntax::Doc;

/// What a sentence tells of when and where.
pub(crate) struct Told {
    /// Number of its paragraph.
    pub paragraph: usize,
    /// Whether it has a date of its own.
    pub time: bool,
    /// Whether it says where something is.
    pub place: bool,
}

/// Gives events that happened, of sentences without a date or place, those of
/// the event before in the paragraph. The day must be one day, and the same
/// voice must tell of both: the article, or one claim.
pub(crate) fn complete(events: &mut [Finished], lexicon: &Lexicon, told: impl Fn(usize) -> Told) {
    let is_bodily = |event: &Event| lexicon.traits(event.kind).bodily;
    let mut last: Option<(usize, usize)> = None;
    for at in 0..events.len() {
        let (before, rest) = events.split_at_mut(at);
        let Some(here) = rest.first_mut() else { continue };
        if !happened(&here.event) {
            continue;
        }
        let sentence = here.event.sentence as usize;
        let told = told(sentence);
        let leader = last.filter(|(_, paragraph)| *paragraph == told.paragraph);
        let leader = leader.and_then(|(leader, _)| before.get(leader));
        // Between the two no sentence may be left out: it could move the story.
        let goes_on = |leader: &&Finished| {
            leader.event.claim == here.event.claim
                && (sentence as u32).saturating_sub(leader.event.sentence) <= 1
        };
        if let Some(Finished { event: leader, .. }) = leader.filter(goes_on) {
            let one_day = leader.date.as_deref().is_some_and(|date| date.len() == 10);
            if here.event.date.is_none() && !told.time && one_day {
                (here.event.date, here.event.time) = (leader.date.clone(), leader.time);
                here.dated = Some(Rule::Paragraph);
            }
            if here.event.place.is_none() && !told.place && is_bodily(&here.event) {
                here.event.place = leader.place.filter(|_| is_bodily(leader));
                here.placed = here.event.place.map(|_| Rule::Paragraph);
            }
        }
        last = Some((at, told.paragraph));
    }
}

/// Whether an event is told as one that took place.
fn happened(event: &Event) -> bool {
    event.polarity == Polarity::Positive && event.modality == Modality::Actual
}

/// Says what gave an event its type, modality, date and place.
pub(crate) fn explain(doc: &Doc<'_>, rows: Rows<'_>, finished: &mut Finished) {
    let quoted = |span: Span| doc.slice(span).split_whitespace().collect::<Vec<_>>().join(" ");
    let Finished { event, dated, placed, typed, by_rule, .. } = finished;
    let time = event.time.and_then(|at| rows.times.get(at as usize));
    let date = match (time, event.date.as_deref(), *dated) {
        (Some(time), Some(date), Some(rule)) => {
            format!("date: {date}, “{}”, {}", quoted(time.span), rule.name())
        }
        _ => "date: none; no tree, sentence or act before gives one".to_owned(),
    };
    let place = event.place.and_then(|at| rows.places.get(at as usize));
    let place = match (place, *placed) {
        (Some(place), Some(rule)) => {
            format!("place: {}, “{}”, {}", place.name, quoted(place.span), rule.name())
        }
        _ => "place: none; no tree, sentence or act before gives one".to_owned(),
    };
    let modality = told_modality(event.modality, *by_rule);
    event.explain.extend([typed.told(event.kind.code()), modality, date, place]);
}
