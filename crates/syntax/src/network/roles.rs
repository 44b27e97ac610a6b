//! Attribution: source, cue and content labels by a linear-chain CRF (Lafferty
//! et al. 2001), and which content belongs to which cue and which cue to which
//! source.
//!
//! Virtually every attribution has one contiguous cue, so a cue stands for an
//! attribution; contents choose a cue or none, cues choose a source or none,
//! and a source may serve several.

use super::Window;
use super::arithmetic::{argmax, dot, exp};
use super::kernel::Product;
use super::layers::{Dense, Rows, WIDTH};
use super::trees::{BUCKETS, distance_bucket};
use crate::features::Quote;
use crate::file::{Matrix, ModelFile};
use crate::{Attribution, ModelError};
use std::ops::Range;

const LINK: usize = 64;
const EXTRAS: usize = 4;

/// What a span is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    Source,
    Cue,
    Content,
}

/// A label: nothing, or the beginning or inside of a role.
type Label = Option<(bool, Role)>;

/// Room for a number a label, as wide as a vector; the labels are seven.
type Row = [f32; 8];

/// The weights of the attribution heads.
#[derive(Debug)]
pub(crate) struct Roles {
    labels: Vec<Label>,
    pub(crate) scores: Product,
    /// From one label (row) to the next.
    transitions: Vec<Row>,
    /// The transitions' exponentials, and the same from the next to the one.
    weights: Vec<Row>,
    weights_back: Vec<Row>,
    content_cue: Links,
    cue_source: Links,
}

/// A scorer of partners for a span: `relu(A a + B b + D[distance] + E extra) . w`.
#[derive(Debug)]
struct Links {
    a: Product,
    b: Product,
    distance: Matrix,
    extra: Dense,
    out: Dense,
    none: Dense,
}

impl Links {
    fn load(file: &ModelFile, name: &str) -> Result<Self, ModelError> {
        let dense =
            |part: &str, out, input| Dense::load(file, &format!("{name}.{part}"), out, input);
        Ok(Self {
            a: dense("a", LINK, 3 * WIDTH)?.packed(),
            b: dense("b", LINK, 3 * WIDTH)?.packed(),
            distance: file.sized(&format!("{name}.distance.weight"), BUCKETS, LINK)?,
            extra: dense("extra", LINK, EXTRAS)?,
            out: dense("out", 1, LINK)?,
            none: dense("none", 1, LINK)?,
        })
    }

    /// For each of `ones` the index of the best of `others`, or none, and the
    /// probability of that choice.
    fn choose(
        &self,
        y: &[f32],
        ones: &[Range<usize>],
        others: &[Range<usize>],
        window: &Windowed<'_>,
    ) -> Vec<(Option<usize>, f32)> {
        let (mut a, mut b) = (Vec::new(), Vec::new());
        self.a.apply(&span_vectors(y, ones), 3 * WIDTH, &mut a);
        self.b.apply(&span_vectors(y, others), 3 * WIDTH, &mut b);
        let score =
            |layer: &Dense, hidden: &[f32]| layer.bias[0] + dot(&layer.weight.values, hidden);
        let mut scores = Vec::new();
        let mut choices = Vec::with_capacity(ones.len());
        for (one, a) in ones.iter().zip(a.chunks_exact(LINK)) {
            // Partners further away than this many spans are never right.
            let near = others.partition_point(|o| o.start < one.start);
            let near = near.saturating_sub(REACH)..(near + REACH).min(others.len());
            let mut hidden = [0.0; LINK];
            for (value, a) in hidden.iter_mut().zip(a) {
                *value = a.max(0.0);
            }
            scores.clear();
            scores.push(score(&self.none, &hidden));
            for at in near.clone() {
                let (gap, extra) = window.pair(one, at, others);
                let distance = self.distance.row(distance_bucket(gap));
                let parts = a.iter().zip(&b[at * LINK..(at + 1) * LINK]).zip(distance);
                let layer = self.extra.weight.values.chunks_exact(EXTRAS).zip(&self.extra.bias);
                for ((value, (weights, bias)), ((a, b), far)) in
                    hidden.iter_mut().zip(layer).zip(parts)
                {
                    *value = (bias + dot(weights, &extra) + a + b + far).max(0.0);
                }
                scores.push(score(&self.out, &hidden));
            }
            let best = argmax(&scores);
            let total: f32 = scores.iter().map(|s| exp(s - scores[best])).sum();
            choices.push((best.checked_sub(1).map(|at| near.start + at), 1.0 / total));
        }
        choices
    }
}

const REACH: usize = 40;

/// What the linker sees of a window besides the states.
struct Windowed<'w> {
    paragraph: Vec<usize>,
    quotes: &'w [Quote],
}

impl Windowed<'_> {
    /// Signed gap between a span and one of its candidates, and the extras:
    /// same paragraph, neighbouring paragraphs, candidates between (at most
    /// three, over three), whether the span begins inside quotation marks.
    fn pair(
        &self,
        one: &Range<usize>,
        at: usize,
        others: &[Range<usize>],
    ) -> (isize, [f32; EXTRAS]) {
        let other = &others[at];
        let (gap, lo, hi) = if other.start >= one.end {
            ((other.start - one.end) as isize + 1, one.end, other.start)
        } else {
            let gap = if other.end <= one.start {
                other.end as isize - 1 - one.start as isize
            } else {
                0
            };
            (gap, other.end, one.start)
        };
        let nearby = at.saturating_sub(4)..(at + 5).min(others.len());
        let between = others[nearby].iter().filter(|o| lo <= o.start && o.end <= hi).count();
        let step = self.paragraph[one.start].abs_diff(self.paragraph[other.start]);
        let quoted = matches!(self.quotes[one.start], Quote::Opening | Quote::Inside);
        let flag = |yes: bool| if yes { 1.0 } else { 0.0 };
        (gap, [flag(step == 0), flag(step == 1), between.min(3) as f32 / 3.0, flag(quoted)])
    }
}

/// First token, last token and mean of each span of the rows `y`.
fn span_vectors(y: &[f32], spans: &[Range<usize>]) -> Vec<f32> {
    let mut out = Vec::with_capacity(spans.len() * 3 * WIDTH);
    for span in spans {
        out.extend_from_slice(&y[span.start * WIDTH..(span.start + 1) * WIDTH]);
        out.extend_from_slice(&y[(span.end - 1) * WIDTH..span.end * WIDTH]);
        let at = out.len();
        out.resize(at + WIDTH, 0.0);
        for row in y[span.start * WIDTH..span.end * WIDTH].chunks_exact(WIDTH) {
            for (sum, value) in out[at..].iter_mut().zip(row) {
                *sum += value / span.len() as f32;
            }
        }
    }
    out
}

impl Roles {
    pub(crate) fn load(file: &ModelFile) -> Result<Self, ModelError> {
        let label = |label: &str| match label {
            "O" => Ok(None),
            "B-SOURCE" => Ok(Some((true, Role::Source))),
            "I-SOURCE" => Ok(Some((false, Role::Source))),
            "B-CUE" => Ok(Some((true, Role::Cue))),
            "I-CUE" => Ok(Some((false, Role::Cue))),
            "B-CONTENT" => Ok(Some((true, Role::Content))),
            "I-CONTENT" => Ok(Some((false, Role::Content))),
            other => Err(ModelError::Damaged(format!("attribution label '{other}'"))),
        };
        let labels: Vec<Label> =
            file.labels("roles")?.iter().map(|l| label(l)).collect::<Result<_, _>>()?;
        let count = labels.len();
        if count > Row::default().len() {
            return Err(ModelError::Damaged(format!("{count} attribution labels")));
        }
        let mut transitions = file.sized("transitions", count, count)?;
        for (before, &from) in labels.iter().enumerate() {
            for (after, &to) in labels.iter().enumerate() {
                let continues = |role| from.is_some_and(|(_, of)| of == role);
                if matches!(to, Some((false, role)) if !continues(role)) {
                    transitions.values[before * count + after] = FORBIDDEN;
                }
            }
        }
        let transitions: Vec<Row> = transitions.values.chunks_exact(count).map(row_of).collect();
        let weights: Vec<Row> = transitions.iter().map(|row| row.map(exp)).collect();
        let back = |to: usize| std::array::from_fn(|from| weights.get(from).map_or(0.0, |w| w[to]));
        Ok(Self {
            scores: Dense::load(file, "roles", count, WIDTH)?.packed(),
            content_cue: Links::load(file, "content_cue")?,
            cue_source: Links::load(file, "cue_source")?,
            weights_back: (0..count).map(back).collect(),
            weights,
            labels,
            transitions,
        })
    }

    /// Attributions of a window from its rows `y`.
    pub(crate) fn read(&self, y: &Rows, window: &Window<'_>) -> Vec<Attribution> {
        let scores = self.label_scores(y);
        let y = y.values();
        let path = self.viterbi(&scores);
        let sure = self.marginals(&scores, &path);
        let [sources, cues, contents] = self.spans(&path);
        let mut paragraph = Vec::with_capacity(window.starts.len());
        for &start in &window.starts {
            paragraph.push(paragraph.last().copied().unwrap_or(0) + usize::from(start));
        }
        let windowed = Windowed { paragraph, quotes: &window.quotes };
        let cue_of = self.content_cue.choose(y, &contents, &cues, &windowed);
        let source_of = self.cue_source.choose(y, &cues, &sources, &windowed);
        let certainty =
            |span: &Range<usize>| sure[span.clone()].iter().sum::<f32>() / span.len().max(1) as f32;
        let mut out = Vec::new();
        for (at, (cue, (source, source_chance))) in cues.iter().zip(source_of).enumerate() {
            let mut attribution = Attribution { cue: vec![cue.clone()], ..Attribution::default() };
            attribution.source.extend(source.map(|s| sources[s].clone()));
            let mut chance = certainty(cue) * source_chance;
            for (content, (_, link)) in
                contents.iter().zip(&cue_of).filter(|(_, (c, _))| *c == Some(at))
            {
                chance *= certainty(content) * link;
                attribution.content.push(content.clone());
            }
            if !attribution.content.is_empty() {
                out.push(Attribution { score: chance, ..attribution });
            }
        }
        for (content, (cue, link)) in contents.iter().zip(cue_of) {
            if cue.is_none() {
                let content = vec![content.clone()];
                out.push(Attribution {
                    score: certainty(&content[0]) * link,
                    content,
                    ..Attribution::default()
                });
            }
        }
        out.sort_by_key(|a| a.content[0].start);
        out
    }

    /// Names of the labels on the best path.
    #[cfg(test)]
    pub(super) fn labels_of(&self, y: &Rows) -> Vec<&'static str> {
        let name = |label: usize| match self.labels[label] {
            None => "O",
            Some((true, Role::Source)) => "B-SOURCE",
            Some((false, Role::Source)) => "I-SOURCE",
            Some((true, Role::Cue)) => "B-CUE",
            Some((false, Role::Cue)) => "I-CUE",
            Some((true, Role::Content)) => "B-CONTENT",
            Some((false, Role::Content)) => "I-CONTENT",
        };
        self.viterbi(&self.label_scores(y)).into_iter().map(name).collect()
    }

    /// One row of scores of all labels a token.
    fn label_scores(&self, y: &Rows) -> Vec<Row> {
        let mut padded = Vec::new();
        self.scores.multiply(y.bytes(0..y.len()), 1, &mut padded);
        let rows = padded.chunks_exact(self.scores.stride());
        rows.map(|row| row_of(&row[..self.labels.len()])).collect()
    }

    /// The best label sequence.
    fn viterbi(&self, scores: &[Row]) -> Vec<usize> {
        let count = self.labels.len();
        let Some((first, rest)) = scores.split_first() else { return Vec::new() };
        let mut best = *first;
        for (score, label) in best.iter_mut().zip(&self.labels) {
            *score += start_score(*label);
        }
        let mut back: Vec<[u8; 8]> = Vec::with_capacity(rest.len());
        for row in rest {
            let reach = |from: usize| self.transitions[from].map(|score| score + best[from]);
            let (mut most, mut origin) = (reach(0), [0; 8]);
            for from in 1..count {
                let other = reach(from);
                for after in 0..8 {
                    if other[after] > most[after] {
                        (most[after], origin[after]) = (other[after], from as u8);
                    }
                }
            }
            back.push(origin);
            best = std::array::from_fn(|after| most[after] + row[after]);
        }
        let mut path = vec![argmax(&best[..count])];
        for origin in back.iter().rev() {
            path.push(origin[path[path.len() - 1]] as usize);
        }
        path.reverse();
        path
    }

    /// Marginal probability, at each token, of the label on the path (forward
    /// and backward sums, scaled at each step).
    fn marginals(&self, scores: &[Row], path: &[usize]) -> Vec<f32> {
        let count = self.labels.len();
        let scaled = |row: Row| {
            let sum: f32 = row[..count].iter().sum::<f32>().max(f32::MIN_POSITIVE);
            row.map(|value| value / sum)
        };
        let start = row_of(&self.labels.iter().map(|l| exp(start_score(*l))).collect::<Vec<_>>());
        let mut emit = scores.to_vec();
        let mut forward: Vec<Row> = Vec::with_capacity(emit.len());
        for row in &mut emit {
            let top = row[argmax(&row[..count])];
            *row = row.map(|score| exp(score - top));
            row[count..].fill(0.0);
            let reach = match forward.last() {
                None => start,
                Some(before) => through(&self.weights, before),
            };
            forward.push(scaled(std::array::from_fn(|label| reach[label] * row[label])));
        }
        let mut behind: Row = [1.0; 8];
        let mut sure = vec![0.0; path.len()];
        for (at, (row, forward)) in emit.iter().zip(&forward).enumerate().rev() {
            sure[at] =
                scaled(std::array::from_fn(|label| forward[label] * behind[label]))[path[at]];
            let next = std::array::from_fn(|label| row[label] * behind[label]);
            behind = scaled(through(&self.weights_back, &next));
        }
        sure
    }

    /// Sources, cues and contents on a path.
    fn spans(&self, path: &[usize]) -> [Vec<Range<usize>>; 3] {
        let mut out = [Vec::new(), Vec::new(), Vec::new()];
        let mut open: Option<(usize, Role)> = None;
        for at in 0..=path.len() {
            let label = path.get(at).and_then(|&l| self.labels[l]);
            let continues =
                matches!((label, open), (Some((false, role)), Some((_, of))) if role == of);
            if !continues {
                if let Some((start, role)) = open.take() {
                    out[role as usize].push(start..at);
                }
                open = label.map(|(_, role)| (at, role));
            }
        }
        out
    }
}

/// Numbers of the labels in a row, zeros after them.
fn row_of(values: &[f32]) -> Row {
    std::array::from_fn(|at| values.get(at).copied().unwrap_or(0.0))
}

/// The sum of rows of weights, each times a number.
fn through(weights: &[Row], values: &Row) -> Row {
    let mut out = Row::default();
    for (weights, value) in weights.iter().zip(values) {
        for (sum, weight) in out.iter_mut().zip(weights) {
            *sum += value * weight;
        }
    }
    out
}

const FORBIDDEN: f32 = -1e4;

/// A sequence cannot begin inside a span.
fn start_score(label: Label) -> f32 {
    if matches!(label, Some((false, _))) { FORBIDDEN } else { 0.0 }
}
