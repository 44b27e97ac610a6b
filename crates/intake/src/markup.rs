//! Tags and text, as HTML and XML have them: one forgiving pass over any string.
//!
//! This is no parser: it knows nothing of which tag belongs to which. It is
//! what pages are tidied with before they are parsed, what text is taken out
//! of HTML with, and what feeds are read with, most of which are not quite XML.
//! Every byte is looked at a bounded number of times.

use std::borrow::Cow;

/// A piece of markup. Comments, declarations and instructions are passed over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Piece<'a> {
    /// `<name attributes>`; `closed` for `<name/>`.
    Start {
        /// As it is written.
        name: &'a str,
        /// What stands between the name and the end of the tag.
        attributes: &'a str,
        /// Whether it ends itself, as tags of XML can.
        closed: bool,
    },
    /// `</name>`.
    End(&'a str),
    /// Text with its entities.
    Text(&'a str),
    /// Text without entities: a CDATA section, a script.
    Data(&'a str),
}

/// Elements of HTML whose content is no markup.
const RAW: &[&str] = &["script", "style", "xmp", "iframe", "noembed", "noframes"];
/// And those in which only entities are.
const RAW_WITH_ENTITIES: &[&str] = &["title", "textarea"];

/// The pieces of a string, in order.
#[derive(Clone)]
pub(crate) struct Markup<'a> {
    rest: &'a str,
    /// Whether elements of HTML have the contents that HTML gives them.
    html: bool,
    /// The element whose raw content comes next.
    raw: Option<&'a str>,
}

impl<'a> Markup<'a> {
    /// The pieces of an HTML page, or of a part of one.
    pub(crate) fn html(text: &'a str) -> Self {
        Self { rest: text, html: true, raw: None }
    }

    /// The pieces of an XML document.
    pub(crate) fn xml(text: &'a str) -> Self {
        Self { rest: text, html: false, raw: None }
    }

    /// How many bytes are not read yet.
    pub(crate) fn left(&self) -> usize {
        self.rest.len()
    }

    /// Takes so many bytes of the rest.
    fn take(&mut self, bytes: usize) -> &'a str {
        let (taken, rest) = self.rest.split_at(bytes);
        self.rest = rest;
        taken
    }

    /// Takes what stands before a mark, and the mark; all, if it is nowhere.
    fn up_to(&mut self, mark: &str) -> &'a str {
        match self.rest.find(mark) {
            Some(at) => {
                let taken = self.take(at);
                self.take(mark.len());
                taken
            }
            None => self.take(self.rest.len()),
        }
    }

    /// The content of a raw element, up to its end tag.
    fn raw(&mut self, name: &'a str) -> Option<Piece<'a>> {
        let bytes = self.rest.as_bytes();
        let ends = |at: usize| {
            bytes[at + 1] == b'/'
                && bytes[at + 2..].len() > name.len()
                && bytes[at + 2..][..name.len()].eq_ignore_ascii_case(name.as_bytes())
                && !bytes[at + 2 + name.len()].is_ascii_alphanumeric()
        };
        let mut marks = self.rest.match_indices('<').map(|(at, _)| at);
        let end = marks.find(|at| at + 2 < bytes.len() && ends(*at)).unwrap_or(self.rest.len());
        let content = self.take(end);
        let entities = RAW_WITH_ENTITIES.iter().any(|raw| raw.eq_ignore_ascii_case(name));
        match content {
            "" => None,
            _ if entities => Some(Piece::Text(content)),
            _ => Some(Piece::Data(content)),
        }
    }

    /// A tag at the start of the rest, if there is one.
    fn tag(&mut self) -> Option<Piece<'a>> {
        let bytes = self.rest.as_bytes();
        let ending = bytes.get(1) == Some(&b'/');
        let begin = 1 + usize::from(ending);
        if !bytes.get(begin).is_some_and(u8::is_ascii_alphabetic) {
            return None;
        }
        let long = bytes[begin..].iter().take_while(|byte| !b" \t\r\n\x0C/>".contains(byte));
        let name_end = begin + long.count();
        let end = tag_end(bytes, name_end);
        let name = &self.rest[begin..name_end];
        let inner = &self.rest[name_end..end];
        self.take((end + 1).min(bytes.len()));
        if ending {
            return Some(Piece::End(name));
        }
        let closed = inner.ends_with('/');
        let attributes = inner.strip_suffix('/').unwrap_or(inner);
        let is = |names: &[&str]| names.iter().any(|raw| raw.eq_ignore_ascii_case(name));
        if self.html && (is(RAW) || is(RAW_WITH_ENTITIES)) {
            self.raw = Some(name);
        }
        Some(Piece::Start { name, attributes, closed })
    }
}

/// Where a tag ends: at the first `>` outside of quoted values, or, where a
/// quotation mark is never closed, at the first one.
fn tag_end(bytes: &[u8], from: usize) -> usize {
    let mut at = from;
    let mut first = None;
    let mut value = false;
    while at < bytes.len() {
        match bytes[at] {
            b'>' => return at,
            b'=' => value = true,
            quote @ (b'"' | b'\'') if value => {
                let open = at + 1;
                match bytes[open..].iter().position(|byte| *byte == quote) {
                    Some(length) => at = open + length,
                    None => {
                        let end = bytes[open..].iter().position(|byte| *byte == b'>');
                        first = end.map(|end| open + end);
                        break;
                    }
                }
                value = false;
            }
            byte if !byte.is_ascii_whitespace() => value = false,
            _ => {}
        }
        at += 1;
    }
    first.unwrap_or(bytes.len())
}

impl<'a> Iterator for Markup<'a> {
    type Item = Piece<'a>;

    fn next(&mut self) -> Option<Piece<'a>> {
        if let Some(name) = self.raw.take()
            && let Some(content) = self.raw(name)
        {
            return Some(content);
        }
        while !self.rest.is_empty() {
            let rest = self.rest;
            if !rest.starts_with('<') {
                let text = rest.find('<').unwrap_or(rest.len());
                return Some(Piece::Text(self.take(text)));
            }
            if rest.starts_with("<!--") {
                self.take(4);
                self.up_to("-->");
            } else if rest.starts_with("<![CDATA[") {
                self.take(9);
                return Some(Piece::Data(self.up_to("]]>")));
            } else if rest.starts_with("<!") || rest.starts_with("<?") {
                self.up_to(">");
            } else if let Some(tag) = self.tag() {
                return Some(tag);
            } else {
                // a mark that opens nothing is text
                let more = rest[1..].find('<').map_or(rest.len(), |at| at + 1);
                return Some(Piece::Text(self.take(more)));
            }
        }
        None
    }
}

/// The attributes of a tag, in order: name as written, value with its entities.
pub(crate) fn attributes(mut rest: &str) -> impl Iterator<Item = (&str, &str)> {
    std::iter::from_fn(move || {
        let space = |c: char| c.is_ascii_whitespace() || c == '/';
        rest = rest.trim_start_matches(space);
        if rest.is_empty() {
            return None;
        }
        let stop = |c: char| c.is_ascii_whitespace() || c == '=' || c == '/';
        let long = rest.char_indices().skip(1).find(|(_, c)| stop(*c));
        let (name, after) = rest.split_at(long.map_or(rest.len(), |(at, _)| at));
        rest = after.trim_start();
        let Some(given) = rest.strip_prefix('=') else { return Some((name, "")) };
        let given = given.trim_start();
        let quote = given.chars().next().filter(|c| ['"', '\''].contains(c));
        let value = match quote {
            Some(quote) => {
                let inner = &given[1..];
                let end = inner.find(quote).unwrap_or(inner.len());
                rest = inner.get(end + 1..).unwrap_or("");
                &inner[..end]
            }
            None => {
                let end = given.find(|c: char| c.is_ascii_whitespace()).unwrap_or(given.len());
                rest = &given[end..];
                &given[..end]
            }
        };
        Some((name, value))
    })
}

/// The value of one attribute, with its entities resolved.
pub(crate) fn attribute<'a>(of: &'a str, name: &str) -> Option<Cow<'a, str>> {
    let found = attributes(of).find(|(given, _)| given.eq_ignore_ascii_case(name));
    found.map(|(_, value)| resolved(value))
}

/// Text with its entities resolved, those of HTML also in XML: feeds have them.
pub(crate) fn resolved(text: &str) -> Cow<'_, str> {
    if !text.contains('&') {
        return Cow::Borrowed(text);
    }
    // An entity at a time: a whole text is looked through again at every `&`
    // that begins none.
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let name = rest.bytes().take(LONGEST).skip(1);
        let end = name.take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'#').count() + 1;
        let whole = rest[end..].starts_with(';');
        let entity = &rest[..end + usize::from(whole)];
        if whole {
            out.push_str(&html_escape::decode_html_entities(entity));
        } else {
            out.push_str(entity);
        }
        rest = &rest[entity.len()..];
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// Bytes of the longest entity.
const LONGEST: usize = 33;

#[cfg(test)]
mod tests {
    use super::*;

    fn told(markup: Markup<'_>) -> String {
        let piece = |piece| match piece {
            Piece::Start { name, attributes, closed } => {
                format!("<{name}{attributes}{}>", if closed { "/" } else { "" })
            }
            Piece::End(name) => format!("</{name}>"),
            Piece::Text(text) => format!("{{{text}}}"),
            Piece::Data(data) => format!("[{data}]"),
        };
        markup.map(piece).collect()
    }

    #[test]
    fn pieces_of_a_page() {
        for (page, pieces) in [
            ("<p class=a>One &amp; two</P>", "<p class=a>{One &amp; two}</P>"),
            ("<!doctype html><!-- <p> --><br/>x", "<br/>{x}"),
            ("<a title='1 > 0' href=x/y>z", "<a title='1 > 0' href=x/y>{z}"),
            ("<a b=\">c</a>", "<a b=\">{c}</a>"),
            ("<script>if (a<b) '</p>'</SCRIPT>x", "<script>[if (a<b) '</p>']</SCRIPT>{x}"),
            ("<title>A <b> &lt;</title>", "<title>{A <b> &lt;}</title>"),
            ("1 < 2, <3, a<b", "{1 }{< 2, }{<3, a}<b>"),
            ("<script>open", "<script>[open]"),
            ("<!-- open", ""),
            ("x<", "{x}{<}"),
        ] {
            assert_eq!(told(Markup::html(page)), pieces, "{page}");
        }
        let feed = "<?xml version='1.0'?><dc:a><![CDATA[<p>1 ]] 2</p>]]></dc:a><title/>b";
        assert_eq!(told(Markup::xml(feed)), "<dc:a>[<p>1 ]] 2</p>]</dc:a><title/>{b}");
    }

    #[test]
    fn attributes_of_a_tag() {
        let all: Vec<_> = attributes(" a = 'b c' D=e/f g /h i=\"").collect();
        assert_eq!(all, [("a", "b c"), ("D", "e/f"), ("g", ""), ("h", ""), ("i", "")]);
        assert_eq!(attribute(" href='?a&amp;b'", "HREF").as_deref(), Some("?a&b"));
        assert_eq!(resolved(&"&".repeat(300_000)).len(), 300_000);
        assert_eq!(resolved("&amp&amp;&#0;&#xD800;é&é;"), "&amp&&#0;&#xD800;é&é;");
        assert_eq!(resolved("Lind&rsquo;s &#8220;no&#x201D; &bogus; &"), "Lind’s “no” &bogus; &");
    }

    #[test]
    fn unclosed_quotations_cost_no_more_than_a_pass() {
        let page = "<a b=\"".repeat(200_000) + &"<a b='".repeat(200_001);
        assert!(Markup::html(&page).count() > 0);
    }
}
