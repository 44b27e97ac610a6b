//! Every page is there, says what it should, and leads on.

use crate::common::{app, fresh, get, page, request, send};
use axum::http::{Method, StatusCode, header};
use dateline::{Account, Article};
use dateline_store::{OnClash, Store};

/// The addresses that a page leads to.
fn links(html: &str) -> Vec<String> {
    let parts = html.split("href=\"").skip(1).filter_map(|part| part.split('"').next());
    parts.map(|link| link.replace("&amp;", "&")).collect()
}

fn first(html: &str, prefix: &str) -> String {
    let found = links(html).into_iter().find(|link| link.starts_with(prefix));
    found.unwrap_or_else(|| panic!("no link to {prefix}"))
}

#[tokio::test]
async fn every_page_leads_to_pages_that_are_there() {
    let app = app(|_| {});
    let mut seen = std::collections::BTreeSet::new();
    let mut next = vec!["/".to_owned()];
    while let Some(link) = next.pop() {
        // A mark's address is its article's page, lit up.
        let path = link.split('#').next().unwrap_or_default();
        let path = path.split("?mark=").next().unwrap_or_default().to_owned();
        if path.is_empty() || seen.len() > 250 || !seen.insert(path.clone()) {
            continue;
        }
        assert!(path.starts_with('/'), "{path} is somebody else's");
        let answer = get(&app, &path).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}: {}", answer.body);
        if answer.header("content-type").starts_with("text/html") {
            let html = &answer.body;
            assert!(html.contains("<main") && html.contains("<h1"), "{path}");
            for needle in [" style=", "<style", "javascript:", " onclick", "=\"http", "=\"//"] {
                assert!(!html.contains(needle), "{path} has {needle}");
            }
            next.extend(links(html));
        }
    }
    for part in ["/article/", "/person/", "/incident/", "/dispute/", "/search", "/api/v1/"] {
        let enough = part != "/search";
        assert!(!enough || seen.iter().any(|path| path.starts_with(part)), "{part} was not found");
    }
}

#[tokio::test]
async fn an_article_ties_a_claim_together() {
    let app = app(|_| {});
    let html = page(&app, "/article/m1a?mark=c0").await;
    assert!(html.contains("<a id=\"c0\"></a>") && html.contains("Article m1a"), "{html}");
    for part in ["content", "source", "cue"] {
        let lit = format!("{part} lit").replace("source lit", "lit source");
        let found = html.contains(&lit) || html.contains(&format!("lit {part}"));
        assert!(found, "{part} is not lit: {html}");
    }
    assert!(html.contains("id=\"layer-claims\"") && html.contains("entry claim lit"));
    // Without a mark nothing is lit.
    assert!(!page(&app, "/article/m1a").await.contains(" lit"));
}

#[tokio::test]
async fn a_person_leads_to_another_article_of_theirs() {
    let app = app(|_| {});
    let html = page(&app, "/search?q=tareen").await;
    let person = page(&app, &first(&html, "/person/")).await;
    assert!(person.contains("Imran Tareen"), "{person}");
    let articles: std::collections::BTreeSet<String> = links(&person)
        .into_iter()
        .filter(|link| link.starts_with("/article/"))
        .map(|link| link.split('?').next().unwrap_or_default().to_owned())
        .collect();
    assert!(articles.len() >= 2, "{articles:?}");
    let path = first(&html, "/person/");
    let none = page(&app, &format!("{path}?about=locomotive")).await;
    assert!(none.contains("No such quotation"), "{none}");
}

#[tokio::test]
async fn an_incident_shows_reports_side_by_side_and_a_dispute_both_sides() {
    let app = app(|_| {});
    let dispute = page(&app, &first(&page(&app, "/disputes").await, "/dispute/")).await;
    assert_eq!(dispute.matches("<blockquote").count(), 2, "{dispute}");
    let start = page(&app, "/").await;
    let incident = page(&app, &first(&start, "/incident/")).await;
    assert!(incident.matches("class=\"report\"").count() >= 2, "{incident}");
    assert!(
        incident.contains("What agrees, what differs") && incident.contains("Who says it did not")
    );
}

#[tokio::test]
async fn pictures_are_drawn_and_narrowed() {
    let app = app(|_| {});
    let network = page(&app, "/network").await;
    assert!(network.contains("class=\"edge q4\"") && network.contains("class=\"node"), "{network}");
    let narrow = page(&app, "/network?quad=q4").await;
    assert!(narrow.contains("edge q4") && !narrow.contains("edge q1"));
    let none = page(&app, "/network?since=1950&until=1951").await;
    assert!(none.contains("Nobody acts toward anybody"), "{none}");
    assert!(page(&app, "/timeline").await.contains("<rect class=\"q4\""));
    let map = page(&app, "/map?place=Quetta").await;
    assert!(map.contains("class=\"spot q4") && map.contains("class=\"land\""), "{map}");
}

#[tokio::test]
async fn more_leads_through_all_rows_and_repeats_none() {
    let app = app(|_| {});
    let (mut path, mut seen) = ("/incidents".to_owned(), Vec::new());
    loop {
        let html = page(&app, &path).await;
        let main = html.split("<main").nth(1).unwrap();
        seen.extend(links(main).into_iter().filter(|link| link.starts_with("/incident/")));
        match links(main).into_iter().find(|link| link.contains("after=")) {
            Some(next) => path = next,
            None => break,
        }
    }
    let all: std::collections::BTreeSet<&String> = seen.iter().collect();
    assert!(seen.len() > 25 && all.len() == seen.len(), "{} of {}", all.len(), seen.len());
}

#[tokio::test]
async fn an_article_that_is_sent_is_read_and_not_kept() {
    let app = app(|_| {});
    let before = get(&app, "/api/v1/store").await.body;
    let text = "The <b>mayor</b>, Ana Lind, denied on Tuesday that police had attacked protesters in Oslo.";
    let field = |name: &str, value: &str| {
        format!("--XX\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
    };
    let body = field("text", text) + &field("published", "2021-03-10") + "--XX--\r\n";
    let kind = [("content-type", "multipart/form-data; boundary=XX")];
    let answer = send(&app, request(Method::POST, "/read", &kind, &body)).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    assert!(
        answer.body.contains("&lt;b&gt;mayor") && answer.body.contains("deny"),
        "{}",
        answer.body
    );
    assert!(answer.body.contains("9 Mar 2021"), "Tuesday is not resolved: {}", answer.body);
    assert_eq!(get(&app, "/api/v1/store").await.body, before);
    let empty = send(&app, request(Method::POST, "/read", &kind, "--XX--\r\n")).await;
    assert_eq!(empty.status, StatusCode::BAD_REQUEST);
    assert!(empty.body.contains("no text") && empty.body.contains("<main"), "{}", empty.body);
}

#[tokio::test]
async fn what_is_not_there_is_told_as_a_page() {
    let app = app(|_| {});
    for path in
        ["/nothing", "/article/none", "/person/0", "/person/x", "/incident/99999", "/dispute/-1"]
    {
        let answer = get(&app, path).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
        assert!(answer.body.contains("<main"), "{path}: {}", answer.body);
    }
    for path in ["/timeline?since=tomorrow", "/incidents?after=x", "/network?nodes=0"] {
        assert_eq!(get(&app, path).await.status, StatusCode::BAD_REQUEST, "{path}");
    }
    let wrong = send(&app, request(Method::DELETE, "/people", &[], "")).await;
    assert_eq!(wrong.status, StatusCode::METHOD_NOT_ALLOWED);
}

#[tokio::test]
async fn what_has_not_changed_is_not_sent_again() {
    let app = app(|_| {});
    for path in ["/", "/article/m1a", "/api/v1/claims", "/static/style.css"] {
        let first = get(&app, path).await;
        let tag = first.header(header::ETAG.as_str()).to_owned();
        assert!(tag.len() > 10, "{path} has no ETag");
        for known in [tag.clone(), format!("W/{tag}"), format!("\"x\", {tag}"), "*".to_owned()] {
            let again =
                send(&app, request(Method::GET, path, &[("if-none-match", &known)], "")).await;
            assert_eq!(again.status, StatusCode::NOT_MODIFIED, "{path} {known}");
            assert!(again.body.is_empty() && again.header("etag") == tag);
        }
        let other = send(&app, request(Method::GET, path, &[("if-none-match", "\"x\"")], "")).await;
        assert_eq!(other.status, StatusCode::OK);
    }
}

#[tokio::test]
async fn what_is_added_meanwhile_shows_at_the_next_request() {
    let path = fresh("meanwhile");
    let mut store = Store::create(&path).unwrap();
    let app = app(|settings| settings.store = path);
    let account = |id: &str, text: &str| Account::empty(&Article::new(id, text), "en");
    let added = [
        ("first", "Talks went on."),
        ("second", "A bridge was opened over the northern river."),
        ("third", "Farmers sold more wheat than a year ago, the ministry found."),
    ];
    for (number, (id, text)) in added.into_iter().enumerate() {
        for _ in 0..2 {
            let before = get(&app, "/api/v1/store").await.json();
            assert_eq!(before["articles"], number);
            assert!(!page(&app, "/articles").await.contains(id));
            assert_eq!(get(&app, &format!("/article/{id}")).await.status, StatusCode::NOT_FOUND);
        }
        store.add(&[account(id, text)], OnClash::Keep).unwrap();
        assert!(page(&app, "/articles").await.contains(id));
        assert_eq!(get(&app, &format!("/article/{id}")).await.status, StatusCode::OK);
    }
}
