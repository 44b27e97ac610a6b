//! Whatever the text and the names: no panic, spans inside the text, in order,
//! not overlapping, coordinates on the globe, and twice the same.

mod common;

use common::doc;
use dateline_account::Article;
use dateline_lexicon::Lexicons;
use dateline_places::PlaceReader;
use dateline_syntax::{Name, NameKind};
use proptest::prelude::*;
use std::sync::LazyLock;

static READER: LazyLock<PlaceReader> = LazyLock::new(|| {
    PlaceReader::new(&Lexicons::embedded()).expect("the built-in lexicons are whole")
});

fn check(text: &str, cuts: &[(usize, usize, u8)]) -> Result<(), TestCaseError> {
    let mut doc = doc(text, &[]);
    let mut from = 0;
    for (gap, length, kind) in cuts {
        let start = from + gap;
        let sentence = doc.tokens.get(start).and_then(|t| doc.sentences.get(t.sentence)).cloned();
        let Some(sentence) = sentence else { break };
        let end = (start + 1 + length).min(sentence.end);
        let kinds = [NameKind::Person, NameKind::Organization, NameKind::Location, NameKind::Other];
        doc.names.push(Name::new(start..end, kinds[usize::from(*kind) % 4]));
        from = end;
    }
    let article = Article::new("p", text);
    let places = READER.read(&doc, &article);
    let mut last = 0;
    for place in &places {
        prop_assert!(last <= place.span.start && place.span.start < place.span.end);
        prop_assert!(place.span.end <= doc.index.len());
        prop_assert!(!place.name.is_empty() && !doc.slice(place.span).is_empty());
        prop_assert_eq!(place.lat.is_some(), place.lon.is_some());
        prop_assert!(place.lat.is_none_or(|d| d.abs() <= 90.0));
        prop_assert!(place.lon.is_none_or(|d| d.abs() <= 180.0));
        prop_assert!(place.country.as_ref().is_none_or(|c| c.len() == 3));
        last = place.span.end;
    }
    prop_assert_eq!(places, READER.read(&doc, &article));
    Ok(())
}

fn words() -> impl Strategy<Value = String> {
    let word = prop::sample::select(vec![
        "Paris",
        "Texas",
        "Georgia",
        "U.S.-led",
        "Saint-Denis",
        "Côte",
        "d'Ivoire",
        "Turkish",
        "the",
        "The",
        "Hague",
        "County",
        "Lake",
        "Road",
        "Airport",
        ",",
        "\n",
        "\n\n",
        "(",
        "of",
        "in",
        "St.",
        "Calif.",
        "KY--",
        "-",
        "Ill",
        ".",
        "SYRIA",
        "moscow",
        "São",
        "Straße",
        "ﬁ",
        "İzmir",
        "Times",
        "’s",
        "🇺🇳",
    ]);
    prop::collection::vec((word, prop::bool::ANY), 0..60).prop_map(|words| {
        words
            .into_iter()
            .map(|(w, space)| if space { format!("{w} ") } else { w.to_owned() })
            .collect()
    })
}

fn cuts() -> impl Strategy<Value = Vec<(usize, usize, u8)>> {
    prop::collection::vec((0usize..6, 0usize..5, 0u8..4), 0..12)
}

proptest! {
    #[test]
    fn any_unicode(text in "\\PC{0,300}", cuts in cuts()) {
        check(&text, &cuts)?;
    }

    #[test]
    fn any_words_around_places(text in words(), cuts in cuts()) {
        check(&text, &cuts)?;
    }
}

#[test]
fn one_endless_sentence_takes_time_in_proportion() {
    let time = |times: usize| {
        let text = "Paris, Texas and Georgia of Lake Road County ".repeat(times);
        let doc = doc(&text, &[]);
        let start = std::time::Instant::now();
        assert!(READER.read(&doc, &Article::new("l", text.as_str())).len() >= times);
        start.elapsed().as_secs_f64()
    };
    time(10);
    let (short, long) = (time(500).max(1e-4), time(8000));
    assert!(long < short * 16.0 * 8.0, "{short} s, then {long} s for 16 times the text");
}
