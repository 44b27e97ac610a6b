//! A rule-based guess at sentence ends, from the punctuation and what is around.
//!
//! It is a feature of the trained boundary decision and what is left when there
//! is none.

use super::Piece;
use super::abbreviations::{self, Kind};
use super::chars::{is_closing, is_final, is_opening};
use std::ops::Range;

/// Words that begin a sentence far more often than they follow an abbreviation,
/// in alphabetical order.
const STARTERS: &[&str] = &[
    "A",
    "About",
    "According",
    "After",
    "All",
    "Although",
    "Among",
    "An",
    "And",
    "Another",
    "As",
    "At",
    "Because",
    "Before",
    "Both",
    "But",
    "By",
    "Despite",
    "During",
    "Each",
    "Earlier",
    "Even",
    "Every",
    "For",
    "From",
    "He",
    "Her",
    "Here",
    "His",
    "How",
    "However",
    "I",
    "If",
    "In",
    "Instead",
    "It",
    "Its",
    "Last",
    "Later",
    "Many",
    "Meanwhile",
    "Most",
    "My",
    "No",
    "None",
    "Nor",
    "Not",
    "Now",
    "On",
    "Once",
    "One",
    "Only",
    "Or",
    "Other",
    "Others",
    "Our",
    "People",
    "She",
    "Since",
    "So",
    "Some",
    "Still",
    "Such",
    "That",
    "The",
    "Their",
    "Then",
    "There",
    "These",
    "They",
    "This",
    "Those",
    "Though",
    "Through",
    "To",
    "Today",
    "Two",
    "Under",
    "Until",
    "We",
    "What",
    "When",
    "Where",
    "Whether",
    "Which",
    "While",
    "Who",
    "Why",
    "With",
    "Yes",
    "Yet",
    "You",
    "Your",
];

/// Verbs that follow a quotation and its speaker.
const SPEECH: &[&str] = &[
    "added",
    "agreed",
    "announced",
    "answered",
    "argued",
    "asked",
    "asks",
    "cried",
    "declared",
    "exclaimed",
    "explained",
    "insisted",
    "joked",
    "murmured",
    "replied",
    "said",
    "says",
    "shouted",
    "stated",
    "told",
    "whispered",
    "wondered",
    "wrote",
    "yelled",
];

/// Whether a capitalised word likely begins a sentence.
pub(super) fn is_starter(word: &str) -> bool {
    STARTERS.binary_search(&word).is_ok()
}

/// For each piece, whether it ends a sentence.
pub(super) fn guess(text: &str, pieces: &[Piece], paragraphs: &[Range<usize>]) -> Vec<bool> {
    let mut ends = vec![false; pieces.len()];
    for paragraph in paragraphs {
        let mut at = paragraph.start;
        while at < paragraph.end {
            let Some(stop) = stop(text, pieces, at) else {
                at += 1;
                continue;
            };
            // The number of an item: "2. Results".
            let first = at <= paragraph.start + 1 || ends.get(at.wrapping_sub(2)) == Some(&true);
            if stop == Stop::Period && first && is_item(text, pieces, at) {
                at += 1;
                continue;
            }
            let last = last_closing(text, pieces, at, paragraph.end);
            if last + 1 >= paragraph.end || begins(text, pieces, at, last, paragraph.end, stop) {
                ends[last] = true;
            }
            at = last + 1;
        }
        if let Some(end) = paragraph.end.checked_sub(1).and_then(|last| ends.get_mut(last)) {
            *end = true;
        }
    }
    ends
}

/// What might end a sentence at a piece.
#[derive(Clone, Copy, PartialEq)]
enum Stop {
    /// A period.
    Period,
    /// `!` or `?`.
    Mark,
    /// Three dots.
    Dots,
    /// An abbreviation with its period.
    Abbreviation,
}

fn stop(text: &str, pieces: &[Piece], at: usize) -> Option<Stop> {
    let form = form(text, pieces, at);
    let last = form.chars().next_back().filter(|&c| is_final(c))?;
    if form.chars().all(is_final) {
        return Some(match (form.len(), last) {
            (_, '!' | '?' | '！' | '？' | '؟' | '‽') => Stop::Mark,
            (1, '.') | (_, '。' | '।') => Stop::Period,
            _ => Stop::Dots,
        });
    }
    if last != '.' || !form.chars().any(char::is_alphabetic) {
        return None;
    }
    let word = &form[..form.len() - 1];
    if word.eq_ignore_ascii_case("p.s") {
        return None;
    }
    match abbreviations::kind(word) {
        Some(Kind::Title | Kind::Number | Kind::Named) => None,
        _ => Some(Stop::Abbreviation),
    }
}

/// The last of the quotation marks and brackets that close directly after `at`.
fn last_closing(text: &str, pieces: &[Piece], at: usize, end: usize) -> usize {
    let mut last = at;
    while last + 1 < end {
        // Notes: [3] [4]
        if form(text, pieces, last + 1) == "[" && last + 3 < end {
            let note = form(text, pieces, last + 2).bytes().all(|b| b.is_ascii_digit());
            if note && form(text, pieces, last + 3) == "]" {
                last += 3;
                continue;
            }
        }
        let next = form(text, pieces, last + 1);
        let glued = pieces[last + 1].bytes.start == pieces[last].bytes.end;
        let open = pieces.get(last + 2).is_some_and(|after| {
            last + 2 < end
                && after.bytes.start == pieces[last + 1].bytes.end
                && !form(text, pieces, last + 2).chars().all(|c| is_closing(c) || is_final(c))
        });
        let closes = next.chars().all(is_closing) && (glued && !open || next == ")" || next == "”");
        let more = glued && next.chars().all(is_final);
        if !(closes || more) {
            break;
        }
        last += 1;
    }
    last
}

/// Whether what follows the piece `last` looks like the beginning of a sentence.
fn begins(text: &str, pieces: &[Piece], at: usize, last: usize, end: usize, stop: Stop) -> bool {
    let mut next = last + 1;
    let mut quote = false;
    while next < end && form(text, pieces, next).chars().all(|c| is_opening(c) || c == '\'') {
        quote = true;
        next += 1;
    }
    if next >= end {
        return false;
    }
    let word = form(text, pieces, next);
    let Some(first) = word.chars().next() else { return false };
    let spaced = pieces[last].bytes.end < pieces[last + 1].bytes.start;
    let capital = first.is_uppercase();
    // Texts of one line a document set paragraphs apart by several spaces.
    let gap = pieces[last].bytes.end..pieces[last + 1].bytes.start;
    if stop != Stop::Abbreviation && text[gap].chars().nth(2).is_some() {
        return true;
    }
    match stop {
        Stop::Abbreviation if quote => capital,
        Stop::Abbreviation => capital && is_starter(word),
        Stop::Period if last > at => capital || first.is_numeric(),
        Stop::Period => spaced && !matches!(first, ',' | ';' | ':' | ')') || capital,
        _ if last > at && stop != Stop::Period && is_spoken(text, pieces, next, end) => false,
        Stop::Mark if last > at => capital && spaced,
        Stop::Mark => spaced && (capital || first.is_numeric() || quote),
        Stop::Dots => spaced && capital,
    }
}

/// Whether the period at `at` is that of an item's number, `2.` or `b.`
fn is_item(text: &str, pieces: &[Piece], at: usize) -> bool {
    let number = at.checked_sub(1).map_or("", |before| form(text, pieces, before));
    let digits =
        !number.is_empty() && number.len() <= 3 && number.bytes().all(|b| b.is_ascii_digit());
    digits || number.len() == 1 && number.bytes().all(|b| b.is_ascii_alphabetic())
}

/// Whether a speaker and a verb of speech are at `at`, as after a closing
/// quotation mark: "Is it?" Ms. Arden asked.
fn is_spoken(text: &str, pieces: &[Piece], at: usize, end: usize) -> bool {
    if matches!(form(text, pieces, at), "He" | "She" | "They" | "It" | "We" | "You") {
        return false;
    }
    (at..end.min(at + 5))
        .map(|piece| form(text, pieces, piece))
        .take_while(|form| form.ends_with('.') || form.starts_with(|c: char| c.is_alphabetic()))
        .take_while(|form| SPEECH.contains(form) || form.starts_with(char::is_uppercase))
        .any(|form| SPEECH.contains(&form))
}

fn form<'t>(text: &'t str, pieces: &[Piece], at: usize) -> &'t str {
    pieces.get(at).map_or("", |piece| &text[piece.bytes.clone()])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_starters_are_sorted() {
        assert!(STARTERS.windows(2).all(|pair| pair[0] < pair[1]));
    }
}
