//! The API: every operation answers as its description says.

use crate::common::{HOSTILE, app, get, request, send};
use axum::http::{Method, StatusCode};
use serde_json::Value;

#[tokio::test]
async fn every_operation_of_the_description_is_there() {
    let app = app(|_| {});
    let described = get(&app, "/api/v1/openapi.json").await.json();
    assert_eq!(described["openapi"], "3.1.0");
    let incident = get(&app, "/api/v1/incidents?limit=1").await.json()["data"][0]["id"].clone();
    let dispute = get(&app, "/api/v1/disputes?limit=1").await.json()["data"][0]["id"].clone();
    let person = get(&app, "/api/v1/people?limit=1").await.json()["data"][0]["id"].clone();
    let mut number = 0;
    for (path, operations) in described["paths"].as_object().unwrap() {
        if operations.get("get").is_none() {
            continue;
        }
        let id = match path.as_str() {
            "/incidents/{id}" => incident.to_string(),
            "/disputes/{id}" => dispute.to_string(),
            _ => person.to_string(),
        };
        let place = path.replace("{article}", "m1a").replace("{number}", "0").replace("{id}", &id);
        let query = if path == "/search" { "?q=troops" } else { "" };
        let answer = get(&app, &format!("/api/v1{place}{query}")).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}: {}", answer.body);
        let kind = answer.header("content-type").split(';').next().unwrap().to_owned();
        let kinds = &operations["get"]["responses"]["200"]["content"];
        assert!(kinds.get(&kind).is_some(), "{path} gives {kind}");
        number += 1;
    }
    assert!(number >= 23, "{number} operations");
    // Every reference leads somewhere.
    let text = described.to_string();
    for reference in text.split("\"$ref\":\"#").skip(1) {
        let pointer = reference.split('"').next().unwrap();
        assert!(described.pointer(pointer).is_some(), "{pointer}");
    }
}

#[tokio::test]
async fn pages_of_rows_follow_each_other_without_gap_or_repetition() {
    let app = app(|_| {});
    for list in ["articles", "claims", "events", "incidents", "people", "disputes"] {
        let filter = match list {
            "people" => "all=1",
            "disputes" => "",
            "articles" | "claims" => "since=2021",
            _ => "until=2022",
        };
        let whole = get(&app, &format!("/api/v1/{list}?limit=500&{filter}")).await.json();
        let whole = whole["data"].as_array().unwrap().clone();
        let (mut rows, mut after) = (Vec::new(), String::new());
        loop {
            let answer = get(&app, &format!("/api/v1/{list}?limit=7&{filter}{after}")).await;
            assert_eq!(answer.status, StatusCode::OK, "{list}: {}", answer.body);
            let page = answer.json();
            rows.extend(page["data"].as_array().unwrap().clone());
            let Some(next) = page["next"].as_str() else { break };
            assert!(answer.header("link").contains("rel=\"next\""));
            let mut encoded = String::new();
            next.bytes().for_each(|b| encoded += &format!("%{b:02X}"));
            after = format!("&after={encoded}");
            if rows.len() >= 490 {
                rows.truncate(490);
                break;
            }
        }
        assert!(!rows.is_empty(), "{list}");
        assert_eq!(rows[..], whole[..rows.len()], "{list}");
        assert!(rows.len() == whole.len() || rows.len() == 490, "{list}: {}", rows.len());
    }
}

#[tokio::test]
async fn filters_ask_as_the_command_does() {
    let app = app(|_| {});
    let denials = get(&app, "/api/v1/claims?stance=deny&limit=500").await.json();
    let denials = denials["data"].as_array().unwrap();
    assert!(!denials.is_empty() && denials.iter().all(|claim| claim["stance"] == "deny"));
    let assaults = get(&app, "/api/v1/events?type=assault&article=m1a").await.json();
    assert!(assaults["data"].as_array().unwrap().iter().all(|event| event["type"] == "ASSAULT"));
    let person = get(&app, "/api/v1/people?about=tareen").await.json();
    let id = &person["data"][0]["id"];
    let said = get(&app, &format!("/api/v1/claims?by=%23{id}")).await.json();
    let said = said["data"].as_array().unwrap();
    assert!(!said.is_empty() && said.iter().all(|claim| claim["speaker"]["id"] == *id));
    let network = get(&app, &format!("/api/v1/network?by=%23{id}")).await.json();
    let edges = network["edges"].as_array().unwrap();
    assert!(edges.iter().any(|e| e["actor"] == *id || e["recipient"] == *id) || edges.is_empty());
}

#[tokio::test]
async fn an_account_comes_back_as_it_was_added() {
    let app = app(|_| {});
    let mut key = String::new();
    HOSTILE.bytes().for_each(|b| key += &format!("%{b:02X}"));
    let account = get(&app, &format!("/api/v1/articles/{key}")).await.json();
    assert_eq!(account, serde_json::to_value(crate::common::hostile()).unwrap());
    let claim = get(&app, &format!("/api/v1/articles/{key}/claims/3")).await.json();
    assert_eq!((claim["claim"].clone(), claim["article"].as_str()), (3.into(), Some(HOSTILE)));
}

#[tokio::test]
async fn an_article_is_read_as_json_and_as_text() {
    let app = app(|_| {});
    let text = "\"It is over,\" Mayor Ana Lind said on Tuesday.";
    let sent = serde_json::json!({"text": text, "id": "x", "published": "2021-03-10"}).to_string();
    let json = [("content-type", "application/json")];
    let account = send(&app, request(Method::POST, "/api/v1/read", &json, &sent)).await;
    assert_eq!(account.status, StatusCode::OK, "{}", account.body);
    let plain = [("content-type", "text/plain; charset=utf-8")];
    let path = "/api/v1/read?id=x&published=2021-03-10";
    let other = send(&app, request(Method::POST, path, &plain, text)).await;
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
        ("text/html", "<p>a</p>", StatusCode::UNSUPPORTED_MEDIA_TYPE),
    ] {
        let asked = request(Method::POST, "/api/v1/read", &[("content-type", kind)], body);
        let answer = send(&app, asked).await;
        assert_eq!(answer.status, status, "{kind} {body}: {}", answer.body);
        is_problem(&answer);
    }
}

/// Whether an answer is a problem after RFC 9457.
fn is_problem(answer: &crate::common::Answer) {
    assert_eq!(answer.header("content-type"), "application/problem+json", "{}", answer.body);
    let problem = answer.json();
    assert_eq!(problem["status"], answer.status.as_u16());
    for field in ["type", "title", "detail"] {
        assert!(problem[field].as_str().is_some_and(|text| !text.is_empty()), "{problem}");
    }
}

#[tokio::test]
async fn what_is_wrong_is_a_problem() {
    let app = app(|_| {});
    for (path, status) in [
        ("/api/v1/none", StatusCode::NOT_FOUND),
        ("/api/v1/articles/none", StatusCode::NOT_FOUND),
        ("/api/v1/articles/m1a/claims/999", StatusCode::NOT_FOUND),
        ("/api/v1/people/x", StatusCode::NOT_FOUND),
        ("/api/v1/incidents/99999999999999999999", StatusCode::NOT_FOUND),
        ("/api/v1/claims?limit=0", StatusCode::BAD_REQUEST),
        ("/api/v1/claims?limit=501", StatusCode::BAD_REQUEST),
        ("/api/v1/claims?speaker=lind", StatusCode::BAD_REQUEST),
        ("/api/v1/claims?since=2021-13", StatusCode::BAD_REQUEST),
        ("/api/v1/claims?after=x", StatusCode::BAD_REQUEST),
        ("/api/v1/claims?text=%22", StatusCode::BAD_REQUEST),
        ("/api/v1/claims?text=a%20AND", StatusCode::BAD_REQUEST),
        ("/api/v1/search?q=%20%21", StatusCode::BAD_REQUEST),
        ("/api/v1/export/claims?format=xls", StatusCode::BAD_REQUEST),
    ] {
        let answer = get(&app, path).await;
        assert_eq!(answer.status, status, "{path}: {}", answer.body);
        is_problem(&answer);
    }
    let wrong = send(&app, request(Method::PUT, "/api/v1/claims", &[], "")).await;
    assert_eq!(wrong.status, StatusCode::METHOD_NOT_ALLOWED);
    is_problem(&wrong);
    // A place that is gone has nothing after it.
    let gone = get(&app, "/api/v1/claims?after=1.gone").await.json();
    assert_eq!(gone, serde_json::json!({"data": [], "next": null}));
}

#[tokio::test]
async fn exports_have_every_row_once() {
    let app = app(|_| {});
    for list in ["articles", "claims", "events", "incidents", "people", "disputes"] {
        let jsonl = get(&app, &format!("/api/v1/export/{list}?format=jsonl")).await;
        let rows: Vec<Value> =
            jsonl.body.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        let page = get(&app, &format!("/api/v1/{list}?limit=500")).await.json();
        let page = page["data"].as_array().unwrap();
        assert_eq!(rows[..page.len()], page[..], "{list}");
        let csv = get(&app, &format!("/api/v1/export/{list}")).await;
        assert!(csv.header("content-disposition").contains(&format!("{list}.csv")));
        let mut table = csv::Reader::from_reader(csv.body.as_bytes());
        let header = table.headers().unwrap().clone();
        let cells: Vec<csv::StringRecord> = table.records().map(Result::unwrap).collect();
        assert_eq!(cells.len(), rows.len(), "{list}");
        assert!(cells.iter().all(|row| row.len() == header.len()));
        let filled = |column: usize| cells.iter().any(|row| !row[column].is_empty());
        let empty: Vec<&str> =
            (0..header.len()).filter(|&c| !filled(c)).map(|c| &header[c]).collect();
        let may: &[&str] = &["url", "incident", "code", "speaker_id"];
        assert!(empty.iter().all(|name| may.contains(name)), "{list}: {empty:?} are empty");
    }
    // More than one page of rows.
    let claims = get(&app, "/api/v1/export/claims?format=jsonl").await;
    assert!(claims.body.lines().count() > 2_000, "{}", claims.body.lines().count());
}
