//! The model a reader holds: tokeniser, network, and the document they make.

use crate::features::quote_states;
use crate::file::ModelFile;
use crate::named::collect;
use crate::network::{Network, Reading, Window};
use crate::tokenizer::{Tokens, dateline, tokenize};
use crate::{Attribution, Doc, ModelError, Token, Upos};
use dateline_account::{Span, TextIndex};
use std::borrow::Cow;
use std::fs::File;
use std::io::Read;
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

/// The built-in models, made by `train/`.
const SWIFT: &[u8] = include_bytes!("../model/swift.bin");
#[cfg(feature = "fine")]
const FINE: &[u8] = include_bytes!("../model/fine.bin");

/// Bytes of the largest file that is taken for a model; those that are built
/// in have a few dozen million at most.
const LARGEST: u64 = 1 << 30;

/// The trained network that reads a text into a [`Doc`].
///
/// ```
/// use dateline_syntax::Model;
/// let model = Model::swift()?;
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
    /// The built-in model `swift`: one small network.
    ///
    /// # Errors
    /// Never with the file the crate comes with.
    pub fn swift() -> Result<Self, ModelError> {
        Self::parse(Cow::Borrowed(SWIFT))
    }

    /// The built-in model `fine`: the same network over an encoder, which
    /// takes many times as long and errs less.
    ///
    /// # Errors
    /// [`ModelError::NotBuiltIn`] in a build without the feature `fine`.
    pub fn fine() -> Result<Self, ModelError> {
        #[cfg(feature = "fine")]
        return Self::parse(Cow::Borrowed(FINE));
        #[cfg(not(feature = "fine"))]
        Err(ModelError::NotBuiltIn)
    }

    /// The model that a person names: `swift`, `fine`, or else the path of a
    /// model file (`./swift` for a file of that name).
    ///
    /// ```
    /// use dateline_syntax::Model;
    /// assert!(Model::named("swift").is_ok());
    /// let error = Model::named("models/missing.bin").unwrap_err();
    /// assert!(error.to_string().starts_with("models/missing.bin: there is no such file"));
    /// ```
    ///
    /// # Errors
    /// As [`Model::fine`] and [`Model::open`].
    pub fn named(name: impl AsRef<Path>) -> Result<Self, ModelError> {
        match name.as_ref().to_str() {
            Some("swift") => Self::swift(),
            Some("fine") => Self::fine(),
            _ => Self::open(name),
        }
    }

    /// The model in a file.
    ///
    /// # Errors
    /// [`ModelError::File`], with the path and the reason, for a file that
    /// cannot be read or is no whole model of this version.
    pub fn open(path: impl AsRef<Path>) -> Result<Self, ModelError> {
        let read = || -> Result<Self, ModelError> {
            let mut file = File::open(&path).map_err(ModelError::Unreadable)?;
            let mut bytes = Vec::new();
            let mut take = |most: u64| {
                let taken = (&mut file).take(most).read_to_end(&mut bytes);
                taken.map(|_| ModelFile::begins(&bytes)).map_err(ModelError::Unreadable)
            };
            // Nothing else is read whole, however long it is.
            if !take(16)? {
                return Err(ModelError::Foreign);
            }
            take(LARGEST)?;
            Self::from_bytes(bytes)
        };
        read().map_err(|reason| ModelError::File {
            path: path.as_ref().to_owned(),
            reason: Box::new(reason),
        })
    }

    /// The model in a file's bytes.
    ///
    /// ```
    /// use dateline_syntax::{Model, ModelError};
    /// assert!(matches!(Model::from_bytes(*b"PK and so on"), Err(ModelError::Foreign)));
    /// ```
    ///
    /// # Errors
    /// [`ModelError`] for bytes that are no whole model of this version.
    pub fn from_bytes(bytes: impl Into<Vec<u8>>) -> Result<Self, ModelError> {
        Self::parse(Cow::Owned(bytes.into()))
    }

    fn parse(bytes: Cow<'static, [u8]>) -> Result<Self, ModelError> {
        Ok(Self { network: Network::load(ModelFile::parse(bytes)?)? })
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
            values: Vec::new(),
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
        for range in windows(&tokens, self.network.window()) {
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
            let (names, values) = (&mut doc.names, &mut doc.values);
            collect(&labels.names.kinds, &reading.names, sentence.clone(), base, names, values);
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

/// Ranges of tokens to read together: whole paragraphs up to `most` tokens; a
/// longer paragraph is cut at sentence ends where the tokeniser sees some.
fn windows(tokens: &Tokens, most: usize) -> Vec<Range<usize>> {
    let mut out: Vec<Range<usize>> = Vec::new();
    let mut start = 0;
    for paragraph in &tokens.paragraphs {
        if paragraph.end - start > most && paragraph.start > start {
            out.push(start..paragraph.start);
            start = paragraph.start;
        }
        while paragraph.end - start > most {
            let ends = start + most / 2..start + most;
            let cut =
                ends.rev().find(|&at| tokens.sentence_ends[at]).map_or(start + most, |at| at + 1);
            out.push(start..cut);
            start = cut;
        }
    }
    if start < tokens.pieces.len() {
        out.push(start..tokens.pieces.len());
    }
    out
}
