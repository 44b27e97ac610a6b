//! Who acts toward whom: actors and the incidents between them, as GraphML and
//! GEXF for Gephi, Cytoscape, igraph and networkx.

use crate::accounts::day;
use crate::polecat::happened;
use crate::{Scales, TableError};
use dateline_account::Quad;
use dateline_store::ask::Question;
use dateline_store::{Excerpt, Excerpts, Store};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::io::Write;

/// An actor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    /// Row of `actors` in the store.
    pub id: i64,
    /// Name.
    pub name: String,
    /// `person`, `organization`, `group`, `place`.
    pub kind: String,
    /// ISO 3166-1 alpha-3, or a PLOVER stand-in.
    pub country: Option<String>,
    /// PLOVER code.
    pub code: Option<String>,
}

/// What one actor did toward another, of one quad class.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edge {
    /// Who acts.
    pub actor: i64,
    /// Who is acted upon.
    pub recipient: i64,
    /// Quad class; nothing of types that have none.
    pub quad: Option<Quad>,
    /// How many incidents.
    pub incidents: usize,
    /// How many events, reports of these incidents.
    pub events: usize,
    /// First day.
    pub first: Option<String>,
    /// Last day.
    pub last: Option<String>,
}

/// Actors, and what they did toward each other. Only what is told as having
/// happened counts; what nobody did to anybody is not in it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Network {
    /// By their ids.
    pub nodes: Vec<Node>,
    /// By actor, recipient and quad class.
    pub edges: Vec<Edge>,
}

/// An edge in the making.
#[derive(Default)]
struct Tie {
    incidents: BTreeSet<i64>,
    events: usize,
    days: Option<(i32, i32)>,
}

type Ties = BTreeMap<(i64, i64, Option<usize>), Tie>;

impl Network {
    /// The network of the events that a question asks a store for.
    ///
    /// # Errors
    /// Those of the store.
    pub fn of(store: &Store, question: &Question, scales: &Scales) -> Result<Self, TableError> {
        let mut ties = Ties::new();
        store.excerpts(Excerpts::Events, question, |excerpt| {
            tie(&mut ties, &excerpt, scales);
            true
        })?;
        let named: BTreeSet<i64> = ties.keys().flat_map(|(a, r, _)| [*a, *r]).collect();
        let nodes = store.actors(named)?.into_iter().map(|actor| Node {
            id: actor.id,
            name: actor.name,
            kind: actor.kind,
            country: actor.country,
            code: actor.code,
        });
        let nodes = nodes.collect();
        let edges = ties.into_iter().map(|((actor, recipient, quad), tie)| Edge {
            actor,
            recipient,
            quad: quad.map(|at| Quad::ALL[at]),
            incidents: tie.incidents.len(),
            events: tie.events,
            first: tie.days.map(|(first, _)| crate::write::day(first)),
            last: tie.days.map(|(_, last)| crate::write::day(last)),
        });
        Ok(Self { nodes, edges: edges.collect() })
    }

    /// Writes the network as GraphML.
    ///
    /// # Errors
    /// [`TableError::Output`].
    pub fn write_graphml(&self, out: &mut impl Write) -> Result<(), TableError> {
        let mut text = String::from(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
             <graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">\n",
        );
        for (of, columns) in [("node", &NODE[..]), ("edge", &EDGE[..])] {
            for (name, kind) in columns {
                let key = format!("id=\"{of}_{name}\" for=\"{of}\" attr.name=\"{name}\"");
                let _ = writeln!(text, "  <key {key} attr.type=\"{kind}\"/>");
            }
        }
        text.push_str("  <graph edgedefault=\"directed\">\n");
        let data = |text: &mut String, of: &str, name: &str, value: &str| {
            let _ = write!(text, "<data key=\"{of}_{name}\">{}</data>", escaped(value));
        };
        for node in &self.nodes {
            let _ = write!(text, "    <node id=\"n{}\">", node.id);
            for (name, value) in node.attributes() {
                data(&mut text, "node", name, &value);
            }
            text.push_str("</node>\n");
        }
        for (at, edge) in self.edges.iter().enumerate() {
            let (from, to) = (edge.actor, edge.recipient);
            let _ = write!(text, "    <edge id=\"e{at}\" source=\"n{from}\" target=\"n{to}\">");
            for (name, value) in edge.attributes() {
                data(&mut text, "edge", name, &value);
            }
            text.push_str("</edge>\n");
        }
        text.push_str("  </graph>\n</graphml>\n");
        Ok(out.write_all(text.as_bytes())?)
    }

    /// Writes the network as GEXF 1.3.
    ///
    /// # Errors
    /// [`TableError::Output`].
    pub fn write_gexf(&self, out: &mut impl Write) -> Result<(), TableError> {
        let mut text = String::from(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
             <gexf xmlns=\"http://gexf.net/1.3\" version=\"1.3\">\n\
             \x20 <graph mode=\"static\" defaultedgetype=\"directed\">\n",
        );
        for (of, columns) in [("node", &NODE[..]), ("edge", &EDGE[..])] {
            let _ = writeln!(text, "    <attributes class=\"{of}\">");
            for (name, kind) in columns {
                let kind = if *kind == "int" { "integer" } else { kind };
                let title = format!("id=\"{name}\" title=\"{name}\"");
                let _ = writeln!(text, "      <attribute {title} type=\"{kind}\"/>");
            }
            text.push_str("    </attributes>\n");
        }
        let values = |text: &mut String, attributes: Vec<(&str, String)>| {
            text.push_str("<attvalues>");
            for (name, value) in attributes {
                let value = escaped(&value);
                let _ = write!(text, "<attvalue for=\"{name}\" value=\"{value}\"/>");
            }
            text.push_str("</attvalues>");
        };
        text.push_str("    <nodes>\n");
        for node in &self.nodes {
            let label = escaped(&node.name);
            let _ = write!(text, "      <node id=\"{}\" label=\"{label}\">", node.id);
            values(&mut text, node.attributes());
            text.push_str("</node>\n");
        }
        text.push_str("    </nodes>\n    <edges>\n");
        for (at, edge) in self.edges.iter().enumerate() {
            let ends = format!("source=\"{}\" target=\"{}\"", edge.actor, edge.recipient);
            let (weight, quad) = (edge.incidents, edge.quad.map_or("none", Quad::name));
            let more = format!("weight=\"{weight}\" kind=\"{quad}\"");
            let _ = write!(text, "      <edge id=\"{at}\" {ends} {more}>");
            values(&mut text, edge.attributes());
            text.push_str("</edge>\n");
        }
        text.push_str("    </edges>\n  </graph>\n</gexf>\n");
        Ok(out.write_all(text.as_bytes())?)
    }
}

/// Attributes of a node and their types.
const NODE: [(&str, &str); 4] =
    [("label", "string"), ("kind", "string"), ("country", "string"), ("code", "string")];

/// Attributes of an edge and their types.
const EDGE: [(&str, &str); 5] = [
    ("quad", "string"),
    ("weight", "int"),
    ("events", "int"),
    ("first", "string"),
    ("last", "string"),
];

impl Node {
    fn attributes(&self) -> Vec<(&'static str, String)> {
        let known = |name, value: &Option<String>| value.clone().map(|value| (name, value));
        let mut all = vec![("label", self.name.clone()), ("kind", self.kind.clone())];
        all.extend(known("country", &self.country));
        all.extend(known("code", &self.code));
        all
    }
}

impl Edge {
    fn attributes(&self) -> Vec<(&'static str, String)> {
        let mut all: Vec<_> =
            self.quad.map(|quad| ("quad", quad.name().to_owned())).into_iter().collect();
        all.extend([("weight", self.incidents.to_string()), ("events", self.events.to_string())]);
        all.extend(self.first.clone().map(|day| ("first", day)));
        all.extend(self.last.clone().map(|day| ("last", day)));
        all
    }
}

/// Ties the actors of the events that are wanted and happened.
fn tie(ties: &mut Ties, excerpt: &Excerpt, scales: &Scales) {
    let account = &excerpt.account;
    let published = account.published.as_deref().and_then(day);
    for n in &excerpt.rows {
        let Some(event) = account.events.get(*n as usize).filter(|e| happened(e)) else { continue };
        let quad = scales.of(event).0;
        let quad = quad.and_then(|quad| Quad::ALL.iter().position(|other| *other == quad));
        let told = event.date.as_deref().and_then(day).or(published);
        let known = |side: &[u32]| -> BTreeSet<i64> {
            side.iter().filter_map(|n| excerpt.actors.get(*n as usize).copied().flatten()).collect()
        };
        let (actors, recipients) = (known(&event.actor), known(&event.recipient));
        for actor in &actors {
            for recipient in recipients.iter().filter(|recipient| *recipient != actor) {
                let tie = ties.entry((*actor, *recipient, quad)).or_default();
                tie.events += 1;
                tie.incidents.extend(excerpt.incidents.get(*n as usize).copied().flatten());
                let days = tie.days.or(told.map(|day| (day, day)));
                tie.days = days.map(|(first, last)| {
                    let day = told.unwrap_or(first);
                    (first.min(day), last.max(day))
                });
            }
        }
    }
}

/// Words as XML takes them: without the characters that it has no way to write.
fn escaped(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    for c in words.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\t' | '\n' | '\r' => out.push(' '),
            c if c < ' ' || matches!(c, '\u{fffe}' | '\u{ffff}') => {}
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_cannot_break_the_markup() {
        assert_eq!(escaped("a<b> & \"c\"\u{1}\n"), "a&lt;b&gt; &amp; &quot;c&quot; ");
    }
}
