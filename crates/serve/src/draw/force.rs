//! Places for the nodes of a network, after Fruchterman and Reingold (1991):
//! nodes push each other away, edges pull. There is no chance in it: the nodes
//! begin on a spiral, in their order, so the same network looks the same.

/// Rounds of pushing and pulling.
const ROUNDS: usize = 220;

/// Puts `nodes` points into a field of `width` by `height`; `edges` are pairs of
/// nodes with a weight above 0.
pub fn places(
    nodes: usize,
    edges: &[(usize, usize, f64)],
    width: f64,
    height: f64,
) -> Vec<(f64, f64)> {
    let golden = std::f64::consts::PI * (3.0 - 5f64.sqrt());
    let mut at: Vec<(f64, f64)> = (0..nodes)
        .map(|n| {
            let (radius, angle) =
                (((n as f64 + 0.5) / nodes as f64).sqrt() * 0.45, n as f64 * golden);
            ((0.5 + radius * angle.cos()) * width, (0.5 + radius * angle.sin()) * height)
        })
        .collect();
    let ideal = 0.82 * (width * height / nodes.max(1) as f64).sqrt();
    let most = edges.iter().map(|edge| edge.2).fold(1.0, f64::max);
    for round in 0..ROUNDS {
        let mut moves = vec![(0.0, 0.0); nodes];
        for a in 0..nodes {
            for b in a + 1..nodes {
                let (dx, dy) = (at[a].0 - at[b].0, at[a].1 - at[b].1);
                let distance = dx.hypot(dy).max(0.01);
                let push = ideal * ideal / distance / distance;
                moves[a].0 += dx * push;
                moves[a].1 += dy * push;
                moves[b].0 -= dx * push;
                moves[b].1 -= dy * push;
            }
        }
        for &(a, b, weight) in edges.iter().filter(|edge| edge.0 < nodes && edge.1 < nodes) {
            let (dx, dy) = (at[a].0 - at[b].0, at[a].1 - at[b].1);
            let pull = dx.hypot(dy) / ideal * (0.4 + 0.6 * (weight / most).sqrt());
            moves[a].0 -= dx * pull;
            moves[a].1 -= dy * pull;
            moves[b].0 += dx * pull;
            moves[b].1 += dy * pull;
        }
        let heat = width / 8.0 * (1.0 - round as f64 / ROUNDS as f64);
        for (place, step) in at.iter_mut().zip(&moves) {
            // What hangs on nothing is drawn to the middle, gently.
            let (dx, dy) =
                (step.0 + (width / 2.0 - place.0) * 0.9, step.1 + (height / 2.0 - place.1) * 1.6);
            let length = dx.hypot(dy).max(0.01);
            place.0 += dx / length * length.min(heat);
            place.1 += dy / length * length.min(heat);
        }
    }
    fit(&mut at, width, height);
    at
}

/// Stretches the places over the whole field.
fn fit(at: &mut [(f64, f64)], width: f64, height: f64) {
    let bounds = |values: Vec<f64>| {
        let low = values.iter().copied().fold(f64::INFINITY, f64::min);
        let high = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        (low, (high - low).max(1.0))
    };
    let (left, wide) = bounds(at.iter().map(|place| place.0).collect());
    let (top, high) = bounds(at.iter().map(|place| place.1).collect());
    for place in at {
        *place = ((place.0 - left) / wide * width, (place.1 - top) / high * height);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn friends_stand_nearer_than_strangers() {
        let at = places(6, &[(0, 1, 5.0), (2, 3, 5.0)], 100.0, 100.0);
        let far = |a: usize, b: usize| (at[a].0 - at[b].0).hypot(at[a].1 - at[b].1);
        assert!(far(0, 1) < far(0, 2) && far(2, 3) < far(1, 3), "{at:?}");
        assert_eq!(at, places(6, &[(0, 1, 5.0), (2, 3, 5.0)], 100.0, 100.0));
        assert!(at.iter().all(|p| (0.0..=100.0).contains(&p.0) && (0.0..=100.0).contains(&p.1)));
    }

    #[test]
    fn few_nodes_and_bad_edges_are_no_trouble() {
        assert!(places(0, &[], 10.0, 10.0).is_empty());
        for n in 1..4 {
            assert!(
                places(n, &[(0, 9, 1.0), (0, 0, 1.0)], 10.0, 10.0).iter().all(|p| p.0.is_finite())
            );
        }
    }
}
