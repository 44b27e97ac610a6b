//! Contractions and possessives: one surface token, several syntactic words.

use super::chars::is_apostrophe;
use super::scanner::Scanner;

/// What becomes of an apostrophe after a word.
pub(super) enum Apostrophe {
    /// It is inside the word: `O'Neill`.
    Inside,
    /// It is the last character of the word: `cookin'`.
    Last,
    /// It is a quotation mark.
    Goes,
    /// A clitic from the first byte to the second, `n't` or `'s`.
    Clitic(usize, usize),
}

/// What becomes of the apostrophe at `at` after the word from `start`.
pub(super) fn at(scanner: &Scanner<'_>, start: usize, at: usize) -> Apostrophe {
    let word = &scanner.text[start..at];
    let quote = scanner.peek(at).map_or(1, char::len_utf8);
    let rest = &scanner.text[at + quote..scanner.word_end(at + quote)];
    if rest.is_empty() {
        return trailing(scanner, word, at, at + quote);
    }
    if rest.eq_ignore_ascii_case("t") && word.ends_with(['n', 'N']) && word.len() > 1 {
        return Apostrophe::Clitic(at - 1, at + quote + rest.len());
    }
    // 5'11: feet and inches.
    let number = |word: &str| word.bytes().all(|b| b.is_ascii_digit());
    if number(word) && number(rest) {
        return Apostrophe::Goes;
    }
    // The nineteen-sixties: 1960's, 80's.
    if number(word) && rest == "s" && matches!(word.len(), 2 | 4) && word.ends_with('0') {
        return Apostrophe::Inside;
    }
    match clitic_end(scanner, at) {
        Some(end) => Apostrophe::Clitic(at, end),
        None => Apostrophe::Inside,
    }
}

/// An apostrophe with no letter after it.
fn trailing(scanner: &Scanner<'_>, word: &str, at: usize, after: usize) -> Apostrophe {
    // Two of them are a quotation mark.
    if scanner.peek(after).is_some_and(is_apostrophe) {
        return Apostrophe::Goes;
    }
    let plural = word.ends_with(['s', 'S', 'z', 'x']) && word.len() > 1;
    if plural && !scanner.single_quote && !scanner.is_word_at(after) {
        return Apostrophe::Clitic(at, after);
    }
    let dropped_g = word.len() > 3 && word.ends_with("in") && !scanner.single_quote;
    if dropped_g && scanner.peek(after).is_none() && !known_in(word) {
        return Apostrophe::Last;
    }
    Apostrophe::Goes
}

/// Words that end in `in` of their own.
fn known_in(word: &str) -> bool {
    const WORDS: &[&str] =
        &["again", "begin", "within", "certain", "train", "main", "plain", "remain"];
    WORDS.contains(&word) || word.starts_with(char::is_uppercase)
}

/// The end of the clitic whose apostrophe is at `at`, if there is one.
pub(super) fn clitic_end(scanner: &Scanner<'_>, at: usize) -> Option<usize> {
    let quote = scanner.peek(at).filter(|&c| is_apostrophe(c))?;
    let start = at + quote.len_utf8();
    let end = scanner.word_end(start);
    let rest = &scanner.text[start..end];
    let clitics = ["s", "m", "d", "re", "ve", "ll"];
    clitics.iter().any(|clitic| clitic.eq_ignore_ascii_case(rest)).then_some(end)
}

/// Words before which `its` is `it's`, `your` is `you're` and `Im` is no name:
/// no possessive stands there.
const AFTER_IS: &[&str] = &[
    "a",
    "all",
    "also",
    "an",
    "been",
    "definitely",
    "getting",
    "going",
    "gonna",
    "just",
    "my",
    "not",
    "nothing",
    "probably",
    "really",
    "so",
    "the",
    "too",
    "your",
];
/// Words before which `lets` is `let's`.
const AFTER_LET: &[&str] = &[
    "be", "do", "face", "get", "go", "hope", "just", "make", "not", "say", "see", "start", "take",
    "talk", "try",
];

/// Where a word that is several words without an apostrophe is cut; `next` is
/// the word after it, or nothing.
pub(super) fn contraction<'t>(word: &str, next: impl Fn() -> &'t str) -> Option<&'static [usize]> {
    if !(2..=8).contains(&word.len()) || !word.is_ascii() {
        return None;
    }
    let mut buffer = [0; 8];
    let lower = buffer.get_mut(..word.len())?;
    lower.copy_from_slice(word.as_bytes());
    lower.make_ascii_lowercase();
    Some(match &*lower {
        b"im" | b"ive" if word.starts_with('i') || AFTER_IS.contains(&next()) => &[1],
        b"its" if AFTER_IS.contains(&next()) => &[2],
        b"your" if AFTER_IS.contains(&next()) => &[3],
        b"lets" if AFTER_LET.contains(&next()) => &[3],
        b"dont" | b"cant" | b"wont" | b"aint" | b"isnt" | b"hes" => &[2],
        b"cannot" | b"gonna" | b"gotta" | b"wanna" | b"gimme" | b"lemme" => &[3],
        b"didnt" | b"arent" | b"wasnt" | b"hasnt" | b"hadnt" | b"shes" => &[3],
        b"youre" | b"youll" | b"youve" => &[3],
        b"doesnt" | b"havent" | b"werent" | b"thats" | b"whats" => &[4],
        b"theyre" | b"theyve" | b"theyll" => &[4],
        b"wouldnt" | b"couldnt" | b"theres" => &[5],
        b"shouldnt" => &[6],
        b"dunno" => &[2, 3],
        _ => return None,
    })
}
