//! Entities as the account writes them.

use crate::cluster::Cluster;
use crate::codes::Coding;
use crate::countries::Naming;
use crate::draft::Draft;
use crate::explain::Decided;
use crate::fold::fold;
use crate::link::Linker;
use dateline_account::{Entity, EntityKind, Mention, MentionForm, Place, Span};
use std::collections::HashSet;
use std::ops::Range;

/// The most roles that are listed for one entity.
const ROLES: usize = 8;

impl Linker<'_, '_> {
    /// The entities in the order of their first mention.
    pub(crate) fn entities(&self, places: &[Place]) -> Vec<Entity> {
        let (order, wholes) = (self.order(), self.wholes());
        let entity = |(id, c): (usize, &&Cluster)| self.entity(id as u32, c, places, &wholes);
        order.iter().enumerate().map(entity).collect()
    }

    /// The tokens of each draft with its complements and clauses, no two alike:
    /// where two would be, the later one stays the bare phrase.
    fn wholes(&self) -> Vec<Range<usize>> {
        let doc = self.scene.doc;
        let mut taken: HashSet<Span> =
            self.drafts.iter().map(|d| doc.span(d.tokens.clone())).collect();
        let whole = |draft: &Draft| {
            let bare = draft.tokens.clone();
            if draft.form == MentionForm::Pronoun {
                return bare;
            }
            let whole = self.scene.tree.whole(doc, draft.head, bare.clone());
            if taken.insert(doc.span(whole.clone())) { whole } else { bare }
        };
        self.drafts.iter().map(whole).collect()
    }

    /// The clusters in that order.
    pub(crate) fn order(&self) -> Vec<&Cluster> {
        let mut order: Vec<&Cluster> =
            self.clusters.iter().filter(|c| !c.mentions.is_empty()).collect();
        order.sort_by_key(|c| c.mentions.first().copied());
        order
    }

    fn entity(
        &self,
        id: u32,
        cluster: &Cluster,
        places: &[Place],
        wholes: &[Range<usize>],
    ) -> Entity {
        let doc = self.scene.doc;
        let drafts: Vec<u32> = cluster.mentions.iter().copied().collect();
        let mentions = drafts
            .iter()
            .map(|&at| {
                let draft = self.draft(at);
                let whole = wholes.get(at as usize).cloned().unwrap_or(draft.tokens.clone());
                Mention { span: doc.span(whole), form: draft.form }
            })
            .collect();
        let mut roles: Vec<String> = Vec::new();
        if matches!(cluster.kind, EntityKind::Person) {
            for draft in drafts.iter().map(|&at| self.draft(at)) {
                let Some(text) =
                    draft.role_text.clone().filter(|_| draft.kind == EntityKind::Person)
                else {
                    continue;
                };
                let text = one_line(doc.slice(doc.span(text)));
                if roles.len() < ROLES && !roles.iter().any(|r| r.eq_ignore_ascii_case(&text)) {
                    roles.push(text);
                }
            }
        }
        Entity {
            id,
            name: self.entity_name(cluster, &drafts, places),
            kind: cluster.kind,
            mentions,
            roles,
            actor: self.coding(cluster).0.actor(),
            place: cluster.place.filter(|_| cluster.kind == EntityKind::Place),
            explain: Vec::new(),
        }
    }

    pub(crate) fn entity_name(
        &self,
        cluster: &Cluster,
        drafts: &[u32],
        places: &[Place],
    ) -> String {
        let doc = self.scene.doc;
        if let Some(place) = cluster.place.and_then(|p| places.get(p as usize))
            && cluster.kind == EntityKind::Place
        {
            return place.name.clone();
        }
        if let Some(row) = cluster.row.and_then(|r| self.scene.actors.row(r))
            && cluster.kind != EntityKind::Place
        {
            return row.name.clone();
        }
        let named = drafts
            .iter()
            .map(|&at| self.draft(at))
            .filter(|d| d.form == MentionForm::Name && self.other_name(d).is_none())
            .filter_map(|d| d.name.clone())
            .map(|tokens| one_line(doc.slice(doc.span(tokens))))
            .max_by_key(|name| (name.split(' ').count(), std::cmp::Reverse(name.len())));
        let described = || {
            drafts
                .iter()
                .map(|&at| self.draft(at))
                .find(|d| d.form == MentionForm::Nominal)
                .map(|d| one_line(doc.slice(doc.span(self.scene.undetermined(d.tokens.clone())))))
        };
        let pronoun = || {
            let draft = drafts.first().map(|&at| self.draft(at))?;
            Some(one_line(doc.slice(doc.span(draft.tokens.clone()))))
        };
        named.or_else(described).or_else(pronoun).unwrap_or_default()
    }

    /// The code of an entity on the article's date, and what decided it.
    pub(crate) fn coding(&self, cluster: &Cluster) -> (Coding, Decided) {
        if cluster.kind == EntityKind::Place {
            return self.place_coding(cluster);
        }
        let Some(row) = cluster.row else {
            if matches!(cluster.kind, EntityKind::Other | EntityKind::Event) {
                return (Coding::default(), Decided::Nothing);
            }
            let (coding, owner) = self.belonging(cluster);
            let (coding, home) = self.at_home(coding);
            return (coding, Decided::Words { owner, home });
        };
        let listed = self.scene.actors.coding(row, self.scene.date);
        let own = self.scene.actors.row(row).map(|r| &r.coding);
        let in_force = own == Some(&listed);
        let trusted = in_force && self.scene.date.is_some() || cluster.kind != EntityKind::Person;
        if trusted || !cluster.worded {
            return (listed, Decided::Row(row));
        }
        let country = cluster.coding.country.or(listed.country);
        let coding = Coding { country, sectors: cluster.coding.sectors.clone() };
        (coding, Decided::Words { owner: None, home: false })
    }

    /// The coding of the words, with what the one lends whom they belong to:
    /// "its troops" are of its country, a "ministry spokesman" of the
    /// ministry's, the "WFU chief" of the WFU's kind. Also the cluster that lends.
    fn belonging(&self, cluster: &Cluster) -> (Coding, Option<u32>) {
        const OFFICES: [&str; 7] = ["GOV", "MIL", "LEG", "JUD", "SPY", "COP", "ELI"];
        let mut coding = cluster.coding.clone();
        let official = |c: &Coding| c.sectors.first().is_some_and(|s| OFFICES.contains(s));
        let person = cluster.kind == EntityKind::Person;
        let office = official(&coding);
        let mut lender = None;
        if coding.country.is_some() || !(office || person) {
            return (coding, lender);
        }
        for at in cluster.mentions.iter().take(16).copied() {
            let draft = self.draft(at);
            if draft.form == MentionForm::Pronoun {
                continue;
            }
            let title = draft.role_text.clone().filter(|_| person).unwrap_or(0..0);
            let inside = title.clone().filter_map(|t| self.headed.get(t).copied().flatten());
            let body =
                inside.filter(|&o| o != at && self.draft(o).kind == EntityKind::Organization);
            let owner = self
                .scene
                .tree
                .dependents(draft.head)
                .filter(|&t| {
                    let relation = self.scene.doc.tokens[t].deprel.as_ref();
                    relation == "nmod:poss"
                        || relation.starts_with("nmod")
                            && self.scene.tree.has_case(self.scene.doc, t, "of")
                })
                .filter_map(|t| self.headed.get(t).copied().flatten())
                .filter(|_| office);
            for (lends, other) in body.map(|o| (true, o)).chain(owner.map(|o| (false, o))) {
                let Some(id) = self.cluster_of(other).filter(|&c| Some(c) != self.cluster_of(at))
                else {
                    continue;
                };
                let known = &self.clusters[id as usize];
                let listed = known.row.map(|r| self.scene.actors.coding(r, self.scene.date));
                let known = listed.as_ref().unwrap_or(&known.coding);
                let sectors = !known.sectors.is_empty();
                if lends && sectors && coding.sectors.is_empty() && draft.role.is_some() {
                    coding.sectors.clone_from(&known.sectors);
                    lender = Some(id);
                }
                if coding.country.is_none() && known.country.is_some() {
                    coding.country = known.country;
                    lender = Some(id);
                }
            }
            if coding.country.is_some() {
                break;
            }
        }
        (coding, lender)
    }

    /// Police, rebels, judges of no named country belong to the country that
    /// the article is about, if it is about one. Also whether that decided.
    fn at_home(&self, mut coding: Coding) -> (Coding, bool) {
        let abroad = |s: &&'static str| matches!(*s, "JRN" | "BUS" | "SOC");
        if coding.country.is_none() && coding.sectors.first().is_some_and(|s| !abroad(s)) {
            coding.country = self.scene.words.home;
            let home = coding.country.is_some();
            return (coding, home);
        }
        (coding, false)
    }

    /// A place codes as its country; a capital that acts stands for its
    /// government.
    fn place_coding(&self, cluster: &Cluster) -> (Coding, Decided) {
        if let Some((coding, row)) = self.seated(cluster) {
            return (coding, Decided::Row(row));
        }
        let mut coding = Coding { country: cluster.coding.country, sectors: Vec::new() };
        let drafts = || cluster.mentions.iter().map(|&at| self.draft(at));
        let naming =
            |draft: &Draft| Some(self.scene.words.countries.get(draft.head)?.as_ref()?.naming);
        // a mention that was only linked to the capital may be the one that acts
        let capital = |draft: &Draft| naming(draft) == Some(Naming::Capital);
        let may_be = |draft: &Draft| {
            capital(draft) || draft.form == MentionForm::Name && naming(draft).is_none()
        };
        let acts = drafts().any(capital) && drafts().any(|d| d.subject && may_be(d));
        if acts && coding.country.is_some() {
            coding.add("GOV");
            return (coding, Decided::Capital);
        }
        (coding, Decided::Place)
    }
}

impl Linker<'_, '_> {
    /// The coding of the body that a place stands for where it acts: "the
    /// Kremlin said".
    fn seated(&self, cluster: &Cluster) -> Option<(Coding, u32)> {
        let drafts = cluster.mentions.iter().map(|&at| self.draft(at));
        let acting = drafts.into_iter().find(|d| d.subject && d.form == MentionForm::Name)?;
        let words = self.scene.undetermined(acting.name.clone()?);
        let name = fold(self.scene.doc.slice(self.scene.doc.span(words)));
        let actors = self.scene.actors;
        let row = actors.find(&name, self.scene.date, &self.scene.words.nearby)?;
        let body = actors.row(row)?.kind == EntityKind::Organization;
        body.then(|| (actors.coding(row, self.scene.date), row))
    }
}

/// White space of any kind as single blanks.
pub(crate) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
