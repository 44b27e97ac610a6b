//! What decided a claim, in short sentences, for `--explain`.
//!
//! Each begins with what it is about: `found`, `cue`, `source`, `content`,
//! `speaker`, `stance`, `channel`, `said`, `place`, `confidence`. Rows of the lexicons are named
//! by file and line.

use crate::build::Rows;
use crate::draft::{Draft, Origin, Reading};
use crate::frame::{self, Anchor};
use crate::weigh::{Scene, features};
use crate::when_where::{self, Tie};
use dateline_account::{Claim, Span};
use dateline_learned::Weights;

/// So many of the features that weigh most are named.
const FEATURES: usize = 5;

/// Explains the claims of a document.
pub(crate) struct Explainer<'r, 'd, 't> {
    reading: &'r Reading<'d, 't>,
    weights: &'r Weights,
    scene: Scene,
    rows: Rows<'r>,
}

impl<'r, 'd, 't> Explainer<'r, 'd, 't> {
    pub fn new(
        reading: &'r Reading<'d, 't>,
        weights: &'r Weights,
        drafts: &[Draft],
        rows: Rows<'r>,
    ) -> Self {
        Self { reading, weights, scene: Scene::new(reading, drafts), rows }
    }

    /// What decided a claim, given the draft that it was made of.
    pub fn explain(&self, claim: &Claim, draft: &Draft) -> Vec<String> {
        let anchor = frame::anchor(self.reading, draft);
        let mut lines = vec![found(draft)];
        lines.extend(anchor.as_ref().map(|anchor| self.cue(anchor)));
        lines.extend(draft.mended.iter().map(|step| (*step).to_owned()));
        lines.push(self.speaker(claim, draft));
        lines.push(stance(anchor.as_ref()));
        let way = anchor.as_ref().and_then(|a| frame::channel(self.reading, draft, a));
        lines.extend(
            way.map(|way| format!("channel: “{}” ({})", self.words(way.start..way.end), way.row)),
        );
        lines.extend(self.said(claim, draft, anchor.as_ref()));
        lines.extend(self.place(claim, draft, anchor.as_ref()));
        if claim.unclosed {
            lines.push("content: a quotation never closes, and ends with its paragraph".to_owned());
        }
        lines.push(self.confidence(claim, draft, anchor.as_ref()));
        lines
    }

    fn cue(&self, anchor: &Anchor<'_>) -> String {
        let words = self.words(anchor.phrase.clone());
        match anchor.cue {
            Some(cue) => {
                format!("cue: “{words}”, a {} of the lexicon ({})", cue.pos.name(), cue.row)
            }
            None => format!("cue: “{words}”, in no row of the lexicon"),
        }
    }

    fn speaker(&self, claim: &Claim, draft: &Draft) -> String {
        let source = draft.source.first().map(|s| self.words(s.clone()));
        match (claim.speaker, source, draft.follows) {
            (Some(_), _, Some(_)) => "speaker: that of the claim it goes on with".to_owned(),
            (Some(_), Some(words), _) => format!("speaker: whom “{words}” names"),
            (None, Some(words), _) => format!("speaker: none; no entity is behind “{words}”"),
            _ => "speaker: none; nobody is named".to_owned(),
        }
    }

    fn said(&self, claim: &Claim, draft: &Draft, anchor: Option<&Anchor<'_>>) -> Option<String> {
        let time = self.rows.times.get(claim.said? as usize)?;
        let own = anchor.and_then(|a| when_where::said(self.reading, draft, a, self.rows.times));
        let rule = rule(own.filter(|(at, _)| Some(*at) == claim.said), draft);
        Some(format!("said: {}, “{}”, {rule}", time.value, self.quoted(time.span)))
    }

    fn place(&self, claim: &Claim, draft: &Draft, anchor: Option<&Anchor<'_>>) -> Option<String> {
        let place = self.rows.places.get(claim.place? as usize)?;
        let own = anchor.and_then(|a| when_where::place(self.reading, draft, a, self.rows.places));
        let rule = rule(own.filter(|(at, _)| Some(*at) == claim.place), draft);
        Some(format!("place: {}, “{}”, {rule}", place.name, self.quoted(place.span)))
    }

    fn confidence(&self, claim: &Claim, draft: &Draft, anchor: Option<&Anchor<'_>>) -> String {
        let mut parts: Vec<(f32, String)> = Vec::new();
        features(self.reading, &self.scene, draft, anchor, &mut |feature, value, x| {
            let weighs = self.weights.of(feature, value) * x;
            let equals = if value.is_empty() { "" } else { "=" };
            parts.push((weighs, format!("{feature}{equals}{value} {weighs:+.2}")));
        });
        parts.sort_by(|a, b| b.0.abs().total_cmp(&a.0.abs()).then_with(|| a.1.cmp(&b.1)));
        let parts: Vec<String> = parts.into_iter().take(FEATURES).map(|(_, part)| part).collect();
        format!("confidence: {} of {}", claim.confidence, parts.join(", "))
    }

    /// Tokens as written, on one line.
    fn words(&self, tokens: std::ops::Range<usize>) -> String {
        let end = tokens.end.min(self.reading.doc.tokens.len());
        self.quoted(self.reading.doc.span(tokens.start.min(end)..end))
    }

    /// A stretch of the text on one line.
    fn quoted(&self, span: Span) -> String {
        self.reading.doc.slice(span).split_whitespace().collect::<Vec<_>>().join(" ")
    }
}

/// What tied a time or place to a claim: its own tie, or another claim's.
fn rule(own: Option<(u32, Tie)>, draft: &Draft) -> &'static str {
    match own {
        Some((_, tie)) => tie.name(),
        None if draft.follows.is_some() => "of the claim it goes on with",
        None => "of the same speaker's claim before it in the paragraph",
    }
}

fn found(draft: &Draft) -> String {
    let by = match draft.origin {
        Origin::Network => return format!("found: by the network, score {:.2}", draft.score),
        Origin::Clause => "a verb of saying with a clause or an object",
        Origin::Noun => "a noun with an owner and a clause",
        Origin::According => "“according to”",
        Origin::Beside => "a quotation with a cue beside it",
        Origin::Signed => "a quotation with a name behind it",
        Origin::Turn => "a paragraph with a speaker's label, as in a transcript",
        Origin::FollowOn => "a quotation that goes on with the claim before it",
        Origin::Told => "a quotation after a sentence that tells of one person",
        Origin::Alone => "a quotation of a whole sentence that no claim holds",
    };
    format!("found: by rule, {by}")
}

fn stance(anchor: Option<&Anchor<'_>>) -> String {
    let stance = frame::stance(anchor);
    match anchor {
        Some(Anchor { cue: Some(cue), negated: true, .. }) => {
            format!("stance: {stance}, “{}” turned round ({})", cue.stance, cue.row)
        }
        Some(Anchor { cue: Some(cue), .. }) => format!("stance: {stance} ({})", cue.row),
        _ => format!("stance: {stance}, as nothing says otherwise"),
    }
}
