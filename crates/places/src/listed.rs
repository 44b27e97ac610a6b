//! Under which runs of words anything is listed: most capitals begin none, and
//! nothing need be weighed there.

use crate::find::{Finder, LONGEST, comma};
use crate::fold::{append, is_long, shorten};
use crate::pieces::Pieces;

/// Bytes of the longest name that is looked up.
const LONGEST_BYTES: usize = 80;

/// A run of words that may be listed.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Run {
    /// One past its last piece.
    pub end: usize,
    /// Its words folded.
    pub key: String,
}

impl Finder<'_> {
    /// The runs that begin at a piece and may be listed, the shortest first; a
    /// comma may stand inside. Words are folded and followed through the
    /// gazetteer once for all runs, and only as long as a listed name can go on.
    pub(crate) fn runs(&self, pieces: &Pieces<'_, '_>, at: usize) -> Vec<Run> {
        let mut runs = Vec::new();
        let mut folded = String::with_capacity(LONGEST_BYTES);
        let (mut walk, mut walked) = (self.gazetteer.walk(), 0);
        // where the last word of what is folded begins, and whether a name of
        // several words that is listed by hand can begin with the first
        let (mut last, mut by_hand) = (0, true);
        // whether a word is written shorter where names are listed, or a piece
        // has several: then each run is looked up by itself
        let mut alone = false;
        for end in at + 1..=(at + LONGEST).min(pieces.len()) {
            if end > at + 1 {
                if !pieces.joined(end - 1) && !comma(pieces, end - 1) {
                    break;
                }
                append(&mut folded, pieces.gap(end - 1).unwrap_or(""));
                // after a whole word
                if let Some(words) = folded.strip_suffix(' ') {
                    let word = words.get(last..).unwrap_or("");
                    alone |= is_long(word);
                    if last == 0 {
                        by_hand = alone || self.atlas.begins_with(word);
                    }
                    last = folded.len();
                    if !alone && !by_hand && !walk.on(b" ").leads_on() {
                        break;
                    }
                }
            }
            append(&mut folded, pieces.form(end - 1));
            let text = pieces.text(&(at..end));
            if text.len() > LONGEST_BYTES {
                break;
            }
            let key = folded.trim_end();
            alone |= key.get(last..).is_some_and(|word| word.contains(' '));
            walk = walk.on(key.as_bytes().get(walked..).unwrap_or(&[]));
            walked = key.len().max(walked);
            let short = if alone { shorten(key) } else { None };
            let key = short.as_deref().unwrap_or(key);
            let named = if alone { self.gazetteer.contains(key) } else { walk.is_name() };
            if named || by_hand && (self.atlas.lists(key) || self.atlas.may_be_short(text)) {
                runs.push(Run { end, key: key.to_owned() });
            }
        }
        runs
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::atlas::Atlas;
    use crate::words::Words;
    use crate::{Gazetteer, fold};
    use dateline_lexicon::{Lexicons, Problems};
    use dateline_syntax::Model;

    #[test]
    fn runs_are_found_as_if_each_were_looked_up() {
        let (lexicons, mut problems) = (Lexicons::embedded(), Problems::default());
        let atlas = Atlas::load(&lexicons, &mut problems);
        let words = Words::load(&lexicons, &mut problems);
        let gazetteer = Gazetteer::embedded();
        let finder = Finder { atlas: &atlas, gazetteer: &gazetteer, words: &words };
        let model = Model::swift().unwrap();
        for text in [
            "From Saint Petersburg to St. Louis, Mount Vernon and Fort Worth, Texas.",
            "The U.S. and the U. S. met in New York City, N.Y., near the Strait of Hormuz.",
            "Sana'a, São Tomé and Príncipe, Guinea-Bissau, O'Fallon, Trinidad & Tobago",
            "Port-au-Prince -- Al-Hudaydah -- Washington, D.C.-based -- 'ʻ Ewa Beach",
            "Fort&Worth, Saint&Louis and New&York Road, West&East Timor, AT&T, A& Bonn",
        ] {
            let doc = model.read(text);
            let pieces = Pieces::new(&doc, 0..doc.tokens.len(), &vec![None; doc.tokens.len()]);
            let mut found = 0;
            for at in 0..pieces.len() {
                let runs = finder.runs(&pieces, at);
                found += runs.len();
                let ends = at + 1..=(at + LONGEST).min(pieces.len());
                let joined = |end: &usize| {
                    *end == at + 1 || pieces.joined(end - 1) || comma(&pieces, end - 1)
                };
                let wanted = ends.take_while(joined).filter_map(|end| {
                    let (text, key) = (pieces.text(&(at..end)), fold(pieces.text(&(at..end))));
                    let any = gazetteer.contains(&key) || atlas.lists(&key);
                    (any || atlas.may_be_short(text)).then_some(Run { end, key })
                });
                assert_eq!(runs, wanted.collect::<Vec<_>>(), "{text} at {at}");
            }
            assert!(found >= 4, "{text}: {found}");
        }
    }
}
