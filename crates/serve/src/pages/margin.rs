//! The margin of an article: its account in reading order, then its times and
//! places.

use super::parts;
use crate::kinds::Kinds;
use crate::link;
use crate::text::{day, plain, shorten};
use dateline::{Account, Claim, Event, Span, TextIndex};
use dateline_store::ask::{Links, Who};
use maud::{Markup, html};

/// What the margin is written from.
pub struct Margin<'a> {
    /// The account.
    pub account: &'a Account,
    /// Its article's key, where it is in the store.
    pub key: Option<&'a str>,
    /// Where its rows lead.
    pub links: &'a Links,
    /// The types of events.
    pub kinds: &'a Kinds,
    /// The mark that is lit up.
    pub lit: &'a str,
    /// Offsets of the text.
    pub index: &'a TextIndex,
}

impl Margin<'_> {
    /// Claims and events in reading order.
    pub fn entries(&self) -> Markup {
        enum Entry<'a> {
            Claim(&'a Claim),
            Event(&'a Event),
        }
        let start = |spans: &[Span]| spans.iter().map(|s| s.start).min();
        let first = |claim: &Claim| {
            let all = [&claim.source, &claim.cue, &claim.content];
            all.into_iter().filter_map(|spans| start(spans)).min().unwrap_or_default()
        };
        let claims = self.account.claims.iter().map(|c| (first(c), 0, Entry::Claim(c)));
        let triggers = |event: &Event| start(&event.trigger).unwrap_or_default();
        let events = self.account.events.iter().map(|e| (triggers(e), 1, Entry::Event(e)));
        let mut all: Vec<_> = claims.chain(events).collect();
        all.sort_by_key(|(at, layer, _)| (*at, *layer));
        html! {
            @if all.is_empty() { p class="none" { "Nobody says or does anything here that dateline can tell." } }
            ol class="entries" {
                @for (_, _, entry) in &all {
                    @match entry {
                        Entry::Claim(claim) => (self.claim(claim)),
                        Entry::Event(event) => (self.event(event)),
                    }
                }
            }
        }
    }

    fn address(&self, mark: &str) -> String {
        self.key.map_or_else(|| format!("#{mark}"), |key| link::mark(key, mark))
    }

    fn class(&self, layer: &str, mark: &str) -> String {
        format!("entry {layer}{}", if mark == self.lit { " lit" } else { "" })
    }

    fn who(&self, entity: u32) -> Who {
        let row = &self.account.entities[entity as usize];
        Who {
            id: self.links.actors.get(&entity).copied(),
            name: row.name.clone(),
            code: row.actor.as_ref().map(|actor| actor.code.clone()),
        }
    }

    fn words(&self, spans: &[Span], most: usize) -> String {
        let pieces = spans.iter().map(|&span| {
            let words = self.index.slice(&self.account.text, span);
            words.split_whitespace().collect::<Vec<_>>().join(" ")
        });
        shorten(&pieces.collect::<Vec<_>>().join(" … "), most)
    }

    fn claim(&self, claim: &Claim) -> Markup {
        let mark = format!("c{}", claim.id);
        let said = claim.said.map(|time| &self.account.times[time as usize]);
        let place = claim.place.map(|place| &self.account.places[place as usize]);
        html! {
            li class=(self.class("claim", &mark)) data-m=(mark) {
                p class="what" {
                    @match claim.speaker {
                        Some(speaker) => (parts::who(&self.who(speaker))),
                        None => span class="who" {
                            @if claim.source.is_empty() { "nobody named" } @else { bdi { (self.words(&claim.source, 60)) } }
                        },
                    }
                    " " (parts::stance(&claim.stance))
                }
                p class="words" { bdi { (self.words(&claim.content, 160)) } }
                p class="meta" {
                    a class="name" href=(self.address(&mark)) { (mark) }
                    " · " (format!("{:?}", claim.form).to_lowercase())
                    @if !claim.cue.is_empty() { " · “" bdi { (self.words(&claim.cue, 40)) } "”" }
                    @if let Some(time) = said { " · " (day(&time.value)) }
                    @if let Some(place) = place { " · " bdi { (plain(&place.name)) } }
                    @if let Some(to) = claim.addressee { " · to " (parts::who(&self.who(to))) }
                    @if let Some(via) = claim.via { " · via " (parts::who(&self.who(via))) }
                    @if let Some(within) = claim.within {
                        " · within " a href=(self.address(&format!("c{within}"))) { "c" (within) }
                    }
                    " · " span title="how likely speaker and words are right" { (format!("{:.0} %", claim.confidence * 100.0)) }
                    @for dispute in self.links.disputes.get(&claim.id).into_iter().flatten() {
                        " · " a class="denied" href=(link::dispute(*dispute)) { "disputed" }
                    }
                }
            }
        }
    }

    fn event(&self, event: &Event) -> Markup {
        let mark = format!("e{}", event.id);
        let side = |side: &[u32]| side.iter().map(|&who| self.who(who)).collect::<Vec<_>>();
        let (polarity, modality) = (name(&event.polarity), name(&event.modality));
        let place = event.place.map(|place| &self.account.places[place as usize]);
        html! {
            li class=(self.class("event", &mark)) data-m=(mark) {
                p class="what" {
                    (parts::kind(self.kinds, event.kind.code(), event.mode.as_deref()))
                    " " span class="words" { "“" bdi { (self.words(&event.trigger, 60)) } "”" }
                }
                p class="parties" { (parts::parties(&side(&event.actor), &side(&event.recipient))) }
                p class="meta" {
                    a class="name" href=(self.address(&mark)) { (mark) }
                    @if let Some(reading) = parts::reading(&polarity, &modality) { " · " span class="reading" { (reading) } }
                    @if let Some(date) = &event.date { " · " (day(date)) }
                    @if let Some(place) = place { " · " bdi { (plain(&place.name)) } }
                    @if let Some(claim) = event.claim {
                        " · said in " a href=(self.address(&format!("c{claim}"))) { "c" (claim) }
                    }
                    @if let Some((incident, articles)) = self.links.incidents.get(&event.id) {
                        " · " a href=(link::incident(*incident)) {
                            @if *articles > 1 { "in " (articles) " articles" } @else { "incident" }
                        }
                    }
                }
            }
        }
    }

    /// The times, each value once, with the words that tell it.
    pub fn times(&self) -> Markup {
        html! {
            ul class="gloss" {
                @for (n, time) in self.account.times.iter().enumerate() {
                    @let mark = format!("t{n}");
                    li class=(self.class("time", &mark)) data-m=(mark) {
                        a href=(self.address(&mark)) { bdi { (self.words(&[time.span], 60)) } }
                        " " span class="value" { (day(&time.value)) }
                    }
                }
            }
        }
    }

    /// The places, in the same way.
    pub fn places(&self) -> Markup {
        html! {
            ul class="gloss" {
                @for (n, place) in self.account.places.iter().enumerate() {
                    @let mark = format!("p{n}");
                    li class=(self.class("place", &mark)) data-m=(mark) {
                        a href=(self.address(&mark)) { bdi { (self.words(&[place.span], 60)) } }
                        " " span class="value" {
                            bdi { (plain(&place.name)) }
                            @if let Some(country) = &place.country { ", " (plain(country)) }
                        }
                    }
                }
            }
        }
    }
}

/// The name of a variant in JSON.
fn name(variant: &impl serde::Serialize) -> String {
    let json = serde_json::to_value(variant).unwrap_or_default();
    json.as_str().unwrap_or_default().to_owned()
}
