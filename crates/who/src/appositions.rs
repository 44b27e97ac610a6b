//! Linking of two phrases that say outright that they are one: appositions and
//! predicates.

use crate::draft::Draft;
use crate::link::Linker;
use dateline_account::{EntityKind, MentionForm};

impl Linker<'_, '_> {
    /// "Ana Ruiz, the mayor" and "the mayor, Ana Ruiz".
    pub(crate) fn apposed(&self, at: u32) -> Option<u32> {
        if let Some(named) = self.called(at) {
            return Some(named);
        }
        let draft = self.draft(at);
        let doc = self.scene.doc;
        let other = if doc.tokens[draft.head].relation() == "appos" {
            doc.tokens[draft.head].head.and_then(|p| self.headed.get(p).copied().flatten())
        } else {
            let mut inner = self.scene.tree.by(doc, draft.head, "appos");
            inner.find_map(|t| self.headed.get(t).copied().flatten())
        };
        let other = other.or_else(|| self.between_commas(at)).filter(|&o| o != at)?;
        let cluster = self.cluster_of(other).or_else(|| self.called(other))?;
        let apposed = self.draft(other);
        let one_each = apposed.form != draft.form || apposed.form == MentionForm::Nominal;
        let body = |k: EntityKind| matches!(k, EntityKind::Organization | EntityKind::Group);
        let alike = match (apposed.kind, draft.kind) {
            (EntityKind::Person, EntityKind::Person) => true,
            (EntityKind::Person, EntityKind::Other) => {
                draft.role.is_some() || draft.indefinite || self.parted_by_comma(apposed, draft)
            }
            (_, EntityKind::Other) => true,
            (a, b) => body(a) && body(b),
        };
        let number = apposed.plural == draft.plural || body(apposed.kind) && body(draft.kind);
        (one_each && alike && number).then_some(cluster)
    }

    /// "A tall man named Juan Ruiz": the person whose name a description gives.
    fn called(&self, at: u32) -> Option<u32> {
        let (doc, tree) = (self.scene.doc, self.scene.tree);
        let draft = self.draft(at);
        if draft.kind != EntityKind::Person || draft.plural || draft.form != MentionForm::Nominal {
            return None;
        }
        let names = |&t: &usize| matches!(doc.form(t), "named" | "called" | "identified" | "known");
        let clause = tree.by(doc, draft.head, "acl").find(names)?;
        let complements = tree.dependents(clause).filter(|&t| t > clause);
        let named = complements.filter_map(|t| self.headed.get(t).copied().flatten()).find(|&o| {
            let other = self.draft(o);
            other.form == MentionForm::Name && other.kind == EntityKind::Person
        });
        self.cluster_of(named?)
    }

    /// "The harbour master, Ana Ruiz" and "Ana Ruiz, the harbour master": a
    /// definite description, with nothing but a comma between it and a name.
    fn parted_by_comma(&self, name: &Draft, described: &Draft) -> bool {
        let between = |first: &Draft, second: &Draft| {
            first.tokens.end + 1 == second.tokens.start
                && self.scene.doc.form(first.tokens.end) == ","
        };
        let one = described.definite && !described.plural && name.form == MentionForm::Name;
        one && (between(name, described) || between(described, name))
    }

    /// "The head of the largest union, Ana Ruiz, said": a name between commas
    /// at the end of a description's phrase, which parsers take for a list.
    fn between_commas(&self, at: u32) -> Option<u32> {
        let doc = self.scene.doc;
        let draft = self.draft(at);
        if draft.kind != EntityKind::Person || draft.plural || draft.form != MentionForm::Nominal {
            return None;
        }
        let relations = ["conj", "nmod", "flat", "parataxis", "dep", "list", "appos"];
        let sentence = crate::tree::sentence_of(doc, draft.head).end;
        let comma = |t: usize| (draft.head + 1..sentence).contains(&t) && doc.form(t) == ",";
        let tree = self.scene.tree;
        let after = |of: usize| tree.dependents(of).filter(move |&t| t > draft.head).take(16);
        // also beside the complement, and beside that one's: "the head of the
        // union in Lima, Ana Ruiz"
        let complements = |of: usize| after(of).filter(|&t| doc.tokens[t].relation() == "nmod");
        let deeper = complements(draft.head).flat_map(after);
        let deepest = complements(draft.head).flat_map(complements).flat_map(after);
        after(draft.head).chain(deeper).chain(deepest).find_map(|t| {
            let other = self.headed.get(t).copied().flatten()?;
            let name = self.draft(other);
            let named = name.form == MentionForm::Name && name.kind == EntityKind::Person;
            let ends =
                name.tokens.end >= sentence || matches!(doc.form(name.tokens.end), "," | ".");
            let joined = self.scene.tree.by(doc, t, "cc").next().is_some();
            let apart = name.tokens.start.checked_sub(1).is_some_and(comma);
            (named && ends && apart && !joined && relations.contains(&doc.tokens[t].relation()))
                .then_some(other)
        })
    }

    /// "Ruiz is the mayor of Lima": the predicate of a person.
    pub(crate) fn predicate(&self, at: u32) -> Option<u32> {
        let draft = self.draft(at);
        let doc = self.scene.doc;
        if draft.kind != EntityKind::Person || draft.plural {
            return None;
        }
        self.scene.tree.by(doc, draft.head, "cop").next()?;
        let negated = self.scene.tree.by(doc, draft.head, "advmod").any(|t| {
            doc.tokens[t].lemma.eq_ignore_ascii_case("not")
                || doc.form(t).eq_ignore_ascii_case("never")
        });
        let modal =
            self.scene.tree.by(doc, draft.head, "aux").any(|t| doc.tokens[t].xpos.as_ref() == "MD");
        if negated || modal {
            return None;
        }
        let subject = self.scene.tree.by(doc, draft.head, "nsubj").next()?;
        let subject = self.headed.get(subject).copied().flatten()?;
        let cluster = self.cluster_of(subject)?;
        let person = self.clusters[cluster as usize].kind == EntityKind::Person
            && !self.clusters[cluster as usize].plural;
        person.then_some(cluster)
    }
}
