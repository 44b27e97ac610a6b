//! Answers laid out: a table for people, CSV and JSON for programs.

use super::args::{AnswerArgs, AnswerFormat, QuestionArgs, WantedArgs};
use crate::pretty::ink::{Ink, Inked};
use crate::pretty::{self, Look, layout};
use crate::{complain, terminal, write};
use dateline::EventType;
use dateline_store::ask::{
    ActorRow, ArticleRow, ClaimRow, DisputeRow, EventRow, IncidentRow, Question, Who,
};
use dateline_store::{Store, StoreError};
use serde::Serialize;
use std::collections::BTreeSet;
use std::io::IsTerminal;

/// A row of an answer.
pub trait Answer: Serialize {
    /// Names of its cells in CSV.
    const COLUMNS: &'static [&'static str];
    /// Its cells, under [`Answer::COLUMNS`].
    fn cells(&self) -> Vec<String>;
    /// Its row in a table.
    fn row(&self) -> layout::Row;
}

/// Writes an answer as it is wanted.
pub fn answer<A: Answer>(args: &AnswerArgs, rows: &[A]) {
    let mut out = std::io::stdout().lock();
    match format(args) {
        AnswerFormat::Table if rows.is_empty() => complain("nothing found"),
        AnswerFormat::Table => {
            let look = look(args.color);
            let rows: Vec<layout::Row> = rows.iter().map(Answer::row).collect();
            let mut text = String::new();
            layout::table(&mut text, &rows, 0, look.width, look.color);
            write(&mut out, text.as_bytes());
        }
        AnswerFormat::Csv => {
            let head = A::COLUMNS.iter().map(|c| (*c).to_owned()).collect();
            let lines = std::iter::once(head).chain(rows.iter().map(Answer::cells));
            write(&mut out, &csv(lines));
        }
        AnswerFormat::Json => write(&mut out, &json(&rows)),
        AnswerFormat::Jsonl => rows.iter().for_each(|row| write(&mut out, &line(row))),
    }
}

/// The layout that is wanted.
pub fn format(args: &AnswerArgs) -> AnswerFormat {
    let terminal = std::io::stdout().is_terminal();
    args.format.unwrap_or(if terminal { AnswerFormat::Table } else { AnswerFormat::Csv })
}

/// Width and colours of a table.
pub fn look(color: crate::args::Color) -> Look {
    let width = terminal::width().clamp(pretty::NARROWEST, pretty::WIDEST);
    Look { width, color: terminal::color(color) }
}

/// Lines of cells.
pub fn csv(lines: impl Iterator<Item = Vec<String>>) -> Vec<u8> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    for cells in lines {
        // writing to memory does not fail
        let _ = writer.write_record(&cells);
    }
    writer.into_inner().unwrap_or_default()
}

/// Indented JSON with its line end.
pub fn json(value: &impl Serialize) -> Vec<u8> {
    let mut bytes = serde_json::to_vec_pretty(value).unwrap_or_default();
    bytes.push(b'\n');
    bytes
}

/// A line of JSON.
pub fn line(value: &impl Serialize) -> Vec<u8> {
    let mut bytes = serde_json::to_vec(value).unwrap_or_default();
    bytes.push(b'\n');
    bytes
}

/// The question that the command line asks of a store.
pub fn question(store: &Store, args: &QuestionArgs) -> Result<Question, StoreError> {
    wanted(store, &args.wanted, args.limit)
}

/// The question of what is wanted, at most so many rows of it. A type must be
/// one of PLOVER's or of the store's.
pub fn wanted(store: &Store, args: &WantedArgs, limit: usize) -> Result<Question, StoreError> {
    if let Some(kind) = &args.kind
        && !EventType::ALL.iter().any(|known| known.code() == kind)
    {
        let there = store.event_types()?;
        if !there.contains(kind) {
            let plover = EventType::ALL.iter().map(|kind| kind.code().to_owned());
            let all: BTreeSet<String> = plover.chain(there).collect();
            let all = all.into_iter().collect::<Vec<_>>().join(", ");
            return Err(StoreError::Query(format!(
                "--type {kind}: no event in the store is of this type; give one of {all}"
            )));
        }
    }
    Ok(Question {
        by: args.by.clone(),
        about: args.about.clone(),
        kind: args.kind.clone(),
        actor: args.actor.clone(),
        recipient: args.recipient.clone(),
        stance: args.stance.clone(),
        since: args.since.clone(),
        until: args.until.clone(),
        place: args.place.clone(),
        outlet: args.outlet.clone(),
        copies: args.copies,
        text: args.text.clone(),
        limit,
        ..Question::default()
    })
}

fn or_empty(text: &Option<String>) -> String {
    text.clone().unwrap_or_default()
}

/// Names with their codes: `Joe Biden (USAGOV); troops`.
pub fn all(side: &[Who]) -> String {
    let one = |who: &Who| match &who.code {
        Some(code) => format!("{} ({code})", who.name),
        None => who.name.clone(),
    };
    side.iter().map(one).collect::<Vec<_>>().join("; ")
}

fn names(side: &[Who]) -> Inked {
    let names: Vec<&str> = side.iter().map(|who| who.name.as_str()).collect();
    match names.as_slice() {
        [] => Inked::new("–", Ink::FAINT),
        names => Inked::new(&names.join(", "), Ink::STRONG),
    }
}

fn faint(text: &str) -> Inked {
    Inked::new(text, Ink::FAINT)
}

/// A day for the first column.
pub fn day(day: Option<&str>) -> Inked {
    Inked::new(day.unwrap_or("undated"), Ink::TIME)
}

impl Answer for ClaimRow {
    const COLUMNS: &'static [&'static str] = &[
        "article",
        "claim",
        "day",
        "outlet",
        "title",
        "url",
        "speaker",
        "code",
        "stance",
        "form",
        "cue",
        "quote",
        "span",
        "confidence",
    ];

    fn cells(&self) -> Vec<String> {
        let speaker = self.speaker.clone().unwrap_or_default();
        let span: Vec<String> =
            self.span.iter().map(|s| format!("{}-{}", s.start, s.end)).collect();
        vec![
            self.article.clone(),
            self.claim.to_string(),
            or_empty(&self.day),
            or_empty(&self.outlet),
            or_empty(&self.title),
            or_empty(&self.url),
            speaker.name,
            or_empty(&speaker.code),
            self.stance.clone(),
            self.form.clone(),
            self.cue.clone(),
            self.quote.clone(),
            span.join(";"),
            format!("{:.3}", self.confidence),
        ]
    }

    fn row(&self) -> layout::Row {
        let speaker = match &self.speaker {
            Some(who) => Inked::new(&who.name, Ink::SOURCE),
            None => faint("nobody named"),
        };
        let code = self.speaker.as_ref().and_then(|who| who.code.as_deref()).unwrap_or_default();
        let under = [
            Inked::new(code, Ink::CODE),
            Inked::new(&self.stance, Ink::CUE),
            Inked::new(&self.cue, Ink::CUE),
            faint(self.outlet.as_deref().unwrap_or_default()),
            faint(&format!("{} c{}", self.article, self.claim)),
        ];
        layout::Row {
            cells: vec![day(self.day.as_deref()), speaker, Inked::new(&self.quote, Ink::CONTENT)],
            under: Inked::dotted(under),
        }
    }
}

impl Answer for EventRow {
    const COLUMNS: &'static [&'static str] = &[
        "article",
        "event",
        "day",
        "date",
        "type",
        "mode",
        "contexts",
        "actor",
        "recipient",
        "place",
        "country",
        "polarity",
        "modality",
        "claim",
        "incident",
        "outlet",
        "published",
        "trigger",
        "quote",
        "confidence",
    ];

    fn cells(&self) -> Vec<String> {
        let number = |n: Option<i64>| n.map(|n| n.to_string()).unwrap_or_default();
        vec![
            self.article.clone(),
            self.event.to_string(),
            or_empty(&self.day),
            or_empty(&self.date),
            self.kind.clone(),
            or_empty(&self.mode),
            self.contexts.join(" "),
            all(&self.actor),
            all(&self.recipient),
            or_empty(&self.place),
            or_empty(&self.country),
            self.polarity.clone(),
            self.modality.clone(),
            number(self.claim),
            number(self.incident),
            or_empty(&self.outlet),
            or_empty(&self.published),
            self.trigger.clone(),
            self.quote.clone(),
            format!("{:.3}", self.confidence),
        ]
    }

    fn row(&self) -> layout::Row {
        let kind = format!("{} {}", self.kind, self.mode.as_deref().unwrap_or_default());
        let negative = if self.polarity == "negative" { "not" } else { "" };
        let modality = if self.modality == "actual" { "" } else { &self.modality };
        let told = self.claim.map(|claim| format!("told by c{claim}")).unwrap_or_default();
        let under = [
            Inked::new(negative, Ink::NOTE),
            Inked::new(modality, Ink::NOTE),
            Inked::new(self.place.as_deref().unwrap_or_default(), Ink::PLACE),
            Inked::new(&self.quote, Ink::PLAIN),
            faint(&told),
            faint(&format!("{} e{}", self.article, self.event)),
        ];
        let parties = names(&self.actor).with(" → ", Ink::PLAIN);
        let mut both = parties;
        both.push(names(&self.recipient));
        layout::Row {
            cells: vec![day(self.day.as_deref()), Inked::new(kind.trim(), Ink::EVENT), both],
            under: Inked::dotted(under),
        }
    }
}

impl Answer for IncidentRow {
    const COLUMNS: &'static [&'static str] = &[
        "id",
        "day",
        "type",
        "mode",
        "contexts",
        "actor",
        "recipient",
        "place",
        "articles",
        "reprints",
        "outlets",
        "asserted_by",
        "denied_by",
        "differs",
        "quote",
        "confidence",
    ];

    fn cells(&self) -> Vec<String> {
        let voices = |list: &[dateline_store::ask::Voice]| {
            let mut names: Vec<&str> = list.iter().map(|v| v.speaker.name.as_str()).collect();
            names.dedup();
            names.join("; ")
        };
        let differs: Vec<String> = self.differs.iter().map(difference).collect();
        vec![
            self.id.to_string(),
            or_empty(&self.day()),
            self.kind.clone(),
            or_empty(&self.mode),
            self.contexts.join(" "),
            all(&self.actor),
            all(&self.recipient),
            or_empty(&self.place),
            articles(self).len().to_string(),
            reprints(self).to_string(),
            outlets(self).join("; "),
            voices(&self.asserted_by),
            voices(&self.denied_by),
            differs.join("; "),
            self.reports.first().map(|r| r.quote.clone()).unwrap_or_default(),
            format!("{:.3}", self.confidence),
        ]
    }

    fn row(&self) -> layout::Row {
        let kind = format!("{} {}", self.kind, self.mode.as_deref().unwrap_or_default());
        let mut both = names(&self.actor).with(" → ", Ink::PLAIN);
        both.push(names(&self.recipient));
        let count = articles(self).len();
        let mut reports =
            if count == 1 { "1 article".to_owned() } else { format!("{count} articles") };
        match reprints(self) {
            0 => {}
            1 => reports += " and a reprint",
            more => reports += &format!(" and {more} reprints"),
        }
        let deniers: Vec<&str> = self.denied_by.iter().map(|v| v.speaker.name.as_str()).collect();
        let denied = match deniers.as_slice() {
            [] => String::new(),
            names => format!("denied by {}", names.join(", ")),
        };
        let differs: Vec<String> = self.differs.iter().map(difference).collect();
        let under = [
            Inked::new(self.place.as_deref().unwrap_or_default(), Ink::PLACE),
            Inked::new(self.reports.first().map_or("", |r| &r.quote), Ink::PLAIN),
            faint(&reports),
            faint(&outlets(self).join(", ")),
            Inked::new(&denied, Ink::NOTE),
            faint(&differs.join("; ")),
            faint(&format!("i{}", self.id)),
        ];
        layout::Row {
            cells: vec![day(self.day().as_deref()), Inked::new(kind.trim(), Ink::EVENT), both],
            under: Inked::dotted(under),
        }
    }
}

fn difference(difference: &dateline_store::ask::Difference) -> String {
    let values: Vec<&str> = difference.values.iter().map(|v| v.value.as_str()).collect();
    format!("{}: {}", difference.field, values.join(" or "))
}

fn articles(incident: &IncidentRow) -> std::collections::BTreeSet<&str> {
    let own = incident.reports.iter().filter(|r| r.copy_of.is_none());
    own.map(|r| r.article.as_str()).collect()
}

/// How many articles reprint one of those.
fn reprints(incident: &IncidentRow) -> usize {
    let copies = incident.reports.iter().filter(|r| r.copy_of.is_some());
    copies.map(|r| r.article.as_str()).collect::<std::collections::BTreeSet<_>>().len()
}

fn outlets(incident: &IncidentRow) -> Vec<String> {
    let all: std::collections::BTreeSet<&String> =
        incident.reports.iter().filter_map(|r| r.outlet.as_ref()).collect();
    all.into_iter().cloned().collect()
}

impl Answer for ActorRow {
    const COLUMNS: &'static [&'static str] =
        &["id", "name", "kind", "code", "roles", "articles", "first", "last"];

    fn cells(&self) -> Vec<String> {
        vec![
            self.id.to_string(),
            self.name.clone(),
            self.kind.clone(),
            or_empty(&self.code),
            self.roles.join("; "),
            self.articles.to_string(),
            or_empty(&self.first),
            or_empty(&self.last),
        ]
    }

    fn row(&self) -> layout::Row {
        let seen = match (&self.first, &self.last) {
            (Some(first), Some(last)) if first != last => format!("{first} to {last}"),
            (Some(day), _) => day.clone(),
            _ => String::new(),
        };
        vec![
            Inked::new(&self.name, Ink::STRONG),
            Inked::new(self.code.as_deref().unwrap_or_default(), Ink::CODE),
            Inked::new(&self.articles.to_string(), Ink::PLAIN),
            faint(&seen),
            faint(&self.roles.join(", ")),
        ]
        .into()
    }
}

impl Answer for ArticleRow {
    const COLUMNS: &'static [&'static str] = &[
        "article",
        "title",
        "outlet",
        "published",
        "url",
        "words",
        "claims",
        "events",
        "copy_of",
        "copies",
    ];

    fn cells(&self) -> Vec<String> {
        vec![
            self.article.clone(),
            or_empty(&self.title),
            or_empty(&self.outlet),
            or_empty(&self.published),
            or_empty(&self.url),
            self.words.to_string(),
            self.claims.to_string(),
            self.events.to_string(),
            or_empty(&self.copy_of),
            self.copies.to_string(),
        ]
    }

    fn row(&self) -> layout::Row {
        let mut counts =
            format!("{} words, {} claims, {} events", self.words, self.claims, self.events);
        match &self.copy_of {
            Some(root) => counts += &format!(", reprints {root}"),
            None if self.copies > 0 => counts += &format!(", {} reprints", self.copies),
            None => {}
        }
        vec![
            day(self.published.as_deref()),
            Inked::new(self.title.as_deref().unwrap_or(&self.article), Ink::STRONG),
            faint(self.outlet.as_deref().unwrap_or_default()),
            faint(&counts),
        ]
        .into()
    }
}

impl Answer for DisputeRow {
    const COLUMNS: &'static [&'static str] = &[
        "score",
        "incident",
        "article",
        "claim",
        "day",
        "speaker",
        "stance",
        "quote",
        "other_article",
        "other_claim",
        "other_day",
        "other_speaker",
        "other_stance",
        "other_quote",
    ];

    fn cells(&self) -> Vec<String> {
        let mut cells = vec![
            format!("{:.3}", self.score),
            self.incident.map(|id| id.to_string()).unwrap_or_default(),
        ];
        for claim in [&self.claim, &self.other] {
            cells.extend([
                claim.article.clone(),
                claim.claim.to_string(),
                or_empty(&claim.day),
                claim.speaker.as_ref().map(|who| who.name.clone()).unwrap_or_default(),
                claim.stance.clone(),
                claim.quote.clone(),
            ]);
        }
        cells
    }

    fn row(&self) -> layout::Row {
        let side = |claim: &ClaimRow| {
            let name = claim.speaker.as_ref().map_or("nobody named", |who| who.name.as_str());
            Inked::new(name, Ink::SOURCE)
                .with(" ", Ink::PLAIN)
                .with(&claim.stance, Ink::CUE)
                .with(" ", Ink::PLAIN)
                .with(&claim.quote, Ink::CONTENT)
                .with(&format!(" ({} c{})", claim.article, claim.claim), Ink::FAINT)
        };
        layout::Row {
            cells: vec![Inked::new(&format!("{:.2}", self.score), Ink::CODE), side(&self.claim)],
            under: side(&self.other),
        }
    }
}
