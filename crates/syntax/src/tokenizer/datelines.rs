//! Datelines: `BEIRUT, Dec. 20 (Reuters) -` before a dispatch's first sentence.
//!
//! A dateline is no part of the sentence that follows it; read together, the
//! city becomes its subject and the source of what is said there.

use super::Piece;

/// A dateline is looked for in so many pieces at most.
const REACH: usize = 16;

/// Number of pieces of the dateline that a paragraph begins with, its dash
/// included; `None` if it begins with none.
///
/// Two forms are known: a place in capitals, perhaps with a region and a date,
/// before a dash; and anything short before an agency in brackets and a dash
/// (`Beirut (Reuters) -`, `san salvador, 3 jan (efe) --`).
pub(crate) fn dateline(text: &str, paragraph: &[Piece]) -> Option<usize> {
    let form = |at: usize| paragraph.get(at).map_or("", |piece| &text[piece.bytes.clone()]);
    let reach = REACH.min(paragraph.len().saturating_sub(1));
    let dash = (1..reach).find(|&at| is_dash(form(at)) && spaced(text, paragraph, at))?;
    let agency = form(dash - 1) == ")"
        && (1..dash).rev().find(|&at| form(at) == "(").is_some_and(|open| dash - open <= 6);
    let place = in_capitals(form(0)) && (0..dash).all(|at| may_stand_in(form(at)));
    (agency || place).then_some(dash + 1)
}

fn is_dash(form: &str) -> bool {
    matches!(form, "-" | "--" | "–" | "—" | "―")
}

/// Whether white space stands on both sides of a hyphen; the longer dashes may
/// be set close.
fn spaced(text: &str, pieces: &[Piece], at: usize) -> bool {
    let bytes = &pieces[at].bytes;
    let before = text[..bytes.start].chars().next_back().is_some_and(char::is_whitespace);
    let after = text[bytes.end..].chars().next().is_some_and(char::is_whitespace);
    &text[bytes.clone()] != "-" || (before && after)
}

/// A word of three capitals or more.
fn in_capitals(form: &str) -> bool {
    let letters = form.chars().filter(|c| c.is_alphabetic()).count();
    letters >= 3 && !form.chars().any(char::is_lowercase)
}

/// What may stand between the place and the dash: words with a capital,
/// numbers, commas, periods, slashes, brackets.
fn may_stand_in(form: &str) -> bool {
    form.chars().next().is_some_and(|c| c.is_uppercase() || c.is_ascii_digit())
        || matches!(form, "," | "." | "/" | "(" | ")" | "-" | "and" | "of")
}

#[cfg(test)]
mod tests {
    use crate::tokenizer::tokenize;

    /// The text after the dateline, if there is one.
    fn rest(text: &str) -> Option<&str> {
        let tokens = tokenize(text);
        let end = super::dateline(text, &tokens.pieces)?;
        Some(&text[tokens.pieces[end].bytes.start..])
    }

    #[test]
    fn datelines_of_many_houses() {
        for line in [
            "BEIRUT (AP) — Talks resumed.",
            "BRUSSELS - Talks resumed.",
            "DHAKA, Bangladesh — Talks resumed.",
            "WASHINGTON, Dec. 20 (Xinhua) -- Talks resumed.",
            "Beirut (Reuters) - Talks resumed.",
            "SAN JOSE, Calif. - Talks resumed.",
            "UNITED NATIONS/GENEVA, March 3 – Talks resumed.",
        ] {
            assert_eq!(rest(line), Some("Talks resumed."), "{line}");
        }
    }

    #[test]
    fn other_dashes_are_left_alone() {
        for line in [
            "The talks - the third in a year - resumed.",
            "Ministers met in Oslo — and left.",
            "A US-led force - large and slow - left.",
            "WHO: the talks resumed",
            "",
            "-",
        ] {
            assert_eq!(rest(line), None, "{line}");
        }
    }
}
