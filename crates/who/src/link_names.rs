//! Linking of names: the same name, a surname, an acronym, an alias, a place.

use crate::actors::surname;
use crate::cluster::Cluster;
use crate::draft::Draft;
use crate::explain::Why;
use crate::given::GivenNames;
use crate::link::{Linker, initials};
use crate::roles::Gender;
use dateline_account::{EntityKind, MentionForm, Place};
use std::collections::{BTreeMap, HashMap};

/// What a body may be called by alone once its name has been given.
const BODIES: &[&str] = &[
    "Agency",
    "Assembly",
    "Authority",
    "Bank",
    "Bureau",
    "Coalition",
    "Commission",
    "Committee",
    "Council",
    "Court",
    "Department",
    "Front",
    "Institute",
    "League",
    "Ministry",
    "Movement",
    "Office",
    "Organisation",
    "Organization",
    "Parliament",
    "Party",
    "Union",
    "University",
];

/// What the husband or wife of a head of state is called.
const CONSORTS: &[&str] = &["first lady", "first gentleman", "prince consort"];

/// Where a full name of a surname was last mentioned.
#[derive(Debug, Default)]
struct Persons {
    /// `Ana Ruiz` to cluster; given and last name only.
    by_full: HashMap<String, u32>,
    /// Surname, or the first word of a name whose first word is no given name,
    /// to clusters.
    by_last: HashMap<String, Vec<u32>>,
    /// A given name to clusters.
    by_given: HashMap<String, Vec<u32>>,
}

impl Linker<'_, '_> {
    /// Links all mentions by name.
    pub(crate) fn link_names(&mut self, places: &[Place], given: &GivenNames) {
        let named: Vec<u32> = (0..self.drafts.len() as u32)
            .filter(|&at| self.draft(at).form == MentionForm::Name)
            .collect();
        let mut rows: BTreeMap<String, u32> = BTreeMap::new();
        let mut persons = Persons::default();
        let mut single = Vec::new();
        let mut rest = Vec::new();
        for &at in &named {
            let name = self.name(self.draft(at));
            if self.draft(at).kind != EntityKind::Person {
                rest.push((at, name));
            } else if name.contains(' ') {
                self.full_person(at, &name, &mut persons, &mut rows, given);
            } else {
                single.push((at, name));
            }
        }
        for (at, name) in single {
            self.single_person(at, &name, &mut persons, &mut rows, given);
        }
        self.link_bodies(rest, &persons, rows, places);
    }

    /// Puts a name into the cluster that it is known to be of, if it is.
    fn put_known(&mut self, at: u32, known: Option<(u32, Why)>) -> u32 {
        if let Some((_, why)) = known {
            self.because(at, why);
        }
        self.put(at, known.map(|(cluster, _)| cluster))
    }

    fn row_name(&self, row: Option<u32>) -> Option<String> {
        Some(self.scene.actors.row(row?)?.name.clone())
    }

    fn full_person(
        &mut self,
        at: u32,
        name: &str,
        persons: &mut Persons,
        rows: &mut BTreeMap<String, u32>,
        given: &GivenNames,
    ) {
        let first = name.split(' ').next().unwrap_or(name);
        let last = surname(name);
        let key = format!("{first} {last}");
        let row = self
            .draft(at)
            .row
            .or_else(|| self.scene.actors.find(name, self.scene.date, &self.scene.words.nearby));
        let row_name = self.row_name(row);
        let by_row = || Some((*rows.get(row_name.as_ref()?)?, Why::Row));
        let by_name = || Some((*persons.by_full.get(&key)?, Why::Name));
        let born = self.born_as(at).map(|c| (c, Why::Born));
        let known = born.or_else(by_row).or_else(by_name);
        // "Robert Jones" and "Robert Jones Jr." are two
        let junior = |n: &str| n.ends_with(" Jr.") || n.ends_with(" Jr");
        let known = known.filter(|&(c, _)| {
            let other = &self.clusters[c as usize];
            other
                .mentions
                .first()
                .is_none_or(|&m| junior(&self.name(self.draft(m))) == junior(name))
        });
        let cluster = self.put_known(at, known);
        self.clusters[cluster as usize].row = self.clusters[cluster as usize].row.or(row);
        if let Some(row_name) = row_name {
            rows.entry(row_name).or_insert(cluster);
        }
        persons.by_full.entry(key).or_insert(cluster);
        add(persons.by_last.entry(last.to_owned()).or_default(), cluster);
        if given.gender(first).is_none() {
            add(persons.by_last.entry(first.to_owned()).or_default(), cluster);
        } else {
            add(persons.by_given.entry(first.to_owned()).or_default(), cluster);
        }
        // "Pena Nieto" of "Enrique Pena Nieto"
        if let Some((_, two)) = name.split_once(' ')
            && two.contains(' ')
        {
            persons.by_full.entry(two.to_owned()).or_insert(cluster);
        }
    }

    /// Of several clusters the one that a bare surname means: of the right
    /// gender and role, mentioned last before it.
    fn choose(&self, at: u32, clusters: &[u32]) -> Option<u32> {
        let draft = self.draft(at);
        let fits = |c: &&u32| self.clusters[**c as usize].gender.fits(draft.gender);
        let mut left: Vec<u32> = clusters.iter().filter(fits).copied().collect();
        if let Some(role) = &draft.role {
            // "First Lady Ruiz" and "President Ruiz" are two
            let consort = |role: &str| CONSORTS.contains(&role);
            let other = |c: &u32| {
                let known = &self.clusters[*c as usize].roles;
                known.is_empty() || known.iter().any(|r| consort(r)) == consort(role)
            };
            left.retain(other);
        }
        // "Mrs. Ruiz" is rather the woman than one of whom nothing is known
        let same = |c: &u32| self.clusters[*c as usize].gender == draft.gender;
        if draft.gender != Gender::Unknown && left.iter().any(same) {
            left.retain(same);
        }
        if let Some(role) = draft.role_head()
            && left.iter().any(|&c| self.clusters[c as usize].roles.contains(role))
        {
            left.retain(|&c| self.clusters[c as usize].roles.contains(role));
        }
        let nearest = |c: &Cluster| match c.before(at) {
            Some(m) => (0, at - m),
            None => (1, c.mentions.first().map_or(0, |&m| m.saturating_sub(at))),
        };
        left.into_iter().min_by_key(|&c| (nearest(&self.clusters[c as usize]), c))
    }

    fn single_person(
        &mut self,
        at: u32,
        name: &str,
        persons: &mut Persons,
        rows: &mut BTreeMap<String, u32>,
        given: &GivenNames,
    ) {
        let last = surname(name);
        let by_last = || {
            let found = persons.by_last.get(last).and_then(|c| self.choose(at, c))?;
            Some((found, Why::LastName))
        };
        let born = self.born_as(at).map(|c| (c, Why::Born));
        let known = born.or_else(by_last).or_else(|| {
            let given = persons.by_given.get(name).filter(|c| c.len() == 1)?;
            given.first().map(|&c| (c, Why::GivenName))
        });
        if known.is_some() {
            self.put_known(at, known);
            return;
        }
        let row = self.draft(at).row.or_else(|| {
            let nearby = &self.scene.words.nearby;
            let found = self.scene.actors.by_surname(name, self.scene.date, nearby)?;
            // "Mrs. Lee" is hardly the one in the lexicon when nothing else
            // speaks of his country
            let listed = self.scene.actors.row(found)?;
            let near = listed.coding.country.is_none_or(|c| nearby.contains(&c));
            // nor is "Leo", who is no pope here
            let first = given.gender(name).is_some()
                && self.draft(at).role.as_deref() != Some(listed.role.as_str());
            (near || nearby.is_empty() && !self.polite(at) && !first).then_some(found)
        });
        let row_name = self.row_name(row);
        let known = row_name.as_ref().and_then(|n| rows.get(n)).map(|&c| (c, Why::Row));
        let cluster = self.put_known(at, known);
        self.clusters[cluster as usize].row = self.clusters[cluster as usize].row.or(row);
        if let Some(row_name) = row_name {
            rows.entry(row_name).or_insert(cluster);
        }
        add(persons.by_last.entry(last.to_owned()).or_default(), cluster);
    }

    /// The person of "Ana Ruiz, born Ana Lopez", of whom the second name is
    /// another one.
    fn born_as(&self, at: u32) -> Option<u32> {
        let mark = self.other_name(self.draft(at))?;
        let before = self.ending.get(&mark).copied().filter(|&b| b < at)?;
        let other = self.draft(before);
        let person = other.form == MentionForm::Name && other.kind == EntityKind::Person;
        self.cluster_of(before).filter(|_| person)
    }

    /// The comma or bracket before "born" and a name, of a name that stands so.
    pub(crate) fn other_name(&self, draft: &Draft) -> Option<usize> {
        const BORN: &[&str] = &["born", "née", "nee", "né", "alias", "aka"];
        let doc = self.scene.doc;
        let word = draft.name.as_ref()?.start.checked_sub(1)?;
        let mark = word.checked_sub(1)?;
        let stands = BORN.contains(&doc.form(word)) && matches!(doc.form(mark), "," | "(");
        stands.then_some(mark)
    }

    /// The body whose former name this is: "the Union, formerly known as the
    /// League".
    fn formerly(&self, at: u32) -> Option<u32> {
        let doc = self.scene.doc;
        let words = ["the", "as", "known", "called", "named"];
        let mut word = self.draft(at).name.as_ref()?.start.checked_sub(1)?;
        for _ in 0..3 {
            if words.iter().any(|w| doc.form(word).eq_ignore_ascii_case(w)) {
                word = word.checked_sub(1)?;
            }
        }
        let former = matches!(doc.form(word), "formerly" | "previously" | "once");
        let mark = word.checked_sub(1).filter(|&m| former && matches!(doc.form(m), "," | "("))?;
        let before = self.ending.get(&mark).copied().filter(|&b| b < at)?;
        let person = self.draft(before).kind == EntityKind::Person;
        self.cluster_of(before).filter(|_| !person)
    }

    /// Whether a form of address stands before a name, and no office.
    fn polite(&self, at: u32) -> bool {
        let draft = self.draft(at);
        draft.role.is_none()
            && draft.name.as_ref().is_some_and(|name| name.start > draft.tokens.start)
    }

    fn link_bodies(
        &mut self,
        bodies: Vec<(u32, String)>,
        persons: &Persons,
        mut rows: BTreeMap<String, u32>,
        places: &[Place],
    ) {
        let mut by_name: HashMap<String, u32> = HashMap::new();
        let mut by_initials: HashMap<String, u32> = HashMap::new();
        let mut by_tail: HashMap<String, u32> = HashMap::new();
        let mut by_front: HashMap<String, u32> = HashMap::new();
        let full: HashMap<String, String> = bodies
            .iter()
            .filter(|(_, name)| name.contains(' '))
            .map(|(_, name)| (initials(name), name.clone()))
            .collect();
        for (at, name) in bodies {
            let draft = self.draft(at);
            let key = place_key(draft.place, places).unwrap_or_else(|| name.to_lowercase());
            let unknown =
                draft.kind == EntityKind::Other && !name.contains(' ') && draft.place.is_none();
            let row = draft.row.or_else(|| {
                // "Macron" alone, which the network took for no person's name
                let (date, nearby) = (self.scene.date, &self.scene.words.nearby);
                unknown.then(|| self.scene.actors.by_surname(&name, date, nearby)).flatten()
            });
            let row_name = self.row_name(row);
            let acronym = name.len() <= 8
                && name.len() > 1
                && !name.contains(' ')
                && name.chars().filter(|c| c.is_uppercase()).count() * 2 > name.chars().count();
            let because = |why: Why| move |cluster: u32| (cluster, why);
            let named = if draft.place.is_some() { Why::Place } else { Why::Name };
            let known = self
                .introduced(at)
                .map(because(Why::Bracket))
                .or_else(|| self.formerly(at).map(because(Why::Born)))
                .or_else(|| rows.get(row_name.as_ref()?).copied().map(because(Why::Row)))
                .or_else(|| by_name.get(&key).copied().map(because(named)))
                .or_else(|| {
                    let letters: String = name.chars().filter(|c| c.is_alphabetic()).collect();
                    let known = by_initials.get(&letters).filter(|_| acronym);
                    known.copied().map(because(Why::Initials))
                })
                .or_else(|| {
                    // a surname that was taken for something else
                    let person = persons.by_last.get(&name)?;
                    let place = draft.place.and_then(|p| places.get(p as usize));
                    let town = place.is_none_or(|p| {
                        p.feature.as_deref().is_none_or(|f| !f.starts_with('A') && f != "P.PPLC")
                    });
                    let known = (town && row.is_none()).then(|| self.choose(at, person))?;
                    known.map(because(Why::LastName))
                })
                .or_else(|| {
                    // "Foreign Ministry" after "Malian Foreign Ministry"
                    let tail = by_tail.get(&key).copied()?;
                    let short = name.contains(' ') || BODIES.contains(&name.as_str());
                    (short && draft.place.is_none()).then_some((tail, Why::Shorter))
                })
                .or_else(|| {
                    // "Harvard" after "Harvard University"
                    let front = by_front.get(&key).copied()?;
                    (row.is_none() && draft.place.is_none()).then_some((front, Why::Front))
                });
            let cluster = self.put_known(at, known);
            let listed = row.and_then(|r| self.scene.actors.row(r)).map(|r| r.kind);
            let merged = &mut self.clusters[cluster as usize];
            merged.row = merged.row.or(row);
            if unknown && listed == Some(EntityKind::Person) {
                merged.kind = EntityKind::Person;
            }
            if let Some(row_name) = row_name {
                rows.entry(row_name).or_insert(cluster);
            }
            by_name.entry(key.clone()).or_insert(cluster);
            if name.contains(' ') && draft.place.is_none() {
                let letters = initials(&name);
                // not when two names of the article share their initials
                if letters.len() > 1 && full.get(&letters).is_some_and(|n| *n == name) {
                    by_initials.entry(letters).or_insert(cluster);
                }
                if let Some((front, last)) = name.rsplit_once(' ')
                    && BODIES.contains(&last)
                {
                    by_front.entry(front.to_lowercase()).or_insert(cluster);
                }
                if let Some((_, tail)) = key.split_once(' ') {
                    by_tail.entry(tail.to_owned()).or_insert(cluster);
                    // "the Ministry" after "Malian Foreign Ministry": the last
                    let last = tail.rsplit(' ').next().unwrap_or(tail);
                    if BODIES.iter().any(|b| b.eq_ignore_ascii_case(last)) {
                        by_tail.insert(last.to_owned(), cluster);
                    }
                }
            }
        }
    }

    /// The cluster of the name before a bracket that holds only this mention:
    /// "People's Front (PF)", "PF (People's Front)".
    fn introduced(&self, at: u32) -> Option<u32> {
        let doc = self.scene.doc;
        let tokens = &self.draft(at).name.clone()?;
        let open = tokens.start.checked_sub(1)?;
        let bracketed = matches!(doc.form(open), "(" | "[" | "-LRB-")
            && doc
                .tokens
                .get(tokens.end)
                .is_some_and(|_| matches!(doc.form(tokens.end), ")" | "]" | "-RRB-" | ","));
        if !bracketed {
            return None;
        }
        let before = self.ending.get(&open).copied().filter(|&b| b < at)?;
        let draft = self.draft(before);
        let own = self.folded(tokens.clone());
        let other = self.name(draft);
        let letters = |s: &str| s.chars().filter(|c| c.is_uppercase()).collect::<String>();
        let short = |s: &str| !s.contains(' ') && letters(s).len() > 1;
        let first = |s: &str| s.chars().find(|c| c.is_uppercase());
        // translations have other initials than the acronym: one is enough
        let alike = short(&own) && other.contains(' ') && (draft.form == MentionForm::Name)
            || short(&other) && own.contains(' ') && first(&other) == first(&own);
        let person = draft.kind == EntityKind::Person;
        alike.then(|| self.cluster_of(before)).flatten().filter(|_| !person)
    }
}

fn add(list: &mut Vec<u32>, cluster: u32) {
    if !list.contains(&cluster) && list.len() < 64 {
        list.push(cluster);
    }
}

/// What tells a place: its country for a country, its id or name otherwise.
fn place_key(place: Option<u32>, places: &[Place]) -> Option<String> {
    let place = places.get(place? as usize)?;
    let country = place.feature.as_deref().is_some_and(|f| f.starts_with("A.PCL"));
    Some(match (&place.country, place.geonames) {
        (Some(code), _) if country => format!("\u{1}{code}"),
        (_, Some(id)) => format!("\u{1}{id}"),
        _ => format!("\u{1}{}", place.name.to_lowercase()),
    })
}
