//! Articles that no newspaper prints: the time they take, and that they do not
//! break anything.

use crate::testing::with_names;
use crate::tests::{READER, of, words};
use dateline_account::{Entity, MentionForm};
use dateline_syntax::{Doc, NameKind};
use jiff::civil::date;
use std::time::{Duration, Instant};

/// "Ana Ruiz met reporters . Ruiz said the mayor saw her . Ruiz said ...", with
/// this many times the surname.
fn of_one_name(times: usize) -> Doc<'static> {
    let text =
        format!("Ana Ruiz met reporters .{}", " Ruiz said the mayor saw her .".repeat(times));
    let first =
        ["PROPN 3 nsubj", "PROPN 1 flat", "VERB 0 root meet", "NOUN 3 obj", "PUNCT 3 punct"];
    let again = [
        "PROPN 2 nsubj",
        "VERB 0 root say",
        "DET 4 det",
        "NOUN 5 nsubj",
        "VERB 2 ccomp see",
        "PRON 5 obj",
        "PUNCT 2 punct",
    ];
    let mut rows = first.to_vec();
    (0..times).for_each(|_| rows.extend(again));
    let names: Vec<_> = std::iter::once((0, 2, NameKind::Person))
        .chain((0..times).map(|n| (5 + 7 * n, 6 + 7 * n, NameKind::Person)))
        .collect();
    with_names(crate::testing::doc(text.leak(), &rows), &names)
}

fn timed(doc: &Doc<'_>) -> (Duration, Vec<Entity>) {
    let mut best = Duration::MAX;
    let mut entities = Vec::new();
    for _ in 0..3 {
        let start = Instant::now();
        entities = READER.read(doc, &[], Some(date(2018, 12, 20)), false);
        best = best.min(start.elapsed());
    }
    (best, entities)
}

#[test]
fn five_thousand_mentions_of_one_name_take_linear_time() {
    let (short, _) = timed(&of_one_name(1250));
    let doc = of_one_name(5000);
    let (long, entities) = timed(&doc);
    let ruiz = of(&entities, &doc, "Ana Ruiz");
    let named = ruiz.mentions.iter().filter(|m| m.form == MentionForm::Name).count();
    assert_eq!(named, 5001);
    assert!(words(&doc, ruiz).contains(&"her"));
    // four times the text; sixteen times the time would be quadratic
    assert!(long < short * 8 + Duration::from_millis(20), "{short:?}, then {long:?}");
}

#[test]
fn five_thousand_namesakes_take_bounded_time() {
    // of each surname the bare name may mean any of those before it
    let text = (0..5000).map(|n| format!("Q{n} Ruiz . Ruiz .")).collect::<Vec<_>>().join(" ");
    let rows =
        ["PROPN 2 compound", "PROPN 0 root", "PUNCT 2 punct", "PROPN 0 root", "PUNCT 1 punct"];
    let rows: Vec<&str> = rows.iter().copied().cycle().take(25_000).collect();
    let names: Vec<_> = (0..5000)
        .flat_map(|n| {
            let person = NameKind::Person;
            [(5 * n, 5 * n + 2, person), (5 * n + 3, 5 * n + 4, person)]
        })
        .collect();
    let doc = with_names(crate::testing::doc(text.leak(), &rows), &names);
    let start = Instant::now();
    let entities = READER.read(&doc, &[], None, false);
    assert!(start.elapsed() < Duration::from_secs(20), "{:?}", start.elapsed());
    assert!(entities.len() >= 5000);
}
