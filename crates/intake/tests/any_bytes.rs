//! What holds for any bytes whatever: no panic, no end of it, text untouched,
//! every line of JSONL an article or an error that names it.

use dateline_intake::{Defaults, Format, Input, Options, decode, language, published};
use proptest::prelude::*;
use std::path::Path;

/// The outcome of reading a file of these bytes.
fn read_as(name: &str, bytes: &[u8], options: Options) -> Vec<Result<String, String>> {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::write(&path, bytes).expect("a file for the test");
    let articles = Input::from(path).open(options);
    articles.map(|a| a.map(|r| r.article.text).map_err(|e| e.to_string())).collect()
}

fn read(name: &str, bytes: &[u8]) -> Vec<Result<String, String>> {
    read_as(name, bytes, Options::default())
}

/// Reads bytes as if they were of each format.
fn read_as_all(name: &str, bytes: &[u8]) {
    for format in Format::ALL {
        let columns = "text=a,title=title".parse().expect("columns");
        let options = Options { format: Some(format), columns, defaults: Defaults::default() };
        let _ = read_as(name, bytes, options);
    }
}

/// Bytes that are somewhat like those of each format.
fn likely() -> impl Strategy<Value = Vec<u8>> {
    const PARTS: &[&str] = &[
        "<p>",
        "</p>",
        "<div class=\"a\">",
        "</div>",
        "<blockquote>",
        "<table><tr><td>",
        "<b>",
        "<!--",
        "-->",
        "<![CDATA[",
        "]]>",
        "<script>",
        "</script>",
        "<title>",
        "&amp;",
        "&#x41;",
        "&",
        "<",
        ">",
        "\"",
        "'",
        "=",
        "<item>",
        "</item>",
        "<entry>",
        "<description>",
        "<content type=\"xhtml\">",
        "<link href='http://a.b/2024/05/08/c'/>",
        "<rss>",
        "<html>",
        "<a href=x>",
        "<ul><li>",
        "<form>",
        "<br>",
        "<br><br>",
        "<img src=a>",
        "<time>",
        "<q>",
        "WARC/1.0\r\n",
        "Content-Length: 40\r\n",
        "WARC-Type: response\r\n",
        "\r\n\r\n",
        "\n",
        "Content-Type: application/http\r\n",
        "HTTP/1.1 200 OK\r\n",
        "Content-Type: text/html\r\n",
        "Transfer-Encoding: chunked\r\n\r\n5\r\n",
        "Content-Encoding: gzip\r\n",
        "{\"text\": \"",
        "\"}",
        "[",
        "a,title\n",
        "\t",
        ";",
        "The talks opened in Geneva on Monday, he said. ",
        "\u{FEFF}",
        "é",
        "\u{1F}\u{8B}\u{8}",
        "\0",
    ];
    let part = prop_oneof![
        9 => prop::sample::select(PARTS).prop_map(|part| part.as_bytes().to_vec()),
        1 => prop::collection::vec(any::<u8>(), 0..6),
    ];
    prop::collection::vec(part, 0..60).prop_map(|parts| parts.concat())
}

proptest! {
    // each case reads a file as everything that it could be
    #![proptest_config(ProptestConfig::with_cases(80))]

    #[test]
    fn any_bytes_are_decoded_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let _ = decode(bytes.clone());
        prop_assert_eq!(read("any.txt", &bytes).len(), 1);
        prop_assert_eq!(read("any", &bytes).is_empty(), false);
        let _ = read("any.jsonl", &bytes);
        let _ = read("any.json", &bytes);
        read_as_all("any.bin", &bytes);
    }

    #[test]
    fn likely_bytes_are_read_or_refused(bytes in likely()) {
        let _ = read("likely", &bytes);
        read_as_all("likely.bin", &bytes);
    }

    #[test]
    fn damaged_packing_is_told(
        bytes in likely(), at in any::<prop::sample::Index>(), flip in 1u8.., cut in any::<bool>()
    ) {
        use std::io::Write;
        let level = flate2::Compression::default();
        let mut gzip = flate2::write::GzEncoder::new(Vec::new(), level);
        gzip.write_all(&bytes).expect("memory");
        let zstd = ruzstd::encoding::CompressionLevel::Fastest;
        for mut packed in
            [gzip.finish().expect("memory"), ruzstd::encoding::compress_to_vec(&bytes[..], zstd)]
        {
            let at = at.index(packed.len());
            if cut { packed.truncate(at) } else { packed[at] ^= flip }
            read_as_all("packed.bin", &packed);
        }
    }
}

proptest! {
    #[test]
    fn text_is_not_touched(text in "[^\u{0}-\u{8}\u{E}-\u{1F}\u{FEFF}]{0,200}") {
        // Files that begin like another format are refused, not read.
        if let Ok(decoded) = decode(text.clone().into_bytes()) {
            prop_assert_eq!(decoded.text, text);
            prop_assert_eq!(decoded.note, None);
        }
    }

    #[test]
    fn every_line_is_an_article_or_an_error_that_names_it(
        texts in prop::collection::vec(prop::option::of("\\PC{0,30}"), 1..12)
    ) {
        let line = |text: &Option<String>| match text {
            Some(text) => serde_json::json!({ "text": text }).to_string(),
            None => "{\"text\": broken".to_owned(),
        };
        let lines: Vec<String> = texts.iter().map(line).collect();
        let got = read("lines.jsonl", lines.join("\n").as_bytes());
        prop_assert_eq!(got.len(), texts.len());
        for (at, (got, text)) in got.iter().zip(&texts).enumerate() {
            match (got, text) {
                (Ok(got), Some(text)) => prop_assert_eq!(got, text),
                (Err(error), None) => {
                    let named = format!("line {}:", at + 1);
                    prop_assert!(error.contains(&named), "{}", error);
                }
                other => prop_assert!(false, "{:?}", other),
            }
        }
    }

    #[test]
    fn any_text_has_a_language_and_any_date_an_answer(text in "\\PC{0,3000}", date in "\\PC{0,20}") {
        prop_assert!(matches!(language(&text).len(), 2 | 3));
        if let Some(day) = published(&date) {
            prop_assert_eq!(published(&day), Some(day));
        }
    }
}
