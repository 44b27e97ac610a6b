//! Lemmas that are written down: irregular forms, names that keep their
//! capital, common misspellings (`data/lemmas.tsv`).

use crate::ModelError;
use std::collections::HashMap;
use std::sync::Arc;

const FILE: &str = include_str!("../../data/lemmas.tsv");
/// The first line after the remarks.
const HEADER: &str = "upos\tlemma\tforms";

/// Forms in lower case, each with its lemma for a part of speech, which is a
/// number in the model's list of labels.
#[derive(Debug)]
pub(crate) struct Written(HashMap<Box<str>, Vec<(usize, &'static str)>>);

impl Written {
    /// Reads the file that is built in; parts of speech that the model does not
    /// know are left out.
    pub(crate) fn load(upos: &[Arc<str>]) -> Result<Self, ModelError> {
        let damaged = |line: &str| ModelError::Damaged(format!("lemmas.tsv: '{line}'"));
        let mut lines = FILE.lines().skip_while(|line| line.starts_with('#'));
        lines.next().filter(|&line| line == HEADER).ok_or_else(|| damaged("no header"))?;
        let mut forms: HashMap<Box<str>, Vec<_>> = HashMap::new();
        for line in lines {
            let mut cells = line.split('\t');
            let (Some(code), Some(lemma), Some(list), None) =
                (cells.next(), cells.next(), cells.next(), cells.next())
            else {
                return Err(damaged(line));
            };
            let Some(upos) = upos.iter().position(|label| &**label == code) else { continue };
            let mut add = |form: &str, lemma| {
                forms.entry(form.to_lowercase().into()).or_default().push((upos, lemma));
            };
            if list.is_empty() {
                lemma.split(' ').for_each(|word| add(word, word));
            } else {
                list.split(' ').for_each(|form| add(form, lemma));
            }
        }
        Ok(Self(forms))
    }

    /// The lemma of a form in lower case with a part of speech.
    pub(crate) fn lemma(&self, lower: &str, upos: usize) -> Option<&'static str> {
        let lemmas = self.0.get(lower)?;
        lemmas.iter().find(|(of, _)| *of == upos).map(|&(_, lemma)| lemma)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labels() -> Vec<Arc<str>> {
        ["NOUN", "VERB", "PROPN", "ADJ", "ADV", "PRON", "DET", "ADP", "SCONJ"]
            .map(Arc::from)
            .to_vec()
    }

    #[test]
    fn forms_have_the_lemma_of_their_part_of_speech() {
        let written = Written::load(&labels()).unwrap();
        let [noun, verb, name, adjective] = [0, 1, 2, 3];
        assert_eq!(written.lemma("sung", verb), Some("sing"));
        assert_eq!(written.lemma("sung", noun), None);
        assert_eq!(written.lemma("horsemen", noun), Some("horseman"));
        assert_eq!(written.lemma("chad", name), Some("Chad"));
        assert_eq!(written.lemma("dec.", name), Some("December"));
        assert_eq!(written.lemma("french", adjective), Some("French"));
    }

    #[test]
    fn a_form_has_one_lemma_and_every_part_of_speech_is_one() {
        let upos = labels();
        let written = Written::load(&upos).unwrap();
        for (form, lemmas) in &written.0 {
            let mut parts: Vec<usize> = lemmas.iter().map(|(upos, _)| *upos).collect();
            parts.sort_unstable();
            assert!(parts.windows(2).all(|pair| pair[0] != pair[1]), "{form}: {lemmas:?}");
        }
        let rows = FILE.lines().filter(|line| !line.starts_with('#')).skip(1);
        for row in rows {
            assert!(upos.iter().any(|code| row.split('\t').next() == Some(code)), "{row}");
        }
    }
}
