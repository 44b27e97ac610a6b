//! `dateline check`.

use super::args::CheckArgs;
use super::refuse;
use crate::{Status, write};
use dateline_store::Store;

/// Checks a store and writes what is wrong with it.
pub fn run(args: &CheckArgs) -> Status {
    let checked = match Store::open(&args.store).and_then(|store| store.check()) {
        Ok(checked) => checked,
        Err(error) => return refuse(&error),
    };
    let mut out = std::io::stdout().lock();
    for problem in &checked.problems {
        write(&mut out, format!("{problem}\n").as_bytes());
    }
    let verdict = if checked.problems.is_empty() { "sound" } else { "not sound" };
    let (name, articles, spans) = (args.store.display(), checked.articles, checked.spans);
    let line =
        format!("{name} is {verdict}: {articles} articles, {spans} spans held against them\n");
    write(&mut out, line.as_bytes());
    if checked.problems.is_empty() { Status::Read } else { Status::Store }
}
