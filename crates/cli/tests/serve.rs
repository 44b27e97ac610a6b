//! `dateline serve`: what it refuses, and that it serves and ends.

#![cfg(feature = "serve")]

mod common;

use common::{article_line, command, dateline, folder};
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;

#[test]
fn what_is_unsafe_or_wrong_is_refused() {
    let folder = folder("serve-refused");
    let line = article_line("a1", "The mayor said on Monday that the bridge was open again.");
    assert_eq!(dateline(&folder, &["add", "--store", "n.db", "-"], line.as_bytes()).status, 0);
    fs::write(folder.join("none.txt"), "no store").unwrap();
    fs::write(folder.join("short.txt"), "secret\n").unwrap();
    for (args, status, told) in [
        (&["--store", "n.db", "--listen", "0.0.0.0:0"][..], 2, "--token-file"),
        (&["--store", "n.db", "--listen", "[::]:0"], 2, "--token-file"),
        (&["--store", "n.db", "--token-file", "short.txt"], 2, "at least 16"),
        (&["--store", "n.db", "--token-file", "missing.txt"], 2, "missing.txt"),
        (&["--store", "n.db", "--token", "two words and more"], 2, "without spaces"),
        (&["--store", "n.db", "--lexicon", "missing"], 2, "no such folder"),
        (&["--store", "missing.db"], 5, "no such store"),
        (&["--store", "none.txt"], 5, "not a store"),
    ] {
        let run = dateline(&folder, &[&["serve"], args].concat(), b"");
        assert_eq!(run.status, status, "{args:?}: {}", run.stderr);
        assert!(run.stderr.contains(told), "{args:?}: {}", run.stderr);
    }
}

#[cfg(unix)]
#[test]
fn it_serves_writes_a_line_a_request_and_ends_when_it_is_told_to() {
    let folder = folder("serve");
    let line = article_line("a1", "The mayor said on Monday that the bridge was open again.");
    assert_eq!(dateline(&folder, &["add", "--store", "n.db", "-"], line.as_bytes()).status, 0);
    let args = ["serve", "--store", "n.db", "--listen", "127.0.0.1:0"];
    let mut server = command(&folder, &args).spawn().unwrap();
    let mut told = BufReader::new(server.stderr.take().unwrap());
    let mut line = String::new();
    told.read_line(&mut line).unwrap();
    let address = line.split("http://").nth(1).unwrap().trim().trim_end_matches('/').to_owned();
    let mut client = TcpStream::connect(&address).unwrap();
    let request =
        format!("GET /api/v1/store?x HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n");
    client.write_all(request.as_bytes()).unwrap();
    let mut answer = String::new();
    client.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 400"), "{answer}");
    line.clear();
    told.read_line(&mut line).unwrap();
    let log: serde_json::Value = serde_json::from_str(&line).unwrap();
    assert_eq!((&log["path"], &log["status"]), (&"/api/v1/store".into(), &400.into()), "{log}");
    assert!(answer.contains(log["request"].as_str().unwrap()), "{answer}");
    let id = server.id().to_string();
    std::process::Command::new("kill").args(["-TERM", &id]).status().unwrap();
    assert_eq!(server.wait().unwrap().code(), Some(0));
}
