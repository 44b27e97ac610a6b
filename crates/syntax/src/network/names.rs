//! Names and values from two heads: one learned from gold, which knows PER,
//! ORG and LOC, and one from silver, which knows the eighteen kinds of
//! OntoNotes 5 (Weischedel et al. 2013).
//!
//! The share of a kind's label is the product of the gold head's share of its
//! coarse label and, to the power [`TRUST`], of the silver head's; what is none
//! of the three is a matter of the silver head among such labels. The best
//! well-formed sequence of labels wins. The trainer's `decode.py` is the twin.

use super::arithmetic::{exp, ln};
use crate::ModelError;
use std::sync::Arc;

/// How far the silver head is trusted about coarse labels. Chosen on one half
/// of Universal NER's development set.
const TRUST: f32 = 0.15;
/// What the gold head's score of no name gains: having seen its own training
/// data many times, it claims names too readily. Chosen as above.
const DOUBT: f32 = 1.75;
/// Labels that there may be of kinds, a multiple of eight: eighteen kinds have 37.
const MOST: usize = 64;

/// The labels of both heads.
#[derive(Debug)]
pub(crate) struct NameLabels {
    /// `O`, then `B-` and `I-` of one kind after another.
    pub(crate) kinds: Vec<Arc<str>>,
    /// For each label of a kind its coarse label.
    coarse: Vec<usize>,
    pub(crate) coarse_count: usize,
}

/// The coarse kind of a kind of name; none for values and other names.
fn coarse_kind(kind: &str) -> Option<&str> {
    match kind {
        "PER" | "ORG" => Some(kind),
        "GPE" | "LOC" | "FAC" => Some("LOC"),
        _ => None,
    }
}

impl NameLabels {
    /// Takes the labels of the gold head and of the silver head.
    pub(crate) fn new(gold: &[Arc<str>], kinds: Vec<Arc<str>>) -> Result<Self, ModelError> {
        let formed = |labels: &[Arc<str>]| {
            labels.first().is_some_and(|first| &**first == "O")
                && labels[1..].len().is_multiple_of(2)
                && labels[1..].chunks_exact(2).all(|pair| {
                    let kind = pair[0].strip_prefix("B-");
                    kind.is_some() && kind == pair[1].strip_prefix("I-")
                })
        };
        if !formed(gold) || !formed(&kinds) || kinds.len() > MOST {
            return Err(ModelError::Damaged("the labels of names are no BIO labels".into()));
        }
        let coarse = kinds.iter().map(|label| {
            let same =
                |kind: &str| gold.iter().position(|g| g[..1] == label[..1] && &g[2..] == kind);
            match label.get(2..).and_then(coarse_kind) {
                Some(kind) => same(kind)
                    .ok_or_else(|| ModelError::Damaged(format!("no label of names for {label}"))),
                None => Ok(0),
            }
        });
        Ok(Self { coarse: coarse.collect::<Result<_, _>>()?, coarse_count: gold.len(), kinds })
    }

    /// Appends to `joint` the log shares of one token's kinds, of the scores of
    /// the two heads.
    pub(crate) fn join(&self, gold: &[f32], kinds: &[f32], joint: &mut Vec<f32>) {
        let mut shares = [0.0f32; MOST];
        let mut sums = [0.0f32; MOST];
        let top = kinds.iter().copied().fold(f32::MIN, f32::max);
        for ((share, score), coarse) in shares.iter_mut().zip(kinds).zip(&self.coarse) {
            *share = exp(score - top);
            sums[*coarse] += *share;
        }
        let mut weights = [0.0f32; MOST];
        for ((weight, gold), sum) in weights.iter_mut().zip(gold).zip(sums).take(self.coarse_count)
        {
            *weight = gold + (TRUST - 1.0) * ln(sum.max(f32::MIN_POSITIVE));
        }
        weights[0] += DOUBT;
        joint.extend(
            kinds.iter().zip(&self.coarse).map(|(score, &coarse)| score - top + weights[coarse]),
        );
    }

    /// The best sequence of labels for rows of joint scores in which every
    /// `I-` follows its `B-` or `I-`; one window.
    pub(crate) fn sequence(&self, joint: &[f32], back: &mut Vec<u8>) -> Vec<u16> {
        let count = self.kinds.len();
        let rows = joint.chunks_exact(count);
        let tokens = rows.len();
        back.clear();
        back.resize(tokens * count, 0);
        let mut best = [f32::MIN; MOST];
        let mut top = 0;
        for (at, (row, back)) in rows.zip(back.chunks_exact_mut(count)).enumerate() {
            let before = if at == 0 { 0.0 } else { best[top] };
            let mut next = [f32::MIN; MOST];
            next[0] = before + row[0];
            back[0] = top as u8;
            for inside in (2..count).step_by(2) {
                let begin = inside - 1;
                (next[begin], back[begin]) = (before + row[begin], top as u8);
                let from = if best[inside] >= best[begin] { inside } else { begin };
                (next[inside], back[inside]) = (best[from] + row[inside], from as u8);
            }
            best = next;
            top =
                (0..count).fold(0, |top, label| if best[label] > best[top] { label } else { top });
        }
        let mut labels = vec![0; tokens];
        for (label, back) in labels.iter_mut().zip(back.chunks_exact(count)).rev() {
            *label = top as u16;
            top = back[top] as usize;
        }
        labels
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labels(kinds: &[&str]) -> Vec<Arc<str>> {
        let pairs = kinds.iter().flat_map(|k| [format!("B-{k}"), format!("I-{k}")]);
        std::iter::once("O".to_owned()).chain(pairs).map(Arc::from).collect()
    }

    fn both() -> NameLabels {
        let gold = labels(&["PER", "ORG", "LOC"]);
        NameLabels::new(&gold, labels(&["PER", "ORG", "GPE", "FAC", "DATE"])).unwrap()
    }

    /// Rows of scores that are 5 at the labels given and 0 elsewhere.
    fn rows(count: usize, high: &[usize]) -> Vec<f32> {
        let row = |&at: &usize| (0..count).map(move |n| if n == at { 5.0 } else { 0.0 });
        high.iter().flat_map(row).collect()
    }

    fn read(gold: &[usize], kinds: &[usize]) -> Vec<String> {
        let names = both();
        let (gold, kinds) = (rows(7, gold), rows(11, kinds));
        let mut joint = Vec::new();
        for (gold, kinds) in gold.chunks(7).zip(kinds.chunks(11)) {
            names.join(gold, kinds, &mut joint);
        }
        let sequence = names.sequence(&joint, &mut Vec::new());
        sequence.into_iter().map(|label| names.kinds[label as usize].to_string()).collect()
    }

    #[test]
    fn gold_decides_what_is_a_place_and_silver_of_which_kind() {
        // Gold: B-LOC I-LOC O; silver: B-FAC I-FAC O, then B-ORG I-ORG O.
        assert_eq!(read(&[5, 6, 0], &[7, 8, 0]), ["B-FAC", "I-FAC", "O"]);
        assert_eq!(read(&[3, 4, 0], &[5, 6, 0]), ["B-ORG", "I-ORG", "O"]);
    }

    #[test]
    fn values_are_a_matter_of_silver() {
        assert_eq!(read(&[0, 0, 0], &[9, 10, 0]), ["B-DATE", "I-DATE", "O"]);
    }

    #[test]
    fn an_inside_follows_its_beginning() {
        // Gold says I-PER alone, then O.
        let sequence = read(&[2, 0], &[2, 0]);
        assert!(sequence == ["O", "O"] || sequence == ["B-PER", "O"], "{sequence:?}");
        assert!(both().sequence(&[], &mut Vec::new()).is_empty());
    }

    #[test]
    fn other_labels_are_an_error() {
        let gold = labels(&["PER"]);
        for kinds in [vec![], labels(&["ORG"]), vec!["O".into(), "B-PER".into()]] {
            assert!(NameLabels::new(&gold, kinds).is_err());
        }
    }
}
