//! The nearest CAMEO code of an event.
//!
//! `cameo.tsv` says which codes are which type, mode and contexts (after the
//! conversion table of PLOVER's authors, 2021). An event has one type and mode
//! and any contexts, and no row may be just that: of the rows of its type, those
//! of its mode count, else those without; of these the ones with most of its
//! contexts and fewest others; of several that are equally near, the narrowest
//! code that stands above all of them, if it is such a row itself, else the
//! first.

use crate::ontology::Ontology;
use dateline_account::EventType;
use dateline_lexicon::{LexiconError, Lexicons, Problems, Row};
use std::collections::BTreeMap;

/// A row of `cameo.tsv`.
#[derive(Debug)]
struct Code {
    code: String,
    mode: Option<String>,
    contexts: Vec<String>,
}

/// CAMEO codes by event type, in the order of the file.
#[derive(Debug, Default)]
pub(crate) struct Cameo(BTreeMap<EventType, Vec<Code>>);

impl Cameo {
    /// Reads and checks `cameo.tsv`.
    pub fn load(lexicons: &Lexicons, on: &Ontology, problems: &mut Problems) -> Cameo {
        let columns = ["code", "name", "type", "mode", "contexts", "basis"];
        let mut cameo = Cameo::default();
        for row in lexicons.closed_table("cameo.tsv", &columns, problems).rows() {
            if on.leaves_out(&row, &[(row.get("type"), row.get("mode"))]) {
                continue;
            }
            if let Some((kind, code)) = problems.keep(read(&row, on)) {
                cameo.0.entry(kind).or_default().push(code);
            }
        }
        cameo
    }

    /// The code that is nearest to a type with its mode and contexts; `None`
    /// for a type that no code is of.
    pub fn nearest(
        &self,
        kind: EventType,
        mode: Option<&str>,
        contexts: &[String],
    ) -> Option<&str> {
        let of_type = self.0.get(&kind)?;
        let with = |mode| {
            of_type.iter().filter(move |row| row.mode.as_deref() == mode).collect::<Vec<_>>()
        };
        let mut rows = with(mode);
        if rows.is_empty() {
            rows = with(None);
        }
        let nearness = |row: &Code| {
            let (held, others): (Vec<_>, Vec<_>) =
                row.contexts.iter().partition(|context| contexts.contains(context));
            held.len() as i32 - others.len() as i32
        };
        let best = rows.iter().map(|row| nearness(row)).max()?;
        let tied: Vec<&str> =
            rows.iter().filter(|row| nearness(row) == best).map(|row| row.code.as_str()).collect();
        let above_all = |code: &&str| tied.iter().all(|below| is_above(code, below));
        let above = rows.iter().map(|row| row.code.as_str()).filter(above_all);
        above.max_by_key(|code| depth(code)).or(tied.first().copied())
    }
}

fn read(row: &Row<'_>, on: &Ontology) -> Result<(EventType, Code), LexiconError> {
    let code = row.get("code");
    if !matches!(code.len(), 3 | 4) || !code.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(row.error(format!("'{code}' is no CAMEO code of three or four digits")));
    }
    let (kind, mode) = on.kind(row, row.get("type"), row.get("mode"))?;
    let kind = kind.ok_or_else(|| row.error("NONE cannot stand here; give an event type"))?;
    Ok((kind, Code { code: code.to_owned(), mode, contexts: on.contexts(row, "contexts")? }))
}

/// How narrow a code is: 1 for `080`, 2 for `087`, 3 for `0874`.
fn depth(code: &str) -> usize {
    if code.len() == 4 { 3 } else { 2 - usize::from(code.ends_with('0')) }
}

/// Whether a code is another or takes it in: `080` takes in `087`, and that
/// `0874`.
fn is_above(code: &str, other: &str) -> bool {
    let kept = match depth(code) {
        1 => &code[..2],
        _ => code,
    };
    other.starts_with(kept)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_take_in_those_below_them() {
        assert!(is_above("080", "0874") && is_above("087", "0874") && is_above("087", "087"));
        assert!(!is_above("0874", "087") && !is_above("086", "0874") && !is_above("090", "0874"));
        assert!(is_above("190", "1951") && !is_above("180", "190"));
    }

    fn embedded() -> (Ontology, Cameo) {
        let (lexicons, mut problems) = (Lexicons::embedded(), Problems::with_warnings());
        let ontology = Ontology::load(&lexicons, &mut problems);
        let cameo = Cameo::load(&lexicons, &ontology, &mut problems);
        assert!(problems.list().is_empty(), "{problems:?}");
        (ontology, cameo)
    }

    #[test]
    fn every_type_and_mode_has_a_code_and_every_type_a_general_one() {
        let (ontology, cameo) = embedded();
        for kind in ontology.types() {
            let general = &cameo.0[&kind];
            let general = general.iter().find(|c| c.mode.is_none() && c.contexts.is_empty());
            assert!(general.is_some(), "{kind:?}");
            assert_eq!(cameo.nearest(kind, None, &[]).map(depth), Some(1), "{kind:?}");
        }
        for (kind, mode) in ontology.modes() {
            assert!(cameo.nearest(kind, Some(mode), &[]).is_some(), "{kind:?} {mode}");
        }
    }

    #[test]
    fn the_nearest_code_is_by_type_then_mode_then_contexts() {
        let (_, cameo) = embedded();
        for (kind, mode, contexts, wanted) in [
            // the mode decides, whatever the contexts
            ("ASSAULT", "heavy-weapons", "", "194"),
            ("ASSAULT", "firearms", "crime", "193"),
            ("COERCE", "arrest", "election", "173"),
            ("RETREAT", "withdraw", "military", "0874"),
            ("RETREAT", "ceasefire", "diplomatic military", "0871"),
            // then the contexts, of which one too many makes a code less near
            ("ASSAULT", "", "military", "190"),
            ("AID", "", "migration military", "072"),
            ("ACCUSE", "allege", "crime", "1121"),
            ("ACCUSE", "allege", "military", "1123"),
            ("ACCUSE", "allege", "legal military", "1124"),
            // a mode that CAMEO does not tell counts as none
            ("RETREAT", "resign", "", "080"),
            ("CONSULT", "multilateral", "economic", "040"),
            // of several alike the one above them all
            ("CONSULT", "", "diplomatic", "040"),
            ("PROTEST", "demo", "executive", "141"),
            ("THREATEN", "violence", "military", "138"),
            ("ASSAULT", "unconventional", "cbrn", "204"),
            ("ASSAULT", "explosives", "", "183"),
            // which must be of the same mode; else the first
            ("REQUEST", "meet", "diplomatic", "106"),
            ("SANCTION", "withdraw", "", "161"),
        ] {
            let contexts: Vec<String> = contexts.split_whitespace().map(str::to_owned).collect();
            let mode = Some(mode).filter(|mode| !mode.is_empty());
            let kind = EventType::from_code(kind).unwrap();
            assert_eq!(cameo.nearest(kind, mode, &contexts), Some(wanted), "{kind:?} {mode:?}");
        }
        assert_eq!(cameo.nearest(EventType::from_code("FLOOD").unwrap(), None, &[]), None);
    }
}
