//! The command's manners: order, streams, layouts, colours, pipes.

mod common;

use common::{article_line, command, dateline, finish, folder};
use std::io::{BufRead, BufReader, Read, Write};

fn examples() -> String {
    concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples/articles.jsonl").to_owned()
}

#[test]
fn accounts_come_in_order_and_the_same_for_any_number_of_threads() {
    let folder = folder("order");
    let lines: String = (0..60)
        .map(|n| {
            let text =
                "The minister said on Monday that talks would resume. ".repeat(1 + n * 7 % 23);
            article_line(&format!("a{n}"), &text) + "\n"
        })
        .collect();
    let run = |threads: &str, format: &str| {
        let args = ["read", "-", "--tokens", "--threads", threads, "--format", format];
        dateline(&folder, &args, lines.as_bytes())
    };
    let one = run("1", "jsonl");
    let ids: Vec<String> = one
        .stdout
        .lines()
        .map(|line| serde_json::from_str::<dateline::Account>(line).expect("an account").id)
        .collect();
    assert_eq!(ids, (0..60).map(|n| format!("a{n}")).collect::<Vec<_>>());
    for format in ["jsonl", "json", "conllu", "pretty"] {
        assert_eq!(run("1", format).stdout, run("4", format).stdout, "{format}");
    }
}

#[test]
fn an_article_is_written_before_the_next_one_arrives() {
    let mut child = command(&folder("stream"), &["read", "-"]).spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let mut stdout = BufReader::new(child.stdout.take().unwrap());
    for id in ["a", "b"] {
        writeln!(stdin, "{}", article_line(id, "The minister resigned.")).unwrap();
        let mut line = String::new();
        stdout.read_line(&mut line).unwrap();
        assert!(line.contains(&format!("\"id\":\"{id}\"")), "{line}");
    }
    drop(stdin);
    assert!(child.wait().unwrap().success());
}

#[test]
fn a_closed_pipe_ends_it_quietly() {
    let mut child = command(&folder("pipe"), &["read", "-"]).spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    drop(child.stdout.take());
    let line = article_line("a", &"The minister resigned. ".repeat(50)) + "\n";
    // Standard input stays open: the command must not wait for more of it.
    let _ = stdin.write_all(line.repeat(20).as_bytes());
    let mut complaint = String::new();
    child.stderr.take().unwrap().read_to_string(&mut complaint).unwrap();
    assert_eq!((child.wait().unwrap().code(), complaint.as_str()), (Some(0), ""));
}

#[test]
fn every_layout_holds_the_examples() {
    let folder = folder("layouts");
    let of =
        |format: &str| dateline(&folder, &["read", &examples(), "--format", format], b"").stdout;
    let lines = of("jsonl");
    let accounts: Vec<dateline::Account> =
        lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(accounts.len(), 3);
    for account in &accounts {
        account.check().unwrap();
        assert!(account.tokens.is_none());
        assert_eq!(account.outlet.as_deref(), Some("Example Wire"));
    }
    let indented: Vec<dateline::Account> = serde_json::Deserializer::from_str(&of("json"))
        .into_iter()
        .collect::<Result<_, _>>()
        .unwrap();
    assert_eq!(indented, accounts);
    let trees = of("conllu");
    for account in &accounts {
        assert!(trees.contains(&format!("# newdoc id = {}\n", account.id)));
    }
    let rows = trees.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    assert!(rows.clone().count() > 1000);
    assert!(rows.clone().all(|row| row.split('\t').count() == 10));
    let page = of("pretty");
    for heading in ["SAID", "DONE", "WHEN", "WHERE", "WHO", "TEXT"] {
        assert_eq!(page.lines().filter(|line| line.starts_with(heading)).count(), 3, "{heading}");
    }
    // What dateline wrote, dateline reads.
    assert_eq!(dateline(&folder, &["read", "-"], lines.as_bytes()).stdout, lines);
}

#[test]
fn tokens_are_written_when_asked_for() {
    let run = dateline(&folder("tokens"), &["read", "-", "--tokens"], b"They didn't agree.");
    let account: dateline::Account = serde_json::from_str(&run.stdout).unwrap();
    let tokens = account.tokens.expect("tokens");
    assert_eq!(tokens.len(), 5, "{tokens:?}");
    assert_eq!((tokens[2].start, tokens[2].end), (8, 11));
}

#[test]
fn colours_and_width_are_the_readers_choice() {
    let folder = folder("colours");
    let page = |args: &[&str], variables: &[(&str, &str)]| {
        let examples = examples();
        let args = [&["read", examples.as_str(), "--format", "pretty"], args].concat();
        finish(command(&folder, &args).envs(variables.iter().copied()), b"").stdout
    };
    assert!(!page(&[], &[]).contains('\u{1B}'), "no colours in a pipe");
    assert!(page(&["--color", "always"], &[("NO_COLOR", "1")]).contains('\u{1B}'));
    assert!(page(&[], &[("CLICOLOR_FORCE", "1")]).contains('\u{1B}'));
    assert!(!page(&[], &[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")]).contains('\u{1B}'));
    for columns in [60, 120] {
        let page = page(&[], &[("COLUMNS", &columns.to_string())]);
        let widest = page.lines().map(|line| line.chars().count()).max();
        assert!(
            widest.is_some_and(|widest| widest <= columns && widest > columns - 12),
            "{widest:?}"
        );
    }
}

#[test]
fn the_schema_describes_the_account() {
    let run = dateline(&folder("schema"), &["schema"], b"");
    let schema: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    for field in ["schema", "text", "claims", "events", "entities", "times", "places"] {
        assert!(schema["properties"][field].is_object(), "{field}");
    }
    assert_eq!(run.status, 0);
}

#[test]
fn help_teaches() {
    let folder = folder("help");
    let run = dateline(&folder, &["read", "--help"], b"");
    for taught in ["Exit status:", "--published", "NO_COLOR", "256 MB", "jq -r", "conllu"] {
        assert!(run.stdout.contains(taught), "{taught}");
    }
    assert_eq!(dateline(&folder, &[], b"").status, 2);
    assert_eq!(dateline(&folder, &["--version"], b"").status, 0);
}
