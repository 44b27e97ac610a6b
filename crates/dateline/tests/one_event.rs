//! Articles with two mentions each, of one event or of two; `one_event.tsv`
//! has them, written for this purpose.

use dateline::{Account, Article, Reader, Span};
use std::collections::BTreeSet;

const PAIRS: &str = include_str!("one_event.tsv");

struct Pair {
    same: bool,
    article: Article,
    mentions: [Span; 2],
}

fn pairs() -> Vec<Pair> {
    let rows = PAIRS.lines().filter(|line| !line.starts_with('#')).skip(1);
    let pair = |row: &str| {
        let [same, first, second, text] = row.split('\t').collect::<Vec<_>>()[..] else {
            panic!("a row of four cells: {row}");
        };
        assert!(text.is_ascii() && matches!(same, "y" | "n"), "{row}");
        let at = text.find(first).expect("the first mention");
        let then = at + first.len();
        let then = then + text[then..].find(second).expect("the second mention");
        let span = |at: usize, word: &str| Span::new(at as u32, (at + word.len()) as u32);
        Pair {
            same: same == "y",
            article: Article::new(text, text).published("2024-05-08"),
            mentions: [span(at, first), span(then, second)],
        }
    };
    rows.map(pair).collect()
}

/// The events that have a word among their triggers.
fn events(account: &Account, mention: Span) -> BTreeSet<u32> {
    let told = |trigger: &&Span| trigger.overlaps(mention);
    let here = account.events.iter().filter(|e| e.trigger.iter().any(|t| told(&t)));
    here.map(|event| event.id).collect()
}

#[test]
fn what_is_told_twice_is_one_event_and_what_happened_twice_is_two() {
    let reader = Reader::new().unwrap();
    let [mut together, mut apart, mut wrong] = [0; 3];
    for pair in pairs() {
        let account = reader.read(&pair.article).unwrap();
        let [first, second] = pair.mentions.map(|mention| events(&account, mention));
        if first.is_empty() || second.is_empty() {
            continue;
        }
        let one = !first.is_disjoint(&second);
        together += usize::from(pair.same && one);
        apart += usize::from(!pair.same && !one);
        wrong += usize::from(pair.same != one);
        if pair.same != one {
            println!("{}: {}", if one { "one" } else { "two" }, pair.article.text);
        }
    }
    println!("{together} together, {apart} apart, {wrong} wrong");
    assert!(together >= 12 && apart >= 14, "{together} together, {apart} apart");
}

#[test]
fn one_event_has_the_words_parties_and_day_of_all_its_mentions() {
    let text = "Gunmen attacked a police post in the hills of Norland on Monday. The attack lasted two hours.";
    let account =
        Reader::new().unwrap().read(&Article::new("a", text).published("2024-05-08")).unwrap();
    let [event] = &account.events[..] else { panic!("{:?}", account.events) };
    let words: Vec<&str> =
        event.trigger.iter().map(|s| &text[s.start as usize..s.end as usize]).collect();
    assert_eq!((words.first(), words.last()), (Some(&"attacked"), Some(&"attack")));
    assert_eq!(event.date.as_deref(), Some("2024-05-06"));
    assert!(!event.actor.is_empty() && !event.recipient.is_empty());
}
