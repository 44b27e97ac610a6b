//! Who can be meant: the mentions just before, and those with the same head
//! from anywhere; and what a mention has in common with each.

use super::model::{HIDDEN, Ranker, SPACE, Sums};
use super::seen::Seen;
use super::traits::Traits;
use crate::draft::{Draft, Pronoun};
use crate::link::Linker;
use dateline_account::EntityKind;
use dateline_learned::{Id, bucket};
use std::collections::HashMap;

/// How far back a pronoun looks, in mentions and in sentences.
const MENTIONS: usize = 60;
const SENTENCES: usize = 4;
/// How far back a description looks for what has another head, in mentions.
const DESCRIBED: usize = 24;
/// Entities of the same head from farther back.
const FARTHER: usize = 8;

/// The state of a reading: traits of all mentions and what clusters said.
#[derive(Debug)]
pub(crate) struct Ranking {
    pub(crate) traits: Vec<Traits>,
    /// What each mention as the one referred to adds to the hidden layer.
    ahead: Vec<Sums>,
    seen: Vec<Seen>,
    /// Clusters by the lemma of a head, the latest last.
    by_head: HashMap<u64, Vec<u32>>,
}

/// What one decision knows of the mention that it is about.
struct Asked<'l> {
    at: u32,
    draft: &'l Draft,
    /// Clusters with a mention in the same clause, who are others.
    barred: Vec<u32>,
    /// The cluster of the one whose words the mention stands in.
    speaker: Option<u32>,
}

impl Ranking {
    pub(crate) fn new(linker: &Linker<'_, '_>, ranker: &Ranker) -> Self {
        let traits: Vec<Traits> =
            (0..linker.drafts.len() as u32).map(|at| linker.traits(at)).collect();
        let sums = |traits: &Traits| {
            let mut sums = [0; HIDDEN];
            ranker.add(&mut sums, &traits.ahead);
            sums
        };
        let ahead = traits.iter().map(sums).collect();
        Self { traits, ahead, seen: Vec::new(), by_head: HashMap::new() }
    }

    /// Takes note of a mention that has been linked.
    pub(crate) fn remember(&mut self, at: u32, cluster: u32) {
        let Some(traits) = self.traits.get(at as usize) else { return };
        let cluster_at = cluster as usize;
        if self.seen.len() <= cluster_at {
            self.seen.resize(cluster_at + 1, Seen::default());
        }
        self.seen[cluster_at].take(at, traits);
        if !traits.class.is_pronoun() {
            let list = self.by_head.entry(traits.lemma).or_default();
            list.retain(|&c| c != cluster);
            list.push(cluster);
            if list.len() > FARTHER {
                list.remove(0);
            }
        }
    }

    fn seen(&self, cluster: u32) -> Option<&Seen> {
        self.seen.get(cluster as usize)
    }

    /// The mentions that can be meant, the nearest first, each of a cluster.
    fn candidates(&self, linker: &Linker<'_, '_>, asked: &Asked<'_>) -> Vec<(u32, u32)> {
        let draft = asked.draft;
        let most = if draft.pronoun.is_some() { MENTIONS } else { DESCRIBED };
        let floor = (asked.at as usize).saturating_sub(most) as u32;
        let mut found = Vec::new();
        for before in (floor..asked.at).rev() {
            let candidate = linker.draft(before);
            if draft.pronoun.is_some() && candidate.sentence + SENTENCES < draft.sentence {
                break;
            }
            found.extend(self.possible(linker, asked, before).map(|cluster| (before, cluster)));
        }
        if draft.pronoun.is_none() {
            let lemma = self.traits[asked.at as usize].lemma;
            for &cluster in self.by_head.get(&lemma).into_iter().flatten().rev() {
                let last = self.seen(cluster).and_then(|s| s.last).filter(|&l| l < floor);
                let Some(last) = last else { continue };
                found.extend(self.possible(linker, asked, last).map(|cluster| (last, cluster)));
            }
        }
        found
    }

    /// The cluster of an earlier mention, if the two can be one at all.
    fn possible(&self, linker: &Linker<'_, '_>, asked: &Asked<'_>, before: u32) -> Option<u32> {
        let cluster = linker.cluster_of(before)?;
        let (draft, candidate) = (asked.draft, linker.draft(before));
        // a phrase that the mention stands in: "the minister and his aide"
        if candidate.tokens.contains(&draft.head) || candidate.head >= draft.head {
            return None;
        }
        let apart = match draft.pronoun {
            None => self.told_apart(linker, asked.at, before, cluster),
            Some(_) => asked.barred.contains(&cluster),
        };
        if apart {
            return None;
        }
        let known = &linker.clusters[cluster as usize];
        let person = draft.pronoun == Some(Pronoun::Personal);
        let right = !person
            || !known.plural
                && known.gender.fits(draft.gender)
                && matches!(known.kind, EntityKind::Person | EntityKind::Other);
        (right && !candidate.pronoun.is_some_and(Pronoun::is_speech)).then_some(cluster)
    }

    /// "The Peruvian president" and "the Chilean president", "Peru's army" and
    /// "Chile's army": the words say that they are two.
    fn told_apart(&self, linker: &Linker<'_, '_>, at: u32, before: u32, cluster: u32) -> bool {
        let draft = linker.draft(at);
        let things = matches!(draft.kind, EntityKind::Other | EntityKind::Event);
        let own = draft.coding.country.filter(|_| !things);
        let abroad = own.is_some_and(|a| linker.country(cluster).is_some_and(|b| a != b));
        let (own, other) = (&self.traits[at as usize], &self.traits[before as usize]);
        let owners = own.owned_by(linker).zip(other.owned_by(linker));
        abroad || own.lemma == other.lemma && owners.is_some_and(|(a, b)| a != b)
    }

    fn asked<'l>(
        &self,
        linker: &'l Linker<'_, '_>,
        at: u32,
        speakers: &[Option<u32>],
    ) -> Asked<'l> {
        let draft = linker.draft(at);
        let speaker = draft.quoted.and_then(|q| {
            let source = speakers.get(q as usize).copied().flatten()?;
            linker.cluster_of(source)
        });
        let mut barred = Vec::new();
        // nothing shares a clause with what is in none
        let bound = !draft.possessive && linker.clause(draft.head).is_some();
        for before in (0..at).rev().take(if bound { MENTIONS } else { 0 }) {
            let candidate = linker.draft(before);
            if candidate.sentence != draft.sentence {
                break;
            }
            if linker.apart(draft, candidate) {
                barred.extend(linker.cluster_of(before));
            }
        }
        Asked { at, draft, barred, speaker }
    }

    /// The earlier mention that a mention goes with, and its cluster; `None` for
    /// something new.
    pub(crate) fn choose(
        &self,
        linker: &Linker<'_, '_>,
        ranker: &Ranker,
        at: u32,
        speakers: &[Option<u32>],
    ) -> Option<(u32, u32)> {
        let asked = self.asked(linker, at, speakers);
        let candidates = self.candidates(linker, &asked);
        let mut own = [0; HIDDEN];
        ranker.add(&mut own, &self.traits[at as usize].back);
        let mut sums = own;
        ranker.add(&mut sums, &self.novel(&asked));
        let mut best = (ranker.score_of_new(&sums), None);
        let mut features = Vec::with_capacity(40);
        let places = self.places(linker, &asked, &candidates);
        for (&(before, cluster), &place) in candidates.iter().zip(&places) {
            features.clear();
            features.push(place);
            self.pair(linker, &asked, before, cluster, &mut features);
            let mut sums = own;
            for (sum, ahead) in sums.iter_mut().zip(&self.ahead[before as usize]) {
                *sum = sum.wrapping_add(*ahead);
            }
            ranker.add(&mut sums, &features);
            let score = ranker.score(&sums);
            if score > best.0 {
                best = (score, Some((before, cluster)));
            }
        }
        best.1
    }

    /// Features of all answers to a decision: first those of something new,
    /// then of each candidate with its mention.
    pub(crate) fn answers(
        &self,
        linker: &Linker<'_, '_>,
        at: u32,
        speakers: &[Option<u32>],
    ) -> (Vec<Id>, Vec<(u32, Vec<Id>)>) {
        let asked = self.asked(linker, at, speakers);
        let candidates = self.candidates(linker, &asked);
        let own = &self.traits[at as usize].back;
        let new = [own.as_slice(), &self.novel(&asked)].concat();
        let places = self.places(linker, &asked, &candidates);
        let answers = candidates.iter().zip(&places).map(|(&(before, cluster), &place)| {
            let mut features = own.clone();
            features.push(place);
            features.extend(&self.traits[before as usize].ahead);
            self.pair(linker, &asked, before, cluster, &mut features);
            (before, features)
        });
        (new, answers.collect())
    }

    /// Features of the answer that something new is meant.
    fn novel(&self, asked: &Asked<'_>) -> Vec<Id> {
        let own = &self.traits[asked.at as usize];
        let c = own.class as u64;
        let heads = self.by_head.get(&own.lemma).map_or(&[][..], Vec::as_slice);
        let same = heads.iter().filter_map(|&c| self.seen(c));
        let phrase = same.clone().any(|s| s.phrases.contains(&own.phrase));
        let covers = |s: &Seen| own.modifiers.iter().all(|m| s.words.contains(m));
        let covered = same.clone().any(covers);
        vec![
            SPACE.closed(60, &[c]),
            SPACE
                .closed(61, &[c, heads.len().min(3) as u64, u64::from(phrase), u64::from(covered)]),
            SPACE.closed(62, &[asked.draft.kind as u64, c, u64::from(!heads.is_empty())]),
        ]
    }

    /// How many others that agree stand nearer than each candidate, at most
    /// four, and whether an entity stands nearer with another mention.
    fn places(
        &self,
        linker: &Linker<'_, '_>,
        asked: &Asked<'_>,
        candidates: &[(u32, u32)],
    ) -> Vec<Id> {
        let own = &self.traits[asked.at as usize];
        let fits = |c: u32| {
            let known = &linker.clusters[c as usize];
            known.plural == asked.draft.plural
                && (known.kind == EntityKind::Person) == (asked.draft.kind == EntityKind::Person)
        };
        // five are enough to know of four that are not the candidate's own
        let (mut others, mut seen) = (Vec::with_capacity(5), Vec::with_capacity(candidates.len()));
        let place = |&(_, cluster): &(u32, u32)| {
            let nearer = others.iter().filter(|&&c| c != cluster).count().min(4);
            let again = seen.contains(&cluster);
            if !again {
                seen.push(cluster);
                if others.len() < 5 && fits(cluster) {
                    others.push(cluster);
                }
            }
            SPACE.closed(58, &[own.class as u64, nearer as u64, u64::from(again)])
        };
        candidates.iter().map(place).collect()
    }

    /// What a mention and an earlier one have in common.
    fn pair(
        &self,
        linker: &Linker<'_, '_>,
        asked: &Asked<'_>,
        before: u32,
        cluster: u32,
        features: &mut Vec<Id>,
    ) {
        let (own, other) = (&self.traits[asked.at as usize], &self.traits[before as usize]);
        let (draft, candidate) = (asked.draft, linker.draft(before));
        let known = &linker.clusters[cluster as usize];
        let (c, o) = (own.class as u64, other.class as u64);
        let kind = known.kind as u64;
        let sentences = bucket(draft.sentence.saturating_sub(candidate.sentence));
        let paragraphs = bucket(own.paragraph.saturating_sub(other.paragraph) as usize).min(3);
        let named = u64::from(known.named);
        let nominal = draft.pronoun.is_none();
        let clause = u64::from(own.governor.is_some() && own.governor == other.governor);
        features.extend([
            SPACE.closed(71, &[c, o, sentences]),
            SPACE.closed(72, &[c, bucket((asked.at - before) as usize)]),
            SPACE.closed(73, &[c, paragraphs, u64::from(sentences == 0)]),
            SPACE.closed(74, &[c, draft.gender as u64, known.gender as u64, kind]),
            SPACE.closed(75, &[c, u64::from(draft.plural), u64::from(known.plural), kind]),
            SPACE.closed(76, &[c, draft.kind as u64, kind, named]),
            SPACE.closed(77, &[c, own.relation, other.relation]),
            SPACE.closed(78, &[c, u64::from(asked.barred.contains(&cluster)), sentences.min(1)]),
            SPACE.closed(79, &[c, self.voice(asked, candidate, cluster)]),
            SPACE.closed(
                80,
                &[c, bucket(self.seen(cluster).map_or(0, |s| s.mentions).min(40)), named],
            ),
            SPACE.closed(
                81,
                &[c, kind, u64::from(known.row.is_some()), u64::from(known.place.is_some())],
            ),
            SPACE.closed(
                82,
                &[c, u64::from(candidate.subject), u64::from(draft.subject), sentences.min(2)],
            ),
            SPACE.closed(83, &[c, self.owners(linker, own, other, before, cluster)]),
            SPACE.closed(
                88,
                &[c, clause, u64::from(draft.possessive), u64::from(candidate.subject)],
            ),
            SPACE.closed(89, &[c, clause, own.relation, other.relation]),
            SPACE.closed(90, &[c, o, sentences.min(3), u64::from(candidate.subject)]),
            SPACE.open(84, &[own.verb, kind, c]),
        ]);
        if nominal {
            self.nominal(linker, asked, before, cluster, features);
        } else {
            features.push(SPACE.open(85, &[c, other.lemma]));
            let same =
                u64::from(candidate.pronoun == draft.pronoun && draft.gender == candidate.gender);
            features.push(SPACE.closed(86, &[c, o, same, sentences.min(3)]));
            features
                .push(SPACE.closed(87, &[c, u64::from(own.verb == other.verb && own.verb != 0)]));
        }
    }

    /// Words in common, for a description.
    fn nominal(
        &self,
        linker: &Linker<'_, '_>,
        asked: &Asked<'_>,
        before: u32,
        cluster: u32,
        features: &mut Vec<Id>,
    ) {
        let (own, other) = (&self.traits[asked.at as usize], &self.traits[before as usize]);
        let draft = asked.draft;
        let (c, o) = (own.class as u64, other.class as u64);
        let known = &linker.clusters[cluster as usize];
        let empty = Seen::default();
        let seen = self.seen(cluster).unwrap_or(&empty);
        let head = own.lemma == other.lemma;
        let heads = seen.heads.contains(&own.lemma);
        let phrase = own.phrase == other.phrase;
        let phrases = seen.phrases.contains(&own.phrase);
        let missing = own.modifiers.iter().filter(|m| !seen.words.contains(m)).count().min(2);
        let extra = other.modifiers.iter().filter(|m| !own.modifiers.contains(m)).count().min(2);
        let shared = own.modifiers.iter().filter(|m| other.modifiers.contains(m)).count().min(2);
        let among = u64::from(seen.words.contains(&own.lemma))
            | u64::from(own.modifiers.contains(&other.lemma)) << 1;
        let country = match (draft.coding.country, linker.country(cluster)) {
            (Some(a), Some(b)) => 1 + u64::from(a == b),
            (Some(_), None) => 3,
            (None, Some(_)) => 4,
            _ => 0,
        };
        let role = draft.role.as_deref().map_or(0, |role| {
            let last = draft.role_head().is_some_and(|last| known.roles.contains(last));
            1 + u64::from(known.roles.contains(role)) + u64::from(last)
        });
        let sector = match (draft.coding.sectors.first(), known.coding.sectors.first()) {
            (Some(a), Some(b)) => 1 + u64::from(a == b),
            (Some(_), None) => 3,
            _ => 0,
        };
        let same = u64::from(head)
            | u64::from(heads) << 1
            | u64::from(phrase) << 2
            | u64::from(phrases) << 3;
        let sentences = bucket(draft.sentence.saturating_sub(linker.draft(before).sentence));
        features.extend([
            SPACE.closed(100, &[c, o, same]),
            SPACE.closed(101, &[c, same & 3, missing as u64, extra as u64]),
            SPACE.closed(102, &[same, shared as u64, missing as u64]),
            SPACE.closed(103, &[c, among, same & 3]),
            SPACE.closed(104, &[c, country, u64::from(heads)]),
            SPACE.closed(105, &[c, role, known.kind as u64]),
            SPACE.closed(106, &[c, sector, known.kind as u64]),
            SPACE.closed(107, &[c, same & 3, sentences]),
            SPACE.open(108, &[own.lemma, other.lemma]),
            SPACE.open(109, &[own.lemma, u64::from(heads)]),
            SPACE.open(110, &[own.lemma, known.kind as u64, u64::from(known.named)]),
        ]);
    }

    /// Where the two stand among the words of others.
    fn voice(&self, asked: &Asked<'_>, candidate: &Draft, cluster: u32) -> u64 {
        let speaks = asked.speaker == Some(cluster);
        let same = asked.draft.quoted == candidate.quoted;
        u64::from(speaks)
            | u64::from(asked.draft.in_quotes) << 1
            | u64::from(candidate.in_quotes) << 2
            | u64::from(same) << 3
            | u64::from(candidate.source) << 4
    }

    /// Whether the two belong to the same, or one to the other.
    fn owners(
        &self,
        linker: &Linker<'_, '_>,
        own: &Traits,
        other: &Traits,
        before: u32,
        cluster: u32,
    ) -> u64 {
        let (mine, theirs) = (own.owned_by(linker), other.owned_by(linker));
        let held = own.owner.is_some_and(|t| linker.draft(before).tokens.contains(&t));
        match (own.owner, other.owner) {
            (Some(_), _) if mine == Some(cluster) || held => 1,
            (Some(_), Some(_)) if mine.is_some() && mine == theirs => 2,
            (Some(_), Some(_)) => 3,
            (Some(_), None) => 4,
            (None, Some(_)) => 5,
            (None, None) => 0,
        }
    }
}
