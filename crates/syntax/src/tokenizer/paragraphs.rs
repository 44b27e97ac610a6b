//! Paragraphs: where a line end means something.
//!
//! A blank line always parts paragraphs. A single line end parts them too,
//! unless the text is *hard-wrapped*, as wire and e-mail texts are. Wrapping is
//! greedy: a line is broken where the next word would not fit. So a line end is
//! a wrap exactly when line and next word together are longer than the longest
//! line, and a text is wrapped when most of its line ends are of that kind.

use super::chars::{is_line_end, is_space};
use std::ops::Range;

/// No tool wraps at more columns than this.
const WIDEST: usize = 130;
/// And none at fewer.
const NARROWEST: usize = 40;
/// Tolerance in columns, for wrapping that is not quite greedy.
const SLACK: usize = 4;

/// One line that is not blank.
struct Line {
    bytes: Range<usize>,
    /// Code points without the white space at both ends.
    width: usize,
    /// Code points of the first word.
    first_word: usize,
    /// White space before the first word.
    indent: usize,
    /// Whether a blank line, or nothing, is before it.
    after_blank: bool,
}

/// Byte ranges of the paragraphs of a text, none blank, in order.
pub(super) fn paragraphs(text: &str) -> Vec<Range<usize>> {
    let lines = lines(text);
    let mut out: Vec<Range<usize>> = Vec::new();
    let whole = wrap_width(&lines);
    let mut start = 0;
    while start < lines.len() {
        let mut end = start + 1;
        while end < lines.len() && !lines[end].after_blank {
            end += 1;
        }
        let block = &lines[start..end];
        let width = whole.or_else(|| if block.len() >= 5 { wrap_width(block) } else { None });
        for (at, line) in block.iter().enumerate() {
            let continues = at > 0
                && width.is_some_and(|width| is_full(&block[at - 1], line, width))
                && line.indent <= block[at - 1].indent + 1;
            match out.last_mut() {
                Some(last) if continues => last.end = line.bytes.end,
                _ => out.push(line.bytes.clone()),
            }
        }
        start = end;
    }
    out
}

/// The lines of a text that are not blank.
fn lines(text: &str) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut after_blank = true;
    let mut at = 0;
    while at < text.len() {
        let rest = &text[at..];
        let length = rest.find(is_line_end).unwrap_or(rest.len());
        match line(text, at..at + length, after_blank) {
            Some(line) => {
                lines.push(line);
                after_blank = false;
            }
            None => after_blank = true,
        }
        at += length;
        let mut ends = text[at..].chars();
        if let Some(end) = ends.next() {
            at += end.len_utf8();
            at += usize::from(end == '\r' && ends.next() == Some('\n'));
        }
    }
    lines
}

/// Measures a line; `None` if it is blank.
fn line(text: &str, bytes: Range<usize>, after_blank: bool) -> Option<Line> {
    let whole = &text[bytes.clone()];
    let trimmed = whole.trim_start_matches(is_space);
    let before = whole.len() - trimmed.len();
    let trimmed = trimmed.trim_end_matches(is_space);
    if trimmed.is_empty() {
        return None;
    }
    let start = bytes.start + before;
    let first_word = trimmed.find(is_space).unwrap_or(trimmed.len());
    Some(Line {
        bytes: start..start + trimmed.len(),
        // A line that is too long to be wrapped need not be measured exactly.
        width: trimmed.chars().take(4 * WIDEST).count(),
        first_word: trimmed[..first_word].chars().take(4 * WIDEST).count(),
        indent: whole[..before].chars().take(WIDEST).count(),
        after_blank,
    })
}

/// Whether `line` was broken because the first word of `next` did not fit.
fn is_full(line: &Line, next: &Line, width: usize) -> bool {
    line.indent + line.width + 1 + next.first_word + SLACK > width
}

/// The column at which the lines are wrapped, if they are.
fn wrap_width(lines: &[Line]) -> Option<usize> {
    // A word longer than a line, such as a web address, breaks no rule.
    let of_several_words = lines.iter().filter(|line| line.first_word < line.width);
    let width = of_several_words.map(|line| line.indent + line.width).max()?;
    if !(NARROWEST..=WIDEST).contains(&width) {
        return None;
    }
    let pairs = || lines.windows(2).filter(|pair| !pair[1].after_blank);
    let full = pairs().filter(|pair| is_full(&pair[0], &pair[1], width)).count();
    let all = pairs().count();
    (full >= 2 && full * 10 >= all * 7).then_some(width)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Vec<&str> {
        paragraphs(text).into_iter().map(|bytes| &text[bytes]).collect()
    }

    #[test]
    fn every_kind_of_line_end_parts_paragraphs() {
        assert_eq!(
            of("One.\r\nTwo.\rThree.\u{2028}Four.\u{b}Five.\u{85}Six."),
            ["One.", "Two.", "Three.", "Four.", "Five.", "Six."]
        );
        assert_eq!(of("\u{a0}One\u{a0}two. \n \u{3000}\n Three.\n\n"), ["One\u{a0}two.", "Three."]);
        assert!(of(" \r\n\t\u{2029}").is_empty());
    }

    #[test]
    fn hard_wrapped_lines_are_joined() {
        let text = "The ministry of water said on Monday that the repairs to\n\
                    the northern canal would be finished before the winter,\n\
                    and that no village would be without supply meanwhile.\n\
                    Engineers disagreed.\n\
                    They have asked for another inspection of the eastern\n\
                    sluice.\n\n\
                    No date was given.\n";
        let found = of(text);
        assert_eq!(found.len(), 3, "{found:?}");
        assert!(found[0].ends_with("meanwhile.\nEngineers disagreed."));
        assert!(found[1].ends_with("the eastern\nsluice."));
    }

    #[test]
    fn long_lines_are_paragraphs() {
        let line = "The committee met again and heard the engineers, who asked for more time to \
                    finish the survey of the canal and the two sluices beside it.";
        let text = format!("{line}\n{line}\n{line}\nA short one.\n{line}\n");
        assert_eq!(of(&text).len(), 5);
    }

    #[test]
    fn a_list_of_short_lines_is_not_wrapped() {
        assert_eq!(of("Bread\nMilk and a little butter for the cake we bake\nSalt\nOil").len(), 4);
    }
}
