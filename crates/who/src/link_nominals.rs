//! Linking of descriptions by sure signs: offices and their holders, the
//! country and the city that an article is at. All else the ranker decides.

use crate::codes::Country;
use crate::draft::Draft;
use crate::link::Linker;
use dateline_account::{EntityKind, MentionForm};
use dateline_syntax::Upos;
use std::collections::{BTreeSet, HashMap};

/// Roles that a definite description may name without saying whose.
const GENERAL: &[&str] = &["leader", "politician", "official", "head", "chief", "man", "woman"];

/// How many sentences back a person may be meant by a role alone.
const NEAR: usize = 12;

/// What descriptions can refer back to, kept up while reading on.
#[derive(Debug, Default)]
pub(crate) struct Known {
    /// Role word to clusters of persons, the latest last.
    roles: HashMap<String, Vec<u32>>,
    /// Persons by their country, the latest last.
    countries: HashMap<Country, Vec<u32>>,
    /// Persons by the canonical name of their row.
    rows: HashMap<String, u32>,
    /// The last country, and the last city, mentioned.
    country: Option<u32>,
    city: Option<u32>,
}

fn note(list: &mut Vec<u32>, cluster: u32) {
    if list.last() != Some(&cluster) {
        if list.len() >= 32 {
            list.remove(0);
        }
        list.push(cluster);
    }
}

impl Linker<'_, '_> {
    /// Takes note of a mention that has been linked.
    pub(crate) fn remember(&self, known: &mut Known, at: u32) {
        let Some(id) = self.cluster_of(at) else { return };
        let draft = self.draft(at);
        let cluster = &self.clusters[id as usize];
        if draft.form == MentionForm::Pronoun {
            return;
        }
        match cluster.kind {
            EntityKind::Person => {
                for role in &cluster.roles {
                    note(known.roles.entry(role.clone()).or_default(), id);
                }
                if let Some(row) = cluster.row.and_then(|r| self.scene.actors.row(r)) {
                    known.rows.entry(row.name.clone()).or_insert(id);
                    let last = row.role.rsplit(' ').next().unwrap_or(&row.role);
                    note(known.roles.entry(row.role.clone()).or_default(), id);
                    note(known.roles.entry(last.to_owned()).or_default(), id);
                }
                if let Some(country) = self.country(id) {
                    note(known.countries.entry(country).or_default(), id);
                }
            }
            EntityKind::Place if cluster.place.is_some() => {
                let named = self.scene.words.countries.get(draft.head).copied().flatten();
                if named.is_some_and(|n| n.naming == crate::countries::Naming::Name)
                    && cluster.coding.country.is_some()
                {
                    known.country = Some(id);
                } else {
                    known.city = Some(id);
                }
            }
            _ => {}
        }
    }

    /// The country of a cluster, by its words or by its row.
    pub(crate) fn country(&self, cluster: u32) -> Option<Country> {
        let cluster = &self.clusters[cluster as usize];
        cluster
            .coding
            .country
            .or_else(|| self.scene.actors.row(cluster.row?).and_then(|row| row.coding.country))
    }

    /// The cluster that the sure steps give to a mention that is no name: an
    /// apposition or predicate, an office and its holder, a reflexive.
    pub(crate) fn surely(&self, at: u32, known: &Known) -> Option<u32> {
        let draft = self.draft(at);
        if draft.pronoun.is_some() {
            return draft.reflexive.then(|| self.reflexive(at)).flatten();
        }
        if let Some(cluster) = self.apposed(at).or_else(|| self.predicate(at)) {
            return Some(cluster);
        }
        if let Some(cluster) = self.land(at, known) {
            return Some(cluster);
        }
        let person = draft.kind == EntityKind::Person && !draft.plural && !draft.indefinite;
        person.then(|| self.office(at, known)).flatten()
    }

    /// The person that an office means: of the article, by the words or by the
    /// lexicon on the article's date.
    fn office(&self, at: u32, known: &Known) -> Option<u32> {
        let draft = self.draft(at);
        let role = draft.role.as_deref()?;
        let head = draft.role_head()?;
        let fits = |&c: &u32| {
            let cluster = &self.clusters[c as usize];
            cluster.kind == EntityKind::Person
                && !cluster.plural
                && cluster.gender.fits(draft.gender)
                && !draft.former
        };
        let leader = matches!(head, "leader" | "strongman" | "ruler" | "dictator");
        if let Some(country) = draft.coding.country {
            let persons = known.countries.get(&country).map_or(&[][..], Vec::as_slice);
            let held = |&c: &u32| {
                let cluster = &self.clusters[c as usize];
                let row = cluster.row.and_then(|r| self.scene.actors.row(r));
                let rows = row.is_some_and(|r| r.role == role || r.role.ends_with(head));
                let ruler = leader
                    && draft.coding.sectors.first() == Some(&"GOV")
                    && (cluster.roles.iter().any(|r| TOP.contains(&r.as_str()))
                        || row.is_some_and(|r| TOP.contains(&r.role.as_str())));
                cluster.roles.contains(role)
                    || cluster.roles.contains(head) && !leader
                    || rows
                    || ruler
            };
            if let Some(found) = persons.iter().rev().find(|c| fits(c) && held(c)) {
                return Some(*found);
            }
            let date = self.scene.date?;
            let asked = if leader { "leader" } else { role };
            let names: BTreeSet<String> = self
                .scene
                .actors
                .holder(country, asked, date)
                .into_iter()
                .filter_map(|r| self.scene.actors.row(r).map(|r| r.name.clone()))
                .collect();
            let mut there = names.iter().filter_map(|n| known.rows.get(n).copied());
            return there.next().filter(fits);
        }
        if !draft.definite && !capitalised(self, draft) {
            return None;
        }
        let near = |&c: &u32| {
            let last = self.clusters[c as usize].before(at);
            let limit = if GENERAL.contains(&head) { 3 } else { NEAR };
            last.is_some_and(|m| self.draft(m).sentence + limit >= draft.sentence)
        };
        // "the spokesman for the army" is known by more than his role
        let whose =
            self.scene.tree.by(self.scene.doc, draft.head, "nmod").find(|&t| {
                t >= draft.tokens.end && self.scene.tree.has_case(self.scene.doc, t, "for")
            });
        if whose.is_some() {
            return None;
        }
        let persons = known.roles.get(role).or_else(|| known.roles.get(head))?;
        persons.iter().rev().find(|c| fits(c) && near(c)).copied()
    }

    /// "The country", "the city" with nothing that tells which: the last one.
    fn land(&self, at: u32, known: &Known) -> Option<u32> {
        let draft = self.draft(at);
        let doc = self.scene.doc;
        let mut parts = self.scene.tree.dependents(draft.head);
        let bare = !parts.any(|t| matches!(doc.tokens[t].relation(), "nmod" | "acl" | "appos"));
        if !draft.definite || draft.plural || draft.tokens.len() > 2 || !bare {
            return None;
        }
        match self.lemma(draft.head).as_str() {
            "country" | "nation" => known.country,
            "city" | "town" | "capital" => known.city,
            _ => None,
        }
    }
}

/// Offices at the head of a state or government.
const TOP: &[&str] = &[
    "president",
    "prime minister",
    "premier",
    "chancellor",
    "king",
    "queen",
    "emperor",
    "sultan",
    "emir",
    "supreme leader",
    "dictator",
    "ruler",
    "taoiseach",
    "leader",
];

/// "President said": an office written like a name.
fn capitalised(linker: &Linker<'_, '_>, draft: &Draft) -> bool {
    linker.scene.doc.tokens[draft.head].upos == Upos::Propn && draft.tokens.len() <= 2
}
