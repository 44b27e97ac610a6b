//! Pieces that several pages have: people, quotations, events, incidents,
//! filters.

use crate::filter::Filter;
use crate::kinds::{self, Kinds};
use crate::link;
use crate::text::{count, day, plain, shorten};
use dateline_store::ask::{ArticleRow, ClaimRow, EventRow, IncidentRow, Who};
use maud::{Markup, html};

/// Most characters of a quotation in a list.
const QUOTE: usize = 420;

/// Somebody, linked to their page where the store knows them.
pub fn who(who: &Who) -> Markup {
    html! {
        @match who.id {
            Some(id) => a class="who" href=(link::person(id)) { bdi { (plain(&who.name)) } },
            None => span class="who" { bdi { (plain(&who.name)) } },
        }
        @if let Some(code) = &who.code { " " span class="code" { (plain(code)) } }
    }
}

/// Several, parted by commas.
pub fn several(side: &[Who]) -> Markup {
    html! {
        @for (at, one) in side.iter().enumerate() {
            @if at > 0 { ", " }
            (who(one))
        }
    }
}

/// Who acts toward whom.
pub fn parties(actor: &[Who], recipient: &[Who]) -> Markup {
    html! {
        (several(actor))
        @if !recipient.is_empty() { " " span class="arrow" { "→" } " " (several(recipient)) }
    }
}

/// A day, for people and for programs.
pub fn time(iso: Option<&str>) -> Markup {
    html! {
        @if let Some(iso) = iso { time datetime=(plain(iso)) { (day(iso)) } }
    }
}

/// A label that says what a stance is.
pub fn stance(stance: &str) -> Markup {
    let class = if stance == "deny" { "stance deny" } else { "stance" };
    html! { span class=(class) { (plain(stance)) } }
}

/// A type of event with its mode, in the colour of its quarter.
pub fn kind(kinds: &Kinds, kind: &str, mode: Option<&str>) -> Markup {
    let class = format!("kind {}", kinds::class(kinds.quad(kind)));
    html! {
        span class=(class) title=(kinds.definition(kind)) { (plain(kind)) }
        @if let Some(mode) = mode { " " span class="mode" { (plain(mode)) } }
    }
}

/// A quotation with who said it, when and where it stands.
pub fn quotation(claim: &ClaimRow) -> Markup {
    html! {
        article class="quotation" {
            blockquote cite=(link::article(&claim.article)) {
                p { bdi { (shorten(&claim.quote, QUOTE)) } }
            }
            p class="source" {
                @match &claim.speaker {
                    Some(speaker) => (who(speaker)),
                    None => span class="who" { "nobody named" },
                }
                " " (stance(&claim.stance))
                @if !claim.cue.is_empty() { " " span class="cue" { "“" bdi { (shorten(&claim.cue, 60)) } "”" } }
            }
            p class="meta" {
                (time(claim.day.as_deref()))
                @if let Some(outlet) = &claim.outlet { " · " bdi { (plain(outlet)) } }
                " · " a href=(link::claim(&claim.article, claim.claim)) { (title(claim.title.as_deref(), &claim.article, 72)) }
            }
        }
    }
}

/// What happened to a reading: not, planned, feared.
pub fn reading(polarity: &str, modality: &str) -> Option<String> {
    let modality = match modality {
        "actual" => None,
        "ongoing" => Some("going on"),
        other => Some(other),
    };
    match (polarity, modality) {
        ("positive", None) => None,
        ("positive", Some(modality)) => Some(modality.to_owned()),
        (_, None) => Some("did not happen".to_owned()),
        (_, Some(modality)) => Some(format!("not {modality}")),
    }
}

/// An event with its sentence.
pub fn event(kinds: &Kinds, event: &EventRow) -> Markup {
    html! {
        article class="event" {
            p class="what" {
                (kind(kinds, &event.kind, event.mode.as_deref())) " "
                span class="parties" { (parties(&event.actor, &event.recipient)) }
            }
            p class="words" { bdi { (shorten(&event.quote, QUOTE)) } }
            p class="meta" {
                (time(event.day.as_deref()))
                @if let Some(place) = &event.place { " · " bdi { (plain(place)) } }
                @if let Some(reading) = reading(&event.polarity, &event.modality) { " · " span class="reading" { (reading) } }
                @if let Some(outlet) = &event.outlet { " · " bdi { (plain(outlet)) } }
                " · " a href=(link::event(&event.article, event.event)) { "in the article" }
                @if let Some(id) = event.incident { " · " a href=(link::incident(id)) { "incident" } }
            }
        }
    }
}

/// An incident in a list.
pub fn incident(kinds: &Kinds, incident: &IncidentRow) -> Markup {
    let articles = articles(incident);
    let first = incident.reports.first();
    html! {
        article class="incident" {
            p class="what" {
                (kind(kinds, &incident.kind, incident.mode.as_deref())) " "
                span class="parties" { (parties(&incident.actor, &incident.recipient)) }
            }
            @if let Some(report) = first {
                h3 { a href=(link::incident(incident.id)) { bdi { (shorten(&report.quote, 220)) } } }
            }
            p class="meta" {
                (time(incident.day().as_deref()))
                @if let Some(place) = &incident.place { " · " bdi { (plain(place)) } }
                " · " (count(articles as i64, "article"))
                @if !incident.denied_by.is_empty() { " · " span class="denied" { "denied by " (count(incident.denied_by.len() as i64, "voice")) } }
                @if !incident.differs.is_empty() {
                    " · reports differ on " (incident.differs.iter().map(|d| d.field).collect::<Vec<_>>().join(", "))
                }
            }
        }
    }
}

/// In how many articles an incident is reported.
pub fn articles(incident: &IncidentRow) -> usize {
    incident.reports.iter().map(|r| &r.article).collect::<std::collections::BTreeSet<_>>().len()
}

/// An article in a list.
pub fn article(article: &ArticleRow) -> Markup {
    html! {
        article class="headline" {
            h3 { a href=(link::article(&article.article)) { (title(article.title.as_deref(), &article.article, 140)) } }
            p class="meta" {
                (time(article.published.as_deref()))
                @if let Some(outlet) = &article.outlet { " · " bdi { (plain(outlet)) } }
                " · " (count(article.words, "word")) " · " (count(article.claims, "claim")) " · " (count(article.events, "event"))
            }
        }
    }
}

/// A title, else the key, of so many characters at most.
pub fn title(title: Option<&str>, key: &str, most: usize) -> Markup {
    let title = title.filter(|title| !title.trim().is_empty()).unwrap_or(key);
    html! { bdi { (shorten(title, most)) } }
}

/// The way to the next page of an answer.
pub fn more(path: &str, filter: &Filter, after: Option<&str>) -> Markup {
    html! {
        @if let Some(after) = after {
            p class="more" { a href=(link::query(path, filter.without("after").chain([("after", after)]))) rel="next" { "More" } }
        }
    }
}

/// A field of a filter.
pub struct Field {
    /// Name of its parameter.
    pub name: &'static str,
    /// What stands before it.
    pub label: &'static str,
    /// What it may be like.
    pub hint: &'static str,
}

/// The fields by name.
pub fn fields(names: &[&'static str]) -> Vec<Field> {
    names
        .iter()
        .map(|&name| {
            let (label, hint) = match name {
                "by" => ("Said by", "name or role"),
                "about" => ("About", "words"),
                "actor" => ("Who acts", "name or code"),
                "recipient" => ("Toward whom", "name or code"),
                "who" => ("One actor", "name or role"),
                "type" => ("Type", ""),
                "stance" => ("Stance", "deny"),
                "since" => ("From", "year or day"),
                "until" => ("Until", "year or day"),
                "place" => ("Place", "town or country"),
                "outlet" => ("Outlet", "publisher"),
                _ => ("", ""),
            };
            Field { name, label, hint }
        })
        .collect()
}

/// A form that narrows a page down.
pub fn narrow(kinds: &Kinds, path: &str, filter: &Filter, names: &[&'static str]) -> Markup {
    // A phone shows the first two until the others are asked for, or are set.
    let set = names.iter().skip(2).any(|name| !filter.get(name).is_empty());
    html! {
        form class="filter" method="get" action=(path) aria-label="Narrow down" {
            @for (at, field) in fields(names).into_iter().enumerate() {
                @let id = format!("f-{}", field.name);
                div class=[(at >= 2).then_some("rest")] {
                    label for=(id) { (field.label) }
                    @if field.name == "type" {
                        select id=(id) name="type" {
                            option value="" { "any" }
                            @for code in kinds.codes() {
                                option value=(code) selected[code == filter.get("type")] { (code) }
                            }
                        }
                    } @else {
                        input id=(id) name=(field.name) value=(plain(filter.get(field.name))) placeholder=(field.hint);
                    }
                }
            }
            @if names.len() > 2 {
                div class="others" { input type="checkbox" id="f-others" checked[set]; label for="f-others" { "more filters" } }
            }
            div class="go" { button { "Show" } @if !filter.is_empty() { " " a class="reset" href=(path) { "all" } } }
        }
    }
}
