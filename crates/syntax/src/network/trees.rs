//! Sentence ends and dependency trees.
//!
//! Arcs are biaffine (Dozat and Manning 2017) with a bias for the signed
//! distance that the dependent's content chooses; heads are taken greedily and
//! then repaired to a tree with one root, which loses next to nothing against
//! a full search for the best tree and is linear but for the scores.

use super::arithmetic::{argmax, dot};
use super::kernel::{Product, Quantised, Work, widest};
use super::layers::{Dense, Joined, Rows};
use crate::ModelError;
use crate::file::{Matrix, ModelFile};
use std::ops::Range;
use std::sync::Arc;

const ARC: usize = 64;
const REL: usize = 96;
/// Longest sentence that is parsed whole; a longer one is cut where the
/// network sees the likeliest end.
const LONGEST: usize = 192;
/// Score from which a token ends its sentence. Chosen on one half of the
/// development treebanks' documents, where the network ends a little too many.
const SURE: f32 = 1.5;
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
        if last || ends[at] > SURE {
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
    /// All that reads a token's row, in the order of the constants below.
    pub(crate) joined: Joined,
    root: Vec<f32>,
    rel_root: Vec<f32>,
    rel_distance: Matrix,
    pub(crate) rel: Product,
    labels: usize,
    root_label: usize,
}

/// Where the joined product has the parts.
const DEPENDENT: usize = 0;
const GOVERNOR: usize = DEPENDENT + ARC;
const REL_DEPENDENT: usize = GOVERNOR + ARC;
const REL_GOVERNOR: usize = REL_DEPENDENT + REL;
const DISTANCE: usize = REL_GOVERNOR + REL;
const END: usize = DISTANCE + BUCKETS;

/// Room to parse in.
#[derive(Debug, Default)]
pub(crate) struct Room {
    parts: Vec<f32>,
    scores: Vec<f32>,
    hidden: Vec<f32>,
    bytes: Quantised,
    relations: Vec<f32>,
}

impl Trees {
    pub(crate) fn load(file: &ModelFile, relations: &[Arc<str>]) -> Result<Self, ModelError> {
        let root_label = relations.iter().position(|label| &**label == "root");
        Ok(Self {
            joined: Joined::load(
                file,
                [
                    ("dependent", ARC),
                    ("governor", ARC),
                    ("rel_dependent", REL),
                    ("rel_governor", REL),
                    ("distance", BUCKETS),
                    ("ends", 1),
                ],
            )?,
            root: file.sized("root", 1, ARC)?.values,
            rel_root: file.sized("rel_root", 1, REL)?.values,
            rel_distance: file.sized("rel_distance.weight", BUCKETS, REL)?,
            rel: Dense::load(file, "rel", relations.len(), REL)?.packed(),
            labels: relations.len(),
            root_label: root_label.ok_or_else(|| ModelError::Damaged("no label 'root'".into()))?,
        })
    }

    /// Sentences, and the head (index in the window, `None` at a root) and
    /// relation label of each token of a window's rows `x`.
    pub(crate) fn parse(
        &self,
        x: &Rows,
        starts: &[bool],
        room: &mut Room,
    ) -> (Vec<Range<usize>>, Vec<Option<usize>>, Vec<u16>) {
        self.joined.product.multiply(x.bytes(0..x.len()), 1, &mut room.parts);
        let stride = self.joined.product.stride();
        let ends: Vec<f32> = room.parts.chunks_exact(stride).map(|row| row[END]).collect();
        let sentences = sentences(&ends, starts);
        let mut heads = vec![None; ends.len()];
        for sentence in &sentences {
            let n = sentence.len();
            let parts = &room.parts[sentence.start * stride..sentence.end * stride];
            room.scores.resize(n * (n + 1), 0.0);
            widest(Arcs { parts, stride, root: &self.root, scores: &mut room.scores });
            for (dep, head) in tree(&room.scores, n).into_iter().enumerate() {
                heads[sentence.start + dep] = head.map(|h| sentence.start + h);
            }
        }
        let relations = self.relations(&heads, room);
        (sentences, heads, relations)
    }

    /// Score of each token as a sentence's end and as a root.
    #[cfg(test)]
    pub(super) fn end_and_root_scores(&self, x: &Rows) -> Vec<(f32, f32)> {
        let mut parts = Vec::new();
        self.joined.product.multiply(x.bytes(0..x.len()), 1, &mut parts);
        let rows = parts.chunks_exact(self.joined.product.stride());
        rows.map(|row| (row[END], dot(&row[DEPENDENT..GOVERNOR], &self.root) / (ARC as f32).sqrt()))
            .collect()
    }

    fn relations(&self, heads: &[Option<usize>], room: &mut Room) -> Vec<u16> {
        let stride = self.joined.product.stride();
        let Room { parts, hidden, bytes, relations, .. } = room;
        hidden.clear();
        for (dep, (row, head)) in parts.chunks_exact(stride).zip(heads).enumerate() {
            let (other, far) = match *head {
                Some(head) => {
                    let other = &parts[head * stride..(head + 1) * stride];
                    let far = distance_bucket(head as isize - dep as isize);
                    (&other[REL_GOVERNOR..REL_GOVERNOR + REL], far)
                }
                None => (&self.rel_root[..], DISTANCES.len() / 2),
            };
            let own = &row[REL_DEPENDENT..REL_DEPENDENT + REL];
            let sums = own.iter().zip(other).zip(self.rel_distance.row(far));
            hidden.extend(sums.map(|((own, other), far)| (own + other + far).max(0.0)));
        }
        self.rel.quantise(hidden, REL, bytes);
        self.rel.multiply(bytes.all(), 1, relations);
        let choose = |(row, head): (&mut [f32], &Option<usize>)| {
            if head.is_none() {
                return self.root_label as u16;
            }
            row[self.root_label] = f32::MIN;
            argmax(&row[..self.labels]) as u16
        };
        relations.chunks_exact_mut(self.rel.stride()).zip(heads).map(choose).collect()
    }
}

/// Scores of a sentence's arcs: for each dependent `1 + n`, the root first.
struct Arcs<'a> {
    parts: &'a [f32],
    stride: usize,
    root: &'a [f32],
    scores: &'a mut [f32],
}

impl Work for Arcs<'_> {
    type Out = ();

    #[inline(always)]
    fn run(self) {
        let scale = 1.0 / (ARC as f32).sqrt();
        let n = self.parts.len() / self.stride;
        let rows = self.parts.chunks_exact(self.stride);
        for (dep, (row, scores)) in
            rows.clone().zip(self.scores.chunks_exact_mut(n + 1)).enumerate()
        {
            let own = &row[DEPENDENT..GOVERNOR];
            let bias = &row[DISTANCE..END];
            scores[0] = dot(own, self.root) * scale;
            for (head, (other, score)) in rows.clone().zip(&mut scores[1..]).enumerate() {
                let far = near_bucket(head as isize - dep as isize);
                *score = dot(own, &other[GOVERNOR..REL_DEPENDENT]) * scale + bias[far];
            }
        }
    }
}

/// [`distance_bucket`], with a table for distances within a sentence.
#[inline(always)]
fn near_bucket(distance: isize) -> usize {
    const REACH: isize = 32;
    const NEAR: [u8; 2 * REACH as usize + 1] = {
        let mut table = [0; 2 * REACH as usize + 1];
        let mut at = 0;
        while at < table.len() {
            let mut bucket = 0;
            while bucket < DISTANCES.len() && DISTANCES[bucket] <= at as isize - REACH {
                bucket += 1;
            }
            table[at] = bucket as u8;
            at += 1;
        }
        table
    };
    if distance < -REACH { 0 } else { NEAR[(distance + REACH).min(2 * REACH) as usize] as usize }
}

/// Greedy heads repaired to a tree with one root. `scores` are `n` rows of
/// `1 + n`, the root first; a token is never its own head.
fn tree(scores: &[f32], n: usize) -> Vec<Option<usize>> {
    let score = |dep: usize, head: usize| scores[dep * (n + 1) + head + 1];
    let best_head = |dep: usize| {
        let row = &scores[dep * (n + 1) + 1..(dep + 1) * (n + 1)];
        let (before, after) = (&row[..dep], &row[dep + 1..]);
        let (left, right) = (argmax(before), dep + 1 + argmax(after));
        match (before.is_empty(), after.is_empty()) {
            (true, true) => None,
            (true, false) => Some(right),
            (false, true) => Some(left),
            (false, false) => Some(if row[right] > row[left] { right } else { left }),
        }
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
        assert!((-400..400).all(|distance| near_bucket(distance) == distance_bucket(distance)));
    }
}
