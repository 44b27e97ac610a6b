//! Quotations: which words stand between quotation marks.
//!
//! Knows straight, curly, low and angled marks, `''` on both sides and two
//! backticks, and single marks where they can be told from apostrophes. A
//! quotation of several paragraphs reopens its mark in each and closes it in
//! the last; one that never closes ends with its paragraph. Only the outermost
//! quotations are kept, and one pass over the text finds them, however many
//! marks there are.

use dateline_account::Span;
use dateline_syntax::Doc;
use std::ops::Range;

/// A quotation, within one paragraph.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Quotation {
    /// Its tokens, marks included.
    pub tokens: Range<usize>,
    /// The text, marks included.
    pub span: Span,
    /// Index of the paragraph.
    pub paragraph: usize,
    /// Whether a closing mark ends it.
    pub closed: bool,
    /// Whether it goes on with the quotation that the last paragraph left open.
    pub continues: bool,
}

/// All quotations of a document, in reading order, never overlapping.
#[derive(Debug)]
pub(crate) struct Quotations {
    pub all: Vec<Quotation>,
    /// Index into `all` for each token, plus one; zero outside.
    of_token: Vec<u32>,
}

impl Quotations {
    pub fn new(doc: &Doc<'_>) -> Self {
        let mut all: Vec<Quotation> = Vec::new();
        let mut open_before = false;
        for (paragraph, sentences) in doc.paragraphs.iter().enumerate() {
            let Some(tokens) = paragraph_tokens(doc, sentences) else { continue };
            let bytes = doc.tokens[tokens.start].bytes.start..doc.tokens[tokens.end - 1].bytes.end;
            let Some(text) = doc.text.get(bytes.clone()) else { continue };
            let found = in_paragraph(text, open_before);
            open_before = false;
            for found in found {
                let span = Span::new(
                    doc.index.code_point(bytes.start + found.bytes.start),
                    doc.index.code_point(bytes.start + found.bytes.end),
                );
                let mut tokens = doc.tokens_in(span);
                let mut span = span;
                if found.to_sentence_end {
                    let sentence = doc.tokens[tokens.start.min(doc.tokens.len() - 1)].sentence;
                    let end = doc.sentences.get(sentence).map_or(tokens.end, |s| s.end);
                    tokens.end = tokens.end.min(end.max(tokens.start + 1));
                    span = Span::new(span.start, span.end.min(doc.span(tokens.clone()).end));
                }
                if tokens.is_empty() {
                    continue;
                }
                open_before = !found.closed && !found.to_sentence_end;
                let (closed, continues) = (found.closed, found.continues);
                all.push(Quotation { tokens, span, paragraph, closed, continues });
            }
        }
        let mut of_token = vec![0; doc.tokens.len()];
        for (at, quotation) in all.iter().enumerate() {
            for slot in of_token.get_mut(quotation.tokens.clone()).into_iter().flatten() {
                *slot = at as u32 + 1;
            }
        }
        Self { all, of_token }
    }

    /// Whether a quotation neither closes nor goes on in the next paragraph.
    pub fn never_closes(&self, quotation: usize) -> bool {
        let goes_on = || self.all.get(quotation + 1).is_some_and(|next| next.continues);
        !self.all[quotation].closed && !goes_on()
    }

    /// Index of the quotation that a token, mark or word, stands in.
    pub fn of(&self, token: usize) -> Option<usize> {
        self.of_token.get(token).and_then(|&at| (at as usize).checked_sub(1))
    }
}

/// Token range of a paragraph, if it has tokens.
pub(crate) fn paragraph_tokens(doc: &Doc<'_>, sentences: &Range<usize>) -> Option<Range<usize>> {
    let start = doc.sentences.get(sentences.start)?.start;
    let end = doc.sentences.get(sentences.end.checked_sub(1)?)?.end;
    (start < end && end <= doc.tokens.len()).then_some(start..end)
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Role {
    Open,
    Close,
}

#[derive(Debug, Clone)]
struct Mark {
    bytes: Range<usize>,
    role: Role,
}

/// A quotation found in a paragraph's text.
#[derive(Debug, Clone, PartialEq)]
struct InText {
    bytes: Range<usize>,
    closed: bool,
    continues: bool,
    /// It lacks its closing mark though others follow: ends with its sentence.
    to_sentence_end: bool,
}

/// The outermost quotations of a paragraph.
fn in_paragraph(text: &str, open_before: bool) -> Vec<InText> {
    let marks = double_marks(text);
    let partner = pair(&marks);
    let first_text = text.find(|c: char| !c.is_whitespace()).unwrap_or(0);
    let mut found = Vec::new();
    let mut covered = 0;
    if open_before
        && let Some((at, mark)) = marks.iter().enumerate().find(|(_, m)| m.role == Role::Close)
        && partner[at].is_none()
        && marks[..at].is_empty()
    {
        // the last paragraph's quotation closes here without having reopened
        found.push(InText {
            bytes: first_text..mark.bytes.end,
            closed: true,
            continues: true,
            to_sentence_end: false,
        });
        covered = mark.bytes.end;
    }
    for (at, mark) in marks.iter().enumerate() {
        if mark.role != Role::Open || mark.bytes.start < covered {
            continue;
        }
        let continues = open_before && mark.bytes.start == first_text;
        if let Some(close) = partner[at] {
            covered = marks[close].bytes.end;
            found.push(InText {
                bytes: mark.bytes.start..covered,
                closed: true,
                continues,
                to_sentence_end: false,
            });
        } else {
            let next = marks[at + 1..].iter().find(|m| m.role == Role::Open);
            covered = next.map_or(text.trim_end().len(), |m| m.bytes.start);
            found.push(InText {
                bytes: mark.bytes.start..covered,
                closed: false,
                continues,
                to_sentence_end: next.is_some(),
            });
        }
    }
    let doubles: Vec<Range<usize>> = found.iter().map(|f| f.bytes.clone()).collect();
    found.extend(singles(text, &doubles));
    found.sort_by_key(|f| f.bytes.start);
    found.retain(|f| !f.bytes.is_empty());
    found
}

/// The partner of each mark.
fn pair(marks: &[Mark]) -> Vec<Option<usize>> {
    let mut partner = vec![None; marks.len()];
    let mut open = Vec::new();
    for (at, mark) in marks.iter().enumerate() {
        if mark.role == Role::Open {
            open.push(at);
        } else if let Some(start) = open.pop() {
            partner[start] = Some(at);
            partner[at] = Some(start);
        }
    }
    partner
}

/// Marks that are two strokes wide, or written as two characters.
fn double_marks(text: &str) -> Vec<Mark> {
    let mut marks: Vec<Mark> = Vec::new();
    let mut depth = 0usize;
    let mut low = false; // „ is open, which “ closes
    let mut before = None;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let mut end = at + c.len_utf8();
        let doubled = matches!(c, '\'' | '`' | '’' | '‘')
            && chars.next_if(|&(_, next)| next == c).is_some_and(|(second, _)| {
                end = second + c.len_utf8();
                true
            });
        if doubled || is_double(c) {
            let after = text[end..].chars().next();
            let role = if low && c == '“' {
                Role::Close
            } else {
                role(if doubled { '"' } else { c }, before, after, depth)
            };
            low = c == '„';
            match role {
                Role::Open => depth += 1,
                Role::Close => depth = depth.saturating_sub(1),
            }
            marks.push(Mark { bytes: at..end, role });
        }
        before = Some(c);
    }
    marks
}

fn is_double(c: char) -> bool {
    matches!(c, '"' | '“' | '”' | '„' | '‟' | '«' | '»' | '＂' | '〝' | '〞' | '「' | '」')
}

/// Whether a mark opens or closes, from its shape, its neighbours, and
/// whether a quotation is open.
fn role(mark: char, before: Option<char>, after: Option<char>, depth: usize) -> Role {
    let may_open = before.is_none_or(|c| c.is_whitespace() || "([{—–-/‘“".contains(c))
        && after.is_some_and(|c| !c.is_whitespace());
    let may_close = before.is_some_and(|c| !c.is_whitespace());
    match mark {
        '“' | '„' | '‟' | '〝' | '「' if !(depth > 0 && after.is_none()) => Role::Open,
        '«' if depth == 0 || may_open => Role::Open,
        '”' | '〞' | '」' | '»' if depth > 0 || !may_open => Role::Close,
        _ if may_open && !may_close => Role::Open,
        _ if may_close && !may_open => Role::Close,
        _ if depth > 0 => Role::Close,
        _ => Role::Open,
    }
}

/// Quotations in single marks, outside the doubles.
fn singles(text: &str, doubles: &[Range<usize>]) -> Vec<InText> {
    let mut marks: Vec<(usize, usize, bool, bool, Option<char>)> = Vec::new();
    let mut before: Option<char> = None;
    let mut double = 0;
    for (at, c) in text.char_indices() {
        while doubles.get(double).is_some_and(|d| d.end <= at) {
            double += 1;
        }
        let inside = doubles.get(double).is_some_and(|d| d.contains(&at));
        if matches!(c, '\'' | '‘' | '’' | '‚' | '‹' | '›') && !inside {
            let end = at + c.len_utf8();
            let rest = &text[end..];
            let after = rest.chars().next();
            let opens = before.is_none_or(|b| b.is_whitespace() || "([{—–".contains(b))
                && after.is_some_and(|a| a.is_alphanumeric() || "[$£€…".contains(a))
                && c != '’'
                && c != '›'
                && !(c != '‹' && is_elision(rest));
            let closes = before.is_some_and(|b| !b.is_whitespace())
                && after.is_none_or(|a| !a.is_alphanumeric())
                && !matches!(c, '‘' | '‚' | '‹');
            if opens || closes {
                marks.push((at, end, opens, closes, before));
            }
        }
        before = Some(c);
    }
    let mut found = Vec::new();
    let mut at = 0;
    while at < marks.len() {
        let (start, _, opens, ..) = marks[at];
        if !opens {
            at += 1;
            continue;
        }
        let until = marks[at + 1..].iter().position(|m| m.2).map_or(marks.len(), |p| at + 1 + p);
        let crosses =
            |end: usize| doubles.iter().any(|d| start < d.start && d.start < end && end < d.end);
        let closers = || (at + 1..until).filter(|&m| marks[m].3);
        // `workers' rights` inside: a mark after a full stop or comma is surer
        // than one after a letter, and one after `s` may be a possessive
        let sure = closers().find(|&m| marks[m].4.is_some_and(|b| ".,!?…—".contains(b)));
        let plain = closers().find(|&m| marks[m].4.is_some_and(|b| b != 's'));
        let close = match (sure, plain) {
            (Some(sure), Some(plain)) => Some(sure.min(plain)),
            (sure, plain) => sure.or(plain).or_else(|| closers().next_back()),
        };
        match close {
            Some(close) if doubles.len() > 256 || !crosses(marks[close].1) => {
                found.push(InText {
                    bytes: start..marks[close].1,
                    closed: true,
                    continues: false,
                    to_sentence_end: false,
                });
                at = close + 1;
            }
            _ => at = until.max(at + 1),
        }
    }
    // a single-marked quotation may not swallow a double one's part
    let mut double = 0;
    found.retain(|f| {
        while doubles.get(double).is_some_and(|d| d.end <= f.bytes.start) {
            double += 1;
        }
        doubles.get(double).is_none_or(|d| d.start >= f.bytes.end)
    });
    found
}

/// Words that begin with an apostrophe: `'em`, `'90s`.
fn is_elision(rest: &str) -> bool {
    let word: String =
        rest.chars().take_while(|c| c.is_alphanumeric()).take(8).collect::<String>().to_lowercase();
    word.starts_with(|c: char| c.is_ascii_digit())
        || matches!(
            word.as_str(),
            "em" | "til" | "till" | "cause" | "n" | "tis" | "twas" | "s" | "re"
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn quoted(text: &str) -> Vec<&str> {
        in_paragraph(text, false).into_iter().map(|f| &text[f.bytes]).collect()
    }

    #[test]
    fn every_style() {
        assert_eq!(quoted("“We go,” she said."), ["“We go,”"]);
        assert_eq!(quoted("\"We go,\" she said. \"Now.\""), ["\"We go,\"", "\"Now.\""]);
        assert_eq!(quoted("''We go,'' she said."), ["''We go,''"]);
        assert_eq!(quoted("``We go,'' she said."), ["``We go,''"]);
        assert_eq!(quoted("«We go», she said."), ["«We go»"]);
        assert_eq!(quoted("„We go“, she said."), ["„We go“"]);
        assert_eq!(quoted("‘We go,’ she said of the parties’ talks."), ["‘We go,’"]);
        assert_eq!(quoted("'We go,' she said."), ["'We go,'"]);
    }

    #[test]
    fn apostrophes_are_no_quotations() {
        assert!(quoted("The workers' union said it's the '90s again, don't tell 'em.").is_empty());
        assert_eq!(
            quoted("‘The workers’ rights matter,’ he said."),
            ["‘The workers’ rights matter,’"]
        );
        assert_eq!(quoted("a ‘free’ vote and a 'fair' one"), ["‘free’", "'fair'"]);
    }

    #[test]
    fn nested_and_unclosed() {
        assert_eq!(quoted("“She said ‘no’ twice,” he said."), ["“She said ‘no’ twice,”"]);
        assert_eq!(quoted("“A “very” odd day,” he said."), ["“A “very” odd day,”"]);
        let open = in_paragraph("He said: “We go. We stay.", false);
        assert_eq!(open.len(), 1);
        assert!(!open[0].closed && !open[0].to_sentence_end);
        let twice = in_paragraph("“We go, she said. “Now.”", false);
        assert!(twice[0].to_sentence_end);
        assert!(twice[1].closed);
    }

    #[test]
    fn paragraphs_go_on() {
        assert!(in_paragraph("“And more.”", true)[0].continues);
        let closes = in_paragraph("And more.” She left.", true);
        assert_eq!(closes[0].bytes, 0.."And more.”".len());
        assert!(in_paragraph("And more.” She left.", false).is_empty());
    }

    #[test]
    fn only_marks_in_linear_time() {
        for mark in ["“", "\"", "'", "''", "«", "‘", "’", "”", " '", "‘a "] {
            in_paragraph(&mark.repeat(20_000), true);
        }
    }
}
