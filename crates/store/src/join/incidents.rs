//! Events of one story as incidents: each stands once, with all its reports.
//!
//! Two reports are of one incident when they are of one type and nothing speaks
//! against it: other people on the same side, days apart, another country.
//! Inside one article, where two deeds of a kind are told apart with care,
//! something must speak for it, too.

use super::kept::Kept;
use super::words::{fold, number};
use rusqlite::{Connection, Transaction, params};
use std::cell::RefCell;
use std::cmp::Reverse;
use std::rc::Rc;

/// Days by which reports of one incident may differ.
const DAYS_APART: f64 = 2.0;
/// Least agreement of two reports of one incident, in one article and across.
const AT_HOME: i32 = 2;
const ACROSS: i32 = -2;
/// And of two of one quad class whose types are not the same.
const RELATED: i32 = -1;
/// Reports of an incident that a new one is compared with: the earliest.
const COMPARED: i64 = 8;
/// Incidents of a story that a new report may be of: the newest.
const NEWEST: usize = 64;
/// Articles and stories kept at hand, of which there may be twice as many.
const KEPT_ARTICLES: usize = 1000;
const KEPT_STORIES: usize = 1000;

/// One event, with what tells it from others.
pub(crate) struct Report {
    event: i64,
    sentence: u32,
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
    people: bool,
    /// Numbers of everybody: of actors of the store, of countries, and else of
    /// the last word of what they are called.
    all: Vec<u64>,
}

/// An incident of a story.
struct Incident {
    id: i64,
    kind: String,
    /// Its earliest reports, articles and their events.
    reports: Vec<(i64, i64)>,
}

/// What finds the incident of an event.
pub(crate) struct Incidents {
    /// Reports of an article.
    reports: Kept<i64, Rc<[Report]>>,
    /// Incidents of a story, the newest first.
    of_story: Kept<i64, Rc<RefCell<Vec<Incident>>>>,
}

impl Incidents {
    pub fn new() -> Self {
        Self { reports: Kept::new(KEPT_ARTICLES), of_story: Kept::new(KEPT_STORIES) }
    }

    /// Gives the events of an article, as [`reports`] reads them, their
    /// incidents. `stories` are those of its passages by sentence, in order.
    pub fn join(
        &mut self,
        t: &Transaction<'_>,
        article: i64,
        own: Vec<Report>,
        stories: &[(u32, i64)],
    ) -> rusqlite::Result<()> {
        let own: Rc<[Report]> = own.into();
        self.reports.put(article, own.clone());
        for report in own.iter() {
            let Ok(at) = stories.binary_search_by_key(&report.sentence, |(of, _)| *of) else {
                continue;
            };
            let (event, story) = (report.event, stories[at].1);
            let incidents = self.of_story(t, story)?;
            let mut best = None;
            for (at, incident) in incidents.borrow().iter().enumerate() {
                if let Some(agreement) = self.fits(t, article, report, incident)? {
                    best = best.max(Some((
                        incident.kind == report.kind,
                        agreement,
                        Reverse(incident.id),
                        at,
                    )));
                }
            }
            let mut incidents = incidents.borrow_mut();
            let incident = match best {
                Some((.., at)) => &mut incidents[at],
                None => {
                    let id = t
                        .prepare_cached("INSERT INTO incidents (story, type) VALUES (?1, ?2)")?
                        .insert(params![story, report.kind])?;
                    incidents.truncate(NEWEST - 1);
                    incidents
                        .insert(0, Incident { id, kind: report.kind.clone(), reports: Vec::new() });
                    &mut incidents[0]
                }
            };
            t.prepare_cached("INSERT INTO reports (article, event, incident) VALUES (?1, ?2, ?3)")?
                .execute([article, event, incident.id])?;
            let at = incident.reports.partition_point(|other| *other < (article, event));
            incident.reports.insert(at, (article, event));
            incident.reports.truncate(COMPARED as usize);
        }
        Ok(())
    }

    /// How well a report agrees with those of an incident, if nothing speaks
    /// against it.
    fn fits(
        &mut self,
        t: &Transaction<'_>,
        article: i64,
        report: &Report,
        incident: &Incident,
    ) -> rusqlite::Result<Option<i32>> {
        let same_type = incident.kind == report.kind;
        if class(&incident.kind) != class(&report.kind) {
            return Ok(None);
        }
        let mut best = None;
        for (other_article, event) in &incident.reports {
            let at_home = *other_article == article;
            if at_home && !same_type {
                return Ok(None);
            }
            let others = self.reports(t, *other_article)?;
            let Some(other) = find(&others, *event) else { continue };
            match report.agreement(other, if at_home { AT_HOME } else { ACROSS }) {
                None => return Ok(None),
                agreement => best = best.max(agreement),
            }
        }
        Ok(best.filter(|agreement| same_type || *agreement >= RELATED))
    }

    fn reports(&mut self, t: &Transaction<'_>, article: i64) -> rusqlite::Result<Rc<[Report]>> {
        if let Some(known) = self.reports.get(&article) {
            return Ok(known);
        }
        let reports: Rc<[Report]> = reports(t, article)?.into();
        self.reports.put(article, reports.clone());
        Ok(reports)
    }

    /// The newest incidents of a story.
    fn of_story(
        &mut self,
        t: &Transaction<'_>,
        story: i64,
    ) -> rusqlite::Result<Rc<RefCell<Vec<Incident>>>> {
        if let Some(known) = self.of_story.get(&story) {
            return Ok(known);
        }
        let mut incidents: Vec<Incident> = t
            .prepare_cached(
                "SELECT id, type FROM incidents WHERE story = ?1 ORDER BY id DESC LIMIT ?2",
            )?
            .query_map(params![story, NEWEST as i64], |row| {
                Ok(Incident { id: row.get(0)?, kind: row.get(1)?, reports: Vec::new() })
            })?
            .collect::<Result<_, _>>()?;
        let mut reports = t.prepare_cached(
            "SELECT article, event FROM reports WHERE incident = ?1
             ORDER BY article, event LIMIT ?2",
        )?;
        for incident in &mut incidents {
            incident.reports = reports
                .query_map([incident.id, COMPARED], |row| Ok((row.get(0)?, row.get(1)?)))?
                .collect::<Result<_, _>>()?;
        }
        let incidents = Rc::new(RefCell::new(incidents));
        self.of_story.put(story, incidents.clone());
        Ok(incidents)
    }
}

/// The report of an event.
fn find(reports: &[Report], event: i64) -> Option<&Report> {
    let at = reports.binary_search_by_key(&event, |report| report.event).ok()?;
    reports.get(at)
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

/// Takes the reports of an article away, and the incidents that nobody reports
/// any more.
pub(crate) fn part(t: &Transaction<'_>, article: i64) -> rusqlite::Result<()> {
    let incidents: Vec<i64> = t
        .prepare_cached("SELECT DISTINCT incident FROM reports WHERE article = ?1")?
        .query_map([article], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    t.execute("DELETE FROM reports WHERE article = ?1", [article])?;
    let sql = "DELETE FROM incidents WHERE id = ?1
               AND NOT EXISTS (SELECT 1 FROM reports WHERE incident = ?1)";
    let mut tidy = t.prepare_cached(sql)?;
    let mut forget = t.prepare_cached("UPDATE disputes SET incident = NULL WHERE incident = ?1")?;
    for incident in incidents {
        if tidy.execute([incident])? > 0 {
            forget.execute([incident])?;
        }
    }
    Ok(())
}

/// The reports of an article, by event.
pub(crate) fn reports(db: &Connection, article: i64) -> rusqlite::Result<Vec<Report>> {
    let mut reports: Vec<Report> = db
        .prepare_cached(
            "SELECT e.n, e.type, e.mode, julianday(e.day), julianday(coalesce(e.last_day, e.day)),
                    p.id, p.country, e.sentence
             FROM events e LEFT JOIN toponyms t ON t.article = e.article AND t.n = e.toponym
             LEFT JOIN places p ON p.id = t.place
             WHERE e.article = ?1 AND e.modality IN ('actual', 'ongoing') ORDER BY e.n",
        )?
        .query_map([article], |row| {
            let days: (Option<f64>, Option<f64>) = (row.get(3)?, row.get(4)?);
            let place: Option<i64> = row.get(5)?;
            let country: Option<String> = row.get(6)?;
            Ok(Report {
                event: row.get(0)?,
                sentence: row.get(7)?,
                kind: row.get(1)?,
                mode: row.get(2)?,
                days: days.0.zip(days.1),
                place: place.map(|place| (place, country)),
                actors: Side::default(),
                recipients: Side::default(),
            })
        })?
        .collect::<Result<_, _>>()?;
    let mut parties = db.prepare_cached(
        "SELECT p.event, p.side = 'actor', e.actor, e.kind = 'person', e.name, e.country
         FROM parties p CROSS JOIN entities e ON e.article = p.article AND e.n = p.entity
         WHERE p.article = ?1",
    )?;
    let mut rows = parties.query([article])?;
    while let Some(row) = rows.next()? {
        let event: i64 = row.get(0)?;
        let Ok(at) = reports.binary_search_by_key(&event, |report| report.event) else { continue };
        let report = &mut reports[at];
        let side = if row.get(1)? { &mut report.actors } else { &mut report.recipients };
        let (actor, person): (Option<i64>, bool) = (row.get(2)?, row.get(3)?);
        if let Some(actor) = actor {
            side.all.push(number(&format!("#{actor}")));
            side.people |= person;
        }
        side.all.push(match row.get_ref(5)?.as_str_or_null()? {
            // A country's leader is not each of its citizens.
            Some(country) if !person => number(country),
            _ => {
                let name = row.get_ref(4)?.as_str()?;
                number(&fold(name.split_whitespace().last().unwrap_or_default()))
            }
        });
    }
    Ok(reports)
}

impl Report {
    /// What speaks for and against two reports being of one incident; nothing
    /// where they cannot be, or where it is less than `least`.
    fn agreement(&self, other: &Report, least: i32) -> Option<i32> {
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
        (sum >= least).then_some(sum)
    }
}

impl Side {
    fn agreement(&self, other: &Side) -> Option<i32> {
        if self.all.is_empty() || other.all.is_empty() {
            return Some(0);
        }
        if self.all.iter().any(|who| other.all.contains(who)) {
            return Some(2);
        }
        (!(self.people && other.people)).then_some(-1)
    }
}
