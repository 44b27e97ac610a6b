//! Hyphens: a compound is split, a prefixed word is whole.
//!
//! The English treebanks of Universal Dependencies write `three - hour` and
//! `Rome - based` but `anti-corruption` and `e-mail`. The prefixes are those of
//! their guidelines; telephone numbers and numeric dates are whole as well.

use super::chars::{is_hyphen, is_word};
use super::scanner::Scanner;

/// First parts that leave the hyphen inside the word, in alphabetical order.
const PREFIXES: &[&str] = &[
    "anti", "arch", "auto", "bi", "bio", "co", "counter", "cross", "cyber", "de", "dis", "e",
    "electro", "ex", "extra", "fore", "hyper", "hypo", "infra", "inter", "intra", "macro", "mal",
    "mega", "meso", "meta", "micro", "mid", "mini", "mis", "mono", "multi", "neo", "neuro", "non",
    "over", "para", "poly", "post", "pre", "pro", "proto", "pseudo", "psycho", "re", "semi",
    "socio", "sub", "super", "supra", "tele", "trans", "tri", "ultra", "un", "under", "uni",
];

/// Last parts that do the same.
const SUFFIXES: &[&str] = &["esque", "fold", "ish", "wise"];

/// Whole words that are neither, in lower case.
const WHOLE: &[&str] = &["uh-oh", "uh-huh", "mm-hmm", "mm-hm", "uh-uh", "u-haul", "sars-cov"];

/// The end of the part after the hyphen at `at` if it stays in the word that
/// begins at `start`.
pub(super) fn keep(scanner: &Scanner<'_>, start: usize, at: usize) -> Option<usize> {
    let hyphen = scanner.peek(at).map_or(1, char::len_utf8);
    let after = at + hyphen;
    let left = &scanner.text[start..at];
    if !scanner.peek(after).is_some_and(|c| is_word(c) && !super::chars::is_mark(c)) {
        return (start == scanner.start && broken_off(scanner, left, after)).then_some(after);
    }
    // In "Lashkar-e-Taiba" the middle is no prefix.
    let first = !scanner.before(start).is_some_and(is_hyphen);
    let end = scanner.word_end(after);
    let right = &scanner.text[after..end];
    if left.as_bytes().first().is_some_and(u8::is_ascii_digit) {
        return telephone(scanner, start, after);
    }
    if first && left.len() <= 8 && contains(PREFIXES, left) {
        return Some(end);
    }
    if right.len() <= 5 && SUFFIXES.iter().any(|suffix| suffix.eq_ignore_ascii_case(right)) {
        return Some(end);
    }
    if left.len() <= 8 && right.len() <= 8 {
        let whole = &scanner.text[start..end];
        if WHOLE.iter().any(|word| word.eq_ignore_ascii_case(whole)) {
            return Some(end);
        }
    }
    // SARS-CoV-2: a number after a whole of several parts.
    let number = right.len() <= 3 && right.bytes().all(|b| b.is_ascii_digit());
    let several = number && left.contains(is_hyphen);
    (several && left.bytes().any(|b| b.is_ascii_uppercase())).then_some(end)
}

/// Whether a word is broken off before the hyphen, as speakers do: `th- this`.
fn broken_off(scanner: &Scanner<'_>, left: &str, after: usize) -> bool {
    let ends = scanner.peek(after).is_none_or(|c| matches!(c, ',' | '.' | '?' | '…' | ')' | '"'));
    let vowel = |b: u8| matches!(b.to_ascii_lowercase(), b'a' | b'e' | b'i' | b'o' | b'u');
    let letters = left.bytes().all(|b| b.is_ascii_alphabetic());
    let short = left.len() == 1
        || left.len() == 2
            && !left.bytes().any(vowel)
            && !left.bytes().all(|b| b.is_ascii_uppercase());
    ends && letters && short
}

fn contains(words: &[&str], word: &str) -> bool {
    words.iter().any(|w| w.eq_ignore_ascii_case(word))
}

/// The end of a telephone number or a numeric date that begins at `start` and
/// has digits after its first hyphen, at `after`.
fn telephone(scanner: &Scanner<'_>, start: usize, after: usize) -> Option<usize> {
    let digits = |from: usize| {
        let mut at = from;
        while scanner.peek(at).is_some_and(|c| c.is_ascii_digit()) {
            at += 1;
        }
        at
    };
    let mut groups = [0; 5];
    let mut count = 0;
    let mut at = start;
    let end = loop {
        let group = digits(at);
        *groups.get_mut(count)? = group - at;
        count += 1;
        if scanner.peek(group) == Some('-') && digits(group + 1) > group + 1 {
            at = group + 1;
        } else {
            break group;
        }
    };
    if end < after || scanner.is_word_at(end) {
        return None;
    }
    let whole = match &groups[..count] {
        // 555-0100, 202-555-0100, 1-202-555-0100; 5-0100 within a house
        [.., 3, 4] | [1, 4] => true,
        // A postal code with its extension.
        [5, 4] => true,
        // 21-03-2001, 2001-03-21
        [1 | 2, 1 | 2, 2 | 4] | [4, 2, 2] => true,
        _ => false,
    };
    whole.then_some(end)
}
