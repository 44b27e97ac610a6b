//! Ten news pages, written for this test with the clutter that pages have
//! (menus, cookie banners, boxes for newsletters and related articles, comments,
//! advertising), and what is to come of each: `pages/NAME.txt` is its main text,
//! `pages.tsv` what it says about it.

use dateline_intake::{Defaults, Input, Record};
use std::fs;
use std::path::{Path, PathBuf};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pages")
}

fn article(name: &str) -> Record {
    let path = folder().join(format!("{name}.html"));
    let mut records: Vec<_> = Input::from(path).open(Defaults::default()).collect();
    assert_eq!(records.len(), 1);
    records.remove(0).unwrap_or_else(|error| panic!("{error}"))
}

/// Name, and the cells behind it.
fn pages() -> Vec<(String, Vec<String>)> {
    let table = fs::read_to_string(folder().join("pages.tsv")).unwrap();
    let row = |line: &str| {
        let mut cells = line.split('\t').map(str::to_owned);
        (cells.next().unwrap(), cells.collect())
    };
    table.lines().skip(1).map(row).collect()
}

#[test]
fn the_main_text_is_found_with_quotations_and_captions_in_order() {
    let (mut wrong, mut words) = (Vec::new(), 0);
    for (name, _) in pages() {
        let wanted = fs::read_to_string(folder().join(format!("{name}.txt"))).unwrap();
        let got = article(&name).article.text;
        words += wanted.split_whitespace().count();
        let (got, wanted) = (paragraphs(&got), paragraphs(&wanted));
        let missed = wanted.iter().filter(|paragraph| !got.contains(paragraph));
        wrong.extend(missed.map(|paragraph| format!("{name}: missed: {paragraph}")));
        let added = got.iter().filter(|paragraph| !wanted.contains(paragraph));
        wrong.extend(added.map(|paragraph| format!("{name}: added: {paragraph}")));
        let common: Vec<_> = got.iter().filter(|paragraph| wanted.contains(paragraph)).collect();
        let order: Vec<_> = wanted.iter().filter(|paragraph| got.contains(paragraph)).collect();
        assert_eq!(common, order, "{name}");
    }
    assert!(words > 1500);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn paragraphs(text: &str) -> Vec<&str> {
    text.split("\n\n").map(str::trim).filter(|paragraph| !paragraph.is_empty()).collect()
}

#[test]
fn headline_outlet_day_and_authors_are_found() {
    for (name, cells) in pages() {
        let [title, outlet, published, byline] = &cells[..] else { panic!("{name}") };
        let Record { article, origin, notes } = article(&name);
        assert_eq!(article.title.as_deref(), Some(title.as_str()), "{name}");
        let day = article.published.as_deref().map(|day| &day[..10]);
        assert_eq!(day.unwrap_or(""), published, "{name}");
        assert_eq!(article.byline.join("; "), *byline, "{name}");
        assert_eq!(article.outlet.as_deref().unwrap_or(""), outlet, "{name}");
        assert!(origin[0].contains("taken out of its tags") && notes.is_empty(), "{name}");
    }
}
