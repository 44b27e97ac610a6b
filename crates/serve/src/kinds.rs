//! The types of events: which quarter each falls into, and what it means.

use dateline::{Lexicons, Quad};
use dateline_lexicon::Problems;
use std::collections::BTreeMap;

/// What the codes file says of a type.
#[derive(Debug, Clone)]
pub struct Kind {
    /// Verbal or material, cooperation or conflict; where the ontology says.
    pub quad: Option<Quad>,
    /// The definition.
    pub definition: String,
}

/// All types, by code.
#[derive(Debug, Clone, Default)]
pub struct Kinds(BTreeMap<String, Kind>);

impl Kinds {
    /// Reads them from the tables. (Mistakes in them were told when the reader
    /// was made.)
    pub fn load(lexicons: &Lexicons) -> Self {
        let columns = ["code", "kind", "quad", "definition"];
        let table = lexicons.table("plover-codes.tsv", &columns, &mut Problems::default());
        let types = table.rows().filter(|row| row.get("kind") == "type").map(|row| {
            let quad = Quad::from_name(row.get("quad"));
            let definition = row.get("definition").to_owned();
            (row.get("code").to_owned(), Kind { quad, definition })
        });
        Self(types.collect())
    }

    /// The quad class of a type.
    pub fn quad(&self, kind: &str) -> Option<Quad> {
        self.0.get(kind)?.quad
    }

    /// What a type means.
    pub fn definition(&self, kind: &str) -> &str {
        self.0.get(kind).map_or("", |kind| kind.definition.as_str())
    }

    /// All codes.
    pub fn codes(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }
}

/// The class of a mark in pages and pictures.
pub fn class(quad: Option<Quad>) -> &'static str {
    match quad {
        Some(Quad::VerbalCooperation) => "q1",
        Some(Quad::MaterialCooperation) => "q2",
        Some(Quad::VerbalConflict) => "q3",
        Some(Quad::MaterialConflict) => "q4",
        None => "q0",
    }
}

/// The name of a quad class for people.
pub fn name(quad: Option<Quad>) -> &'static str {
    match quad {
        Some(Quad::VerbalCooperation) => "Cooperation in words",
        Some(Quad::MaterialCooperation) => "Cooperation in deeds",
        Some(Quad::VerbalConflict) => "Conflict in words",
        Some(Quad::MaterialConflict) => "Conflict in deeds",
        None => "Other",
    }
}

/// The four quarters and what is in none.
pub const QUADS: [Option<Quad>; 5] = [
    Some(Quad::VerbalCooperation),
    Some(Quad::MaterialCooperation),
    Some(Quad::VerbalConflict),
    Some(Quad::MaterialConflict),
    None,
];
