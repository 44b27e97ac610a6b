//! A claim in the making, over tokens, and what every step reads.

use crate::channels::Channels;
use crate::cues::Cues;
use crate::quotes::{Quotations, paragraph_tokens};
use dateline_syntax::{Arcs, Doc, Upos};
use std::ops::Range;

/// A claim whose parts are still tokens. Ranges are never empty.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Draft {
    pub source: Vec<Range<usize>>,
    pub cue: Vec<Range<usize>>,
    pub content: Vec<Range<usize>>,
    /// The draft whose speaker this one shares, when its own words name none.
    pub follows: Option<usize>,
    /// What found it.
    pub origin: Origin,
    /// The network's score of the link, between 0 and 1; of a draft that a
    /// rule made there is none.
    pub score: f32,
    /// What later steps changed, in words.
    pub mended: Vec<&'static str>,
}

/// What found a claim.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Origin {
    /// The network's labels and links.
    #[default]
    Network,
    /// A cue verb with a clause or an object below it.
    Clause,
    /// A noun with an owner and a clause: "his promise to go".
    Noun,
    /// "According to".
    According,
    /// A quotation with a cue verb or a colon beside it.
    Beside,
    /// A quotation with a name behind it.
    Signed,
    /// A turn of a transcript.
    Turn,
    /// A quotation that goes on with the claim before it.
    FollowOn,
    /// A quotation after a sentence that tells of one person.
    Told,
    /// A quotation of somebody who is not named.
    Alone,
}

impl Origin {
    /// A name for the fitted weights.
    pub fn name(self) -> &'static str {
        match self {
            Origin::Network => "network",
            Origin::Clause => "clause",
            Origin::Noun => "noun",
            Origin::According => "according",
            Origin::Beside => "beside",
            Origin::Signed => "signed",
            Origin::Turn => "turn",
            Origin::FollowOn => "follow-on",
            Origin::Told => "told",
            Origin::Alone => "alone",
        }
    }
}

impl Draft {
    /// First token of the content, else of the cue.
    pub fn start(&self) -> usize {
        let first = |ranges: &[Range<usize>]| ranges.first().map(|r| r.start);
        first(&self.content).or_else(|| first(&self.cue)).unwrap_or(0)
    }

    /// Whether a token belongs to the content.
    pub fn holds(&self, token: usize) -> bool {
        self.content.iter().any(|r| r.contains(&token))
    }
}

/// A document with what this room knows of it.
#[derive(Debug)]
pub(crate) struct Reading<'d, 't> {
    pub doc: &'d Doc<'t>,
    pub cues: &'d Cues,
    pub channels: &'d Channels,
    pub tree: Arcs,
    pub quotations: Quotations,
}

impl<'d, 't> Reading<'d, 't> {
    pub fn new(doc: &'d Doc<'t>, cues: &'d Cues, channels: &'d Channels) -> Self {
        let (tree, quotations) = (Arcs::new(doc), Quotations::new(doc));
        Self { doc, cues, channels, tree, quotations }
    }

    /// Token range of the sentence a token is in.
    pub fn sentence(&self, token: usize) -> Range<usize> {
        let sentence = self.doc.tokens.get(token).map_or(0, |t| t.sentence);
        self.doc.sentences.get(sentence).cloned().unwrap_or(token..token)
    }

    /// Index of the paragraph a token is in.
    pub fn paragraph(&self, token: usize) -> usize {
        self.doc.tokens.get(token).map_or(0, |t| self.doc.paragraph_of(t.sentence))
    }

    /// Token range of a paragraph.
    pub fn paragraph_tokens(&self, paragraph: usize) -> Range<usize> {
        let sentences = self.doc.paragraphs.get(paragraph);
        sentences.and_then(|s| paragraph_tokens(self.doc, s)).unwrap_or(0..0)
    }

    /// Whether a quotation opens with a token.
    pub fn opens_quotation(&self, token: usize) -> bool {
        let quotation = self.quotations.of(token);
        quotation.is_some_and(|q| self.quotations.all[q].tokens.start == token)
    }

    /// Whether a token has a letter or a digit.
    pub fn is_word(&self, token: usize) -> bool {
        token < self.doc.tokens.len() && self.doc.form(token).chars().any(char::is_alphanumeric)
    }

    /// Number of words in a range.
    pub fn words(&self, range: Range<usize>) -> usize {
        range.filter(|&t| self.is_word(t)).count()
    }

    /// The word in lower case.
    pub fn lower(&self, token: usize) -> String {
        if token < self.doc.tokens.len() {
            self.doc.form(token).to_lowercase()
        } else {
            String::new()
        }
    }

    pub fn upos(&self, token: usize) -> Upos {
        self.doc.tokens.get(token).map_or(Upos::X, |t| t.upos)
    }

    pub fn relation(&self, token: usize) -> &str {
        self.doc.tokens.get(token).map_or("", |t| t.relation())
    }

    pub fn deprel(&self, token: usize) -> &str {
        self.doc.tokens.get(token).map_or("", |t| &t.deprel)
    }

    pub fn head(&self, token: usize) -> Option<usize> {
        self.doc.tokens.get(token).and_then(|t| t.head)
    }

    pub fn lemma(&self, token: usize) -> &str {
        self.doc.tokens.get(token).map_or("", |t| &t.lemma)
    }

    /// Whether a verb is a past participle without an auxiliary.
    pub fn is_past_participle(&self, token: usize) -> bool {
        self.doc.tokens.get(token).is_some_and(|t| &*t.xpos == "VBN")
            && self.dependent(token, "aux").is_none()
    }

    /// The first dependent with a relation, subtype ignored.
    pub fn dependent(&self, token: usize, relation: &str) -> Option<usize> {
        let dependents = self.tree.dependents(token);
        dependents.iter().copied().find(|&d| self.relation(d) == relation)
    }

    /// A range without punctuation at its ends, quotation marks and brackets
    /// excepted when `keep_marks`.
    pub fn trimmed(&self, mut range: Range<usize>, keep_marks: bool) -> Range<usize> {
        range.end = range.end.min(self.doc.tokens.len());
        let trims = |t: usize| {
            !self.is_word(t)
                && !(keep_marks
                    && (self.quotations.of(t).is_some() || is_bracket(self.doc.form(t))))
                && !self.doc.form(t).chars().any(|c| "$€£#@%".contains(c))
        };
        while range.start < range.end && trims(range.start) {
            range.start += 1;
        }
        while range.start < range.end && trims(range.end - 1) {
            range.end -= 1;
        }
        range
    }
}

fn is_bracket(form: &str) -> bool {
    form.chars().all(|c| "()[]{}".contains(c))
}

/// Sorted, non-empty, inside the document, touching ranges joined.
pub(crate) fn tidy(ranges: &[Range<usize>], tokens: usize) -> Vec<Range<usize>> {
    let mut sorted: Vec<Range<usize>> =
        ranges.iter().map(|r| r.start..r.end.min(tokens)).filter(|r| r.start < r.end).collect();
    sorted.sort_by_key(|r| (r.start, r.end));
    let mut out: Vec<Range<usize>> = Vec::new();
    for range in sorted {
        match out.last_mut() {
            Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
            _ => out.push(range),
        }
    }
    out
}
