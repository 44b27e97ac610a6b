//! A store of thirty short articles and a hostile one, and a router over it.

use axum::Router;
use axum::body::{Body, Bytes};
use axum::http::{HeaderMap, Method, Request, StatusCode, header};
use dateline::{
    Account, Actor, Article, Claim, Entity, EntityKind, Event, EventType, Form, Lexicons, Mention,
    MentionForm, Modality, Place, PlaceForm, Polarity, Reader, Span, Time, TimeType,
};
use dateline_serve::{Limits, Log, Settings, router};
use dateline_store::{OnClash, Store};
use http_body_util::BodyExt;
use std::path::PathBuf;
use std::sync::LazyLock;
use tower::ServiceExt;

/// Articles on invented incidents, as in the tests of the command.
const ARTICLES: &str = include_str!("../../../cli/tests/incidents/articles.tsv");

/// The key of the hostile article.
pub const HOSTILE: &str = "../..//<script>alert(1)</script>?a=\"b\"#%2e";
/// What it tries in each place where text goes.
pub const EVIL: &str =
    "\"><img src=x onerror=alert(1)><script>alert(2)</script>\u{202e}gpj.exe\u{2066}";

/// The store, made once.
static STORE: LazyLock<PathBuf> = LazyLock::new(|| {
    let path = fresh("all");
    let reader = Reader::new().unwrap();
    let rows = ARTICLES.lines().filter(|line| !line.starts_with('#')).skip(1).take(30);
    let mut accounts: Vec<Account> = rows
        .map(|line| {
            let [id, _, outlet, published, _, text] = line.split('\t').collect::<Vec<_>>()[..]
            else {
                panic!("six cells: {line}")
            };
            let article = Article {
                outlet: Some(outlet.to_owned()),
                title: Some(format!("Article {id}")),
                ..Article::new(id, text).published(published)
            };
            reader.read(&article).unwrap()
        })
        .collect();
    accounts.push(hostile());
    let mut store = Store::create(&path).unwrap();
    store.add(&accounts, OnClash::Keep).unwrap();
    store.join(|_| {}).unwrap();
    path
});

/// Where a store of this name may be made.
pub fn fresh(name: &str) -> PathBuf {
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("serve-{name}"));
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).expect("a folder for the test");
    folder.join("news.db")
}

/// An account of ten thousand marks in which every text is hostile.
pub fn hostile() -> Account {
    const CLAIMS: u32 = 2_000;
    const EVENTS: u32 = 100;
    const OTHERS: u32 = 3_950;
    let text = format!("{EVIL} said {} ", EVIL).repeat(60);
    let length = text.chars().count() as u32;
    let article = Article {
        title: Some(EVIL.to_owned()),
        outlet: Some(EVIL.to_owned()),
        url: Some("javascript:alert(1)".to_owned()),
        byline: vec![EVIL.to_owned()],
        ..Article::new(HOSTILE, text).published("2021-03-09")
    };
    let mut account = Account::empty(&article, "en");
    account.notes = vec![EVIL.to_owned()];
    account.sentences = vec![Span::new(0, length)];
    account.paragraphs = account.sentences.clone();
    let span = |n: u32| Span::new(n % (length / 2), (n % (length / 2) + 1 + n % 97).min(length));
    account.entities.push(Entity {
        id: 0,
        name: EVIL.to_owned(),
        kind: EntityKind::Person,
        mentions: vec![Mention { span: span(0), form: MentionForm::Name }],
        roles: vec![EVIL.to_owned()],
        actor: Some(Actor { country: None, sectors: vec!["GOV".into()], code: "<u>".into() }),
        place: None,
        explain: Vec::new(),
    });
    for n in 0..OTHERS {
        account.times.push(Time {
            span: span(n * 3),
            kind: TimeType::Date,
            value: EVIL.to_owned(),
            modifier: None,
        });
        account.places.push(Place {
            span: span(n * 5),
            form: PlaceForm::Name,
            name: EVIL.to_owned(),
            geonames: None,
            lat: Some(1.0),
            lon: Some(2.0),
            country: Some("<i>".to_owned()),
            feature: None,
        });
    }
    for n in 0..CLAIMS {
        account.claims.push(Claim {
            id: n,
            source: vec![span(n)],
            speaker: Some(0),
            cue: vec![span(n + 9)],
            content: vec![span(n + 20)],
            form: Form::Direct,
            stance: EVIL.to_owned(),
            addressee: None,
            via: None,
            channel: None,
            said: None,
            place: None,
            within: None,
            confidence: 0.5,
            unclosed: false,
            explain: Vec::new(),
        });
    }
    for n in 0..EVENTS {
        account.events.push(Event {
            id: n,
            kind: EventType::Assault,
            mode: Some(EVIL.to_owned()),
            contexts: Vec::new(),
            quad: None,
            intensity: None,
            cameo: None,
            actor: vec![0],
            recipient: Vec::new(),
            trigger: vec![span(n * 7)],
            sentence: 0,
            date: Some(EVIL.to_owned()),
            time: None,
            place: Some(n),
            polarity: Polarity::Positive,
            modality: Modality::Actual,
            claim: Some(n),
            confidence: 0.5,
            explain: Vec::new(),
        });
    }
    account
}

/// A router over the store, as `set` changes its settings.
pub fn app(set: impl FnOnce(&mut Settings)) -> Router {
    let mut settings = Settings {
        store: STORE.clone(),
        reader: Reader::new().unwrap(),
        lexicons: Lexicons::embedded(),
        token: None,
        limits: Limits::default(),
        log: Log::Off,
    };
    set(&mut settings);
    router(settings).unwrap()
}

/// An answer.
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    /// The body, where it is text.
    pub body: String,
    pub bytes: Bytes,
}

impl Answer {
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.body).unwrap_or_else(|e| panic!("{e}: {}", self.body))
    }
}

/// Sends a request of this machine.
pub async fn send(app: &Router, request: Request<Body>) -> Answer {
    let response = app.clone().oneshot(request).await.unwrap();
    let (parts, body) = response.into_parts();
    let bytes = body.collect().await.unwrap().to_bytes();
    let body = String::from_utf8(bytes.to_vec()).unwrap_or_default();
    Answer { status: parts.status, headers: parts.headers, body, bytes }
}

/// A request of this machine with some headers.
pub fn request(method: Method, path: &str, headers: &[(&str, &str)], body: &str) -> Request<Body> {
    let mut request = Request::builder().method(method).uri(path).header(header::HOST, "localhost");
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    request.body(Body::from(body.to_owned())).unwrap()
}

/// Gets a page.
pub async fn get(app: &Router, path: &str) -> Answer {
    send(app, request(Method::GET, path, &[], "")).await
}

/// Gets a page that must be there.
pub async fn page(app: &Router, path: &str) -> String {
    let answer = get(app, path).await;
    assert_eq!(answer.status, StatusCode::OK, "{path}: {}", answer.body);
    answer.body
}

/// That an answer is a problem after RFC 9457.
pub fn is_problem(answer: &Answer) {
    assert_eq!(answer.header("content-type"), "application/problem+json", "{}", answer.body);
    let problem = answer.json();
    assert_eq!(problem["status"], answer.status.as_u16());
    for field in ["type", "title", "detail"] {
        assert!(problem[field].as_str().is_some_and(|text| !text.is_empty()), "{problem}");
    }
}
