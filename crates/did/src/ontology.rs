//! The codes that events are read by: PLOVER's (manual of 2021), as
//! `plover-codes.tsv` lists them, or those of an ontology of the user's own;
//! and the check that the lexicons use no others.

use crate::traits::Traits;
use dateline_account::{EventType, Quad};
use dateline_lexicon::{Keys, LexiconError, Lexicons, Place, Problems, Row};
use std::collections::{BTreeMap, BTreeSet};

/// Words that stand beside types in the lexicons and can be none.
const RESERVED: [&str; 5] = ["NONE", "WILL", "WILL-NOT", "PLAN", "CRITICISM"];

/// What the codes file says of a type or mode.
#[derive(Debug)]
pub(crate) struct Meaning {
    pub traits: Traits,
    pub quad: Option<Quad>,
    pub intensity: Option<f32>,
    /// Contexts that all its events have.
    pub contexts: Vec<String>,
    /// Where it stands, if in a file of the user's own ontology.
    own: Option<Place>,
}

/// Types, modes, contexts and sectors.
#[derive(Debug, Default)]
pub(crate) struct Ontology {
    types: BTreeMap<EventType, Meaning>,
    modes: BTreeMap<(EventType, String), Meaning>,
    contexts: BTreeSet<String>,
    /// Contexts that an actor of a sector speaks for.
    sectors: BTreeMap<String, Vec<String>>,
    /// Whether it is an ontology of the user's own.
    own: bool,
}

impl Ontology {
    /// Reads and checks the codes file.
    pub fn load(lexicons: &Lexicons, problems: &mut Problems) -> Ontology {
        let columns = ["code", "kind", "quad", "intensity", "traits", "contexts", "definition"];
        let table = lexicons.closed_table("plover-codes.tsv", &columns, problems);
        let mut ontology = Ontology { own: lexicons.ontology().is_some(), ..Ontology::default() };
        for row in table.rows().filter(|row| row.get("kind") == "context") {
            ontology.contexts.insert(row.get("code").to_owned());
        }
        let mut keys = Keys::default();
        // a mode may stand before its type
        for modes in [false, true] {
            for row in table.rows().filter(|row| (row.get("kind") == "mode") == modes) {
                problems.keep(ontology.read(&row));
                let key = [row.get("code"), row.get("kind")];
                problems.once(&mut keys, &key, &row, "both are one code");
            }
        }
        if ontology.types.is_empty()
            && !problems.has_errors()
            && let Some(row) = table.row(0)
        {
            problems.error(row.error("no row of this file has the kind 'type'"));
        }
        ontology
    }

    fn read(&mut self, row: &Row<'_>) -> Result<(), LexiconError> {
        let (code, kind) = (row.get("code"), row.get("kind"));
        let misplaced = |column: &str, of: &str| {
            row.error(format!("'{column}' is of {of} only; leave it empty here"))
        };
        if kind != "type" {
            for column in ["quad", "traits"] {
                if !row.get(column).is_empty() {
                    return Err(misplaced(column, "types"));
                }
            }
        }
        if !matches!(kind, "type" | "mode") && !row.get("intensity").is_empty() {
            return Err(misplaced("intensity", "types and modes"));
        }
        match kind {
            "type" => {
                let kind = EventType::from_code(code).filter(|_| !RESERVED.contains(&code));
                let kind = kind.ok_or_else(|| {
                    row.error(format!(
                        "'{code}' can be no type: capital letters, digits, '-' and '_', a letter \
                         first, 31 at most, and none of {}",
                        RESERVED.join(", ")
                    ))
                })?;
                self.types.insert(kind, self.meaning(row)?);
            }
            "mode" => {
                let parts = code.split_once('.').filter(|(_, mode)| !matches!(*mode, "" | "*"));
                let (kind, mode) = parts.ok_or_else(|| row.error("a mode is written TYPE.mode"))?;
                let key = (self.event_type(row, kind)?, mode.to_owned());
                self.modes.insert(key, self.meaning(row)?);
            }
            "sector" => {
                self.sectors.insert(code.to_owned(), self.contexts(row, "contexts")?);
            }
            "context" | "country" | "auxiliary" => {
                if !row.get("contexts").is_empty() {
                    return Err(misplaced("contexts", "types, modes and sectors"));
                }
            }
            other => {
                let reason = format!(
                    "kind '{other}' is none of type, mode, context, sector, country, auxiliary"
                );
                return Err(row.error(reason));
            }
        }
        Ok(())
    }

    fn meaning(&self, row: &Row<'_>) -> Result<Meaning, LexiconError> {
        let quad = match row.get("quad") {
            "" => None,
            name => Some(Quad::from_name(name).ok_or_else(|| {
                let known = Quad::ALL.map(Quad::name).join(", ");
                row.error(format!("'{name}' is no quad class: {known}, or empty"))
            })?),
        };
        let intensity = match row.get("intensity") {
            "" => None,
            number => {
                let read = number.parse().ok().filter(|n: &f32| (-10.0..=10.0).contains(n));
                Some(read.ok_or_else(|| {
                    row.error(format!("'{number}' is no intensity: a number from -10 to 10"))
                })?)
            }
        };
        Ok(Meaning {
            traits: Traits::parse(row)?,
            quad,
            intensity,
            contexts: self.contexts(row, "contexts")?,
            own: row.of_ontology().then(|| row.place()),
        })
    }

    /// Whether it is PLOVER, and not an ontology of the user's own.
    pub fn is_plover(&self) -> bool {
        !self.own
    }

    /// The traits of a type; none of one that is not in the codes file.
    pub fn traits(&self, kind: EventType) -> Traits {
        self.types.get(&kind).map_or_else(Traits::default, |meaning| meaning.traits)
    }

    /// What is said of the mode, then what is said of the type.
    pub fn meanings(&self, kind: EventType, mode: Option<&str>) -> impl Iterator<Item = &Meaning> {
        let of_mode = mode.and_then(|mode| self.modes.get(&(kind, mode.to_owned())));
        of_mode.into_iter().chain(self.types.get(&kind))
    }

    /// The contexts that an actor of a sector speaks for.
    pub fn contexts_of_sector(&self, sector: &str) -> &[String] {
        self.sectors.get(sector).map_or(&[], Vec::as_slice)
    }

    /// All types, in the manual's order, then those of the user's own.
    #[cfg(test)]
    pub fn types(&self) -> impl Iterator<Item = EventType> {
        self.types.keys().copied()
    }

    /// All modes with their types.
    #[cfg(test)]
    pub fn modes(&self) -> impl Iterator<Item = (EventType, &str)> {
        self.modes.keys().map(|(kind, mode)| (*kind, mode.as_str()))
    }

    /// The event type of a code.
    pub fn event_type(&self, row: &Row<'_>, code: &str) -> Result<EventType, LexiconError> {
        let kind = EventType::from_code(code).filter(|kind| self.types.contains_key(kind));
        kind.ok_or_else(|| row.error(format!("'{code}' is no event type; {}", self.listed())))
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
        if !self.modes.contains_key(&(kind, mode.to_owned())) {
            return Err(row.error(format!("{code} has no mode '{mode}'; {}", self.listed())));
        }
        Ok((Some(kind), Some(mode.to_owned())))
    }

    /// A context, checked.
    pub fn context(&self, row: &Row<'_>, code: &str) -> Result<String, LexiconError> {
        if self.contexts.contains(code) {
            Ok(code.to_owned())
        } else {
            Err(row.error(format!("'{code}' is no context; {}", self.listed())))
        }
    }

    /// The contexts of a cell, checked. Of a row on PLOVER those that the
    /// user's ontology has.
    pub fn contexts(&self, row: &Row<'_>, column: &str) -> Result<Vec<String>, LexiconError> {
        let known = |code: &&str| !self.is_foreign(row) || self.contexts.contains(*code);
        row.list(column).filter(known).map(|code| self.context(row, code)).collect()
    }

    /// Whether a row is one on PLOVER that the user's ontology has no use for,
    /// since it lacks one of these types and modes. `NONE` and `*` are in all.
    pub fn leaves_out(&self, row: &Row<'_>, kinds: &[(&str, &str)]) -> bool {
        let known = |(code, mode): &(&str, &str)| match EventType::from_code(code) {
            Some(kind) if !RESERVED.contains(code) => {
                self.types.contains_key(&kind)
                    && (matches!(*mode, "" | "*")
                        || self.modes.contains_key(&(kind, (*mode).to_owned())))
            }
            _ => true,
        };
        self.is_foreign(row) && !kinds.iter().all(known)
    }

    /// Whether a row is one on PLOVER that speaks for a context that the user's
    /// ontology lacks.
    pub fn lacks_context(&self, row: &Row<'_>, code: &str) -> bool {
        self.is_foreign(row) && !self.contexts.contains(code)
    }

    /// Warns of types and modes of the user's ontology that no frame has; that
    /// none of them has a frame is an error.
    pub fn is_used(&self, used: impl Fn(EventType, Option<&str>) -> bool, problems: &mut Problems) {
        let first = self.types.values().find_map(|meaning| meaning.own.as_ref());
        if !self.types.keys().any(|kind| used(*kind, None))
            && let Some(place) = first
        {
            problems.error(place.error(
                "no frame has this type or another of the ontology; frames.tsv should have some",
            ));
            return;
        }
        let missing = "no frame has it, so no event will; add frames for it, or delete it";
        for (kind, meaning) in &self.types {
            if let (Some(place), false) = (&meaning.own, used(*kind, None)) {
                problems.warn(place.error(format!("{}: {missing}", kind.code())));
            }
        }
        for ((kind, mode), meaning) in &self.modes {
            if let (Some(place), false) = (&meaning.own, used(*kind, Some(mode))) {
                problems.warn(place.error(format!("{}.{mode}: {missing}", kind.code())));
            }
        }
    }

    /// Whether a row is of a lexicon on PLOVER while events are read by an
    /// ontology of the user's own.
    fn is_foreign(&self, row: &Row<'_>) -> bool {
        self.own && !row.of_ontology()
    }

    fn listed(&self) -> &'static str {
        if self.own { "codes.tsv lists them" } else { "plover-codes.tsv lists them" }
    }
}
