//! Inputs that are broken, hostile or too large: one clear sentence, and what
//! comes after is read.

use dateline_intake::{Defaults, Input, Record};
use flate2::Compression;
use flate2::write::GzEncoder;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("bad").join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    folder
}

/// The articles of a file or folder, errors without the path before it.
fn read(path: &Path) -> Vec<Result<Record, String>> {
    let told = |error: dateline_intake::IntakeError| {
        let told = error.to_string();
        let short = told.strip_prefix(&path.parent().unwrap().display().to_string());
        short.unwrap_or(&told).trim_start_matches('/').to_owned()
    };
    let articles = Input::from(path.to_owned()).open(Defaults::default());
    articles.map(|article| article.map_err(told)).collect()
}

static COUNT: std::sync::atomic::AtomicUsize = std::sync::atomic::AtomicUsize::new(0);

/// What comes of a file of these bytes.
fn read_bytes(name: &str, bytes: &[u8]) -> Vec<Result<Record, String>> {
    let begun = COUNT.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
    let path = folder(&format!("file-{begun}")).join(name);
    fs::write(&path, bytes).unwrap();
    read(&path)
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn texts(records: &[Result<Record, String>]) -> Vec<&str> {
    records.iter().map(|r| r.as_ref().map_or_else(|e| e.as_str(), |r| &r.article.text)).collect()
}

/// A page of one paragraph.
fn page(text: &str) -> String {
    format!("<!doctype html><html><body><article><p>{text}</p></article></body></html>")
}

const SENTENCE: &str = "The two delegations opened talks on the border in Geneva on Monday, and \
                        both of them said that they would go on for the rest of the week.";

/// A record of a WARC file with an HTTP answer.
fn response(id: u32, text: &str) -> Vec<u8> {
    let page = page(text);
    let http = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{page}");
    format!(
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:{id}>\r\nContent-Type: \
         application/http; msgtype=response\r\nWARC-Target-URI: https://example.org/2024/05/0{id}/a\
         \r\nContent-Length: {}\r\n\r\n{http}\r\n\r\n",
        http.len()
    )
    .into_bytes()
}

#[test]
fn a_truncated_gzip_file_is_told_and_what_came_before_is_read() {
    let lines = (0..4000).map(|n| format!("{{\"text\": \"{n} {SENTENCE}\"}}\n"));
    let mut packed = gzip(lines.collect::<String>().as_bytes());
    packed.truncate(packed.len() / 2);
    let read = read_bytes("cut.jsonl.gz", &packed);
    assert!(read.len() > 100 && read[..read.len() - 1].iter().all(Result::is_ok));
    let told = read.last().unwrap().as_ref().unwrap_err();
    assert!(told.starts_with("cut.jsonl.gz, line "), "{told}");
    assert!(told.ends_with("the compressed data ends in the middle; copy or download it again"));
}

#[test]
fn a_broken_record_of_an_archive_is_told_and_the_others_are_read() {
    let other = b"WARC/1.0\r\nWARC-Type: request\r\nContent-Length: 3\r\n\r\nGET\r\n\r\n".to_vec();
    let long = "WARC/1.0\r\nWARC-Type: response\r\nContent-Length: many\r\n\r\nx\r\n\r\n";
    let noise = b"\xFF\xFEnoise\n\0\0\n".to_vec();
    let parts = [
        response(1, SENTENCE),
        other,
        long.as_bytes().to_vec(),
        response(2, SENTENCE),
        noise.clone(),
        response(3, SENTENCE),
    ];
    let got = read_bytes("a.warc", &parts.concat());
    let told = |at: usize| got[at].as_ref().unwrap_err().as_str();
    assert_eq!(got.len(), 5, "{got:?}");
    assert_eq!(
        told(1),
        "a.warc, record 3: the record does not say how long it is; it was left out, reading went \
         on at the next record"
    );
    assert!(told(3).starts_with("a.warc, record 5: this is no WARC record; it was left out"));
    for (at, id) in [(0, "1"), (2, "2"), (4, "3")] {
        let article = &got[at].as_ref().unwrap().article;
        assert_eq!((article.id.as_str(), article.text.as_str()), (id, SENTENCE));
        assert_eq!(article.published.as_deref(), Some(format!("2024-05-0{id}").as_str()));
    }

    // packed a record at a time, as CC-NEWS is
    let mut damaged = gzip(&response(2, &SENTENCE.repeat(40)));
    let at = damaged.len() / 2;
    damaged[at] ^= 0xFF;
    let packed = [gzip(&response(1, SENTENCE)), damaged, gzip(&response(3, SENTENCE))].concat();
    let got = read_bytes("a.warc.gz", &packed);
    assert_eq!(got.len(), 3, "{got:?}");
    let told = got[1].as_ref().unwrap_err();
    assert!(told.starts_with("a.warc.gz, record 2: "), "{told}");
    assert!(told.ends_with("reading went on at the next record"), "{told}");
    assert_eq!(got[2].as_ref().unwrap().article.id, "3");

    // cut off
    let mut cut = [response(1, SENTENCE), response(2, SENTENCE)].concat();
    cut.truncate(cut.len() - 50);
    let got = read_bytes("cut.warc", &cut);
    assert_eq!(got.len(), 2);
    assert!(got[1].as_ref().unwrap_err().contains("ends in the middle of the record"));
}

#[test]
fn hostile_pages_end_soon_and_keep_their_text() {
    let deep = |tag: &str| format!("{}<p>{SENTENCE}</p>", tag.repeat(100_000));
    let mut pages: Vec<(String, String)> = [
        "<div>",
        "<b>",
        "<b id=a>",
        "<span class=x>",
        "<table><tr><td>",
        "<ul><li>",
        "<p>",
        "<a href=x>",
        "<blockquote>",
        "<form>",
        "<select>",
        "<x-y>",
        "<font><p>",
        "</p>",
        "<i><table>",
    ]
    .map(|tag| (tag.to_owned(), deep(tag)))
    .to_vec();
    let attributes = format!("<p {}>{SENTENCE}</p>", "a b='c' d=\"e\" ".repeat(100_000));
    pages.push(("attributes".to_owned(), attributes));
    let names = (0..100_000).map(|n| format!("a{n} ")).collect::<String>();
    pages.push(("names".to_owned(), format!("<p {names}>{SENTENCE}</p>")));
    pages.push(("flat".to_owned(), format!("<p>{SENTENCE}</p>").repeat(20_000)));
    pages.push(("lines".to_owned(), format!("<p>{SENTENCE}</p>") + &"a<br>".repeat(200_000)));
    pages.push(("breaks".to_owned(), format!("<p>{SENTENCE}</p>") + &"<br>".repeat(200_000)));
    pages.push(("entities".to_owned(), format!("<p>{SENTENCE}{}</p>", "&amp".repeat(600_000))));
    pages.push((
        "open".to_owned(),
        format!("<p>{SENTENCE}</p>{}", "<a b=\"<!--<![CDATA[".repeat(50_000)),
    ));
    let formats = (0..20_000).map(|n| format!("<p><b id={n}>x")).collect::<String>();
    pages.push(("formats".to_owned(), format!("<p>{SENTENCE}</p>{formats}")));
    let mut slow = Vec::new();
    for (name, page) in pages {
        let begun = Instant::now();
        let got = read_bytes("page.html", format!("<!doctype html>{page}").as_bytes());
        let took = begun.elapsed();
        assert_eq!(got.len(), 1, "{name}");
        let told = texts(&got)[0].chars().take(200).collect::<String>();
        println!("{name}: {took:?}: {told}");
        if took > Duration::from_secs(20) {
            slow.push(format!("{name}: {took:?}"));
        }
    }
    for (name, inner) in [
        ("feed of tags", "<a>".repeat(100_000)),
        ("feed of entries", "<item>".repeat(100_000)),
        ("feed of images", "<image>".repeat(100_000)),
        ("feed of fields", "<item><title>a".repeat(50_000)),
        ("feed of ampersands", "&".repeat(600_000)),
    ] {
        let feed = format!("<rss>{inner}<item><description>{SENTENCE}</description></item></rss>");
        let begun = Instant::now();
        let got = read_bytes("a.xml", feed.as_bytes());
        let took = begun.elapsed();
        println!("{name}: {took:?}: {} articles", got.len());
        if took > Duration::from_secs(20) {
            slow.push(format!("{name}: {took:?}"));
        }
    }
    assert!(slow.is_empty(), "{slow:?}");
    let got = read_bytes("deep.html", deep("<div>").as_bytes());
    assert_eq!(texts(&got), [SENTENCE]);
}

#[test]
fn what_is_too_large_is_told_or_read_slowly() {
    let line = "The talks opened in Geneva. ".repeat(100 << 20 >> 5);
    let got = read_bytes("long.html", format!("<p>{line}").as_bytes());
    let limit = "long.html: more than 16 MB in one page, which is the limit; save the article's \
                 text alone";
    assert_eq!(texts(&got), [limit]);
    let got = read_bytes("bomb.html.gz", &gzip(format!("<p>{line}").as_bytes()));
    assert!(texts(&got)[0].contains("more than 16 MB in one page"));
    let got = read_bytes("long.csv", format!("id,text\n1,{line}\n2,b\n").as_bytes());
    assert_eq!(got.len(), 2);
    assert_eq!(texts(&got)[1], "b");
    let feed = format!("<rss><item><description>{line}</description></item></rss>");
    let got = read_bytes("long.xml", feed.as_bytes());
    assert!(texts(&got)[0].contains("more than 64 MB in one feed"));
    let mut bomb = response(1, SENTENCE);
    let page = gzip(line.as_bytes());
    let http = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\n\r\n";
    let head = format!(
        "WARC/1.0\r\nWARC-Type: response\r\nContent-Type: application/http\r\nContent-Length: \
         {}\r\n\r\n{http}",
        http.len() + page.len()
    );
    let packed = [head.into_bytes(), page, b"\r\n\r\n".to_vec()].concat();
    bomb.splice(0..0, packed);
    let got = read_bytes("bomb.warc.gz", &gzip(&bomb));
    assert!(texts(&got)[0].contains("more than 16 MB in one page"), "{got:?}");
    assert_eq!(texts(&got)[1], SENTENCE);
}

#[test]
fn folders_are_read_in_order_and_without_what_is_no_article() {
    let folder = folder("news");
    fs::create_dir_all(folder.join("b/c")).unwrap();
    fs::create_dir(folder.join("empty")).unwrap();
    fs::write(folder.join("b/c/page.html"), page(SENTENCE)).unwrap();
    fs::write(folder.join("b/a.txt"), SENTENCE).unwrap();
    fs::write(folder.join("a.txt"), SENTENCE).unwrap();
    fs::write(folder.join(".hidden.txt"), SENTENCE).unwrap();
    fs::write(folder.join("photo.jpg"), b"\xFF\xD8\xFF").unwrap();
    fs::write(folder.join("c.txt"), b"\x89PNG\0\0").unwrap();
    fs::write(
        folder.join("d.txt"),
        "Le ministre a déclaré mardi que les pourparlers entre les \
        deux pays reprendraient la semaine prochaine à Genève, après une pause de deux mois.",
    )
    .unwrap();
    fs::write(folder.join("e.html"), "<!doctype html><ul><li><a href=a>Front page</a></ul>")
        .unwrap();
    let got = read(&folder);
    let ids: Vec<_> = got.iter().map(|r| r.as_ref().map_or("", |r| &r.article.id)).collect();
    assert_eq!(ids, ["a", "b/a", "b/c/page", ""]);
    let told = got[3].as_ref().unwrap_err();
    assert_eq!(told, "news/c.txt: this is an image, not plain text; give the article's text");

    let none = read(&folder.join("empty"));
    let told = none[0].as_ref().unwrap_err();
    assert!(told.starts_with("empty: this folder has no file that by its name is of a known kind"));
    let named = read(&folder.join("e.html"));
    assert!(texts(&named)[0].starts_with("e.html: no article was found in this page"));
}

#[test]
fn a_binary_file_and_an_empty_one() {
    let noise: Vec<u8> =
        (0..9000u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
    let got = read_bytes("noise", &noise);
    assert!(texts(&got)[0].starts_with("noise: this is binary data, not plain text"), "{got:?}");
    for name in ["a.txt", "a.html", "a.csv", "a.xml", "a.warc", "a.jsonl", "a.txt.gz"] {
        let got = read_bytes(name, b"");
        println!("{name}: {:?}", texts(&got));
        assert!(got.len() <= 1);
    }
    assert_eq!(texts(&read_bytes("a.txt", b"")), [""]);
    assert!(texts(&read_bytes("a.csv", b""))[0].contains("the table has no column 'text'"));
    assert!(texts(&read_bytes("a.xml", b""))[0].contains("this feed has no entries"));
}
