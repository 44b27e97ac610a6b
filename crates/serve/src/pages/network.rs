//! Who acts toward whom, in a window of time.

use super::layout::Page;
use super::{Shown, graph, parts, whole, write};
use crate::Shared;
use crate::draw;
use crate::filter::Filter;
use crate::kinds::{self, Kinds, QUADS};
use crate::link;
use crate::text::plain;
use axum::extract::State;
use dateline::Quad;
use dateline_store::ask::{Network, Node};
use maud::{Markup, html};
use std::collections::BTreeMap;

/// Most actors.
const NODES: usize = 40;
/// Edges in the table below.
const TABLE: usize = 60;

/// Incidents of one quarter in which one actor acts toward another.
pub(super) struct Flow<'a> {
    pub actor: &'a Node,
    pub recipient: &'a Node,
    pub quad: Option<Quad>,
    pub incidents: i64,
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
                    @for frame in [&graph::WIDE, &graph::TALL] { (graph::picture(frame, &network, &flows)) }
                    figcaption { "Actors of most incidents. An arrow goes from who acts to whom; it is the wider the more incidents there are. What is denied, planned, feared or demanded is left out." }
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
                            td class="what" { (draw::key(flow.quad)) }
                            td class="number" { a href=(evidence(flow, filter)) { (flow.incidents) } }
                            td class="types quiet" { @for (at, (kind, number)) in flow.kinds.iter().enumerate() { @if at > 0 { ", " } (plain(kind)) " " (number) } }
                        }
                    }
                }
            }
        }
    }
}
