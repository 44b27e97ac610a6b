//! Tables of a store: written, read back, and held against what is in it.

use arrow_array::cast::AsArray;
use arrow_array::types::{Int32Type, Int64Type};
use arrow_array::{Array, RecordBatch};
use dateline_account::*;
use dateline_lexicon::Lexicons;
use dateline_store::ask::Question;
use dateline_store::{OnClash, Store};
use dateline_tables::{
    Batches, Format, Network, OutputFile, Scales, Table, TableError, Writer, each_batch,
};
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use std::fs::{self, File};
use std::path::PathBuf;
use std::sync::Arc;

const ALL: [Table; 6] = [
    Table::Articles,
    Table::Claims,
    Table::Events,
    Table::Entities,
    Table::Incidents,
    Table::Polecat,
];

fn span(text: &str, words: &str) -> Span {
    let start = text.find(words).map(|at| text[..at].chars().count() as u32).expect("the words");
    Span::new(start, start + words.chars().count() as u32)
}

/// An article in which a minister tells that an army withdrew.
fn account(id: &str, day: &str, polarity: Polarity) -> Account {
    let text = "Ana Lind of Norway said, “The army —\nat last — left \"Söderby\".”";
    let article = Article {
        title: Some("An end,\n\"at last\"".to_owned()),
        outlet: Some("The Courier & Post <daily>".to_owned()),
        ..Article::new(id, text).published(day)
    };
    let mut account = Account::empty(&article, "en");
    account.sentences = vec![Span::new(0, text.chars().count() as u32)];
    account.paragraphs = account.sentences.clone();
    account.notes = vec!["one, note".to_owned(), "two".to_owned()];
    let entity = |n, name: &str, words, kind, code: &str, sector: &str| Entity {
        id: n,
        name: name.to_owned(),
        kind,
        mentions: vec![Mention { span: span(text, words), form: MentionForm::Name }],
        roles: vec!["minister".to_owned()],
        actor: Some(Actor {
            country: Some(code.to_owned()),
            sectors: vec![sector.to_owned()],
            code: format!("{code}{sector}"),
        }),
        place: None,
        explain: Vec::new(),
    };
    account.entities = vec![
        entity(0, "Ana Lind", "Ana Lind", EntityKind::Person, "NOR", "GOV"),
        entity(1, "Army <1st> & \"2nd\"", "The army", EntityKind::Organization, "SWE", "MIL"),
        entity(2, "Söderby", "Söderby", EntityKind::Place, "SWE", ""),
    ];
    account.places = vec![Place {
        span: span(text, "Söderby"),
        form: PlaceForm::Name,
        name: "Söderby".to_owned(),
        geonames: Some(12),
        lat: Some(59.5),
        lon: Some(17.25),
        country: Some("SWE".to_owned()),
        feature: Some("P.PPL".to_owned()),
    }];
    account.claims = vec![Claim {
        id: 0,
        source: vec![span(text, "Ana Lind of Norway")],
        speaker: Some(0),
        cue: vec![span(text, "said")],
        content: vec![span(text, "“The army —\nat last — left \"Söderby\".”")],
        form: Form::Direct,
        stance: "assert".to_owned(),
        addressee: None,
        via: None,
        channel: Some(Channel::PressConference),
        said: None,
        place: None,
        within: None,
        confidence: 0.9,
        unclosed: false,
        explain: Vec::new(),
    }];
    account.events = vec![Event {
        id: 0,
        kind: EventType::from_code("RETREAT").expect("a type"),
        mode: Some("withdraw".to_owned()),
        contexts: vec!["military".to_owned(), "territory".to_owned()],
        quad: None,
        intensity: None,
        cameo: None,
        actor: vec![1],
        recipient: vec![2],
        trigger: vec![span(text, "left")],
        sentence: 0,
        date: Some("2018-12".to_owned()),
        time: None,
        place: Some(0),
        polarity,
        modality: Modality::Actual,
        claim: Some(0),
        confidence: 0.5,
        explain: Vec::new(),
    }];
    account
}

fn store() -> Store {
    let mut store = Store::create(":memory:").unwrap();
    let accounts = [
        account("a", "2018-12-20", Polarity::Positive),
        account("b", "2018-12-21", Polarity::Positive),
        account("c", "2019-02-01", Polarity::Negative),
    ];
    store.add(&accounts, OnClash::Keep).unwrap();
    store.join(|_| ()).unwrap();
    store
}

fn everything() -> Question {
    // the articles of these tests have one text, and are copies of each other
    Question { limit: usize::MAX, copies: true, ..Question::default() }
}

fn scales() -> Arc<Scales> {
    Scales::load(&Lexicons::embedded()).unwrap().into()
}

fn batches(store: &Store, table: Table, question: &Question) -> Vec<RecordBatch> {
    let mut all = Vec::new();
    each_batch(store, table, question, scales(), |batch| {
        all.push(batch.clone());
        Ok(())
    })
    .unwrap();
    all
}

fn written(store: &Store, table: Table, format: Format) -> Vec<u8> {
    let mut writer = Writer::new(Vec::new(), format, table).unwrap();
    each_batch(store, table, &everything(), scales(), |batch| writer.write(batch)).unwrap();
    writer.finish().unwrap()
}

fn folder(name: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    folder
}

#[test]
fn parquet_gives_back_the_rows_of_the_store() {
    let store = store();
    let folder = folder("tables-parquet");
    for table in ALL {
        let path = folder.join(table.name());
        fs::write(&path, written(&store, table, Format::Parquet)).unwrap();
        let reader = ParquetRecordBatchReaderBuilder::try_new(File::open(&path).unwrap()).unwrap();
        assert_eq!(reader.schema(), &table.schema(), "{table:?}");
        let read: Vec<RecordBatch> = reader.build().unwrap().map(Result::unwrap).collect();
        assert_eq!(read, batches(&store, table, &everything()), "{table:?}");
    }
}

#[test]
fn rows_are_those_of_the_accounts() {
    let store = store();
    let mut of_accounts = Batches::new(Table::Claims, scales());
    for id in ["a", "b", "c"] {
        of_accounts.account(&store.account(id).unwrap().unwrap());
    }
    let alone = of_accounts.finish();
    let [claims] = batches(&store, Table::Claims, &everything()).try_into().unwrap();
    for (field, (of_store, of_account)) in
        claims.schema().fields().iter().zip(claims.columns().iter().zip(alone.columns()))
    {
        if field.name() == "speaker_id" {
            // only a store knows who is who across articles
            let ids = of_store.as_primitive::<Int64Type>();
            assert_eq!((ids.value(0), of_account.null_count()), (ids.value(2), 3));
        } else {
            assert_eq!(of_store, of_account, "{}", field.name());
        }
    }
    let text = |column: &str| claims.column_by_name(column).unwrap().as_string::<i32>();
    assert_eq!(text("quote").value(0), "“The army — at last — left \"Söderby\".”");
    assert_eq!(text("channel").value(0), "press-conference");
    let spans = claims.column_by_name("content_spans").unwrap().as_list::<i32>().value(0);
    let [start, end] = ["start", "end"].map(|end| {
        spans.as_struct().column_by_name(end).unwrap().as_primitive::<Int32Type>().value(0)
    });
    let account = store.account("a").unwrap().unwrap();
    assert_eq!(Span::new(start as u32, end as u32), account.claims[0].content[0]);
}

#[test]
fn filters_want_what_find_finds() {
    let store = store();
    let rows = |table, question: Question| -> usize {
        let question = Question { limit: usize::MAX, copies: true, ..question };
        batches(&store, table, &question).iter().map(RecordBatch::num_rows).sum()
    };
    let some = |text: &str| Some(text.to_owned());
    let since = Question { since: some("2019-01-01"), ..Question::default() };
    assert_eq!(rows(Table::Claims, since.clone()), 1);
    assert_eq!(rows(Table::Articles, since.clone()), 1);
    assert_eq!(rows(Table::Entities, since), 3);
    let by = |name: &str| Question { by: some(name), ..Question::default() };
    assert_eq!((rows(Table::Claims, by("lind")), rows(Table::Claims, by("olsen"))), (3, 0));
    assert_eq!(rows(Table::Entities, by("NOR")), 3);
    let about = |words: &str| Question { about: some(words), ..Question::default() };
    assert_eq!((rows(Table::Claims, about("army")), rows(Table::Events, about("navy"))), (3, 0));
    let kind = |kind: &str| Question { kind: some(kind), ..Question::default() };
    assert_eq!((rows(Table::Events, kind("retreat")), rows(Table::Events, kind("AID"))), (3, 0));
    let two = Question { limit: 2, copies: true, ..Question::default() };
    let limited: Vec<_> = batches(&store, Table::Events, &two);
    assert_eq!(limited.iter().map(RecordBatch::num_rows).sum::<usize>(), 2);
}

#[test]
fn csv_keeps_quotes_and_line_ends() {
    let bytes = written(&store(), Table::Claims, Format::Csv);
    let mut reader = csv::Reader::from_reader(bytes.as_slice());
    let head = reader.headers().unwrap().clone();
    let at = |name: &str| head.iter().position(|column| column == name).unwrap();
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    assert_eq!(rows.len(), 3);
    assert_eq!(&rows[0][at("title")], "An end,\n\"at last\"");
    assert_eq!(&rows[0][at("day")], "2018-12-20");
    assert_eq!(&rows[0][at("cue_spans")], "19-23");
    assert_eq!(&rows[0][at("addressee")], "");
    let articles = written(&store(), Table::Articles, Format::Tsv);
    let mut reader = csv::ReaderBuilder::new().delimiter(b'\t').from_reader(articles.as_slice());
    let head = reader.headers().unwrap().clone();
    let row = reader.records().next().unwrap().unwrap();
    let text = head.iter().position(|column| column == "text").unwrap();
    assert_eq!(&row[text], account("a", "2018-12-20", Polarity::Positive).text);
}

#[test]
fn jsonl_of_incidents_has_the_fields_of_find() {
    let store = store();
    let lines = String::from_utf8(written(&store, Table::Incidents, Format::Jsonl)).unwrap();
    let found = store.incidents(&everything()).unwrap();
    assert_eq!(lines.lines().count(), found.len());
    for (line, incident) in lines.lines().zip(&found) {
        let line: serde_json::Value = serde_json::from_str(line).unwrap();
        let wanted = serde_json::to_value(incident).unwrap();
        for (field, value) in wanted.as_object().unwrap() {
            if field == "confidence" {
                assert!((line[field].as_f64().unwrap() - value.as_f64().unwrap()).abs() < 1e-6);
            } else {
                assert_eq!(&line[field], value, "{field}");
            }
        }
        assert_eq!(line["quad"], "material-cooperation");
    }
}

#[test]
fn polecat_leaves_out_what_did_not_happen() {
    let bytes = written(&store(), Table::Polecat, Format::Tsv);
    let mut reader = csv::ReaderBuilder::new().delimiter(b'\t').from_reader(bytes.as_slice());
    let head = reader.headers().unwrap().clone();
    assert_eq!(head.iter().take(3).collect::<Vec<_>>(), ["Event ID", "Event Date", "Event Type"]);
    let at = |name: &str| head.iter().position(|column| column == name).unwrap();
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    assert_eq!(rows.iter().map(|row| &row[0]).collect::<Vec<_>>(), ["a-0", "b-0"]);
    for (column, wanted) in [
        ("Event Date", "2018-12-01"),
        ("Event Mode", "withdraw"),
        ("Quad Code", "MATERIAL COOPERATION"),
        ("Contexts", "military; territory"),
        ("Actor Country", "SWE"),
        ("Primary Actor Sector", "MIL"),
        ("Actor Name Raw", "The army"),
        ("City", "Söderby"),
        ("Latitude", "59.5"),
        ("Story People", "Ana Lind"),
        ("Told By", "Ana Lind"),
    ] {
        assert_eq!(&rows[0][at(column)], wanted, "{column}");
    }
}

/// Whether every tag of some XML is closed where it should be.
fn well_formed(xml: &str) -> bool {
    let mut open = Vec::new();
    for tag in xml.split('<').skip(1) {
        let Some((tag, text)) = tag.split_once('>') else { return false };
        if text.contains('"') && !text.contains("&quot;") {
            return false;
        }
        match tag.as_bytes() {
            [b'?', ..] | [.., b'/'] => {}
            [b'/', ..] => {
                if open.pop() != Some(&tag[1..]) {
                    return false;
                }
            }
            _ => open.push(tag.split(' ').next().unwrap_or_default()),
        }
    }
    open.is_empty()
}

#[test]
fn a_network_weighs_what_happened() {
    let store = store();
    let network = Network::of(&store, &everything(), &scales()).unwrap();
    assert_eq!((network.nodes.len(), network.edges.len()), (2, 1), "{network:?}");
    let edge = &network.edges[0];
    assert_eq!((edge.quad, edge.events), (Some(Quad::MaterialCooperation), 2));
    assert_eq!(edge.first.as_deref(), Some("2018-12-01"));
    let mut written = [Vec::new(), Vec::new()];
    network.write_graphml(&mut written[0]).unwrap();
    network.write_gexf(&mut written[1]).unwrap();
    for xml in written {
        let xml = String::from_utf8(xml).unwrap();
        assert!(well_formed(&xml), "{xml}");
        assert!(xml.contains("Army &lt;1st&gt; &amp; &quot;2nd&quot;"), "{xml}");
    }
}

#[test]
fn an_empty_store_has_columns_and_no_rows() {
    let store = Store::create(":memory:").unwrap();
    for table in ALL {
        assert!(batches(&store, table, &everything()).is_empty());
        let csv = String::from_utf8(written(&store, table, Format::Csv)).unwrap();
        assert_eq!(csv.lines().count(), 1);
        assert_eq!(written(&store, table, Format::Jsonl), b"");
        assert!(written(&store, table, Format::Parquet).starts_with(b"PAR1"));
    }
    let network = Network::of(&store, &everything(), &scales()).unwrap();
    assert_eq!(network, Network::default());
    let mut xml = Vec::new();
    network.write_gexf(&mut xml).unwrap();
    assert!(well_formed(&String::from_utf8(xml).unwrap()));
}

#[test]
fn a_file_is_there_only_when_it_is_whole() {
    use std::io::Write;
    let folder = folder("tables-output");
    let path = folder.join("x.csv");
    fs::write(&path, "before").unwrap();
    let mut file = OutputFile::create(&path).unwrap();
    file.write_all(b"half").unwrap();
    drop(file);
    assert_eq!(fs::read_to_string(&path).unwrap(), "before");
    let mut file = OutputFile::create(&path).unwrap();
    file.write_all(b"whole").unwrap();
    file.commit().unwrap();
    assert_eq!(fs::read_to_string(&path).unwrap(), "whole");
    assert_eq!(fs::read_dir(&folder).unwrap().count(), 1);
    let error = OutputFile::create(folder.join("none").join("x.csv")).unwrap_err();
    assert!(error.to_string().contains("check the folder"), "{error}");
}

#[test]
fn an_output_that_fails_ends_the_export() {
    let mut calls = 0;
    let failed = each_batch(&store(), Table::Claims, &everything(), scales(), |_| {
        calls += 1;
        Err(TableError::Output(std::io::Error::other("gone")))
    });
    assert_eq!((calls, failed.is_err()), (1, true));
}

#[test]
fn the_docs_list_every_column() {
    let docs = include_str!("../../../docs/export.md");
    for table in ALL {
        let heading = format!("## {}\n", table.name());
        let (_, part) = docs.split_once(&heading).unwrap_or_else(|| panic!("no '{heading}'"));
        let part = part.split("\n## ").next().unwrap_or_default();
        for field in table.schema().fields() {
            let row = format!("| `{}` | {} |", field.name(), field.metadata()["description"]);
            assert!(part.contains(&row), "docs/export.md lacks, under {}: {row}", table.name());
        }
    }
}
