//! The lexicons of this room, read and checked: frames, classes of objects,
//! light verbs, embedding words and what embedded events become.

use crate::beaten::{First, never_first};
use crate::cameo::Cameo;
use crate::classes::Classes;
use crate::expression::Pos;
use crate::ontology::Ontology;
use crate::parse::{becomes, embedding, support};
use crate::pattern::{Needs, Pattern};
use crate::traits::Traits;
use dateline_account::{EventType, Modality};
use dateline_lexicon::{Lexicons, Map, Place, Problems};
use std::collections::HashMap;
use std::sync::Arc;

/// A row of `plover.tsv`.
#[derive(Debug)]
pub(crate) struct Frame {
    pub pos: Pos,
    /// Words before the head of a noun; adverbs of a verb.
    pub before: Vec<String>,
    /// Words after the head.
    pub after: Vec<String>,
    pub needs: Arc<Needs>,
    pub pattern: Arc<Pattern>,
    /// `None`: the expression is no event.
    pub kind: Option<EventType>,
    pub mode: Option<String>,
    pub contexts: Arc<Vec<String>>,
    /// How often the expression is such an event, between 0 and 1.
    pub certainty: f32,
}

impl Frame {
    /// What decides between frames that ask for equally much, the greater first:
    /// whether it is no event, then its certainty in hundredths.
    pub fn precedence(&self) -> (bool, u32) {
        (self.kind.is_none(), (self.certainty * 100.0) as u32)
    }
}

/// A row of `plover-support.tsv`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Support {
    /// Whether the light verb's subject is the event's recipient.
    pub recipient: bool,
    pub modality: Option<Modality>,
    pub negative: bool,
}

/// A row of `plover-embedding.tsv`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Embedding {
    pub modality: Option<Modality>,
    pub negative: bool,
    pub coded: Option<Outer>,
}

/// Under what an event is embedded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outer {
    Will,
    WillNot,
    Plan,
    /// Under nothing: the word only finds fault.
    Criticism,
    Type(EventType),
}

/// A row of `plover-embedded.tsv`.
#[derive(Debug)]
pub(crate) struct Becomes {
    pub outer: Outer,
    pub inner: Option<EventType>,
    pub inner_mode: Option<String>,
    pub kind: EventType,
    pub mode: Option<String>,
}

impl Becomes {
    fn fits(&self, outer: Outer, kind: Option<EventType>, mode: Option<&str>) -> bool {
        self.outer == outer
            && self.inner.is_none_or(|inner| Some(inner) == kind)
            && self.inner_mode.as_deref().is_none_or(|inner| Some(inner) == mode)
    }
}

/// All that this room knows of words.
#[derive(Debug)]
pub(crate) struct Lexicon {
    pub frames: Vec<Frame>,
    /// For each type and part of speech, the frame of the words (`*`) that only
    /// the learned part takes for such an event.
    pub any_word: HashMap<(EventType, Pos), u32>,
    /// Frames by their head word and part of speech, in the order of the file.
    pub heads: Map<Vec<u32>>,
    pub ontology: Ontology,
    pub classes: Classes,
    pub cameo: Cameo,
    support: Map<Vec<(Option<String>, Support)>>,
    embedding: Map<Vec<(Pos, Embedding)>>,
    becomes: Vec<Becomes>,
    contexts: Map<Vec<(Vec<String>, String)>>,
}

impl Lexicon {
    /// Reads and checks everything.
    pub fn load(lexicons: &Lexicons, problems: &mut Problems) -> Lexicon {
        lexicons.check_ontology(problems);
        let ontology = Ontology::load(lexicons, problems);
        let mut lexicon = Lexicon {
            frames: Vec::new(),
            any_word: HashMap::new(),
            heads: Map::default(),
            classes: Classes::load(lexicons, &ontology, problems),
            cameo: Cameo::load(lexicons, &ontology, problems),
            support: Map::default(),
            embedding: Map::default(),
            becomes: Vec::new(),
            contexts: Map::default(),
            ontology,
        };
        lexicon.read_frames(lexicons, problems);
        lexicon.read_support(lexicons, problems);
        lexicon.read_embedding(lexicons, problems);
        lexicon.read_embedded(lexicons, problems);
        lexicon.read_contexts(lexicons, problems);
        lexicon
    }

    /// Whether events are PLOVER's, and not those of an ontology of the user's
    /// own: what was learned of PLOVER's types holds for them only.
    pub fn is_plover(&self) -> bool {
        self.ontology.is_plover()
    }

    /// What holds of all events of a type.
    pub fn traits(&self, kind: EventType) -> Traits {
        self.ontology.traits(kind)
    }

    /// The frames whose head is this lower-case word.
    pub fn frames_of(&self, word: &str) -> &[u32] {
        self.heads.get(word).map_or(&[], Vec::as_slice)
    }

    /// The frame of a type for a word that no frame of that type fits.
    pub fn frame_of_any_word(&self, kind: EventType, pos: Pos) -> Option<usize> {
        self.any_word.get(&(kind, pos)).map(|&at| at as usize)
    }

    /// Whether a frame is one for any word.
    pub fn is_of_any_word(&self, frame: usize) -> bool {
        let Frame { kind, pos, .. } = self.frames[frame];
        kind.and_then(|kind| self.frame_of_any_word(kind, pos)) == Some(frame)
    }

    /// Whether any lexicon of this room has this word as a head.
    pub fn knows(&self, word: &str) -> bool {
        self.heads.contains_key(word)
            || self.embedding.contains_key(word)
            || self.support.contains_key(word)
            || self.classes.knows(word)
    }

    /// The light verb that `word` is before a noun with `preposition` or
    /// particle.
    pub fn support(&self, word: &str, preposition: Option<&str>) -> Option<Support> {
        let rows = self.support.get(word)?;
        let fits = |wanted: &Option<String>| match (wanted.as_deref(), preposition) {
            (None, None) => true,
            (Some(a), Some(b)) => a == b,
            _ => false,
        };
        rows.iter().find(|(wanted, _)| fits(wanted)).map(|(_, support)| *support)
    }

    /// What `word` says of the event below it.
    pub fn embedding(&self, word: &str, pos: Pos) -> Option<Embedding> {
        let rows = self.embedding.get(word)?;
        rows.iter().find(|(p, _)| *p == pos).map(|(_, embedding)| *embedding)
    }

    /// What an event becomes below `outer`.
    pub fn becomes(
        &self,
        outer: Outer,
        kind: EventType,
        mode: Option<&str>,
    ) -> Option<(EventType, Option<String>)> {
        let mut rows = self.becomes.iter();
        let row = rows.find(|row| row.fits(outer, Some(kind), mode));
        row.map(|row| (row.kind, row.mode.clone()))
    }

    /// Words before the head and the context that each keyword speaks for.
    pub fn contexts_of(&self, head: &str) -> &[(Vec<String>, String)] {
        self.contexts.get(head).map_or(&[], Vec::as_slice)
    }

    fn read_support(&mut self, lexicons: &Lexicons, problems: &mut Problems) {
        let columns = ["word", "subject", "modality", "polarity"];
        let mut first = First::default();
        for row in lexicons.closed_table("plover-support.tsv", &columns, problems).rows() {
            let mut words = row.get("word").split_whitespace();
            let head = words.next().ok_or_else(|| row.error("'word' is empty"));
            let (head, support) = (problems.keep(head), problems.keep(support(&row)));
            let (Some(head), Some(support)) = (head, support) else { continue };
            let last = words.last().map(str::to_owned);
            let key = format!("{head} {}", last.as_deref().unwrap_or(""));
            first.of_key(key, support, &row, problems);
            self.support.entry(head.to_owned()).or_default().push((last, support));
        }
    }

    fn read_embedding(&mut self, lexicons: &Lexicons, problems: &mut Problems) {
        let columns = ["word", "pos", "modality", "polarity", "coded"];
        let mut first = First::default();
        for row in lexicons.closed_table("plover-embedding.tsv", &columns, problems).rows() {
            let Some((pos, embedding)) = problems.keep(embedding(&row)) else { continue };
            let word = row.get("word");
            first.of_key(format!("{word} {}", row.get("pos")), embedding, &row, problems);
            self.embedding.entry(word.to_owned()).or_default().push((pos, embedding));
        }
    }

    fn read_embedded(&mut self, lexicons: &Lexicons, problems: &mut Problems) {
        let columns = ["outer", "inner", "inner_mode", "type", "mode"];
        let on = &self.ontology;
        let mut places: Vec<Place> = Vec::new();
        for row in lexicons.closed_table("plover-embedded.tsv", &columns, problems).rows() {
            let cell = |column| row.get(column);
            let kinds = [
                (cell("outer"), ""),
                (cell("inner"), cell("inner_mode")),
                (cell("type"), cell("mode")),
            ];
            if on.leaves_out(&row, &kinds) {
                continue;
            }
            let Some(new) = problems.keep(becomes(&row, on)) else { continue };
            let wins = |old: &Becomes| old.fits(new.outer, new.inner, new.inner_mode.as_deref());
            if let Some(earlier) = self.becomes.iter().position(wins) {
                let old = &self.becomes[earlier];
                let same = (old.kind, &old.mode) == (new.kind, &new.mode);
                never_first(&row, &places[earlier], same, problems);
            }
            places.push(row.place());
            self.becomes.push(new);
        }
    }

    fn read_contexts(&mut self, lexicons: &Lexicons, problems: &mut Problems) {
        let columns = ["words", "context"];
        for row in lexicons.closed_table("plover-contexts.tsv", &columns, problems).rows() {
            if self.ontology.lacks_context(&row, row.get("context")) {
                continue;
            }
            let mut words: Vec<String> =
                row.get("words").split_whitespace().map(str::to_owned).collect();
            let head = words.pop().ok_or_else(|| row.error("'words' is empty"));
            let context = self.ontology.context(&row, row.get("context"));
            let (head, context) = (problems.keep(head), problems.keep(context));
            let (Some(head), Some(context)) = (head, context) else { continue };
            self.contexts.entry(head).or_default().push((words, context));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn built_in_lexicons_are_sound_and_cover_the_ontology() {
        let lexicons = Lexicons::embedded();
        let mut problems = Problems::with_warnings();
        let lexicon = Lexicon::load(&lexicons, &mut problems);
        assert!(problems.list().is_empty(), "{problems:?}");
        assert!(lexicon.frames.len() >= 2500, "{}", lexicon.frames.len());
        assert_eq!(lexicon.ontology.types().collect::<Vec<_>>(), EventType::ALL);
        for (kind, mode) in lexicon.ontology.modes() {
            let mut frames = lexicon.frames.iter();
            let found = frames.any(|f| f.kind == Some(kind) && f.mode.as_deref() == Some(mode));
            assert!(found, "no frame for {kind:?} {mode}");
        }
    }

    #[test]
    fn mistakes_are_named_with_their_line() {
        let folder = std::env::temp_dir().join(format!("dateline-did-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let header = "words\tpos\tneeds\tpattern\ttype\tmode\tcontexts\tcertainty\n";
        for (row, wanted) in [
            ("nudge\tverb\t\tsubj > obj\tNUDGE\t\t\thigh", "NUDGE"),
            ("nudge\tverb\t\tsubj > obj\tCOERCE\tnudge\t\thigh", "nudge"),
            ("nudge\tverb\t@nudgers\tsubj > obj\tCOERCE\t\t\thigh", "nudgers"),
            ("nudge\tverb\t\tsubj > obj\tCOERCE\t\tnudging\thigh", "nudging"),
            ("nudge\tverb\t\tsubj > obj\tCOERCE\t\t\tsure", "sure"),
            ("nudge\tverb\t\tsubj\tCOERCE\t\t\thigh", "arrow"),
        ] {
            std::fs::write(folder.join("plover.more.tsv"), format!("{header}{row}\n")).unwrap();
            let mut problems = Problems::default();
            Lexicon::load(&Lexicons::with_folder(&folder), &mut problems);
            let error = problems.result(()).unwrap_err();
            assert!(error.file.ends_with("plover.more.tsv"), "{error}");
            assert_eq!(error.line, 2, "{error}");
            assert!(error.reason.contains(wanted), "{error}");
        }
        std::fs::remove_dir_all(&folder).unwrap();
    }
}
