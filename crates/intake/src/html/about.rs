//! What a page says about its article: headline, authors, day, outlet, address.
//!
//! JSON-LD is asked first (schema.org's `NewsArticle` and its kin), then
//! OpenGraph and other `<meta>`, then `<time>`, `<link rel="canonical">` and
//! `<title>`, at last the day in the page's address.

use crate::markup::{Markup, Piece, attribute, resolved};
use crate::published;
use serde_json::Value;

/// What is known of an article; empty where the page does not say.
#[derive(Debug, Default, Clone, PartialEq)]
pub(crate) struct About {
    pub title: Option<String>,
    pub byline: Vec<String>,
    /// In the account's notation.
    pub published: Option<String>,
    pub outlet: Option<String>,
    pub url: Option<String>,
}

/// Names of `<meta>` by what they tell, the surest first.
const TITLES: &[&str] = &["og:title", "parsely-title", "dc.title", "twitter:title", "headline"];
const BYLINES: &[&str] =
    &["author", "article:author", "byl", "parsely-author", "dc.creator", "sailthru.author"];
const DAYS: &[&str] = &[
    "article:published_time",
    "og:article:published_time",
    "datepublished",
    "parsely-pub-date",
    "sailthru.date",
    "pubdate",
    "publishdate",
    "publish-date",
    "publication_date",
    "dc.date.issued",
    "dcterms.created",
    "dc.date",
    "date",
    "article.published",
];
const OUTLETS: &[&str] = &["og:site_name", "dc.publisher", "application-name"];

impl About {
    /// Reads a page; `address` is where it was found.
    pub(crate) fn of(page: &str, address: Option<&str>) -> Self {
        let tags = Tags::of(page);
        let mut about = Self::default();
        for json in &tags.json {
            if let Ok(value) = serde_json::from_str(json) {
                about.json_ld(&value, 0);
            }
        }
        let meta = |names: &[&str]| -> Option<String> {
            let named = |name: &&str| tags.meta.iter().find(|(given, _)| given == name);
            names.iter().find_map(named).map(|(_, content)| content.clone())
        };
        let line = tidy(&tags.title).unwrap_or_default();
        about.outlet = about.outlet.or_else(|| meta(OUTLETS)).or_else(|| {
            // "Talks in Geneva | Example Wire"
            line.rsplit_once(" | ").and_then(|(_, outlet)| tidy(outlet))
        });
        let given = about.title.or_else(|| meta(TITLES)).unwrap_or(line);
        about.title = title(&given, about.outlet.as_deref());
        if about.byline.is_empty() {
            about.byline = meta(BYLINES).map(|line| names(&line)).unwrap_or_default();
        }
        let days = DAYS.iter().filter_map(|name| meta(&[*name])).chain(tags.times.iter().cloned());
        about.published = about.published.or_else(|| days.into_iter().find_map(|d| published(&d)));
        let url = meta(&["og:url"]).filter(|url| is_address(url));
        about.url = about.url.or(tags.canonical).or(url).or_else(|| address.map(str::to_owned));
        let dated = about.url.as_deref().or(address).and_then(day_of_address);
        about.published = about.published.or(dated);
        about
    }

    /// Takes what an object of JSON-LD, or one within it, says of an article.
    fn json_ld(&mut self, value: &Value, depth: usize) {
        if depth > 4 {
            return;
        }
        match value {
            Value::Array(many) => many.iter().for_each(|one| self.json_ld(one, depth + 1)),
            Value::Object(object) if is_article(object.get("@type")) => {
                let text = |name: &str| object.get(name).and_then(Value::as_str).and_then(tidy);
                fill(&mut self.title, text("headline").or_else(|| text("name")));
                let day = text("datePublished").or_else(|| text("dateCreated"));
                fill(&mut self.published, day.and_then(|day| published(&day)));
                fill(&mut self.outlet, object.get("publisher").and_then(|p| called(p).pop()));
                let page = object.get("mainEntityOfPage");
                let page = page.and_then(|p| p.as_str().or_else(|| p.get("@id")?.as_str()));
                let url = text("url").or_else(|| page.and_then(tidy));
                fill(&mut self.url, url.filter(|url| is_address(url)));
                if self.byline.is_empty() {
                    let authors = object.get("author").map(called).unwrap_or_default();
                    self.byline = authors.iter().flat_map(|author| names(author)).collect();
                }
            }
            Value::Object(object) => {
                for name in ["@graph", "mainEntity", "itemListElement"] {
                    if let Some(inner) = object.get(name) {
                        self.json_ld(inner, depth + 1);
                    }
                }
            }
            _ => {}
        }
    }
}

fn fill(slot: &mut Option<String>, value: Option<String>) {
    if slot.is_none() {
        *slot = value;
    }
}

/// Whether a type of schema.org is an article's.
fn is_article(kind: Option<&Value>) -> bool {
    let is =
        |name: &str| name.ends_with("Article") || name.ends_with("BlogPosting") || name == "Report";
    match kind {
        Some(Value::String(name)) => is(name),
        Some(Value::Array(many)) => many.iter().filter_map(Value::as_str).any(is),
        _ => false,
    }
}

/// The names of a person or body, or of several.
fn called(value: &Value) -> Vec<String> {
    match value {
        Value::String(name) => tidy(name).into_iter().collect(),
        Value::Array(many) => many.iter().take(20).flat_map(flat).collect(),
        Value::Object(_) => flat(value),
        _ => Vec::new(),
    }
}

fn flat(value: &Value) -> Vec<String> {
    match value.get("name").unwrap_or(value) {
        Value::String(name) => tidy(name).into_iter().collect(),
        Value::Array(names) => names.iter().filter_map(Value::as_str).filter_map(tidy).collect(),
        _ => Vec::new(),
    }
}

/// Text with its entities resolved and its white space put together; nothing
/// if nothing is left.
fn tidy(text: &str) -> Option<String> {
    let words: Vec<String> = resolved(text).split_whitespace().map(str::to_owned).collect();
    Some(words.join(" ")).filter(|text| !text.is_empty() && text.len() <= 2000)
}

fn is_address(url: &str) -> bool {
    url.starts_with("http://") || url.starts_with("https://")
}

/// The authors of a line such as "By A. Roe and B. Lind".
pub(crate) fn names(line: &str) -> Vec<String> {
    let line = line.trim();
    let line = match line.get(..3) {
        Some(by) if by.eq_ignore_ascii_case("by ") => &line[3..],
        _ => line,
    };
    // the page of an author is not the author
    if line.is_empty() || is_address(line) {
        return Vec::new();
    }
    let parts: Vec<&str> = line
        .split([',', ';', '&'])
        .flat_map(|part| part.split(" and "))
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .collect();
    let is_name = |part: &&str| {
        let words = part.split_whitespace().count();
        (2..=4).contains(&words) && part.chars().next().is_some_and(char::is_uppercase)
    };
    if parts.iter().all(is_name) {
        parts.into_iter().map(str::to_owned).collect()
    } else {
        vec![line.to_owned()]
    }
}

/// A page's title without the outlet's name behind it.
fn title(given: &str, outlet: Option<&str>) -> Option<String> {
    let title = tidy(given)?;
    for separator in [" | ", " - ", " – ", " — ", " :: "] {
        if let Some((head, tail)) = title.rsplit_once(separator) {
            let outlet = outlet.is_some_and(|outlet| outlet.eq_ignore_ascii_case(tail.trim()));
            if outlet {
                return tidy(head);
            }
        }
    }
    Some(title)
}

/// The day in an address such as `https://example.org/2024/05/08/talks`.
pub(crate) fn day_of_address(url: &str) -> Option<String> {
    let path = url.split(['?', '#']).next()?.split("://").last()?;
    let parts: Vec<&str> = path.split('/').skip(1).collect();
    let digits = |text: &str, long: usize| {
        text.len() == long && text.bytes().all(|byte| byte.is_ascii_digit())
    };
    let day = |window: &[&str]| {
        let [year, month, day] = window else { return None };
        (digits(year, 4) && digits(month, 2) && digits(day, 2))
            .then(|| published(&format!("{year}-{month}-{day}")))
            .flatten()
    };
    let whole = |part: &&str| {
        let hyphens: Vec<&str> = part.splitn(4, '-').take(3).collect();
        day(&hyphens)
    };
    let found = parts.windows(3).find_map(day).or_else(|| parts.iter().find_map(whole));
    found.filter(|day| ("1990".."2100").contains(&&day[..4]))
}

/// What tags say, in the order of the page.
#[derive(Default)]
struct Tags {
    /// Names in small letters.
    meta: Vec<(String, String)>,
    json: Vec<String>,
    times: Vec<String>,
    title: String,
    canonical: Option<String>,
}

/// Most tags of a kind that are kept.
const MOST: usize = 200;

impl Tags {
    fn of(page: &str) -> Self {
        let mut tags = Self::default();
        let (mut json, mut title) = (false, false);
        for piece in Markup::html(page) {
            match piece {
                Piece::Data(data) if json && tags.json.len() < MOST => {
                    tags.json.push(data.trim().to_owned());
                }
                Piece::Text(text) if title && tags.title.is_empty() => {
                    text.clone_into(&mut tags.title)
                }
                Piece::Start { name, attributes, .. } => tags.start(name, attributes),
                _ => {}
            }
            let named = |wanted: &str| matches!(piece, Piece::Start { name, .. } if name.eq_ignore_ascii_case(wanted));
            title = named("title");
            json = named("script")
                && matches!(piece, Piece::Start { attributes, .. }
                    if attribute(attributes, "type").is_some_and(|kind| kind.contains("ld+json")));
        }
        tags
    }

    fn start(&mut self, name: &str, attributes: &str) {
        let get = |name: &str| attribute(attributes, name).and_then(|value| tidy(&value));
        let rest = attributes;
        if name.eq_ignore_ascii_case("meta") && self.meta.len() < MOST {
            let key = ["property", "name", "itemprop"].iter().find_map(|key| get(key));
            if let (Some(key), Some(content)) = (key, get("content")) {
                self.meta.push((key.to_lowercase(), content));
            }
        } else if name.eq_ignore_ascii_case("link") && self.canonical.is_none() {
            if get("rel").is_some_and(|rel| rel.eq_ignore_ascii_case("canonical")) {
                self.canonical = get("href").filter(|url| is_address(url));
            }
        } else if self.times.len() < MOST {
            let property = attribute(rest, "itemprop");
            let day = property.is_some_and(|p| p.eq_ignore_ascii_case("datePublished"));
            if name.eq_ignore_ascii_case("time") || day {
                self.times.extend(get("datetime").or_else(|| get("content")));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_ld_is_asked_first() {
        let page = r#"<title>Talks | Wire</title><meta property="og:title" content="Other">
            <script type="application/ld+json">{"@graph": [{"@type": "WebSite", "name": "x"},
            {"@type": ["NewsArticle"], "headline": "Talks &amp; more", "datePublished":
            "2024-05-08T10:00:00+02:00", "author": [{"name": "A. Roe"}, {"name": "Bo Lind"}],
            "publisher": {"@type": "Organization", "name": "Example Wire"},
            "mainEntityOfPage": {"@id": "https://example.org/talks"}}]}</script>"#;
        let about = About::of(page, Some("https://example.org/other"));
        assert_eq!(about.title.as_deref(), Some("Talks & more"));
        assert_eq!(about.byline, ["A. Roe", "Bo Lind"]);
        assert_eq!(about.published.as_deref(), Some("2024-05-08T10:00:00+02:00"));
        assert_eq!(about.outlet.as_deref(), Some("Example Wire"));
        assert_eq!(about.url.as_deref(), Some("https://example.org/talks"));
    }

    #[test]
    fn open_graph_and_meta_and_time_follow() {
        let page = r#"<meta property=og:site_name content="Example Wire"><title>Talks in
            Geneva - Example Wire</title><meta name=Author content="By A. Roe and Bo Lind">
            <script type="application/ld+json">{broken</script>
            <time datetime="2024-05-08">Wednesday</time>"#;
        let about = About::of(page, None);
        assert_eq!(about.title.as_deref(), Some("Talks in Geneva"));
        assert_eq!(about.byline, ["A. Roe", "Bo Lind"]);
        assert_eq!(about.published.as_deref(), Some("2024-05-08"));
        assert_eq!((about.outlet.as_deref(), about.url), (Some("Example Wire"), None));
        assert_eq!(About::of("<p>Nothing", None), About::default());
    }

    #[test]
    fn lines_of_authors() {
        for (line, authors) in [
            ("By Ana Roe", &["Ana Roe"][..]),
            ("Ana Roe, Bo Lind & Cy Ek", &["Ana Roe", "Bo Lind", "Cy Ek"]),
            ("BY the foreign desk, with agencies", &["the foreign desk, with agencies"]),
            ("https://example.org/authors/7", &[]),
        ] {
            assert_eq!(names(line), authors, "{line}");
        }
    }

    #[test]
    fn days_of_addresses() {
        for (url, day) in [
            ("https://example.org/world/2024/05/08/talks", Some("2024-05-08")),
            ("https://example.org/2024-05-08-talks?x=2020/01/01", Some("2024-05-08")),
            ("https://example.org/2024/05/talks", None),
            ("https://example.org/1234/05/08/", None),
            ("https://2024-05-08.example.org/", None),
        ] {
            assert_eq!(day_of_address(url).as_deref(), day, "{url}");
        }
    }
}
