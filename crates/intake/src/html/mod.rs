//! An HTML page to its article.
//!
//! The main text is found by dom_smoothie, a port of Mozilla's Readability.
//! What it is given is [tidied](tidy), and what it gives is made plain
//! [text]; what the page says [about] its article is read
//! apart from both.

mod about;
#[cfg(feature = "html")]
mod elements;
mod text;
#[cfg(feature = "html")]
mod tidy;

pub(crate) use about::{About, day_of_address, names};
pub(crate) use text::text;

/// Most bytes of one page.
pub(crate) const MAX_PAGE_BYTES: u64 = 16 << 20;

/// A page's main text, and what stands over it.
#[cfg(feature = "html")]
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Main {
    pub text: String,
    /// The line that names the authors.
    pub byline: Option<String>,
    /// The line that is a day.
    pub day: Option<String>,
    /// Whether the page is so large that its end was left out.
    pub cut: bool,
}

/// The main text of a page; nothing where it has none, as a front page or a
/// page of pictures.
#[cfg(feature = "html")]
pub(crate) fn main_text(page: &str, authors: &[String]) -> Option<Main> {
    use dom_smoothie::{Config, Readability};
    use std::panic::{AssertUnwindSafe, catch_unwind};
    let config = Config {
        disable_json_ld: true,
        // notices of three sentences are articles, too
        char_threshold: 250,
        ..Config::default()
    };
    let tidy::Tidied { html, cut } = tidy::tidy(page);
    // a page without a description gets one at a great cost, and nobody asks for it
    let html = format!("<meta name=\"description\" content=\"none\">{html}");
    // other people's code on anybody's bytes
    let read = move || Readability::new(html, None, Some(config)).ok()?.parse().ok();
    let article = catch_unwind(AssertUnwindSafe(read)).ok().flatten()?;
    let text = tidy::unmask(&text(&article.content));
    let (title, byline) = (tidy::unmask(&article.title), article.byline);
    let byline = byline.map(|byline| tidy::unmask(&byline));
    let main = Main { cut, ..without_head(&text, &title, authors, byline) };
    main.text.split_whitespace().nth(MIN_WORDS).is_some().then_some(main)
}

/// Fewer words are a notice that the page is gone, or a cookie banner.
#[cfg(feature = "html")]
const MIN_WORDS: usize = 15;

/// A text without the headline, the authors and the day that stand over it.
#[cfg(feature = "html")]
fn without_head(text: &str, title: &str, authors: &[String], byline: Option<String>) -> Main {
    let mut main = Main { byline, ..Main::default() };
    let mut rest = text;
    for _ in 0..4 {
        let (line, after) = rest.split_once("\n\n").unwrap_or((rest, ""));
        let short = line.split_whitespace().count() <= 8 && !line.ends_with(['.', '!', '?', ':']);
        let by = |by: &str| line.eq_ignore_ascii_case(by) || line.to_lowercase().starts_with("by ");
        let author = authors.iter().any(|author| line.contains(author.as_str()));
        if short && crate::published(line).is_some() {
            main.day = main.day.or_else(|| crate::published(line));
        } else if short && author {
            // known already
        } else if short && by(main.byline.as_deref().unwrap_or("by")) {
            main.byline = main.byline.or_else(|| Some(line.to_owned()));
        } else if line.is_empty() || !line.eq_ignore_ascii_case(title.trim()) {
            break;
        }
        rest = after;
    }
    rest.clone_into(&mut main.text);
    main
}

#[cfg(all(test, feature = "html"))]
mod tests {
    use super::*;

    #[test]
    fn what_stands_over_a_text_is_no_part_of_it() {
        let text =
            "Talks open\n\nBy A. Roe\n\n8 May 2024\n\nBy noon, all were there.\n\n9 May 2024";
        let main = without_head(text, "Talks open", &[], None);
        assert_eq!(main.text, "By noon, all were there.\n\n9 May 2024");
        assert_eq!(main.byline.as_deref(), Some("By A. Roe"));
        assert_eq!(main.day.as_deref(), Some("2024-05-08"));
        assert_eq!(without_head("Talks.", "", &[], None).text, "Talks.");
        let named = without_head("Ana Roe, Geneva\n\nTalks.", "", &["Ana Roe".into()], None);
        assert_eq!((named.text.as_str(), named.byline), ("Talks.", None));
    }
}
