//! Events under the column names of POLECAT, the PLOVER events of 2018 on, in
//! the order in which its weekly files have them.
//!
//! POLECAT cannot say that an event did not happen, nor that it is planned,
//! feared or demanded; so such events are left out here. Who tells of the event
//! stands in three columns of our own, to the right of POLECAT's.

use crate::accounts::Told;
use crate::cells::Cell;
use crate::columns::column;
use crate::scales::Scales;
use arrow_schema::{DataType, Field};
use dateline_account::{Entity, EntityKind, Event, MentionForm, Modality, Polarity, Span};

/// Parts the values of a column that holds several.
const BETWEEN: &str = "; ";

pub(crate) fn columns() -> Vec<Field> {
    const TEXT: DataType = DataType::Utf8;
    let side = |columns: &mut Vec<Field>, side: &str, them: &str| {
        let mut add = |name: String, about: &str| columns.push(column(&name, TEXT, about));
        add(format!("{side} Name"), &format!("names of {them}"));
        add(format!("{side} Country"), "ISO 3166-1 alpha-3, or a PLOVER stand-in");
        add(format!("{side} COW"), "always empty: Correlates of War codes are not given");
        add(format!("Primary {side} Sector"), "PLOVER sectors, of each the primary one");
        add(format!("{side} Sectors"), "all PLOVER sectors");
        add(format!("{side} Title"), "roles that the article gives");
        add(format!("{side} Name Raw"), "their words in the sentence");
        add(format!("Wikipedia {side} ID"), "always empty: Wikipedia is not looked up");
    };
    let mut columns = vec![
        column("Event ID", TEXT, "the article's id, a hyphen, and the event's number there"),
        column("Event Date", DataType::Date32, "first day of its date, else of publication"),
        column("Event Type", TEXT, "PLOVER type"),
        column("Event Mode", TEXT, "mode of that type"),
        column("Intensity", DataType::Float32, "-10 to 10, where the table of codes has numbers"),
        column("Quad Code", TEXT, "VERBAL COOPERATION, MATERIAL COOPERATION, VERBAL CONFLICT, ..."),
        column("Contexts", TEXT, "contexts"),
    ];
    side(&mut columns, "Actor", "those who act");
    side(&mut columns, "Recipient", "those acted upon");
    let rest = [
        ("Placename", TEXT, "name of the place in the gazetteer"),
        ("City", TEXT, "the same, where it is a town"),
        ("District", TEXT, "always empty: the gazetteer has no districts of towns"),
        ("Province", TEXT, "the same, where it is a first-order division"),
        ("Country", TEXT, "ISO 3166-1 alpha-3 of the place"),
        ("Latitude", DataType::Float64, "degrees north"),
        ("Longitude", DataType::Float64, "degrees east"),
        ("GeoNames ID", DataType::Int64, "GeoNames id of the place"),
        ("Raw Placename", TEXT, "its words in the article"),
        ("Feature Type", TEXT, "GeoNames feature, class.code"),
        ("Source", TEXT, "publisher"),
        ("Publication Date", DataType::Date32, "day of publication"),
        ("Story People", TEXT, "people whom the article names"),
        ("Story Organizations", TEXT, "bodies and groups that it names"),
        ("Story Locations", TEXT, "places that it names"),
        ("Language", TEXT, "BCP 47"),
        ("Version", TEXT, "the version of dateline"),
        ("Modality", TEXT, "actual, or ongoing; not a column of POLECAT's"),
        ("Told By", TEXT, "who says so; empty: the article itself. Not a column of POLECAT's"),
        ("Stance", TEXT, "and with what stance; not a column of POLECAT's"),
    ];
    columns.extend(rest.map(|(name, kind, about)| column(name, kind, about)));
    columns
}

/// Whether an event is told as one that happened.
pub(crate) fn happened(event: &Event) -> bool {
    event.polarity == Polarity::Positive
        && matches!(event.modality, Modality::Actual | Modality::Ongoing)
}

/// Some words, parted; nothing where there are none.
fn joined<'t>(words: impl IntoIterator<Item = &'t str>) -> Cell<'static> {
    let mut all: Vec<&str> = Vec::new();
    for word in words.into_iter().filter(|word| !word.is_empty()) {
        if !all.contains(&word) {
            all.push(word);
        }
    }
    if all.is_empty() { Cell::Null } else { Cell::from(all.join(BETWEEN)) }
}

/// The row of an event that happened.
pub(crate) fn row<'a>(told: &Told<'a>, event: &'a Event, scales: &Scales) -> Vec<Cell<'a>> {
    let account = told.account;
    let (quad, intensity) = scales.of(event);
    let place = event.place.and_then(|n| account.places.get(n as usize));
    let feature = place.and_then(|place| place.feature.as_deref());
    let named_if = |holds: bool| Cell::text(place.map(|p| p.name.as_str()).filter(|_| holds));
    let claim = event.claim.and_then(|n| account.claims.get(n as usize));
    let speaker = claim.and_then(|claim| account.entities.get(claim.speaker? as usize));
    let of_kind = |kinds: &[EntityKind]| {
        let named = |entity: &&Entity| entity.mentions.iter().any(|m| m.form == MentionForm::Name);
        let entities = account.entities.iter().filter(|entity| kinds.contains(&entity.kind));
        let entities = entities.filter(named);
        joined(entities.map(|entity| entity.name.as_str()))
    };
    let quad = quad.map(|quad| quad.name().replace('-', " ").to_uppercase());
    let mut row = vec![
        Cell::from(format!("{}-{}", account.id, event.id)),
        told.event_day(event),
        event.kind.code().into(),
        Cell::text(event.mode.as_deref()),
        Cell::number(intensity),
        quad.map_or(Cell::Null, Cell::from),
        joined(event.contexts.iter().map(String::as_str)),
    ];
    row.extend(side(told, event, &event.actor));
    row.extend(side(told, event, &event.recipient));
    row.extend([
        named_if(true),
        named_if(feature.is_some_and(|feature| feature.starts_with("P."))),
        Cell::Null,
        named_if(feature == Some("A.ADM1")),
        Cell::text(place.and_then(|place| place.country.as_deref())),
        Cell::number(place.and_then(|place| place.lat)),
        Cell::number(place.and_then(|place| place.lon)),
        Cell::int(place.and_then(|place| place.geonames)),
        place.map_or(Cell::Null, |place| told.words(&[place.span])),
        Cell::text(feature),
        Cell::text(account.outlet.as_deref()),
        told.published.map_or(Cell::Null, Cell::Day),
        of_kind(&[EntityKind::Person]),
        of_kind(&[EntityKind::Organization, EntityKind::Group]),
        of_kind(&[EntityKind::Place]),
        account.language.as_str().into(),
        concat!("dateline ", env!("CARGO_PKG_VERSION")).into(),
        if event.modality == Modality::Ongoing { "ongoing" } else { "actual" }.into(),
        Cell::text(speaker.map(|entity| entity.name.as_str())),
        Cell::text(claim.map(|claim| claim.stance.as_str())),
    ]);
    row
}

/// The eight cells of one side.
fn side<'a>(told: &Told<'a>, event: &Event, side: &[u32]) -> [Cell<'a>; 8] {
    let entities: Vec<&Entity> =
        side.iter().filter_map(|n| told.account.entities.get(*n as usize)).collect();
    let actors = || entities.iter().filter_map(|entity| entity.actor.as_ref());
    let sentence = told.sentence(event).unwrap_or(Span::new(0, 0));
    let raw: Vec<&str> = entities
        .iter()
        .filter_map(|entity| entity.mentions.iter().find(|m| sentence.contains(m.span)))
        .map(|mention| told.index.slice(&told.account.text, mention.span))
        .collect();
    [
        joined(entities.iter().map(|entity| entity.name.as_str())),
        joined(actors().filter_map(|actor| actor.country.as_deref())),
        Cell::Null,
        joined(actors().filter_map(|actor| actor.sectors.first()).map(String::as_str)),
        joined(actors().flat_map(|actor| &actor.sectors).map(String::as_str)),
        joined(entities.iter().flat_map(|entity| &entity.roles).map(String::as_str)),
        joined(raw),
        Cell::Null,
    ]
}
