//! `find incidents` and `timeline`: each incident once, with all its reports.

use super::events::{EventRow, each, event};
use super::wanted::Wanted;
use super::{After, Question, Who};
use crate::join::{fold, tokens};
use crate::{Store, StoreError};
use rusqlite::Connection;
use schemars::JsonSchema;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// An article's report of an incident.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct ReportRow {
    /// Key of the article.
    pub article: String,
    /// Number of the event there.
    pub event: i64,
    /// Publisher.
    pub outlet: Option<String>,
    /// Day of publication.
    pub published: Option<String>,
    /// The sentence.
    pub quote: String,
    /// Key of the article whose report this one reprints. What is said of an
    /// incident is counted and put together without reprints.
    pub copy_of: Option<String>,
}

/// Somebody who says that it happened, or that it did not.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Voice {
    /// Who; the outlet itself where the article says it in its own voice.
    pub speaker: Who,
    /// Key of the article.
    pub article: String,
    /// Number of the claim there; nothing of an outlet's own voice.
    pub claim: Option<i64>,
    /// The words.
    pub quote: String,
}

/// One value of a field that reports disagree on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Value {
    /// The value.
    pub value: String,
    /// Keys of the articles that give it.
    pub articles: Vec<String>,
}

/// A field that reports disagree on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Difference {
    /// `type`, `actor`, `recipient`, `date`, `place`, `mode` or `number`.
    pub field: &'static str,
    /// What they give, the commonest first.
    pub values: Vec<Value>,
}

/// An incident.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct IncidentRow {
    /// Stays the same while its reports are in the store.
    pub id: i64,
    /// PLOVER type.
    #[serde(rename = "type")]
    pub kind: String,
    /// The commonest PLOVER mode.
    pub mode: Option<String>,
    /// All contexts.
    pub contexts: Vec<String>,
    /// Who acts, as most reports have it.
    pub actor: Vec<Who>,
    /// Who is acted upon.
    pub recipient: Vec<Who>,
    /// The commonest date.
    pub date: Option<String>,
    /// The commonest place.
    pub place: Option<String>,
    /// Its reports, in the order in which their articles were added.
    pub reports: Vec<ReportRow>,
    /// Who says that it happened.
    pub asserted_by: Vec<Voice>,
    /// Who says that it did not.
    pub denied_by: Vec<Voice>,
    /// Where the reports disagree.
    pub differs: Vec<Difference>,
    /// 0 to 1: that of the surest report.
    pub confidence: f64,
}

impl IncidentRow {
    /// The day to list it under: its date's first, else that of the first
    /// publication.
    pub fn day(&self) -> Option<String> {
        let told = self.date.as_deref().and_then(crate::days).map(|(first, _)| first.to_string());
        let published = || {
            let days = self.reports.iter().filter_map(|r| r.published.as_deref());
            days.map(|day| day.chars().take(10).collect()).min()
        };
        told.or_else(published)
    }
}

impl Store {
    /// Incidents with a report that the question asks for, those with the
    /// newest reports first.
    ///
    /// # Errors
    /// As [`Store::claims`].
    pub fn incidents(&self, question: &Question) -> Result<Vec<IncidentRow>, StoreError> {
        incidents(&self.db, question).map_err(|e| self.asked(e))
    }
}

fn incidents(db: &Connection, question: &Question) -> rusqlite::Result<Vec<IncidentRow>> {
    let mut found = Vec::new();
    each_incident(db, question, |incident| {
        found.push(incident);
        true
    })?;
    Ok(found)
}

/// Hands out at most `limit` incidents, as long as `take` wants more.
pub(crate) fn each_incident(
    db: &Connection,
    question: &Question,
    mut take: impl FnMut(IncidentRow) -> bool,
) -> rusqlite::Result<()> {
    if question.limit == 0 {
        return Ok(());
    }
    // An incident may be read in a reprint and not in what that reprints.
    let whole = &Question { copies: true, ..question.clone() };
    let question = &begun(db, whole)?;
    // What is not joined yet has no incident, and would be looked at for nothing.
    let reported = "EXISTS (SELECT 1 FROM reports r WHERE r.article = v.article AND r.event = v.n)";
    let (mut seen, mut found) = (BTreeSet::new(), 0);
    each(
        db,
        question,
        |wanted| wanted.must(reported, []),
        |event| {
            let Some(id) = event.incident.filter(|id| seen.insert(*id)) else { return Ok(true) };
            if question.after.is_some() && first(db, whole, id)? != place(db, &event)? {
                return Ok(true);
            }
            let Some(incident) = incident(db, id)? else { return Ok(true) };
            found += 1;
            Ok(take(incident) && found < question.limit)
        },
    )
}

/// The question with an incident that answers came up to as the report by which
/// it stands there.
fn begun(db: &Connection, question: &Question) -> rusqlite::Result<Question> {
    let mut begun = question.clone();
    if let Some(After { article: None, n }) = question.after {
        let place = first(db, question, n)?;
        let key = place.map(|(article, _)| super::single::key(db, article)).transpose()?;
        begun.after = Some(After { article: key.flatten(), n: place.map_or(0, |(_, n)| n) });
    }
    Ok(begun)
}

/// The report by which an incident stands in the answer: the first of those
/// that are wanted, an article's row and a number.
fn first(db: &Connection, question: &Question, id: i64) -> rusqlite::Result<Option<(i64, i64)>> {
    let all = Question { after: None, ..question.clone() };
    let mut reports = db.prepare_cached(
        "SELECT r.article, r.event FROM reports r JOIN articles a ON a.id = r.article
         WHERE r.incident = ?1 ORDER BY a.day DESC, a.id DESC, r.event",
    )?;
    let reports = reports.query_map([id], |row| Ok((row.get(0)?, row.get(1)?)))?;
    for report in reports.collect::<Result<Vec<(i64, i64)>, _>>()? {
        let mut wanted = false;
        let this = |wanted: &mut Wanted| {
            let (article, n) = report;
            wanted.must("v.article = ? AND v.n = ?", [article.to_string(), n.to_string()]);
        };
        each(db, &all, this, |_| {
            wanted = true;
            Ok(false)
        })?;
        if wanted {
            return Ok(Some(report));
        }
    }
    Ok(None)
}

/// An event's article's row and its number.
fn place(db: &Connection, event: &EventRow) -> rusqlite::Result<Option<(i64, i64)>> {
    Ok(super::single::row(db, &event.article)?.map(|article| (article, event.event)))
}

/// An incident by its row.
pub(super) fn incident(db: &Connection, id: i64) -> rusqlite::Result<Option<IncidentRow>> {
    let keys: Vec<(i64, i64, i64)> = db
        .prepare_cached(
            "SELECT r.article, r.event, coalesce(a.copy_of, a.id)
             FROM reports r CROSS JOIN articles a ON a.id = r.article
             WHERE r.incident = ?1 ORDER BY r.article, r.event",
        )?
        .query_map([id], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?
        .collect::<Result<_, _>>()?;
    // The first article of each text that reports it; the others reprint that.
    let mut first: BTreeMap<i64, (i64, String)> = BTreeMap::new();
    let mut all: Vec<ReportRow> = Vec::new();
    let mut reports: Vec<EventRow> = Vec::new();
    let (mut asserted_by, mut denied_by) = (Vec::new(), Vec::new());
    for (article, n, text) in keys {
        let Some(report) = event(db, article, n)? else { continue };
        let (original, key) = first.entry(text).or_insert((article, report.article.clone()));
        let copy_of = (*original != article).then(|| key.clone());
        all.push(ReportRow::new(&report, copy_of.clone()));
        if copy_of.is_some() {
            continue;
        }
        let (voice, stance) = voice(db, article, &report)?;
        let denied = report.polarity == "negative" || stance.as_deref() == Some("deny");
        if denied {
            denied_by.push(voice)
        } else {
            asserted_by.push(voice)
        };
        reports.push(report);
    }
    let Some(kind) = commonest(reports.iter().map(|r| r.kind.clone())) else { return Ok(None) };
    let contexts: BTreeSet<String> = reports.iter().flat_map(|r| r.contexts.clone()).collect();
    let differs = [
        differs("type", &reports, |r| vec![r.kind.clone()]),
        differs("actor", &reports, |r| names(&r.actor)),
        differs("recipient", &reports, |r| names(&r.recipient)),
        differs("date", &reports, |r| r.date.iter().cloned().collect()),
        differs("place", &reports, |r| r.place.iter().cloned().collect()),
        differs("mode", &reports, |r| r.mode.iter().cloned().collect()),
        differs("number", &reports, |r| numbers(&r.quote)),
    ];
    Ok(Some(IncidentRow {
        id,
        kind,
        mode: commonest(reports.iter().filter_map(|r| r.mode.clone())),
        contexts: contexts.into_iter().collect(),
        actor: agreed(reports.iter().map(|r| &r.actor)),
        recipient: agreed(reports.iter().map(|r| &r.recipient)),
        date: commonest(reports.iter().filter_map(|r| r.date.clone())),
        place: commonest(reports.iter().filter_map(|r| r.place.clone())),
        asserted_by,
        denied_by,
        differs: differs.into_iter().flatten().collect(),
        confidence: reports.iter().map(|r| r.confidence).fold(0.0, f64::max),
        reports: all,
    }))
}

impl ReportRow {
    fn new(event: &EventRow, copy_of: Option<String>) -> Self {
        let EventRow { article, event, outlet, published, quote, .. } = event.clone();
        Self { article, event, outlet, published, quote, copy_of }
    }
}

/// Who tells of an event, and with what stance.
fn voice(
    db: &Connection,
    article: i64,
    report: &EventRow,
) -> rusqlite::Result<(Voice, Option<String>)> {
    let claim = match report.claim {
        Some(n) => super::claims::claim(db, article, n)?,
        None => None,
    };
    let article = report.article.clone();
    Ok(match claim {
        Some(claim) => {
            let nobody = || Who { name: "nobody named".to_owned(), ..Who::default() };
            let speaker = claim.speaker.unwrap_or_else(nobody);
            let voice = Voice { speaker, article, claim: Some(claim.claim), quote: claim.quote };
            (voice, Some(claim.stance))
        }
        None => {
            let name = report.outlet.clone().unwrap_or_else(|| article.clone());
            let speaker = Who { name, ..Who::default() };
            (Voice { speaker, article, claim: None, quote: report.quote.clone() }, None)
        }
    })
}

fn names(side: &[Who]) -> Vec<String> {
    side.iter().map(|who| who.name.clone()).collect()
}

/// Numbers of a sentence that are no years.
fn numbers(sentence: &str) -> Vec<String> {
    const WORDS: [&str; 11] = [
        "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    ];
    let folded = fold(sentence);
    let number = |word: &str| {
        let digits = word.bytes().all(|b| b.is_ascii_digit());
        let year = word.len() == 4 && (word.starts_with("19") || word.starts_with("20"));
        let spelt = WORDS.iter().position(|w| *w == word).map(|at| (at + 2).to_string());
        (digits && !year).then(|| word.to_owned()).or(spelt)
    };
    tokens(&folded).filter_map(number).collect()
}

/// What most give, the first of equals.
fn commonest(values: impl Iterator<Item = String>) -> Option<String> {
    let mut counts: Vec<(String, usize)> = Vec::new();
    for value in values {
        match counts.iter_mut().find(|(known, _)| *known == value) {
            Some((_, count)) => *count += 1,
            None => counts.push((value, 1)),
        }
    }
    let most = counts.iter().map(|(_, count)| *count).max()?;
    counts.into_iter().find(|(_, count)| *count == most).map(|(value, _)| value)
}

/// Those whom at least half of the reports that name anybody name, or else the
/// first.
fn agreed<'a>(sides: impl Iterator<Item = &'a Vec<Who>>) -> Vec<Who> {
    let sides: Vec<&Vec<Who>> = sides.filter(|side| !side.is_empty()).collect();
    let mut counts: Vec<(&Who, usize)> = Vec::new();
    for who in sides.iter().flat_map(|side| side.iter()) {
        let same = |known: &Who| match known.id.zip(who.id) {
            Some((a, b)) => a == b,
            None => known.name == who.name,
        };
        match counts.iter_mut().find(|(known, _)| same(known)) {
            Some((_, count)) => *count += 1,
            None => counts.push((who, 1)),
        }
    }
    let enough: Vec<Who> = (counts.iter().filter(|(_, count)| count * 2 >= sides.len()))
        .map(|(who, _)| (*who).clone())
        .collect();
    if enough.is_empty() {
        sides.first().map_or_else(Vec::new, |side| (*side).clone())
    } else {
        enough
    }
}

/// A field on which two articles give values that have nothing in common.
fn differs(
    field: &'static str,
    reports: &[EventRow],
    values: impl Fn(&EventRow) -> Vec<String>,
) -> Option<Difference> {
    let mut of: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    for report in reports {
        of.entry(&report.article).or_default().extend(values(report));
    }
    let told: Vec<&BTreeSet<String>> = of.values().filter(|set| !set.is_empty()).collect();
    let apart = |a: &BTreeSet<String>| told.iter().any(|b| a.is_disjoint(b));
    if !told.iter().any(|set| apart(set)) {
        return None;
    }
    let mut by_value: BTreeMap<&String, Vec<String>> = BTreeMap::new();
    for (article, set) in &of {
        for value in set {
            by_value.entry(value).or_default().push((*article).to_owned());
        }
    }
    let mut values: Vec<Value> = by_value
        .into_iter()
        .map(|(value, articles)| Value { value: value.clone(), articles })
        .collect();
    values.sort_by(|a, b| b.articles.len().cmp(&a.articles.len()).then(a.value.cmp(&b.value)));
    Some(Difference { field, values })
}
