//! The lexicons of this room, read and checked: frames, classes of objects,
//! light verbs, embedding words and what embedded events become.

use crate::classes::Classes;
use crate::expression::{Pos, spellings};
use crate::ontology::Ontology;
use crate::pattern::{Needs, Pattern};
use dateline_account::{EventType, Modality};
use dateline_lexicon::{Keys, LexiconError, Lexicons, Map, Problems, Row};
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

/// A row of `plover-support.tsv`.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Support {
    /// Whether the light verb's subject is the event's recipient.
    pub recipient: bool,
    pub modality: Option<Modality>,
    pub negative: bool,
}

/// A row of `plover-embedding.tsv`.
#[derive(Debug, Clone, Copy)]
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
    Type(EventType),
}

/// A row of `plover-embedded.tsv`.
#[derive(Debug)]
struct Becomes {
    outer: Outer,
    inner: Option<EventType>,
    inner_mode: Option<String>,
    kind: EventType,
    mode: Option<String>,
}

/// All that this room knows of words.
#[derive(Debug)]
pub(crate) struct Lexicon {
    pub frames: Vec<Frame>,
    /// Frames by their head word and part of speech, in the order of the file.
    heads: Map<Vec<u32>>,
    pub classes: Classes,
    support: Map<Vec<(Option<String>, Support)>>,
    embedding: Map<Vec<(Pos, Embedding)>>,
    becomes: Vec<Becomes>,
    contexts: Map<Vec<(Vec<String>, String)>>,
}

impl Lexicon {
    /// Reads and checks everything.
    pub fn load(lexicons: &Lexicons, problems: &mut Problems) -> Lexicon {
        let ontology = Ontology::load(lexicons, problems);
        let classes = Classes::load(lexicons, &ontology, problems);
        let mut lexicon = Lexicon {
            frames: Vec::new(),
            heads: Map::default(),
            classes,
            support: Map::default(),
            embedding: Map::default(),
            becomes: Vec::new(),
            contexts: Map::default(),
        };
        lexicon.read_frames(lexicons, &ontology, problems);
        lexicon.read_support(lexicons, problems);
        lexicon.read_embedding(lexicons, problems);
        lexicon.read_embedded(lexicons, &ontology, problems);
        lexicon.read_contexts(lexicons, &ontology, problems);
        lexicon
    }

    /// The frames whose head is this lower-case word.
    pub fn frames_of(&self, word: &str) -> &[u32] {
        self.heads.get(word).map_or(&[], Vec::as_slice)
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
        let fits = |row: &&Becomes| {
            row.outer == outer
                && row.inner.is_none_or(|inner| inner == kind)
                && row.inner_mode.as_deref().is_none_or(|inner| Some(inner) == mode)
        };
        self.becomes.iter().find(fits).map(|row| (row.kind, row.mode.clone()))
    }

    /// Words before the head and the context that each keyword speaks for.
    pub fn contexts_of(&self, head: &str) -> &[(Vec<String>, String)] {
        self.contexts.get(head).map_or(&[], Vec::as_slice)
    }

    fn read_frames(&mut self, lexicons: &Lexicons, on: &Ontology, problems: &mut Problems) {
        let columns = ["words", "pos", "needs", "pattern", "type", "mode", "contexts", "certainty"];
        let table = lexicons.table("plover.tsv", &columns, problems);
        let mut keys = Keys::default();
        // most rows share their cells with the row above them
        let mut needs_read: Map<Arc<Needs>, &str> = Map::default();
        let mut patterns: Map<Arc<Pattern>, &str> = Map::default();
        let mut contexts_read: Map<Arc<Vec<String>>, &str> = Map::default();
        for row in table.rows() {
            let mut read = || -> Result<_, LexiconError> {
                let pos = Pos::parse(&row)?;
                let (kind, mode) = on.kind(&row, row.get("type"), row.get("mode"))?;
                let contexts = cached(&mut contexts_read, row.get("contexts"), || {
                    on.contexts(&row, "contexts")
                })?;
                let certainty = match row.get("certainty") {
                    "high" => 0.85,
                    "medium" => 0.65,
                    "low" => 0.45,
                    other => {
                        let reason = format!("'{other}' is no certainty: high, medium or low");
                        return Err(row.error(reason));
                    }
                };
                let pattern = cached(&mut patterns, row.get("pattern"), || {
                    match (row.get("pattern"), kind) {
                        ("", None) => Ok(Pattern::default()),
                        (text, _) => Pattern::parse(text).map_err(|reason| row.error(reason)),
                    }
                })?;
                if row.get("pattern").is_empty() && kind.is_some() {
                    return Err(row.error("a frame needs a pattern, such as `subj > obj`"));
                }
                let needs = cached(&mut needs_read, row.get("needs"), || {
                    Needs::parse(row.get("needs"), &|name| self.classes.number(name))
                        .map_err(|reason| row.error(reason))
                })?;
                if row.get("words").is_empty() {
                    return Err(row.error("'words' is empty"));
                }
                Ok((pos, kind, mode, contexts, certainty, pattern, needs))
            };
            let read = problems.keep(read());
            let Some((pos, kind, mode, contexts, certainty, pattern, needs)) = read else {
                continue;
            };
            let key = ["words", "pos", "needs", "pattern"].map(|column| row.get(column));
            problems.once(&mut keys, &key, &row, "only one of them counts");
            for (head, before, after) in spellings(row.get("words"), pos) {
                let at = self.frames.len() as u32;
                self.heads.entry(head).or_default().push(at);
                self.frames.push(Frame {
                    pos,
                    before,
                    after,
                    needs: needs.clone(),
                    pattern: pattern.clone(),
                    kind,
                    mode: mode.clone(),
                    contexts: contexts.clone(),
                    certainty,
                });
            }
        }
    }

    fn read_support(&mut self, lexicons: &Lexicons, problems: &mut Problems) {
        let columns = ["word", "subject", "modality", "polarity"];
        for row in lexicons.table("plover-support.tsv", &columns, problems).rows() {
            let mut words = row.get("word").split_whitespace();
            let head = words.next().ok_or_else(|| row.error("'word' is empty"));
            let (head, support) = (problems.keep(head), problems.keep(support(&row)));
            let (Some(head), Some(support)) = (head, support) else { continue };
            let last = words.last().map(str::to_owned);
            self.support.entry(head.to_owned()).or_default().push((last, support));
        }
    }

    fn read_embedding(&mut self, lexicons: &Lexicons, problems: &mut Problems) {
        let columns = ["word", "pos", "modality", "polarity", "coded"];
        let mut keys = Keys::default();
        for row in lexicons.table("plover-embedding.tsv", &columns, problems).rows() {
            let Some((pos, embedding)) = problems.keep(embedding(&row)) else { continue };
            let word = row.get("word");
            problems.once(&mut keys, &[word, row.get("pos")], &row, "the earlier row counts");
            self.embedding.entry(word.to_owned()).or_default().push((pos, embedding));
        }
    }

    fn read_embedded(&mut self, lexicons: &Lexicons, on: &Ontology, problems: &mut Problems) {
        let columns = ["outer", "inner", "inner_mode", "type", "mode"];
        for row in lexicons.table("plover-embedded.tsv", &columns, problems).rows() {
            self.becomes.extend(problems.keep(becomes(&row, on)));
        }
    }

    fn read_contexts(&mut self, lexicons: &Lexicons, on: &Ontology, problems: &mut Problems) {
        for row in lexicons.table("plover-contexts.tsv", &["words", "context"], problems).rows() {
            let mut words: Vec<String> =
                row.get("words").split_whitespace().map(str::to_owned).collect();
            let head = words.pop().ok_or_else(|| row.error("'words' is empty"));
            let context = on.context(&row, row.get("context"));
            let (head, context) = (problems.keep(head), problems.keep(context));
            let (Some(head), Some(context)) = (head, context) else { continue };
            self.contexts.entry(head).or_default().push((words, context));
        }
    }
}

fn support(row: &Row<'_>) -> Result<Support, LexiconError> {
    let recipient = match row.get("subject") {
        "actor" => false,
        "recipient" => true,
        other => {
            return Err(row.error(format!("subject '{other}' is neither actor nor recipient")));
        }
    };
    Ok(Support { recipient, modality: modality(row)?, negative: negative(row)? })
}

fn embedding(row: &Row<'_>) -> Result<(Pos, Embedding), LexiconError> {
    if row.get("word").is_empty() {
        return Err(row.error("'word' is empty"));
    }
    let coded = match row.get("coded") {
        "" => None,
        "WILL" => Some(Outer::Will),
        "PLAN" => Some(Outer::Plan),
        other => return Err(row.error(format!("coded '{other}' is neither WILL nor PLAN"))),
    };
    let (modality, negative) = (modality(row)?, negative(row)?);
    Ok((Pos::parse(row)?, Embedding { modality, negative, coded }))
}

fn becomes(row: &Row<'_>, on: &Ontology) -> Result<Becomes, LexiconError> {
    let outer = match row.get("outer") {
        "WILL" => Outer::Will,
        "WILL-NOT" => Outer::WillNot,
        "PLAN" => Outer::Plan,
        code => Outer::Type(on.event_type(row, code)?),
    };
    let star = |cell: &'static str| Some(row.get(cell)).filter(|text| *text != "*");
    let inner = star("inner").map(|code| on.event_type(row, code)).transpose()?;
    let inner_mode = star("inner_mode").map(str::to_owned);
    let (kind, mode) = on.kind(row, row.get("type"), row.get("mode"))?;
    let kind = kind.ok_or_else(|| row.error("NONE cannot stand here; give an event type"))?;
    Ok(Becomes { outer, inner, inner_mode, kind, mode })
}

/// The value of a cell, read once for all rows that have the same.
fn cached<'r, T>(
    known: &mut Map<Arc<T>, &'r str>,
    cell: &'r str,
    read: impl FnOnce() -> Result<T, LexiconError>,
) -> Result<Arc<T>, LexiconError> {
    if let Some(value) = known.get(cell) {
        return Ok(Arc::clone(value));
    }
    let value = Arc::new(read()?);
    known.insert(cell, Arc::clone(&value));
    Ok(value)
}

fn modality(row: &Row<'_>) -> Result<Option<Modality>, LexiconError> {
    Ok(Some(match row.get("modality") {
        "" => return Ok(None),
        "actual" => Modality::Actual,
        "planned" => Modality::Planned,
        "possible" => Modality::Possible,
        "hypothetical" => Modality::Hypothetical,
        "ordered" => Modality::Ordered,
        "ongoing" => Modality::Ongoing,
        other => return Err(row.error(format!(
            "'{other}' is no modality: actual, planned, possible, hypothetical, ordered, ongoing"
        ))),
    }))
}

fn negative(row: &Row<'_>) -> Result<bool, LexiconError> {
    match row.get("polarity") {
        "" | "positive" => Ok(false),
        "negative" => Ok(true),
        other => Err(row.error(format!("'{other}' is no polarity: negative or empty"))),
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
        for (kind, mode) in Ontology::load(&lexicons, &mut problems).modes() {
            let found = lexicon
                .frames
                .iter()
                .any(|f| f.kind == Some(*kind) && mode.as_deref() == f.mode.as_deref());
            assert!(found, "no frame for {kind:?} {mode:?}");
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
