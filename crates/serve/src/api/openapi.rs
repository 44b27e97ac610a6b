//! The OpenAPI 3.1 description, made of the list of operations and of the types
//! themselves: OpenAPI 3.1 takes JSON Schema as it is.

use super::layout::Layout;
use super::operations::{Gives, Operation, operations};
use super::read::ToRead;
use super::things::Found;
use super::{MOST, USUAL};
use crate::filter::PARAMETERS;
use crate::problem::Problem;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use dateline::Account;
use dateline_store::ask::{
    ActorRow, ArticleRow, ClaimRow, DisputeRow, EventRow, IncidentRow, Network, Page, PlaceRow,
    Size, Spread,
};
use schemars::generate::SchemaSettings;
use serde_json::{Map, Value, json};
use std::sync::LazyLock;

static DOCUMENT: LazyLock<String> = LazyLock::new(|| format!("{:#}\n", document()));

/// Shows the description.
pub async fn show() -> Response {
    ([(header::CONTENT_TYPE, "application/json")], DOCUMENT.as_str()).into_response()
}

/// What is said of a parameter: its schema and a sentence.
pub fn parameter(name: &str) -> (Value, String) {
    let known = PARAMETERS.iter().find(|parameter| parameter.name == name);
    match name {
        "after" => (
            json!({"type": "string", "pattern": "^([0-9]{1,18}(\\.[\\s\\S]*)?)?$"}),
            "The `next` of an answer: what comes after it.".to_owned(),
        ),
        "limit" => (
            json!({"type": "integer", "minimum": 1, "maximum": MOST, "default": USUAL}),
            "Most rows.".to_owned(),
        ),
        "format" => (
            json!({"type": "string", "enum": Layout::ALL.map(|(name, _)| name), "default": "csv"}),
            "Layout of the export.".to_owned(),
        ),
        "all" => (json!({"type": "string", "examples": ["1"]}), "1: not only people.".to_owned()),
        "q" => (json!({"type": "string", "pattern": "[A-Za-z0-9]"}), "Words.".to_owned()),
        "since" | "until" => (
            json!({"type": "string", "pattern": "^([12][0-9]{3}(-(0[1-9]|1[0-2])(-(0[1-9]|1[0-9]|2[0-8]))?)?)?$"}),
            known.map_or_else(String::new, |p| p.about.to_owned()),
        ),
        "published" => (
            json!({"type": "string", "examples": ["2022-02-16"]}),
            "Day or time of publication, of a plain text or of a page that does not say it."
                .to_owned(),
        ),
        "id" | "title" | "outlet" | "url" if known.is_none() || name != "outlet" => (
            json!({"type": "string"}),
            format!("The article's {name}, of a plain text or of a page that does not say it."),
        ),
        _ => match known {
            Some(known) => {
                (json!({"type": "string", "examples": [known.example]}), known.about.to_owned())
            }
            None => (json!({"type": "string"}), String::new()),
        },
    }
}

fn document() -> Value {
    let mut generator = SchemaSettings::draft2020_12()
        .with(|settings| settings.definitions_path = "/components/schemas".into())
        .into_generator();
    macro_rules! known {
        ($($kind:ty),*) => {{ $(generator.subschema_for::<$kind>();)* }};
    }
    known!(
        Account,
        ActorRow,
        ArticleRow,
        ClaimRow,
        DisputeRow,
        EventRow,
        Found,
        IncidentRow,
        Network,
        Page,
        PlaceRow,
        Problem,
        Size,
        Spread,
        ToRead
    );
    let schemas = generator.take_definitions(true);
    let mut paths: Map<String, Value> = Map::new();
    for operation in operations() {
        let path = paths.entry(operation.path.clone()).or_insert_with(|| json!({}));
        path[operation.method] = described(&operation);
    }
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "dateline",
            "version": env!("CARGO_PKG_VERSION"),
            "summary": "Questions to a store of accounts: who said what, who did what to whom, when, where.",
            "license": {"name": "MIT OR Apache-2.0", "identifier": "MIT OR Apache-2.0"},
        },
        "servers": [{"url": "/api/v1"}],
        "security": [{}, {"token": []}],
        "paths": paths,
        "components": {
            "schemas": schemas,
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer", "description": "Where the server was started with a token."}},
            "responses": {"Problem": {
                "description": "What is wrong, after RFC 9457.",
                "content": {"application/problem+json": {"schema": reference("Problem")}},
            }},
        },
    })
}

fn reference(schema: &str) -> Value {
    json!({"$ref": format!("#/components/schemas/{schema}")})
}

fn described(operation: &Operation) -> Value {
    let mut parameters: Vec<Value> = operation
        .places
        .iter()
        .map(|(name, kind)| {
            let schema = match *kind {
                "integer" => json!({"type": "integer", "format": "int64"}),
                kind => json!({"type": kind, "minLength": 1}),
            };
            json!({"name": name, "in": "path", "required": true, "schema": schema})
        })
        .collect();
    for name in &operation.parameters {
        let (schema, about) = parameter(name);
        parameters.push(json!({
            "name": name, "in": "query", "required": *name == "q", "description": about, "schema": schema,
        }));
    }
    let json_of = |schema: Value| json!({"application/json": {"schema": schema}});
    let content = match operation.gives {
        Gives::One(schema) => json_of(reference(schema)),
        Gives::Many(schema) => json_of(json!({"type": "array", "items": reference(schema)})),
        Gives::Page(schema) => json_of(json!({
            "type": "object",
            "required": ["data", "next"],
            "properties": {
                "data": {"type": "array", "items": reference(schema)},
                "next": {"type": ["string", "null"], "description": "What to send as `after` for the next page."},
            },
        })),
        Gives::Export => Layout::ALL
            .iter()
            .map(|(_, layout)| {
                let kind = layout.kind().split(';').next().unwrap_or_default();
                // What is no text has no schema, as OpenAPI 3.1 has it.
                let schema =
                    if *layout == Layout::Parquet { json!({}) } else { json!({"type": "string"}) };
                (kind.to_owned(), json!({"schema": schema}))
            })
            .collect::<Map<_, _>>()
            .into(),
    };
    let problem = json!({"$ref": "#/components/responses/Problem"});
    let mut responses = json!({
        "200": {"description": "The answer.", "content": content},
        "400": problem, "401": problem, "404": problem, "503": problem,
    });
    let mut described = json!({
        "operationId": operation.id, "summary": operation.summary, "parameters": parameters,
    });
    if operation.method == "post" {
        for status in ["413", "415", "422"] {
            responses[status] = problem.clone();
        }
        described["requestBody"] = json!({
            "required": true,
            "content": {
                "application/json": {"schema": reference("ToRead")},
                "text/plain": {"schema": {"type": "string", "minLength": 1}},
                "text/html": {"schema": {"type": "string", "minLength": 1}},
            },
        });
    }
    described["responses"] = responses;
    described
}
