//! Who acts toward whom, in a window of time.

use super::layout::Page;
use super::{Shown, parts, whole, write};
use crate::Shared;
use crate::draw::{self, force, tenth};
use crate::filter::Filter;
use crate::kinds::{self, Kinds, QUADS};
use crate::link;
use crate::text::{count, plain, shorten};
use axum::extract::State;
use dateline::Quad;
use dateline_store::ask::{Network, Node};
use maud::{Markup, html};
use std::collections::BTreeMap;

const WIDTH: f64 = 1000.0;
const HEIGHT: f64 = 640.0;
/// Room around the nodes, for their names.
const EDGE: (f64, f64) = (90.0, 40.0);
/// Most actors.
const NODES: usize = 40;
/// Characters of a name in the picture.
const NAME: usize = 26;
/// Edges in the table below.
const TABLE: usize = 60;

/// Incidents of one quarter in which one actor acts toward another.
struct Flow<'a> {
    actor: &'a Node,
    recipient: &'a Node,
    quad: Option<Quad>,
    incidents: i64,
    kinds: Vec<(String, i64)>,
}

/// Shows the network.
pub async fn show(State(app): State<Shared>, filter: Filter) -> Shown {
    let mut question = filter.question(filter.number("nodes", NODES, 120)?)?;
    question.by = Some(filter.get("who").to_owned()).filter(|who| !who.is_empty());
    write(&app, "page", move |app, store| {
        let mut network = store.network(&question)?;
        let chosen = filter.get("quad");
        let of_class = |kind: &str| chosen.is_empty() || kinds::class(app.kinds.quad(kind)) == chosen;
        network.edges.retain(|edge| of_class(&edge.kind));
        let has_edge = |id: i64| network.edges.iter().any(|e| e.actor == id || e.recipient == id);
        network.nodes.retain(|node| has_edge(node.id));
        let flows = flows(&app.kinds, &network);
        let names = ["who", "actor", "recipient", "place", "since", "until"];
        let body = html! {
            h1 { "Who acts toward whom" }
            (parts::narrow(&app.kinds, "/network", &filter, &names))
            p class="keys" {
                a href=(link::query("/network", filter.without("quad"))) aria-current=[chosen.is_empty().then_some("true")] { "all" } " "
                @for quad in QUADS {
                    @let class = kinds::class(quad);
                    a class={ "key " (class) } href=(link::query("/network", filter.without("quad").chain([("quad", class)]))) aria-current=[(chosen == class).then_some("true")] { (kinds::name(quad)) } " "
                }
            }
            @if flows.is_empty() { p class="none" { "Nobody acts toward anybody here. Take a longer window of time, or fewer filters." } }
            @else {
                figure class="picture" {
                    (picture(&network, &flows))
                    figcaption { "The " (network.nodes.len()) " actors of most incidents. An arrow goes from who acts to whom; it is the wider the more incidents there are. What is denied, planned, feared or demanded is left out." }
                }
                (table(&flows, &filter))
            }
        };
        whole(&Page { title: "Network", part: "/network", wide: true, ..Page::default() }, body)
    })
    .await
}

/// Edges by quarter, the widest last, so that they are drawn above the others.
fn flows<'a>(kinds: &Kinds, network: &'a Network) -> Vec<Flow<'a>> {
    let nodes: BTreeMap<i64, &Node> = network.nodes.iter().map(|node| (node.id, node)).collect();
    let mut flows: BTreeMap<(i64, i64, Option<&str>), Flow<'a>> = BTreeMap::new();
    for edge in &network.edges {
        let Some((actor, recipient)) = nodes.get(&edge.actor).zip(nodes.get(&edge.recipient))
        else {
            continue;
        };
        let quad = kinds.quad(&edge.kind);
        let flow = flows
            .entry((edge.actor, edge.recipient, quad.map(Quad::name)))
            .or_insert_with(|| Flow { actor, recipient, quad, incidents: 0, kinds: Vec::new() });
        flow.incidents += edge.incidents;
        flow.kinds.push((edge.kind.clone(), edge.incidents));
    }
    let mut flows: Vec<Flow<'a>> = flows.into_values().collect();
    flows.sort_by_key(|flow| flow.incidents);
    flows
}

/// The evidence of a flow.
fn evidence(flow: &Flow<'_>, filter: &Filter) -> String {
    let (actor, recipient) = (format!("#{}", flow.actor.id), format!("#{}", flow.recipient.id));
    let window = ["since", "until", "place"].map(|name| (name, filter.get(name)));
    link::query(
        "/incidents",
        [("actor", actor.as_str()), ("recipient", &recipient)].into_iter().chain(window),
    )
}

fn picture(network: &Network, flows: &[Flow<'_>]) -> Markup {
    let place: BTreeMap<i64, usize> =
        network.nodes.iter().enumerate().map(|(at, n)| (n.id, at)).collect();
    let edges: Vec<(usize, usize, f64)> = flows
        .iter()
        .map(|flow| (place[&flow.actor.id], place[&flow.recipient.id], flow.incidents as f64))
        .collect();
    let (wide, high) = (WIDTH - 2.0 * EDGE.0, HEIGHT - 2.0 * EDGE.1);
    let at: Vec<(f64, f64)> = force::places(network.nodes.len(), &edges, wide, high)
        .into_iter()
        .map(|(x, y)| (x + EDGE.0, y + EDGE.1))
        .collect();
    let most = flows.iter().map(|flow| flow.incidents).max().unwrap_or(1).max(1) as f64;
    let heaviest = network.nodes.iter().map(|node| node.incidents).max().unwrap_or(1).max(1) as f64;
    let radius = |node: &Node| 4.0 + 12.0 * (node.incidents as f64 / heaviest).sqrt();
    let names: Vec<(f64, f64, &str)> = {
        let discs: Vec<(f64, f64, f64, usize)> = (network.nodes.iter().zip(&at))
            .map(|(node, at)| (at.0, at.1, radius(node), shorten(&node.name, NAME).chars().count()))
            .collect();
        name_places(&discs)
    };
    html! {
        svg class="network" viewBox=(format!("0 0 {WIDTH} {HEIGHT}")) role="group" aria-label="Network of who acts toward whom; the table below has the same" {
            defs {
                @for quad in QUADS {
                    @let class = kinds::class(quad);
                    marker id={ "to-" (class) } viewBox="0 0 10 10" refX="9" refY="5" markerWidth="9" markerHeight="9" markerUnits="userSpaceOnUse" orient="auto" {
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
                    marker-end={ "url(#to-" (class) ")" } {
                        title { (plain(&flow.actor.name)) " → " (plain(&flow.recipient.name)) ": " (kinds::name(flow.quad)) ", " (count(flow.incidents, "incident")) }
                    }
            }
            @for (number, node) in network.nodes.iter().enumerate() {
                @let (x, y) = at[number];
                a href=(link::person(node.id)) data-m={ "n" (node.id) } {
                    circle class={ "node " (plain(&node.kind)) } cx=(tenth(x)) cy=(tenth(y)) r=(tenth(radius(node))) {}
                    text x=(tenth(names[number].0)) y=(tenth(names[number].1)) text-anchor=(names[number].2) { (shorten(&node.name, NAME)) }
                    title { (plain(&node.name)) ", " (count(node.incidents, "incident")) }
                }
            }
        }
    }
}

/// Where the names of discs (place, radius, length of the name) stand: above,
/// below or beside, wherever they lie least on other names and discs.
fn name_places(discs: &[(f64, f64, f64, usize)]) -> Vec<(f64, f64, &'static str)> {
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
            let outside = (-b[0]).max(0.0) + (b[2] - WIDTH).max(0.0);
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

/// The same as rows, each with the way to its evidence.
fn table(flows: &[Flow<'_>], filter: &Filter) -> Markup {
    html! {
        div class="scroll" tabindex="0" role="region" aria-label="Edges" {
            table class="edges" {
                thead { tr { th { "Who" } th { "Toward whom" } th { "What" } th class="number" { "Incidents" } th { "Types" } } }
                tbody {
                    @for flow in flows.iter().rev().take(TABLE) {
                        tr {
                            td { a href=(link::person(flow.actor.id)) { bdi { (plain(&flow.actor.name)) } } }
                            td { a href=(link::person(flow.recipient.id)) { bdi { (plain(&flow.recipient.name)) } } }
                            td { (draw::key(flow.quad)) }
                            td class="number" { a href=(evidence(flow, filter)) { (flow.incidents) } }
                            td class="quiet" { @for (at, (kind, number)) in flow.kinds.iter().enumerate() { @if at > 0 { ", " } (plain(kind)) " " (number) } }
                        }
                    }
                }
            }
        }
    }
}
