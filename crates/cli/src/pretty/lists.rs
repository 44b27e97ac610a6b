//! Times, places and entities.

use super::ink::{Ink, Inked};
use super::layout::Row;
use super::{Page, count, roles};
use dateline::{Entity, EntityKind, MentionForm, TimeType};

impl Page<'_> {
    /// When.
    pub(super) fn times(&mut self) {
        let rows = self.account.times.iter().map(|time| {
            let kind = match time.kind {
                TimeType::Date => "date",
                TimeType::Time => "time",
                TimeType::Duration => "duration",
                TimeType::Set => "recurring",
            };
            let modifier = time.modifier.as_deref().unwrap_or("").to_lowercase().replace('_', " ");
            let kind = Inked::dotted([kind, &modifier].map(|text| Inked::new(text, Ink::FAINT)));
            vec![
                Inked::new(&self.words(time.span), Ink::TIME),
                Inked::new(&time.value, Ink::PLAIN),
                kind,
            ]
        });
        let rows = counted(rows.collect());
        let of = count(self.account.times.len(), "time", "times");
        self.list("WHEN", &of, &["words", "value", ""], rows);
    }

    /// Where.
    pub(super) fn places(&mut self) {
        let rows = self.account.places.iter().map(|place| {
            let at = match (place.lat, place.lon) {
                (Some(lat), Some(lon)) => coordinates(lat, lon),
                _ => "not in the gazetteer".to_owned(),
            };
            let country = place.country.as_deref().unwrap_or("");
            vec![
                Inked::new(&self.words(place.span), Ink::PLACE),
                Inked::new(&place.name, Ink::PLAIN),
                Inked::new(country, Ink::CODE),
                Inked::new(&at, Ink::FAINT),
            ]
        });
        let rows = counted(rows.collect());
        let head = ["words", "place", "", "at"];
        let of = count(self.account.places.len(), "place", "places");
        self.list("WHERE", &of, &head, rows);
    }

    /// Who is who: those with a name; the others stand in the rows above.
    pub(super) fn entities(&mut self) {
        let all = &self.account.entities;
        let shown = |entity: &&Entity| entity.mentions.iter().any(|m| m.form == MentionForm::Name);
        let rows: Vec<Vec<Inked>> = all.iter().filter(shown).map(entity_row).collect();
        let mut of = count(all.len(), "entity", "entities");
        if rows.len() < all.len() {
            of.push_str(&format!(", {} without a name", all.len() - rows.len()));
        }
        self.list("WHO", &of, &["name", "code", "is", "mentions"], rows);
        for entity in all.iter().filter(|entity| !entity.explain.is_empty()) {
            self.out.push('\n');
            self.paragraph(&Inked::new(&entity.name, Ink::STRONG), 2);
            for line in &entity.explain {
                self.paragraph(&Inked::new(line, Ink::FAINT), 4);
            }
        }
    }

    fn list(&mut self, name: &str, of: &str, head: &[&str], rows: Vec<Vec<Inked>>) {
        if rows.is_empty() {
            return;
        }
        self.section(name, of);
        self.out.push('\n');
        let head = head.iter().map(|name| Inked::new(name, Ink::FAINT)).collect();
        let rows: Vec<Row> = std::iter::once(head).chain(rows).map(Row::from).collect();
        self.table(&rows);
    }
}

fn entity_row(entity: &Entity) -> Vec<Inked> {
    let kind = match entity.kind {
        EntityKind::Person => "person",
        EntityKind::Organization => "organization",
        EntityKind::Place => "place",
        EntityKind::Group => "group",
        EntityKind::Event => "event",
        EntityKind::Other => "",
    };
    let code = entity.actor.as_ref().map_or("", |actor| actor.code.as_str());
    let is = Inked::dotted([Inked::new(kind, Ink::FAINT), Inked::new(&roles(entity), Ink::PLAIN)]);
    let of = |form: MentionForm| entity.mentions.iter().filter(|m| m.form == form).count();
    let pronouns = of(MentionForm::Pronoun);
    let mut mentions = entity.mentions.len().to_string();
    if pronouns > 0 {
        mentions.push_str(&format!(", {}", count(pronouns, "pronoun", "pronouns")));
    }
    vec![
        Inked::new(&entity.name, Ink::STRONG),
        Inked::new(code, Ink::CODE),
        is,
        Inked::new(&mentions, Ink::FAINT),
    ]
}

/// Equal rows once, with their number behind the first cell.
fn counted(rows: Vec<Vec<Inked>>) -> Vec<Vec<Inked>> {
    let mut once: Vec<(Vec<Inked>, usize)> = Vec::new();
    let mut seen = std::collections::HashMap::new();
    for row in rows {
        let key: Vec<String> =
            row.iter().map(|cell| cell.0.iter().map(|(c, _)| c).collect()).collect();
        let at = *seen.entry(key).or_insert(once.len());
        match once.get_mut(at) {
            Some((_, number)) => *number += 1,
            None => once.push((row, 1)),
        }
    }
    let with_number = |(mut row, number): (Vec<Inked>, usize)| {
        if let Some(first) = row.first_mut().filter(|_| number > 1) {
            *first = std::mem::take(first).with(&format!(" ×{number}"), Ink::FAINT);
        }
        row
    };
    once.into_iter().map(with_number).collect()
}

/// `33.5° N 36.3° E`.
fn coordinates(lat: f64, lon: f64) -> String {
    let (north, east) = (if lat < 0.0 { 'S' } else { 'N' }, if lon < 0.0 { 'W' } else { 'E' });
    format!("{:.1}° {north} {:.1}° {east}", lat.abs(), lon.abs())
}
