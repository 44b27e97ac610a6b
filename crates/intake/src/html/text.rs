//! HTML to text: paragraphs parted by a blank line, in the order of the page.

use crate::markup::{Markup, Piece, resolved};

/// Elements that begin and end a paragraph.
const BLOCKS: &[&str] = &[
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "caption",
    "center",
    "dd",
    "details",
    "dialog",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "html",
    "legend",
    "li",
    "main",
    "nav",
    "ol",
    "p",
    "pre",
    "section",
    "summary",
    "table",
    "tbody",
    "tfoot",
    "thead",
    "tr",
    "ul",
];
/// Elements whose content nobody sees, or that are no text.
const UNSEEN: &[&str] = &[
    "audio", "button", "canvas", "head", "iframe", "math", "noscript", "object", "script",
    "select", "style", "svg", "template", "textarea", "title", "video",
];

/// The text of a page or of a part of one.
///
/// White space is as a browser shows it: runs of it are one space, `<br>` is a
/// line end, and between blocks (paragraphs, list items, quotations, captions,
/// rows of a table) is a blank line. Cells of a row are parted by a tab.
pub(crate) fn text(html: &str) -> String {
    let mut out = Lines::default();
    // the element whose content is passed over, and how many of its name are open
    let mut unseen: Option<(&str, usize)> = None;
    for piece in Markup::html(html) {
        if let Some((name, open)) = &mut unseen {
            match piece {
                Piece::Start { name: other, closed: false, .. }
                    if other.eq_ignore_ascii_case(name) =>
                {
                    *open += 1;
                }
                Piece::End(other) if other.eq_ignore_ascii_case(name) => *open -= 1,
                _ => {}
            }
            if *open == 0 {
                unseen = None;
            }
            continue;
        }
        match piece {
            Piece::Text(text) => out.push(&resolved(text)),
            Piece::Data(_) => {}
            Piece::Start { name, closed, .. } if is(UNSEEN, name) => {
                if !closed {
                    unseen = Some((name, 1));
                }
            }
            Piece::Start { name, .. } | Piece::End(name) if is(BLOCKS, name) => out.gap(Gap::Block),
            Piece::Start { name, .. } if name.eq_ignore_ascii_case("br") => out.gap(Gap::Line),
            Piece::Start { name, .. } if is(&["td", "th"], name) => out.gap(Gap::Cell),
            // browsers show its marks
            Piece::Start { name, .. } if name.eq_ignore_ascii_case("q") => out.push("“"),
            Piece::End(name) if name.eq_ignore_ascii_case("q") => out.push("”"),
            Piece::Start { .. } | Piece::End(_) => {}
        }
    }
    out.text
}

fn is(names: &[&str], name: &str) -> bool {
    names.iter().any(|known| known.eq_ignore_ascii_case(name))
}

/// What stands between two words.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Gap {
    #[default]
    None,
    Space,
    Cell,
    Line,
    Block,
}

/// Text whose white space is put together as it comes.
#[derive(Default)]
struct Lines {
    text: String,
    gap: Gap,
}

impl Lines {
    /// The widest of several gaps stands; two line ends are a paragraph's.
    fn gap(&mut self, gap: Gap) {
        let twice = gap == Gap::Line && self.gap == Gap::Line;
        self.gap = if twice { Gap::Block } else { self.gap.max(gap) };
    }

    fn push(&mut self, text: &str) {
        let mut words = text.split(|c: char| c.is_whitespace()).peekable();
        while let Some(word) = words.next() {
            if !word.is_empty() {
                let gap = if self.text.is_empty() { Gap::None } else { self.gap };
                self.text.push_str(match gap {
                    Gap::None => "",
                    Gap::Space => " ",
                    Gap::Cell => "\t",
                    Gap::Line => "\n",
                    Gap::Block => "\n\n",
                });
                self.gap = Gap::None;
                self.text.push_str(word);
            }
            if words.peek().is_some() {
                self.gap(Gap::Space);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::text;

    #[test]
    fn white_space_is_what_a_browser_shows() {
        for (html, shown) in [
            ("  One\n two <b>th</b>ree&nbsp;four ", "One two three four"),
            ("<p>One</p>\n<p>two<br>three<br/><br>four</p>", "One\n\ntwo\nthree\n\nfour"),
            ("<div><div>a</div> b</div>c", "a\n\nb\n\nc"),
            ("<ul><li>a<li>b</ul>", "a\n\nb"),
            ("<table><tr><td>a<td>b<tr><td>c</table>", "a\tb\n\nc"),
            ("a<script>b</script><svg><svg>c</svg>d</svg><style/>", "a"),
            ("She: <q>We <b>stay</b></q>.", "She: “We stay”."),
            ("<p>Lind&rsquo;s &lt;plan&gt;</p>", "Lind’s <plan>"),
            ("", ""),
        ] {
            assert_eq!(text(html), shown, "{html}");
        }
    }

    #[test]
    fn quotations_and_captions_stay_in_their_place() {
        let html = "<p>She wrote:</p><blockquote><p>We stay.</p></blockquote><figure><img \
                    src=x><figcaption>The harbour.</figcaption></figure><p>Talks go on.</p>";
        assert_eq!(text(html), "She wrote:\n\nWe stay.\n\nThe harbour.\n\nTalks go on.");
    }
}
