//! Words a second of the network's parts on one thread, their multiply-adds a
//! word, their share of the machine's peak, and how often they ask for memory in
//! a window. `DATELINE_TEXT=FILE` reads a text of your own instead of the
//! built-in one, which is small, so that all of its types are known after the
//! first round; `DATELINE_MODEL=fine` measures that model.
#![allow(unsafe_code)]

use dateline_bench::{Peaks, best, text};
use dateline_syntax::measure::{Bench, Measured, PARTS, Part};
use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicUsize, Ordering};

/// The system's memory, counted.
struct Counted;

static ASKED: AtomicUsize = AtomicUsize::new(0);

// SAFETY: every call is the system allocator's own.
unsafe impl GlobalAlloc for Counted {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        ASKED.fetch_add(1, Ordering::Relaxed);
        // SAFETY: as the caller promises.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, at: *mut u8, layout: Layout) {
        // SAFETY: as the caller promises.
        unsafe { System.dealloc(at, layout) }
    }

    unsafe fn realloc(&self, at: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        ASKED.fetch_add(1, Ordering::Relaxed);
        // SAFETY: as the caller promises.
        unsafe { System.realloc(at, layout, size) }
    }
}

#[global_allocator]
static MEMORY: Counted = Counted;

/// How often a part asks for memory in a window, once its room has grown.
fn allocations(bench: &mut Bench<'_>, part: Part) -> f64 {
    bench.run(part);
    let before = ASKED.load(Ordering::Relaxed);
    bench.run(part);
    (ASKED.load(Ordering::Relaxed) - before) as f64 / bench.windows() as f64
}

fn main() {
    let text = text();
    let fine = std::env::var("DATELINE_MODEL").is_ok_and(|name| name == "fine");
    let model = if fine { Measured::Fine } else { Measured::Swift };
    let mut bench = Bench::new(&text, model).expect("the built-in model loads");
    let peaks = Peaks::measure();
    println!(
        "one thread, {} words; measured peak {:.1} G multiply-adds/s of bytes ({}), {:.1} of f32",
        bench.words(),
        peaks.bytes,
        peaks.unit,
        peaks.floats,
    );
    println!(
        "{:<12} {:>12} {:>8} {:>14} {:>9} {:>6} {:>12}",
        "part", "words/s", "us/word", "mult-adds/word", "G/s", "peak", "allocations"
    );
    for part in PARTS.into_iter().filter(|&part| fine || part != Part::Encoder) {
        let asked = allocations(&mut bench, part);
        let speed = bench.words() as f64 / best(|| _ = bench.run(part));
        let adds = bench.multiply_adds(part);
        print!("{:<12} {speed:>12.0} {:>8.2}", format!("{part:?}"), 1e6 / speed);
        if part == Part::NewTypes {
            // Its products are counted by the type, not by the word.
            println!(" {:>14} {:>29.1}", format!("{adds}/type"), asked);
            continue;
        }
        let rate = speed * adds as f64 / 1e9;
        println!(" {adds:>14} {rate:>9.1} {:>5.0}% {asked:>12.1}", rate / peaks.bytes * 100.0);
    }
}
