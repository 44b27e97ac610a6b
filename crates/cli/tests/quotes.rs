//! `dateline quotes`: rows, layouts, wishes, manners.

mod common;

use common::{article_line, dateline, folder};
use std::fs;

const TALKS: &str = "“The text, as it stands, is \"good\",” Foreign Minister Ana Sörensen told \
reporters on Monday.\n\nMayor Paul Lind disagreed. “The text says nothing about taxes,” he said. \
He said that the council would meet in June.";

fn rows(run: &common::Run) -> Vec<serde_json::Value> {
    run.stdout.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
}

fn quotes(args: &[&str]) -> common::Run {
    let args = [&["quotes", "-", "--published", "2024-05-08"], args].concat();
    dateline(&folder("quotes"), &args, article_line("a", TALKS).as_bytes())
}

#[test]
fn rows_say_who_in_which_words_and_where() {
    let run = quotes(&["--format", "jsonl"]);
    assert_eq!((run.status, run.stderr.as_str()), (0, ""));
    let rows = rows(&run);
    assert_eq!(rows.len(), 2, "{}", run.stdout);
    assert_eq!(rows[0]["speaker"], "Ana Sörensen");
    assert_eq!(rows[0]["quotation"], "“The text, as it stands, is \"good\",”");
    assert_eq!((&rows[0]["form"], &rows[0]["cue"]), (&"direct".into(), &"told".into()));
    assert_eq!(
        (&rows[0]["span"], &rows[0]["paragraph"]),
        (&serde_json::json!([[0, 36]]), &1.into())
    );
    assert_eq!((&rows[1]["speaker"], &rows[1]["source"]), (&"Paul Lind".into(), &"he".into()));
    assert_eq!((&rows[1]["paragraph"], &rows[1]["sentence"]), (&2.into(), &3.into()));
    assert_eq!((&rows[1]["published"], &rows[1]["outlet"]), (&"2024-05-08".into(), &().into()));
}

#[test]
fn csv_is_quoted_where_it_must_be() {
    let run = quotes(&["--format", "csv"]);
    let lines: Vec<&str> = run.stdout.lines().collect();
    assert!(lines[0].starts_with("article,title,published,outlet,url,speaker,role,code,source,"));
    assert!(
        lines[1].contains(",\"“The text, as it stands, is \"\"good\"\",”\",direct,"),
        "{lines:?}"
    );
    // in a pipe, without --format
    assert_eq!(quotes(&[]).stdout, run.stdout);
    let tabs = quotes(&["--format", "tsv"]).stdout;
    assert!(tabs.lines().all(|line| line.split('\t').count() == 17), "{tabs}");
    assert!(tabs.contains("\t“The text, as it stands, is \"good\",”\tdirect\t"), "{tabs}");
}

#[test]
fn wishes_choose_rows() {
    let speakers = |args: &[&str]| -> Vec<String> {
        let run = quotes(&[args, &["--format", "jsonl"]].concat());
        rows(&run).iter().map(|row| row["speaker"].as_str().unwrap_or("?").to_owned()).collect()
    };
    assert_eq!(speakers(&["--speaker", "sorensen"]), ["Ana Sörensen"]);
    assert_eq!(speakers(&["-s", "foreign minister", "-s", "lind"]).len(), 2);
    assert_eq!(speakers(&["--about", "tax"]), ["Paul Lind"]);
    assert_eq!(speakers(&["--about", "text", "--speaker", "Lind"]), ["Paul Lind"]);
    assert!(speakers(&["--speaker", "Orlov"]).is_empty());
    assert!(speakers(&["--indirect"]).len() > 2);
}

#[test]
fn the_table_fits_the_terminal() {
    let folder = folder("table");
    let args = ["quotes", "-", "--format", "table"];
    let mut command = common::command(&folder, &args);
    let run = common::finish(command.env("COLUMNS", "50"), article_line("a", TALKS).as_bytes());
    assert!(run.stdout.lines().all(|line| line.chars().count() <= 50), "{}", run.stdout);
    assert!(run.stdout.contains("Paul Lind") && run.stdout.contains("paragraph 2, sentence 3"));
    let run = dateline(&folder, &args, b"The minister resigned.");
    assert_eq!((run.status, run.stdout.as_str()), (0, ""));
    assert_eq!(run.stderr, "dateline: no quotations\n");
}

#[test]
fn manners_are_those_of_read() {
    let folder = folder("quotes-manners");
    fs::write(folder.join("a.txt"), TALKS).unwrap();
    let run = dateline(&folder, &["quotes", "gone.txt", "a.txt"], b"");
    assert_eq!((run.status, run.stdout.lines().count()), (3, 3));
    assert!(run.stderr.contains("gone.txt: there is no such file"), "{}", run.stderr);
    // one header, whatever the number of articles; the same for any threads
    let lines: String = (0..40).map(|n| article_line(&format!("a{n}"), TALKS) + "\n").collect();
    let run = |threads: &str| {
        dateline(&folder, &["quotes", "-", "--threads", threads], lines.as_bytes()).stdout
    };
    let one = run("1");
    assert_eq!(one.lines().count(), 81);
    assert_eq!(one, run("3"));
    let empty = dateline(&folder, &["quotes", "-"], b"");
    assert_eq!((empty.status, empty.stdout.lines().count()), (0, 1));
    let help = dateline(&folder, &["quotes", "--help"], b"").stdout;
    for taught in ["--about pensions", "quotes.csv", "confidence", "exit status"] {
        assert!(help.contains(taught), "{taught}");
    }
    assert_eq!(dateline(&folder, &["quotes", "-", "--format", "xml"], b"").status, 2);
}

#[test]
fn read_explains_when_asked() {
    let folder = folder("explain");
    let read = |args: &[&str]| {
        dateline(&folder, &[&["read", "-"], args].concat(), article_line("a", TALKS).as_bytes())
    };
    let account: dateline::Account =
        serde_json::from_str(&read(&["--explain"]).stdout).expect("an account");
    for claim in &account.claims {
        assert!(claim.explain.len() >= 4, "{claim:?}");
        assert!(claim.explain[0].starts_with("found: "), "{claim:?}");
    }
    let all =
        account.claims.iter().flat_map(|c| &c.explain).cloned().collect::<Vec<_>>().join("\n");
    for said in ["stance: assert (cues.tsv, line ", "speaker: whom “he” names", "confidence: 0."]
    {
        assert!(all.contains(said), "{said}: {all}");
    }
    assert!(!read(&[]).stdout.contains("\"explain\""));
    assert!(read(&["--explain", "--format", "pretty"]).stdout.contains("found: by "));
}
