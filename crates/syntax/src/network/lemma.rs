//! Lemmas as edit scripts on the form (Chrupała 2006).

use crate::ModelError;
use std::collections::HashMap;
use std::sync::Arc;

/// What the treebanks do to the case of a form, by its part of speech.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Case {
    /// Names keep it; long ones in capitals are `Texas` and not acronyms.
    Keep,
    /// Most words lose it.
    Lower,
    /// Common nouns lose it, but as short acronyms now and then; those in `-ing`
    /// are their own lemmas.
    LowerWords,
    /// Others as the script says: `French` keeps it, `Smart` in a title does
    /// not; words in capitals lose it.
    Script,
    /// Pronouns too, but that the first person's is `I`; longer ones in capitals
    /// lose them.
    Pronoun,
    /// Numbers too, but that they lose the commas between their digits.
    Number,
}

impl Case {
    /// The case of a part of speech.
    pub(crate) fn of(upos: &str) -> Self {
        match upos {
            "PROPN" => Case::Keep,
            "NOUN" => Case::LowerWords,
            "PRON" => Case::Pronoun,
            "NUM" => Case::Number,
            "ADJ" | "SYM" | "X" => Case::Script,
            _ => Case::Lower,
        }
    }
}

/// Letters of a form in capitals from which on it is no acronym, by what most
/// of them are in the training treebanks.
const NAME_IN_CAPITALS: usize = 6;
const NOUN_IN_CAPITALS: usize = 4;
const WORD_IN_CAPITALS: usize = 3;

fn in_title_case(form: &str) -> String {
    let mut letters = form.chars();
    letters.next().into_iter().chain(letters.flat_map(char::to_lowercase)).collect()
}

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
    /// rare word must not get another word's irregular lemma. `lower` is the
    /// form in lower case.
    fn apply(&self, form: &str, lower: &str, case: Case) -> Option<String> {
        if case == Case::LowerWords && self.cut > 0 && lower.ends_with("ing") {
            return None;
        }
        let capitals = if form.chars().all(char::is_uppercase) { form.chars().count() } else { 0 };
        let lowered = match case {
            Case::Keep => false,
            Case::Lower => true,
            Case::LowerWords if form.chars().any(char::is_lowercase) => true,
            Case::LowerWords => self.lower || capitals >= NOUN_IN_CAPITALS,
            Case::Script => self.lower || capitals >= WORD_IN_CAPITALS,
            Case::Pronoun => self.lower || capitals > 1,
            _ => self.lower,
        };
        let titled;
        let base = if lowered {
            lower
        } else if case == Case::Keep && capitals >= NAME_IN_CAPITALS {
            titled = in_title_case(form);
            &titled
        } else {
            form
        };
        let end = match self.cut {
            0 => base.len(),
            n => base.char_indices().nth_back(n - 1)?.0,
        };
        let known =
            self.cut == 0 || self.endings.iter().any(|ending| lower.ends_with(ending.as_str()));
        let lemma =
            (known && end + self.add.len() > 0).then(|| [&base[..end], &self.add].concat())?;
        Some(match case {
            Case::Pronoun if lemma == "i" => "I".to_owned(),
            Case::Number if lemma.starts_with(|c: char| c.is_ascii_digit()) => {
                lemma.replace(',', "")
            }
            _ => lemma,
        })
    }
}

/// All scripts, and which of them may change a form of an ending.
#[derive(Debug)]
pub(crate) struct Scripts {
    list: Vec<Script>,
    /// Those that fit any form.
    always: Vec<usize>,
    by_ending: HashMap<String, Vec<usize>>,
    /// Bytes of the longest ending.
    longest: usize,
}

impl Scripts {
    /// Reads the trainer's notation of each script.
    pub(crate) fn parse(list: &[Arc<str>]) -> Result<Self, ModelError> {
        let list = list.iter().map(|s| Script::parse(s)).collect::<Result<Vec<_>, _>>()?;
        let (mut always, mut by_ending) = (Vec::new(), HashMap::<_, Vec<_>>::new());
        for (at, script) in list.iter().enumerate() {
            if script.cut == 0 {
                always.push(at);
            } else {
                for ending in &script.endings {
                    by_ending.entry(ending.clone()).or_default().push(at);
                }
            }
        }
        let longest = by_ending.keys().map(String::len).max().unwrap_or(0);
        Ok(Self { list, always, by_ending, longest })
    }

    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.list.len()
    }

    /// The best of the scripts that may change a form, the best first; the
    /// first of equals.
    fn fitting(&self, lower: &str, scores: &[f32]) -> impl Iterator<Item = usize> + use<> {
        let mut best = [usize::MAX; ENOUGH];
        let mut count = 0;
        let mut weigh = |script: usize| {
            let worse = |&other: &usize| {
                scores[other].total_cmp(&scores[script]).then(script.cmp(&other)).is_lt()
            };
            let at = best[..count].iter().rposition(|other| !worse(other)).map_or(0, |at| at + 1);
            // A script with several of a form's endings comes several times.
            if at == ENOUGH || at > 0 && best[at - 1] == script {
                return;
            }
            count = (count + 1).min(ENOUGH);
            best.copy_within(at..count - 1, at + 1);
            best[at] = script;
        };
        self.always.iter().copied().for_each(&mut weigh);
        let shortest = lower.len().saturating_sub(self.longest);
        for at in (shortest..=lower.len()).filter(|&at| lower.is_char_boundary(at)) {
            self.by_ending.get(&lower[at..]).into_iter().flatten().copied().for_each(&mut weigh);
        }
        best.into_iter().take(count)
    }
}

/// What is known of words: which lemmas the treebanks have with which part of
/// speech, and which words are common enough to stand in the word table.
pub(crate) trait Known {
    /// Whether the treebanks have the lemma with this part of speech (its
    /// number in the list of labels).
    fn lemma(&self, lemma: &str, upos: usize) -> bool;
    /// The lemma that is written down for a form in lower case.
    fn written(&self, lower: &str, upos: usize) -> Option<&str>;
    /// Whether the word table has the word.
    fn word(&self, word: &str) -> bool;
    /// What becomes of the case of words of this part of speech.
    fn case(&self, upos: usize) -> Case;
}

/// Scripts that are weighed against each other for one form, and how many are
/// looked at for that: a few of those that fit have too few characters for
/// their cut.
const CANDIDATES: usize = 6;
const ENOUGH: usize = 3 * CANDIDATES;
/// What a lemma loses that nobody knows and that ends in a consonant twice, as
/// in `mopp`.
const DOUBLED: f32 = 4.0;
/// What a lemma that the treebanks have gains over one that they do not have,
/// and a common word over an uncommon one, in units of the script's score.
/// Chosen on the training treebanks.
const SEEN: f32 = 4.0;
const COMMON: f32 = 2.0;

/// The lemma of a form that is written down, or by the `best` script alone, if
/// that is beyond doubt, as it is of marks and numbers: it depends on nothing
/// but form, script and part of speech.
pub(crate) fn sure_lemma(
    scripts: &Scripts,
    best: usize,
    form: &str,
    upos: usize,
    known: &impl Known,
) -> Option<String> {
    let script = &scripts.list[best];
    let lower = form.to_lowercase();
    if let Some(lemma) = known.written(&lower, upos) {
        return Some(lemma.to_owned());
    }
    let lemma = script.apply(form, &lower, known.case(upos))?;
    let irregular = || !script.add.is_empty();
    let letterless = || !form.chars().any(char::is_alphabetic);
    let sure = script.cut == 0 && (irregular() || letterless());
    (sure || known.lemma(&lemma, upos)).then_some(lemma)
}

/// The lemma of a form otherwise: of the best scripts that fit it, the one
/// whose result is likeliest, a known word being likelier (`note` for `noted`,
/// not `not`).
pub(crate) fn likeliest_lemma(
    scripts: &Scripts,
    scores: &[f32],
    form: &str,
    upos: usize,
    known: &impl Known,
) -> String {
    let (lower, case) = (form.to_lowercase(), known.case(upos));
    if let Some(lemma) = shortened(&lower, upos, known) {
        return lemma;
    }
    let fitting = scripts
        .fitting(&lower, scores)
        .filter_map(|at| Some((scores[at], scripts.list[at].apply(form, &lower, case)?)));
    let mut chosen: Option<(f32, String)> = None;
    for (score, lemma) in fitting.take(CANDIDATES) {
        // No later one can do better than the best that knowledge gives it.
        if chosen.as_ref().is_some_and(|(most, _)| score + SEEN <= *most) {
            break;
        }
        let seen = if known.lemma(&lemma, upos) { SEEN } else { 0.0 };
        let common = if seen < COMMON && known.word(&lemma) { COMMON } else { 0.0 };
        let gain = f32::max(seen, common);
        let loss = if gain == 0.0 && is_doubled(&lemma) { DOUBLED } else { 0.0 };
        let total = score + gain - loss;
        if chosen.as_ref().is_none_or(|(most, _)| total > *most) {
            chosen = Some((total, lemma));
        }
    }
    chosen.map_or(lower, |(_, lemma)| lemma)
}

/// The known lemma that a word with a letter three times or more in a row
/// stands for: `so` for `sooooo`.
fn shortened(lower: &str, upos: usize, known: &impl Known) -> Option<String> {
    let bytes = lower.as_bytes();
    let long = |w: &[u8]| w[0].is_ascii_alphabetic() && w[0] == w[1] && w[1] == w[2];
    if !bytes.windows(3).any(long) {
        return None;
    }
    [1, 2].into_iter().find_map(|most| {
        let (mut out, mut last, mut count) = (String::new(), None, 0);
        for c in lower.chars() {
            count = if last == Some(c) { count + 1 } else { 1 };
            last = Some(c);
            if count <= most {
                out.push(c);
            }
        }
        known.lemma(&out, upos).then_some(out)
    })
}

/// Whether a word ends in a consonant that is doubled before `-ing` and `-ed`.
fn is_doubled(word: &str) -> bool {
    match word.as_bytes() {
        [.., a, b] => a == b && b"bdgmnprt".contains(a),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scripts_edit_the_end() {
        let lemma = |script: &str, form: &str| {
            Script::parse(script).unwrap().apply(form, &form.to_lowercase(), Case::Script)
        };
        assert_eq!(lemma("l3y\x1fies", "Bodies").as_deref(), Some("body"));
        assert_eq!(lemma("k0", "Kenyan").as_deref(), Some("Kenyan"));
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

    #[test]
    fn parts_of_speech_decide_on_the_case() {
        let lemma = |form: &str, upos| {
            Script::parse("k0").unwrap().apply(form, &form.to_lowercase(), Case::of(upos)).unwrap()
        };
        assert_eq!(lemma("Met", "VERB"), "met");
        assert_eq!(lemma("Talks", "NOUN"), "talks");
        assert_eq!(lemma("CEO", "NOUN"), "CEO");
        assert_eq!(lemma("ROAD", "NOUN"), "road");
        assert_eq!(lemma("CLOSED", "ADJ"), "closed");
        assert_eq!(lemma("NATO", "PROPN"), "NATO");
        assert_eq!(lemma("GENEVA", "PROPN"), "Geneva");
        assert_eq!(lemma("Kenyan", "ADJ"), "Kenyan");
        assert_eq!((lemma("i", "PRON"), lemma("THEY", "PRON")), ("I".into(), "they".into()));
        assert_eq!(lemma("40,000", "NUM"), "40000");
        let cut = |form: &str, upos| {
            Script::parse("l3\x1fing").unwrap().apply(form, form, Case::of(upos))
        };
        assert_eq!((cut("trading", "NOUN"), cut("trading", "VERB")), (None, Some("trad".into())));
        let lowered = Script::parse("l0").unwrap();
        assert_eq!(lowered.apply("Lima", "lima", Case::of("PROPN")).as_deref(), Some("Lima"));
    }

    const VERB: usize = 1;
    const NOUN: usize = 0;

    /// Knows the words it holds, all as verbs.
    struct Words(&'static [&'static str]);

    impl Known for Words {
        fn lemma(&self, lemma: &str, upos: usize) -> bool {
            upos == VERB && self.0.contains(&lemma)
        }
        fn written(&self, lower: &str, upos: usize) -> Option<&str> {
            (upos == VERB && lower == "sung").then_some("sing")
        }
        fn word(&self, word: &str) -> bool {
            self.0.contains(&word)
        }
        fn case(&self, _: usize) -> Case {
            Case::Script
        }
    }

    #[test]
    fn the_best_script_that_fits_decides() {
        let scripts =
            Scripts::parse(&["l3ake\x1fook", "l2eet\x1fet", "l0"].map(Arc::from)).unwrap();
        let scores = [3.0, 2.0, 1.0];
        let lemma = |form: &str| likeliest_lemma(&scripts, &scores, form, VERB, &Words(&[]));
        assert_eq!(lemma("met"), "meet");
        assert_eq!(lemma("Took"), "take");
        assert_eq!(lemma("dog"), "dog");
    }

    #[test]
    fn known_words_are_likelier() {
        let scripts = Scripts::parse(&["l2\x1fed", "l1\x1fd", "l0"].map(Arc::from)).unwrap();
        let words = Words(&["note"]);
        let lemma = |upos| likeliest_lemma(&scripts, &[3.0, 2.0, -1.0], "Noted", upos, &words);
        assert_eq!(lemma(VERB), "note");
        assert_eq!(lemma(NOUN), "note");
        let sure = |best, upos| sure_lemma(&scripts, best, "Noted", upos, &words);
        assert_eq!(
            (sure(1, VERB).as_deref(), sure(1, NOUN), sure(0, VERB)),
            (Some("note"), None, None)
        );
    }

    #[test]
    fn what_is_written_down_decides() {
        let scripts = Scripts::parse(&["l0", "l3\x1fing", "l4\x1fpping"].map(Arc::from)).unwrap();
        let words = Words(&["sung", "so", "need"]);
        let sure = |upos| sure_lemma(&scripts, 0, "Sung", upos, &words);
        assert_eq!((sure(VERB).as_deref(), sure(NOUN)), (Some("sing"), None));
        let lemma = |form: &str| likeliest_lemma(&scripts, &[0.0, 5.0, 2.0], form, VERB, &words);
        assert_eq!(lemma("mopping"), "mop");
        assert_eq!((lemma("SOOOO").as_str(), lemma("neeeed").as_str()), ("so", "need"));
        assert_eq!(lemma("hmmm"), "hmmm");
    }

    #[test]
    fn the_best_scripts_come_once_each_in_order() {
        let list: Vec<Arc<str>> = (0..40)
            .map(|n| match n % 4 {
                0 => "l0".into(),
                1 => "l1\x1fs\x1fes\x1fxes".into(),
                2 => "l2\x1fes".into(),
                _ => "l2\x1fed".into(),
            })
            .collect();
        let scripts = Scripts::parse(&list).unwrap();
        let scores: Vec<f32> = (0..40).map(|n| (n * 7 % 11) as f32).collect();
        let got: Vec<usize> = scripts.fitting("boxes", &scores).collect();
        let mut all: Vec<usize> = (0..40).filter(|n| n % 4 != 3).collect();
        all.sort_by(|&a, &b| scores[b].total_cmp(&scores[a]).then(a.cmp(&b)));
        assert_eq!(got, all[..ENOUGH]);
    }
}
