//! Who may ask, and how much.

use crate::common::{app, get, request, send};
use axum::http::{Method, StatusCode};
use dateline_serve::{ServeError, serve};
use std::time::Duration;

const TOKEN: &str = "0123456789abcdef-secret";

#[tokio::test]
async fn without_a_token_only_this_machine_s_names_are_answered_to() {
    let app = app(|_| {});
    for host in ["localhost", "localhost:8080", "127.0.0.1:8080", "[::1]:8080", "[::1]"] {
        let request = axum::http::Request::builder().uri("/healthz").header("host", host);
        let answer = send(&app, request.body(axum::body::Body::empty()).unwrap()).await;
        assert_eq!(answer.status, StatusCode::OK, "{host}");
    }
    for host in ["evil.example", "localhost.evil.example", "127.0.0.1.evil.example", "10.0.0.1", ""]
    {
        let request = axum::http::Request::builder().uri("/api/v1/store").header("host", host);
        let answer = send(&app, request.body(axum::body::Body::empty()).unwrap()).await;
        assert_eq!(answer.status, StatusCode::MISDIRECTED_REQUEST, "{host}");
        assert_eq!(answer.header("content-type"), "application/problem+json");
    }
}

#[tokio::test]
async fn with_a_token_it_must_be_known() {
    let app = app(|settings| settings.token = Some(TOKEN.to_owned()));
    let api = get(&app, "/api/v1/store").await;
    assert_eq!(api.status, StatusCode::UNAUTHORIZED);
    assert_eq!(api.header("www-authenticate"), "Bearer");
    assert_eq!(api.header("content-type"), "application/problem+json");
    let page = get(&app, "/").await;
    assert_eq!(page.status, StatusCode::UNAUTHORIZED);
    assert!(
        page.body.contains("action=\"/enter\"") && !page.body.contains("articles"),
        "{}",
        page.body
    );
    assert_eq!(get(&app, "/healthz").await.status, StatusCode::OK);
    assert_eq!(get(&app, "/static/style.css").await.status, StatusCode::OK);

    for (given, status) in [
        (format!("Bearer {TOKEN}"), StatusCode::OK),
        (format!("bearer {TOKEN}"), StatusCode::OK),
        (format!("Bearer {TOKEN}x"), StatusCode::UNAUTHORIZED),
        ("Bearer ".to_owned(), StatusCode::UNAUTHORIZED),
        (format!("Basic {TOKEN}"), StatusCode::UNAUTHORIZED),
        (TOKEN.to_owned(), StatusCode::UNAUTHORIZED),
    ] {
        let asked = request(Method::GET, "/api/v1/store", &[("authorization", &given)], "");
        assert_eq!(send(&app, asked).await.status, status, "{given}");
    }
    // Whoever knows the token may come by any name.
    let request_ = axum::http::Request::builder()
        .uri("/api/v1/store")
        .header("host", "news.example")
        .header("authorization", format!("Bearer {TOKEN}"));
    let answer = send(&app, request_.body(axum::body::Body::empty()).unwrap()).await;
    assert_eq!(answer.status, StatusCode::OK);
}

#[tokio::test]
async fn a_browser_enters_with_the_token_and_gets_a_cookie_that_is_not_it() {
    let app = app(|settings| settings.token = Some(TOKEN.to_owned()));
    let form = [("content-type", "application/x-www-form-urlencoded")];
    let wrong = send(&app, request(Method::POST, "/enter", &form, "token=guess")).await;
    assert_eq!(wrong.status, StatusCode::UNAUTHORIZED);
    assert!(wrong.header("set-cookie").is_empty() && wrong.body.contains("not the token"));
    let entered =
        send(&app, request(Method::POST, "/enter", &form, &format!("token={TOKEN}"))).await;
    assert_eq!((entered.status, entered.header("location")), (StatusCode::SEE_OTHER, "/"));
    let cookie = entered.header("set-cookie").to_owned();
    assert!(
        cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax") && !cookie.contains(TOKEN)
    );
    let cookie = cookie.split(';').next().unwrap();
    let page = send(&app, request(Method::GET, "/", &[("cookie", cookie)], "")).await;
    assert_eq!(page.status, StatusCode::OK);
    for other in ["dateline=", "dateline=0", "other=1; dateline=abc"] {
        let page = send(&app, request(Method::GET, "/", &[("cookie", other)], "")).await;
        assert_eq!(page.status, StatusCode::UNAUTHORIZED, "{other}");
    }
}

#[tokio::test]
async fn another_site_s_page_may_send_nothing() {
    let app = app(|_| {});
    for (site, status) in [
        ("cross-site", StatusCode::FORBIDDEN),
        ("same-origin", StatusCode::OK),
        ("none", StatusCode::OK),
    ] {
        let headers = [("content-type", "text/plain"), ("sec-fetch-site", site)];
        let asked = request(Method::POST, "/api/v1/read", &headers, "The mayor said it was late.");
        assert_eq!(send(&app, asked).await.status, status, "{site}");
    }
}

#[tokio::test]
async fn requests_are_bounded() {
    let small = app(|settings| settings.limits.body = 1000);
    let text = "The mayor said it was late. ".repeat(100);
    for (path, kind) in [
        ("/api/v1/read", "text/plain"),
        ("/api/v1/read", "application/json"),
        ("/read", "multipart/form-data; boundary=X"),
    ] {
        let body = match kind {
            "application/json" => serde_json::json!({ "text": text }).to_string(),
            "text/plain" => text.clone(),
            _ => format!(
                "--X\r\nContent-Disposition: form-data; name=\"text\"\r\n\r\n{text}\r\n--X--\r\n"
            ),
        };
        let answer =
            send(&small, request(Method::POST, path, &[("content-type", kind)], &body)).await;
        assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE, "{kind}: {}", answer.body);
    }
    let hasty = app(|settings| settings.limits.time = Duration::ZERO);
    let slow = get(&hasty, "/api/v1/incidents").await;
    assert_eq!(slow.status, StatusCode::SERVICE_UNAVAILABLE, "{}", slow.body);
    assert!(slow.body.contains("too long") && !slow.header("retry-after").is_empty());
    let full = app(|settings| settings.limits.requests = 0);
    for path in ["/", "/api/v1/store"] {
        let answer = get(&full, path).await;
        assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE, "{path}");
    }
}

#[test]
fn an_address_that_others_reach_needs_a_token() {
    let settings = dateline_serve::Settings {
        store: "none.db".into(),
        reader: dateline::Reader::new().unwrap(),
        lexicons: dateline::Lexicons::embedded(),
        token: None,
        limits: dateline_serve::Limits::default(),
        log: dateline_serve::Log::Off,
    };
    let error =
        serve(settings, "0.0.0.0:0".parse().unwrap(), |_| panic!("it listens")).unwrap_err();
    assert!(matches!(error, ServeError::NoToken(_)), "{error}");
    assert!(error.to_string().contains("--token-file"), "{error}");
}
