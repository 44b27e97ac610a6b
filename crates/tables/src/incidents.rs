//! The row of an incident of a store.

use crate::accounts::day;
use crate::cells::Cell;
use crate::scales::Scales;
use dateline_store::ask::{Difference, IncidentRow, ReportRow, Voice, Who};
use std::collections::BTreeSet;

pub(crate) fn row<'a>(incident: &'a IncidentRow, scales: &Scales) -> Vec<Cell<'a>> {
    let (kind, mode) = (incident.kind.as_str(), incident.mode.as_deref());
    let articles: BTreeSet<&str> = incident.reports.iter().map(|r| r.article.as_str()).collect();
    let outlets: BTreeSet<&str> =
        incident.reports.iter().filter_map(|r| r.outlet.as_deref()).collect();
    let first_day = incident.day().as_deref().and_then(day);
    let all = |side: &'a [Who]| Cell::List(side.iter().map(who).collect());
    let voices = |side: &'a [Voice]| Cell::List(side.iter().map(voice).collect());
    vec![
        Cell::Int(incident.id),
        first_day.map_or(Cell::Null, Cell::Day),
        Cell::text(incident.date.as_deref()),
        kind.into(),
        Cell::text(mode),
        Cell::texts(incident.contexts.iter().map(String::as_str)),
        Cell::text(scales.quad(kind).map(dateline_account::Quad::name)),
        Cell::number(scales.intensity(kind, mode)),
        all(&incident.actor),
        all(&incident.recipient),
        Cell::text(incident.place.as_deref()),
        Cell::Int(articles.len() as i64),
        Cell::texts(outlets),
        Cell::List(incident.reports.iter().map(report).collect()),
        voices(&incident.asserted_by),
        voices(&incident.denied_by),
        Cell::List(incident.differs.iter().map(difference).collect()),
        Cell::Number(incident.confidence),
    ]
}

fn who(who: &Who) -> Cell<'_> {
    Cell::Row(vec![Cell::int(who.id), who.name.as_str().into(), Cell::text(who.code.as_deref())])
}

fn report(report: &ReportRow) -> Cell<'_> {
    Cell::Row(vec![
        report.article.as_str().into(),
        Cell::Int(report.event),
        Cell::text(report.outlet.as_deref()),
        Cell::text(report.published.as_deref()),
        report.quote.as_str().into(),
        Cell::text(report.copy_of.as_deref()),
    ])
}

fn voice(voice: &Voice) -> Cell<'_> {
    Cell::Row(vec![
        who(&voice.speaker),
        voice.article.as_str().into(),
        Cell::int(voice.claim),
        voice.quote.as_str().into(),
    ])
}

fn difference(difference: &Difference) -> Cell<'_> {
    let value = |value: &'_ dateline_store::ask::Value| {
        let articles = value.articles.iter().map(|a| Cell::from(a.clone())).collect();
        Cell::Row(vec![Cell::from(value.value.clone()), Cell::List(articles)])
    };
    let values = difference.values.iter().map(value).collect();
    Cell::Row(vec![difference.field.into(), Cell::List(values)])
}
