//! The model a reader holds: tokeniser, network, and the document they make.

use crate::features::quote_states;
use crate::file::ModelFile;
use crate::network::{Network, Reading, Window};
use crate::tokenizer::{Tokens, dateline, tokenize};
use crate::{Attribution, Doc, Name, NameKind, Token, Upos};
use dateline_account::{Span, TextIndex};
use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

/// The built-in model, made by `train/`.
const EMBEDDED: &[u8] = include_bytes!("../model/swift.bin");

/// Tokens that are read together, in whole paragraphs. The network was trained
/// on windows of about 200; beyond some hundreds nothing is gained.
const WINDOW: usize = 400;

/// Why a model could not be loaded.
#[derive(Debug, thiserror::Error)]
pub enum ModelError {
    /// Some other kind of file.
    #[error("this is not a dateline model (it does not begin with 'DATELINE')")]
    Foreign,
    /// A model of another version of dateline.
    #[error("the model has format {found}, this version of dateline reads format {known}")]
    Version {
        /// Format of the file.
        found: u32,
        /// Format that can be read.
        known: u32,
    },
    /// A file that was cut off or changed.
    #[error("the model file is damaged: {0}")]
    Damaged(String),
}

/// The trained network that reads a text into a [`Doc`].
///
/// ```
/// use dateline_syntax::Model;
/// let model = Model::embedded()?;
/// let doc = model.read("The minister met farmers in Nairobi. They didn't agree.");
/// assert_eq!(doc.sentences.len(), 2);
/// assert_eq!(&*doc.tokens[2].lemma, "meet");
/// # Ok::<(), dateline_syntax::ModelError>(())
/// ```
#[derive(Debug)]
pub struct Model {
    network: Network,
}

impl Model {
    /// The built-in model.
    ///
    /// # Errors
    /// Never with the file the crate comes with.
    pub fn embedded() -> Result<Self, ModelError> {
        Ok(Self { network: Network::load(ModelFile::parse(Cow::Borrowed(EMBEDDED))?)? })
    }

    /// Reads a text: tokens, sentences, tags, trees, names, attributions. Time
    /// is linear in the length of the text, but for single sentences.
    pub fn read<'t>(&self, text: &'t str) -> Doc<'t> {
        let tokens = tokenize(text);
        let mut doc = Doc {
            text,
            index: TextIndex::new(text),
            tokens: Vec::with_capacity(tokens.pieces.len()),
            sentences: Vec::new(),
            paragraphs: Vec::new(),
            names: Vec::new(),
            attributions: Vec::new(),
        };
        let mut starts = vec![false; tokens.pieces.len()];
        for paragraph in &tokens.paragraphs {
            starts[paragraph.start] = true;
            // What follows a dateline begins as a paragraph begins.
            if let Some(length) = dateline(text, &tokens.pieces[paragraph.clone()]) {
                starts[paragraph.start + length] = true;
            }
        }
        for range in windows(&tokens) {
            let forms: Vec<&str> = (tokens.pieces[range.clone()].iter())
                .map(|piece| &text[piece.bytes.clone()])
                .collect();
            let quotes =
                quote_states(forms.iter().copied().zip(starts[range.clone()].iter().copied()));
            let window = Window { forms, starts: starts[range.clone()].to_vec(), quotes };
            let reading = self.network.read(&window);
            self.add(&mut doc, &tokens, range.start, reading);
        }
        let mut sentence = 0;
        for paragraph in &tokens.paragraphs {
            let first = sentence;
            while sentence < doc.sentences.len() && doc.sentences[sentence].end <= paragraph.end {
                sentence += 1;
            }
            doc.paragraphs.push(first..sentence);
        }
        doc
    }

    /// Adds what was read in the window whose first token is `base`.
    fn add(&self, doc: &mut Doc<'_>, tokens: &Tokens, base: usize, reading: Reading) {
        let labels = &self.network.labels;
        let pick = |list: &[Arc<str>], label: u16| list[label as usize].clone();
        let first_sentence = doc.sentences.len();
        let mut code_point = doc.tokens.last().map_or((0, 0), |t| (t.bytes.end, t.span.end));
        for (number, sentence) in reading.sentences.iter().enumerate() {
            for at in sentence.clone() {
                let piece = &tokens.pieces[base + at];
                let mut advance = |to: usize| {
                    code_point.1 += doc.text[code_point.0..to].chars().count() as u32;
                    code_point.0 = to;
                    code_point.1
                };
                let span = Span::new(advance(piece.bytes.start), advance(piece.bytes.end));
                doc.tokens.push(Token {
                    span,
                    bytes: piece.bytes.clone(),
                    lemma: reading.lemmas[at].clone(),
                    upos: Upos::from_code(&labels.upos[reading.upos[at] as usize]),
                    xpos: pick(&labels.xpos, reading.xpos[at]),
                    feats: pick(&labels.feats, reading.feats[at]),
                    head: reading.heads[at].map(|head| base + head),
                    deprel: pick(&labels.relations, reading.relations[at]),
                    sentence: first_sentence + number,
                    joined: piece.joined,
                });
            }
            doc.names.extend(names(&labels.names, &reading.names, sentence.clone(), base));
        }
        doc.sentences.extend(reading.sentences.iter().map(|s| s.start + base..s.end + base));
        let shift = |ranges: Vec<Range<usize>>| -> Vec<Range<usize>> {
            ranges.into_iter().map(|r| r.start + base..r.end + base).collect()
        };
        doc.attributions.extend(reading.attributions.into_iter().map(|a| Attribution {
            source: shift(a.source),
            cue: shift(a.cue),
            content: shift(a.content),
            score: a.score,
        }));
    }
}

/// Ranges of tokens to read together: whole paragraphs up to [`WINDOW`]
/// tokens; a longer paragraph is cut at sentence ends where the tokeniser sees
/// some.
fn windows(tokens: &Tokens) -> Vec<Range<usize>> {
    let mut out: Vec<Range<usize>> = Vec::new();
    let mut start = 0;
    for paragraph in &tokens.paragraphs {
        if paragraph.end - start > WINDOW && paragraph.start > start {
            out.push(start..paragraph.start);
            start = paragraph.start;
        }
        while paragraph.end - start > WINDOW {
            let ends = start + WINDOW / 2..start + WINDOW;
            let cut =
                ends.rev().find(|&at| tokens.sentence_ends[at]).map_or(start + WINDOW, |at| at + 1);
            out.push(start..cut);
            start = cut;
        }
    }
    if start < tokens.pieces.len() {
        out.push(start..tokens.pieces.len());
    }
    out
}

/// Names of a sentence from its BIO labels; an `I-` after something else
/// begins a name, too.
fn names(list: &[Arc<str>], labels: &[u16], sentence: Range<usize>, base: usize) -> Vec<Name> {
    let mut out: Vec<Name> = Vec::new();
    for at in sentence {
        let label = &list[labels[at] as usize];
        let Some((prefix, kind)) = label.split_once('-') else { continue };
        let kind = match kind {
            "PER" => NameKind::Person,
            "ORG" => NameKind::Organization,
            "LOC" => NameKind::Location,
            _ => NameKind::Other,
        };
        let at = base + at;
        match out.last_mut() {
            Some(name) if prefix == "I" && name.kind == kind && name.tokens.end == at => {
                name.tokens.end = at + 1;
            }
            _ => out.push(Name { tokens: at..at + 1, kind }),
        }
    }
    out
}
