//! Words a second of the rooms `when` and `places`, apart and together, beside
//! those of the network, on one thread: the two are to be at least ten times
//! as fast, so that they never matter. `DATELINE_TEXT=FILE` reads a text of
//! your own.

use dateline_account::Article;
use dateline_bench::{best, text};
use dateline_lexicon::Lexicons;
use dateline_places::PlaceReader;
use dateline_syntax::Model;
use dateline_when::TimeReader;
use std::hint::black_box;

fn main() {
    let text = text();
    let lexicons = &Lexicons::embedded();
    let model = Model::swift().expect("the built-in model loads");
    let times = TimeReader::new(lexicons).expect("the built-in lexicons load");
    let places = PlaceReader::new(lexicons).expect("the built-in lexicons load");
    let article = Article::new("bench", text.as_str());
    let day = "2024-05-08".parse().ok();
    let doc = model.read(&text);
    let words = doc.tokens.len();
    let rows = (times.read(&doc, day).len(), places.read(&doc, &article).len());
    println!("one thread, {words} words, {} times, {} places", rows.0, rows.1);
    let network = best(|| drop(black_box(model.read(&text))));
    let when = best(|| drop(black_box(times.read(&doc, day))));
    let places = best(|| drop(black_box(places.read(&doc, &article))));
    println!("{:<14} {:>12} {:>8} {:>14}", "", "words/s", "us/word", "times network");
    let rows =
        [("network", network), ("when", when), ("places", places), ("both rooms", when + places)];
    for (name, seconds) in rows {
        let speed = words as f64 / seconds;
        println!("{name:<14} {speed:>12.0} {:>8.3} {:>14.1}", 1e6 / speed, network / seconds);
    }
}
