//! 300 sentences with an event each, and whether it happened. `reality.tsv`
//! says what right means.

use dateline::{Account, Article, Event, Reader, Span};

const SENTENCES: &str = include_str!("reality.tsv");

/// What a half of the sentences comes to.
#[derive(Debug, Default, PartialEq, PartialOrd)]
struct Count {
    sentences: usize,
    /// Sentences whose event is found at all; one that is folded into the
    /// request or threat that it is the content of is not.
    found: usize,
    /// Events with both the right polarity and the right modality.
    right: usize,
}

struct Sentence {
    look: bool,
    article: Article,
    trigger: Span,
    kind: &'static str,
    reality: [&'static str; 2],
}

fn sentences() -> Vec<Sentence> {
    let sentence = |(number, row): (usize, Vec<&'static str>)| {
        let [part, _, text, trigger, kind, polarity, modality] = row[..] else {
            panic!("a row of seven cells: {row:?}");
        };
        let at = text.to_lowercase().find(&trigger.to_lowercase()).expect("the trigger's place");
        let start = text[..at].chars().count() as u32;
        Sentence {
            look: part == "look",
            article: Article::new(number.to_string(), text).published("2024-05-08"),
            trigger: Span::new(start, start + trigger.chars().count() as u32),
            kind,
            reality: [polarity, modality],
        }
    };
    let rows = SENTENCES.lines().filter(|line| !line.starts_with('#')).skip(1);
    rows.map(|row| row.split('\t').collect()).enumerate().map(sentence).collect()
}

/// The event at the trigger, that of the expected type before others.
fn event<'a>(account: &'a Account, sentence: &Sentence) -> Option<&'a Event> {
    let at = |event: &&Event| event.trigger.iter().any(|span| span.overlaps(sentence.trigger));
    let mut here = account.events.iter().filter(at);
    let expected = here.clone().find(|event| named(event)[0] == sentence.kind);
    expected.or_else(|| here.next())
}

/// Type, polarity and modality in the words of an account.
fn named(event: &Event) -> [String; 3] {
    let cells = serde_json::to_value(event).unwrap();
    ["type", "polarity", "modality"].map(|cell| cells[cell].as_str().unwrap_or("").to_owned())
}

#[test]
fn what_happened_is_told_from_what_did_not() {
    let reader = Reader::new().unwrap();
    let (mut look, mut count) = (Count::default(), Count::default());
    for sentence in sentences() {
        let half = if sentence.look { &mut look } else { &mut count };
        half.sentences += 1;
        let account = reader.read(&sentence.article).unwrap();
        let Some(event) = event(&account, &sentence) else { continue };
        half.found += 1;
        let [_, polarity, modality] = named(event);
        let reality = [polarity, modality];
        half.right += usize::from(reality == sentence.reality);
        if reality != sentence.reality && sentence.look {
            println!("{}\n    {reality:?}, not {:?}", sentence.article.text, sentence.reality);
        }
    }
    println!("look  {look:?}\ncount {count:?}");
    assert_eq!((look.sentences, count.sentences), (150, 150));
    assert!(look.found >= LOOK.0 && look.right >= LOOK.1, "{look:?}");
    assert!(count.found >= COUNT.0 && count.right >= COUNT.1, "{count:?}");
}

/// The least found and right of each half.
const LOOK: (usize, usize) = (126, 119);
const COUNT: (usize, usize) = (119, 107);
