//! Sentence ends and dependency trees.
//!
//! Arcs are biaffine (Dozat and Manning 2017) with a bias for the signed
//! distance that the dependent's content chooses; heads are taken greedily and
//! then repaired to a tree with one root, which loses next to nothing against
//! a full search for the best tree and is linear but for the scores.

use super::argmax;
use super::kernel::dot;
use super::layers::{Dense, WIDTH};
use crate::ModelError;
use crate::file::{Matrix, ModelFile};
use std::ops::Range;
use std::sync::Arc;

const ARC: usize = 64;
const REL: usize = 96;
/// Longest sentence that is parsed whole; a longer one is cut where the
/// network sees the likeliest end.
const LONGEST: usize = 192;
/// Lower bounds of the buckets of signed distances (head minus dependent).
const DISTANCES: [isize; 16] = [-32, -16, -8, -5, -4, -3, -2, -1, 1, 2, 3, 4, 5, 8, 16, 32];
pub(crate) const BUCKETS: usize = DISTANCES.len() + 1;

/// Bucket of a signed distance.
pub(crate) fn distance_bucket(distance: isize) -> usize {
    DISTANCES.partition_point(|&bound| bound <= distance)
}

/// Token ranges of sentences from the scores of sentence ends; a paragraph's
/// end always is one.
pub(crate) fn sentences(ends: &[f32], starts: &[bool]) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut start = 0;
    for at in 0..ends.len() {
        let last = at + 1 == ends.len() || starts[at + 1];
        if last || ends[at] > 0.0 {
            out.push(start..at + 1);
            start = at + 1;
        } else if at + 1 - start == LONGEST {
            let half = start + LONGEST / 2;
            let cut = half + argmax(&ends[half..=at]) + 1;
            out.push(start..cut);
            start = cut;
        }
    }
    out
}

/// The weights of the tree heads.
#[derive(Debug)]
pub(crate) struct Trees {
    dependent: Dense,
    governor: Dense,
    distance: Dense,
    root: Vec<f32>,
    rel_dependent: Dense,
    rel_governor: Dense,
    rel_root: Vec<f32>,
    rel_distance: Matrix,
    rel: Dense,
    root_label: usize,
}

impl Trees {
    pub(crate) fn load(file: &ModelFile, relations: &[Arc<str>]) -> Result<Self, ModelError> {
        let dense = |name: &str, out: usize| Dense::load(file, name, out, WIDTH);
        let root_label = relations.iter().position(|label| &**label == "root");
        Ok(Self {
            dependent: dense("dependent", ARC)?,
            governor: dense("governor", ARC)?,
            distance: dense("distance", BUCKETS)?,
            root: file.sized("root", 1, ARC)?.values,
            rel_dependent: dense("rel_dependent", REL)?,
            rel_governor: dense("rel_governor", REL)?,
            rel_root: file.sized("rel_root", 1, REL)?.values,
            rel_distance: file.sized("rel_distance.weight", BUCKETS, REL)?,
            rel: Dense::load(file, "rel", relations.len(), REL)?,
            root_label: root_label.ok_or_else(|| ModelError::Damaged("no label 'root'".into()))?,
        })
    }

    /// Head (index in the window, `None` at a root) and relation label of each
    /// token of a window's rows `x`.
    pub(crate) fn parse(
        &self,
        x: &[f32],
        sentences: &[Range<usize>],
    ) -> (Vec<Option<usize>>, Vec<u16>) {
        let (d, g) = (self.dependent.apply(x), self.governor.apply(x));
        let chosen = self.distance.apply(x);
        let mut heads = vec![None; x.len() / WIDTH];
        for sentence in sentences {
            let n = sentence.len();
            let scale = 1.0 / (ARC as f32).sqrt();
            let row = |at: usize| at * ARC..(at + 1) * ARC;
            let mut scores = vec![0.0; n * (n + 1)];
            for (dep, scores) in scores.chunks_exact_mut(n + 1).enumerate() {
                let at = sentence.start + dep;
                let own = &d[row(at)];
                let bias = &chosen[at * BUCKETS..(at + 1) * BUCKETS];
                scores[0] = dot(own, &self.root) * scale;
                for head in 0..n {
                    let other = &g[row(sentence.start + head)];
                    let far = distance_bucket(head as isize - dep as isize);
                    scores[head + 1] = dot(own, other) * scale + bias[far];
                }
            }
            for (dep, head) in tree(&scores, n).into_iter().enumerate() {
                heads[sentence.start + dep] = head.map(|h| sentence.start + h);
            }
        }
        let relations = self.relations(x, &heads);
        (heads, relations)
    }

    /// Score of each token as a root.
    #[cfg(test)]
    pub(super) fn root_scores(&self, x: &[f32]) -> Vec<f32> {
        let d = self.dependent.apply(x);
        d.chunks_exact(ARC).map(|row| dot(row, &self.root) / (ARC as f32).sqrt()).collect()
    }

    fn relations(&self, x: &[f32], heads: &[Option<usize>]) -> Vec<u16> {
        let mut hidden = self.rel_dependent.apply(x);
        let governors = self.rel_governor.apply(x);
        for (dep, row) in hidden.chunks_exact_mut(REL).enumerate() {
            let (other, far) = match heads[dep] {
                Some(head) => (
                    &governors[head * REL..(head + 1) * REL],
                    distance_bucket(head as isize - dep as isize),
                ),
                None => (&self.rel_root[..], DISTANCES.len() / 2),
            };
            for ((value, o), b) in row.iter_mut().zip(other).zip(self.rel_distance.row(far)) {
                *value = (*value + o + b).max(0.0);
            }
        }
        let mut scores = self.rel.apply(&hidden);
        let labels = scores.len() / heads.len().max(1);
        let choose = |(row, head): (&mut [f32], &Option<usize>)| {
            if head.is_none() {
                return self.root_label as u16;
            }
            row[self.root_label] = f32::MIN;
            argmax(row) as u16
        };
        scores.chunks_exact_mut(labels).zip(heads).map(choose).collect()
    }
}

/// Greedy heads repaired to a tree with one root. `scores` are `n` rows of
/// `1 + n`, the root first; a token is never its own head.
fn tree(scores: &[f32], n: usize) -> Vec<Option<usize>> {
    let score = |dep: usize, head: usize| scores[dep * (n + 1) + head + 1];
    let best_head = |dep: usize| {
        let others = (0..n).filter(|&head| head != dep);
        others.max_by(|&a, &b| score(dep, a).total_cmp(&score(dep, b)).then(b.cmp(&a)))
    };
    let mut heads: Vec<Option<usize>> = (0..n).map(best_head).collect();
    let gain =
        |dep: usize| scores[dep * (n + 1)] - heads[dep].map_or(f32::MIN, |head| score(dep, head));
    let Some(root) = (0..n).max_by(|&a, &b| gain(a).total_cmp(&gain(b)).then(b.cmp(&a))) else {
        return heads;
    };
    heads[root] = None;
    // Each round takes one cycle and hangs one of its tokens, the one that
    // loses least, on a token that the cycle does not govern.
    while let Some(cycle) = find_cycle(&heads) {
        let governed = below(&heads, &cycle);
        let mut change = (f32::MIN, root, root);
        for &dep in &cycle {
            let now = heads[dep].map_or(0.0, |head| score(dep, head));
            for head in (0..n).filter(|&head| !governed[head]) {
                let loss = score(dep, head) - now;
                if loss > change.0 || change.1 == root {
                    change = (loss, dep, head);
                }
            }
        }
        if change.1 == root {
            break;
        }
        heads[change.1] = Some(change.2);
    }
    heads
}

/// The tokens of some cycle.
fn find_cycle(heads: &[Option<usize>]) -> Option<Vec<usize>> {
    let mut seen = vec![0; heads.len()];
    for start in 0..heads.len() {
        let mut at = start;
        while seen[at] == 0 {
            seen[at] = start + 1;
            match heads[at] {
                Some(head) => at = head,
                None => break,
            }
        }
        if seen[at] == start + 1 && heads[at].is_some() {
            let mut cycle = vec![at];
            let mut next = heads[at];
            while let Some(token) = next.filter(|&token| token != at) {
                cycle.push(token);
                next = heads[token];
            }
            return next.map(|_| cycle);
        }
    }
    None
}

/// Which tokens are in the cycle or hang below it.
fn below(heads: &[Option<usize>], cycle: &[usize]) -> Vec<bool> {
    let mut state = vec![None; heads.len()];
    for &token in cycle {
        state[token] = Some(true);
    }
    for start in 0..heads.len() {
        let mut path = Vec::new();
        let mut at = Some(start);
        let found = loop {
            match at {
                None => break false,
                Some(token) => match state[token] {
                    Some(known) => break known,
                    None if path.len() > heads.len() => break false,
                    None => path.push(token),
                },
            }
            at = at.and_then(|token| heads[token]);
        };
        for token in path {
            state[token] = Some(found);
        }
    }
    state.into_iter().map(|known| known == Some(true)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_tree(heads: &[Option<usize>]) -> bool {
        heads.iter().filter(|head| head.is_none()).count() == 1 && find_cycle(heads).is_none()
    }

    #[test]
    fn any_scores_give_a_tree() {
        let mut seed = 7u32;
        for n in 1..40 {
            let scores: Vec<f32> = (0..n * (n + 1))
                .map(|_| {
                    seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                    (seed >> 8) as f32
                })
                .collect();
            assert!(is_tree(&tree(&scores, n)), "{n}");
        }
    }

    #[test]
    fn a_cycle_is_broken_where_it_costs_least() {
        // 0 and 1 choose each other, 2 is the root; 1 would nearly as soon hang on 2.
        let scores = [0.0, 0.0, 9.0, 1.0, 0.0, 9.0, 0.0, 8.0, 5.0, 1.0, 1.0, 0.0];
        assert_eq!(tree(&scores, 3), [Some(1), Some(2), None]);
    }

    #[test]
    fn long_sentences_are_cut_and_paragraphs_end_them() {
        let mut ends = vec![-5.0; 500];
        ends[120] = -1.0;
        let mut starts = vec![false; 500];
        starts[490] = true;
        let cut = sentences(&ends, &starts);
        assert_eq!(cut[0], 0..121);
        assert!(cut.iter().all(|s| s.len() <= LONGEST) && cut.last() == Some(&(490..500)));
    }

    #[test]
    fn distances_fall_into_buckets_as_in_training() {
        assert_eq!([-40, -1, 0, 1, 6, 99].map(distance_bucket), [0, 8, 8, 9, 13, 16]);
    }
}
