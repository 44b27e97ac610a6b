//! Words a second of the rooms `when` and `places`, apart and together, beside
//! those of the network, on one thread: the two are to be at least ten times
//! as fast, so that they never matter. `DATELINE_TEXT=FILE` reads a text of
//! your own.

use dateline_account::Article;
use dateline_bench::busy;
use dateline_lexicon::Lexicons;
use dateline_places::PlaceReader;
use dateline_syntax::Model;
use dateline_when::TimeReader;
use std::hint::black_box;

/// Some paragraphs of agency prose about made-up affairs.
const ARTICLE: &str = include_str!("article.txt");
/// Seconds that each room runs at least, and rounds.
const LONG: f64 = 1.0;
const ROUNDS: usize = 5;

fn main() {
    let text = std::env::var("DATELINE_TEXT").map(std::fs::read_to_string);
    let text = text.unwrap_or_else(|_| Ok(ARTICLE.repeat(8))).expect("the text is there");
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

/// Seconds of the fastest of some rounds.
fn best(mut run: impl FnMut()) -> f64 {
    let (mut best, mut total, mut rounds) = (f64::INFINITY, 0.0, 0);
    while total < LONG || rounds < ROUNDS {
        let start = busy();
        run();
        let time = busy() - start;
        best = best.min(time);
        total += time;
        rounds += 1;
    }
    best
}
