//! The codes of PLOVER (manual of 2021) as `plover-codes.tsv` lists them, and
//! the check that a lexicon uses no others.

use dateline_account::EventType;
use dateline_lexicon::{LexiconError, Lexicons, Row};

/// Types, modes and contexts that frames may use.
#[derive(Debug)]
pub(crate) struct Ontology {
    modes: Vec<(EventType, Option<String>)>,
    contexts: Vec<String>,
}

impl Ontology {
    /// Reads `plover-codes.tsv`.
    pub fn new(lexicons: &Lexicons) -> Result<Ontology, LexiconError> {
        let table = lexicons.table("plover-codes.tsv", &["code", "kind", "definition"])?;
        let (mut modes, mut contexts) = (Vec::new(), Vec::new());
        for row in table.rows() {
            let code = row.get("code");
            let read = |code: &str| {
                let unknown = || row.error(format!("'{code}' is no event type of PLOVER"));
                EventType::from_code(code).ok_or_else(unknown)
            };
            match row.get("kind") {
                "type" => {
                    read(code)?;
                }
                "mode" => {
                    let (kind, mode) = code
                        .split_once('.')
                        .ok_or_else(|| row.error("a mode is written TYPE.mode"))?;
                    modes.push((read(kind)?, Some(mode.to_owned())));
                }
                "context" => contexts.push(code.to_owned()),
                _ => {}
            }
        }
        Ok(Ontology { modes, contexts })
    }

    /// All modes with their types.
    #[cfg(test)]
    pub fn modes(&self) -> &[(EventType, Option<String>)] {
        &self.modes
    }

    /// The event type of a code.
    pub fn event_type(&self, row: &Row<'_>, code: &str) -> Result<EventType, LexiconError> {
        EventType::from_code(code)
            .ok_or_else(|| row.error(format!("'{code}' is no event type of PLOVER")))
    }

    /// The type and mode of two cells; `None` as type for `NONE`.
    #[allow(clippy::type_complexity)]
    pub fn kind(
        &self,
        row: &Row<'_>,
        code: &str,
        mode: &str,
    ) -> Result<(Option<EventType>, Option<String>), LexiconError> {
        if code == "NONE" {
            return Ok((None, None));
        }
        let kind = self.event_type(row, code)?;
        if mode.is_empty() {
            return Ok((Some(kind), None));
        }
        let known = self.modes.iter().any(|(k, m)| *k == kind && m.as_deref() == Some(mode));
        if !known {
            return Err(row.error(format!("{code} has no mode '{mode}'")));
        }
        Ok((Some(kind), Some(mode.to_owned())))
    }

    /// A context, checked.
    pub fn context(&self, row: &Row<'_>, code: &str) -> Result<String, LexiconError> {
        if self.contexts.iter().any(|known| known == code) {
            Ok(code.to_owned())
        } else {
            Err(row.error(format!("'{code}' is no context of PLOVER")))
        }
    }

    /// The contexts of a cell, checked.
    pub fn contexts(&self, row: &Row<'_>, column: &str) -> Result<Vec<String>, LexiconError> {
        row.list(column).map(|code| self.context(row, code)).collect()
    }
}
