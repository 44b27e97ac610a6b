//! Linking of pronouns: to the nearest entity that fits in gender, number and
//! kind, subjects before others, nobody who shares the clause, and inside
//! quotations to the one who speaks.

use crate::cluster::Cluster;
use crate::draft::{Draft, Pronoun};
use crate::link::Linker;
use crate::roles::Gender;
use dateline_account::{EntityKind, MentionForm};
use dateline_syntax::Upos;

/// How far back a pronoun looks, in mentions and in sentences.
const MENTIONS: usize = 60;
const SENTENCES: usize = 3;

/// What speaks for an antecedent and against it, for one sort of pronoun.
/// Found by going up and down on the training part of GUM, not on its
/// development part.
#[derive(Debug)]
struct Weights {
    /// Each sentence back.
    distance: i32,
    /// Another paragraph.
    paragraph: i32,
    subject: i32,
    object: i32,
    /// Only a part of another noun's phrase.
    inside: i32,
    possessive: i32,
    named: i32,
    /// The source of a claim, for a subject.
    speaks: i32,
    /// An organization or group.
    body: i32,
    place: i32,
    /// A description with an article.
    definite: i32,
}

const PERSONAL: Weights = Weights {
    distance: 12,
    paragraph: 0,
    subject: 9,
    object: 0,
    inside: 5,
    possessive: 0,
    named: 3,
    speaks: 3,
    body: 0,
    place: 0,
    definite: 0,
};

const NEUTER: Weights = Weights {
    distance: 16,
    paragraph: 0,
    subject: 9,
    object: 3,
    inside: 8,
    possessive: 5,
    named: 3,
    speaks: 3,
    body: 4,
    place: 1,
    definite: 3,
};

const PLURAL: Weights = Weights {
    distance: 16,
    paragraph: 8,
    subject: 9,
    object: 3,
    inside: 2,
    possessive: 2,
    named: 3,
    speaks: 3,
    body: 4,
    place: 0,
    definite: 0,
};

impl Linker<'_, '_> {
    /// The cluster a third-person pronoun stands for. `speakers` holds the draft
    /// of each attribution's source.
    pub(crate) fn resolve(&self, at: u32, speakers: &[Option<u32>]) -> Option<u32> {
        let draft = self.draft(at);
        if draft.reflexive {
            return self.reflexive(at);
        }
        if draft.pronoun == Some(Pronoun::Neuter) && self.expletive(draft) {
            return None;
        }
        // the best score of each cluster over its mentions: "he said ..., and
        // his aide ...; He": the subject counts, not the nearer possessive
        let mut scores: Vec<(u32, i32)> = Vec::new();
        let mut barred: Vec<u32> = Vec::new();
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
            if self.apart(draft, candidate) {
                barred.push(cluster);
                continue;
            }
            if barred.contains(&cluster) || !self.fits(draft, candidate, cluster, speakers) {
                continue;
            }
            let score = self.score(draft, candidate, &self.clusters[cluster as usize]);
            match scores.iter_mut().find(|(c, _)| *c == cluster) {
                Some((_, best)) => *best = score.max(*best),
                None => scores.push((cluster, score)),
            }
        }
        let mut best: Option<(i32, u32)> = None;
        for (cluster, score) in scores {
            if !barred.contains(&cluster) && best.is_none_or(|(s, _)| score > s) {
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
        true
    }

    /// "Ruiz met him": two people.
    fn apart(&self, draft: &Draft, candidate: &Draft) -> bool {
        !draft.possessive && !inside_phrase(self, candidate) && self.together(draft, candidate)
    }

    /// Whether two mentions belong to one clause. A verb without a subject of
    /// its own has that of the verb it is coordinated with or depends on: in
    /// "Ruiz forgave Kahn and let him go" Ruiz is not "him".
    fn together(&self, draft: &Draft, candidate: &Draft) -> bool {
        let (doc, tree) = (self.scene.doc, self.scene.tree);
        let Some(mut verb) = self.clause(draft.head) else { return false };
        let other = self.clause(candidate.head);
        if other == Some(verb) {
            return true;
        }
        if draft.subject || !candidate.subject {
            return false;
        }
        for _ in 0..3 {
            let shares = matches!(doc.tokens[verb].relation(), "conj" | "xcomp");
            let Some(head) = doc.tokens[verb].head.filter(|_| shares) else { return false };
            if tree.by(doc, verb, "nsubj").next().is_some() {
                return false;
            }
            // "asked him to let him go": who lets go is the object
            if doc.tokens[verb].relation() == "xcomp" && tree.by(doc, head, "obj").next().is_some()
            {
                return false;
            }
            verb = head;
            if other == Some(verb) {
                return true;
            }
        }
        false
    }

    /// "The mission itself", "the minister saw himself": the noun that it
    /// stands beside, else the subject that governs it.
    fn reflexive(&self, at: u32) -> Option<u32> {
        let doc = self.scene.doc;
        let draft = self.draft(at);
        let fits = |token: usize| {
            let other = self.headed.get(token).copied().flatten().filter(|&o| o != at)?;
            let cluster = self.cluster_of(other)?;
            let known = &self.clusters[cluster as usize];
            let number = match draft.pronoun {
                Some(Pronoun::Personal) => !known.plural && known.gender.fits(draft.gender),
                Some(Pronoun::Neuter) => known.kind != EntityKind::Person,
                _ => true,
            };
            number.then_some(cluster)
        };
        let mut at = draft.head;
        for _ in 0..6 {
            at = doc.tokens[at].head?;
            if matches!(doc.tokens[at].upos, Upos::Noun | Upos::Propn | Upos::Pron)
                && let Some(found) = fits(at)
            {
                return Some(found);
            }
            let mut subjects = self.scene.tree.by(doc, at, "nsubj").filter(|&t| t < draft.head);
            if let Some(found) = subjects.find_map(fits) {
                return Some(found);
            }
        }
        None
    }

    fn score(&self, draft: &Draft, candidate: &Draft, cluster: &Cluster) -> i32 {
        let doc = self.scene.doc;
        let weights = match draft.pronoun {
            Some(Pronoun::Personal) => &PERSONAL,
            Some(Pronoun::Neuter) => &NEUTER,
            _ => &PLURAL,
        };
        let distance = draft.sentence.saturating_sub(candidate.sentence) as i32;
        let mut score = -weights.distance * distance;
        if doc.paragraph_of(draft.sentence) != doc.paragraph_of(candidate.sentence) {
            score -= weights.paragraph;
        }
        if candidate.subject {
            score += weights.subject;
            if draft.subject {
                score += 4;
            }
        } else if doc.tokens[candidate.head].relation() == "obj" {
            score += weights.object;
        }
        if candidate.form == MentionForm::Pronoun && candidate.pronoun == draft.pronoun {
            score += 6;
        }
        if inside_phrase(self, candidate) {
            score -= weights.inside;
        }
        if candidate.possessive {
            score -= weights.possessive;
        }
        if draft.gender != Gender::Unknown && cluster.gender == draft.gender {
            score += 3;
        }
        if cluster.named {
            score += weights.named;
        }
        score += cluster.mentions.len().min(6) as i32;
        // names inside a quotation are not who speaks after it
        if candidate.in_quotes && !draft.in_quotes {
            score -= 10;
        }
        let speaks = candidate.source && candidate.quoted.is_none();
        if speaks && draft.subject {
            score += weights.speaks;
        }
        score += match cluster.kind {
            EntityKind::Organization | EntityKind::Group => weights.body,
            // "its" is rather the army that entered a country than the country
            EntityKind::Place if !candidate.subject => weights.place - 3,
            EntityKind::Place => weights.place,
            _ => 0,
        };
        if candidate.form == MentionForm::Nominal && candidate.definite {
            score += weights.definite;
        }
        if draft.pronoun == Some(Pronoun::Plural) && cluster.plural {
            score += 8;
        }
        score
    }

    /// "It is clear that", "it was known that", "it follows that": nothing is
    /// meant before; what is meant comes after as a clause.
    fn expletive(&self, draft: &Draft) -> bool {
        let (doc, tree) = (self.scene.doc, self.scene.tree);
        let Some(head) = doc.tokens[draft.head].head.filter(|_| draft.subject) else {
            return false;
        };
        let lemma = doc.tokens[head].lemma.to_ascii_lowercase();
        if matches!(lemma.as_str(), "rain" | "snow" | "seem" | "appear" | "happen") {
            return tree.by(doc, head, "obj").next().is_none()
                && tree.by(doc, head, "xcomp").next().is_none();
        }
        let after = |relation: &str| tree.by(doc, head, relation).any(|t| t > head);
        if after("csubj") {
            return true;
        }
        let passive = doc.tokens[draft.head].deprel.as_ref() == "nsubj:pass";
        let copula = tree.by(doc, head, "cop").next().is_some();
        let turns = matches!(lemma.as_str(), "follow" | "become" | "turn" | "emerge");
        let judged = copula
            && (doc.tokens[head].upos == Upos::Adj
                || matches!(lemma.as_str(), "time" | "fact" | "shame" | "pity" | "wonder"));
        after("ccomp") && (passive || judged || turns)
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
