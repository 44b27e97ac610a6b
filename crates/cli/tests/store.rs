//! `dateline add`, `remove` and `check`.

mod common;

use common::{article_line, command, dateline, folder};
use dateline_store::Store;
use std::fs;
use std::path::Path;
use std::time::Duration;

fn examples() -> String {
    concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples/articles.jsonl").to_owned()
}

/// Every row of every table that holds data, as text.
fn contents(store: &Path) -> Vec<String> {
    let db = rusqlite::Connection::open(store).unwrap();
    let list = |sql: &str| -> Vec<String> {
        let mut statement = db.prepare(sql).unwrap();
        let columns = statement.column_count();
        let row = |row: &rusqlite::Row<'_>| {
            let cells = (0..columns).map(|at| row.get::<_, rusqlite::types::Value>(at));
            Ok(format!("{:?}", cells.collect::<Result<Vec<_>, _>>()?))
        };
        statement.query_map([], row).unwrap().collect::<Result<_, _>>().unwrap()
    };
    let name =
        |cell: String| cell.trim_start_matches("[Text(\"").trim_end_matches("\")]").to_owned();
    let tables = list(
        "SELECT name FROM sqlite_schema WHERE type = 'table'
         AND name NOT LIKE 'article_words%' AND name NOT LIKE 'sqlite_%' ORDER BY name",
    );
    tables
        .into_iter()
        .map(name)
        .flat_map(|table| {
            list(&format!("SELECT * FROM {table}"))
                .into_iter()
                .map(move |row| format!("{table} {row}"))
        })
        .collect()
}

/// Sixty different articles.
fn archive(folder: &Path) -> String {
    let towns = ["Oslo", "Geneva", "Nairobi", "Lima", "Hanoi"];
    let line = |n: usize| {
        let text = format!(
            "The minister of {} said on Monday that talks would resume. {}",
            towns[n % towns.len()],
            "Soldiers left the border and protesters met in the capital. ".repeat(1 + n * 7 % 13)
        );
        article_line(&format!("a{n}"), &text) + "\n"
    };
    let lines: String = (0..60).map(line).collect();
    fs::write(folder.join("archive.jsonl"), &lines).unwrap();
    lines
}

#[test]
fn accounts_are_kept_as_they_were_read() {
    let folder = folder("store-accounts");
    let run = dateline(&folder, &["add", "--store", "news.db", &examples()], b"");
    assert_eq!((run.status, run.stdout.as_str()), (0, ""), "{}", run.stderr);
    assert_eq!(run.stderr, "dateline: 3 articles added to news.db\n");
    let store = Store::open(folder.join("news.db")).unwrap();
    let read = dateline(&folder, &["read", &examples()], b"").stdout;
    for line in read.lines() {
        let account: dateline::Account = serde_json::from_str(line).unwrap();
        assert_eq!(store.account(&account.id).unwrap(), Some(account));
    }
    let check = dateline(&folder, &["check", "--store", "news.db"], b"");
    assert_eq!(check.status, 0);
    assert!(check.stdout.starts_with("news.db is sound: 3 articles, "), "{}", check.stdout);
}

#[test]
fn the_store_is_the_same_for_any_number_of_threads_and_ways_in() {
    let folder = folder("store-threads");
    let lines = archive(&folder);
    let add = |store: &str, more: &[&str], stdin: &str| {
        let run = dateline(&folder, &[&["add", "--store", store], more].concat(), stdin.as_bytes());
        assert_eq!(run.status, 0, "{}", run.stderr);
        contents(&folder.join(store))
    };
    let one = add("one.db", &["archive.jsonl", "--threads", "1"], "");
    assert!(one.iter().any(|row| row.starts_with("claims ")));
    assert_eq!(one, add("four.db", &["archive.jsonl", "--threads", "4"], ""));
    assert_eq!(one, add("listed.db", &["--files-from", "-"], "archive.jsonl\n"));
    assert_eq!(one, add("piped.db", &["-"], &lines));
    let (first, second) = lines.split_at(lines.find("{\"id\":\"a41\"").unwrap());
    // What two runs join is joined with what each of them knew.
    let read = |rows: Vec<String>| -> Vec<String> {
        let tables =
            ["sentences ", "places ", "toponyms ", "times ", "claims ", "events ", "parties "];
        rows.into_iter().filter(|row| tables.iter().any(|table| row.starts_with(table))).collect()
    };
    add("twice.db", &["-"], first);
    assert_eq!(read(one), read(add("twice.db", &["-"], second)));
}

#[test]
fn killed_and_run_again_it_ends_with_the_same_store() {
    let folder = folder("store-killed");
    archive(&folder);
    let args = |store: &'static str| ["add", "--store", store, "archive.jsonl", "--threads", "2"];
    assert_eq!(dateline(&folder, &args("whole.db"), b"").status, 0);
    let whole = contents(&folder.join("whole.db"));
    for milliseconds in [5, 60, 120, 200, 320, 480] {
        let _ = fs::remove_file(folder.join("killed.db"));
        let mut child = command(&folder, &args("killed.db")).spawn().unwrap();
        std::thread::sleep(Duration::from_millis(milliseconds));
        let _ = child.kill();
        let _ = child.wait();
        let run = dateline(&folder, &args("killed.db"), b"");
        assert_eq!(run.status, 0, "{}", run.stderr);
        assert_eq!(contents(&folder.join("killed.db")), whole, "killed after {milliseconds} ms");
    }
}

#[test]
fn two_articles_of_one_id_are_told_and_replaced_when_asked_for() {
    let folder = folder("store-clash");
    let first = article_line("a", "The minister resigned on Monday.");
    let other = article_line("a", "The minister stayed on Monday.");
    let add = |more: &[&str], lines: &str| {
        dateline(&folder, &[&["add", "--store", "n.db", "-"], more].concat(), lines.as_bytes())
    };
    for both in [format!("{first}\n{other}\n"), other.clone()] {
        let run = add(&[], &both);
        assert_eq!(run.status, 4);
        let told = "dateline: a: not added, another article of this id is in the store";
        assert!(run.stderr.starts_with(told), "{}", run.stderr);
    }
    let text = || {
        let store = Store::open(folder.join("n.db")).unwrap();
        store.account("a").unwrap().map(|account| account.text)
    };
    assert_eq!(text().as_deref(), Some("The minister resigned on Monday."));
    assert_eq!(add(&["--replace"], &other).status, 0);
    assert_eq!(text().as_deref(), Some("The minister stayed on Monday."));
    assert_eq!(dateline(&folder, &["remove", "--store", "n.db", "a"], b"").status, 0);
    let again = dateline(&folder, &["remove", "--store", "n.db", "a"], b"");
    assert_eq!(again.status, 3);
    assert_eq!(text(), None);
}

#[test]
fn what_cannot_be_read_is_counted_and_the_rest_is_added() {
    let folder = folder("store-unread");
    let lines = [
        article_line(
            "norsk",
            &"Statsministeren sa at regjeringen ikke ville gå av i dag. ".repeat(9),
        ),
        "{\"id\": \"broken\"".to_owned(),
        article_line("empty", ""),
        article_line("sound", "The minister resigned on Monday."),
    ];
    let run = dateline(&folder, &["add", "--store", "n.db", "-"], lines.join("\n").as_bytes());
    assert_eq!(run.status, 3);
    let last = run.stderr.lines().last().unwrap();
    let told = "dateline: 1 articles added to n.db, 1 not English, 2 could not be read";
    assert_eq!(last, told, "{}", run.stderr);
    assert_eq!(Store::open(folder.join("n.db")).unwrap().articles().unwrap(), 1);
}

#[test]
fn what_is_no_store_is_left_alone() {
    let folder = folder("store-foreign");
    fs::write(folder.join("notes.txt"), "The minister resigned, and that was all of it.").unwrap();
    for args in [
        &["add", "--store", "notes.txt", "-"][..],
        &["check", "--store", "notes.txt"],
        &["check", "--store", "missing.db"],
        &["remove", "--store", "missing.db", "a"],
    ] {
        let run = dateline(&folder, args, b"{\"text\": \"Talks opened.\"}");
        assert_eq!(run.status, 5, "{args:?}: {}", run.stderr);
        assert_eq!(run.stderr.lines().count(), 1, "{}", run.stderr);
    }
    let kept = fs::read_to_string(folder.join("notes.txt")).unwrap();
    assert!(kept.starts_with("The minister resigned"));
    assert!(!folder.join("missing.db").exists());
}
