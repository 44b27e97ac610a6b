//! Dependents of each token, looked up once, and the noun phrases they make.

use dateline_syntax::{Arcs, Doc, Upos};
use std::ops::Range;

/// Noun phrases longer than this are cut: no description is so long.
const LONGEST: usize = 40;

/// The document's trees from above.
#[derive(Debug)]
pub(crate) struct Tree(Arcs);

impl Tree {
    pub(crate) fn new(doc: &Doc<'_>) -> Self {
        Self(Arcs::new(doc))
    }

    /// Direct dependents in reading order.
    pub(crate) fn dependents(
        &self,
        token: usize,
    ) -> impl DoubleEndedIterator<Item = usize> + Clone + '_ {
        self.0.dependents(token).iter().copied()
    }

    /// Dependents with a relation, subtype ignored.
    pub(crate) fn by<'a>(
        &'a self,
        doc: &'a Doc<'_>,
        token: usize,
        relation: &'a str,
    ) -> impl Iterator<Item = usize> + 'a {
        self.dependents(token).filter(move |&t| doc.tokens[t].relation() == relation)
    }

    /// First token of the subtree that lies before `token` and touches it.
    fn leftmost(&self, token: usize, floor: usize) -> usize {
        let (mut first, mut at) = (token, token);
        for _ in 0..LONGEST {
            match self.dependents(at).next() {
                Some(next) if next < first && next >= floor => {
                    first = next;
                    at = next;
                }
                _ => break,
            }
        }
        first
    }

    /// Last token of a subtree, within `LONGEST` steps.
    fn rightmost(&self, token: usize) -> usize {
        let (mut last, mut at) = (token, token);
        for _ in 0..LONGEST {
            match self.dependents(at).next_back() {
                Some(next) if next > last => {
                    last = next;
                    at = next;
                }
                _ => break,
            }
        }
        last
    }

    /// The noun phrase that a token heads: its dependents before it, the parts
    /// of a name after it, and with `of` a complement that belongs to a title
    /// ("minister of defence"); no relative clauses, no appositions.
    pub(crate) fn phrase(&self, doc: &Doc<'_>, head: usize, of: bool) -> Range<usize> {
        let sentence = sentence_of(doc, head);
        let floor = sentence.start.max(head.saturating_sub(LONGEST));
        let mut start = head;
        for left in self.dependents(head).filter(|&t| t < head) {
            let relation = doc.tokens[left].relation();
            let outside =
                outside(relation) || matches!(relation, "obl" | "advmod" | "acl" | "root");
            let quantity = relation == "advmod" && doc.tokens[head].upos == Upos::Noun;
            if outside && !quantity {
                start = head;
                continue;
            }
            start = start.min(self.leftmost(left, floor));
            if start < left && doc.tokens[start].upos == Upos::Punct {
                start = left;
            }
        }
        while start < head && (doc.tokens[start].upos == Upos::Punct || joins(doc, start)) {
            start += 1;
        }
        let mut end = head + 1;
        for right in self.dependents(head).filter(|&t| t > head) {
            let relation = doc.tokens[right].deprel.as_ref();
            let part = matches!(relation, "flat" | "fixed" | "flat:name" | "goeswith" | "nummod")
                || relation == "compound"
                || of && relation.starts_with("nmod") && self.has_case(doc, right, "of");
            let adjacent = self.leftmost(right, end) <= end;
            if !part || !adjacent || right >= sentence.end {
                break;
            }
            let deep = !relation.starts_with("nmod");
            end = if deep {
                self.rightmost(right).min(sentence.end.saturating_sub(1)) + 1
            } else {
                self.phrase_end(doc, right, sentence.end)
            };
        }
        start.max(floor)..end.min(head + LONGEST).max(head + 1)
    }

    /// The whole of a mention as annotators mark it (OntoNotes, GUM): the
    /// phrase with its complements and relative clauses, without appositions,
    /// conjuncts and what belongs to the clause.
    pub(crate) fn whole(&self, doc: &Doc<'_>, head: usize, phrase: Range<usize>) -> Range<usize> {
        let sentence = sentence_of(doc, head);
        let apart = |t: usize| {
            let relation = doc.tokens[t].relation();
            outside(relation)
                || matches!(relation, "ccomp" | "dep" | "list" | "reparandum")
                || t > head && matches!(relation, "obl" | "advmod")
        };
        let (mut start, mut end) = (phrase.start, phrase.end);
        for part in self.dependents(head).filter(|&t| !apart(t)) {
            let extent = self.0.extent(part);
            start = start.min(extent.start);
            end = end.max(extent.end);
        }
        let word = |t: usize| doc.tokens[t].upos != Upos::Punct;
        let opens = |t: usize| word(t) && !joins(doc, t);
        let closes = |t: usize| word(t) || matches!(doc.form(t), ")" | "]" | "”" | "\"");
        let start =
            (start.max(sentence.start)..phrase.start).find(|&t| opens(t)).unwrap_or(phrase.start);
        let end = (phrase.end..end.min(sentence.end))
            .rev()
            .find(|&t| closes(t))
            .map_or(phrase.end, |t| t + 1);
        start..end
    }

    /// End of a complement: its head with the parts of its name.
    fn phrase_end(&self, doc: &Doc<'_>, head: usize, limit: usize) -> usize {
        let mut end = head + 1;
        for right in self.dependents(head).filter(|&t| t > head) {
            let relation = doc.tokens[right].relation();
            if matches!(relation, "flat" | "fixed" | "compound") && right == end && right < limit {
                end = right + 1;
            } else {
                break;
            }
        }
        end
    }

    /// Whether a preposition hangs on the token.
    pub(crate) fn has_case(&self, doc: &Doc<'_>, token: usize, preposition: &str) -> bool {
        self.by(doc, token, "case").any(|c| doc.form(c).eq_ignore_ascii_case(preposition))
    }
}

/// Whether a word joins a phrase to what is before it, and so cannot begin it:
/// "according to" may be a preposition of two words, the first of them a verb.
fn joins(doc: &Doc<'_>, token: usize) -> bool {
    matches!(doc.tokens[token].upos, Upos::Cconj | Upos::Sconj | Upos::Adp)
        || doc.tokens[token].relation() == "case"
}

/// Whether a dependent of a noun belongs to no noun phrase of it: to its clause,
/// or to another phrase beside it.
fn outside(relation: &str) -> bool {
    matches!(
        relation,
        "case"
            | "cc"
            | "punct"
            | "mark"
            | "nsubj"
            | "cop"
            | "aux"
            | "expl"
            | "advcl"
            | "csubj"
            | "parataxis"
            | "discourse"
            | "vocative"
            | "conj"
            | "appos"
            | "dislocated"
            | "orphan"
    )
}

/// The tokens of the sentence a token stands in.
pub(crate) fn sentence_of(doc: &Doc<'_>, token: usize) -> Range<usize> {
    let at = doc.tokens.get(token).map_or(0, |t| t.sentence);
    doc.sentences.get(at).cloned().unwrap_or(token..token + 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::doc;

    #[test]
    fn phrases_leave_clauses_and_appositions_out() {
        let text = "The new Peruvian minister of defence , a lawyer , resigned .";
        let doc = doc(
            text,
            &[
                "DET 4 det",
                "ADJ 4 amod",
                "ADJ 4 amod",
                "NOUN 11 nsubj",
                "ADP 6 case",
                "NOUN 4 nmod",
                "PUNCT 9 punct",
                "DET 9 det",
                "NOUN 4 appos",
                "PUNCT 9 punct",
                "VERB 0 root",
                "PUNCT 11 punct",
            ],
        );
        let tree = Tree::new(&doc);
        let words = |range: Range<usize>| doc.slice(doc.span(range));
        assert_eq!(words(tree.phrase(&doc, 3, true)), "The new Peruvian minister of defence");
        assert_eq!(words(tree.phrase(&doc, 3, false)), "The new Peruvian minister");
        assert_eq!(words(tree.phrase(&doc, 8, true)), "a lawyer");
    }

    #[test]
    fn phrases_begin_after_a_preposition_of_several_words() {
        // the tree is wrong about what the preposition belongs to
        let doc = doc(
            "It rained , according to news agency Petra .",
            &[
                "PRON 2 nsubj",
                "VERB 0 root",
                "PUNCT 8 punct",
                "VERB 7 case",
                "ADP 4 fixed",
                "NOUN 7 compound",
                "NOUN 8 compound",
                "PROPN 2 obl",
                "PUNCT 2 punct",
            ],
        );
        let tree = Tree::new(&doc);
        assert_eq!(doc.slice(doc.span(tree.phrase(&doc, 7, true))), "news agency Petra");
    }
}
