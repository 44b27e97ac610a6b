//! The cue lexicon: which words report, and what they commit the source to.

use crate::phrases::{Found, Phrases};
use crate::stance::stance;
use dateline_lexicon::{Keys, LexiconError, Lexicons, Place, Problems, Row};
use dateline_syntax::{Doc, Upos};

/// Kind of word of a cue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum CuePos {
    Verb,
    Noun,
    Adj,
    Adv,
    Phrase,
}

impl CuePos {
    /// The name in the lexicon.
    pub fn name(self) -> &'static str {
        match self {
            CuePos::Verb => "verb",
            CuePos::Noun => "noun",
            CuePos::Adj => "adj",
            CuePos::Adv => "adv",
            CuePos::Phrase => "phrase",
        }
    }
}

/// What a cue takes beside it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Frames {
    /// May stand beside a quotation.
    pub quote: bool,
    /// Takes a clause.
    pub that: bool,
    /// Takes an infinitive.
    pub to: bool,
    /// Its object is the content.
    pub object: bool,
    /// Its object is who hears it.
    pub hearer: bool,
    /// Gives way to the verb below it.
    pub light: bool,
    /// Turns the verb below it round.
    pub negates: bool,
    /// Its subject is not the source.
    pub nobody: bool,
}

/// A row of the lexicon.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Cue {
    pub pos: CuePos,
    pub stance: &'static str,
    /// The stance when the cue is negated.
    pub negated: &'static str,
    pub frames: Frames,
    /// Where the row stands.
    pub row: Place,
}

/// The cues of `cues.tsv`.
#[derive(Debug)]
pub(crate) struct Cues {
    phrases: Phrases<Cue>,
}

const COLUMNS: [&str; 5] = ["cue", "pos", "stance", "negated", "frames"];

impl Cues {
    pub fn load(lexicons: &Lexicons, problems: &mut Problems) -> Self {
        let table = lexicons.table("cues.tsv", &COLUMNS, problems);
        let mut keys = Keys::default();
        let mut phrases = Phrases::default();
        for row in table.rows() {
            if row.get("cue").is_empty() {
                problems.error(row.error("'cue' is empty"));
                continue;
            }
            if row.get("cue").ends_with('*') || row.get("cue").starts_with('*') {
                problems.error(row.error("a cue neither begins nor ends with '*'; leave it off"));
                continue;
            }
            if let Some(cue) = problems.keep(cue(&row)) {
                let key = [row.get("cue"), row.get("pos")];
                problems.once(&mut keys, &key, &row, "only one of them counts");
                phrases.insert(row.get("cue"), cue);
            }
        }
        Self { phrases }
    }

    /// The cue that a word of this kind is by itself.
    pub fn word(&self, doc: &Doc<'_>, token: usize, pos: CuePos) -> Option<&Cue> {
        self.phrases.word(doc, token, |cue| cue.pos == pos)
    }

    /// The best cue that begins at a token: the longest that fits the token's
    /// part of speech, else the longest of all.
    pub fn at<'p>(&'p self, doc: &Doc<'_>, token: usize, limit: usize) -> Option<Found<'p, Cue>> {
        let found = self.phrases.at(doc, token, limit);
        let upos = doc.tokens.get(token)?.upos;
        let fitting = found.iter().position(|f| fits(f.value.pos, upos));
        let other = || found.iter().position(|f| f.words > 1 || f.value.pos != CuePos::Adv);
        let best = fitting.or_else(other)?;
        found.into_iter().nth(best)
    }
}

fn fits(pos: CuePos, upos: Upos) -> bool {
    match pos {
        CuePos::Verb => matches!(upos, Upos::Verb | Upos::Aux),
        CuePos::Noun => matches!(upos, Upos::Noun | Upos::Propn),
        CuePos::Adj => matches!(upos, Upos::Adj),
        CuePos::Adv => matches!(upos, Upos::Adv),
        CuePos::Phrase => true,
    }
}

fn cue(row: &Row<'_>) -> Result<Cue, LexiconError> {
    let pos = match row.get("pos") {
        "verb" => CuePos::Verb,
        "noun" => CuePos::Noun,
        "adj" => CuePos::Adj,
        "adv" => CuePos::Adv,
        "phrase" => CuePos::Phrase,
        other => {
            let reason = format!("'{other}' in 'pos' is none of verb, noun, adj, adv, phrase");
            return Err(row.error(reason));
        }
    };
    let named = |column: &str| {
        stance(row.get(column)).ok_or_else(|| {
            let name = row.get(column);
            row.error(format!(
                "'{name}' in '{column}' is no stance; the stances are {}",
                crate::STANCES.join(", ")
            ))
        })
    };
    let mut frames = Frames::default();
    for frame in row.list("frames") {
        match frame {
            "quote" => frames.quote = true,
            "that" => frames.that = true,
            "to" => frames.to = true,
            "object" => frames.object = true,
            "hearer" => frames.hearer = true,
            "light" => frames.light = true,
            "negates" => frames.negates = true,
            "nobody" => frames.nobody = true,
            word if word.chars().all(char::is_lowercase) => {} // a preposition
            other => return Err(row.error(format!("'{other}' in 'frames' is no frame"))),
        }
    }
    Ok(Cue { pos, stance: named("stance")?, negated: named("negated")?, frames, row: row.place() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{doc, text_of};

    #[test]
    fn the_built_in_lexicon_is_large_and_sound() {
        let mut problems = Problems::with_warnings();
        let cues = Cues::load(&Lexicons::embedded(), &mut problems);
        assert!(problems.list().is_empty(), "{problems:?}");
        let table = Lexicons::embedded().table("cues.tsv", &COLUMNS, &mut problems);
        assert!(table.len() >= 1000);
        let lines = "said say VERB 0 root\ndenied denie VERB 1 dep\ntold tell VERB 1 dep\n\
                     promise promise NOUN 1 dep";
        let text = text_of(lines);
        let doc = doc(&text, lines);
        let word = |at: usize, pos: CuePos| cues.word(&doc, at, pos).unwrap();
        assert_eq!(word(0, CuePos::Verb).stance, "assert");
        assert_eq!(word(1, CuePos::Verb).stance, "deny"); // in spite of its lemma
        assert!(word(2, CuePos::Verb).frames.hearer);
        assert_eq!(word(3, CuePos::Noun).stance, "promise");
    }

    #[test]
    fn mistakes_are_named() {
        let folder = std::env::temp_dir().join(format!("dateline-said-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let file = folder.join("cues.more.tsv");
        let header = "cue\tpos\tstance\tnegated\tframes\n";
        std::fs::write(&file, format!("{header}chirp\tverb\tmumble\tdeny\t\n")).unwrap();
        let load = || {
            let mut problems = Problems::default();
            let cues = Cues::load(&Lexicons::with_folder(&folder), &mut problems);
            problems.result(cues)
        };
        let error = load().unwrap_err();
        assert_eq!(error.line, 2);
        assert!(error.reason.contains("'mumble' in 'stance' is no stance"));
        std::fs::write(&file, format!("{header}chirp\tverb\tassert\tdeny\tquote\n")).unwrap();
        let cues = load().unwrap();
        let lines = "chirps chirp VERB 0 root";
        let text = text_of(lines);
        assert!(cues.word(&doc(&text, lines), 0, CuePos::Verb).unwrap().frames.quote);
        std::fs::remove_dir_all(&folder).unwrap();
    }
}
