//! Rows of the smaller lexicons of this room, read and checked.

use crate::expression::Pos;
use crate::lexicon::{Becomes, Embedding, Outer, Support};
use crate::ontology::Ontology;
use dateline_account::Modality;
use dateline_lexicon::{LexiconError, Row};

/// A row of `plover-support.tsv`.
pub(crate) fn support(row: &Row<'_>) -> Result<Support, LexiconError> {
    let recipient = match row.get("subject") {
        "actor" => false,
        "recipient" => true,
        other => {
            return Err(row.error(format!("subject '{other}' is neither actor nor recipient")));
        }
    };
    Ok(Support { recipient, modality: modality(row)?, negative: negative(row)? })
}

/// A row of `plover-embedding.tsv`.
pub(crate) fn embedding(row: &Row<'_>) -> Result<(Pos, Embedding), LexiconError> {
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

/// A row of `plover-embedded.tsv`.
pub(crate) fn becomes(row: &Row<'_>, on: &Ontology) -> Result<Becomes, LexiconError> {
    let outer = match row.get("outer") {
        "WILL" => Outer::Will,
        "WILL-NOT" => Outer::WillNot,
        "PLAN" => Outer::Plan,
        "CRITICISM" => Outer::Criticism,
        code => {
            let kind = on.event_type(row, code)?;
            if !on.traits(kind).content {
                return Err(row.error(format!(
                    "this row can never count: {code} has not the trait 'content', so it embeds \
                     nothing"
                )));
            }
            Outer::Type(kind)
        }
    };
    let (inner, inner_mode) = match (row.get("inner"), row.get("inner_mode")) {
        ("*", "*") => (None, None),
        ("*", _) => return Err(row.error("a mode is of one type: write that in 'inner'")),
        (code, "*") => (Some(on.event_type(row, code)?), None),
        (_, "") => return Err(row.error("'inner_mode' is empty; write * for any mode")),
        (code, mode) => (Some(on.event_type(row, code)?), on.kind(row, code, mode)?.1),
    };
    let (kind, mode) = on.kind(row, row.get("type"), row.get("mode"))?;
    let kind = kind.ok_or_else(|| row.error("NONE cannot stand here; give an event type"))?;
    Ok(Becomes { outer, inner, inner_mode, kind, mode })
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
