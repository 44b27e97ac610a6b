//! Lemmas as edit scripts on the form (Chrupała 2006).

use super::argmax;
use crate::ModelError;

/// Keep or lower the case, cut characters at the end, add a string.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Script {
    lower: bool,
    cut: usize,
    add: String,
    /// Endings of the forms it was seen to change in training.
    endings: Vec<String>,
}

impl Script {
    /// Reads the trainer's notation: `k0` keeps the form, `l3y` lowers it and
    /// turns `ies` into `y`; the endings of the forms it was seen to change
    /// follow, each after a unit separator.
    pub(crate) fn parse(text: &str) -> Result<Self, ModelError> {
        let bad = || ModelError::Damaged(format!("lemma script '{text}'"));
        let mut parts = text.split('\x1f');
        let script = parts.next().unwrap_or("");
        let lower = match script.as_bytes().first() {
            Some(b'k') => false,
            Some(b'l') => true,
            _ => return Err(bad()),
        };
        let digits = script[1..].bytes().take_while(u8::is_ascii_digit).count();
        let cut = script[1..1 + digits].parse().map_err(|_| bad())?;
        let add = script[1 + digits..].to_owned();
        Ok(Self { lower, cut, add, endings: parts.map(str::to_owned).collect() })
    }

    /// The lemma of a form, if the script may change a form of that ending: a
    /// rare word must not get another word's irregular lemma.
    pub(crate) fn apply(&self, form: &str) -> Option<String> {
        let lower = form.to_lowercase();
        let base = if self.lower { &lower } else { form };
        let end = match self.cut {
            0 => base.len(),
            n => base.char_indices().nth_back(n - 1)?.0,
        };
        let known =
            self.cut == 0 || self.endings.iter().any(|ending| lower.ends_with(ending.as_str()));
        (known && end + self.add.len() > 0).then(|| base[..end].to_owned() + &self.add)
    }
}

/// What is known of words: which lemmas the treebanks have with which part of
/// speech, and which words are common enough to stand in the word table.
pub(crate) trait Known {
    /// Whether the treebanks have the lemma with this part of speech.
    fn lemma(&self, lemma: &str, upos: &str) -> bool;
    /// Whether the word table has the word.
    fn word(&self, word: &str) -> bool;
}

/// Scripts that are weighed against each other for one form.
const CANDIDATES: usize = 6;
/// What a lemma that the treebanks have gains over one that they do not have,
/// and a common word over an uncommon one, in units of the script's score.
/// Chosen on the training treebanks.
const SEEN: f32 = 4.0;
const COMMON: f32 = 2.0;

/// The lemma of a form: of the best scripts that fit it, the one whose result
/// is likeliest, a known word being likelier (`note` for `noted`, not `not`).
pub(crate) fn lemma(
    scripts: &[Script],
    scores: &[f32],
    form: &str,
    upos: &str,
    known: &impl Known,
) -> String {
    let best = argmax(scores);
    if let Some(lemma) = scripts[best].apply(form)
        && (scripts[best].cut == 0 && !scripts[best].add.is_empty() || known.lemma(&lemma, upos))
    {
        return lemma;
    }
    let mut order: Vec<usize> = (0..scripts.len()).collect();
    order.sort_by(|&a, &b| scores[b].total_cmp(&scores[a]).then(a.cmp(&b)));
    let fitting = order.into_iter().filter_map(|at| Some((scores[at], scripts[at].apply(form)?)));
    let mut chosen: Option<(f32, String)> = None;
    for (score, lemma) in fitting.take(CANDIDATES) {
        let seen = if known.lemma(&lemma, upos) { SEEN } else { 0.0 };
        let common = if known.word(&lemma) { COMMON } else { 0.0 };
        let total = score + f32::max(seen, common);
        if chosen.as_ref().is_none_or(|(most, _)| total > *most) {
            chosen = Some((total, lemma));
        }
    }
    chosen.map_or_else(|| form.to_lowercase(), |(_, lemma)| lemma)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scripts_edit_the_end() {
        let lemma = |script: &str, form: &str| Script::parse(script).unwrap().apply(form);
        assert_eq!(lemma("l3y\x1fies", "Bodies").as_deref(), Some("body"));
        assert_eq!(lemma("k0", "NATO").as_deref(), Some("NATO"));
        assert_eq!(lemma("l4go\x1fwent", "went").as_deref(), Some("go"));
        assert_eq!(lemma("l4go\x1fwent", "sent"), None);
        assert_eq!(lemma("l4go\x1fwent", "was"), None);
        assert_eq!(lemma("l1d\x1fnt", "sent").as_deref(), Some("send"));
        assert_eq!(lemma("l1d\x1fnt", "met"), None);
        assert_eq!(lemma("l2\x1f’s", "’s"), None);
        assert!(
            Script::parse("x0").is_err()
                && Script::parse("l").is_err()
                && Script::parse("").is_err()
        );
    }

    /// Knows the words it holds, all as verbs.
    struct Words(&'static [&'static str]);

    impl Known for Words {
        fn lemma(&self, lemma: &str, upos: &str) -> bool {
            upos == "VERB" && self.0.contains(&lemma)
        }
        fn word(&self, word: &str) -> bool {
            self.0.contains(&word)
        }
    }

    #[test]
    fn the_best_script_that_fits_decides() {
        let scripts: Vec<Script> =
            ["l3ake\x1fook", "l2eet\x1fet", "l0"].map(|s| Script::parse(s).unwrap()).into();
        let lemma = |form: &str| lemma(&scripts, &[3.0, 2.0, 1.0], form, "VERB", &Words(&[]));
        assert_eq!(lemma("met"), "meet");
        assert_eq!(lemma("Took"), "take");
        assert_eq!(lemma("dog"), "dog");
    }

    #[test]
    fn known_words_are_likelier() {
        let scripts: Vec<Script> =
            ["l2\x1fed", "l1\x1fd", "l0"].map(|s| Script::parse(s).unwrap()).into();
        let lemma =
            |upos: &str| lemma(&scripts, &[3.0, 2.0, -1.0], "Noted", upos, &Words(&["note"]));
        assert_eq!(lemma("VERB"), "note");
        assert_eq!(lemma("NOUN"), "note");
    }
}
