//! Folders, pages, tables, feeds and web archives through the command, as
//! docs/intake.md shows them.

mod common;

use common::{Run, article_line, dateline, folder};
use dateline_store::Store;
use std::fs;
use std::path::Path;

fn inputs() -> String {
    concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples/inputs").to_owned()
}

fn input(name: &str) -> String {
    format!("{}/{name}", inputs())
}

fn accounts(run: &Run) -> Vec<dateline::Account> {
    run.stdout.lines().map(|line| serde_json::from_str(line).expect("an account")).collect()
}

fn ids(run: &Run) -> Vec<String> {
    accounts(run).into_iter().map(|account| account.id).collect()
}

const ARCHIVED: &str = "00000000-0000-4000-8000-00000000000";

#[test]
fn a_page_is_read_by_its_main_text_and_says_so() {
    let run = dateline(&folder("in-page"), &["read", &input("page.html")], b"");
    assert_eq!((run.status, run.stderr.as_str()), (0, ""));
    let [account] = &accounts(&run)[..] else { panic!("{}", run.stdout) };
    account.check().unwrap();
    let paragraphs: Vec<&str> = account.text.split("\n\n").collect();
    assert_eq!(paragraphs[0], "The Ever Given seen from the bank of the canal.");
    assert!(paragraphs[3].starts_with("Navigation in the canal resumes."), "{paragraphs:?}");
    assert_eq!(paragraphs.len(), 6);
    assert!(account.notes[0].starts_with("the text is the main text of an HTML page"));
    assert_eq!(account.title.as_deref(), Some("Container ship freed in Suez Canal after six days"));
    assert_eq!(account.outlet.as_deref(), Some("Example Wire"));
    assert_eq!(account.published.as_deref(), Some("2021-03-29T16:00:00Z"));
    assert_eq!(account.url.as_deref(), Some("https://wire.example/2021/03/29/suez"));
    assert_eq!(account.byline, ["Cy Ek"]);
    assert!(account.claims.iter().any(|claim| claim.stance == "deny"));
    // the same page from standard input, and by its format where nothing tells it
    let page = fs::read(input("page.html")).unwrap();
    for args in [&["read", "-"][..], &["read", "-", "--from", "html"]] {
        let piped = dateline(&folder("in-piped"), args, &page);
        assert_eq!(accounts(&piped)[0].text, account.text);
    }
    let tags = dateline(&folder("in-tags"), &["read", "-", "--from", "text"], &page);
    assert!(accounts(&tags)[0].text.starts_with("<!DOCTYPE html>"));
}

#[test]
fn tables_and_records_with_other_names_are_read() {
    let folder = folder("in-table");
    let unmapped = dateline(&folder, &["read", &input("table.csv")], b"");
    assert_eq!((unmapped.status, unmapped.stdout.as_str()), (3, ""));
    let told = "table.csv: the table has no column 'text', its columns are 'url', 'headline', \
                'date', 'body'; say which one holds it with --columns text=COLUMN";
    assert!(unmapped.stderr.contains(told), "{}", unmapped.stderr);
    let columns = "--columns=text=body,title=headline,published=date,id=url";
    let run = dateline(&folder, &["read", &input("table.csv"), columns], b"");
    assert_eq!((run.status, run.stderr.as_str()), (0, ""));
    let read = accounts(&run);
    assert_eq!(read[0].id, "https://wire.example/1998/04/10/belfast");
    assert_eq!(read[1].published.as_deref(), Some("2008-02-17"));
    assert!(read[0].text.contains("governed.\n\nFormer"));
    let lines = b"{\"url\": \"u\", \"body\": \"Talks opened.\"}\n{\"text\": \"x\"}\n";
    let run = dateline(&folder, &["read", "-", "--columns", "text=body,id=url"], lines);
    assert_eq!((run.status, ids(&run)), (3, vec!["u".to_owned()]));
    assert!(run.stderr.contains("line 2: the record has no 'body'"), "{}", run.stderr);
    let run = dateline(&folder, &["read", "-", "--columns", "body"], lines);
    assert_eq!(run.status, 2);
    assert!(run.stderr.contains("write FIELD=COLUMN"), "{}", run.stderr);
    let run = dateline(&folder, &["read", "-", "--from", "pdf"], lines);
    assert_eq!(run.status, 2);
    assert!(run.stderr.contains("give one of text, html, jsonl"), "{}", run.stderr);
}

#[test]
fn feeds_are_read_an_entry_at_a_time() {
    let run = dateline(&folder("in-feed"), &["read", &input("feed.xml")], b"");
    assert_eq!((run.status, run.stderr.as_str()), (0, ""));
    let [full, short] = &accounts(&run)[..] else { panic!("{}", run.stdout) };
    assert_eq!(full.title.as_deref(), Some("Iran & six powers agree on nuclear programme"));
    assert!(full.text.starts_with("VIENNA — Iran and six"), "{}", full.text);
    assert_eq!((full.id.as_str(), full.outlet.as_deref()), ("wire-0714-1", Some("Example Wire")));
    assert!(short.notes.iter().any(|note| note.starts_with("the feed gives a summary")));
}

#[test]
fn of_an_archive_the_english_pages_are_read_and_the_rest_is_counted() {
    let folder = folder("in-archive");
    let run = dateline(&folder, &["read", &input("pages.warc")], b"");
    assert_eq!(run.status, 0);
    assert_eq!(run.stderr, "dateline: left out: 1 not English, 1 without an article\n");
    assert_eq!(ids(&run), [format!("{ARCHIVED}1"), format!("{ARCHIVED}5")]);
    assert_eq!(accounts(&run)[0].published.as_deref(), Some("2016-11-24"));
    let run = dateline(&folder, &["add", "--store", "n.db", &input("pages.warc")], b"");
    let told = "dateline: 2 articles added to n.db, 1 not English, 1 without an article\n";
    assert_eq!((run.status, run.stderr.as_str()), (0, told));
    let again = dateline(&folder, &["add", "--store", "n.db", &input("pages.warc")], b"");
    assert!(again.stderr.starts_with("dateline: 0 articles added to n.db, 2 were there"));
    let store = Store::open(folder.join("n.db")).unwrap();
    let kept = store.account(&format!("{ARCHIVED}1")).unwrap().expect("an account");
    assert!(kept.notes[0].starts_with("the text is the main text of an HTML page"));
    assert!(kept.text.starts_with("Colombian President Juan Manuel Santos"));
}

#[test]
fn folders_are_read_by_all_commands() {
    let columns = "--columns=text=body,title=headline,published=date";
    let folder = folder("in-folder");
    let read = dateline(&folder, &["read", &inputs(), columns], b"");
    assert_eq!(read.status, 0, "{}", read.stderr);
    let first = ["wire-0714-1", "wire-0709-1", "page"].map(str::to_owned);
    assert_eq!(ids(&read)[..3], first);
    assert_eq!(ids(&read)[5..], ["table-2", "table-5"].map(str::to_owned));
    let one = dateline(&folder, &["read", &inputs(), columns, "--threads", "1"], b"");
    assert_eq!(one.stdout, read.stdout);
    let add = dateline(&folder, &["add", "--store", "n.db", &inputs(), columns], b"");
    assert!(add.stderr.starts_with("dateline: 7 articles added to n.db, 1 not English"));
    let list: String = fs::read_dir(inputs()).unwrap().fold(String::new(), |list, entry| {
        list + &entry.unwrap().path().display().to_string() + "\n"
    });
    let args = ["add", "--store", "l.db", "--files-from", "-", columns];
    let listed = dateline(&folder, &args, list.as_bytes());
    assert!(listed.stderr.starts_with("dateline: 7 articles added to l.db"), "{}", listed.stderr);
    let quotes = dateline(&folder, &["quotes", &inputs(), columns, "--indirect"], b"");
    assert!(quotes.stdout.lines().count() > 3, "{}", quotes.stdout);
    let named = dateline(&folder, &["read", &inputs(), "--id", "x"], b"");
    assert_eq!(named.status, 2);
}

#[test]
fn files_of_one_id_are_told_and_kinds_that_are_not_known_are_counted() {
    let folder = folder("in-ids");
    for (path, text) in [
        ("news/a/1.txt", "The minister resigned on Monday."),
        ("news/b/1.txt", "The minister stayed on Monday."),
        (
            "news/b/1.html",
            "<!doctype html><p>The minister of trade said on Monday that she would stay in office until the end of the year, and go then.",
        ),
        ("news/style.css", "p { color: red }"),
    ] {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    let add = |store: &str, inputs: &[&str]| {
        dateline(&folder, &[&["add", "--store", store], inputs].concat(), b"")
    };
    let run = add("files.db", &["news/a/1.txt", "news/b/1.txt"]);
    assert_eq!(run.status, 4);
    assert!(run.stderr.contains("1: not added, another article of this id is in the store"));
    let run = add("folder.db", &["news"]);
    assert_eq!(run.status, 4);
    let told = "dateline: b/1: not added, another article of this id is in the store; give it an \
                id of its own, or take --replace\ndateline: 2 articles added to folder.db, 1 not \
                added for their ids, 1 files of other kinds\n";
    assert_eq!(run.stderr, told);
    let read = dateline(&folder, &["read", "news"], b"");
    assert_eq!(ids(&read), ["a/1", "b/1", "b/1"]);
}

#[test]
fn a_truncated_gzip_file_is_told_and_what_came_before_it_is_read() {
    let folder = folder("in-cut");
    let lines: String =
        (0..400).map(|n| article_line(&format!("a{n}"), "Talks opened.") + "\n").collect();
    let plain = folder.join("lines.jsonl");
    fs::write(&plain, &lines).unwrap();
    let packed = packed(&plain);
    fs::write(folder.join("whole.gz"), &packed).unwrap();
    fs::write(folder.join("cut.gz"), &packed[..packed.len() / 2]).unwrap();
    let run = dateline(&folder, &["read", "whole.gz"], b"");
    assert_eq!((run.status, ids(&run).len()), (0, 400));
    let run = dateline(&folder, &["read", "-"], &packed);
    assert_eq!((run.status, ids(&run).len()), (0, 400));
    let run = dateline(&folder, &["add", "--store", "n.db", "cut.gz"], b"");
    assert_eq!(run.status, 3);
    assert!(run.stderr.contains("cut.gz, line "), "{}", run.stderr);
    let told = "the compressed data ends in the middle; copy or download it again";
    assert!(run.stderr.contains(told), "{}", run.stderr);
    assert!(run.stderr.contains(" articles added to n.db, 1 could not be read"));
}

/// A file as gzip.
fn packed(file: &Path) -> Vec<u8> {
    use std::io::Write;
    let level = flate2::Compression::default();
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), level);
    encoder.write_all(&fs::read(file).unwrap()).unwrap();
    encoder.finish().unwrap()
}
