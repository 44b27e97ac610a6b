//! The codes of PLOVER (manual of 2021) as `plover-codes.tsv` lists them, and
//! the check that a lexicon uses no others.

use dateline_account::EventType;
use dateline_lexicon::{Keys, LexiconError, Lexicons, Problems, Row};

/// Types, modes and contexts that frames may use.
#[derive(Debug)]
pub(crate) struct Ontology {
    modes: Vec<(EventType, Option<String>)>,
    contexts: Vec<String>,
}

impl Ontology {
    /// Reads and checks `plover-codes.tsv`.
    pub fn load(lexicons: &Lexicons, problems: &mut Problems) -> Ontology {
        let columns = ["code", "kind", "definition"];
        let table = lexicons.table("plover-codes.tsv", &columns, problems);
        let mut ontology = Ontology { modes: Vec::new(), contexts: Vec::new() };
        let mut keys = Keys::default();
        for row in table.rows() {
            problems.keep(ontology.read(&row));
            let key = [row.get("code"), row.get("kind")];
            problems.once(&mut keys, &key, &row, "both are one code");
        }
        ontology
    }

    fn read(&mut self, row: &Row<'_>) -> Result<(), LexiconError> {
        let code = row.get("code");
        match row.get("kind") {
            "type" => {
                self.event_type(row, code)?;
            }
            "mode" => {
                let parts = code.split_once('.');
                let (kind, mode) = parts.ok_or_else(|| row.error("a mode is written TYPE.mode"))?;
                self.modes.push((self.event_type(row, kind)?, Some(mode.to_owned())));
            }
            "context" => self.contexts.push(code.to_owned()),
            "sector" | "country" | "auxiliary" => {}
            other => {
                let reason = format!(
                    "kind '{other}' is none of type, mode, context, sector, country, auxiliary"
                );
                return Err(row.error(reason));
            }
        }
        Ok(())
    }

    /// All modes with their types.
    #[cfg(test)]
    pub fn modes(&self) -> &[(EventType, Option<String>)] {
        &self.modes
    }

    /// The event type of a code.
    pub fn event_type(&self, row: &Row<'_>, code: &str) -> Result<EventType, LexiconError> {
        EventType::from_code(code).ok_or_else(|| {
            row.error(format!("'{code}' is no event type of PLOVER; plover-codes.tsv lists them"))
        })
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
            return Err(
                row.error(format!("{code} has no mode '{mode}'; plover-codes.tsv lists them"))
            );
        }
        Ok((Some(kind), Some(mode.to_owned())))
    }

    /// A context, checked.
    pub fn context(&self, row: &Row<'_>, code: &str) -> Result<String, LexiconError> {
        if self.contexts.iter().any(|known| known == code) {
            Ok(code.to_owned())
        } else {
            Err(row.error(format!("'{code}' is no context of PLOVER; plover-codes.tsv lists them")))
        }
    }

    /// The contexts of a cell, checked.
    pub fn contexts(&self, row: &Row<'_>, column: &str) -> Result<Vec<String>, LexiconError> {
        row.list(column).map(|code| self.context(row, code)).collect()
    }
}
