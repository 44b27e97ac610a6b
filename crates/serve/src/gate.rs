//! Who may ask: the names this machine is asked by, and the token.
//!
//! Without a token only this machine's own names are answered to, so that a page
//! of somebody else's whose name is made to point at this machine (DNS
//! rebinding) reads nothing. With one, programs send it as `Authorization:
//! Bearer`, and browsers give it once for a cookie. The cookie is a number made
//! when the server starts, not the token.

use crate::Shared;
use crate::pages::layout::{Page, page};
use crate::problem::{Problem, told};
use axum::Form;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{Html, IntoResponse, Redirect, Response};
use maud::html;
use serde::Deserialize;
use std::fmt::Write;
use std::hint::black_box;

const COOKIE: &str = "dateline";

/// Nothing but our own files: no script, style, picture, font or frame of
/// anybody else's, and none that stands in a page.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; \
                      connect-src 'self'; form-action 'self'; base-uri 'none'; \
                      frame-ancestors 'none'";

/// What the gate asks for.
pub struct Gate {
    token: Option<String>,
    cookie: String,
}

impl Gate {
    /// A gate that asks for this token, if any.
    pub fn new(token: Option<String>) -> Self {
        let mut secret = [0u8; 32];
        // Without chance there is no cookie that could be guessed: nobody gets in by one.
        let cookie = getrandom::fill(&mut secret).map(|()| {
            secret.iter().fold(String::new(), |mut hex, byte| {
                let _ = write!(hex, "{byte:02x}");
                hex
            })
        });
        Self { token, cookie: cookie.unwrap_or_default() }
    }

    /// Whether a request knows the token.
    fn knows(&self, headers: &HeaderMap) -> bool {
        let Some(token) = &self.token else { return true };
        let bearer = headers
            .get(header::AUTHORIZATION)
            .and_then(|value| value.to_str().ok())
            .and_then(|value| value.split_once(' '))
            .filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"));
        if bearer.is_some_and(|(_, given)| same(given.trim(), token)) {
            return true;
        }
        let cookies = headers.get_all(header::COOKIE).iter().filter_map(|c| c.to_str().ok());
        let mut ours = cookies
            .flat_map(|cookies| cookies.split(';'))
            .filter_map(|cookie| cookie.trim().split_once('='))
            .filter(|(name, _)| *name == COOKIE);
        !self.cookie.is_empty() && ours.any(|(_, given)| same(given, &self.cookie))
    }
}

/// Whether two texts are the same, in a time that depends on their lengths only.
fn same(given: &str, wanted: &str) -> bool {
    let (given, wanted) = (given.as_bytes(), wanted.as_bytes());
    let mut differs = u8::from(given.len() != wanted.len());
    for (at, given) in given.iter().enumerate() {
        let byte = wanted.get(at % wanted.len().max(1)).copied().unwrap_or_default();
        differs = black_box(differs | (given ^ byte));
    }
    black_box(differs) == 0
}

/// Lets requests through that may ask, and puts the headers on every answer
/// that keep a browser from doing more than it should.
pub async fn guard(State(app): State<Shared>, request: Request, next: Next) -> Response {
    let path = request.uri().path().to_owned();
    let open = path == "/healthz" || path == "/enter" || path.starts_with("/static/");
    let mut response = if app.gate.token.is_none() && !is_here(&request) {
        let detail = "without a token, only localhost is answered to";
        told(&path, Problem::new(StatusCode::MISDIRECTED_REQUEST, detail))
    } else if is_foreign(&request) {
        let detail = "another site's page may not send this";
        told(&path, Problem::new(StatusCode::FORBIDDEN, detail))
    } else if open || app.gate.knows(request.headers()) {
        next.run(request).await
    } else if path.starts_with("/api/v1") {
        let detail = "send the token that the server was started with as 'Authorization: Bearer'";
        let mut response = Problem::new(StatusCode::UNAUTHORIZED, detail).into_response();
        let bearer = HeaderValue::from_static("Bearer");
        response.headers_mut().insert(header::WWW_AUTHENTICATE, bearer);
        response
    } else {
        let mut response = form(false).into_response();
        *response.status_mut() = StatusCode::UNAUTHORIZED;
        response
    };
    let headers = response.headers_mut();
    for (name, value) in [
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "no-referrer"),
        (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
        (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
        (HeaderName::from_static("permissions-policy"), "camera=(), geolocation=(), microphone=()"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    response
}

/// Whether this machine is asked by one of its own names.
fn is_here(request: &Request) -> bool {
    let host = request.headers().get(header::HOST).and_then(|host| host.to_str().ok());
    let Some(host) = host.or(request.uri().authority().map(|authority| authority.as_str())) else {
        return false;
    };
    let name = match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|b| b.is_ascii_digit()) => name,
        _ => host,
    };
    name.eq_ignore_ascii_case("localhost")
        || name
            .trim_matches(['[', ']'])
            .parse::<std::net::IpAddr>()
            .is_ok_and(|ip| ip.is_loopback())
}

/// Whether a page of another site sends something.
fn is_foreign(request: &Request) -> bool {
    let reads = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    let site = request.headers().get("sec-fetch-site").and_then(|site| site.to_str().ok());
    !reads && matches!(site, Some("cross-site" | "same-site"))
}

/// The page that asks for the token.
fn form(wrong: bool) -> Html<String> {
    let body = html! {
        section class="lead" {
            h1 { "This store is closed" }
            p { "Its owner has given a token to those who may read it." }
            @if wrong { p class="warning" role="alert" { "That is not the token." } }
            form class="line" method="post" action="/enter" {
                label for="token" { "Token" }
                input id="token" name="token" type="password" required autocomplete="current-password" autofocus;
                button { "Enter" }
            }
        }
    };
    Html(page(&Page { title: "Enter", bare: true, ..Page::default() }, body).into_string())
}

/// What the form sends.
#[derive(Deserialize)]
pub struct Entry {
    token: String,
}

/// Gives a cookie for the token.
pub async fn enter(State(app): State<Shared>, Form(entry): Form<Entry>) -> Response {
    let Some(token) = &app.gate.token else { return Redirect::to("/").into_response() };
    if !same(entry.token.trim(), token) || app.gate.cookie.is_empty() {
        return (StatusCode::UNAUTHORIZED, form(true)).into_response();
    }
    let cookie = format!("{COOKIE}={}; Path=/; HttpOnly; SameSite=Lax", app.gate.cookie);
    ([(header::SET_COOKIE, cookie)], Redirect::to("/")).into_response()
}

/// The page that asks for the token, asked for itself.
pub async fn entry() -> Html<String> {
    form(false)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_same_is_the_same() {
        assert!(same("secret", "secret"));
        for other in ["", "secre", "secrets", "secretsecret", "Secret"] {
            assert!(!same(other, "secret"), "{other}");
        }
        assert!(!same("a", ""));
    }
}
