//! What the command does with input that is not as it should be: a clear
//! sentence, the right exit status, and an account for every article it has.

mod common;

use common::{Run, article_line, dateline, folder};
use std::fs;

/// The accounts of a run, one JSON object a line.
fn accounts(run: &Run) -> Vec<serde_json::Value> {
    run.stdout.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
}

fn notes(account: &serde_json::Value) -> String {
    account["notes"].to_string()
}

#[test]
fn an_empty_file_has_an_account_without_rows() {
    let folder = folder("empty");
    fs::write(folder.join("empty.txt"), "").unwrap();
    let run = dateline(&folder, &["read", "empty.txt"], b"");
    assert_eq!(run.status, 0, "{}", run.stderr);
    let [account] = &accounts(&run)[..] else { panic!("{}", run.stdout) };
    assert_eq!((account["id"].as_str(), account["text"].as_str()), (Some("empty"), Some("")));
    assert_eq!(account["claims"].as_array().map(Vec::len), Some(0));
    assert!(notes(account).contains("the text is empty"));
    assert!(run.stderr.contains("empty: the text is empty"), "{}", run.stderr);
}

#[test]
fn a_binary_file_is_refused_and_the_others_are_read() {
    let folder = folder("binary");
    fs::write(folder.join("photo.jpg"), b"\xFF\xD8\xFF\xE0\0\x10JFIF\0").unwrap();
    fs::write(folder.join("a.txt"), "The minister resigned.").unwrap();
    let run = dateline(&folder, &["read", "photo.jpg", "a.txt"], b"");
    assert_eq!(run.status, 3);
    assert!(run.stderr.contains("photo.jpg: this is an image, not plain text"), "{}", run.stderr);
    assert!(run.stderr.contains("1 of 2 could not be read"), "{}", run.stderr);
    assert_eq!(accounts(&run)[0]["id"], "a");
}

#[test]
fn text_that_is_not_utf8_is_decoded_and_says_so() {
    let folder = folder("latin");
    fs::write(
        folder.join("a.txt"),
        b"The talks in Z\xFCrich \x93failed\x94 on Monday, the minister said.",
    )
    .unwrap();
    let run = dateline(&folder, &["read", "a.txt"], b"");
    assert_eq!(run.status, 0, "{}", run.stderr);
    let account = &accounts(&run)[0];
    assert_eq!(account["text"], "The talks in Zürich “failed” on Monday, the minister said.");
    assert!(notes(account).contains("windows-1252"));
}

#[test]
fn a_folder_without_articles_and_a_missing_file_are_named_with_the_cure() {
    let folder = folder("missing");
    fs::create_dir(folder.join("news")).unwrap();
    let run = dateline(&folder, &["read", "news", "gone.txt"], b"");
    assert_eq!((run.status, run.stdout.as_str()), (3, ""));
    let none = "news: this folder has no file that by its name is of a known kind (.txt, .text";
    assert!(run.stderr.contains(none), "{}", run.stderr);
    assert!(run.stderr.contains("gone.txt: there is no such file; check"), "{}", run.stderr);
}

#[test]
fn a_broken_line_is_named_and_the_others_are_read() {
    let folder = folder("lines");
    let lines = format!(
        "{}\n{{\"id\": \"b\", \"text\": \"cut o\n{{\"title\": \"no text\"}}\n\n{}\n",
        article_line("a", "The minister resigned."),
        article_line("c", "The president resigned."),
    );
    fs::write(folder.join("articles.jsonl"), &lines).unwrap();
    for (input, name) in [("articles.jsonl", "articles.jsonl"), ("-", "standard input")] {
        let run = dateline(&folder, &["read", input], lines.as_bytes());
        assert_eq!(run.status, 3);
        assert!(
            run.stderr.contains(&format!("{name}, line 2: this is not a record")),
            "{}",
            run.stderr
        );
        assert!(run.stderr.contains(&format!("{name}, line 3: the record has no 'text'")));
        let ids: Vec<_> = accounts(&run).iter().map(|a| a["id"].to_string()).collect();
        assert_eq!(ids, ["\"a\"", "\"c\""]);
    }
}

#[test]
fn a_single_line_of_fifty_megabytes_ends_in_a_clear_result() {
    let folder = folder("long");
    let sentence = "The minister said that the talks would go on. ";
    let text = sentence.repeat((50 << 20) / sentence.len());
    fs::write(folder.join("long.txt"), &text).unwrap();
    let run = dateline(&folder, &["read", "long.txt"], b"");
    assert_eq!(run.status, 3);
    assert!(
        run.stderr.contains("more than the 4.2 MB that one article may have"),
        "{}",
        run.stderr
    );
    let account = &accounts(&run)[0];
    assert_eq!(account["text"].as_str().map(str::len), Some(text.len()));
    assert_eq!(account["sentences"].as_array().map(Vec::len), Some(0));
    let run = dateline(&folder, &["read", "-", "--format", "conllu"], text.as_bytes());
    assert_eq!((run.status, run.stdout.as_str()), (3, "# newdoc id = stdin\n"));
}

#[test]
fn without_a_date_relative_times_stay_relative() {
    let folder = folder("undated");
    let text = b"The minister met reporters on Monday.";
    let account = &accounts(&dateline(&folder, &["read", "-"], text))[0];
    assert!(notes(account).contains("no publication date"), "{account}");
    assert!(account["times"][0]["value"].as_str().unwrap().contains('X'), "{account}");
    let run = dateline(&folder, &["read", "-", "--published", "2024-05-08"], text);
    assert_eq!(accounts(&run)[0]["times"][0]["value"], "2024-05-06");
}

#[test]
fn an_article_with_an_uncertain_date_is_read_without() {
    let line =
        r#"{"id": "a", "text": "The minister met reporters on Monday.", "published": "9/10/24"}"#;
    let run = dateline(&folder("date"), &["read", "-"], line.as_bytes());
    assert_eq!(run.status, 0, "{}", run.stderr);
    let account = &accounts(&run)[0];
    assert_eq!(account["published"], serde_json::Value::Null);
    assert!(notes(account).contains("'9/10/24' is no certain day"), "{account}");
}

#[test]
fn a_french_article_is_reported_and_not_read() {
    let text = "Le ministère des Affaires étrangères a déclaré mardi que les pourparlers \
                reprendraient la semaine prochaine à Genève.";
    let run = dateline(&folder("french"), &["read", "-"], text.as_bytes());
    assert_eq!(run.status, 0, "{}", run.stderr);
    let account = &accounts(&run)[0];
    assert_eq!(account["language"], "fr");
    assert_eq!(account["sentences"].as_array().map(Vec::len), Some(0));
    assert!(run.stderr.contains("stdin: the text is in 'fr', not English"), "{}", run.stderr);
}

#[test]
fn a_wrong_command_line_reads_nothing() {
    let folder = folder("usage");
    for (args, reason) in [
        (&["read", "-", "--published", "soon"][..], "not a day like 2018-12-20"),
        (&["read", "-", "--format", "xml"], "[possible values: pretty"),
        (&["read", "-", "--threads", "0"], "--threads"),
        (&["read", "a.txt", "b.txt", "--id", "x"], "--id says something of one article"),
        (&["read", "-", "--lexicon", "nowhere"], "there is no such folder"),
        (&["raed"], "read"),
    ] {
        let run = dateline(&folder, args, b"Talks resumed.");
        assert_eq!((run.status, run.stdout.as_str()), (2, ""), "{args:?}");
        assert!(run.stderr.contains(reason), "{args:?}: {}", run.stderr);
    }
}

#[test]
fn a_mistake_in_a_lexicon_is_named_by_file_and_line() {
    let folder = folder("lexicon");
    let name = dateline::Lexicons::names().next().expect("a built-in lexicon");
    fs::create_dir(folder.join("mine")).unwrap();
    fs::write(folder.join("mine").join(name), "# mine\nnonsense\n").unwrap();
    let run = dateline(&folder, &["read", "-", "--lexicon", "mine"], b"Talks resumed.");
    assert_eq!((run.status, run.stdout.as_str()), (2, ""));
    assert!(run.stderr.contains(&format!("{name}, line 2: ")), "{}", run.stderr);
}

#[test]
fn a_model_that_is_none_is_named_with_the_cure_and_nothing_is_read() {
    let folder = folder("model");
    fs::write(folder.join("a.txt"), "The minister resigned.").unwrap();
    fs::write(folder.join("photo.jpg"), b"\xFF\xD8\xFF\xE0\0\x10JFIF\0").unwrap();
    fs::write(folder.join("cut.bin"), b"DATELINE\x01\0\0\0").unwrap();
    fs::write(folder.join("old.bin"), b"DATELINE\x07\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0").unwrap();
    fs::create_dir(folder.join("models")).unwrap();
    for (model, message) in [
        ("Swift", "Swift: there is no such file; check the path, or take one of the built-in"),
        ("models", "models: this is a folder; name the model file in it"),
        ("photo.jpg", "photo.jpg: this is not a dateline model"),
        ("a.txt", "a.txt: this is not a dateline model"),
        ("cut.bin", "cut.bin: the model is damaged (it is cut off); copy or export it again"),
        ("old.bin", "old.bin: the model has format 7, this version of dateline reads format 1;"),
    ] {
        let run = dateline(&folder, &["read", "--model", model, "a.txt"], b"");
        assert_eq!((run.status, run.stdout.as_str()), (2, ""), "{}", run.stderr);
        assert!(run.stderr.contains(message), "{}", run.stderr);
        assert_eq!(run.stderr.lines().count(), 1, "{}", run.stderr);
    }
}

#[test]
fn a_model_in_a_file_reads_as_the_same_one_built_in() {
    let folder = folder("other-model");
    fs::write(folder.join("a.txt"), "The minister said that talks had failed.").unwrap();
    let swift = concat!(env!("CARGO_MANIFEST_DIR"), "/../syntax/model/swift.bin");
    let read = |model| dateline(&folder, &["read", "--model", model, "a.txt"], b"");
    let (named, opened) = (read("swift"), read(swift));
    assert_eq!((named.status, opened.status), (0, 0), "{}{}", named.stderr, opened.stderr);
    assert_eq!(named.stdout, opened.stdout);
}
