//! The events as a dated table.

use super::ink::{Ink, Inked};
use super::layout::Row;
use super::{Page, count};
use dateline::{Event, Modality, Polarity};

/// From this width on the reading of an event stands beside it, else below.
const WIDE: usize = 96;

impl Page<'_> {
    /// What was done.
    pub(super) fn events(&mut self) {
        let mut events: Vec<&Event> = self.account.events.iter().collect();
        if events.is_empty() {
            return;
        }
        self.section("DONE", &count(events.len(), "event", "events"));
        self.out.push('\n');
        // A timeline: what has no date of its own comes last.
        events.sort_by_key(|event| (event.date.is_none(), &event.date, event.id));
        let stacked = self.look.width < WIDE;
        let head = ["date", "event", "who → whom", "reading"];
        let head = head.map(|name| Inked::new(name, Ink::FAINT));
        let head: Vec<Inked> = head.into_iter().take(if stacked { 3 } else { 4 }).collect();
        let rows = events.iter().map(|event| self.event_row(event, stacked));
        let rows: Vec<Row> = std::iter::once(Row::from(head)).chain(rows).collect();
        self.table(&rows);
    }

    fn event_row(&self, event: &Event, stacked: bool) -> Row {
        let date = event.date.as_deref().unwrap_or("undated").replace('/', " to ");
        let date_ink = if event.date.is_some() { Ink::TIME } else { Ink::FAINT };
        let mut kind = Inked::new(event.kind.code(), Ink::EVENT);
        for detail in event.mode.iter().chain(&event.contexts) {
            kind = kind.with(" ", Ink::PLAIN).with(detail, Ink::PLAIN);
        }
        let mut pair = self.actors(&event.actor).with(" → ", Ink::FAINT);
        pair.push(self.actors(&event.recipient));
        let mut cells = vec![Inked::new(&date, date_ink), kind, pair];
        let reading = self.reading(event);
        if stacked {
            return Row { cells, under: reading };
        }
        cells.push(reading);
        Row::from(cells)
    }

    /// Codes of those who act or are acted upon; the name of one without.
    fn actors(&self, ids: &[u32]) -> Inked {
        let (mut run, mut written) = (Inked::default(), Vec::new());
        for id in ids {
            let (words, ink) = match self.code(*id) {
                Some(code) => (code, Ink::CODE),
                None => (self.name(*id), Ink::PLAIN),
            };
            // two entities may have one code
            if written.contains(&words) {
                continue;
            }
            if !run.is_empty() {
                run.push(Inked::new(", ", Ink::PLAIN));
            }
            run.push(Inked::new(words, ink));
            written.push(words);
        }
        if run.is_empty() { Inked::new("–", Ink::FAINT) } else { run }
    }

    /// Whether and in whose word it happened, where, and the words that say so.
    fn reading(&self, event: &Event) -> Inked {
        let faint = |text: &str| Inked::new(text, Ink::FAINT);
        let happened = match (event.polarity, event.modality) {
            (Polarity::Negative, Modality::Actual) => "did not happen",
            (Polarity::Negative, Modality::Planned) => "not planned",
            (Polarity::Negative, Modality::Possible) => "possibly not",
            (Polarity::Negative, Modality::Hypothetical) => "hypothetical, not",
            (Polarity::Negative, Modality::Ordered) => "demanded not to",
            (Polarity::Negative, Modality::Ongoing) => "not going on",
            (Polarity::Positive, Modality::Actual) => "",
            (Polarity::Positive, Modality::Planned) => "planned",
            (Polarity::Positive, Modality::Possible) => "possible",
            (Polarity::Positive, Modality::Hypothetical) => "hypothetical",
            (Polarity::Positive, Modality::Ordered) => "demanded",
            (Polarity::Positive, Modality::Ongoing) => "going on",
        };
        let claim = event.claim.and_then(|id| self.account.claims.get(id as usize));
        let said_by = claim.map_or_else(Inked::default, |claim| {
            let speaker = match claim.speaker {
                Some(id) => self.name(id).to_owned(),
                None if claim.source.is_empty() => "somebody".to_owned(),
                None => self.source(&claim.source),
            };
            faint("said by ")
                .with(&speaker, Ink::SOURCE)
                .with(&format!(" c{}", claim.id), Ink::FAINT)
        });
        let place = event.place.and_then(|id| self.account.places.get(id as usize));
        let place =
            place.map_or_else(Inked::default, |place| faint("in ").with(&place.name, Ink::PLACE));
        let words = format!("“{}”", self.quoted(&event.trigger));
        let quad = event.quad.map_or_else(String::new, |quad| quad.name().replace('-', " "));
        let intensity = event.intensity.map_or_else(String::new, |n| format!("intensity {n}"));
        let cameo = event.cameo.as_ref().map_or_else(String::new, |code| format!("CAMEO {code}"));
        Inked::dotted([
            Inked::new(happened, Ink::NOTE),
            Inked::new(&quad, Ink::PLAIN),
            Inked::new(&intensity, Ink::PLAIN),
            Inked::new(&cameo, Ink::PLAIN),
            said_by,
            place,
            Inked::new(&words, Ink::EVENT),
            faint(&format!("e{}", event.id)),
        ])
    }
}
