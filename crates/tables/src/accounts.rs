//! Rows of one account.

use crate::cells::Cell;
use crate::scales::Scales;
use dateline_account::{Account, Claim, Entity, Event, Span, TextIndex, Time};
use jiff::civil::Date;
use serde::Serialize;

/// An account, with what is known of its rows beyond it.
pub(crate) struct Told<'a> {
    pub account: &'a Account,
    pub index: TextIndex,
    /// Day of publication.
    pub published: Option<i32>,
    /// By entity, the same one across articles.
    pub actors: &'a [Option<i64>],
    /// By event, the incident that it is a report of.
    pub incidents: &'a [Option<i64>],
}

/// The name a unit variant has in JSON: `Form::Direct` is `direct`.
fn code(variant: impl Serialize) -> Cell<'static> {
    match serde_json::to_value(variant) {
        Ok(serde_json::Value::String(name)) => Cell::from(name),
        _ => Cell::Null,
    }
}

/// The first day of a date, as days since 1970-01-01.
pub(crate) fn day(value: &str) -> Option<i32> {
    let (first, _) = dateline_store::days(value)?;
    first.since(Date::constant(1970, 1, 1)).ok().map(|span| span.get_days())
}

fn day_cell(day: Option<i32>) -> Cell<'static> {
    day.map_or(Cell::Null, Cell::Day)
}

fn spans(spans: &[Span]) -> Cell<'static> {
    let pair = |s: &Span| Cell::Row(vec![Cell::Int(s.start.into()), Cell::Int(s.end.into())]);
    Cell::List(spans.iter().map(pair).collect())
}

impl<'a> Told<'a> {
    pub fn new(
        account: &'a Account,
        actors: &'a [Option<i64>],
        incidents: &'a [Option<i64>],
    ) -> Self {
        let published = account.published.as_deref().and_then(day);
        Self { account, index: TextIndex::new(&account.text), published, actors, incidents }
    }

    fn outlet(&self) -> Cell<'a> {
        Cell::text(self.account.outlet.as_deref())
    }

    /// Some spans as they stand in the text.
    pub fn words(&self, spans: &[Span]) -> Cell<'static> {
        let words = self.index.quote(&self.account.text, spans);
        if words.is_empty() { Cell::Null } else { Cell::from(words) }
    }

    fn entity(&self, n: Option<u32>) -> Option<&'a Entity> {
        self.account.entities.get(n? as usize)
    }

    fn time(&self, n: Option<u32>) -> Option<&'a Time> {
        self.account.times.get(n? as usize)
    }

    /// Somebody's name and number.
    fn named(&self, n: Option<u32>) -> [Cell<'a>; 2] {
        [Cell::text(self.entity(n).map(|entity| entity.name.as_str())), Cell::int(n)]
    }

    fn actor(&self, n: u32) -> Cell<'static> {
        Cell::int(self.actors.get(n as usize).copied().flatten())
    }

    pub fn article(&self) -> Vec<Cell<'a>> {
        let account = self.account;
        let count = |n: usize| Cell::Int(n as i64);
        vec![
            account.id.as_str().into(),
            Cell::text(account.title.as_deref()),
            self.outlet(),
            Cell::text(account.url.as_deref()),
            Cell::texts(account.byline.iter().map(String::as_str)),
            Cell::text(account.published.as_deref()),
            day_cell(self.published),
            account.language.as_str().into(),
            count(account.text.split_whitespace().count()),
            count(account.sentences.len()),
            count(account.entities.len()),
            count(account.claims.len()),
            count(account.events.len()),
            Cell::texts(account.notes.iter().map(String::as_str)),
            account.text.as_str().into(),
        ]
    }

    pub fn claim(&self, claim: &'a Claim) -> Vec<Cell<'a>> {
        let account = self.account;
        let speaker = self.entity(claim.speaker);
        let said = self.time(claim.said);
        let told_day = said.and_then(|time| day(&time.value)).or(self.published);
        let [addressee, addressee_entity] = self.named(claim.addressee);
        let [via, via_entity] = self.named(claim.via);
        let place = claim.place.and_then(|n| account.places.get(n as usize));
        vec![
            account.id.as_str().into(),
            Cell::Int(claim.id.into()),
            day_cell(told_day),
            self.outlet(),
            Cell::text(account.title.as_deref()),
            Cell::text(account.url.as_deref()),
            Cell::text(account.published.as_deref()),
            Cell::text(speaker.map(|entity| entity.name.as_str())),
            Cell::text(speaker.and_then(|entity| Some(entity.actor.as_ref()?.code.as_str()))),
            claim.speaker.map_or(Cell::Null, |n| self.actor(n)),
            Cell::int(claim.speaker),
            claim.stance.as_str().into(),
            code(claim.form),
            claim.channel.map_or(Cell::Null, code),
            addressee,
            addressee_entity,
            via,
            via_entity,
            self.words(&claim.source),
            self.words(&claim.cue),
            self.words(&claim.content),
            Cell::text(said.map(|time| time.value.as_str())),
            Cell::text(place.map(|place| place.name.as_str())),
            Cell::int(claim.within),
            Cell::Number(claim.confidence.into()),
            Cell::Truth(claim.unclosed),
            spans(&claim.source),
            spans(&claim.cue),
            spans(&claim.content),
        ]
    }

    fn parties(&self, side: &[u32]) -> Cell<'a> {
        let party = |n: &u32| {
            let entity = self.entity(Some(*n));
            Cell::Row(vec![
                self.actor(*n),
                Cell::Int((*n).into()),
                Cell::text(entity.map(|entity| entity.name.as_str())),
                Cell::text(entity.and_then(|entity| Some(entity.actor.as_ref()?.code.as_str()))),
            ])
        };
        Cell::List(side.iter().map(party).collect())
    }

    /// The first day of an event, else the day of publication.
    pub fn event_day(&self, event: &Event) -> Cell<'static> {
        day_cell(event.date.as_deref().and_then(day).or(self.published))
    }

    /// The sentence of an event.
    pub fn sentence(&self, event: &Event) -> Option<Span> {
        self.account.sentences.get(event.sentence as usize).copied()
    }

    pub fn event(&self, event: &'a Event, scales: &Scales) -> Vec<Cell<'a>> {
        let account = self.account;
        let (quad, intensity) = scales.of(event);
        let place = event.place.and_then(|n| account.places.get(n as usize));
        let claim = event.claim.and_then(|n| account.claims.get(n as usize));
        let speaker = self.entity(claim.and_then(|claim| claim.speaker));
        let incident = self.incidents.get(event.id as usize).copied().flatten();
        vec![
            account.id.as_str().into(),
            Cell::Int(event.id.into()),
            self.event_day(event),
            Cell::text(event.date.as_deref()),
            self.outlet(),
            Cell::text(account.title.as_deref()),
            Cell::text(account.url.as_deref()),
            Cell::text(account.published.as_deref()),
            event.kind.code().into(),
            Cell::text(event.mode.as_deref()),
            Cell::texts(event.contexts.iter().map(String::as_str)),
            Cell::text(quad.map(dateline_account::Quad::name)),
            Cell::number(intensity),
            self.parties(&event.actor),
            self.parties(&event.recipient),
            code(event.polarity),
            code(event.modality),
            Cell::int(event.claim),
            Cell::text(speaker.map(|entity| entity.name.as_str())),
            Cell::text(speaker.and_then(|entity| Some(entity.actor.as_ref()?.code.as_str()))),
            Cell::text(claim.map(|claim| claim.stance.as_str())),
            Cell::text(place.map(|place| place.name.as_str())),
            Cell::text(place.and_then(|place| place.country.as_deref())),
            Cell::number(place.and_then(|place| place.lat)),
            Cell::number(place.and_then(|place| place.lon)),
            Cell::int(place.and_then(|place| place.geonames)),
            Cell::text(place.and_then(|place| place.feature.as_deref())),
            Cell::int(incident),
            self.words(&event.trigger),
            self.sentence(event).map_or(Cell::Null, |span| self.words(&[span])),
            Cell::Number(event.confidence.into()),
            spans(&event.trigger),
        ]
    }

    pub fn entity_row(&self, entity: &'a Entity) -> Vec<Cell<'a>> {
        let place = entity.place.and_then(|n| self.account.places.get(n as usize));
        let actor = entity.actor.as_ref();
        let mentions = entity.mentions.iter().map(|mention| {
            Cell::Row(vec![
                Cell::Int(mention.span.start.into()),
                Cell::Int(mention.span.end.into()),
                code(mention.form),
            ])
        });
        vec![
            self.account.id.as_str().into(),
            Cell::Int(entity.id.into()),
            self.actor(entity.id),
            day_cell(self.published),
            self.outlet(),
            entity.name.as_str().into(),
            code(entity.kind),
            Cell::texts(entity.roles.iter().map(String::as_str)),
            Cell::text(actor.and_then(|actor| actor.country.as_deref())),
            Cell::texts(actor.iter().flat_map(|actor| actor.sectors.iter().map(String::as_str))),
            Cell::text(actor.map(|actor| actor.code.as_str())),
            Cell::text(place.map(|place| place.name.as_str())),
            Cell::int(place.and_then(|place| place.geonames)),
            Cell::Int(entity.mentions.len() as i64),
            Cell::List(mentions.collect()),
        ]
    }
}
