//! Snapshots of a page, on an account made by hand.

use super::{Look, render};
use dateline::{
    Account, Actor, Article, Channel, Claim, Entity, EntityKind, Event, EventType, Form, Mention,
    MentionForm, Modality, Place, PlaceForm, Polarity, Span, TextIndex, Time, TimeType,
};

const TEXT: &str = "Defence Minister Ana Sörensen said on Tuesday that Norvania would pull \
its 400 soldiers out of Eskaria by June.\n\n“We have done what we came to do,” she told reporters \
in Halden.\n\nThe government of Eskaria denied that any date had been agreed. 埃斯卡里亚外交部表示尚未达成协议。";

/// The `nth` place where the words stand.
fn span(words: &str, nth: usize) -> Span {
    let (byte, _) = TEXT.match_indices(words).nth(nth).expect("the words are in the text");
    let index = TextIndex::new(TEXT);
    Span::new(index.code_point(byte), index.code_point(byte + words.len()))
}

fn entity(
    id: u32,
    name: &str,
    kind: EntityKind,
    code: &str,
    spans: &[(Span, MentionForm)],
) -> Entity {
    let actor = (!code.is_empty()).then(|| Actor {
        country: code.get(..3).map(str::to_owned),
        sectors: Vec::new(),
        code: code.to_owned(),
    });
    let mentions = spans.iter().map(|(span, form)| Mention { span: *span, form: *form }).collect();
    Entity {
        id,
        name: name.into(),
        kind,
        mentions,
        roles: Vec::new(),
        actor,
        place: None,
        explain: Vec::new(),
    }
}

fn claim(id: u32, content: &str, cue: &str, form: Form, stance: &str) -> Claim {
    Claim {
        id,
        source: Vec::new(),
        speaker: None,
        cue: vec![span(cue, 0)],
        content: vec![span(content, 0)],
        form,
        stance: stance.into(),
        addressee: None,
        via: None,
        channel: None,
        said: None,
        place: None,
        within: None,
        confidence: 0.9,
        unclosed: false,
        explain: Vec::new(),
    }
}

fn account() -> Account {
    use MentionForm::{Name, Nominal, Pronoun};
    let mut article = Article::new("norvania", TEXT).published("2030-05-08");
    article.title = Some("Norvania to leave Eskaria".into());
    article.outlet = Some("Example Wire".into());
    let mut account = Account::empty(&article, "en");
    account.sentences = vec![span("Defence", 0).cover(span("June.", 0))];
    let mut minister = entity(
        0,
        "Ana Sörensen",
        EntityKind::Person,
        "NOVGOV",
        &[(span("Ana Sörensen", 0), Name), (span("she", 0), Pronoun)],
    );
    minister.roles = vec!["Defence Minister".into()];
    account.entities = vec![
        minister,
        entity(1, "Norvania", EntityKind::Place, "NOV", &[(span("Norvania", 0), Name)]),
        entity(2, "Eskaria", EntityKind::Place, "ESK", &[(span("Eskaria", 0), Name)]),
        entity(3, "reporters", EntityKind::Group, "", &[(span("reporters", 0), Nominal)]),
    ];
    account.times = vec![
        time("Tuesday", "2030-05-07", TimeType::Date, None),
        time("June", "2030-06", TimeType::Date, Some("BEFORE")),
    ];
    account.places = vec![place("Norvania", 60.0, 10.0), place("Eskaria", -4.25, -70.5)];
    let mut first = claim(
        0,
        "that Norvania would pull its 400 soldiers out of Eskaria by June",
        "said",
        Form::Indirect,
        "promise",
    );
    first.source = vec![span("Defence Minister Ana Sörensen", 0)];
    (first.speaker, first.said) = (Some(0), Some(0));
    let mut second =
        claim(1, "“We have done what we came to do,”", "told reporters", Form::Direct, "assert");
    second.source = vec![span("she", 0)];
    (second.speaker, second.addressee) = (Some(0), Some(3));
    second.channel = Some(Channel::PressConference);
    let mut third = claim(2, "that any date had been agreed", "denied", Form::Indirect, "deny");
    third.source = vec![span("The government of Eskaria", 0)];
    let fourth = claim(3, "尚未达成协议", "表示", Form::Indirect, "assert");
    account.claims = vec![first, second, third, fourth];
    account.events = vec![
        event(
            0,
            EventType::Retreat,
            "pull",
            Some("withdraw"),
            Some("2030-06"),
            (Modality::Planned, Polarity::Positive),
            Some(0),
        ),
        event(
            1,
            EventType::Agree,
            "agreed",
            None,
            None,
            (Modality::Actual, Polarity::Negative),
            Some(2),
        ),
    ];
    account.notes = vec!["1 place is not valid UTF-8 and was replaced by U+FFFD".into()];
    account
}

fn time(words: &str, value: &str, kind: TimeType, modifier: Option<&str>) -> Time {
    let modifier = modifier.map(str::to_owned);
    Time { span: span(words, 0), kind, value: value.into(), modifier }
}

fn place(name: &str, lat: f64, lon: f64) -> Place {
    Place {
        span: span(name, 0),
        form: PlaceForm::Name,
        name: name.into(),
        geonames: None,
        lat: Some(lat),
        lon: Some(lon),
        country: Some(name.to_uppercase().chars().take(3).collect()),
        feature: Some("A.PCLI".into()),
    }
}

fn event(
    id: u32,
    kind: EventType,
    trigger: &str,
    mode: Option<&str>,
    date: Option<&str>,
    (modality, polarity): (Modality, Polarity),
    claim: Option<u32>,
) -> Event {
    Event {
        id,
        kind,
        mode: mode.map(str::to_owned),
        contexts: mode.map(|_| "military".to_owned()).into_iter().collect(),
        quad: None,
        intensity: None,
        cameo: None,
        actor: mode.map(|_| 1).into_iter().collect(),
        recipient: vec![2],
        trigger: vec![span(trigger, 0)],
        sentence: 0,
        date: date.map(str::to_owned),
        time: None,
        place: mode.map(|_| 1),
        polarity,
        modality,
        claim,
        confidence: 0.8,
        explain: Vec::new(),
    }
}

#[test]
fn the_account_is_sound() {
    account().check().unwrap();
}

#[test]
fn at_a_hundred_columns() {
    insta::assert_snapshot!(render(&account(), Look { width: 100, color: false }));
}

#[test]
fn at_sixty_columns() {
    let page = render(&account(), Look { width: 60, color: false });
    let columns = |line: &str| unicode_width::UnicodeWidthStr::width(line);
    assert!(page.lines().all(|line| columns(line) <= 60), "{page}");
    insta::assert_snapshot!(page);
}

#[test]
fn in_colour() {
    let page = render(&account(), Look { width: 80, color: true });
    insta::assert_snapshot!(page.replace('\u{1B}', "␛"));
}

#[test]
fn of_an_article_that_was_not_read() {
    let mut account = Account::empty(&Article::new("page", "Bonjour."), "fr");
    account.notes.push("the text is in 'fr', not English, and was not read".into());
    let page = render(&account, Look { width: 80, color: false });
    let head =
        "page\nlanguage: fr · 1 word\n! the text is in 'fr', not English, and was not read\n";
    assert_eq!(page, format!("{head}\nTEXT\n\n  Bonjour.\n"));
}

#[test]
fn an_event_is_told_in_the_terms_that_were_asked_for() {
    let mut account = account();
    let event = &mut account.events[0];
    event.quad = Some(dateline::Quad::MaterialCooperation);
    (event.intensity, event.cameo) = (Some(-2.5), Some("0874".to_owned()));
    let page = render(&account, Look { width: 120, color: false });
    let told = "planned · material cooperation · intensity -2.5 · CAMEO 0874";
    let line = page.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(line.contains(told), "{page}");
}

#[test]
fn no_terminal_is_too_narrow() {
    for width in [0, 1, 10, 31] {
        assert!(!render(&account(), Look { width, color: true }).is_empty());
    }
}
