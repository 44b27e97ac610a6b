//! A document's trees with what this room asks of them again and again:
//! dependents in constant time, lower-case words, heads that are sure to lie
//! inside the sentence.

use dateline_syntax::{Arcs, Doc, Upos};
use std::borrow::Cow;
use std::ops::Range;

/// The longest way up a tree that is walked; deeper trees are broken input.
pub(crate) const DEEPEST: usize = 24;

/// The most dependents of one word that are looked at; no real sentence has
/// as many.
const MOST_CHILDREN: usize = 200;

/// Nouns of time and manner, which stand without a preposition and are no
/// objects.
const TIMES: [&str; 26] = [
    "day",
    "week",
    "month",
    "year",
    "morning",
    "evening",
    "night",
    "afternoon",
    "hour",
    "minute",
    "time",
    "today",
    "yesterday",
    "tomorrow",
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "weekend",
    "tonight",
    "%",
    "way",
    "home",
];

/// Trees over a [`Doc`].
pub(crate) struct Tree<'a, 't> {
    pub doc: &'a Doc<'t>,
    heads: Vec<Option<usize>>,
    arcs: Arcs,
    lemmas: Vec<Cow<'a, str>>,
}

impl<'a, 't> Tree<'a, 't> {
    /// Looks over all trees of the document once. A lemma that the lexicons do
    /// not know gives way to a regular stem of the word that they do know.
    pub fn new(doc: &'a Doc<'t>, known: &dyn Fn(&str) -> bool) -> Self {
        let count = doc.tokens.len();
        let mut heads = vec![None; count];
        for (at, token) in doc.tokens.iter().enumerate() {
            let near = |head: &usize| {
                *head != at && doc.tokens.get(*head).is_some_and(|h| h.sentence == token.sentence)
            };
            heads[at] = token.head.filter(near);
        }
        let lower = |lemma: &'a str| {
            if lemma.chars().any(char::is_uppercase) {
                Cow::Owned(lemma.to_lowercase())
            } else {
                Cow::Borrowed(lemma)
            }
        };
        let mended = |token: &'a dateline_syntax::Token| {
            let lemma = lower(&token.lemma);
            let open = matches!(token.upos, Upos::Verb | Upos::Noun | Upos::Propn);
            if !open {
                return lemma;
            }
            let form = doc.text.get(token.bytes.clone()).unwrap_or("").to_lowercase();
            if let Some(silent) = with_silent_e(&form, &lemma).filter(|word| known(word)) {
                return Cow::Owned(silent);
            }
            if known(&lemma) {
                return lemma;
            }
            let verb = Some(token).filter(|t| t.upos == Upos::Verb);
            if let Some(verb) = verb.and_then(|_| crate::irregular::verb_of(&form)) {
                return Cow::Borrowed(verb);
            }
            stems(&form).into_iter().find(|stem| known(stem)).map_or(lemma, Cow::Owned)
        };
        let lemmas = doc.tokens.iter().map(mended).collect();
        Tree { doc, heads, arcs: Arcs::new(doc), lemmas }
    }

    /// The lower-case lemma.
    pub fn word(&self, token: usize) -> &str {
        &self.lemmas[token]
    }

    /// The lower-case word as written, with the plain apostrophe.
    pub fn form(&self, token: usize) -> Cow<'t, str> {
        let form = self.doc.form(token);
        if form.chars().all(|c| c.is_ascii_lowercase()) {
            Cow::Borrowed(form)
        } else {
            Cow::Owned(form.to_lowercase().replace('\u{2019}', "'"))
        }
    }

    /// Whether a token's lemma or form is this lower-case word.
    pub fn is(&self, token: usize, word: &str) -> bool {
        self.word(token) == word || self.form(token) == word
    }

    /// Relation without its subtype.
    pub fn relation(&self, token: usize) -> &str {
        self.doc.tokens[token].relation()
    }

    /// Relation with its subtype.
    pub fn deprel(&self, token: usize) -> &str {
        &self.doc.tokens[token].deprel
    }

    /// Universal part of speech.
    pub fn upos(&self, token: usize) -> Upos {
        self.doc.tokens[token].upos
    }

    /// Penn tag.
    pub fn xpos(&self, token: usize) -> &str {
        &self.doc.tokens[token].xpos
    }

    /// Syntactic head.
    pub fn head(&self, token: usize) -> Option<usize> {
        self.heads[token]
    }

    /// Dependents in reading order.
    pub fn children(&self, token: usize) -> &[usize] {
        let children = self.arcs.dependents(token);
        &children[..children.len().min(MOST_CHILDREN)]
    }

    /// Dependents with a relation, subtype ignored.
    pub fn by<'s>(&'s self, token: usize, relation: &'s str) -> impl Iterator<Item = usize> + 's {
        self.children(token).iter().copied().filter(move |&c| self.relation(c) == relation)
    }

    /// The first dependent with a relation.
    pub fn first(&self, token: usize, relation: &str) -> Option<usize> {
        self.children(token).iter().copied().find(|&c| self.relation(c) == relation)
    }

    /// Tokens of the sentence that a token stands in.
    pub fn sentence(&self, token: usize) -> Range<usize> {
        let sentence = self.doc.tokens[token].sentence;
        self.doc.sentences.get(sentence).cloned().unwrap_or(token..token + 1)
    }

    /// The tokens above a token, nearest first, as far as [`DEEPEST`].
    pub fn above(&self, token: usize) -> impl Iterator<Item = usize> + '_ {
        std::iter::successors(self.heads[token], |&at| self.heads[at]).take(DEEPEST)
    }

    /// Whether `token` hangs below `ancestor` by at most `steps` arcs.
    pub fn near_below(&self, token: usize, ancestor: usize, steps: usize) -> bool {
        self.above(token).take(steps).any(|above| above == ancestor)
    }

    /// Whether the words stand before a token, articles and hyphens aside.
    pub fn preceded_by(&self, token: usize, words: &[String]) -> bool {
        let start = self.sentence(token).start;
        let mut at = token;
        for word in words.iter().rev() {
            loop {
                if at <= start {
                    return false;
                }
                at -= 1;
                if !self.skipped(at) {
                    break;
                }
            }
            if !self.is(at, word) {
                return false;
            }
        }
        true
    }

    /// Where words that follow a token stand, articles and hyphens aside.
    pub fn followed_by(&self, token: usize, words: &[String]) -> Option<Vec<usize>> {
        let end = self.sentence(token).end;
        let mut at = token;
        let mut found = Vec::with_capacity(words.len());
        for word in words {
            loop {
                at += 1;
                if at >= end {
                    return None;
                }
                if !self.skipped(at) {
                    break;
                }
            }
            if !self.is(at, word) {
                return None;
            }
            found.push(at);
        }
        Some(found)
    }

    fn skipped(&self, token: usize) -> bool {
        matches!(self.doc.form(token), "-" | "\u{2010}" | "\u{2011}" | "'" | "\u{2019}" | "'s")
            || self.upos(token) == Upos::Det
    }

    /// The preposition before a noun, or the particle of a verb: the first
    /// `case` word, lower case; `None` without one.
    pub fn preposition(&self, token: usize) -> Option<Cow<'t, str>> {
        let case = self.by(token, "case").find(|&case| !self.is_of_number(case));
        case.or_else(|| self.children(token).iter().copied().find(|&c| self.is_mark_of(c)))
            .or_else(|| {
                // "with President X": the preposition may hang below the title
                let titles = self.children(token).iter().copied().filter(|&c| {
                    c < token
                        && matches!(self.deprel(c), "nmod:desc" | "compound" | "flat" | "amod")
                });
                titles.filter_map(|c| self.first(c, "case")).next()
            })
            .map(|case| self.form(case))
    }

    /// `at` of "at least", `up` and `to` of "up to": part of a number.
    fn is_of_number(&self, case: usize) -> bool {
        let next = case + 1;
        if next >= self.doc.tokens.len() {
            return false;
        }
        match self.word(case) {
            "at" => matches!(self.doc.form(next), "least" | "most"),
            "up" | "close" => self.doc.form(next) == "to",
            "to" => case.checked_sub(1).is_some_and(|up| self.doc.form(up) == "up"),
            _ => false,
        }
    }

    fn is_mark_of(&self, token: usize) -> bool {
        self.relation(token) == "mark"
            && (self.upos(token) == Upos::Adp
                || matches!(self.word(token), "from" | "of" | "into" | "against"))
    }

    /// Whether a token is the first of its sentence.
    pub fn starts_sentence(&self, token: usize) -> bool {
        self.sentence(token).start == token
    }

    /// Whether a noun says when rather than what.
    pub fn is_time(&self, token: usize) -> bool {
        TIMES.contains(&self.word(token))
    }

    /// Whether a clause is an infinitive with `to`.
    pub fn is_infinitive(&self, token: usize) -> bool {
        self.children(token)
            .iter()
            .any(|&c| matches!(self.relation(c), "mark" | "aux") && self.form(c) == "to")
    }

    /// A token and what is coordinated with it, in reading order.
    pub fn conjuncts(&self, token: usize) -> Vec<usize> {
        let mut out = vec![token];
        let mut next = 0;
        while next < out.len() && out.len() < 32 {
            let more: Vec<usize> = self.by(out[next], "conj").collect();
            out.extend(more);
            next += 1;
        }
        out
    }
}

/// The verb in a silent `e` that an inflected form is of, where the tagger's
/// lemma would have doubled its last letter: `rope` of "roping", which is not
/// "ropping".
fn with_silent_e(form: &str, lemma: &str) -> Option<String> {
    let ending = form.strip_prefix(lemma)?;
    if !matches!(ending, "ing" | "ed" | "er") {
        return None;
    }
    let vowel = |c: char| matches!(c, 'a' | 'e' | 'i' | 'o' | 'u');
    let mut ends = lemma.chars().rev();
    let (last, middle, first) = (ends.next()?, ends.next()?, ends.next()?);
    let doubles =
        !vowel(last) && !matches!(last, 'w' | 'x' | 'y') && vowel(middle) && !vowel(first);
    doubles.then(|| format!("{lemma}e"))
}

/// The dictionary forms that a regular inflection may come from.
fn stems(form: &str) -> Vec<String> {
    const ENDINGS: [(&str, &[&str]); 6] = [
        ("ied", &["y"]),
        ("ies", &["y"]),
        ("ed", &["", "e"]),
        ("ing", &["", "e"]),
        ("es", &["", "e"]),
        ("s", &[""]),
    ];
    let Some((rest, stems)) = ENDINGS
        .iter()
        .find_map(|(ending, stems)| form.strip_suffix(ending).map(|rest| (rest, stems)))
    else {
        return Vec::new();
    };
    if rest.chars().count() < 2 {
        return Vec::new();
    }
    let mut out: Vec<String> = stems.iter().map(|stem| format!("{rest}{stem}")).collect();
    let mut ends = rest.chars().rev();
    if let (Some(last), true) = (ends.next(), rest.chars().rev().nth(1) == rest.chars().last()) {
        // "stopped" from "stop"
        out.push(rest[..rest.len() - last.len_utf8()].to_owned());
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_silent_e_is_put_back_where_no_letter_is_doubled() {
        assert_eq!(with_silent_e("roping", "rop").as_deref(), Some("rope"));
        assert_eq!(with_silent_e("rapping", "rap"), None);
        assert_eq!(with_silent_e("burning", "burn"), None);
        assert_eq!(with_silent_e("é", ""), None);
    }

    #[test]
    fn stems_of_regular_forms() {
        assert!(stems("fired").contains(&"fire".to_owned()));
        assert!(stems("stopped").contains(&"stop".to_owned()));
        assert!(stems("parties").contains(&"party".to_owned()));
        assert!(stems("aiding").contains(&"aid".to_owned()));
        assert!(stems("s").is_empty() && stems("").is_empty() && stems("éééed").len() == 3);
    }
}
