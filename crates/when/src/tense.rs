//! Whether the sentence around a time speaks of what was or of what will be:
//! it decides which Thursday `Thursday` is.

use crate::pieces::{Kind, Piece};
use dateline_syntax::{Doc, Token, Upos};

/// The direction in time of a clause.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Direction {
    Past,
    Future,
    /// The time of an event that comes by the calendar, such as an election:
    /// ahead, unless it is just over.
    Due,
    Unknown,
}

/// Words that put what follows into the future, also in the past tense
/// ("was expected to", "plans to").
const AHEAD: &[&str] = &[
    "will",
    "shall",
    "ll",
    "wo",
    "expect",
    "expects",
    "expected",
    "expecting",
    "planned",
    "planning",
    "scheduled",
    "due",
    "slated",
    "intend",
    "intends",
    "intended",
    "upcoming",
    "forthcoming",
    "would",
    "may",
    "might",
    "proposed",
    "poised",
    "preparing",
    "deadline",
    "expire",
    "expires",
    "supposed",
    "payable",
    "maturing",
    "matures",
    "ends",
    "begins",
    "opens",
    "starts",
    "leaves",
    "arrives",
    "resumes",
    "convenes",
    "takes",
];

/// Words that do so only before `to` or `for`.
const AHEAD_TO: &[&str] = &[
    "plan", "plans", "set", "hope", "hopes", "hoped", "hoping", "vow", "vows", "vowed", "promise",
    "promises", "promised", "pledge", "pledged", "pledges", "going", "proposes", "ready",
    "prepares", "aims", "likely", "is", "are",
];

/// Words that put the very date they precede into the future.
const UNTIL: &[&str] = &["until", "till", "effective", "starting", "beginning"];

/// Verbs whose clause hangs below something that is still to come.
const AHEAD_LEMMAS: &[&str] = &[
    "expect", "plan", "schedule", "slate", "set", "intend", "hope", "vow", "promise", "pledge",
    "propose", "prepare", "aim", "due", "likely", "ready", "poise",
];

const BEHIND: &[&str] = &[
    "said", "was", "were", "had", "did", "has", "have", "been", "told", "took", "made", "came",
    "went", "gave", "got", "left", "met", "held", "began", "became", "saw", "found", "led", "fell",
    "rose", "won", "lost", "sent", "kept", "ran", "shot", "hit", "cut", "put", "spoke", "wrote",
    "broke", "brought", "built", "bought", "sold", "chose", "drove", "fought", "flew", "grew",
    "knew", "paid", "sought", "spent", "stood", "struck", "taught", "thought", "threw", "withdrew",
    "fled", "died", "sank", "swore", "laid", "ended", "since", "says", "closed",
];

/// How far to look, in pieces.
const BACK: usize = 25;
const FORTH: usize = 12;
/// How far to look before `Tuesday's`.
const GENITIVE: usize = 6;

/// The direction of the clause around the pieces from `start` to `end`, which
/// name a day or something longer.
pub(crate) fn direction(
    doc: &Doc<'_>,
    pieces: &[Piece<'_>],
    start: usize,
    end: usize,
    day: bool,
) -> Direction {
    if until(pieces, start) {
        return Direction::Future;
    }
    if !day && due(pieces, end) {
        return Direction::Due;
    }
    let known = genitive(pieces, end);
    let first = pieces.get(start).filter(|_| !known);
    first
        .and_then(|first| tree(doc, first.start, day))
        .unwrap_or_else(|| by_words(pieces, start, end))
}

/// By the words of the clause: the nearest cue before, else the nearest after.
fn by_words(pieces: &[Piece<'_>], start: usize, end: usize) -> Direction {
    if genitive(pieces, end) {
        let near = pieces.get(start.saturating_sub(GENITIVE)..start).unwrap_or(&[]);
        let ahead = near.iter().any(|p| matches!(p.lower.as_ref(), "ahead" | "needs" | "upcoming"));
        let ahead = if ahead { Direction::Future } else { Direction::Past };
        return forward(pieces, end).unwrap_or(ahead);
    }
    let before = pieces.get(start.saturating_sub(BACK)..start).unwrap_or(&[]);
    if before.last().is_some_and(|p| p.lower == "that")
        && let Some(direction) = forward(pieces, end)
    {
        return direction;
    }
    for (at, piece) in before.iter().enumerate().rev() {
        let next = before.get(at + 1).or_else(|| pieces.get(start));
        let previous = at.checked_sub(1).and_then(|p| before.get(p));
        if full_stop(piece, next, previous) {
            break;
        }
        if let Some(direction) = cue(piece, next, previous) {
            return direction;
        }
    }
    forward(pieces, end).unwrap_or(Direction::Unknown)
}

/// The nearest cue after the expression.
fn forward(pieces: &[Piece<'_>], end: usize) -> Option<Direction> {
    let after = pieces.get(end..(end + FORTH).min(pieces.len())).unwrap_or(&[]);
    for (at, piece) in after.iter().enumerate() {
        let previous = at.checked_sub(1).and_then(|p| after.get(p));
        if full_stop(piece, after.get(at + 1), previous) {
            break;
        }
        if let Some(direction) = cue(piece, after.get(at + 1), previous) {
            return Some(direction);
        }
    }
    None
}

/// `'s` after the expression: the thing is known already.
fn genitive(pieces: &[Piece<'_>], end: usize) -> bool {
    let mark = pieces.get(end).is_some_and(|p| matches!(p.text, "'" | "\u{2019}") && !p.spaced);
    mark && pieces.get(end + 1).is_some_and(|p| p.text == "s" && !p.spaced)
}

/// Events that come by the calendar.
const DUE: &[&str] = &[
    "election",
    "elections",
    "ballot",
    "midterm",
    "midterms",
    "primary",
    "primaries",
    "convention",
    "caucus",
    "caucuses",
    "vote",
    "runoff",
    "referendum",
    "polls",
];

/// `the November election`, `November's presidential election`.
fn due(pieces: &[Piece<'_>], end: usize) -> bool {
    let from = if genitive(pieces, end) { end + 2 } else { end };
    let near = pieces.get(from..(from + 2).min(pieces.len())).unwrap_or(&[]);
    near.iter().take_while(|p| p.kind == Kind::Word).any(|p| DUE.contains(&p.lower.as_ref()))
}

/// `until Friday`, `as early as Friday`.
fn until(pieces: &[Piece<'_>], start: usize) -> bool {
    let word = |back: usize| {
        start.checked_sub(back).and_then(|at| pieces.get(at)).map_or("", |p| p.lower.as_ref())
    };
    let as_soon = word(1) == "as" && matches!(word(2), "soon" | "early" | "late");
    UNTIL.contains(&word(1)) || as_soon
}

fn cue(
    piece: &Piece<'_>,
    next: Option<&Piece<'_>>,
    previous: Option<&Piece<'_>>,
) -> Option<Direction> {
    let word = piece.lower.as_ref();
    let next = next.map_or("", |p| p.lower.as_ref());
    let previous = previous.map_or("", |p| p.lower.as_ref());
    let noun = matches!(previous, "be" | "a" | "an" | "the" | "of" | "still" | "its" | "their");
    if AHEAD.contains(&word) && !(word == "may" && piece.text != word)
        || AHEAD_TO.contains(&word) && (next == "to" || next == "for" && word == "set")
        || word == "to" && next == "be"
    {
        Some(Direction::Future)
    } else if BEHIND.contains(&word)
        || piece.kind == Kind::Word && word.len() > 4 && word.ends_with("ed") && !noun
    {
        Some(Direction::Past)
    } else {
        None
    }
}

/// Whether a mark ends a sentence: not the dot of an abbreviation.
fn full_stop(piece: &Piece<'_>, next: Option<&Piece<'_>>, previous: Option<&Piece<'_>>) -> bool {
    match piece.text {
        "!" | "?" | ";" => true,
        "." => {
            let opens = |c: char| c.is_uppercase() || "(\"'`\u{201c}\u{2018}".contains(c);
            let begins = next.is_none_or(|n| n.spaced && n.text.starts_with(opens));
            begins && previous.is_none_or(|p| p.text.len() > 3 || p.kind != Kind::Word)
        }
        _ => false,
    }
}

/// By the tree: the verb that the time hangs under. A time that only modifies
/// a noun (`a June agreement`) is left to the words.
fn tree(doc: &Doc<'_>, byte: usize, day: bool) -> Option<Direction> {
    let at = doc.tokens.partition_point(|t| t.bytes.end <= byte);
    let token = doc.tokens.get(at)?;
    if matches!(token.relation(), "" | "_" | "compound" | "amod" | "nummod") {
        return None;
    }
    let mut here = at;
    for _ in 0..20 {
        let token = doc.tokens.get(here)?;
        let verbal = matches!(token.upos, Upos::Verb | Upos::Aux | Upos::Adj) && here != at;
        if verbal && let Some(direction) = verb(doc, here, at > here, day) {
            return Some(direction);
        }
        here = token.head.filter(|h| *h < doc.tokens.len())?;
    }
    None
}

/// Whether what hangs below the word is still to come, by its lemma or form.
fn looks_ahead(doc: &Doc<'_>, token: &Token) -> bool {
    let form = doc.text.get(token.bytes.clone()).unwrap_or("").to_lowercase();
    AHEAD_LEMMAS.contains(&token.lemma.as_ref())
        || AHEAD.contains(&form.as_str()) && token.upos == Upos::Verb
}

/// Tokens whose auxiliaries are looked for on the left of a verb.
const AUXILIARIES: usize = 8;

/// The direction of a verb with its auxiliaries for a time before or `after`
/// it; `None` to ask the verb above.
fn verb(doc: &Doc<'_>, at: usize, after: bool, day: bool) -> Option<Direction> {
    let token = doc.tokens.get(at)?;
    let left = at.saturating_sub(AUXILIARIES);
    let helpers = doc.tokens.get(left..at).unwrap_or(&[]);
    let helpers = helpers.iter().filter(|t| t.head == Some(at));
    let (mut past, mut future, mut to, mut present) = (false, false, false, false);
    for helper in helpers {
        match helper.relation() {
            "aux" | "cop" => match helper.lemma.as_ref() {
                "will" | "shall" | "'ll" | "would" | "may" | "might" | "could" | "should"
                | "must" | "can" => {
                    future = true;
                }
                _ if helper.feature("Tense") == Some("Past") => past = true,
                "have" => past = true,
                _ => present = true,
            },
            "mark" if helper.lemma.as_ref() == "to" => to = true,
            _ => {}
        }
    }
    let lemma = token.lemma.as_ref();
    let expects = looks_ahead(doc, token);
    if future {
        return Some(Direction::Future);
    }
    if to {
        let above = token.head.and_then(|h| doc.tokens.get(h));
        let ahead =
            above.is_some_and(|t| AHEAD_LEMMAS.contains(&t.lemma.as_ref()) || t.upos == Upos::Noun);
        return ahead.then_some(Direction::Future);
    }
    match token.xpos.as_ref() {
        _ if expects && after => Some(Direction::Future),
        "VBD" => Some(Direction::Past),
        "VBN" | "VBG" if past => Some(Direction::Past),
        "VBG" if present => Some(Direction::Future),
        "VBN" if present => None,
        "VBN" => Some(Direction::Past),
        "VBZ" | "VBP" if matches!(lemma, "say" | "be" | "have") => None,
        "VBP" if is_of_one(doc, at) => Some(Direction::Past),
        "VBZ" | "VBP" => day.then_some(Direction::Future),
        _ if past => Some(Direction::Past),
        _ => None,
    }
}

/// Whether a verb's subject is a single thing: then a present would end in -s,
/// and the verb is one whose past looks like it (“the river burst its banks”).
fn is_of_one(doc: &Doc<'_>, at: usize) -> bool {
    let Some(sentence) = doc.sentences.get(doc.tokens[at].sentence) else { return false };
    doc.tokens[sentence.clone()].iter().any(|t| {
        t.head == Some(at)
            && t.relation() == "nsubj"
            && matches!(t.upos, Upos::Noun | Upos::Propn)
            && t.feature("Number") == Some("Sing")
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pieces::Blocks;

    fn of(text: &str, word: &str) -> Direction {
        let pieces = Blocks::new(text).next().unwrap();
        let at = pieces.iter().position(|p| p.text == word).unwrap();
        by_words(&pieces, at, at + 1)
    }

    #[test]
    fn words_tell_the_direction() {
        assert_eq!(of("The minister said Friday it would close.", "Friday"), Direction::Past);
        assert_eq!(of("The panel will meet on Friday.", "Friday"), Direction::Future);
        assert_eq!(of("It closed. Friday was quiet.", "Friday"), Direction::Past);
        assert_eq!(of("It will close. On Friday, crowds gathered.", "Friday"), Direction::Past);
        assert_eq!(of("Friday", "Friday"), Direction::Unknown);
    }
}
