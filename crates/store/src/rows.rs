//! One account written as rows.

use crate::days::days;
use crate::join::actors::Actors;
use dateline_account::{Account, Claim, Entity, Event, MentionForm, Place, Span};
use rusqlite::{OptionalExtension, Statement, Transaction, params};
use serde::Serialize;

/// Writes an account, with the actors of its entities; gives its article's row.
/// The account must be sound ([`Account::check`]).
pub(crate) fn write(
    t: &Transaction<'_>,
    account: &Account,
    actors: &mut Actors,
) -> rusqlite::Result<i64> {
    let article = article(t, account)?;
    let pen = Pen { t, article, account };
    pen.sentences()?;
    pen.toponyms()?;
    pen.times()?;
    pen.entities(actors)?;
    pen.claims()?;
    pen.events()?;
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
pub(crate) fn json<T: Serialize>(list: &[T]) -> String {
    serde_json::to_string(list).unwrap_or_default()
}

/// A list as a JSON text, an empty one as NULL.
pub(crate) fn some_json<T: Serialize>(list: &[T]) -> Option<String> {
    (!list.is_empty()).then(|| json(list))
}

/// Codes, which have no spaces in them, parted by spaces; none as NULL.
fn spaced(codes: &[String]) -> Option<String> {
    (!codes.is_empty()).then(|| codes.join(" "))
}

fn article(t: &Transaction<'_>, account: &Account) -> rusqlite::Result<i64> {
    let published = account.published.as_deref();
    t.prepare_cached(
        "INSERT INTO articles
         (key, title, outlet, url, byline, published, day, language, words, notes, text)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
    )?
    .insert(params![
        account.id,
        account.title,
        account.outlet,
        account.url,
        some_json(&account.byline),
        published,
        published.and_then(days).map(|(day, _)| day.to_string()),
        account.language,
        account.text.split_whitespace().count() as i64,
        some_json(&account.notes),
        account.text,
    ])
}

/// What writes the rows of one article.
struct Pen<'a> {
    t: &'a Transaction<'a>,
    article: i64,
    account: &'a Account,
}

impl Pen<'_> {
    fn sentences(&self) -> rusqlite::Result<()> {
        let mut insert =
            self.t.prepare_cached("INSERT INTO sentences VALUES (?1, ?2, ?3, ?4, ?5)")?;
        let paragraphs = &self.account.paragraphs;
        for (n, span) in self.account.sentences.iter().enumerate() {
            let paragraph = paragraphs.partition_point(|p| p.start <= span.start).checked_sub(1);
            let paragraph = paragraph.filter(|p| paragraphs[*p].contains(*span));
            let (n, paragraph) = (n as i64, paragraph.map(|p| p as i64));
            insert.execute(params![self.article, n, span.start, span.end, paragraph])?;
        }
        Ok(())
    }

    fn toponyms(&self) -> rusqlite::Result<()> {
        let mut insert =
            self.t.prepare_cached("INSERT INTO toponyms VALUES (?1, ?2, ?3, ?4, ?5, ?6)")?;
        for (n, place) in self.account.places.iter().enumerate() {
            let (start, end, form) = (place.span.start, place.span.end, code(place.form));
            let known = self.place(place)?;
            insert.execute(params![self.article, n as i64, start, end, form, known])?;
        }
        Ok(())
    }

    /// The row of a place of the world.
    fn place(&self, place: &Place) -> rusqlite::Result<i64> {
        let values =
            params![place.name, place.geonames, place.lat, place.lon, place.country, place.feature];
        let known = self
            .t
            .prepare_cached(
                "SELECT id FROM places WHERE name = ?1 COLLATE NOCASE AND name = ?1
                 AND geonames IS ?2 AND lat IS ?3 AND lon IS ?4 AND country IS ?5
                 AND feature IS ?6",
            )?
            .query_row(values, |row| row.get(0))
            .optional()?;
        let new = || {
            let sql = "INSERT INTO places (name, geonames, lat, lon, country, feature)
                       VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
            self.t.prepare_cached(sql)?.insert(values)
        };
        known.map_or_else(new, Ok)
    }

    fn times(&self) -> rusqlite::Result<()> {
        let mut insert =
            self.t.prepare_cached("INSERT INTO times VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)")?;
        for (n, time) in self.account.times.iter().enumerate() {
            insert.execute(params![
                self.article,
                n as i64,
                time.span.start,
                time.span.end,
                code(time.kind),
                time.value,
                time.modifier,
            ])?;
        }
        Ok(())
    }

    fn entities(&self, actors: &mut Actors) -> rusqlite::Result<()> {
        let mut insert = self.t.prepare_cached(
            "INSERT INTO entities
             (article, n, name, kind, roles, country, sectors, code, toponym, names, nominals,
              pronouns, actor)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
        )?;
        for entity in &self.account.entities {
            let known = actors.of(self.t, self.article, self.account, &entity.into())?;
            self.entity(&mut insert, entity, known)?;
        }
        Ok(())
    }

    fn entity(
        &self,
        insert: &mut Statement<'_>,
        entity: &Entity,
        known: Option<i64>,
    ) -> rusqlite::Result<()> {
        let actor = entity.actor.as_ref();
        let mentions = |form: MentionForm| {
            let spans = entity.mentions.iter().filter(|m| m.form == form).map(|m| m.span);
            some_json(&spans.collect::<Vec<Span>>())
        };
        insert.execute(params![
            self.article,
            entity.id,
            entity.name,
            code(entity.kind),
            some_json(&entity.roles),
            actor.and_then(|a| a.country.as_deref()),
            actor.and_then(|a| spaced(&a.sectors)),
            actor.map(|a| a.code.as_str()),
            entity.place,
            mentions(MentionForm::Name),
            mentions(MentionForm::Nominal),
            mentions(MentionForm::Pronoun),
            known,
        ])?;
        Ok(())
    }

    fn claims(&self) -> rusqlite::Result<()> {
        let mut insert = self.t.prepare_cached(
            "INSERT INTO claims VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13,
             ?14, ?15, ?16, ?17, ?18, ?19)",
        )?;
        self.account.claims.iter().try_for_each(|claim| self.claim(&mut insert, claim))
    }

    fn claim(&self, insert: &mut Statement<'_>, claim: &Claim) -> rusqlite::Result<()> {
        let said = claim.said.and_then(|at| self.account.times.get(at as usize));
        let day = said.and_then(|time| days(&time.value)).map(|(day, _)| day.to_string());
        let (sentence, sentences) = self.sentences_of(&claim.content);
        insert.execute(params![
            self.article,
            claim.id,
            claim.speaker,
            claim.addressee,
            claim.via,
            claim.stance,
            code(claim.form),
            claim.channel.map(code),
            json(&claim.source),
            json(&claim.cue),
            json(&claim.content),
            sentence,
            sentences,
            claim.said,
            day,
            claim.place,
            claim.within,
            claim.confidence,
            claim.unclosed,
        ])?;
        Ok(())
    }

    /// The first sentence that some spans touch, and how many they touch.
    fn sentences_of(&self, spans: &[Span]) -> (i64, i64) {
        let Some(all) = spans.iter().copied().reduce(Span::cover) else { return (0, 0) };
        let sentences = &self.account.sentences;
        let first = sentences.partition_point(|s| s.end <= all.start);
        let end = sentences.partition_point(|s| s.start < all.end);
        (first as i64, end.saturating_sub(first) as i64)
    }

    fn events(&self) -> rusqlite::Result<()> {
        let mut insert = self.t.prepare_cached(
            "INSERT INTO events VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13,
             ?14, ?15, ?16)",
        )?;
        let mut party = self.t.prepare_cached("INSERT INTO parties VALUES (?1, ?2, ?3, ?4, ?5)")?;
        for event in &self.account.events {
            self.event(&mut insert, event)?;
            for (side, list) in [("actor", &event.actor), ("recipient", &event.recipient)] {
                for (n, entity) in list.iter().enumerate() {
                    party.execute(params![self.article, event.id, side, n as i64, entity])?;
                }
            }
        }
        Ok(())
    }

    fn event(&self, insert: &mut Statement<'_>, event: &Event) -> rusqlite::Result<()> {
        let days = event.date.as_deref().and_then(days);
        let day = days.map(|(from, _)| from.to_string());
        let last_day = days.filter(|(from, to)| from != to).map(|(_, to)| to.to_string());
        insert.execute(params![
            self.article,
            event.id,
            event.kind.code(),
            event.mode,
            spaced(&event.contexts),
            code(event.polarity),
            code(event.modality),
            json(&event.trigger),
            event.sentence,
            event.date,
            day,
            last_day,
            event.time,
            event.place,
            event.claim,
            event.confidence,
        ])?;
        Ok(())
    }
}
