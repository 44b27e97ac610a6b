//! An article that attacks its readers: every text of it is shown, none is
//! obeyed.

use crate::common::{EVIL, HOSTILE, app, get, page};
use axum::http::StatusCode;
use std::fmt::Write;

fn address(mark: &str) -> String {
    let mut key = String::new();
    for byte in HOSTILE.bytes() {
        let _ = write!(key, "%{byte:02X}");
    }
    format!("/article/{key}{mark}")
}

fn harmless(path: &str, html: &str) {
    for needle in ["<img", "<script>", "onerror=alert(1)>", "javascript:", "<u>", "<i>"] {
        assert!(!html.contains(needle), "{path} has {needle}");
    }
    for character in ['\u{202e}', '\u{2066}'] {
        assert!(!html.contains(character), "{path} has U+{:04X}", u32::from(character));
    }
    // Our own file is the one script.
    assert_eq!(html.matches("<script").count(), 1, "{path}");
}

#[tokio::test]
async fn nothing_of_a_hostile_article_is_markup() {
    let app = app(|_| {});
    let html = page(&app, &address("?mark=c7")).await;
    harmless("the article", &html);
    assert!(html.contains("&lt;img src=x onerror=alert(1)&gt;") && html.contains("U+202E"));
    assert_eq!(html.matches("<a id=").count(), 10_000, "each mark has its address");
    assert!(html.len() < 12_000_000, "{} bytes", html.len());
    let people = page(&app, "/search?q=onerror").await;
    harmless("search", &people);
    let person = people.split("href=\"/person/").nth(1).and_then(|p| p.split('"').next()).unwrap();
    for path in [
        "/",
        "/articles",
        "/people?all=1",
        "/incidents",
        "/incidents?about=onerror",
        "/disputes",
        "/network",
        "/timeline",
        "/map",
        &format!("/person/{person}"),
    ] {
        harmless(path, &page(&app, path).await);
    }
}

#[tokio::test]
async fn what_is_looked_for_is_text_too() {
    let app = app(|_| {});
    let mut query = String::new();
    for byte in EVIL.bytes() {
        let _ = write!(query, "%{byte:02X}");
    }
    for path in
        ["/search?q=", "/articles?about=", "/people?about=", "/timeline?actor=", "/map?place="]
    {
        harmless(path, &page(&app, &format!("{path}{query}")).await);
    }
    for path in ["/incidents?since=", "/article/", "/api/v1/claims?text=", "/api/v1/claims?"] {
        let answer = get(&app, &format!("{path}{query}")).await;
        assert!(answer.status.is_client_error(), "{path}: {}", answer.status);
        if answer.header("content-type").starts_with("text/html") {
            harmless(path, &answer.body);
        }
    }
}

#[tokio::test]
async fn a_path_never_leads_to_a_file() {
    let app = app(|_| {});
    for path in [
        "/static/../Cargo.toml",
        "/static/%2e%2e/%2e%2e/etc/passwd",
        "/static//etc/passwd",
        "/article/..%2f..%2f..%2fetc%2fpasswd",
        "/api/v1/articles/..%2f..%2fnews.db",
        "/news.db",
    ] {
        assert_eq!(get(&app, path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
}

#[tokio::test]
async fn the_policy_allows_our_own_files_only() {
    let app = app(|_| {});
    for path in ["/", "/nothing", "/api/v1/store", "/api/v1/none", "/static/page.js"] {
        let answer = get(&app, path).await;
        let policy = answer.header("content-security-policy");
        assert!(policy.starts_with("default-src 'none'") && !policy.contains("unsafe"), "{policy}");
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
        assert_eq!(answer.header("referrer-policy"), "no-referrer");
        assert!(!answer.header("x-request-id").is_empty());
    }
}
