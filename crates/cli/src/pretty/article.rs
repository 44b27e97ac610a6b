//! The text with its evidence in colour.

use super::Page;
use super::ink::{Ink, Inked, shown};
use dateline::Span;

impl Page<'_> {
    /// The article itself, each paragraph followed by the rows read from it.
    pub(super) fn article(&mut self) {
        if self.account.text.trim().is_empty() {
            return;
        }
        self.section("TEXT", "");
        if self.look.color && !self.account.sentences.is_empty() {
            let legend = [
                ("source", Ink::SOURCE),
                ("cue", Ink::CUE),
                ("content", Ink::CONTENT),
                ("event", Ink::EVENT),
                ("time", Ink::TIME),
                ("place", Ink::PLACE),
            ];
            let legend = Inked::dotted(legend.map(|(name, ink)| Inked::new(name, ink)));
            self.paragraph(&legend, 2);
        }
        let inks = self.inks();
        let rows = self.rows();
        let mut rows = rows.iter().peekable();
        let mut at = 0;
        for line in self.account.text.split('\n') {
            let length = line.chars().count();
            let mut run = Inked::default();
            let marked = line.chars().zip(inks.get(at..).unwrap_or(&[]));
            run.0.extend(marked.map(|(c, ink)| (shown(c), *ink)));
            at += length + 1;
            let mut names = Vec::new();
            while let Some((_, name)) = rows.next_if(|(start, _)| (*start as usize) < at) {
                names.push(name.as_str());
            }
            if line.trim().is_empty() {
                continue;
            }
            if !names.is_empty() {
                run.push(Inked::new(&format!(" [{}]", names.join(" ")), Ink::FAINT));
            }
            self.out.push('\n');
            self.paragraph(&run, 2);
        }
    }

    /// What each code point is evidence of.
    fn inks(&self) -> Vec<Ink> {
        let mut inks = vec![Ink::PLAIN; self.index.len() as usize];
        let mut mark = |span: Span, ink: Ink| {
            let end = (span.end as usize).min(inks.len());
            for here in inks.get_mut(span.start as usize..end).unwrap_or_default() {
                *here = here.and(ink);
            }
        };
        for claim in &self.account.claims {
            claim.content.iter().for_each(|span| mark(*span, Ink::CONTENT));
            claim.source.iter().for_each(|span| mark(*span, Ink::SOURCE));
            claim.cue.iter().for_each(|span| mark(*span, Ink::CUE));
        }
        for event in &self.account.events {
            event.trigger.iter().for_each(|span| mark(*span, Ink::EVENT));
        }
        self.account.times.iter().for_each(|time| mark(time.span, Ink::TIME));
        self.account.places.iter().for_each(|place| mark(place.span, Ink::PLACE));
        inks
    }

    /// Where each claim and event begins, and its name, in reading order.
    fn rows(&self) -> Vec<(u32, String)> {
        let claims = self.account.claims.iter().filter_map(|claim| {
            let start = claim.content.iter().chain(&claim.cue).map(|span| span.start).min()?;
            Some((start, format!("c{}", claim.id)))
        });
        let events = self.account.events.iter().filter_map(|event| {
            let start = event.trigger.iter().map(|span| span.start).min()?;
            Some((start, format!("e{}", event.id)))
        });
        let mut rows: Vec<(u32, String)> = claims.chain(events).collect();
        rows.sort_by_key(|(start, _)| *start);
        rows
    }
}
