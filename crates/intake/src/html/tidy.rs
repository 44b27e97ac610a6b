//! A page made small and shallow before it is parsed.
//!
//! Pages are mostly scripts, styles and pictures, and some are broken or
//! hostile: a hundred thousand open tags, each of which a parser must look
//! through again and again. Here, in one pass, what is no text goes, tags are
//! balanced, nesting ends at a depth that no article needs (as in browsers,
//! what is deeper stays as text), and only those attributes are kept by which
//! main text is told from menus.

use super::elements::{BOXES, ENDS_PARAGRAPH, GONE, GONE_VOID, KEPT, LOOKS, SAME, SIBLINGS};
use crate::markup::{Markup, Piece, attributes, resolved};
use std::fmt::Write;

/// Bytes of such a box; what has more is named for what is in it.
const BOX: usize = 800;

/// How deep elements may be nested.
const DEPTH: usize = 160;
/// How many elements a page may have; the rest of it is cut off.
const ELEMENTS: usize = 150_000;
/// How many open elements an end tag is looked for in.
const REACH: usize = 256;
/// Bytes of an attribute's value, and of the title.
const VALUE: usize = 1000;

/// What stands for `&` and `<`: two code points that are no characters.
const AMPERSAND: char = '\u{FDD0}';
const LESS: char = '\u{FDD1}';

/// Text of a tidied page as it was.
pub(super) fn unmask(text: &str) -> String {
    text.replace(AMPERSAND, "&").replace(LESS, "<")
}

/// A page, tidied.
pub(super) struct Tidied {
    /// A parser makes the same tree of it as of the original, as far as text is
    /// concerned.
    pub html: String,
    /// Whether the page has too many elements, and its end was cut off.
    pub cut: bool,
}

/// Makes a page small and shallow.
pub(super) fn tidy(page: &str) -> Tidied {
    let mut out = Tidy { html: String::with_capacity(page.len() / 2), ..Tidy::default() };
    let mut gone: Option<(&str, usize)> = None;
    for piece in Markup::html(page) {
        if out.elements > ELEMENTS {
            out.cut = true;
            break;
        }
        if let Some((name, open)) = &mut gone {
            let same = |other: &str| other.eq_ignore_ascii_case(name);
            match piece {
                Piece::Start { name: other, closed: false, .. } if same(other) => *open += 1,
                Piece::End(other) if same(other) => *open -= 1,
                _ => {}
            }
            if *open == 0 {
                gone = None;
            }
            continue;
        }
        match piece {
            Piece::Text(text) if out.open.last().is_some_and(|open| open.name == "title") => {
                out.text(&text[..text.floor_char_boundary(VALUE)]);
            }
            Piece::Text(text) => out.text(text),
            Piece::Data(_) => {}
            Piece::End(name) => out.end(&name.to_ascii_lowercase()),
            Piece::Start { name, attributes, closed } => {
                let lower = name.to_ascii_lowercase();
                if !GONE.contains(&lower.as_str()) && !out.is_stamp(&lower) {
                    out.start(lower, attributes);
                } else if !closed {
                    gone = Some((name, 1));
                }
            }
        }
    }
    out.finish()
}

/// An element that is open.
struct Open {
    name: String,
    /// What it is called in the tidied page, if it is there.
    written: Option<&'static str>,
    /// Where its tag begins in the tidied page, and where it ends.
    tag: usize,
    content: usize,
    /// Whether it is a box, and goes if it is small.
    is_box: bool,
    /// Whether its class may make a quotation look like a button to share.
    is_embed: bool,
}

#[derive(Default)]
struct Tidy {
    html: String,
    open: Vec<Open>,
    /// How many of the open elements are written.
    depth: usize,
    elements: usize,
    cut: bool,
    quotations: usize,
}

impl Tidy {
    /// Writes text [masked](unmask), its line ends as spaces: a parser would put
    /// what it finds between them together piece by piece, and copy all that
    /// comes before each.
    fn text(&mut self, text: &str) {
        for c in resolved(text).chars() {
            match c {
                '&' => self.html.push(AMPERSAND),
                '<' => self.html.push(LESS),
                AMPERSAND | LESS => self.html.push('\u{FFFD}'),
                '\n' | '\r' => self.html.push(' '),
                '\0' => {}
                other => self.html.push(other),
            }
        }
    }

    fn start(&mut self, name: String, given: &str) {
        let known = name.as_str();
        if GONE_VOID.contains(&known) {
            return;
        }
        if ENDS_PARAGRAPH.contains(&known) {
            self.end_paragraph();
        }
        if let Some((kind, holders)) = SIBLINGS.iter().find(|(kind, _)| kind.contains(&known)) {
            self.end_sibling(kind, holders);
        }
        match known {
            "br" | "hr" | "meta" => {
                self.write(&name, given);
                return;
            }
            "html" | "head" | "body" => {
                self.write(&name, given);
                return;
            }
            _ => {}
        }
        let plain = known == "span" && !given.contains('=') || LOOKS.contains(&known);
        let written = if plain || self.depth >= DEPTH { None } else { self.called(known) };
        if known == "blockquote" {
            self.bare_holders();
        }
        let tag = self.html.len();
        if let Some(called) = written {
            self.depth += 1;
            self.write(called, given);
        }
        let content = self.html.len();
        let classes = attributes(given).filter(|(name, _)| is_class(name)).map(|(_, value)| value);
        let (mut is_box, mut is_embed) = (false, false);
        for class in classes {
            let mut words = class.split(|c: char| !c.is_alphanumeric());
            is_box |= words.any(|word| BOXES.iter().any(|known| known.eq_ignore_ascii_case(word)));
            is_embed |= class.contains("embed") || class.contains("social");
        }
        self.quotations += usize::from(known == "blockquote");
        // browsers show its marks
        self.html.push_str(if known == "q" { "“" } else { "" });
        // what holds the article may say that there are boxes in it
        is_box &= !matches!(known, "article" | "main");
        self.open.push(Open { name, written, tag, content, is_box, is_embed });
    }

    /// Whether an element is the time that stands over an article, or in its
    /// margin: one outside of paragraphs.
    fn is_stamp(&self, name: &str) -> bool {
        name == "time" && !self.open.iter().rev().take(REACH).any(|open| open.name == "p")
    }

    /// Takes away the classes of what is only there to hold a quotation.
    fn bare_holders(&mut self) {
        let mut at = self.html.len();
        let mut from = self.open.len();
        let reach = from.saturating_sub(REACH);
        while let Some(open) = (from > reach).then(|| &self.open[from - 1])
            && open.content == at
            && (open.is_embed || open.written.is_none())
        {
            at = open.tag;
            from -= 1;
        }
        self.html.truncate(at);
        for open in &mut self.open[from..] {
            open.tag = self.html.len();
            if let Some(written) = open.written {
                let _ = write!(self.html, "<{written}>");
            }
            open.content = self.html.len();
        }
    }

    /// The name of an element in the tidied page: one of a few, as a parser has
    /// rules of its own for many that do not matter here.
    fn called(&self, name: &str) -> Option<&'static str> {
        match name {
            // who is quoted stands here, and readers of main text throw footers away
            "footer" if self.quotations > 0 => Some("p"),
            // some systems put the whole page into a form
            "form" | "center" | "details" | "summary" => Some("div"),
            _ => SAME.iter().find(|same| **same == name).copied(),
        }
    }

    fn end(&mut self, name: &str) {
        let near = self.open.iter().rev().take(REACH);
        if let Some(above) = near.into_iter().position(|open| open.name == name) {
            self.close(self.open.len() - above - 1);
        }
    }

    /// Ends the paragraph that is open, if nothing but looks is open in it.
    fn end_paragraph(&mut self) {
        let inline = |open: &&Open| {
            open.written.is_none() || matches!(open.name.as_str(), "a" | "span" | "cite" | "time")
        };
        let above = self.open.iter().rev().take(REACH).take_while(inline).count();
        let Some(at) = self.open.len().checked_sub(above + 1) else { return };
        if self.open[at].name == "p" && self.open[at].written.is_some() {
            self.close(at);
        }
    }

    fn end_sibling(&mut self, kind: &[&str], holders: &[&str]) {
        let is = |names: &[&str], open: &Open| names.contains(&open.name.as_str());
        let mut near = self.open.iter().enumerate().rev().take(REACH);
        let found = near.find(|(_, open)| is(kind, open) || is(holders, open));
        if let Some((at, open)) = found
            && is(kind, open)
        {
            self.close(at);
        }
    }

    /// Closes all that is open from here on.
    fn close(&mut self, from: usize) {
        for open in self.open.drain(from..).rev() {
            if let Some(written) = open.written {
                self.depth -= 1;
                let empty = open.content == self.html.len() && !matches!(written, "td" | "th");
                if empty {
                    self.html.truncate(open.tag);
                    self.elements -= 1;
                } else {
                    let _ = write!(self.html, "</{written}>");
                }
            }
            self.quotations -= usize::from(open.name == "blockquote");
            self.html.push_str(if open.name == "q" { "”" } else { "" });
            if open.is_box && self.html.len() - open.content < BOX {
                self.html.truncate(open.tag);
            }
        }
    }

    /// Writes a start tag with those attributes that matter.
    fn write(&mut self, name: &str, given: &str) {
        self.elements += 1;
        let _ = write!(self.html, "<{name}");
        let mut seen: Vec<&str> = Vec::new();
        for (attribute, value) in attributes(given) {
            let lower = attribute.to_ascii_lowercase();
            let Some(value) = kept(&lower, value) else { continue };
            let Some(known) = known(&lower).filter(|known| !seen.contains(known)) else { continue };
            seen.push(known);
            let value = &value[..value.floor_char_boundary(VALUE)];
            let _ = write!(self.html, " {known}=\"{}\"", value.replace('"', "&quot;"));
        }
        self.html.push('>');
    }

    fn finish(mut self) -> Tidied {
        self.close(0);
        Tidied { html: self.html, cut: self.cut }
    }
}

fn is_class(attribute: &str) -> bool {
    ["class", "id"].iter().any(|known| attribute.eq_ignore_ascii_case(known))
}

fn known(attribute: &str) -> Option<&'static str> {
    let others = ["href", "style"].iter();
    KEPT.iter().chain(others).find(|kept| **kept == attribute).copied()
}

/// What is kept of an attribute's value, if it matters.
fn kept<'a>(attribute: &str, value: &'a str) -> Option<&'a str> {
    match attribute {
        // where a link leads does not matter, whether it leaves the page does
        "href" => Some(if value.starts_with('#') { "#" } else { "/" }),
        "style" => {
            let bare: String = value.chars().take(VALUE).filter(|c| *c != ' ').collect();
            let hidden = ["display:none", "visibility:hidden"].iter().any(|h| bare.contains(h));
            hidden.then_some("display:none")
        }
        _ => Some(value),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_text_and_structure() {
        for (page, tidied) in [
            (
                "<div onclick='x' CLASS=a data-b=c><b>One</b> <i>two</div>",
                "<div class=\"a\">One two</div>",
            ),
            ("<p>a<p>b<div>c", "<p>a</p><p>b</p><div>c</div>"),
            (
                "<ul><li>a<li>b<ul><li>c</ul></ul>",
                "<ul><li>a</li><li>b<ul><li>c</li></ul></li></ul>",
            ),
            (
                "<table><tr><td>a<td>b<tr><td>c",
                "<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>",
            ),
            ("<script>a</script><svg><p>b</svg>c<img src=d>", "c"),
            ("</div><p>1 < 2</p></p>", "<p>1 < 2</p>"),
            ("<a href=\"/x?y\">a</a><a href='#b'>b</a>", "<a href=\"/\">a</a><a href=\"#\">b</a>"),
            (
                "<blockquote>a<footer>B. Roe</footer></blockquote><footer>c</footer>",
                "<blockquote>a<p>B. Roe</p></blockquote><footer>c</footer>",
            ),
            ("<p style='display: none'>a</p>", "<p style=\"display:none\">a</p>"),
            ("a<div class=ad-slot>b</div><p class=load-ads>c", "a"),
            ("<main class=ads><p>a</p></main>", "<main class=\"ads\"><p>a</p></main>"),
            (
                "<div class='a social'><div class=embed><blockquote>b</blockquote></div>c</div>",
                "<div><div><blockquote>b</blockquote></div>c</div>",
            ),
            (
                "<div class=social>a<blockquote>b",
                "<div class=\"social\">a<blockquote>b</blockquote></div>",
            ),
            (
                "<div><time>Monday</time></div><p>on <time>Monday</time></p>",
                "<p>on <time>Monday</time></p>",
            ),
            ("<x-card><p>a</p></x-card>", "<p>a</p>"),
            ("<p>a <q>b", "<p>a “b”</p>"),
        ] {
            assert_eq!(unmask(&tidy(page).html), tidied, "{page}");
        }
    }

    #[test]
    fn nesting_and_size_are_bounded() {
        let deep = tidy(&("<div class=a>".repeat(100_000) + "b")).html;
        assert_eq!(deep.matches("<div").count(), DEPTH);
        assert_eq!(deep.matches("</div>").count(), DEPTH);
        let many = tidy(&"<p>a</p>".repeat(200_000));
        assert!(many.cut && many.html.matches("<p>").count() <= ELEMENTS + 1);
        let empty = tidy(&("<p>".repeat(200_000) + "a"));
        assert_eq!((empty.html.as_str(), empty.cut), ("<p>a</p>", false));
        let named = tidy(&format!("<p {}>a", "a b class=c ".repeat(100_000))).html;
        assert_eq!(named, "<p class=\"c\">a</p>");
    }
}
