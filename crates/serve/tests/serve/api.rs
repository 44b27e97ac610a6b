//! The API: every operation answers as its description says.

use crate::common::{HOSTILE, app, get, is_problem, request, send};
use axum::http::{Method, StatusCode};

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
