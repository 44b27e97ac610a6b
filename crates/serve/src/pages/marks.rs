//! The text of an article with its marks, which may overlap.
//!
//! The text is cut wherever a mark begins or ends; each piece carries the names
//! of all marks that it is in (`data-m="c3 e7"`) and a class for each of their
//! layers, which style sheets can show on top of each other. A mark's name is
//! also the id of an anchor where it begins, so that it has its own address.

use crate::link;
use crate::text::acts;
use dateline::{Account, Span, TextIndex};
use maud::{Markup, PreEscaped, Render, html};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

/// Marks that a piece names; the innermost come first, and more than these
/// nobody could tell apart.
const NAMED: usize = 8;

/// One span of a mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Piece {
    span: Span,
    /// `c`, `e`, `t`, `p`: claim, event, time, place.
    layer: char,
    /// Number in its layer.
    n: usize,
    /// Class of its part.
    part: &'static str,
}

/// All spans of an account that are marked, in the order of the text.
fn pieces(account: &Account) -> Vec<Piece> {
    let mut all = Vec::new();
    let mut add = |layer, n, part, spans: &[Span]| {
        all.extend(spans.iter().map(|&span| Piece { span, layer, n, part }));
    };
    for (n, claim) in account.claims.iter().enumerate() {
        add(
            'c',
            n,
            if claim.stance == "deny" { "content deny" } else { "content" },
            &claim.content,
        );
        add('c', n, "source", &claim.source);
        add('c', n, "cue", &claim.cue);
    }
    for (n, event) in account.events.iter().enumerate() {
        add('e', n, "trigger", &event.trigger);
    }
    for (n, time) in account.times.iter().enumerate() {
        add('t', n, "time", &[time.span]);
    }
    for (n, place) in account.places.iter().enumerate() {
        add('p', n, "place", &[place.span]);
    }
    all.retain(|piece| !piece.span.is_empty());
    all.sort();
    all
}

/// Where the paragraphs of a text are: those of the account, and what is
/// between them.
fn paragraphs(account: &Account, length: u32) -> Vec<Span> {
    let mut out = Vec::new();
    let mut at = 0;
    for &paragraph in &account.paragraphs {
        let start = paragraph.start.max(at);
        if start > at {
            out.push(Span::new(at, start));
        }
        if paragraph.end > start {
            out.push(Span::new(start, paragraph.end));
            at = paragraph.end;
        }
    }
    if at < length {
        out.push(Span::new(at, length));
    }
    out
}

/// The text with its marks; `lit` names those that are lit up, `key` the
/// article, whose marks then have an address.
pub fn text(account: &Account, key: Option<&str>, lit: &str) -> Markup {
    let index = TextIndex::new(&account.text);
    let pieces = pieces(account);
    let mut cuts: Vec<u32> = pieces.iter().flat_map(|p| [p.span.start, p.span.end]).collect();
    cuts.sort_unstable();
    cuts.dedup();
    let mut anchored = BTreeSet::new();
    let mut fresh = Vec::new();
    let (mut next, mut open): (usize, BTreeMap<(u32, usize), Piece>) = (0, BTreeMap::new());
    let mut out = String::with_capacity(account.text.len() * 4);
    for paragraph in paragraphs(account, index.len()) {
        if index.slice(&account.text, paragraph).trim().is_empty() {
            continue;
        }
        out.push_str("<p>");
        let from = cuts.partition_point(|&cut| cut <= paragraph.start);
        let to = cuts.partition_point(|&cut| cut < paragraph.end);
        let ends = cuts[from..to.max(from)].iter().copied().chain([paragraph.end]);
        let mut start = paragraph.start;
        for end in ends {
            while let Some(piece) = pieces.get(next).filter(|piece| piece.span.start <= start) {
                open.insert((piece.span.end, next), *piece);
                fresh.extend(
                    anchored.insert((piece.layer, piece.n)).then_some((piece.layer, piece.n)),
                );
                next += 1;
            }
            // What has ended stands first.
            while let Some(entry) = open.first_entry().filter(|entry| entry.key().0 <= start) {
                entry.remove();
            }
            let words = index.slice(&account.text, Span::new(start, end));
            for (layer, n) in fresh.drain(..) {
                let _ = write!(out, "<a id=\"{layer}{n}\"></a>");
            }
            segment(&mut out, words, &open, key, lit);
            start = end;
        }
        out.push_str("</p>\n");
    }
    PreEscaped(out)
}

/// One piece of the text.
fn segment(
    out: &mut String,
    words: &str,
    open: &BTreeMap<(u32, usize), Piece>,
    key: Option<&str>,
    lit: &str,
) {
    if open.is_empty() {
        escaped(out, words);
        return;
    }
    // Those that end first, the innermost, as far as they nest.
    let mut inner: Vec<&Piece> = open.values().take(NAMED).collect();
    inner.sort_by_key(|piece| (piece.span.len(), piece.layer, piece.n));
    let mut classes: BTreeSet<&str> = inner.iter().map(|piece| piece.part).collect();
    let names: BTreeSet<String> =
        inner.iter().map(|piece| format!("{}{}", piece.layer, piece.n)).collect();
    if !lit.is_empty() && names.contains(lit) {
        classes.insert("lit");
    }
    let classes = classes.into_iter().collect::<Vec<_>>().join(" ");
    let names = names.into_iter().collect::<Vec<_>>().join(" ");
    let short = inner.iter().find(|piece| !piece.part.starts_with("content"));
    match key.zip(short) {
        Some((key, piece)) => {
            let address = link::mark(key, &format!("{}{}", piece.layer, piece.n));
            let _ = write!(
                out,
                "<a class=\"m {classes}\" data-m=\"{names}\" href=\"{address}\" tabindex=\"-1\">"
            );
            escaped(out, words);
            out.push_str("</a>");
        }
        None => {
            let _ = write!(out, "<span class=\"m {classes}\" data-m=\"{names}\">");
            escaped(out, words);
            out.push_str("</span>");
        }
    }
}

/// Writes a text; characters that act on others are shown as what they are.
fn escaped(out: &mut String, text: &str) {
    let mut rest = text;
    while let Some(at) = rest.find(acts) {
        rest[..at].render_to(out);
        let character = rest[at..].chars().next().unwrap_or_default();
        let name = format!("U+{:04X}", u32::from(character));
        html! { span class="control" title="a control character, not obeyed here" { (name) } }
            .render_to(out);
        rest = &rest[at + character.len_utf8()..];
    }
    rest.render_to(out);
}

#[cfg(test)]
mod tests {
    use super::*;
    use dateline::{Article, Place, PlaceForm, Time, TimeType};

    fn account(text: &str) -> Account {
        Account::empty(&Article::new("a", text), "en")
    }

    fn time(start: u32, end: u32) -> Time {
        Time {
            span: Span::new(start, end),
            kind: TimeType::Date,
            value: "x".into(),
            modifier: None,
        }
    }

    #[test]
    fn pieces_carry_all_marks_that_they_are_in() {
        let mut account = account("On Monday in Rome.");
        account.times.push(time(0, 9));
        account.places.push(Place {
            span: Span::new(3, 17),
            form: PlaceForm::Name,
            name: "Rome".into(),
            geonames: None,
            lat: None,
            lon: None,
            country: None,
            feature: None,
        });
        let html = text(&account, None, "p0").into_string();
        assert_eq!(
            html,
            "<p><a id=\"t0\"></a><span class=\"m time\" data-m=\"t0\">On </span>\
             <a id=\"p0\"></a><span class=\"m lit place time\" data-m=\"p0 t0\">Monday</span>\
             <span class=\"m lit place\" data-m=\"p0\"> in Rome</span>.</p>\n"
        );
    }

    #[test]
    fn nothing_of_a_text_is_markup() {
        let account = account("<script>alert(1)</script> & \u{202e}evil");
        let html = text(&account, Some("\"><img src=x onerror=alert(1)>"), "").into_string();
        assert!(html.contains("&lt;script&gt;") && html.contains("U+202E"), "{html}");
        assert!(!html.contains('\u{202e}') && !html.contains("<script"), "{html}");
    }

    #[test]
    fn ten_thousand_nested_marks_are_a_page_of_bounded_size() {
        let mut account = account(&"x".repeat(20_001));
        account.times = (0..10_000).map(|n| time(n, 20_000 - n)).collect();
        let html = text(&account, None, "").into_string();
        assert!(html.len() < 5_000_000, "{}", html.len());
        assert_eq!(html.matches("<a id=").count(), 10_000);
    }
}
