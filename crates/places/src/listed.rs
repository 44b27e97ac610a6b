//! Under which runs of words anything is listed: most capitals begin none, and
//! nothing need be weighed there.

use crate::find::Finder;
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
    /// The runs that begin at a piece, end at `limit` at the latest, and may be
    /// listed, the shortest first. Words are folded and followed through the
    /// gazetteer once for all runs, and only as long as a listed name can go on.
    pub(crate) fn runs(&self, pieces: &Pieces<'_, '_>, at: usize, limit: usize) -> Vec<Run> {
        let mut runs = Vec::new();
        let (mut folded, mut walk, mut walked) = (String::new(), self.gazetteer.walk(), 0);
        // whether words so far are written shorter where the names are listed
        let mut long = false;
        for end in at + 1..=limit {
            if end > at + 1 {
                append(&mut folded, pieces.gap(end - 1).unwrap_or(""));
                // after a whole word
                if let Some(words) = folded.strip_suffix(' ') {
                    let (first, last) = (words.split(' ').next(), words.rsplit(' ').next());
                    long |= last.is_some_and(is_long);
                    let by_hand = first.is_some_and(|word| self.atlas.begins_with(word));
                    if !long && !by_hand && !walk.on(b" ").leads_on() {
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
            walk = walk.on(key.as_bytes().get(walked..).unwrap_or(&[]));
            walked = key.len().max(walked);
            let short = shorten(key);
            let named = match &short {
                Some(short) => self.gazetteer.contains(short),
                None => walk.is_name(),
            };
            let key = short.as_deref().unwrap_or(key);
            if named || self.atlas.lists(key) || self.atlas.may_be_short(text) {
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
        ] {
            let doc = model.read(text);
            let pieces = Pieces::new(&doc, 0..doc.tokens.len(), &vec![None; doc.tokens.len()]);
            let mut found = 0;
            for at in 0..pieces.len() {
                let limit = (at + 6).min(pieces.len());
                let runs = finder.runs(&pieces, at, limit);
                found += runs.len();
                let wanted = (at + 1..=limit).filter_map(|end| {
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
