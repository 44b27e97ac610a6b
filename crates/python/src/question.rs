//! Questions to a store, of Python's named arguments.

use dateline_store::ask::Question;
use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::PyDict;

/// What the arguments ask for; what is not given does not matter.
///
/// # Errors
/// `TypeError` for an argument that there is not, `ValueError` for a day that
/// is none.
pub fn question(given: &Bound<'_, PyDict>, limit: Option<usize>) -> PyResult<Question> {
    let mut question = Question { limit: limit.unwrap_or(usize::MAX), ..Question::default() };
    for (name, value) in given.iter() {
        let name: String = name.extract()?;
        let Some(value) = value.extract::<Option<String>>()? else { continue };
        let day = |pick: fn((String, String)) -> String| dated(&name, &value).map(pick);
        let field = match name.as_str() {
            "by" => &mut question.by,
            "about" => &mut question.about,
            "type" => &mut question.kind,
            "actor" => &mut question.actor,
            "recipient" => &mut question.recipient,
            "stance" => &mut question.stance,
            "place" => &mut question.place,
            "outlet" => &mut question.outlet,
            "text" => &mut question.text,
            "since" => {
                question.since = Some(day(|(first, _)| first)?);
                continue;
            }
            "until" => {
                question.until = Some(day(|(_, last)| last)?);
                continue;
            }
            other => {
                return Err(PyTypeError::new_err(format!(
                    "a store is not asked by '{other}'; give by, about, type, actor, recipient, \
                     stance, since, until, place, outlet, text or limit"
                )));
            }
        };
        *field = Some(value);
    }
    Ok(question)
}

fn dated(name: &str, given: &str) -> PyResult<(String, String)> {
    let days = dateline_store::days(given).map(|(a, b)| (a.to_string(), b.to_string()));
    days.ok_or_else(|| {
        PyValueError::new_err(format!(
            "{name} '{given}': give a day (2018-12-20), a month (2018-12) or a year (2018)"
        ))
    })
}
