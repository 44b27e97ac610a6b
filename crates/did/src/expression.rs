//! Expressions of the lexicons: which word is the head, and what must stand
//! before and after it.

use dateline_lexicon::{LexiconError, Row};

/// Head word, words before and words after it.
pub(crate) type Split = (String, Vec<String>, Vec<String>);

const PREPOSITIONS: [&str; 14] = [
    "of", "in", "on", "to", "for", "from", "by", "with", "against", "into", "at", "over", "as",
    "unto",
];

/// Part of speech of a frame or of an embedding word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Pos {
    Verb,
    Noun,
    Adjective,
    Auxiliary,
}

impl Pos {
    pub(crate) fn parse(row: &Row<'_>) -> Result<Pos, LexiconError> {
        Ok(match row.get("pos") {
            "verb" => Pos::Verb,
            "noun" => Pos::Noun,
            "adjective" => Pos::Adjective,
            "auxiliary" => Pos::Auxiliary,
            other => {
                let reason = format!("'{other}' is no part of speech: verb, noun or adjective");
                return Err(row.error(reason));
            }
        })
    }
}

/// Head, words before and words after it; a hyphenated expression is also
/// looked for as several words.
pub(crate) fn spellings(text: &str, pos: Pos) -> Vec<Split> {
    let text = text.to_lowercase();
    if !text.contains([' ', '-']) {
        return vec![(text, Vec::new(), Vec::new())];
    }
    let mut out = vec![split(&text, pos)];
    if text.contains('-') {
        out.push(split(&text.replace('-', " "), pos));
        let joined = text.replace('-', "");
        if !joined.contains(' ') {
            out.push(split(&joined, pos));
        }
    }
    out
}

/// Head, words before and words after the head of one spelling.
fn split(text: &str, pos: Pos) -> Split {
    let mut words: Vec<String> = text.split_whitespace().map(str::to_owned).collect();
    if !matches!(pos, Pos::Verb | Pos::Auxiliary) {
        return split_noun(words);
    }
    if words.is_empty() {
        return (String::new(), Vec::new(), Vec::new());
    }
    // "forcibly repatriate": the adverb may stand on either side
    const VERBS_IN_LY: [&str; 9] =
        ["ally", "apply", "bully", "comply", "fly", "rally", "rely", "reply", "supply"];
    let adverb = |word: &str| word.ends_with("ly") && !VERBS_IN_LY.contains(&word);
    let adverbs = usize::from(words.len() > 1 && adverb(&words[0]));
    let after = words.split_off(adverbs + 1);
    let head = words.pop().unwrap_or_default();
    (head, words, after)
}

/// Head, words before and words after it: the head of a noun phrase is its
/// last word, or the one before its first preposition.
pub(crate) fn split_noun(mut words: Vec<String>) -> Split {
    let preposition = |word: &String| PREPOSITIONS.contains(&word.as_str());
    let end = words.iter().skip(1).position(preposition).map_or(words.len(), |at| at + 1);
    let after = words.split_off(end);
    let head = words.pop().unwrap_or_default();
    (head, words, after)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hyphens_are_optional_and_the_head_stands_before_a_preposition() {
        assert_eq!(spellings("cease-fire", Pos::Noun).len(), 3);
        let (head, before, after) = split("state of emergency", Pos::Noun);
        assert_eq!((head.as_str(), before.len(), after.len()), ("state", 0, 2));
        let (head, before, _) = split("forcibly repatriate", Pos::Verb);
        assert_eq!((head.as_str(), before[0].as_str()), ("repatriate", "forcibly"));
        assert_eq!(split("rally behind", Pos::Verb).0, "rally");
        let (head, before, _) = split("air strike", Pos::Noun);
        assert_eq!((head.as_str(), before[0].as_str()), ("strike", "air"));
    }
}
