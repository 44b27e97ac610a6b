//! One account written as rows.

use crate::days::days;
use dateline_account::{Account, Claim, Entity, Event, Span, TextIndex};
use rusqlite::{Transaction, params};
use serde::Serialize;

/// Writes an account; gives its article's row. The account must be sound
/// ([`Account::check`]).
pub(crate) fn write(t: &Transaction<'_>, account: &Account) -> rusqlite::Result<i64> {
    let article = article(t, account)?;
    let pen = Pen { t, article, account, index: TextIndex::new(&account.text) };
    pen.sentences()?;
    let places = pen.places()?;
    let times = pen.times()?;
    let entities = pen.entities(&places)?;
    let claims = pen.claims(&entities, &times, &places)?;
    pen.events(&entities, &times, &places, &claims)?;
    Ok(article)
}

/// The name a unit variant has in JSON: `Form::Direct` is `direct`.
pub(crate) fn code(variant: impl Serialize) -> String {
    match serde_json::to_value(variant) {
        Ok(serde_json::Value::String(name)) => name,
        _ => String::new(),
    }
}

/// A list as a JSON text.
pub(crate) fn json(list: impl Serialize) -> String {
    serde_json::to_string(&list).unwrap_or_default()
}

/// The words of some spans, pieces parted by ` … `, white space as single spaces.
pub(crate) fn quoted(index: &TextIndex, text: &str, spans: &[Span]) -> String {
    let piece =
        |span: &Span| index.slice(text, *span).split_whitespace().collect::<Vec<_>>().join(" ");
    spans.iter().map(piece).collect::<Vec<_>>().join(" … ")
}

fn article(t: &Transaction<'_>, account: &Account) -> rusqlite::Result<i64> {
    let published = account.published.as_deref();
    t.prepare_cached(
        "INSERT INTO articles
         (key, title, outlet, url, byline, published, day, language, words, text, notes)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
    )?
    .insert(params![
        account.id,
        account.title,
        account.outlet,
        account.url,
        json(&account.byline),
        published,
        published.and_then(days).map(|(day, _)| day.to_string()),
        account.language,
        account.text.split_whitespace().count() as i64,
        account.text,
        json(&account.notes),
    ])
}

/// What writes the rows of one article.
struct Pen<'a> {
    t: &'a Transaction<'a>,
    article: i64,
    account: &'a Account,
    index: TextIndex,
}

/// The rows that an account's indexes became.
type Rows = Vec<i64>;

fn row(rows: &Rows, index: Option<u32>) -> Option<i64> {
    rows.get(index? as usize).copied()
}

impl Pen<'_> {
    fn quoted(&self, spans: &[Span]) -> String {
        quoted(&self.index, &self.account.text, spans)
    }

    fn sentences(&self) -> rusqlite::Result<()> {
        let mut insert = self.t.prepare_cached(
            "INSERT INTO sentences (article, n, first, last, paragraph) VALUES (?1, ?2, ?3, ?4, ?5)",
        )?;
        let mut words =
            self.t.prepare_cached("INSERT INTO sentence_words (rowid, text) VALUES (?1, ?2)")?;
        for (n, span) in self.account.sentences.iter().enumerate() {
            let paragraphs = &self.account.paragraphs;
            let paragraph = paragraphs.partition_point(|p| p.start <= span.start).checked_sub(1);
            let paragraph = paragraph.filter(|p| paragraphs[*p].contains(*span));
            let paragraph = paragraph.map(|p| p as i64);
            let id =
                insert.insert(params![self.article, n as i64, span.start, span.end, paragraph])?;
            words.execute(params![id, self.index.slice(&self.account.text, *span)])?;
        }
        Ok(())
    }

    fn places(&self) -> rusqlite::Result<Rows> {
        let mut insert = self.t.prepare_cached(
            "INSERT INTO places
             (article, n, first, last, form, name, geonames, lat, lon, country, feature)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
        )?;
        let places = self.account.places.iter().enumerate();
        places
            .map(|(n, p)| {
                insert.insert(params![
                    self.article,
                    n as i64,
                    p.span.start,
                    p.span.end,
                    code(p.form),
                    p.name,
                    p.geonames,
                    p.lat,
                    p.lon,
                    p.country,
                    p.feature,
                ])
            })
            .collect()
    }

    fn times(&self) -> rusqlite::Result<Rows> {
        let mut insert = self.t.prepare_cached(
            "INSERT INTO times (article, n, first, last, type, value, modifier)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        )?;
        let times = self.account.times.iter().enumerate();
        times
            .map(|(n, time)| {
                insert.insert(params![
                    self.article,
                    n as i64,
                    time.span.start,
                    time.span.end,
                    code(time.kind),
                    time.value,
                    time.modifier,
                ])
            })
            .collect()
    }

    fn entities(&self, places: &Rows) -> rusqlite::Result<Rows> {
        self.account.entities.iter().map(|entity| self.entity(entity, places)).collect()
    }

    fn entity(&self, entity: &Entity, places: &Rows) -> rusqlite::Result<i64> {
        let actor = entity.actor.as_ref();
        let id = self
            .t
            .prepare_cached(
                "INSERT INTO entities (article, n, name, kind, roles, country, sectors, code, place)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
            )?
            .insert(params![
                self.article,
                entity.id,
                entity.name,
                code(entity.kind),
                json(&entity.roles),
                actor.and_then(|a| a.country.as_deref()),
                actor.map(|a| json(&a.sectors)),
                actor.map(|a| a.code.as_str()),
                row(places, entity.place),
            ])?;
        let mut mention = self.t.prepare_cached(
            "INSERT INTO mentions (entity, n, first, last, form) VALUES (?1, ?2, ?3, ?4, ?5)",
        )?;
        for (n, m) in entity.mentions.iter().enumerate() {
            mention.execute(params![id, n as i64, m.span.start, m.span.end, code(m.form)])?;
        }
        Ok(id)
    }

    fn claims(&self, entities: &Rows, times: &Rows, places: &Rows) -> rusqlite::Result<Rows> {
        let mut rows = Rows::new();
        for claim in &self.account.claims {
            rows.push(self.claim(claim, entities, times, places)?);
        }
        // A claim may be within one that comes later.
        let mut within = self.t.prepare_cached("UPDATE claims SET within = ?2 WHERE id = ?1")?;
        for (claim, id) in self.account.claims.iter().zip(&rows) {
            if let Some(outer) = row(&rows, claim.within) {
                within.execute(params![id, outer])?;
            }
        }
        Ok(rows)
    }

    fn claim(
        &self,
        claim: &Claim,
        entities: &Rows,
        times: &Rows,
        places: &Rows,
    ) -> rusqlite::Result<i64> {
        let said = claim.said.and_then(|at| self.account.times.get(at as usize));
        let (first, count) = self.sentences_of(&claim.content);
        self.t
            .prepare_cached(
                "INSERT INTO claims
                 (article, n, speaker, addressee, via, stance, form, channel, quote, source, cue,
                  content, said, place, confidence, unclosed, sentence, sentences, day)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16,
                  ?17, ?18, ?19)",
            )?
            .insert(params![
                self.article,
                claim.id,
                row(entities, claim.speaker),
                row(entities, claim.addressee),
                row(entities, claim.via),
                claim.stance,
                code(claim.form),
                claim.channel.map(code),
                self.quoted(&claim.content),
                json(&claim.source),
                json(&claim.cue),
                json(&claim.content),
                row(times, claim.said),
                row(places, claim.place),
                claim.confidence,
                claim.unclosed,
                first,
                count,
                self.day(said.map(|time| time.value.as_str())).0,
            ])
    }

    /// First and last day of a date, else the day of publication.
    fn day(&self, date: Option<&str>) -> (Option<String>, Option<String>) {
        let published = || self.account.published.as_deref().and_then(days);
        let days = date.and_then(days).or_else(published);
        days.map(|(from, to)| (from.to_string(), to.to_string())).unzip()
    }

    /// The first sentence that some spans touch, and how many they touch.
    fn sentences_of(&self, spans: &[Span]) -> (i64, i64) {
        let Some(all) = spans.iter().copied().reduce(Span::cover) else { return (0, 0) };
        let sentences = &self.account.sentences;
        let first = sentences.partition_point(|s| s.end <= all.start);
        let end = sentences.partition_point(|s| s.start < all.end);
        (first as i64, end.saturating_sub(first) as i64)
    }

    fn events(
        &self,
        entities: &Rows,
        times: &Rows,
        places: &Rows,
        claims: &Rows,
    ) -> rusqlite::Result<()> {
        for event in &self.account.events {
            let id = self.event(event, times, places, claims)?;
            let mut party = self.t.prepare_cached(
                "INSERT INTO parties (event, side, n, entity) VALUES (?1, ?2, ?3, ?4)",
            )?;
            for (side, list) in [("actor", &event.actor), ("recipient", &event.recipient)] {
                for (n, entity) in list.iter().enumerate() {
                    party.execute(params![id, side, n as i64, row(entities, Some(*entity))])?;
                }
            }
        }
        Ok(())
    }

    fn event(
        &self,
        event: &Event,
        times: &Rows,
        places: &Rows,
        claims: &Rows,
    ) -> rusqlite::Result<i64> {
        let (day, last_day) = self.day(event.date.as_deref());
        self.t
            .prepare_cached(
                "INSERT INTO events
                 (article, n, type, mode, contexts, polarity, modality, trigger, spans, sentence,
                  date, time, place, claim, confidence, day, last_day)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16,
                  ?17)",
            )?
            .insert(params![
                self.article,
                event.id,
                event.kind.code(),
                event.mode,
                json(&event.contexts),
                code(event.polarity),
                code(event.modality),
                self.quoted(&event.trigger),
                json(&event.trigger),
                event.sentence,
                event.date,
                row(times, event.time),
                row(places, event.place),
                row(claims, event.claim),
                event.confidence,
                day,
                last_day,
            ])
    }
}
