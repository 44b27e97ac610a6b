//! Words a second of the network's parts on one thread, and at the end a table
//! with their multiply-adds a word and their share of the machine's peak.
//! `DATELINE_TEXT=FILE` reads a text of your own instead of the built-in one,
//! which is small, so that all of its types are known after the first round.

use dateline_syntax::measure::{Bench, PARTS, Part};
use divan::{Bencher, counter::ItemsCount};
use std::sync::LazyLock;
use std::time::Instant;

/// Some paragraphs of agency prose about made-up affairs.
const ARTICLE: &str = include_str!("article.txt");

static TEXT: LazyLock<String> = LazyLock::new(|| {
    std::env::var("DATELINE_TEXT")
        .ok()
        .and_then(|path| std::fs::read_to_string(path).ok())
        .unwrap_or_else(|| ARTICLE.repeat(8))
});

fn bench() -> Bench<'static> {
    Bench::new(&TEXT).expect("the built-in model loads")
}

#[divan::bench(args = PARTS, sample_count = 10, sample_size = 1)]
fn part(bencher: Bencher<'_, '_>, part: Part) {
    let mut bench = bench();
    let words = bench.words();
    bencher.counter(ItemsCount::new(words)).bench_local(|| bench.run(part));
}

fn main() {
    divan::main();
    let peak = dateline_bench::peak();
    let mut bench = bench();
    println!("\none thread, {} words; measured peak {peak:.1} G multiply-adds/s", bench.words());
    println!(
        "{:<12} {:>12} {:>14} {:>9} {:>6}",
        "part", "words/s", "mult-adds/word", "G/s", "peak"
    );
    for part in PARTS {
        let mut best = f64::INFINITY;
        for _ in 0..7 {
            let start = Instant::now();
            bench.run(part);
            best = best.min(start.elapsed().as_secs_f64());
        }
        let speed = bench.words() as f64 / best;
        let adds = bench.multiply_adds(part);
        if part == Part::NewTypes {
            // Its products are counted by the type, not by the word.
            println!("{:<12} {speed:>12.0} {:>14}", format!("{part:?}"), format!("{adds}/type"));
            continue;
        }
        let rate = speed * adds as f64 / 1e9;
        println!(
            "{:<12} {speed:>12.0} {adds:>14} {rate:>9.1} {:>5.0}%",
            format!("{part:?}"),
            rate / peak * 100.0
        );
    }
}
