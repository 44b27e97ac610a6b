//! RSS 0.9 to 2.0, RDF Site Summary and Atom: an entry at a time.
//!
//! Feeds are seldom quite XML: they have entities that only HTML knows, bare
//! ampersands, tags that nobody closes. So they are read by their tags, as a
//! browser reads a page, and a broken entry spoils no other.

use crate::Options;
use crate::draft::{Draft, Entry, Material};
use crate::error::{IntakeError, Problem, Spot, Where};
use crate::html::{names, text};
use crate::markup::{Markup, Piece, attribute, resolved};
use crate::record::numbered;
use std::sync::Arc;

/// Most bytes of one feed.
pub(crate) const MAX_FEED_BYTES: u64 = 64 << 20;

/// The entries of a feed.
pub(crate) struct Feed {
    text: String,
    /// Bytes that are read.
    at: usize,
    outlet: Option<String>,
    name: String,
    stem: String,
    options: Arc<Options>,
    entries: u64,
    ended: bool,
}

/// A field of an entry, or of the feed itself.
#[derive(Debug, Default)]
struct Value {
    /// Text and entities resolved.
    plain: String,
    /// As it is written.
    raw: String,
    /// Whether it holds tags.
    tags: bool,
}

impl Feed {
    pub(crate) fn new(text: String, name: &str, stem: &str, options: Arc<Options>) -> Self {
        let (name, stem) = (name.to_owned(), stem.to_owned());
        Self { text, at: 0, outlet: None, name, stem, options, entries: 0, ended: false }
    }

    /// The next entry.
    fn entry(&mut self) -> Option<Entry> {
        let text = std::mem::take(&mut self.text);
        let mut markup = Markup::xml(&text[self.at..]);
        let entry = self.read(&mut markup);
        self.at = text.len() - markup.left();
        self.text = text;
        entry
    }

    fn read(&mut self, markup: &mut Markup<'_>) -> Option<Entry> {
        while let Some(piece) = markup.next() {
            let Piece::Start { name, closed, .. } = piece else { continue };
            if is_entry(name) {
                return Some(if closed { Entry::default() } else { self.fields(markup) });
            }
            // the first title outside of entries is the feed's
            if local(name) == "title" && !closed && self.outlet.is_none() {
                self.outlet = words(&value(markup, name));
            }
            if local(name) == "image" && !closed {
                value(markup, name);
            }
        }
        None
    }

    /// Reads the fields of an entry up to its end.
    fn fields(&self, markup: &mut Markup<'_>) -> Entry {
        let mut found = Found::default();
        let mut before = markup.clone();
        while let Some(piece) = markup.next() {
            match piece {
                Piece::End(name) if is_entry(name) => break,
                Piece::Start { name, .. } if is_entry(name) => {
                    // the one before was never closed
                    *markup = before;
                    break;
                }
                Piece::Start { name, attributes, closed } => {
                    let value = if closed { Value::default() } else { value(markup, name) };
                    found.take(name, attributes, value);
                }
                _ => {}
            }
            before = markup.clone();
        }
        found.entry(self.outlet.as_deref())
    }
}

/// What the fields of an entry say.
#[derive(Default)]
struct Found {
    id: Option<String>,
    title: Option<String>,
    link: Option<String>,
    published: Option<String>,
    updated: Option<String>,
    outlet: Option<String>,
    byline: Vec<String>,
    content: Option<String>,
    summary: Option<String>,
}

impl Found {
    fn take(&mut self, name: &str, attributes: &str, value: Value) {
        let first = |slot: &mut Option<String>, value: Option<String>| {
            if slot.is_none() {
                *slot = value;
            }
        };
        match name.to_ascii_lowercase().as_str() {
            "guid" | "id" => first(&mut self.id, words(&value)),
            "title" | "dc:title" => first(&mut self.title, words(&value)),
            "link" => {
                let other = attribute(attributes, "rel").is_some_and(|rel| rel != "alternate");
                let address = attribute(attributes, "href").map(|href| href.trim().to_owned());
                let address = address.or_else(|| words(&value)).filter(|url| url.contains("://"));
                first(&mut self.link, address.filter(|_| !other));
            }
            "pubdate" | "published" | "issued" | "dc:date" | "date" => {
                first(&mut self.published, words(&value));
            }
            "updated" | "modified" => first(&mut self.updated, words(&value)),
            "author" | "dc:creator" | "creator" => self.byline.extend(authors(&value)),
            "source" => first(&mut self.outlet, words(&title_of(value))),
            "content:encoded" | "content" | "body" | "xhtml:body" => {
                first(&mut self.content, Some(html(attributes, value)).filter(|v| !v.is_empty()));
            }
            "description" | "summary" | "dc:description" => {
                first(&mut self.summary, Some(html(attributes, value)).filter(|v| !v.is_empty()));
            }
            _ => {}
        }
    }

    fn entry(self, outlet: Option<&str>) -> Entry {
        let mut entry = Entry { summary: self.content.is_none(), ..Entry::default() };
        // some feeds have the whole article in the field for its summary
        let (content, summary) =
            (self.content.unwrap_or_default(), self.summary.unwrap_or_default());
        entry.html = if content.is_empty() { summary } else { content };
        entry.summary &= entry.html.len() < WHOLE;
        let article = &mut entry.article;
        article.id = self.id.or_else(|| self.link.clone()).unwrap_or_default();
        article.title = self.title;
        article.url = self.link;
        article.published = self.published.or(self.updated);
        article.byline = self.byline;
        article.outlet = self.outlet.or_else(|| outlet.map(str::to_owned));
        entry
    }
}

/// A summary of more bytes is an article.
const WHOLE: usize = 1500;

impl Iterator for Feed {
    type Item = Result<Draft, IntakeError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.ended {
            return None;
        }
        let Some(mut entry) = self.entry() else {
            self.ended = true;
            let place = Where::whole(&self.name);
            let none = IntakeError { place, problem: Problem::NoEntries };
            return (self.entries == 0).then_some(Err(none));
        };
        self.entries += 1;
        if entry.article.id.is_empty() {
            entry.article.id = numbered(&self.options, &self.stem, self.entries);
        }
        let place = Where::at(&self.name, Spot::Entry(self.entries));
        let (options, material) = (self.options.clone(), Material::Entry(Box::new(entry)));
        Some(Ok(Draft { place, options, gathered: false, material }))
    }
}

fn is_entry(name: &str) -> bool {
    ["item", "entry"].iter().any(|entry| local(name).eq_ignore_ascii_case(entry))
}

/// A name without the prefix of its namespace.
fn local(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or(name)
}

/// What stands between a tag and its end, or what ends the entry around it.
fn value(markup: &mut Markup<'_>, name: &str) -> Value {
    let mut value = Value::default();
    let mut before = markup.clone();
    while let Some(piece) = markup.next() {
        match piece {
            Piece::End(end) if end.eq_ignore_ascii_case(name) => break,
            Piece::End(name) | Piece::Start { name, .. } if is_entry(name) => {
                *markup = before;
                break;
            }
            Piece::Text(text) => {
                value.plain.push_str(&resolved(text));
                value.raw.push_str(text);
            }
            Piece::Data(data) => {
                value.plain.push_str(data);
                value.raw.push_str(data);
            }
            Piece::Start { name, attributes, closed } => {
                value.tags = true;
                let end = if closed { "/" } else { "" };
                value.raw.push_str(&format!("<{name}{attributes}{end}>"));
            }
            Piece::End(name) => value.raw.push_str(&format!("</{name}>")),
        }
        before = markup.clone();
    }
    value
}

/// A value as HTML: most feeds write its tags as entities or data.
fn html(attributes: &str, value: Value) -> String {
    let plain = attribute(attributes, "type").is_some_and(|kind| kind == "text");
    let html = match (value.tags, plain) {
        (true, _) => value.raw,
        (false, true) => value.plain.replace('&', "&amp;").replace('<', "&lt;"),
        (false, false) => value.plain,
    };
    html.trim().to_owned()
}

/// A value as a line of words.
fn words(value: &Value) -> Option<String> {
    let line = text(if value.tags { &value.raw } else { &value.plain }).replace(['\n', '\t'], " ");
    let words: Vec<&str> = line.split_whitespace().collect();
    Some(words.join(" ")).filter(|line| !line.is_empty())
}

/// The authors of a field: names, or a name within it, or behind an address.
fn authors(value: &Value) -> Vec<String> {
    let inner = within(value, "name").or_else(|| words(value)).unwrap_or_default();
    // RSS 2.0: "a.roe@example.org (A. Roe)"
    let named = match inner.split_once('(') {
        Some((mail, name)) if mail.contains('@') => name.trim_end_matches(')').to_owned(),
        _ => inner,
    };
    if named.contains('@') { Vec::new() } else { names(&named) }
}

/// The source of an entry, or the title within it.
fn title_of(value: Value) -> Value {
    match within(&value, "title") {
        Some(plain) => Value { plain, ..Value::default() },
        None => value,
    }
}

/// The words of an element within a value.
fn within(value: &Value, name: &str) -> Option<String> {
    let mut markup = Markup::xml(&value.raw);
    while let Some(piece) = markup.next() {
        if let Piece::Start { name: found, closed: false, .. } = piece
            && local(found).eq_ignore_ascii_case(name)
        {
            return words(&self::value(&mut markup, found));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Record;
    use crate::draft::Taken;

    fn read(feed: &str) -> Vec<Record> {
        let drafts = Feed::new(feed.to_owned(), "a.xml", "a", Arc::default());
        let article = |draft: Result<Draft, IntakeError>| match draft.unwrap().article().unwrap() {
            Taken::Article(record) => Some(*record),
            Taken::Left(_) => None,
        };
        drafts.filter_map(article).collect()
    }

    #[test]
    fn rss_with_entities_data_and_bare_ampersands() {
        let feed = r#"<?xml version="1.0"?><rss version="2.0"><channel><title>Example Wire</title>
            <image><title>Logo</title></image>
            <item><title>Lind&rsquo;s plan &amp; more</title><link>https://example.org/1</link>
            <guid isPermaLink="false">w-1</guid><pubDate>Wed, 08 May 2024 10:00:00 GMT</pubDate>
            <dc:creator>By Ana Roe and Bo Lind</dc:creator>
            <description>Short.</description>
            <content:encoded><![CDATA[<p>Talks &mdash; AT&T's too &mdash; opened.</p>
            <blockquote>We stay.</blockquote>]]></content:encoded></item>
            <item><description>&lt;p&gt;Caf&amp;eacute; &amp;amp; bar&lt;/p&gt; R&D</description>
            <author>a.roe@example.org (Ana Roe)</author></item></channel></rss>"#;
        let [first, second] = &read(feed)[..] else { panic!() };
        let article = &first.article;
        assert_eq!(article.id, "w-1");
        assert_eq!(article.title.as_deref(), Some("Lind’s plan & more"));
        assert_eq!(article.text, "Talks — AT&T's too — opened.\n\nWe stay.");
        assert_eq!(article.published.as_deref(), Some("2024-05-08"));
        assert_eq!(article.outlet.as_deref(), Some("Example Wire"));
        assert_eq!(article.byline, ["Ana Roe", "Bo Lind"]);
        assert_eq!(article.url.as_deref(), Some("https://example.org/1"));
        assert_eq!(first.origin, [crate::draft::OF_ENTRY]);
        assert_eq!(second.article.id, "a-2");
        assert_eq!(second.article.text, "Café & bar\n\nR&D");
        assert_eq!(second.article.byline, ["Ana Roe"]);
        assert_eq!(second.origin[1], crate::draft::SUMMARY);
    }

    #[test]
    fn atom_with_text_html_and_xhtml() {
        let feed = r#"<feed xmlns="http://www.w3.org/2005/Atom"><title type="text">Wire</title>
            <entry><id>tag:1</id><title type="html">A &amp;amp; B</title>
            <link rel="self" href="https://example.org/x"/><link href="https://example.org/2024/05/08/a"/>
            <author><name>Ana Roe</name><email>a@example.org</email></author>
            <content type="xhtml"><div><p>One</p><p>1 &lt; 2</p></div></content></entry>
            <entry><id>tag:2</id><updated>2024-05-09T10:00:00Z</updated>
            <source><title>Other Post</title></source>
            <content type="text">a &lt;b&gt; c</content></entry></feed>"#;
        let [first, second] = &read(feed)[..] else { panic!() };
        assert_eq!(first.article.title.as_deref(), Some("A & B"));
        assert_eq!(first.article.text, "One\n\n1 < 2");
        assert_eq!(first.article.byline, ["Ana Roe"]);
        assert_eq!(first.article.published.as_deref(), Some("2024-05-08"));
        assert_eq!(second.article.text, "a <b> c");
        assert_eq!(second.article.published.as_deref(), Some("2024-05-09T10:00:00Z"));
        assert_eq!(second.article.outlet.as_deref(), Some("Other Post"));
    }

    #[test]
    fn broken_feeds_end() {
        let feed = "<rss><item><title>One<description>Two</item><item><description>Three<item>\
                    <summary>Four</summary>";
        let texts: Vec<String> = read(feed).into_iter().map(|record| record.article.text).collect();
        assert_eq!(texts, ["Three", "Four"]);
        let mut none = Feed::new("<rss></rss>".into(), "a.xml", "a", Arc::default());
        let told = none.next().unwrap().err().unwrap().to_string();
        assert!(told.starts_with("a.xml: this feed has no entries"), "{told}");
        assert!(none.next().is_none());
    }
}
