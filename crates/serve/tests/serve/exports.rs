//! Exports: every row once, and the same rows in each layout.

use crate::common::{Answer, app, get};
use arrow_array::cast::AsArray;
use arrow_array::types::{Date32Type, Float64Type, Int64Type};
use arrow_array::{Array, RecordBatch};
use arrow_schema::DataType;
use jiff::ToSpan;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use serde_json::Value;

const LISTS: [&str; 6] = ["articles", "claims", "events", "incidents", "people", "disputes"];

/// The header and the rows of a CSV.
fn table(answer: &Answer) -> (Vec<String>, Vec<Vec<String>>) {
    let mut table = csv::Reader::from_reader(answer.body.as_bytes());
    let header = table.headers().unwrap().iter().map(str::to_owned).collect();
    let rows = table.records().map(|row| row.unwrap().iter().map(str::to_owned).collect());
    (header, rows.collect())
}

#[tokio::test]
async fn exports_have_every_row_once() {
    let app = app(|_| {});
    for list in LISTS {
        let jsonl = get(&app, &format!("/api/v1/export/{list}?format=jsonl")).await;
        let rows: Vec<Value> =
            jsonl.body.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        let page = get(&app, &format!("/api/v1/{list}?limit=500")).await.json();
        let page = page["data"].as_array().unwrap();
        assert_eq!(rows[..page.len()], page[..], "{list}");
        let csv = get(&app, &format!("/api/v1/export/{list}")).await;
        assert!(csv.header("content-disposition").contains(&format!("{list}.csv")));
        let (header, cells) = table(&csv);
        assert_eq!(cells.len(), rows.len(), "{list}");
        let filled = |column: usize| cells.iter().any(|row| !row[column].is_empty());
        let empty: Vec<&str> =
            (0..header.len()).filter(|&c| !filled(c)).map(|c| header[c].as_str()).collect();
        let may: &[&str] = &["url", "incident", "code", "speaker_id"];
        assert!(empty.iter().all(|name| may.contains(name)), "{list}: {empty:?} are empty");
    }
    // More than one page of rows.
    let claims = get(&app, "/api/v1/export/claims?format=jsonl").await;
    assert!(claims.body.lines().count() > 2_000, "{}", claims.body.lines().count());
}

/// A value of Parquet as a cell of CSV has it.
fn cell(array: &dyn Array, row: usize) -> String {
    if array.is_null(row) {
        return String::new();
    }
    match array.data_type() {
        DataType::Utf8 => array.as_string::<i32>().value(row).to_owned(),
        DataType::Int64 => array.as_primitive::<Int64Type>().value(row).to_string(),
        DataType::Float64 => {
            Value::from(array.as_primitive::<Float64Type>().value(row)).to_string()
        }
        DataType::Date32 => {
            let days = array.as_primitive::<Date32Type>().value(row);
            jiff::civil::date(1970, 1, 1).checked_add(days.days()).unwrap().to_string()
        }
        DataType::List(item) if matches!(item.data_type(), DataType::Struct(_)) => {
            let spans = array.as_list::<i32>().value(row);
            let spans = spans.as_struct();
            let end = |name, at| cell(spans.column_by_name(name).unwrap(), at);
            let pair = |at| format!("[{},{}]", end("start", at), end("end", at));
            format!("[{}]", (0..spans.len()).map(pair).collect::<Vec<_>>().join(","))
        }
        DataType::List(_) => {
            let items = array.as_list::<i32>().value(row);
            (0..items.len()).map(|at| cell(&items, at)).collect::<Vec<_>>().join("; ")
        }
        other => panic!("{other} is no type of a column"),
    }
}

#[tokio::test]
async fn parquet_has_the_columns_and_rows_of_csv() {
    let app = app(|_| {});
    for list in LISTS {
        let (header, rows) = table(&get(&app, &format!("/api/v1/export/{list}")).await);
        let answer = get(&app, &format!("/api/v1/export/{list}?format=parquet")).await;
        assert_eq!(answer.header("content-type"), "application/vnd.apache.parquet");
        assert!(answer.header("content-disposition").contains(&format!("{list}.parquet")));
        let reader = ParquetRecordBatchReaderBuilder::try_new(answer.bytes).unwrap();
        let names: Vec<String> =
            reader.schema().fields().iter().map(|field| field.name().clone()).collect();
        assert_eq!(names, header, "{list}");
        let batches: Vec<RecordBatch> = reader.build().unwrap().map(Result::unwrap).collect();
        let of_batch = |batch: &RecordBatch| -> Vec<Vec<String>> {
            let of_row = |row| batch.columns().iter().map(|column| cell(column, row)).collect();
            (0..batch.num_rows()).map(of_row).collect()
        };
        let cells: Vec<Vec<String>> = batches.iter().flat_map(of_batch).collect();
        assert_eq!(cells.len(), rows.len(), "{list}");
        for (of_parquet, of_csv) in cells.iter().zip(&rows) {
            assert_eq!(of_parquet, of_csv, "{list}");
        }
    }
}

#[tokio::test]
async fn a_filter_that_nothing_passes_gives_an_empty_table() {
    let app = app(|_| {});
    let path = "/api/v1/export/claims?about=xylophone";
    assert_eq!(table(&get(&app, path).await).1.len(), 0);
    assert_eq!(get(&app, &format!("{path}&format=jsonl")).await.body, "");
    let answer = get(&app, &format!("{path}&format=parquet")).await;
    let reader = ParquetRecordBatchReaderBuilder::try_new(answer.bytes).unwrap();
    assert_eq!(reader.metadata().file_metadata().num_rows(), 0);
    assert!(reader.schema().column_with_name("quote").is_some());
}
