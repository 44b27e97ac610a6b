//! Events of one story as incidents: each stands once, with all its reports.
//!
//! Two reports are of one incident when they are of one type and nothing speaks
//! against it: other people on the same side, days apart, another country.
//! Inside one article, where two deeds of a kind are told apart with care,
//! something must speak for it, too.

use super::fold;
use rusqlite::{Transaction, params};
use std::cmp::Reverse;
use std::collections::{BTreeSet, HashMap};
use std::rc::Rc;

/// Days by which reports of one incident may differ.
const DAYS_APART: f64 = 2.0;
/// Least agreement of two reports of one incident, in one article and across.
const AT_HOME: i32 = 2;
const ACROSS: i32 = -2;
/// And of two of one quad class whose types are not the same.
const RELATED: i32 = -1;
/// Reports of an incident that a new one is compared with.
const COMPARED: i64 = 8;
/// Incidents of a story that a new report may be of: the newest.
const NEWEST: i64 = 64;
/// Reports kept at hand.
const KEPT: usize = 8192;

/// One event, with what tells it from others.
struct Report {
    article: i64,
    kind: String,
    mode: Option<String>,
    /// First and last day, as numbers of days.
    days: Option<(f64, f64)>,
    place: Option<(i64, Option<String>)>,
    actors: Side,
    recipients: Side,
}

/// Those on one side of an event.
#[derive(Default)]
struct Side {
    /// People with a name.
    people: BTreeSet<i64>,
    /// Everybody: actors of the store, countries, and else the last word of
    /// what they are called.
    all: BTreeSet<String>,
}

/// What finds the incident of an event; reports that were looked at are kept at
/// hand.
#[derive(Default)]
pub(crate) struct Incidents {
    reports: HashMap<(i64, i64), Rc<Report>>,
}

impl Incidents {
    fn report(
        &mut self,
        t: &Transaction<'_>,
        article: i64,
        event: i64,
    ) -> rusqlite::Result<Rc<Report>> {
        if let Some(known) = self.reports.get(&(article, event)) {
            return Ok(known.clone());
        }
        let report = Rc::new(report(t, article, event)?);
        if self.reports.len() >= KEPT {
            self.reports.clear();
        }
        self.reports.insert((article, event), report.clone());
        Ok(report)
    }

    /// Gives the events of an article their incidents.
    pub fn join(&mut self, t: &Transaction<'_>, article: i64) -> rusqlite::Result<()> {
        let events: Vec<(i64, i64)> = t
            .prepare_cached(
                "SELECT e.n, p.story FROM events e
             JOIN passages p ON p.article = e.article AND p.sentence = e.sentence
             WHERE e.article = ?1 AND e.modality IN ('actual', 'ongoing') ORDER BY e.n",
            )?
            .query_map([article], |row| Ok((row.get(0)?, row.get(1)?)))?
            .collect::<Result<_, _>>()?;
        for (event, story) in events {
            let report = self.report(t, article, event)?;
            let mut best = None;
            for (incident, kind) in of_story(t, story)? {
                if class(&kind) != class(&report.kind) {
                    continue;
                }
                if let Some(agreement) = self.fits(t, &report, incident, kind == report.kind)? {
                    best = best.max(Some((kind == report.kind, agreement, Reverse(incident))));
                }
            }
            let incident = match best {
                Some((_, _, Reverse(incident))) => incident,
                None => t
                    .prepare_cached("INSERT INTO incidents (story, type) VALUES (?1, ?2)")?
                    .insert(params![story, report.kind])?,
            };
            t.prepare_cached("INSERT INTO reports (article, event, incident) VALUES (?1, ?2, ?3)")?
                .execute([article, event, incident])?;
        }
        Ok(())
    }

    /// How well a report agrees with those of an incident, if nothing speaks
    /// against it.
    fn fits(
        &mut self,
        t: &Transaction<'_>,
        report: &Report,
        incident: i64,
        same_type: bool,
    ) -> rusqlite::Result<Option<i32>> {
        let others: Vec<(i64, i64)> = t
            .prepare_cached(
                "SELECT article, event FROM reports WHERE incident = ?1
             ORDER BY article, event LIMIT ?2",
            )?
            .query_map([incident, COMPARED], |row| Ok((row.get(0)?, row.get(1)?)))?
            .collect::<Result<_, _>>()?;
        let mut best = None;
        for (article, event) in others {
            let other = self.report(t, article, event)?;
            if !same_type && article == report.article {
                return Ok(None);
            }
            match report.agreement(&other) {
                None => return Ok(None),
                agreement => best = best.max(agreement),
            }
        }
        Ok(best.filter(|agreement| same_type || *agreement >= RELATED))
    }
}

/// The newest incidents of a story with their types.
fn of_story(t: &Transaction<'_>, story: i64) -> rusqlite::Result<Vec<(i64, String)>> {
    t.prepare_cached("SELECT id, type FROM incidents WHERE story = ?1 ORDER BY id DESC LIMIT ?2")?
        .query_map([story, NEWEST], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect()
}

/// PLOVER's quad class of a type: verbal or material, cooperation or conflict.
fn class(kind: &str) -> u8 {
    match kind {
        "AGREE" | "CONSULT" | "SUPPORT" | "CONCEDE" => 1,
        "COOPERATE" | "AID" | "RETREAT" => 2,
        "REQUEST" | "ACCUSE" | "REJECT" | "THREATEN" => 3,
        _ => 4,
    }
}

/// Takes away an incident that nobody reports any more.
pub(crate) fn tidy(t: &Transaction<'_>, incident: i64) -> rusqlite::Result<()> {
    let sql = "DELETE FROM incidents WHERE id = ?1
               AND NOT EXISTS (SELECT 1 FROM reports WHERE incident = ?1)";
    t.prepare_cached(sql)?.execute([incident]).map(drop)
}

fn report(t: &Transaction<'_>, article: i64, event: i64) -> rusqlite::Result<Report> {
    let mut report = t
        .prepare_cached(
            "SELECT e.type, e.mode, julianday(e.day), julianday(coalesce(e.last_day, e.day)),
                    p.id, p.country
             FROM events e LEFT JOIN toponyms t ON t.article = e.article AND t.n = e.toponym
             LEFT JOIN places p ON p.id = t.place WHERE e.article = ?1 AND e.n = ?2",
        )?
        .query_row([article, event], |row| {
            let days: (Option<f64>, Option<f64>) = (row.get(2)?, row.get(3)?);
            let place: Option<i64> = row.get(4)?;
            let country: Option<String> = row.get(5)?;
            Ok(Report {
                article,
                kind: row.get(0)?,
                mode: row.get(1)?,
                days: days.0.zip(days.1),
                place: place.map(|place| (place, country)),
                actors: Side::default(),
                recipients: Side::default(),
            })
        })?;
    let mut parties = t.prepare_cached(
        "SELECT p.side, e.actor, e.kind, e.name, e.country FROM parties p
         JOIN entities e ON e.article = p.article AND e.n = p.entity
         WHERE p.article = ?1 AND p.event = ?2",
    )?;
    let mut rows = parties.query([article, event])?;
    while let Some(row) = rows.next()? {
        let (side, actor, kind): (String, Option<i64>, String) =
            (row.get(0)?, row.get(1)?, row.get(2)?);
        let (name, country): (String, Option<String>) = (row.get(3)?, row.get(4)?);
        let side = if side == "actor" { &mut report.actors } else { &mut report.recipients };
        if let Some(actor) = actor {
            side.all.insert(format!("#{actor}"));
            if kind == "person" {
                side.people.insert(actor);
            }
        }
        match country {
            // A country's leader is not each of its citizens.
            Some(country) if kind != "person" => side.all.insert(country),
            _ => side.all.insert(fold(name.split_whitespace().last().unwrap_or_default())),
        };
    }
    Ok(report)
}

impl Report {
    /// What speaks for and against two reports being of one incident; nothing
    /// where they cannot be.
    fn agreement(&self, other: &Report) -> Option<i32> {
        if let Some(((a, b), (c, d))) = self.days.zip(other.days)
            && (a - d > DAYS_APART || c - b > DAYS_APART)
        {
            return None;
        }
        let mut sum = self.actors.agreement(&other.actors)?;
        sum += self.recipients.agreement(&other.recipients)?;
        sum += match self.mode.as_ref().zip(other.mode.as_ref()) {
            Some((a, b)) if a == b => 2,
            Some(_) => -1,
            None => 0,
        };
        sum += match self.place.as_ref().zip(other.place.as_ref()) {
            Some((a, b)) if a.0 == b.0 => 1,
            Some(((_, Some(a)), (_, Some(b)))) if a != b => -2,
            _ => 0,
        };
        sum += i32::from(self.days.is_some() && self.days == other.days);
        let least = if self.article == other.article { AT_HOME } else { ACROSS };
        (sum >= least).then_some(sum)
    }
}

impl Side {
    fn agreement(&self, other: &Side) -> Option<i32> {
        if self.all.is_empty() || other.all.is_empty() {
            return Some(0);
        }
        if self.all.intersection(&other.all).next().is_some() {
            return Some(2);
        }
        let people = !self.people.is_empty() && !other.people.is_empty();
        (!people).then_some(-1)
    }
}
