//! The rows: one for each quotation that is wanted.

use super::wanted::Wanted;
use crate::pretty;
use dateline::{Account, Claim, Form, Span, TextIndex};
use serde::Serialize;

/// Names of the columns, in order.
pub const COLUMNS: [&str; 17] = [
    "article",
    "title",
    "published",
    "outlet",
    "url",
    "speaker",
    "role",
    "code",
    "source",
    "cue",
    "quotation",
    "form",
    "stance",
    "span",
    "paragraph",
    "sentence",
    "confidence",
];

/// A quotation with its speaker. What nobody knows is null in JSON and empty
/// in a table.
#[derive(Debug, Serialize)]
pub struct Quote<'a> {
    pub article: &'a str,
    pub title: Option<&'a str>,
    pub published: Option<&'a str>,
    pub outlet: Option<&'a str>,
    pub url: Option<&'a str>,
    pub speaker: Option<&'a str>,
    pub role: String,
    pub code: Option<&'a str>,
    pub source: String,
    pub cue: String,
    pub quotation: String,
    pub form: &'static str,
    pub stance: &'a str,
    pub span: &'a [Span],
    pub paragraph: usize,
    pub sentence: usize,
    pub confidence: f32,
}

impl Quote<'_> {
    /// The cells under [`COLUMNS`].
    pub fn cells(&self) -> [String; 17] {
        let cell = |text: Option<&str>| one_line(text.unwrap_or_default());
        let spans: Vec<String> =
            self.span.iter().map(|span| format!("{}-{}", span.start, span.end)).collect();
        [
            cell(Some(self.article)),
            cell(self.title),
            cell(self.published),
            cell(self.outlet),
            cell(self.url),
            cell(self.speaker),
            cell(Some(&self.role)),
            cell(self.code),
            self.source.clone(),
            self.cue.clone(),
            self.quotation.clone(),
            self.form.to_owned(),
            self.stance.to_owned(),
            spans.join(";"),
            self.paragraph.to_string(),
            self.sentence.to_string(),
            self.confidence.to_string(),
        ]
    }
}

/// The quotations of an account that are wanted, in reading order.
pub fn quotes<'a>(account: &'a Account, wanted: &Wanted) -> Vec<Quote<'a>> {
    let index = TextIndex::new(&account.text);
    let claims = account.claims.iter().filter(|claim| wanted.form(claim.form));
    let quotes = claims.filter(|claim| {
        wanted.speaker(|| speaker_words(account, claim, &index))
            && wanted.about(|| words_about(account, claim, &index))
    });
    quotes.map(|claim| quote(account, claim, &index)).collect()
}

fn quote<'a>(account: &'a Account, claim: &'a Claim, index: &TextIndex) -> Quote<'a> {
    let speaker = claim.speaker.and_then(|id| account.entities.get(id as usize));
    let actor = speaker.and_then(|speaker| speaker.actor.as_ref());
    let start = claim.content.first().map_or(0, |span| span.start);
    let nth = |spans: &[Span]| spans.partition_point(|span| span.end <= start) + 1;
    Quote {
        article: &account.id,
        title: account.title.as_deref(),
        published: account.published.as_deref(),
        outlet: account.outlet.as_deref(),
        url: account.url.as_deref(),
        speaker: speaker.map(|speaker| speaker.name.as_str()),
        role: speaker.map(pretty::roles).unwrap_or_default(),
        code: actor.map(|actor| actor.code.as_str()).filter(|code| !code.is_empty()),
        source: pieces(account, &claim.source, index),
        cue: pieces(account, &claim.cue, index),
        quotation: pieces(account, &claim.content, index),
        form: match claim.form {
            Form::Direct => "direct",
            Form::Mixed => "mixed",
            Form::Indirect => "indirect",
        },
        stance: &claim.stance,
        span: &claim.content,
        paragraph: nth(&account.paragraphs),
        sentence: nth(&account.sentences),
        confidence: claim.confidence,
    }
}

/// All that the speaker is called: names, roles, and the words here.
fn speaker_words(account: &Account, claim: &Claim, index: &TextIndex) -> String {
    let mut words = pieces(account, &claim.source, index);
    if let Some(speaker) = claim.speaker.and_then(|id| account.entities.get(id as usize)) {
        let names = speaker.mentions.iter().filter(|m| m.form == dateline::MentionForm::Name);
        let names = names.map(|m| index.slice(&account.text, m.span));
        for name in names.chain([speaker.name.as_str()]).chain(speaker.roles.iter().map(|r| &**r)) {
            words.push(' ');
            words.push_str(name);
        }
    }
    words
}

/// The quotation and the sentences it stands in.
fn words_about(account: &Account, claim: &Claim, index: &TextIndex) -> String {
    let touches = |sentence: &&Span| claim.content.iter().any(|piece| piece.overlaps(**sentence));
    let first = claim.content.first().map_or(0, |span| span.start);
    let last = claim.content.last().map_or(0, |span| span.end);
    let from = account.sentences.partition_point(|s| s.end <= first);
    let sentences = account.sentences[from..].iter().take_while(|s| s.start < last);
    let spans: Vec<Span> = sentences.filter(touches).copied().collect();
    pieces(account, &spans, index)
}

/// The words of the pieces, on one line.
fn pieces(account: &Account, spans: &[Span], index: &TextIndex) -> String {
    let words = spans.iter().map(|span| one_line(index.slice(&account.text, *span)));
    words.collect::<Vec<_>>().join(" … ")
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
