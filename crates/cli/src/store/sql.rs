//! `dateline sql`.

use super::answer;
use super::args::{AnswerFormat, SqlArgs};
use super::refuse;
use crate::pretty::ink::{Ink, Inked};
use crate::pretty::layout;
use crate::{Status, write};
use dateline_store::Store;
use serde_json::Value;

/// Answers a question in SQL.
pub fn run(args: &SqlArgs) -> Status {
    let table = match Store::open(&args.answer.store).and_then(|store| store.sql(&args.sql)) {
        Ok(table) => table,
        Err(error) => return refuse(&error),
    };
    let cell = |value: &Value| match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    let object = |row: &Vec<Value>| {
        let pairs = table.columns.iter().cloned().zip(row.iter().cloned());
        Value::Object(pairs.collect())
    };
    let mut out = std::io::stdout().lock();
    match answer::format(&args.answer) {
        AnswerFormat::Table => {
            let look = answer::look(args.answer.color);
            let head = table.columns.iter().map(|name| Inked::new(name, Ink::STRONG));
            let mut rows: Vec<layout::Row> = vec![head.collect::<Vec<_>>().into()];
            let row = |row: &Vec<Value>| -> layout::Row {
                row.iter().map(|v| Inked::new(&cell(v), Ink::PLAIN)).collect::<Vec<_>>().into()
            };
            rows.extend(table.rows.iter().map(row));
            let mut text = String::new();
            layout::table(&mut text, &rows, 0, look.width, look.color);
            write(&mut out, text.as_bytes());
        }
        AnswerFormat::Csv => {
            let lines = table.rows.iter().map(|row| row.iter().map(cell).collect());
            write(&mut out, &answer::csv(std::iter::once(table.columns.clone()).chain(lines)));
        }
        AnswerFormat::Json => {
            let rows: Vec<Value> = table.rows.iter().map(object).collect();
            write(&mut out, &answer::json(&rows));
        }
        AnswerFormat::Jsonl => {
            table.rows.iter().for_each(|row| write(&mut out, &answer::line(&object(row))));
        }
    }
    Status::Read
}
