//! Elements, attributes and classes of HTML, by what tidying does with them.

/// Elements that go with all they hold.
pub(super) const GONE: &[&str] = &[
    "audio", "button", "canvas", "iframe", "math", "noscript", "object", "script", "select",
    "style", "svg", "template", "textarea", "video",
];
/// Elements without content that go.
pub(super) const GONE_VOID: &[&str] =
    &["area", "base", "col", "embed", "img", "input", "link", "param", "source", "track", "wbr"];
/// Elements that only change how letters look; a parser would open them anew in
/// every paragraph.
pub(super) const LOOKS: &[&str] = &[
    "abbr", "acronym", "b", "bdi", "bdo", "big", "code", "em", "font", "i", "ins", "mark", "nobr",
    "picture", "q", "s", "small", "strike", "strong", "sub", "sup", "tt", "u",
];
/// Elements that end an open paragraph.
pub(super) const ENDS_PARAGRAPH: &[&str] = &[
    "address",
    "article",
    "aside",
    "blockquote",
    "div",
    "dl",
    "figure",
    "figcaption",
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
    "main",
    "nav",
    "ol",
    "p",
    "pre",
    "section",
    "table",
    "ul",
];
/// Elements that end an open one of their kind, up to the elements that hold them.
pub(super) const SIBLINGS: &[(&[&str], &[&str])] = &[
    (&["li"], &["ul", "ol", "menu"]),
    (&["dt", "dd"], &["dl"]),
    (&["td", "th"], &["table", "tr"]),
    (&["tr"], &["table"]),
];
/// Attributes that are kept.
pub(super) const KEPT: &[&str] = &[
    "aria-hidden",
    "aria-modal",
    "class",
    "content",
    "datetime",
    "hidden",
    "id",
    "itemprop",
    "lang",
    "name",
    "property",
    "rel",
    "role",
];

/// Words of a class or an id by which boxes are told that are no part of the
/// article around them.
pub(super) const BOXES: &[&str] = &[
    "ad",
    "ads",
    "advert",
    "advertisement",
    "advertising",
    "consent",
    "cookie",
    "cookies",
    "newsletter",
    "promo",
    "subscribe",
];

/// Elements that are kept as they are; a parser has rules of its own for many
/// others that do not matter here.
pub(super) const SAME: &[&str] = &[
    "a",
    "address",
    "article",
    "aside",
    "blockquote",
    "caption",
    "cite",
    "dd",
    "dialog",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "li",
    "main",
    "nav",
    "ol",
    "p",
    "pre",
    "section",
    "span",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "time",
    "title",
    "tr",
    "ul",
];
