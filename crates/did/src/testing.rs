//! Documents built by hand for the tests of this room.

use crate::EventReader;
use dateline_account::{
    Claim, Entity, EntityKind, Event, Form, Mention, MentionForm, Place, PlaceForm, Span,
    TextIndex, Time,
};
use dateline_lexicon::Lexicons;
use dateline_syntax::{Doc, Token, Upos};
use std::sync::OnceLock;

/// A document of one sentence a paragraph from lines of
/// `form lemma UPOS XPOS head deprel`; an empty line ends a sentence.
pub(crate) fn doc(lines: &str) -> Doc<'static> {
    let mut text = String::new();
    let (mut tokens, mut sentences): (Vec<Token>, Vec<std::ops::Range<usize>>) = Default::default();
    let mut start = 0;
    for line in lines.lines().map(str::trim).chain([""]) {
        let cells: Vec<&str> = line.split_whitespace().collect();
        if cells.len() < 6 {
            if tokens.len() > start {
                sentences.push(start..tokens.len());
                start = tokens.len();
            }
            continue;
        }
        if !text.is_empty() {
            text.push(' ');
        }
        let at = text.len();
        text.push_str(cells[0]);
        let head: usize = cells[4].parse().unwrap();
        tokens.push(Token {
            span: Span::new(at as u32, text.len() as u32),
            bytes: at..text.len(),
            lemma: cells[1].into(),
            upos: Upos::from_code(cells[2]),
            xpos: cells[3].into(),
            feats: "_".into(),
            head: head.checked_sub(1).map(|h| h + start),
            deprel: cells[5].into(),
            sentence: sentences.len(),
            joined: false,
        });
    }
    let text: &'static str = Box::leak(text.into_boxed_str());
    let paragraphs = (0..sentences.len()).map(|s| s..s + 1).collect();
    Doc {
        text,
        index: TextIndex::new(text),
        tokens,
        sentences,
        paragraphs,
        names: Vec::new(),
        attributions: Vec::new(),
        values: Vec::new(),
    }
}

/// An entity for every noun, name and pronoun, as `who` would make them:
/// capital letters are countries, the rest things.
pub(crate) fn entities(doc: &Doc<'_>) -> Vec<Entity> {
    let nominal =
        |t: &&Token| t.upos.is_nominal() || t.upos == Upos::Adj && t.xpos.starts_with("NN");
    let found = doc.tokens.iter().filter(nominal).enumerate();
    found
        .map(|(id, token)| {
            let name = doc.text[token.bytes.clone()].to_owned();
            let named = token.upos == Upos::Propn;
            let kind = if named { EntityKind::Place } else { EntityKind::Other };
            let form = if named { MentionForm::Name } else { MentionForm::Nominal };
            Entity {
                id: id as u32,
                name,
                kind,
                mentions: vec![Mention { span: token.span, form }],
                roles: Vec::new(),
                actor: named.then(dateline_account::Actor::default),
                place: None,
                explain: Vec::new(),
            }
        })
        .collect()
}

fn reader() -> &'static EventReader {
    static READER: OnceLock<EventReader> = OnceLock::new();
    READER.get_or_init(|| EventReader::new(&Lexicons::embedded()).unwrap().by_lexicon_alone())
}

/// The events of lines of tokens, with times, places and claims of given words.
pub(crate) fn read(lines: &str) -> Vec<Event> {
    read_with(lines, &[], &[], &[])
}

/// As [`read`], with times, places (of these words) and a claim that covers
/// these words.
pub(crate) fn read_with(
    lines: &str,
    times: &[(&str, &str)],
    places: &[&str],
    claims: &[&str],
) -> Vec<Event> {
    let doc = doc(lines);
    let span = |words: &str| {
        let at = doc.text.find(words).unwrap();
        Span::new(at as u32, (at + words.len()) as u32)
    };
    let times: Vec<Time> = times
        .iter()
        .map(|(words, value)| Time {
            span: span(words),
            kind: dateline_account::TimeType::Date,
            value: (*value).to_owned(),
            modifier: None,
        })
        .collect();
    let places: Vec<Place> = places
        .iter()
        .map(|words| Place {
            span: span(words),
            form: PlaceForm::Name,
            name: (*words).to_owned(),
            geonames: None,
            lat: None,
            lon: None,
            country: None,
            feature: None,
        })
        .collect();
    let claims: Vec<Claim> = claims
        .iter()
        .enumerate()
        .map(|(id, words)| Claim {
            id: id as u32,
            source: Vec::new(),
            speaker: None,
            cue: Vec::new(),
            content: vec![span(words)],
            form: Form::Indirect,
            stance: "assert".into(),
            addressee: None,
            via: None,
            channel: None,
            said: None,
            place: None,
            within: None,
            confidence: 1.0,
            unclosed: false,
            explain: Vec::new(),
        })
        .collect();
    reader().read(&doc, &entities(&doc), &times, &places, &claims, true)
}

/// `TYPE.mode actors > recipients polarity modality` of each event.
pub(crate) fn told(lines: &str) -> Vec<String> {
    let doc = doc(lines);
    let entities = entities(&doc);
    let names = |ids: &[u32]| {
        let names: Vec<&str> = ids.iter().map(|&id| entities[id as usize].name.as_str()).collect();
        names.join("+")
    };
    read(lines)
        .iter()
        .map(|e| {
            let mode = e.mode.as_ref().map_or(String::new(), |m| format!(".{m}"));
            let sides = format!("{} > {}", names(&e.actor), names(&e.recipient));
            let reality = format!("{:?} {:?}", e.polarity, e.modality).to_lowercase();
            format!("{}{mode} {} {reality}", e.kind.code(), sides)
        })
        .collect()
}
