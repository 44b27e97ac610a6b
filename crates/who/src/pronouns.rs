//! Linking of pronouns: to the nearest entity that fits in gender, number and
//! kind, subjects before others, nobody who shares the clause, and inside
//! quotations to the one who speaks.

use crate::cluster::Cluster;
use crate::draft::{Draft, Pronoun};
use crate::link::Linker;
use crate::roles::Gender;
use dateline_account::{EntityKind, MentionForm};

/// How far back a pronoun looks, in mentions and in sentences.
const MENTIONS: usize = 60;
const SENTENCES: usize = 3;

impl Linker<'_, '_> {
    /// The cluster a third-person pronoun stands for. `speakers` holds the draft
    /// of each attribution's source.
    pub(crate) fn resolve(&self, at: u32, speakers: &[Option<u32>]) -> Option<u32> {
        let draft = self.draft(at);
        let mut best: Option<(i32, u32)> = None;
        let mut seen: Vec<u32> = Vec::new();
        let floor = (at as usize).saturating_sub(MENTIONS);
        for before in (floor..at as usize).rev() {
            let before = before as u32;
            let candidate = self.draft(before);
            if candidate.sentence + SENTENCES < draft.sentence {
                break;
            }
            // "Peru and Chile objected; they ...": both, which is no entity
            if draft.pronoun == Some(Pronoun::Plural)
                && candidate.subject
                && !candidate.plural
                && candidate.sentence + 1 >= draft.sentence
                && self.coordinated(candidate)
            {
                break;
            }
            let Some(cluster) = self.cluster_of(before) else { continue };
            // a phrase that the pronoun stands in: "the minister and his aide"
            if candidate.tokens.contains(&draft.head) || candidate.head >= draft.head {
                continue;
            }
            if seen.contains(&cluster) || !self.fits(draft, candidate, cluster, speakers) {
                continue;
            }
            seen.push(cluster);
            let score = self.score(draft, candidate, &self.clusters[cluster as usize]);
            if best.is_none_or(|(s, _)| score > s) {
                best = Some((score, cluster));
            }
        }
        best.map(|(_, cluster)| cluster)
    }

    fn fits(
        &self,
        draft: &Draft,
        candidate: &Draft,
        cluster: u32,
        speakers: &[Option<u32>],
    ) -> bool {
        let known = &self.clusters[cluster as usize];
        let right = match draft.pronoun {
            Some(Pronoun::Personal) => {
                known.kind == EntityKind::Person && !known.plural && known.gender.fits(draft.gender)
            }
            Some(Pronoun::Plural) => {
                known.plural
                    || matches!(known.kind, EntityKind::Group | EntityKind::Organization)
                    || candidate.pronoun == Some(Pronoun::Plural)
            }
            Some(Pronoun::Neuter) => {
                let thing = known.kind != EntityKind::Person && !known.plural;
                let group = known.kind == EntityKind::Group && candidate.pronoun.is_none();
                thing && (!group || known.named || !candidate.plural)
            }
            _ => false,
        };
        if !right
            || matches!(
                candidate.pronoun,
                Some(Pronoun::First | Pronoun::FirstPlural | Pronoun::Second)
            )
        {
            return false;
        }
        // a speaker does not call himself "he" between quotation marks
        let speaker = draft.quoted.filter(|_| draft.in_quotes).and_then(|q| {
            let source = speakers.get(q as usize).copied().flatten()?;
            self.cluster_of(source)
        });
        if speaker == Some(cluster) {
            return false;
        }
        let together = self.clause(draft.head) == self.clause(candidate.head);
        if draft.reflexive {
            return together;
        }
        // "Ruiz met him": two people
        !(together && !draft.possessive && !inside_phrase(self, candidate))
    }

    fn score(&self, draft: &Draft, candidate: &Draft, cluster: &Cluster) -> i32 {
        let distance = draft.sentence.saturating_sub(candidate.sentence) as i32;
        let mut score = -12 * distance;
        if candidate.subject {
            score += 9;
            if draft.subject {
                score += 4;
            }
        }
        if candidate.form == MentionForm::Pronoun && candidate.pronoun == draft.pronoun {
            score += 6;
        }
        if candidate.possessive || inside_phrase(self, candidate) {
            score -= 5;
        }
        if draft.gender != Gender::Unknown && cluster.gender == draft.gender {
            score += 3;
        }
        if cluster.named {
            score += 3;
        }
        score += (cluster.mentions.len().min(6)) as i32;
        // names inside a quotation are not who speaks after it
        if candidate.in_quotes && !draft.in_quotes {
            score -= 10;
        }
        let speaks = candidate.source && candidate.quoted.is_none();
        if speaks && draft.subject {
            score += 3;
        }
        if draft.pronoun == Some(Pronoun::Neuter) {
            score += match cluster.kind {
                EntityKind::Organization | EntityKind::Group => 4,
                EntityKind::Place => 1,
                _ => 0,
            };
            if cluster.kind == EntityKind::Place && !candidate.subject {
                score -= 4;
            }
        }
        if draft.pronoun == Some(Pronoun::Plural) {
            score += if cluster.plural { 4 } else { -4 };
            if cluster.kind == EntityKind::Group {
                score += 2;
            }
        }
        score
    }

    /// Whether a mention is the first of several joined by "and".
    fn coordinated(&self, candidate: &Draft) -> bool {
        let doc = self.scene.doc;
        self.scene.tree.by(doc, candidate.head, "conj").next().is_some()
    }

    /// Gives "I" and "we" to the source of the words they stand in, and "you" of
    /// one quotation to one entity.
    pub(crate) fn resolve_speech(&mut self, at: u32, speakers: &[Option<u32>]) -> Option<u32> {
        let draft = self.draft(at);
        if draft.pronoun == Some(Pronoun::Second) {
            return None;
        }
        let source = speakers.get(draft.quoted? as usize).copied().flatten()?;
        let cluster = self.cluster_of(source)?;
        let kind = self.clusters[cluster as usize].kind;
        let speaks = draft.pronoun == Some(Pronoun::FirstPlural)
            || matches!(kind, EntityKind::Person | EntityKind::Other | EntityKind::Group);
        speaks.then_some(cluster)
    }

    /// The verb whose argument a token is, directly.
    fn clause(&self, token: usize) -> Option<usize> {
        let doc = self.scene.doc;
        let mut at = token;
        for _ in 0..4 {
            let relation = doc.tokens[at].relation();
            let head = doc.tokens[at].head?;
            if matches!(relation, "nsubj" | "obj" | "iobj" | "obl" | "csubj" | "xcomp") {
                return Some(head);
            }
            if matches!(relation, "conj" | "appos" | "flat" | "compound") {
                at = head;
            } else {
                return None;
            }
        }
        None
    }
}

/// Whether a mention is only a part of another noun's phrase.
fn inside_phrase(linker: &Linker<'_, '_>, candidate: &Draft) -> bool {
    let relation = linker.scene.doc.tokens[candidate.head].relation();
    matches!(relation, "nmod" | "compound" | "amod")
}
