//! The bytes of one article that somebody sent, over a network or out of a box
//! to paste into: a page or a plain text, and nothing else.

use crate::draft::{Page, made_of_page, plain};
use crate::error::Problem;
use crate::format::starts_as_page;
use crate::{Format, Options, Record, http};

/// The article of some bytes: of a page the main text with what the page says
/// of it, else the bytes as a text.
///
/// `format` says what they are, [`Format::Html`] or [`Format::Text`]; without,
/// or for any other, the first tag tells. `charset` is the encoding that came
/// with a page, by its label. Nothing is unpacked, so that what is made is not
/// larger than what was sent.
///
/// ```
/// use dateline_intake::{Options, sent};
/// let record = sent(b"Talks went on.".to_vec(), None, None, &Options::default()).unwrap();
/// assert_eq!(record.article.text, "Talks went on.");
/// ```
///
/// # Errors
/// What the bytes are when they are no text, and that a page has no article.
pub fn sent(
    bytes: Vec<u8>,
    format: Option<Format>,
    charset: Option<&str>,
    options: &Options,
) -> Result<Record, Problem> {
    let is_page = match format {
        Some(Format::Html) => true,
        Some(Format::Text) => false,
        _ => starts_as_page(&bytes),
    };
    let id = options.defaults.id.clone().unwrap_or_else(|| "article".to_owned());
    if !is_page {
        return plain(bytes, id, options);
    }
    let page = Page {
        bytes,
        packed: http::Packed::default(),
        charset: charset.map(str::to_owned),
        url: options.defaults.url.clone(),
        id,
    };
    made_of_page(page, options)?.ok_or(Problem::NoMainText)
}

#[cfg(all(test, feature = "html"))]
mod tests {
    use super::*;
    use crate::Defaults;

    const PAGE: &str = "<!DOCTYPE html><html><head><title>Talks open in Oslo - The Courier</title>\
        <meta property='og:title' content='Talks open in Oslo'>\
        <meta property='og:site_name' content='The Courier'>\
        <meta property='article:published_time' content='2024-05-08T09:30:00Z'></head><body>\
        <nav><a href=/>Home</a> <a href=/w>World</a></nav><article><h1>Talks open in Oslo</h1>\
        <p>The two governments opened talks in Oslo on Wednesday, the ministry said, and both \
        sides called the first hours friendly and long overdue.</p><p>A second round is planned \
        for Friday, when the ministers themselves are expected to take part, officials added. \
        Nobody would say what had been agreed so far.</p></article></body></html>";

    fn article(text: &[u8], format: Option<Format>) -> Result<Record, Problem> {
        let defaults = Defaults {
            outlet: Some("Mine".into()),
            published: Some("2024-06-01".into()),
            ..Defaults::default()
        };
        sent(text.to_vec(), format, None, &defaults.into())
    }

    #[test]
    fn a_page_says_of_itself_what_it_is() {
        for format in [None, Some(Format::Html)] {
            let Record { article, origin, .. } = article(PAGE.as_bytes(), format).unwrap();
            assert!(article.text.starts_with("The two governments"), "{}", article.text);
            assert_eq!(article.title.as_deref(), Some("Talks open in Oslo"));
            assert_eq!(article.outlet.as_deref(), Some("The Courier"));
            assert!(article.published.unwrap().starts_with("2024-05-08"));
            assert_eq!(origin.len(), 1);
        }
        let plain = article(PAGE.as_bytes(), Some(Format::Text)).unwrap();
        assert_eq!(plain.article.text, PAGE);
    }

    #[test]
    fn a_text_is_a_text() {
        for text in ["Talks went on.", "<Applause>, he said.", "{\"text\": \"a\"}", "text,id\na,b"]
        {
            let Record { article, origin, .. } = article(text.as_bytes(), None).unwrap();
            assert_eq!((article.text.as_str(), origin.len()), (text, 0));
            assert_eq!(article.outlet.as_deref(), Some("Mine"));
        }
        assert!(matches!(article(b"%PDF-1.7", None), Err(Problem::NotText(_))));
        assert!(matches!(article(b"\x1f\x8b\x08packed", None), Err(Problem::NotText(_))));
        assert!(matches!(article(b"<html><p>Short.", None), Err(Problem::NoMainText)));
    }

    #[test]
    fn a_label_says_how_a_page_is_encoded() {
        let page = PAGE.replace("friendly", "fri\u{e9}ndly");
        let bytes: Vec<u8> = page.chars().map(|c| c as u8).collect();
        let record = sent(bytes, None, Some("iso-8859-1"), &Options::default()).unwrap();
        assert!(record.article.text.contains("fri\u{e9}ndly"));
    }
}
