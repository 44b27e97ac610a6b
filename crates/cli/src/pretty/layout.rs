//! Lines of a given width, and tables that fit into it.

use super::ink::{Ink, Inked};
use unicode_width::UnicodeWidthChar;

/// Columns a character takes.
fn columns(c: char) -> usize {
    c.width().unwrap_or(0)
}

/// Columns a run takes.
pub fn width(run: &Inked) -> usize {
    run.0.iter().map(|(c, _)| columns(*c)).sum()
}

/// Breaks a run into lines of at most `width` columns, between words where it
/// can, within a word that is longer than a line.
pub fn fill(run: &Inked, width: usize) -> Vec<Inked> {
    let width = width.max(2);
    let mut lines = vec![Inked::default()];
    let mut used = 0;
    for word in words(&run.0) {
        let space = word.iter().take_while(|(c, _)| *c == ' ').count();
        let letters = &word[space..];
        let needed: usize = letters.iter().map(|(c, _)| columns(*c)).sum();
        let mut line = lines.pop().unwrap_or_default();
        if used > 0 && used + space + needed <= width {
            line.0.extend(&word[..space]);
            used += space;
        } else if used > 0 {
            lines.push(std::mem::take(&mut line));
            used = 0;
        }
        for (c, ink) in letters {
            if used > 0 && used + columns(*c) > width {
                lines.push(std::mem::take(&mut line));
                used = 0;
            }
            line.0.push((*c, *ink));
            used += columns(*c);
        }
        lines.push(line);
    }
    lines
}

/// The run cut before each space that follows a letter.
fn words(run: &[(char, Ink)]) -> impl Iterator<Item = &[(char, Ink)]> {
    run.chunk_by(|(before, _), (after, _)| *before == ' ' || *after != ' ')
        .filter(|word| word.iter().any(|(c, _)| *c != ' '))
}

/// Writes a run, wrapped, each line after `indent` spaces.
pub fn paragraph(out: &mut String, run: &Inked, indent: usize, width: usize, color: bool) {
    for line in fill(run, width.saturating_sub(indent)) {
        out.push_str(&" ".repeat(if line.is_empty() { 0 } else { indent }));
        line.write(out, color);
        out.push('\n');
    }
}

/// Columns between two cells.
const GAP: usize = 2;
/// No column of a table is made narrower than this.
const NARROWEST: usize = 6;

/// A row of a table.
#[derive(Debug, Default)]
pub struct Row {
    /// Cells that stand under those of the other rows.
    pub cells: Vec<Inked>,
    /// What follows on lines of its own, under the second cell.
    pub under: Inked,
}

impl From<Vec<Inked>> for Row {
    fn from(cells: Vec<Inked>) -> Self {
        Self { cells, under: Inked::default() }
    }
}

/// Writes rows whose cells stand under each other, after `indent` spaces. The
/// widest columns give way until the table fits; their cells are wrapped.
pub fn table(out: &mut String, rows: &[Row], indent: usize, total: usize, color: bool) {
    let widths = column_widths(rows, total.saturating_sub(indent));
    let second = indent + GAP + widths.first().copied().unwrap_or(0);
    for row in rows {
        let cells: Vec<Vec<Inked>> =
            row.cells.iter().zip(&widths).map(|(cell, width)| fill(cell, *width)).collect();
        for line in 0..cells.iter().map(Vec::len).max().unwrap_or(0) {
            let mut whole = Inked::new(&" ".repeat(indent), Ink::PLAIN);
            for (cell, wanted) in cells.iter().zip(&widths) {
                let piece = cell.get(line).cloned().unwrap_or_default();
                let pad = (wanted + GAP).saturating_sub(width(&piece));
                whole.push(piece.with(&" ".repeat(pad), Ink::PLAIN));
            }
            whole.write(out, color);
            out.push('\n');
        }
        if !row.under.is_empty() {
            paragraph(out, &row.under, second, total, color);
        }
    }
}

/// The natural widths of the columns, the widest narrowed until they fit.
fn column_widths(rows: &[Row], total: usize) -> Vec<usize> {
    let count = rows.iter().map(|row| row.cells.len()).max().unwrap_or(0);
    let natural = |at: usize| rows.iter().filter_map(|row| row.cells.get(at)).map(width).max();
    let mut widths: Vec<usize> = (0..count).map(|at| natural(at).unwrap_or(0)).collect();
    let room = total.saturating_sub(GAP * count.saturating_sub(1));
    while widths.iter().sum::<usize>() > room {
        let Some(widest) = widths.iter_mut().max_by_key(|width| **width) else { break };
        if *widest <= NARROWEST {
            break;
        }
        // A column of megabytes must not be narrowed a step at a time.
        *widest = (*widest - 1).min(total);
    }
    widths
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str, width: usize) -> Vec<String> {
        let plain = |line: &Inked| line.0.iter().map(|(c, _)| c).collect();
        fill(&Inked::new(text, Ink::PLAIN), width).iter().map(plain).collect()
    }

    #[test]
    fn breaks_between_words() {
        assert_eq!(lines("talks will resume in Geneva", 12), ["talks will", "resume in", "Geneva"]);
        assert_eq!(lines("", 12), [""]);
        assert_eq!(lines("  two  spaces ", 20), ["two  spaces"]);
    }

    #[test]
    fn breaks_long_words_and_counts_wide_characters() {
        assert_eq!(lines("abcdefgh", 3), ["abc", "def", "gh"]);
        assert_eq!(lines("外交部周二", 4), ["外交", "部周", "二"]);
        assert_eq!(lines("e\u{301}e\u{301}e\u{301} x", 3), ["e\u{301}e\u{301}e\u{301}", "x"]);
    }

    #[test]
    fn tables_fit() {
        let cell = |text: &str| Inked::new(text, Ink::PLAIN);
        let rows = [
            vec![
                cell("2018-12-19"),
                cell("RETREAT"),
                cell("the United States withdraws its troops"),
            ],
            vec![cell("2018-12-20"), cell("SUPPORT"), cell("外交部")],
        ]
        .map(Row::from);
        for total in [40, 60, 100] {
            let mut out = String::new();
            table(&mut out, &rows, 2, total, false);
            assert!(out.lines().all(|line| width(&cell(line)) <= total), "{out}");
            assert!(out.contains("  2018-12-20  SUPPORT  外交部\n"), "{out}");
        }
    }
}
