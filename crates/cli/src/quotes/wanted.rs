//! Which quotations are wanted: by whom, about what.

use dateline::Form;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The reader's wishes.
#[derive(Debug, Default)]
pub struct Wanted {
    /// Words of each name; any of the names will do.
    speakers: Vec<Vec<String>>,
    /// Words of each subject; any of the subjects will do.
    subjects: Vec<Vec<String>>,
    indirect: bool,
}

impl Wanted {
    pub fn new(speakers: &[String], subjects: &[String], indirect: bool) -> Self {
        let all = |wishes: &[String]| wishes.iter().map(|wish| words(wish)).collect();
        Self { speakers: all(speakers), subjects: all(subjects), indirect }
    }

    /// Whether claims of this form are wanted.
    pub fn form(&self, form: Form) -> bool {
        self.indirect || form != Form::Indirect
    }

    /// Whether a speaker of whom these words are used is wanted.
    pub fn speaker(&self, called: impl FnOnce() -> String) -> bool {
        self.speakers.is_empty() || {
            let called = words(&called());
            holds(&self.speakers, |wish| called.iter().any(|word| word == wish))
        }
    }

    /// Whether what stands around these words is wanted.
    pub fn about(&self, text: impl FnOnce() -> String) -> bool {
        self.subjects.is_empty() || {
            let text = words(&text());
            holds(&self.subjects, |wish| text.iter().any(|word| word.starts_with(wish)))
        }
    }
}

/// Whether all words of any wish are met.
fn holds(wishes: &[Vec<String>], met: impl Fn(&str) -> bool) -> bool {
    wishes.iter().any(|wish| wish.iter().all(|word| met(word)))
}

/// Words without capitals and accents; a possessive ending goes.
fn words(text: &str) -> Vec<String> {
    let plain: String = text.nfd().filter(|c| !is_combining_mark(*c)).collect();
    let plain = plain.to_lowercase().replace('’', "'");
    let words = plain.split(|c: char| !c.is_alphanumeric() && c != '\'');
    let bare = words.map(|word| word.trim_matches('\''));
    bare.map(|word| word.strip_suffix("'s").unwrap_or(word).to_owned())
        .filter(|word| !word.is_empty())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wanted(speakers: &[&str], subjects: &[&str]) -> Wanted {
        let owned = |wishes: &[&str]| wishes.iter().map(|w| (*w).to_owned()).collect::<Vec<_>>();
        Wanted::new(&owned(speakers), &owned(subjects), false)
    }

    #[test]
    fn names_by_words_without_accents() {
        let lind = wanted(&["ana sorensen", "Prime Minister"], &[]);
        assert!(lind.speaker(|| "Ana Sörensen’s".into()));
        assert!(lind.speaker(|| "the prime minister of Norvania".into()));
        assert!(!lind.speaker(|| "Ana Lind".into()));
        assert!(wanted(&[], &[]).speaker(String::new));
    }

    #[test]
    fn subjects_by_beginnings_of_words() {
        let tax = wanted(&[], &["tax cut"]);
        assert!(tax.about(|| "The cuts in taxes are late.".into()));
        assert!(!tax.about(|| "The syntax of cuts".into()));
    }

    #[test]
    fn forms() {
        assert!(!wanted(&[], &[]).form(Form::Indirect));
        assert!(Wanted::new(&[], &[], true).form(Form::Indirect));
    }
}
