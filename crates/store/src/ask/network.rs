//! Who acts toward whom.

use super::Question;
use super::spread::happened;
use crate::{Store, StoreError};
use rusqlite::{Connection, params_from_iter};
use schemars::JsonSchema;
use serde::Serialize;
use std::collections::BTreeMap;

/// Incidents of one type in which one actor acts toward another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Edge {
    /// Row of the actor who acts.
    pub actor: i64,
    /// Row of the actor who is acted upon.
    pub recipient: i64,
    /// PLOVER type.
    #[serde(rename = "type")]
    pub kind: String,
    /// In how many incidents.
    pub incidents: i64,
}

/// An actor in the network.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Node {
    /// Row of the actor.
    pub id: i64,
    /// Name.
    pub name: String,
    /// `person`, `organization`, `group`, `place`.
    pub kind: String,
    /// PLOVER code.
    pub code: Option<String>,
    /// In how many incidents of the network's edges.
    pub incidents: i64,
}

/// Actors and what they do to each other.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Network {
    /// The actors of most incidents, most first.
    pub nodes: Vec<Node>,
    /// What passes between them.
    pub edges: Vec<Edge>,
}

impl Store {
    /// The network of the events that are wanted, of the `limit` actors who are
    /// in most incidents. Events that are denied, planned, feared or demanded
    /// are left out. `about` stands near each other in the article; it need not
    /// be in the sentence. `by`, an actor, is whom one side of each edge is.
    ///
    /// # Errors
    /// As [`Store::claims`].
    pub fn network(&self, question: &Question) -> Result<Network, StoreError> {
        network(&self.db, question).map_err(|e| self.asked(e))
    }
}

fn network(db: &Connection, question: &Question) -> rusqlite::Result<Network> {
    // An actor's own network is both what they do and what is done to them.
    let mut events = question.clone();
    let ego = match events.by.take() {
        Some(by) => Some(super::wanted::named(db, &by)?),
        None => None,
    };
    let mut wanted = happened(db, &events)?;
    if let Some(ids) = &ego {
        let ids: Vec<String> = ids.iter().map(i64::to_string).collect();
        let ids = ids.join(", ");
        wanted.must(
            &format!(
                "a.id IN (SELECT article FROM entities WHERE actor IN ({ids}))
                 AND EXISTS (SELECT 1 FROM parties o JOIN entities z ON z.article = o.article
                     AND z.n = o.entity WHERE o.article = v.article AND o.event = v.n
                     AND z.actor IN ({ids}))
                 AND (x.actor IN ({ids}) OR y.actor IN ({ids}))"
            ),
            [],
        );
    }
    let sql = format!(
        "SELECT x.actor, y.actor, v.type, count(DISTINCT r.incident) AS incidents
         FROM articles a CROSS JOIN events v ON v.article = a.id
         CROSS JOIN parties p ON p.article = v.article AND p.event = v.n AND p.side = 'actor'
         CROSS JOIN parties q ON q.article = v.article AND q.event = v.n AND q.side = 'recipient'
         CROSS JOIN entities x ON x.article = p.article AND x.n = p.entity
         CROSS JOIN entities y ON y.article = q.article AND y.n = q.entity
         JOIN reports r ON r.article = v.article AND r.event = v.n
         {} AND x.actor NOT NULL AND y.actor NOT NULL AND x.actor <> y.actor
         GROUP BY x.actor, y.actor, v.type ORDER BY incidents DESC, 1, 2, 3",
        wanted.clause()
    );
    let mut find = db.prepare_cached(&sql)?;
    let rows = find.query_map(params_from_iter(&wanted.parameters), |row| {
        Ok(Edge {
            actor: row.get(0)?,
            recipient: row.get(1)?,
            kind: row.get(2)?,
            incidents: row.get(3)?,
        })
    })?;
    let mut edges: Vec<Edge> = rows.collect::<Result<_, _>>()?;
    let mut weights: BTreeMap<i64, i64> = BTreeMap::new();
    for edge in &edges {
        *weights.entry(edge.actor).or_default() += edge.incidents;
        *weights.entry(edge.recipient).or_default() += edge.incidents;
    }
    let mut ranked: Vec<(i64, i64)> = weights.into_iter().collect();
    let first = |id: &i64| ego.as_ref().is_some_and(|ids| ids.contains(id));
    ranked.sort_by_key(|(id, weight)| (!first(id), -weight, *id));
    ranked.truncate(question.limit);
    let mut nodes = Vec::new();
    let mut find = db.prepare_cached("SELECT name, kind, code FROM actors WHERE id = ?1")?;
    for (id, incidents) in ranked {
        nodes.push(find.query_row([id], |row| {
            let (name, kind, code) = (row.get(0)?, row.get(1)?, row.get(2)?);
            Ok(Node { id, name, kind, code, incidents })
        })?);
    }
    let kept = |id: i64| nodes.iter().any(|node| node.id == id);
    edges.retain(|edge| kept(edge.actor) && kept(edge.recipient));
    Ok(Network { nodes, edges })
}
