//! The frames of `plover.tsv`, read and checked.

use crate::expression::{Pos, spellings};
use crate::lexicon::{Frame, Lexicon};
use crate::pattern::{Needs, Pattern};
use crate::{beaten, sound};
use dateline_account::EventType;
use dateline_lexicon::{LexiconError, Lexicons, Place, Problems};
use std::collections::HashMap;
use std::hash::Hash;
use std::ops::Range;
use std::sync::Arc;

impl Lexicon {
    /// Reads the frames; ontology and classes are there.
    pub(crate) fn read_frames(&mut self, lexicons: &Lexicons, problems: &mut Problems) {
        let columns = ["words", "pos", "needs", "pattern", "type", "mode", "contexts", "certainty"];
        let table = lexicons.closed_table("plover.tsv", &columns, problems);
        let on = &self.ontology;
        // our own have been checked by tests
        let checked = lexicons.are_ours() && !problems.checking();
        let mut rows: Vec<(Place, Range<u32>)> = Vec::new();
        // most rows share their cells with the row above them
        let mut needs_read: HashMap<&str, Arc<Needs>> = HashMap::new();
        let mut patterns: HashMap<&str, Arc<Pattern>> = HashMap::new();
        let mut contexts_read: HashMap<(bool, &str), Arc<Vec<String>>> = HashMap::new();
        for row in table.rows() {
            if on.leaves_out(&row, &[(row.get("type"), row.get("mode"))]) {
                continue;
            }
            let mut read = || -> Result<_, LexiconError> {
                let pos = Pos::parse(&row)?;
                let (kind, mode) = on.kind(&row, row.get("type"), row.get("mode"))?;
                let key = (row.of_ontology(), row.get("contexts"));
                let contexts = cached(&mut contexts_read, key, || on.contexts(&row, "contexts"))?;
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
                if !checked && let Some(reason) = sound::never(pos, &needs, &pattern, &self.classes)
                {
                    return Err(row.error(format!("this row can never match: {reason}")));
                }
                Ok((pos, kind, mode, contexts, certainty, pattern, needs))
            };
            let read = problems.keep(read());
            let Some((pos, kind, mode, contexts, certainty, pattern, needs)) = read else {
                continue;
            };
            if kind.is_none() && !row.get("mode").is_empty() {
                problems.warn(row.error("NONE is no event, so its mode says nothing"));
            }
            let first = self.frames.len() as u32;
            for (head, before, after) in spellings(row.get("words"), pos) {
                let at = self.frames.len() as u32;
                match kind.filter(|_| head == "*") {
                    Some(kind) => {
                        self.any_word.insert((kind, pos), at);
                    }
                    None => self.heads.entry(head).or_default().push(at),
                }
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
            if !checked {
                rows.push((row.place(), first..self.frames.len() as u32));
            }
        }
        if !checked {
            beaten::frames(self, &rows, problems);
        }
        let used = |kind: EventType, mode: Option<&str>| {
            let mut frames = self.frames.iter().filter(|frame| frame.kind == Some(kind));
            frames.any(|frame| mode.is_none() || frame.mode.as_deref() == mode)
        };
        self.ontology.is_used(used, problems);
    }
}

/// The value of a cell, read once for all rows that have the same.
fn cached<K: Hash + Eq, T>(
    known: &mut HashMap<K, Arc<T>>,
    cell: K,
    read: impl FnOnce() -> Result<T, LexiconError>,
) -> Result<Arc<T>, LexiconError> {
    if let Some(value) = known.get(&cell) {
        return Ok(Arc::clone(value));
    }
    let value = Arc::new(read()?);
    known.insert(cell, Arc::clone(&value));
    Ok(value)
}
