//! What holds for any bytes whatever: no panic, text untouched, every line of
//! JSONL an article or an error that names it.

use dateline_intake::{Defaults, Input, decode, language, published};
use proptest::prelude::*;
use std::path::Path;

/// The outcome of reading a file of these bytes.
fn read(name: &str, bytes: &[u8]) -> Vec<Result<String, String>> {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::write(&path, bytes).expect("a file for the test");
    let articles = Input::from(path).open(Defaults::default());
    articles.map(|a| a.map(|r| r.article.text).map_err(|e| e.to_string())).collect()
}

proptest! {
    #[test]
    fn any_bytes_are_decoded_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let _ = decode(bytes.clone());
        prop_assert_eq!(read("any.txt", &bytes).len(), 1);
        prop_assert_eq!(read("any", &bytes).is_empty(), false);
        let _ = read("any.jsonl", &bytes);
        let _ = read("any.json", &bytes);
    }

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
