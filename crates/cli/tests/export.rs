//! `dateline export`.
#![cfg(feature = "export")]

mod common;

use common::{dateline, folder};
use std::fs;
use std::path::PathBuf;

/// A folder with the store of the examples in it.
fn store(name: &str) -> PathBuf {
    let folder = folder(name);
    let examples = concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples/articles.jsonl");
    let run = dateline(&folder, &["add", "--store", "n.db", examples], b"");
    assert_eq!(run.status, 0, "{}", run.stderr);
    folder
}

#[test]
fn the_name_of_the_file_tells_the_layout() {
    let folder = store("export-layouts");
    for what in ["events", "claims", "entities", "incidents", "articles"] {
        for end in ["parquet", "csv", "tsv", "jsonl"] {
            let file = format!("{what}.{end}");
            let run = dateline(
                &folder,
                &["export", "--store", "n.db", "--what", what, "--to", &file],
                b"",
            );
            assert_eq!((run.status, run.stderr.as_str()), (0, ""), "{file}");
            let bytes = fs::read(folder.join(&file)).unwrap();
            assert_eq!(bytes.starts_with(b"PAR1"), end == "parquet", "{file}");
        }
    }
    let find = ["find", "claims", "--store", "n.db", "--format", "jsonl", "-n", "9999"];
    let claims = fs::read_to_string(folder.join("claims.jsonl")).unwrap();
    let found = dateline(&folder, &find, b"").stdout;
    assert_eq!(claims.lines().count(), found.lines().count());
    let args = ["export", "--store", "n.db", "--what", "claims", "--to", "-", "--format", "jsonl"];
    assert_eq!(dateline(&folder, &args, b"").stdout, claims);
}

#[test]
fn forms_of_others() {
    let folder = store("export-forms");
    for (form, file, head) in [
        (
            "polecat",
            "p.tsv",
            "Event ID\tEvent Date\tEvent Type\tEvent Mode\tIntensity\tQuad Code\t",
        ),
        ("graphml", "a.graphml", "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<graphml "),
        ("gexf", "a.gexf", "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<gexf "),
    ] {
        let run =
            dateline(&folder, &["export", "--store", "n.db", "--as", form, "--to", file], b"");
        assert_eq!((run.status, run.stderr.as_str()), (0, ""), "{form}");
        let text = fs::read_to_string(folder.join(file)).unwrap();
        assert!(text.starts_with(head), "{form}: {text:.200}");
    }
}

#[test]
fn mistakes_are_told_and_leave_no_file() {
    let folder = store("export-mistakes");
    for (args, status, told) in [
        (
            &["--what", "events", "--to", "x.xlsx"][..],
            2,
            "give --format parquet, csv, tsv or jsonl",
        ),
        (&["--what", "claims", "--as", "polecat", "--to", "x.tsv"], 2, "leave --what out"),
        (&["--what", "events", "--to", "x.gexf"], 2, "written with --as gexf"),
        (&["--as", "gexf", "--format", "csv", "--to", "x.gexf"], 2, "--format is of tables"),
        (&["--what", "events", "--format", "csv", "--to", "n.db"], 2, "this is the store"),
        (&["--what", "events", "--to", "none/x.csv"], 1, "check the folder"),
        (&["--what", "events", "--text", "AND", "--to", "x.csv"], 2, "no full-text query"),
        (&["--what", "events", "--ontology", "none", "--to", "x.csv"], 2, "no such folder"),
    ] {
        let run = dateline(&folder, &[&["export", "--store", "n.db"], args].concat(), b"");
        assert_eq!(run.status, status, "{args:?}: {}", run.stderr);
        assert!(run.stderr.contains(told), "{args:?}: {}", run.stderr);
    }
    let args = ["export", "--store", "no.db", "--what", "events", "--to", "x.csv"];
    assert_eq!(dateline(&folder, &args, b"").status, 5);
    let mut left: Vec<_> =
        fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    left.retain(|name| !name.to_string_lossy().starts_with("n.db"));
    assert_eq!(left, Vec::<std::ffi::OsString>::new());
}
