//! Spans of the untouched text, and slicing by them.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A half-open range `[start, end)` of Unicode code points of the article's
/// text, written in JSON as a two-element list, as Python slices strings.
///
/// ```
/// use dateline_account::{Span, TextIndex};
/// let text = "“Yes,” said Zoë.";
/// let index = TextIndex::new(text);
/// assert_eq!(index.slice(text, Span::new(12, 15)), "Zoë");
/// ```
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(from = "(u32, u32)", into = "(u32, u32)")]
#[schemars(with = "(u32, u32)")]
pub struct Span {
    /// First code point.
    pub start: u32,
    /// One past the last code point.
    pub end: u32,
}

impl Span {
    /// A span of the code points from `start` up to, not including, `end`.
    pub const fn new(start: u32, end: u32) -> Self {
        Self { start, end }
    }

    /// Length in code points.
    pub const fn len(self) -> u32 {
        self.end.saturating_sub(self.start)
    }

    /// Whether the span holds no code point.
    pub const fn is_empty(self) -> bool {
        self.end <= self.start
    }

    /// Whether the two spans share a code point.
    pub const fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// Whether `other` lies wholly inside this span.
    pub const fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// The smallest span that holds both.
    pub fn cover(self, other: Span) -> Span {
        Span::new(self.start.min(other.start), self.end.max(other.end))
    }
}

impl From<(u32, u32)> for Span {
    fn from((start, end): (u32, u32)) -> Self {
        Self { start, end }
    }
}

impl From<Span> for (u32, u32) {
    fn from(span: Span) -> Self {
        (span.start, span.end)
    }
}

/// Code point offsets of a text turned into byte offsets, in constant time.
///
/// ASCII text, most of the news, needs no table at all.
#[derive(Debug, Clone)]
pub struct TextIndex {
    /// Byte offset of each code point and of the end; empty for ASCII text.
    bytes: Vec<u32>,
    length: u32,
}

impl TextIndex {
    /// Indexes `text`, which must be shorter than 4 GiB.
    pub fn new(text: &str) -> Self {
        if text.is_ascii() {
            return Self { bytes: Vec::new(), length: text.len() as u32 };
        }
        let mut bytes: Vec<u32> = text.char_indices().map(|(at, _)| at as u32).collect();
        let length = bytes.len() as u32;
        bytes.push(text.len() as u32);
        Self { bytes, length }
    }

    /// Number of code points of the text.
    pub fn len(&self) -> u32 {
        self.length
    }

    /// Whether the text is empty.
    pub fn is_empty(&self) -> bool {
        self.length == 0
    }

    /// Byte offset of a code point; an offset past the end is the end.
    pub fn byte(&self, code_point: u32) -> usize {
        let at = code_point.min(self.length);
        if self.bytes.is_empty() { at as usize } else { self.bytes[at as usize] as usize }
    }

    /// Code point offset of a byte offset that lies on a boundary (inside a
    /// character: of that character).
    pub fn code_point(&self, byte: usize) -> u32 {
        if self.bytes.is_empty() {
            return (byte as u32).min(self.length);
        }
        let byte = byte as u32;
        (self.bytes.partition_point(|&at| at <= byte) as u32).saturating_sub(1).min(self.length)
    }

    /// The words a span quotes. `text` must be the text that was indexed.
    pub fn slice<'t>(&self, text: &'t str, span: Span) -> &'t str {
        let (start, end) = (self.byte(span.start), self.byte(span.end));
        text.get(start..end.max(start)).unwrap_or("")
    }

    /// The words of several spans to look at: pieces parted by ` … `, white
    /// space as single spaces.
    ///
    /// ```
    /// use dateline_account::{Span, TextIndex};
    /// let text = "“We will,\nhe said, not leave.”";
    /// let pieces = [Span::new(0, 9), Span::new(19, 30)];
    /// assert_eq!(TextIndex::new(text).quote(text, &pieces), "“We will, … not leave.”");
    /// ```
    pub fn quote(&self, text: &str, spans: &[Span]) -> String {
        let piece =
            |span: &Span| self.slice(text, *span).split_whitespace().collect::<Vec<_>>().join(" ");
        spans.iter().map(piece).collect::<Vec<_>>().join(" … ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slices_by_code_points() {
        let text = "a\u{1F600}b é";
        let index = TextIndex::new(text);
        assert_eq!(index.len(), 5);
        assert_eq!(index.slice(text, Span::new(1, 3)), "\u{1F600}b");
        assert_eq!(index.slice(text, Span::new(4, 99)), "é");
        for (point, (byte, _)) in text.char_indices().enumerate() {
            assert_eq!(index.code_point(byte), point as u32);
            assert_eq!(index.byte(point as u32), byte);
        }
        assert_eq!(index.code_point(text.len()), 5);
    }

    #[test]
    fn spans_are_json_pairs() {
        let json = serde_json::to_string(&Span::new(3, 9)).unwrap();
        assert_eq!(json, "[3,9]");
        assert_eq!(serde_json::from_str::<Span>(&json).unwrap(), Span::new(3, 9));
    }
}
