//! What binds pronouns by rule: the reflexive's antecedent, who shares a clause
//! and is therefore another, an "it" that means nothing, and the speaker's own
//! "I" and "we". All else the ranker decides.

use crate::draft::{Draft, Pronoun};
use crate::link::Linker;
use dateline_account::EntityKind;
use dateline_syntax::Upos;

impl Linker<'_, '_> {
    /// "Ruiz met him": two people.
    pub(crate) fn apart(&self, draft: &Draft, candidate: &Draft) -> bool {
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
    pub(crate) fn reflexive(&self, at: u32) -> Option<u32> {
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

    /// "It is clear that", "it was known that", "it follows that": nothing is
    /// meant before; what is meant comes after as a clause.
    pub(crate) fn expletive(&self, draft: &Draft) -> bool {
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

    /// Gives "I" and "we" to the source of the words they stand in.
    pub(crate) fn resolve_speech(&self, at: u32, speakers: &[Option<u32>]) -> Option<u32> {
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
    pub(crate) fn clause(&self, token: usize) -> Option<usize> {
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
