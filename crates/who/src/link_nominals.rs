//! Linking of descriptions by sure signs: offices and their holders, people and
//! bodies by their head, the country and the city that an article is at. All
//! else the ranker decides.

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
    /// Head lemma to clusters of people and bodies, the latest last.
    heads: HashMap<String, Vec<u32>>,
    /// Named groups and bodies, the latest last.
    bodies: Vec<u32>,
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
        if matches!(cluster.kind, EntityKind::Person | EntityKind::Group | EntityKind::Organization)
        {
            let head = draft.name.clone().map_or(draft.head, |n| self.scene.doc.head_of(n));
            note(known.heads.entry(self.lemma(head)).or_default(), id);
            if head != draft.head {
                note(known.heads.entry(self.lemma(draft.head)).or_default(), id);
            }
        }
        match cluster.kind {
            EntityKind::Organization | EntityKind::Group if cluster.named => {
                known.bodies.retain(|&b| b != id);
                note(&mut known.bodies, id);
            }
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
    /// apposition or predicate, an office and its holder, people and bodies by
    /// their head, the country or city at hand, a reflexive.
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
        if draft.indefinite {
            return None;
        }
        let person = draft.kind == EntityKind::Person && !draft.plural;
        let office = person.then(|| self.office(at, known)).flatten();
        office.or_else(|| self.same_head(at, known)).or_else(|| self.generic(at, known))
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

    /// Whether nothing that would tell it from others hangs on a noun.
    fn bare(&self, draft: &Draft) -> bool {
        let doc = self.scene.doc;
        let relation = |t: usize| doc.tokens[t].relation();
        !self
            .scene
            .tree
            .dependents(draft.head)
            .any(|t| matches!(relation(t), "nmod" | "acl" | "appos"))
    }

    /// "The group", "the company": the last named body of that sort.
    fn generic(&self, at: u32, known: &Known) -> Option<u32> {
        let draft = self.draft(at);
        if !draft.definite || draft.plural || draft.tokens.len() > 3 || !self.bare(draft) {
            return None;
        }
        let lemma = self.lemma(draft.head);
        let sectors: &[&str] = match lemma.as_str() {
            "group" | "organization" | "organisation" | "movement" => {
                &["REB", "PRM", "UAF", "SOC", "OPP", "CRM", "CVL", "MED"]
            }
            "company" | "firm" | "corporation" | "bank" | "carrier" | "airline" => &["BUS"],
            "party" => &["PTY", "OPP"],
            "agency" => &["JRN", "GOV", "SPY", "COP"],
            "newspaper" | "paper" | "broadcaster" | "magazine" => &["JRN"],
            "militia" => &["PRM", "REB"],
            "court" | "tribunal" => &["JUD"],
            "ministry" | "department" => &["GOV"],
            "union" => &["LAB"],
            "bloc" | "alliance" => &["GOV", "MIL"],
            _ => return None,
        };
        known.bodies.iter().rev().take(4).copied().find(|&c| {
            let cluster = &self.clusters[c as usize];
            let listed = cluster.row.and_then(|r| self.scene.actors.row(r)).map(|r| &r.coding);
            let coding = listed.unwrap_or(&cluster.coding);
            let near = cluster.before(at);
            near.is_some_and(|m| self.draft(m).sentence + 4 >= draft.sentence)
                && coding.sectors.first().is_some_and(|s| sectors.contains(s))
                && draft.coding.country.is_none_or(|c| coding.country == Some(c))
        })
    }

    /// "The official" after "a senior official": same head, nothing that speaks
    /// against it. Of things the ranker decides.
    fn same_head(&self, at: u32, known: &Known) -> Option<u32> {
        let draft = self.draft(at);
        let doc = self.scene.doc;
        let lemma = self.lemma(draft.head);
        let standing =
            matches!(lemma.as_str(), "police" | "government" | "army" | "military" | "parliament");
        if !draft.definite && !standing {
            return None;
        }
        let clusters = known.heads.get(&lemma)?;
        let words = |d: &Draft| -> BTreeSet<String> {
            d.tokens
                .clone()
                .filter(|&t| t != d.head)
                .filter(|&t| {
                    matches!(doc.tokens[t].upos, Upos::Adj | Upos::Noun | Upos::Propn | Upos::Num)
                })
                .map(|t| doc.tokens[t].lemma.to_lowercase())
                .collect()
        };
        let own = words(draft);
        let owner = |d: &Draft| {
            self.scene
                .tree
                .dependents(d.head)
                .find(|&t| doc.tokens[t].deprel.as_ref() == "nmod:poss")
        };
        let complement = |d: &Draft| {
            let tree = self.scene.tree;
            tree.by(doc, d.head, "nmod").find(|&t| {
                t > d.head && ["of", "for", "at"].iter().any(|p| tree.has_case(doc, t, p))
            })
        };
        clusters.iter().rev().take(8).copied().find(|&c| {
            let cluster = &self.clusters[c as usize];
            let described = |m: &&u32| self.draft(**m).form != MentionForm::Pronoun;
            let Some(last) = cluster.mentions.range(..at).rev().take(16).find(described) else {
                return false;
            };
            let before = self.draft(*last);
            let country = match (draft.coding.country, self.country(c)) {
                (Some(a), Some(b)) => a == b,
                (Some(_), None) => false,
                _ => true,
            };
            // different owners: "his house", "her house"
            let owners = match (owner(draft), owner(before)) {
                (Some(a), Some(b)) => doc.form(a).eq_ignore_ascii_case(doc.form(b)),
                (Some(_), None) => false,
                _ => true,
            };
            let known_words = cluster.mentions.iter().take(6).flat_map(|&m| words(self.draft(m)));
            let mut all: BTreeSet<String> = known_words.collect();
            all.extend(cluster.roles.iter().cloned());
            // "the spokesman for the army", "the spokesman for the ministry"
            let complements = match (complement(draft), complement(before)) {
                (Some(a), Some(b)) => self.lemma(a) == self.lemma(b),
                (Some(_), None) => draft.role.is_none(),
                _ => true,
            };
            (cluster.plural == draft.plural || cluster.named)
                && complements
                && country
                && owners
                && own.iter().all(|w| all.contains(w))
        })
    }

    /// "The country", "the city" with nothing that tells which: the last one.
    fn land(&self, at: u32, known: &Known) -> Option<u32> {
        let draft = self.draft(at);
        if !draft.definite || draft.plural || draft.tokens.len() > 2 || !self.bare(draft) {
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
