//! Quad classes and intensities of types of events.

use dateline_account::{Event, Quad};
use dateline_lexicon::{LexiconError, Lexicons, Problems};
use std::collections::HashMap;

/// What the table of codes says of each type and mode.
#[derive(Debug, Clone, Default)]
pub struct Scales {
    /// By `TYPE` and `TYPE.mode`.
    of: HashMap<String, (Option<Quad>, Option<f32>)>,
}

impl Scales {
    /// Those of the lexicons: PLOVER's, or of an ontology of one's own.
    ///
    /// # Errors
    /// A mistake in the table of codes, with file and line.
    ///
    /// ```
    /// use dateline_tables::Scales;
    /// use dateline_lexicon::Lexicons;
    /// let scales = Scales::load(&Lexicons::embedded())?;
    /// assert_eq!(scales.quad("ASSAULT").map(|quad| quad.name()), Some("material-conflict"));
    /// # Ok::<(), dateline_lexicon::LexiconError>(())
    /// ```
    pub fn load(lexicons: &Lexicons) -> Result<Self, LexiconError> {
        let mut problems = Problems::default();
        let columns = ["code", "kind", "quad", "intensity"];
        let table = lexicons.table("plover-codes.tsv", &columns, &mut problems);
        let types = table.rows().filter(|row| matches!(row.get("kind"), "type" | "mode"));
        let of = types.map(|row| {
            let scales = (Quad::from_name(row.get("quad")), row.get("intensity").parse().ok());
            (row.get("code").to_owned(), scales)
        });
        let of = of.collect();
        problems.result(Self { of })
    }

    /// Quad class of a type.
    pub fn quad(&self, kind: &str) -> Option<Quad> {
        self.of.get(kind)?.0
    }

    /// Intensity of a mode, else of its type.
    pub fn intensity(&self, kind: &str, mode: Option<&str>) -> Option<f32> {
        let mode = mode.and_then(|mode| self.of.get(&format!("{kind}.{mode}"))?.1);
        mode.or_else(|| self.of.get(kind)?.1)
    }

    /// Both of an event, which may have been read with them.
    pub(crate) fn of(&self, event: &Event) -> (Option<Quad>, Option<f32>) {
        let (kind, mode) = (event.kind.code(), event.mode.as_deref());
        let intensity = || self.intensity(kind, mode);
        (event.quad.or_else(|| self.quad(kind)), event.intensity.or_else(intensity))
    }
}
