//! The document that every later room reads: tokens, trees, names and
//! attribution labels over an untouched text.

use dateline_account::{Span, TextIndex};
use std::ops::Range;
use std::sync::Arc;

/// Universal part of speech, Universal Dependencies v2.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(missing_docs)]
pub enum Upos {
    Adj,
    Adp,
    Adv,
    Aux,
    Cconj,
    Det,
    Intj,
    Noun,
    Num,
    Part,
    Pron,
    Propn,
    Punct,
    Sconj,
    Sym,
    Verb,
    X,
}

impl Upos {
    /// All tags with their codes.
    pub const ALL: [(Upos, &'static str); 17] = [
        (Upos::Adj, "ADJ"),
        (Upos::Adp, "ADP"),
        (Upos::Adv, "ADV"),
        (Upos::Aux, "AUX"),
        (Upos::Cconj, "CCONJ"),
        (Upos::Det, "DET"),
        (Upos::Intj, "INTJ"),
        (Upos::Noun, "NOUN"),
        (Upos::Num, "NUM"),
        (Upos::Part, "PART"),
        (Upos::Pron, "PRON"),
        (Upos::Propn, "PROPN"),
        (Upos::Punct, "PUNCT"),
        (Upos::Sconj, "SCONJ"),
        (Upos::Sym, "SYM"),
        (Upos::Verb, "VERB"),
        (Upos::X, "X"),
    ];

    /// The code, such as `PROPN`.
    pub fn code(self) -> &'static str {
        Self::ALL[self as usize].1
    }

    /// The tag of a code; `X` for anything else.
    pub fn from_code(code: &str) -> Upos {
        Self::ALL.iter().find(|(_, c)| *c == code).map_or(Upos::X, |(tag, _)| *tag)
    }

    /// Whether the word is a common noun, a proper noun or a pronoun.
    pub fn is_nominal(self) -> bool {
        matches!(self, Upos::Noun | Upos::Propn | Upos::Pron)
    }
}

/// One syntactic word.
#[derive(Debug, Clone, PartialEq)]
pub struct Token {
    /// Code points of the text.
    pub span: Span,
    /// Bytes of the text.
    pub bytes: Range<usize>,
    /// Dictionary form.
    pub lemma: Arc<str>,
    /// Universal part of speech.
    pub upos: Upos,
    /// Penn Treebank tag: `VBD`, `NNP`.
    pub xpos: Arc<str>,
    /// UD features, `Number=Sing|Tense=Past`, `_` for none.
    pub feats: Arc<str>,
    /// Index of the head in the document's tokens; `None` at a root.
    pub head: Option<usize>,
    /// UD relation to the head, with subtype: `nsubj:pass`.
    pub deprel: Arc<str>,
    /// Index of the sentence.
    pub sentence: usize,
    /// Whether this word and the one before are written as one multiword
    /// token: `n't` of `don't`.
    pub joined: bool,
}

impl Token {
    /// The relation without its subtype: `nsubj` of `nsubj:pass`.
    pub fn relation(&self) -> &str {
        self.deprel.split(':').next().unwrap_or("")
    }

    /// The value of a feature, `feature("Tense") == Some("Past")`.
    pub fn feature(&self, name: &str) -> Option<&str> {
        self.feats.split('|').find_map(|f| f.strip_prefix(name)?.strip_prefix('='))
    }
}

/// Kind of a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum NameKind {
    /// People.
    Person,
    /// Bodies, companies, agencies, parties.
    Organization,
    /// Countries, cities, regions, rivers, facilities.
    Location,
    /// Anything else with a name: nationalities, events, works, laws.
    Other,
}

/// A name the network found.
#[derive(Debug, Clone, PartialEq)]
pub struct Name {
    /// Token indexes, never empty, inside one sentence.
    pub tokens: Range<usize>,
    /// What sort of name.
    pub kind: NameKind,
    /// The finer kind, as OntoNotes 5 has them: `PER`, `ORG`, `GPE` (states,
    /// cities), `LOC` (other places), `FAC` (buildings, roads), `NORP`
    /// (nationalities, religions, parties' members), `EVENT`, `PRODUCT`,
    /// `WORK_OF_ART`, `LAW`, `LANGUAGE`.
    pub label: &'static str,
}

impl Name {
    /// A name of which only the coarse kind is known.
    pub fn new(tokens: Range<usize>, kind: NameKind) -> Self {
        let label = match kind {
            NameKind::Person => "PER",
            NameKind::Organization => "ORG",
            NameKind::Location => "LOC",
            NameKind::Other => "MISC",
        };
        Self { tokens, kind, label }
    }
}

/// An expression of time or number the network found, as OntoNotes 5 has them.
#[derive(Debug, Clone, PartialEq)]
pub struct Value {
    /// Token indexes, never empty, inside one sentence.
    pub tokens: Range<usize>,
    /// `DATE`, `TIME`, `MONEY`, `PERCENT`, `QUANTITY`, `ORDINAL` or `CARDINAL`.
    pub label: &'static str,
}

/// A linked attribution the network found. Ranges are token indexes; content
/// may have several pieces and may cross sentences.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Attribution {
    /// Words that name the source; empty when nobody is named.
    pub source: Vec<Range<usize>>,
    /// Words that tie source to content; empty when a quotation stands alone.
    pub cue: Vec<Range<usize>>,
    /// What is attributed.
    pub content: Vec<Range<usize>>,
    /// Between 0 and 1.
    pub score: f32,
}

/// A read text: one layer of it after another, all over the same tokens.
#[derive(Debug, Clone)]
pub struct Doc<'t> {
    /// The untouched text.
    pub text: &'t str,
    /// Code point offsets of it.
    pub index: TextIndex,
    /// Syntactic words in reading order.
    pub tokens: Vec<Token>,
    /// Token range of each sentence, in order, covering all tokens.
    pub sentences: Vec<Range<usize>>,
    /// Sentence range of each paragraph, in order, covering all sentences.
    pub paragraphs: Vec<Range<usize>>,
    /// Names in reading order, never overlapping.
    pub names: Vec<Name>,
    /// Times and numbers in reading order, overlapping neither each other nor
    /// names.
    pub values: Vec<Value>,
    /// Attributions in the order of their contents.
    pub attributions: Vec<Attribution>,
}

impl<'t> Doc<'t> {
    /// The word as written.
    pub fn form(&self, token: usize) -> &'t str {
        &self.text[self.tokens[token].bytes.clone()]
    }

    /// The words of a span.
    pub fn slice(&self, span: Span) -> &'t str {
        self.index.slice(self.text, span)
    }

    /// The span from the first to the last token of a range; empty at the
    /// text's start for an empty range.
    pub fn span(&self, tokens: Range<usize>) -> Span {
        if tokens.is_empty() {
            return Span::new(0, 0);
        }
        self.tokens[tokens.start].span.cover(self.tokens[tokens.end - 1].span)
    }

    /// The span of a sentence.
    pub fn sentence_span(&self, sentence: usize) -> Span {
        self.span(self.sentences[sentence].clone())
    }

    /// The paragraph that a sentence belongs to.
    pub fn paragraph_of(&self, sentence: usize) -> usize {
        self.paragraphs.partition_point(|p| p.end <= sentence)
    }

    /// The tokens that a span touches.
    pub fn tokens_in(&self, span: Span) -> Range<usize> {
        let start = self.tokens.partition_point(|t| t.span.end <= span.start);
        let end = self.tokens.partition_point(|t| t.span.start < span.end);
        start..end.max(start)
    }

    /// A noun phrase without the complements and clauses that come after its
    /// head: `the mayor` of `the mayor who resigned`, all of `Ana Ruiz`.
    pub fn nucleus(&self, phrase: Range<usize>) -> Range<usize> {
        if phrase.is_empty() {
            return phrase;
        }
        let head = self.head_of(phrase.clone());
        let part = |t: usize| {
            let token = &self.tokens[t];
            let relation =
                matches!(token.relation(), "flat" | "compound" | "fixed" | "goeswith" | "nummod");
            relation && token.head.is_some_and(|h| h >= head && h < t)
                || token.xpos.as_ref() == "POS"
        };
        let rest = (head + 1..phrase.end).take_while(|&t| part(t));
        phrase.start..rest.last().unwrap_or(head) + 1
    }

    /// The syntactic head of a range of tokens: the first whose own head lies
    /// outside.
    pub fn head_of(&self, tokens: Range<usize>) -> usize {
        let outside = |&t: &usize| self.tokens[t].head.is_none_or(|h| !tokens.contains(&h));
        tokens.clone().find(outside).unwrap_or(tokens.start)
    }
}
