//! Articles that are sent to be read: as JSON, as text, as a page; over the API
//! and out of the box on the start page.

use crate::common::{Answer, EVIL, app, is_problem, request, send};
use axum::Router;
use axum::http::{Method, StatusCode};

/// A page as outlets make them, with what is no part of the article.
const PAGE: &str = "<!DOCTYPE html>
<html lang=en><head><title>Mayor denies beatings - The Courier</title>
<meta property='og:title' content='Mayor denies beatings'>
<meta property='og:site_name' content='The Courier'>
<meta property='article:published_time' content='2024-05-08T09:30:00Z'>
<style>p { color: red }</style><script>alert(1)</script></head><body>
<nav><a href='/'>Home</a> <a href='/world'>World</a></nav>
<article><h1>Mayor denies beatings</h1>
<p>Mayor Ana Lind denied on Tuesday that police had attacked protesters in Oslo, and said that
the talks with the union would go on as planned, in spite of all that had been written.</p>
<p onclick='alert(2)'>Union leader Per Berg said that officers had beaten three workers near the
harbour <img src=x onerror=alert(3)>, and demanded an inquiry &lt;script&gt;alert(4)&lt;/script&gt;
into the night. Nobody else would speak about it.</p></article>
<footer>Subscribe to our letters</footer></body></html>";

/// Sends something to the API.
async fn post(app: &Router, query: &str, kind: &str, body: &str) -> Answer {
    let path = format!("/api/v1/read{query}");
    send(app, request(Method::POST, &path, &[("content-type", kind)], body)).await
}

/// Sends the form of the start page: fields by name, `file` with its type.
async fn form(app: &Router, fields: &[(&str, &str)], file: (&str, &str)) -> Answer {
    let mut body = String::new();
    for (name, value) in fields {
        body +=
            &format!("--X\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
    }
    let (kind, bytes) = file;
    body += &format!(
        "--X\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\"\r\n\
         Content-Type: {kind}\r\n\r\n{bytes}\r\n--X--\r\n"
    );
    let kind = [("content-type", "multipart/form-data; boundary=X")];
    send(app, request(Method::POST, "/read", &kind, &body)).await
}

#[tokio::test]
async fn an_article_is_read_as_json_and_as_text() {
    let app = app(|_| {});
    let text = "\"It is over,\" Mayor Ana Lind said on Tuesday.";
    let sent = serde_json::json!({"text": text, "id": "x", "published": "2021-03-10"}).to_string();
    let account = post(&app, "", "application/json", &sent).await;
    assert_eq!(account.status, StatusCode::OK, "{}", account.body);
    let query = "?id=x&published=2021-03-10";
    let other = post(&app, query, "text/plain; charset=utf-8", text).await;
    assert_eq!(account.json(), other.json());
    let account = account.json();
    assert_eq!(account["claims"].as_array().map(Vec::len), Some(1));
    assert_eq!(account["times"][0]["value"], "2021-03-09");
    for (kind, body, status) in [
        ("application/json", "{}", StatusCode::UNPROCESSABLE_ENTITY),
        ("application/json", "{", StatusCode::BAD_REQUEST),
        ("application/json", "{\"text\": \"a\", \"other\": 1}", StatusCode::UNPROCESSABLE_ENTITY),
        ("application/json", "{\"text\": \" \"}", StatusCode::BAD_REQUEST),
        ("application/json", "{\"text\": \"a\", \"published\": \"soon\"}", StatusCode::BAD_REQUEST),
        ("text/plain", "%PDF-1.7 ...", StatusCode::BAD_REQUEST),
        ("text/plain", " ", StatusCode::BAD_REQUEST),
        ("text/html", "%PDF-1.7 ...", StatusCode::BAD_REQUEST),
        ("text/html", "<p>No article.</p>", StatusCode::UNPROCESSABLE_ENTITY),
        ("application/pdf", "%PDF-1.7 ...", StatusCode::UNSUPPORTED_MEDIA_TYPE),
    ] {
        let answer = post(&app, "", kind, body).await;
        assert_eq!(answer.status, status, "{kind} {body}: {}", answer.body);
        is_problem(&answer);
    }
    let wrong = post(&app, "?published=soon", "text/plain", "Talks went on.").await;
    assert_eq!(wrong.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn a_page_is_read_as_its_article() {
    let app = app(|_| {});
    let account = post(&app, "?outlet=Mine&published=2001-01-01", "text/html", PAGE).await.json();
    let text = account["text"].as_str().unwrap();
    assert!(
        text.starts_with("Mayor Ana Lind denied") && text.ends_with("speak about it."),
        "{text}"
    );
    for missing in ["Home", "Subscribe", "color", "alert(1)", "alert(2)", "alert(3)"] {
        assert!(!text.contains(missing), "{missing} in {text}");
    }
    // What the page says of itself stands before what is sent with it.
    assert_eq!(account["title"], "Mayor denies beatings");
    assert_eq!(account["outlet"], "The Courier");
    assert_eq!(account["times"][0]["value"], "2024-05-07");
    let stances: Vec<_> =
        account["claims"].as_array().unwrap().iter().map(|c| &c["stance"]).collect();
    assert!(stances.contains(&&"deny".into()), "{stances:?}");
    assert!(account["notes"][0].as_str().unwrap().contains("HTML"));
    // A text is a text, whatever it looks like.
    assert_eq!(post(&app, "", "text/plain", PAGE).await.json()["text"], PAGE);
    let xhtml = post(&app, "", "application/xhtml+xml;charset=utf-8", PAGE).await.json();
    assert_eq!(xhtml["text"], account["text"]);
}

#[tokio::test]
async fn a_page_is_pasted_or_uploaded_and_nothing_of_it_is_markup() {
    let app = app(|_| {});
    let evil = PAGE.replace("beatings", &EVIL.replace('<', "&lt;"));
    for (pasted, file) in [
        (PAGE, ("application/octet-stream", "")),
        (" ", ("text/html", PAGE)),
        ("", ("application/octet-stream", PAGE)),
        (evil.as_str(), ("text/plain", "Not this.")),
    ] {
        let answer = form(&app, &[("text", pasted), ("published", "")], file).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
        let html = &answer.body;
        assert!(html.contains("Mayor denies") && html.contains("The Courier"), "{html}");
        assert!(html.contains("&lt;script&gt;alert(4)") && html.contains("HTML page"));
        for needle in ["<img", "<script>", "onclick", "Subscribe", "Not this"] {
            assert!(!html.contains(needle), "{needle}");
        }
        assert_eq!(html.matches("<script").count(), 1);
    }
    let empty = form(&app, &[("text", "")], ("application/octet-stream", "")).await;
    assert_eq!(empty.status, StatusCode::BAD_REQUEST);
    assert!(empty.body.contains("no text"), "{}", empty.body);
    let front = form(&app, &[("text", "<html><p>Short.")], ("text/plain", "")).await;
    assert_eq!(front.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(front.body.contains("no article was found"), "{}", front.body);
}

#[tokio::test]
async fn a_text_has_a_limit_of_its_own() {
    let app = app(|settings| settings.limits.text = 1000);
    let padding = "<!-- nothing -->".repeat(200);
    let page = PAGE.replace("<nav>", &format!("{padding}<nav>"));
    assert_eq!(post(&app, "", "text/html", &page).await.status, StatusCode::OK);
    let long = post(&app, "", "text/plain", &"The mayor said it was late. ".repeat(100)).await;
    assert_eq!(long.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert!(long.body.contains("kilobytes of text"), "{}", long.body);
}
