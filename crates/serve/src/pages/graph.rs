//! The network as a picture: for a screen, and a smaller one that stands
//! upright for a phone. Style sheets choose which of them is seen.

use super::network::Flow;
use crate::draw::{force, tenth};
use crate::kinds::{self, QUADS};
use crate::link;
use crate::text::{count, plain, shorten};
use dateline_store::ask::{Network, Node};
use maud::{Markup, html};
use std::collections::BTreeMap;

/// What a picture has room for.
pub struct Frame {
    /// Class of the picture, and the beginning of the ids in it.
    name: &'static str,
    width: f64,
    height: f64,
    /// Room around the nodes, for their names.
    edge: (f64, f64),
    /// Most actors.
    nodes: usize,
    /// Most letters of a name.
    letters: usize,
}

/// For a screen.
pub const WIDE: Frame = Frame {
    name: "wide",
    width: 1000.0,
    height: 640.0,
    edge: (90.0, 40.0),
    nodes: 120,
    letters: 26,
};

/// For a phone: the actors of most incidents.
pub const TALL: Frame =
    Frame { name: "tall", width: 360.0, height: 500.0, edge: (42.0, 28.0), nodes: 16, letters: 17 };

/// Draws the network: as many of its actors as fit, and what passes between
/// them.
pub fn picture(frame: &Frame, network: &Network, flows: &[Flow<'_>]) -> Markup {
    let mut nodes: Vec<&Node> = network.nodes.iter().collect();
    nodes.sort_by_key(|node| std::cmp::Reverse(node.incidents));
    nodes.truncate(frame.nodes);
    // Who has to do only with those that do not fit would hang on nothing.
    let fits = |id: i64| nodes.iter().any(|node| node.id == id);
    let flows: Vec<&Flow<'_>> =
        flows.iter().filter(|flow| fits(flow.actor.id) && fits(flow.recipient.id)).collect();
    let hangs = |id: i64| flows.iter().any(|f| f.actor.id == id || f.recipient.id == id);
    nodes.retain(|node| hangs(node.id));
    let place: BTreeMap<i64, usize> = nodes.iter().enumerate().map(|(at, n)| (n.id, at)).collect();
    let edges: Vec<(usize, usize, f64)> = flows
        .iter()
        .map(|flow| (place[&flow.actor.id], place[&flow.recipient.id], flow.incidents as f64))
        .collect();
    let Frame { name, width, height, edge, .. } = *frame;
    let at: Vec<(f64, f64)> =
        force::places(nodes.len(), &edges, width - 2.0 * edge.0, height - 2.0 * edge.1)
            .into_iter()
            .map(|(x, y)| (x + edge.0, y + edge.1))
            .collect();
    let most = flows.iter().map(|flow| flow.incidents).max().unwrap_or(1).max(1) as f64;
    let heaviest = nodes.iter().map(|node| node.incidents).max().unwrap_or(1).max(1) as f64;
    let radius = |node: &Node| 4.0 + 12.0 * (node.incidents as f64 / heaviest).sqrt();
    let names: Vec<(f64, f64, &str)> = {
        let discs: Vec<(f64, f64, f64, usize)> = (nodes.iter().zip(&at))
            .map(|(node, at)| {
                (at.0, at.1, radius(node), shorten(&node.name, frame.letters).chars().count())
            })
            .collect();
        name_places(&discs, width)
    };
    html! {
        svg class={ "network " (name) } viewBox=(format!("0 0 {width} {height}")) role="group" aria-label="Network of who acts toward whom; the table below has all of it" {
            defs {
                @for quad in QUADS {
                    @let class = kinds::class(quad);
                    marker id={ (name) "-" (class) } viewBox="0 0 10 10" refX="9" refY="5" markerWidth="9" markerHeight="9" markerUnits="userSpaceOnUse" orient="auto" {
                        path class={ "head " (class) } d="M0 0.8 L10 5 L0 9.2 z" {}
                    }
                }
            }
            @for (number, flow) in flows.iter().enumerate() {
                @let (a, b) = (at[edges[number].0], at[edges[number].1]);
                @let class = kinds::class(flow.quad);
                path class={ "edge " (class) } data-m=(format!("n{} n{}", flow.actor.id, flow.recipient.id))
                    d=(curve(a, b, radius(flow.recipient), class)) fill="none"
                    stroke-width=(tenth(1.0 + 6.0 * (flow.incidents as f64 / most).sqrt()))
                    marker-end={ "url(#" (name) "-" (class) ")" } {
                        title { (plain(&flow.actor.name)) " → " (plain(&flow.recipient.name)) ": " (kinds::name(flow.quad)) ", " (count(flow.incidents, "incident")) }
                    }
            }
            @for (number, node) in nodes.iter().enumerate() {
                @let (x, y) = at[number];
                a href=(link::person(node.id)) data-m={ "n" (node.id) } {
                    circle class={ "node " (plain(&node.kind)) } cx=(tenth(x)) cy=(tenth(y)) r=(tenth(radius(node))) {}
                    text x=(tenth(names[number].0)) y=(tenth(names[number].1)) text-anchor=(names[number].2) { (shorten(&node.name, frame.letters)) }
                    title { (plain(&node.name)) ", " (count(node.incidents, "incident")) }
                }
            }
        }
    }
}

/// Where the names of discs (place, radius, length of the name) stand: above,
/// below or beside, wherever they lie least on other names and discs.
fn name_places(discs: &[(f64, f64, f64, usize)], width: f64) -> Vec<(f64, f64, &'static str)> {
    let mut taken: Vec<[f64; 4]> =
        discs.iter().map(|&(x, y, r, _)| [x - r, y - r, x + r, y + r]).collect();
    let mut places = Vec::new();
    for &(x, y, r, length) in discs {
        let wide = length as f64 * 7.0;
        // Where the name begins, its base line, and what of it stands there.
        let ways = [
            (x - wide / 2.0, y - r - 4.0, "middle"),
            (x - wide / 2.0, y + r + 14.0, "middle"),
            (x + r + 5.0, y + 4.0, "start"),
            (x - r - 5.0 - wide, y + 4.0, "end"),
        ];
        let boxed = |way: (f64, f64, &str)| [way.0, way.1 - 11.0, way.0 + wide, way.1 + 3.0];
        let lies_on = |way: (f64, f64, &str)| {
            let b = boxed(way);
            let outside = (-b[0]).max(0.0) + (b[2] - width).max(0.0);
            let shared = taken.iter().map(|t| {
                (b[2].min(t[2]) - b[0].max(t[0])).max(0.0)
                    * (b[3].min(t[3]) - b[1].max(t[1])).max(0.0)
            });
            shared.sum::<f64>() + outside * 20.0
        };
        let best = ways.into_iter().min_by(|a, b| lies_on(*a).total_cmp(&lies_on(*b)));
        let best = best.unwrap_or(ways[0]);
        taken.push(boxed(best));
        let at = match best.2 {
            "middle" => best.0 + wide / 2.0,
            "end" => best.0 + wide,
            _ => best.0,
        };
        places.push((at, best.1, best.2));
    }
    places
}

/// A bow from one node to the rim of another; the quarters bow differently, so
/// that edges of one pair do not lie on each other.
fn curve(from: (f64, f64), to: (f64, f64), rim: f64, class: &str) -> String {
    let (dx, dy) = (to.0 - from.0, to.1 - from.1);
    let length = dx.hypot(dy).max(1.0);
    let bow = match class {
        "q1" => 0.07,
        "q2" => 0.13,
        "q3" => 0.19,
        _ => 0.25,
    };
    let middle = ((from.0 + to.0) / 2.0 - dy * bow, (from.1 + to.1) / 2.0 + dx * bow);
    // The end lies on the rim, on the side that the bow comes from.
    let (ex, ey) = (to.0 - middle.0, to.1 - middle.1);
    let back = (rim + 2.0).min(length / 2.0) / ex.hypot(ey).max(1.0);
    let end = (to.0 - ex * back, to.1 - ey * back);
    let numbers = [from.0, from.1, middle.0, middle.1, end.0, end.1].map(tenth);
    format!(
        "M{} {}Q{} {} {} {}",
        numbers[0], numbers[1], numbers[2], numbers[3], numbers[4], numbers[5]
    )
}
