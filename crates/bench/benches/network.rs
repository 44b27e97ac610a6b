//! Words a second of the network's parts on one thread, their multiply-adds a
//! word, and their share of the machine's peak. `DATELINE_TEXT=FILE` reads a
//! text of your own instead of the built-in one, which is small, so that all of
//! its types are known after the first round.

use dateline_bench::{Peaks, best, text};
use dateline_syntax::measure::{Bench, PARTS, Part};

fn main() {
    let text = text();
    let mut bench = Bench::new(&text).expect("the built-in model loads");
    let peaks = Peaks::measure();
    println!(
        "one thread, {} words; measured peak {:.1} G multiply-adds/s of bytes ({}), {:.1} of f32",
        bench.words(),
        peaks.bytes,
        peaks.unit,
        peaks.floats,
    );
    println!(
        "{:<12} {:>12} {:>8} {:>14} {:>9} {:>6}",
        "part", "words/s", "us/word", "mult-adds/word", "G/s", "peak"
    );
    for part in PARTS {
        let speed = bench.words() as f64 / best(|| _ = bench.run(part));
        let adds = bench.multiply_adds(part);
        print!("{:<12} {speed:>12.0} {:>8.2}", format!("{part:?}"), 1e6 / speed);
        if part == Part::NewTypes {
            // Its products are counted by the type, not by the word.
            println!(" {:>14}", format!("{adds}/type"));
            continue;
        }
        let rate = speed * adds as f64 / 1e9;
        println!(" {adds:>14} {rate:>9.1} {:>5.0}%", rate / peaks.bytes * 100.0);
    }
}
