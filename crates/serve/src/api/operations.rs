//! What the API does: one list, for programs and for people.

use super::read::ABOUT;
use super::rows::Row;
use super::things::EVENTS;
use dateline_store::ask::{ActorRow, ArticleRow, ClaimRow, DisputeRow, EventRow, IncidentRow};

/// What comes back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gives {
    /// One of this schema.
    One(&'static str),
    /// A list of this schema.
    Many(&'static str),
    /// A page of rows of this schema.
    Page(&'static str),
    /// Rows in a layout.
    Export,
}

/// One thing that the API does.
#[derive(Debug, Clone)]
pub struct Operation {
    /// Its name in programs.
    pub id: String,
    /// `get` or `post`.
    pub method: &'static str,
    /// Path below `/api/v1`.
    pub path: String,
    /// What it is for, in a line.
    pub summary: String,
    /// Names and types of what stands in the path.
    pub places: Vec<(&'static str, &'static str)>,
    /// Names of what may stand in the query.
    pub parameters: Vec<&'static str>,
    /// What comes back.
    pub gives: Gives,
}

fn get(
    id: &str,
    path: &str,
    summary: &str,
    parameters: &[&'static str],
    gives: Gives,
) -> Operation {
    let places = path.split('/').filter_map(|part| match part {
        "{article}" => Some(("article", "string")),
        "{number}" => Some(("number", "integer")),
        "{id}" => Some(("id", "integer")),
        _ => None,
    });
    Operation {
        id: id.to_owned(),
        method: "get",
        path: path.to_owned(),
        summary: summary.to_owned(),
        places: places.collect(),
        parameters: parameters.to_vec(),
        gives,
    }
}

fn list<R: Row>(schema: &'static str, summary: &str) -> [Operation; 2] {
    let name = R::NAME;
    let paged: Vec<&'static str> =
        R::PARAMETERS.iter().copied().chain(["after", "limit"]).collect();
    let whole: Vec<&'static str> = R::PARAMETERS.iter().copied().chain(["format"]).collect();
    [
        get(&format!("list_{name}"), &format!("/{name}"), summary, &paged, Gives::Page(schema)),
        get(
            &format!("export_{name}"),
            &format!("/export/{name}"),
            &format!("All {name}, streamed as CSV, JSONL or Parquet."),
            &whole,
            Gives::Export,
        ),
    ]
}

/// All that the API does.
pub fn operations() -> Vec<Operation> {
    let mut read = get(
        "read",
        "/read",
        "Reads an article, as text or as its page, and gives its account; nothing is kept.",
        ABOUT,
        Gives::One("Account"),
    );
    read.method = "post";
    let mut all = vec![
        read,
        get(
            "search",
            "/search",
            "Everything with some words.",
            &["q", "limit"],
            Gives::One("Found"),
        ),
    ];
    let mut exports = Vec::new();
    let lists = [
        list::<ArticleRow>("ArticleRow", "Articles, newest first."),
        list::<ClaimRow>("ClaimRow", "Who said what, newest first."),
        list::<EventRow>(
            "EventRow",
            "Who did what to whom, as each article tells it, newest first.",
        ),
        list::<IncidentRow>("IncidentRow", "The same, each once, with all its reports."),
        list::<ActorRow>(
            "ActorRow",
            "People, those in most articles first; with all=1 bodies, groups and places, too.",
        ),
        list::<DisputeRow>("DisputeRow", "Claims that contradict each other, the surest first."),
    ];
    for [paged, whole] in lists {
        all.push(paged);
        exports.push(whole);
    }
    let counts = |extra: &[&'static str]| EVENTS.iter().chain(extra).copied().collect::<Vec<_>>();
    all.extend([
        get("article", "/articles/{article}", "An article's account.", &[], Gives::One("Account")),
        get(
            "claim",
            "/articles/{article}/claims/{number}",
            "A claim of an article.",
            &[],
            Gives::One("ClaimRow"),
        ),
        get(
            "event",
            "/articles/{article}/events/{number}",
            "An event of an article.",
            &[],
            Gives::One("EventRow"),
        ),
        get("incident", "/incidents/{id}", "An incident.", &[], Gives::One("IncidentRow")),
        get(
            "person",
            "/people/{id}",
            "What somebody said and did, and what was done to and said of them.",
            &["limit"],
            Gives::One("Page"),
        ),
        get("dispute", "/disputes/{id}", "A dispute.", &[], Gives::One("DisputeRow")),
        get(
            "network",
            "/network",
            "Who acts toward whom, in how many incidents of which type.",
            &counts(&["by", "limit"]),
            Gives::One("Network"),
        ),
        get(
            "timeline",
            "/timeline",
            "Incidents by day and type.",
            &counts(&[]),
            Gives::Many("Spread"),
        ),
        get(
            "places",
            "/places",
            "Incidents by place and type.",
            &counts(&[]),
            Gives::Many("PlaceRow"),
        ),
        get("store", "/store", "How much is in the store.", &[], Gives::One("Size")),
    ]);
    all.extend(exports);
    all
}
