//! What the command does where a store cannot be written or understood: one
//! clear sentence, the right exit status, and nothing lost.

mod common;

use common::{article_line, dateline, finish, folder};
use std::fs;
use std::path::Path;
use std::process::Command;

/// Some articles, a line each.
fn lines(count: usize) -> String {
    let line = |n: usize| {
        let text = format!("The minister of town {n} said on Monday that talks would resume. ");
        article_line(&format!("a{n}"), &text.repeat(1 + n % 7)) + "\n"
    };
    (0..count).map(line).collect()
}

fn add(folder: &Path, lines: &str) -> (i32, String) {
    let run = dateline(folder, &["add", "--store", "n.db", "-"], lines.as_bytes());
    (run.status, run.stderr)
}

#[test]
fn a_store_of_a_newer_version_is_left_alone() {
    let folder = folder("store-newer");
    assert_eq!(add(&folder, &lines(1)).0, 0);
    let db = rusqlite::Connection::open(folder.join("n.db")).unwrap();
    db.pragma_update(None, "user_version", 99).unwrap();
    drop(db);
    let before = fs::read(folder.join("n.db")).unwrap();
    for args in [
        &["add", "--store", "n.db", "-"][..],
        &["find", "claims", "--store", "n.db"],
        &["check", "--store", "n.db"],
        &["remove", "--store", "n.db", "a0"],
    ] {
        let run = dateline(&folder, args, lines(2).as_bytes());
        assert_eq!(run.status, 5, "{args:?}: {}", run.stderr);
        assert!(run.stderr.contains("has schema 99"), "{}", run.stderr);
        assert_eq!(run.stderr.lines().count(), 1, "{}", run.stderr);
    }
    assert_eq!(fs::read(folder.join("n.db")).unwrap(), before);
}

#[test]
fn a_store_that_another_process_writes_is_read_and_not_written() {
    let folder = folder("store-busy");
    assert_eq!(add(&folder, &lines(1)).0, 0);
    let mut other = rusqlite::Connection::open(folder.join("n.db")).unwrap();
    let t = other.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate).unwrap();
    let run = dateline(&folder, &["find", "articles", "--store", "n.db"], b"");
    assert_eq!((run.status, run.stdout.lines().count()), (0, 2), "{}", run.stderr);
    let (status, stderr) = add(&folder, &lines(2));
    assert_eq!(status, 6, "{stderr}");
    assert!(stderr.contains("another process is writing to this store"), "{stderr}");
    assert_eq!(stderr.lines().count(), 1, "{stderr}");
    drop(t);
    assert_eq!(add(&folder, &lines(2)).0, 0);
}

/// A file may not grow here, which is what a full disk or a quota says.
#[cfg(unix)]
#[test]
fn a_full_disk_is_told_and_the_next_run_goes_on() {
    let folder = folder("store-full");
    assert_eq!(add(&folder, &lines(1)).0, 0);
    let blocks = fs::metadata(folder.join("n.db")).unwrap().len() / 512 + 100;
    let script = format!("trap '' XFSZ; ulimit -f {blocks}; exec \"$0\" add --store n.db -");
    let mut limited = Command::new("sh");
    limited.args(["-c", &script, env!("CARGO_BIN_EXE_dateline")]).current_dir(&folder);
    limited
        .stdin(std::process::Stdio::piped())
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped());
    let run = finish(&mut limited, lines(150).as_bytes());
    assert_eq!(run.status, 7, "{}", run.stderr);
    let last = run.stderr.lines().last().unwrap_or_default();
    assert!(last.contains("the disk is full; what was added before is safe"), "{}", run.stderr);
    assert_eq!(dateline(&folder, &["check", "--store", "n.db"], b"").status, 0);
    assert_eq!(add(&folder, &lines(150)).0, 0);
    let check = dateline(&folder, &["check", "--store", "n.db"], b"");
    assert!(check.stdout.starts_with("n.db is sound: 150 articles"), "{}", check.stdout);
}
